/* SPDX-License-Identifier: MIT */
#include "patch/extent.h"

#include "tests/support/unit.h"

#include <string.h>

enum { ANSWERED = 0 };

typedef struct Case {
    const char *text;
    uint64_t parts;
} Case;

static void assert_extents(uint64_t (*read)(PatchText text), const Case *cases,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const PatchText text = { cases[i].text, strlen(cases[i].text) };
        const uint64_t parts = read(text);

        if (parts != cases[i].parts)
            print_message("%s: %#jx\n", cases[i].text, (uintmax_t)parts);
        assert_true(parts == cases[i].parts);
    }
}

static void words_tell_which_parts(void **state)
{
    static const Case cases[] = {
        { "", ANSWERED },
        { "Applied, thanks.", ANSWERED },
        { "Queued for 5.3, thanks.", ANSWERED },
        { "Applied to v6.1 as commit 0123456789ab.", ANSWERED },
        { "Patch applied to my next branch.", ANSWERED },
        { "Series applied to powerpc fixes, thanks.", PATCH_EXTENT_ALL },
        { "I have put this series in my next branch.", PATCH_EXTENT_ALL },
        { "Both patches applied to my tree.", PATCH_EXTENT_ALL },
        { "Applied this set to next.", PATCH_EXTENT_ALL },
        { "Queued all, thanks.", PATCH_EXTENT_ALL },
        { "Series applied, with a fix to patch 2.", PATCH_EXTENT_ALL },
        { "Applied 1-3, thanks.", 0x7 },
        { "Queued and 1-9 and 18, thanks.", 0x201ff },
        { "Patches 1-3 and 5 applied to powerpc/next.", 0x17 },
        { "Patches 1 to 4 applied, thanks.", 0xf },
        { "Patches 1, 2, 4 applied, thanks.", 0xb },
        { "Patch 2/7 queued.", 0x2 },
        { "Applied #4.", 0x8 },
        { "Patch 1 applied to powerpc/next.", 0x1 },
        { "Applied the first two patches of this series.", 0x3 },
        { "Applied the first patch.", 0x1 },
        { "I've applied this set, minus #2.",
          ~UINT64_C(2) & ~PATCH_EXTENT_UNTOLD },
        { "I've queued them. I'll continue tomorrow with the rest.",
          PATCH_EXTENT_UNTOLD },
        { "Applied the remaining patches.", PATCH_EXTENT_UNTOLD },
        { "Thanks, did get that one now and applied it.", PATCH_EXTENT_UNTOLD },
        { "I've queued that fix for 6.3.", PATCH_EXTENT_UNTOLD },
        { "I picked up that patch.", PATCH_EXTENT_UNTOLD },
        { "Applied, though that one is odd.", ANSWERED },
        { "Applied this one, thanks.", PATCH_EXTENT_THIS },
        { "Did you get that one? I have applied these.", ANSWERED },
        { "Applied 4 patches into heron-next.", ANSWERED },
        { "Applied 4, thanks.", 0x8 },
        { "Applied 2-4 patches.", 0xe },
        { "Applied 4 of them, thanks.", PATCH_EXTENT_UNTOLD },
        { "I have applied the first 3 patches now.", 0x7 },
        { "I've merged the rest but will keep this particular patch.",
          PATCH_EXTENT_OTHERS },
        { "Thanks added, and applied the rest.", PATCH_EXTENT_OTHERS },
        { "Applied this, and queued the rest for 6.16.", PATCH_EXTENT_UNTOLD },
        { "Queued 2/3, and I applied the rest.", 0x2 },
        { "I have applied this one, thanks. The second is wrong.",
          PATCH_EXTENT_THIS },
        { "Applied this patch, the others look odd.", PATCH_EXTENT_THIS },
        { "Applied this patch series.", PATCH_EXTENT_ALL },
        { "Applied this, one typo fixed.", ANSWERED },
        { "Applied this one and 2/2.", ANSWERED },
        { "Applied the whole series, the rest of it as well.",
          PATCH_EXTENT_ALL },
        { "Queued 1-2. There is an issue in patch 10.", 0x3 },
        { "> Series applied\n\nApplied.", ANSWERED },
        { "The series looks good.\n\nApplied.", ANSWERED },
        { "Patches 70-80 queued.", ANSWERED },
        { "Queued 3-1.", ANSWERED },
        { "Queued 99999999999999999999.", ANSWERED },
    };

    (void)state;
    assert_extents(patch_extent_of_words, cases, G_N_ELEMENTS(cases));
}

static void numbers_alone_tell_which_parts(void **state)
{
    static const Case cases[] = {
        { "", ANSWERED },
        { "1-12:", 0xfff },
        { "patches 1 and 3,", 0x5 },
        { "2/7:", 0x2 },
        { "#4", 0x8 },
        { "the first two patches:", 0x3 },
        { "the docs:", ANSWERED },
        { "5.10:", ANSWERED },
    };

    (void)state;
    assert_extents(patch_extent_of_numbers, cases, G_N_ELEMENTS(cases));
}

static void summaries_tell_which_parts(void **state)
{
    static const Case cases[] = {
        { "", ANSWERED },
        { "  - one\n    https://a.example/1\n", ANSWERED },
        { "  - [net] one\n    https://a.example/1\n", ANSWERED },
        { "  - [1/1] one\n    https://a.example/1\n", ANSWERED },
        { "  - [1/2] one\n    https://a.example/1\n"
          "  - [2/2] two\n    https://a.example/2\n",
          PATCH_EXTENT_ALL },
        { "  - [net,v2,1/3] one\n    (no matching commit)\n"
          "  - [net,v2,3/3] two\n    https://a.example/2\n",
          0x4 },
        { "  - [1/2] one\n    https://a.example/1\n"
          "  - [2/2] two\n    (no matching commit)\n",
          0x1 },
        { "  - [1/2] one\n    (no matching commit)\n", ANSWERED },
        { "  - [net,1/x] one\n    https://a.example/1\n", ANSWERED },
        { "  - [net,1/2 x] one\n    https://a.example/1\n", ANSWERED },
        { "  - [", ANSWERED },
        { "  - [,", ANSWERED },
        { "  - [2/70] a\n    https://a.example/1\n",
          0x2 | PATCH_EXTENT_UNTOLD },
    };

    (void)state;
    assert_extents(patch_extent_of_summary, cases, G_N_ELEMENTS(cases));
}

static void tables_tell_which_parts(void **state)
{
    static const Case cases[] = {
        { "Applied, thanks!\n\n[1/1] one\n      commit: 01\n", ANSWERED },
        { "Applied.\n\n[1/2] one\n      commit: 01\n", 0x1 },
        { "[1/2] one\n      commit: 01\n[2/2] two\n      commit: 02\n",
          PATCH_EXTENT_ALL },
        { "[2/3] b\n      commit: 01\n[3/3] c\n      commit: 02\n", 0x6 },
        { "[1/70] a\n      commit: 01\n", 0x1 | PATCH_EXTENT_UNTOLD },
        { "[1/ 2] a\n[x/2] b\n", ANSWERED },
    };

    (void)state;
    assert_extents(patch_extent_of_table, cases, G_N_ELEMENTS(cases));
}

static void a_part_is_in_an_extent_or_not(void **state)
{
    (void)state;
    assert_true(patch_extent_has(PATCH_EXTENT_ALL, 1));
    assert_true(patch_extent_has(PATCH_EXTENT_ALL, 500));
    assert_true(patch_extent_has(0x5, 3));
    assert_false(patch_extent_has(0x5, 2));
    assert_false(patch_extent_has(0x5, 0));
    assert_false(patch_extent_has(0x5, 64));
    assert_false(patch_extent_has(PATCH_EXTENT_UNTOLD, 64));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_tell_which_parts),
        cmocka_unit_test(numbers_alone_tell_which_parts),
        cmocka_unit_test(summaries_tell_which_parts),
        cmocka_unit_test(tables_tell_which_parts),
        cmocka_unit_test(a_part_is_in_an_extent_or_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
