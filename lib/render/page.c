/* SPDX-License-Identifier: MIT */
#include "render/page.h"

#include "render/phrases.h"

#include <string.h>

#include "base/banned.h"

/* Columns of a line where nobody asked for another width, and from how many on
 * a row has room for words that can be said more briefly. */
enum { WIDTH = 80, WIDE = 120 };

/* --- what the rows say ------------------------------------------------ */

#define MARK_COLUMN                                                            \
    {                                                                          \
        .name = "Mark", .kind = PAGE_WORDS, .shape = PAGE_LINE, .width = -9    \
    }

static void fill_count(const void *item, PageCell *cells)
{
    const DigestCount *count = item;

    cells[0].number = count->count;
    cells[1].person = &count->who;
    cells[2].words = phrase_move(count);
}

/* "+370 -109"; "" of who changed no line. */
static char *lines_in_words(const DigestCount *count)
{
    if (count->insertions + count->deletions == 0)
        return g_strdup("");
    return g_strdup_printf("+%" G_GUINT64_FORMAT " -%" G_GUINT64_FORMAT,
                           count->insertions, count->deletions);
}

static void fill_patches(const void *item, PageCell *cells)
{
    const DigestCount *count = item;

    cells[0].number = count->count;
    cells[1].person = &count->who;
    cells[2].words = lines_in_words(count);
    cells[3].words = phrase_move(count);
}

static const PageColumn domain_columns[] = {
    { .name = "Count", .kind = PAGE_NUMBER, .width = 7 },
    { .name = "Domain", .kind = PAGE_NAME },
    { .name = "Before", .kind = PAGE_MOVE, .before = "  (", .after = ")" },
};

static const PageColumn organisation_columns[] = {
    { .name = "Count", .kind = PAGE_NUMBER, .width = 7 },
    { .name = "Organisation", .kind = PAGE_NAME },
    { .name = "Lines", .kind = PAGE_ASIDE, .before = "  " },
    { .name = "Before", .kind = PAGE_MOVE, .before = "  (", .after = ")" },
};

static const PageColumn path_columns[] = {
    { .name = "Count", .kind = PAGE_NUMBER, .width = 7 },
    { .name = "Path", .kind = PAGE_NAME },
    { .name = "Lines", .kind = PAGE_ASIDE, .before = "  " },
    { .name = "Before", .kind = PAGE_MOVE, .before = "  (", .after = ")" },
};

static const PageColumn person_columns[] = {
    { .name = "Count", .kind = PAGE_NUMBER, .width = 7 },
    { .name = "Who", .kind = PAGE_PERSON },
    { .name = "Lines", .kind = PAGE_ASIDE, .before = "  " },
    { .name = "Before", .kind = PAGE_MOVE, .before = "  (", .after = ")" },
};

static void fill_poster(const void *item, PageCell *cells)
{
    const DigestCount *count = item;
    GString *answers = g_string_new(NULL);

    if (count->answers > 0)
        phrase_append_count(answers, count->answers, "answer", "answers");
    cells[0].number = count->count;
    cells[1].person = &count->who;
    cells[2].words = g_string_free(answers, FALSE);
    cells[3].words = phrase_move(count);
}

static const PageColumn poster_columns[] = {
    { .name = "Count", .kind = PAGE_NUMBER, .width = 7 },
    { .name = "Who", .kind = PAGE_PERSON },
    { .name = "Answers to others",
      .kind = PAGE_ASIDE,
      .before = "  (",
      .after = ")" },
    { .name = "Before", .kind = PAGE_MOVE, .before = "  (", .after = ")" },
};

static char *reviews_in_words(const DigestCount *count)
{
    GString *words = g_string_new(NULL);

    if (count->tags > 0)
        phrase_append_count(words, count->tags, "tag", "tags");
    if (count->tags > 0 && count->replies > 0)
        g_string_append(words, ", ");
    if (count->replies > 0)
        phrase_append_count(words, count->replies, "reply", "replies");
    return g_string_free(words, FALSE);
}

static void fill_reviewer(const void *item, PageCell *cells)
{
    const DigestCount *count = item;

    cells[0].number = count->tags + count->replies;
    cells[1].number = count->tags;
    cells[2].number = count->replies;
    cells[3].person = &count->who;
    cells[4].words = reviews_in_words(count);
    cells[5].words = phrase_move(count);
}

static const PageColumn reviewer_columns[] = {
    { .name = "Reviews", .kind = PAGE_NUMBER, .shape = PAGE_LINE, .width = 7 },
    { .name = "Tags", .kind = PAGE_NUMBER, .shape = PAGE_TABLE },
    { .name = "Replies", .kind = PAGE_NUMBER, .shape = PAGE_TABLE },
    { .name = "Who", .kind = PAGE_PERSON },
    { .name = "Of these",
      .kind = PAGE_WORDS,
      .shape = PAGE_LINE,
      .before = "  (",
      .after = ")" },
    { .name = "Before", .kind = PAGE_MOVE, .before = "  (", .after = ")" },
};

static void fill_set(const void *item, PageCell *cells)
{
    const DigestSet *set = item;

    cells[0].words = g_strdup(phrase_outcome_sign(set));
    cells[0].set = set;
    cells[1].words = phrase_state(set);
    cells[1].set = set;
    cells[2].words = phrase_state_brief(set);
    cells[3].words = phrase_parts(set);
    cells[4].words = phrase_reviewed(set);
    cells[5].words = page_mark(set->mark);
    cells[6].set = set;
    cells[7].person = &set->author;
    cells[8].words = phrase_missing(set);
    cells[9].words = g_strdup(phrase_outcome(set));
    cells[10].words = phrase_lists(set->lists);
}

static const PageColumn set_columns[] = {
    { .name = "", .kind = PAGE_SIGN, .shape = PAGE_LINE, .width = -1 },
    { .name = "State", .kind = PAGE_STATE, .room = PAGE_WIDE, .width = -10 },
    { .name = "State",
      .kind = PAGE_WORDS,
      .shape = PAGE_LINE,
      .room = PAGE_NARROW,
      .width = -10 },
    { .name = "Parts", .kind = PAGE_WORDS, .room = PAGE_WIDE, .width = 7 },
    { .name = "Reviewed", .brief = "Rev'd", .kind = PAGE_WORDS, .width = 7 },
    MARK_COLUMN,
    { .name = "Patch set", .kind = PAGE_TITLE },
    { .name = "Author", .kind = PAGE_NAME, .before = " (", .after = ")" },
    { .name = "Seen",
      .kind = PAGE_REMARK,
      .shape = PAGE_LINE,
      .room = PAGE_NARROW,
      .before = ", " },
    { .name = "Now", .kind = PAGE_ASIDE, .shape = PAGE_TABLE },
    { .name = "Lists", .kind = PAGE_LISTS, .before = ", " },
};

static void fill_applied(const void *item, PageCell *cells)
{
    const DigestSet *set = item;

    cells[0].words = page_mark(set->mark);
    cells[1].set = set;
    cells[2].person = &set->author;
    cells[3].person = &set->applied_by;
    cells[4].words = phrase_applied(set);
    cells[5].words = phrase_lists(set->lists);
}

static const PageColumn applied_columns[] = {
    MARK_COLUMN,
    { .name = "Patch set", .kind = PAGE_TITLE },
    { .name = "Author", .kind = PAGE_NAME, .before = " (", .after = ")" },
    { .name = "Applied", .kind = PAGE_BY, .before = ", " },
    { .name = "Patches", .kind = PAGE_REMARK, .before = ", " },
    { .name = "Lists", .kind = PAGE_LISTS, .before = ", " },
};

static void fill_waiting(const void *item, PageCell *cells)
{
    const DigestSet *set = item;

    cells[0].words = phrase_age(set->age_seconds);
    cells[1].words = page_mark(set->mark);
    cells[2].set = set;
    cells[3].person = &set->author;
    cells[4].words = phrase_pings(set->pings);
    cells[5].words = phrase_lists(set->lists);
}

static const PageColumn waiting_columns[] = {
    { .name = "For", .kind = PAGE_WORDS, .width = 10 },
    MARK_COLUMN,
    { .name = "Patch set", .kind = PAGE_TITLE, .before = ": " },
    { .name = "Author", .kind = PAGE_NAME, .before = " (", .after = ")" },
    { .name = "Pinged", .kind = PAGE_REMARK, .before = ", " },
    { .name = "Lists", .kind = PAGE_LISTS, .before = ", " },
};

static const char *group_waiting(const void *item)
{
    return phrase_age_group(((const DigestSet *)item)->age_seconds);
}

static void fill_superseded(const void *item, PageCell *cells)
{
    const DigestSet *set = item;

    cells[0].words = page_mark(set->mark);
    cells[1].set = set;
    cells[2].person = &set->author;
    cells[3].words = phrase_newer(set);
    cells[4].words = phrase_lists(set->lists);
}

static const PageColumn superseded_columns[] = {
    MARK_COLUMN,
    { .name = "Patch set", .kind = PAGE_TITLE },
    { .name = "Author", .kind = PAGE_NAME, .before = " (", .after = ")" },
    { .name = "By", .kind = PAGE_REMARK, .before = ", " },
    { .name = "Lists", .kind = PAGE_LISTS, .before = ", " },
};

static void fill_period(const void *item, PageCell *cells)
{
    const DigestPeriod *period = item;

    cells[0].words = g_strdup(period->name);
    cells[1].number = period->posts;
    cells[2].number = period->before;
    cells[3].number = period->patches;
    cells[4].number = period->replies;
    cells[5].words = phrase_bar(period->share);
}

static const PageColumn period_columns[] = {
    { .name = "When", .kind = PAGE_WORDS, .width = -14 },
    { .name = "Posts", .kind = PAGE_NUMBER, .width = 7 },
    { .name = "Before", .kind = PAGE_BEFORE, .width = 7 },
    { .name = "Patches", .kind = PAGE_NUMBER, .width = 7 },
    { .name = "Replies", .kind = PAGE_NUMBER, .width = 7 },
    { .name = "", .kind = PAGE_ASIDE, .shape = PAGE_LINE },
};

static void fill_zone(const void *item, PageCell *cells)
{
    const DigestZone *zone = item;

    cells[0].words = phrase_zone(zone);
    cells[1].number = zone->posts;
    cells[2].number = zone->people;
    cells[3].words = phrase_bar(zone->share);
}

static const PageColumn zone_columns[] = {
    { .name = "Zone", .kind = PAGE_WORDS, .width = -14 },
    { .name = "Posts", .kind = PAGE_NUMBER, .width = 7 },
    { .name = "People", .kind = PAGE_NUMBER, .width = 7 },
    { .name = "", .kind = PAGE_ASIDE, .shape = PAGE_LINE },
};

static void link_thread(const DigestThread *thread, PageCell *cell)
{
    cell->subject = phrase_thread(thread->subject);
    cell->url = thread->url;
    cell->mark = thread->mark;
    cell->message_id = thread->root;
}

static void fill_unanswered(const void *item, PageCell *cells)
{
    const DigestThread *thread = item;

    cells[0].words = page_mark(thread->mark);
    cells[1].person = &thread->by;
    link_thread(thread, &cells[2]);
    cells[3].words = phrase_lists(thread->lists);
}

static const PageColumn unanswered_columns[] = {
    MARK_COLUMN,
    { .name = "Who", .kind = PAGE_NAME },
    { .name = "Thread", .kind = PAGE_LINK, .before = ": " },
    { .name = "Lists", .kind = PAGE_LISTS, .before = ", " },
};

static char *talk_in_words(const DigestThread *thread)
{
    GString *words = g_string_new(NULL);

    phrase_append_count(words, thread->people, "person", "people");
    if (thread->posts > thread->answers)
        g_string_append_printf(words, ", %" G_GUINT64_FORMAT " posts",
                               thread->posts);
    return g_string_free(words, FALSE);
}

static void fill_thread(const void *item, PageCell *cells)
{
    const DigestThread *thread = item;

    cells[0].number = thread->answers;
    cells[1].number = thread->posts;
    cells[2].number = thread->people;
    cells[3].words = page_mark(thread->mark);
    link_thread(thread, &cells[4]);
    cells[5].words = talk_in_words(thread);
    cells[6].words = phrase_lists(thread->lists);
}

static const PageColumn thread_columns[] = {
    { .name = "Answers", .kind = PAGE_NUMBER, .width = 7 },
    { .name = "Posts", .kind = PAGE_NUMBER, .shape = PAGE_TABLE },
    { .name = "People", .kind = PAGE_NUMBER, .shape = PAGE_TABLE },
    MARK_COLUMN,
    { .name = "Thread", .kind = PAGE_LINK },
    { .name = "Size",
      .kind = PAGE_WORDS,
      .shape = PAGE_LINE,
      .before = " (",
      .after = ")" },
    { .name = "Lists", .kind = PAGE_LISTS, .before = ", " },
};

static void fill_newcomer(const void *item, PageCell *cells)
{
    const DigestNewcomer *newcomer = item;

    cells[0].words = page_mark(newcomer->mark);
    cells[1].person = &newcomer->who;
    cells[2].subject = phrase_subject(newcomer->subject);
    cells[2].url = newcomer->url;
    cells[2].mark = newcomer->mark;
    cells[2].message_id = newcomer->message_id;
    cells[3].words = g_strdup(newcomer->was_answered ? "answered" : "");
    cells[4].words = phrase_lists(newcomer->lists);
}

static const PageColumn newcomer_columns[] = {
    MARK_COLUMN,
    { .name = "Who", .kind = PAGE_NAME },
    { .name = "First post", .kind = PAGE_LINK, .before = ": " },
    { .name = "Answered", .kind = PAGE_ASIDE, .before = " (", .after = ")" },
    { .name = "Lists", .kind = PAGE_LISTS, .before = ", " },
};

PageRow page_row(const PageTable *table, unsigned row)
{
    PageRow filled = { .cells = { { .number = 0 } } };

    g_assert(row < table->row_count);
    table->fill(table->items->pdata[table->first_row + row], filled.cells);
    return filled;
}

const char *page_group(const PageTable *table, unsigned row)
{
    gpointer *items = table->items->pdata + table->first_row;

    if (table->group == NULL ||
        table->group(items[0]) == table->group(items[table->row_count - 1]))
        return NULL;

    const char *own = table->group(items[row]);

    return row == 0 || own != table->group(items[row - 1]) ? own : NULL;
}

void page_row_clear(PageRow *row)
{
    for (unsigned i = 0; i < PAGE_COLUMNS_MAX; i++)
        g_clear_pointer(&row->cells[i].words, g_free);
}

/* --- sections --------------------------------------------------------- */

static bool has_organisations(const Page *page, const GPtrArray *items)
{
    return items->len > 0 && !((page->options->sections & SECTION_DOMAINS) &&
                               phrase_is_same(items, page->digest->domains));
}

static bool has_rows(const Page *page, const GPtrArray *items)
{
    (void)page;
    return items->len > 0;
}

static bool has_newcomers(const Page *page, const GPtrArray *items)
{
    (void)items;
    return phrase_tells_newcomers(page->digest, page->options->sections);
}

/* Where patches are posted, who sends most mail says little; where less
 * than one mail in ten is one, people talk. */
static bool has_posters(const Page *page, const GPtrArray *items)
{
    enum { POSTS_PER_PATCH = 10 };
    const DigestTotals *totals = &page->digest->totals;

    return items->len > 0 &&
           (page->options->sections != SECTION_ALL ||
            totals->patches * POSTS_PER_PATCH < totals->posts);
}

/* A day or two are told by the totals, and so is silence. */
static bool has_periods(const Page *page, const GPtrArray *items)
{
    enum { FEW = 2 };

    if (page->options->sections != SECTION_ALL)
        return items->len > 0;
    return items->len > FEW && page->digest->totals.posts > 0;
}

/* From where people write is no news of a day. */
static bool has_zones(const Page *page, const GPtrArray *items)
{
    const unsigned sections = page->options->sections;

    if (page->format->draws_times && (sections & SECTION_DAYS) != 0)
        return false;
    return items->len > 0 &&
           (sections != SECTION_ALL || page->digest->step != STEP_DAY);
}

static unsigned top_rows(const Page *page, const GPtrArray *items)
{
    return MIN(items->len, page->digest->top);
}

static unsigned named_newcomers(const Page *page, const GPtrArray *items)
{
    (void)items;
    return phrase_newcomers_named(page->digest);
}

typedef struct Section {
    DigestSection section;
    const char *heading;      /* behind "Top N " of the top lists */
    const char *line_heading; /* where formats of lines have another */
    size_t items;             /* offset of the GPtrArray * in Digest */
    const PageColumn *columns;
    unsigned column_count;
    void (*fill)(const void *item, PageCell *cells);
    /* row_count NULL: all rows are shown. */
    bool (*is_there)(const Page *page, const GPtrArray *items);
    unsigned (*row_count)(const Page *page, const GPtrArray *items);
    bool is_list;
    const char *(*group)(const void *item);
} Section;

#define ITEMS(member)    offsetof(Digest, member)
#define COLUMNS(columns) columns, G_N_ELEMENTS(columns)

static const Section tops[] = {
    { SECTION_DOMAINS, "contributor email domains",
      "contributor Email domains (Based on Email Body)", ITEMS(domains),
      COLUMNS(domain_columns), fill_count, has_rows, top_rows, false, NULL },
    { SECTION_CONTRIBUTORS, "contributors",
      "contributors (Based on Email Body)", ITEMS(contributors),
      COLUMNS(person_columns), fill_patches, has_rows, top_rows, false, NULL },
    { SECTION_POSTERS, "posters", "posters", ITEMS(posters),
      COLUMNS(poster_columns), fill_poster, has_posters, top_rows, false,
      NULL },
    { SECTION_ORGANISATIONS, "organisations", "organisations",
      ITEMS(organisations), COLUMNS(organisation_columns), fill_patches,
      has_organisations, top_rows, false, NULL },
    { SECTION_PATHS, "paths", "paths", ITEMS(paths), COLUMNS(path_columns),
      fill_patches, has_rows, top_rows, false, NULL },
    { SECTION_REVIEWERS, "reviewers", "reviewers", ITEMS(reviewers),
      COLUMNS(reviewer_columns), fill_reviewer, has_rows, top_rows, false,
      NULL },
};

const unsigned page_tops[] = { SECTION_DOMAINS,
                               SECTION_CONTRIBUTORS,
                               SECTION_POSTERS,
                               SECTION_ORGANISATIONS,
                               SECTION_PATHS,
                               SECTION_REVIEWERS,
                               0 };

static const Section days = { SECTION_DAYS,
                              "By ",
                              "===== By ",
                              ITEMS(periods),
                              COLUMNS(period_columns),
                              fill_period,
                              has_periods,
                              NULL,
                              false,
                              NULL };

static const Section zones = { SECTION_ZONES,
                               "Time zones of the senders",
                               "===== Time zones of the senders =====",
                               ITEMS(zones),
                               COLUMNS(zone_columns),
                               fill_zone,
                               has_zones,
                               NULL,
                               false,
                               NULL };

static const Section sections[] = {
    { SECTION_PATCHES, "Patch list in this time period",
      "===== Patch list in this time period =====", ITEMS(sets),
      COLUMNS(set_columns), fill_set, has_rows, NULL, false, NULL },
    { SECTION_SUPERSEDED, "Superseded",
      "===== Superseded =====", ITEMS(superseded), COLUMNS(superseded_columns),
      fill_superseded, has_rows, NULL, true, NULL },
    { SECTION_APPLIED, "Applied", "===== Applied =====", ITEMS(applied),
      COLUMNS(applied_columns), fill_applied, has_rows, NULL, true, NULL },
    { SECTION_WAITING, "Waiting for review", "===== Waiting for review =====",
      ITEMS(waiting), COLUMNS(waiting_columns), fill_waiting, has_rows, NULL,
      true, group_waiting },
    { SECTION_THREADS, "Busy threads",
      "===== Busy threads =====", ITEMS(threads), COLUMNS(thread_columns),
      fill_thread, has_rows, top_rows, false, NULL },
    { SECTION_UNANSWERED, "Without an answer", "===== Without an answer =====",
      ITEMS(unanswered), COLUMNS(unanswered_columns), fill_unanswered, has_rows,
      top_rows, true, NULL },
    { SECTION_NEWCOMERS, "Newcomers", "===== Newcomers =====", ITEMS(newcomers),
      COLUMNS(newcomer_columns), fill_newcomer, has_newcomers, named_newcomers,
      true, NULL },
};

const char *page_step(const Page *page)
{
    static const char *const names[] = { "day", "week", "month" };

    return names[page->digest->step];
}

static char *heading_of(const Page *page, const Section *section, bool is_top)
{
    const bool is_line = page->format->shape == PAGE_LINE;

    const char *heading = is_line ? section->line_heading : section->heading;

    if (section == &days && page->format->draws_times)
        return g_strdup("Posts over time");
    if (section == &days)
        return g_strconcat(heading, page_step(page), is_line ? " =====" : NULL,
                           NULL);
    if (section->section == SECTION_PATCHES &&
        page->options->sets_heading != NULL)
        return g_strdup(page->options->sets_heading);
    if (!is_top)
        return g_strdup(heading);
    return g_strdup_printf("Top %u %s", page->digest->top, heading);
}

/* Those that are left out are counted below the rows. */
static char *note_of(const Page *page, const Section *section)
{
    g_autofree char *left = section->section == SECTION_NEWCOMERS
                                ? phrase_newcomers_left(page->digest)
                                : NULL;

    return left == NULL || *left == '\0' ? NULL : g_steal_pointer(&left);
}

static const GPtrArray *items_of(const Digest *digest, const Section *section)
{
    const char *member = (const char *)digest + section->items;

    return *(GPtrArray *const *)(const void *)member;
}

static unsigned count_rows(const Page *page, const Section *section)
{
    const GPtrArray *items = items_of(page->digest, section);

    return section->row_count != NULL ? section->row_count(page, items)
                                      : items->len;
}

static bool has_section(const Page *page, const Section *section)
{
    const unsigned first_row = page->options->first_row;

    return (page->options->sections & section->section) != 0 &&
           section->is_there(page, items_of(page->digest, section)) &&
           (first_row == 0 || count_rows(page, section) > first_row);
}

/* Of the rows that there are, those of this page. */
static unsigned shown_rows(const Page *page, const Section *section)
{
    const unsigned left = count_rows(page, section) - page->options->first_row;
    const unsigned most = page->options->most_rows;

    return most > 0 ? MIN(left, most) : left;
}

static void put_section(const Page *page, const Section *section, bool is_top)
{
    const GPtrArray *items = items_of(page->digest, section);

    if (!has_section(page, section))
        return;

    g_autofree char *heading = heading_of(page, section, is_top);
    g_autofree char *note = note_of(page, section);
    const PageTable table = {
        .name = section_name(section->section),
        .heading = heading,
        .columns = section->columns,
        .column_count = section->column_count,
        .first_row = page->options->first_row,
        .row_count = shown_rows(page, section),
        .is_list = section->is_list,
        .is_named =
            section == &days || section == &zones || section->fill == fill_set,
        .group = section->group,
        .note = note,
        .items = items,
        .fill = section->fill,
    };

    page->format->table(page, &table);
}

static void put_tops(const Page *page)
{
    if (page->format->open_tops != NULL)
        page->format->open_tops(page);
    for (const unsigned *at = page->format->tops; *at != 0; at++) {
        for (size_t i = 0; i < G_N_ELEMENTS(tops); i++) {
            if (tops[i].section == *at)
                put_section(page, &tops[i], true);
        }
    }
    if (page->format->close_tops != NULL)
        page->format->close_tops(page);
}

static bool has_entries(const Page *page)
{
    return (page->options->sections & SECTION_ENTRIES) != 0 &&
           page->digest->sets->len > 0;
}

static void put_entries(const Page *page)
{
    const GPtrArray *sets = page->digest->sets;

    page->format->open_entries(page, page->format->shape == PAGE_LINE
                                         ? "===== Patch Commit Messages ===="
                                         : "Patch commit messages");
    for (unsigned i = 0; i < sets->len; i++) {
        const DigestSet *set = sets->pdata[i];

        if (!set->is_entry)
            continue;
        page->format->entry(page, set);
        if (set->first_patch != NULL)
            page->format->entry(page, set->first_patch);
    }
    if (page->digest->entries_left > 0) {
        g_autofree char *left = phrase_entries_left(page->digest->entries_left);

        page->format->left(page, left);
    }
    if (page->format->close_entries != NULL)
        page->format->close_entries(page);
}

/* --- the whole -------------------------------------------------------- */

static void put_top(const Page *page)
{
    const Digest *digest = page->digest;
    const bool has_before =
        page->options->with_previous && digest->has_previous;
    g_autofree char *only = phrase_asked(digest);
    g_autofree char *span = phrase_span(digest);
    g_autofree char *totals =
        phrase_totals(&digest->totals, digest->has_patch_sets);
    g_autofree char *more =
        digest->totals.posts > 0 ? phrase_more(digest) : phrase_newest(digest);
    g_autofree char *before =
        has_before ? phrase_totals(&digest->previous, digest->has_patch_sets)
                   : NULL;
    g_autoptr(GPtrArray) gaps = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) measures = g_ptr_array_new_with_free_func(g_free);

    phrase_measures(digest, has_before, measures);

    for (unsigned i = 0; i < digest->gaps->len; i++)
        g_ptr_array_add(gaps, phrase_gap(digest, digest->gaps->pdata[i]));

    const PageTop top = {
        .only = only,
        .has_totals = (page->options->sections & SECTION_TOTALS) != 0,
        .span = span,
        .totals = totals,
        .more = more,
        .before = before,
        .measures = measures,
        .gaps = gaps,
    };

    page->format->begin(page, &top);
}

void page_render(const PageFormat *format, const Digest *digest,
                 const RenderOptions *options, GString *out)
{
    const Page page = { format, digest, options, out };

    put_top(&page);
    put_section(&page, &days, false);
    put_section(&page, &zones, false);
    put_tops(&page);
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
        put_section(&page, &sections[i], false);
    if (has_entries(&page))
        put_entries(&page);
    if (format->end != NULL)
        format->end(&page);
}

void page_contents(const Page *page,
                   void (*take)(const Page *page, const char *name,
                                const char *heading))
{
    if (has_section(page, &days)) {
        g_autofree char *heading = heading_of(page, &days, false);

        take(page, section_name(SECTION_DAYS), heading);
    }
    if (has_section(page, &zones))
        take(page, section_name(SECTION_ZONES), zones.heading);
    for (const unsigned *at = page->format->tops; *at != 0; at++) {
        for (size_t i = 0; i < G_N_ELEMENTS(tops); i++) {
            if (tops[i].section == *at && has_section(page, &tops[i]))
                take(page, section_name(*at), tops[i].heading);
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        if (has_section(page, &sections[i]))
            take(page, section_name(sections[i].section),
                 sections[i].section == SECTION_PATCHES &&
                         page->options->sets_heading != NULL
                     ? page->options->sets_heading
                     : sections[i].heading);
    }
    if (has_entries(page))
        take(page, section_name(SECTION_ENTRIES), "Patch commit messages");
}

/* --- what formats ask ------------------------------------------------- */

bool page_has_moves(const Page *page)
{
    return page->options->with_previous && page->digest->has_previous &&
           page->digest->previous.posts > 0;
}

unsigned page_width(const Page *page)
{
    return page->options->width > 0 ? page->options->width : WIDTH;
}

bool page_shows(const Page *page, const PageColumn *column)
{
    if (column->kind == PAGE_BEFORE && !page->digest->has_days_before)
        return false;
    if (column->kind == PAGE_LISTS && page->digest->lists->len == 0)
        return false;
    if (column->kind == PAGE_MOVE && !page_has_moves(page))
        return false;
    if (page->format->shape == PAGE_LINE && column->room != PAGE_ANY_ROOM &&
        column->room != (page_width(page) < WIDE ? PAGE_NARROW : PAGE_WIDE))
        return false;
    return column->shape == PAGE_ANY || column->shape == page->format->shape;
}

bool page_is_right(const PageColumn *column)
{
    return column->kind == PAGE_NUMBER || column->kind == PAGE_BEFORE ||
           column->width > 0;
}

const char *page_title(const DigestSet *set)
{
    return *set->title != '\0' ? set->title : set->subject;
}

char *page_mark(const char *mark)
{
    enum { SHOWN_DIGITS = 9 };

    return mark != NULL ? g_strndup(mark, SHOWN_DIGITS) : g_strdup("");
}

char *page_tags(const DigestSet *set)
{
    if (set->tags == NULL || set->tags[0] == NULL)
        return NULL;
    return g_strjoinv(" ", set->tags);
}

static bool is_there(const char *text)
{
    return text != NULL && *text != '\0';
}

const char *page_name(const DigestPerson *person)
{
    return is_there(person->name) ? person->name : person->email;
}

const char *page_address(const DigestPerson *person)
{
    return is_there(person->name) && is_there(person->email) ? person->email
                                                             : NULL;
}

const char *page_trim(const char *text, size_t *length)
{
    *length = 0;
    if (text == NULL)
        return NULL;
    text += strspn(text, "\n");
    *length = strlen(text);
    while (*length > 0 && g_ascii_isspace(text[*length - 1]))
        (*length)--;
    return text;
}

bool page_is_link(const char *url)
{
    return url != NULL && (g_str_has_prefix(url, "https://") ||
                           g_str_has_prefix(url, "http://"));
}
