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

/* Text from mail or ours in lines of the page's width, broken between words;
 * lines after the first are indented. A longer word has a line of its own. */
static void put_wrapped(const Page *page, const char *text)
{
    g_autofree char *visible = text_visible(text);
    size_t column = 0;

    if (*visible != ' ' && text_columns(visible) <= page_width(page)) {
        put(page, visible);
        put(page, "\n");
        return;
    }

    g_auto(GStrv) words = g_strsplit(visible, " ", -1);

    for (char **word = words; *word != NULL; word++) {
        const size_t columns = text_columns(*word);

        if (column > 0 && column + 1 + columns > page_width(page)) {
            put(page, "\n  ");
            column = 2;
        } else if (column > 0) {
            put(page, " ");
            column++;
        }
        put(page, *word);
        column += columns;
    }
    put(page, "\n");
}

static bool is_there(const char *text)
{
    return text != NULL && *text != '\0';
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
    g_autofree char *line = g_strdup_printf("%s: %s", top->span, top->totals);

    put_wrapped(page, line);
    if (*top->more != '\0')
        put_wrapped(page, top->more);
    for (unsigned i = 0; i < top->measures->len; i++)
        put_wrapped(page, top->measures->pdata[i]);
    if (top->before != NULL) {
        g_autofree char *before =
            g_strdup_printf("The interval before: %s", top->before);
        put_wrapped(page, before);
    }
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
    if (top->only != NULL)
        put_wrapped(page, top->only);
    if (top->has_totals)
        put_totals(page, top);
    for (unsigned i = 0; i < top->gaps->len; i++) {
        g_autofree char *gap =
            g_strconcat("Not counted: ", top->gaps->pdata[i], NULL);
        put_wrapped(page, gap);
    }
    put(page, "\n");
}

/* --- tables: a line a row --------------------------------------------- */

/* Columns that are left where a row is too long. */
enum {
    TITLE_READ = 26, /* of a title that can be read */
    TITLE_MIN = 12,
    NAME_READ = 18, /* of a name that most people are known by */
    NAME_MIN = 12,
};

/* Returns "[net-next] net: do less": tags say for which tree it is. */
static char *title_of(const DigestSet *set)
{
    g_autofree char *tags = page_tags(set);

    if (tags == NULL)
        return g_strdup(page_title(set));
    return g_strdup_printf("[%s] %s", tags, page_title(set));
}

static char *person_of(const DigestPerson *person)
{
    const char *address = page_address(person);

    if (address != NULL)
        return g_strdup_printf("%s <%s>", person->name, address);
    if (is_there(person->email))
        return g_strdup_printf("<%s>", person->email);
    return g_strdup(is_there(person->name) ? person->name : "(nobody)");
}

/* Returns what a cell says, without blanks around it. Owned. */
static char *words_of(const PageColumn *column, const PageCell *cell)
{
    switch (column->kind) {
    case PAGE_NUMBER:
    case PAGE_BEFORE:
        return g_strdup_printf("%" G_GUINT64_FORMAT, cell->number);
    case PAGE_WORDS:
    case PAGE_SIGN:
    case PAGE_ASIDE:
    case PAGE_MOVE:
    case PAGE_LISTS:
    case PAGE_REMARK:
    case PAGE_STATE:
        return g_strdup(cell->words);
    case PAGE_TITLE:
        return title_of(cell->set);
    case PAGE_LINK:
        return g_strdup(cell->subject);
    case PAGE_PERSON:
        return person_of(cell->person);
    case PAGE_BY:
        return g_strconcat("by ", page_name(cell->person), NULL);
    case PAGE_NAME:
        return g_strdup(is_there(page_name(cell->person))
                            ? page_name(cell->person)
                            : "(nobody)");
    }
    g_assert_not_reached();
}

/* How wide each column of a table is: as its widest cell, as far as the column
 * may be; counts have always the same. */
typedef struct Layout {
    size_t padded[PAGE_COLUMNS_MAX];
} Layout;

static const char *name_of(const PageColumn *column)
{
    return column->brief != NULL ? column->brief : column->name;
}

static bool is_count(const PageColumn *column)
{
    return column->kind == PAGE_NUMBER || column->kind == PAGE_BEFORE;
}

static void layout_row(Layout *layout, const PageTable *table, unsigned index)
{
    g_auto(PageRow) row = page_row(table, index);

    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];
        const size_t most = (size_t)ABS(column->width);

        if (layout->padded[i] >= most)
            continue;

        g_autofree char *words = words_of(column, &row.cells[i]);
        const size_t columns = text_columns(words);

        layout->padded[i] = MIN(MAX(layout->padded[i], columns), most);
    }
}

static Layout layout_of(const PageTable *table)
{
    Layout layout = { .padded = { 0 } };

    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];

        if (is_count(column))
            layout.padded[i] = (size_t)ABS(column->width);
        else if (table->is_named && column->width != 0)
            layout.padded[i] = text_columns(name_of(column));
    }
    for (unsigned i = 0; i < table->row_count; i++)
        layout_row(&layout, table, i);
    return layout;
}

/* A line in the making: what stands before each cell, and the cell. */
typedef struct Line {
    const PageColumn *columns[PAGE_COLUMNS_MAX];
    size_t padded[PAGE_COLUMNS_MAX];
    const char *before[PAGE_COLUMNS_MAX];
    char *words[PAGE_COLUMNS_MAX];
    size_t word_columns[PAGE_COLUMNS_MAX]; /* that these take */
    size_t total;                          /* columns of the whole line */
    unsigned count;
} Line;

static void line_clear(Line *line)
{
    for (unsigned i = 0; i < line->count; i++)
        g_free(line->words[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Line, line_clear)

/* Between columns that are padded one blank, and behind them all two; behind a
 * number one is enough. */
static const char *blanks_between(const PageColumn *left,
                                  const PageColumn *right)
{
    return left->kind == PAGE_NUMBER || right->width != 0 ? " " : "  ";
}

static bool is_absent(const PageColumn *column, const PageCell *cell)
{
    return (column->kind == PAGE_ASIDE || column->kind == PAGE_REMARK ||
            column->kind == PAGE_MOVE || column->kind == PAGE_LISTS) &&
           *cell->words == '\0';
}

/* Puts words, which it takes over, into a cell. */
static void line_set(Line *line, unsigned at, char *words)
{
    const size_t padded = line->padded[at];
    const size_t columns = text_columns(words);

    line->total += MAX(columns, padded);
    if (line->words[at] != NULL)
        line->total -= MAX(line->word_columns[at], padded);
    g_free(line->words[at]);
    line->words[at] = words;
    line->word_columns[at] = columns;
}

static void line_fill(Line *line, const Page *page, const PageTable *table,
                      const Layout *layout, const PageRow *row)
{
    const PageColumn *last = NULL;

    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];

        if (!page_shows(page, column) || is_absent(column, &row->cells[i]))
            continue;
        g_autofree char *words = words_of(column, &row->cells[i]);
        const char *before = last != NULL && last->width != 0
                                 ? blanks_between(last, column)
                             : column->before != NULL ? column->before
                                                      : "";
        const unsigned at = line->count++;

        line->columns[at] = column;
        line->padded[at] = layout->padded[i];
        line->before[at] = before;
        line->words[at] = NULL;
        line->total += strlen(before) +
                       (column->after != NULL ? strlen(column->after) : 0);
        line_set(line, at, text_visible(words));
        last = column;
    }
}

/* Cuts cells of these kinds until the line fits; leaves so much of each. */
static void line_cut(Line *line, unsigned kinds, size_t least, size_t width)
{
    for (unsigned i = 0; i < line->count; i++) {
        const size_t own = line->word_columns[i];

        if (line->total <= width ||
            (kinds >> line->columns[i]->kind & 1) == 0 || own <= least)
            continue;

        const size_t excess = line->total - width;

        line_set(line, i,
                 text_fit(line->words[i],
                          own > excess + least ? own - excess : least));
    }
}

static void put_padding(const Page *page, size_t count)
{
    for (size_t i = 0; i < count; i++)
        g_string_append_c(page->out, ' ');
}

/* Green for what is done, dim for what is replaced, yellow for what waits. */
static const char *colour_of(const PageColumn *column, const char *words)
{
    if (column->kind != PAGE_SIGN)
        return NULL;
    if (*words == '+')
        return "\033[32m";
    return *words == '<' ? "\033[2m" : "\033[33m";
}

static void put_cell(const Page *page, const Line *line, unsigned at)
{
    const PageColumn *column = line->columns[at];
    const char *words = line->words[at];
    const size_t columns = line->word_columns[at];
    const size_t width = line->padded[at];
    const size_t padding = width > columns ? width - columns : 0;
    const char *colour =
        page->options->colour ? colour_of(column, words) : NULL;

    put_padding(page, column->width > 0 ? padding : 0);
    put(page, colour != NULL ? colour : "");
    put(page, words);
    put(page, colour != NULL ? PLAIN : "");
    put_padding(page, column->width < 0 ? padding : 0);
}

static const unsigned TITLES = 1U << PAGE_TITLE | 1U << PAGE_LINK;
static const unsigned NAMES =
    1U << PAGE_NAME | 1U << PAGE_BY | 1U << PAGE_PERSON;

/* Long names are cut first, then titles, as long as both can be read; whose
 * work it is matters more than who applied it. */
static void put_row(const Page *page, const PageTable *table,
                    const Layout *layout, const PageRow *row)
{
    g_auto(Line) line = { .count = 0, .total = 0 };
    const size_t width = page_width(page);

    line_fill(&line, page, table, layout, row);
    line_cut(&line, NAMES, NAME_READ, width);
    line_cut(&line, TITLES, TITLE_READ, width);
    line_cut(&line, 1U << PAGE_BY, NAME_MIN, width);
    line_cut(&line, NAMES, NAME_MIN, width);
    line_cut(&line, TITLES, TITLE_MIN, width);
    for (unsigned i = 0; i < line.count; i++) {
        put(page, line.before[i]);
        put_cell(page, &line, i);
        put(page, line.columns[i]->after != NULL ? line.columns[i]->after : "");
    }
    put(page, "\n");
}

/* What the signs at the start of rows mean, and versions that stand alone. */
static void put_legend(const Page *page, const PageTable *table)
{
    bool has_brief = false;

    for (unsigned i = 0; i < table->column_count; i++)
        has_brief = has_brief || (table->columns[i].room == PAGE_NARROW &&
                                  page_shows(page, &table->columns[i]));
    put(page, "+ applied  < superseded  ? waiting for review");
    put(page, has_brief ? "  v2, v3 ... updated\n" : "\n");
}

/* Of columns that are padded; what stands behind them explains itself. */
static void put_names(const Page *page, const PageTable *table,
                      const Layout *layout)
{
    const PageColumn *last = NULL;

    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];

        if (!page_shows(page, column) ||
            (column->width == 0 && *column->name == '\0'))
            continue;
        if (last != NULL)
            put(page, blanks_between(last, column));
        g_string_append_printf(page->out, "%*s",
                               column->width < 0 ? -(int)layout->padded[i]
                                                 : (int)layout->padded[i],
                               name_of(column));
        last = column;
        if (column->width == 0)
            break;
    }
    put(page, "\n");
}

static void table(const Page *page, const PageTable *table)
{
    const Layout layout = layout_of(table);

    put_heading(page, table->heading);
    if (table->columns[0].kind == PAGE_SIGN && table->row_count > 0)
        put_legend(page, table);
    if (table->is_named && table->row_count > 0)
        put_names(page, table, &layout);
    for (unsigned i = 0; i < table->row_count; i++) {
        g_auto(PageRow) row = page_row(table, i);
        const char *group = page_group(table, i);

        if (group != NULL)
            g_string_append_printf(page->out, "%s%s:\n", i > 0 ? "\n" : "",
                                   group);
        put_row(page, table, &layout, &row);
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

    g_autofree char *title = g_strdup_printf("%s:  %s", label, page_title(set));
    g_autofree char *person = person_of(&set->author);
    g_autofree char *unreviewed = phrase_unreviewed(set);
    g_autofree char *author = g_strconcat("Author: ", person, NULL);

    put_bold(page, true);
    put_wrapped(page, title);
    put_bold(page, false);
    put_wrapped(page, set->subject);
    put_wrapped(page, author);
    if (*unreviewed != '\0') {
        g_autofree char *lacks =
            g_strdup_printf("Without a review: %s", unreviewed);
        put_wrapped(page, lacks);
    }
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

static void left(const Page *page, const char *words)
{
    g_string_append_printf(page->out, "... %s\n\n", words);
}

static const PageFormat format = {
    .shape = PAGE_LINE,
    .tops = page_tops,
    .begin = begin,
    .table = table,
    .open_entries = put_heading,
    .entry = entry,
    .left = left,
};

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    page_render(&format, digest, options, out);
}

const Renderer render_text = { "text", render };
