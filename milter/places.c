/* SPDX-License-Identifier: MIT */
#include "milter/places.h"

#include "milter/clock.h"
#include "milter/log.h"

#include <string.h>

#include "base/banned.h"

enum {
    KNOWN_MS = 1000,     /* so old may be what Redis said of its lists */
    BUSY_MS = 60 * 1000, /* and which of them have mail */
    SAID_MS = 10 * 60 * 1000,
    WAITING_MAX = 4096, /* lists; who waits longest without a mail is dropped */
};

static const int64_t MONTH_MS = INT64_C(30) * 24 * 60 * 60 * 1000;

/* In the journal, beside the place of a list: this and its id, and the first
 * row that it missed. */
static const char waits_place[] = "waits ";

typedef struct Waiting {
    int64_t first_row, first_ms; /* ms 0: before this process began */
    int64_t last_row;
    bool is_saved;    /* in the journal */
    unsigned posts;   /* since month_ms */
    int64_t month_ms; /* when the present month of it began */
} Waiting;

struct Places {
    Health *health;
    GHashTable *known; /* lists in Redis; NULL: to be asked */
    int64_t known_at_ms;
    unsigned busy;       /* of these without a section, with enough posts */
    int64_t busy_at_ms;  /* 0: to be asked */
    GHashTable *waiting; /* list -> Waiting * */
    GHashTable *gone;    /* lists that wait no more; not in the journal yet */
    bool has_changed;
    int64_t said_at_ms;
};

Places *places_new(Health *health)
{
    Places *places = g_new0(Places, 1);

    places->health = health;
    places->waiting =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    places->gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return places;
}

void places_free(Places *places)
{
    if (places == NULL)
        return;
    g_clear_pointer(&places->known, g_hash_table_unref);
    g_hash_table_unref(places->waiting);
    g_hash_table_unref(places->gone);
    g_free(places);
}

void places_doubt(Places *places)
{
    g_clear_pointer(&places->known, g_hash_table_unref);
    places->busy_at_ms = 0;
}

static void show_waiting(const Places *places)
{
    health_set(places->health, HEALTH_WAITING_LISTS,
               g_hash_table_size(places->waiting));
}

/* --- what Redis knows ------------------------------------------------------
 */

static bool ask_known(Places *places, Store *store, GError **error)
{
    const int64_t now_ms = clock_ticks_ms();

    if (places->known != NULL && now_ms - places->known_at_ms < KNOWN_MS)
        return true;
    g_autoptr(GPtrArray) lists = store_lists(store, error);
    if (lists == NULL)
        return false;
    g_clear_pointer(&places->known, g_hash_table_unref);
    places->known =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (unsigned i = 0; i < lists->len; i++)
        g_hash_table_add(places->known, g_strdup(lists->pdata[i]));
    places->known_at_ms = now_ms;
    return true;
}

static unsigned taken(const Places *places, const Settings *settings)
{
    GHashTableIter each;
    gpointer list = NULL;
    unsigned count = 0;

    g_hash_table_iter_init(&each, places->known);
    while (g_hash_table_iter_next(&each, &list, NULL))
        count += settings_list(settings, list) == NULL;
    return count;
}

/* A list that cannot be read keeps its place. */
static bool is_busy(Store *store, const Settings *settings, const char *list,
                    bool *is_so, GError **error)
{
    const int64_t now_ms = clock_now_ms();
    g_autoptr(GError) failure = NULL;
    g_autoptr(GArray) rows =
        store_rows(store, list, now_ms - MONTH_MS, INT64_MAX, &failure);

    *is_so = rows == NULL || rows->len >= settings->place_posts;
    if (rows != NULL ||
        g_error_matches(failure, STORE_ERROR, STORE_ERROR_SCHEMA))
        return true;
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

/* Reads much, so only now and then. */
static bool count_busy(Places *places, Store *store, const Settings *settings,
                       GError **error)
{
    GHashTableIter each;
    gpointer list = NULL;
    unsigned busy = 0;

    if (places->busy_at_ms != 0 &&
        clock_ticks_ms() - places->busy_at_ms < BUSY_MS)
        return true;
    g_hash_table_iter_init(&each, places->known);
    while (busy < settings->max_lists &&
           g_hash_table_iter_next(&each, &list, NULL)) {
        bool is_so = false;

        if (settings_list(settings, list) != NULL)
            continue;
        if (!is_busy(store, settings, list, &is_so, error))
            return false;
        busy += is_so;
    }
    places->busy = busy;
    places->busy_at_ms = MAX(clock_ticks_ms(), 1);
    return true;
}

/* --- who waits --------------------------------------------------------------
 */

/* Said when it begins, and then once in a while: who invents List-Ids can
 * invent many. */
static void note_refused(Places *places, const char *list)
{
    const int64_t now_ms = clock_ticks_ms();

    health_count(places->health, HEALTH_REFUSED, 1);
    health_say(places->health, HEALTH_REFUSED_LIST, list, clock_now_ms());
    if (places->said_at_ms != 0 && now_ms - places->said_at_ms < SAID_MS)
        return;
    places->said_at_ms = MAX(now_ms, 1);
    log_warning("list %s is not counted: there are max_lists already; it waits "
                "for a place: name those that matter in the settings, raise "
                "it, or give places back with listpulse forget LIST --all",
                list);
}

static void drop_waiting(Places *places, const char *list)
{
    g_hash_table_add(places->gone, g_strdup(list));
    g_hash_table_remove(places->waiting, list);
    places->has_changed = true;
}

/* Which had no mail for longest. */
static void make_room(Places *places)
{
    GHashTableIter each;
    gpointer list = NULL, value = NULL;
    const char *stalest = NULL;
    int64_t lowest = INT64_MAX;

    if (g_hash_table_size(places->waiting) < WAITING_MAX)
        return;
    g_hash_table_iter_init(&each, places->waiting);
    while (g_hash_table_iter_next(&each, &list, &value)) {
        if (((Waiting *)value)->last_row < lowest) {
            lowest = ((Waiting *)value)->last_row;
            stalest = list;
        }
    }
    if (stalest != NULL)
        drop_waiting(places, stalest);
}

static Waiting *begin_waiting(Places *places, const char *list,
                              const JournalRow *row)
{
    Waiting *waiting = g_new0(Waiting, 1);

    make_room(places);
    waiting->first_row = row->row;
    waiting->first_ms = waiting->month_ms = row->arrival_ms;
    g_hash_table_insert(places->waiting, g_strdup(list), waiting);
    g_hash_table_remove(places->gone, list);
    places->has_changed = true;
    show_waiting(places);
    return waiting;
}

/* A row may be read again. */
static void wait_on(Places *places, const char *list, Waiting *waiting,
                    const JournalRow *row)
{
    if (row->row < waiting->first_row) {
        waiting->first_row = row->row;
        waiting->first_ms = row->arrival_ms;
        waiting->is_saved = false;
        places->has_changed = true;
    }
    if (row->row <= waiting->last_row)
        return;
    if (row->arrival_ms - waiting->month_ms > MONTH_MS) {
        waiting->month_ms = row->arrival_ms;
        waiting->posts = 0;
    }
    waiting->last_row = row->row;
    waiting->posts++;
    note_refused(places, list);
}

/* --- admission ---------------------------------------------------------------
 */

bool places_admit(Places *places, Store *store, const Settings *settings,
                  const char *list, const JournalRow *row, bool *is_admitted,
                  GError **error)
{
    Waiting *waiting = g_hash_table_lookup(places->waiting, list);

    *is_admitted = settings_list(settings, list) != NULL ||
                   (waiting == NULL && places->known != NULL &&
                    g_hash_table_contains(places->known, list));
    if (*is_admitted)
        return true;
    if (waiting == NULL) {
        if (!ask_known(places, store, error))
            return false;
        *is_admitted = g_hash_table_contains(places->known, list) ||
                       taken(places, settings) < settings->max_lists;
        if (*is_admitted) {
            g_hash_table_add(places->known, g_strdup(list));
            return true;
        }
        waiting = begin_waiting(places, list, row);
    }
    wait_on(places, list, waiting, row);
    return true;
}

/* The one that waits longest; of those with enough posts, if that is asked. */
static const char *first_waiting(const Places *places, unsigned posts)
{
    GHashTableIter each;
    gpointer list = NULL, value = NULL;
    const char *first = NULL;
    int64_t lowest = INT64_MAX;

    g_hash_table_iter_init(&each, places->waiting);
    while (g_hash_table_iter_next(&each, &list, &value)) {
        const Waiting *waiting = value;

        if (waiting->first_row < lowest && waiting->posts >= posts) {
            lowest = waiting->first_row;
            first = list;
        }
    }
    return first;
}

static void offer(const Places *places, const char *list, Seated *seated)
{
    const Waiting *waiting = g_hash_table_lookup(places->waiting, list);

    *seated = (Seated){ .list = g_strdup(list),
                        .row = waiting->first_row,
                        .arrival_ms = waiting->first_ms };
}

void places_seat(Places *places, const char *list)
{
    g_hash_table_add(places->known, g_strdup(list));
    drop_waiting(places, list);
    show_waiting(places);
}

/* One that was named meanwhile, or counted by another host. */
static const char *first_with_place(const Places *places,
                                    const Settings *settings)
{
    GHashTableIter each;
    gpointer list = NULL;

    g_hash_table_iter_init(&each, places->waiting);
    while (g_hash_table_iter_next(&each, &list, NULL)) {
        if (settings_list(settings, list) != NULL ||
            g_hash_table_contains(places->known, list))
            return list;
    }
    return NULL;
}

bool places_next(Places *places, Store *store, const Settings *settings,
                 Seated *seated, GError **error)
{
    *seated = (Seated){ .list = NULL };
    if (g_hash_table_size(places->waiting) == 0)
        return true;
    if (!ask_known(places, store, error))
        return false;
    const char *list = first_with_place(places, settings);
    if (list == NULL && taken(places, settings) < settings->max_lists)
        list = first_waiting(places, 0);
    if (list != NULL) {
        offer(places, list, seated);
        return true;
    }
    list = first_waiting(places, settings->place_posts);
    if (list == NULL)
        return true;
    if (!count_busy(places, store, settings, error))
        return false;
    if (places->busy >= settings->max_lists)
        return true;
    log_notice("list %s gets the place of one with less than %u posts in 30 "
               "days",
               list, settings->place_posts);
    places->busy++;
    offer(places, list, seated);
    return true;
}

/* --- the journal
 * --------------------------------------------------------------- */

bool places_is_position(const JournalPosition *position)
{
    return g_str_has_prefix(position->list, waits_place);
}

void places_load(Places *places, const JournalPosition *position)
{
    Waiting *waiting = g_new0(Waiting, 1);

    waiting->first_row = waiting->last_row = position->row;
    waiting->posts = 1;
    waiting->month_ms = clock_now_ms();
    waiting->is_saved = true;
    g_hash_table_insert(places->waiting,
                        g_strdup(position->list + strlen(waits_place)),
                        waiting);
    show_waiting(places);
}

bool places_has_changed(const Places *places)
{
    return places->has_changed;
}

static void add_position(GArray *positions, GPtrArray *names, const char *list,
                         int64_t row)
{
    const JournalPosition position = { g_strconcat(waits_place, list, NULL),
                                       row };

    g_ptr_array_add(names, position.list);
    g_array_append_val(positions, position);
}

void places_save(const Places *places, GArray *positions, GPtrArray *names)
{
    GHashTableIter each;
    gpointer list = NULL, value = NULL;

    if (!places->has_changed)
        return;
    g_hash_table_iter_init(&each, places->gone);
    while (g_hash_table_iter_next(&each, &list, NULL))
        add_position(positions, names, list, 0);
    g_hash_table_iter_init(&each, places->waiting);
    while (g_hash_table_iter_next(&each, &list, &value)) {
        const Waiting *waiting = value;

        if (!waiting->is_saved)
            add_position(positions, names, list, waiting->first_row);
    }
}

void places_saved(Places *places)
{
    GHashTableIter each;
    gpointer value = NULL;

    g_hash_table_remove_all(places->gone);
    g_hash_table_iter_init(&each, places->waiting);
    while (g_hash_table_iter_next(&each, NULL, &value))
        ((Waiting *)value)->is_saved = true;
    places->has_changed = false;
}
