/* SPDX-License-Identifier: MIT */
#include "digest/present.h"
#include "digest/present_people.h"
#include "digest/present_threads.h"

#include "base/moment.h"
#include "digest/classic_data.h"
#include "render/phrases.h"
#include "sets/build.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

static const char MARK[] = "29a23e72d0000000000000000000000000000000";

/* A week: a series that is reviewed and applied, one that waits, its older
 * form before the week, a talk, a newcomer. */
static const char WEEK[] =
    "-900 o alice - [PATCH net 0/1] Do less\n"
    "-899 p alice o [PATCH net 1/1] do it\n"
    "0 c alice - [PATCH net v2 0/1] Do less | own=0 stat=3,10,2\n"
    "1 a alice c [PATCH net v2 1/1] do it | stat=2,9,1\n"
    "90 r bob c Re: [PATCH net v2 0/1] Do less | credits=R:bob\n"
    "200 n max c Re: [PATCH net v2 0/1] Do less | notice=5\n"
    "300 w eve - [RFC PATCH] an idea | stat=1,5,5\n"
    "400 t zoe - a question\n"
    "401 u bob t Re: a question\n"
    "402 v zoe u Re: a question\n"
    "403 x bob v Re: a question\n"
    "404 y zoe x Re: a question\n"
    "500 z yan - nobody knows\n";

typedef struct Week {
    Posts *posts;
    Sets *sets;
    bool is_inside[16];
    Presenter presenter;
    Digest *digest;
} Week;

static int set_up(void **state)
{
    Week *week = g_new0(Week, 1);
    const PostRecord *records;

    week->posts = posts_new(WEEK, 7, NULL);
    records = (const PostRecord *)(void *)week->posts->records->data;
    week->sets = sets_build(records, week->posts->records->len,
                            week->posts->people, NULL);
    for (unsigned i = 2; i < week->posts->records->len; i++)
        week->is_inside[i] = true;
    week->presenter = (Presenter){
        .sets = week->sets,
        .archive = "https://lists.example.org/{message-id}/",
        .is_inside = week->is_inside,
        .end_ms = records[2].arrival_ms + INT64_C(3600000) * 10,
        .limit = 15,
    };
    week->digest = digest_new();
    present_sets(&week->presenter, week->digest);
    *state = week;
    return 0;
}

static int tear_down(void **state)
{
    Week *week = *state;

    digest_free(week->digest);
    sets_free(week->sets);
    posts_free(week->posts);
    g_free(week);
    return 0;
}

static void sets_are_those_of_the_interval_newest_first(void **state)
{
    const Week *week = *state;
    const DigestSet *first, *second;

    assert_int_equal(week->digest->sets->len, 2);
    first = week->digest->sets->pdata[0];
    second = week->digest->sets->pdata[1];
    assert_string_equal(first->message_id, "w");
    assert_int_equal(first->state, DIGEST_RFC);
    assert_string_equal(second->message_id, "c");
    assert_int_equal(second->state, DIGEST_UPDATED);
    assert_int_equal(second->version, 2);
    assert_string_equal(second->supersedes, "o");
    assert_string_equal(second->tags[0], "net");
    assert_string_equal(second->title, "Do less");
    assert_string_equal(second->url, "https://lists.example.org/c/");
}

static void a_cover_has_the_diffstat_of_its_set(void **state)
{
    const Week *week = *state;
    const DigestSet *set = week->digest->sets->pdata[1];

    assert_int_equal(set->files, 3);
    assert_int_equal(set->insertions, 10);
    assert_int_equal(set->parts_seen, 1);
    assert_int_equal(set->reviewed, 1);
    assert_int_equal(set->first_reply_seconds, 90 * 60);
    assert_int_equal(set->first_review_seconds, 90 * 60);
}

/* Of the only set that these posts make, inside the interval. */
static int64_t reply_delay(const char *lines)
{
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)posts->records->data,
                   posts->records->len, posts->people, NULL);
    g_autoptr(Digest) digest = digest_new();
    const bool is_inside[2] = { true, true };
    const Presenter presenter = { .sets = sets,
                                  .archive = "",
                                  .is_inside = is_inside,
                                  .end_ms = INT64_MAX,
                                  .limit = 15 };

    assert_int_equal(posts->records->len, 2);
    present_sets(&presenter, digest);
    assert_int_equal(digest->sets->len, 1);
    return ((DigestSet *)digest->sets->pdata[0])->first_reply_seconds;
}

static void delays_go_by_dates_where_they_can_be(void **state)
{
    static const struct {
        const char *posts;
        int minutes;
    } cases[] = {
        { "0 a alice - [PATCH] a\n90 b bob a Re: [PATCH] a\n", 90 },
        { "100 a alice - [PATCH] a | date=0\n"
          "101 b bob a Re: [PATCH] a | date=75\n",
          75 },
        { "100 a alice - [PATCH] a\n130 b bob a Re: [PATCH] a | date=60\n",
          30 },
        { "100 a alice - [PATCH] a | date=160\n130 b bob a Re: [PATCH] a\n",
          30 },
        { "100 a alice - [PATCH] a\n130 b bob a Re: [PATCH] a | date=900\n",
          30 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(reply_delay(cases[i].posts), cases[i].minutes * 60);
}

/* Of the last set that these posts make. */
static DigestSet *last_set(const char *lines, Digest *digest)
{
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)posts->records->data,
                   posts->records->len, posts->people, NULL);
    const bool is_inside[8] = { true, true, true, true, true, true, true };
    const Presenter presenter = { .sets = sets,
                                  .archive = "",
                                  .is_inside = is_inside,
                                  .end_ms = INT64_MAX,
                                  .limit = 15 };

    assert_true(posts->records->len < G_N_ELEMENTS(is_inside));
    present_sets(&presenter, digest);
    return digest->sets->pdata[0];
}

static void a_file_of_several_patches_counts_once(void **state)
{
    static const struct {
        const char *posts;
        unsigned files, insertions;
    } cases[] = {
        { "0 a alice - [PATCH 1/2] a | stat=2,1,0 paths=x,y\n"
          "1 b alice a [PATCH 2/2] b | stat=2,1,0 paths=y,z\n",
          3, 2 },
        { "0 a alice - [PATCH 1/2] a | stat=2,1,0\n"
          "1 b alice a [PATCH 2/2] b | stat=2,1,0 paths=y,z\n",
          4, 2 },
        { "0 a alice - [PATCH 1/2] a | stat=9,1,0 paths=x,y\n"
          "1 b alice a [PATCH 2/2] b | stat=2,1,0 paths=y,z\n",
          10, 2 },
        { "0 a alice - [PATCH 1/2] a | stat=2,1,0 paths=x,y\n"
          "1 b alice a [PATCH 2/2] b | stat=2,1,0 paths=y,z\n"
          "90 c alice b [PATCH v2 2/2] b | stat=1,5,0 paths=z\n",
          3, 6 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Digest) digest = digest_new();
        const DigestSet *set = last_set(cases[i].posts, digest);

        assert_int_equal(set->files, cases[i].files);
        assert_int_equal(set->insertions, cases[i].insertions);
    }
}

static void the_same_again_is_resent(void **state)
{
    static const struct {
        const char *posts;
        DigestState state;
    } cases[] = {
        { "0 a alice - [PATCH] a | patch=x\n"
          "900 b alice - [PATCH] a | patch=x\n",
          DIGEST_RESENT },
        { "0 a alice - [PATCH v3] a | patch=x\n"
          "900 b alice - [PATCH v3] a | patch=x\n",
          DIGEST_RESENT },
        { "0 a alice - [PATCH v3] a | patch=x\n"
          "900 b alice - [PATCH v4] a | patch=x\n",
          DIGEST_UPDATED },
        { "0 a alice - [RFC PATCH] a | patch=x\n"
          "900 b alice - [PATCH] a | patch=x\n",
          DIGEST_UPDATED },
        { "0 a alice - [PATCH] a | patch=x\n"
          "900 b alice - [PATCH] a | patch=y\n",
          DIGEST_UPDATED },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Digest) digest = digest_new();

        assert_int_equal(last_set(cases[i].posts, digest)->state,
                         cases[i].state);
    }
}

static void patch_1_speaks_for_a_cover_without_text(void **state)
{
    const Week *week = *state;
    const DigestSet *set = week->digest->sets->pdata[1];
    const DigestSet *rfc = week->digest->sets->pdata[0];

    assert_non_null(set->first_patch);
    assert_string_equal(set->first_patch->message_id, "a");
    assert_null(rfc->first_patch);
}

static void applied_and_waiting_are_told_apart(void **state)
{
    const Week *week = *state;
    const DigestSet *applied, *waiting;

    assert_int_equal(week->digest->applied->len, 1);
    applied = week->digest->applied->pdata[0];
    assert_string_equal(applied->message_id, "c");
    assert_string_equal(applied->applied->by.name, "Max");
    assert_int_equal(week->digest->waiting->len, 1);
    waiting = week->digest->waiting->pdata[0];
    assert_string_equal(waiting->message_id, "w");
    assert_int_equal(waiting->age_seconds, 5 * 3600);
}

static void reviewers_are_credited_and_counted(void **state)
{
    const Week *week = *state;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_count_free);
    const DigestCount *first;

    present_reviewers(&week->presenter, found);
    assert_int_equal(found->len, 1);
    first = found->pdata[0];
    assert_string_equal(first->who.name, "Bob");
    assert_int_equal(first->tags, 1);
    assert_int_equal(first->replies, 1);
}

static void talk_makes_a_thread_busy(void **state)
{
    const Week *week = *state;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_thread_free);
    const DigestThread *first;

    present_threads(&week->presenter, found);
    assert_int_equal(found->len, 1);
    first = found->pdata[0];
    assert_string_equal(first->subject, "a question");
    assert_string_equal(first->root, "t");
    assert_int_equal(first->posts, 5);
    assert_int_equal(first->answers, 5);
    assert_int_equal(first->people, 2);
}

static void newcomers_tell_whether_they_were_answered(void **state)
{
    const Week *week = *state;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_newcomer_free);
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(unsigned));
    const unsigned question = 7, idea = 6;
    const DigestNewcomer *first, *second;

    g_array_append_val(posts, question);
    g_array_append_val(posts, idea);
    present_newcomers(&week->presenter, posts, found);
    assert_int_equal(found->len, 2);
    first = found->pdata[0];
    second = found->pdata[1];
    assert_string_equal(first->subject, "[RFC PATCH] an idea");
    assert_true(first->is_patch);
    assert_false(first->was_answered);
    assert_string_equal(second->subject, "a question");
    assert_false(second->is_patch);
    assert_true(second->was_answered);
}

/* "Re:" alone is what spam writes, too. */
static void a_newcomer_who_answers_nothing_is_quiet(void **state)
{
    static const struct {
        const char *post;
        bool is_quiet;
    } cases[] = {
        { "0 a zoe - Re: an investment", true },
        { "0 a zoe z Re: an investment", false },
        { "0 a zoe - Re: an investment | root=z", false },
        { "0 a zoe - an investment", true },
        { "0 a zoe - [PATCH] invest", false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Posts) posts = posts_new(cases[i].post, 0, NULL);
        g_autoptr(Sets) sets =
            sets_build((const PostRecord *)(void *)posts->records->data,
                       posts->records->len, posts->people, NULL);
        g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(
            (GDestroyNotify)digest_newcomer_free);
        g_autoptr(GArray) firsts = g_array_new(FALSE, TRUE, sizeof(unsigned));
        const Presenter presenter = { .sets = sets, .archive = "" };

        g_array_set_size(firsts, 1);
        present_newcomers(&presenter, firsts, found);
        assert_int_equal(found->len, 1);
        assert_int_equal(((DigestNewcomer *)found->pdata[0])->is_quiet,
                         cases[i].is_quiet);
    }
}

/* The one who wrote that a part was applied is named, as for a whole set. */
static void who_applied_a_part_is_named(void **state)
{
    g_autoptr(Posts) posts =
        posts_new("0 a alice - [PATCH 1/2] a\n1 b alice a [PATCH 2/2] b\n"
                  "90 n max b Re: [PATCH 2/2] b | notice=5\n",
                  0, NULL);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)posts->records->data,
                   posts->records->len, posts->people, NULL);
    g_autoptr(Digest) digest = digest_new();
    const bool is_inside[3] = { true, true, true };
    const Presenter presenter = {
        .sets = sets, .archive = "", .is_inside = is_inside, .limit = 15
    };
    const DigestSet *set;

    (void)state;
    present_sets(&presenter, digest);
    assert_int_equal(digest->applied->len, 1);
    set = digest->applied->pdata[0];
    assert_null(set->applied);
    assert_int_equal(set->applied_parts, 1);
    assert_string_equal(set->applied_by.name, "Max");
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

/* --- the sample's rules ----------------------------------------------- */

static void classic_counts_what_its_subject_calls_a_patch(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 a zed - [PATCH 0/1] a\n"
                                       "1 b zed a [PATCH 1/1] b\n"
                                       "2 d amy - [PATCH] d\n"
                                       "3 e bob - [PATCH v2] e\n"
                                       "4 f bob - [PATCH net] f\n"
                                       "5 g bob d [PATCH] d | kind=reply\n"
                                       "6 h bob d Re: [PATCH] d\n",
                                       0, NULL);
    g_autoptr(Digest) digest = digest_new();
    const DigestCount *first, *second, *third;

    (void)state;
    classic_data_count(posts->records, posts->people, &digest->classic);
    assert_int_equal(digest->classic.contributors->len, 3);
    first = digest->classic.contributors->pdata[0];
    second = digest->classic.contributors->pdata[1];
    third = digest->classic.contributors->pdata[2];
    assert_string_equal(first->who.name, " Bob <bob@b.org>");
    assert_int_equal(first->count, 3);
    assert_string_equal(second->who.name, " Zed <zed@z.org>");
    assert_string_equal(third->who.name, " Amy <amy@a.org>");
    assert_int_equal(digest->classic.listed->len, 3);
    assert_string_equal(digest->classic.listed->pdata[0], "[PATCH] d");
    assert_string_equal(digest->classic.listed->pdata[1], "[PATCH v2] e");
    assert_string_equal(digest->classic.listed->pdata[2], "[PATCH] d");
}

static void classic_entries_go_by_date(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 a zed - [PATCH 0/2] a | date=9\n"
                                       "1 b zed a [PATCH 1/2] b | date=10\n"
                                       "2 d zed a [PATCH 2/2] d | date=11\n"
                                       "3 e amy - [PATCH v2 0/2] e\n"
                                       "4 f amy - [PATCH 00/12] f | date=1\n",
                                       0, NULL);
    g_autoptr(Digest) digest = digest_new();
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    (void)state;
    classic_data_entries(posts->records, posts->people, &digest->classic,
                         order);
    assert_int_equal(digest->classic.entries->len, 3);
    assert_int_equal(g_array_index(order, uint32_t, 0), 2);
    assert_int_equal(g_array_index(order, uint32_t, 1), 1);
    assert_int_equal(g_array_index(order, uint32_t, 2), 5);
    assert_string_equal(
        ((DigestClassicEntry *)digest->classic.entries->pdata[0])->author,
        "Zed <zed@z.org>");
}

static void domains_are_read_from_raw_names(void **state)
{
    static const struct {
        const char *raw, *domain;
    } cases[] = {
        { " =?UTF-8?q?Zo=C3=AB?= <zoe@example.org>", "example.org" },
        { " zoe@example.org", "example.org" },
        { " zoe@example.org (Zoe)", "example.org" },
        { " \"zoe@home\" <zoe@Example.ORG>", "Example.ORG" },
        { " Zoe", "" },
        { "", "" },
        { " <zoe@", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *domain = classic_data_domain(cases[i].raw);

        assert_string_equal(domain, cases[i].domain);
    }
}

/* --- words ------------------------------------------------------------ */

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

static void quiet_newcomers_are_counted_not_named(void **state)
{
    static const struct {
        const char *quiet; /* a letter a newcomer: q or n */
        unsigned named;
        const char *left;
    } cases[] = {
        { "", 0, "" },
        { "nn", 2, "" },
        { "nnqq", 2, "and 2 more, whose mail nobody answered" },
        { "q", 0, "1 person whose mail nobody answered" },
        { "nnnn", 3, "and 1 more" },
        { "nnnnq", 3, "and 2 more" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Digest) digest = digest_new();

        digest->top = 3;
        for (const char *letter = cases[i].quiet; *letter != '\0'; letter++) {
            DigestNewcomer *newcomer = g_new0(DigestNewcomer, 1);

            newcomer->is_quiet = *letter == 'q';
            g_ptr_array_add(digest->newcomers, newcomer);
        }
        g_autofree char *left = phrase_newcomers_left(digest);

        assert_int_equal(phrase_newcomers_named(digest), cases[i].named);
        assert_string_equal(left, cases[i].left);
    }
}

static void times_are_told_in_their_zone(void **state)
{
    g_autofree char *utc = moment_show(INT64_C(1759122737000), "UTC");
    g_autofree char *berlin =
        moment_show(INT64_C(1759122737000), "Europe/Berlin");
    g_autofree char *unknown =
        moment_show(INT64_C(1759122737000), "Nowhere/Land");
    g_autofree char *never = moment_show(INT64_MAX, "UTC");

    (void)state;
    assert_string_equal(utc, "2025-09-29 05:12");
    assert_string_equal(berlin, "2025-09-29 07:12");
    assert_string_equal(unknown, "2025-09-29 05:12");
    assert_string_equal(never, "?");
}

/* Neither what was answered nor a patch. */
static void talk_without_an_answer_is_told(void **state)
{
    const Week *week = *state;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_thread_free);

    present_unanswered(&week->presenter, found);
    assert_int_equal(found->len, 1);
    const DigestThread *thread = found->pdata[0];
    assert_string_equal(thread->subject, "nobody knows");
    assert_string_equal(thread->by.email, "yan@y.org");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_are_those_of_the_interval_newest_first),
        cmocka_unit_test(a_cover_has_the_diffstat_of_its_set),
        cmocka_unit_test(delays_go_by_dates_where_they_can_be),
        cmocka_unit_test(a_file_of_several_patches_counts_once),
        cmocka_unit_test(the_same_again_is_resent),
        cmocka_unit_test(patch_1_speaks_for_a_cover_without_text),
        cmocka_unit_test(applied_and_waiting_are_told_apart),
        cmocka_unit_test(reviewers_are_credited_and_counted),
        cmocka_unit_test(talk_makes_a_thread_busy),
        cmocka_unit_test(talk_without_an_answer_is_told),
        cmocka_unit_test(newcomers_tell_whether_they_were_answered),
        cmocka_unit_test(a_newcomer_who_answers_nothing_is_quiet),
        cmocka_unit_test(who_applied_a_part_is_named),
        cmocka_unit_test(urls_are_made_of_patterns),
        cmocka_unit_test(classic_counts_what_its_subject_calls_a_patch),
        cmocka_unit_test(classic_entries_go_by_date),
        cmocka_unit_test(domains_are_read_from_raw_names),
        cmocka_unit_test(ages_have_one_unit),
        cmocka_unit_test(states_have_their_version),
        cmocka_unit_test(quiet_newcomers_are_counted_not_named),
        cmocka_unit_test(times_are_told_in_their_zone),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
