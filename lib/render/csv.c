/* SPDX-License-Identifier: MIT */
/*
 * One table of a digest as RFC 4180 has it: CRLF, a header, quotes where they
 * are needed. A cell from mail that a spreadsheet would take for a formula
 * begins with an apostrophe.
 */
#include "base/text.h"
#include "render/page.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

static void put_plain(GString *out, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

static void put_mail(GString *out, const char *text)
{
    g_autofree char *visible = text_visible(text != NULL ? text : "");
    const bool is_formula = *visible != '\0' && strchr("=+-@", *visible);
    g_autofree char *safe =
        is_formula ? g_strconcat("'", visible, NULL) : g_strdup(visible);

    put_plain(out, safe);
}

static void put_time(GString *out, int64_t time_ms)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(time_ms / 1000);
    g_autofree char *text =
        time != NULL ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

    g_string_append(out, text != NULL ? text : "");
}

/* --- totals ----------------------------------------------------------- */

static void put_totals(GString *out, const DigestTotals *totals)
{
    const struct {
        const char *name;
        uint64_t value;
    } columns[] = {
        { "posts", totals->posts },
        { "patches", totals->patches },
        { "covers", totals->covers },
        { "pulls", totals->pulls },
        { "replies", totals->replies },
        { "notices", totals->notices },
        { "bot_reports", totals->bot_reports },
        { "other", totals->other },
        { "duplicates", totals->duplicates },
        { "malformed", totals->malformed },
        { "people", totals->people },
        { "authors", totals->authors },
        { "new_people", totals->new_people },
        { "patch_sets", totals->patch_sets },
        { "insertions", totals->insertions },
        { "deletions", totals->deletions },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        g_string_append_printf(out, "%s%s", i > 0 ? "," : "", columns[i].name);
    g_string_append(out, "\r\n");
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        g_string_append_printf(out, "%s%" PRIu64, i > 0 ? "," : "",
                               columns[i].value);
    g_string_append(out, "\r\n");
}

static void begin(const Page *page, const PageTop *top)
{
    if (top->has_totals)
        put_totals(page->out, &page->digest->totals);
}

/* --- tables ----------------------------------------------------------- */

/* What a column of the page is in columns of a table. */
static const char *const set_names[] = { "tags",    "mark", "message_id",
                                         "arrival", "link", NULL };
static const char *const link_names[] = { "mark", "message_id", "link", NULL };
static const char *const person_names[] = { "address", NULL };
static const char *const no_names[] = { NULL };

static const char *const *further_names(PageKind kind)
{
    switch (kind) {
    case PAGE_TITLE:
        return set_names;
    case PAGE_LINK:
        return link_names;
    case PAGE_PERSON:
    case PAGE_NAME:
    case PAGE_BY:
        return person_names;
    case PAGE_NUMBER:
    case PAGE_BEFORE:
    case PAGE_WORDS:
    case PAGE_ASIDE:
    case PAGE_MOVE:
    case PAGE_LISTS:
    case PAGE_REMARK:
    case PAGE_SIGN:
    case PAGE_STATE:
        break;
    }
    return no_names;
}

/* "Patch set" is patch_set, and its further columns say of what they are
 * where two columns would have one name: author_address. */
static char *name_of(const PageColumn *column, const char *further)
{
    g_autofree char *name = g_ascii_strdown(column->name, -1);

    g_strdelimit(name, " ", '_');
    if (further == NULL)
        return g_steal_pointer(&name);
    return further == person_names[0] ? g_strconcat(name, "_", further, NULL)
                                      : g_strdup(further);
}

static void put_names(const Page *page, const PageTable *table)
{
    const char *comma = "";

    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];
        g_autofree char *name = name_of(column, NULL);

        if (!page_shows(page, column))
            continue;
        g_string_append_printf(page->out, "%s%s", comma, name);
        comma = ",";
        for (const char *const *further = further_names(column->kind);
             *further != NULL; further++) {
            g_autofree char *other = name_of(column, *further);

            g_string_append_printf(page->out, ",%s", other);
        }
    }
    g_string_append(page->out, "\r\n");
}

static void put_set(GString *out, const DigestSet *set)
{
    g_autofree char *tags = page_tags(set);

    put_mail(out, page_title(set));
    g_string_append_c(out, ',');
    put_mail(out, tags);
    g_string_append_printf(out, ",%s,", set->mark != NULL ? set->mark : "");
    put_mail(out, set->message_id);
    g_string_append_c(out, ',');
    put_time(out, set->arrival_ms);
    g_string_append_c(out, ',');
    put_mail(out, set->url);
}

static void put_cell(GString *out, const PageColumn *column,
                     const PageCell *cell)
{
    switch (column->kind) {
    case PAGE_NUMBER:
    case PAGE_BEFORE:
        g_string_append_printf(out, "%" PRIu64, cell->number);
        return;
    case PAGE_WORDS:
    case PAGE_ASIDE:
    case PAGE_MOVE:
    case PAGE_LISTS:
    case PAGE_REMARK:
    case PAGE_SIGN:
    case PAGE_STATE:
        put_plain(out, cell->words);
        return;
    case PAGE_TITLE:
        put_set(out, cell->set);
        return;
    case PAGE_LINK:
        put_mail(out, cell->subject);
        g_string_append_printf(out, ",%s,",
                               cell->mark != NULL ? cell->mark : "");
        put_mail(out, cell->message_id);
        g_string_append_c(out, ',');
        put_mail(out, cell->url);
        return;
    case PAGE_PERSON:
    case PAGE_NAME:
    case PAGE_BY:
        put_mail(out, page_name(cell->person));
        g_string_append_c(out, ',');
        put_mail(out, cell->person->email);
        return;
    }
}

static void table(const Page *page, const PageTable *table)
{
    put_names(page, table);
    for (unsigned i = 0; i < table->row_count; i++) {
        g_auto(PageRow) row = page_row(table, i);
        const char *comma = "";

        for (unsigned j = 0; j < table->column_count; j++) {
            if (!page_shows(page, &table->columns[j]))
                continue;
            g_string_append(page->out, comma);
            put_cell(page->out, &table->columns[j], &row.cells[j]);
            comma = ",";
        }
        g_string_append(page->out, "\r\n");
    }
}

/* Entries are no table; who asks for them is told so. */
static void open_entries(const Page *page, const char *heading)
{
    (void)page;
    (void)heading;
}

static void entry(const Page *page, const DigestSet *set)
{
    (void)page;
    (void)set;
}

static void left(const Page *page, const char *words)
{
    (void)page;
    (void)words;
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

const Renderer render_csv = { "csv", render };
