/* SPDX-License-Identifier: MIT */
/*
 * The digest as one page that needs nothing else: no script, no image, no
 * font from elsewhere, so that it may be mailed, kept and opened anywhere.
 * Text from mail is escaped; a link is made only of an http(s) address.
 */
#include "base/text.h"
#include "render/page.h"
#include "render/phrases.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

static const char STYLE[] =
    ":root{--ink:#1c2330;--dim:#5d6878;--line:#dfe4ea;--paper:#fff;"
    "--ground:#f4f6f8;--link:#0b5cad;--bar:#7aa7d9;color-scheme:light dark}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e4e8ee;--dim:#9aa6b5;"
    "--line:#323a46;--paper:#1b212a;--ground:#12161c;--link:#7db5f0;"
    "--bar:#3f6da3}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--ground);color:var(--ink);"
    "font:15px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,sans-serif}\n"
    "main{max-width:70rem;margin:0 auto;padding:2rem 1.25rem 4rem}\n"
    "h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}\n"
    "h2{font-size:1.1rem;margin:0 0 .75rem}\n"
    "p{margin:.25rem 0}\n"
    "a{color:var(--link);text-decoration:none}\n"
    "a:hover{text-decoration:underline}\n"
    ".dim{color:var(--dim)}\n"
    ".gap{border-left:4px solid #d08700;padding:.25rem .75rem}\n"
    "section{background:var(--paper);border:1px solid var(--line);"
    "border-radius:8px;padding:1rem 1.25rem;margin-top:1rem;"
    "overflow-x:auto}\n"
    ".pair{display:grid;gap:0 1rem;"
    "grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));"
    "align-items:start}\n"
    ".figures{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin-top:1rem}\n"
    ".figures b{display:block;font-size:1.5rem;line-height:1.2;"
    "font-variant-numeric:tabular-nums}\n"
    ".days{display:flex;align-items:flex-end;gap:2px;height:4.5rem;"
    "margin-top:1rem}\n"
    ".days i{flex:1 1 0;min-width:1px;max-width:3rem;background:var(--bar);"
    "border-radius:2px 2px 0 0}\n"
    "table{border-collapse:collapse;width:100%}\n"
    "th{text-align:left;color:var(--dim);font-weight:500;font-size:.85rem}\n"
    "th,td{padding:.25rem .75rem .25rem 0;vertical-align:top;"
    "overflow-wrap:anywhere}\n"
    "tr+tr td{border-top:1px solid var(--line)}\n"
    "td.n,th.n{text-align:right;white-space:nowrap;"
    "font-variant-numeric:tabular-nums}\n"
    ".state{display:inline-block;white-space:nowrap;border-radius:4px;"
    "padding:0 .45rem;font-size:.85rem;background:#d9e8f8;color:#123d6b}\n"
    ".updated{background:#e5defa;color:#3f2a7a}\n"
    ".resent{background:#e9ebee;color:#3b4350}\n"
    ".rfc{background:#fcefc9;color:#664a00}\n"
    ".pull{background:#d8f0dc;color:#14532d}\n"
    "article+article{border-top:1px solid var(--line);margin-top:1rem;"
    "padding-top:1rem}\n"
    "article h3{font-size:1rem;margin:0 0 .15rem}\n"
    "pre{margin:.75rem 0 0;padding:.75rem 1rem;background:var(--ground);"
    "border-radius:6px;overflow-x:auto;"
    "font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}\n";

/* --- text from mail --------------------------------------------------- */

/* GLib writes &apos;, which HTML 4 does not know, nor some readers of mail. */
static void append_escaped(GString *out, const char *text)
{
    g_autofree char *markup = g_markup_escape_text(text, -1);
    g_autoptr(GString) escaped = g_string_new(markup);

    g_string_replace(escaped, "&apos;", "&#39;", 0);
    g_string_append(out, escaped->str);
}

static void put_mail(GString *out, const char *text)
{
    if (text == NULL)
        return;

    g_autofree char *visible = text_visible(text);

    append_escaped(out, visible);
}

static void put_person(GString *out, const DigestPerson *person)
{
    const char *address = page_address(person);

    put_mail(out, page_name(person));
    if (address == NULL)
        return;
    g_string_append(out, " <span class=\"dim\">&lt;");
    put_mail(out, address);
    g_string_append(out, "&gt;</span>");
}

static void put_linked(GString *out, const char *text, const char *url)
{
    const bool is_link = page_is_link(url);

    if (is_link) {
        g_string_append(out, "<a href=\"");
        put_mail(out, url);
        g_string_append(out, "\">");
    }
    put_mail(out, text);
    if (is_link)
        g_string_append(out, "</a>");
}

/* --- the top ---------------------------------------------------------- */

static void put_title(GString *out, const Digest *digest)
{
    put_mail(out, digest->list_title);
    g_string_append(out, " mailing list update from ");
    put_mail(out, digest->from.shown);
    g_string_append(out, " to ");
    put_mail(out, digest->to.shown);
}

static void put_head(GString *out, const Digest *digest)
{
    g_string_append(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                         "<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" "
                         "content=\"width=device-width\">\n<title>");
    put_title(out, digest);
    g_string_append_printf(out,
                           "</title>\n<style>\n%s</style>\n</head>\n<body>\n"
                           "<main>\n<h1>",
                           STYLE);
    put_title(out, digest);
    g_string_append(out, "</h1>\n");
}

static void put_figure(GString *out, uint64_t number, const char *one,
                       const char *many)
{
    if (number > 0)
        g_string_append_printf(out, "<div><b>%" PRIu64 "</b>%s</div>\n", number,
                               number == 1 ? one : many);
}

static void put_figures(GString *out, const Digest *digest)
{
    const DigestTotals *totals = &digest->totals;

    g_string_append(out, "<div class=\"figures\">\n");
    put_figure(out, totals->posts, "post", "posts");
    put_figure(out, totals->people, "person", "people");
    if (digest->has_patch_sets)
        put_figure(out, totals->patch_sets, "patch set", "patch sets");
    put_figure(out, totals->patches, "patch", "patches");
    put_figure(out, totals->replies, "reply", "replies");
    put_figure(out, totals->notices, "notice", "notices");
    if (!digest->is_young)
        put_figure(out, totals->new_people, "newcomer", "newcomers");
    g_string_append(out, "</div>\n");
}

/* One bar a day; a single one says nothing. */
static void put_days(GString *out, const Digest *digest)
{
    uint64_t highest = 1;

    if (digest->days->len < 2)
        return;
    for (unsigned i = 0; i < digest->days->len; i++) {
        const DigestDay *day = digest->days->pdata[i];

        highest = MAX(highest, day->posts);
    }
    g_string_append(out, "<div class=\"days\" role=\"img\" "
                         "aria-label=\"posts a day\">\n");
    for (unsigned i = 0; i < digest->days->len; i++) {
        const DigestDay *day = digest->days->pdata[i];

        g_string_append_printf(out,
                               "<i style=\"height:%" PRIu64 "%%\" title=\"",
                               MAX(day->posts * 100 / highest, 1));
        put_mail(out, day->day);
        g_string_append_printf(out, ": %" PRIu64 "\"></i>\n", day->posts);
    }
    g_string_append(out, "</div>\n");
}

static void put_note(GString *out, const char *before, const char *note)
{
    g_string_append_printf(out, "<p class=\"dim\">%s%s</p>\n", before, note);
}

static void put_totals(const Page *page, const PageTop *top)
{
    GString *out = page->out;

    put_note(out, "", top->span);
    g_string_append(out, "<section>\n");
    put_note(out, "", top->totals);
    if (*top->more != '\0')
        put_note(out, "", top->more);
    if (top->before != NULL)
        put_note(out, "The interval before: ", top->before);
    if (page->digest->totals.posts > 0)
        put_figures(out, page->digest);
    put_days(out, page->digest);
    g_string_append(out, "</section>\n");
}

static void begin(const Page *page, const PageTop *top)
{
    put_head(page->out, page->digest);
    if (top->has_totals)
        put_totals(page, top);
    for (unsigned i = 0; i < top->gaps->len; i++) {
        g_string_append(page->out, "<p class=\"gap\">Not counted: ");
        put_mail(page->out, top->gaps->pdata[i]);
        g_string_append(page->out, "</p>\n");
    }
}

static void end(const Page *page)
{
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

static void put_set_title(GString *out, const DigestSet *set)
{
    g_autofree char *tags = page_tags(set);

    if (tags != NULL) {
        g_string_append(out, "<span class=\"dim\">[");
        put_mail(out, tags);
        g_string_append(out, "]</span> ");
    }
    put_linked(out, page_title(set), set->url);
}

static void put_state(GString *out, const DigestSet *set, const char *words)
{
    g_string_append_printf(out, "<span class=\"state %s\">%s</span>",
                           digest_state_name(set->state), words);
}

static void put_content(GString *out, const PageColumn *column,
                        const PageCell *cell)
{
    switch (column->kind) {
    case PAGE_NUMBER:
        g_string_append_printf(out, "%" G_GUINT64_FORMAT, cell->number);
        return;
    case PAGE_WORDS:
    case PAGE_ASIDE:
    case PAGE_REMARK:
        g_string_append(out, cell->words);
        return;
    case PAGE_STATE:
        put_state(out, cell->set, cell->words);
        return;
    case PAGE_TITLE:
        put_set_title(out, cell->set);
        return;
    case PAGE_LINK:
        put_linked(out, cell->subject, cell->url);
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

static const char *class_of(const PageColumn *column)
{
    if (page_is_right(column))
        return " class=\"n\"";
    return column->kind == PAGE_BY || column->kind == PAGE_ASIDE
               ? " class=\"dim\""
               : "";
}

/* Remarks stand with the title that they are about. */
static void put_remarks(GString *out, const PageTable *table,
                        const PageRow *row)
{
    for (unsigned i = 0; i < table->column_count; i++) {
        if (table->columns[i].kind == PAGE_REMARK &&
            *row->cells[i].words != '\0')
            g_string_append_printf(out, ", %s", row->cells[i].words);
    }
}

static bool is_cell(const Page *page, const PageColumn *column)
{
    return page_shows(page, column) && column->kind != PAGE_REMARK;
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
        g_string_append_printf(out, "<td%s>", class_of(column));
        put_content(out, column, &row->cells[i]);
        if (column->kind == PAGE_TITLE)
            put_remarks(out, table, row);
        g_string_append(out, "</td>");
    }
    g_string_append(out, "</tr>\n");
}

/* A person needs no heading. */
static void put_names(const Page *page, const PageTable *table)
{
    g_string_append(page->out, "<tr>");
    for (unsigned i = 0; i < table->column_count; i++) {
        const PageColumn *column = &table->columns[i];

        if (is_cell(page, column))
            g_string_append_printf(page->out, "<th%s>%s</th>", class_of(column),
                                   column->kind == PAGE_PERSON ? ""
                                                               : column->name);
    }
    g_string_append(page->out, "</tr>\n");
}

/* A count and a name explain themselves. */
static bool has_names(const PageTable *table)
{
    return !table->is_list && table->row_count > 0 && table->column_count > 2;
}

static void open_section(const Page *page, const char *heading)
{
    g_string_append_printf(page->out, "<section>\n<h2>%s</h2>\n", heading);
}

static void close_section(const Page *page)
{
    g_string_append(page->out, "</section>\n");
}

static void table(const Page *page, const PageTable *table)
{
    open_section(page, table->heading);
    g_string_append(page->out, "<table>\n");
    if (has_names(table))
        put_names(page, table);
    for (unsigned i = 0; i < table->row_count; i++) {
        g_auto(PageRow) row = page_row(table, i);

        put_row(page, table, &row);
    }
    g_string_append(page->out, "</table>\n");
    if (table->note != NULL)
        put_note(page->out, "", table->note);
    close_section(page);
}

/* --- entries ---------------------------------------------------------- */

static void put_text(GString *out, const char *text)
{
    size_t length;
    const char *start = page_trim(text, &length);

    if (length == 0)
        return;

    g_autoptr(GString) visible = g_string_new(NULL);

    text_append_visible(visible, start, length, true);
    g_string_append(out, "<pre>");
    append_escaped(out, visible->str);
    g_string_append(out, "</pre>\n");
}

static void entry(const Page *page, const DigestSet *set)
{
    g_autofree char *state = phrase_state(set);
    GString *out = page->out;

    g_string_append(out, "<article>\n<h3>");
    put_state(out, set, state);
    g_string_append_c(out, ' ');
    put_mail(out, page_title(set));
    g_string_append(out, "</h3>\n<p>");
    put_linked(out, set->subject, set->url);
    g_string_append(out, "</p>\n<p class=\"dim\">Author: ");
    put_person(out, &set->author);
    g_string_append(out, "</p>\n");
    put_text(out, set->text);
    g_string_append(out, "</article>\n");
}

static const unsigned tops[] = { SECTION_CONTRIBUTORS, SECTION_REVIEWERS,
                                 SECTION_DOMAINS, SECTION_ORGANISATIONS, 0 };

static const PageFormat format = {
    .shape = PAGE_TABLE,
    .tops = tops,
    .begin = begin,
    .open_tops = open_tops,
    .close_tops = close_tops,
    .table = table,
    .open_entries = open_section,
    .entry = entry,
    .close_entries = close_section,
    .end = end,
};

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    page_render(&format, digest, options, out);
}

const Renderer render_html = { "html", render };
