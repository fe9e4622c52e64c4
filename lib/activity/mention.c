/* SPDX-License-Identifier: MIT */
#include "activity/mention.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/banned.h"

enum { WAIT_LINES_MAX = 6, FOOTNOTE_MAX = 63 };

typedef struct Line {
    const char *at, *end;
} Line;

GPtrArray *mentions_new(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

void mentions_add(GPtrArray *ids, const char *id)
{
    if (ids->len < MENTIONS_MAX && id[0] != '\0' &&
        !g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL))
        g_ptr_array_add(ids, g_strdup(id));
}

static const char *find(Line line, const char *word)
{
    return g_strstr_len(line.at, line.end - line.at, word);
}

/* A text without a last line end still has a last line. */
static bool next_line(const char **at, const char *end, Line *line)
{
    if (*at == end)
        return false;
    const char *line_end = memchr(*at, '\n', (size_t)(end - *at));

    line->at = *at;
    line->end = line_end == NULL ? end : line_end;
    *at = line_end == NULL ? end : line_end + 1;
    return true;
}

static const char *skip(Line line, const char *set)
{
    const char *at = line.at;

    while (at < line.end && *at != '\0' && strchr(set, *at) != NULL)
        at++;
    return at;
}

static bool is_quoted(Line line)
{
    const char *at = skip(line, " \t");

    return at < line.end && *at == '>';
}

static const char *end_of_url(const char *at, const char *end)
{
    while (at < end && (unsigned char)*at > ' ' &&
           strchr("<>\"'`|\\^{}", *at) == NULL)
        at++;
    return at;
}

/* Something on both sides of its @, and no dot or comma of prose behind. */
static char *id_of_segment(const char *at, const char *end)
{
    while (end > at && strchr(".,;:)]", end[-1]) != NULL)
        end--;
    g_autofree char *id = g_uri_unescape_segment(at, end, NULL);
    const char *sign = id == NULL ? NULL : strchr(id, '@');

    if (sign == NULL || sign == id || sign[1] == '\0' ||
        strpbrk(id, " \t\n<>") != NULL || !g_utf8_validate(id, -1, NULL))
        return NULL;
    return g_steal_pointer(&id);
}

/* path: what follows "://"; its first segment is the host. */
static char *id_of_path(Line path)
{
    const char *end = path.at;

    while (end < path.end && strchr("?#", *end) == NULL)
        end++;
    for (const char *at = memchr(path.at, '/', (size_t)(end - path.at));
         at != NULL;) {
        const char *next = memchr(at + 1, '/', (size_t)(end - at - 1));
        char *id = id_of_segment(at + 1, next == NULL ? end : next);

        if (id != NULL)
            return id;
        at = next;
    }
    return NULL;
}

/* The id of the first URL that lies in line; line->at moves behind it. */
static char *next_id(Line *line)
{
    const char *colon;

    while ((colon = find(*line, "://")) != NULL) {
        const Line path = { colon + 3, end_of_url(colon + 3, line->end) };
        char *id = id_of_path(path);

        line->at = path.end;
        if (id != NULL)
            return id;
    }
    return NULL;
}

void mentions_collect(GPtrArray *ids, const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    Line line;

    while (ids->len < MENTIONS_MAX && next_line(&at, end, &line)) {
        char *id;

        if (is_quoted(line))
            continue;
        while ((id = next_id(&line)) != NULL) {
            mentions_add(ids, id);
            g_free(id);
        }
    }
}

/* Digits at line->at, which moves behind them. */
static unsigned read_number(Line *line)
{
    unsigned number = 0;

    for (; line->at < line->end && g_ascii_isdigit(*line->at); line->at++)
        number = MIN(number, 1000) * 10 + (unsigned)(*line->at - '0');
    return number;
}

/* Reads "- Link to v2: " and its like; false if the line is none. */
static bool skip_version(Line *line, unsigned version)
{
    static const char link_to[] = "link to ";

    line->at = skip(*line, " \t-*[");
    if ((size_t)(line->end - line->at) > strlen(link_to) &&
        g_ascii_strncasecmp(line->at, link_to, strlen(link_to)) == 0)
        line->at += strlen(link_to);
    if (line->end - line->at < 2 || g_ascii_tolower(*line->at) != 'v' ||
        !g_ascii_isdigit(line->at[1]))
        return false;
    line->at++;
    const unsigned number = read_number(line);

    line->at = skip(*line, " \t:](<");
    return number < version;
}

static bool ends_in(const char *start, const char *end, const char *word)
{
    const size_t length = strlen(word);

    return (size_t)(end - start) >= length &&
           g_ascii_strncasecmp(end - length, word, length) == 0;
}

static bool starts_with(Line line, const char *word)
{
    const size_t length = strlen(word);

    return (size_t)(line.end - line.at) >= length &&
           g_ascii_strncasecmp(line.at, word, length) == 0;
}

/* "This supersedes the previous RFC": a URL of it comes soon. */
static bool says_supersedes(Line line)
{
    static const char between[] = "s the ";
    static const char *const which[] = { "previous ", "earlier ", "rfc" };
    const char *verb = find(line, between);
    bool is_told = false;

    if (verb == NULL || is_quoted(line) ||
        !(ends_in(line.at, verb, "supersede") ||
          ends_in(line.at, verb, "replace") ||
          ends_in(line.at, verb, "obsolete")))
        return false;
    line.at = verb + strlen(between);
    for (size_t i = 0; i < G_N_ELEMENTS(which); i++)
        is_told |= starts_with(line, which[i]);
    return is_told;
}

static bool starts_url(Line line)
{
    const size_t length = (size_t)(line.end - line.at);

    return length > strlen("https://") &&
           (strncmp(line.at, "https://", strlen("https://")) == 0 ||
            strncmp(line.at, "http://", strlen("http://")) == 0);
}

static bool skip_word(Line *line, const char *word)
{
    if (!starts_with(*line, word))
        return false;
    line->at += strlen(word);
    return true;
}

/* "since", or what a slip of the finger makes of it: "sice", "sicne". */
static bool skip_since(Line *line)
{
    static const char *const words[] = { "since ", "sice ",  "sicne ",
                                         "sine ",  "snice ", "from " };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (skip_word(line, words[i]))
            return true;
    }
    return false;
}

/* "Changes since v3:", "Change from V3 (": moves behind it; false if the line
 * is none. What says no version itself follows whatever it says that it
 * follows. */
static bool skip_changes(Line *line, unsigned version)
{
    line->at = skip(*line, " \t-*#=");
    if (!skip_word(line, "changes ") && !skip_word(line, "change "))
        return false;
    if (!skip_since(line) || !skip_word(line, "v"))
        return false;
    if (line->at == line->end || !g_ascii_isdigit(*line->at))
        return false;
    const unsigned number = read_number(line);

    line->at = skip(*line, " \t:;,](<");
    return version <= 1 || number < version;
}

/* The URL that such a line leads to: on it, or on the next one. */
static bool leads_to_url(Line *rest, const char *at, const char *end)
{
    if (rest->at == rest->end && next_line(&at, end, rest))
        rest->at = skip(*rest, " \t-*([<");
    if (skip_word(rest, "link:"))
        rest->at = skip(*rest, " \t<");
    return starts_url(*rest);
}

/* "[3]" here, where a link stands below: moves behind it; 0 if there is none.
 */
static unsigned read_footnote(Line *line)
{
    Line rest = *line;
    unsigned number;

    if (!skip_word(&rest, "["))
        return 0;
    number = read_number(&rest);
    if (number > FOOTNOTE_MAX || !skip_word(&rest, "]"))
        return 0;
    *line = rest;
    return number;
}

/* "[3] URL", "[3]: URL", of a footnote that such a line leads to: moves to the
 * URL. */
static bool skip_footnote(Line *line, uint64_t footnotes)
{
    unsigned number;

    line->at = skip(*line, " \t");
    number = read_footnote(line);
    line->at = skip(*line, " \t:<");
    return number > 0 && (footnotes >> number & 1) != 0 && starts_url(*line);
}

/* Most texts have none, and are not read any further. */
static bool has_url(const char *at, const char *end)
{
    while (at < end && (at = memchr(at, ':', (size_t)(end - at))) != NULL) {
        if (end - at > 2 && at[1] == '/' && at[2] == '/')
            return true;
        at++;
    }
    return false;
}

/* The URL of an earlier revision that is on this line, or that it leads to. */
typedef struct Earlier {
    unsigned version;   /* of the text */
    unsigned wait;      /* in so many lines the URL must come */
    uint64_t footnotes; /* bits 1 << N: "[N]" leads to one */
} Earlier;

/* "Changes since v2 [3]:", "v2 [3]". */
static bool take_footnote(Earlier *earlier, Line line)
{
    Line rest = line;
    unsigned number;

    if (memchr(line.at, '[', (size_t)(line.end - line.at)) == NULL)
        return false;
    if (!skip_changes(&rest, earlier->version)) {
        rest = line;
        if (!skip_version(&rest, earlier->version))
            return false;
    }
    number = read_footnote(&rest);
    if (number > 0)
        earlier->footnotes |= UINT64_C(1) << number;
    return number > 0;
}

/* Moves to the URL; false if there is none. at: of the next line. */
static bool find_earlier(Earlier *earlier, Line *line, const char *at,
                         const char *end)
{
    Line rest = *line;

    if (skip_changes(&rest, earlier->version) && leads_to_url(&rest, at, end)) {
        *line = rest;
        return true;
    }
    rest = *line;
    if (skip_footnote(&rest, earlier->footnotes))
        return true;
    rest = *line;
    if (says_supersedes(*line))
        earlier->wait = WAIT_LINES_MAX;
    earlier->wait -= earlier->wait > 0;
    if ((!skip_version(&rest, earlier->version) || !starts_url(rest)) &&
        (earlier->wait == 0 || find(*line, "://") == NULL))
        return false;
    earlier->wait = 0;
    return true;
}

void mentions_collect_earlier(GPtrArray *ids, const char *text, size_t length,
                              unsigned version)
{
    const char *at = text, *end = text + length;
    Earlier earlier = { .version = version };
    Line line;

    if (!has_url(text, end))
        return;
    while (ids->len < MENTIONS_MAX && next_line(&at, end, &line)) {
        if (take_footnote(&earlier, line) ||
            !find_earlier(&earlier, &line, at, end))
            continue;

        g_autofree char *id = next_id(&line);

        if (id != NULL)
            mentions_add(ids, id);
    }
}
