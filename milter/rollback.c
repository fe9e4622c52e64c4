/* SPDX-License-Identifier: MIT */
#include "milter/rollback.h"

#include "journal/journal_gaps.h"
#include "journal/journal_origin.h"
#include "journal/journal_rows.h"
#include "milter/clock.h"
#include "milter/feed_lists.h"
#include "milter/feed_safe.h"
#include "milter/feed_state.h"
#include "milter/log.h"

#include "base/banned.h"

enum { GAP_LISTS_MAX = 20 }; /* more are called all */

Rollback rollback_new(void)
{
    return (Rollback){ .row = -1, .names = g_string_new(NULL) };
}

void rollback_clear(Rollback *rollback)
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

void rollback_record(Rollback *rollback, const char *list, FeedPlace place)
{
    if (rollback->row < 0 || place.row < rollback->row) {
        rollback->row = place.row;
        rollback->arrival_ms = place.arrival_ms;
    }
    rollback->lists++;
    add_name(rollback->names, list);
}

void rollback_record_foreign(Rollback *rollback, const char *list,
                             FeedPlace place)
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

/* Redis knows nothing of what this journal had counted on the list. */
bool rollback_record_lost(Feed *feed, const char *list, Rollback *rollback,
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

/* Lent. */
static char *names_for_gap(const Rollback *rollback)
{
    static char all[] = "";

    return rollback->lists > GAP_LISTS_MAX ? all : rollback->names->str;
}

/* Rows that Redis lost and that were trimmed since cannot be sent again. */
bool rollback_name_gap(Feed *feed, const Rollback *rollback, GError **error)
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
    return feed_safe_name_gap(feed, &gap, error);
}

bool rollback_go_back(Feed *feed, const Rollback *rollback, GError **error)
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
           rollback_name_gap(feed, rollback, error);
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
    return feed_safe_name_gap(feed, &gap, error);
}

/* A copy was put in the place of a journal. What that one had is in Redis, or
 * nowhere. */
static bool settle_copy(Feed *feed, GError **error)
{
    JournalGap gap = {
        .lists = (char[]){ "" },
        .why = (char[]){ "the journal came back older than Redis, or is a "
                         "copy of another host's" },
    };

    if (!marks_of_copy(feed->store, feed->journal, &gap.from_ms, &gap.until_ms,
                       error))
        return false;
    return gap.until_ms == 0 || feed_safe_name_gap(feed, &gap, error);
}

bool rollback_look_at_marks(Feed *feed, Rollback *rollback, GError **error)
{
    return marks_look(feed->store, feed->journal, rollback->has_place,
                      clock_now_ms(), &rollback->doubt, error) &&
           settle_doubt(feed, &rollback->doubt, error) &&
           settle_copy(feed, error);
}

bool rollback_look_at_priors(Feed *feed, Rollback *rollback, GError **error)
{
    return !store_is_cluster(feed->store) ||
           anchors_look(feed->anchors, feed->store, &rollback->loss, error);
}

bool rollback_settle_loss(Feed *feed, const AnchorLoss *loss, GError **error)
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
    return feed_safe_name_gap(feed, &gap, error);
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

/* Row numbers say nothing any more, neither Redis's nor ours. */
bool rollback_begin_anew(Feed *feed, const Rollback *rollback, GError **error)
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
    feed_safe_uncover(feed, gap.from_ms);
    if (!journal_renew(feed->journal, feed->cursor, &gap, error))
        return false;
    feed_lists_forget_places(feed);
    health_note_gap(feed->health, gap.gap);
    health_count(feed->health, HEALTH_REWINDS, 1);
    log_error("Redis holds mails of %u lists that the journal does not know: "
              "the journal came back older, or is a copy of another host's; "
              "what it holds is counted under a new id, import the mails "
              "between",
              rollback->foreign);
    return true;
}
