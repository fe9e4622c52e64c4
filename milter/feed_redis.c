/* SPDX-License-Identifier: MIT */
#include "milter/feed_redis.h"

#include "journal/journal.h"
#include "milter/clock.h"
#include "milter/feed_state.h"
#include "milter/log.h"

#include <string.h>

#include "base/banned.h"

enum {
    PAUSE_FIRST_MS = 100,
    PAUSE_MAX_MS = 30 * 1000,
    PAUSE_LONG_MS = 10 * 1000, /* only a person can mend it */
};

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
void feed_redis_disconnect(Feed *feed)
{
    GHashTableIter each;
    gpointer state = NULL;

    g_clear_pointer(&feed->store, store_free);
    feed->told_row = -1;
    g_hash_table_iter_init(&each, feed->lists);
    while (g_hash_table_iter_next(&each, NULL, &state))
        ((ListState *)state)->is_asked = false;
}

FeedOutcome feed_redis_on_journal_failure(Feed *feed, const GError *error)
{
    g_autofree char *last = health_text(feed->health, HEALTH_LAST_ERROR);

    if (strcmp(last, error->message) != 0)
        log_error("cannot read the journal: %s", error->message);
    if (g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN))
        health_set(feed->health, HEALTH_JOURNAL_FAULT,
                   journal_file_number(feed->journal));
    health_say(feed->health, HEALTH_LAST_ERROR, error->message, clock_now_ms());
    feed_redis_disconnect(feed);
    feed->pause_ms = next_pause(feed->pause_ms, HEALTH_REDIS_UNKNOWN);
    return FEED_FAILED;
}

/* Of Redis, or of the journal where both are compared. */
FeedOutcome feed_redis_on_failure(Feed *feed, const GError *error)
{
    const HealthRedis state = redis_state_of(error);

    if (error->domain == JOURNAL_ERROR)
        return feed_redis_on_journal_failure(feed, error);
    health_count(feed->health, HEALTH_REDIS_ERRORS, 1);
    health_say(feed->health, HEALTH_LAST_ERROR, error->message, clock_now_ms());
    if (set_redis_state(feed, state))
        log_error("Redis is %s: %s; mails are counted later",
                  health_redis_name(state), error->message);
    feed_redis_disconnect(feed);
    feed->pause_ms = next_pause(feed->pause_ms, state);
    return FEED_FAILED;
}

FeedOutcome feed_redis_on_success(Feed *feed, FeedOutcome outcome)
{
    feed->pause_ms = 0;
    if (set_redis_state(feed, HEALTH_REDIS_UP)) {
        health_say(feed->health, HEALTH_LAST_ERROR, "", clock_now_ms());
        log_notice("Redis is up; %" G_GUINT64_FORMAT " mails wait",
                   health_rows_waiting(feed->health));
    }
    return outcome;
}

/* Should it refuse for ever, then at least not at full speed. */
FeedOutcome feed_redis_on_refusal(Feed *feed)
{
    feed->pause_ms = next_pause(feed->pause_ms, HEALTH_REDIS_UP);
    return feed->pause_ms > PAUSE_FIRST_MS ? FEED_FAILED : FEED_MORE;
}
