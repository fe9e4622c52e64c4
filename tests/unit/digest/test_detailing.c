/* SPDX-License-Identifier: MIT */
#include "digest/detailing.h"

#include "tests/support/unit.h"
#include "tests/unit/digest/weeks.h"

static void a_set_has_its_parts_and_what_happened(void **state)
{
    const DigestRequest request = { .sections = SECTION_PATCHES,
                                    .with_details = true };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);
    const DigestDetail *kite =
        ((const DigestSet *)digest->sets->pdata[0])->detail;
    const DigestDetail *owl =
        ((const DigestSet *)digest->sets->pdata[1])->detail;
    const DigestPart *part = owl->parts->pdata[1];
    const DigestEvent *acked = kite->events->pdata[0];

    assert_int_equal(owl->parts->len, 2);
    assert_string_equal(part->number, "2/2");
    assert_string_equal(part->title, "owl: sleep");
    assert_int_equal(part->insertions, 1);
    assert_string_equal(acked->what, "Acked-by");
    assert_string_equal(acked->by.name, "Bob Bobson");
    assert_int_equal(kite->events_left, 0);
    /* the notice is told, too */
    assert_int_equal(owl->events->len, 1);
    assert_string_equal(((const DigestEvent *)owl->events->pdata[0])->what,
                        "applied");
}

static void without_being_asked_there_are_none(void **state)
{
    const DigestRequest request = { .sections = SECTION_PATCHES };
    g_autoptr(Digest) digest = weeks_digest(*state, &request);

    assert_null(((const DigestSet *)digest->sets->pdata[0])->detail);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, weeks_set_up, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_set_has_its_parts_and_what_happened),
        TEST(without_being_asked_there_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
