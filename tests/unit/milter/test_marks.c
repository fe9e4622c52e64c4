/* SPDX-License-Identifier: MIT */
/* milter/marks and milter/anchors, with a real Redis and a real journal. */
#include "tests/support/unit.h"

#include "journal/journal_origin.h"
#include "journal/journal_positions.h"
#include "journal/journal_rescue.h"
#include "journal/journal_rows.h"
#include "milter/anchors.h"
#include "milter/marks.h"
#include "milter/priors.h"
#include "tests/support/redis.h"

#include <glib/gstdio.h>

static const int64_t now_ms = INT64_C(1764400000000);

typedef struct Place {
    TestRedis *redis;
    char *folder;
    Journal *journal;
} Place;

static int set_up(void **state)
{
    Place *place = g_new0(Place, 1);
    void *redis = NULL;

    if (test_redis_start(&redis) != 0)
        return -1;
    place->redis = redis;
    place->folder = g_dir_make_tmp("marks-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(place->folder, "journal.db", NULL);
    place->journal =
        journal_open(path, JOURNAL_WRITER, JOURNAL_SYNC_NORMAL, NULL);
    *state = place;
    return place->journal != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    Place *place = *state;
    void *redis = place->redis;

    journal_free(place->journal);
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *path =
            g_strconcat(place->folder, "/journal.db", ends[i], NULL);
        g_unlink(path);
    }
    g_rmdir(place->folder);
    g_free(place->folder);
    g_free(place);
    return test_redis_stop(&redis);
}

static void append(const Place *place, int64_t arrival_ms)
{
    JournalRow row = { .arrival_ms = arrival_ms,
                       .lists = g_strdup("l.example"),
                       .queue_id = g_strdup(""),
                       .mail = g_bytes_new("x", 1) };
    JournalRow *rows[] = { &row };

    assert_true(journal_append(place->journal, rows, 1, 1000, NULL));
    journal_row_clear(&row);
}

static void set_mark(const Place *place, const char *id, const char *value)
{
    assert_true(
        store_fact_set(place->redis->store, MARK_HASH, id, value, NULL));
}

/* "row begun", of one that Redis did or did not meet. */
static void set_origin(const Place *place, bool is_met, const char *priors,
                       int64_t told)
{
    const JournalOrigin origin = { is_met, now_ms - 5000,
                                   (char *)(guintptr)priors, told, false };

    assert_true(journal_set_origin(place->journal, &origin, NULL, NULL));
}

static Doubt look(const Place *place, bool has_place)
{
    Doubt doubt;

    assert_true(marks_look(place->redis->store, place->journal, has_place,
                           now_ms, &doubt, NULL));
    return doubt;
}

static int64_t covered(const Place *place, int64_t row, int64_t whole_ms)
{
    int64_t covered_ms = -1;

    assert_true(marks_find_covered(place->journal, row, whole_ms, now_ms,
                                   &covered_ms, NULL));
    return covered_ms;
}

/* --- what is covered ------------------------------------------------------ */

static void all_is_covered_up_to_the_whole_if_nothing_waits(void **state)
{
    const Place *place = *state;

    append(place, now_ms - 9000);
    assert_int_equal(covered(place, 1, now_ms - 100), now_ms - 100);
}

static void what_waits_is_not_covered(void **state)
{
    const Place *place = *state;

    append(place, now_ms - 9000);
    append(place, now_ms - 5000);
    assert_int_equal(covered(place, 1, now_ms), now_ms - 10000);
    assert_int_equal(covered(place, 0, now_ms), now_ms - 10000);
}

static void nothing_is_covered_behind_the_whole(void **state)
{
    const Place *place = *state;

    append(place, now_ms - 9000);
    append(place, now_ms - 5000);
    assert_int_equal(covered(place, 1, now_ms - 60000), now_ms - 60000);
}

static void what_is_still_to_be_copied_is_not_covered(void **state)
{
    const Place *place = *state;
    const JournalRescue rescue = { (char[]){ "aside" }, 3, now_ms - 77000, 9 };

    append(place, now_ms - 9000);
    assert_true(journal_set_rescue(place->journal, &rescue, NULL));
    assert_int_equal(covered(place, 1, now_ms), now_ms - 77000);
}

/* --- doubts --------------------------------------------------------------- */

static void a_first_journal_is_not_doubted(void **state)
{
    const Place *place = *state;

    set_origin(place, false, "", 0);
    assert_false(look(place, false).is_there);
}

static void a_redis_that_lost_the_mark_is_doubted(void **state)
{
    const Place *place = *state;

    set_origin(place, true, "before", 0);
    set_mark(place, "before", "7 1764399000000 1764399000500");
    const Doubt doubt = look(place, false);
    assert_true(doubt.is_there);
    assert_false(doubt.is_empty);
    assert_int_equal(doubt.from_ms, INT64_C(1764399000000));
    assert_int_equal(doubt.until_ms, now_ms - 5000);
    assert_false(look(place, true).is_there); /* it has a place instead */
}

static void a_redis_that_lost_rows_of_the_prior_is_doubted(void **state)
{
    const Place *place = *state;

    set_origin(place, false, "before", 8);
    set_mark(place, "before", "7 1764399000000 1764399000500");
    assert_true(look(place, false).is_there);
    set_mark(place, "before", "8 1764399000000 1764399000500");
    assert_false(look(place, false).is_there);
}

static void an_unreadable_mark_is_none(void **state)
{
    const Place *place = *state;

    set_origin(place, false, "before", 8);
    set_mark(place, "before", "8");
    assert_true(look(place, false).is_there);
}

static void an_emptied_redis_is_called_that(void **state)
{
    const Place *place = *state;

    set_origin(place, true, "before", 0);
    const Doubt doubt = look(place, false);
    assert_true(doubt.is_there);
    assert_true(doubt.is_empty);
    assert_int_equal(doubt.from_ms, 0);
}

static void a_doubt_ends_where_rows_begin(void **state)
{
    const Place *place = *state;

    append(place, now_ms - 2000);
    set_origin(place, true, "before", 0);
    assert_int_equal(look(place, false).until_ms, now_ms - 2000);
}

/* --- meeting and telling -------------------------------------------------- */

static void a_journal_that_was_met_has_a_mark(void **state)
{
    const Place *place = *state;
    g_auto(JournalOrigin) origin = { 0 };
    const Mark mark = { 3, now_ms - 10, now_ms };
    bool is_there = true;
    int64_t told = 0;

    set_origin(place, false, "before", 2);
    set_mark(place, "before", "2 1764399000000 1764399000500");
    assert_true(
        marks_are_there(place->redis->store, place->journal, &is_there, NULL));
    assert_false(is_there);
    assert_true(marks_meet(place->redis->store, place->journal, &mark, NULL));
    assert_true(
        marks_are_there(place->redis->store, place->journal, &is_there, NULL));
    assert_true(is_there);
    assert_true(journal_get_origin(place->journal, &origin, NULL));
    assert_true(origin.is_met);
    assert_int_equal(origin.told, 0);
    assert_true(journal_told(place->journal, &told, NULL));
    assert_int_equal(told, 3);
    assert_false(look(place, false).is_there);
}

/* Else who comes after it would not miss its mark. */
static void one_without_rows_has_a_mark_that_is_missed(void **state)
{
    const Place *place = *state;
    const Mark mark = { 0, now_ms - 10, now_ms };
    int64_t told = 0;

    assert_true(marks_meet(place->redis->store, place->journal, &mark, NULL));
    assert_true(journal_told(place->journal, &told, NULL));
    assert_int_equal(told, 1);
    g_autofree char *id = g_strdup(journal_id(place->journal));
    set_origin(place, false, id, told); /* as the next one would have it */
    assert_false(look(place, false).is_there);
    bool was_there = false;
    assert_true(store_fact_remove(place->redis->store, MARK_HASH, id,
                                  &was_there, NULL));
    assert_true(look(place, false).is_there);
}

static void marks_of_long_ago_are_dropped(void **state)
{
    const Place *place = *state;
    const Mark mark = { 1, now_ms, now_ms };

    set_mark(place, "old", "7 1700000000000 1700000000000");
    set_mark(place, "young", "7 1764399000000 1764399000500");
    assert_true(marks_meet(place->redis->store, place->journal, &mark, NULL));
    g_autofree char *old =
        store_fact_get(place->redis->store, MARK_HASH, "old", NULL);
    g_autofree char *young =
        store_fact_get(place->redis->store, MARK_HASH, "young", NULL);
    assert_null(old);
    assert_non_null(young);
}

static void the_lowest_of_the_day_covers_all(void **state)
{
    const Place *place = *state;
    int64_t covered_ms = 0;

    set_mark(place, "a", "7 1764399000000 1764399900000");
    set_mark(place, "b", "7 1764399500000 1764399900000");
    set_mark(place, "yesterday", "7 1764100000000 1764200000000");
    assert_true(marks_covered(place->redis->store, now_ms, &covered_ms, NULL));
    assert_int_equal(covered_ms, INT64_C(1764399000000));
}

/* --- priors and anchors --------------------------------------------------- */

static void set_positions(const Place *place, const char *const *lists,
                          const int64_t *rows, unsigned count)
{
    g_autoptr(GArray) positions =
        g_array_new(FALSE, FALSE, sizeof(JournalPosition));

    for (unsigned i = 0; i < count; i++) {
        const JournalPosition position = { (char *)(guintptr)lists[i],
                                           rows[i] };
        g_array_append_val(positions, position);
    }
    assert_true(
        journal_set_applied(place->journal, 9, now_ms, positions, NULL));
}

static Anchors *anchors_of(GArray *priors)
{
    Anchors *anchors = anchors_new();

    for (unsigned i = 0; i < priors->len; i++)
        assert_true(
            anchors_load(anchors, &g_array_index(priors, JournalPosition, i)));
    return anchors;
}

static void priors_are_of_lists_and_of_priors(void **state)
{
    const Place *place = *state;
    const char *const lists[] = { "l.example", "held l.example",
                                  "prior 0a m.example", "n.example" };
    const int64_t rows[] = { 5, 7, 8, 9 };
    Prior prior;

    set_positions(place, lists, rows, G_N_ELEMENTS(lists));
    g_autoptr(GArray) priors = priors_after(place->journal);
    assert_int_equal(priors->len, 3);
    assert_true(prior_read(&g_array_index(priors, JournalPosition, 0), &prior));
    assert_string_equal(prior.id, journal_id(place->journal));
    assert_string_equal(prior.list, "l.example");
    assert_int_equal(prior.row, 5);
    prior_clear(&prior);
    assert_true(prior_read(&g_array_index(priors, JournalPosition, 2), &prior));
    assert_string_equal(prior.id, "0a");
    prior_clear(&prior);
}

static void a_list_that_is_behind_its_prior_has_lost(void **state)
{
    const Place *place = *state;
    const char *const lists[] = { "l.example", "m.example", "n.example" };
    const int64_t rows[] = { 5, 5, 5 };
    AnchorLoss loss = { 0 };

    set_positions(place, lists, rows, G_N_ELEMENTS(lists));
    g_autoptr(GArray) priors = priors_after(place->journal);
    const char *id = journal_id(place->journal);
    Store *store = place->redis->store;
    assert_true(store_set_place(store, "l.example", id, 5, 9000, NULL));
    assert_true(store_set_place(store, "m.example", id, 4, 8000, NULL));
    assert_true(store_set_place(store, "n.example", id, 6, 7000, NULL));
    Anchors *anchors = anchors_of(priors);
    assert_true(anchors_look(anchors, store, &loss, NULL));
    assert_int_equal(loss.lists, 1);
    assert_string_equal(loss.names->str, "m.example");
    assert_int_equal(loss.from_ms, 7000);
    anchors_settled(anchors);
    assert_true(anchors_look(anchors, store, &loss, NULL));
    assert_int_equal(loss.lists, 1);
    g_string_free(loss.names, TRUE);
    anchors_free(anchors);
}

static void a_list_without_an_anchor_has_lost_what_came_before(void **state)
{
    const Place *place = *state;
    Store *store = place->redis->store;
    AnchorLoss loss = { 0 };
    bool is_emptied = false;

    set_origin(place, true, "0b 0a", 0);
    assert_true(anchors_lost(store, place->journal, "l.example", &loss,
                             &is_emptied, NULL));
    assert_true(is_emptied);
    assert_int_equal(loss.lists, 0);
    assert_true(store_set_place(store, "l.example", "0a", 4, 8000, NULL));
    assert_true(anchors_lost(store, place->journal, "l.example", &loss,
                             &is_emptied, NULL));
    assert_false(is_emptied);
    assert_int_equal(loss.lists, 1);
    assert_int_equal(loss.from_ms, 7000);
    g_string_free(loss.names, TRUE);
}

static void settled_priors_are_dropped(void **state)
{
    const Place *place = *state;
    g_autoptr(GArray) priors = priors_unknown("0a");
    g_autoptr(GArray) drops =
        g_array_new(FALSE, FALSE, sizeof(JournalPosition));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    Anchors *anchors = anchors_of(priors);

    assert_true(journal_set_applied(place->journal, 0, now_ms, priors, NULL));
    anchors_settle(anchors, drops, names);
    assert_true(journal_set_applied(place->journal, 0, now_ms, drops, NULL));
    g_autoptr(GArray) left = priors_after(place->journal);
    assert_int_equal(left->len, 0);
    anchors_free(anchors);
}

int main(void)
{
#define WITH_BOTH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_BOTH(all_is_covered_up_to_the_whole_if_nothing_waits),
        WITH_BOTH(what_waits_is_not_covered),
        WITH_BOTH(nothing_is_covered_behind_the_whole),
        WITH_BOTH(what_is_still_to_be_copied_is_not_covered),
        WITH_BOTH(a_first_journal_is_not_doubted),
        WITH_BOTH(a_redis_that_lost_the_mark_is_doubted),
        WITH_BOTH(a_redis_that_lost_rows_of_the_prior_is_doubted),
        WITH_BOTH(an_unreadable_mark_is_none),
        WITH_BOTH(an_emptied_redis_is_called_that),
        WITH_BOTH(a_doubt_ends_where_rows_begin),
        WITH_BOTH(a_journal_that_was_met_has_a_mark),
        WITH_BOTH(one_without_rows_has_a_mark_that_is_missed),
        WITH_BOTH(marks_of_long_ago_are_dropped),
        WITH_BOTH(the_lowest_of_the_day_covers_all),
        WITH_BOTH(priors_are_of_lists_and_of_priors),
        WITH_BOTH(a_list_that_is_behind_its_prior_has_lost),
        WITH_BOTH(a_list_without_an_anchor_has_lost_what_came_before),
        WITH_BOTH(settled_priors_are_dropped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
