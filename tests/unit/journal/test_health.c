/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "journal/health.h"
#include "journal/journal.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *temporary(void)
{
    char *path = NULL;
    const int file = g_file_open_tmp("health-XXXXXX", &path, NULL);

    assert_true(file >= 0);
    close(file);
    return path;
}

static void save(const Health *health, const char *path)
{
    const int file = open(path, O_RDWR);

    assert_true(health_save(health, file, NULL));
    close(file);
}

static void what_was_saved_is_loaded(void **state)
{
    g_autofree char *path = temporary();
    Health health, loaded;

    (void)state;
    health_init(&health);
    health_count(&health, HEALTH_KEPT, 3);
    health_set(&health, HEALTH_OPEN_MAILS, 4);
    health_add(&health, HEALTH_OPEN_MAILS, -1);
    health_wait(&health, 90);
    health_say(&health, HEALTH_LAST_ERROR, "no room", 17);
    save(&health, path);
    assert_true(health_load(path, &loaded, NULL));
    assert_int_equal(loaded.counters[HEALTH_KEPT], 3);
    assert_int_equal(loaded.gauges[HEALTH_OPEN_MAILS], 3);
    assert_int_equal(loaded.wait_sum_us, 90);
    assert_string_equal(loaded.words[HEALTH_LAST_ERROR].text, "no room");
    assert_int_equal(loaded.words[HEALTH_LAST_ERROR].said_ms, 17);
    g_unlink(path);
}

/* FNV-1a, as the file has it. */
static uint64_t sum_of(const unsigned char *bytes, size_t length)
{
    uint64_t sum = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < length; i++)
        sum = (sum ^ bytes[i]) * UINT64_C(1099511628211);
    return sum;
}

static unsigned char *put(unsigned char *at, const void *from, size_t length)
{
    memcpy(at, from, length);
    return at + length;
}

/* As programs wrote them that had no room behind what they counted. */
static void what_an_older_program_saved_goes_on(void **state)
{
    static const struct {
        uint64_t form;
        unsigned counters, gauges;
        int64_t whole; /* the 29th gauge */
    } forms[] = {
        { 0x6c700008, 24, 33, 99 },
        { 0x6c700007, 24, 28, 0 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *path = temporary();
        unsigned char bytes[sizeof(Health)];
        unsigned char *at = bytes;
        Health health, loaded;
        uint64_t sum;

        health_init(&health);
        health_count(&health, HEALTH_KEPT, 7);
        health_set(&health, HEALTH_WAITING_LISTS, 2);
        health_set(&health, HEALTH_WHOLE_MS, 99);
        health_wait(&health, 80);
        health_say(&health, HEALTH_JOURNAL_ID, "abc", 5);
        at = put(at, &forms[i].form, sizeof forms[i].form);
        at = put(at, health.counters,
                 forms[i].counters * sizeof *health.counters);
        at = put(at, health.gauges, forms[i].gauges * sizeof *health.gauges);
        at = put(at, health.waits, sizeof health.waits);
        at = put(at, &health.wait_sum_us, sizeof health.wait_sum_us);
        at = put(at, health.words, 6 * sizeof *health.words);
        sum = sum_of(bytes, (size_t)(at - bytes));
        at = put(at, &sum, sizeof sum);
        assert_true(
            g_file_set_contents(path, (const char *)bytes, at - bytes, NULL));
        assert_true(health_load(path, &loaded, NULL));
        assert_int_equal(loaded.counters[HEALTH_KEPT], 7);
        assert_int_equal(loaded.gauges[HEALTH_WAITING_LISTS], 2);
        assert_int_equal(loaded.gauges[HEALTH_WHOLE_MS], forms[i].whole);
        assert_int_equal(loaded.wait_sum_us, 80);
        assert_string_equal(loaded.words[HEALTH_JOURNAL_ID].text, "abc");
        bytes[at - bytes - 9] ^= 1;
        assert_true(
            g_file_set_contents(path, (const char *)bytes, at - bytes, NULL));
        assert_false(health_load(path, &loaded, NULL));
        g_unlink(path);
    }
}

/* Of a program that counts more: what the one before did not have is 0. */
static void new_counters_find_room(void **state)
{
    g_autofree char *path = temporary();
    Health health, loaded;
    const int file = open(path, O_RDWR | O_CLOEXEC);

    (void)state;
    assert_true(file >= 0);
    health_init(&health);
    health_count(&health, HEALTH_COUNTERS - 1, 3);
    assert_true(health_save(&health, file, NULL));
    close(file);
    assert_true(health_load(path, &loaded, NULL));
    assert_int_equal(loaded.counters[HEALTH_COUNTERS - 1], 3);
    for (unsigned i = HEALTH_COUNTERS; i < HEALTH_COUNTERS_ROOM; i++)
        assert_int_equal(loaded.counters[i], 0);
    for (unsigned i = HEALTH_GAUGES; i < HEALTH_GAUGES_ROOM; i++)
        assert_int_equal(loaded.gauges[i], 0);
    g_unlink(path);
}

static void a_torn_or_foreign_file_is_refused(void **state)
{
    g_autofree char *path = temporary();
    g_autofree char *bytes = NULL;
    size_t length = 0;
    Health health, loaded;
    g_autoptr(GError) error = NULL;

    (void)state;
    health_init(&health);
    save(&health, path);
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    bytes[length / 2] ^= 1;
    assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
    assert_false(health_load(path, &loaded, &error));
    assert_true(g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN));
    g_unlink(path);
    g_clear_error(&error);
    assert_false(health_load(path, &loaded, &error));
    assert_true(g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_OPEN));
}

static void long_words_are_cut(void **state)
{
    Health health;
    g_autofree char *words = g_strnfill(1000, 'w');

    (void)state;
    health_init(&health);
    health_say(&health, HEALTH_CONFIG_ERROR, words, 1);
    g_autofree char *got = health_text(&health, HEALTH_CONFIG_ERROR);
    assert_int_equal(strlen(got), HEALTH_TEXT_MAX - 1);
}

static void words_of_a_writer_that_died_can_still_be_read(void **state)
{
    Health health;

    (void)state;
    health_init(&health);
    health_say(&health, HEALTH_LAST_ERROR, "before", 1);
    health.words[HEALTH_LAST_ERROR].changes++;
    g_autofree char *got = health_text(&health, HEALTH_LAST_ERROR);
    assert_string_equal(got, "before");
}

static void waits_fall_into_their_buckets(void **state)
{
    Health health;

    (void)state;
    health_init(&health);
    assert_int_equal(health_wait_quantile(&health, 0.5), 0);
    for (int i = 0; i < 98; i++)
        health_wait(&health, 60);
    health_wait(&health, 2000);
    health_wait(&health, 900000);
    assert_int_equal(health_wait_quantile(&health, 0.5), 75);
    assert_int_equal(health_wait_quantile(&health, 0.99), 2000);
    assert_int_equal(health_wait_quantile(&health, 1.0), 250000);
    assert_int_equal(health.waits[HEALTH_WAITS - 1], 1);
}

static void every_counter_and_gauge_has_a_name(void **state)
{
    (void)state;
    for (unsigned i = 0; i < HEALTH_COUNTERS; i++) {
        assert_non_null(health_counter_name(i));
        assert_non_null(health_counter_help(i));
    }
    for (unsigned i = 0; i < HEALTH_GAUGES; i++)
        assert_non_null(health_gauge_name(i));
    assert_string_equal(health_redis_name(HEALTH_REDIS_UP), "up");
    assert_string_equal(health_redis_name(77), "unknown");
}

static Health well_at(int64_t now_ms)
{
    Health health;

    health_init(&health);
    health.gauges[HEALTH_ALIVE_MS] = now_ms;
    health.gauges[HEALTH_PROCESSOR_PID] = 9;
    health.gauges[HEALTH_PROCESSOR_ALIVE_MS] = now_ms;
    health.gauges[HEALTH_REDIS_STATE] = HEALTH_REDIS_UP;
    return health;
}

static void trouble_is_named(void **state)
{
    const int64_t now = 1700000000000;
    static const struct {
        HealthGauge gauge;
        int64_t value;
        const char *part;
    } cases[] = {
        { HEALTH_STOPPED_MS, 5, "stopped" },
        { HEALTH_ALIVE_MS, 5, "does not run" },
        { HEALTH_PROCESSOR_PID, 0, "processor" },
        { HEALTH_PROCESSOR_ALIVE_MS, 5, "processor" },
        { HEALTH_REDIS_STATE, HEALTH_REDIS_UNREACHABLE, "reached" },
        { HEALTH_REDIS_STATE, HEALTH_REDIS_FULL, "room" },
        { HEALTH_JOURNAL_OLDEST_MS, 5, "lags" },
        { HEALTH_STALLED_SINCE_MS, 5, "journal" },
        { HEALTH_CONFIG_BAD, 1, "configuration" },
    };

    (void)state;
    Health health = well_at(now);
    assert_null(health_trouble(&health, now));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        health = well_at(now);
        health.gauges[cases[i].gauge] = cases[i].value;
        const char *trouble = health_trouble(&health, now);
        assert_non_null(trouble);
        assert_non_null(strstr(trouble, cases[i].part));
    }
}

/* What an older program did not say follows from the oldest row. */
static void what_is_covered_is_told_whatever_was_said(void **state)
{
    static const struct {
        int64_t covered, oldest, otherwise, told;
    } cases[] = {
        { 7, 5, 9, 7 }, { 0, 5, 9, 5 },   { 0, 12, 9, 9 },
        { 0, 0, 9, 9 }, { 12, 5, 9, 12 },
    };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        Health health;

        health_init(&health);
        health_set(&health, HEALTH_COVERED_MS, cases[i].covered);
        health_set(&health, HEALTH_JOURNAL_OLDEST_MS, cases[i].oldest);
        assert_int_equal(health_covered(&health, cases[i].otherwise),
                         cases[i].told);
    }
}

static void a_counter_is_read_alone(void **state)
{
    Health health;

    (void)state;
    health_init(&health);
    health_count(&health, HEALTH_GAPS, 3);
    health_note_gap(&health, 9);
    assert_int_equal(health_counter(&health, HEALTH_GAPS), 4);
    assert_int_equal(health_counter(&health, HEALTH_COUNTED), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_saved_is_loaded),
        cmocka_unit_test(what_an_older_program_saved_goes_on),
        cmocka_unit_test(new_counters_find_room),
        cmocka_unit_test(a_torn_or_foreign_file_is_refused),
        cmocka_unit_test(long_words_are_cut),
        cmocka_unit_test(words_of_a_writer_that_died_can_still_be_read),
        cmocka_unit_test(waits_fall_into_their_buckets),
        cmocka_unit_test(every_counter_and_gauge_has_a_name),
        cmocka_unit_test(trouble_is_named),
        cmocka_unit_test(what_is_covered_is_told_whatever_was_said),
        cmocka_unit_test(a_counter_is_read_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
