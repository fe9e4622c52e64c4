/* SPDX-License-Identifier: MIT */
#include "milter/feed.h"

#include "base/gap.h"
#include "milter/anchors.h"
#include "milter/clock.h"
#include "milter/log.h"
#include "milter/marks.h"
#include "milter/places.h"
#include "milter/reading.h"
#include "milter/retention.h"
#include "milter/upgrade.h"
#include "store/store.h"

#include <string.h>

#include "base/banned.h"

enum {
    ROWS_MAX = 64, /* in one go */
    ITEMS_MAX = 256,
    PAUSE_FIRST_MS = 100,
    PAUSE_MAX_MS = 30 * 1000,
    PAUSE_LONG_MS = 10 * 1000, /* only a person can mend it */
    GAP_LISTS_MAX = 20,        /* more are called all */
    CHECK_LISTS = 32,          /* a check; each is a round trip */
    ARRIVAL_MAX_BITS = 46,     /* of an arrival in Redis */
    TELL_MS = 10 * 60 * 1000,  /* a mark, though nothing came */
    HOLD_FIRST_MS = 5 * 1000,
    HOLD_MAX_MS = 10 * 60 * 1000,
};

/* In the journal, beside the place of a list: this and its id, and the first
 * row that it missed; 0: it is held no more. */
static const char held_place[] = "held ";

/* What is known of a list. */
typedef struct ListState {
    int64_t in_redis; /* the last row that is there for sure */
    int64_t sent;     /* the last row sent on this connection; what the next
                         one must follow */
    bool is_asked;    /* Redis was asked on this connection */
    bool is_changed;  /* in_redis is not in the journal yet */
    int64_t noted;    /* the last row that the health counts; 0: not known */
    int64_t missed;   /* it is held: the first row that it missed; 0: it is
                         counted */
    bool is_missed_changed; /* not in the journal yet */
    int hold_ms;            /* how long it was held last, before a try */
    int64_t try_at_ms;
} ListState;

struct Feed {
    Journal *journal;
    const Settings *settings;
    Health *health;
    Store *store;
    bool starts_nothing;
    GHashTable *lists; /* id -> ListState * */
    int64_t cursor;    /* rows up to it are in Redis */
    bool is_changed;   /* the cursor is not in the journal yet */
    int64_t noted;     /* rows up to it are in the health's counters */
    int pause_ms;
    uint64_t gaps_told; /* HEALTH_GAPS when Redis was told of them */
    int64_t told_row;   /* in the journal's mark; -1: on this connection none
                              was written */
    int64_t tell_at_ms;
    unsigned check_turn; /* of the lists, which are checked next */
    Places *places;
    Anchors *anchors;
    bool are_priors_seen; /* in Redis; to be dropped from the journal */
    Retention retention;
    Upgrade upgrade;
};

/* Activities of rows, on their way to Redis. */
typedef struct Batch {
    GArray *items;         /* StoreItem */
    GArray *rows;          /* int64_t, the row of each item */
    GPtrArray *activities; /* owner of what the items point to */
    int64_t last;          /* the last row that was looked at */
} Batch;

/* --- lists ---------------------------------------------------------------- */

static ListState *state_of(Feed *feed, const char *list)
{
    ListState *state = g_hash_table_lookup(feed->lists, list);

    if (state == NULL) {
        state = g_new0(ListState, 1);
        g_hash_table_insert(feed->lists, g_strdup(list), state);
    }
    return state;
}

static bool load_positions(Feed *feed, GError **error)
{
    int64_t held = 0;
    g_autoptr(GArray) positions =
        g_array_new(FALSE, FALSE, sizeof(JournalPosition));

    g_array_set_clear_func(positions, (GDestroyNotify)journal_position_clear);
    if (!journal_applied(feed->journal, &feed->cursor, error) ||
        !journal_positions(feed->journal, positions, error))
        return false;
    for (unsigned i = 0; i < positions->len; i++) {
        const JournalPosition *position =
            &g_array_index(positions, JournalPosition, i);
        if (places_is_position(position)) {
            places_load(feed->places, position);
            continue;
        }
        if (anchors_load(feed->anchors, position))
            continue;
        if (!g_str_has_prefix(position->list, held_place)) {
            state_of(feed, position->list)->in_redis = position->row;
            continue;
        }
        const char *list = position->list + strlen(held_place);
        state_of(feed, list)->missed = position->row;
        held += position->row != 0;
    }
    health_set(feed->health, HEALTH_HELD_LISTS, held);
    return true;
}

/* The health is that of the last life, which may have ended before it had all
 * that the journal knows to be in Redis; the rest is noted as it is read. */
static bool catch_up(Feed *feed, GError **error)
{
    int64_t known = 0, now = 0;

    feed->noted = health_get(feed->health, HEALTH_JOURNAL_APPLIED);
    if (feed->noted >= feed->cursor)
        return true;
    if (!journal_serial(feed->journal, feed->noted, &known, error) ||
        !journal_serial(feed->journal, feed->cursor, &now, error))
        return false;
    health_count(feed->health, HEALTH_COUNTED, (uint64_t)MAX(now - known, 0));
    feed->noted = feed->cursor;
    return true;
}

/* For status: where the cursor is. */
static void show_cursor(Feed *feed)
{
    int64_t rows = 0;

    health_set(feed->health, HEALTH_JOURNAL_APPLIED, feed->cursor);
    if (journal_serial(feed->journal, feed->cursor, &rows, NULL))
        health_set(feed->health, HEALTH_JOURNAL_ROWS_APPLIED, rows);
}

/* --- what Redis is like --------------------------------------------------- */

static HealthRedis redis_state_of(const GError *error)
{
    if (error->domain != STORE_ERROR)
        return HEALTH_REDIS_UNREACHABLE;
    switch (error->code) {
    case STORE_ERROR_WAIT:
        return HEALTH_REDIS_WAITING;
    case STORE_ERROR_MASTER:
        return HEALTH_REDIS_NO_MASTER;
    case STORE_ERROR_FULL:
        return HEALTH_REDIS_FULL;
    case STORE_ERROR_EVICTS:
        return HEALTH_REDIS_EVICTS;
    case STORE_ERROR_DENIED:
    case STORE_ERROR_SPEC:
        return HEALTH_REDIS_DENIED;
    case STORE_ERROR_SCHEMA:
        return HEALTH_REDIS_SCHEMA;
    default:
        return HEALTH_REDIS_UNREACHABLE;
    }
}

/* True if it changed. */
static bool set_redis_state(const Feed *feed, HealthRedis state)
{
    if (health_get(feed->health, HEALTH_REDIS_STATE) == (int64_t)state)
        return false;
    health_set(feed->health, HEALTH_REDIS_STATE, state);
    health_set(feed->health, HEALTH_REDIS_SINCE_MS, clock_now_ms());
    return true;
}

static int next_pause(int pause_ms, HealthRedis state)
{
    if (state == HEALTH_REDIS_DENIED || state == HEALTH_REDIS_SCHEMA ||
        state == HEALTH_REDIS_EVICTS)
        return PAUSE_LONG_MS;
    return CLAMP(pause_ms * 2, PAUSE_FIRST_MS, PAUSE_MAX_MS);
}

/* After any failure a new connection is made, which asks Redis where it is:
 * what became of the commands under way cannot be known otherwise. */
static void disconnect(Feed *feed)
{
    GHashTableIter each;
    gpointer state = NULL;

    g_clear_pointer(&feed->store, store_free);
    feed->told_row = -1;
    g_hash_table_iter_init(&each, feed->lists);
    while (g_hash_table_iter_next(&each, NULL, &state))
        ((ListState *)state)->is_asked = false;
}

static FeedOutcome on_journal_failure(Feed *feed, const GError *error)
{
    g_autofree char *last = health_text(feed->health, HEALTH_LAST_ERROR);

    if (strcmp(last, error->message) != 0)
        log_error("cannot read the journal: %s", error->message);
    if (g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN))
        health_set(feed->health, HEALTH_JOURNAL_FAULT,
                   journal_file_number(feed->journal));
    health_say(feed->health, HEALTH_LAST_ERROR, error->message, clock_now_ms());
    disconnect(feed);
    feed->pause_ms = next_pause(feed->pause_ms, HEALTH_REDIS_UNKNOWN);
    return FEED_FAILED;
}

/* Of Redis, or of the journal where both are compared. */
static FeedOutcome on_redis_failure(Feed *feed, const GError *error)
{
    const HealthRedis state = redis_state_of(error);

    if (error->domain == JOURNAL_ERROR)
        return on_journal_failure(feed, error);
    health_count(feed->health, HEALTH_REDIS_ERRORS, 1);
    health_say(feed->health, HEALTH_LAST_ERROR, error->message, clock_now_ms());
    if (set_redis_state(feed, state))
        log_error("Redis is %s: %s; mails are counted later",
                  health_redis_name(state), error->message);
    disconnect(feed);
    feed->pause_ms = next_pause(feed->pause_ms, state);
    return FEED_FAILED;
}

/* Half to whole of it, so that several hosts do not come all at once. */
int feed_pause_ms(const Feed *feed)
{
    return feed->pause_ms / 2 + g_random_int_range(0, feed->pause_ms / 2 + 1);
}

static FeedOutcome on_success(Feed *feed, FeedOutcome outcome)
{
    feed->pause_ms = 0;
    if (set_redis_state(feed, HEALTH_REDIS_UP)) {
        health_say(feed->health, HEALTH_LAST_ERROR, "", clock_now_ms());
        log_notice("Redis is up; %" G_GUINT64_FORMAT " mails wait",
                   health_rows_waiting(feed->health));
    }
    return outcome;
}

/* --- lists that cannot be counted ------------------------------------------
 */

/* The list's own fault, not Redis': the others can be counted on. */
static bool is_of_list(const GError *error)
{
    return g_error_matches(error, STORE_ERROR, STORE_ERROR_SCHEMA);
}

static void set_missed(Feed *feed, ListState *state, int64_t row)
{
    state->missed = row;
    state->is_missed_changed = feed->is_changed = true;
}

static void postpone(ListState *state)
{
    state->hold_ms = CLAMP(state->hold_ms * 2, HOLD_FIRST_MS, HOLD_MAX_MS);
    state->try_at_ms = clock_ticks_ms() + state->hold_ms;
}

/* Its rows from this one on stay in the journal as long as others do. */
static void hold(Feed *feed, const char *list, int64_t row, const char *why)
{
    ListState *state = state_of(feed, list);
    g_autofree char *words = g_strdup_printf("%s: %s", list, why);

    state->sent = state->in_redis;
    if (state->missed != 0)
        return;
    set_missed(feed, state, MAX(row, 1));
    postpone(state);
    health_add(feed->health, HEALTH_HELD_LISTS, 1);
    health_say(feed->health, HEALTH_HELD, words, clock_now_ms());
    log_error("list %s is held back, other lists are counted on: %s", list,
              why);
}

/* --- what is safe ----------------------------------------------------------
 */

/* Rows up to it are in Redis, also those of lists that are held. */
static int64_t last_told(Feed *feed)
{
    GHashTableIter each;
    gpointer value = NULL;
    int64_t row = feed->cursor;

    g_hash_table_iter_init(&each, feed->lists);
    while (g_hash_table_iter_next(&each, NULL, &value)) {
        const ListState *state = value;

        if (state->missed != 0)
            row = MIN(row, state->missed - 1);
    }
    return row;
}

/* See HEALTH_COVERED_MS: it must go back before what it covers is not so any
 * more. */
static void uncover(const Feed *feed, int64_t from_ms)
{
    const int64_t covered = health_get(feed->health, HEALTH_COVERED_MS);

    if (covered > from_ms)
        health_set(feed->health, HEALTH_COVERED_MS, MAX(from_ms, 1));
}

/* The cursor went back. */
static bool uncover_rows(Feed *feed, GError **error)
{
    int64_t covered_ms = 0;

    if (!marks_find_covered(feed->journal, last_told(feed), 0, clock_now_ms(),
                            &covered_ms, error))
        return false;
    uncover(feed, covered_ms);
    return true;
}

static bool name_gap(const Feed *feed, JournalGap *gap, GError **error)
{
    uncover(feed, gap->from_ms);
    if (!journal_add_gap(feed->journal, gap, error))
        return false;
    health_note_gap(feed->health, gap->gap);
    return true;
}

/* --- going back ----------------------------------------------------------- */

/* A row and its mail's arrival. */
typedef struct Place {
    int64_t row, arrival_ms;
} Place;

/* What Redis lacks of what was there. */
typedef struct Rollback {
    int64_t row;        /* the lowest that it is back at; -1: none */
    int64_t arrival_ms; /* of that row, as Redis knows; 0: unknown */
    unsigned lists, emptied;
    GString *names;
    /* Places that are not of this journal. */
    unsigned foreign;
    Place lowest;    /* of them */
    const char *why; /* NULL: by what was emptied */
    bool has_place;  /* Redis knows a row of this journal */
    Doubt doubt;     /* is named already, and more than it need not be */
    AnchorLoss loss; /* of earlier journals, on nodes of a cluster */
} Rollback;

static Rollback rollback_new(void)
{
    return (Rollback){ .row = -1, .names = g_string_new(NULL) };
}

static void rollback_clear(Rollback *rollback)
{
    g_string_free(rollback->names, TRUE);
    if (rollback->loss.names != NULL)
        g_string_free(rollback->loss.names, TRUE);
}

static void add_name(GString *names, const char *list)
{
    if (names->len > 0)
        g_string_append_c(names, ' ');
    g_string_append(names, list);
}

static void record_rollback(Rollback *rollback, const char *list, Place place)
{
    if (rollback->row < 0 || place.row < rollback->row) {
        rollback->row = place.row;
        rollback->arrival_ms = place.arrival_ms;
    }
    rollback->lists++;
    add_name(rollback->names, list);
}

static void note_foreign(Rollback *rollback, const char *list, Place place)
{
    if (rollback->foreign == 0)
        rollback->lowest = place;
    rollback->lowest.row = MIN(rollback->lowest.row, place.row);
    rollback->lowest.arrival_ms =
        MIN(rollback->lowest.arrival_ms, place.arrival_ms);
    rollback->foreign++;
    rollback->lists++;
    add_name(rollback->names, list);
}

/* A journal may be older than what Redis was filled from (a power cut, a
 * backup, a lost log), or a copy of another host's. Then the row at the place
 * is not there, or another mail's. One that was trimmed is believed if it was
 * known to be in Redis. */
static bool is_own_place(Feed *feed, const ListState *state, Place place,
                         bool *is_own, GError **error)
{
    int64_t arrival_ms = 0;
    bool is_there = false;

    *is_own = true;
    if (place.row == 0)
        return true;
    if (!journal_arrival_of(feed->journal, place.row, &arrival_ms, &is_there,
                            error))
        return false;
    *is_own = is_there ? CLAMP(arrival_ms, 1, INT64_C(1) << ARRIVAL_MAX_BITS) ==
                             place.arrival_ms
                       : place.row <= MAX(state->in_redis, ANCHOR_ROW);
    return true;
}

/* Where Redis is with a list, and whether that can be. */
static bool get_place(Feed *feed, const char *list, const ListState *state,
                      Place *place, bool *is_own, GError **error)
{
    uint64_t row = 0;

    if (!store_position(feed->store, list, journal_id(feed->journal), &row,
                        &place->arrival_ms, error))
        return false;
    place->row = (int64_t)MIN(row, (uint64_t)INT64_MAX);
    return is_own_place(feed, state, *place, is_own, error);
}

/* Redis knows nothing of what this journal had counted on the list. */
static bool note_lost(Feed *feed, const char *list, Rollback *rollback,
                      GError **error)
{
    bool is_emptied = true;

    if (store_is_cluster(feed->store) &&
        !anchors_lost(feed->store, feed->journal, list, &rollback->loss,
                      &is_emptied, error))
        return false;
    rollback->emptied += is_emptied;
    return true;
}

static bool ask_position(Feed *feed, const char *list, ListState *state,
                         Rollback *rollback, GError **error)
{
    Place place = { 0 };
    bool is_own = false;

    if (!get_place(feed, list, state, &place, &is_own, error))
        return false;
    rollback->has_place = rollback->has_place || place.row > 0;
    if (!is_own) {
        note_foreign(rollback, list, place);
        return true;
    }
    if (place.row < state->in_redis) {
        record_rollback(rollback, list, place);
        if (place.row == 0 && !note_lost(feed, list, rollback, error))
            return false;
    }
    state->is_changed = state->is_changed || state->in_redis != place.row;
    state->in_redis = place.row;
    state->sent = place.row;
    state->is_asked = true;
    return true;
}

/* Lent. */
static char *names_for_gap(const Rollback *rollback)
{
    static char all[] = "";

    return rollback->lists > GAP_LISTS_MAX ? all : rollback->names->str;
}

/* What failed on one list only holds that one. */
static bool hold_or_fail(Feed *feed, const char *list, int64_t row,
                         GError *failure, GError **error)
{
    if (!is_of_list(failure)) {
        g_propagate_error(error, failure);
        return false;
    }
    hold(feed, list, row, failure->message);
    g_error_free(failure);
    return true;
}

/* Rows that Redis lost and that were trimmed since cannot be sent again. */
static bool note_gap(Feed *feed, const Rollback *rollback, GError **error)
{
    int64_t first = 0, arrival_ms = 0, before = 0, lost = 0;

    if (!journal_ends(feed->journal, &first, NULL, error) ||
        !journal_serial(feed->journal, first, &before, error) ||
        !journal_serial(feed->journal, rollback->row, &lost, error))
        return false;
    /* An emptied Redis also lost what came before the journal began: by import,
     * from other hosts, or from a journal that is gone. */
    if (before <= lost + 1 && rollback->emptied == 0)
        return true;
    if (!journal_arrival_after(feed->journal, rollback->row, &arrival_ms,
                               error))
        return false;
    JournalGap gap = {
        .from_ms = rollback->arrival_ms,
        .until_ms = arrival_ms,
        .lists =
            rollback->emptied > 0 ? (char[]){ "" } : names_for_gap(rollback),
        .why = rollback->why != NULL ? (char *)(guintptr)rollback->why
               : rollback->emptied > 0
                   ? (char[]){ "Redis was emptied" }
                   : (char[]){ "Redis came back older than the journal" },
    };
    log_error("mails before row %" G_GINT64_FORMAT
              " are not in the journal any more: import them again",
              first);
    return name_gap(feed, &gap, error);
}

static bool go_back(Feed *feed, const Rollback *rollback, GError **error)
{
    if (rollback->row < 0)
        return true;
    health_count(feed->health, HEALTH_REWINDS, 1);
    if (rollback->emptied > 0)
        log_error("Redis knows nothing of %u lists that were counted; what "
                  "the journal holds is counted again",
                  rollback->emptied);
    else
        log_warning("Redis came back older: %u lists are counted again from "
                    "row %" G_GINT64_FORMAT,
                    rollback->lists, rollback->row + 1);
    feed->cursor = MIN(feed->cursor, rollback->row);
    feed->is_changed = true;
    return (rollback->doubt.is_there && rollback->emptied > 0) ||
           note_gap(feed, rollback, error);
}

/* Redis is older than this journal, or lost what the one before had counted:
 * all that the journal holds is counted again, what it does not is named. */
static bool settle_doubt(Feed *feed, const Doubt *doubt, GError **error)
{
    if (!doubt->is_there)
        return true;
    JournalGap gap = {
        .from_ms = MIN(doubt->from_ms, doubt->until_ms),
        .until_ms = doubt->until_ms,
        .lists = (char[]){ "" },
        .why = doubt->is_empty
                   ? (char[]){ "Redis was emptied" }
                   : (char[]){ "Redis came back older than the journal" },
    };
    log_error("Redis lacks what was counted before this journal began: what "
              "the journal holds is counted again, import older mails");
    health_count(feed->health, HEALTH_REWINDS, 1);
    feed->cursor = 0;
    feed->is_changed = true;
    return name_gap(feed, &gap, error);
}

/* From what the journal holds before the place on, or from the place on, until
 * this life began; or until now, if it began before. */
static bool span_of_foreign(Feed *feed, const Rollback *rollback,
                            JournalGap *gap, GError **error)
{
    const int64_t started_ms = health_get(feed->health, HEALTH_STARTED_MS);
    int64_t before_ms = 0;

    if (!journal_arrival_before(feed->journal, rollback->lowest.row, &before_ms,
                                error))
        return false;
    gap->from_ms = before_ms != 0 ? MIN(before_ms, rollback->lowest.arrival_ms)
                                  : rollback->lowest.arrival_ms;
    int64_t covered_ms = 0;
    if (!marks_covered(feed->store, started_ms, &covered_ms, error))
        return false;
    gap->from_ms = MIN(gap->from_ms, covered_ms);
    gap->until_ms = started_ms > gap->from_ms
                        ? started_ms
                        : MAX(clock_now_ms(), gap->from_ms);
    return true;
}

static ListState without_place(const ListState *state)
{
    return (ListState){ .is_asked = true,
                        .noted = state->noted,
                        .missed = state->missed,
                        .is_missed_changed = state->missed != 0,
                        .hold_ms = state->hold_ms,
                        .try_at_ms = state->try_at_ms };
}

/* Under the new id Redis knows nothing: rows behind the cursor are sent again
 * and found to be known. A list that is held still is. */
static void forget_places(Feed *feed)
{
    GHashTableIter each;
    gpointer state = NULL;

    g_hash_table_iter_init(&each, feed->lists);
    while (g_hash_table_iter_next(&each, NULL, &state))
        *(ListState *)state = without_place(state);
    feed->is_changed = health_get(feed->health, HEALTH_HELD_LISTS) > 0;
    health_say(feed->health, HEALTH_JOURNAL_ID, journal_id(feed->journal),
               clock_now_ms());
}

/* Row numbers say nothing any more, neither Redis's nor ours. */
static bool begin_anew(Feed *feed, const Rollback *rollback, GError **error)
{
    if (rollback->foreign == 0)
        return true;
    JournalGap gap = {
        .lists = (char[]){ "" }, /* rows of any may have gone with its end */
        .why = (char[]){ "the journal came back older than Redis, or is a "
                         "copy of another host's" },
    };
    if (!span_of_foreign(feed, rollback, &gap, error))
        return false;
    uncover(feed, gap.from_ms);
    if (!journal_renew(feed->journal, feed->cursor, &gap, error))
        return false;
    forget_places(feed);
    health_note_gap(feed->health, gap.gap);
    health_count(feed->health, HEALTH_REWINDS, 1);
    log_error("Redis holds mails of %u lists that the journal does not know: "
              "the journal came back older, or is a copy of another host's; "
              "what it holds is counted under a new id, import the mails "
              "between",
              rollback->foreign);
    return true;
}

static bool ask_or_hold(Feed *feed, const char *list, ListState *state,
                        Rollback *rollback, GError **error)
{
    GError *failure = NULL;

    return state->missed != 0 ||
           ask_position(feed, list, state, rollback, &failure) ||
           hold_or_fail(feed, list, feed->cursor + 1, failure, error);
}

static bool look_at_marks(Feed *feed, Rollback *rollback, GError **error)
{
    return marks_look(feed->store, feed->journal, rollback->has_place,
                      clock_now_ms(), &rollback->doubt, error) &&
           settle_doubt(feed, &rollback->doubt, error);
}

/* --- gaps ----------------------------------------------------------------- */

/* An older program told it under its journal and number alone. Hosts that are
 * copies of one have journals with the same id, and give the same number to
 * different gaps: so its times are in its name. */
static bool is_told(GHashTable *told, const JournalGap *gap, const char *field,
                    const char *value)
{
    g_autofree char *older =
        g_strdup_printf("%s:%" G_GINT64_FORMAT, gap->journal, gap->gap);

    return g_hash_table_contains(told, field) ||
           g_strcmp0(g_hash_table_lookup(told, older), value) == 0;
}

static bool tell_gap(Feed *feed, GHashTable *told, const JournalGap *gap,
                     GError **error)
{
    const Gap fact = { gap->from_ms, gap->until_ms, gap->lists, gap->why };
    g_autofree char *value = gap_write(&fact);
    g_autofree char *field = g_strdup_printf(
        "%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
        gap->journal, gap->gap, gap->from_ms, gap->until_ms);

    return is_told(told, gap, field, value) ||
           store_fact_set(feed->store, GAP_HASH, field, value, error);
}

static bool tell_gaps(Feed *feed, GError **error)
{
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(JournalGap));
    Health now;

    health_snapshot(feed->health, &now);
    g_array_set_clear_func(gaps, (GDestroyNotify)journal_gap_clear);
    if (!journal_gaps(feed->journal, gaps, error))
        return false;
    g_autoptr(GHashTable) told = store_facts(feed->store, GAP_HASH, error);
    bool good = told != NULL;
    for (unsigned i = 0; good && i < gaps->len; i++)
        good = tell_gap(feed, told, &g_array_index(gaps, JournalGap, i), error);
    if (good)
        feed->gaps_told = now.counters[HEALTH_GAPS];
    return good;
}

static bool has_new_gaps(const Feed *feed)
{
    return __atomic_load_n(&feed->health->counters[HEALTH_GAPS],
                           __ATOMIC_RELAXED) != feed->gaps_told;
}

/* The collector still appends to this journal. If it has begun another, nobody
 * knows here what waits. */
static bool check_in_use(const Feed *feed, GError **error)
{
    if (health_get(feed->health, HEALTH_JOURNAL_FILE) ==
        journal_file_number(feed->journal))
        return true;
    g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_OPEN,
                "journal: another one was begun");
    return false;
}

/* What may be said. Gaps are told first, so that it may cover them; and the
 * collector is asked last, since what it appends to another journal is younger
 * than whole_ms only then. */
static bool find_mark(Feed *feed, Mark *mark, GError **error)
{
    const int64_t whole_ms = health_get(feed->health, HEALTH_WHOLE_MS);

    *mark = (Mark){ .row = last_told(feed), .said_ms = clock_now_ms() };
    return (!has_new_gaps(feed) || tell_gaps(feed, error)) &&
           marks_find_covered(feed->journal, mark->row, whole_ms, mark->said_ms,
                              &mark->covered_ms, error) &&
           check_in_use(feed, error);
}

/* --- written down ----------------------------------------------------------
 */

/* The names that are made for it are owned by names. */
static void add_positions(const ListState *state, char *list, GArray *positions,
                          GPtrArray *names)
{
    const JournalPosition place = { list, state->in_redis };
    const JournalPosition held = { g_strconcat(held_place, list, NULL),
                                   state->missed };

    g_ptr_array_add(names, held.list);
    if (state->is_changed)
        g_array_append_val(positions, place);
    if (state->is_missed_changed)
        g_array_append_val(positions, held);
}

static bool save_places(Feed *feed, GError **error)
{
    g_autoptr(GArray) positions =
        g_array_new(FALSE, FALSE, sizeof(JournalPosition));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter each;
    gpointer list = NULL, value = NULL;

    if (!feed->is_changed && !feed->are_priors_seen &&
        !places_has_changed(feed->places))
        return true;
    g_hash_table_iter_init(&each, feed->lists);
    while (g_hash_table_iter_next(&each, &list, &value)) {
        const ListState *state = value;
        if (state->is_changed || state->is_missed_changed)
            add_positions(state, list, positions, names);
    }
    places_save(feed->places, positions, names);
    if (feed->are_priors_seen)
        anchors_settle(feed->anchors, positions, names);
    if (!journal_set_applied(feed->journal, feed->cursor, clock_now_ms(),
                             positions, error))
        return false;
    g_hash_table_iter_init(&each, feed->lists);
    while (g_hash_table_iter_next(&each, NULL, &value))
        ((ListState *)value)->is_changed =
            ((ListState *)value)->is_missed_changed = false;
    places_saved(feed->places);
    if (feed->are_priors_seen)
        anchors_settled(feed->anchors);
    feed->are_priors_seen = false;
    feed->is_changed = false;
    return true;
}

/* In a cluster all lists are asked for, since each tells only what its node has
 * lost. */
static bool know_all_lists(Feed *feed, GError **error)
{
    if (!store_is_cluster(feed->store))
        return true;
    g_autoptr(GPtrArray) lists = store_lists(feed->store, error);
    for (unsigned i = 0; lists != NULL && i < lists->len; i++)
        (void)state_of(feed, lists->pdata[i]);
    return lists != NULL;
}

static bool ask_all(Feed *feed, Rollback *rollback, GError **error)
{
    GHashTableIter each;
    gpointer list = NULL, state = NULL;
    bool good = true;

    g_hash_table_iter_init(&each, feed->lists);
    while (good && g_hash_table_iter_next(&each, &list, &state))
        good = ask_or_hold(feed, list, state, rollback, error);
    return good;
}

static bool look_at_priors(Feed *feed, Rollback *rollback, GError **error)
{
    return !store_is_cluster(feed->store) ||
           anchors_look(feed->anchors, feed->store, &rollback->loss, error);
}

static bool settle_loss(Feed *feed, const AnchorLoss *loss, GError **error)
{
    static char all[] = "";
    JournalGap gap = { .from_ms = loss->from_ms,
                       .why = (char[]){
                           "Redis came back older than the journal" } };

    if (loss->lists == 0)
        return true;
    if (!marks_until(feed->journal, clock_now_ms(), &gap.until_ms, error))
        return false;
    gap.from_ms = MIN(gap.from_ms, gap.until_ms);
    gap.lists = loss->lists > GAP_LISTS_MAX ? all : loss->names->str;
    log_error("a node of the cluster lacks what was counted before this "
              "journal began, of %u lists: import older mails",
              loss->lists);
    return name_gap(feed, &gap, error);
}

/* Lists of Redis without a place of this journal; see anchors.h. A journal
 * whose first row is no higher has lists at their beginning. */
static bool find_unanchored(Feed *feed, GPtrArray *unanchored, GError **error)
{
    g_autoptr(GPtrArray) lists = NULL;
    int64_t first = 0;

    if (!store_is_cluster(feed->store))
        return true;
    if (!journal_ends(feed->journal, &first, NULL, error))
        return false;
    if (first == ANCHOR_ROW)
        return true;
    lists = store_lists(feed->store, error);
    for (unsigned i = 0; lists != NULL && i < lists->len; i++) {
        ListState *state = state_of(feed, lists->pdata[i]);

        if (state->is_asked && state->missed == 0 && state->in_redis == 0)
            g_ptr_array_add(unanchored, g_strdup(lists->pdata[i]));
    }
    return lists != NULL;
}

static void note_anchors(Feed *feed, const GPtrArray *lists)
{
    for (unsigned i = 0; i < lists->len; i++) {
        ListState *state = state_of(feed, lists->pdata[i]);

        state->in_redis = state->sent = ANCHOR_ROW;
        state->is_changed = feed->is_changed = true;
    }
}

static bool set_anchors(Feed *feed, const GPtrArray *lists, int64_t covered_ms,
                        GError **error)
{
    bool good = true;

    for (unsigned i = 0; good && i < lists->len; i++)
        good = store_set_place(feed->store, lists->pdata[i],
                               journal_id(feed->journal), ANCHOR_ROW,
                               covered_ms, error);
    return good;
}

/* Only now is the cursor what Redis holds. */
static bool meet(Feed *feed, GError **error)
{
    g_autoptr(GPtrArray) unanchored = g_ptr_array_new_with_free_func(g_free);
    Mark mark;

    if (!find_mark(feed, &mark, error) ||
        !find_unanchored(feed, unanchored, error))
        return false;
    note_anchors(feed, unanchored);
    feed->are_priors_seen = true;
    if (!save_places(feed, error) ||
        !marks_meet(feed->store, feed->journal, &mark, error) ||
        !set_anchors(feed, unanchored, mark.covered_ms, error))
        return false;
    feed->told_row = mark.row;
    feed->tell_at_ms = 0;
    return true;
}

/* Asks Redis for every list that it should know. */
static bool find_place(Feed *feed, GError **error)
{
    Rollback rollback = rollback_new();

    places_doubt(feed->places);
    const bool good = know_all_lists(feed, error) &&
                      ask_all(feed, &rollback, error) &&
                      look_at_marks(feed, &rollback, error) &&
                      look_at_priors(feed, &rollback, error) &&
                      go_back(feed, &rollback, error) &&
                      settle_loss(feed, &rollback.loss, error) &&
                      begin_anew(feed, &rollback, error) &&
                      uncover_rows(feed, error) && meet(feed, error);
    show_cursor(feed);
    rollback_clear(&rollback);
    return good;
}

/* A list that was not asked for on this connection. */
static bool ask_late(Feed *feed, const char *list, ListState *state,
                     GError **error)
{
    Rollback rollback = rollback_new();
    const bool good = ask_position(feed, list, state, &rollback, error);
    const bool is_foreign = rollback.foreign > 0;

    rollback_clear(&rollback);
    if (good && is_foreign)
        g_set_error(error, STORE_ERROR, STORE_ERROR_GAP,
                    "%s: the place is not of this journal", list);
    return good && !is_foreign;
}

/* Reads again from the first row that the list missed; the others have those
 * rows and pass. */
static bool read_again(Feed *feed, const char *list, Place first,
                       const char *why, GError **error)
{
    ListState *state = state_of(feed, list);
    const int64_t known = state->in_redis;
    g_autoptr(GString) names = g_string_new(list);

    if (!ask_late(feed, list, state, error))
        return false;
    /* Redis may have come back older meanwhile, and nobody asked for this list.
     */
    Rollback rollback = { .row = state->in_redis < known
                                     ? MIN(first.row - 1, state->in_redis)
                                     : first.row - 1,
                          .arrival_ms = first.arrival_ms,
                          .lists = 1,
                          .names = names,
                          .why = why };
    feed->cursor = MIN(feed->cursor, rollback.row);
    feed->is_changed = true;
    return uncover_rows(feed, error) && note_gap(feed, &rollback, error);
}

static bool release(Feed *feed, const char *list, ListState *state,
                    GError **error)
{
    const int64_t row = state->missed;

    if (!read_again(feed, list, (Place){ .row = row },
                    "the list was held back for longer than the journal keeps "
                    "its mails",
                    error))
        return false;
    log_notice("list %s is counted again, from row %" G_GINT64_FORMAT, list,
               row);
    set_missed(feed, state, 0);
    health_add(feed->health, HEALTH_HELD_LISTS, -1);
    return true;
}

static bool try_list(Feed *feed, const char *list, ListState *state,
                     GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (store_check_list(feed->store, list, &failure))
        return release(feed, list, state, error);
    if (is_of_list(failure)) {
        postpone(state);
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

/* Somebody may have mended them. */
static bool try_held(Feed *feed, GError **error)
{
    GHashTableIter each;
    gpointer list = NULL, value = NULL;
    bool good = true;

    if (health_get(feed->health, HEALTH_HELD_LISTS) == 0)
        return true;
    g_hash_table_iter_init(&each, feed->lists);
    while (good && g_hash_table_iter_next(&each, &list, &value)) {
        ListState *state = value;

        if (state->missed != 0 && clock_ticks_ms() >= state->try_at_ms)
            good = try_list(feed, list, state, error);
    }
    return good;
}

/* A place became free, or was taken from a list that hardly has mail. */
static bool seat_waiting(Feed *feed, GError **error)
{
    while (true) {
        Seated seated;

        if (!places_next(feed->places, feed->store, feed->settings, &seated,
                         error))
            return false;
        if (seated.list == NULL)
            return true;
        g_autofree char *list = seated.list;
        const Place first = { seated.row, seated.arrival_ms };
        if (!read_again(feed, list, first,
                        "the list had no place among max_lists for longer than "
                        "the journal keeps its mails",
                        error))
            return false;
        log_notice("list %s has a place now, and is counted from row "
                   "%" G_GINT64_FORMAT,
                   list, seated.row);
        places_seat(feed->places, list);
    }
}

/* --- connecting ----------------------------------------------------------- */

static bool open_store(Feed *feed, GError **error)
{
    const char *password = feed->settings->redis_password_file;
    const StoreOptions options = {
        .redis = feed->settings->redis,
        .state = feed->settings->state,
        .password_file =
            password != NULL && *password != '\0' ? password : NULL,
        .private_megabytes = feed->settings->redis_megabytes,
        .no_start = feed->starts_nothing,
        .allow_eviction = feed->settings->allow_eviction,
    };

    feed->store = store_open(&options, error);
    return feed->store != NULL && store_check_writing(feed->store, error) &&
           store_limit_private(feed->store, error);
}

static bool connect(Feed *feed, GError **error)
{
    if (feed->store != NULL)
        return true;
    feed->gaps_told = UINT64_MAX; /* not known of this Redis */
    if (!open_store(feed, error) || !find_place(feed, error))
        return false;
    health_count(feed->health, HEALTH_REDIS_CONNECTS, 1);
    return true;
}

/* --- a batch -------------------------------------------------------------- */

static Batch batch_new(void)
{
    return (Batch){
        .items = g_array_new(FALSE, TRUE, sizeof(StoreItem)),
        .rows = g_array_new(FALSE, FALSE, sizeof(int64_t)),
        .activities =
            g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref),
    };
}

static void batch_clear(Batch *batch)
{
    g_array_unref(batch->items);
    g_array_unref(batch->rows);
    g_ptr_array_unref(batch->activities);
}

static bool ask_late_or_hold(Feed *feed, const char *list, ListState *state,
                             int64_t row, GError **error)
{
    GError *failure = NULL;

    return state->missed != 0 || ask_late(feed, list, state, &failure) ||
           hold_or_fail(feed, list, row, failure, error);
}

/* Redis has the row, of a life that ended before it wrote that down. */
static void note_counted(const Feed *feed, ListState *state, int64_t row)
{
    if (row <= MAX(feed->noted, state->noted))
        return;
    health_count(feed->health, HEALTH_COUNTED, 1);
    state->noted = row;
}

/* Lists of a row that Redis does not hold it of yet; NULL-terminated. */
static bool lists_to_send(Feed *feed, const JournalRow *row, GPtrArray *lists,
                          GError **error)
{
    g_auto(GStrv) ids = g_strsplit(row->lists, " ", -1);

    for (char **id = ids; *id != NULL; id++) {
        bool is_admitted = false;

        if (**id == '\0')
            continue;
        if (!places_admit(feed->places, feed->store, feed->settings, *id, row,
                          &is_admitted, error))
            return false;
        if (!is_admitted)
            continue;
        ListState *state = state_of(feed, *id);
        if (!state->is_asked &&
            !ask_late_or_hold(feed, *id, state, row->row, error))
            return false;
        if (state->missed == 0 && state->sent < row->row)
            g_ptr_array_add(lists, g_strdup(*id));
        else if (state->missed == 0)
            note_counted(feed, state, row->row);
    }
    g_ptr_array_add(lists, NULL);
    return true;
}

static void add_item(Feed *feed, Batch *batch, const Activity *activity,
                     int64_t row)
{
    ListState *state = state_of(feed, activity->list);
    const StoreItem item = {
        .activity = activity,
        .position = { .source = journal_id(feed->journal),
                      .row = (uint64_t)row,
                      .previous = (uint64_t)state->sent },
    };

    state->sent = row;
    g_array_append_val(batch->items, item);
    g_array_append_val(batch->rows, row);
}

static bool add_row(Feed *feed, Batch *batch, const JournalRow *row,
                    GError **error)
{
    const Reading reading = { feed->settings, feed->journal, feed->health };
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(g_free);

    if (!lists_to_send(feed, row, lists, error))
        return false;
    batch->last = row->row;
    if (lists->len == 1)
        return true; /* only the end of the array: Redis has it */
    GPtrArray *activities =
        reading_of_row(&reading, row, (char *const *)lists->pdata);
    g_ptr_array_add(batch->activities, activities);
    for (unsigned i = 0; i < activities->len; i++) {
        Activity *activity = activities->pdata[i];

        activity->is_replay = row->row <= journal_replay_to(feed->journal);
        add_item(feed, batch, activity, row->row);
    }
    return true;
}

static bool fill(Feed *feed, Batch *batch, const GArray *rows, GError **error)
{
    for (unsigned i = 0; i < rows->len && batch->items->len < ITEMS_MAX; i++) {
        if (!add_row(feed, batch, &g_array_index(rows, JournalRow, i), error))
            return false;
    }
    return true;
}

static void note_outcome(const Feed *feed, const StoreItem *item)
{
    switch (item->outcome) {
    case STORE_COUNTED:
        health_count(feed->health, HEALTH_COUNTED, 1);
        if ((item->activity->flags & POST_MALFORMED) != 0)
            health_count(feed->health, HEALTH_MALFORMED, 1);
        break;
    case STORE_DUPLICATE:
        health_count(feed->health, HEALTH_DUPLICATES, 1);
        break;
    case STORE_KNOWN:
    case STORE_PASSED:
        health_count(feed->health, HEALTH_REPEATED, 1);
        break;
    case STORE_PENDING:
    case STORE_HELD:
        break; /* not among those that are done */
    }
}

/* Where the connection broke, some may be done behind one that is not. */
static void note_done(Feed *feed, const Batch *batch)
{
    for (unsigned i = 0; i < batch->items->len; i++) {
        const StoreItem *item = &g_array_index(batch->items, StoreItem, i);
        const int64_t row = g_array_index(batch->rows, int64_t, i);
        ListState *state = state_of(feed, item->activity->list);

        if (item->outcome == STORE_PENDING)
            continue;
        if (item->outcome == STORE_HELD) {
            hold(feed, item->activity->list, row,
                 store_held(feed->store, item->activity->list));
            continue;
        }
        state->in_redis = MAX(state->in_redis, row);
        state->noted = MAX(state->noted, row);
        state->is_changed = true;
        state->hold_ms = 0;
        note_outcome(feed, item);
    }
}

/* All rows before that of the first item that is not done. */
static void advance(Feed *feed, const Batch *batch, unsigned done)
{
    const int64_t cursor = done == batch->items->len
                               ? batch->last
                               : g_array_index(batch->rows, int64_t, done) - 1;

    if (cursor <= feed->cursor)
        return;
    feed->cursor = cursor;
    feed->is_changed = true;
    show_cursor(feed);
}

/* A row behind the position was counted before, or the position is another
 * journal's: then the mail was not counted at all. */
static bool check_passed(Feed *feed, const Batch *batch, GError **error)
{
    const char *checked = NULL;

    for (unsigned i = 0; i < batch->items->len; i++) {
        const StoreItem *item = &g_array_index(batch->items, StoreItem, i);
        const char *list = item->activity->list;
        Place place = { 0 };
        bool is_own = false;

        if (item->outcome != STORE_PASSED || g_strcmp0(list, checked) == 0)
            continue;
        if (!get_place(feed, list, state_of(feed, list), &place, &is_own,
                       error))
            return false;
        checked = list;
        if (is_own)
            continue;
        g_set_error(error, STORE_ERROR, STORE_ERROR_GAP,
                    "%s: another journal's rows were counted as ours", list);
        return false;
    }
    return true;
}

/* A position is not what it was: Redis changed under us. */
static FeedOutcome on_refused(Feed *feed, const GError *error)
{
    g_autoptr(GError) failure = NULL;

    if (!g_error_matches(error, STORE_ERROR, STORE_ERROR_GAP))
        return on_redis_failure(feed, error);
    if (!find_place(feed, &failure))
        return on_redis_failure(feed, failure);
    /* Should it refuse for ever, then at least not at full speed. */
    feed->pause_ms = next_pause(feed->pause_ms, HEALTH_REDIS_UP);
    return feed->pause_ms > PAUSE_FIRST_MS ? FEED_FAILED : FEED_MORE;
}

static FeedOutcome send(Feed *feed, const GArray *rows)
{
    Batch batch = batch_new();
    g_autoptr(GError) error = NULL;
    unsigned done = 0;

    const bool sent =
        fill(feed, &batch, rows, &error) &&
        (batch.items->len == 0 ||
         store_count(feed->store, (StoreItem *)(void *)batch.items->data,
                     batch.items->len, &done, &error));
    const bool is_ours = check_passed(feed, &batch, sent ? &error : NULL);
    if (sent)
        done = batch.items->len;
    if (is_ours) {
        note_done(feed, &batch);
        if (sent || done < batch.items->len)
            advance(feed, &batch, done);
    }
    batch_clear(&batch);
    return sent && is_ours ? on_success(feed, FEED_MORE)
                           : on_refused(feed, error);
}

/* --- for the processor ---------------------------------------------------- */

Feed *feed_new(Journal *journal, const Settings *settings, Health *health,
               GError **error)
{
    Feed *feed = g_new0(Feed, 1);

    feed->journal = journal;
    feed->settings = settings;
    feed->health = health;
    feed->places = places_new(health);
    feed->anchors = anchors_new();
    feed->told_row = -1;
    feed->lists =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (load_positions(feed, error) && catch_up(feed, error)) {
        show_cursor(feed);
        return feed;
    }
    feed_free(feed);
    return NULL;
}

void feed_free(Feed *feed)
{
    if (feed == NULL)
        return;
    store_free(feed->store);
    places_free(feed->places);
    anchors_free(feed->anchors);
    retention_clear(&feed->retention);
    upgrade_clear(&feed->upgrade);
    g_hash_table_unref(feed->lists);
    g_free(feed);
}

void feed_use(Feed *feed, const Settings *settings)
{
    const Settings *old = feed->settings;

    feed->settings = settings;
    feed->pause_ms = 0;
    retention_hasten(&feed->retention);
    if (strcmp(old->redis, settings->redis) != 0 ||
        old->redis_megabytes != settings->redis_megabytes ||
        g_strcmp0(old->redis_password_file, settings->redis_password_file) != 0)
        disconnect(feed);
}

bool feed_connect(Feed *feed)
{
    g_autoptr(GError) error = NULL;

    if (connect(feed, &error))
        return true;
    on_redis_failure(feed, error);
    return false;
}

void feed_start_nothing(Feed *feed)
{
    feed->starts_nothing = true;
}

bool feed_needs_start(const Feed *feed)
{
    return strcmp(feed->settings->redis, "private") == 0 &&
           health_get(feed->health, HEALTH_REDIS_STATE) ==
               HEALTH_REDIS_UNREACHABLE;
}

FeedOutcome feed_step(Feed *feed)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(JournalRow));
    g_autoptr(GError) error = NULL;

    g_array_set_clear_func(rows, (GDestroyNotify)journal_row_clear);
    if (!connect(feed, &error))
        return on_redis_failure(feed, error);
    if (!journal_read(feed->journal, feed->cursor, ROWS_MAX, rows, &error))
        return on_journal_failure(feed, error);
    if (rows->len == 0)
        return on_success(feed, FEED_IDLE);
    return send(feed, rows);
}

/* The list that was counted last: what an older Redis lacks first. */
static const char *newest_list(Feed *feed)
{
    GHashTableIter each;
    gpointer list = NULL, state = NULL;
    const char *newest = NULL;
    int64_t highest = 0;

    g_hash_table_iter_init(&each, feed->lists);
    while (g_hash_table_iter_next(&each, &list, &state)) {
        if (((ListState *)state)->missed == 0 &&
            ((ListState *)state)->in_redis > highest) {
            highest = ((ListState *)state)->in_redis;
            newest = list;
        }
    }
    return newest;
}

static bool is_where_we_left_it(Feed *feed, const char *list, bool *is_same,
                                GError **error)
{
    const ListState *state = state_of(feed, list);
    GError *failure = NULL;
    Place place = { 0 };
    bool is_own = false;

    if (state->missed != 0)
        return true;
    if (!get_place(feed, list, state, &place, &is_own, &failure))
        return hold_or_fail(feed, list, feed->cursor + 1, failure, error);
    *is_same = is_own && place.row >= state->in_redis;
    return true;
}

/* In a cluster one node may come back older, or its replica take over, and
 * the newest list lies on another one: so the others are asked too, in turn. */
static bool check_next_lists(Feed *feed, bool *is_same, GError **error)
{
    const unsigned count = g_hash_table_size(feed->lists);
    const unsigned first = feed->check_turn < count ? feed->check_turn : 0;
    GHashTableIter each;
    gpointer list = NULL;
    bool good = true;

    feed->check_turn = first + CHECK_LISTS;
    g_hash_table_iter_init(&each, feed->lists);
    for (unsigned i = 0; good && *is_same && i < feed->check_turn; i++) {
        if (!g_hash_table_iter_next(&each, &list, NULL))
            break;
        if (i >= first)
            good = is_where_we_left_it(feed, list, is_same, error);
    }
    return good;
}

static bool check_lists(Feed *feed, bool *is_same, GError **error)
{
    const char *list = newest_list(feed);

    if (list == NULL)
        return marks_are_there(feed->store, feed->journal, is_same, error);
    return is_where_we_left_it(feed, list, is_same, error) &&
           check_next_lists(feed, is_same, error);
}

void feed_check(Feed *feed)
{
    g_autoptr(GError) error = NULL;
    bool is_same = true;

    if (feed->store == NULL)
        return;
    if (!store_check_kept(feed->store, &error) ||
        !check_lists(feed, &is_same, &error) || !try_held(feed, &error) ||
        !seat_waiting(feed, &error) ||
        (!is_same && !find_place(feed, &error)) ||
        (has_new_gaps(feed) && !tell_gaps(feed, &error)))
        on_redis_failure(feed, error);
}

void feed_retain(Feed *feed)
{
    g_autoptr(GError) error = NULL;

    if (feed->store != NULL &&
        !retention_step(&feed->retention, feed->store, feed->settings,
                        feed->health, &error))
        on_redis_failure(feed, error);
}

void feed_upgrade(Feed *feed)
{
    g_autoptr(GError) error = NULL;

    if (feed->store != NULL &&
        !upgrade_step(&feed->upgrade, feed->store, clock_now_ms(), &error))
        on_redis_failure(feed, error);
}

/* Redis and the health are told, if it is time to. */
static bool tell_place(Feed *feed, GError **error)
{
    Mark mark;

    if (!find_mark(feed, &mark, error))
        return false;
    if (feed->told_row != mark.row || clock_ticks_ms() >= feed->tell_at_ms) {
        if (!marks_tell(feed->store, feed->journal, &mark, error))
            return false;
        feed->told_row = mark.row;
        feed->tell_at_ms = clock_ticks_ms() + TELL_MS;
    }
    health_set(feed->health, HEALTH_COVERED_MS, mark.covered_ms);
    return true;
}

/* Nothing is told on a connection on which the cursor was not found. What the
 * journal knows of places must not be older than what it says was told. */
static void tell_mark(Feed *feed)
{
    g_autoptr(GError) error = NULL;

    if (feed->store != NULL && feed->told_row >= 0 && !tell_place(feed, &error))
        on_redis_failure(feed, error);
}

bool feed_save(Feed *feed, GError **error)
{
    if (!save_places(feed, error))
        return false;
    tell_mark(feed);
    return true;
}
