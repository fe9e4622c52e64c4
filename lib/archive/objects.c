/* SPDX-License-Identifier: MIT */
#include "archive/objects.h"

#include <glib/gstdio.h>
#include <libdeflate.h>
#include <string.h>

#include "archive/archive.h"
#include "archive/delta.h"
#include "base/hex.h"

#include "base/banned.h"

enum {
    KEPT_MAX = 32 * 1024 * 1024,
    DEPTH_MAX = 4096, /* git makes none deeper */
    /* What is unpacked for one object, one after another, holds at most as much
     * as so many of the largest. */
    CHAIN_OBJECTS_MAX = 8,
    SLACK = 512, /* libdeflate is slower near the end of its room */
    FOLDER_DIGITS = 2,
    LOOSE_HEAD_MAX = 32,
    LOOSE_FIRST_ROOM = 16 * 1024,
};

/* An unpacked object that others may be deltas of. */
typedef struct Base {
    const Pack *pack;
    uint64_t offset;
    GBytes *bytes;
    ObjectKind kind;
    GList link; /* in kept_by_use */
} Base;

struct Objects {
    char *folder; /* objects/ of the repository, or NULL */
    size_t most_bytes;
    GPtrArray *packs;
    GHashTable *pack_names; /* those that were looked at */
    struct timespec packs_changed;
    guint last_pack;    /* the one that had the last object */
    GHashTable *kept;   /* of Base, by pack and offset */
    GQueue kept_by_use; /* the last used one first */
    size_t kept_bytes;
    GByteArray *delta; /* the one that is applied */
    /* Commits and trees are mostly packed by codes that are known beforehand,
     * for which libdeflate makes its tables once, if nothing comes between. */
    struct libdeflate_decompressor *small, *large;
};

/* --- what is kept ------------------------------------------------------- */

static guint base_hash(gconstpointer key)
{
    const Base *base = key;

    return (guint)base->offset * 2654435761U ^ (guint)(base->offset >> 32);
}

static gboolean base_equal(gconstpointer a, gconstpointer b)
{
    const Base *left = a, *right = b;

    return left->offset == right->offset && left->pack == right->pack;
}

static void base_free(gpointer data)
{
    Base *base = data;

    g_bytes_unref(base->bytes);
    g_free(base);
}

static const Base *kept_at(Objects *objects, const Pack *pack, uint64_t offset)
{
    Base *base = g_hash_table_lookup(objects->kept,
                                     &(Base){ .pack = pack, .offset = offset });

    if (base != NULL) {
        g_queue_unlink(&objects->kept_by_use, &base->link);
        g_queue_push_head_link(&objects->kept_by_use, &base->link);
    }
    return base;
}

static void keep(Objects *objects, const Pack *pack, uint64_t offset,
                 GBytes *bytes, ObjectKind kind)
{
    Base *base = g_new0(Base, 1);

    base->pack = pack;
    base->offset = offset;
    base->bytes = g_bytes_ref(bytes);
    base->kind = kind;
    base->link.data = base;
    g_hash_table_add(objects->kept, base);
    g_queue_push_head_link(&objects->kept_by_use, &base->link);
    objects->kept_bytes += g_bytes_get_size(bytes) + sizeof(*base);
    while (objects->kept_bytes > KEPT_MAX) {
        Base *oldest = objects->kept_by_use.tail->data;

        objects->kept_bytes -= g_bytes_get_size(oldest->bytes) + sizeof(*base);
        g_queue_unlink(&objects->kept_by_use, &oldest->link);
        g_hash_table_remove(objects->kept, oldest);
    }
}

void objects_forget_kept(Objects *objects)
{
    g_queue_init(&objects->kept_by_use);
    g_hash_table_remove_all(objects->kept);
    objects->kept_bytes = 0;
}

/* --- packs -------------------------------------------------------------- */

bool objects_add_pack(Objects *objects, GBytes *index, GBytes *data)
{
    Pack *pack = pack_new(index, data);

    if (pack != NULL)
        g_ptr_array_add(objects->packs, pack);
    return pack != NULL;
}

static GBytes *map(const char *path)
{
    GMappedFile *file = g_mapped_file_new(path, FALSE, NULL);
    GBytes *bytes = file != NULL ? g_mapped_file_get_bytes(file) : NULL;

    if (file != NULL)
        g_mapped_file_unref(file);
    return bytes;
}

static void open_pack(Objects *objects, const char *folder, const char *name)
{
    g_autofree char *index_path = g_build_filename(folder, name, NULL);
    g_autofree char *stem =
        g_strndup(index_path, strlen(index_path) - strlen(".idx"));
    g_autofree char *data_path = g_strconcat(stem, ".pack", NULL);
    g_autoptr(GBytes) index = map(index_path);
    g_autoptr(GBytes) data = map(data_path);

    if (index != NULL && data != NULL)
        (void)objects_add_pack(objects, index, data);
}

/* Returns true if the folder of packs is not as it was when it was read. */
static bool look_for_packs(Objects *objects)
{
    GStatBuf status;

    if (objects->folder == NULL)
        return false;
    g_autofree char *path = g_build_filename(objects->folder, "pack", NULL);
    if (g_stat(path, &status) != 0 ||
        memcmp(&status.st_mtim, &objects->packs_changed,
               sizeof(status.st_mtim)) == 0)
        return false;
    objects->packs_changed = status.st_mtim;
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    for (const char *name = folder != NULL ? g_dir_read_name(folder) : NULL;
         name != NULL; name = g_dir_read_name(folder)) {
        if (g_str_has_suffix(name, ".idx") &&
            g_hash_table_add(objects->pack_names, g_strdup(name)))
            open_pack(objects, path, name);
    }
    return true;
}

/* The pack that has an object, and where; NULL: none. */
static const Pack *find(Objects *objects, const ObjectId *id, uint64_t *offset)
{
    const guint count = objects->packs->len;

    for (guint i = 0; i < count; i++) {
        const guint number = (objects->last_pack + i) % count;

        if (pack_find(objects->packs->pdata[number], id, offset)) {
            objects->last_pack = number;
            return objects->packs->pdata[number];
        }
    }
    return NULL;
}

/* --- unpacking ---------------------------------------------------------- */

/* True if exactly size bytes came out; bytes has SLACK more. */
static bool inflate(struct libdeflate_decompressor *way, const PackEntry *entry,
                    uint8_t *bytes)
{
    size_t got = 0;

    return libdeflate_zlib_decompress(way, entry->packed, entry->room, bytes,
                                      (size_t)entry->size + SLACK,
                                      &got) == LIBDEFLATE_SUCCESS &&
           got == entry->size;
}

static GBytes *unpack_whole(Objects *objects, const PackEntry *entry)
{
    if (entry->size > objects->most_bytes)
        return NULL;
    g_autofree uint8_t *bytes = g_malloc((gsize)entry->size + SLACK);
    struct libdeflate_decompressor *way =
        entry->kind == OBJECT_BLOB ? objects->large : objects->small;

    if (!inflate(way, entry, bytes))
        return NULL;
    return g_bytes_new_take(g_steal_pointer(&bytes), (gsize)entry->size);
}

static GBytes *unpack_delta(Objects *objects, const PackEntry *entry,
                            GBytes *base)
{
    gsize base_length = 0;
    const uint8_t *base_bytes = g_bytes_get_data(base, &base_length);
    GByteArray *delta = objects->delta;
    size_t wanted = 0, length = 0;

    if (entry->size > objects->most_bytes)
        return NULL;
    g_byte_array_set_size(delta, (guint)entry->size + SLACK);
    if (!inflate(objects->large, entry, delta->data) ||
        !delta_sizes(delta->data, (size_t)entry->size, &wanted, &length) ||
        length > objects->most_bytes)
        return NULL;
    g_autofree uint8_t *bytes = g_malloc(length + 1);
    if (!delta_apply(delta->data, (size_t)entry->size, base_bytes, base_length,
                     bytes, length))
        return NULL;
    return g_bytes_new_take(g_steal_pointer(&bytes), length);
}

/* A delta that waits for its base. */
typedef struct Waiting {
    PackEntry entry;
    uint64_t offset;
} Waiting;

/* Goes from a delta to its base and on, to one that is kept or is no delta, and
 * returns that. */
static GBytes *find_base(Objects *objects, const Pack *pack, uint64_t offset,
                         GArray *waiting, ObjectKind *kind)
{
    Waiting next = { .offset = offset };

    while (waiting->len < DEPTH_MAX) {
        const Base *base = kept_at(objects, pack, next.offset);
        if (base != NULL) {
            *kind = base->kind;
            return g_bytes_ref(base->bytes);
        }
        if (!pack_read_entry(pack, next.offset, &next.entry))
            return NULL;
        if (next.entry.kind <= OBJECT_TAG) {
            *kind = next.entry.kind;
            GBytes *bytes = unpack_whole(objects, &next.entry);
            if (bytes != NULL && (*kind == OBJECT_BLOB || waiting->len > 0))
                keep(objects, pack, next.offset, bytes, *kind);
            return bytes;
        }
        g_array_append_val(waiting, next);
        next.offset = next.entry.base;
    }
    return NULL;
}

static GBytes *unpack_at(Objects *objects, const Pack *pack, uint64_t offset,
                         ObjectKind wanted)
{
    g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(Waiting));
    ObjectKind kind = wanted;
    g_autoptr(GBytes) bytes = find_base(objects, pack, offset, waiting, &kind);
    size_t chain_bytes = 0;

    if (kind != wanted)
        return NULL;
    for (guint i = waiting->len; bytes != NULL && i-- > 0;) {
        const Waiting *next = &g_array_index(waiting, Waiting, i);
        g_autoptr(GBytes) base = g_steal_pointer(&bytes);

        bytes = unpack_delta(objects, &next->entry, base);
        if (bytes == NULL)
            return NULL;
        keep(objects, pack, next->offset, bytes, kind);
        chain_bytes += g_bytes_get_size(bytes);
        if (chain_bytes / CHAIN_OBJECTS_MAX > objects->most_bytes)
            return NULL;
    }
    return g_steal_pointer(&bytes);
}

/* --- loose objects ------------------------------------------------------ */

static const char *const kind_names[] = {
    [OBJECT_COMMIT] = "commit ",
    [OBJECT_TREE] = "tree ",
    [OBJECT_BLOB] = "blob ",
    [OBJECT_TAG] = "tag ",
};

/* Unpacks a file whose length tells nothing of what comes out. NULL: it is
 * damaged, or holds more than an object may, and *is_large tells. */
static uint8_t *inflate_all(Objects *objects, const uint8_t *bytes,
                            size_t length, size_t *got, bool *is_large)
{
    *is_large = false;
    for (size_t room = LOOSE_FIRST_ROOM; room / 2 <= objects->most_bytes;
         room *= 2) {
        g_autofree uint8_t *out = g_malloc(room);
        size_t used = 0;
        const enum libdeflate_result result = libdeflate_zlib_decompress_ex(
            objects->large, bytes, length, out, room, &used, got);

        if (result == LIBDEFLATE_SUCCESS && used == length)
            return g_steal_pointer(&out);
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE)
            return NULL;
    }
    *is_large = true;
    return NULL;
}

/* "blob 12", a NUL, and so many bytes. */
GBytes *objects_unpack_loose(Objects *objects, const uint8_t *bytes,
                             size_t length, ObjectKind kind)
{
    size_t got = 0;
    bool is_large = false;
    g_autofree uint8_t *all =
        inflate_all(objects, bytes, length, &got, &is_large);
    const char *name = kind_names[kind];
    const size_t name_length = strlen(name);
    const uint8_t *end =
        all != NULL ? memchr(all, '\0', MIN(got, LOOSE_HEAD_MAX)) : NULL;

    if (end == NULL || (size_t)(end - all) < name_length ||
        memcmp(all, name, name_length) != 0)
        return NULL;
    const size_t head_length = (size_t)(end - all) + 1;
    if (got - head_length > objects->most_bytes)
        return NULL;
    g_autofree char *digits = g_strdup_printf("%zu", got - head_length);
    if (strcmp((const char *)all + name_length, digits) != 0)
        return NULL;
    memmove(all, all + head_length, got - head_length);
    return g_bytes_new_take(g_steal_pointer(&all), got - head_length);
}

/* The file of a loose object, mapped; NULL if there is none. */
static GBytes *map_loose(Objects *objects, const ObjectId *id)
{
    char digits[2 * OBJECT_ID_BYTES + 1];

    if (objects->folder == NULL)
        return NULL;
    hex_encode(id->bytes, sizeof(id->bytes), digits);
    g_autofree char *path =
        g_strdup_printf("%s/%.*s/%s", objects->folder, FOLDER_DIGITS, digits,
                        digits + FOLDER_DIGITS);
    return map(path);
}

static GBytes *read_loose(Objects *objects, const ObjectId *id, ObjectKind kind)
{
    g_autoptr(GBytes) file = map_loose(objects, id);
    gsize length = 0;
    const uint8_t *bytes =
        file != NULL ? g_bytes_get_data(file, &length) : NULL;

    return bytes != NULL ? objects_unpack_loose(objects, bytes, length, kind)
                         : NULL;
}

bool objects_is_damaged(Objects *objects, const ObjectId *id)
{
    uint64_t offset = 0;
    g_autoptr(GBytes) file = map_loose(objects, id);
    gsize length = 0;
    size_t got = 0;
    bool is_large = false;

    if (file == NULL || find(objects, id, &offset) != NULL)
        return false;
    const uint8_t *bytes = g_bytes_get_data(file, &length);
    g_autofree uint8_t *all =
        bytes != NULL ? inflate_all(objects, bytes, length, &got, &is_large)
                      : NULL;
    return all == NULL && !is_large;
}

/* --- all ---------------------------------------------------------------- */

Objects *objects_new(const char *repository, size_t most_bytes)
{
    Objects *objects = g_new0(Objects, 1);

    objects->most_bytes = MIN(most_bytes, (size_t)ARCHIVE_MAIL_MAX);
    if (repository != NULL)
        objects->folder = g_build_filename(repository, "objects", NULL);
    objects->packs = g_ptr_array_new_with_free_func((GDestroyNotify)pack_free);
    objects->pack_names =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    objects->kept =
        g_hash_table_new_full(base_hash, base_equal, base_free, NULL);
    objects->delta = g_byte_array_new();
    objects->small = libdeflate_alloc_decompressor();
    objects->large = libdeflate_alloc_decompressor();
    g_assert(objects->small != NULL && objects->large != NULL);
    (void)look_for_packs(objects);
    return objects;
}

void objects_free(Objects *objects)
{
    if (objects == NULL)
        return;
    g_hash_table_unref(objects->kept);
    g_ptr_array_unref(objects->packs);
    g_hash_table_unref(objects->pack_names);
    g_byte_array_unref(objects->delta);
    libdeflate_free_decompressor(objects->small);
    libdeflate_free_decompressor(objects->large);
    g_free(objects->folder);
    g_free(objects);
}

static GBytes *read_known(Objects *objects, const ObjectId *id, ObjectKind kind)
{
    uint64_t offset = 0;
    const Pack *pack = find(objects, id, &offset);

    return pack != NULL ? unpack_at(objects, pack, offset, kind)
                        : read_loose(objects, id, kind);
}

GBytes *objects_read(Objects *objects, const ObjectId *id, ObjectKind kind)
{
    GBytes *bytes = read_known(objects, id, kind);

    if (bytes == NULL && look_for_packs(objects))
        bytes = read_known(objects, id, kind);
    return bytes;
}
