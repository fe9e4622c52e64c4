/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/settings.h"

static char *folder;

static int make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("settings-XXXXXX", NULL);
    return folder != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    GDir *files = g_dir_open(folder, 0, NULL);

    (void)state;
    for (const char *name = NULL; (name = g_dir_read_name(files)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        g_unlink(path);
    }
    g_dir_close(files);
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

static char *write_bytes(const char *name, const char *text, size_t length)
{
    char *path = g_build_filename(folder, name, NULL);

    assert_true(g_file_set_contents(path, text, (gssize)length, NULL));
    return path;
}

static char *write_file(const char *name, const char *text)
{
    return write_bytes(name, text, strlen(text));
}

static Settings *load_text(const char *text, GError **error)
{
    g_autofree char *path = write_file("a.conf", text);

    return settings_load(path, "/state", error);
}

static Settings *load_good(const char *text)
{
    g_autoptr(GError) error = NULL;
    Settings *settings = load_text(text, &error);

    if (settings == NULL)
        print_error("%s\n", error->message);
    assert_non_null(settings);
    return settings;
}

static void assert_refused(const char *path, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *expected = g_build_filename(folder, message, NULL);

    assert_null(settings_load(path, "/state", &error));
    assert_true(g_error_matches(error, SETTINGS_ERROR, SETTINGS_ERROR_INVALID));
    assert_string_equal(error->message, expected);
}

static void an_empty_file_gives_the_defaults(void **state)
{
    g_autoptr(Settings) settings = load_good("");

    (void)state;
    assert_string_equal(settings->redis, "private");
    assert_string_equal(settings->redis_password_file, "");
    assert_string_equal(
        settings->socket,
        g_file_test("/var/spool/postfix/listpulse", G_FILE_TEST_IS_DIR)
            ? "unix:/var/spool/postfix/listpulse/milter.sock"
            : "unix:/run/listpulse/milter.sock");
    assert_string_equal(settings->socket_group, "");
    assert_int_equal(settings->socket_mode, 0660);
    assert_string_equal(settings->state, "/state");
    assert_true(settings->all_lists);
    assert_int_equal(settings->max_lists, 1000);
    assert_int_equal(settings->place_posts, 3);
    assert_false(settings->match_recipients);
    assert_string_equal(settings->mailmap, "");
    assert_string_equal(settings->organisations, "");
    assert_int_equal(g_strv_length(settings->bots), 0);
    assert_int_equal(g_strv_length(settings->trailers), 0);
    assert_false(settings->journal_sync_full);
    assert_int_equal(settings->journal_hours, 24);
    assert_int_equal(settings->journal_megabytes, 1024);
    assert_int_equal(settings->redis_megabytes, 0);
    assert_int_equal(settings->retain_text.days, 0);
    assert_int_equal(settings->retain_posts.days, 0);
    assert_int_equal(settings->lists->len, 0);
}

static void every_general_key_is_read(void **state)
{
    g_autofree char *secret = write_file("redis.secret", "x");
    g_autofree char *mailmap = write_file("mailmap", "");
    g_autofree char *organisations = write_file("domain-map", "");
    g_autoptr(Settings) settings =
        load_good("# comment\n// comment\n/* long\n comment */\n"
                  "redis = \"unix:/run/redis/redis.sock\"\n"
                  "redis_password_file = \"redis.secret\"\n"
                  "socket = 'inet:8891@127.0.0.1' socket_group = postfix\n"
                  "socket_mode = 0600\n"
                  "state = \"/srv/state\"\n"
                  "lists = \"configured\"\n"
                  "max_lists = 7\n"
                  "place_posts = 4\n"
                  "match_recipients = yes\n"
                  "mailmap = \"mailmap\"\n"
                  "organisations = \"domain-map\"\n"
                  "bots = { \"LKP@intel.com\",\n "
                  "\"syzbot*@syzkaller.appspotmail.com\" }\n"
                  "trailers = { \"Ran-by\" }\n"
                  "journal_sync = \"full\"\n"
                  "journal_hours = 48\n"
                  "journal_megabytes = 5\n"
                  "redis_megabytes = 900\n"
                  "retain_text = \"90d\"\n"
                  "retain_posts = \"2y\"\n");

    (void)state;
    assert_string_equal(settings->redis, "unix:/run/redis/redis.sock");
    assert_string_equal(settings->redis_password_file, secret);
    assert_string_equal(settings->socket, "inet:8891@127.0.0.1");
    assert_string_equal(settings->socket_group, "postfix");
    assert_int_equal(settings->socket_mode, 0600);
    assert_false(settings->all_lists);
    assert_int_equal(settings->max_lists, 7);
    assert_int_equal(settings->place_posts, 4);
    assert_true(settings->match_recipients);
    assert_string_equal(settings->mailmap, mailmap);
    assert_string_equal(settings->organisations, organisations);
    assert_int_equal(g_strv_length(settings->bots), 2);
    assert_string_equal(settings->bots[0], "lkp@intel.com");
    assert_string_equal(settings->bots[1], "syzbot*@syzkaller.appspotmail.com");
    assert_int_equal(g_strv_length(settings->trailers), 1);
    assert_string_equal(settings->trailers[0], "Ran-by");
    assert_true(settings->journal_sync_full);
    assert_int_equal(settings->journal_hours, 48);
    assert_int_equal(settings->journal_megabytes, 5);
    assert_int_equal(settings->redis_megabytes, 900);
    assert_int_equal(settings->retain_text.days, 90);
    assert_int_equal(settings->retain_posts.days, 730);
}

static void posts_may_be_kept_by_size(void **state)
{
    g_autoptr(Settings) settings = load_good("retain_text = \"500MB\"\n"
                                             "retain_posts = \"2GB\"\n");

    (void)state;
    assert_int_equal(settings->retain_text.megabytes, 500);
    assert_int_equal(settings->retain_text.days, 0);
    assert_int_equal(settings->retain_posts.megabytes, 2048);
}

static void a_list_section_is_read_as_the_specification_shows_it(void **state)
{
    g_autoptr(Settings) settings =
        load_good("list kvm.vger.kernel.org {\n"
                  "    name = \"kvm-x\"   title = \"Kernel VM\"   archive = "
                  "\"https://lore.kernel.org/kvm/{message-id}/\"\n"
                  "    prefix = \"\"    addresses = {}   top = 20   timezone = "
                  "\"Europe/Berlin\"\n"
                  "}\n"
                  "list \"USRP-users.lists.ettus.com\" { prefix = \"[usrp]\"\n"
                  " addresses = { \"USRP@ettus.com\" } }\n");
    const ListSettings *kvm = settings_list(settings, "kvm.vger.kernel.org");
    const ListSettings *usrp =
        settings_list(settings, "usrp-users.lists.ettus.com");

    (void)state;
    assert_non_null(kvm);
    assert_string_equal(kvm->name, "kvm-x");
    assert_string_equal(kvm->title, "Kernel VM");
    assert_string_equal(kvm->archive,
                        "https://lore.kernel.org/kvm/{message-id}/");
    assert_string_equal(kvm->prefix, "\nkvm.vger.kernel.org");
    assert_int_equal(g_strv_length(kvm->addresses), 0);
    assert_int_equal(kvm->top, 20);
    assert_string_equal(kvm->timezone, "Europe/Berlin");
    assert_non_null(usrp);
    assert_string_equal(usrp->id, "usrp-users.lists.ettus.com");
    assert_string_equal(usrp->name, "usrp-users");
    assert_string_equal(usrp->title, "USRP-USERS");
    assert_string_equal(usrp->prefix, "[usrp]\nusrp-users.lists.ettus.com");
    assert_string_equal(usrp->addresses[0], "usrp@ettus.com");
    assert_int_equal(usrp->top, 15);
    assert_string_equal(usrp->timezone, "UTC");
    assert_null(settings_list(settings, "kvm"));
}

static void
a_section_leaves_out_no_other_list_unless_that_is_asked(void **state)
{
    g_autoptr(Settings) named = load_good("list a.b { }");
    g_autoptr(Settings) few = load_good("lists = configured list a.b { }");

    (void)state;
    assert_true(named->all_lists);
    assert_false(few->all_lists);
}

static void what_is_known_of_an_archive_can_be_set_aside(void **state)
{
    g_autoptr(Settings) settings =
        load_good("list kvm.vger.kernel.org { archive = none }\n"
                  "list git.vger.kernel.org { }");

    (void)state;
    assert_string_equal(settings_list(settings, "kvm.vger.kernel.org")->archive,
                        "");
    assert_string_equal(settings_list(settings, "git.vger.kernel.org")->archive,
                        "https://lore.kernel.org/all/{message-id}/");
}

static void a_list_without_a_section_has_the_defaults(void **state)
{
    g_autoptr(Settings) settings = load_good("list a.b { top = 3 }");
    g_autoptr(ListSettings) known = settings_list_or_default(settings, "a.b");
    g_autoptr(ListSettings) other =
        settings_list_or_default(settings, "Git.vger.kernel.org");

    (void)state;
    assert_int_equal(known->top, 3);
    assert_string_equal(known->name, "a");
    assert_string_equal(other->id, "git.vger.kernel.org");
    assert_string_equal(other->name, "git");
    assert_string_equal(other->title, "GIT");
    assert_string_equal(other->archive,
                        "https://lore.kernel.org/all/{message-id}/");
    assert_string_equal(known->archive, "");
    assert_string_equal(other->timezone, "UTC");
    assert_int_equal(other->top, 15);
    assert_int_equal(g_strv_length(other->addresses), 0);
}

static void the_state_that_is_given_wins_over_the_file(void **state)
{
    g_autofree char *path = write_file("a.conf", "state = \"sub/../here\"");
    g_autoptr(Settings) own = settings_load(path, NULL, NULL);
    g_autoptr(Settings) given = settings_load(path, "there", NULL);
    g_autofree char *here = g_build_filename(folder, "here", NULL);
    g_autofree char *there = g_canonicalize_filename("there", NULL);

    (void)state;
    assert_string_equal(own->state, here);
    assert_string_equal(given->state, there);
}

static void a_relative_path_is_one_beside_the_file(void **state)
{
    g_autofree char *mailmap = write_file("mailmap", "");
    g_autoptr(Settings) settings = load_good("mailmap = 'mailmap'");

    (void)state;
    assert_string_equal(settings->mailmap, mailmap);
}

static void faults_are_refused_with_file_and_line(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "\nrediss = 3\n", "a.conf:2: no such option 'rediss'" },
        { "max_lists = many", "a.conf:1: invalid integer value for option "
                              "'max_lists'" },
        { "max_lists = 0", "a.conf:1: max_lists = 0: not from 1 to 100000" },
        { "max_lists = -1", "a.conf:1: max_lists = -1: not from 1 to 100000" },
        { "\n\nmatch_recipients = maybe", "a.conf:3: invalid boolean value for "
                                          "option 'match_recipients'" },
        { "redis = { \"a\", \"b\" }", "a.conf:1: unexpected token '{'" },
        { "redis = 'localhost'",
          "a.conf:1: redis = \"localhost\": neither private nor unix:/PATH, "
          "redis://HOST, sentinel://HOST:PORT,.../NAME or "
          "cluster://HOST:PORT,..." },
        { "redis = 'redis://'",
          "a.conf:1: redis = \"redis://\": neither private nor unix:/PATH, "
          "redis://HOST, sentinel://HOST:PORT,.../NAME or "
          "cluster://HOST:PORT,..." },
        { "socket = 'here'", "a.conf:1: socket = \"here\": neither unix:/PATH "
                             "nor inet:PORT@HOST" },
        { "socket_mode = 0680", "a.conf:1: socket_mode = \"0680\": not octal "
                                "digits such as 0660" },
        { "socket_mode = 07777", "a.conf:1: socket_mode = \"07777\": not octal "
                                 "digits such as 0660" },
        { "lists = some", "a.conf:1: lists = \"some\": neither configured nor "
                          "all" },
        { "journal_sync = off", "a.conf:1: journal_sync = \"off\": neither "
                                "normal nor full" },
        { "retain_text = 90",
          "a.conf:1: retain_text = \"90\": neither an age such as 90d, 12w or "
          "2y nor a size such as 500MB" },
        { "retain_posts = 500KB",
          "a.conf:1: retain_posts = \"500KB\": neither an age such as 90d, 12w "
          "or 2y nor a size such as 500MB" },
        { "retain_posts = 0MB", "a.conf:1: retain_posts = \"0MB\": neither an "
                                "age such as 90d, 12w or "
                                "2y nor a size such as 500MB" },
        { "retain_text = 99999999999999999999y",
          "a.conf:1: retain_text = \"99999999999999999999y\": neither an age "
          "such "
          "as 90d, 12w or 2y nor a size such as 500MB" },
        { "bots = { \"a@b\",\n \"\" }",
          "a.conf:2: bots = \"\": not an address or a pattern of addresses" },
        { "trailers = { 'a b' }", "a.conf:1: trailers = \"a b\": not a trailer "
                                  "such as Ran-by" },
        { "list a.b { }\nlist c.d { }\nlist a.b { }",
          "a.conf:3: found duplicate title 'a.b'" },
        { "list a.b { }\nlist A.b { }", "a.conf:2: list A.b is named twice" },
        { "group a { title = 'A' }",
          "a.conf:1: group \"a\": needs lists = { \"...\" }" },
        { "group 'a,b' { lists = { 'c' } }",
          "a.conf:1: group \"a,b\": not one word without , and /" },
        { "group a { lists = { 'b' } }\ngroup A { lists = { 'b' } }",
          "a.conf:2: group \"A\" is named twice" },
        { "group a { lists = { 'b c' } }",
          "a.conf:1: lists = \"b c\": not one word of letters, digits and "
          ". _ + -" },
        { "list { }", "a.conf:1: missing title for section 'list'" },
        { "list \"a b\" { }", "a.conf:1: list a b: not a List-Id such as "
                              "kvm.vger.kernel.org" },
        { "list a..b { }", "a.conf:1: list a..b: not a List-Id such as "
                           "kvm.vger.kernel.org" },
        { "list \"a b.c\" { }", "a.conf:1: list a b.c: not a List-Id such as "
                                "kvm.vger.kernel.org" },
        { "list \"\" { }", "a.conf:1: list : not a List-Id such as "
                           "kvm.vger.kernel.org" },
        { "list \"a,b\" { }", "a.conf:1: list a,b: not a List-Id such as "
                              "kvm.vger.kernel.org" },
        { "list a.b {\n nam = x\n}", "a.conf:2: no such option 'nam'" },
        { "list a.b {\n redis = x\n}", "a.conf:2: no such option 'redis'" },
        { "list a.b {\n\n timezone = \"Europe/Atlantis\"\n}",
          "a.conf:3: timezone = \"Europe/Atlantis\": not a time zone such as "
          "Europe/Berlin or +02:00" },
        { "list a.b { timezone = \"UTC+3\" }",
          "a.conf:1: timezone = \"UTC+3\": not a time zone such as "
          "Europe/Berlin or +02:00" },
        { "list a.b { timezone = \"\" }", "a.conf:1: timezone = \"\": not a "
                                          "time zone such as Europe/Berlin or "
                                          "+02:00" },
        { "list a.b { name = 'a b' }", "a.conf:1: name = \"a b\": not one word "
                                       "of letters, digits and . _ + -" },
        { "list a.b { top = 0 }", "a.conf:1: top = 0: not from 1 to 10000" },
        { "list a.b { addresses = { \"x@y\", \"xy\" } }",
          "a.conf:1: addresses = \"xy\": not an address" },
        { "list a.b { archive = \"javascript:{mark}\" }",
          "a.conf:1: archive = \"javascript:{mark}\": neither an https:// nor "
          "an http:// URL, nor \"none\"" },
        { "list a.b { archive = \"https://x/\" }",
          "a.conf:1: archive = \"https://x/\": holds none of {message-id}, "
          "{message-id-hash} and {mark}" },
        { "\nlist a.b {\n top = 3\n", "a.conf:2: { is never closed" },
        { "}", "a.conf:1: } without {" },
        { "\n/* lost\nredis = x", "a.conf:2: the comment is never closed" },
        { "\nredis = \"x\n\n", "a.conf:2: the quote is never closed" },
        { "redis = 'x", "a.conf:1: the quote is never closed" },
        { "redis = private\nmailmap = \"\\xff\"",
          "a.conf:2: mailmap = \"\xff\": not UTF-8 text" },
        { "redis = private\n\n# \xff", "a.conf:3: not UTF-8 text" },
        { "redis", "a.conf:1: premature end of file" },
        { "redis =", "a.conf:1: premature end of file" },
        { "# one\n# two\n\nx = 1", "a.conf:4: no such option 'x'" },
        { "// one\nx = 1", "a.conf:2: no such option 'x'" },
        { "/* one\n two\n */ x = 1", "a.conf:3: no such option 'x'" },
        { "redis = private # one\nx = 1", "a.conf:2: no such option 'x'" },
        { "list a.b { # one\n top = 3 // two\n/*\n*/ x = 1 }",
          "a.conf:4: no such option 'x'" },
        { "redis = 'unix:/#'\nprefix = 1", "a.conf:2: no such option "
                                           "'prefix'" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = write_file("a.conf", cases[i].text);

        assert_refused(path, cases[i].message);
    }
}

static void a_named_file_that_is_missing_is_refused(void **state)
{
    static const char *const keys[] = { "mailmap", "organisations",
                                        "redis_password_file" };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *text =
            g_strdup_printf("# where\n%s = 'missing'\n", keys[i]);
        g_autofree char *path = write_file("a.conf", text);
        g_autofree char *message =
            g_strdup_printf("a.conf:2: %s = \"%s/missing\": No such file or "
                            "directory",
                            keys[i], folder);

        assert_refused(path, message);
    }
}

static void nul_bytes_are_refused(void **state)
{
    static const char text[] = "redis = \"private\"\nmailmap = \"a\0b\"\n";
    g_autofree char *path = write_bytes("a.conf", text, sizeof text - 1);

    (void)state;
    assert_refused(path, "a.conf:2: not UTF-8 text");
}

static void a_missing_file_is_unreadable(void **state)
{
    g_autofree char *path = g_build_filename(folder, "none.conf", NULL);
    g_autofree char *expected =
        g_strdup_printf("%s: No such file or directory", path);
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_null(settings_load(path, NULL, &error));
    assert_true(
        g_error_matches(error, SETTINGS_ERROR, SETTINGS_ERROR_UNREADABLE));
    assert_string_equal(error->message, expected);
}

static void included_files_count_where_they_are_named(void **state)
{
    G_GNUC_UNUSED g_autofree char *other =
        write_file("other.conf", "max_lists = 2\nlist c.d { top = 4 }");
    g_autoptr(Settings) settings =
        load_good("max_lists = 1 # include(\"none\")\n"
                  "socket = \"/include('none')\"\n"
                  "include ( \"other.conf\" ) list a.b { top = 3 }\n"
                  "journal_hours = 3");
    g_autoptr(Settings) later = load_good("include('other.conf')max_lists = 3");

    (void)state;
    assert_int_equal(settings->max_lists, 2);
    assert_int_equal(settings->lists->len, 2);
    assert_int_equal(settings_list(settings, "c.d")->top, 4);
    assert_int_equal(settings_list(settings, "a.b")->top, 3);
    assert_int_equal(settings->journal_hours, 3);
    assert_int_equal(later->max_lists, 3);
}

static void faults_around_includes_name_the_right_line(void **state)
{
    static const struct {
        const char *text, *other, *message;
    } cases[] = {
        { "\n\ninclude(\"b.conf\")", "\nx = 1",
          "b.conf:2: no such option 'x'" },
        { "\ninclude(\"b.conf\")\n\nx = 1", "redis = private",
          "a.conf:4: no such option 'x'" },
        { "include(\"b.conf\") x = 1", "", "a.conf:1: no such option 'x'" },
        { "list a.b {}\ninclude('b.conf')", "list a.b {}",
          "b.conf:1: found duplicate title 'a.b'" },
        { "\ninclude(b.conf)", "", "a.conf:2: write include(\"FILE\")" },
        { "include(\"b.conf\"", "", "a.conf:1: write include(\"FILE\")" },
        { "include(\"\")", "", "a.conf:1: write include(\"FILE\")" },
        { "list a.b {\ninclude('b.conf')\n}", "",
          "a.conf:2: no such option 'include'" },
        { "redis = include('b.conf')", "", "a.conf:1: premature end of file" },
        { "include('b.conf')", "\n\ninclude('b.conf')",
          "b.conf:3: files include each other too deeply" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = write_file("a.conf", cases[i].text);
        G_GNUC_UNUSED g_autofree char *other =
            write_file("b.conf", cases[i].other);

        assert_refused(path, cases[i].message);
    }
}

static void
a_missing_included_file_is_told_with_the_line_that_names_it(void **state)
{
    g_autofree char *path = write_file("a.conf", "\ninclude('none')");
    g_autofree char *message =
        g_strdup_printf("a.conf:2: %s/none: No such file or directory", folder);

    (void)state;
    assert_refused(path, message);
}

static void a_fault_does_not_harm_the_next_load(void **state)
{
    G_GNUC_UNUSED g_autofree char *other = write_file("b.conf", "\nx = \"");
    G_GNUC_UNUSED g_autofree char *good = write_file("c.conf", "max_lists = 5");

    (void)state;
    for (unsigned i = 0; i < 20; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Settings) settings = NULL;

        assert_null(load_text("include('b.conf')", &error));
        assert_non_null(error);
        settings = load_good("include('c.conf')");
        assert_int_equal(settings->max_lists, 5);
    }
}

static void *load_many(void *path)
{
    for (unsigned i = 0; i < 200; i++) {
        g_autoptr(Settings) settings = settings_load(path, "/state", NULL);

        if (settings == NULL || settings->max_lists != 5)
            return path;
    }
    return NULL;
}

static void two_threads_may_load_at_once(void **state)
{
    g_autofree char *path =
        write_file("a.conf", "max_lists = 5 bots = { 'a@b', 'c@d' }");
    GThread *threads[2];

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("load", load_many, path);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        assert_null(g_thread_join(threads[i]));
}

/* The sample with its settings, or those of its list too, made to count. */
static char *sample_in_force(bool with_list)
{
    const char *source = g_getenv("top_srcdir");
    g_autofree char *path = g_build_filename(source != NULL ? source : ".",
                                             "conf", "listpulse.conf", NULL);
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    GString *out = g_string_new(NULL);

    if (!g_file_get_contents(path, &text, NULL, NULL))
        skip();
    lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        const bool is_setting = (*line)[0] == '#' &&
                                g_ascii_islower((*line)[1]) &&
                                strstr(*line, " = ") != NULL;
        const bool is_list = g_str_has_prefix(*line, "#list ") ||
                             g_str_has_prefix(*line, "#digest ") ||
                             g_str_has_prefix(*line, "#group ") ||
                             g_str_has_prefix(*line, "#    ") ||
                             g_str_has_prefix(*line, "#}");

        g_string_append(out, *line + (is_setting || (is_list && with_list)));
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static void the_sample_shows_the_defaults(void **state)
{
    g_autofree char *text = sample_in_force(false);
    g_autoptr(Settings) sample = load_good(text);
    g_autoptr(Settings) plain = load_good("");

    (void)state;
    assert_null(strstr(text, "\n#redis"));
    assert_non_null(strstr(text, "\nretain_posts = "));
    assert_string_equal(sample->redis, plain->redis);
    assert_string_equal(sample->redis_password_file,
                        plain->redis_password_file);
    assert_string_equal(sample->socket, plain->socket);
    assert_string_equal(sample->socket_group, plain->socket_group);
    assert_int_equal(sample->socket_mode, plain->socket_mode);
    assert_int_equal(sample->all_lists, plain->all_lists);
    assert_int_equal(sample->max_lists, plain->max_lists);
    assert_int_equal(sample->match_recipients, plain->match_recipients);
    assert_string_equal(sample->mailmap, plain->mailmap);
    assert_string_equal(sample->organisations, plain->organisations);
    assert_int_equal(g_strv_length(sample->bots), 0);
    assert_int_equal(g_strv_length(sample->trailers), 0);
    assert_int_equal(sample->journal_sync_full, plain->journal_sync_full);
    assert_int_equal(sample->journal_hours, plain->journal_hours);
    assert_int_equal(sample->journal_megabytes, plain->journal_megabytes);
    assert_int_equal(sample->retain_text.days, plain->retain_text.days);
    assert_int_equal(sample->retain_posts.days, plain->retain_posts.days);
}

static void the_samples_list_shows_the_defaults_of_lists(void **state)
{
    g_autofree char *text = sample_in_force(true);
    g_autoptr(Settings) sample = load_good(text);
    g_autoptr(Settings) none = load_good("");
    const ListSettings *list = settings_list(sample, "kvm.vger.kernel.org");
    g_autoptr(ListSettings) plain =
        settings_list_or_default(none, "kvm.vger.kernel.org");

    (void)state;
    assert_non_null(list);
    assert_string_equal(list->name, plain->name);
    assert_string_equal(list->title, plain->title);
    assert_string_equal(list->prefix, plain->prefix);
    assert_int_equal(g_strv_length(list->addresses), 0);
    assert_int_equal(list->top, plain->top);
    assert_string_equal(list->timezone, plain->timezone);
    assert_string_equal(list->maintainers, plain->maintainers);
}

static void a_group_is_found_by_its_name(void **state)
{
    g_autoptr(Settings) settings =
        load_good("group \"Virt\" { lists = { \"KVM\", "
                  "\"kvm-arm.lists.linux.dev\" } }\n");
    const GroupSettings *group = settings_group(settings, "vIRT");

    (void)state;
    assert_non_null(group);
    assert_string_equal(group->name, "virt");
    assert_string_equal(group->lists[0], "kvm");
    assert_string_equal(group->lists[1], "kvm-arm.lists.linux.dev");
    assert_null(group->lists[2]);
    assert_string_equal(group->title, "");
    assert_null(settings_group(settings, "kvm"));

    g_autofree char *title = settings_group_title(group);
    g_autoptr(ListSettings) by_name =
        settings_list_or_default(settings, "kvm.vger.kernel.org");
    g_autoptr(ListSettings) by_id =
        settings_list_or_default(settings, "kvm-arm.lists.linux.dev");
    g_autoptr(ListSettings) other =
        settings_list_or_default(settings, "kvm-ppc.vger.kernel.org");

    assert_string_equal(title, "VIRT");
    assert_true(settings_group_has(group, by_name));
    assert_true(settings_group_has(group, by_id));
    assert_false(settings_group_has(group, other));
}

static void the_samples_digest_is_one(void **state)
{
    g_autofree char *text = sample_in_force(true);
    g_autoptr(Settings) sample = load_good(text);
    g_autoptr(Settings) short_one =
        load_good("digest \"d\" { lists = { \"kvm\" } publish = \"x\" }\n");
    const DigestSettings *weekly = settings_digest(sample, "weekly");
    const DigestSettings *plain = settings_digest(short_one, "d");

    (void)state;
    assert_non_null(weekly);
    assert_string_equal(weekly->lists[1], "heron");
    assert_string_equal(weekly->mail[0], "team@example.org");
    assert_string_equal(weekly->every, plain->every);
    assert_string_equal(weekly->format, plain->format);
    assert_string_equal(weekly->publish, "");
    assert_true(g_path_is_absolute(plain->publish));
    assert_null(settings_digest(sample, "daily"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_gives_the_defaults),
        cmocka_unit_test(every_general_key_is_read),
        cmocka_unit_test(posts_may_be_kept_by_size),
        cmocka_unit_test(a_list_section_is_read_as_the_specification_shows_it),
        cmocka_unit_test(
            a_section_leaves_out_no_other_list_unless_that_is_asked),
        cmocka_unit_test(a_list_without_a_section_has_the_defaults),
        cmocka_unit_test(what_is_known_of_an_archive_can_be_set_aside),
        cmocka_unit_test(the_state_that_is_given_wins_over_the_file),
        cmocka_unit_test(a_relative_path_is_one_beside_the_file),
        cmocka_unit_test(faults_are_refused_with_file_and_line),
        cmocka_unit_test(a_named_file_that_is_missing_is_refused),
        cmocka_unit_test(nul_bytes_are_refused),
        cmocka_unit_test(a_missing_file_is_unreadable),
        cmocka_unit_test(included_files_count_where_they_are_named),
        cmocka_unit_test(faults_around_includes_name_the_right_line),
        cmocka_unit_test(
            a_missing_included_file_is_told_with_the_line_that_names_it),
        cmocka_unit_test(a_fault_does_not_harm_the_next_load),
        cmocka_unit_test(two_threads_may_load_at_once),
        cmocka_unit_test(the_sample_shows_the_defaults),
        cmocka_unit_test(the_samples_list_shows_the_defaults_of_lists),
        cmocka_unit_test(the_samples_digest_is_one),
        cmocka_unit_test(a_group_is_found_by_its_name),
    };

    return cmocka_run_group_tests_name("base/settings", tests, make_folder,
                                       remove_folder);
}
