/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "journal/journal_gaps.h"
#include "journal/journal_origin.h"
#include "journal/journal_positions.h"
#include "journal/journal_rescue.h"
#include "journal/journal_rows.h"
#include "journal/journal_size.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

typedef struct Place {
    char *folder, *path;
    Journal *writer, *reader;
} Place;

static Journal *open_journal(const char *path, JournalMode mode)
{
    g_autoptr(GError) error = NULL;
    Journal *journal = journal_open(path, mode, JOURNAL_SYNC_NORMAL, &error);

    assert_null(error);
    return journal;
}

static int set_up(void **state)
{
    Place *place = g_new0(Place, 1);

    place->folder = g_dir_make_tmp("journal-XXXXXX", NULL);
    place->path = g_build_filename(place->folder, "journal.db", NULL);
    place->writer = open_journal(place->path, JOURNAL_WRITER);
    place->reader = open_journal(place->path, JOURNAL_READER);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    Place *place = *state;
    g_autoptr(GDir) folder = g_dir_open(place->folder, 0, NULL);

    journal_free(place->reader);
    journal_free(place->writer);
    for (const char *name = g_dir_read_name(folder); name != NULL;
         name = g_dir_read_name(folder)) {
        g_autofree char *path = g_build_filename(place->folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(place->folder);
    g_free(place->path);
    g_free(place->folder);
    g_free(place);
    return 0;
}

static void append_mail(Journal *journal, int64_t arrival_ms, const void *mail,
                        size_t length)
{
    JournalRow row = {
        .arrival_ms = arrival_ms,
        .capture_flags = 5,
        .size = length + 1,
        .lists = g_strdup("a.example b.example"),
        .queue_id = g_strdup("4XYZ"),
        .mail = g_bytes_new(mail, length),
    };
    JournalRow *const rows[] = { &row };

    assert_true(journal_append(journal, rows, 1, 1000, NULL));
    journal_row_clear(&row);
}

static void append(Journal *journal, int64_t arrival_ms, size_t length)
{
    g_autofree char *mail = g_strnfill(length, 'x');

    append_mail(journal, arrival_ms, mail, length);
}

static GArray *read_rows(Journal *journal, int64_t after, unsigned limit)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(JournalRow));

    g_array_set_clear_func(rows, (GDestroyNotify)journal_row_clear);
    assert_true(journal_read(journal, after, limit, rows, NULL));
    return rows;
}

static void what_was_appended_is_read_byte_for_byte(void **state)
{
    const Place *place = *state;
    const char mail[] = "From: a\n\nNUL \0 and \xff\n";

    append_mail(place->writer, 1700000000123, mail, sizeof mail);
    g_autoptr(GArray) rows = read_rows(place->reader, 0, 10);

    assert_int_equal(rows->len, 1);
    const JournalRow *row = &g_array_index(rows, JournalRow, 0);
    assert_int_equal(row->row, 1);
    assert_int_equal(row->arrival_ms, 1700000000123);
    assert_int_equal(row->capture_flags, 5);
    assert_int_equal(row->size, sizeof mail + 1);
    assert_string_equal(row->lists, "a.example b.example");
    assert_string_equal(row->queue_id, "4XYZ");
    assert_int_equal(g_bytes_get_size(row->mail), sizeof mail);
    assert_memory_equal(g_bytes_get_data(row->mail, NULL), mail, sizeof mail);
}

static void an_empty_mail_is_a_row_too(void **state)
{
    const Place *place = *state;

    append(place->writer, 1, 0);
    g_autoptr(GArray) rows = read_rows(place->reader, 0, 10);
    assert_int_equal(rows->len, 1);
    assert_int_equal(g_bytes_get_size(g_array_index(rows, JournalRow, 0).mail),
                     0);
}

static void rows_come_in_order_and_no_more_than_asked_for(void **state)
{
    const Place *place = *state;

    for (int i = 0; i < 10; i++)
        append(place->writer, 1000 - i, 10);
    g_autoptr(GArray) rows = read_rows(place->reader, 3, 4);
    assert_int_equal(rows->len, 4);
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(g_array_index(rows, JournalRow, i).row, 4 + i);
}

static void a_group_of_rows_is_appended_whole(void **state)
{
    const Place *place = *state;
    JournalRow group[3];
    JournalRow *pointers[3];

    for (unsigned i = 0; i < 3; i++) {
        group[i] = (JournalRow){ .lists = g_strdup("l"),
                                 .queue_id = g_strdup(""),
                                 .mail = g_bytes_new("m", 1) };
        pointers[i] = &group[i];
    }
    assert_true(journal_append(place->writer, pointers, 3, 100, NULL));
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(group[i].row, i + 1);
        journal_row_clear(&group[i]);
    }
}

static void the_id_lasts_and_differs_between_journals(void **state)
{
    Place *place = *state;
    g_autofree char *id = g_strdup(journal_id(place->writer));
    g_autofree char *other_path =
        g_build_filename(place->folder, "other.db", NULL);
    g_autoptr(Journal) other = open_journal(other_path, JOURNAL_WRITER);

    assert_int_equal(strlen(id), 32);
    assert_string_equal(journal_id(place->reader), id);
    assert_string_not_equal(journal_id(other), id);
    journal_free(place->writer);
    place->writer = open_journal(place->path, JOURNAL_WRITER);
    assert_string_equal(journal_id(place->writer), id);
}

static void nobody_else_may_read_the_file(void **state)
{
    const Place *place = *state;
    struct stat status;

    append(place->writer, 1, 10);
    assert_int_equal(stat(place->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    g_autofree char *log = g_strconcat(place->path, "-wal", NULL);
    assert_int_equal(stat(log, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void a_reader_does_not_make_a_journal(void **state)
{
    const Place *place = *state;
    g_autofree char *path = g_build_filename(place->folder, "none.db", NULL);
    g_autoptr(GError) error = NULL;

    assert_null(
        journal_open(path, JOURNAL_READER, JOURNAL_SYNC_NORMAL, &error));
    assert_true(g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_OPEN));
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void a_link_is_not_followed(void **state)
{
    const Place *place = *state;
    g_autofree char *path = g_build_filename(place->folder, "link.db", NULL);
    g_autoptr(GError) error = NULL;

    assert_int_equal(symlink(place->path, path), 0);
    assert_null(
        journal_open(path, JOURNAL_WRITER, JOURNAL_SYNC_NORMAL, &error));
    assert_true(g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_OPEN));
}

static void another_file_is_broken_not_overwritten(void **state)
{
    const Place *place = *state;
    g_autofree char *path = g_build_filename(place->folder, "text.db", NULL);
    g_autofree char *text = g_strnfill(5000, 't');
    g_autofree char *after = NULL;
    g_autoptr(GError) error = NULL;

    assert_true(g_file_set_contents(path, text, -1, NULL));
    assert_null(
        journal_open(path, JOURNAL_WRITER, JOURNAL_SYNC_NORMAL, &error));
    assert_true(g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN));
    assert_true(g_file_get_contents(path, &after, NULL, NULL));
    assert_string_equal(after, text);
}

/* Every 97th byte of a real file is turned: an answer, never a crash. */
static void a_damaged_file_gives_an_error_or_rows(void **state)
{
    const Place *place = *state;
    g_autofree char *path = g_build_filename(place->folder, "bad.db", NULL);
    g_autofree char *bytes = NULL;
    size_t length = 0;

    for (int i = 0; i < 8; i++)
        append(place->writer, i, 3000);
    assert_true(journal_checkpoint(place->reader, NULL));
    assert_true(g_file_get_contents(place->path, &bytes, &length, NULL));
    for (size_t i = 0; i < length; i += 97) {
        bytes[i] = (char)(bytes[i] ^ 0x55);
        assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
        g_autoptr(Journal) journal =
            journal_open(path, JOURNAL_READER, JOURNAL_SYNC_NORMAL, NULL);
        g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(JournalRow));
        g_array_set_clear_func(rows, (GDestroyNotify)journal_row_clear);
        if (journal != NULL)
            journal_read(journal, 0, 100, rows, NULL);
        assert_true(rows->len <= 8 * 64);
        bytes[i] = (char)(bytes[i] ^ 0x55);
    }
}

/* A lock of SQLite's own kind, held through a second library handle. */
static sqlite3 *hold_the_write_lock(const char *path)
{
    sqlite3 *holder = NULL;

    assert_int_equal(sqlite3_open(path, &holder), SQLITE_OK);
    assert_int_equal(sqlite3_exec(holder, "BEGIN IMMEDIATE", NULL, NULL, NULL),
                     SQLITE_OK);
    return holder;
}

static void a_writer_waits_no_longer_than_told(void **state)
{
    const Place *place = *state;
    JournalRow row = { .lists = g_strdup("l"),
                       .queue_id = g_strdup(""),
                       .mail = g_bytes_new("m", 1) };
    JournalRow *const rows[] = { &row };
    g_autoptr(GError) error = NULL;
    sqlite3 *holder = hold_the_write_lock(place->path);

    const int64_t start = g_get_monotonic_time();
    assert_false(journal_append(place->writer, rows, 1, 50, &error));
    assert_true(g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_BUSY));
    assert_true(g_get_monotonic_time() - start >= 50 * 1000);
    sqlite3_close(holder);
    assert_true(journal_append(place->writer, rows, 1, 50, NULL));
    journal_row_clear(&row);
}

static void rows_wait_until_they_are_applied(void **state)
{
    const Place *place = *state;
    int64_t applied = -1, arrival = -1;

    append(place->writer, 500, 10);
    append(place->writer, 600, 10);
    assert_true(journal_applied(place->reader, &applied, NULL));
    assert_int_equal(applied, 0);
    assert_true(journal_arrival_after(place->reader, 0, &arrival, NULL));
    assert_int_equal(arrival, 500);
    assert_true(journal_set_applied(place->reader, 1, 700, NULL, NULL));
    assert_true(journal_applied(place->reader, &applied, NULL));
    assert_int_equal(applied, 1);
    assert_true(journal_arrival_after(place->reader, 1, &arrival, NULL));
    assert_int_equal(arrival, 600);
    assert_true(journal_arrival_after(place->reader, 2, &arrival, NULL));
    assert_int_equal(arrival, 0);
}

static GArray *positions_new(void)
{
    GArray *positions = g_array_new(FALSE, FALSE, sizeof(JournalPosition));

    g_array_set_clear_func(positions, (GDestroyNotify)journal_position_clear);
    return positions;
}

static void each_list_has_its_own_position(void **state)
{
    const Place *place = *state;
    g_autoptr(GArray) set = positions_new();
    g_autoptr(GArray) got = positions_new();
    JournalPosition position = { g_strdup("b.example"), 7 };

    g_array_append_val(set, position);
    position = (JournalPosition){ g_strdup("a.example"), 9 };
    g_array_append_val(set, position);
    assert_true(journal_set_applied(place->reader, 9, 1, set, NULL));
    g_array_index(set, JournalPosition, 0).row = 10;
    g_array_set_size(set, 1);
    assert_true(journal_set_applied(place->reader, 10, 1, set, NULL));
    assert_true(journal_positions(place->reader, got, NULL));
    assert_int_equal(got->len, 2);
    assert_string_equal(g_array_index(got, JournalPosition, 0).list,
                        "a.example");
    assert_int_equal(g_array_index(got, JournalPosition, 0).row, 9);
    assert_int_equal(g_array_index(got, JournalPosition, 1).row, 10);
}

static unsigned trim_all(Journal *journal, int64_t before_ms,
                         uint64_t max_bytes)
{
    unsigned steps = 0;

    for (bool more = true; more; steps++)
        assert_true(journal_trim(journal, before_ms, max_bytes, &more, NULL));
    return steps;
}

static void old_applied_rows_are_trimmed_a_few_at_a_time(void **state)
{
    const Place *place = *state;
    int64_t first = 0, last = 0;

    for (int i = 0; i < 50; i++)
        append(place->writer, 1000 + i, 100);
    assert_true(journal_set_applied(place->reader, 45, 1, NULL, NULL));
    assert_true(trim_all(place->reader, 1040, UINT64_MAX) > 2);
    assert_true(journal_ends(place->reader, &first, &last, NULL));
    assert_int_equal(first, 41);
    assert_int_equal(last, 50);
    trim_all(place->reader, INT64_MAX, UINT64_MAX);
    assert_true(journal_ends(place->reader, &first, &last, NULL));
    assert_int_equal(first, 46);
}

static void rows_that_wait_are_never_trimmed_however_large(void **state)
{
    const Place *place = *state;
    int64_t first = 0;

    for (int i = 0; i < 20; i++)
        append(place->writer, 1000, 50000);
    trim_all(place->reader, INT64_MAX, 1000);
    assert_true(journal_ends(place->reader, &first, NULL, NULL));
    assert_int_equal(first, 1);
    assert_true(journal_set_applied(place->reader, 18, 1, NULL, NULL));
    trim_all(place->reader, 0, 500000);
    assert_true(journal_ends(place->reader, &first, NULL, NULL));
    assert_in_range(first, 2, 19);
}

static void a_row_number_is_never_given_twice(void **state)
{
    const Place *place = *state;
    int64_t last = 0;

    for (int i = 0; i < 5; i++)
        append(place->writer, 1, 10);
    assert_true(journal_set_applied(place->reader, 5, 1, NULL, NULL));
    trim_all(place->reader, INT64_MAX, 0);
    append(place->writer, 1, 10);
    assert_true(journal_ends(place->reader, NULL, &last, NULL));
    assert_int_equal(last, 6);
}

static void a_later_life_gives_higher_numbers(void **state)
{
    const Place *place = *state;
    int64_t last = 0, serial = 0;

    append(place->writer, 10, 10);
    append(place->writer, 20, 10);
    journal_skip_to(place->writer, 1000);
    append(place->writer, 30, 10);
    append(place->writer, 40, 10);
    journal_skip_to(place->writer, 500); /* a clock that was set back */
    append(place->writer, 50, 10);
    assert_true(journal_ends(place->reader, NULL, &last, NULL));
    assert_int_equal(last, 1002);
    static const struct {
        int64_t row, serial;
    } serials[] = { { 0, 0 },   { 2, 2 },    { 3, 2 },
                    { 999, 2 }, { 1000, 3 }, { 1002, 5 } };
    for (unsigned i = 0; i < G_N_ELEMENTS(serials); i++) {
        assert_true(
            journal_serial(place->reader, serials[i].row, &serial, NULL));
        assert_int_equal(serial, serials[i].serial);
    }
}

static void a_row_is_known_by_its_arrival(void **state)
{
    const Place *place = *state;
    int64_t arrival_ms = 0;
    bool is_there = false;

    append(place->writer, 10, 10);
    append(place->writer, 20, 10);
    assert_true(
        journal_arrival_of(place->reader, 2, &arrival_ms, &is_there, NULL));
    assert_true(is_there);
    assert_int_equal(arrival_ms, 20);
    assert_true(
        journal_arrival_of(place->reader, 3, &arrival_ms, &is_there, NULL));
    assert_false(is_there);
    assert_true(journal_arrival_before(place->reader, 2, &arrival_ms, NULL));
    assert_int_equal(arrival_ms, 10);
    assert_true(journal_arrival_before(place->reader, 1, &arrival_ms, NULL));
    assert_int_equal(arrival_ms, 0);
}

static void a_new_id_keeps_rows_lists_and_the_names_of_gaps(void **state)
{
    const Place *place = *state;
    g_autofree char *before = g_strdup(journal_id(place->reader));
    g_autoptr(GArray) positions =
        g_array_new(FALSE, FALSE, sizeof(JournalPosition));
    g_autoptr(GArray) known =
        g_array_new(FALSE, FALSE, sizeof(JournalPosition));
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(JournalGap));
    const JournalPosition position = { (char[]){ "a.example" }, 2 };
    JournalGap gap = { .lists = (char[]){ "" }, .why = (char[]){ "older" } };
    int64_t applied = 0;

    g_array_set_clear_func(known, (GDestroyNotify)journal_position_clear);
    g_array_set_clear_func(gaps, (GDestroyNotify)journal_gap_clear);
    for (int i = 0; i < 3; i++)
        append(place->writer, 10, 10);
    g_array_append_val(positions, position);
    assert_true(journal_set_applied(place->reader, 2, 1, positions, NULL));
    assert_true(journal_add_gap(place->writer, &gap, NULL));
    assert_true(journal_renew(place->reader, 1, &gap, NULL));

    assert_string_not_equal(journal_id(place->reader), before);
    assert_int_equal(journal_replay_to(place->reader), 3);
    assert_true(journal_applied(place->reader, &applied, NULL));
    assert_int_equal(applied, 1);
    assert_true(journal_positions(place->reader, known, NULL));
    assert_int_equal(known->len, 1);
    assert_int_equal(g_array_index(known, JournalPosition, 0).row, 0);
    assert_true(journal_gaps(place->reader, gaps, NULL));
    assert_int_equal(gaps->len, 2);
    assert_string_equal(g_array_index(gaps, JournalGap, 0).journal, before);
    assert_string_equal(g_array_index(gaps, JournalGap, 1).journal,
                        journal_id(place->reader));
    g_autoptr(Journal) again = open_journal(place->path, JOURNAL_READER);
    assert_string_equal(journal_id(again), journal_id(place->reader));
    assert_int_equal(journal_replay_to(again), 3);
}

/* As cp would. */
static void copy_file(const char *from, const char *to)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;

    assert_true(g_file_get_contents(from, &bytes, &length, NULL));
    assert_true(g_file_set_contents(to, bytes, (gssize)length, NULL));
}

static bool is_copy(Journal *journal)
{
    bool is_so = false;

    assert_true(journal_is_copy(journal, &is_so, NULL));
    return is_so;
}

static void add_position(GArray *positions, const char *list, int64_t row)
{
    const JournalPosition position = { (char *)(guintptr)list, row };

    g_array_append_val(positions, position);
}

static void a_copy_is_known_and_gets_an_id_of_its_own(void **state)
{
    const Place *place = *state;
    g_autofree char *path = g_strconcat(place->path, ".copy", NULL);
    g_autofree char *log = g_strconcat(place->path, "-wal", NULL);
    g_autofree char *log_copy = g_strconcat(path, "-wal", NULL);
    g_autoptr(GArray) positions =
        g_array_new(FALSE, FALSE, sizeof(JournalPosition));
    g_autoptr(GArray) priors =
        g_array_new(FALSE, FALSE, sizeof(JournalPosition));
    g_autoptr(GArray) known =
        g_array_new(FALSE, FALSE, sizeof(JournalPosition));
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(JournalGap));
    g_auto(JournalOrigin) origin = { .is_met = true };
    JournalGap gap = { .lists = (char[]){ "" }, .why = (char[]){ "older" } };
    int64_t applied = 0, told = 0;

    g_array_set_clear_func(known, (GDestroyNotify)journal_position_clear);
    g_array_set_clear_func(gaps, (GDestroyNotify)journal_gap_clear);
    for (int i = 0; i < 4; i++)
        append(place->writer, 10, 10);
    add_position(positions, "a.example", 3);
    add_position(positions, "held b.example", 2);
    assert_true(journal_set_applied(place->reader, 3, 1, positions, NULL));
    assert_true(journal_set_origin(place->reader, &origin, NULL, NULL));
    assert_true(journal_set_told(place->reader, 2, NULL));
    assert_true(journal_add_gap(place->writer, &gap, NULL));
    assert_false(is_copy(place->writer));
    copy_file(place->path, path);
    copy_file(log, log_copy);

    g_autoptr(Journal) copy = open_journal(path, JOURNAL_WRITER);
    assert_true(is_copy(copy));
    assert_string_equal(journal_id(copy), journal_id(place->writer));
    add_position(priors, "prior x a.example", 3);
    assert_true(journal_part(copy, 77, priors, NULL));
    assert_false(is_copy(copy));
    assert_string_not_equal(journal_id(copy), journal_id(place->writer));
    assert_int_equal(journal_replay_to(copy), 4);
    /* what Redis was not told of is sent again */
    assert_true(journal_applied(copy, &applied, NULL));
    assert_int_equal(applied, 2);
    assert_true(journal_told(copy, &told, NULL));
    assert_int_equal(told, 0);
    assert_true(journal_get_origin(copy, &origin, NULL));
    assert_false(origin.is_met);
    assert_true(origin.is_copy);
    assert_string_equal(origin.priors, journal_id(place->writer));
    assert_int_equal(origin.told, 2);
    assert_int_equal(origin.begun_ms, 77);
    assert_true(journal_positions(copy, known, NULL));
    assert_int_equal(known->len, 3);
    assert_int_equal(g_array_index(known, JournalPosition, 0).row, 0);
    assert_int_equal(g_array_index(known, JournalPosition, 1).row, 2);
    assert_int_equal(g_array_index(known, JournalPosition, 2).row, 3);
    assert_true(journal_gaps(copy, gaps, NULL));
    assert_int_equal(gaps->len, 1);
    assert_string_equal(g_array_index(gaps, JournalGap, 0).journal,
                        journal_id(place->writer));
    assert_false(is_copy(place->writer));
}

/* Redis did not meet it: what came before it is still to be seen to. */
static void a_copy_that_redis_did_not_meet_keeps_its_priors(void **state)
{
    const Place *place = *state;
    g_auto(JournalOrigin) before = { .priors = g_strdup("p q"), .told = 9 };
    g_auto(JournalOrigin) after = { 0 };

    append(place->writer, 10, 10);
    assert_true(journal_set_origin(place->writer, &before, NULL, NULL));
    assert_true(journal_part(place->writer, 77, NULL, NULL));
    assert_true(journal_get_origin(place->writer, &after, NULL));
    assert_string_equal(after.priors, "p q");
    assert_int_equal(after.told, 9);
}

static void a_row_set_aside_is_known_as_such(void **state)
{
    const Place *place = *state;
    bool is_aside = true;

    assert_true(journal_is_aside(place->reader, 3, &is_aside, NULL));
    assert_false(is_aside);
    assert_true(journal_set_aside(place->reader, 3, "killed us", NULL));
    assert_true(journal_set_aside(place->reader, 3, "again", NULL));
    assert_true(journal_is_aside(place->reader, 3, &is_aside, NULL));
    assert_true(is_aside);
}

static void gaps_are_kept_in_order(void **state)
{
    const Place *place = *state;
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(JournalGap));
    JournalGap gap = { .from_ms = 10,
                       .until_ms = 20,
                       .lists = (char[]){ "" },
                       .why = (char[]){ "stopped" } };

    g_array_set_clear_func(gaps, (GDestroyNotify)journal_gap_clear);
    assert_true(journal_add_gap(place->writer, &gap, NULL));
    assert_int_equal(gap.gap, 1);
    assert_true(journal_add_gap(place->reader, &gap, NULL));
    assert_true(journal_gaps(place->reader, gaps, NULL));
    assert_int_equal(gaps->len, 2);
    assert_int_equal(g_array_index(gaps, JournalGap, 1).until_ms, 20);
    assert_string_equal(g_array_index(gaps, JournalGap, 1).why, "stopped");
}

static void the_log_does_not_grow_for_ever(void **state)
{
    const Place *place = *state;
    g_autofree char *log = g_strconcat(place->path, "-wal", NULL);
    struct stat status;

    for (int round = 0; round < 12; round++) {
        for (int i = 0; i < 20; i++)
            append(place->writer, 1, 200000);
        assert_true(journal_checkpoint(place->reader, NULL));
        append(place->writer, 1, 10); /* one more before each */
    }
    assert_int_equal(stat(log, &status), 0);
    assert_true(status.st_size < 48 * 1024 * 1024);
}

static void another_journal_inherits_gaps_under_their_names(void **state)
{
    const Place *place = *state;
    g_autofree char *aside = g_strconcat(place->path, ".aside", NULL);
    g_autofree char *id = g_strdup(journal_id(place->writer));
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(JournalGap));
    g_autoptr(GArray) positions =
        g_array_new(FALSE, FALSE, sizeof(JournalPosition));
    const JournalHeritage heritage = {
        .origin = { .priors = (char[]){ "x" }, .told = 4 },
        .rescue = { aside, 3, 50, 9 },
        .gaps = gaps,
        .positions = positions,
    };
    const JournalPosition position = { (char[]){ "l.example" }, 5 };
    JournalGap gap = { 0, NULL, 5, 9, (char[]){ "" }, (char[]){ "away" } };

    g_array_set_clear_func(gaps, (GDestroyNotify)journal_gap_clear);
    for (int i = 0; i < 3; i++)
        assert_true(journal_add_gap(place->writer, &gap, NULL));
    assert_true(journal_gaps(place->writer, gaps, NULL));
    g_array_remove_index(gaps, 0);
    const JournalGap new = { 0, NULL, 6, 8, g_strdup(""), g_strdup("new") };
    g_array_append_val(gaps, new);
    g_autoptr(Journal) another =
        journal_begin_another(place->writer, aside, NULL);
    assert_non_null(another);
    g_array_append_val(positions, position);
    assert_true(journal_inherit(another, &heritage, NULL));
    g_array_set_size(gaps, 0);
    g_array_set_size(positions, 0);
    assert_true(journal_positions(another, positions, NULL));
    assert_int_equal(positions->len, 1);
    journal_position_clear(&g_array_index(positions, JournalPosition, 0));
    assert_true(journal_gaps(another, gaps, NULL));
    assert_int_equal(gaps->len, 3);
    const JournalGap *got = (const JournalGap *)(void *)gaps->data;
    assert_int_equal(got[0].gap, 2);
    assert_string_equal(got[0].journal, id);
    assert_int_equal(got[1].gap, 3);
    assert_int_equal(got[2].gap, 4);
    assert_string_equal(got[2].journal, journal_id(another));
    JournalRescue left;
    assert_true(journal_get_rescue(another, &left, NULL));
    assert_int_equal(left.last, 9);
    journal_rescue_clear(&left);
}

static void rows_follow_one_another_but_for_jumps(void **state)
{
    const Place *place = *state;

    append(place->writer, 1, 10);
    append(place->writer, 2, 10);
    journal_skip_to(place->writer, 100);
    append(place->writer, 3, 10);
    assert_true(journal_follows(place->writer, 1, 2));
    assert_true(journal_follows(place->writer, 2, 100));
    assert_false(journal_follows(place->writer, 1, 100));
    assert_false(journal_follows(place->writer, 1, 3));
    assert_true(journal_follows(place->writer, 50, 100));
}

/* As a backup that is put back: the new file may get the deleted one's inode.
 */
static void a_file_in_the_place_of_another_has_a_number_of_its_own(void **state)
{
    const Place *place = *state;
    g_autofree char *path = g_strconcat(place->path, ".other", NULL);
    int64_t before = 0, now = 0, log = 0;

    for (unsigned i = 0; i < 20; i++) {
        assert_true(g_file_set_contents(path, "x", 1, NULL));
        journal_numbers_at(path, &now, &log);
        assert_int_not_equal(now, 0);
        assert_int_not_equal(now, before);
        assert_int_equal(log, 0);
        before = now;
        assert_int_equal(unlink(path), 0);
        g_usleep(20 * 1000); /* birth is told in ticks of the kernel */
    }
    journal_numbers_at(path, &now, &log);
    assert_int_equal(now, 0);
}

static void its_files_have_numbers(void **state)
{
    const Place *place = *state;
    g_autofree char *other = g_strconcat(place->path, ".other", NULL);
    int64_t file = 0, log = 0;

    journal_numbers_at(place->path, &file, &log);
    assert_int_equal(file, journal_file_number(place->writer));
    assert_int_equal(log, journal_log_number(place->writer));
    assert_true(g_file_set_contents(other, "x", 1, NULL));
    assert_int_equal(g_rename(other, place->path), 0);
    journal_numbers_at(place->path, &file, &log);
    assert_int_not_equal(file, journal_file_number(place->writer));
    assert_int_equal(log, journal_log_number(place->writer));
}

int main(void)
{
#define IN_A_FOLDER(test)                                                      \
    cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(what_was_appended_is_read_byte_for_byte),
        IN_A_FOLDER(an_empty_mail_is_a_row_too),
        IN_A_FOLDER(rows_come_in_order_and_no_more_than_asked_for),
        IN_A_FOLDER(a_group_of_rows_is_appended_whole),
        IN_A_FOLDER(the_id_lasts_and_differs_between_journals),
        IN_A_FOLDER(nobody_else_may_read_the_file),
        IN_A_FOLDER(a_reader_does_not_make_a_journal),
        IN_A_FOLDER(a_link_is_not_followed),
        IN_A_FOLDER(another_file_is_broken_not_overwritten),
        IN_A_FOLDER(a_damaged_file_gives_an_error_or_rows),
        IN_A_FOLDER(a_writer_waits_no_longer_than_told),
        IN_A_FOLDER(rows_wait_until_they_are_applied),
        IN_A_FOLDER(each_list_has_its_own_position),
        IN_A_FOLDER(old_applied_rows_are_trimmed_a_few_at_a_time),
        IN_A_FOLDER(rows_that_wait_are_never_trimmed_however_large),
        IN_A_FOLDER(a_row_number_is_never_given_twice),
        IN_A_FOLDER(a_later_life_gives_higher_numbers),
        IN_A_FOLDER(a_row_is_known_by_its_arrival),
        IN_A_FOLDER(a_new_id_keeps_rows_lists_and_the_names_of_gaps),
        IN_A_FOLDER(a_copy_is_known_and_gets_an_id_of_its_own),
        IN_A_FOLDER(a_copy_that_redis_did_not_meet_keeps_its_priors),
        IN_A_FOLDER(a_row_set_aside_is_known_as_such),
        IN_A_FOLDER(gaps_are_kept_in_order),
        IN_A_FOLDER(the_log_does_not_grow_for_ever),
        IN_A_FOLDER(another_journal_inherits_gaps_under_their_names),
        IN_A_FOLDER(rows_follow_one_another_but_for_jumps),
        IN_A_FOLDER(its_files_have_numbers),
        IN_A_FOLDER(a_file_in_the_place_of_another_has_a_number_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
