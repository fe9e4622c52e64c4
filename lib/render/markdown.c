/* SPDX-License-Identifier: MIT */
/*
 * The digest as CommonMark with tables, as forges and wikis read it. Text
 * from mail is escaped so that none of it marks anything up; commit messages
 * stand in fences longer than any in them.
 */
#include "base/text.h"
#include "render/page.h"
#include "render/phrases.h"

#include <string.h>

#include "base/banned.h"

/* All that CommonMark, tables and autolinks give a meaning. "<" is in it, so
 * no HTML passes. */
static const char SPECIAL[] = "\\`*_{}[]()<>#+-.!|~&$@:=\"'^";

static void put_mail(GString *out, const char *text)
{
    if (text == NULL)
        return;

    g_autofree char *visible = text_visible(text);

    for (const char *at = visible; *at != '\0'; at++) {
        if (strchr(SPECIAL, *at) != NULL)
            g_string_append_c(out, '\\');
        g_string_append_c(out, *at);
    }
}

static void put_person(GString *out, const DigestPerson *person)
{
    const char *address = page_address(person);

    put_mail(out, page_name(person));
    if (address == NULL)
        return;
    g_string_append(out, " \\<");
    put_mail(out, address);
    g_string_append(out, "\\>");
}

/* A link target may hold neither blanks, controls nor angle brackets; what
 * is not of a web or mail scheme is no link at all. */
static bool is_link(const char *url)
{
    if (!page_is_link(url))
        return false;
    for (; *url != '\0'; url++) {
        if ((unsigned char)*url <= ' ' || (unsigned char)*url >= 0x7f ||
            strchr("<>\\\"`", *url) != NULL)
            return false;
    }
    return true;
}

static void put_linked(GString *out, const char *text, const char *url)
{
    if (!is_link(url)) {
        put_mail(out, text);
        return;
    }
    g_string_append_c(out, '[');
    put_mail(out, text);
    g_string_append_printf(out, "](<%s>)", url);
}

/* --- the top ---------------------------------------------------------- */

static void put_totals(GString *out, const PageTop *top)
{
    g_string_append_printf(out, "%s: %s\n\n", top->span, top->totals);
    if (*top->more != '\0')
        g_string_append_printf(out, "%s\n\n", top->more);
    for (unsigned i = 0; i < top->measures->len; i++)
        g_string_append_printf(out, "%s\n\n",
                               (const char *)top->measures->pdata[i]);
    if (top->before != NULL)
        g_string_append_printf(out, "The interval before: %s\n\n", top->before);
}

static void begin(const Page *page, const PageTop *top)
{
    GString *out = page->out;

    g_string_append(out, "# ");
    put_mail(out, page->digest->list_title);
    g_string_append(out, " mailing list update from ");
    put_mail(out, page->digest->from.shown);
    g_string_append(out, " to ");
    put_mail(out, page->digest->to.shown);
    g_string_append(out, "\n\n");
    if (top->only != NULL) {
        put_mail(out, top->only);
        g_string_append(out, "\n\n");
    }
    if (top->has_totals)
        put_totals(out, top);
    for (unsigned i = 0; i < top->gaps->len; i++) {
        g_string_append(out, "> Not counted: ");
        put_mail(out, top->gaps->pdata[i]);
        g_string_append(out, "\n\n");
    }
}

/* --- tables ----------------------------------------------------------- */

/* Where nothing can be followed, the mark is what `show` takes. */
static void put_mark(GString *out, const char *mark)
{
    g_autofree char *shown = page_mark(mark);

    if (*shown != '\0')
        g_string_append_printf(out, " `%s`", shown);
}

static void put_title(GString *out, const DigestSet *set)
{
    g_autofree char *tags = page_tags(set);

    if (tags != NULL) {
        g_string_append(out, "\\[");
        put_mail(out, tags);
        g_string_append(out, "\\] ");
    }
    put_linked(out, page_title(set), set->url);
    if (!is_link(set->url))
        put_mark(out, set->mark);
}

static void put_cell(GString *out, const PageColumn *column,
                     const PageCell *cell)
{
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
    case PAGE_STATE:
        g_string_append(out, cell->words);
        return;
    case PAGE_TITLE:
        put_title(out, cell->set);
        return;
    case PAGE_LINK:
        put_linked(out, cell->subject, cell->url);
        if (!is_link(cell->url))
            put_mark(out, cell->mark);
        return;
    case PAGE_PERSON:
        put_person(out, cell->person);
        return;
    case PAGE_BY:
        g_string_append(out, "by ");
        put_mail(out, page_name(cell->person));
        return;
    case PAGE_NAME:
        put_mail(out, page_name(cell->person));
        return;
    }
}

static void put_names(const Page *page, const PageTable *table)
{
    GString *rule = g_string_new("|");

    g_string_append_c(page->out, '|');
    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];

        if (!page_shows(page, column))
            continue;
        g_string_append_printf(page->out, " %s |", column->name);
        g_string_append(rule, page_is_right(column) ? " ---: |" : " :--- |");
    }
    g_string_append_printf(page->out, "\n%s\n", rule->str);
    g_string_free(rule, TRUE);
}

static void put_row(const Page *page, const PageTable *table,
                    const PageRow *row)
{
    g_string_append_c(page->out, '|');
    for (unsigned i = 0; i < table->column_count; i++) {
        if (!page_shows(page, &table->columns[i]))
            continue;
        g_string_append_c(page->out, ' ');
        put_cell(page->out, &table->columns[i], &row->cells[i]);
        g_string_append(page->out, " |");
    }
    g_string_append_c(page->out, '\n');
}

static bool is_absent(const PageColumn *column, const PageCell *cell)
{
    return (column->kind == PAGE_ASIDE || column->kind == PAGE_REMARK) &&
           *cell->words == '\0';
}

static void put_item(const Page *page, const PageTable *table,
                     const PageRow *row)
{
    GString *out = page->out;

    g_string_append(out, "- ");
    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];

        if (!page_shows(page, column) || is_absent(column, &row->cells[i]))
            continue;
        if (column->before != NULL)
            g_string_append(out, column->before);
        put_cell(out, column, &row->cells[i]);
        if (column->after != NULL)
            g_string_append(out, column->after);
    }
    g_string_append_c(out, '\n');
}

static void table(const Page *page, const PageTable *table)
{
    g_string_append_printf(page->out, "## %s\n\n", table->heading);
    if (!table->is_list && table->row_count > 0)
        put_names(page, table);
    for (unsigned i = 0; i < table->row_count; i++) {
        g_auto(PageRow) row = page_row(table, i);
        const char *group = page_group(table, i);

        if (group != NULL)
            g_string_append_printf(page->out, "%s%c%s:\n\n", i > 0 ? "\n" : "",
                                   g_ascii_toupper(*group), group + 1);
        if (table->is_list)
            put_item(page, table, &row);
        else
            put_row(page, table, &row);
    }
    if (table->note != NULL)
        g_string_append_printf(page->out, "- ... %s\n", table->note);
    g_string_append_c(page->out, '\n');
}

/* --- entries ---------------------------------------------------------- */

static size_t longest_fence(const char *text)
{
    size_t longest = 0;

    while (*text != '\0') {
        const size_t run = strspn(text, "`");

        longest = MAX(longest, run);
        text += run > 0 ? run : 1;
    }
    return longest;
}

static void put_text(GString *out, const char *text)
{
    size_t length;
    const char *start = page_trim(text, &length);

    if (length == 0)
        return;

    g_autofree char *fence = g_strnfill(MAX(longest_fence(start) + 1, 3), '`');

    g_string_append_printf(out, "%s\n", fence);
    text_append_visible(out, start, length, true);
    g_string_append_printf(out, "\n%s\n\n", fence);
}

static void open_entries(const Page *page, const char *heading)
{
    g_string_append_printf(page->out, "## %s\n\n", heading);
}

static void entry(const Page *page, const DigestSet *set)
{
    g_autofree char *label = phrase_label(set);
    g_autofree char *unreviewed = phrase_unreviewed(set);

    g_string_append_printf(page->out, "### %s: ", label);
    put_mail(page->out, page_title(set));
    g_string_append(page->out, "\n\n");
    put_linked(page->out, set->subject, set->url);
    g_string_append(page->out, "  \nAuthor: ");
    put_person(page->out, &set->author);
    if (*unreviewed != '\0')
        g_string_append_printf(page->out, "  \nWithout a review: %s",
                               unreviewed);
    g_string_append(page->out, "\n\n");
    put_text(page->out, set->text);
}

static void left(const Page *page, const char *words)
{
    put_mail(page->out, words);
    g_string_append(page->out, "\n\n");
}

static const PageFormat format = {
    .shape = PAGE_TABLE,
    .tops = page_tops,
    .begin = begin,
    .table = table,
    .open_entries = open_entries,
    .entry = entry,
    .left = left,
};

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    page_render(&format, digest, options, out);
}

const Renderer render_markdown = { "markdown", render };
