/* SPDX-License-Identifier: MIT */
/*
 * The digest as one page that needs nothing else: no script, no image, no
 * font from elsewhere, so that it may be mailed, kept and opened anywhere.
 * Text from mail is escaped; a link is made only of an http(s) address.
 */
#include "base/text.h"
#include "render/renderer.h"
#include "render/wording.h"

#include <inttypes.h>
#include <string.h>

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

static void append_escaped(GString *out, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            g_string_append(out, "&amp;");
            break;
        case '<':
            g_string_append(out, "&lt;");
            break;
        case '>':
            g_string_append(out, "&gt;");
            break;
        case '"':
            g_string_append(out, "&quot;");
            break;
        case '\'':
            g_string_append(out, "&#39;");
            break;
        default:
            g_string_append_c(out, *text);
        }
    }
}

static void put_mail(GString *out, const char *text)
{
    if (text == NULL)
        return;

    g_autofree char *visible = text_visible(text);

    append_escaped(out, visible);
}

static void put_name(GString *out, const DigestPerson *person)
{
    const bool has_name = person->name != NULL && *person->name != '\0';

    put_mail(out, has_name ? person->name : person->email);
}

static void put_person(GString *out, const DigestPerson *person)
{
    const bool has_name = person->name != NULL && *person->name != '\0';

    put_name(out, person);
    if (!has_name || person->email == NULL || *person->email == '\0')
        return;
    g_string_append(out, " <span class=\"dim\">&lt;");
    put_mail(out, person->email);
    g_string_append(out, "&gt;</span>");
}

static void put_linked(GString *out, const char *text, const char *url)
{
    const bool is_link = url != NULL && (g_str_has_prefix(url, "https://") ||
                                         g_str_has_prefix(url, "http://"));

    if (is_link) {
        g_string_append(out, "<a href=\"");
        put_mail(out, url);
        g_string_append(out, "\">");
    }
    put_mail(out, text);
    if (is_link)
        g_string_append(out, "</a>");
}

static void put_number(GString *out, uint64_t number)
{
    g_string_append_printf(out, "<td class=\"n\">%" PRIu64 "</td>", number);
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

static void put_totals(GString *out, const Digest *digest,
                       const RenderOptions *options)
{
    g_autofree char *span = wording_span(digest);
    g_autofree char *totals =
        wording_totals(&digest->totals, digest->has_patch_sets);
    g_autofree char *more = wording_more(digest);

    g_string_append_printf(out, "<p class=\"dim\">%s</p>\n<section>\n", span);
    g_string_append_printf(out, "<p class=\"dim\">%s</p>\n", totals);
    if (*more != '\0')
        g_string_append_printf(out, "<p class=\"dim\">%s</p>\n", more);
    if (options->with_previous && digest->has_previous) {
        g_autofree char *before =
            wording_totals(&digest->previous, digest->has_patch_sets);

        g_string_append_printf(
            out, "<p class=\"dim\">The interval before: %s</p>\n", before);
    }
    if (digest->totals.posts > 0)
        put_figures(out, digest);
    put_days(out, digest);
    g_string_append(out, "</section>\n");
}

static void put_gaps(GString *out, const Digest *digest)
{
    for (unsigned i = 0; i < digest->gaps->len; i++) {
        g_autofree char *gap = wording_gap(digest, digest->gaps->pdata[i]);

        g_string_append(out, "<p class=\"gap\">Not counted: ");
        put_mail(out, gap);
        g_string_append(out, "</p>\n");
    }
}

/* --- top lists -------------------------------------------------------- */

static void put_top(GString *out, const Digest *digest, const char *what,
                    const GPtrArray *counts)
{
    g_string_append_printf(out, "<section>\n<h2>Top %u %s</h2>\n<table>\n",
                           digest->top, what);
    for (unsigned i = 0; i < counts->len && i < digest->top; i++) {
        const DigestCount *count = counts->pdata[i];

        g_string_append(out, "<tr>");
        put_number(out, count->count);
        g_string_append(out, "<td>");
        put_person(out, &count->who);
        g_string_append(out, "</td></tr>\n");
    }
    g_string_append(out, "</table>\n</section>\n");
}

static void put_reviewers(GString *out, const Digest *digest)
{
    g_string_append_printf(out,
                           "<section>\n<h2>Top %u reviewers</h2>\n<table>\n"
                           "<tr><th class=\"n\">Tags</th>"
                           "<th class=\"n\">Replies</th><th></th></tr>\n",
                           digest->top);
    for (unsigned i = 0; i < digest->reviewers->len && i < digest->top; i++) {
        const DigestCount *count = digest->reviewers->pdata[i];

        g_string_append(out, "<tr>");
        put_number(out, count->tags);
        put_number(out, count->replies);
        g_string_append(out, "<td>");
        put_person(out, &count->who);
        g_string_append(out, "</td></tr>\n");
    }
    g_string_append(out, "</table>\n</section>\n");
}

static void put_top_lists(GString *out, const Digest *digest, unsigned sections)
{
    g_string_append(out, "<div class=\"pair\">\n");
    if (sections & SECTION_CONTRIBUTORS)
        put_top(out, digest, "contributors", digest->contributors);
    if ((sections & SECTION_REVIEWERS) && digest->reviewers->len > 0)
        put_reviewers(out, digest);
    if (sections & SECTION_DOMAINS)
        put_top(out, digest, "contributor email domains", digest->domains);
    if ((sections & SECTION_ORGANISATIONS) && digest->organisations->len > 0 &&
        !((sections & SECTION_DOMAINS) &&
          wording_is_same(digest->organisations, digest->domains)))
        put_top(out, digest, "organisations", digest->organisations);
    g_string_append(out, "</div>\n");
}

/* --- patch sets ------------------------------------------------------- */

static void put_set_title(GString *out, const DigestSet *set)
{
    if (set->tags != NULL && set->tags[0] != NULL) {
        g_autofree char *tags = g_strjoinv(" ", set->tags);

        g_string_append(out, "<span class=\"dim\">[");
        put_mail(out, tags);
        g_string_append(out, "]</span> ");
    }
    put_linked(out, *set->title != '\0' ? set->title : set->subject, set->url);
}

static void put_state(GString *out, const DigestSet *set)
{
    g_autofree char *state = wording_state(set);

    g_string_append_printf(out, "<span class=\"state %s\">%s</span>",
                           digest_state_name(set->state), state);
}

static void put_set_row(GString *out, const DigestSet *set)
{
    g_autofree char *parts = wording_parts(set);
    g_autofree char *reviewed = wording_reviewed(set);

    g_string_append(out, "<tr><td>");
    put_state(out, set);
    g_string_append_printf(out,
                           "</td><td class=\"n\">%s</td>"
                           "<td class=\"n\">%s</td><td>",
                           parts, reviewed);
    put_set_title(out, set);
    g_string_append(out, "</td><td>");
    put_name(out, &set->author);
    g_string_append(out, "</td></tr>\n");
}

static void put_patches(GString *out, const Digest *digest)
{
    g_string_append(out, "<section>\n<h2>Patch list in this time period</h2>\n"
                         "<table>\n");
    if (digest->sets->len > 0)
        g_string_append(out, "<tr><th>State</th><th class=\"n\">Parts</th>"
                             "<th class=\"n\">Reviewed</th><th>Patch set</th>"
                             "<th>Author</th></tr>\n");
    for (unsigned i = 0; i < digest->sets->len; i++)
        put_set_row(out, digest->sets->pdata[i]);
    g_string_append(out, "</table>\n</section>\n");
}

static void put_applied(GString *out, const Digest *digest)
{
    g_string_append(out, "<section>\n<h2>Applied</h2>\n<table>\n");
    for (unsigned i = 0; i < digest->applied->len; i++) {
        const DigestSet *set = digest->applied->pdata[i];
        g_autofree char *parts = wording_applied(set);

        g_string_append(out, "<tr><td>");
        put_set_title(out, set);
        if (*parts != '\0')
            g_string_append_printf(out, ", %s", parts);
        g_string_append(out, "</td><td>");
        put_name(out, &set->author);
        g_string_append(out, "</td><td class=\"dim\">");
        g_string_append(out, "by ");
        put_name(out, &set->applied_by);
        g_string_append(out, "</td></tr>\n");
    }
    g_string_append(out, "</table>\n</section>\n");
}

static void put_waiting(GString *out, const Digest *digest)
{
    g_string_append(out, "<section>\n<h2>Waiting for review</h2>\n<table>\n");
    for (unsigned i = 0; i < digest->waiting->len; i++) {
        const DigestSet *set = digest->waiting->pdata[i];
        g_autofree char *age = wording_age(set->age_seconds);

        g_string_append_printf(out, "<tr><td class=\"n\">%s</td><td>", age);
        put_set_title(out, set);
        g_string_append(out, "</td><td>");
        put_name(out, &set->author);
        g_string_append(out, "</td></tr>\n");
    }
    g_string_append(out, "</table>\n</section>\n");
}

/* --- people and talk -------------------------------------------------- */

static void put_threads(GString *out, const Digest *digest)
{
    g_string_append(out, "<section>\n<h2>Busy threads</h2>\n<table>\n"
                         "<tr><th class=\"n\">Answers</th>"
                         "<th class=\"n\">Posts</th>"
                         "<th class=\"n\">People</th><th>Thread</th></tr>\n");
    for (unsigned i = 0; i < digest->threads->len && i < digest->top; i++) {
        const DigestThread *thread = digest->threads->pdata[i];

        g_string_append(out, "<tr>");
        put_number(out, thread->answers);
        put_number(out, thread->posts);
        put_number(out, thread->people);
        g_string_append(out, "<td>");
        put_linked(out, wording_subject(thread->subject), thread->url);
        g_string_append(out, "</td></tr>\n");
    }
    g_string_append(out, "</table>\n</section>\n");
}

static void put_newcomers(GString *out, const Digest *digest)
{
    const unsigned shown = wording_newcomers_named(digest);
    g_autofree char *left = wording_newcomers_left(digest);

    g_string_append(out, "<section>\n<h2>Newcomers</h2>\n<table>\n");
    for (unsigned i = 0; i < shown; i++) {
        const DigestNewcomer *newcomer = digest->newcomers->pdata[i];

        g_string_append(out, "<tr><td>");
        put_name(out, &newcomer->who);
        g_string_append(out, "</td><td>");
        put_linked(out, wording_subject(newcomer->subject), newcomer->url);
        g_string_append_printf(out, "</td><td class=\"dim\">%s</td></tr>\n",
                               newcomer->was_answered ? "answered" : "");
    }
    g_string_append(out, "</table>\n");
    if (*left != '\0')
        g_string_append_printf(out, "<p class=\"dim\">%s</p>\n", left);
    g_string_append(out, "</section>\n");
}

/* --- entries ---------------------------------------------------------- */

static void put_text(GString *out, const char *text)
{
    if (text == NULL)
        return;
    text += strspn(text, "\n");

    size_t length = strlen(text);

    while (length > 0 && g_ascii_isspace(text[length - 1]))
        length--;
    if (length == 0)
        return;

    g_autoptr(GString) visible = g_string_new(NULL);

    text_append_visible(visible, text, length, true);
    g_string_append(out, "<pre>");
    append_escaped(out, visible->str);
    g_string_append(out, "</pre>\n");
}

static void put_entry(GString *out, const DigestSet *set)
{
    g_string_append(out, "<article>\n<h3>");
    put_state(out, set);
    g_string_append_c(out, ' ');
    put_mail(out, *set->title != '\0' ? set->title : set->subject);
    g_string_append(out, "</h3>\n<p>");
    put_linked(out, set->subject, set->url);
    g_string_append(out, "</p>\n<p class=\"dim\">Author: ");
    put_person(out, &set->author);
    g_string_append(out, "</p>\n");
    put_text(out, set->text);
    g_string_append(out, "</article>\n");
}

static void put_entries(GString *out, const Digest *digest)
{
    g_string_append(out, "<section>\n<h2>Patch commit messages</h2>\n");
    for (unsigned i = 0; i < digest->sets->len; i++) {
        const DigestSet *set = digest->sets->pdata[i];

        put_entry(out, set);
        if (set->first_patch != NULL)
            put_entry(out, set->first_patch);
    }
    g_string_append(out, "</section>\n");
}

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    const unsigned sections = options->sections;

    put_head(out, digest);
    if (sections & SECTION_TOTALS)
        put_totals(out, digest, options);
    put_gaps(out, digest);
    put_top_lists(out, digest, sections);
    if (sections & SECTION_PATCHES)
        put_patches(out, digest);
    if ((sections & SECTION_APPLIED) && digest->applied->len > 0)
        put_applied(out, digest);
    if ((sections & SECTION_WAITING) && digest->waiting->len > 0)
        put_waiting(out, digest);
    if ((sections & SECTION_THREADS) && digest->threads->len > 0)
        put_threads(out, digest);
    if (wording_tells_newcomers(digest, sections))
        put_newcomers(out, digest);
    if (sections & SECTION_ENTRIES)
        put_entries(out, digest);
    g_string_append(out, "</main>\n</body>\n</html>\n");
}

const Renderer render_html = { "html", render };
