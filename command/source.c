/* SPDX-License-Identifier: MIT */
#include "command/source.h"

#include "command/bundle.h"
#include "command/command.h"
#include "command/pipeline.h"
#include "command/taken.h"

#include "archive/archive.h"
#include "mail/capture.h"
#include "mail/message.h"
#include "store/export.h"

#include <string.h>

#include "base/banned.h"

enum {
    WORKERS_MAX = 8,
    TROUBLES_MAX = 10, /* mails that are named, of those that are unreadable */
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
    bool is_export; /* lines of listpulse export */
    bool has_end;   /* its last line came */
    MailCapture *capture;
    GHashTable *stored;        /* list id -> GArray of StorePlace */
    GArray *known;             /* ArchivePlace, lent from stored */
    GHashTable *places;        /* list id -> Place * */
    uint64_t units_before;     /* of progress, before this run */
    uint64_t listed, unlisted; /* mails */
    GError *read_error;        /* of the filler; looked at when it has ended */
    GPtrArray *troubles;       /* char *: mails that cannot be read, the first
                                  ones; the filler's likewise */
    uint64_t unreadable;
    GArray *held_up;     /* uint64_t, rows that were set aside; of the drain */
    GError *count_error; /* of the drain */
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

static void note_trouble(Source *source, const char *trouble)
{
    source->unreadable++;
    if (source->troubles->len < TROUBLES_MAX)
        g_ptr_array_add(source->troubles, g_strdup(trouble));
}

/* Before the first mail is handed over to those who parse it: an import that
 * finds nothing new does without GMime, which takes longer to start. */
static void start_reading(void)
{
    static bool is_started;

    if (!is_started)
        mail_init();
    is_started = true;
}

/* One thread calls it. */
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
            start_reading();
        if (is_more && mail.trouble != NULL)
            note_trouble(source, mail.trouble);
        else if (is_more && source->is_export)
            bundle_add_line(bundle, &mail);
        else if (is_more)
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

/* A list that was forgotten is none of those that were asked for their places;
 * what was read for it is remembered all the same. */
static bool learn_place(Source *source, const char *list, GError **error)
{
    g_autoptr(GError) failure = NULL;
    uint64_t row = 0;
    int64_t arrival_ms = 0;

    if (source->id == NULL)
        return true;
    if (store_position(source->run->store, list, source->id, &row, &arrival_ms,
                       &failure)) {
        *place_of(source, list) = (Place){ .position = row, .last = row };
        return true;
    }
    if (command_is_of_list(failure))
        return true;
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

/* Drops what is beyond max_lists, gives the others their places. */
static bool admit_items(Source *source, Bundle *bundle, GError **error)
{
    SourceRun *run = source->run;
    unsigned kept = 0;

    for (unsigned i = 0; i < bundle->items->len; i++) {
        StoreItem item = g_array_index(bundle->items, StoreItem, i);
        const char *list = item.activity->list;
        const bool is_new = !g_hash_table_contains(run->lists, list);

        if (!admit_list(run, list)) {
            run->tally.refused++;
            continue;
        }
        if (is_new && !learn_place(source, list, error))
            return false;
        set_position(source, &item);
        g_array_index(bundle->items, StoreItem, kept) = item;
        kept++;
    }
    g_array_set_size(bundle->items, kept);
    return true;
}

/* Said once for each list. */
static void note_held(SourceRun *run, const char *list)
{
    const char *why = store_held(run->store, list);

    if (why == NULL || !g_hash_table_add(run->held, g_strdup(list)))
        return;
    progress_clear(&run->progress);
    command_warn(list, why);
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
    case STORE_DIFFERING:
        tally->duplicates++;
        tally->differing++;
        break;
    case STORE_KNOWN:
    case STORE_PASSED:
        tally->known++;
        break;
    case STORE_HELD:
        tally->held++;
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

/* Likewise; a fact may be put back as often as it takes. */
static bool restore_facts(SourceRun *run, const char *list,
                          const GPtrArray *facts, GError **error)
{
    Patience patience = { .since = 0 };

    for (;;) {
        g_autoptr(GError) failure = NULL;

        if (store_restore(run->store, list, facts, &failure))
            return true;
        if (!wait_for_redis(run, &patience, failure)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
    }
}

/* What an export says beside its posts, as far as it is of one list. */
static bool restore_some(Source *source, const GPtrArray *all, unsigned *at,
                         GPtrArray *facts)
{
    const Exported *first = all->pdata[*at];

    for (; *at < all->len; (*at)++) {
        Exported *exported = all->pdata[*at];

        if (strcmp(exported->list, first->list) != 0)
            break;
        source->has_end = exported->is_end;
        g_ptr_array_extend_and_steal(facts, g_steal_pointer(&exported->facts));
    }
    return facts->len == 0 ||
           restore_facts(source->run, first->list, facts, &source->count_error);
}

static bool restore_all(Source *source, const Bundle *bundle)
{
    for (unsigned at = 0; at < bundle->exported->len;) {
        g_autoptr(GPtrArray) facts = store_restore_new();

        if (!restore_some(source, bundle->exported, &at, facts))
            return false;
    }
    source->unreadable += bundle->unreadable;
    return true;
}

static bool take_back(Source *source, const Bundle *bundle)
{
    SourceRun *run = source->run;
    Taken taken = { .store = run->store,
                    .rules = &run->rules,
                    .lists = source->places,
                    .is_changed = run->is_changed };
    Patience patience = { .since = 0 };
    GError *failure = NULL;

    /* What was erased is not erased again. */
    while (!taken_back(&taken, bundle, &failure)) {
        if (!wait_for_redis(run, &patience, failure)) {
            source->count_error = failure;
            break;
        }
        g_clear_error(&failure);
    }
    run->tally.taken_back += taken.erased;
    return source->count_error == NULL;
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

    const unsigned mails =
        bundle->mails->len - bundle->removals + (bundle->purged_ms != 0);

    source->listed += mails - bundle->unlisted;
    source->unlisted += bundle->unlisted;
    tally->unlisted += bundle->unlisted;
    tally->mails += mails;
    return source->listed > 0 || source->unlisted < UNLISTED_MAX ||
           refuse_unlisted(source, error);
}

static bool drain(void *data, void *context)
{
    Bundle *bundle = data;
    Source *source = context;
    SourceRun *run = source->run;

    if (!check_lists(source, bundle, &source->count_error) ||
        !admit_items(source, bundle, &source->count_error))
        return false;
    g_array_append_vals(source->held_up, bundle->held_up->data,
                        bundle->held_up->len);
    StoreItem *items = (StoreItem *)(void *)bundle->items->data;
    const bool is_counted =
        count_items(run, items, bundle->items->len, &source->count_error);
    for (unsigned i = 0; i < bundle->items->len; i++) {
        add_outcome(&run->tally, &items[i]);
        if (items[i].outcome == STORE_HELD)
            note_held(run, items[i].activity->list);
    }
    if (!is_counted || !restore_all(source, bundle) ||
        !take_back(source, bundle))
        return false;
    if (bundle->last_row != 0)
        run->last_row = bundle->last_row;
    draw(source, bundle);
    return !is_interrupted(run);
}

static bool is_counted_here(const SourceRun *run, const char *list)
{
    return run->rules.list == NULL || strcmp(run->rules.list, list) == 0;
}

/* Asks Redis how far all archives were read, list by list. */
static bool read_places(Source *source, GError **error)
{
    GHashTableIter iterator;
    void *list = NULL;

    g_hash_table_iter_init(&iterator, source->run->lists);
    while (g_hash_table_iter_next(&iterator, &list, NULL)) {
        if (!is_counted_here(source->run, list))
            continue;
        g_autoptr(GError) failure = NULL;
        GArray *places = store_places(source->run->store, list, &failure);
        if (places != NULL)
            g_hash_table_insert(source->stored, list, places);
        else if (!command_is_of_list(failure)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
    }
    return true;
}

/* Keeps the lowest place of each archive: what lies before it was read whole.
 */
static void note_place(GArray *known, const StorePlace *place)
{
    ArchivePlace found = {
        .id = place->source,
        .row = place->row,
        .arrival_ms = place->arrival_ms,
        .has_mark = place->has_mark,
    };

    memcpy(found.mark, place->mark, sizeof(found.mark));
    for (guint i = 0; i < known->len; i++) {
        ArchivePlace *other = &g_array_index(known, ArchivePlace, i);
        if (strcmp(other->id, place->source) != 0)
            continue;
        if (place->row < other->row)
            *other = found;
        return;
    }
    g_array_append_val(known, found);
}

static GArray *known_places(const Source *source)
{
    GArray *known = g_array_new(FALSE, FALSE, sizeof(ArchivePlace));
    GHashTableIter iterator;
    void *places = NULL;

    g_hash_table_iter_init(&iterator, source->stored);
    while (g_hash_table_iter_next(&iterator, NULL, &places)) {
        const GArray *of_list = places;
        for (guint i = 0; i < of_list->len; i++)
            note_place(known, &g_array_index(of_list, StorePlace, i));
    }
    return known;
}

/* What Redis knows of this archive, list by list. */
static void set_places(Source *source)
{
    GHashTableIter iterator;
    void *list = NULL, *places = NULL;

    g_hash_table_iter_init(&iterator, source->stored);
    while (g_hash_table_iter_next(&iterator, &list, &places)) {
        const GArray *of_list = places;
        for (guint i = 0; i < of_list->len; i++) {
            const StorePlace *place = &g_array_index(of_list, StorePlace, i);
            if (strcmp(place->source, source->id) == 0)
                *place_of(source, list) =
                    (Place){ .position = place->row, .last = place->row };
        }
    }
}

static const ArchivePlace *find_place(const Source *source)
{
    for (guint i = 0; i < source->known->len; i++) {
        const ArchivePlace *place =
            &g_array_index(source->known, ArchivePlace, i);
        if (strcmp(place->id, source->id) == 0)
            return place;
    }
    return NULL;
}

static bool resume(Source *source, GError **error)
{
    uint64_t total = 0;

    if (source->id == NULL)
        return true;
    set_places(source);
    const ArchivePlace *place = find_place(source);
    if (place == NULL || source->run->is_again)
        return true;
    if (!archive_skip(source->archive, place, error))
        return false;
    source->run->last_row = place->row;
    source->run->tally.before += place->row;
    archive_progress(source->archive, &source->units_before, &total);
    return true;
}

/* Names what was passed over; the tally and the exit code tell of it, too. */
static void tell_troubles(Source *source)
{
    for (unsigned i = 0; i < source->held_up->len; i++) {
        g_autofree char *trouble = g_strdup_printf(
            "%s: mail %" G_GUINT64_FORMAT
            " took more than a second of processor time: left out",
            source->path, g_array_index(source->held_up, uint64_t, i));
        note_trouble(source, trouble);
    }
    source->run->tally.unreadable += source->unreadable;
    if (source->unreadable == 0)
        return;
    progress_clear(&source->run->progress);
    for (unsigned i = 0; i < source->troubles->len; i++)
        command_warn(NULL, source->troubles->pdata[i]);
    if (source->unreadable > source->troubles->len) {
        g_autofree char *more =
            g_strdup_printf("%" G_GUINT64_FORMAT " more mails cannot be read",
                            source->unreadable - source->troubles->len);

        command_warn(source->path, more);
    }
    command_warn(source->path, "was read without them; once it is whole, "
                               "import --again takes them in");
}

static bool flow(Source *source, GError **error)
{
    static const PipelineStages stages = { fill, work, drain };
    const unsigned workers = CLAMP(g_get_num_processors(), 1, WORKERS_MAX);

    pipeline_run(&stages, source->run->bundles, workers, source);
    tell_troubles(source);
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
    if (source->is_export && !source->has_end) {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_BROKEN,
                    "%s: the export is not whole: its last line is missing; "
                    "what it has is counted",
                    source->path);
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
    if (source->known != NULL)
        g_array_unref(source->known);
    g_hash_table_unref(source->stored);
    g_ptr_array_unref(source->troubles);
    g_array_unref(source->held_up);
    g_clear_error(&source->read_error);
    g_clear_error(&source->count_error);
}

/* Rows of a range are not rows of the archive: it has no id. What is read again
 * is read from the start. */
static bool open_source(Source *source, GError **error)
{
    const SourceRun *run = source->run;

    if (!read_places(source, error))
        return false;
    source->known = known_places(source);
    source->archive = archive_open(source->path, run->range,
                                   run->is_again ? NULL : source->known, error);
    if (source->archive == NULL)
        return false;
    source->is_export = strcmp(archive_kind(source->archive), "export") == 0;
    if (archive_warning(source->archive) != NULL)
        command_warn(NULL, archive_warning(source->archive));
    source->id = run->range == NULL ? archive_id(source->archive) : NULL;
    return true;
}

static bool read_once(SourceRun *run, const char *path, GError **error)
{
    Source source = {
        .run = run,
        .path = path,
        .capture = mail_capture_new(),
        .stored = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                        (GDestroyNotify)g_array_unref),
        .places =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .troubles = g_ptr_array_new_with_free_func(g_free),
        .held_up = g_array_new(FALSE, FALSE, sizeof(uint64_t)),
    };
    const bool is_read = open_source(&source, error) &&
                         resume(&source, error) && flow(&source, error);

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
    run->is_again = run->is_changed = true;
    const bool is_read = read_once(run, path, error);
    run->is_again = was_again;
    run->is_changed = false;
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
