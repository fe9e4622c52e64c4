/* SPDX-License-Identifier: MIT */
#include "patch/diff.h"

#include <string.h>

#include "base/banned.h"

enum {
    PATHS_MAX = 20000,
    FILE_SIZE_USUAL = 4000, /* of a file's part of a diff */
    NO_NEWLINE_LENGTH = 12, /* git: "\ " and more than this is no content */
    WRAPPED_LENGTH = 70,    /* of a line that a mailer breaks, at least */
};

void patch_diff_init(PatchDiff *diff)
{
    *diff = (PatchDiff){ 0 };
    diff->paths = g_ptr_array_new_with_free_func(g_free);
}

static void file_clear(PatchDiffSum *sum)
{
    if (sum->file != NULL)
        g_string_free(sum->file, TRUE);
    sum->file = NULL;
}

void patch_diff_clear(PatchDiff *diff)
{
    g_clear_pointer(&diff->paths, g_ptr_array_unref);
    file_clear(&diff->sum);
}

/* -------------------------------------------------------------- patch id */

static const uint8_t is_blank[256] = { [' '] = 1, ['\t'] = 1, ['\r'] = 1 };

/* 20-byte numbers added up, so that the order of files does not matter. */
static void sum_end_file(PatchDiffSum *sum)
{
    uint8_t digest[PATCH_ID_BYTES];
    unsigned carry = 0;

    if (sum->file == NULL)
        return;
    sha1_of(sum->file->str, sum->file->len, digest);
    sum->length += sum->file->len;
    g_string_truncate(sum->file, 0);
    for (size_t i = 0; i < sizeof(digest); i++) {
        carry += (unsigned)sum->bytes[i] + digest[i];
        sum->bytes[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

/* As git does it, files without hunks are summed with the next one. */
static void sum_start_file(PatchDiffSum *sum)
{
    if (sum->is_finished)
        return;
    if (sum->file == NULL)
        sum->file = g_string_sized_new(FILE_SIZE_USUAL);
    else if (sum->has_names)
        sum_end_file(sum);
    sum->is_binary = sum->has_names = false;
    sum->old_object[0] = sum->new_object[0] = '\0';
}

static bool sum_is_open(const PatchDiffSum *sum)
{
    return sum->file != NULL && !sum->is_finished && !sum->is_binary;
}

/* A line without its blanks, as git knows them; each byte is written, and the
 * next one over it if it was a blank, since branches would be guessed wrong. */
static void sum_line(PatchDiffSum *sum, const PatchLine *line)
{
    if (!sum_is_open(sum))
        return;
    const size_t start = sum->file->len;
    const char *from = line->at;
    const char *const end = from + line->length;

    g_string_set_size(sum->file, start + line->length);
    char *to = sum->file->str + start;
    for (; from < end; from++) {
        const unsigned char byte = (unsigned char)*from;

        *to++ = *from;
        to -= is_blank[byte];
    }
    g_string_truncate(sum->file, (gsize)(to - sum->file->str));
}

/* "index 0123abc..4567def 100644": binary files are summed by these. */
static void sum_objects(PatchDiffSum *sum, const PatchLine *line)
{
    PatchLine old = patch_line_from(line, strlen("index "));
    const char *dots = g_strstr_len(old.at, (gssize)old.length, "..");
    PatchLine new;

    if (dots == NULL)
        return;
    new = patch_line_from(&old, (size_t)(dots + 2 - old.at));
    old.length = MIN((size_t)(dots - old.at), PATCH_OBJECT_ID_MAX);
    new.length = MIN(patch_line_find(&new, ' '), PATCH_OBJECT_ID_MAX);
    memcpy(sum->old_object, old.at, old.length);
    sum->old_object[old.length] = '\0';
    memcpy(sum->new_object, new.at, new.length);
    sum->new_object[new.length] = '\0';
}

static void sum_binary(PatchDiffSum *sum)
{
    if (!sum_is_open(sum))
        return;
    g_string_append(sum->file, sum->old_object);
    g_string_append(sum->file, sum->new_object);
    sum_end_file(sum);
    sum->is_binary = true;
}

char *patch_diff_id(PatchDiff *diff)
{
    static const char digits[] = "0123456789abcdef";
    PatchDiffSum *sum = &diff->sum;
    GString *id;

    if (sum->file == NULL)
        return NULL;
    sum_end_file(sum);
    file_clear(sum);
    if (sum->length == 0)
        return NULL;
    id = g_string_sized_new(2 * PATCH_ID_BYTES + 1);
    for (size_t i = 0; i < PATCH_ID_BYTES; i++) {
        g_string_append_c(id, digits[sum->bytes[i] >> 4]);
        g_string_append_c(id, digits[sum->bytes[i] & 0xf]);
    }
    return g_string_free(id, FALSE);
}

/* ----------------------------------------------------------------- paths */

/* Without quotes, "a/" or "b/", and diff(1)'s date behind a tab. */
static PatchLine plain_path(PatchLine path)
{
    path.length = patch_line_find(&path, '\t');
    path = patch_line_trim(&path);
    if (path.length >= 2 && *path.at == '"' &&
        path.at[path.length - 1] == '"') {
        path = patch_line_from(&path, 1);
        path.length--;
    }
    if (!patch_line_take(&path, "a/"))
        (void)patch_line_take(&path, "b/");
    return path;
}

static void set_path(PatchDiff *diff, PatchLine path)
{
    GPtrArray *paths = diff->paths;

    path = plain_path(path);
    if (path.length == 0 || patch_line_is(&path, "/dev/null") ||
        paths->len == 0)
        return;
    g_free(paths->pdata[paths->len - 1]);
    paths->pdata[paths->len - 1] = patch_line_dup(&path);
}

static PatchLine last_word(const PatchLine *line)
{
    PatchLine trimmed = patch_line_trim(line);
    size_t blank = patch_line_find_last(&trimmed, ' ');

    return blank < trimmed.length ? patch_line_from(&trimmed, blank + 1)
                                  : trimmed;
}

/* "a/x y b/x y": the second half, names with blanks too. */
static PatchLine git_name(const PatchLine *line)
{
    PatchLine names = patch_line_from(line, strlen("diff --git "));
    size_t half = names.length / 2;

    if (names.length % 2 == 1 && half > 2 && names.at[half] == ' ' &&
        memcmp(names.at + 2, names.at + half + 3, half - 2) == 0)
        return patch_line_from(&names, half + 1);
    return last_word(line);
}

/* What a mailer broke off at a blank: "b/x" below "diff --git a/x", or the
 * name below "---" or "+++". */
static bool is_name(const PatchLine *line, const char *side)
{
    PatchLine rest = *line;

    (void)patch_line_take(&rest, "\"");
    return (patch_line_starts(&rest, side) ||
            patch_line_is(&rest, "/dev/null")) &&
           patch_line_find(line, ' ') == line->length;
}

static bool lacks_name(const PatchLine *line, const char *before)
{
    PatchLine rest = *line;

    return patch_line_take(&rest, before) && patch_line_is_blank(&rest);
}

static void start_file(PatchDiff *diff, PatchLine path)
{
    diff->has_header = true;
    diff->file_lines = 0;
    sum_start_file(&diff->sum);
    if (diff->paths->len < PATHS_MAX)
        g_ptr_array_add(diff->paths, g_strdup("?"));
    set_path(diff, path);
}

/* ----------------------------------------------------------------- hunks */

/* "12,3": the second number, or 1. */
static bool take_range(PatchLine *line, unsigned *count)
{
    unsigned first;

    *count = 1;
    if (!patch_line_take_number(line, &first))
        return false;
    return !patch_line_take(line, ",") || patch_line_take_number(line, count);
}

/* A hunk without a header above it and with a header below: a commit message
 * shows it, and git reads on. */
static bool is_cited(PatchText text, const PatchLine *line)
{
    PatchLine next = patch_line_after(text, line);

    for (; next.offset < text.length; next = patch_line_after(text, &next)) {
        if (patch_line_starts(&next, "diff --git ") ||
            patch_line_starts(&next, "Signed-off-by: ") ||
            patch_line_is(&next, "---"))
            return true;
        if (patch_line_starts(&next, "--- ")) {
            const PatchLine other = patch_line_after(text, &next);

            if (patch_line_starts(&other, "+++ "))
                return true;
        }
    }
    return false;
}

/* "@@ -1,3 +1,4 @@ function" */
static bool take_hunk_header(PatchDiff *diff, PatchText text, PatchLine line)
{
    const PatchLine start = line;
    unsigned old_left, new_left;

    if (!patch_line_take(&line, "@@ -") || !take_range(&line, &old_left) ||
        !patch_line_take(&line, " +") || !take_range(&line, &new_left) ||
        !patch_line_take(&line, " @@"))
        return false;
    if (!diff->has_header && is_cited(text, &start))
        return false;
    diff->old_left = old_left;
    diff->new_left = new_left;
    diff->is_all_new = old_left == 0;
    diff->line_length = 0;
    diff->has_header = diff->has_hunk = true;
    diff->place = PATCH_DIFF_HUNK;
    return true;
}

static void count_line(PatchDiff *diff)
{
    diff->file_lines++;
    if (diff->file_lines <= diff->busiest_lines || diff->paths->len == 0)
        return;
    diff->busiest_lines = diff->file_lines;
    diff->busiest = diff->paths->len - 1;
}

/* As it was just summed, without its blanks. */
static void sketch_line(PatchDiff *diff, size_t start)
{
    const GString *file = diff->sum.file;

    if (!sum_is_open(&diff->sum))
        return;

    const PatchLine line = { file->str + start, file->len - start, 0 };

    patch_sketch_take(&diff->sketch, &line);
}

static void sum_changed_line(PatchDiff *diff, const PatchLine *line)
{
    const size_t start = diff->sum.file != NULL ? diff->sum.file->len : 0;

    sum_line(&diff->sum, line);
    sketch_line(diff, start);
    count_line(diff);
}

/* A context line may have lost its only blank on the way, or have a no-break
 * space instead. A new file has none: they have lost their "+". */
static bool take_marked_line(PatchDiff *diff, const PatchLine *line)
{
    const char mark = line->length == 0 ? ' ' : *line->at;
    bool is_context = mark == ' ' || mark == '\t' || mark == '\0' ||
                      patch_line_starts(line, "\xc2\xa0");
    bool is_old = (is_context && !diff->is_all_new) || mark == '-';
    bool is_new = is_context || mark == '+';

    if (patch_line_starts(line, "\\"))
        return true;
    if ((!is_old && !is_new) || (is_old && diff->old_left == 0) ||
        (is_new && diff->new_left == 0))
        return false;
    diff->old_left -= is_old;
    diff->new_left -= is_new;
    diff->deletions += is_old && !is_new;
    diff->insertions += is_new && !is_old;
    if (is_old != is_new)
        sum_changed_line(diff, line);
    else
        sum_line(&diff->sum, line);
    return true;
}

/* The rest of a line that a mailer broke before a word for which it had no
 * room; the hunk goes on below. */
static bool is_rest_of_line(const PatchDiff *diff, PatchText text,
                            const PatchLine *line)
{
    const PatchLine next = patch_line_after(text, line);

    return diff->line_length > 0 && line->length > 0 &&
           diff->old_left + diff->new_left > 0 &&
           diff->line_length + patch_line_find(line, ' ') >= WRAPPED_LENGTH &&
           next.length > 0 && strchr("+- ", *next.at) != NULL &&
           !patch_line_starts(&next, "-- ") &&
           !patch_line_starts(line, "diff -") &&
           !patch_line_starts(line, "@@ ");
}

static bool take_hunk_line(PatchDiff *diff, PatchText text,
                           const PatchLine *line)
{
    if (take_marked_line(diff, line)) {
        diff->line_length = line->length;
        return true;
    }
    if (!is_rest_of_line(diff, text, line))
        return false;
    sum_line(&diff->sum, line);
    return true;
}

/* "literal 12", base 85 without blanks, and the empty line after it. */
static bool take_binary_line(const PatchLine *line)
{
    return patch_line_starts(line, "literal ") ||
           patch_line_starts(line, "delta ") ||
           (patch_line_find(line, ' ') == line->length &&
            !patch_line_starts(line, "--"));
}

static bool take_context_line(PatchDiff *diff, const PatchLine *line)
{
    bool is_change = patch_line_starts(line, "! ");
    bool is_added = patch_line_starts(line, "+ ");
    bool is_removed = patch_line_starts(line, "- ");

    if (patch_line_starts(line, "***************"))
        return true;
    if (patch_line_starts(line, "*** ") || patch_line_starts(line, "--- ")) {
        diff->place = *line->at == '*' ? PATCH_DIFF_OLD : PATCH_DIFF_NEW;
        diff->has_hunk = true;
        return true;
    }
    if (!is_change && !is_added && !is_removed &&
        !patch_line_starts(line, "  ") && !patch_line_starts(line, "\\ "))
        return false;
    diff->insertions += is_added;
    diff->deletions += is_removed;
    if (is_change && diff->place == PATCH_DIFF_NEW)
        diff->insertions++;
    else if (is_change)
        diff->deletions++;
    sum_line(&diff->sum, line);
    return true;
}

static bool take_combined_line(const PatchLine *line)
{
    return patch_line_starts(line, "@@@ ") ||
           (line->length > 0 && strchr(" +-\\", *line->at) != NULL &&
            !patch_line_is(line, "-- "));
}

/* Inside of a file's changes: is it still one of their lines? */
static bool take_content(PatchDiff *diff, PatchText text, const PatchLine *line)
{
    switch (diff->place) {
    case PATCH_DIFF_HUNK:
        return take_hunk_line(diff, text, line);
    case PATCH_DIFF_BINARY:
        return take_binary_line(line);
    case PATCH_DIFF_OLD:
    case PATCH_DIFF_NEW:
        return take_context_line(diff, line);
    case PATCH_DIFF_COMBINED:
        return take_combined_line(line);
    case PATCH_DIFF_OUTSIDE:
    case PATCH_DIFF_INDEX:
    case PATCH_DIFF_HEADER:
        break;
    }
    return false;
}

/* --------------------------------------------------------------- headers */

static bool is_in_header(const PatchDiff *diff)
{
    return diff->place == PATCH_DIFF_INDEX || diff->place == PATCH_DIFF_HEADER;
}

/* "diff --git a/x b/x", "diff -urN a/x b/x", "diff -r 0123 x". Other than
 * git's may be prose: then no file header comes after it. */
static bool take_diff_line(PatchDiff *diff, PatchText text,
                           const PatchLine *line)
{
    bool is_git = patch_line_starts(line, "diff --git ");
    bool is_after_binary = diff->sum.is_binary; /* git leaves it out there */
    PatchLine next;

    if (!patch_line_starts(line, "diff -"))
        return false;
    next = patch_line_after(text, line);
    if (!is_git && !is_in_header(diff) && !patch_line_starts(&next, "--- ") &&
        !patch_line_starts(&next, "*** ") &&
        !patch_line_starts(&next, "diff -") &&
        !patch_line_starts(&next, "index "))
        return false;
    if (diff->place != PATCH_DIFF_INDEX)
        start_file(diff, is_git ? git_name(line) : last_word(line));
    if (!is_after_binary)
        sum_line(&diff->sum, line);
    diff->wants_name = is_git && is_name(&next, "b/");
    diff->place = PATCH_DIFF_HEADER;
    return true;
}

/* "Index: x" of svn, cvs and quilt, with a line of "=" or a diff below. */
static bool take_index_line(PatchDiff *diff, PatchText text,
                            const PatchLine *line)
{
    PatchLine next;

    if (!patch_line_starts(line, "Index: "))
        return false;
    next = patch_line_after(text, line);
    if (!patch_line_starts(&next, "======") &&
        !patch_line_starts(&next, "diff -") &&
        !patch_line_starts(&next, "--- "))
        return false;
    start_file(diff, patch_line_from(line, strlen("Index: ")));
    diff->place = PATCH_DIFF_INDEX;
    return true;
}

/* Got's header, "diff /usr/src" above "path + /usr/src", and of each file
 * "blob - 0123" above "file + x" or "blob + 4567". */
static bool take_got_line(PatchDiff *diff, PatchText text,
                          const PatchLine *line)
{
    const bool is_file = patch_line_starts(line, "blob - ");
    PatchLine next;

    if (!is_file && !patch_line_starts(line, "diff "))
        return false;
    next = patch_line_after(text, line);
    if (is_file ? !patch_line_starts(&next, "blob + ") &&
                      !patch_line_starts(&next, "file + ")
                : !patch_line_starts(&next, "path + ") &&
                      !patch_line_starts(&next, "commit - "))
        return false;
    if (is_file)
        start_file(diff, (PatchLine){ "", 0, 0 });
    diff->has_header = true;
    diff->place = PATCH_DIFF_HEADER;
    return true;
}

/* Names as diff(1) prints them: the date behind the tab is not summed. */
static void take_name(PatchDiff *diff, const PatchLine *line)
{
    PatchLine name = *line;

    name.length = patch_line_find(&name, '\t');
    diff->sum.has_names = true;
    sum_line(&diff->sum, &name);
    set_path(diff, patch_line_from(line, strlen("--- ")));
}

/* "--- x" above "+++ x", or "*** x" above "--- x": a file's names. */
static bool take_old_name(PatchDiff *diff, PatchText text,
                          const PatchLine *line)
{
    bool is_unified = patch_line_starts(line, "--- ");
    PatchLine next;

    if (!is_unified && !patch_line_starts(line, "*** "))
        return false;
    next = patch_line_after(text, line);
    if (!patch_line_starts(&next, is_unified ? "+++ " : "--- ") &&
        !(is_unified && is_in_header(diff) && lacks_name(&next, "+++")))
        return false;
    if (!is_unified) {
        PatchLine stars = patch_line_after(text, &next);

        if (!patch_line_starts(&stars, "***************"))
            return false;
    }
    if (!is_in_header(diff))
        start_file(diff, patch_line_from(line, strlen("--- ")));
    take_name(diff, line);
    diff->place = is_unified ? PATCH_DIFF_HEADER : PATCH_DIFF_OLD;
    return true;
}

static bool take_new_name(PatchDiff *diff, const PatchLine *line)
{
    if (!patch_line_starts(line, "+++ "))
        return false;
    take_name(diff, line);
    return true;
}

static bool take_binary_header(PatchDiff *diff, const PatchLine *line)
{
    if (!patch_line_starts(line, "GIT binary patch") &&
        !patch_line_starts(line, "Binary files "))
        return false;
    diff->has_hunk = true;
    sum_binary(&diff->sum);
    diff->place = *line->at == 'G' ? PATCH_DIFF_BINARY : PATCH_DIFF_OUTSIDE;
    return true;
}

/* Between a file's first header and its first hunk. */
static bool take_header_line(PatchDiff *diff, const PatchLine *line)
{
    static const char *const summed[] = {
        "new file mode ", "deleted file mode ",   "old mode ",
        "new mode ",      "similarity index ",    "rename from ",
        "copy from ",     "dissimilarity index ",
    };
    static const char *const names[] = { "rename to ", "copy to " };
    static const char *const silent[] = {
        "======",    "RCS file: ", "path + ", "retrieving revision ",
        "commit - ", "commit + ",  "blob + ", "file + "
    };

    if (patch_line_starts(line, "index ")) {
        sum_objects(&diff->sum, line);
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(silent); i++)
        if (patch_line_starts(line, silent[i]))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (!patch_line_starts(line, names[i]))
            continue;
        set_path(diff, patch_line_from(line, strlen(names[i])));
        sum_line(&diff->sum, line);
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(summed); i++) {
        if (!patch_line_starts(line, summed[i]))
            continue;
        sum_line(&diff->sum, line);
        return true;
    }
    return false;
}

/* The name that a mailer put on a line of its own. */
static bool take_wrapped_name(PatchDiff *diff, const PatchLine *line)
{
    if (!diff->wants_name)
        return false;
    diff->wants_name = false;
    sum_line(&diff->sum, line);
    set_path(diff, *line);
    return true;
}

/* "---" or "+++" whose name is on the next line. */
static bool take_lone_mark(PatchDiff *diff, PatchText text,
                           const PatchLine *line)
{
    const bool is_old = lacks_name(line, "---");

    if (!is_old && !lacks_name(line, "+++"))
        return false;

    const PatchLine next = patch_line_after(text, line);

    if (!is_name(&next, is_old ? "a/" : "b/"))
        return false;
    diff->sum.has_names = diff->wants_name = true;
    sum_line(&diff->sum, line);
    return true;
}

static bool take_in_header(PatchDiff *diff, PatchText text,
                           const PatchLine *line)
{
    if (take_wrapped_name(diff, line) || take_lone_mark(diff, text, line))
        return true;
    if (take_new_name(diff, line) || take_binary_header(diff, line) ||
        take_header_line(diff, line))
        return true;
    if (!patch_line_starts(line, "@@@ "))
        return false;
    diff->has_hunk = true;
    diff->place = PATCH_DIFF_COMBINED;
    return true;
}

static bool may_start_diff(char byte)
{
    return byte == 'd' || byte == 'I' || byte == 'b' || byte == '-' ||
           byte == '*' || byte == '@' || byte == '\\';
}

bool patch_diff_take(PatchDiff *diff, PatchText text, const PatchLine *line)
{
    if (take_content(diff, text, line))
        return true;
    if (is_in_header(diff) && take_in_header(diff, text, line))
        return true;
    if (line->length > 1 && may_start_diff(*line->at)) {
        if (take_diff_line(diff, text, line) ||
            take_got_line(diff, text, line) ||
            take_index_line(diff, text, line) ||
            take_old_name(diff, text, line) ||
            take_hunk_header(diff, text, *line))
            return true;
        if (diff->has_hunk && patch_line_starts(line, "\\ ") &&
            line->length > NO_NEWLINE_LENGTH)
            return true;
    }
    diff->place = PATCH_DIFF_OUTSIDE;
    diff->sum.is_finished |= diff->sum.file != NULL;
    return false;
}
