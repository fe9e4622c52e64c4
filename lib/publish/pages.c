/* SPDX-License-Identifier: MIT */
#include "publish/pages.h"

#include "digest/load.h"
#include "publish/units.h"
#include "render/renderer.h"

#include <string.h>

#include "base/banned.h"

enum { EVERYBODY = 1000000 }; /* rows of the top lists that are loaded */

enum { WAITING_DAYS = 90 };

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

static void add_neighbour(GPtrArray *ways, const UnitPage *page, int step,
                          const char *before, const char *after)
{
    const int64_t index = (int64_t)page->index + step;

    if (index < 0 || index >= page->units->len)
        return;

    const Unit *unit = &g_array_index(page->units, Unit, index);
    g_autofree char *href = g_strconcat(unit->name, ".html", NULL);
    g_autofree char *text = g_strconcat(before, unit->title, after, NULL);

    page_links_add(ways, text, href);
}

static GPtrArray *unit_ways(const UnitPage *page)
{
    GPtrArray *ways = page_links_new();

    page_links_add_up(ways, page->work, "");
    add_neighbour(ways, page, -1, "\xe2\x86\x90 ", "");
    add_neighbour(ways, page, 1, "", " \xe2\x86\x92");
    return ways;
}

static GPtrArray *weeks_of(const UnitPage *page)
{
    const GArray *weeks = page->work->weeks;
    GPtrArray *links = page_links_new();

    for (unsigned i = 0; i < weeks->len; i++) {
        const Unit *week = &g_array_index(weeks, Unit, i);
        g_autofree char *href = g_strconcat(week->name, ".html", NULL);

        if (week->start_ms < page->unit->end_ms &&
            week->end_ms > page->unit->start_ms)
            page_links_add(links, week->title, href);
    }
    return links;
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
    const unsigned sections = part == 0
                                  ? SECTION_ALL & ~(unsigned)SECTION_ENTRIES
                                  : PAGE_LONG_SECTIONS;
    g_autofree char *name = page_part_name(page->unit->name, part);
    g_autofree char *path = g_strconcat(page->work->folder, "/", name, NULL);
    g_autoptr(GPtrArray) parts =
        page_part_links(page->unit->name, page->noted->pages, part);
    g_autoptr(GString) out = g_string_new(NULL);
    RenderSite site = *whole;
    const RenderOptions options = {
        .sections = sections,
        .with_previous = true,
        .sets_heading = "Patch sets",
        .site = &site,
        .first_row = part * PAGE_ROWS_MAX,
        .most_rows = PAGE_ROWS_MAX,
    };

    site.parts = parts;
    render_html.render(page->digest, &options, out);
    return page_put(page->work, path, ".html", out, error);
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
    g_autoptr(GPtrArray) newest =
        page_first_of(page->digest->sets, PAGE_FEED_MAX);
    const Digest feed = page_digest_of_sets(page->digest, newest);

    for (unsigned i = 0; i < page->noted->pages; i++) {
        if (!put_unit_part(page, &site, i, error))
            return false;
    }
    return page_put_json(work, path, page->digest,
                         SECTION_ALL & ~(unsigned)SECTION_ENTRIES, error) &&
           page_put_atom(work, &site, &feed, SECTION_PATCHES, error);
}

/* --- patch sets --------------------------------------------------------- */

static GPtrArray *set_ways(const UnitPage *page)
{
    GPtrArray *ways = page_links_new();
    g_autofree char *month =
        g_strconcat("../", page->unit->name, ".html", NULL);

    page_links_add_up(ways, page->work, "../");
    page_links_add(ways, page->unit->title, month);
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
    const Digest digest = page_digest_of_sets(page->digest, alone);

    g_ptr_array_add(alone, set);
    site_render_set(page->digest, set, chain, &site, out);
    return page_put(work, path, ".html", out, error) &&
           page_put_json(work, path, &digest, SECTION_ENTRIES, error) &&
           page_put_atom(work, &site, &digest, SECTION_ENTRIES, error);
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
    GPtrArray *const lists[] = { digest->domains, digest->contributors,
                                 digest->posters, digest->organisations,
                                 digest->paths,   digest->reviewers,
                                 digest->threads, digest->unanswered };

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
    noted->pages = page_parts_of(digest);
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
        load_unit(work, unit, PAGE_LONG_SECTIONS, false, error);
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
