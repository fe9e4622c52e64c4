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

/* How many mails there are after this row. */
static unsigned count_after(const uint8_t *data, size_t size, uint64_t row)
{
    void *mbox = open_bytes(data, size);
    ArchiveMail mail = { 0 };
    unsigned count = 0;
    size_t bytes = 0;

    if (mbox == NULL)
        return 0;
    if (archive_mbox.skip(mbox, &(ArchivePlace){ .row = row }, NULL)) {
        while (archive_mbox.next(mbox, &mail, NULL)) {
            count++;
            bytes += mail.length;
            g_assert(mail.row == row + count);
        }
    }
    /* what is compressed may grow */
    g_assert(bytes <= size || is_packed(data, size));
    archive_mbox.free(mbox);
    return count;
}

int fuzz_target(const uint8_t *data, size_t size)
{
    const unsigned count = count_after(data, size, 0);

    g_assert(count_after(data, size, count) == 0);
    if (count > 0)
        g_assert(count_after(data, size, 1) == count - 1);
    return 0;
}
