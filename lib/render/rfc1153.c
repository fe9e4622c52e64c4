/* SPDX-License-Identifier: MIT */
/*
 * The digest as RFC 1153 has it, which mail readers burst into its messages:
 * a preamble with the topics, a line of 70 hyphens, the messages with lines of
 * 30 between them, and the end. A message is the head of a patch set.
 */
#include "base/text.h"
#include "render/page.h"
#include "render/phrases.h"

#include <string.h>

#include "base/banned.h"

enum { AFTER_PREAMBLE = 70, BETWEEN = 30 };

static void put_hyphens(GString *out, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        g_string_append_c(out, '-');
    g_string_append(out, "\n\n");
}

static void put_line(GString *out, const char *before, const char *text)
{
    g_autofree char *visible = text_visible(text != NULL ? text : "");

    g_string_append_printf(out, "%s%s\n", before, visible);
}

static const GPtrArray *sets_of(const Digest *digest)
{
    return digest->sets;
}

static void put_topics(const Digest *digest, GString *out)
{
    unsigned number = 0;

    g_string_append(out, "Today's Topics:\n\n");
    for (unsigned i = 0; i < sets_of(digest)->len; i++) {
        const DigestSet *set = sets_of(digest)->pdata[i];

        if (set->is_entry) {
            g_autofree char *before = g_strdup_printf("%4u. ", ++number);

            put_line(out, before, set->subject);
        }
    }
    g_string_append_c(out, '\n');
}

/* RFC 5322; from the arrival where the mail has no Date. */
static void put_date(GString *out, const DigestSet *set)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu",
                                        "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
                                          "May", "Jun", "Jul", "Aug",
                                          "Sep", "Oct", "Nov", "Dec" };
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(
        set->has_date ? set->date : set->arrival_ms / 1000);

    if (date == NULL)
        return;
    g_string_append_printf(
        out, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\n",
        days[g_date_time_get_day_of_week(date) - 1],
        g_date_time_get_day_of_month(date),
        months[g_date_time_get_month(date) - 1], g_date_time_get_year(date),
        g_date_time_get_hour(date), g_date_time_get_minute(date),
        g_date_time_get_second(date));
}

static void put_from(GString *out, const DigestPerson *person)
{
    const char *address = page_address(person);
    g_autofree char *from =
        address != NULL ? g_strdup_printf("%s <%s>", page_name(person), address)
                        : g_strdup(page_name(person));

    put_line(out, "From: ", from);
}

/* A line that would end the message is indented: RFC 1153 has no other way. */
static void put_text(GString *out, const char *text)
{
    size_t length;
    const char *start = page_trim(text, &length);
    g_autoptr(GString) visible = g_string_new(NULL);
    g_auto(GStrv) lines = NULL;

    if (length == 0)
        return;
    text_append_visible(visible, start, length, true);
    lines = g_strsplit(visible->str, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (strspn(*line, "-") >= BETWEEN)
            g_string_append_c(out, ' ');
        g_string_append_printf(out, "%s\n", *line);
    }
    g_string_append_c(out, '\n');
}

static void put_message(GString *out, const DigestSet *set)
{
    g_autofree char *id = set->message_id != NULL && *set->message_id != '\0'
                              ? g_strdup_printf("<%s>", set->message_id)
                              : NULL;

    put_date(out, set);
    put_from(out, &set->author);
    put_line(out, "Subject: ", set->subject);
    if (id != NULL)
        put_line(out, "Message-ID: ", id);
    g_string_append_c(out, '\n');
    put_text(out, set->text);
    put_hyphens(out, BETWEEN);
}

static void put_end(const Digest *digest, GString *out)
{
    g_autofree char *title = text_visible(digest->list_title);
    g_autofree char *end = g_strdup_printf("End of %s Digest", title);

    g_string_append_printf(out, "%s\n", end);
    for (long i = g_utf8_strlen(end, -1); i > 0; i--)
        g_string_append_c(out, '*');
    g_string_append_c(out, '\n');
}

static void put_preamble(const Digest *digest, GString *out)
{
    g_autofree char *span = phrase_span(digest);
    g_autofree char *totals =
        phrase_totals(&digest->totals, digest->has_patch_sets);

    put_line(out, "", digest->list_title);
    g_string_append_printf(out, "%s\n%s\n\n", span, totals);
    put_topics(digest, out);
}

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    (void)options;
    put_preamble(digest, out);
    put_hyphens(out, AFTER_PREAMBLE);
    for (unsigned i = 0; i < sets_of(digest)->len; i++) {
        const DigestSet *set = sets_of(digest)->pdata[i];

        if (set->is_entry)
            put_message(out, set);
    }
    put_end(digest, out);
}

static void render_preamble(const Digest *digest, const RenderOptions *options,
                            GString *out)
{
    (void)options;
    put_preamble(digest, out);
}

const Renderer render_rfc1153 = { "rfc1153", render };
const Renderer render_mime_digest = { "mime-digest", render_preamble };
