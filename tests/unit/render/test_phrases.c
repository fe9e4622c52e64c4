/* SPDX-License-Identifier: MIT */
#include "render/phrases.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"

static void assert_owned(char *found, const char *wanted)
{
    g_autofree char *text = found;

    assert_string_equal(text, wanted);
}

static void counts_have_their_word(void **state)
{
    const DigestTotals none = { .posts = 0 };
    const DigestTotals one = { .posts = 1, .people = 1, .patches = 1 };
    const DigestTotals many = { .posts = 9,
                                .people = 2,
                                .patches = 3,
                                .covers = 1,
                                .replies = 5,
                                .patch_sets = 1 };

    (void)state;
    assert_owned(phrase_totals(&none, true), "0 posts");
    assert_owned(phrase_totals(&one, true), "1 post by 1 person: 1 patch");
    assert_owned(phrase_totals(&many, true),
                 "9 posts by 2 people: 3 patches, 1 cover, 5 replies; "
                 "1 patch set");
    assert_owned(phrase_totals(&many, false),
                 "9 posts by 2 people: 3 patches, 1 cover, 5 replies");
}

static void more_is_told_only_of_what_there_is(void **state)
{
    g_autoptr(Digest) digest = digests_full();

    (void)state;
    digest->totals = (DigestTotals){ .authors = 14, .new_people = 1 };
    assert_owned(phrase_more(digest), "14 authors, 1 newcomer");
    digest->is_young = true;
    assert_owned(phrase_more(digest), "14 authors");
    digest->totals = (DigestTotals){ .insertions = 2, .duplicates = 1 };
    assert_owned(phrase_more(digest), "+2 -0 lines, 1 duplicate");
    digest->totals = (DigestTotals){ .malformed = 2 };
    assert_owned(phrase_more(digest), "2 malformed");
    digest->totals = (DigestTotals){ .posts = 0 };
    assert_owned(phrase_more(digest), "");
}

/* An end that is a mark takes the time of the post there. */
static void a_span_is_of_times_or_posts(void **state)
{
    g_autoptr(Digest) marks = digests_full();
    g_autoptr(Digest) times = digests_empty();

    (void)state;
    assert_owned(phrase_span(marks),
                 "2025-09-29 05:12 to 2025-09-29 18:36 UTC");
    assert_owned(phrase_span(times),
                 "2025-09-29 05:12 to 2025-09-30 05:12 UTC");
    times->from.time_ms = times->to.time_ms = -1;
    assert_owned(phrase_span(times), "the start to the end UTC");
    g_free(times->timezone);
    times->timezone = g_strdup("Europe/Berlin");
    times->to.time_ms = INT64_C(1759122737000);
    assert_owned(phrase_span(times), "the start to 2025-09-29 07:12 CEST");
}

static void an_interval_without_posts_names_the_newest(void **state)
{
    g_autoptr(Digest) full = digests_full();
    g_autoptr(Digest) empty = digests_empty();

    (void)state;
    assert_owned(phrase_newest(full), "");
    assert_owned(phrase_newest(empty), "The list has no posts yet");
    empty->newest_ms = INT64_C(1759122737000);
    assert_owned(phrase_newest(empty),
                 "The newest post of the list is of 2025-09-29 05:12");
}

static void a_set_is_named_with_its_version(void **state)
{
    static const struct {
        DigestState state;
        unsigned version, minor;
        const char *phrase, *brief, *label;
    } cases[] = {
        { DIGEST_NEW, 1, 0, "new", "new", "New" },
        { DIGEST_UPDATED, 3, 0, "updated v3", "v3", "Updated (v3)" },
        { DIGEST_UPDATED, 5, 1, "updated v5.1", "v5.1", "Updated (v5.1)" },
        { DIGEST_RESENT, 1, 0, "resent", "resent", "Resent" },
        { DIGEST_RESENT, 2, 0, "resent v2", "resent v2", "Resent (v2)" },
        { DIGEST_RFC, 2, 0, "RFC v2", "RFC v2", "RFC (v2)" },
        { DIGEST_PULL, 1, 1, "pull v1.1", "pull v1.1", "Pull (v1.1)" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const DigestSet set = { .state = cases[i].state,
                                .version = cases[i].version,
                                .minor = cases[i].minor };

        assert_owned(phrase_state(&set), cases[i].phrase);
        assert_owned(phrase_state_brief(&set), cases[i].brief);
        assert_owned(phrase_label(&set), cases[i].label);
    }
}

static void parts_and_reviews_are_fractions(void **state)
{
    const DigestSet set = { .parts_seen = 5, .parts_total = 7, .reviewed = 3 };
    const DigestSet pull = { .state = DIGEST_PULL, .parts_total = 7 };
    const DigestSet none = { .state = DIGEST_NEW };

    (void)state;
    assert_owned(phrase_missing(&set), "5 of 7 parts");
    assert_owned(phrase_missing(&none), "");
    assert_owned(phrase_parts(&set), "5/7");
    assert_owned(phrase_reviewed(&set), "3/7");
    assert_owned(phrase_parts(&pull), "0/7");
    assert_owned(phrase_reviewed(&pull), "");
    assert_owned(phrase_parts(&none), "");
    assert_owned(phrase_reviewed(&none), "");
}

static void an_outcome_is_one_word_and_one_sign(void **state)
{
    DigestNotice notice = { .arrival_ms = 0 };
    char later[] = "2@example.org";
    DigestSet set = { .state = DIGEST_NEW };

    (void)state;
    assert_string_equal(phrase_outcome(&set), "");
    assert_string_equal(phrase_outcome_sign(&set), " ");
    set.is_waiting = true;
    assert_string_equal(phrase_outcome(&set), "waiting");
    assert_string_equal(phrase_outcome_sign(&set), "?");
    set.superseded_by = later;
    assert_string_equal(phrase_outcome(&set), "superseded");
    assert_string_equal(phrase_outcome_sign(&set), "<");
    set.applied = &notice;
    assert_string_equal(phrase_outcome(&set), "applied");
    assert_string_equal(phrase_outcome_sign(&set), "+");
}

static void how_much_was_applied(void **state)
{
    DigestNotice notice = { .arrival_ms = 0 };
    DigestSet set = { .parts_total = 7 };

    (void)state;
    assert_owned(phrase_applied(&set), "in part");
    set.applied_parts = 2;
    assert_owned(phrase_applied(&set), "2 of 7 patches");
    set.applied_parts = 7;
    set.applied = &notice;
    assert_owned(phrase_applied(&set), "");
    set.listed = 1;
    assert_owned(phrase_applied(&set), "1 patch");
    set.listed = 12;
    assert_owned(phrase_applied(&set), "12 patches");
}

static void an_age_has_one_unit_rounded_down(void **state)
{
    static const struct {
        int64_t seconds;
        const char *text;
    } cases[] = {
        { -1, "0 seconds" },         { 0, "0 seconds" },
        { 1, "1 second" },           { 59, "59 seconds" },
        { 60, "1 minute" },          { 3599, "59 minutes" },
        { 3600, "1 hour" },          { 86399, "23 hours" },
        { 86400, "1 day" },          { 172799, "1 day" },
        { 400 * 86400, "400 days" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_owned(phrase_age(cases[i].seconds), cases[i].text);
}

static void ages_are_in_groups(void **state)
{
    enum { DAY = 86400 };

    (void)state;
    assert_string_equal(phrase_age_group(0), "less than 3 days");
    assert_string_equal(phrase_age_group(3 * DAY - 1), "less than 3 days");
    assert_string_equal(phrase_age_group(3 * DAY), "3 to 7 days");
    assert_string_equal(phrase_age_group(7 * DAY), "7 to 14 days");
    assert_string_equal(phrase_age_group(14 * DAY), "14 days and more");
    assert_ptr_equal(phrase_age_group(8 * DAY), phrase_age_group(9 * DAY));
}

static void parts_without_a_review_are_named_in_runs(void **state)
{
    static const struct {
        unsigned numbers[6];
        const char *text;
    } cases[] = {
        { { 0 }, "" },
        { { 3 }, "3" },
        { { 3, 4 }, "3, 4" },
        { { 3, 5, 6, 7 }, "3, 5 to 7" },
        { { 1, 2, 3, 5 }, "1 to 3, 5" },
        { { 1, 3, 5 }, "1, 3, 5" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(unsigned));
        DigestSet set = { .reviewed = 1, .unreviewed = numbers };

        for (unsigned j = 0; cases[i].numbers[j] != 0; j++)
            g_array_append_val(numbers, cases[i].numbers[j]);
        assert_owned(phrase_unreviewed(&set), cases[i].text);
        set.reviewed = 0; /* all of them lack one */
        assert_owned(phrase_unreviewed(&set), "");
    }
}

static void short_phrases(void **state)
{
    static char *lists[] = { (char *)(uintptr_t) "kvm",
                             (char *)(uintptr_t) "kvm-arm", NULL };
    char mark[] = "0f55f2e8d00000000000";
    const DigestSet newer = { .newer_mark = mark, .newer_version = 3 };
    const DigestSet minor = { .newer_mark = mark,
                              .newer_version = 5,
                              .newer_minor = 1 };
    const DigestCount moved = { .before = 8, .rank_before = 3 };
    const DigestCount first = { .count = 8 };

    (void)state;
    assert_owned(phrase_lists(lists), "on kvm, kvm-arm");
    assert_owned(phrase_lists(NULL), "");
    assert_owned(phrase_newer(&newer), "by v3 0f55f2e8d");
    assert_owned(phrase_newer(&minor), "by v5.1 0f55f2e8d");
    assert_owned(phrase_move(&moved), "8 before, place 3");
    assert_owned(phrase_move(&first), "none before");
    assert_owned(phrase_pings(0), "");
    assert_owned(phrase_pings(1), "pinged once");
    assert_owned(phrase_pings(3), "pinged 3 times");
    assert_owned(phrase_entries_left(1),
                 "1 more patch set: --entries all prints it");
    assert_owned(phrase_entries_left(23),
                 "23 more patch sets: --entries all prints them");
    assert_string_equal(phrase_subject("  "), "(no subject)");
    assert_string_equal(phrase_subject(" a"), " a");
    assert_string_equal(phrase_thread("Re: RE:  a"), "a");
    assert_string_equal(phrase_thread("Re: "), "(no subject)");
    assert_string_equal(phrase_thread("Rebase"), "Rebase");
}

static void a_bar_shows_whatever_there_is(void **state)
{
    (void)state;
    assert_owned(phrase_bar(0), "");
    assert_owned(phrase_bar(1), "#");
    assert_owned(phrase_bar(50), "############");
    assert_owned(phrase_bar(100), "########################");
}

static void add_newcomer(Digest *digest, bool is_quiet)
{
    DigestNewcomer *newcomer = g_new0(DigestNewcomer, 1);

    newcomer->is_quiet = is_quiet;
    g_ptr_array_add(digest->newcomers, newcomer);
}

static void quiet_newcomers_are_counted_not_named(void **state)
{
    g_autoptr(Digest) digest = digests_empty();

    (void)state;
    assert_false(phrase_tells_newcomers(digest, SECTION_ALL));
    assert_owned(phrase_newcomers_left(digest), "");
    add_newcomer(digest, false);
    assert_true(phrase_tells_newcomers(digest, SECTION_ALL));
    assert_int_equal(phrase_newcomers_named(digest), 1);
    assert_owned(phrase_newcomers_left(digest), "");
    add_newcomer(digest, true);
    add_newcomer(digest, true);
    assert_int_equal(phrase_newcomers_named(digest), 1);
    assert_owned(phrase_newcomers_left(digest),
                 "and 2 more, whose mail nobody answered");
    digest->top = 0;
    assert_owned(phrase_newcomers_left(digest), "3 people");
    digest->is_young = true;
    assert_false(phrase_tells_newcomers(digest, SECTION_ALL));
    assert_true(phrase_tells_newcomers(digest, SECTION_NEWCOMERS));
    assert_false(phrase_tells_newcomers(digest, SECTION_TOTALS));
}

static void measures_are_told_where_there_are_some(void **state)
{
    g_autoptr(Digest) digest = digests_empty();
    g_autoptr(GPtrArray) none = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    DigestMeasures *measures = &digest->measures;

    (void)state;
    phrase_measures(digest, true, none);
    assert_int_equal(none->len, 0);
    digest->has_measures = true;
    measures->patches = 4;
    measures->reviewed = 1;
    measures->reply = (DigestMedian){ 2, 3600 * 5, 86400 * 3 };
    measures->applied = (DigestMedian){ 1, 86400, 86400 };
    measures->versions = (DigestMedian){ 1, 2, 2 };
    digest->talk.threads = 1;
    phrase_measures(digest, true, lines);
    assert_int_equal(lines->len, 3);
    assert_string_equal(lines->pdata[0],
                        "1 of 4 patches reviewed, median first reply 5 hours "
                        "(90 % within 3 days)");
    assert_string_equal(
        lines->pdata[1],
        "1 patch set applied, median version 2, median time 1 day");
    assert_string_equal(lines->pdata[2], "1 new thread of talk");
}

static void organisations_may_be_but_domains(void **state)
{
    g_autoptr(Digest) digest = digests_full();

    (void)state;
    assert_true(phrase_is_same(digest->domains, digest->domains));
    assert_false(phrase_is_same(digest->domains, digest->organisations));
    assert_false(phrase_is_same(digest->domains, digest->unanswered));
}

static void an_empty_subject_is_shown_as_such(void **state)
{
    (void)state;
    assert_string_equal(phrase_subject(""), "(no subject)");
    assert_string_equal(phrase_subject("  "), "(no subject)");
    assert_string_equal(phrase_subject(" Hello"), " Hello");
}

static void how_much_was_applied_is_told(void **state)
{
    static const struct {
        bool is_applied;
        unsigned parts, seen, listed;
        const char *words;
    } cases[] = {
        { true, 7, 7, 0, "" },
        { true, 0, 0, 0, "" },
        { false, 2, 7, 0, "2 of 7 patches" },
        { false, 0, 0, 0, "in part" },
        { false, 1, 1, 0, "1 of 7 patches" },
        { false, 6, 0, 0, "6 of 7 patches" },
        { true, 0, 0, 1, "1 patch" },
        { true, 0, 0, 14, "14 patches" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        DigestNotice notice = { 0 };
        const DigestSet set = { .applied = cases[i].is_applied ? &notice : NULL,
                                .applied_parts = cases[i].parts,
                                .parts_seen = cases[i].seen,
                                .parts_total = 7,
                                .listed = cases[i].listed };
        g_autofree char *words = phrase_applied(&set);

        assert_string_equal(words, cases[i].words);
    }
}

static void ages_have_one_unit(void **state)
{
    static const struct {
        int64_t seconds;
        const char *words;
    } cases[] = {
        { -5, "0 seconds" },     { 0, "0 seconds" },    { 1, "1 second" },
        { 59, "59 seconds" },    { 60, "1 minute" },    { 7199, "1 hour" },
        { 7200, "2 hours" },     { 86399, "23 hours" }, { 86400, "1 day" },
        { 8640000, "100 days" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *words = phrase_age(cases[i].seconds);

        assert_string_equal(words, cases[i].words);
    }
}

static void states_have_their_version(void **state)
{
    static const struct {
        DigestState state;
        unsigned version, minor;
        const char *words, *label;
    } cases[] = {
        { DIGEST_NEW, 1, 0, "new", "New" },
        { DIGEST_UPDATED, 3, 0, "updated v3", "Updated (v3)" },
        { DIGEST_UPDATED, 1, 0, "updated", "Updated" },
        { DIGEST_UPDATED, 5, 1, "updated v5.1", "Updated (v5.1)" },
        { DIGEST_RESENT, 2, 0, "resent v2", "Resent (v2)" },
        { DIGEST_RFC, 1, 0, "RFC", "RFC" },
        { DIGEST_RFC, 0, 0, "RFC v0", "RFC (v0)" },
        { DIGEST_PULL, 1, 0, "pull", "Pull" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const DigestSet set = { .state = cases[i].state,
                                .version = cases[i].version,
                                .minor = cases[i].minor };
        g_autofree char *words = phrase_state(&set);
        g_autofree char *label = phrase_label(&set);

        assert_string_equal(words, cases[i].words);
        assert_string_equal(label, cases[i].label);
    }
}

static void zones_are_said_as_dates_write_them(void **state)
{
    static const struct {
        DigestZone zone;
        const char *words;
    } cases[] = {
        { { .is_known = true, .minutes = 120 }, "+02:00" },
        { { .is_known = true, .minutes = -210 }, "-03:30" },
        { { .is_known = true, .minutes = 0 }, "UTC" },
        { { .is_known = false }, "unknown" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *words = phrase_zone(&cases[i].zone);

        assert_string_equal(words, cases[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_are_said_as_dates_write_them),
        cmocka_unit_test(an_empty_subject_is_shown_as_such),
        cmocka_unit_test(how_much_was_applied_is_told),
        cmocka_unit_test(ages_have_one_unit),
        cmocka_unit_test(states_have_their_version),
        cmocka_unit_test(counts_have_their_word),
        cmocka_unit_test(more_is_told_only_of_what_there_is),
        cmocka_unit_test(a_span_is_of_times_or_posts),
        cmocka_unit_test(an_interval_without_posts_names_the_newest),
        cmocka_unit_test(a_set_is_named_with_its_version),
        cmocka_unit_test(parts_and_reviews_are_fractions),
        cmocka_unit_test(an_outcome_is_one_word_and_one_sign),
        cmocka_unit_test(how_much_was_applied),
        cmocka_unit_test(an_age_has_one_unit_rounded_down),
        cmocka_unit_test(ages_are_in_groups),
        cmocka_unit_test(parts_without_a_review_are_named_in_runs),
        cmocka_unit_test(short_phrases),
        cmocka_unit_test(a_bar_shows_whatever_there_is),
        cmocka_unit_test(quiet_newcomers_are_counted_not_named),
        cmocka_unit_test(measures_are_told_where_there_are_some),
        cmocka_unit_test(organisations_may_be_but_domains),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
