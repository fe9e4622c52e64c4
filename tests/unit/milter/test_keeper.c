/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "journal/journal_gaps.h"
#include "journal/journal_rows.h"
#include "milter/keeper.h"
#include "milter/log.h"

#include <glib/gstdio.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include <sqlite3.h>

typedef struct Place {
    char *folder, *path;
    Shared shared;
    Keeper *keeper; /* lives as long as the process, as in the daemon */
} Place;

static int set_up(void **state)
{
    Place *place = g_new0(Place, 1);

    log_open("test", false, 0);
    place->folder = g_dir_make_tmp("keeper-XXXXXX", NULL);
    place->path = g_build_filename(place->folder, "journal.db", NULL);
    assert_true(shared_make(&place->shared, NULL));
    place->keeper = keeper_new(
        journal_open(place->path, JOURNAL_WRITER, JOURNAL_SYNC_NORMAL, NULL),
        &place->shared);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    Place *place = *state;
    static const char *const ends[] = { "", "-wal", "-shm" };

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *path = g_strconcat(place->path, ends[i], NULL);
        g_unlink(path);
    }
    g_rmdir(place->folder);
    g_free(place->path);
    g_free(place->folder);
    return 0; /* the place itself is the keeper's for ever */
}

static KeeperOutcome keep(const Place *place, size_t length, int wait_ms)
{
    JournalRow row = { .lists = g_strdup("l.example"),
                       .queue_id = g_strdup(""),
                       .mail = g_bytes_new_take(g_malloc0(length), length) };

    return keeper_keep(place->keeper, &row, wait_ms);
}

static uint64_t kept(const Place *place)
{
    return __atomic_load_n(&place->shared.health->counters[HEALTH_KEPT],
                           __ATOMIC_RELAXED);
}

/* What holds a writer up, as a slow disk would. */
static sqlite3 *hold(const Place *place)
{
    sqlite3 *holder = NULL;

    assert_int_equal(sqlite3_open(place->path, &holder), SQLITE_OK);
    assert_int_equal(sqlite3_exec(holder, "BEGIN IMMEDIATE", NULL, NULL, NULL),
                     SQLITE_OK);
    return holder;
}

static void a_mail_is_in_the_journal_when_its_wait_ends(void **state)
{
    const Place *place = *state;
    g_autoptr(Journal) reader =
        journal_open(place->path, JOURNAL_READER, JOURNAL_SYNC_NORMAL, NULL);
    int64_t last = 0;

    assert_int_equal(keep(place, 1000, 5000), KEEPER_KEPT);
    assert_true(journal_ends(reader, NULL, &last, NULL));
    assert_int_equal(last, 1);
}

static void a_mail_does_not_wait_longer_than_told(void **state)
{
    const Place *place = *state;
    sqlite3 *holder = hold(place);

    const int64_t start = g_get_monotonic_time();
    assert_int_equal(keep(place, 1000, 100), KEEPER_LATE);
    assert_true(g_get_monotonic_time() - start >= 100 * 1000);
    assert_int_equal(kept(place), 0);
    sqlite3_close(holder);
}

static void only_the_first_mail_waits_in_vain(void **state)
{
    const Place *place = *state;
    sqlite3 *holder = hold(place);
    const gint64 start = g_get_monotonic_time();

    assert_int_equal(keep(place, 1000, 10), KEEPER_LATE);
    assert_int_equal(keep(place, 1000, 20000), KEEPER_LATE);
    assert_true(g_get_monotonic_time() - start < G_USEC_PER_SEC * 10);
    sqlite3_close(holder);
    assert_true(keeper_flush(place->keeper, 20000));
    assert_int_equal(keep(place, 1000, 20000), KEEPER_KEPT);
}

static void a_late_mail_is_kept_all_the_same(void **state)
{
    const Place *place = *state;
    sqlite3 *holder = hold(place);

    assert_int_equal(keep(place, 1000, 10), KEEPER_LATE);
    assert_int_equal(keep(place, 1000, 10), KEEPER_LATE);
    sqlite3_close(holder);
    assert_true(keeper_flush(place->keeper, 10000));
    assert_int_equal(kept(place), 2);
}

static void beyond_its_memory_mails_are_lost_and_said_to_be(void **state)
{
    const Place *place = *state;
    sqlite3 *holder = hold(place);

    for (int i = 0; i < 7; i++)
        assert_int_equal(keep(place, 4 * 1024 * 1024, 0), KEEPER_LATE);
    assert_int_equal(keep(place, 6 * 1024 * 1024, 0), KEEPER_LOST);
    sqlite3_close(holder);
    assert_true(keeper_flush(place->keeper, 20000));
    assert_int_equal(kept(place), 7);
    assert_int_equal(keep(place, 6 * 1024 * 1024, 20000), KEEPER_KEPT);
}

static void what_is_left_at_the_end_is_counted_as_lost(void **state)
{
    const Place *place = *state;
    sqlite3 *holder = hold(place);

    for (int i = 0; i < 200; i++) /* more than one group */
        assert_int_equal(keep(place, 10, 0), KEEPER_LATE);
    assert_false(keeper_flush(place->keeper, 50));
    assert_true(place->shared.health->counters[HEALTH_LOST] >= 100);
    sqlite3_close(holder);
    assert_true(keeper_flush(place->keeper, 20000));
}

static void a_gap_reaches_the_journal(void **state)
{
    const Place *place = *state;
    g_autoptr(Journal) reader =
        journal_open(place->path, JOURNAL_READER, JOURNAL_SYNC_NORMAL, NULL);
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(JournalGap));

    g_array_set_clear_func(gaps, (GDestroyNotify)journal_gap_clear);
    keeper_add_gap(place->keeper, 5, 9, "away");
    for (int i = 0; i < 1000 && gaps->len == 0; i++) {
        g_usleep(5000);
        assert_true(journal_gaps(reader, gaps, NULL));
    }
    assert_int_equal(gaps->len, 1);
    assert_int_equal(g_array_index(gaps, JournalGap, 0).until_ms, 9);
}

static void what_waits_in_memory_holds_the_whole_back(void **state)
{
    const Place *place = *state;
    sqlite3 *holder = hold(place);
    const int64_t before_ms = g_get_real_time() / 1000;
    const int64_t later_ms = before_ms + 60 * 1000;

    assert_int_equal(keeper_whole(place->keeper, later_ms), later_ms);
    assert_int_equal(keep(place, 10, 10), KEEPER_LATE);
    const int64_t whole_ms = keeper_whole(place->keeper, later_ms);
    assert_in_range(whole_ms, before_ms, g_get_real_time() / 1000);
    keeper_add_gap(place->keeper, 5, 9, "away");
    assert_int_equal(keeper_whole(place->keeper, later_ms), 5);
    sqlite3_close(holder);
    assert_true(keeper_flush(place->keeper, 20000));
    assert_int_equal(keeper_whole(place->keeper, later_ms), later_ms);
}

static void mails_that_pass_make_one_gap(void **state)
{
    const Place *place = *state;
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(JournalGap));
    const int64_t before_ms = g_get_real_time() / 1000;

    g_array_set_clear_func(gaps, (GDestroyNotify)journal_gap_clear);
    keeper_lose(place->keeper);
    keeper_lose(place->keeper);
    assert_in_range(keeper_whole(place->keeper, INT64_MAX), before_ms,
                    g_get_real_time() / 1000);
    assert_true(keeper_flush(place->keeper, 20000));
    g_autoptr(Journal) reader =
        journal_open(place->path, JOURNAL_READER, JOURNAL_SYNC_NORMAL, NULL);
    assert_true(journal_gaps(reader, gaps, NULL));
    assert_int_equal(gaps->len, 1);
    assert_true(g_array_index(gaps, JournalGap, 0).from_ms >= before_ms);
}

typedef struct Crowd {
    const Place *place;
    int kept; /* atomic */
} Crowd;

static void *keep_many(void *data)
{
    Crowd *crowd = data;

    for (int i = 0; i < 200; i++)
        __atomic_fetch_add(&crowd->kept,
                           keep(crowd->place, 500, 20000) == KEEPER_KEPT,
                           __ATOMIC_RELAXED);
    return NULL;
}

static void many_threads_keep_at_once(void **state)
{
    Crowd crowd = { .place = *state };
    pthread_t threads[8];

    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        pthread_create(&threads[i], NULL, keep_many, &crowd);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(crowd.kept, 1600);
    assert_int_equal(kept(crowd.place), 1600);
}

int main(void)
{
#define IN_A_FOLDER(test)                                                      \
    cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_mail_is_in_the_journal_when_its_wait_ends),
        IN_A_FOLDER(a_mail_does_not_wait_longer_than_told),
        IN_A_FOLDER(only_the_first_mail_waits_in_vain),
        IN_A_FOLDER(a_late_mail_is_kept_all_the_same),
        IN_A_FOLDER(beyond_its_memory_mails_are_lost_and_said_to_be),
        IN_A_FOLDER(what_is_left_at_the_end_is_counted_as_lost),
        IN_A_FOLDER(a_gap_reaches_the_journal),
        IN_A_FOLDER(what_waits_in_memory_holds_the_whole_back),
        IN_A_FOLDER(mails_that_pass_make_one_gap),
        IN_A_FOLDER(many_threads_keep_at_once),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    fflush(NULL);
    _exit(failed); /* the keepers' threads do not end */
}
