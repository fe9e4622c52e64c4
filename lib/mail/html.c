/* SPDX-License-Identifier: MIT */
#include "mail/html.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "base/banned.h"

enum { TAG_NAME_MAX = 16, REFERENCE_MAX = 10 };

typedef struct Reader {
    const char *at;
    GString *out;
    unsigned pre_depth;
    bool wants_blank; /* collapsed blanks before the next text */
    unsigned endless; /* hiding elements of which no end follows, a bit each */
} Reader;

static const char *const hiding[] = { "script", "style", "title", NULL };

/* Its place in the list; -1: none. */
static int place_in(const char *name, const char *const *list)
{
    for (int i = 0; list[i] != NULL; i++) {
        if (strcmp(name, list[i]) == 0)
            return i;
    }
    return -1;
}

static bool breaks_line(const char *name)
{
    static const char *const names[] = {
        "br", "p",  "div", "tr", "li", "ul", "ol", "pre",   "blockquote",
        "h1", "h2", "h3",  "h4", "h5", "h6", "hr", "table", NULL
    };
    return place_in(name, names) >= 0;
}

static void append_text(Reader *reader, const char *text, size_t length)
{
    if (reader->wants_blank && reader->out->len > 0 &&
        reader->out->str[reader->out->len - 1] != '\n')
        g_string_append_c(reader->out, ' ');
    reader->wants_blank = false;
    g_string_append_len(reader->out, text, (gssize)length);
}

static void end_line(Reader *reader)
{
    reader->wants_blank = false;
    g_string_append_c(reader->out, '\n');
}

static gunichar named_character(const char *name)
{
    static const struct {
        const char *name;
        gunichar value;
    } names[] = { { "amp", '&' },      { "lt", '<' },
                  { "gt", '>' },       { "quot", '"' },
                  { "apos", '\'' },    { "nbsp", ' ' },
                  { "copy", 0xa9 },    { "hellip", 0x2026 },
                  { "ndash", 0x2013 }, { "mdash", 0x2014 },
                  { "lsquo", 0x2018 }, { "rsquo", 0x2019 },
                  { "ldquo", 0x201c }, { "rdquo", 0x201d } };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(names[i].name, name) == 0)
            return names[i].value;
    }
    return 0;
}

static gunichar numbered_character(const char *digits)
{
    const bool is_hex = g_ascii_tolower(*digits) == 'x';
    const guint64 value =
        g_ascii_strtoull(digits + (is_hex ? 1 : 0), NULL, is_hex ? 16 : 10);
    return value < 0x110000 && g_unichar_validate((gunichar)value)
               ? (gunichar)value
               : 0;
}

/* "&amp;", "&#38;", "&#x26;"; an "&" that starts none is text. */
static void read_reference(Reader *reader)
{
    const size_t length = strcspn(reader->at + 1, "; &<\n");
    gunichar value = 0;

    if (length > 0 && length <= REFERENCE_MAX &&
        reader->at[1 + length] == ';') {
        g_autofree char *name = g_strndup(reader->at + 1, length);
        value =
            *name == '#' ? numbered_character(name + 1) : named_character(name);
    }
    if (value == 0) {
        append_text(reader, "&", 1);
        reader->at++;
        return;
    }
    char utf8[6];
    append_text(reader, utf8, (size_t)g_unichar_to_utf8(value, utf8));
    reader->at += length + 2;
}

/* The tag's name with its slash, lower case; "" if none starts here. */
static void read_tag_name(const char *at, char name[TAG_NAME_MAX])
{
    size_t length = 0;

    name[0] = '\0';
    if (!g_ascii_isalpha(at[*at == '/' ? 1 : 0]))
        return;
    for (; length < TAG_NAME_MAX - 1 &&
           (g_ascii_isalnum(*at) || (*at == '/' && length == 0));
         at++)
        name[length++] = g_ascii_tolower(*at);
    name[length] = '\0';
}

static const char *after(const char *at, const char *mark)
{
    const char *found = strstr(at, mark);
    return found != NULL ? found + strlen(mark) : at + strlen(at);
}

/* Goes behind the end of an element whose text nobody reads, if it ends. That
 * it does not is looked for once: each byte is read once for each name. */
static void skip_element(Reader *reader, int which)
{
    const size_t length = strlen(hiding[which]);

    if ((reader->endless >> which & 1) != 0)
        return;
    for (const char *end = strstr(reader->at, "</"); end != NULL;
         end = strstr(end + 2, "</")) {
        if (g_ascii_strncasecmp(end + 2, hiding[which], length) == 0) {
            reader->at = after(end, ">");
            return;
        }
    }
    reader->endless |= 1U << which;
}

static void read_tag(Reader *reader)
{
    char name[TAG_NAME_MAX];

    if (g_str_has_prefix(reader->at, "<!--")) {
        reader->at = after(reader->at, "-->");
        return;
    }
    read_tag_name(reader->at + 1, name);
    if (*name == '\0' && reader->at[1] != '!' && reader->at[1] != '?') {
        append_text(reader, "<", 1);
        reader->at++;
        return;
    }
    reader->at = after(reader->at, ">");
    const int hides = place_in(name, hiding);
    if (hides >= 0)
        skip_element(reader, hides);
    if (breaks_line(name[0] == '/' && strcmp(name, "/br") != 0 ? name + 1
                                                               : name))
        end_line(reader);
    if (strcmp(name, "pre") == 0)
        reader->pre_depth++;
    else if (strcmp(name, "/pre") == 0 && reader->pre_depth > 0)
        reader->pre_depth--;
}

static void read_space(Reader *reader)
{
    if (reader->pre_depth > 0)
        g_string_append_c(reader->out, *reader->at);
    else
        reader->wants_blank = true;
    reader->at++;
}

/* At most one empty line in a row; none at the start. */
static char *squeeze_lines(const char *text)
{
    GString *out = g_string_new(NULL);
    unsigned empty = 2;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line != NULL; line++) {
        g_strchomp(*line);
        empty = **line == '\0' ? empty + 1 : 0;
        if (empty > 1)
            continue;
        g_string_append(out, *line);
        g_string_append_c(out, '\n');
    }
    if (g_str_has_suffix(out->str, "\n\n"))
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

char *mail_html_to_text(const char *html)
{
    Reader reader = { .at = html, .out = g_string_new(NULL) };

    while (*reader.at != '\0') {
        const size_t length = strcspn(reader.at, "<& \t\r\n");
        if (length > 0)
            append_text(&reader, reader.at, length);
        reader.at += length;
        if (*reader.at == '<')
            read_tag(&reader);
        else if (*reader.at == '&')
            read_reference(&reader);
        else if (*reader.at != '\0')
            read_space(&reader);
    }
    char *text = squeeze_lines(reader.out->str);
    g_string_free(reader.out, TRUE);
    return text;
}
