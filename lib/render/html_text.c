/* SPDX-License-Identifier: MIT */
#include "render/html_text.h"

#include "base/text.h"
#include "render/page.h"

#include <string.h>

#include "base/banned.h"

/* GLib writes &apos;, which HTML 4 does not know, nor some readers of mail. */
void html_escape(GString *out, const char *text)
{
    g_autofree char *markup = g_markup_escape_text(text, -1);
    g_autoptr(GString) escaped = g_string_new(markup);

    g_string_replace(escaped, "&apos;", "&#39;", 0);
    g_string_append(out, escaped->str);
}

void html_mail(GString *out, const char *text)
{
    if (text == NULL)
        return;

    g_autofree char *visible = text_visible(text);

    html_escape(out, visible);
}

/* Where a long word may be broken: behind these. */
static bool may_break_behind(char letter)
{
    return strchr("@./_-:,()", letter) != NULL;
}

/* Nor a word of more bytes than a phone has room for: "aaaa..." would make a
 * table wider than any screen. The next byte begins a character. */
static bool must_break(unsigned length, char next)
{
    enum { UNBROKEN_MAX = 24 };

    return length >= UNBROKEN_MAX && ((unsigned char)next & 0xc0) != 0x80;
}

/* The same of a line that a narrow screen breaks: addresses, paths and names of
 * functions go over to the next line at their punctuation, not in mid-word. */
void html_broken(GString *out, const char *text)
{
    enum { WORD_MAX = 12 };
    g_autofree char *visible = text_visible(text != NULL ? text : "");
    g_autoptr(GString) piece = g_string_new(NULL);
    unsigned length = 0;

    for (const char *at = visible; *at != '\0'; at++) {
        g_string_append_c(piece, *at);
        length = *at == ' ' ? 0 : length + 1;
        if (at[1] == '\0' || (!must_break(length, at[1]) &&
                              (length < WORD_MAX || !may_break_behind(*at))))
            continue;
        html_escape(out, piece->str);
        g_string_append(out, "<wbr>");
        g_string_truncate(piece, 0);
        length = 0;
    }
    html_escape(out, piece->str);
}

void html_person(GString *out, const DigestPerson *person)
{
    const char *address = page_address(person);

    html_broken(out, page_name(person));
    if (address == NULL)
        return;
    g_string_append(out, " <span class=\"dim\">&lt;");
    html_broken(out, address);
    g_string_append(out, "&gt;</span>");
}

void html_linked(GString *out, const char *text, const char *url)
{
    const bool is_link = page_is_link(url);

    if (is_link) {
        g_string_append(out, "<a href=\"");
        html_mail(out, url);
        g_string_append(out, "\">");
    }
    html_broken(out, text);
    if (is_link)
        g_string_append(out, "</a>");
}

void html_pre(GString *out, const char *text)
{
    size_t length;
    const char *start = page_trim(text, &length);

    if (length == 0)
        return;

    g_autoptr(GString) visible = g_string_new(NULL);

    text_append_visible(visible, start, length, true);
    g_string_append(out, "<pre>");
    html_escape(out, visible->str);
    g_string_append(out, "</pre>\n");
}
