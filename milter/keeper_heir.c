/* SPDX-License-Identifier: MIT */
#include "milter/keeper_heir.h"

#include "journal/journal_gaps.h"
#include "journal/journal_rows.h"
#include "milter/clock.h"
#include "milter/keeper_state.h"
#include "milter/log.h"
#include "milter/priors.h"

#include "base/banned.h"

enum { RENEW_PAUSE_US = 10 * 1000 * 1000 };

static void say_journal(const Keeper *keeper)
{
    static const HealthGauge rows[] = {
        HEALTH_JOURNAL_LAST,      HEALTH_JOURNAL_APPLIED,
        HEALTH_JOURNAL_ROWS,      HEALTH_JOURNAL_ROWS_APPLIED,
        HEALTH_JOURNAL_OLDEST_MS, HEALTH_PARSING_ROW,
        HEALTH_FATAL_ROW,         HEALTH_FATAL_POINTS,
        HEALTH_JOURNAL_FAULT,
    };
    Health *health = keeper->shared->health;

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        health_set(health, rows[i], 0);
    health_say(health, HEALTH_JOURNAL_ID, journal_id(keeper->journal),
               clock_now_ms());
    health_set(health, HEALTH_JOURNAL_LOG, journal_log_number(keeper->journal));
    /* From here on the processor opens it. */
    health_set(health, HEALTH_JOURNAL_FILE,
               journal_file_number(keeper->journal));
}

/* Of the one that begins after this one. Where Redis did not meet this one, it
 * has to see to what came before this one still. A damaged one may say nothing.
 */
static JournalOrigin origin_after(const Health *health, Journal *journal)
{
    const int64_t applied = health_get(health, HEALTH_JOURNAL_APPLIED);
    JournalOrigin origin = { 0 };
    const bool is_readable = journal_learn_id(journal, NULL) &&
                             journal_get_origin(journal, &origin, NULL);

    if (!is_readable || origin.is_met) {
        journal_origin_add(&origin, journal_id(journal));
        origin.told = 0;
        if (!journal_told(journal, &origin.told, NULL) || !is_readable)
            origin.told = health_get(health, HEALTH_HELD_LISTS) > 0
                              ? INT64_MAX /* what they miss is not known */
                              : applied;
        origin.told = MAX(origin.told, JOURNAL_TOLD_MIN);
    }
    origin.is_met = false;
    origin.begun_ms = clock_now_ms();
    return origin;
}

/* What arrived before is in Redis, or named there. */
static int64_t covered_ms(const Health *health)
{
    return health_covered(health, health_get(health, HEALTH_STARTED_MS));
}

static JournalRescue begin_rescue(const Keeper *keeper, const char *file,
                                  const JournalOrigin *origin, int64_t applied)
{
    const Health *health = keeper->shared->health;

    return (JournalRescue){
        .file = g_strdup(file),
        /* Redis will be asked for what was told. What was not may have been
         * counted, or waits for a list that is held. */
        .after = origin->told != INT64_MAX ? MIN(applied, origin->told) : 0,
        .since_ms = MIN(covered_ms(health), clock_now_ms()),
        .last = health_get(health, HEALTH_JOURNAL_LAST),
    };
}

static void leave_gap(GArray *gaps, int64_t from_ms, const char *why)
{
    const int64_t now_ms = clock_now_ms();
    const JournalGap gap = { .from_ms = MIN(from_ms, now_ms),
                             .until_ms = now_ms,
                             .lists = g_strdup(""),
                             .why = g_strdup(why) };

    g_array_append_val(gaps, gap);
}

/* All that the journal has; where some cannot be read, a gap that has their
 * times. Owned. */
static GArray *gaps_of(const Keeper *keeper)
{
    const Health *health = keeper->shared->health;
    GArray *gaps = journal_gaps_new();
    int64_t last = 0;

    const bool is_read = journal_gaps(keeper->journal, gaps, NULL);
    for (unsigned i = 0; i < gaps->len; i++)
        last = MAX(last, g_array_index(gaps, JournalGap, i).gap);
    if (!is_read || last < health_get(health, HEALTH_JOURNAL_GAP))
        leave_gap(gaps, covered_ms(health), "the journal was damaged");
    return gaps;
}

static void heritage_free(JournalHeritage *heritage)
{
    if (heritage == NULL)
        return;
    journal_origin_clear(&heritage->origin);
    journal_rescue_clear(&heritage->rescue);
    g_array_unref(heritage->gaps);
    g_array_unref(heritage->positions);
    g_free(heritage);
}

static void put_journal(Keeper *keeper, Journal *another, const char *file)
{
    const Health *health = keeper->shared->health;
    const int64_t applied = health_get(health, HEALTH_JOURNAL_APPLIED);
    JournalHeritage *heritage = keeper->heritage;

    journal_skip_to(another, clock_row_number());
    if (heritage != NULL) { /* it did not even get what was its due */
        journal_free(keeper->journal);
        keeper->journal = another;
        return;
    }
    heritage = g_new0(JournalHeritage, 1);
    *heritage = (JournalHeritage){
        .origin = origin_after(health, keeper->journal),
        .gaps = gaps_of(keeper),
        .positions = priors_after(keeper->journal),
    };
    heritage->rescue = begin_rescue(keeper, file, &heritage->origin, applied);
    if (keeper->rescue.file != NULL)
        leave_gap(heritage->gaps, keeper->rescue.since_ms,
                  "the journal was damaged again");
    journal_free(keeper->damaged); /* what was not copied yet stays aside */
    journal_rescue_clear(&keeper->rescue);
    keeper->damaged = keeper->journal;
    keeper->journal = another;
    keeper->heritage = heritage;
    keeper->rescue = heritage->rescue;
    keeper->rescue.file = g_strdup(file);
    keeper->unread_since_ms = 0;
    keeper->rescued = 0;
}

/* Those that it got now are new. */
static void note_gaps(Health *health, const GArray *gaps)
{
    int64_t last = 0;

    for (unsigned i = 0; i < gaps->len; i++) {
        const JournalGap *gap = &g_array_index(gaps, JournalGap, i);

        last = MAX(last, gap->gap);
        health_count(health, HEALTH_GAPS, gap->journal == NULL);
    }
    health_set(health, HEALTH_JOURNAL_GAP, last);
}

bool keeper_heir_hand_down(Keeper *keeper, GError **error)
{
    JournalHeritage *heritage = keeper->heritage;

    if (!journal_inherit(keeper->journal, heritage, error))
        return false;
    (void)journal_checkpoint(keeper->journal, NULL); /* lasts from here on */
    note_gaps(keeper->shared->health, heritage->gaps);
    g_clear_pointer(&keeper->heritage, heritage_free);
    say_journal(keeper);
    return true;
}

/* Without the mutex, as all that follows: files may be slow.
 * A processor that has the old one open sees that its files are not in place.
 */
void keeper_heir_begin(Keeper *keeper, const char *why, bool is_gone)
{
    const int64_t now_us = clock_ticks_us();
    g_autoptr(GError) error = NULL;

    if (keeper->renewed_us != 0 && now_us - keeper->renewed_us < RENEW_PAUSE_US)
        return;
    keeper->renewed_us = now_us;
    g_autofree char *aside =
        journal_aside_name(keeper->journal, clock_now_ms() / 1000);
    Journal *another = journal_begin_another(keeper->journal, aside, &error);
    if (another == NULL) {
        log_error("the journal %s, and no other can be made: %s", why,
                  error->message);
        return;
    }
    log_error("the journal %s: another one is begun, mails that were not "
              "counted are copied; what stands in its place is now %s",
              why, aside);
    put_journal(keeper, another, is_gone ? "" : aside);
}
