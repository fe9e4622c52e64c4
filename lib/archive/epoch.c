/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "archive/epoch.h"

#include "archive/commit.h"
#include "archive/plain.h"
#include "base/hex.h"

#ifdef HAVE_GIT2_SYS_ERRORS_H
#include <git2/sys/errors.h> /* git_error_clear */
#endif
#include <glib/gstdio.h>
#include <string.h>

#include "base/banned.h"

enum { MAIL_NAMES_MAX = 1, ID_TEXT_BYTES = 2 * OBJECT_ID_BYTES + 1 };

/* The year 9999: what is later is a hostile or broken clock, and
 * milliseconds of it still fit. */
static const int64_t TIME_MAX = INT64_C(253402300799);

/* --- ids ------------------------------------------------------------------ */

bool epoch_is_same(const ObjectId *a, const ObjectId *b)
{
    return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

static const char *id_text(const ObjectId *id, char text[ID_TEXT_BYTES])
{
    hex_encode(id->bytes, sizeof(id->bytes), text);
    return text;
}

static git_oid oid_of(const ObjectId *id)
{
    git_oid oid;

    memset(&oid, 0, sizeof(oid));
    memcpy(oid.id, id->bytes, sizeof(id->bytes));
    return oid;
}

static ObjectId id_of(const git_oid *oid)
{
    ObjectId id;

    memcpy(id.bytes, oid->id, sizeof(id.bytes));
    return id;
}

/* --- libgit2 -------------------------------------------------------------- */

static void fail(const Epoch *epoch, ArchiveError code, const char *what,
                 GError **error)
{
    const git_error *last = epoch->is_damaged ? NULL : git_error_last();
    const char *reason = epoch->is_damaged
                             ? "the file of an object is damaged or cut off"
                             : "no reason given";

    g_set_error(error, ARCHIVE_ERROR, code, "%s: %s (%s)", epoch->path, what,
                last != NULL ? last->message : reason);
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

static git_repository *open_repository(const char *path)
{
    git_repository *repository = NULL;

    start_libgit2();
    return git_repository_open_ext(&repository, path,
                                   GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) == 0
               ? repository
               : NULL;
}

/* Opens what has been read without libgit2 so far. */
static bool need_libgit2(Epoch *epoch)
{
    if (epoch->repository == NULL)
        epoch->repository = open_repository(epoch->path);
    return epoch->repository != NULL &&
           (epoch->objects != NULL ||
            git_repository_odb(&epoch->objects, epoch->repository) == 0);
}

/* Returns true where libgit2 may be asked for an object that our own could not
 * read. */
static bool may_look_up(Epoch *epoch, const ObjectId *id)
{
    epoch->is_damaged =
        epoch->plain != NULL && objects_is_damaged(epoch->plain, id);
    return !epoch->is_damaged && need_libgit2(epoch);
}

bool epoch_is_at(const char *path)
{
    g_autofree char *plain = plain_repository_at(path);
    if (plain != NULL)
        return true;
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

/* --- without libgit2 ------------------------------------------------------ */

static bool read_commit(const Epoch *epoch, const ObjectId *id,
                        CommitFacts *facts)
{
    g_autoptr(GBytes) commit =
        epoch->plain != NULL ? objects_read(epoch->plain, id, OBJECT_COMMIT)
                             : NULL;

    return commit != NULL && commit_read(commit, facts);
}

/* TREE_ODD also where it cannot be read. */
static TreeContent read_tree(const Epoch *epoch, const ObjectId *id,
                             ObjectId *blob)
{
    g_autoptr(GBytes) tree = epoch->plain != NULL
                                 ? objects_read(epoch->plain, id, OBJECT_TREE)
                                 : NULL;

    return tree != NULL ? commit_read_tree(tree, blob) : TREE_ODD;
}

/* --- opening -------------------------------------------------------------- */

/* HEAD, or master where HEAD names a branch that is not there. */
static bool find_head(Epoch *epoch)
{
    static const char *const names[] = { "HEAD", "refs/heads/master" };
    git_oid head;

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (git_reference_name_to_id(&head, epoch->repository, names[i]) != 0)
            continue;
        epoch->head = id_of(&head);
        return true;
    }
    return false;
}

static git_tree *newest_tree(Epoch *epoch)
{
    const git_oid head = oid_of(&epoch->head);
    git_commit *commit = NULL;
    git_tree *tree = NULL;

    if (may_look_up(epoch, &epoch->head) &&
        git_commit_lookup(&commit, epoch->repository, &head) == 0) {
        const ObjectId id = id_of(git_commit_tree_id(commit));

        if (may_look_up(epoch, &id))
            (void)git_commit_tree(&tree, commit);
    }
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
static bool looks_like_mail(Epoch *epoch, GError **error)
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
    if (!need_libgit2(epoch)) {
        fail(epoch, ARCHIVE_ERROR_NOT_FOUND, "is no git repository", error);
        return false;
    }
    epoch->is_empty = !find_head(epoch);
    return epoch->is_empty || looks_like_mail(epoch, error);
}

/* Returns true where the newest commit can be read without libgit2, and is
 * one of an archive. */
static bool look_plainly(Epoch *epoch)
{
    g_autofree char *folder = plain_repository_at(epoch->path);
    CommitFacts facts;
    TreeContent content = TREE_ODD;
    ObjectId blob;

    if (folder == NULL ||
        !plain_find_tip(folder, &epoch->head, &epoch->has_one_branch))
        return false;
    epoch->plain = objects_new(folder, ARCHIVE_MAIL_MAX);
    if (read_commit(epoch, &epoch->head, &facts))
        content = read_tree(epoch, &facts.tree, &blob);
    return content != TREE_ODD;
}

Epoch *epoch_open(const char *path, GError **error)
{
    g_autoptr(Epoch) epoch = g_new0(Epoch, 1);

    epoch->path = g_strdup(path);
    epoch->last_index = UINT64_MAX - 1;
    return look_plainly(epoch) || look_inside(epoch, error)
               ? g_steal_pointer(&epoch)
               : NULL;
}

void epoch_free(Epoch *epoch)
{
    if (epoch == NULL)
        return;
    if (epoch->commits != NULL)
        g_array_unref(epoch->commits);
    objects_free(epoch->plain);
    if (epoch->repository != NULL) {
        git_odb_free(epoch->objects);
        git_repository_free(epoch->repository);
    }
    g_free(epoch->path);
    g_free(epoch);
}

/* What is plain is not shallow. */
bool epoch_is_shallow(const Epoch *epoch)
{
    return epoch->repository != NULL &&
           git_repository_is_shallow(epoch->repository) == 1;
}

static bool look_up_commit(Epoch *epoch, const ObjectId *id, CommitFacts *facts)
{
    const git_oid oid = oid_of(id);
    git_commit *commit = NULL;

    if (!may_look_up(epoch, id) ||
        git_commit_lookup(&commit, epoch->repository, &oid) != 0)
        return false;
    facts->tree = id_of(git_commit_tree_id(commit));
    facts->seconds = git_commit_time(commit);
    facts->has_parent = git_commit_parentcount(commit) > 0;
    if (facts->has_parent)
        facts->parent = id_of(git_commit_parent_id(commit, 0));
    git_commit_free(commit);
    return true;
}

/* Adds the commit; *id becomes its first parent, *is_root tells of none. */
static bool add_commit(Epoch *epoch, ObjectId *id, bool *is_root)
{
    CommitFacts facts;

    if (!read_commit(epoch, id, &facts) && !look_up_commit(epoch, id, &facts))
        return false;
    const EpochCommit entry = {
        .id = *id,
        .tree = facts.tree,
        .time = CLAMP(facts.seconds, 0, TIME_MAX),
    };

    g_array_append_val(epoch->commits, entry);
    *is_root = !facts.has_parent;
    if (facts.has_parent)
        *id = facts.parent;
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

static void fail_commit(const Epoch *epoch, const ObjectId *id, GError **error)
{
    char digits[ID_TEXT_BYTES];
    g_autofree char *what = g_strdup_printf(
        "commit %s cannot be read: see git fsck", id_text(id, digits));

    fail(epoch, ARCHIVE_ERROR_BROKEN, what, error);
}

bool epoch_walk_until(Epoch *epoch, EpochStop stop, void *data, GError **error)
{
    ObjectId id = epoch->head;
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
    if (epoch->plain != NULL)
        objects_forget_kept(epoch->plain); /* others are walked meanwhile */
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

/* "HEAD" and "HEAD~12", by first parents; false for anything else. */
static bool resolve_from_head(const Epoch *epoch, const char *revision,
                              ObjectId *id)
{
    static const char head[] = "HEAD";
    CommitFacts facts;
    guint64 steps = 0;

    if (!g_str_has_prefix(revision, head))
        return false;
    revision += strlen(head);
    if (*revision != '\0' &&
        (*revision != '~' || !g_ascii_string_to_unsigned(
                                 revision + 1, 10, 0, G_MAXINT, &steps, NULL)))
        return false;
    for (*id = epoch->head; read_commit(epoch, id, &facts); steps--) {
        if (steps == 0)
            return true;
        if (!facts.has_parent)
            return false;
        *id = facts.parent;
    }
    return false;
}

static bool resolve_plainly(const Epoch *epoch, const char *revision,
                            ObjectId *id)
{
    CommitFacts facts;

    if (epoch->plain == NULL)
        return false;
    if (hex_decode(revision, strlen(revision), id->bytes, sizeof(id->bytes)))
        return read_commit(epoch, id, &facts);
    return resolve_from_head(epoch, revision, id);
}

/* As epoch_resolve, by libgit2. */
static bool look_up_revision(Epoch *epoch, const char *revision, ObjectId *id)
{
    git_object *object = NULL;
    git_object *commit = NULL;
    const bool is_there =
        need_libgit2(epoch) &&
        git_revparse_single(&object, epoch->repository, revision) == 0 &&
        git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0;

    if (is_there)
        *id = id_of(git_object_id(commit));
    git_object_free(commit);
    git_object_free(object);
    return is_there;
}

bool epoch_resolve(Epoch *epoch, const char *revision, ObjectId *id)
{
    return *revision != '\0' && (resolve_plainly(epoch, revision, id) ||
                                 look_up_revision(epoch, revision, id));
}

int64_t epoch_find(const Epoch *epoch, const ObjectId *id)
{
    int64_t index = (int64_t)epoch->commits->len - 1;

    while (index >= 0 && !epoch_is_same(&commit_at(epoch, index)->id, id))
        index--;
    return index;
}

/* As find_blob, by libgit2. */
static bool look_up_blob(Epoch *epoch, uint64_t index, const char *name,
                         ObjectId *blob, bool *is_broken)
{
    const ObjectId *id = &commit_at(epoch, index)->tree;
    const git_oid oid = oid_of(id);
    git_tree *tree = NULL;
    if (!may_look_up(epoch, id) ||
        git_tree_lookup(&tree, epoch->repository, &oid) != 0) {
        *is_broken = true;
        return false;
    }
    const git_tree_entry *entry = git_tree_entry_byname(tree, name);
    const bool is_there =
        entry != NULL && git_tree_entry_type(entry) == GIT_OBJECT_BLOB;
    if (is_there)
        *blob = id_of(git_tree_entry_id(entry));
    git_tree_free(tree);
    return is_there;
}

/* The blob m (wanted: TREE_MAIL) or d (TREE_DELETED) of a commit; false if it
 * has none, or cannot be read. */
static bool find_blob(Epoch *epoch, uint64_t index, TreeContent wanted,
                      ObjectId *blob, bool *is_broken)
{
    ObjectId found;
    const TreeContent content =
        read_tree(epoch, &commit_at(epoch, index)->tree, &found);

    if (content == TREE_ODD)
        return look_up_blob(epoch, index, wanted == TREE_MAIL ? "m" : "d", blob,
                            is_broken);
    if (content == wanted)
        *blob = found;
    return content == wanted;
}

/* What public-inbox-purge leaves of each mail, also of several in a row. */
static bool is_empty_blob(const ObjectId *id)
{
    static const ObjectId empty = { { 0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6,
                                      0x43, 0x4b, 0x8b, 0x29, 0xae, 0x77, 0x5a,
                                      0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91 } };

    return epoch_is_same(id, &empty);
}

/* A commit that leaves m as it was brought nothing. Commits are read in order,
 * so what the one before held is mostly known. */
static bool is_new_mail(Epoch *epoch, uint64_t index, ObjectId *blob,
                        bool *is_broken)
{
    ObjectId before = epoch->last_blob;
    bool had_mail = epoch->last_had_mail;

    if (epoch->last_index + 1 != index)
        had_mail = index > 0 &&
                   find_blob(epoch, index - 1, TREE_MAIL, &before, is_broken);
    epoch->last_index = index;
    epoch->last_had_mail = find_blob(epoch, index, TREE_MAIL, blob, is_broken);
    epoch->last_blob = *blob;
    return epoch->last_had_mail &&
           !(had_mail && epoch_is_same(&before, blob) && !is_empty_blob(blob));
}

static void free_object(gpointer object)
{
    git_odb_object_free(object);
}

/* As read_blob, by libgit2. */
static bool look_up_mail(Epoch *epoch, const ObjectId *id, GBytes **mail,
                         bool *is_cut)
{
    const git_oid oid = oid_of(id);
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    git_odb_object *object = NULL;

    if (!may_look_up(epoch, id) ||
        git_odb_read_header(&size, &type, epoch->objects, &oid) != 0 ||
        type != GIT_OBJECT_BLOB)
        return false;
    *is_cut = size > ARCHIVE_MAIL_MAX;
    if (*is_cut)
        return true;
    if (git_odb_read(&object, epoch->objects, &oid) != 0)
        return false;
    *mail = g_bytes_new_with_free_func(git_odb_object_data(object),
                                       git_odb_object_size(object), free_object,
                                       object);
    return true;
}

static bool read_blob(Epoch *epoch, const ObjectId *id, GBytes **mail,
                      bool *is_cut)
{
    if (epoch->plain != NULL)
        *mail = objects_read(epoch->plain, id, OBJECT_BLOB);
    return *mail != NULL || look_up_mail(epoch, id, mail, is_cut);
}

static void clear_errors(const Epoch *epoch)
{
    if (epoch->repository != NULL)
        git_error_clear();
}

bool epoch_read(Epoch *epoch, uint64_t index, GBytes **mail, bool *is_cut,
                GError **error)
{
    bool is_broken = false;
    ObjectId blob = { { 0 } };

    *mail = NULL;
    *is_cut = false;
    clear_errors(epoch);
    if (is_new_mail(epoch, index, &blob, &is_broken))
        is_broken = is_broken || !read_blob(epoch, &blob, mail, is_cut);
    if (!is_broken)
        return true;
    char digits[ID_TEXT_BYTES];
    (void)id_text(&commit_at(epoch, index)->id, digits);
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

GBytes *epoch_read_removed(Epoch *epoch, uint64_t index)
{
    ObjectId blob = { { 0 } };
    GBytes *mail = NULL;
    bool is_broken = false, is_cut = false;

    clear_errors(epoch);
    if (find_blob(epoch, index, TREE_DELETED, &blob, &is_broken))
        (void)read_blob(epoch, &blob, &mail, &is_cut);
    return mail;
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
    const git_oid head = oid_of(&epoch->head);
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    bool has_mail = false;

    if (tip == NULL || git_oid_equal(tip, &head) ||
        git_graph_descendant_of(epoch->repository, &head, tip) == 1)
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

char *epoch_warning(Epoch *epoch)
{
    const bool has_others =
        !epoch->is_empty && !epoch->has_one_branch && need_libgit2(epoch);
    g_autofree char *other = has_others ? other_branch(epoch) : NULL;

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
