/* SPDX-License-Identifier: MIT */
#include "milter/keeper_rescue.h"

#include "journal/journal_gaps.h"
#include "journal/journal_rows.h"
#include "milter/clock.h"
#include "milter/keeper_state.h"
#include "milter/log.h"

#include "base/banned.h"

enum {
    RESCUE_ROWS = 16, /* copied in one step */
    RESCUE_NOTE_ROWS = 1024,
};

/* Straight into the journal, since what is remembered of the rescue moves on
 * behind it. False: not now. */
static bool name_damage(Keeper *keeper, int64_t from_ms, int64_t until_ms)
{
    JournalGap gap = { .from_ms = MIN(from_ms, until_ms),
                       .until_ms = until_ms,
                       .lists = (char[]){ "" },
                       .why = (char[]){ "the journal was damaged" } };

    if (!journal_add_gap(keeper->journal, &gap, NULL))
        return false;
    health_note_gap(keeper->shared->health, gap.gap);
    return true;
}

static void end_rescue(Keeper *keeper)
{
    const JournalRescue none = { 0 };
    const bool is_unread = keeper->unread_since_ms != 0;

    if ((is_unread &&
         !name_damage(keeper, keeper->unread_since_ms, clock_now_ms())) ||
        !journal_set_rescue(keeper->journal, &none, NULL)) {
        g_usleep(RETRY_PAUSE_US);
        return;
    }
    log_notice("%" G_GUINT64_FORMAT " mails were copied from the old journal%s",
               keeper->rescued, is_unread ? "; others cannot be read" : "");
    keeper->unread_since_ms = 0;
    g_clear_pointer(&keeper->damaged, journal_free);
    journal_rescue_clear(&keeper->rescue);
}

static bool copy_rows(Keeper *keeper, GArray *rows, GError **error)
{
    JournalRow *pointers[RESCUE_ROWS] = { NULL };

    for (unsigned i = 0; i < rows->len; i++)
        pointers[i] = &g_array_index(rows, JournalRow, i);
    return journal_append(keeper->journal, pointers, rows->len,
                          TURN_WAIT_MILLISECONDS, error);
}

/* A time in which rows are missing. */
typedef struct Hole {
    int64_t from_ms, until_ms;
} Hole;

/* Numbers follow one another: where one is missing, a row was not read, be it
 * that the damage was seen or not. */
static GArray *holes_in(const Keeper *keeper, const GArray *rows)
{
    GArray *holes = g_array_new(FALSE, FALSE, sizeof(Hole));
    int64_t after = keeper->rescue.after, since_ms = keeper->rescue.since_ms;

    for (unsigned i = 0; i < rows->len; i++) {
        const JournalRow *row = &g_array_index(rows, JournalRow, i);
        const Hole hole = { since_ms, row->arrival_ms + JOURNAL_ORDER_MS };

        if (after != 0 && !journal_follows(keeper->damaged, after, row->row))
            g_array_append_val(holes, hole);
        after = row->row;
        since_ms = row->arrival_ms - JOURNAL_ORDER_MS;
    }
    return holes;
}

static bool name_holes(Keeper *keeper, const GArray *holes)
{
    for (unsigned i = 0; i < holes->len; i++) {
        const Hole *hole = &g_array_index(holes, Hole, i);

        if (!name_damage(keeper, hole->from_ms, hole->until_ms))
            return false;
    }
    return true;
}

static void on_copied(Keeper *keeper, const GArray *rows, int64_t last_row,
                      int64_t last_ms)
{
    Health *health = keeper->shared->health;

    keeper->rescue.after = last_row;
    keeper->rescue.since_ms = last_ms - JOURNAL_ORDER_MS;
    if (keeper->rescued / RESCUE_NOTE_ROWS !=
        (keeper->rescued + rows->len) / RESCUE_NOTE_ROWS)
        (void)journal_set_rescue(keeper->journal, &keeper->rescue, NULL);
    keeper->rescued += rows->len;
    health_set(health, HEALTH_JOURNAL_LAST,
               g_array_index(rows, JournalRow, rows->len - 1).row);
    health_add(health, HEALTH_JOURNAL_ROWS, rows->len);
    shared_ring(keeper->shared);
}

/* Not on to what follows before holes are named: they would be forgotten. */
static void take_over(Keeper *keeper, GArray *rows)
{
    const JournalRow last = g_array_index(rows, JournalRow, rows->len - 1);
    g_autoptr(GArray) holes = holes_in(keeper, rows);

    if (copy_rows(keeper, rows, NULL) && name_holes(keeper, holes))
        on_copied(keeper, rows, last.row, last.arrival_ms);
    else
        g_usleep(RETRY_PAUSE_US);
}

/* A few rows, between mails. Only this thread uses the journals. */
static void rescue_some(Keeper *keeper)
{
    g_autoptr(GArray) rows = journal_rows_new();
    bool damaged = false;

    journal_read_what_can_be(keeper->damaged, keeper->rescue.after, RESCUE_ROWS,
                             rows, &damaged);
    if (rows->len > 0) {
        take_over(keeper, rows);
        return;
    }
    if (damaged || keeper->rescue.after < keeper->rescue.last)
        keeper->unread_since_ms = keeper->rescue.since_ms;
    end_rescue(keeper);
}

void keeper_rescue_go_on(Keeper *keeper)
{
    if (keeper->damaged != NULL) {
        rescue_some(keeper);
        return;
    }
    keeper->unread_since_ms = keeper->rescue.since_ms; /* it is gone */
    end_rescue(keeper);
}

/* What an earlier life could not copy. */
void keeper_rescue_resume(Keeper *keeper)
{
    if (!journal_get_rescue(keeper->journal, &keeper->rescue, NULL) ||
        keeper->rescue.file == NULL)
        return;
    if (*keeper->rescue.file != '\0')
        keeper->damaged = journal_open(keeper->rescue.file, JOURNAL_READER,
                                       JOURNAL_SYNC_NORMAL, NULL);
}
