/* SPDX-License-Identifier: MIT */
#include "base/archive_url.h"

#include <glib.h>

#include "tests/support/unit.h"

static const char MARK[] = "29a23e72d0000000000000000000000000000000";

static void assert_is(const char *found, const char *expected)
{
    if (expected == NULL)
        assert_null(found);
    else
        assert_string_equal(found, expected);
}

static void urls_are_made_of_patterns(void **state)
{
    static const struct {
        const char *pattern, *message_id, *url;
    } cases[] = {
        { "https://x/{message-id}/", "a@b", "https://x/a@b/" },
        { "https://x/{message-id}/", "a/b?c#d e@f",
          "https://x/a%2Fb%3Fc%23d%20e@f/" },
        { "https://x/{message-id}/", "\"><script>",
          "https://x/%22%3E%3Cscript%3E/" },
        { "https://x/{message-id}/", "", NULL },
        { "https://x/{mark}", "",
          "https://x/29a23e72d0000000000000000000000000000000" },
        { "https://x/{message-id}", "{mark}", "https://x/%7Bmark%7D" },
        { "https://x/m/{message-id-hash}/", "87myycy5eh.fsf@x.example",
          "https://x/m/GDXDZUTYIHKY25RPLAU7SH4W6IAH2OIV/" },
        { "https://x/{message-id-hash}/", "", NULL },
        { "", "a@b", NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *url =
            archive_url(cases[i].pattern, cases[i].message_id, MARK);

        assert_is(url, cases[i].url);
    }
}

static void headers_tell_the_pattern(void **state)
{
    static const struct {
        const char *values, *message_id, *pattern;
    } cases[] = {
        /* public-inbox, Sourcehut, Debian without brackets, Mailman 3 */
        { "<https://x.example/list/a%2Fb@c/>", "a/b@c",
          "https://x.example/list/{message-id}/" },
        { "<https://x.example/~u/list/%3Ca%40b%3E>", "a@b",
          "https://x.example/~u/list/%3C{message-id}%3E" },
        { "https://x.example/msgid-search/a+b@c", "a+b@c",
          "https://x.example/msgid-search/{message-id}" },
        { "<https://x.example/list/l@x.example/message/"
          "GDXDZUTYIHKY25RPLAU7SH4W6IAH2OIV/>",
          "87myycy5eh.fsf@x.example",
          "https://x.example/list/l@x.example/message/{message-id-hash}/" },
        /* a fold; several; the first says nothing of the post */
        { "<https://x.example/list/ a@b/>", "a@b",
          "https://x.example/list/{message-id}/" },
        { "<mailto:x@x.example>, <https://x.example/> <http://y.example/a@b>",
          "a@b", "http://y.example/{message-id}" },
        { "<https://x.example:8080/a@b>", "a@b",
          "https://x.example:8080/{message-id}" },
        /* no address of the post, or none to be trusted */
        { "", "a@b", NULL },
        { "<https://x.example/list/>", "a@b", NULL },
        { "<https://x.example/c@d/>", "a@b", NULL },
        { "<https://x.example/a/>", "a", NULL },
        { "<javascript:alert(1)//a@b>", "a@b", NULL },
        { "<ftp://x.example/a@b>", "a@b", NULL },
        { "<https://user@x.example/a@b>", "a@b", NULL },
        { "<https://a@b/list/>", "a@b", NULL },
        { "<https://x.example?a@b>", "a@b", NULL },
        { "<https://x.example/{mark}/a@b>", "a@b", NULL },
        { "<https://x.example/\"onclick/a@b>", "a@b", NULL },
        { "<https://x.example/\xc3\xbc/a@b>", "a@b", NULL },
        { "<https://x.example/a@b/a@b>", "a@b", NULL },
        { "<<>><", "a@b", NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *pattern =
            archive_url_learn(cases[i].values, cases[i].message_id);

        assert_is(pattern, cases[i].pattern);
    }
}

static void a_pattern_is_short(void **state)
{
    g_autofree char *long_path = g_strnfill(ARCHIVE_URL_MAX, 'p');
    g_autofree char *url =
        g_strdup_printf("<https://x.example/%s/a@b>", long_path);

    (void)state;
    assert_null(archive_url_learn(url, "a@b"));
}

static void what_was_learnt_leads_back(void **state)
{
    g_autofree char *pattern =
        archive_url_learn("<https://x.example/%3Ca%2Fb%40c%3E/>", "a/b@c");
    g_autofree char *url = archive_url(pattern, "d/e@f", MARK);

    (void)state;
    assert_string_equal(url, "https://x.example/%3Cd%2Fe@f%3E/");
}

static void a_pattern_has_a_place(void **state)
{
    (void)state;
    assert_true(archive_url_is_pattern("https://x/{message-id}/"));
    assert_true(archive_url_is_pattern("https://x/{message-id-hash}/"));
    assert_true(archive_url_is_pattern("https://x/{mark}/"));
    assert_false(archive_url_is_pattern("https://x/{message}/"));
}

static void hosts_are_read(void **state)
{
    static const struct {
        const char *url, *host;
    } cases[] = {
        { "https://Lists.X.example/a", "lists.x.example" },
        { "http://x.example:80/", "x.example" },
        { "https://x.example", NULL },
        { "https://u:p@x.example/", NULL },
        { "gopher://x.example/", NULL },
        { "https:///", NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *host = archive_url_host(cases[i].url);

        assert_is(host, cases[i].host);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urls_are_made_of_patterns),
        cmocka_unit_test(headers_tell_the_pattern),
        cmocka_unit_test(a_pattern_is_short),
        cmocka_unit_test(what_was_learnt_leads_back),
        cmocka_unit_test(a_pattern_has_a_place),
        cmocka_unit_test(hosts_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
