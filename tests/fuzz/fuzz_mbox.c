/* SPDX-License-Identifier: MIT */
/* Any bytes as an mbox file, read to its end and once more after a row. */
#include "tests/fuzz/fuzz.h"

#include "archive/source.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void *open_bytes(const uint8_t *data, size_t size)
{
    FILE *stream = tmpfile();
    const char *kind = NULL;

    g_assert(stream != NULL);
    const int file = dup(fileno(stream));
    fclose(stream);
    g_assert(write(file, data, size) == (ssize_t)size);
    g_assert(lseek(file, 0, SEEK_SET) == 0);
    return mbox_open(file, "mbox", size, false, &kind, NULL);
}

static bool is_packed(const uint8_t *data, size_t size)
{
    return size >= 4 && (memcmp(data, "\x1f\x8b\x08", 3) == 0 ||
                         memcmp(data, "\xfd\x37zXZ", 4) == 0 ||
                         memcmp(data, "\x28\xb5\x2f\xfd", 4) == 0);
}

/* The row of the last mail after this row; row where there is none. The first
 * one may be passed over, as a mail program's notes. */
static uint64_t last_after(const uint8_t *data, size_t size, uint64_t row)
{
    void *mbox = open_bytes(data, size);
    ArchiveMail mail = { 0 };
    size_t bytes = 0;

    if (mbox == NULL)
        return row;
    if (archive_mbox.skip(mbox, &(ArchivePlace){ .row = row }, NULL)) {
        while (archive_mbox.next(mbox, &mail, NULL)) {
            g_assert(mail.row == row + 1 || (row == 0 && mail.row == 2));
            bytes += mail.length;
            row = mail.row;
        }
    }
    /* what is compressed may grow */
    g_assert(bytes <= size || is_packed(data, size));
    archive_mbox.free(mbox);
    return row;
}

int fuzz_target(const uint8_t *data, size_t size)
{
    const uint64_t last = last_after(data, size, 0);

    g_assert(last_after(data, size, last) == last);
    if (last > 0)
        g_assert(last_after(data, size, 1) == last);
    return 0;
}
