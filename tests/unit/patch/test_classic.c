/* SPDX-License-Identifier: MIT */
#include "patch/classic.h"

#include <glib.h>

#include "tests/support/unit.h"

static void classic_reads_as_the_sample_did(void **state)
{
    static const struct {
        const char *subject;
        bool is_patch, is_listed, is_entry;
        const char *title;
    } cases[] = {
        { "[PATCH] a", true, true, false, " a" },
        { "[PATCH v2] a", true, true, false, " a" },
        { "[PATCH v12] a", true, true, false, " a" },
        { "[PATCH v2 0/3] a", true, true, false, " a" },
        { "[PATCH v2 00/13] a", true, true, false, " a" },
        { "[PATCH v2 1/3] a", true, false, false, " a" },
        { "[PATCH 0/3] a", true, false, true, " a" },
        { "[PATCH 00/15] a", true, false, true, " a" },
        { "[PATCH 01/15] a]b", true, false, true, " a]b" },
        { "[PATCH 1/3]a", true, false, true, "a" },
        { "[PATCH 001/3] a", true, false, true, " a" },
        { "[PATCH 2/3] a", true, false, false, " a" },
        { "[PATCH 11/15] a", true, false, false, " a" },
        { "[PATCH 10/15] a", true, false, false, " a" },
        { "[PATCH 0/] a", true, false, false, " a" },
        { "[PATCH 0/3 a", false, false, false, "[PATCH 0/3 a" },
        { "[PATCH kvm-next] a", true, false, false, " a" },
        { "[PATCH net-next v5 4/8] a", true, false, false, " a" },
        { "[PATCH v2.1] a", true, false, false, " a" },
        { "[PATCH v] a", true, false, false, " a" },
        { "[RFC PATCH 0/3] a", true, false, false, " a" },
        { "[RFC/PATCHv2] a", true, false, false, " a" },
        { "[Patch] a", false, false, false, " a" },
        { "[RFC] [PATCH] a", false, false, false, " [PATCH] a" },
        { "Re: [PATCH] a", false, false, false, " a" },
        { "Re: a", false, false, false, "Re: a" },
        { "a [PATCH]", false, false, false, "" },
        { "", false, false, false, "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *subject = cases[i].subject;

        assert_int_equal(patch_classic_is_patch(subject), cases[i].is_patch);
        assert_int_equal(patch_classic_is_listed(subject), cases[i].is_listed);
        assert_int_equal(patch_classic_is_entry(subject), cases[i].is_entry);
        assert_string_equal(patch_classic_title(subject), cases[i].title);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classic_reads_as_the_sample_did),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
