/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "command/choose.h"

#include "tests/support/unit.h"

static void the_distance_is_the_number_of_slips(void **state)
{
    static const struct {
        const char *from, *to;
        unsigned distance;
    } cases[] = {
        { "", "", 0 },
        { "kvm", "kvm", 0 },
        { "", "kvm", 3 },
        { "kvm", "", 3 },
        { "kvmm", "kvm", 1 },
        { "km", "kvm", 1 },
        { "kwm", "kvm", 1 },
        { "vkm", "kvm", 1 },
        { "netdve", "netdev", 1 },
        { "kvm", "netdev", 6 },
        { "abcd", "badc", 2 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_int_equal(text_distance(cases[i].from, cases[i].to),
                         cases[i].distance);
        assert_int_equal(text_distance(cases[i].to, cases[i].from),
                         cases[i].distance);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_distance_is_the_number_of_slips),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
