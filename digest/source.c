/* SPDX-License-Identifier: MIT */
#include "digest/source.h"

#include "digest/bundle.h"
#include "digest/command.h"
#include "digest/pipeline.h"

#include "archive/archive.h"
#include "mail/capture.h"

#include <string.h>

enum {
    WORKERS_MAX = 8,
    UNLISTED_MAX = 4096, /* mails of no list before an archive is refused */
    RESTARTS_MAX = 10,   /* rewinds after a Redis with older data */
    WAIT_FIRST_MS = 100,
    WAIT_LONGEST_MS = 5000,
    WAIT_SLICE_MS = 50,
    WAIT_LIMIT_SECONDS = 60, /* without one mail counted */
};

/* Where a list stands in the archive that is read. */
typedef struct Place {
    uint64_t position; /* Redis had counted up to this row */
    uint64_t last;     /* the row that was sent last */
} Place;

typedef struct Source {
    SourceRun *run;
    const char *path;
    const char *id; /* NULL: no position is kept */
    Archive *archive;
    MailCapture *capture;
    GHashTable *places;        /* list id -> Place * */
    uint64_t units_before;     /* of progress, before this run */
    uint64_t listed, unlisted; /* mails */
    GError *read_error;        /* of the filler; looked at when it has ended */
    GError *count_error;       /* of the drain */
} Source;

/* Retrying: how long already, how long next. */
typedef struct Patience {
    int64_t since; /* monotonic microseconds; 0: all is well */
    int wait_ms;
} Patience;

static bool is_interrupted(const SourceRun *run)
{
    return g_atomic_int_get(run->interrupted) != 0;
}

static bool fill(void *data, void *context)
{
    Bundle *bundle = data;
    Source *source = context;
    bool is_more = true;

    bundle_reset(bundle);
    while (is_more && !bundle_is_full(bundle)) {
        ArchiveMail mail;

        is_more = !is_interrupted(source->run) &&
                  archive_next(source->archive, &mail, &source->read_error);
        if (is_more)
            bundle_add(bundle, source->capture, &mail);
    }
    archive_progress(source->archive, &bundle->done, &bundle->total);
    return is_more;
}

static void work(void *data, void *context)
{
    const Source *source = context;

    bundle_read(data, &source->run->rules);
}

static Place *place_of(Source *source, const char *list)
{
    Place *place = g_hash_table_lookup(source->places, list);

    if (place == NULL) {
        place = g_new0(Place, 1);
        g_hash_table_insert(source->places, g_strdup(list), place);
    }
    return place;
}

/* False where it would be one list too many. */
static bool admit_list(SourceRun *run, const char *list)
{
    const Settings *settings = run->rules.settings;

    if (g_hash_table_contains(run->lists, list))
        return true;
    if (g_hash_table_size(run->lists) >= settings->max_lists &&
        settings_list(settings, list) == NULL)
        return false;
    g_hash_table_add(run->lists, g_strdup(list));
    return true;
}

/* What --again reads anew moves no position: it would be passed over. */
static void set_position(Source *source, StoreItem *item)
{
    Place *place = place_of(source, item->activity->list);

    if (source->run->is_again && item->position.row <= place->position)
        return;
    item->position.source = source->id;
    item->position.previous = place->last;
    place->last = item->position.row;
}

/* Drops what is beyond max_lists, gives the others their places. */
static void admit_items(Source *source, Bundle *bundle)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < bundle->items->len; i++) {
        StoreItem item = g_array_index(bundle->items, StoreItem, i);

        if (!admit_list(source->run, item.activity->list)) {
            source->run->tally.refused++;
            continue;
        }
        set_position(source, &item);
        g_array_index(bundle->items, StoreItem, kept) = item;
        kept++;
    }
    g_array_set_size(bundle->items, kept);
}

static void add_outcome(SourceTally *tally, const StoreItem *item)
{
    switch (item->outcome) {
    case STORE_COUNTED:
        tally->counted++;
        if ((item->activity->flags & POST_MALFORMED) != 0)
            tally->malformed++;
        break;
    case STORE_DUPLICATE:
        tally->duplicates++;
        break;
    case STORE_KNOWN:
    case STORE_PASSED:
        tally->known++;
        break;
    case STORE_PENDING:
        break;
    }
}

static bool may_pass(const GError *error)
{
    return error->domain == STORE_ERROR &&
           (error->code == STORE_ERROR_UNREACHABLE ||
            error->code == STORE_ERROR_WAIT ||
            error->code == STORE_ERROR_MASTER ||
            error->code == STORE_ERROR_FULL);
}

static void wait_a_while(SourceRun *run, Patience *patience)
{
    for (int waited = 0; waited < patience->wait_ms && !is_interrupted(run);
         waited += WAIT_SLICE_MS)
        g_usleep((gulong)WAIT_SLICE_MS * 1000);
    patience->wait_ms = MIN(patience->wait_ms * 2, WAIT_LONGEST_MS);
}

/* True after a wait: worth another try. Says so once an outage. */
static bool wait_for_redis(SourceRun *run, Patience *patience,
                           const GError *failure)
{
    const int64_t now = g_get_monotonic_time();
    const int64_t limit = (int64_t)WAIT_LIMIT_SECONDS * G_USEC_PER_SEC;

    if (!may_pass(failure) || is_interrupted(run))
        return false;
    if (patience->since == 0) {
        *patience = (Patience){ .since = now, .wait_ms = WAIT_FIRST_MS };
        progress_clear(&run->progress);
        command_warn(failure->message, "waiting for Redis");
    }
    if (now - patience->since > limit)
        return false;
    wait_a_while(run, patience);
    return true;
}

static unsigned pending(const StoreItem *items, unsigned count)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < count; i++)
        sum += items[i].outcome == STORE_PENDING;
    return sum;
}

/* Counts all items; waits, within the limit, for a Redis that is away. */
static bool count_items(SourceRun *run, StoreItem *items, unsigned count,
                        GError **error)
{
    Patience patience = { .since = 0 };
    unsigned left = pending(items, count);

    while (left > 0) {
        g_autoptr(GError) failure = NULL;

        if (store_count(run->store, items, count, NULL, &failure))
            return true;
        if (pending(items, count) < left)
            patience.since = 0;
        left = pending(items, count);
        if (!wait_for_redis(run, &patience, failure)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
    }
    return true;
}

static void draw(Source *source, const Bundle *bundle)
{
    SourceRun *run = source->run;
    g_autofree char *label = g_path_get_basename(source->path);
    const ProgressState state = {
        .label = label,
        .done = bundle->done,
        .total = bundle->total,
        .before = source->units_before,
        .mails = run->tally.mails,
        .seconds =
            (double)(g_get_monotonic_time() - run->started) / G_USEC_PER_SEC,
    };

    progress_draw(&run->progress, &state);
}

/* Such a source counts for nothing. */
static bool refuse_unlisted(Source *source, GError **error)
{
    source->run->tally.unlisted -= source->unlisted;
    source->run->tally.mails -= source->unlisted;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                "no mail of it names a list that is counted (List-Id); "
                "--list LIST says which it is");
    return false;
}

/* An archive whose mails name no list is told soon, not after an hour. */
static bool check_lists(Source *source, const Bundle *bundle, GError **error)
{
    SourceTally *tally = &source->run->tally;

    source->listed += bundle->mails->len - bundle->unlisted;
    source->unlisted += bundle->unlisted;
    tally->unlisted += bundle->unlisted;
    tally->mails += bundle->mails->len;
    return source->listed > 0 || source->unlisted < UNLISTED_MAX ||
           refuse_unlisted(source, error);
}

static bool drain(void *data, void *context)
{
    Bundle *bundle = data;
    Source *source = context;
    SourceRun *run = source->run;

    if (!check_lists(source, bundle, &source->count_error))
        return false;
    admit_items(source, bundle);
    StoreItem *items = (StoreItem *)(void *)bundle->items->data;
    const bool is_counted =
        count_items(run, items, bundle->items->len, &source->count_error);
    for (unsigned i = 0; i < bundle->items->len; i++)
        add_outcome(&run->tally, &items[i]);
    if (!is_counted)
        return false;
    if (bundle->last_row != 0)
        run->last_row = bundle->last_row;
    draw(source, bundle);
    return !is_interrupted(run);
}

/* Reads what Redis knows of this archive, list by list. What lies before the
 * lowest of their rows was read whole. */
static bool find_places(Source *source, uint64_t *row, int64_t *arrival_ms,
                        GError **error)
{
    const SourceRun *run = source->run;
    GHashTableIter iterator;
    void *list = NULL;

    g_hash_table_iter_init(&iterator, run->lists);
    while (g_hash_table_iter_next(&iterator, &list, NULL)) {
        uint64_t position = 0;
        int64_t arrival = 0;

        if (run->rules.list != NULL && strcmp(run->rules.list, list) != 0)
            continue;
        if (!store_position(run->store, list, source->id, &position, &arrival,
                            error))
            return false;
        if (position == 0)
            continue;
        *place_of(source, list) =
            (Place){ .position = position, .last = position };
        if (*row == 0 || position < *row) {
            *row = position;
            *arrival_ms = arrival;
        }
    }
    return true;
}

static bool resume(Source *source, GError **error)
{
    uint64_t row = 0;
    uint64_t total = 0;
    int64_t arrival_ms = 0;

    if (source->id == NULL)
        return true;
    if (!find_places(source, &row, &arrival_ms, error))
        return false;
    if (row == 0 || source->run->is_again)
        return true;
    if (!archive_skip(source->archive, row, arrival_ms, error))
        return false;
    source->run->last_row = row;
    source->run->tally.before += row;
    archive_progress(source->archive, &source->units_before, &total);
    return true;
}

static bool flow(Source *source, GError **error)
{
    static const PipelineStages stages = { fill, work, drain };
    const unsigned workers = CLAMP(g_get_num_processors(), 1, WORKERS_MAX);

    pipeline_run(&stages, source->run->bundles, workers, source);
    if (source->count_error != NULL) {
        g_propagate_error(error, g_steal_pointer(&source->count_error));
        return false;
    }
    /* Ctrl-C at a terminal ends the archive's git as well. */
    if (is_interrupted(source->run))
        return true;
    if (source->read_error != NULL) {
        g_propagate_error(error, g_steal_pointer(&source->read_error));
        return false;
    }
    const bool is_of_no_list = source->listed == 0 && source->unlisted > 0 &&
                               source->units_before == 0;
    return !is_of_no_list || refuse_unlisted(source, error);
}

static void source_clear(Source *source)
{
    archive_free(source->archive);
    mail_capture_free(source->capture);
    g_hash_table_unref(source->places);
    g_clear_error(&source->read_error);
    g_clear_error(&source->count_error);
}

static bool read_once(SourceRun *run, const char *path, GError **error)
{
    Source source = {
        .run = run,
        .path = path,
        .archive = archive_open(path, run->range, error),
        .capture = mail_capture_new(),
        .places =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
    };
    bool is_read = false;

    if (source.archive != NULL) {
        /* Rows of a range are not rows of the archive. */
        source.id = run->range == NULL ? archive_id(source.archive) : NULL;
        is_read = resume(&source, error) && flow(&source, error);
    }
    source_clear(&source);
    return is_read;
}

/* What was read before tells nothing of an archive that was written anew: all
 * of it is read again, and what is known counts for nothing. */
static bool read_changed(SourceRun *run, const char *path, GError **error)
{
    const bool was_again = run->is_again;

    progress_clear(&run->progress);
    command_warn(path, "is not the archive that was read before; all of it is "
                       "read again");
    run->is_again = true;
    const bool is_read = read_once(run, path, error);
    run->is_again = was_again;
    return is_read;
}

static bool read_any(SourceRun *run, const char *path, GError **error)
{
    const uint64_t before = run->tally.before;
    g_autoptr(GError) failure = NULL;

    if (read_once(run, path, &failure))
        return true;
    if (!run->is_again &&
        g_error_matches(failure, ARCHIVE_ERROR, ARCHIVE_ERROR_CHANGED)) {
        run->tally.before = before;
        return read_changed(run, path, error);
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

/* A Redis that came back with older data holds an older position: what it
 * lost is read again. */
bool source_read(SourceRun *run, const char *path, GError **error)
{
    run->last_row = 0;
    for (unsigned tries = 0;; tries++) {
        g_autoptr(GError) failure = NULL;

        if (read_any(run, path, &failure))
            return true;
        if (!g_error_matches(failure, STORE_ERROR, STORE_ERROR_GAP) ||
            tries == RESTARTS_MAX || is_interrupted(run)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        progress_clear(&run->progress);
        command_warn(path, "Redis holds less than was counted; "
                           "going back to where it is");
    }
}
