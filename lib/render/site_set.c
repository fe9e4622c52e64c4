/* SPDX-License-Identifier: MIT */
/* The page of one patch set: what it is, what became of it, what it says. */
#include "base/text.h"
#include "digest/detail.h"
#include "render/html_text.h"
#include "render/page.h"
#include "render/phrases.h"
#include "render/site.h"

#include <string.h>

#include "base/banned.h"

enum {
    PARTS_MAX = 150,
    /* A page has 150 KB at most: what escapes make of the text is bounded. */
    TEXT_MAX = 40000,
};

typedef struct SetPage {
    const Digest *digest;
    const DigestSet *set;
    const GPtrArray *chain;
    const RenderSite *site;
    GString *out;
} SetPage;

static void open_section(const SetPage *page, const char *id,
                         const char *heading)
{
    g_string_append_printf(page->out, "<section id=\"%s\">\n<h2>%s</h2>\n", id,
                           heading);
}

static void close_section(const SetPage *page)
{
    g_string_append(page->out, "</section>\n");
}

static void put_state(const SetPage *page)
{
    g_autofree char *state = phrase_state(page->set);

    g_string_append_printf(page->out, "<span class=\"state %s\">%s</span> ",
                           digest_state_name(page->set->state), state);
}

/* --- what it is ------------------------------------------------------- */

static void put_figure(const SetPage *page, const char *number,
                       const char *words)
{
    if (*number != '\0')
        g_string_append_printf(page->out, "<div><b>%s</b>%s</div>\n", number,
                               words);
}

static void put_figures(const SetPage *page)
{
    const DigestSet *set = page->set;
    g_autofree char *parts = phrase_parts(set);
    g_autofree char *reviewed = phrase_reviewed(set);
    g_autofree char *listed =
        set->listed > 0 ? g_strdup_printf("%u", set->listed) : g_strdup("");
    g_autofree char *files =
        set->files > 0 ? g_strdup_printf("%u", set->files) : g_strdup("");
    g_autofree char *insertions = g_strdup_printf("+%u", set->insertions);
    g_autofree char *deletions = g_strdup_printf("-%u", set->deletions);

    g_string_append(page->out, "<div class=\"figures\">\n");
    if (set->state != DIGEST_PULL)
        put_figure(page, parts, "parts");
    put_figure(page, listed, "patches listed");
    put_figure(page, reviewed, "reviewed");
    put_figure(page, files, set->files == 1 ? "file" : "files");
    if (set->files > 0) {
        put_figure(page, insertions, "added");
        put_figure(page, deletions, "removed");
    }
    g_string_append(page->out, "</div>\n");
}

static void put_delay(const SetPage *page, const char *what, int64_t seconds)
{
    if (seconds < 0)
        return;

    g_autofree char *age = phrase_age(seconds);
    g_string_append_printf(page->out, "<p class=\"dim\">%s after %s</p>\n",
                           what, age);
}

static void put_outcome(const SetPage *page)
{
    const DigestSet *set = page->set;
    const char *outcome = phrase_outcome(set);

    if (*outcome == '\0' && set->applied_parts > 0)
        outcome = "applied in part";
    if (*outcome == '\0' && set->pull_request != NULL)
        outcome = "listed by a pull request";
    if (*outcome == '\0')
        outcome = set->has_human_answer ? "answered" : "open";
    g_string_append_printf(page->out, "<p>Now: <b>%s</b>", outcome);
    if (set->applied != NULL) {
        g_string_append(page->out, " by ");
        site_person(page->out, page->site, &set->applied->by, false);
        g_string_append(page->out, ", ");
        site_time(page->out, page->digest, set->applied->arrival_ms);
    }
    g_string_append(page->out, "</p>\n");
}

static void put_about(const SetPage *page)
{
    const DigestSet *set = page->set;
    g_autofree char *tags = page_tags(set);
    GString *out = page->out;

    g_string_append(out, "<section id=\"about\">\n<p>");
    put_state(page);
    if (tags != NULL) {
        g_string_append(out, "<span class=\"dim\">[");
        site_title(out, tags, NULL);
        g_string_append(out, "]</span> ");
    }
    g_string_append(out, "by ");
    site_person(out, page->site, &set->author, true);
    g_string_append(out, ", <span class=\"dim\">");
    site_time(out, page->digest, set->arrival_ms);
    g_string_append(out, "</span></p>\n");
    put_figures(page);
    put_outcome(page);
    put_delay(page, "First reply", set->first_reply_seconds);
    put_delay(page, "First review", set->first_review_seconds);
    if (page_is_link(set->url)) {
        g_string_append(out, "<p>");
        site_title(out, "The mail in the archive", set->url);
        g_string_append(out, "</p>\n");
    }
    g_string_append(out, "</section>\n");
}

/* --- revisions, parts, what happened ---------------------------------- */

static void put_revision(const SetPage *page, const DigestSet *revision)
{
    GString *out = page->out;
    const bool is_self = strcmp(revision->mark, page->set->mark) == 0;
    const char *outcome = revision->applied != NULL ? "applied" : "";
    g_autofree char *state = phrase_state(revision);
    g_autofree char *href =
        is_self ? NULL : site_set_href(page->site, revision->mark);

    g_string_append_printf(out, "<tr><td>%s</td><td>", state);
    site_time(out, page->digest, revision->arrival_ms);
    g_string_append(out, "</td><td class=\"title\">");
    site_title(out, page_title(revision), href);
    g_string_append_printf(out, "</td><td class=\"dim by\">%s%s%s</td></tr>\n",
                           is_self ? "this one" : "",
                           is_self && *outcome != '\0' ? ", " : "", outcome);
}

static void put_revisions(const SetPage *page)
{
    if (page->chain->len < 2)
        return;
    open_section(page, "revisions", "Revisions");
    g_string_append(page->out, "<table class=\"cards\">\n");
    for (unsigned i = 0; i < page->chain->len; i++)
        put_revision(page, page->chain->pdata[i]);
    g_string_append(page->out, "</table>\n");
    close_section(page);
}

static void put_part(const SetPage *page, const DigestPart *part)
{
    GString *out = page->out;

    g_string_append(out, "<tr><td class=\"n\">");
    html_mail(out, part->number);
    g_string_append(out, "</td><td class=\"title\">");
    site_title(out, part->title, page_is_link(part->url) ? part->url : NULL);
    g_string_append_printf(out,
                           "</td><td class=\"by\"><span class=\"add\">+%u"
                           "</span> <span class=\"del\">-%u</span></td>"
                           "</tr>\n",
                           part->insertions, part->deletions);
}

static void put_parts(const SetPage *page)
{
    const GPtrArray *parts = page->set->detail->parts;

    if (parts->len < 2)
        return;
    open_section(page, "parts", "Patches");
    g_string_append(page->out, "<table class=\"cards\">\n");
    for (unsigned i = 0; i < parts->len && i < PARTS_MAX; i++)
        put_part(page, parts->pdata[i]);
    g_string_append(page->out, "</table>\n");
    if (parts->len > PARTS_MAX)
        g_string_append_printf(page->out, "<p class=\"dim\">and %u more</p>\n",
                               parts->len - PARTS_MAX);
    close_section(page);
}

static void put_event(const SetPage *page, const DigestEvent *event)
{
    GString *out = page->out;

    g_string_append(out, "<tr><td>");
    site_time(out, page->digest, event->arrival_ms);
    g_string_append(out, "</td><td class=\"title\">");
    site_person(out, page->site, &event->by, false);
    if (event->by_bot)
        g_string_append(out, " <span class=\"dim\">(a program)</span>");
    g_string_append(out, "</td><td>");
    site_title(out, event->what, page_is_link(event->url) ? event->url : NULL);
    g_string_append(out, "</td><td class=\"dim by\">");
    html_mail(out, event->part);
    g_string_append(out, "</td></tr>\n");
}

static void put_events(const SetPage *page)
{
    const DigestDetail *detail = page->set->detail;

    if (detail->events->len == 0)
        return;
    open_section(page, "events", "Answers and outcome");
    g_string_append(page->out, "<table class=\"cards\">\n");
    for (unsigned i = 0; i < detail->events->len; i++)
        put_event(page, detail->events->pdata[i]);
    g_string_append(page->out, "</table>\n");
    if (detail->events_left > 0)
        g_string_append_printf(page->out, "<p class=\"dim\">and %u more</p>\n",
                               detail->events_left);
    close_section(page);
}

/* --- what it says ----------------------------------------------------- */

/* What a character becomes at most, "&#39;" or "<U+202E>" with its brackets
 * escaped, is twelve times as long: a text of nothing else is cut early. */
static void put_text(const SetPage *page, const char *text)
{
    size_t most = TEXT_MAX;
    GString *out = page->out;
    const size_t start = out->len;

    for (;;) {
        g_autofree char *cut = text_cut(text, most);

        g_string_truncate(out, start);
        html_pre(out, cut);
        if (strlen(cut) < strlen(text))
            g_string_append(out, "<p class=\"dim\">The text goes on in the "
                                 "mail.</p>\n");
        if (out->len - start <= TEXT_MAX + TEXT_MAX / 4)
            return;
        most /= 2;
    }
}

static void put_texts(const SetPage *page)
{
    const DigestSet *set = page->set;
    const DigestSet *first = set->first_patch;

    if (set->text == NULL && (first == NULL || first->text == NULL))
        return;
    open_section(page, "text", "Text");
    if (set->text != NULL)
        put_text(page, set->text);
    if (first != NULL && first->text != NULL)
        put_text(page, first->text);
    close_section(page);
}

void site_render_set(const Digest *digest, const DigestSet *set,
                     const GPtrArray *chain, const RenderSite *site,
                     GString *out)
{
    const SetPage page = { digest, set, chain, site, out };

    g_assert(set->detail != NULL);
    site_open(out, site);
    put_about(&page);
    put_revisions(&page);
    put_texts(&page);
    put_parts(&page);
    put_events(&page);
    site_close(out, site);
}
