/* SPDX-License-Identifier: MIT */
#include "identity/organisations.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "identity/domain.h"
#include "identity/error.h"

#include "base/banned.h"

static const char NOT_TEXT = (char)0xff; /* no UTF-8 has it */

typedef struct Employment {
    int64_t end_seconds; /* INT64_MAX: it holds still */
    char *employer;
} Employment;

struct Organisations {
    GHashTable *employments; /* address or domain -> GArray of Employment */
};

static void employment_clear(void *data)
{
    Employment *employment = data;

    g_free(employment->employer);
}

static void employments_free(void *data)
{
    GArray *employments = data;

    g_array_unref(employments);
}

/* A "#" inside a word is a letter of it. */
static void cut_remark(char *line)
{
    for (char *at = line; *at != '\0'; at++)
        if (*at == '#' && (at == line || g_ascii_isspace(at[-1])))
            *at = '\0';
}

static bool has_form_of_date(const char *text)
{
    static const char form[] = "dddd-dd-dd";

    if (strlen(text) != sizeof form - 1)
        return false;
    for (size_t i = 0; form[i] != '\0'; i++)
        if (form[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != form[i])
            return false;
    return true;
}

static bool parse_date(const char *text, int64_t *seconds)
{
    g_autoptr(GDateTime) day = NULL;
    int year = 0, month = 0, date = 0;

    if (!has_form_of_date(text) ||
        sscanf(text, "%d-%d-%d", &year, &month, &date) != 3)
        return false;
    day = g_date_time_new_utc(year, month, date, 0, 0, 0);
    if (day == NULL)
        return false;
    *seconds = g_date_time_to_unix(day);
    return true;
}

static bool is_key(const char *key)
{
    const char *at = strchr(key, '@');
    const char *domain = at != NULL ? at + 1 : key;

    return at != key && *domain != '\0' && strchr(domain, '@') == NULL;
}

static void add(const Organisations *organisations, const char *key,
                Employment employment)
{
    GArray *known = NULL;
    guint place = 0;
    g_autofree char *folded = g_ascii_strdown(key, -1);

    known = g_hash_table_lookup(organisations->employments, folded);
    if (known == NULL) {
        known = g_array_new(FALSE, FALSE, sizeof(Employment));
        g_array_set_clear_func(known, employment_clear);
        g_hash_table_insert(organisations->employments,
                            g_steal_pointer(&folded), known);
    }
    while (place < known->len &&
           g_array_index(known, Employment, place).end_seconds <=
               employment.end_seconds)
        place++;
    g_array_insert_val(known, place, employment);
}

/* What is wrong with the line; NULL: nothing, it is known now. */
static const char *add_line(const Organisations *organisations, char *line)
{
    char *rest = NULL;
    char *date = NULL;
    Employment employment = { .end_seconds = INT64_MAX };

    cut_remark(line);
    g_strstrip(line);
    if (*line == '\0')
        return NULL;
    rest = line + strcspn(line, " \t");
    if (*rest != '\0')
        *rest++ = '\0';
    date = strrchr(rest, '<');
    if (date != NULL &&
        !parse_date(g_strstrip(date + 1), &employment.end_seconds))
        return "what follows < is not a date as 2025-10-31";
    if (date != NULL)
        *date = '\0';
    g_strstrip(rest);
    if (!is_key(line) || *rest == '\0')
        return "not ADDRESS-OR-DOMAIN EMPLOYER [< YYYY-MM-DD]";
    employment.employer = g_strdup(rest);
    add(organisations, line, employment);
    return NULL;
}

static bool add_lines(const Organisations *organisations, const char *path,
                      const char *text, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (size_t i = 0; lines[i] != NULL; i++) {
        const char *wrong = g_utf8_validate(lines[i], -1, NULL)
                                ? add_line(organisations, lines[i])
                                : "not UTF-8 text";

        if (wrong != NULL) {
            g_set_error(error, IDENTITY_ERROR, IDENTITY_ERROR_FILE,
                        "%s:%zu: %s", path, i + 1, wrong);
            return false;
        }
    }
    return true;
}

Organisations *organisations_new(const char *path, const char *bytes,
                                 size_t length, GError **error)
{
    g_autoptr(Organisations) organisations = g_new0(Organisations, 1);
    g_autoptr(GString) text = g_string_new_len(bytes, (gssize)length);

    for (size_t i = 0; i < length; i++)
        if (text->str[i] == '\0')
            text->str[i] = NOT_TEXT;
    organisations->employments = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, employments_free);
    if (!add_lines(organisations, path, text->str, error))
        return NULL;
    return g_steal_pointer(&organisations);
}

void organisations_free(Organisations *organisations)
{
    if (organisations == NULL)
        return;
    g_hash_table_unref(organisations->employments);
    g_free(organisations);
}

static const char *find_key(const Organisations *organisations, const char *key,
                            int64_t when_seconds)
{
    const GArray *known = g_hash_table_lookup(organisations->employments, key);

    for (guint i = 0; known != NULL && i < known->len; i++) {
        const Employment *employment = &g_array_index(known, Employment, i);

        if (when_seconds < employment->end_seconds)
            return employment->employer;
    }
    return NULL;
}

const char *organisations_find(const Organisations *organisations,
                               const char *address, int64_t when_seconds)
{
    const char *employer = find_key(organisations, address, when_seconds);
    const char *domain = identity_domain(address);

    while (employer == NULL && *domain != '\0') {
        employer = find_key(organisations, domain, when_seconds);
        domain += strcspn(domain, ".");
        domain += *domain == '.' ? 1 : 0;
    }
    return employer;
}
