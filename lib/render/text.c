/* SPDX-License-Identifier: MIT */
/*
 * The digest as people read it in a terminal or a mail. Every byte that comes
 * from mail goes through text_append_visible.
 */
#include "base/text.h"
#include "render/page.h"
#include "render/phrases.h"

#include <string.h>

#include "base/banned.h"

static const char BOLD[] = "\033[1m";
static const char PLAIN[] = "\033[0m";

static void put(const Page *page, const char *text)
{
    g_string_append(page->out, text);
}

/* One line from mail. */
static void put_mail(const Page *page, const char *text)
{
    if (text != NULL)
        text_append_visible(page->out, text, strlen(text), false);
}

static void put_bold(const Page *page, bool is_bold)
{
    if (page->options->colour)
        put(page, is_bold ? BOLD : PLAIN);
}

static void put_heading(const Page *page, const char *heading)
{
    put_bold(page, true);
    put(page, heading);
    put_bold(page, false);
    put(page, "\n\n");
}

static bool is_there(const char *text)
{
    return text != NULL && *text != '\0';
}

/* "Jo Doe <jo@example.org>", "<jo@example.org>", "Jo Doe", "(nobody)" */
static void put_person(const Page *page, const DigestPerson *person)
{
    const bool has_name = is_there(person->name);

    if (has_name)
        put_mail(page, person->name);
    if (!is_there(person->email)) {
        put(page, has_name ? "" : "(nobody)");
        return;
    }
    put(page, has_name ? " <" : "<");
    put_mail(page, person->email);
    put(page, ">");
}

/* --- the top ---------------------------------------------------------- */

static void put_ends(const Page *page)
{
    put_mail(page, page->digest->from.shown);
    put(page, " to ");
    put_mail(page, page->digest->to.shown);
}

static void put_totals(const Page *page, const PageTop *top)
{
    g_string_append_printf(page->out, "%s: %s\n", top->span, top->totals);
    if (*top->more != '\0')
        g_string_append_printf(page->out, "%s\n", top->more);
    if (top->before != NULL)
        g_string_append_printf(page->out, "The interval before: %s\n",
                               top->before);
}

static void begin(const Page *page, const PageTop *top)
{
    put(page, "From ");
    put_ends(page);
    put(page, "\n");
    put_bold(page, true);
    put_mail(page, page->digest->list_title);
    put(page, " mailing list update from ");
    put_ends(page);
    put_bold(page, false);
    put(page, "\n");
    if (top->has_totals)
        put_totals(page, top);
    for (unsigned i = 0; i < top->gaps->len; i++) {
        put(page, "Not counted: ");
        put_mail(page, top->gaps->pdata[i]);
        put(page, "\n");
    }
    put(page, "\n");
}

/* --- tables: a line a row --------------------------------------------- */

/* "[net-next] net: do less": tags say for which tree it is. */
static void put_title(const Page *page, const DigestSet *set)
{
    g_autofree char *tags = page_tags(set);

    if (tags != NULL) {
        put(page, "[");
        put_mail(page, tags);
        put(page, "] ");
    }
    put_mail(page, page_title(set));
}

static void put_cell(const Page *page, const PageColumn *column,
                     const PageCell *cell)
{
    switch (column->kind) {
    case PAGE_NUMBER:
        g_string_append_printf(page->out, "%*" G_GUINT64_FORMAT, column->width,
                               cell->number);
        return;
    case PAGE_WORDS:
    case PAGE_ASIDE:
    case PAGE_REMARK:
    case PAGE_STATE:
        g_string_append_printf(page->out, "%*s", column->width, cell->words);
        return;
    case PAGE_TITLE:
        put_title(page, cell->set);
        return;
    case PAGE_LINK:
        put_mail(page, cell->subject);
        return;
    case PAGE_PERSON:
        put_person(page, cell->person);
        return;
    case PAGE_BY:
        put(page, "by ");
        put_mail(page, page_name(cell->person));
        return;
    case PAGE_NAME:
        put_mail(page, page_name(cell->person));
        return;
    }
}

/* Between columns that are padded one blank, and behind them all two; behind a
 * number one is enough. */
static const char *blanks_between(const PageColumn *left,
                                  const PageColumn *right)
{
    return left->kind == PAGE_NUMBER || right->width != 0 ? " " : "  ";
}

static bool is_absent(const PageColumn *column, const PageCell *cell)
{
    return (column->kind == PAGE_ASIDE || column->kind == PAGE_REMARK) &&
           *cell->words == '\0';
}

static void put_row(const Page *page, const PageTable *table,
                    const PageRow *row)
{
    const PageColumn *last = NULL;

    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];

        if (!page_shows(page, column) || is_absent(column, &row->cells[i]))
            continue;
        if (last != NULL && last->width != 0)
            put(page, blanks_between(last, column));
        else if (column->before != NULL)
            put(page, column->before);
        put_cell(page, column, &row->cells[i]);
        put(page, column->after != NULL ? column->after : "");
        last = column;
    }
    put(page, "\n");
}

/* Of columns that are padded; what stands behind them explains itself. */
static void put_names(const Page *page, const PageTable *table)
{
    const PageColumn *last = NULL;

    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];

        if (last != NULL)
            put(page, blanks_between(last, column));
        g_string_append_printf(page->out, "%*s", column->width, column->name);
        last = column;
        if (column->width == 0)
            break;
    }
    put(page, "\n");
}

static void table(const Page *page, const PageTable *table)
{
    put_heading(page, table->heading);
    if (table->columns[0].kind == PAGE_STATE && table->row_count > 0)
        put_names(page, table);
    for (unsigned i = 0; i < table->row_count; i++) {
        g_auto(PageRow) row = page_row(table, i);

        put_row(page, table, &row);
    }
    if (table->note != NULL)
        g_string_append_printf(page->out, "... %s\n", table->note);
    put(page, "\n");
}

/* --- entries ---------------------------------------------------------- */

static void entry(const Page *page, const DigestSet *set)
{
    g_autofree char *label = phrase_label(set);
    size_t length;
    const char *text = page_trim(set->text, &length);

    put_bold(page, true);
    put(page, label);
    put(page, ":  ");
    put_mail(page, page_title(set));
    put_bold(page, false);
    put(page, "\n");
    put_mail(page, set->subject);
    put(page, "\nAuthor: ");
    put_person(page, &set->author);
    put(page, "\n");
    if (set->url != NULL) {
        put_mail(page, set->url);
        put(page, "\n");
    }
    put(page, "\n");
    if (length > 0) {
        text_append_visible(page->out, text, length, true);
        put(page, "\n\n");
    }
    put(page, "---------------------------------------------------------------"
              "-------\n\n");
}

static const unsigned tops[] = { SECTION_DOMAINS, SECTION_CONTRIBUTORS,
                                 SECTION_ORGANISATIONS, SECTION_REVIEWERS, 0 };

static const PageFormat format = {
    .shape = PAGE_LINE,
    .tops = tops,
    .begin = begin,
    .table = table,
    .open_entries = put_heading,
    .entry = entry,
};

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    page_render(&format, digest, options, out);
}

const Renderer render_text = { "text", render };
