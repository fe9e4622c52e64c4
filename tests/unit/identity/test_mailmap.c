/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include <glib.h>
#include <string.h>

#include "identity/mailmap.h"

static void assert_resolves(const char *map, const char *const question[2],
                            const char *const answer[2])
{
    Mailmap *mailmap = mailmap_new(map, strlen(map));
    g_autofree char *name = NULL;
    g_autofree char *address = NULL;

    mailmap_resolve(mailmap, question[0], question[1], &name, &address);
    mailmap_free(mailmap);
    assert_string_equal(name, answer[0]);
    assert_string_equal(address, answer[1]);
}

/* As `git check-mailmap` of git 2.39 answers. */
static void lines_say_what_they_say_to_git(void **state)
{
    static const struct {
        const char *map;
        const char *question[2], *answer[2];
    } cases[] = {
        { "", { "X", "a@x" }, { "X", "a@x" } },
        { "Ann <a@x>", { "X", "a@x" }, { "Ann", "a@x" } },
        { "Ann <a@x>", { "X", "b@x" }, { "X", "b@x" } },
        { "<b@x> <a@x>", { "X", "a@x" }, { "X", "b@x" } },
        { "Ann <b@x> <a@x>", { "X", "a@x" }, { "Ann", "b@x" } },
        { "Ann <b@x> Old <a@x>", { "Old", "a@x" }, { "Ann", "b@x" } },
        { "Ann <b@x> Old <a@x>", { "X", "a@x" }, { "X", "a@x" } },
        { "Ann <b@x> Old <a@x>\nBob <c@x> <a@x>",
          { "X", "a@x" },
          { "Bob", "c@x" } },
        /* case does not matter, but that of the new name */
        { "Ann Q <B@x> <A@X>", { "X", "a@x" }, { "Ann Q", "b@x" } },
        { "Ann <a@x>", { "X", "A@X" }, { "Ann", "a@x" } },
        { "Ann <b@x> old NAME <a@x>", { "Old Name", "a@x" }, { "Ann", "b@x" } },
        /* what is none of the forms says nothing */
        { "# Ann <a@x>", { "X", "a@x" }, { "X", "a@x" } },
        { "garbage\n\n \nAnn <a@x>", { "X", "a@x" }, { "Ann", "a@x" } },
        { "<a@x>", { "X", "a@x" }, { "X", "a@x" } },
        { "Ann <a@x", { "X", "a@x" }, { "X", "a@x" } },
        { "Ann a@x>", { "X", "a@x" }, { "X", "a@x" } },
        { "Ann <a@x>\n<a@x>", { "X", "a@x" }, { "Ann", "a@x" } },
        /* remarks, blanks, line ends */
        { "  Ann  Q  <b@x>  <a@x> # since 2020",
          { "X", "a@x" },
          { "Ann  Q", "b@x" } },
        { "Ann <a@x> trailing", { "X", "a@x" }, { "Ann", "a@x" } },
        { "Ann <b@x> <a@x>\r\n", { "X", "a@x" }, { "Ann", "b@x" } },
        { "Ann <b@x><a@x>", { "X", "a@x" }, { "Ann", "b@x" } },
        /* the later line wins */
        { "Ann <a@x>\nBob <a@x>", { "X", "a@x" }, { "Bob", "a@x" } },
        { "Zoë Ünal <z@x> <a@x>", { "X", "a@x" }, { "Zoë Ünal", "z@x" } },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_resolves(cases[i].map, cases[i].question, cases[i].answer);
}

static void bytes_that_are_no_text_do_not_reach_the_digest(void **state)
{
    static const char map[] = "A\xffn <b@x> <a@x>\n\0\nBob <c@x>\n";
    Mailmap *mailmap = mailmap_new(map, sizeof map - 1);
    g_autofree char *name = NULL;
    g_autofree char *address = NULL;
    g_autofree char *later = NULL;
    g_autofree char *later_address = NULL;

    (void)state;
    mailmap_resolve(mailmap, "X", "a@x", &name, &address);
    mailmap_resolve(mailmap, "X", "c@x", &later, &later_address);
    mailmap_free(mailmap);
    assert_string_equal(name, "A\xef\xbf\xbdn");
    assert_string_equal(later, "Bob");
}

static void a_map_may_be_asked_never_or_often(void **state)
{
    static const char map[] = "Ann <b@x> <a@x>\n";
    Mailmap *mailmap = mailmap_new(map, sizeof map - 1);

    (void)state;
    for (unsigned i = 0; i < 1000; i++) {
        g_autofree char *name = NULL;
        g_autofree char *address = NULL;

        mailmap_resolve(mailmap, "X", "a@x", &name, &address);
        assert_string_equal(address, "b@x");
    }
    mailmap_free(mailmap);
    mailmap_free(mailmap_new(map, sizeof map - 1));
    mailmap_free(NULL);
}

static void aliases_are_the_addresses_that_lines_replace(void **state)
{
    static const char text[] =
        "Alice <alice@new.example> <Alice@Old.example>\n"
        "Alice <alice@new.example> Al <al@home.example>\n"
        "Bob <bob@example.org>\n"
        "Eve <eve@example.org> <eve@example.org>\n";
    Mailmap *map = mailmap_new(text, strlen(text));
    const GPtrArray *aliases = mailmap_aliases(map, "alice@new.example");

    (void)state;
    assert_non_null(aliases);
    assert_int_equal(aliases->len, 2);
    assert_string_equal(aliases->pdata[0], "alice@old.example");
    assert_string_equal(aliases->pdata[1], "al@home.example");
    assert_null(mailmap_aliases(map, "alice@old.example"));
    assert_null(mailmap_aliases(map, "bob@example.org"));
    assert_null(mailmap_aliases(map, "eve@example.org"));
    mailmap_free(map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_say_what_they_say_to_git),
        cmocka_unit_test(bytes_that_are_no_text_do_not_reach_the_digest),
        cmocka_unit_test(a_map_may_be_asked_never_or_often),
        cmocka_unit_test(aliases_are_the_addresses_that_lines_replace),
    };

    return cmocka_run_group_tests_name("identity/mailmap", tests, NULL, NULL);
}
