/* SPDX-License-Identifier: MIT */
/*
 * The digest as CommonMark with tables, as forges and wikis read it. Text
 * from mail is escaped so that none of it marks anything up; commit messages
 * stand in fences longer than any in them.
 */
#include "base/text.h"
#include "render/renderer.h"
#include "render/wording.h"

#include <inttypes.h>
#include <string.h>

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
    g_string_append(out, " \\<");
    put_mail(out, person->email);
    g_string_append(out, "\\>");
}

/* A link target may hold neither blanks, controls nor angle brackets; what
 * is not of a web or mail scheme is no link at all. */
static bool is_link(const char *url)
{
    if (url == NULL || (!g_str_has_prefix(url, "https://") &&
                        !g_str_has_prefix(url, "http://")))
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

/* --- the top and the top lists ---------------------------------------- */

static void put_head(GString *out, const Digest *digest)
{
    g_string_append(out, "# ");
    put_mail(out, digest->list_title);
    g_string_append(out, " mailing list update from ");
    put_mail(out, digest->from.shown);
    g_string_append(out, " to ");
    put_mail(out, digest->to.shown);
    g_string_append(out, "\n\n");
}

static void put_totals(GString *out, const Digest *digest,
                       const RenderOptions *options)
{
    g_autofree char *span = wording_span(digest);
    g_autofree char *totals =
        wording_totals(&digest->totals, digest->has_patch_sets);
    g_autofree char *more = wording_more(digest);

    g_string_append_printf(out, "%s: %s\n\n", span, totals);
    if (*more != '\0')
        g_string_append_printf(out, "%s\n\n", more);
    if (options->with_previous && digest->has_previous) {
        g_autofree char *before =
            wording_totals(&digest->previous, digest->has_patch_sets);

        g_string_append_printf(out, "The interval before: %s\n\n", before);
    }
}

static void put_gaps(GString *out, const Digest *digest)
{
    for (unsigned i = 0; i < digest->gaps->len; i++) {
        g_autofree char *gap = wording_gap(digest, digest->gaps->pdata[i]);

        g_string_append(out, "> Not counted: ");
        put_mail(out, gap);
        g_string_append(out, "\n\n");
    }
}

static void put_top(GString *out, const Digest *digest, const char *what,
                    const GPtrArray *counts)
{
    g_string_append_printf(out, "## Top %u %s\n\n", digest->top, what);
    if (counts->len > 0)
        g_string_append(out, "| Count | Who |\n| ---: | :--- |\n");
    for (unsigned i = 0; i < counts->len && i < digest->top; i++) {
        const DigestCount *count = counts->pdata[i];

        g_string_append_printf(out, "| %" PRIu64 " | ", count->count);
        put_person(out, &count->who);
        g_string_append(out, " |\n");
    }
    g_string_append_c(out, '\n');
}

static void put_reviewers(GString *out, const Digest *digest)
{
    g_string_append_printf(out,
                           "## Top %u reviewers\n\n"
                           "| Tags | Replies | Who |\n"
                           "| ---: | ---: | :--- |\n",
                           digest->top);
    for (unsigned i = 0; i < digest->reviewers->len && i < digest->top; i++) {
        const DigestCount *count = digest->reviewers->pdata[i];

        g_string_append_printf(out, "| %" PRIu64 " | %" PRIu64 " | ",
                               count->tags, count->replies);
        put_person(out, &count->who);
        g_string_append(out, " |\n");
    }
    g_string_append_c(out, '\n');
}

static void put_top_lists(GString *out, const Digest *digest, unsigned sections)
{
    if (sections & SECTION_DOMAINS)
        put_top(out, digest, "contributor email domains", digest->domains);
    if (sections & SECTION_CONTRIBUTORS)
        put_top(out, digest, "contributors", digest->contributors);
    if ((sections & SECTION_ORGANISATIONS) && digest->organisations->len > 0 &&
        !((sections & SECTION_DOMAINS) &&
          wording_is_same(digest->organisations, digest->domains)))
        put_top(out, digest, "organisations", digest->organisations);
    if ((sections & SECTION_REVIEWERS) && digest->reviewers->len > 0)
        put_reviewers(out, digest);
}

/* --- patch sets ------------------------------------------------------- */

static void put_set_title(GString *out, const DigestSet *set)
{
    if (set->tags != NULL && set->tags[0] != NULL) {
        g_autofree char *tags = g_strjoinv(" ", set->tags);

        g_string_append(out, "\\[");
        put_mail(out, tags);
        g_string_append(out, "\\] ");
    }
    put_linked(out, *set->title != '\0' ? set->title : set->subject, set->url);
}

static void put_patches(GString *out, const Digest *digest)
{
    g_string_append(out, "## Patch list in this time period\n\n");
    if (digest->sets->len > 0)
        g_string_append(out, "| State | Parts | Reviewed | Patch set | Author "
                             "|\n| :--- | ---: | ---: | :--- | :--- |\n");
    for (unsigned i = 0; i < digest->sets->len; i++) {
        const DigestSet *set = digest->sets->pdata[i];
        g_autofree char *state = wording_state(set);
        g_autofree char *parts = wording_parts(set);
        g_autofree char *reviewed = wording_reviewed(set);

        g_string_append_printf(out, "| %s | %s | %s | ", state, parts,
                               reviewed);
        put_set_title(out, set);
        g_string_append(out, " | ");
        put_name(out, &set->author);
        g_string_append(out, " |\n");
    }
    g_string_append_c(out, '\n');
}

static void put_applied(GString *out, const Digest *digest)
{
    g_string_append(out, "## Applied\n\n");
    for (unsigned i = 0; i < digest->applied->len; i++) {
        const DigestSet *set = digest->applied->pdata[i];
        g_autofree char *parts = wording_applied(set);

        g_string_append(out, "- ");
        put_set_title(out, set);
        g_string_append(out, " (");
        put_name(out, &set->author);
        g_string_append_c(out, ')');
        g_string_append(out, ", by ");
        put_name(out, &set->applied_by);
        if (*parts != '\0')
            g_string_append_printf(out, ", %s", parts);
        g_string_append_c(out, '\n');
    }
    g_string_append_c(out, '\n');
}

static void put_waiting(GString *out, const Digest *digest)
{
    g_string_append(out, "## Waiting for review\n\n");
    for (unsigned i = 0; i < digest->waiting->len; i++) {
        const DigestSet *set = digest->waiting->pdata[i];
        g_autofree char *age = wording_age(set->age_seconds);

        g_string_append_printf(out, "- %s: ", age);
        put_set_title(out, set);
        g_string_append(out, " (");
        put_name(out, &set->author);
        g_string_append(out, ")\n");
    }
    g_string_append_c(out, '\n');
}

/* --- people and talk -------------------------------------------------- */

static void put_threads(GString *out, const Digest *digest)
{
    g_string_append(out,
                    "## Busy threads\n\n| Answers | Posts | People | Thread |\n"
                    "| ---: | ---: | ---: | :--- |\n");
    for (unsigned i = 0; i < digest->threads->len && i < digest->top; i++) {
        const DigestThread *thread = digest->threads->pdata[i];

        g_string_append_printf(out,
                               "| %" PRIu64 " | %" PRIu64 " | %" PRIu64 " | ",
                               thread->answers, thread->posts, thread->people);
        put_linked(out, wording_subject(thread->subject), thread->url);
        g_string_append(out, " |\n");
    }
    g_string_append_c(out, '\n');
}

static void put_newcomers(GString *out, const Digest *digest)
{
    const unsigned shown = wording_newcomers_named(digest);
    g_autofree char *left = wording_newcomers_left(digest);

    g_string_append(out, "## Newcomers\n\n");
    for (unsigned i = 0; i < shown; i++) {
        const DigestNewcomer *newcomer = digest->newcomers->pdata[i];

        g_string_append(out, "- ");
        put_name(out, &newcomer->who);
        g_string_append(out, ": ");
        put_linked(out, wording_subject(newcomer->subject), newcomer->url);
        g_string_append(out, newcomer->was_answered ? " (answered)\n" : "\n");
    }
    if (*left != '\0')
        g_string_append_printf(out, "- ... %s\n", left);
    g_string_append_c(out, '\n');
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
    if (text == NULL)
        return;
    text += strspn(text, "\n");

    size_t length = strlen(text);

    while (length > 0 && g_ascii_isspace(text[length - 1]))
        length--;
    if (length == 0)
        return;

    g_autofree char *fence = g_strnfill(MAX(longest_fence(text) + 1, 3), '`');

    g_string_append_printf(out, "%s\n", fence);
    text_append_visible(out, text, length, true);
    g_string_append_printf(out, "\n%s\n\n", fence);
}

static void put_entry(GString *out, const DigestSet *set)
{
    g_autofree char *label = wording_label(set);

    g_string_append_printf(out, "### %s: ", label);
    put_mail(out, *set->title != '\0' ? set->title : set->subject);
    g_string_append(out, "\n\n");
    put_linked(out, set->subject, set->url);
    g_string_append(out, "  \nAuthor: ");
    put_person(out, &set->author);
    g_string_append(out, "\n\n");
    put_text(out, set->text);
}

static void put_entries(GString *out, const Digest *digest)
{
    g_string_append(out, "## Patch commit messages\n\n");
    for (unsigned i = 0; i < digest->sets->len; i++) {
        const DigestSet *set = digest->sets->pdata[i];

        put_entry(out, set);
        if (set->first_patch != NULL)
            put_entry(out, set->first_patch);
    }
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
}

const Renderer render_markdown = { "markdown", render };
