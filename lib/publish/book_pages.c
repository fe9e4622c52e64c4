/* SPDX-License-Identifier: MIT */
#include "publish/book_pages.h"

#include "publish/units.h"
#include "render/renderer.h"

#include <string.h>

#include "base/banned.h"

enum { NEWEST_MAX = 50 }; /* sets on a list's page */

/* --- one person --------------------------------------------------------- */

/* What the book has of a person, over all months. */
typedef struct Sheet {
    SitePerson person;
    GArray *months;  /* SiteUnit, oldest first; words lent */
    GPtrArray *sets; /* DigestSet *, lent; newest first */
} Sheet;

static void sheet_free(gpointer data)
{
    Sheet *sheet = data;

    digest_person_clear(&sheet->person.who);
    g_array_unref(sheet->months);
    g_ptr_array_unref(sheet->sets);
    g_free(sheet);
}

static Sheet *sheet_of(GHashTable *sheets, const char *key)
{
    Sheet *sheet = g_hash_table_lookup(sheets, key);

    if (sheet != NULL)
        return sheet;
    sheet = g_new0(Sheet, 1);
    sheet->months = g_array_new(FALSE, TRUE, sizeof(SiteUnit));
    sheet->sets = g_ptr_array_new();
    g_hash_table_insert(sheets, g_strdup(key), sheet);
    return sheet;
}

/* The name is that of the latest month. */
static void add_month(Sheet *sheet, const BookUnit *month, const char *title,
                      const BookPerson *person)
{
    const SiteUnit unit = {
        .name = month->name,
        .title = title,
        .posts = person->posts,
        .patches = person->patches,
        .replies = person->replies,
    };

    digest_person_clear(&sheet->person.who);
    sheet->person.who.name = g_strdup(person->who.name);
    sheet->person.who.email = g_strdup(person->who.email);
    sheet->person.who.organisation = g_strdup(person->who.organisation);
    sheet->person.posts += person->posts;
    sheet->person.patches += person->patches;
    sheet->person.tags += person->tags;
    sheet->person.replies += person->replies;
    g_array_append_val(sheet->months, unit);
}

static const char *title_of(const GArray *units, const char *name)
{
    for (unsigned i = 0; i < units->len; i++) {
        const Unit *unit = &g_array_index(units, Unit, i);

        if (strcmp(unit->name, name) == 0)
            return unit->title;
    }
    return name;
}

static void add_sets(GHashTable *sheets, const BookUnit *month)
{
    for (unsigned i = month->patch_sets->len; i-- > 0;) {
        DigestSet *set = month->patch_sets->pdata[i];
        g_autofree char *key = site_person_key(&set->author);

        if (key != NULL)
            g_ptr_array_insert(sheet_of(sheets, key)->sets, 0, set);
    }
}

static GHashTable *sheets_of(const PageWork *work, const Book *book)
{
    GHashTable *sheets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, sheet_free);

    for (unsigned i = 0; i < book->months->len; i++) {
        const BookUnit *month = book->months->pdata[i];
        const char *title = title_of(work->months, month->name);

        for (unsigned j = 0; j < month->persons->len; j++) {
            const BookPerson *person = month->persons->pdata[j];

            add_month(sheet_of(sheets, person->key), month, title, person);
        }
        add_sets(sheets, month);
    }
    return sheets;
}

static Digest *digest_of_list(const PageWork *work)
{
    Digest *digest = digest_new();

    digest->list_id = g_strdup(work->settings->id);
    digest->list_name = g_strdup(work->settings->name);
    digest->list_title = g_strdup(work->settings->title);
    digest->timezone = g_strdup(work->settings->timezone);
    digest->top = work->settings->top;
    digest->from.shown = g_strdup("the start");
    digest->to.shown = g_strdup("the end");
    digest->from.time_ms = digest->to.time_ms = -1;
    return digest;
}

static bool put_person_part(const PageWork *work, const Sheet *sheet,
                            const Digest *digest, const RenderSite *whole,
                            unsigned part, unsigned parts, GError **error)
{
    const char *name = strrchr(whole->path, '/') + 1;
    g_autofree char *file = page_part_name(whole->path, part);
    g_autoptr(GPtrArray) links = page_part_links(name, parts, part);
    g_autoptr(GString) lead = g_string_new(NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    RenderSite site = *whole;
    const RenderOptions options = {
        .sections = SECTION_PATCHES,
        .site = &site,
        .first_row = part * PAGE_ROWS_MAX,
        .most_rows = PAGE_ROWS_MAX,
        .sets_heading = "Patch sets",
    };

    if (part == 0)
        site_lead_person(whole, &sheet->person,
                         (const SiteUnit *)(void *)sheet->months->data,
                         sheet->months->len, lead);
    site.lead = lead->str;
    site.parts = links;
    render_html.render(digest, &options, out);
    return page_put(work, file, ".html", out, error);
}

static bool put_person_feeds(const PageWork *work, const Sheet *sheet,
                             const Digest *digest, const RenderSite *site,
                             GError **error)
{
    g_autoptr(GPtrArray) newest = page_first_of(digest->sets, PAGE_FEED_MAX);
    const Digest feed = page_digest_of_sets(digest, newest);
    g_autoptr(GString) json = g_string_new(NULL);

    site_json_person(&sheet->person,
                     (const SiteUnit *)(void *)sheet->months->data,
                     sheet->months->len, digest, json);
    return page_put(work, site->path, ".json", json, error) &&
           page_put_atom(work, site, &feed, SECTION_PATCHES, error);
}

static bool put_person(const PageWork *work, const char *key,
                       const Sheet *sheet, const Digest *empty, unsigned parts,
                       GError **error)
{
    const DigestPerson *who = &sheet->person.who;
    g_autofree char *name = site_person_name(key);
    g_autofree char *path = g_strconcat(work->folder, "/person/", name, NULL);
    g_autoptr(GPtrArray) ways = page_links_new();
    const Digest digest = page_digest_of_sets(empty, sheet->sets);
    const RenderSite site = {
        .root = "../../",
        .list_root = "../",
        .path = path,
        .base_url = work->base_url,
        .heading = who->name != NULL && *who->name != '\0' ? who->name : key,
        .ways = ways,
    };

    page_links_add_up(ways, work, "../");
    for (unsigned i = 0; i < parts; i++) {
        if (!put_person_part(work, sheet, &digest, &site, i, parts, error))
            return false;
    }
    return put_person_feeds(work, sheet, &digest, &site, error);
}

bool book_pages_make_people(const PageWork *work, Book *book, GHashTable *keys,
                            GHashTable *told, GError **error)
{
    g_autoptr(GHashTable) sheets = sheets_of(work, book);
    g_autoptr(Digest) empty = digest_of_list(work);
    GHashTableIter iterator;
    gpointer key, value;

    g_hash_table_iter_init(&iterator, sheets);
    while (g_hash_table_iter_next(&iterator, &key, &value)) {
        const Sheet *sheet = value;
        const bool is_known = told != NULL && g_hash_table_contains(told, key);
        const unsigned parts =
            MAX((sheet->sets->len + PAGE_ROWS_MAX - 1) / PAGE_ROWS_MAX, 1);

        g_hash_table_insert(book->person_pages, g_strdup(key),
                            GUINT_TO_POINTER(parts));
        if (is_known && !g_hash_table_contains(keys, key))
            continue;
        if (!put_person(work, key, sheet, empty, parts, error))
            return false;
    }
    return true;
}

/* --- the list ----------------------------------------------------------- */

static GArray *site_units(const GPtrArray *units, const GArray *titles)
{
    GArray *out = g_array_new(FALSE, TRUE, sizeof(SiteUnit));

    for (unsigned i = 0; i < units->len; i++) {
        const BookUnit *unit = units->pdata[i];
        const SiteUnit shown = {
            .name = unit->name,
            .title = titles != NULL ? title_of(titles, unit->name) : unit->name,
            .posts = unit->posts,
            .patches = unit->patches,
            .replies = unit->replies,
            .people = unit->people,
            .sets = unit->sets,
        };

        g_array_append_val(out, shown);
    }
    return out;
}

static GPtrArray *newest_sets(const Book *book, unsigned most)
{
    GPtrArray *sets = g_ptr_array_new();

    for (unsigned i = book->months->len; i-- > 0 && sets->len < most;) {
        const BookUnit *month = book->months->pdata[i];

        for (unsigned j = 0; j < month->patch_sets->len && sets->len < most;
             j++)
            g_ptr_array_add(sets, month->patch_sets->pdata[j]);
    }
    return sets;
}

/* Most first, equal ones by address. */
static int compare_counts(gconstpointer one, gconstpointer other)
{
    const DigestCount *left = *(const DigestCount *const *)one;
    const DigestCount *right = *(const DigestCount *const *)other;

    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return g_strcmp0(left->who.email, right->who.email);
}

static void add_count(GPtrArray *counts, const SitePerson *person,
                      uint64_t number)
{
    DigestCount *count;

    if (number == 0)
        return;
    count = digest_count_new();
    count->count = number;
    count->who.name = g_strdup(person->who.name);
    count->who.email = g_strdup(person->who.email);
    g_ptr_array_add(counts, count);
}

static void count_people(const PageWork *work, const Book *book, Digest *digest)
{
    g_autoptr(GHashTable) sheets = sheets_of(work, book);
    GHashTableIter iterator;
    gpointer value;

    g_hash_table_iter_init(&iterator, sheets);
    while (g_hash_table_iter_next(&iterator, NULL, &value)) {
        const Sheet *sheet = value;

        add_count(digest->contributors, &sheet->person, sheet->person.patches);
        add_count(digest->posters, &sheet->person, sheet->person.posts);
    }
    g_ptr_array_sort(digest->contributors, compare_counts);
    g_ptr_array_sort(digest->posters, compare_counts);
}

static bool put_list(const PageWork *work, const RenderSite *site,
                     const Digest *digest, const GArray *months,
                     const GArray *weeks, GError **error)
{
    const SiteUnit *of_months = (const SiteUnit *)(void *)months->data;
    const SiteUnit *of_weeks = (const SiteUnit *)(void *)weeks->data;
    g_autoptr(GString) lead = g_string_new(NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GString) json = g_string_new(NULL);
    RenderSite whole = *site;
    const RenderOptions options = {
        .sections = SECTION_CONTRIBUTORS | SECTION_POSTERS | SECTION_PATCHES,
        .site = &whole,
        .sets_heading = "Newest patch sets",
    };

    site_lead_list(site, of_months, months->len, of_weeks, weeks->len, lead);
    whole.lead = lead->str;
    render_html.render(digest, &options, out);
    site_json_list(work->settings->id, work->settings->title, of_months,
                   months->len, of_weeks, weeks->len, json);
    return page_put(work, site->path, ".html", out, error) &&
           page_put(work, site->path, ".json", json, error) &&
           page_put_atom(work, site, digest, SECTION_PATCHES, error);
}

static void add_group(GPtrArray *ways, const GroupSettings *group)
{
    g_autofree char *path = site_group_path(group->name);
    g_autofree char *href = g_strconcat("../", path, ".html", NULL);
    g_autofree char *title = settings_group_title(group);

    page_links_add(ways, title, href);
}

bool book_pages_make_list(const PageWork *work, const Book *book,
                          GError **error)
{
    g_autoptr(Digest) digest = digest_of_list(work);
    g_autoptr(GPtrArray) sets = newest_sets(book, NEWEST_MAX);
    g_autoptr(GPtrArray) ways = page_links_new();
    g_autoptr(GArray) months = site_units(book->months, work->months);
    g_autoptr(GArray) weeks = site_units(book->weeks, work->weeks);
    g_autofree char *path = g_strconcat(work->folder, "/index", NULL);
    const RenderSite site = {
        .root = "../",
        .list_root = "",
        .path = path,
        .base_url = work->base_url,
        .heading = work->settings->title,
        .aside = work->settings->id,
        .ways = ways,
        .people = book->person_pages,
    };
    Digest shown;

    page_links_add(ways, "All lists", "../index.html");
    for (unsigned i = 0; work->groups != NULL && i < work->groups->len; i++)
        add_group(ways, work->groups->pdata[i]);
    digest->last_ms = work->now_ms - 1;
    count_people(work, book, digest);
    shown = page_digest_of_sets(digest, sets);
    return put_list(work, &site, &shown, months, weeks, error);
}
