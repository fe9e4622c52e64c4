/* SPDX-License-Identifier: MIT */
#include "digest/presenter.h"

#include "tests/support/unit.h"

static void the_address_of_a_record_is_made_of_the_pattern(void **state)
{
    char id[] = "a@b";
    const PostRecord record = { .message_id = id, .mark = { 0x29, 0xa2 } };
    const Presenter by_id = { .archive = "https://x.example/{message-id}/" };
    const Presenter by_mark = { .archive = "https://x.example/{mark}" };
    const Presenter none = { .archive = "" };
    g_autofree char *id_url = presenter_url(&by_id, &record);
    g_autofree char *mark_url = presenter_url(&by_mark, &record);

    (void)state;
    assert_string_equal(id_url, "https://x.example/a@b/");
    assert_string_equal(
        mark_url, "https://x.example/29a2000000000000000000000000000000000000");
    assert_null(presenter_url(&none, &record));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_address_of_a_record_is_made_of_the_pattern),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
