/* SPDX-License-Identifier: MIT */
#include "archive/plain.h"

#include <string.h>

#include "base/hex.h"

#include "base/banned.h"

enum { TIP_DIGITS = 2 * OBJECT_ID_BYTES };

static bool is_there(const char *folder, const char *name, GFileTest kind)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);

    return g_file_test(path, kind);
}

static char *contents(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;

    return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

/* --- is it plain? ------------------------------------------------------- */

/* A line of the settings: a section, a comment, a name with its value. */
static bool is_plain_setting(char *line)
{
    static const char version[] = "repositoryformatversion";

    g_strstrip(line);
    if (*line == '\0' || *line == '#' || *line == ';')
        return true;
    if (*line == '[')
        return g_str_has_suffix(line, "]");
    if (!g_ascii_isalpha(*line) || strpbrk(line, "\"\\") != NULL)
        return false;
    if (!g_str_has_prefix(line, version))
        return true;
    const char *value = line + strlen(version);
    return strcmp(value + strspn(value, " \t="), "0") == 0 ||
           strcmp(value + strspn(value, " \t="), "1") == 0;
}

/* Extensions are other names of objects, other kinds of storage, a clone that
 * is not whole. */
static bool has_plain_settings(const char *repository)
{
    g_autofree char *text = contents(repository, "config");

    if (text == NULL)
        return false;
    g_autofree char *lower = g_ascii_strdown(text, -1);
    g_auto(GStrv) lines = g_strsplit(lower, "\n", -1);
    bool is_plain =
        strstr(lower, "extensions") == NULL && strstr(lower, "include") == NULL;

    for (char **line = lines; *line != NULL && is_plain; line++)
        is_plain = is_plain_setting(*line);
    return is_plain;
}

/* What is in a folder of a second work tree, of a clone that is cut off, of a
 * history with other parents, of objects that lie elsewhere. */
static bool is_special(const char *repository)
{
    static const char *const signs[] = { "commondir", "shallow", "info/grafts",
                                         "objects/info/alternates" };

    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        if (is_there(repository, signs[i], G_FILE_TEST_EXISTS))
            return true;
    }
    return !is_there(repository, "objects", G_FILE_TEST_IS_DIR) ||
           !is_there(repository, "refs", G_FILE_TEST_IS_DIR) ||
           !has_plain_settings(repository);
}

static char *folder_at(const char *path)
{
    const bool is_bare = is_there(path, "HEAD", G_FILE_TEST_IS_REGULAR);
    g_autofree char *inside = g_build_filename(path, ".git", NULL);

    if (is_bare)
        return g_file_test(inside, G_FILE_TEST_EXISTS) ? NULL : g_strdup(path);
    return is_there(inside, "HEAD", G_FILE_TEST_IS_REGULAR)
               ? g_steal_pointer(&inside)
               : NULL;
}

char *plain_repository_at(const char *path)
{
    g_autofree char *folder = folder_at(path);

    return folder != NULL && !is_special(folder) ? g_steal_pointer(&folder)
                                                 : NULL;
}

/* --- the newest commit -------------------------------------------------- */

/* Is there another branch among the loose ones than this? */
static bool has_other_loose(const char *repository, const char *branch)
{
    g_autofree char *heads =
        g_build_filename(repository, "refs", "heads", NULL);
    g_autoptr(GDir) folder = g_dir_open(heads, 0, NULL);
    const char *name;

    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        if (strcmp(name, branch) != 0)
            return true;
    }
    return folder == NULL;
}

static bool read_tip(const char *digits, ObjectId *tip)
{
    return strspn(digits, "0123456789abcdef") == TIP_DIGITS &&
           g_ascii_isspace(digits[TIP_DIGITS]) &&
           hex_decode(digits, TIP_DIGITS, tip->bytes, sizeof(tip->bytes));
}

/* Lines are "ID NAME". Returns true where the branch is among them. */
static bool find_packed(const char *packed, const char *branch, bool *is_alone,
                        ObjectId *tip)
{
    static const char heads[] = " refs/heads/";
    g_auto(GStrv) lines = g_strsplit(packed, "\n", -1);
    bool is_found = false;

    for (char **line = lines; *line != NULL; line++) {
        const bool is_branch = **line != '#' && strlen(*line) > TIP_DIGITS &&
                               g_str_has_prefix(*line + TIP_DIGITS, heads);

        if (!is_branch)
            continue;
        if (strcmp(*line + TIP_DIGITS + strlen(heads), branch) == 0)
            is_found = read_tip(*line, tip);
        else
            *is_alone = false;
    }
    return is_found;
}

bool plain_find_tip(const char *repository, ObjectId *tip, bool *is_alone)
{
    static const char heads[] = "ref: refs/heads/";
    g_autofree char *head = contents(repository, "HEAD");
    const char *branch;
    bool is_found = false;

    if (head == NULL || !g_str_has_prefix(head, heads))
        return false;
    branch = g_strchomp(head) + strlen(heads);
    if (*branch == '\0' || *branch == '.' || strchr(branch, '/') != NULL)
        return false;
    *is_alone = !has_other_loose(repository, branch);

    g_autofree char *name = g_build_filename("refs", "heads", branch, NULL);
    /* In this order: git packs a branch before it removes the loose file. */
    g_autofree char *loose = contents(repository, name);
    g_autofree char *packed = contents(repository, "packed-refs");
    if (packed != NULL)
        is_found = find_packed(packed, branch, is_alone, tip);
    return loose != NULL ? read_tip(loose, tip) : is_found;
}
