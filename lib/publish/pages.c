/* SPDX-License-Identifier: MIT */
#include "publish/pages.h"

#include "digest/load.h"
#include "publish/units.h"
#include "render/renderer.h"
#include "render/site.h"

#include <string.h>

#include "base/banned.h"

enum {
    ROWS_MAX = 60,       /* of a table on one page: 150 KB are not passed */
    EVERYBODY = 1000000, /* rows of the top lists that are loaded */
    FEED_MAX = 100,      /* entries */
    NEWEST_MAX = 50,     /* sets on a list's page */
};

/* Tables that may be longer than a page. */
enum {
    LONG_SECTIONS = SECTION_PATCHES | SECTION_SUPERSEDED | SECTION_APPLIED |
                    SECTION_WAITING,
    WAITING_DAYS = 90,
};

/* --- small things ------------------------------------------------------ */

static void link_free(gpointer data)
{
    site_link_free(data);
}

static GPtrArray *links_new(void)
{
    return g_ptr_array_new_with_free_func(link_free);
}

static void add_link(GPtrArray *links, const char *words, const char *href)
{
    g_ptr_array_add(links, site_link_new(words, href));
}

/* "2025-10", "2025-10-2" for its second part. */
static char *part_name(const char *name, unsigned part)
{
    return part == 0 ? g_strdup(name)
                     : g_strdup_printf("%s-%u", name, part + 1);
}

static GPtrArray *part_links(const char *name, unsigned parts, unsigned self)
{
    GPtrArray *links = parts > 1 ? links_new() : NULL;

    for (unsigned i = 0; links != NULL && i < parts; i++) {
        g_autofree char *part = part_name(name, i);
        g_autofree char *href = g_strconcat(part, ".html", NULL);
        g_autofree char *words = g_strdup_printf("Part %u", i + 1);

        add_link(links, words, i == self ? NULL : href);
    }
    return links;
}

static bool put(const PageWork *work, const char *path, const char *ending,
                const GString *content, GError **error)
{
    g_autofree char *file = g_strconcat(path, ending, NULL);

    return tree_write(work->tree, file, content, error);
}

/* A part of a digest as one of its own: all but the sets is lent from it. */
static Digest digest_of_sets(const Digest *digest, GPtrArray *sets)
{
    Digest part = *digest;

    part.sets = sets;
    return part;
}

static bool put_json(const PageWork *work, const char *path,
                     const Digest *digest, unsigned sections, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const RenderOptions options = { .sections = sections,
                                    .with_previous = true };

    render_json.render(digest, &options, out);
    return put(work, path, ".json", out, error);
}

static bool put_atom(const PageWork *work, const RenderSite *site,
                     const Digest *digest, unsigned sections, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const RenderOptions options = { .sections = sections, .site = site };

    render_atom.render(digest, &options, out);
    return put(work, site->path, ".atom", out, error);
}

/* The first ones of an array, which stays their owner. */
static GPtrArray *first_of(const GPtrArray *items, unsigned most)
{
    GPtrArray *first = g_ptr_array_new();

    for (unsigned i = 0; i < items->len && i < most; i++)
        g_ptr_array_add(first, items->pdata[i]);
    return first;
}

/* --- people ------------------------------------------------------------ */

static BookPerson *person_of(GHashTable *people, const DigestPerson *who)
{
    g_autofree char *key = site_person_key(who);
    BookPerson *person;

    if (key == NULL)
        return NULL;
    person = g_hash_table_lookup(people, key);
    if (person == NULL) {
        person = book_person_new(key, who);
        g_hash_table_insert(people, person->key, person);
    }
    return person;
}

static void add_authors(GHashTable *people, const GPtrArray *sets)
{
    for (unsigned i = 0; i < sets->len; i++) {
        const DigestSet *set = sets->pdata[i];

        person_of(people, &set->author);
    }
}

/* Who spoke in a unit or wrote what is told there: they have pages. What they
 * did is noted of months. BookPerson by key. */
static GHashTable *people_of(const Digest *digest)
{
    GHashTable *people = g_hash_table_new(g_str_hash, g_str_equal);

    for (unsigned i = 0; i < digest->posters->len; i++) {
        const DigestCount *count = digest->posters->pdata[i];
        BookPerson *person = person_of(people, &count->who);

        if (person != NULL)
            person->posts += count->count;
    }
    for (unsigned i = 0; i < digest->contributors->len; i++) {
        const DigestCount *count = digest->contributors->pdata[i];
        BookPerson *person = person_of(people, &count->who);

        if (person != NULL)
            person->patches += count->count;
    }
    add_authors(people, digest->sets);
    for (unsigned i = 0; i < digest->reviewers->len; i++) {
        const DigestCount *count = digest->reviewers->pdata[i];
        g_autofree char *key = site_person_key(&count->who);
        BookPerson *person =
            key != NULL ? g_hash_table_lookup(people, key) : NULL;

        if (person == NULL)
            continue;
        person->tags += count->tags;
        person->replies += count->replies;
    }
    return people;
}

static int compare_people(gconstpointer one, gconstpointer other)
{
    const BookPerson *left = *(const BookPerson *const *)one;
    const BookPerson *right = *(const BookPerson *const *)other;

    return strcmp(left->key, right->key);
}

static void note_people(GHashTable *people, BookUnit *unit)
{
    GHashTableIter iterator;
    gpointer person;

    g_hash_table_iter_init(&iterator, people);
    while (g_hash_table_iter_next(&iterator, NULL, &person))
        g_ptr_array_add(unit->persons, person);
    g_ptr_array_sort(unit->persons, compare_people);
}

/* --- months and weeks --------------------------------------------------- */

typedef struct UnitPage {
    const PageWork *work;
    const GArray *units;
    const Unit *unit;
    unsigned index;
    bool by_week;
    Digest *digest;
    BookUnit *noted;
    GHashTable *people; /* who has a page */
} UnitPage;

static void add_ways_up(GPtrArray *ways, const PageWork *work, const char *up)
{
    g_autofree char *front = g_strconcat(up, "../index.html", NULL);
    g_autofree char *list = g_strconcat(up, "index.html", NULL);

    add_link(ways, "All lists", front);
    add_link(ways, work->settings->title, list);
}

static void add_neighbour(GPtrArray *ways, const UnitPage *page, int step,
                          const char *before, const char *after)
{
    const int64_t index = (int64_t)page->index + step;

    if (index < 0 || index >= page->units->len)
        return;

    const Unit *unit = &g_array_index(page->units, Unit, index);
    g_autofree char *href = g_strconcat(unit->name, ".html", NULL);
    g_autofree char *text = g_strconcat(before, unit->title, after, NULL);

    add_link(ways, text, href);
}

static GPtrArray *unit_ways(const UnitPage *page)
{
    GPtrArray *ways = links_new();

    add_ways_up(ways, page->work, "");
    add_neighbour(ways, page, -1, "\xe2\x86\x90 ", "");
    add_neighbour(ways, page, 1, "", " \xe2\x86\x92");
    return ways;
}

static GPtrArray *weeks_of(const UnitPage *page)
{
    const GArray *weeks = page->work->weeks;
    GPtrArray *links = links_new();

    for (unsigned i = 0; i < weeks->len; i++) {
        const Unit *week = &g_array_index(weeks, Unit, i);
        g_autofree char *href = g_strconcat(week->name, ".html", NULL);

        if (week->start_ms < page->unit->end_ms &&
            week->end_ms > page->unit->start_ms)
            add_link(links, week->title, href);
    }
    return links;
}

static unsigned parts_of(const Digest *digest)
{
    const unsigned rows =
        MAX(MAX(digest->sets->len, digest->applied->len), digest->waiting->len);

    return MAX((rows + ROWS_MAX - 1) / ROWS_MAX, 1);
}

static char *unit_aside(const UnitPage *page)
{
    const char *zone = page->work->settings->timezone;
    g_autofree char *first =
        moment_format(page->unit->start_ms, zone, "%Y-%m-%d");
    g_autofree char *last =
        moment_format(page->unit->end_ms - 1, zone, "%Y-%m-%d %Z");

    return g_strdup_printf("%s to %s, %s", first, last,
                           page->work->settings->id);
}

static bool put_unit_part(const UnitPage *page, const RenderSite *whole,
                          unsigned part, GError **error)
{
    const unsigned sections =
        part == 0 ? SECTION_ALL & ~(unsigned)SECTION_ENTRIES : LONG_SECTIONS;
    g_autofree char *name = part_name(page->unit->name, part);
    g_autofree char *path = g_strconcat(page->work->folder, "/", name, NULL);
    g_autoptr(GPtrArray) parts =
        part_links(page->unit->name, page->noted->pages, part);
    g_autoptr(GString) out = g_string_new(NULL);
    RenderSite site = *whole;
    const RenderOptions options = {
        .sections = sections,
        .with_previous = true,
        .sets_heading = "Patch sets",
        .site = &site,
        .first_row = part * ROWS_MAX,
        .most_rows = ROWS_MAX,
    };

    site.parts = parts;
    render_html.render(page->digest, &options, out);
    return put(page->work, path, ".html", out, error);
}

static bool put_unit(const UnitPage *page, GError **error)
{
    const PageWork *work = page->work;
    g_autofree char *path =
        g_strconcat(work->folder, "/", page->unit->name, NULL);
    g_autofree char *heading =
        g_strdup_printf("%s: %s", work->settings->title, page->unit->title);
    g_autofree char *aside = unit_aside(page);
    g_autoptr(GPtrArray) ways = unit_ways(page);
    g_autoptr(GPtrArray) weeks = page->by_week ? NULL : weeks_of(page);
    const RenderSite site = {
        .root = "../",
        .list_root = "",
        .path = path,
        .base_url = work->base_url,
        .heading = heading,
        .aside = aside,
        .ways = ways,
        .weeks = weeks,
        .people = page->people,
        .sets = work->sets->by_mark,
    };
    g_autoptr(GPtrArray) newest = first_of(page->digest->sets, FEED_MAX);
    const Digest feed = digest_of_sets(page->digest, newest);

    for (unsigned i = 0; i < page->noted->pages; i++) {
        if (!put_unit_part(page, &site, i, error))
            return false;
    }
    return put_json(work, path, page->digest,
                    SECTION_ALL & ~(unsigned)SECTION_ENTRIES, error) &&
           put_atom(work, &site, &feed, SECTION_PATCHES, error);
}

/* --- patch sets --------------------------------------------------------- */

static GPtrArray *set_ways(const UnitPage *page)
{
    GPtrArray *ways = links_new();
    g_autofree char *month =
        g_strconcat("../", page->unit->name, ".html", NULL);

    add_ways_up(ways, page->work, "../");
    add_link(ways, page->unit->title, month);
    return ways;
}

/* What the book tells of a set and its revisions. */
static GPtrArray *chain_of(const PageWork *work, const DigestSet *set)
{
    DigestSet *told = g_hash_table_lookup(work->sets->by_mark, set->mark);

    return told != NULL ? book_chain(work->sets, told) : g_ptr_array_new();
}

static bool put_set(const UnitPage *page, const GPtrArray *ways, DigestSet *set,
                    GError **error)
{
    const PageWork *work = page->work;
    g_autofree char *path = g_strconcat(work->folder, "/set/", set->mark, NULL);
    const RenderSite site = {
        .root = "../../",
        .list_root = "../",
        .path = path,
        .base_url = work->base_url,
        .heading = *set->title != '\0' ? set->title : set->subject,
        .ways = ways,
        .people = page->people,
        .sets = work->sets->by_mark,
    };
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GPtrArray) alone = g_ptr_array_new();
    g_autoptr(GPtrArray) chain = chain_of(work, set);
    const Digest digest = digest_of_sets(page->digest, alone);

    g_ptr_array_add(alone, set);
    site_render_set(page->digest, set, chain, &site, out);
    return put(work, path, ".html", out, error) &&
           put_json(work, path, &digest, SECTION_ENTRIES, error) &&
           put_atom(work, &site, &digest, SECTION_ENTRIES, error);
}

static bool put_sets(const UnitPage *page, GError **error)
{
    g_autoptr(GPtrArray) ways = set_ways(page);

    for (unsigned i = 0; i < page->digest->sets->len; i++) {
        DigestSet *set = page->digest->sets->pdata[i];

        if (!put_set(page, ways, set, error))
            return false;
        g_ptr_array_add(page->noted->patch_sets, book_set(set));
    }
    return true;
}

/* --- what a unit is made of --------------------------------------------- */

static Digest *load_unit(const PageWork *work, const Unit *unit,
                         unsigned sections, bool with_details, GError **error)
{
    const IntervalRequest interval = {
        .has_from = true,
        .from_ms = unit->start_ms,
        .has_until = true,
        .until_ms = unit->end_ms,
    };
    const DigestRequest request = {
        .list = work->settings->id,
        .settings = work->settings,
        .interval = &interval,
        .identity = work->identity,
        .top = EVERYBODY,
        .sections = sections,
        .waiting_days = WAITING_DAYS,
        .with_previous = true,
        .with_details = with_details,
        .now_ms = work->now_ms,
    };

    return digest_load(work->store, &request, error);
}

/* All were loaded, to know who has a page; as many are shown as ever. */
static void cut_tops(Digest *digest, unsigned top)
{
    GPtrArray *const lists[] = { digest->domains,   digest->contributors,
                                 digest->posters,   digest->organisations,
                                 digest->reviewers, digest->threads,
                                 digest->unanswered };

    digest->top = top;
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        if (lists[i]->len > top)
            g_ptr_array_set_size(lists[i], (int)top);
    }
}

static BookUnit *note_unit(const Unit *unit, const Digest *digest)
{
    BookUnit *noted = book_unit_new(unit->name);

    noted->print = unit->print;
    noted->duplicates = unit->duplicates;
    noted->pages = parts_of(digest);
    noted->posts = digest->totals.posts;
    noted->patches = digest->totals.patches;
    noted->replies = digest->totals.replies;
    noted->people = digest->totals.people;
    noted->sets = digest->totals.patch_sets;
    return noted;
}

static void free_people(GHashTable *people)
{
    GHashTableIter iterator;
    gpointer person;

    g_hash_table_iter_init(&iterator, people);
    while (g_hash_table_iter_next(&iterator, NULL, &person))
        book_person_free(person);
    g_hash_table_unref(people);
}

BookUnit *pages_find_sets(const PageWork *work, unsigned index, GError **error)
{
    const Unit *unit = &g_array_index(work->months, Unit, index);
    g_autoptr(Digest) digest =
        load_unit(work, unit, LONG_SECTIONS, false, error);
    BookUnit *found;

    if (digest == NULL)
        return NULL;
    found = book_unit_new(unit->name);
    for (unsigned i = 0; i < digest->sets->len; i++)
        g_ptr_array_add(found->patch_sets, book_set(digest->sets->pdata[i]));
    return found;
}

BookUnit *pages_make_unit(const PageWork *work, bool by_week, unsigned index,
                          GError **error)
{
    const GArray *units = by_week ? work->weeks : work->months;
    const Unit *unit = &g_array_index(units, Unit, index);
    g_autoptr(Digest) digest = load_unit(
        work, unit,
        by_week ? SECTION_ALL & ~(unsigned)SECTION_ENTRIES : SECTION_ALL,
        !by_week, error);

    if (digest == NULL)
        return NULL;

    UnitPage page = {
        .work = work,
        .units = units,
        .unit = unit,
        .index = index,
        .by_week = by_week,
        .digest = digest,
        .noted = note_unit(unit, digest),
        .people = people_of(digest),
    };
    bool is_made;

    cut_tops(digest, work->settings->top);
    is_made = put_unit(&page, error) && (by_week || put_sets(&page, error));
    if (by_week) {
        free_people(page.people);
    } else {
        note_people(page.people, page.noted);
        g_hash_table_unref(page.people);
    }
    if (is_made)
        return page.noted;
    book_unit_free(page.noted);
    return NULL;
}

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
    g_autofree char *file = part_name(whole->path, part);
    g_autoptr(GPtrArray) links = part_links(name, parts, part);
    g_autoptr(GString) lead = g_string_new(NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    RenderSite site = *whole;
    const RenderOptions options = {
        .sections = SECTION_PATCHES,
        .site = &site,
        .first_row = part * ROWS_MAX,
        .most_rows = ROWS_MAX,
        .sets_heading = "Patch sets",
    };

    if (part == 0)
        site_lead_person(whole, &sheet->person,
                         (const SiteUnit *)(void *)sheet->months->data,
                         sheet->months->len, lead);
    site.lead = lead->str;
    site.parts = links;
    render_html.render(digest, &options, out);
    return put(work, file, ".html", out, error);
}

static bool put_person_feeds(const PageWork *work, const Sheet *sheet,
                             const Digest *digest, const RenderSite *site,
                             GError **error)
{
    g_autoptr(GPtrArray) newest = first_of(digest->sets, FEED_MAX);
    const Digest feed = digest_of_sets(digest, newest);
    g_autoptr(GString) json = g_string_new(NULL);

    site_json_person(&sheet->person,
                     (const SiteUnit *)(void *)sheet->months->data,
                     sheet->months->len, digest, json);
    return put(work, site->path, ".json", json, error) &&
           put_atom(work, site, &feed, SECTION_PATCHES, error);
}

static bool put_person(const PageWork *work, const char *key,
                       const Sheet *sheet, const Digest *empty, unsigned parts,
                       GError **error)
{
    const DigestPerson *who = &sheet->person.who;
    g_autofree char *name = site_person_name(key);
    g_autofree char *path = g_strconcat(work->folder, "/person/", name, NULL);
    g_autoptr(GPtrArray) ways = links_new();
    const Digest digest = digest_of_sets(empty, sheet->sets);
    const RenderSite site = {
        .root = "../../",
        .list_root = "../",
        .path = path,
        .base_url = work->base_url,
        .heading = who->name != NULL && *who->name != '\0' ? who->name : key,
        .ways = ways,
    };

    add_ways_up(ways, work, "../");
    for (unsigned i = 0; i < parts; i++) {
        if (!put_person_part(work, sheet, &digest, &site, i, parts, error))
            return false;
    }
    return put_person_feeds(work, sheet, &digest, &site, error);
}

bool pages_make_people(const PageWork *work, Book *book, GHashTable *keys,
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
            MAX((sheet->sets->len + ROWS_MAX - 1) / ROWS_MAX, 1);

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
    return put(work, site->path, ".html", out, error) &&
           put(work, site->path, ".json", json, error) &&
           put_atom(work, site, digest, SECTION_PATCHES, error);
}

bool pages_make_list(const PageWork *work, const Book *book, GError **error)
{
    g_autoptr(Digest) digest = digest_of_list(work);
    g_autoptr(GPtrArray) sets = newest_sets(book, NEWEST_MAX);
    g_autoptr(GPtrArray) ways = links_new();
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

    add_link(ways, "All lists", "../index.html");
    digest->last_ms = work->now_ms - 1;
    count_people(work, book, digest);
    shown = digest_of_sets(digest, sets);
    return put_list(work, &site, &shown, months, weeks, error);
}

/* --- paths -------------------------------------------------------------- */

static void add_path(GHashTable *paths, const char *path, unsigned parts)
{
    g_hash_table_add(paths, g_strconcat(path, ".json", NULL));
    g_hash_table_add(paths, g_strconcat(path, ".atom", NULL));
    for (unsigned i = 0; i < parts; i++) {
        g_autofree char *part = part_name(path, i);

        g_hash_table_add(paths, g_strconcat(part, ".html", NULL));
    }
}

static void add_unit_paths(const BookUnit *unit, const char *folder,
                           GHashTable *paths)
{
    g_autofree char *path = g_strconcat(folder, "/", unit->name, NULL);

    add_path(paths, path, unit->pages);
    for (unsigned i = 0; i < unit->patch_sets->len; i++) {
        const DigestSet *set = unit->patch_sets->pdata[i];
        g_autofree char *of_set = g_strconcat(folder, "/set/", set->mark, NULL);

        add_path(paths, of_set, 1);
    }
}

void pages_paths(const Book *book, const char *folder, GHashTable *paths)
{
    g_autofree char *index = g_strconcat(folder, "/index", NULL);
    GHashTableIter iterator;
    gpointer key, parts;

    add_path(paths, index, 1);
    for (unsigned i = 0; i < book->months->len; i++)
        add_unit_paths(book->months->pdata[i], folder, paths);
    for (unsigned i = 0; i < book->weeks->len; i++)
        add_unit_paths(book->weeks->pdata[i], folder, paths);
    g_hash_table_iter_init(&iterator, book->person_pages);
    while (g_hash_table_iter_next(&iterator, &key, &parts)) {
        g_autofree char *name = site_person_name(key);
        g_autofree char *path = g_strconcat(folder, "/person/", name, NULL);

        add_path(paths, path, GPOINTER_TO_UINT(parts));
    }
}

/* --- the front page ----------------------------------------------------- */

struct PagesFront {
    char *id, *title, *folder, *timezone;
    uint64_t posts;
    int64_t first_ms, last_ms;
    BookUnit *latest; /* numbers only; or NULL */
};

PagesFront *pages_front_new(const ListSettings *settings, const char *folder,
                            const Book *book)
{
    PagesFront *front = g_new0(PagesFront, 1);

    front->id = g_strdup(settings->id);
    front->title = g_strdup(settings->title);
    front->folder = g_strdup(folder);
    front->timezone = g_strdup(settings->timezone);
    front->posts = book->posts;
    front->first_ms = book->first_ms;
    front->last_ms = book->last_ms;
    if (book->months->len > 0) {
        const BookUnit *last = book->months->pdata[book->months->len - 1];

        front->latest = book_unit_new(last->name);
        front->latest->posts = last->posts;
    }
    return front;
}

void pages_front_free(PagesFront *front)
{
    if (front == NULL)
        return;
    g_free(front->id);
    g_free(front->title);
    g_free(front->folder);
    g_free(front->timezone);
    book_unit_free(front->latest);
    g_free(front);
}

/* As rows of the front page; latest: as many, whose addresses are lent. */
static GArray *site_lists(const GPtrArray *fronts, SiteUnit *latest)
{
    GArray *lists = g_array_new(FALSE, TRUE, sizeof(SiteList));

    for (unsigned i = 0; i < fronts->len; i++) {
        const PagesFront *front = fronts->pdata[i];
        const SiteList list = {
            .id = front->id,
            .title = front->title,
            .folder = front->folder,
            .timezone = front->timezone,
            .posts = front->posts,
            .first_ms = front->first_ms,
            .last_ms = front->last_ms,
            .latest = front->latest != NULL ? &latest[i] : NULL,
        };

        if (front->latest != NULL)
            latest[i] = (SiteUnit){ .name = front->latest->name,
                                    .title = front->latest->name,
                                    .posts = front->latest->posts };
        g_array_append_val(lists, list);
    }
    return lists;
}

static bool put_front(Tree *tree, const RenderSite *site, const GArray *lists,
                      GError **error)
{
    const SiteList *of_lists = (const SiteList *)(void *)lists->data;
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) json = g_string_new(NULL);
    g_autoptr(GString) atom = g_string_new(NULL);

    site_render_front(site, of_lists, lists->len, html);
    site_json_front(of_lists, lists->len, json);
    site_atom_front(site, of_lists, lists->len, atom);
    return tree_write(tree, "index.html", html, error) &&
           tree_write(tree, "index.json", json, error) &&
           tree_write(tree, "index.atom", atom, error);
}

bool pages_make_front(Tree *tree, const GPtrArray *fronts, const char *base_url,
                      GError **error)
{
    g_autofree SiteUnit *latest = g_new0(SiteUnit, (size_t)fronts->len + 1);
    g_autoptr(GArray) lists = site_lists(fronts, latest);
    const RenderSite site = {
        .root = "",
        .list_root = "",
        .path = "index",
        .base_url = base_url,
        .heading = "Mailing lists",
    };

    return put_front(tree, &site, lists, error);
}
