/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "archive/epoch.h"

#ifdef HAVE_GIT2_SYS_ERRORS_H
#include <git2/sys/errors.h> /* git_error_clear */
#endif
#include <glib/gstdio.h>
#include <string.h>

#include "base/banned.h"

enum { MAIL_NAMES_MAX = 1 };

/* The year 9999: what is later is a hostile or broken clock, and
 * milliseconds of it still fit. */
static const int64_t TIME_MAX = INT64_C(253402300799);

static void fail(const Epoch *epoch, ArchiveError code, const char *what,
                 GError **error)
{
    const git_error *reason = git_error_last();

    g_set_error(error, ARCHIVE_ERROR, code, "%s: %s (%s)", epoch->path, what,
                reason != NULL ? reason->message : "no reason given");
}

static git_repository *open_repository(const char *path)
{
    git_repository *repository = NULL;

    return git_repository_open_ext(&repository, path,
                                   GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) == 0
               ? repository
               : NULL;
}

/* Once and for good: each start reads all certificates of the host, as long as
 * some hundred mails take. The settings are the process's. Owner: reading runs
 * nothing, so another user's archive is safe. Cache: each object is read once.
 * Hashes: zlib's own sum finds damage, and the second sum costs a third of the
 * time. */
static void start_libgit2(void)
{
    static gsize is_started;

    if (!g_once_init_enter(&is_started))
        return;
    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
    g_once_init_leave(&is_started, 1);
}

bool epoch_is_at(const char *path)
{
    start_libgit2();
    git_repository *repository = open_repository(path);
    const bool is_repository = repository != NULL;

    git_repository_free(repository);
    return is_repository;
}

/* The bytes of PATH/config or PATH/.git/config; NULL if there is none. */
static char *read_settings(const char *path)
{
    static const char *const folders[] = { ".", ".git" };
    char *text = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(folders) && text == NULL; i++) {
        g_autofree char *file =
            g_build_filename(path, folders[i], "config", NULL);
        g_autofree char *head =
            g_build_filename(path, folders[i], "HEAD", NULL);

        if (g_file_test(head, G_FILE_TEST_IS_REGULAR))
            (void)g_file_get_contents(file, &text, NULL, NULL);
    }
    return text;
}

char *epoch_complaint(const char *path)
{
    g_autofree char *text = read_settings(path);

    if (text == NULL)
        return NULL;
    g_autofree char *plain = g_ascii_strdown(text, -1);
    const char *format = strstr(plain, "objectformat");

    if (format == NULL || strstr(format, "sha256") == NULL)
        return NULL;
    return g_strdup("its objects are named by SHA-256, which libgit2 cannot "
                    "read: copy it by git fast-export --all into a repository "
                    "made by git init --object-format=sha1");
}

/* Blobs stay away from a clone with a filter until somebody asks for them. */
static bool is_partial(const Epoch *epoch)
{
    g_autofree char *text = read_settings(epoch->path);

    if (text == NULL)
        return false;
    g_autofree char *plain = g_ascii_strdown(text, -1);
    return strstr(plain, "promisor = true") != NULL ||
           strstr(plain, "partialclonefilter") != NULL;
}

/* HEAD, or master where HEAD names a branch that is not there. */
static bool find_head(Epoch *epoch)
{
    static const char *const names[] = { "HEAD", "refs/heads/master" };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (git_reference_name_to_id(&epoch->head, epoch->repository,
                                     names[i]) == 0)
            return true;
    }
    return false;
}

static git_tree *newest_tree(const Epoch *epoch)
{
    git_commit *commit = NULL;
    git_tree *tree = NULL;

    if (git_commit_lookup(&commit, epoch->repository, &epoch->head) == 0)
        (void)git_commit_tree(&tree, commit);
    git_commit_free(commit);
    return tree;
}

/* The tree of a public-inbox v2 commit holds m, or d, or nothing at all. */
static bool is_mail_tree(const git_tree *tree)
{
    const size_t count = git_tree_entrycount(tree);

    return count == 0 || (count == MAIL_NAMES_MAX &&
                          (git_tree_entry_byname(tree, "m") != NULL ||
                           git_tree_entry_byname(tree, "d") != NULL));
}

/* v1 of public-inbox has a file for each mail, in folders of two digits. */
static bool is_first_version(const git_tree *tree)
{
    const size_t count = git_tree_entrycount(tree);

    for (size_t i = 0; i < count; i++) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
        const char *name = git_tree_entry_name(entry);

        if (strlen(name) != 2 || !g_ascii_isxdigit(name[0]) ||
            !g_ascii_isxdigit(name[1]) ||
            git_tree_entry_type(entry) != GIT_OBJECT_TREE)
            return false;
    }
    return count > 0;
}

static void refuse(const Epoch *epoch, bool is_first, GError **error)
{
    if (is_first)
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                    "%s: is a public-inbox archive of version 1: "
                    "public-inbox-convert %s NEW makes one of version 2, which "
                    "can be read",
                    epoch->path, epoch->path);
    else
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                    "%s: is a git repository, but no public-inbox archive: its "
                    "commits hold no file m, or others beside it",
                    epoch->path);
}

/* What cannot be read may well be an archive, and a person can mend it. */
static bool looks_like_mail(const Epoch *epoch, GError **error)
{
    git_tree *tree = newest_tree(epoch);

    if (tree == NULL) {
        fail(epoch, ARCHIVE_ERROR_BROKEN,
             "its newest commit cannot be read: see git fsck", error);
        return false;
    }
    const bool is_mail = is_mail_tree(tree);
    const bool is_first = is_first_version(tree);
    git_tree_free(tree);
    git_error_clear();
    if (!is_mail)
        refuse(epoch, is_first, error);
    return is_mail;
}

static bool look_inside(Epoch *epoch, GError **error)
{
    if (epoch->repository == NULL ||
        git_repository_odb(&epoch->objects, epoch->repository) != 0) {
        fail(epoch, ARCHIVE_ERROR_NOT_FOUND, "is no git repository", error);
        return false;
    }
    epoch->is_empty = !find_head(epoch);
    return epoch->is_empty || looks_like_mail(epoch, error);
}

Epoch *epoch_open(const char *path, GError **error)
{
    g_autoptr(Epoch) epoch = g_new0(Epoch, 1);

    start_libgit2();
    epoch->path = g_strdup(path);
    epoch->last_index = UINT64_MAX - 1;
    epoch->repository = open_repository(path);
    return look_inside(epoch, error) ? g_steal_pointer(&epoch) : NULL;
}

void epoch_free(Epoch *epoch)
{
    if (epoch == NULL)
        return;
    if (epoch->commits != NULL)
        g_array_unref(epoch->commits);
    git_odb_free(epoch->objects);
    git_repository_free(epoch->repository);
    g_free(epoch->path);
    g_free(epoch);
}

bool epoch_is_shallow(const Epoch *epoch)
{
    return git_repository_is_shallow(epoch->repository) == 1;
}

/* Adds the commit; *id becomes its first parent, *is_root tells of none. */
static bool add_commit(Epoch *epoch, git_oid *id, bool *is_root)
{
    git_commit *commit = NULL;
    if (git_commit_lookup(&commit, epoch->repository, id) != 0)
        return false;
    const EpochCommit entry = {
        .id = *id,
        .tree = *git_commit_tree_id(commit),
        .time = CLAMP(git_commit_time(commit), 0, TIME_MAX),
    };

    g_array_append_val(epoch->commits, entry);
    *is_root = git_commit_parentcount(commit) == 0;
    if (!*is_root)
        *id = *git_commit_parent_id(commit, 0);
    git_commit_free(commit);
    return true;
}

static void reverse(GArray *commits)
{
    EpochCommit *all = (EpochCommit *)(void *)commits->data;

    for (guint i = 0; i < commits->len / 2; i++) {
        const EpochCommit other = all[i];
        all[i] = all[commits->len - 1 - i];
        all[commits->len - 1 - i] = other;
    }
}

static void fail_commit(const Epoch *epoch, const git_oid *id, GError **error)
{
    char digits[GIT_OID_HEXSZ + 1];
    g_autofree char *what =
        g_strdup_printf("commit %s cannot be read: see git fsck",
                        git_oid_tostr(digits, sizeof(digits), id));

    fail(epoch, ARCHIVE_ERROR_BROKEN, what, error);
}

bool epoch_walk_until(Epoch *epoch, EpochStop stop, void *data, GError **error)
{
    git_oid id = epoch->head;
    bool is_root = epoch->is_empty;

    epoch->commits = g_array_new(FALSE, FALSE, sizeof(EpochCommit));
    while (!is_root && !epoch->is_partial) {
        if (add_commit(epoch, &id, &is_root)) {
            epoch->is_partial =
                stop != NULL && !is_root && stop(epoch->commits, data);
            continue;
        }
        /* A shallow clone ends where its history was cut. */
        if (epoch->commits->len > 0 && epoch_is_shallow(epoch))
            break;
        fail_commit(epoch, &id, error);
        return false;
    }
    reverse(epoch->commits);
    return true;
}

bool epoch_walk(Epoch *epoch, GError **error)
{
    return epoch->commits != NULL || epoch_walk_until(epoch, NULL, NULL, error);
}

static const EpochCommit *commit_at(const Epoch *epoch, uint64_t index)
{
    return &g_array_index(epoch->commits, EpochCommit, index);
}

bool epoch_resolve(const Epoch *epoch, const char *revision, git_oid *id)
{
    git_object *object = NULL;
    git_object *commit = NULL;
    const bool is_there =
        *revision != '\0' &&
        git_revparse_single(&object, epoch->repository, revision) == 0 &&
        git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0;

    if (is_there)
        *id = *git_object_id(commit);
    git_object_free(commit);
    git_object_free(object);
    return is_there;
}

int64_t epoch_find(const Epoch *epoch, const git_oid *id)
{
    int64_t index = (int64_t)epoch->commits->len - 1;

    while (index >= 0 && !git_oid_equal(&commit_at(epoch, index)->id, id))
        index--;
    return index;
}

/* The blob m of a commit; false if it has none, or cannot be read. */
static bool find_blob(const Epoch *epoch, uint64_t index, git_oid *blob,
                      bool *is_broken)
{
    git_tree *tree = NULL;
    if (git_tree_lookup(&tree, epoch->repository,
                        &commit_at(epoch, index)->tree) != 0) {
        *is_broken = true;
        return false;
    }
    const git_tree_entry *entry = git_tree_entry_byname(tree, "m");
    const bool is_there =
        entry != NULL && git_tree_entry_type(entry) == GIT_OBJECT_BLOB;
    if (is_there)
        *blob = *git_tree_entry_id(entry);
    git_tree_free(tree);
    return is_there;
}

/* A commit that leaves m as it was brought nothing. Commits are read in order,
 * so what the one before held is mostly known. */
static bool is_new_mail(Epoch *epoch, uint64_t index, git_oid *blob,
                        bool *is_broken)
{
    git_oid before = epoch->last_blob;
    bool had_mail = epoch->last_had_mail;

    if (epoch->last_index + 1 != index)
        had_mail = index > 0 && find_blob(epoch, index - 1, &before, is_broken);
    epoch->last_index = index;
    epoch->last_had_mail = find_blob(epoch, index, blob, is_broken);
    epoch->last_blob = *blob;
    return epoch->last_had_mail && !(had_mail && git_oid_equal(&before, blob));
}

static bool read_blob(const Epoch *epoch, const git_oid *id,
                      git_odb_object **mail, bool *is_cut)
{
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;

    if (git_odb_read_header(&size, &type, epoch->objects, id) != 0 ||
        type != GIT_OBJECT_BLOB)
        return false;
    *is_cut = size > ARCHIVE_MAIL_MAX;
    return *is_cut || git_odb_read(mail, epoch->objects, id) == 0;
}

bool epoch_read(Epoch *epoch, uint64_t index, git_odb_object **mail,
                bool *is_cut, GError **error)
{
    bool is_broken = false;
    git_oid blob = { { 0 } };

    *mail = NULL;
    *is_cut = false;
    git_error_clear();
    if (is_new_mail(epoch, index, &blob, &is_broken))
        is_broken = is_broken || !read_blob(epoch, &blob, mail, is_cut);
    if (!is_broken)
        return true;
    char digits[GIT_OID_HEXSZ + 1];
    git_oid_tostr(digits, sizeof(digits), &commit_at(epoch, index)->id);
    if (is_partial(epoch)) {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_BROKEN,
                    "%s: the mail of commit %s was never fetched, since this "
                    "is a partial clone: git -C %s fetch --refetch "
                    "--no-filter origin fetches all",
                    epoch->path, digits, epoch->path);
        return false;
    }
    g_autofree char *what = g_strdup_printf(
        "the mail of commit %s cannot be read: see git fsck", digits);
    fail(epoch, ARCHIVE_ERROR_BROKEN, what, error);
    return false;
}

static uint64_t pack_bytes_at(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    uint64_t bytes = 0;

    for (const char *name = folder != NULL ? g_dir_read_name(folder) : NULL;
         name != NULL; name = g_dir_read_name(folder)) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        GStatBuf status;
        if (g_str_has_suffix(name, ".pack") && g_stat(file, &status) == 0)
            bytes += (uint64_t)status.st_size;
    }
    return bytes;
}

/* Mail at a tip that is not in HEAD's history. */
static bool has_other_mail(const Epoch *epoch, const git_oid *tip)
{
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    bool has_mail = false;

    if (tip == NULL || git_oid_equal(tip, &epoch->head) ||
        git_graph_descendant_of(epoch->repository, &epoch->head, tip) == 1)
        return false;
    if (git_commit_lookup(&commit, epoch->repository, tip) == 0 &&
        git_commit_tree(&tree, commit) == 0)
        has_mail = git_tree_entrycount(tree) > 0 && is_mail_tree(tree);
    git_tree_free(tree);
    git_commit_free(commit);
    return has_mail;
}

/* A branch that has mail which HEAD has not; NULL if there is none. Owned. */
static char *other_branch(const Epoch *epoch)
{
    git_branch_iterator *branches = NULL;
    git_reference *branch = NULL;
    git_branch_t kind = GIT_BRANCH_LOCAL;
    char *other = NULL;

    if (git_branch_iterator_new(&branches, epoch->repository,
                                GIT_BRANCH_LOCAL) != 0)
        return NULL;
    while (other == NULL && git_branch_next(&branch, &kind, branches) == 0) {
        if (has_other_mail(epoch, git_reference_target(branch)))
            other = g_strdup(git_reference_name(branch));
        git_reference_free(branch);
    }
    git_branch_iterator_free(branches);
    git_error_clear();
    return other;
}

char *epoch_warning(const Epoch *epoch)
{
    g_autofree char *other = epoch->is_empty ? NULL : other_branch(epoch);

    return other == NULL
               ? NULL
               : g_strdup_printf("%s: %s has mail that HEAD has not, which "
                                 "alone is read: git -C %s symbolic-ref HEAD "
                                 "%s",
                                 epoch->path, other, epoch->path, other);
}

uint64_t epoch_pack_bytes(const char *path)
{
    g_autofree char *bare = g_build_filename(path, "objects", "pack", NULL);
    g_autofree char *other =
        g_build_filename(path, ".git", "objects", "pack", NULL);

    return pack_bytes_at(bare) + pack_bytes_at(other);
}
