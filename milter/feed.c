/* SPDX-License-Identifier: MIT */
#include "milter/feed.h"

#include "journal/journal_rows.h"
#include "milter/clock.h"
#include "milter/feed_batch.h"
#include "milter/feed_held.h"
#include "milter/feed_lists.h"
#include "milter/feed_place.h"
#include "milter/feed_positions.h"
#include "milter/feed_redis.h"
#include "milter/feed_safe.h"
#include "milter/feed_state.h"

#include <string.h>

#include "base/banned.h"

enum {
    ROWS_MAX = 64,    /* in one go */
    CHECK_LISTS = 32, /* a check; each is a round trip */
};

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
    if (!open_store(feed, error) || !feed_place_find(feed, error))
        return false;
    health_count(feed->health, HEALTH_REDIS_CONNECTS, 1);
    return true;
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
    if (feed_positions_load(feed, error) &&
        feed_positions_catch_up(feed, error)) {
        feed_positions_show_cursor(feed);
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
        feed_redis_disconnect(feed);
}

bool feed_connect(Feed *feed)
{
    g_autoptr(GError) error = NULL;

    if (connect(feed, &error))
        return true;
    feed_redis_on_failure(feed, error);
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

/* Half to whole of it, so that several hosts do not come all at once. */
int feed_pause_ms(const Feed *feed)
{
    return feed->pause_ms / 2 + g_random_int_range(0, feed->pause_ms / 2 + 1);
}

FeedOutcome feed_step(Feed *feed)
{
    g_autoptr(GArray) rows = journal_rows_new();
    g_autoptr(GError) error = NULL;

    if (!connect(feed, &error))
        return feed_redis_on_failure(feed, error);
    if (!journal_read(feed->journal, feed->cursor, ROWS_MAX, rows, &error))
        return feed_redis_on_journal_failure(feed, error);
    if (rows->len == 0)
        return feed_redis_on_success(feed, FEED_IDLE);
    return feed_batch_send(feed, rows);
}

/* --- whether Redis is still where we left it ------------------------------ */

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
    const ListState *state = feed_lists_get(feed, list);
    GError *failure = NULL;
    FeedPlace place = { 0 };
    bool is_own = false;

    if (state->missed != 0)
        return true;
    if (!feed_place_get(feed, list, state, &place, &is_own, &failure))
        return feed_lists_hold_or_fail(feed, list, feed->cursor + 1, failure,
                                       error);
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
        !check_lists(feed, &is_same, &error) || !feed_held_try(feed, &error) ||
        !feed_held_seat_waiting(feed, &error) ||
        (!is_same && !feed_place_find(feed, &error)) ||
        (feed_safe_has_new_gaps(feed) && !feed_safe_tell_gaps(feed, &error)))
        feed_redis_on_failure(feed, error);
}

/* --- now and then --------------------------------------------------------- */

void feed_retain(Feed *feed)
{
    g_autoptr(GError) error = NULL;

    if (feed->store != NULL &&
        !retention_step(&feed->retention, feed->store, feed->settings,
                        feed->health, &error))
        feed_redis_on_failure(feed, error);
}

void feed_upgrade(Feed *feed)
{
    g_autoptr(GError) error = NULL;

    if (feed->store != NULL &&
        !upgrade_step(&feed->upgrade, feed->store, clock_now_ms(), &error))
        feed_redis_on_failure(feed, error);
}

/* Nothing is told on a connection on which the cursor was not found. What the
 * journal knows of places must not be older than what it says was told. */
static void tell_mark(Feed *feed)
{
    g_autoptr(GError) error = NULL;

    if (feed->store != NULL && feed->told_row >= 0 &&
        !feed_safe_tell_mark(feed, &error))
        feed_redis_on_failure(feed, error);
}

bool feed_save(Feed *feed, GError **error)
{
    if (!feed_positions_save(feed, error))
        return false;
    tell_mark(feed);
    return true;
}
