/* SPDX-License-Identifier: MIT */
#include "render/html_measures.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"

static const DigestMedian none = { 0, -1, -1 };

static void fill(DigestMeasures *measures, uint64_t patches)
{
    *measures = (DigestMeasures){ .reply = { 3, 3600, 7200 },
                                  .review = none,
                                  .newcomer_reply = { 1, 86400, 86400 },
                                  .newcomer_review = none,
                                  .applied = none,
                                  .versions = none,
                                  .patches = patches,
                                  .reviewed = 2 };
}

static char *shown(const Digest *digest, const DigestMeasures *before)
{
    GString *out = g_string_new(NULL);

    html_measures(out, digest, before);
    return g_string_free(out, FALSE);
}

static void what_is_known_is_a_row(void **state)
{
    g_autoptr(Digest) digest = digests_empty();
    g_autofree char *text = NULL;

    (void)state;
    digest->has_measures = true;
    fill(&digest->measures, 9);
    text = shown(digest, NULL);
    assert_non_null(strstr(text, "<td>Patches reviewed</td><td>2 of 9"));
    assert_non_null(strstr(text, "First reply, median</td><td>1 hour"));
    assert_non_null(strstr(text, "First reply, 90&nbsp;% within</td><td>2 h"));
    assert_non_null(strstr(text, "First reply to newcomers, median"));
    assert_null(strstr(text, "newcomers, 90")); /* of one alone */
    assert_null(strstr(text, "First review"));
    assert_null(strstr(text, "applied"));
    assert_null(strstr(text, "Before"));
}

static void the_interval_before_is_beside_it(void **state)
{
    g_autoptr(Digest) digest = digests_empty();
    DigestMeasures before;
    g_autofree char *text = NULL;

    (void)state;
    digest->has_measures = digest->is_young = true;
    fill(&digest->measures, 9);
    fill(&before, 4);
    text = shown(digest, &before);
    assert_non_null(strstr(text, "<th>Now</th><th>Before</th>"));
    assert_non_null(strstr(text, "2 of 9"));
    assert_non_null(strstr(text, "2 of 4"));
    assert_null(strstr(text, "newcomers")); /* all are, of a young list */
}

static void nothing_known_is_nothing(void **state)
{
    g_autoptr(Digest) digest = digests_empty();
    g_autofree char *unknown = NULL, *empty = NULL;

    (void)state;
    unknown = shown(digest, NULL);
    digest->has_measures = true;
    digest->measures =
        (DigestMeasures){ none, none, none, none, none, none, 0, 0 };
    empty = shown(digest, NULL);
    assert_string_equal(unknown, "");
    assert_string_equal(empty, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_is_a_row),
        cmocka_unit_test(the_interval_before_is_beside_it),
        cmocka_unit_test(nothing_known_is_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
