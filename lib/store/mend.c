/* SPDX-License-Identifier: MIT */
#include "store/mend.h"

#include "store/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

/* Redis syncs every second, so an end that was not written is not longer than
 * what it writes in a few seconds. */
enum {
    CUT_MAX = 16 * 1024 * 1024,
    COPY_BYTES = 64 * 1024,
    NAME_MAX_BYTES = 128
};

void mend_cut_clear(MendCut *cut)
{
    g_clear_pointer(&cut->file, g_free);
}

bool mend_is_for(const char *log)
{
    const char *last = g_strrstr(log, "reading the append only file");

    return last != NULL && strstr(last, "Ready to accept connections") == NULL;
}

/* "AOF analyzed: filename=F, size=S, ok_up_to=G, ok_up_to_line=L, diff=D" */
static bool read_analysis(const char *line, MendCut *cut)
{
    char name[NAME_MAX_BYTES] = "";
    long long size = 0, good = 0;

    if (sscanf(line,
               "AOF analyzed: filename=%127[^,/], size=%lld, "
               "ok_up_to=%lld,",
               name, &size, &good) != 3)
        return false;
    g_free(cut->file);
    *cut = (MendCut){ .file = g_strdup(name), .size = size, .good = good };
    return true;
}

/* "file F seq N type i" a line; the newest is the last one. */
static char *newest_file(const char *manifest)
{
    g_auto(GStrv) lines = g_strsplit(manifest, "\n", -1);
    char name[NAME_MAX_BYTES] = "", type = '\0';

    for (unsigned i = 0; lines[i] != NULL; i++)
        (void)sscanf(lines[i], "file %127s seq %*d type %c", name, &type);
    return type == 'i' ? g_strdup(name) : NULL;
}

bool mend_find(const char *report, const char *manifest, MendCut *cut)
{
    g_auto(GStrv) lines = g_strsplit(report, "\n", -1);
    g_autofree char *newest = newest_file(manifest);
    MendCut last = { .file = NULL };
    bool is_before_good = true; /* all files before the last that was read */

    for (unsigned i = 0; lines[i] != NULL; i++) {
        const bool was_good = last.good == last.size;
        if (read_analysis(lines[i], &last))
            is_before_good = is_before_good && was_good;
    }
    if (is_before_good && newest != NULL && g_strcmp0(last.file, newest) == 0 &&
        last.good >= 0 && last.good < last.size &&
        last.size - last.good <= CUT_MAX) {
        *cut = last;
        return true;
    }
    mend_cut_clear(&last);
    return false;
}

static bool copy_end(int from, int to, int64_t at)
{
    char bytes[COPY_BYTES];
    ssize_t got = 0;

    while ((got = pread(from, bytes, sizeof bytes, at)) > 0) {
        if (write(to, bytes, (size_t)got) != got)
            return false;
        at += got;
    }
    return got == 0 && fsync(to) == 0;
}

static bool set_aside(int file, const char *path, int64_t at)
{
    const int aside =
        open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (aside < 0)
        return false;
    const bool is_copied = copy_end(file, aside, at);
    return close(aside) == 0 && is_copied;
}

static bool cut_off(int file, const MendCut *cut)
{
    return lseek(file, 0, SEEK_END) == cut->size &&
           ftruncate(file, cut->good) == 0 && fsync(file) == 0;
}

bool mend_cut(const char *folder, const MendCut *cut, GError **error)
{
    g_autofree char *path = g_build_filename(folder, cut->file, NULL);
    g_autofree char *aside =
        g_strdup_printf("%s.cut-at-%" G_GINT64_FORMAT, path, cut->good);
    const int file = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    const bool is_done =
        file >= 0 && set_aside(file, aside, cut->good) && cut_off(file, cut);

    if (!is_done)
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNREACHABLE,
                    "cannot mend %s: %s", path, g_strerror(errno));
    if (file >= 0)
        close(file);
    return is_done;
}
