/* SPDX-License-Identifier: MIT */
#include "patch/diffstat.h"

#include <string.h>

#include "base/banned.h"

enum { ROWS_MAX = 20000, TOTAL_LENGTH_MAX = 200 };

void patch_diffstat_reader_init(PatchDiffstatReader *reader)
{
    *reader = (PatchDiffstatReader){ 0 };
    reader->paths = g_ptr_array_new_with_free_func(g_free);
}

void patch_diffstat_reader_clear(PatchDiffstatReader *reader)
{
    g_clear_pointer(&reader->paths, g_ptr_array_unref);
    g_clear_pointer(&reader->rows, g_array_unref);
}

/* ------------------------------------------------------------------ paths */

/* "a/{b => c}/d": the arrow and the braces around it, or the whole. */
static char *new_name(const PatchLine *path, size_t arrow)
{
    PatchLine before = { path->at, arrow, 0 };
    PatchLine name = patch_line_from(path, arrow + strlen(" => "));
    size_t open = patch_line_find_last(&before, '{');
    size_t close = patch_line_find(&name, '}');
    PatchLine rest = patch_line_from(&name, close + 1);
    g_autoptr(GString) whole = g_string_new(NULL);

    if (open == before.length || close == name.length)
        return patch_line_dup(&name);
    g_string_append_len(whole, before.at, (gssize)open);
    g_string_append_len(whole, name.at, (gssize)close);
    if (g_str_has_suffix(whole->str, "/"))
        (void)patch_line_take(&rest, "/"); /* "a/{b => }/c" */
    g_string_append_len(whole, rest.at, (gssize)rest.length);
    return g_strdup(whole->str);
}

/* git --compact-summary: "x (new +x)", "y (gone)", "z (mode -x)". */
static void drop_mode(PatchLine *path)
{
    static const char *const modes[] = { "(new", "(gone)", "(mode " };
    size_t open = patch_line_find_last(path, '(');
    PatchLine tail = patch_line_from(path, open);

    if (open < 2 || path->at[path->length - 1] != ')')
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++)
        if (patch_line_starts(&tail, modes[i]))
            path->length = open;
}

char *patch_diffstat_path(const PatchLine *path)
{
    PatchLine plain = patch_line_trim(path);
    const char *arrow;

    drop_mode(&plain);
    plain = patch_line_trim(&plain);
    arrow = g_strstr_len(plain.at, (gssize)plain.length, " => ");
    if (arrow != NULL)
        return new_name(&plain, (size_t)(arrow - plain.at));
    if (plain.length >= 2 && *plain.at == '"' &&
        plain.at[plain.length - 1] == '"') {
        plain = patch_line_from(&plain, 1);
        plain.length--;
    }
    return patch_line_dup(&plain);
}

/* --------------------------------------------------------- no-break blanks */

/* Some mailers make them of blanks, one of each two. */
static const char no_break[] = "\xc2\xa0";

static PatchLine trim_blanks(const PatchLine *line)
{
    PatchLine trimmed = patch_line_trim(line);

    for (;;) {
        const size_t length = trimmed.length;

        (void)patch_line_take(&trimmed, no_break);
        if (trimmed.length >= 2 &&
            memcmp(trimmed.at + trimmed.length - 2, no_break, 2) == 0)
            trimmed.length -= 2;
        if (trimmed.length == length)
            return trimmed;
        trimmed = patch_line_trim(&trimmed);
    }
}

static bool is_indented(const PatchLine *line)
{
    return line->length > 0 &&
           (*line->at == ' ' || patch_line_starts(line, no_break));
}

/* ------------------------------------------------------------------- rows */

/* Behind the bar: "12 ++--", "0", "Bin 0 -> 61 bytes", "Unmerged". */
static bool read_amount(PatchLine amount, unsigned *lines)
{
    *lines = 0;
    if (patch_line_starts(&amount, "Bin") || patch_line_is(&amount, "Unmerged"))
        return true;
    if (!patch_line_take_number(&amount, lines))
        return false;
    for (size_t i = 0; i < amount.length; i++)
        if (strchr(" +-!\xc2\xa0", amount.at[i]) == NULL)
            return false;
    return true;
}

static bool take_row(PatchDiffstatReader *reader, const PatchLine *line)
{
    size_t bar = patch_line_find_last(line, '|');
    PatchLine amount = patch_line_from(line, bar + 1);
    PatchDiffstatRow row = { .path = { line->at, bar, line->offset } };

    if (bar == line->length)
        return false;
    row.path = trim_blanks(&row.path);
    if (row.path.length == 0 || !read_amount(trim_blanks(&amount), &row.lines))
        return false;
    if (reader->has_total)
        return true;
    if (reader->rows == NULL)
        reader->rows = g_array_new(FALSE, FALSE, sizeof(PatchDiffstatRow));
    if (reader->rows->len < ROWS_MAX)
        g_array_append_val(reader->rows, row);
    return true;
}

/* ------------------------------------------------------------------ total */

/* ", 3 insertions(+)": moves over it and adds to the right number. */
static bool take_lines(PatchLine *line, PatchDiffstat *stat)
{
    static const struct {
        const char *one, *many;
        unsigned insertions, deletions;
    } words[] = {
        { " insertion(+)", " insertions(+)", 1, 0 },
        { " deletion(-)", " deletions(-)", 0, 1 },
        { " modification(!)", " modifications(!)", 1, 1 },
    };
    unsigned lines;

    if (!patch_line_take(line, ", ") || !patch_line_take_number(line, &lines))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!patch_line_take(line, words[i].many) &&
            !patch_line_take(line, words[i].one))
            continue;
        stat->insertions += lines * words[i].insertions;
        stat->deletions += lines * words[i].deletions;
        return true;
    }
    return false;
}

/* "3 files changed, 4 insertions(+), 1 deletion(-)" */
static bool read_total(PatchLine line, PatchDiffstat *stat)
{
    *stat = (PatchDiffstat){ 0 };
    if (!patch_line_take_number(&line, &stat->files))
        return false;
    if (!patch_line_take(&line, " files changed") &&
        !patch_line_take(&line, " file changed"))
        return false;
    for (unsigned i = 0; i < 3 && line.length > 0; i++)
        if (!take_lines(&line, stat))
            return false;
    return line.length == 0;
}

/* The line with blanks for no-break ones, copied to plain. */
static PatchLine plain_blanks(const PatchLine *line,
                              char plain[TOTAL_LENGTH_MAX + 1])
{
    size_t length = 0;

    for (size_t i = 0; i < line->length && length < TOTAL_LENGTH_MAX; i++) {
        if (line->at[i] == no_break[0])
            continue;
        plain[length++] = line->at[i] == no_break[1] ? ' ' : line->at[i];
    }
    plain[length] = '\0';
    return (PatchLine){ plain, length, line->offset };
}

static void take_paths(PatchDiffstatReader *reader)
{
    unsigned most = 0;

    for (guint i = 0; reader->rows != NULL && i < reader->rows->len; i++) {
        const PatchDiffstatRow *row =
            &g_array_index(reader->rows, PatchDiffstatRow, i);

        g_ptr_array_add(reader->paths, patch_diffstat_path(&row->path));
        if (row->lines <= most)
            continue;
        most = row->lines;
        reader->busiest = i;
    }
}

static bool take_total(PatchDiffstatReader *reader, const PatchLine *line)
{
    PatchLine trimmed = trim_blanks(line);
    PatchDiffstat stat;
    char plain[TOTAL_LENGTH_MAX + 1];

    if (trimmed.length == 0 ||
        (!g_ascii_isdigit(*trimmed.at) && *trimmed.at != no_break[0]))
        return false; /* as most lines */
    if (memchr(trimmed.at, no_break[0], trimmed.length) != NULL)
        trimmed = plain_blanks(&trimmed, plain);
    if (!read_total(trimmed, &stat))
        return false;
    if (reader->has_total)
        return true;
    reader->has_total = true;
    reader->stat = stat;
    take_paths(reader);
    return true;
}

static bool is_mode_line(const PatchLine *line)
{
    static const char *const starts[] = { " create mode ", " delete mode ",
                                          " mode change ", " rename ",
                                          " copy ",        " rewrite " };

    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
        if (patch_line_starts(line, starts[i]))
            return true;
    return false;
}

bool patch_diffstat_reader_take(PatchDiffstatReader *reader,
                                const PatchLine *line)
{
    const bool may_be_row = is_indented(line);

    if (may_be_row && (take_row(reader, line) || patch_line_is(line, " ...")))
        return true;
    if (line->length > 0 && (may_be_row || g_ascii_isdigit(*line->at)) &&
        take_total(reader, line))
        return true;
    if (reader->rows != NULL)
        g_array_set_size(reader->rows, 0);
    return may_be_row && reader->has_total && is_mode_line(line);
}
