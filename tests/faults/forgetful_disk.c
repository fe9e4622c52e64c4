/* SPDX-License-Identifier: MIT */
/*
 * forgetful-disk IMAGE FOLDER: a disk whose power can be cut. Mounts FOLDER, in
 * which there is a file "disk" with what IMAGE holds, for a loop device to
 * stand on. As with a disk that has a cache, what is written is only in memory
 * until it is flushed (the loop device makes an fsync of each flush that the
 * file system sends); then it is in IMAGE.
 *
 * Writing "SEED SHARE" to the file "cut" cuts the power: each write since the
 * last flush is on the disk with the chance of SHARE per cent, and one in eight
 * of them is torn between its sectors. From then on all fails with EIO. One
 * line of figures goes to standard output.
 */
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { SECTOR = 512, TORN_ONE_IN = 8 };

typedef struct Write {
    off_t offset;
    GBytes *bytes;
} Write;

static int image = -1;
static size_t size;
static char *content;     /* what the file system reads: private pages */
static GArray *unflushed; /* Write, in order */
static unsigned long writes, flushes;
static bool is_off;

static const char *const disk_path = "/disk";
static const char *const cut_path = "/cut";

static void clear_write(gpointer data)
{
    g_bytes_unref(((Write *)data)->bytes);
}

static bool keep(off_t offset, const char *bytes, size_t length)
{
    return pwrite(image, bytes, length, offset) == (ssize_t)length;
}

/* --- the power goes ----------------------------------------------------------
 */

/* Of a torn write, each sector for itself. */
static bool tear(const Write *write, GRand *chance)
{
    size_t length = 0;
    const char *bytes = g_bytes_get_data(write->bytes, &length);

    for (size_t at = 0; at < length; at += SECTOR) {
        if (g_rand_boolean(chance) &&
            !keep(write->offset + (off_t)at, bytes + at,
                  MIN((size_t)SECTOR, length - at)))
            return false;
    }
    return true;
}

static bool survive(const Write *write, GRand *chance, int share,
                    unsigned *kept)
{
    size_t length = 0;
    const char *bytes = g_bytes_get_data(write->bytes, &length);

    if (g_rand_int_range(chance, 0, 100) >= share)
        return true;
    *kept += 1;
    if (share < 100 && g_rand_int_range(chance, 0, TORN_ONE_IN) == 0)
        return tear(write, chance);
    return keep(write->offset, bytes, length);
}

static int cut(guint32 seed, int share)
{
    g_autoptr(GRand) chance = g_rand_new_with_seed(seed);
    unsigned kept = 0;

    if (is_off)
        return -EIO;
    is_off = true;
    for (unsigned i = 0; i < unflushed->len; i++) {
        if (!survive(&g_array_index(unflushed, Write, i), chance, share, &kept))
            return -EIO;
    }
    printf("writes %lu flushes %lu unflushed %u kept %u\n", writes, flushes,
           unflushed->len, kept);
    fflush(stdout);
    return 0;
}

/* --- the file system
 * ---------------------------------------------------------- */

static bool is_disk(const char *path)
{
    return strcmp(path, disk_path) == 0;
}

static bool is_cut(const char *path)
{
    return strcmp(path, cut_path) == 0;
}

static int get_attributes(const char *path, struct stat *out,
                          struct fuse_file_info *file)
{
    (void)file;
    *out = (struct stat){ .st_nlink = 1 };
    if (strcmp(path, "/") == 0)
        out->st_mode = S_IFDIR | 0700;
    else if (is_disk(path) || is_cut(path))
        out->st_mode = S_IFREG | 0600;
    else
        return -ENOENT;
    if (is_disk(path))
        out->st_size = (off_t)size;
    return 0;
}

/* No page of the kernel's stands between the loop device and us. */
static int open_file(const char *path, struct fuse_file_info *file)
{
    (void)path;
    file->direct_io = 1;
    return 0;
}

static int truncate_file(const char *path, off_t length,
                         struct fuse_file_info *file)
{
    (void)length;
    (void)file;
    return is_cut(path) ? 0 : -EPERM;
}

static int read_file(const char *path, char *out, size_t length, off_t offset,
                     struct fuse_file_info *file)
{
    (void)file;
    if (!is_disk(path) || offset < 0 || (size_t)offset >= size)
        return 0;
    if (is_off)
        return -EIO;
    length = MIN(length, size - (size_t)offset);
    memcpy(out, content + offset, length);
    return (int)length;
}

static int write_cut(const char *text, size_t length)
{
    g_autofree char *line = g_strndup(text, length);
    unsigned seed = 0;
    int share = 0;

    if (sscanf(line, "%u %d", &seed, &share) != 2)
        return -EINVAL;
    const int failure = cut(seed, share);
    return failure != 0 ? failure : (int)length;
}

static int write_file(const char *path, const char *bytes, size_t length,
                      off_t offset, struct fuse_file_info *file)
{
    (void)file;
    if (is_cut(path))
        return write_cut(bytes, length);
    if (is_off)
        return -EIO;
    if (offset < 0 || (size_t)offset + length > size)
        return -ENOSPC;
    const Write taken = { .offset = offset,
                          .bytes = g_bytes_new(bytes, length) };
    memcpy(content + offset, bytes, length);
    g_array_append_val(unflushed, taken);
    writes++;
    return (int)length;
}

static int flush_disk(const char *path, int only_data,
                      struct fuse_file_info *file)
{
    (void)only_data;
    (void)file;
    if (!is_disk(path))
        return 0;
    if (is_off)
        return -EIO;
    for (unsigned i = 0; i < unflushed->len; i++) {
        const Write *write = &g_array_index(unflushed, Write, i);
        size_t length = 0;
        const char *bytes = g_bytes_get_data(write->bytes, &length);

        if (!keep(write->offset, bytes, length))
            return -EIO;
    }
    g_array_set_size(unflushed, 0);
    flushes++;
    return 0;
}

static const struct fuse_operations operations = {
    .getattr = get_attributes,
    .open = open_file,
    .truncate = truncate_file,
    .read = read_file,
    .write = write_file,
    .fsync = flush_disk,
};

/* --- begin
 * -------------------------------------------------------------------- */

static bool open_image(const char *path)
{
    struct stat found;

    image = open(path, O_RDWR | O_CLOEXEC);
    if (image < 0 || fstat(image, &found) != 0)
        return false;
    size = (size_t)found.st_size;
    content = mmap(NULL, size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_NORESERVE, image, 0);
    return content != MAP_FAILED;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: forgetful-disk IMAGE FOLDER\n");
        return 2;
    }
    if (!open_image(argv[1])) {
        perror(argv[1]);
        return 1;
    }
    unflushed = g_array_new(FALSE, FALSE, sizeof(Write));
    g_array_set_clear_func(unflushed, clear_write);
    char foreground[] = "-f", one_thread[] = "-s";
    char *arguments[] = { argv[0], argv[2], foreground, one_thread, NULL };
    return fuse_main(4, arguments, &operations, NULL);
}
