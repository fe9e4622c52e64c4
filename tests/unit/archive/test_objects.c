/* SPDX-License-Identifier: MIT */
/* Repositories that git makes, read by our own and by libgit2 side by side. */
#include "tests/support/unit.h"

#include "archive/objects.h"

#include <git2.h>
#include <stdlib.h>

#include "tests/unit/archive/folder.h"

enum { MAILS = 120, LINES = 60, FLIPS = 200 };

static int start(void **state)
{
    git_libgit2_init();
    /* as lib/archive/epoch.c sets it, so that both read damage alike */
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
    git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
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

/* A shell script in the folder; git reads no settings of this host. */
static void run(const char *folder, const char *script)
{
    char *words[] = { (char[]){ "/bin/sh" }, (char[]){ "-ec" },
                      g_strdup(script), NULL };
    g_auto(GStrv) environment = g_get_environ();
    int status = 0;
    GError *error = NULL;

    environment = g_environ_setenv(environment, "GIT_CONFIG_NOSYSTEM", "1", 1);
    environment =
        g_environ_setenv(environment, "GIT_CONFIG_GLOBAL", "/dev/null", 1);
    g_spawn_sync(folder, words, environment,
                 G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                 NULL, NULL, NULL, &status, &error);
    g_assert_no_error(error);
    g_free(words[2]);
    assert_true(g_spawn_check_wait_status(status, NULL));
}

/* Each mail has a line that the one before has not, so that all make one chain
 * of deltas. Words look random, so that deflate has something to do. */
static void append_mail(GString *stream, unsigned number)
{
    g_autoptr(GString) mail = g_string_new("Subject: x\n\n");
    uint32_t word = 1;

    for (unsigned line = 0; line < LINES; line++) {
        word =
            line == number % LINES ? number * 7919 : word * 1103515245U + line;
        g_string_append_printf(mail, "line %u of %u says %08x %08x\n", line,
                               line < number ? number / LINES : 0, word,
                               word * 2654435761U);
    }
    g_string_append_printf(
        stream,
        "commit refs/heads/master\ncommitter a <a@example.org> %u +0000\n"
        "data 2\nm\n\nM 100644 inline m\ndata %u\n%s\n",
        1000000 + number, (unsigned)mail->len, mail->str);
}

/* a.git with mails from..until, of which those are packed as they come. */
static void add_mails(const char *folder, unsigned from, unsigned until)
{
    g_autoptr(GString) stream = g_string_new(NULL);

    for (unsigned i = from; i < until; i++) {
        append_mail(stream, i);
        if (i == from && from > 0) {
            const char *mark = strstr(stream->str, "M 100644");
            g_string_insert(stream, mark - stream->str,
                            "from refs/heads/master^0\n");
        }
    }
    folder_write(folder, "stream", stream->str);
    run(folder, "test -d a.git || git init -q --bare -b master a.git\n"
                "git -C a.git -c fastimport.unpackLimit=1 fast-import "
                "--quiet <stream");
}

static Objects *open_objects(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "a.git", NULL);

    return objects_new(path, ARCHIVE_MAIL_MAX);
}

static git_odb *open_odb(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "a.git", "objects", NULL);
    git_odb *odb = NULL;

    assert_int_equal(git_odb_open(&odb, path), 0);
    return odb;
}

typedef struct Both {
    Objects *objects;
    git_odb *odb;
    unsigned same, unread;
} Both;

/* Whatever our own reads is what libgit2 reads. */
static int read_both(const git_oid *oid, void *data)
{
    Both *both = data;
    git_odb_object *theirs = NULL;
    ObjectId id;

    memcpy(id.bytes, oid->id, sizeof(id.bytes));
    const bool is_read = git_odb_read(&theirs, both->odb, oid) == 0;
    const int kind = is_read ? (int)git_odb_object_type(theirs) : OBJECT_BLOB;
    g_autoptr(GBytes) ours = objects_read(both->objects, &id, (ObjectKind)kind);
    const int other = kind == OBJECT_TREE ? OBJECT_BLOB : OBJECT_TREE;
    assert_null(objects_read(both->objects, &id, (ObjectKind)other));
    if (ours != NULL) {
        assert_true(is_read);
        assert_int_equal(g_bytes_get_size(ours), git_odb_object_size(theirs));
        assert_memory_equal(g_bytes_get_data(ours, NULL),
                            git_odb_object_data(theirs),
                            git_odb_object_size(theirs));
        both->same++;
    } else if (is_read) {
        both->unread++;
    }
    git_odb_object_free(theirs);
    return 0;
}

static Both compare(const char *folder)
{
    Both both = { .objects = open_objects(folder), .odb = open_odb(folder) };

    (void)git_odb_foreach(both.odb, read_both, &both);
    git_odb_free(both.odb);
    objects_free(both.objects);
    return both;
}

static void assert_all_read(const char *folder, unsigned objects)
{
    const Both both = compare(folder);

    assert_int_equal(both.same, objects);
    assert_int_equal(both.unread, 0);
}

static void objects_are_those_of_libgit2(void **state)
{
    static const char *const scripts[] = {
        "true", /* as fast-import packs */
        "git -C a.git repack -qadf --depth=50 --window=50",
        /* bases named by their ids */
        "git -C a.git -c repack.useDeltaBaseOffset=false repack -qadf",
        "git -C a.git -c pack.compression=0 repack -qadF", /* stored */
        ("mv a.git/objects/pack/*.pack p && rm -f a.git/objects/pack/* && "
         "git -C a.git unpack-objects -q <p"), /* loose */
    };

    add_mails(*state, 0, MAILS);
    for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
        run(*state, scripts[i]);
        assert_all_read(*state, 3 * MAILS);
    }
}

/* fast-import makes each mail from the one before. */
static void some_deltas_are_deep(void **state)
{
    add_mails(*state, 0, MAILS);
    run(*state, "git verify-pack -v a.git/objects/pack/*.idx | "
                "grep '^chain length = [45][0-9]'");
}

static void two_packs_and_loose_objects_are_read_as_one(void **state)
{
    add_mails(*state, 0, 40);
    add_mails(*state, 40, 80);
    run(*state,
        "git clone -q --bare a.git b.git && cd a.git && "
        "git symbolic-ref HEAD refs/heads/master && cd .. && "
        "git clone -q a.git w && cd w && for i in 1 2 3; do echo $i >m && "
        "git -c user.name=a -c user.email=a@example.org commit -qam m; done && "
        "git -c transfer.unpackLimit=1 push -q origin HEAD:master && "
        "echo 4 >m && "
        "git -c user.name=a -c user.email=a@example.org commit -qam m && "
        "git push -q origin HEAD:master");
    run(*state, "test $(ls a.git/objects/pack/*.pack | wc -l) -ge 2");
    assert_all_read(*state, 3 * 80 + 3 * 4);
}

/* The bases of a thin pack are added when it is fetched. */
static void a_thin_fetch_is_read(void **state)
{
    add_mails(*state, 0, MAILS);
    run(*state,
        "mv a.git b.git && git -C b.git branch old master~20 && "
        "git init -q --bare -b master a.git && cd a.git && "
        "git fetch -q ../b.git old:master && "
        "git -c fetch.unpackLimit=1 fetch -q ../b.git +master:master && "
        "test $(ls objects/pack/*.pack | wc -l) = 2");
    const Both both = compare(*state);
    assert_true(both.same >= 3 * MAILS);
    assert_int_equal(both.unread, 0);
}

static ObjectId tip_of(const char *folder)
{
    git_repository *repository = NULL;
    g_autofree char *path = g_build_filename(folder, "a.git", NULL);
    git_oid oid;
    ObjectId id;

    assert_int_equal(git_repository_open(&repository, path), 0);
    assert_int_equal(
        git_reference_name_to_id(&oid, repository, "refs/heads/master"), 0);
    git_repository_free(repository);
    memcpy(id.bytes, oid.id, sizeof(id.bytes));
    return id;
}

static bool can_read(Objects *objects, const ObjectId *id)
{
    g_autoptr(GBytes) bytes = objects_read(objects, id, OBJECT_COMMIT);

    return bytes != NULL;
}

static void packs_may_come_and_go_meanwhile(void **state)
{
    add_mails(*state, 0, 40);
    g_autoptr(Objects) objects = open_objects(*state);
    const ObjectId first = tip_of(*state);

    assert_true(can_read(objects, &first));
    run(*state, "git -C a.git repack -qadf && "
                "git -C a.git -c gc.pruneExpire=now gc -q");
    assert_true(can_read(objects, &first));
    add_mails(*state, 40, 80);
    const ObjectId second = tip_of(*state);
    assert_true(can_read(objects, &second));
    run(*state, "rm -rf a.git/objects");
    assert_true(can_read(objects, &first));
    assert_true(can_read(objects, &second));
}

static void what_is_not_there_is_not_read(void **state)
{
    add_mails(*state, 0, 4);
    g_autoptr(Objects) objects = open_objects(*state);
    g_autoptr(Objects) none = objects_new(NULL, ARCHIVE_MAIL_MAX);
    const ObjectId id = { { 1 } };
    const ObjectId tip = tip_of(*state);

    assert_false(can_read(objects, &id));
    assert_false(can_read(none, &tip));
}

/* --- damage --------------------------------------------------------------- */

/* All mails of the archive, by our own where that can, or by libgit2 alone: a
 * word in a comment makes the settings look as if they were not plain. */
static char *read_all(const char *folder, bool by_libgit2_alone)
{
    g_autofree char *path = g_build_filename(folder, "a.git", NULL);
    g_autofree char *settings = g_build_filename(path, "config", NULL);

    assert_true(g_file_set_contents(settings,
                                    by_libgit2_alone
                                        ? "[core]\nbare = true\n# extensions\n"
                                        : "[core]\nbare = true\n",
                                    -1, NULL));
    return read_path(path, NULL);
}

static void assert_read_alike(const char *folder)
{
    g_autofree char *ours = read_all(folder, false);
    g_autofree char *theirs = read_all(folder, true);

    assert_string_equal(ours, theirs);
}

static void a_pack_that_is_cut_off_is_left_to_libgit2(void **state)
{
    add_mails(*state, 0, 40);
    assert_read_alike(*state);
    run(*state, "chmod u+w a.git/objects/pack/*.pack && "
                "truncate -s -500 a.git/objects/pack/*.pack");
    assert_int_equal(compare(*state).same, 0);
    assert_read_alike(*state);
    run(*state, "chmod u+w a.git/objects/pack/*.idx && "
                "truncate -s 0 a.git/objects/pack/*.idx");
    assert_int_equal(compare(*state).same, 0);
    assert_read_alike(*state);
}

static void flip(char *bytes, size_t length, uint32_t *seed)
{
    *seed = *seed * 1103515245U + 12345U;
    const size_t place = (*seed >> 4) % length;
    *seed = *seed * 1103515245U + 12345U;
    bytes[place] ^= (char)(1U << (*seed >> 16 & 7));
}

/* The only file in a.git/objects/pack of that kind. */
static char *pack_path(const char *folder, const char *suffix)
{
    g_autofree char *packs =
        g_build_filename(folder, "a.git", "objects", "pack", NULL);
    g_autoptr(GDir) listing = g_dir_open(packs, 0, NULL);
    const char *name = g_dir_read_name(listing);

    while (name != NULL && !g_str_has_suffix(name, suffix))
        name = g_dir_read_name(listing);
    return g_build_filename(packs, name, NULL);
}

/* A byte is damaged at a time, in 200 places of a pack and of its index. */
static void damage_changes_nothing_of_what_is_told(void **state)
{
    static const char *const suffixes[] = { ".pack", ".idx" };
    uint32_t seed = 16;
    unsigned same = 0;

    add_mails(*state, 0, 24);
    run(*state, "git -C a.git repack -qadf --depth=50 && "
                "chmod u+w a.git/objects/pack/*");
    for (unsigned i = 0; i < FLIPS; i++) {
        g_autofree char *path = pack_path(*state, suffixes[i % 2]);
        g_autofree char *bytes = NULL;
        gsize length = 0;

        assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        g_autofree char *damaged = g_memdup2(bytes, length);
        flip(damaged, length, &seed);
        assert_true(g_file_set_contents(path, damaged, (gssize)length, NULL));
        same += compare(*state).same;
        assert_read_alike(*state);
        assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
    }
    /* most of what is not damaged is read by our own all the same */
    assert_true(same > FLIPS * 24);
    assert_all_read(*state, 3 * 24);
}

/* What is given is what was packed, and what is not given is told. */
static void assert_told(const char *folder, const char *path, const char *bytes,
                        size_t length)
{
    assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
    g_autofree char *read = read_all(folder, false);
    g_autofree char *whole_path = g_build_filename(folder, "whole", NULL);
    g_autofree char *whole = NULL;

    assert_true(g_file_get_contents(whole_path, &whole, NULL, NULL));
    g_auto(GStrv) mails = g_strsplit(read, "|", -1);
    for (char **mail = mails; *mail != NULL; mail++)
        assert_true(strstr(whole, *mail) != NULL ||
                    strpbrk(*mail, "?!") != NULL);
}

/* libgit2 1.5 never ends where the file of an object is cut off. */
static void damaged_loose_objects_are_told(void **state)
{
    uint32_t seed = 3;

    add_mails(*state, 0, 3);
    run(*state, "mv a.git/objects/pack/*.pack p && "
                "rm -f a.git/objects/pack/* && "
                "git -C a.git unpack-objects -q <p && "
                "chmod -R u+w a.git && ls -d a.git/objects/[0-9a-f]*/* >names");
    g_autofree char *list = g_build_filename(*state, "names", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(list, &text, NULL, NULL));
    g_auto(GStrv) names = g_strsplit(g_strchomp(text), "\n", -1);
    g_autofree char *whole = read_all(*state, false);
    folder_write(*state, "whole", whole);
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *path = g_build_filename(*state, *name, NULL);
        g_autofree char *bytes = NULL;
        gsize length = 0;

        assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        for (unsigned i = 0; i < 10; i++) {
            g_autofree char *damaged = g_memdup2(bytes, length);
            flip(damaged, length, &seed);
            assert_told(*state, path, damaged, length);
        }
        assert_told(*state, path, bytes, length / 2);
        assert_told(*state, path, bytes, 0);
        assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
    }
}

/* --- what is not plain ---------------------------------------------------- */

static void a_mail_of_100_mb_is_left_to_libgit2(void **state)
{
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);
    g_autofree char *loose = g_build_filename(*state, "w", ".git", NULL);
    ArchiveMail mail;

    run(*state, "git init -q -b master w && cd w && "
                "truncate -s 100000000 m && git add m && "
                "git -c user.name=a -c user.email=a@example.org "
                "commit -qm m && cd .. && "
                "git clone -q --bare --no-local w a.git");
    for (unsigned i = 0; i < 2; i++) {
        g_autoptr(Archive) archive =
            archive_open(i == 0 ? path : loose, NULL, NULL, NULL);
        assert_true(archive_next(archive, &mail, NULL));
        assert_true(mail.is_cut);
        assert_int_equal(mail.length, 0);
    }
}

/* Each after a plain archive of 40 mails was made. */
static void other_kinds_of_repositories_are_read_as_ever(void **state)
{
    static const char *const scripts[] = {
        /* objects that lie elsewhere */
        "git clone -q --bare --shared a.git b.git",
        /* an index of several packs, and none of its own */
        "cp -r a.git b.git && git -C b.git multi-pack-index write",
        ("cp -r a.git b.git && git -C b.git multi-pack-index write && "
         "rm -f b.git/objects/pack/pack-*.idx"),
        /* the first version of an index */
        ("cp -r a.git b.git && cd b.git/objects/pack && rm -f *.idx *.rev && "
         "git index-pack --index-version=1 *.pack"),
        /* history that is cut off */
        "git clone -q --bare --depth 5 --no-local a.git b.git",
        /* a branch of another name, packed, and a second one */
        ("git clone -q --bare a.git b.git && cd b.git && "
         "git branch -m a/b && git pack-refs --all"),
        ("git clone -q --bare a.git b.git && cd b.git && "
         "git branch other master~3 && git symbolic-ref HEAD refs/heads/other"),
        /* HEAD is a commit */
        ("git clone -q --bare a.git b.git && cd b.git && "
         "git update-ref --no-deref HEAD master~2"),
        /* one commit in another's place, which libgit2 takes no notice of */
        ("git clone -q --bare a.git b.git && cd b.git && "
         "git replace master~3 master~5"),
        /* other parents */
        ("git clone -q --bare a.git b.git && cd b.git && "
         "git rev-parse master~5 >info/grafts"),
        /* a work tree */
        "git clone -q a.git b.git",
        "git clone -q a.git c && git -C c worktree add -q ../b.git",
    };
    g_autofree char *path = g_build_filename(*state, "b.git", NULL);
    g_autofree char *marked = g_build_filename(*state, "d.git", NULL);

    add_mails(*state, 0, 40);
    for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
        run(*state, "rm -rf b.git c d.git");
        run(*state, scripts[i]);
        run(*state, "cp -r b.git d.git; for c in d.git/config "
                    "d.git/.git/config; do test ! -f $c || "
                    "echo '# extensions' >>$c; done");
        g_autofree char *ours = read_path(path, NULL);
        g_autofree char *theirs = read_path(marked, NULL);
        assert_string_equal(ours, theirs);
    }
}

/* Where a format is told that libgit2 does not know, it says so. */
static void settings_that_are_not_plain_are_left_to_libgit2(void **state)
{
    static const char *const settings[] = {
        "[core]\nrepositoryformatversion = 0\n",
        "[core]\nrepositoryformatversion = 7\n",
        "[core]\nrepositoryFormatVersion = 7\n",
        "[core\nbare = true\n",
        "[core]\nbare = \"true\n",
        "nonsense\n",
    };
    g_autofree char *path = g_build_filename(*state, "a.git", NULL);

    add_mails(*state, 0, 3);
    for (size_t i = 0; i < G_N_ELEMENTS(settings); i++) {
        g_autofree char *forced =
            g_strconcat(settings[i], "# extensions\n", NULL);
        folder_write(path, "config", settings[i]);
        g_autofree char *ours = read_path(path, NULL);
        folder_write(path, "config", forced);
        g_autofree char *theirs = read_path(path, NULL);
        assert_string_equal(ours, theirs);
    }
}

int main(void)
{
#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, start, stop)
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(objects_are_those_of_libgit2),
        WITH_FOLDER(some_deltas_are_deep),
        WITH_FOLDER(two_packs_and_loose_objects_are_read_as_one),
        WITH_FOLDER(a_thin_fetch_is_read),
        WITH_FOLDER(packs_may_come_and_go_meanwhile),
        WITH_FOLDER(what_is_not_there_is_not_read),
        WITH_FOLDER(a_pack_that_is_cut_off_is_left_to_libgit2),
        WITH_FOLDER(damage_changes_nothing_of_what_is_told),
        WITH_FOLDER(damaged_loose_objects_are_told),
        WITH_FOLDER(a_mail_of_100_mb_is_left_to_libgit2),
        WITH_FOLDER(other_kinds_of_repositories_are_read_as_ever),
        WITH_FOLDER(settings_that_are_not_plain_are_left_to_libgit2),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
