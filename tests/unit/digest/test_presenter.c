/* SPDX-License-Identifier: MIT */
#include "digest/presenter.h"

#include "tests/support/unit.h"

static const char MARK[] = "29a23e72d0000000000000000000000000000000";

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
        { "", "a@b", NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *url =
            present_url(cases[i].pattern, cases[i].message_id, MARK);

        if (cases[i].url == NULL)
            assert_null(url);
        else
            assert_string_equal(url, cases[i].url);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urls_are_made_of_patterns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
