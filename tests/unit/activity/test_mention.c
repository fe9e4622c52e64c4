/* SPDX-License-Identifier: MIT */
#include "activity/mention.h"
#include "tests/support/unit.h"

#include <string.h>

static char *joined(GPtrArray *ids)
{
    g_ptr_array_add(ids, NULL);
    return g_strjoinv(" ", (char **)ids->pdata);
}

static void ids_are_found_in_the_urls_of_archives(void **state)
{
    static const struct {
        const char *text, *ids;
    } cases[] = {
        { "https://lore.kernel.org/r/a@b", "a@b" },
        { "https://lore.kernel.org/kvm/a.b-c@example.org/",
          "a.b-c@example.org" },
        { "see <https://lore.kernel.org/all/a@b/T/#u>.", "a@b" },
        { "Link: https://patch.msgid.link/a@b", "a@b" },
        { "https://lkml.kernel.org/r/a%40b", "a@b" },
        { "http://lore.kernel.org/r/a@b?x=1 https://x/y/c@d", "a@b c@d" },
        { "twice https://x/r/a@b, https://y/r/a@b.", "a@b" },
        { "(https://lore.kernel.org/r/a@b).", "a@b" },
        { "> https://lore.kernel.org/r/a@b", "" },
        { " > https://lore.kernel.org/r/a@b\nhttps://x/c@d", "c@d" },
        { "https://git.kernel.org/tip/0123456789ab", "" },
        { "https://user@example.org/path", "" },
        { "ssh://git@example.org/tree.git", "" },
        { "https://example.org/@someone", "" },
        { "https://example.org/someone@", "" },
        { "https://example.org/a%00@b", "" },
        { "https://example.org/a%ff@b", "" },
        { "https://example.org/a%20@b", "" },
        { "jo@example.org", "" },
        { "://", "" },
        { "https://", "" },
        { "https:///", "" },
        { "https://x/%", "" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) ids = mentions_new();
        g_autofree char *found = NULL;

        mentions_collect(ids, cases[i].text, strlen(cases[i].text));
        found = joined(ids);
        assert_string_equal(found, cases[i].ids);
    }
}

static void earlier_revisions_are_found_by_their_number(void **state)
{
    static const struct {
        const char *text, *ids;
    } cases[] = {
        { "- Link to v2: https://lore.kernel.org/r/a@b", "a@b" },
        { "  * link to V1: https://lore.kernel.org/r/a@b", "a@b" },
        { "v1: https://lore.kernel.org/r/a@b", "a@b" },
        { "[v1] https://lore.kernel.org/r/a@b", "a@b" },
        { "v1 (https://lore.kernel.org/r/a@b)", "a@b" },
        { "v2:\nhttps://lore.kernel.org/r/a@b", "" },
        { "v3: https://lore.kernel.org/r/a@b", "" },
        { "v99999999999: https://lore.kernel.org/r/a@b", "" },
        { "v1: Jo said https://lore.kernel.org/r/a@b", "" },
        { "> v1: https://lore.kernel.org/r/a@b", "" },
        { "https://lore.kernel.org/r/a@b", "" },
        { "This supersedes the previous RFC: \"do less\"*.\n\n"
          "*- https://lore.kernel.org/r/a@b\n",
          "a@b" },
        { "It replaces the earlier one, https://lore.kernel.org/r/a@b and "
          "https://lore.kernel.org/r/c@d",
          "a@b" },
        { "Obsoletes the RFC\n1\n2\n3\n4\n5\nhttps://x.org/a@b", "" },
        { "The new call replaces the old.\nhttps://x.org/a@b", "" },
        { "> It replaces the previous one.\nhttps://x.org/a@b", "" },
        { "Changes since v2:\nhttps://lore.kernel.org/r/a@b\n", "a@b" },
        { "## Changes from V1 (https://lore.kernel.org/r/a@b):", "a@b" },
        { "Changes from v2\nLink: https://lore.kernel.org/r/a@b", "a@b" },
        { "Change since v2; <https://lore.kernel.org/r/a@b>", "a@b" },
        { "Changes since v3:\nhttps://lore.kernel.org/r/a@b", "" },
        { "Changes since v2:\n- as in https://lore.kernel.org/r/a@b", "" },
        { "Changes since v2:\n\nhttps://lore.kernel.org/r/a@b", "" },
        { "Changes since verse https://lore.kernel.org/r/a@b", "" },
        { "> Changes since v2:\nhttps://lore.kernel.org/r/a@b", "" },
        { "Changes sice v2 [3]:\n- names\n\n[1] https://x.org/c@d\n"
          "[3] https://x.org/a@b\n",
          "a@b" },
        { "- v1 [1]\n- v2 [2]\n\n[1]: https://x.org/a@b\n"
          "[2]: <https://x.org/c@d>\n",
          "a@b c@d" },
        { "Changes since v2 [1]\n\n[2] https://x.org/a@b\n", "" },
        { "Changes in v3 [1]:\n\n[1] https://x.org/a@b\n", "" },
        { "Changes since v2 [1]\n\nAs [1] https://x.org/a@b says\n", "" },
        { "Changes since v2 [99]\n[99] https://x.org/a@b\n", "" },
        { "Changes since v2 [", "" },
        { "Changes since v", "" },
        { "Changes since v2:", "" },
        { "- Link to v2", "" },
        { "v", "" },
        { "v2", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) ids = mentions_new();
        g_autofree char *found = NULL;

        mentions_collect_earlier(ids, cases[i].text, strlen(cases[i].text), 3);
        found = joined(ids);
        assert_string_equal(found, cases[i].ids);
    }
}

/* A subject without a version says nothing of which versions came before. */
static void changes_may_be_since_any_version(void **state)
{
    static const char text[] = "Changes from v5:\nhttps://x.org/a@b\n\n"
                               "Changes from v4:\nhttps://x.org/c@d\n";
    g_autoptr(GPtrArray) ids = mentions_new();
    g_autofree char *found = NULL;

    (void)state;
    mentions_collect_earlier(ids, text, strlen(text), 1);
    found = joined(ids);
    assert_string_equal(found, "a@b c@d");
}

static void nothing_behind_the_length_is_read(void **state)
{
    g_autoptr(GPtrArray) ids = mentions_new();

    (void)state;
    mentions_collect(ids, "https://x/a@bcd", 13);
    mentions_collect_earlier(ids, "v12: https://x/c@d", 2, 3);
    assert_int_equal(ids->len, 1);
    assert_string_equal(ids->pdata[0], "a@b");
}

static void a_mail_names_at_most_64(void **state)
{
    g_autoptr(GPtrArray) ids = mentions_new();
    g_autoptr(GString) text = g_string_new(NULL);

    (void)state;
    for (unsigned i = 0; i < 1000; i++)
        g_string_append_printf(text, "https://x/%u@y\n", i);
    mentions_collect(ids, text->str, text->len);
    assert_int_equal(ids->len, MENTIONS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_found_in_the_urls_of_archives),
        cmocka_unit_test(earlier_revisions_are_found_by_their_number),
        cmocka_unit_test(changes_may_be_since_any_version),
        cmocka_unit_test(nothing_behind_the_length_is_read),
        cmocka_unit_test(a_mail_names_at_most_64),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
