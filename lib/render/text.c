/* SPDX-License-Identifier: MIT */
/*
 * The digest as people read it in a terminal or a mail. Every byte that comes
 * from mail goes through text_append_visible.
 */
#include "base/text.h"
#include "render/renderer.h"
#include "render/wording.h"

#include <inttypes.h>
#include <string.h>

static const char BOLD[] = "\033[1m";
static const char PLAIN[] = "\033[0m";

typedef struct TextPage {
    const Digest *digest;
    const RenderOptions *options;
    GString *out;
} TextPage;

static void put(const TextPage *page, const char *text)
{
    g_string_append(page->out, text);
}

/* One line from mail. */
static void put_mail(const TextPage *page, const char *text)
{
    if (text != NULL)
        text_append_visible(page->out, text, strlen(text), false);
}

static void put_heading(const TextPage *page, const char *heading)
{
    put(page, page->options->colour ? BOLD : "");
    put(page, heading);
    put(page, page->options->colour ? PLAIN : "");
    put(page, "\n\n");
}

static void put_person(const TextPage *page, const DigestPerson *person)
{
    const bool has_name = person->name != NULL && *person->name != '\0';
    const bool has_email = person->email != NULL && *person->email != '\0';

    if (has_name)
        put_mail(page, person->name);
    if (!has_email) {
        put(page, has_name ? "" : "(nobody)");
        return;
    }
    put(page, has_name ? " <" : "<");
    put_mail(page, person->email);
    put(page, ">");
}

/* The name alone, where a line is full; the address where there is none. */
static void put_name(const TextPage *page, const DigestPerson *person)
{
    const bool has_name = person->name != NULL && *person->name != '\0';

    put_mail(page, has_name ? person->name : person->email);
}

/* --- the top ---------------------------------------------------------- */

static void put_names(const TextPage *page)
{
    const Digest *digest = page->digest;

    put(page, "From ");
    put_mail(page, digest->from.shown);
    put(page, " to ");
    put_mail(page, digest->to.shown);
    put(page, "\n");
    put(page, page->options->colour ? BOLD : "");
    put_mail(page, digest->list_title);
    put(page, " mailing list update from ");
    put_mail(page, digest->from.shown);
    put(page, " to ");
    put_mail(page, digest->to.shown);
    put(page, page->options->colour ? PLAIN : "");
    put(page, "\n");
}

static void put_totals(const TextPage *page)
{
    const Digest *digest = page->digest;
    g_autofree char *span = wording_span(digest);
    g_autofree char *totals =
        wording_totals(&digest->totals, digest->has_patch_sets);
    g_autofree char *more = wording_more(digest);

    g_string_append_printf(page->out, "%s: %s\n", span, totals);
    if (*more != '\0')
        g_string_append_printf(page->out, "%s\n", more);
    if (page->options->with_previous && digest->has_previous) {
        g_autofree char *before =
            wording_totals(&digest->previous, digest->has_patch_sets);

        g_string_append_printf(page->out, "The interval before: %s\n", before);
    }
}

static void put_gaps(const TextPage *page)
{
    for (unsigned i = 0; i < page->digest->gaps->len; i++) {
        g_autofree char *gap =
            wording_gap(page->digest, page->digest->gaps->pdata[i]);

        put(page, "Not counted: ");
        put_mail(page, gap);
        put(page, "\n");
    }
}

/* --- top lists -------------------------------------------------------- */

static void put_count_row(const TextPage *page, const DigestCount *count)
{
    g_string_append_printf(page->out, "%7" PRIu64 " ", count->count);
    put_person(page, &count->who);
    put(page, "\n");
}

static void put_name_row(const TextPage *page, const DigestCount *count)
{
    g_string_append_printf(page->out, "%7" PRIu64 " ", count->count);
    put_name(page, &count->who);
    put(page, "\n");
}

static void put_reviewer_row(const TextPage *page, const DigestCount *count)
{
    const uint64_t tags = count->tags, replies = count->replies;

    g_string_append_printf(page->out, "%7" PRIu64 " ", tags + replies);
    put_person(page, &count->who);
    put(page, "  (");
    if (tags > 0)
        wording_append_count(page->out, tags, "tag", "tags");
    if (tags > 0 && replies > 0)
        put(page, ", ");
    if (replies > 0)
        wording_append_count(page->out, replies, "reply", "replies");
    put(page, ")\n");
}

static void put_top(const TextPage *page, const char *what,
                    const GPtrArray *counts,
                    void (*put_row)(const TextPage *, const DigestCount *))
{
    g_autofree char *heading =
        g_strdup_printf("Top %u %s", page->digest->top, what);

    put_heading(page, heading);
    for (unsigned i = 0; i < counts->len && i < page->digest->top; i++)
        put_row(page, counts->pdata[i]);
    put(page, "\n");
}

static void put_top_lists(const TextPage *page)
{
    const Digest *digest = page->digest;
    const unsigned sections = page->options->sections;

    if (sections & SECTION_DOMAINS)
        put_top(page, "contributor Email domains (Based on Email Body)",
                digest->domains, put_name_row);
    if (sections & SECTION_CONTRIBUTORS)
        put_top(page, "contributors (Based on Email Body)",
                digest->contributors, put_count_row);
    if ((sections & SECTION_ORGANISATIONS) && digest->organisations->len > 0 &&
        !((sections & SECTION_DOMAINS) &&
          wording_is_same(digest->organisations, digest->domains)))
        put_top(page, "organisations", digest->organisations, put_name_row);
    if ((sections & SECTION_REVIEWERS) && digest->reviewers->len > 0)
        put_top(page, "reviewers", digest->reviewers, put_reviewer_row);
}

/* --- patch sets ------------------------------------------------------- */

/* "[net-next] net: do less (A U Thor)": tags say for which tree it is. */
static void put_set_title(const TextPage *page, const DigestSet *set)
{
    const bool has_tags = set->tags != NULL && set->tags[0] != NULL;

    if (has_tags) {
        g_autofree char *tags = g_strjoinv(" ", set->tags);

        put(page, "[");
        put_mail(page, tags);
        put(page, "] ");
    }
    put_mail(page, *set->title != '\0' ? set->title : set->subject);
    put(page, " (");
    put_name(page, &set->author);
    put(page, ")");
}

static void put_set_row(const TextPage *page, const DigestSet *set)
{
    g_autofree char *state = wording_state(set);
    g_autofree char *parts = wording_parts(set);
    g_autofree char *reviewed = wording_reviewed(set);

    g_string_append_printf(page->out, "%-12s %7s %8s  ", state, parts,
                           reviewed);
    put_set_title(page, set);
    put(page, "\n");
}

static void put_patches(const TextPage *page)
{
    const GPtrArray *sets = page->digest->sets;

    put_heading(page, "===== Patch list in this time period =====");
    if (sets->len > 0)
        g_string_append_printf(page->out, "%-12s %7s %8s  %s\n", "State",
                               "Parts", "Reviewed", "Patch set");
    for (unsigned i = 0; i < sets->len; i++)
        put_set_row(page, sets->pdata[i]);
    put(page, "\n");
}

static void put_applied(const TextPage *page)
{
    const GPtrArray *sets = page->digest->applied;

    put_heading(page, "===== Applied =====");
    for (unsigned i = 0; i < sets->len; i++) {
        const DigestSet *set = sets->pdata[i];

        g_autofree char *parts = wording_applied(set);

        put_set_title(page, set);
        put(page, ", by ");
        put_name(page, &set->applied_by);
        if (*parts != '\0')
            g_string_append_printf(page->out, ", %s", parts);
        put(page, "\n");
    }
    put(page, "\n");
}

static void put_waiting(const TextPage *page)
{
    const GPtrArray *sets = page->digest->waiting;

    put_heading(page, "===== Waiting for review =====");
    for (unsigned i = 0; i < sets->len; i++) {
        const DigestSet *set = sets->pdata[i];
        g_autofree char *age = wording_age(set->age_seconds);

        g_string_append_printf(page->out, "%10s  ", age);
        put_set_title(page, set);
        put(page, "\n");
    }
    put(page, "\n");
}

/* --- people and talk -------------------------------------------------- */

static void put_threads(const TextPage *page)
{
    const GPtrArray *threads = page->digest->threads;

    put_heading(page, "===== Busy threads =====");
    for (unsigned i = 0; i < threads->len && i < page->digest->top; i++) {
        const DigestThread *thread = threads->pdata[i];

        g_string_append_printf(page->out, "%7" PRIu64 " ", thread->answers);
        put_mail(page, wording_subject(thread->subject));
        put(page, " (");
        wording_append_count(page->out, thread->people, "person", "people");
        if (thread->posts > thread->answers)
            g_string_append_printf(page->out, ", %" PRIu64 " with patches",
                                   thread->posts);
        put(page, ")\n");
    }
    put(page, "\n");
}

static void put_newcomers(const TextPage *page)
{
    const GPtrArray *newcomers = page->digest->newcomers;
    const unsigned shown = wording_newcomers_named(page->digest);
    g_autofree char *left = wording_newcomers_left(page->digest);

    put_heading(page, "===== Newcomers =====");
    for (unsigned i = 0; i < shown; i++) {
        const DigestNewcomer *newcomer = newcomers->pdata[i];

        put_name(page, &newcomer->who);
        put(page, ": ");
        put_mail(page, wording_subject(newcomer->subject));
        put(page, newcomer->was_answered ? " (answered)\n" : "\n");
    }
    if (*left != '\0')
        g_string_append_printf(page->out, "... %s\n", left);
    put(page, "\n");
}

/* --- entries ---------------------------------------------------------- */

/* Without blank lines around it, and one after it; an absent one is no line. */
static void put_text(const TextPage *page, const char *text)
{
    if (text == NULL)
        return;
    text += strspn(text, "\n");

    size_t length = strlen(text);

    while (length > 0 && g_ascii_isspace(text[length - 1]))
        length--;
    if (length == 0)
        return;
    text_append_visible(page->out, text, length, true);
    put(page, "\n\n");
}

static void put_entry(const TextPage *page, const DigestSet *set)
{
    g_autofree char *label = wording_label(set);

    put(page, page->options->colour ? BOLD : "");
    put(page, label);
    put(page, ":  ");
    put_mail(page, *set->title != '\0' ? set->title : set->subject);
    put(page, page->options->colour ? PLAIN : "");
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
    put_text(page, set->text);
    put(page, "---------------------------------------------------------------"
              "-------\n\n");
}

static void put_entries(const TextPage *page)
{
    const GPtrArray *sets = page->digest->sets;

    put_heading(page, "===== Patch Commit Messages ====");
    for (unsigned i = 0; i < sets->len; i++) {
        const DigestSet *set = sets->pdata[i];

        put_entry(page, set);
        if (set->first_patch != NULL)
            put_entry(page, set->first_patch);
    }
}

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    const TextPage page = { digest, options, out };
    const unsigned sections = options->sections;

    put_names(&page);
    if (sections & SECTION_TOTALS)
        put_totals(&page);
    put_gaps(&page);
    put(&page, "\n");
    put_top_lists(&page);
    if (sections & SECTION_PATCHES)
        put_patches(&page);
    if ((sections & SECTION_APPLIED) && digest->applied->len > 0)
        put_applied(&page);
    if ((sections & SECTION_WAITING) && digest->waiting->len > 0)
        put_waiting(&page);
    if ((sections & SECTION_THREADS) && digest->threads->len > 0)
        put_threads(&page);
    if (wording_tells_newcomers(digest, sections))
        put_newcomers(&page);
    if (sections & SECTION_ENTRIES)
        put_entries(&page);
}

const Renderer render_text = { "text", render };
