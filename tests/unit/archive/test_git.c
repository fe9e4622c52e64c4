/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "archive/archive.h"

#include <string.h>

#include <git2.h>
#include <glib.h>

#include "base/hex.h"
#include "tests/unit/archive/folder.h"

typedef struct Repository {
    git_repository *git;
    git_oid head;
    bool has_head;
} Repository;

static void good(int result)
{
    if (result < 0)
        fail_msg("%s", git_error_last()->message);
}

static Repository create(const char *folder, const char *name, bool is_bare)
{
    Repository repository = { 0 };
    git_repository_init_options options;
    g_autofree char *path = g_build_filename(folder, name, NULL);

    good(git_repository_init_options_init(&options,
                                          GIT_REPOSITORY_INIT_OPTIONS_VERSION));
    options.flags = GIT_REPOSITORY_INIT_MKPATH |
                    (is_bare ? (unsigned)GIT_REPOSITORY_INIT_BARE : 0U);
    options.initial_head = "master";
    good(git_repository_init_ext(&repository.git, path, &options));
    return repository;
}

/* A commit whose tree holds this file; NULL: nothing. Its id as text. */
static char *commit(Repository *repository, const char *file, const char *text,
                    int64_t seconds)
{
    git_treebuilder *builder = NULL;
    git_oid blob, tree_id;
    git_tree *tree = NULL;
    git_commit *parent = NULL;
    const git_signature who = { (char[]){ "a" },
                                (char[]){ "a@b" },
                                { seconds, 0, '+' } };
    const git_commit *parents[1];

    good(git_treebuilder_new(&builder, repository->git, NULL));
    if (file != NULL) {
        good(git_blob_create_from_buffer(&blob, repository->git, text,
                                         strlen(text)));
        good(git_treebuilder_insert(NULL, builder, file, &blob,
                                    GIT_FILEMODE_BLOB));
    }
    good(git_treebuilder_write(&tree_id, builder));
    good(git_tree_lookup(&tree, repository->git, &tree_id));
    if (repository->has_head)
        good(git_commit_lookup(&parent, repository->git, &repository->head));
    parents[0] = parent;
    good(git_commit_create(&repository->head, repository->git, "HEAD", &who,
                           &who, NULL, "m", tree, repository->has_head ? 1 : 0,
                           parents));
    repository->has_head = true;
    git_commit_free(parent);
    git_tree_free(tree);
    git_treebuilder_free(builder);
    return g_strdup(git_oid_tostr_s(&repository->head));
}

static void add(Repository *repository, const char *text, int64_t seconds)
{
    g_free(commit(repository, "m", text, seconds));
}

static int start(void **state)
{
    git_libgit2_init();
    *state = folder_new();
    return 0;
}

static int stop(void **state)
{
    folder_remove(*state);
    g_free(*state);
    git_libgit2_shutdown();
    return 0;
}

static char *read_in(const char *folder, const char *name, const char *range)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return read_path(path, range);
}

static void mails_come_in_the_order_of_commits(void **state)
{
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    g_autofree char *first = commit(&repository, "m", "one", 5);
    g_autofree char *id = g_strconcat("git:", first, NULL);
    uint64_t done = 0, total = 0;

    add(&repository, "two", 6);
    g_free(commit(&repository, "d", "one", 7)); /* taken away */
    add(&repository, "three", 8);
    add(&repository, "three", 9); /* m as it was */
    g_free(commit(&repository, NULL, NULL, 10));
    add(&repository, "three", 11);
    git_repository_free(repository.git);
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    assert_string_equal(archive_kind(archive), "git");
    assert_string_equal(archive_id(archive), id);
    g_autofree char *mails = read_archive(archive);
    assert_string_equal(mails, "1:one|2:two|3-one|4:three|7:three|");
    archive_progress(archive, &done, &total);
    assert_int_equal(done, 7);
    assert_int_equal(total, 7);
}

/* Times that libgit2 would not write. */
static void add_at(Repository *repository, const char *text, const char *time)
{
    git_commit *commit_before = NULL;
    git_oid id;

    add(repository, text, 0);
    good(git_commit_lookup(&commit_before, repository->git, &repository->head));
    g_autofree char *tree =
        g_strdup(git_oid_tostr_s(git_commit_tree_id(commit_before)));
    g_autofree char *parent =
        git_commit_parentcount(commit_before) == 0
            ? g_strdup("")
            : g_strdup_printf(
                  "parent %s\n",
                  git_oid_tostr_s(git_commit_parent_id(commit_before, 0)));
    g_autofree char *raw = g_strdup_printf(
        "tree %s\n%sauthor a <a@b> %s +0000\ncommitter a <a@b> %s +0000\n\nm",
        tree, parent, time, time);
    git_odb *objects = NULL;
    git_reference *master = NULL;

    good(git_repository_odb(&objects, repository->git));
    good(git_odb_write(&id, objects, raw, strlen(raw), GIT_OBJECT_COMMIT));
    good(git_reference_create(&master, repository->git, "refs/heads/master",
                              &id, 1, NULL));
    repository->head = id;
    git_reference_free(master);
    git_odb_free(objects);
    git_commit_free(commit_before);
}

static void arrivals_increase_strictly(void **state)
{
    static const struct {
        const char *seconds;
        int64_t arrival;
    } cases[] = {
        { "5", 5000 },
        { "5", 5001 },
        { "4", 5002 },
        { "6", 6000 },
        { "0", 6001 },
        { "7", 7000 },
        { "9000000000000000000", INT64_C(253402300799000) },
        { "8", INT64_C(253402300799001) },
    };
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    ArchiveMail mail;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf("%zu", i);
        add_at(&repository, text, cases[i].seconds);
    }
    git_repository_free(repository.git);
    /* wherever reading starts */
    for (unsigned skipped = 0; skipped < G_N_ELEMENTS(cases); skipped++) {
        g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
        assert_true(archive_skip(
            archive, &(ArchivePlace){ .row = skipped, .arrival_ms = 0 }, NULL));
        for (size_t i = skipped; i < G_N_ELEMENTS(cases); i++) {
            assert_true(archive_next(archive, &mail, NULL));
            assert_true(mail.has_arrival);
            assert_int_equal(mail.row, i + 1);
            assert_int_equal(mail.arrival_ms, cases[i].arrival);
        }
    }
}

static void mark_is_the_commit(void **state)
{
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    g_autofree char *id = commit(&repository, "m", "one", 5);
    char digits[41];
    ArchiveMail mail;

    git_repository_free(repository.git);
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    assert_true(archive_next(archive, &mail, NULL));
    assert_true(mail.has_mark);
    hex_encode(mail.mark, sizeof(mail.mark), digits);
    assert_string_equal(digits, id);
}

static void assert_changed(const char *path, uint64_t row, int64_t arrival_ms)
{
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    g_autoptr(GError) error = NULL;
    ArchiveMail mail;

    assert_true(archive_skip(
        archive, &(ArchivePlace){ .row = row, .arrival_ms = arrival_ms },
        NULL));
    assert_false(archive_next(archive, &mail, &error));
    assert_true(g_error_matches(error, ARCHIVE_ERROR, ARCHIVE_ERROR_CHANGED));
}

static void other_rows_than_were_read_are_told(void **state)
{
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    ArchiveMail mail;

    add(&repository, "one", 5);
    add(&repository, "two", 5);
    add(&repository, "three", 7);
    git_repository_free(repository.git);
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    assert_true(archive_skip(
        archive, &(ArchivePlace){ .row = 2, .arrival_ms = 5001 }, NULL));
    assert_true(archive_next(archive, &mail, NULL));
    assert_int_equal(mail.arrival_ms, 7000);
    assert_changed(path, 2, 5000);
    assert_changed(path, 2, 9000);
    assert_changed(path, 4, 0);
}

static void only_new_commits_are_read_again(void **state)
{
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);

    add(&repository, "one", 5);
    add(&repository, "two", 6);
    g_autofree char *before = read_path(path, NULL);
    add(&repository, "three", 7);
    git_repository_free(repository.git);
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    assert_true(archive_skip(
        archive, &(ArchivePlace){ .row = 2, .arrival_ms = 0 }, NULL));
    g_autofree char *after = read_archive(archive);
    assert_string_equal(before, "1:one|2:two|");
    assert_string_equal(after, "3:three|");
}

static void all_batches_are_read(void **state)
{
    enum { MAILS = 1000 };
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    ArchiveMail mail;

    for (int i = 0; i < MAILS; i++) {
        g_autofree char *text = g_strdup_printf("mail %d", i);
        add(&repository, text, i);
    }
    git_repository_free(repository.git);
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    for (int i = 0; i < MAILS; i++) {
        g_autofree char *text = g_strdup_printf("mail %d", i);
        assert_true(archive_next(archive, &mail, NULL));
        assert_int_equal(mail.length, strlen(text));
        assert_memory_equal(mail.bytes, text, mail.length);
    }
    assert_false(archive_next(archive, &mail, NULL));
    assert_false(archive_next(archive, &mail, NULL));
    /* one that nobody reads to its end */
    g_autoptr(Archive) other = archive_open(path, NULL, NULL, NULL);
    assert_true(archive_next(other, &mail, NULL));
}

static void repository_with_a_work_tree_is_read(void **state)
{
    Repository repository = create(*state, "a", false);

    add(&repository, "one", 5);
    git_repository_free(repository.git);
    g_autofree char *mails = read_in(*state, "a", NULL);
    g_autofree char *inside = read_in(*state, "a/.git", NULL);
    assert_string_equal(mails, "1:one|");
    assert_string_equal(inside, "1:one|");
}

static void master_is_read_where_head_names_nothing(void **state)
{
    Repository repository = create(*state, "a.git", true);

    add(&repository, "one", 5);
    good(git_repository_set_head(repository.git, "refs/heads/none"));
    git_repository_free(repository.git);
    g_autofree char *mails = read_in(*state, "a.git", NULL);
    assert_string_equal(mails, "1:one|");
}

/* */
static void a_purged_mail_is_no_post(void **state)
{
    Repository repository = create(*state, "a.git", true);

    add(&repository, "one", 5);
    add(&repository, "", 6);
    add(&repository, "three", 7);
    git_repository_free(repository.git);
    g_autofree char *mails = read_in(*state, "a.git", NULL);
    assert_string_equal(mails, "1:one|2-|3:three|");
}

static void epochs_are_read_as_one(void **state)
{
    Repository first = create(*state, "inbox/git/0.git", true);
    Repository second = create(*state, "inbox/git/2.git", true);
    Repository third = create(*state, "inbox/git/10.git", true);
    Repository empty = create(*state, "inbox/git/11.git", true);
    Repository all = create(*state, "inbox/all.git", true);
    g_autofree char *id = commit(&first, "m", "one", 9);
    uint64_t done = 0, total = 0;

    add(&first, "two", 9);
    add(&second, "three", 9);
    add(&third, "four", 5);
    git_repository_free(first.git);
    git_repository_free(second.git);
    git_repository_free(third.git);
    git_repository_free(empty.git);
    git_repository_free(all.git);
    g_autofree char *mails = read_in(*state, "inbox", NULL);
    g_autofree char *direct = read_in(*state, "inbox/git", NULL);
    assert_string_equal(mails, "1:one|2:two|3:three|4:four|");
    assert_string_equal(mails, direct);

    g_autofree char *path = g_build_filename(*state, "inbox", NULL);
    g_autofree char *name = g_strconcat("git:", id, NULL);
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    ArchiveMail mail;
    assert_string_equal(archive_id(archive), name);
    assert_true(archive_skip(
        archive, &(ArchivePlace){ .row = 3, .arrival_ms = 0 }, NULL));
    assert_true(archive_next(archive, &mail, NULL));
    assert_int_equal(mail.row, 4);
    assert_int_equal(mail.arrival_ms, 9003);
    assert_false(archive_next(archive, &mail, NULL));
    archive_progress(archive, &done, &total);
    assert_int_equal(done, 4);
    assert_int_equal(total, 4);
}

static void ranges_are_after_and_up_to_with(void **state)
{
    Repository first = create(*state, "0.git", true);
    Repository second = create(*state, "1.git", true);
    g_autofree char *one = commit(&first, "m", "one", 1);
    g_autofree char *two = commit(&first, "m", "two", 1);
    g_autofree char *three = commit(&second, "m", "three", 1);
    g_autofree char *four = commit(&second, "m", "four", 1);
    const struct {
        const char *from, *until, *mails;
    } cases[] = {
        { one, two, "2:two|" },
        { one, four, "2:two|3:three|4:four|" },
        { two, three, "3:three|" },
        { three, "", "4:four|" },
        { "", two, "1:one|2:two|" },
        { "", "", "1:one|2:two|3:three|4:four|" },
        { "HEAD~1", "HEAD", "4:four|" },
        { two, two, "" },
        { four, one, "?2" },
        { two, one, "?2" },
        { "none", four, "?2" },
        { one, "0123456789012345678901234567890123456789", "?2" },
    };

    git_repository_free(first.git);
    git_repository_free(second.git);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *range =
            g_strconcat(cases[i].from, "..", cases[i].until, NULL);
        g_autofree char *mails = read_path(*state, range);
        assert_string_equal(mails, cases[i].mails);
    }
    g_autofree char *no_range = read_path(*state, one);
    g_autofree char *three_dots = read_path(*state, "a...b");
    assert_string_equal(no_range, "?2");
    assert_string_equal(three_dots, "?2");
}

/* As in a whole reading, or a mail would stand elsewhere. */
static void range_gives_the_same_arrivals_and_no_id(void **state)
{
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    g_autofree char *one = commit(&repository, "m", "one", 5);
    g_autofree char *range = g_strconcat(one, "..", NULL);
    uint64_t done = 0, total = 0;
    ArchiveMail mail;

    add(&repository, "two", 5);
    git_repository_free(repository.git);
    g_autoptr(Archive) archive = archive_open(path, range, NULL, NULL);
    assert_null(archive_id(archive));
    assert_true(archive_next(archive, &mail, NULL));
    assert_int_equal(mail.row, 2);
    assert_int_equal(mail.arrival_ms, 5001);
    archive_progress(archive, &done, &total);
    assert_int_equal(done, 1);
    assert_int_equal(total, 1);
}

static void other_repositories_are_refused(void **state)
{
    Repository source = create(*state, "source.git", true);
    Repository empty = create(*state, "empty.git", true);

    g_free(commit(&source, "main.c", "int main;", 5));
    git_repository_free(source.git);
    git_repository_free(empty.git);
    g_autofree char *refused = read_in(*state, "source.git", NULL);
    g_autofree char *nothing = read_in(*state, "empty.git", NULL);
    assert_string_equal(refused, "?0");
    assert_string_equal(nothing, "?0");
}

static void remove_object_of(const char *folder, const char *name,
                             const git_oid *id)
{
    g_autofree char *digits = g_strdup(git_oid_tostr_s(id));
    g_autofree char *first = g_strndup(digits, 2);
    g_autofree char *path =
        g_build_filename(folder, name, "objects", first, digits + 2, NULL);
    assert_int_equal(g_remove(path), 0);
}

static void remove_object(const char *folder, const git_oid *id)
{
    remove_object_of(folder, "a.git", id);
}

static void a_mail_that_cannot_be_read_is_passed_over(void **state)
{
    Repository repository = create(*state, "a.git", true);
    git_oid blob;

    add(&repository, "one", 5);
    add(&repository, "two", 6);
    add(&repository, "three", 7);
    good(git_blob_create_from_buffer(&blob, repository.git, "two", 3));
    git_repository_free(repository.git);
    remove_object(*state, &blob);
    g_autofree char *mails = read_in(*state, "a.git", NULL);
    assert_string_equal(mails, "1:one|2?|3:three|");
}

static void missing_commit_is_damage(void **state)
{
    Repository repository = create(*state, "a.git", true);

    add(&repository, "one", 5);
    const git_oid first = repository.head;
    add(&repository, "two", 6);
    git_repository_free(repository.git);
    const git_oid newest = repository.head;
    remove_object(*state, &first);
    g_autofree char *mails = read_in(*state, "a.git", NULL);
    assert_string_equal(mails, "?1");
    remove_object(*state, &newest);
    g_autofree char *nothing = read_in(*state, "a.git", NULL);
    assert_string_equal(nothing, "?1");
}

/* The newest mail of an archive, as a reading that ended there keeps it. */
static ArchivePlace place_of_last(const char *path, char **id)
{
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    ArchiveMail mail = { 0 }, last = { 0 };

    while (archive_next(archive, &mail, NULL))
        last = mail;
    *id = g_strdup(archive_id(archive));
    ArchivePlace place = { .id = *id,
                           .row = last.row,
                           .arrival_ms = last.arrival_ms,
                           .has_mark = true };
    memcpy(place.mark, last.mark, sizeof(place.mark));
    return place;
}

static Archive *open_known(const char *path, const ArchivePlace *place)
{
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(*place));

    g_array_append_val(known, *place);
    return archive_open(path, NULL, known, NULL);
}

static void assert_nothing_left(const char *path, const ArchivePlace *place,
                                const char *id)
{
    g_autoptr(Archive) archive = open_known(path, place);
    uint64_t done = 0, total = 0;
    ArchiveMail mail;

    assert_non_null(archive);
    assert_string_equal(archive_kind(archive), "git");
    assert_string_equal(archive_id(archive), id);
    assert_null(archive_warning(archive));
    assert_true(archive_skip(archive, place, NULL));
    assert_false(archive_next(archive, &mail, NULL));
    archive_progress(archive, &done, &total);
    assert_int_equal(done, place->row);
    assert_int_equal(total, place->row);
}

static void write_file(const char *path, const char *name, const char *text)
{
    g_autofree char *file = g_build_filename(path, name, NULL);

    assert_true(g_file_set_contents(file, text, -1, NULL));
}

static void remove_file(const char *path, const char *name)
{
    g_autofree char *file = g_build_filename(path, name, NULL);

    assert_int_equal(g_remove(file), 0);
}

/* Whichever way the branch lies; the objects are gone, so that whoever looks at
 * one of them fails. */
static void known_newest_commit_leaves_nothing_to_read(void **state)
{
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    g_autofree char *id = NULL;

    add(&repository, "one", 5);
    add(&repository, "two", 6);
    const git_oid tip = repository.head;
    const ArchivePlace place = place_of_last(path, &id);
    g_autofree char *packed = g_strdup_printf(
        "# pack-refs with: peeled fully-peeled sorted \n"
        "%s refs/heads/master\n%s refs/tags/t\n^%s\n",
        git_oid_tostr_s(&tip), git_oid_tostr_s(&tip), git_oid_tostr_s(&tip));
    git_repository_free(repository.git);

    assert_nothing_left(path, &place, id);
    remove_object(*state, &tip);
    assert_nothing_left(path, &place, id);
    write_file(path, "packed-refs", packed);
    remove_file(path, "refs/heads/master");
    assert_nothing_left(path, &place, id);
}

static void known_newest_commit_of_the_newest_epoch_leaves_nothing(void **state)
{
    Repository first = create(*state, "inbox/git/9.git", true);
    Repository second = create(*state, "inbox/git/10.git", true);
    g_autofree char *path = g_build_filename(*state, "inbox", NULL);
    g_autofree char *id = NULL;

    add(&first, "one", 5);
    add(&second, "two", 8);
    const ArchivePlace place = place_of_last(path, &id);
    remove_object_of(*state, "inbox/git/10.git", &second.head);
    git_repository_free(first.git);
    git_repository_free(second.git);
    assert_nothing_left(path, &place, id);
}

/* Another branch may have mail that HEAD has not: then libgit2 looks. */
static void other_branches_are_looked_at_all_the_same(void **state)
{
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    g_autofree char *id = NULL;

    add(&repository, "one", 5);
    const git_oid first = repository.head;
    add(&repository, "two", 6);
    const git_oid second = repository.head;
    g_autofree char *older = g_strdup_printf("%s\n", git_oid_tostr_s(&first));
    g_autofree char *newer = g_strdup_printf("%s\n", git_oid_tostr_s(&second));
    git_repository_free(repository.git);
    write_file(path, "refs/heads/master", older);
    const ArchivePlace place = place_of_last(path, &id);
    assert_nothing_left(path, &place, id);
    write_file(path, "refs/heads/other", newer);

    g_autoptr(Archive) archive = open_known(path, &place);
    assert_non_null(archive_warning(archive));
}

/* An older commit that is gone shows that the walk did not come to it. */
static void known_commit_ends_the_walk(void **state)
{
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    g_autofree char *id = NULL;
    ArchiveMail mail;

    add(&repository, "one", 9);
    const git_oid first = repository.head;
    add(&repository, "two", 9);
    const ArchivePlace place = place_of_last(path, &id);
    g_free(commit(&repository, "d", "one", 9));
    add(&repository, "three", 5);
    git_repository_free(repository.git);
    remove_object(*state, &first);

    g_autoptr(Archive) archive = open_known(path, &place);
    assert_non_null(archive);
    assert_string_equal(archive_id(archive), id);
    assert_true(archive_skip(archive, &place, NULL));
    assert_true(archive_next(archive, &mail, NULL));
    assert_int_equal(mail.row, 3);
    assert_true(mail.is_taken_back);
    assert_true(archive_next(archive, &mail, NULL));
    assert_int_equal(mail.row, 4);
    assert_int_equal(mail.arrival_ms, 9003);
    assert_false(archive_next(archive, &mail, NULL));
}

static void known_commit_of_an_older_epoch_ends_the_walk(void **state)
{
    Repository first = create(*state, "inbox/git/0.git", true);
    g_autofree char *path = g_build_filename(*state, "inbox", NULL);
    g_autofree char *id = NULL;
    uint64_t done = 0, total = 0;

    add(&first, "one", 5);
    add(&first, "two", 6);
    const ArchivePlace place = place_of_last(path, &id);
    add(&first, "three", 7);
    Repository second = create(*state, "inbox/git/1.git", true);
    add(&second, "four", 8);
    git_repository_free(first.git);
    git_repository_free(second.git);

    g_autoptr(Archive) archive = open_known(path, &place);
    assert_string_equal(archive_id(archive), id);
    assert_true(archive_skip(archive, &place, NULL));
    g_autofree char *mails = read_archive(archive);
    assert_string_equal(mails, "3:three|4:four|");
    archive_progress(archive, &done, &total);
    assert_int_equal(done, 4);
    assert_int_equal(total, 4);
}

static void place_of_another_archive_is_passed_over(void **state)
{
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    g_autofree char *id = NULL;

    add(&repository, "one", 5);
    ArchivePlace place = place_of_last(path, &id);
    git_repository_free(repository.git);
    place.mark[0] ^= 1;
    g_autoptr(Archive) archive = open_known(path, &place);
    g_autofree char *mails = read_archive(archive);
    assert_string_equal(mails, "1:one|");
}

/* public-inbox-edit keeps the number of commits and their times. */
static void edited_archive_is_told_by_its_commit_ids(void **state)
{
    Repository repository = create(*state, "a.git", true);
    Repository edited = create(*state, "b.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    g_autofree char *other = g_build_filename(*state, "b.git", NULL);
    g_autofree char *id = NULL;
    g_autoptr(GError) error = NULL;

    add(&repository, "one", 5);
    add(&repository, "two", 6);
    add(&edited, "one", 5);
    add(&edited, "", 6);
    git_repository_free(repository.git);
    git_repository_free(edited.git);
    const ArchivePlace place = place_of_last(path, &id);
    g_autoptr(Archive) archive = open_known(other, &place);
    ArchiveMail mail;
    assert_string_equal(archive_id(archive), id);
    assert_true(archive_skip(archive, &place, NULL));
    assert_false(archive_next(archive, &mail, &error));
    assert_true(g_error_matches(error, ARCHIVE_ERROR, ARCHIVE_ERROR_CHANGED));
}

/* Arrivals are reckoned from the last long pause before the range. */
static void range_is_walked_back_to_a_pause(void **state)
{
    enum { DAY = 86400 };
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);

    add(&repository, "one", 9);
    const git_oid first = repository.head;
    add(&repository, "two", 9);
    add(&repository, "three", DAY);
    g_autofree char *after = commit(&repository, "m", "four", DAY);
    add(&repository, "five", DAY);
    git_repository_free(repository.git);
    remove_object(*state, &first);
    g_autofree char *range = g_strconcat(after, "..", NULL);
    g_autoptr(Archive) archive = archive_open(path, range, NULL, NULL);
    ArchiveMail mail;
    assert_non_null(archive);
    assert_true(archive_next(archive, &mail, NULL));
    assert_int_equal(mail.arrival_ms, DAY * INT64_C(1000) + 2);
    assert_false(archive_next(archive, &mail, NULL));
}

static void shallow_clone_is_read_without_an_id(void **state)
{
    Repository repository = create(*state, "a.git", true);
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);

    add(&repository, "one", 5);
    const git_oid first = repository.head;
    g_autofree char *second = commit(&repository, "m", "two", 6);
    g_autofree char *line = g_strconcat(second, "\n", NULL);
    git_repository_free(repository.git);
    remove_object(*state, &first);
    folder_write(path, "shallow", line);
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    assert_non_null(archive);
    assert_null(archive_id(archive));
    g_autofree char *mails = read_archive(archive);
    assert_string_equal(mails, "1:two|");
}

int main(void)
{
#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, start, stop)
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(mails_come_in_the_order_of_commits),
        WITH_FOLDER(arrivals_increase_strictly),
        WITH_FOLDER(mark_is_the_commit),
        WITH_FOLDER(other_rows_than_were_read_are_told),
        WITH_FOLDER(only_new_commits_are_read_again),
        WITH_FOLDER(all_batches_are_read),
        WITH_FOLDER(repository_with_a_work_tree_is_read),
        WITH_FOLDER(master_is_read_where_head_names_nothing),
        WITH_FOLDER(a_purged_mail_is_no_post),
        WITH_FOLDER(epochs_are_read_as_one),
        WITH_FOLDER(ranges_are_after_and_up_to_with),
        WITH_FOLDER(range_gives_the_same_arrivals_and_no_id),
        WITH_FOLDER(other_repositories_are_refused),
        WITH_FOLDER(a_mail_that_cannot_be_read_is_passed_over),
        WITH_FOLDER(missing_commit_is_damage),
        WITH_FOLDER(known_newest_commit_leaves_nothing_to_read),
        WITH_FOLDER(known_newest_commit_of_the_newest_epoch_leaves_nothing),
        WITH_FOLDER(other_branches_are_looked_at_all_the_same),
        WITH_FOLDER(known_commit_ends_the_walk),
        WITH_FOLDER(known_commit_of_an_older_epoch_ends_the_walk),
        WITH_FOLDER(place_of_another_archive_is_passed_over),
        WITH_FOLDER(edited_archive_is_told_by_its_commit_ids),
        WITH_FOLDER(range_is_walked_back_to_a_pause),
        WITH_FOLDER(shallow_clone_is_read_without_an_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
