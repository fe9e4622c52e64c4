/* SPDX-License-Identifier: MIT */
/*
 * The digest as one page that needs nothing else: no script, no image, no
 * font from elsewhere, so that it may be mailed, kept and opened anywhere.
 * Text from mail is escaped; a link is made only of an http(s) address.
 */
#include "render/chart.h"
#include "render/html_hours.h"
#include "render/html_measures.h"
#include "render/html_style.h"
#include "render/html_text.h"
#include "render/page.h"
#include "render/phrases.h"
#include "render/site.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

/* --- the top ---------------------------------------------------------- */

static void put_title(GString *out, const Digest *digest)
{
    html_mail(out, digest->list_title);
    g_string_append(out, " mailing list update from ");
    html_mail(out, digest->from.shown);
    g_string_append(out, " to ");
    html_mail(out, digest->to.shown);
}

/* Nothing in a page comes from elsewhere, and no script runs in it, whatever a
 * subject may hold. */
static void put_head(const Page *page)
{
    GString *out = page->out;
    const Digest *digest = page->digest;
    g_autofree char *style =
        page->options->is_mailed ? html_style_for_mail() : NULL;

    g_string_append(
        out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
             "<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" "
             "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
             "<meta name=\"viewport\" "
             "content=\"width=device-width, initial-scale=1\">\n<title>");
    put_title(out, digest);
    g_string_append_printf(out,
                           "</title>\n<style>\n%s</style>\n</head>\n<body>\n"
                           "<main>\n<h1>",
                           style != NULL ? style : html_style);
    html_mail(out, digest->list_title);
    g_string_append(out, " mailing list update</h1>\n");
}

/* The times, and the marks where these bound the interval. */
static void put_interval(const Page *page, const char *span)
{
    const Digest *digest = page->digest;

    g_string_append_printf(page->out, "<p class=\"dim\">%s", span);
    if (digest->from.mark != NULL || digest->to.mark != NULL) {
        g_string_append(page->out, ", ");
        html_mail(page->out, digest->from.shown);
        g_string_append(page->out, " to ");
        html_mail(page->out, digest->to.shown);
    }
    g_string_append(page->out, "</p>\n");
}

static void put_content_link(const Page *page, const char *name,
                             const char *heading)
{
    g_string_append_printf(page->out, "<a href=\"#%s\">%c%s</a>\n", name,
                           g_ascii_toupper(*heading), heading + 1);
}

static void put_contents(const Page *page)
{
    g_string_append(page->out, "<nav aria-label=\"Contents\">\n");
    page_contents(page, put_content_link);
    g_string_append(page->out, "</nav>\n");
}

/* "61 posts", and how many more or fewer than in the interval before. */
static void put_figure(const Page *page, uint64_t number, uint64_t before,
                       const char *one, const char *many)
{
    if (number == 0)
        return;
    g_string_append_printf(page->out, "<div><b>%" PRIu64 "</b>%s", number,
                           number == 1 ? one : many);
    if (page_has_moves(page) && number == before)
        g_string_append(page->out, " <small>±0</small>");
    else if (page_has_moves(page))
        g_string_append_printf(page->out, " <small>%+" PRId64 "</small>",
                               (int64_t)(number - before));
    g_string_append(page->out, "</div>\n");
}

static void put_figures(const Page *page)
{
    const Digest *digest = page->digest;
    const DigestTotals *totals = &digest->totals, *before = &digest->previous;

    g_string_append(page->out, "<div class=\"figures\">\n");
    put_figure(page, totals->posts, before->posts, "post", "posts");
    put_figure(page, totals->people, before->people, "person", "people");
    if (digest->has_patch_sets)
        put_figure(page, totals->patch_sets, before->patch_sets, "patch set",
                   "patch sets");
    put_figure(page, totals->patches, before->patches, "patch", "patches");
    put_figure(page, totals->covers, before->covers, "cover", "covers");
    put_figure(page, totals->pulls, before->pulls, "pull request",
               "pull requests");
    put_figure(page, totals->replies, before->replies, "reply", "replies");
    put_figure(page, totals->notices, before->notices, "notice", "notices");
    put_figure(page, totals->bot_reports, before->bot_reports, "bot report",
               "bot reports");
    put_figure(page, totals->other, before->other, "other", "others");
    if (!digest->is_young)
        put_figure(page, totals->new_people, before->new_people, "newcomer",
                   "newcomers");
    g_string_append(page->out, "</div>\n");
}

/* --- pictures --------------------------------------------------------- */

enum { DAYS_MAX = 92 }; /* more are drawn by week */

static guint32 julian_of(const DigestDay *day)
{
    unsigned year = 0, month = 0, number = 0;
    GDate date;

    if (sscanf(day->day, "%4u-%2u-%2u", &year, &month, &number) != 3 ||
        !g_date_valid_dmy((GDateDay)number, (GDateMonth)month, (GDateYear)year))
        return 0;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
    return g_date_get_julian(&date);
}

static char *day_label(guint32 julian)
{
    GDate date;

    g_date_clear(&date, 1);
    g_date_set_julian(&date, julian);
    return g_strdup_printf("%04u-%02d-%02d", g_date_get_year(&date),
                           (int)g_date_get_month(&date), g_date_get_day(&date));
}

/* Every day from the first to the last one with posts, or every week. */
static GArray *bars_of_days(const GPtrArray *days, unsigned *step)
{
    GArray *bars = g_array_new(FALSE, TRUE, sizeof(ChartBar));
    const guint32 first = julian_of(days->pdata[0]);
    const guint32 last = julian_of(days->pdata[days->len - 1]);

    if (first == 0 || last < first)
        return bars;
    *step = last - first >= DAYS_MAX ? 7 : 1;
    g_array_set_size(bars, (last - first) / *step + 1);
    for (unsigned i = 0; i < days->len; i++) {
        const DigestDay *day = days->pdata[i];
        const guint32 julian = julian_of(day);

        if (julian < first || julian > last)
            continue;
        ChartBar *bar =
            &g_array_index(bars, ChartBar, (julian - first) / *step);
        bar->whole += day->posts;
        bar->part += day->patches;
    }
    for (unsigned i = 0; i < bars->len; i++)
        g_array_index(bars, ChartBar, i).label = day_label(first + i * *step);
    return bars;
}

static void put_days(const Page *page)
{
    const GPtrArray *days = page->digest->days;
    unsigned step = 1;

    if (days->len < 2)
        return;

    g_autoptr(GArray) bars = bars_of_days(days, &step);
    const bool has_patches = page->digest->totals.patches > 0;
    const ChartWords words = {
        .title = has_patches ? step == 1 ? "Posts and patches by day"
                                         : "Posts and patches by week"
                 : step == 1 ? "Posts by day"
                             : "Posts by week",
        .whole = "posts",
        .part = has_patches ? "patches" : NULL,
    };
    chart_columns(page->out, &words, (const ChartBar *)(void *)bars->data,
                  bars->len);
    for (unsigned i = 0; i < bars->len; i++)
        g_free((char *)(uintptr_t)g_array_index(bars, ChartBar, i).label);
}

/* How long the sets wait that wait. */
static void put_ages(const Page *page)
{
    enum { DAY = 86400 };
    ChartBar bars[] = { { .label = "< 3 days" },
                        { .label = "3 to 7" },
                        { .label = "7 to 14" },
                        { .label = "> 14 days" } };
    const ChartWords words = { .title = "How long they wait",
                               .whole = "patch sets" };

    for (unsigned i = 0; i < page->digest->waiting->len; i++) {
        const DigestSet *set = page->digest->waiting->pdata[i];
        const int64_t days = set->age_seconds / DAY;

        bars[days < 3 ? 0 : days < 7 ? 1 : days < 14 ? 2 : 3].whole++;
    }
    chart_rows(page->out, &words, bars, G_N_ELEMENTS(bars));
}

/* --- totals ----------------------------------------------------------- */

static void put_note(GString *out, const char *before, const char *note)
{
    g_string_append_printf(out, "<p class=\"dim\">%s%s</p>\n", before, note);
}

static void put_totals(const Page *page, const PageTop *top)
{
    GString *out = page->out;
    const bool says_all =
        page->digest->totals.posts > 0 && page_has_moves(page);
    g_autofree char *talk = phrase_talk(page->digest);

    g_string_append(out, "<section id=\"totals\">\n");
    if (page->digest->totals.posts > 0)
        put_figures(page);
    else
        put_note(out, "", top->totals);
    if (*top->more != '\0')
        put_note(out, "", top->more);
    if (*talk != '\0')
        put_note(out, "", talk);
    if (top->before != NULL && !says_all)
        put_note(out, "The interval before: ", top->before);
    html_measures(out, page->digest,
                  phrase_measures_before(page->digest, top->before != NULL));
    g_string_append(out, "</section>\n");
}

static void begin(const Page *page, const PageTop *top)
{
    if (page->options->site != NULL) {
        site_open(page->out, page->options->site);
    } else {
        put_head(page);
        put_interval(page, top->span);
    }
    if (top->only != NULL) {
        g_string_append(page->out, "<p>");
        html_mail(page->out, top->only);
        g_string_append(page->out, "</p>\n");
    }
    if (page->options->site == NULL || page->options->site->lead == NULL)
        put_contents(page);
    if (top->has_totals)
        put_totals(page, top);
    for (unsigned i = 0; i < top->gaps->len; i++) {
        g_string_append(page->out, "<p class=\"gap\">Not counted: ");
        html_mail(page->out, top->gaps->pdata[i]);
        g_string_append(page->out, "</p>\n");
    }
}

static void end(const Page *page)
{
    if (page->options->site != NULL) {
        site_close(page->out, page->options->site);
        return;
    }
    g_string_append(page->out, "</main>\n</body>\n</html>\n");
}

/* --- tables ----------------------------------------------------------- */

static void open_tops(const Page *page)
{
    g_string_append(page->out, "<div class=\"pair\">\n");
}

static void close_tops(const Page *page)
{
    g_string_append(page->out, "</div>\n");
}

/* The place of a set's entry in the page: by its mark, which is hex. */
static bool has_entry(const Page *page, const DigestSet *set)
{
    return (page->options->sections & SECTION_ENTRIES) != 0 &&
           set->mark != NULL && set->is_entry;
}

/* Where nothing can be followed, the mark is what `show` takes. */
static void put_mark(GString *out, const char *mark)
{
    g_autofree char *shown = page_mark(mark);

    if (*shown != '\0')
        g_string_append_printf(out, " <small>%s</small>", shown);
}

static void put_set_title(const Page *page, const DigestSet *set)
{
    GString *out = page->out;
    g_autofree char *tags = page_tags(set);

    if (tags != NULL) {
        g_string_append(out, "<span class=\"dim\">[");
        html_mail(out, tags);
        g_string_append(out, "]</span> ");
    }
    if (page->options->site != NULL) {
        g_autofree char *href = site_set_href(page->options->site, set->mark);

        site_title(out, page_title(set), href);
        return;
    }
    if (!has_entry(page, set)) {
        html_linked(out, page_title(set), set->url);
        if (!page_is_link(set->url))
            put_mark(out, set->mark);
        return;
    }
    g_string_append_printf(out, "<a href=\"#m%s\">", set->mark);
    html_broken(out, page_title(set));
    g_string_append(out, "</a>");
}

static void put_state(GString *out, const DigestSet *set, const char *words)
{
    g_string_append_printf(out, "<span class=\"state %s\">%s</span>",
                           digest_state_name(set->state), words);
}

static void put_link(const Page *page, const PageCell *cell)
{
    if (page->options->site == NULL)
        html_linked(page->out, cell->subject, cell->url);
    else
        site_title(page->out, cell->subject,
                   page_is_link(cell->url) ? cell->url : NULL);
    if (!page_is_link(cell->url))
        put_mark(page->out, cell->mark);
}

static void put_person(const Page *page, const DigestPerson *person,
                       bool with_address)
{
    if (page->options->site != NULL)
        site_person(page->out, page->options->site, person, with_address);
    else if (with_address)
        html_person(page->out, person);
    else
        html_broken(page->out, page_name(person));
}

static void put_content(const Page *page, const PageColumn *column,
                        const PageCell *cell)
{
    GString *out = page->out;

    switch (column->kind) {
    case PAGE_NUMBER:
    case PAGE_BEFORE:
        g_string_append_printf(out, "%" G_GUINT64_FORMAT, cell->number);
        return;
    case PAGE_WORDS:
    case PAGE_SIGN:
    case PAGE_ASIDE:
    case PAGE_MOVE:
    case PAGE_LISTS:
    case PAGE_REMARK:
        g_string_append(out, cell->words);
        return;
    case PAGE_STATE:
        put_state(out, cell->set, cell->words);
        return;
    case PAGE_TITLE:
        put_set_title(page, cell->set);
        return;
    case PAGE_LINK:
        put_link(page, cell);
        return;
    case PAGE_PERSON:
        put_person(page, cell->person, true);
        return;
    case PAGE_BY:
        g_string_append(out, "by ");
        put_person(page, cell->person, false);
        return;
    case PAGE_NAME:
        put_person(page, cell->person, false);
        return;
    }
}

static const char *class_of(const PageColumn *column)
{
    if (page_is_right(column))
        return " class=\"n\"";
    if (column->kind == PAGE_TITLE || column->kind == PAGE_LINK)
        return " class=\"title\"";
    return column->kind == PAGE_BY || column->kind == PAGE_ASIDE ||
                   column->kind == PAGE_MOVE
               ? " class=\"dim by\""
               : "";
}

/* Remarks stand with the title that they are about. */
static void put_remarks(const Page *page, const PageTable *table,
                        const PageRow *row)
{
    for (unsigned i = 0; i < table->column_count; i++) {
        if (table->columns[i].kind == PAGE_REMARK &&
            page_shows(page, &table->columns[i]) &&
            *row->cells[i].words != '\0')
            g_string_append_printf(page->out, ", %s", row->cells[i].words);
    }
}

static bool is_cell(const Page *page, const PageColumn *column)
{
    return page_shows(page, column) && column->kind != PAGE_REMARK;
}

static unsigned count_cells(const Page *page, const PageTable *table)
{
    unsigned count = 0;

    for (unsigned i = 0; i < table->column_count; i++)
        count += is_cell(page, &table->columns[i]);
    return count;
}

/* A count and a name explain themselves. */
static bool has_names(const Page *page, const PageTable *table)
{
    return !table->is_list && table->row_count > 0 &&
           count_cells(page, table) > 2;
}

/* A narrow screen shows the column's name behind its number. */
static void open_cell(const Page *page, const PageTable *table,
                      const PageColumn *column)
{
    g_string_append_printf(page->out, "<td%s", class_of(column));
    if (has_names(page, table) && page_is_right(column)) {
        g_autofree char *name = g_ascii_strdown(column->name, -1);
        g_string_append_printf(page->out, " data-name=\"%s\"", name);
    }
    g_string_append(page->out, ">");
}

/* Counts and names fit every screen; rows with a title are cards on a narrow
 * one. */
static bool has_cards(const PageTable *table)
{
    for (unsigned i = 0; i < table->column_count; i++) {
        if (table->columns[i].kind == PAGE_TITLE ||
            table->columns[i].kind == PAGE_LINK)
            return true;
    }
    return false;
}

/* Counts, and of whom they are. */
static bool is_top(const PageTable *table)
{
    return table->columns[0].kind == PAGE_NUMBER && !has_cards(table);
}

/* How a count compares with that of the first row, which is the highest. */
static void put_bar(const Page *page, const PageTable *table,
                    const PageRow *row)
{
    g_auto(PageRow) first = page_row(table, 0);

    chart_share(page->out, row->cells[0].number, first.cells[0].number);
}

static void put_row(const Page *page, const PageTable *table,
                    const PageRow *row)
{
    GString *out = page->out;

    g_string_append(out, "<tr>");
    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];

        if (!is_cell(page, column))
            continue;
        open_cell(page, table, column);
        put_content(page, column, &row->cells[i]);
        if (is_top(table) &&
            (column->kind == PAGE_PERSON || column->kind == PAGE_NAME))
            put_bar(page, table, row);
        if (column->kind == PAGE_TITLE)
            put_remarks(page, table, row);
        g_string_append(out, "</td>");
    }
    g_string_append(out, "</tr>\n");
}

/* A person needs no heading. */
static void put_names(const Page *page, const PageTable *table)
{
    g_string_append(page->out, "<tr class=\"names\">");
    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];

        if (is_cell(page, column))
            g_string_append_printf(page->out, "<th%s>%s</th>", class_of(column),
                                   column->kind == PAGE_PERSON ? ""
                                                               : column->name);
    }
    g_string_append(page->out, "</tr>\n");
}

static void open_named(const Page *page, const char *name, const char *heading)
{
    g_string_append_printf(page->out, "<section id=\"%s\">\n<h2>%s</h2>\n",
                           name, heading);
}

static void open_entries(const Page *page, const char *heading)
{
    open_named(page, section_name(SECTION_ENTRIES), heading);
}

static void close_section(const Page *page)
{
    g_string_append(page->out, "</section>\n");
}

static bool is_of(const PageTable *table, DigestSection section)
{
    return strcmp(table->name, section_name(section)) == 0;
}

static void put_group(const Page *page, const PageTable *table,
                      const char *group)
{
    if (group != NULL)
        g_string_append_printf(page->out,
                               "<tr class=\"group\"><th colspan=\"%u\">"
                               "%c%s</th></tr>\n",
                               count_cells(page, table),
                               g_ascii_toupper(*group), group + 1);
}

static const char *table_class(const PageTable *table)
{
    if (has_cards(table))
        return " class=\"cards\"";
    if (!is_top(table))
        return "";
    return is_of(table, SECTION_REVIEWERS) ? " class=\"tops two\""
                                           : " class=\"tops\"";
}

static void table(const Page *page, const PageTable *table)
{
    const bool is_folded = is_of(table, SECTION_DAYS);

    open_named(page, table->name, table->heading);
    if (is_of(table, SECTION_WAITING))
        put_ages(page);
    if (is_folded) {
        put_days(page);
        g_string_append_printf(page->out,
                               "<details>\n<summary>Numbers by %s</summary>\n",
                               page_step(page));
    }
    if (table->row_count > 0) {
        g_string_append_printf(page->out, "<table%s>\n", table_class(table));
        if (has_names(page, table))
            put_names(page, table);
        for (unsigned i = 0; i < table->row_count; i++) {
            g_auto(PageRow) row = page_row(table, i);

            put_group(page, table, page_group(table, i));
            put_row(page, table, &row);
        }
        g_string_append(page->out, "</table>\n");
    }
    if (is_folded) {
        g_string_append(page->out, "</details>\n");
        html_hours(page->out, page->digest);
    }
    if (table->note != NULL)
        put_note(page->out, "", table->note);
    close_section(page);
}

/* --- entries ---------------------------------------------------------- */

static const DigestSet *find_set(const Page *page, const char *message_id)
{
    for (unsigned i = 0; message_id != NULL && i < page->digest->sets->len;
         i++) {
        const DigestSet *set = page->digest->sets->pdata[i];

        if (g_strcmp0(set->message_id, message_id) == 0)
            return set;
    }
    return NULL;
}

/* Another revision, if it has an entry on this page. */
static void put_revision(const Page *page, const char *words,
                         const char *message_id)
{
    const DigestSet *other = find_set(page, message_id);

    if (other == NULL || !has_entry(page, other))
        return;

    g_autofree char *state = phrase_state(other);
    g_string_append_printf(page->out, "<p>%s <a href=\"#m%s\">%s</a></p>\n",
                           words, other->mark, state);
}

static void put_size(GString *out, const DigestSet *set)
{
    if (set->files == 0)
        return;
    g_string_append_printf(out,
                           "<p class=\"dim\">%u %s, "
                           "<span class=\"add\">+%u</span> "
                           "<span class=\"del\">-%u</span></p>\n",
                           set->files, set->files == 1 ? "file" : "files",
                           set->insertions, set->deletions);
}

static void put_details(const Page *page, const DigestSet *set)
{
    GString *out = page->out;
    g_autofree char *unreviewed = phrase_unreviewed(set);

    g_string_append(out, "<p>");
    html_linked(out, set->subject, set->url);
    g_string_append(out, "</p>\n<p class=\"dim\">Author: ");
    html_person(out, &set->author);
    g_string_append(out, "</p>\n");
    put_size(out, set);
    if (*unreviewed != '\0')
        put_note(out, "Without a review: ", unreviewed);
    put_revision(page, "Supersedes", set->supersedes);
    put_revision(page, "Superseded by", set->superseded_by);
    if (set->applied != NULL) {
        g_string_append(out, "<p>Applied by ");
        html_broken(out, page_name(&set->applied->by));
        g_string_append(out, "</p>\n");
    }
    html_pre(out, set->text);
}

/* What opens the entry is the target of links to it, so that a browser that
 * follows one opens the entry. */
static void entry(const Page *page, const DigestSet *set)
{
    g_autofree char *state = phrase_state(set);
    GString *out = page->out;

    g_string_append(out, "<details>\n<summary>");
    put_state(out, set, state);
    g_string_append(out, " <b>");
    html_broken(out, page_title(set));
    g_string_append(out, "</b> <span class=\"dim\">");
    html_broken(out, page_name(&set->author));
    g_string_append(out, "</span></summary>\n<div class=\"entry\"");
    if (set->mark != NULL)
        g_string_append_printf(out, " id=\"m%s\"", set->mark);
    g_string_append(out, ">\n");
    put_details(page, set);
    if (page->options->sections & SECTION_PATCHES)
        g_string_append(out, "<p><a href=\"#patches\">Back to the list"
                             "</a></p>\n");
    g_string_append(out, "</div>\n</details>\n");
}

static void left(const Page *page, const char *words)
{
    put_note(page->out, "", words);
}

static const unsigned tops[] = { SECTION_CONTRIBUTORS,
                                 SECTION_POSTERS,
                                 SECTION_REVIEWERS,
                                 SECTION_DOMAINS,
                                 SECTION_ORGANISATIONS,
                                 SECTION_PATHS,
                                 0 };

static const PageFormat format = {
    .shape = PAGE_TABLE,
    .tops = tops,
    .draws_times = true,
    .begin = begin,
    .open_tops = open_tops,
    .close_tops = close_tops,
    .table = table,
    .open_entries = open_entries,
    .entry = entry,
    .left = left,
    .close_entries = close_section,
    .end = end,
};

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    page_render(&format, digest, options, out);
}

const Renderer render_html = { "html", render };
