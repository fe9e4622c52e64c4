/* SPDX-License-Identifier: MIT */
#include "identity/maintainers.h"

#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

enum { NEAR_MAX = 5 };

GQuark maintainers_error_quark(void)
{
    return g_quark_from_static_string("maintainers-error");
}

/* "F:\tio_uring/" -> 'F'; 0 for a line of another form. */
static char letter_of(const char *line)
{
    return g_ascii_isupper(line[0]) && line[1] == ':' ? line[0] : '\0';
}

static char *value_of(const char *line)
{
    return g_strstrip(g_strdup(line + 2));
}

/* A title has lines of letters right below it: what else stands in the file is
 * prose. */
static bool is_title(char *const *lines, unsigned at)
{
    const char *line = lines[at];

    return *line != '\0' && !g_ascii_isspace(*line) &&
           letter_of(line) == '\0' && lines[at + 1] != NULL &&
           letter_of(lines[at + 1]) != '\0';
}

static Subsystem *read_section(char *const *lines, unsigned at)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new();
    g_autoptr(GPtrArray) excluded = g_ptr_array_new();
    Subsystem *subsystem = g_new0(Subsystem, 1);

    subsystem->title = g_strstrip(g_strdup(lines[at]));
    for (at++; lines[at] != NULL && *lines[at] != '\0'; at++) {
        const char letter = letter_of(lines[at]);

        if (letter == 'F')
            g_ptr_array_add(files, value_of(lines[at]));
        else if (letter == 'X')
            g_ptr_array_add(excluded, value_of(lines[at]));
    }
    g_ptr_array_add(files, NULL);
    g_ptr_array_add(excluded, NULL);
    subsystem->files =
        (char **)g_ptr_array_free(g_steal_pointer(&files), FALSE);
    subsystem->excluded =
        (char **)g_ptr_array_free(g_steal_pointer(&excluded), FALSE);
    return subsystem;
}

/* The lines of the titles that hold a name, or the one that is it. */
static GArray *find_titles(char *const *lines, const char *name)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_autofree char *folded = g_utf8_casefold(name, -1);

    for (unsigned i = 0; lines[i] != NULL; i++) {
        if (!is_title(lines, i))
            continue;

        g_autofree char *title = g_utf8_casefold(lines[i], -1);

        g_strstrip(title);
        if (strcmp(title, folded) == 0) {
            g_array_set_size(found, 0);
            g_array_append_val(found, i);
            break;
        }
        if (strstr(title, folded) != NULL)
            g_array_append_val(found, i);
    }
    return found;
}

static void set_unknown(char *const *lines, const GArray *found,
                        const char *name, const char *path, GError **error)
{
    g_autoptr(GString) some = g_string_new(NULL);

    for (unsigned i = 0; i < found->len && i < NEAR_MAX; i++)
        g_string_append_printf(some, "%s%s", i > 0 ? "; " : "",
                               lines[g_array_index(found, unsigned, i)]);
    if (found->len > 0)
        g_set_error(error, MAINTAINERS_ERROR, MAINTAINERS_ERROR_UNKNOWN,
                    "%s: %u subsystems of %s have it in their names: %s%s",
                    name, found->len, path, some->str,
                    found->len > NEAR_MAX ? "; ..." : "");
    else
        g_set_error(error, MAINTAINERS_ERROR, MAINTAINERS_ERROR_UNKNOWN,
                    "%s: no subsystem of %s has it in its name", name, path);
}

Subsystem *maintainers_find_in(const char *text, const char *path,
                               const char *name, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line != NULL; line++)
        g_strchomp(*line);

    g_autoptr(GArray) found = find_titles(lines, name);

    if (found->len != 1) {
        set_unknown(lines, found, name, path, error);
        return NULL;
    }

    g_autoptr(Subsystem) subsystem =
        read_section(lines, g_array_index(found, unsigned, 0));

    if (subsystem->files[0] != NULL)
        return g_steal_pointer(&subsystem);
    g_set_error(error, MAINTAINERS_ERROR, MAINTAINERS_ERROR_UNKNOWN,
                "%s: has no files (F:) in %s", subsystem->title, path);
    return NULL;
}

Subsystem *maintainers_find(const char *path, const char *name, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) failure = NULL;

    if (g_file_get_contents(path, &text, NULL, &failure))
        return maintainers_find_in(text, path, name, error);
    g_set_error(error, MAINTAINERS_ERROR, MAINTAINERS_ERROR_FILE, "%s",
                failure->message);
    return NULL;
}

void subsystem_free(Subsystem *subsystem)
{
    if (subsystem == NULL)
        return;
    g_free(subsystem->title);
    g_strfreev(subsystem->files);
    g_strfreev(subsystem->excluded);
    g_free(subsystem);
}
