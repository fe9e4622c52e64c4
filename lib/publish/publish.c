/* SPDX-License-Identifier: MIT */
#include "publish/publish.h"

#include "base/gap.h"
#include "base/hex.h"
#include "base/sha.h"
#include "digest/archive.h"
#include "digest/touched.h"
#include "gather/gather.h"
#include "publish/book.h"
#include "publish/book_pages.h"
#include "publish/front.h"
#include "publish/group.h"
#include "publish/pages.h"
#include "publish/units.h"
#include "render/html_style.h"
#include "render/site.h"

#include <string.h>

#include "base/banned.h"

/* With more new posts than that, it is cheaper to look at all pages. */
enum { TOUCHED_MAX = 2000 };

/* What arrives so much later than the newest post changes who was new when. */
static const int64_t LATE_MS = INT64_C(31) * 24 * 3600 * 1000;

typedef struct Listing {
    const Publishing *publishing;
    Tree *tree;
    const char *list;
    char *folder;
    ListSettings *settings;
    GPtrArray *groups; /* GroupSettings *, lent: those that it is of */
    StoreListInfo *info;
    char *made_from;
    Book *told;     /* what was published; NULL: nothing that still holds */
    Book *book;     /* what is now */
    GArray *rows;   /* PostRow, all */
    GArray *months; /* Unit */
    GArray *weeks;
    GHashTable *dirty_people; /* keys */
} Listing;

static void listing_clear(Listing *listing)
{
    g_free(listing->folder);
    list_settings_free(listing->settings);
    g_clear_pointer(&listing->groups, g_ptr_array_unref);
    if (listing->info != NULL)
        store_list_info_free(listing->info);
    g_free(listing->made_from);
    book_free(listing->told);
    book_free(listing->book);
    g_clear_pointer(&listing->rows, g_array_unref);
    g_clear_pointer(&listing->months, g_array_unref);
    g_clear_pointer(&listing->weeks, g_array_unref);
    g_clear_pointer(&listing->dirty_people, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Listing, listing_clear)

/* --- what a list's pages are made from --------------------------------- */

static void put_part(GString *out, const char *part)
{
    g_string_append(out, part != NULL ? part : "");
    g_string_append_c(out, '\0');
}

static void put_file(GString *out, const char *path)
{
    g_autofree char *text = NULL;
    gsize length = 0;

    if (path != NULL && *path != '\0' &&
        g_file_get_contents(path, &text, &length, NULL))
        g_string_append_len(out, text, (gssize)length);
    g_string_append_c(out, '\0');
}

static int compare_texts(gconstpointer one, gconstpointer other)
{
    return strcmp(one, other);
}

/* Those of this list, in an order of their own: Redis has none. */
static bool put_gaps(const Listing *listing, GString *out, GError **error)
{
    g_autoptr(GHashTable) gaps =
        store_facts(listing->publishing->store, GAP_HASH, error);
    g_autoptr(GList) values = NULL;

    if (gaps == NULL)
        return false;
    values = g_list_sort(g_hash_table_get_values(gaps), compare_texts);
    for (const GList *at = values; at != NULL; at = at->next) {
        Gap gap;

        if (!gap_read(at->data, &gap))
            continue;
        if (gap_is_of_list(&gap, listing->list))
            put_part(out, at->data);
        gap_clear(&gap);
    }
    return true;
}

/* All but mail that decides what pages say: if it changes, all change. */
static char *find_made_from(const Listing *listing, GError **error)
{
    const Publishing *publishing = listing->publishing;
    const Settings *settings = publishing->settings;
    const ListSettings *list = listing->settings;
    g_autoptr(GString) out = g_string_new(NULL);
    uint8_t digest[SHA256_BYTES];
    char *hex = g_malloc0(2 * SHA256_BYTES + 1);

    put_part(out, publishing->version);
    put_part(out, publishing->base_url);
    put_part(out, list->id);
    put_part(out, list->name);
    put_part(out, list->title);
    put_part(out, list->archive);
    put_part(out, list->prefix);
    put_part(out, list->timezone);
    g_string_append_printf(out, "%u", list->top);
    for (unsigned i = 0; i < listing->groups->len; i++) {
        const GroupSettings *group = listing->groups->pdata[i];

        put_part(out, group->name);
        put_part(out, group->title);
    }
    put_file(out, settings->mailmap);
    put_file(out, settings->organisations);
    for (char **bot = settings->bots; bot != NULL && *bot != NULL; bot++)
        put_part(out, *bot);
    if (!put_gaps(listing, out, error)) {
        g_free(hex);
        return NULL;
    }
    sha256_of(out->str, out->len, digest);
    hex_encode(digest, SHA256_BYTES, hex);
    return hex;
}

static bool read_told(Listing *listing, GError **error)
{
    g_autofree char *path = page_book_path(listing->folder);
    g_autoptr(GError) failure = NULL;
    gsize length = 0;
    g_autofree char *text = tree_read(listing->tree, path, &length, &failure);

    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    if (text != NULL)
        listing->told = book_read(text, length);
    return true;
}

static GPtrArray *groups_of(const Settings *settings, const ListSettings *list)
{
    GPtrArray *groups = g_ptr_array_new();

    for (unsigned i = 0; i < settings->groups->len; i++) {
        if (settings_group_has(settings->groups->pdata[i], list))
            g_ptr_array_add(groups, settings->groups->pdata[i]);
    }
    return groups;
}

static bool open_list(Listing *listing, GError **error)
{
    const Publishing *publishing = listing->publishing;

    listing->folder = site_list_folder(listing->list);
    listing->settings =
        settings_list_or_default(publishing->settings, listing->list);
    listing->groups = groups_of(publishing->settings, listing->settings);
    listing->info =
        store_list_info(publishing->store, listing->list, false, error);
    if (listing->info == NULL)
        return false;
    if (!archive_learn(publishing->store, listing->settings, error))
        return false;
    listing->made_from = find_made_from(listing, error);
    return listing->made_from != NULL && read_told(listing, error);
}

static bool is_nothing_new(const Listing *listing)
{
    const Book *told = listing->told;
    const StoreListInfo *info = listing->info;

    return told != NULL && !listing->publishing->anew &&
           strcmp(told->made_from, listing->made_from) == 0 &&
           told->posts == info->posts && told->duplicates == info->duplicates &&
           told->people == info->people && told->first_ms == info->first_ms &&
           told->last_ms == info->last_ms;
}

/* --- what has to be made anew ------------------------------------------ */

static uint32_t highest_post(const GArray *rows)
{
    uint32_t highest = 0;

    for (unsigned i = 0; i < rows->len; i++)
        highest = MAX(highest, g_array_index(rows, PostRow, i).post);
    return highest;
}

static bool count_duplicates(const Listing *listing, GError **error)
{
    for (unsigned i = 0; i < listing->months->len; i++) {
        Unit *month = &g_array_index(listing->months, Unit, i);

        if (!store_duplicates(listing->publishing->store, listing->list,
                              month->start_ms, month->end_ms,
                              &month->duplicates, error))
            return false;
    }
    return true;
}

static void touch(const Listing *listing, int64_t arrival_ms)
{
    units_touch(listing->months, arrival_ms);
    units_touch(listing->weeks, arrival_ms);
}

static void touch_all(const Listing *listing)
{
    units_touch_from(listing->months, INT64_MIN);
    units_touch_from(listing->weeks, INT64_MIN);
}

/* Where more mail was seen twice than before: such a copy is counted in its
 * month. */
static void touch_duplicates(const Listing *listing)
{
    for (unsigned i = 0; i < listing->months->len; i++) {
        const Unit *month = &g_array_index(listing->months, Unit, i);
        const BookUnit *then = book_unit(listing->told->months, month->name);

        if (then != NULL && then->duplicates == month->duplicates)
            continue;
        touch(listing, month->start_ms);
        touch(listing, month->end_ms - 1);
    }
}

static GArray *new_posts(const Listing *listing, int64_t *earliest_ms)
{
    GArray *posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    *earliest_ms = INT64_MAX;
    for (unsigned i = 0; i < listing->rows->len; i++) {
        const PostRow *row = &g_array_index(listing->rows, PostRow, i);

        if (row->post <= listing->told->last_post)
            continue;
        g_array_append_val(posts, row->post);
        *earliest_ms = MIN(*earliest_ms, row->arrival_ms);
    }
    return posts;
}

/* The sets that were told to be revisions of these, if they no longer are. */
static void touch_told(const Listing *listing, const GPtrArray *sets)
{
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *months = listing->told->months;

    for (unsigned i = 0; i < months->len; i++) {
        const BookUnit *month = months->pdata[i];

        for (unsigned j = 0; j < month->patch_sets->len; j++) {
            DigestSet *set = month->patch_sets->pdata[j];

            if (set->message_id != NULL)
                g_hash_table_insert(by_id, set->message_id, set);
        }
    }
    for (unsigned i = 0; i < sets->len; i++) {
        const DigestSet *set = g_hash_table_lookup(by_id, sets->pdata[i]);
        const char *others[] = { set != NULL ? set->supersedes : NULL,
                                 set != NULL ? set->superseded_by : NULL };

        for (size_t j = 0; j < G_N_ELEMENTS(others); j++) {
            const DigestSet *other = others[j] != NULL
                                         ? g_hash_table_lookup(by_id, others[j])
                                         : NULL;

            if (other != NULL)
                touch(listing, other->arrival_ms);
        }
    }
}

static bool touch_posts(const Listing *listing, const GArray *posts,
                        GError **error)
{
    const char *prefix = listing->settings->prefix;
    g_auto(Touched) touched = { .arrivals = NULL };

    if (!touched_find(listing->publishing->store, listing->list,
                      prefix != NULL && *prefix != '\0' ? prefix : NULL,
                      listing->publishing->identity, posts, &touched, error))
        return false;
    for (unsigned i = 0; i < touched.arrivals->len; i++)
        touch(listing, g_array_index(touched.arrivals, int64_t, i));
    touch_told(listing, touched.sets);
    return true;
}

/* A week that begins in one month and has its first post in the next is one
 * to which both lead. */
static void touch_months_of_new_weeks(const Listing *listing)
{
    for (unsigned i = 0; i < listing->weeks->len; i++) {
        const Unit *week = &g_array_index(listing->weeks, Unit, i);

        if (book_unit(listing->told->weeks, week->name) != NULL)
            continue;
        for (unsigned j = 0; j < listing->months->len; j++) {
            Unit *month = &g_array_index(listing->months, Unit, j);

            if (month->start_ms < week->end_ms &&
                month->end_ms > week->start_ms)
                month->is_dirty = true;
        }
    }
}

static bool find_dirty(Listing *listing, GError **error)
{
    const Book *told = listing->told;
    bool is_renamed;
    int64_t earliest_ms;

    if (told == NULL || listing->publishing->anew ||
        strcmp(told->made_from, listing->made_from) != 0 ||
        told->first_ms != listing->info->first_ms ||
        !units_are_as_told(listing->months, told->months)) {
        touch_all(listing);
        return true;
    }

    if (!touched_names(listing->publishing->store, listing->list,
                       (uint32_t)told->people, (uint32_t)listing->info->people,
                       &is_renamed, error))
        return false;

    g_autoptr(GArray) posts = new_posts(listing, &earliest_ms);
    if (is_renamed || posts->len > TOUCHED_MAX ||
        earliest_ms < told->last_ms - LATE_MS) {
        touch_all(listing);
        return true;
    }
    touch_duplicates(listing);
    units_touch_new(listing->months, told->months);
    units_touch_new(listing->weeks, told->weeks);
    touch_months_of_new_weeks(listing);
    units_touch_from(listing->months, earliest_ms);
    units_touch_from(listing->weeks, earliest_ms);
    return touch_posts(listing, posts, error);
}

/* The rows are read as far as the posts that the list had a moment ago: what
 * comes meanwhile is for the next run. */
static bool read_rows(Listing *listing, GError **error)
{
    const uint32_t known = listing->told != NULL ? listing->told->last_post : 0;
    const char *zone = listing->settings->timezone;

    listing->rows = store_rows(listing->publishing->store, listing->list, 0,
                               INT64_MAX, error);
    if (listing->rows == NULL)
        return false;
    listing->months = units_of(listing->rows, zone, false, known);
    listing->weeks = units_of(listing->rows, zone, true, known);
    return count_duplicates(listing, error) && find_dirty(listing, error);
}

/* --- the pages --------------------------------------------------------- */

static unsigned count_dirty(const GArray *units)
{
    unsigned count = 0;

    for (unsigned i = 0; i < units->len; i++)
        count += g_array_index(units, Unit, i).is_dirty;
    return count;
}

static void tell(const Listing *listing, unsigned done, unsigned total)
{
    const Publishing *publishing = listing->publishing;

    if (publishing->tell != NULL)
        publishing->tell(publishing->data, listing->list, done, total);
}

static PageWork page_work(const Listing *listing, const BookSets *sets)
{
    return (PageWork){
        .store = listing->publishing->store,
        .identity = listing->publishing->identity,
        .settings = listing->settings,
        .base_url = listing->publishing->base_url,
        .tree = listing->tree,
        .folder = listing->folder,
        .now_ms = listing->info->last_ms + 1,
        .months = listing->months,
        .weeks = listing->weeks,
        .sets = sets,
        .groups = listing->groups,
    };
}

static void note_people(const Listing *listing, const BookUnit *month)
{
    for (unsigned i = 0; month != NULL && i < month->persons->len; i++) {
        const BookPerson *person = month->persons->pdata[i];

        g_hash_table_add(listing->dirty_people, g_strdup(person->key));
    }
}

/* What the book says of a unit that has not changed stays. */
static BookUnit *take_told(GPtrArray *units, const char *name)
{
    for (unsigned i = 0; i < units->len; i++) {
        BookUnit *unit = units->pdata[i];

        if (strcmp(unit->name, name) == 0)
            return g_ptr_array_steal_index(units, i);
    }
    return NULL;
}

static bool make_unit(const Listing *listing, const PageWork *work,
                      bool by_week, unsigned index, GError **error)
{
    const GArray *units = by_week ? listing->weeks : listing->months;
    GPtrArray *told = listing->told == NULL ? NULL
                      : by_week             ? listing->told->weeks
                                            : listing->told->months;
    GPtrArray *now = by_week ? listing->book->weeks : listing->book->months;
    const Unit *unit = &g_array_index(units, Unit, index);
    BookUnit *made;

    if (!unit->is_dirty && told != NULL) {
        g_ptr_array_add(now, take_told(told, unit->name));
        return true;
    }
    made = pages_make_unit(work, by_week, index, error);
    if (made == NULL)
        return false;
    if (!by_week) {
        note_people(listing, made);
        note_people(listing, told != NULL ? book_unit(told, unit->name) : NULL);
    }
    g_ptr_array_add(now, made);
    return true;
}

static bool make_units(const Listing *listing, const PageWork *work,
                       GError **error)
{
    const unsigned total =
        count_dirty(listing->months) + count_dirty(listing->weeks) + 1;
    unsigned done = 0;

    for (unsigned by_week = 0; by_week < 2; by_week++) {
        const GArray *units = by_week ? listing->weeks : listing->months;

        for (unsigned i = 0; i < units->len; i++) {
            tell(listing, done, total);
            if (!make_unit(listing, work, by_week, i, error))
                return false;
            done += g_array_index(units, Unit, i).is_dirty;
        }
    }
    tell(listing, total, total);
    return true;
}

/* --- what is gone ------------------------------------------------------- */

static GHashTable *paths_of(const Listing *listing, const Book *book)
{
    GHashTable *paths =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    page_files_of(book, listing->folder, paths);
    return paths;
}

/* told: the paths that were written before. */
static bool remove_gone(const Listing *listing, GHashTable *told,
                        GError **error)
{
    g_autoptr(GHashTable) now = paths_of(listing, listing->book);
    GHashTableIter iterator;
    gpointer path;

    g_hash_table_iter_init(&iterator, told);
    while (g_hash_table_iter_next(&iterator, &path, NULL)) {
        if (!g_hash_table_contains(now, path) &&
            !tree_remove(listing->tree, path, error))
            return false;
    }
    return true;
}

static Book *new_book(const Listing *listing)
{
    Book *book = book_new();

    book->made_from = g_strdup(listing->made_from);
    book->posts = listing->info->posts;
    book->duplicates = listing->info->duplicates;
    book->people = listing->info->people;
    book->first_ms = listing->info->first_ms;
    book->last_ms = listing->info->last_ms;
    book->last_post = highest_post(listing->rows);
    return book;
}

/* Written last, once all that it tells of would outlast a power cut: who is
 * stopped before that does it again. */
static bool write_book(const Listing *listing, GError **error)
{
    g_autofree char *path = page_book_path(listing->folder);
    g_autoptr(GString) out = g_string_new(NULL);

    book_write(listing->book, out);
    return tree_sync(listing->tree, error) &&
           tree_write(listing->tree, path, out, error);
}

/* The book's months as far as their sets: of those that changed anew, of the
 * others as they were told. */
static bool find_sets(const Listing *listing, Book *found, GError **error)
{
    const PageWork work = page_work(listing, NULL);

    for (unsigned i = 0; i < listing->months->len; i++) {
        const Unit *month = &g_array_index(listing->months, Unit, i);
        BookUnit *unit;

        if (month->is_dirty) {
            unit = pages_find_sets(&work, i, error);
            if (unit == NULL)
                return false;
        } else {
            unit = book_unit_copy_sets(
                book_unit(listing->told->months, month->name));
        }
        g_ptr_array_add(found->months, unit);
    }
    return true;
}

/* Of a set, whatever month it is in, all revisions are told: one more of them,
 * and the pages of all change. */
static void touch_chains(const Listing *listing, const Book *found,
                         const BookSets *sets)
{
    g_auto(BookSets) told = { .by_mark = NULL };

    if (listing->told == NULL)
        return;
    book_sets_find(listing->told, &told);
    for (unsigned i = 0; i < found->months->len; i++) {
        const BookUnit *month = found->months->pdata[i];
        Unit *unit = &g_array_index(listing->months, Unit, i);

        for (unsigned j = 0; j < month->patch_sets->len && !unit->is_dirty;
             j++) {
            DigestSet *set = month->patch_sets->pdata[j];
            DigestSet *then = g_hash_table_lookup(told.by_mark, set->mark);

            unit->is_dirty = then == NULL || book_chain_hash(&told, then) !=
                                                 book_chain_hash(sets, set);
        }
    }
}

static bool make_pages(Listing *listing, const BookSets *sets, GError **error)
{
    const PageWork work = page_work(listing, sets);
    g_autoptr(GHashTable) told =
        listing->told != NULL ? paths_of(listing, listing->told)
                              : g_hash_table_new(g_str_hash, g_str_equal);
    GHashTable *pages_told =
        listing->told != NULL ? listing->told->person_pages : NULL;

    listing->book = new_book(listing);
    listing->dirty_people =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return make_units(listing, &work, error) &&
           book_pages_make_people(&work, listing->book, listing->dirty_people,
                                  pages_told, error) &&
           book_pages_make_list(&work, listing->book, error) &&
           remove_gone(listing, told, error) && write_book(listing, error);
}

static bool make_list(Listing *listing, GError **error)
{
    g_autoptr(Book) found = book_new();
    g_auto(BookSets) sets = { .by_mark = NULL };

    if (!find_sets(listing, found, error))
        return false;
    book_sets_find(found, &sets);
    touch_chains(listing, found, &sets);
    return make_pages(listing, &sets, error);
}

bool publish_list(const Publishing *publishing, Tree *tree, const char *list,
                  bool *changed, GError **error)
{
    g_auto(Listing) listing = {
        .publishing = publishing,
        .tree = tree,
        .list = list,
    };

    if (!open_list(&listing, error))
        return false;
    if (is_nothing_new(&listing))
        return true;
    *changed = true;
    return read_rows(&listing, error) && make_list(&listing, error);
}

bool publish_look(Tree *tree, GError **error)
{
    g_autoptr(GString) style = g_string_new(html_style);
    g_autoptr(GString) script = g_string_new(site_script);

    g_string_append(style, site_style);
    return tree_write(tree, "style.css", style, error) &&
           tree_write(tree, "listpulse.js", script, error);
}

/* --- the front page ----------------------------------------------------- */

bool publish_front(const Publishing *publishing, Tree *tree,
                   const GPtrArray *lists, GError **error)
{
    g_autoptr(GPtrArray) fronts =
        g_ptr_array_new_with_free_func((GDestroyNotify)front_free);
    g_autoptr(GPtrArray) groups =
        g_ptr_array_new_with_free_func((GDestroyNotify)site_group_free);

    for (unsigned i = 0; i < lists->len; i++) {
        g_autofree char *folder = site_list_folder(lists->pdata[i]);
        g_autoptr(ListSettings) settings =
            settings_list_or_default(publishing->settings, lists->pdata[i]);
        g_autoptr(GError) failure = NULL;
        g_autoptr(Book) book = page_read_book(tree, folder, &failure);

        if (failure != NULL) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        if (book != NULL)
            g_ptr_array_add(fronts, front_new(settings, folder, book));
    }
    return groups_make(publishing, tree, fronts, groups, error) &&
           front_make(tree, fronts, groups, publishing->base_url, error);
}
