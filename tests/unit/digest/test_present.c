/* SPDX-License-Identifier: MIT */
#include "digest/present.h"

#include <string.h>

#include "sets/build.h"
#include "tests/support/unit.h"
#include "tests/unit/digest/week.h"

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
        cmocka_unit_test(who_applied_a_part_is_named),
    };

    return cmocka_run_group_tests(tests, week_set_up, week_tear_down);
}
