/* SPDX-License-Identifier: MIT */
#include "base/chains.h"
#include "base/hex.h"
#include "store/internal.h"
#include "store/keys.h"
#include "store/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum {
    MARK_PREFIX_MIN = 4,
    ENTRY_BYTES = LAYOUT_DIGEST_BYTES + 4,
    MARK_DIGITS = 2 * LAYOUT_DIGEST_BYTES,
    MOVES_MAX = 32, /* how often a bucket may be split while it is read */
};

static uint32_t entry_post(const char *entry)
{
    uint32_t post = 0;

    memcpy(&post, entry + LAYOUT_DIGEST_BYTES, sizeof(post));
    return GUINT32_FROM_BE(post);
}

/* Buckets were split each time that they were read. */
static void set_growing(GError **error)
{
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_WAIT,
                        "the list grows faster than it can be read");
}

/* --- posts under digests ---------------------------------------------- */

typedef struct Wanted {
    unsigned bucket;
    unsigned at; /* which of the digests */
} Wanted;

typedef struct Finding {
    const uint64_t *digests;
    GArray *wanted;         /* Wanted */
    Chains *in;             /* bucket -> what is wanted of it, by its place */
    GArray *buckets;        /* unsigned, each once */
    GPtrArray *keys;        /* theirs */
    GArray *found;          /* Found, by whatever bucket came first; or NULL and
                             */
    const uint32_t *owners; /* the post of each digest, and */
    bool *is_found;         /* whether it is there */
} Finding;

/* A post under one of the digests. */
typedef struct Found {
    unsigned at; /* which of the digests */
    uint32_t post;
} Found;

static void finding_init(Finding *finding, const uint64_t *digests)
{
    *finding = (Finding){ .digests = digests };
    finding->wanted = g_array_new(FALSE, FALSE, sizeof(Wanted));
    finding->buckets = g_array_new(FALSE, FALSE, sizeof(unsigned));
    finding->keys = g_ptr_array_new_with_free_func(g_free);
}

static void finding_clear(Finding *finding)
{
    g_array_unref(finding->wanted);
    chains_free(finding->in);
    g_array_unref(finding->buckets);
    g_ptr_array_unref(finding->keys);
    if (finding->found != NULL)
        g_array_unref(finding->found);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Finding, finding_clear)

static void name_buckets(Finding *finding, const char *list, KeysFamily family,
                         uint32_t last_post)
{
    g_autofree char *root = keys_bucket_root(list, family);

    chains_free(finding->in);
    finding->in = chains_new();
    chains_reserve(finding->in, finding->wanted->len);
    g_array_set_size(finding->buckets, 0);
    g_ptr_array_set_size(finding->keys, 0);
    for (unsigned i = 0; i < finding->wanted->len; i++) {
        const unsigned bucket =
            g_array_index(finding->wanted, Wanted, i).bucket;

        if (chains_last(finding->in, bucket) == 0) {
            g_array_append_val(finding->buckets, bucket);
            g_ptr_array_add(finding->keys,
                            keys_bucket_under(root, family, last_post, bucket));
        }
        chains_add(finding->in, bucket, i);
    }
}

/* Returns the place in the chain of what is wanted of a key's bucket. */
static unsigned first_wanted(const Finding *finding, unsigned key)
{
    return chains_last(finding->in,
                       g_array_index(finding->buckets, unsigned, key));
}

static const Wanted *wanted_at(const Finding *finding, unsigned place)
{
    return &g_array_index(finding->wanted, Wanted,
                          chains_number(finding->in, place));
}

static void take_entries(const Reply *value, uint64_t digest, unsigned at,
                         GArray *found)
{
    const uint64_t wanted = GUINT64_TO_BE(digest << 16);
    const char *end = value->str + value->len / ENTRY_BYTES * ENTRY_BYTES;

    for (const char *entry = value->str; entry < end; entry += ENTRY_BYTES) {
        if (memcmp(entry, &wanted, LAYOUT_DIGEST_BYTES) == 0) {
            const Found one = { at, entry_post(entry) };
            g_array_append_val(found, one);
        }
    }
}

static int compare_entries(const void *a, const void *b)
{
    return memcmp(a, b, ENTRY_BYTES);
}

static void put_entry(uint64_t digest, uint32_t post, char entry[ENTRY_BYTES])
{
    const uint64_t front = GUINT64_TO_BE(digest << 16);
    const uint32_t rear = GUINT32_TO_BE(post);

    memcpy(entry, &front, LAYOUT_DIGEST_BYTES);
    memcpy(entry + LAYOUT_DIGEST_BYTES, &rear, sizeof(rear));
}

/* Many posts may have a link in common: so entries are put in order once, not
 * read through for each of them. */
static void look_in_bucket(const Reply *value, unsigned i, void *data)
{
    const Finding *finding = data;

    if (!reply_is_string(value) || value->len < ENTRY_BYTES)
        return;
    const size_t count = value->len / ENTRY_BYTES;
    g_autofree char *entries = g_memdup2(value->str, value->len);
    if (count > 1)
        qsort(entries, count, ENTRY_BYTES, compare_entries);
    for (unsigned place = first_wanted(finding, i); place != 0;
         place = chains_before(finding->in, place)) {
        const Wanted *wanted = wanted_at(finding, place);
        char entry[ENTRY_BYTES];

        put_entry(finding->digests[wanted->at], finding->owners[wanted->at],
                  entry);
        finding->is_found[wanted->at] =
            bsearch(entry, entries, count, ENTRY_BYTES, compare_entries) !=
            NULL;
    }
}

static void take_bucket(const Reply *value, unsigned i, void *data)
{
    const Finding *finding = data;

    if (!reply_is_string(value))
        return;
    for (unsigned place = first_wanted(finding, i); place != 0;
         place = chains_before(finding->in, place)) {
        const Wanted *wanted = wanted_at(finding, place);

        take_entries(value, finding->digests[wanted->at], wanted->at,
                     finding->found);
    }
}

/* What was found of these digests is forgotten. */
static void forget_found(const Finding *finding)
{
    g_autofree bool *is_wanted = NULL;
    unsigned last = 0, kept = 0;

    for (unsigned i = 0; i < finding->wanted->len; i++)
        last = MAX(last, g_array_index(finding->wanted, Wanted, i).at);
    is_wanted = g_new0(bool, (size_t)last + 1);
    for (unsigned i = 0; i < finding->wanted->len; i++)
        is_wanted[g_array_index(finding->wanted, Wanted, i).at] = true;
    for (unsigned i = 0; i < finding->found->len; i++) {
        const Found found = g_array_index(finding->found, Found, i);

        if (found.at > last || !is_wanted[found.at])
            g_array_index(finding->found, Found, kept++) = found;
    }
    g_array_set_size(finding->found, kept);
}

/* Keeps what lies elsewhere since: its bucket was split while it was read, so
 * that what was found of it may be nothing, or all. */
static void keep_moved(Finding *finding, KeysFamily family, uint32_t before,
                       uint32_t now)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < finding->wanted->len; i++) {
        Wanted wanted = g_array_index(finding->wanted, Wanted, i);
        const uint64_t digest = finding->digests[wanted.at];
        g_autofree char *old = keys_bucket(
            "", family, before, keys_bucket_of(family, before, digest));

        wanted.bucket = keys_bucket_of(family, now, digest);
        g_autofree char *new = keys_bucket("", family, now, wanted.bucket);
        if (strcmp(old, new) == 0)
            continue;
        g_array_index(finding->wanted, Wanted, kept++) = wanted;
    }
    g_array_set_size(finding->wanted, kept);
    if (finding->found != NULL)
        forget_found(finding);
}

static bool find_rounds(Store *store, const char *list, KeysFamily family,
                        Finding *finding, unsigned count, GError **error)
{
    const TakeValue take =
        finding->found != NULL ? take_bucket : look_in_bucket;
    uint32_t last_post = 0, now = 0;

    if (!store_recent_post(store, list, &last_post, error))
        return false;
    for (unsigned i = 0; i < count; i++) {
        const Wanted wanted = {
            keys_bucket_of(family, last_post, finding->digests[i]), i
        };
        g_array_append_val(finding->wanted, wanted);
    }
    for (unsigned moves = 0; moves < MOVES_MAX; moves++) {
        name_buckets(finding, list, family, last_post);
        if (!store_read_values_then(store, list, finding->keys, take, finding,
                                    &now, error))
            return false;
        if (keys_bucket_count(family, now) ==
            keys_bucket_count(family, last_post))
            return true;
        keep_moved(finding, family, last_post, now);
        if (finding->wanted->len == 0)
            return true;
        last_post = now;
    }
    set_growing(error);
    return false;
}

bool store_check_finders(Store *store, const char *list,
                         const StoreFinders *finders, GError **error)
{
    g_auto(Finding) finding;

    finding_init(&finding, finders->digests);
    finding.owners = finders->owners;
    finding.is_found = finders->is_found;
    return find_rounds(store, list, finders->family, &finding, finders->count,
                       error);
}

/* Counts how many each digest has, and puts all in their places. */
static StoreFound *in_order(const GArray *all, unsigned count)
{
    StoreFound *found = g_new0(StoreFound, 1);
    g_autofree unsigned *next = g_new(unsigned, (size_t)count + 1);

    found->posts = g_new(uint32_t, (size_t)all->len + 1);
    found->starts = g_new0(unsigned, (size_t)count + 1);
    for (unsigned i = 0; i < all->len; i++)
        found->starts[g_array_index(all, Found, i).at + 1]++;
    for (unsigned i = 0; i < count; i++)
        found->starts[i + 1] += found->starts[i];
    memcpy(next, found->starts, ((size_t)count + 1) * sizeof(*next));
    for (unsigned i = 0; i < all->len; i++) {
        const Found *one = &g_array_index(all, Found, i);

        found->posts[next[one->at]++] = one->post;
    }
    return found;
}

StoreFound *list_find(Store *store, const char *list, const uint64_t *keys,
                      unsigned count, GError **error)
{
    g_auto(Finding) finding;

    finding_init(&finding, keys);
    finding.found = g_array_new(FALSE, FALSE, sizeof(Found));
    return find_rounds(store, list, KEYS_LINKS, &finding, count, error)
               ? in_order(finding.found, count)
               : NULL;
}

const uint32_t *store_found(const StoreFound *found, unsigned i,
                            unsigned *count)
{
    *count = found->starts[i + 1] - found->starts[i];
    return found->posts + found->starts[i];
}

void store_found_free(StoreFound *found)
{
    if (found == NULL)
        return;
    g_free(found->posts);
    g_free(found->starts);
    g_free(found);
}

/* --- posts under the beginning of a mark ------------------------------ */

typedef struct MarkRange {
    uint64_t from, until; /* both within */
    GArray *posts;        /* uint32_t */
} MarkRange;

static void take_marks(const Reply *value, unsigned i, void *data)
{
    const MarkRange *range = data;
    const size_t entry = keys_entry_bytes(KEYS_MARKS);

    (void)i;
    if (!reply_is_string(value))
        return;
    for (size_t at = 0; at + entry <= value->len; at += entry) {
        const uint64_t digest = keys_get_digest(value->str + at);
        const uint32_t post = entry_post(value->str + at);

        if (digest >= range->from && digest <= range->until)
            g_array_append_val(range->posts, post);
    }
}

static bool read_marks(Store *store, const char *list, uint32_t last_post,
                       MarkRange *range, uint32_t *now, GError **error)
{
    const unsigned from = keys_bucket_of(KEYS_MARKS, last_post, range->from);
    const unsigned until = keys_bucket_of(KEYS_MARKS, last_post, range->until);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);

    for (unsigned bucket = from; bucket <= until; bucket++)
        g_ptr_array_add(keys, keys_bucket(list, KEYS_MARKS, last_post, bucket));
    g_array_set_size(range->posts, 0);
    return store_read_values_then(store, list, keys, take_marks, range, now,
                                  error);
}

static MarkRange range_of(const char *prefix, GArray *posts)
{
    const size_t length = MIN(strlen(prefix), (size_t)MARK_DIGITS);
    char low[MARK_DIGITS + 1], high[MARK_DIGITS + 1];

    memset(low, '0', MARK_DIGITS);
    memset(high, 'f', MARK_DIGITS);
    /* Their ends are written below. NOLINTNEXTLINE(bugprone-not-null*) */
    memcpy(low, prefix, length);
    memcpy(high, prefix, length);
    low[MARK_DIGITS] = high[MARK_DIGITS] = '\0';
    return (MarkRange){ strtoull(low, NULL, 16), strtoull(high, NULL, 16),
                        posts };
}

/* Finds all posts with a mark that begins with the prefix, by the first 48
 * bits. */
static GArray *find_mark_posts(Store *store, const char *list,
                               const char *prefix, GError **error)
{
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    MarkRange range = range_of(prefix, posts);
    uint32_t last_post = 0, now = 0;
    bool is_same = false;

    if (!store_recent_post(store, list, &now, error))
        return NULL;
    for (unsigned moves = 0; moves < MOVES_MAX && !is_same; moves++) {
        last_post = now;
        if (!read_marks(store, list, last_post, &range, &now, error))
            return NULL;
        is_same = keys_bucket_count(KEYS_MARKS, last_post) ==
                  keys_bucket_count(KEYS_MARKS, now);
    }
    if (!is_same) {
        set_growing(error);
        return NULL;
    }
    return g_steal_pointer(&posts);
}

/* A post may be found twice, by its own mark and by a later copy's. */
static void make_unique(GArray *posts)
{
    unsigned kept = 0;

    store_sort_numbers(posts);
    for (unsigned i = 0; i < posts->len; i++) {
        const uint32_t post = g_array_index(posts, uint32_t, i);
        if (kept == 0 || g_array_index(posts, uint32_t, kept - 1) != post)
            g_array_index(posts, uint32_t, kept++) = post;
    }
    g_array_set_size(posts, kept);
}

/* If the prefix has more than 48 bits, drops posts whose mark differs after
 * these; but not those found by a copy's mark, of which only 48 bits are kept.
 */
static void drop_other_marks(GArray *posts, const GArray *records,
                             const char *prefix)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);
        char mark[2 * RECORD_MARK_BYTES + 1];
        hex_encode(record->mark, RECORD_MARK_BYTES, mark);
        if (record->post == 0 || (strncmp(mark, prefix, MARK_DIGITS) == 0 &&
                                  !g_str_has_prefix(mark, prefix)))
            continue;
        g_array_index(posts, uint32_t, kept++) = record->post;
    }
    g_array_set_size(posts, kept);
}

static void set_ambiguous(const GArray *records, const char *prefix,
                          GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (unsigned i = 0; i < records->len && i < 8; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);
        char mark[2 * RECORD_MARK_BYTES + 1];
        hex_encode(record->mark, RECORD_MARK_BYTES, mark);
        g_string_append_printf(names, "%s%.12s", i == 0 ? "" : ", ", mark);
    }
    g_set_error(error, STORE_ERROR, STORE_ERROR_AMBIGUOUS,
                "%s: ambiguous mark: %u posts, among them %s", prefix,
                records->len, names->str);
}

bool list_find_mark(Store *store, const char *list, const char *prefix,
                    uint32_t *post, GError **error)
{
    const size_t length = strlen(prefix);

    if (length < MARK_PREFIX_MIN || length > 2 * RECORD_MARK_BYTES ||
        !hex_is_digits(prefix, length)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                    "%s: no mark: give 4 to 40 hex digits", prefix);
        return false;
    }
    g_autofree char *lower = g_ascii_strdown(prefix, -1);
    g_autoptr(GArray) posts = find_mark_posts(store, list, lower, error);
    if (posts == NULL)
        return false;
    make_unique(posts);
    g_autoptr(ListPosts) reading = list_posts_new(store, list);
    g_autoptr(GArray) records = list_posts_read(
        reading, (const uint32_t *)(gpointer)posts->data, posts->len, error);
    if (records == NULL)
        return false;
    drop_other_marks(posts, records, lower);
    if (posts->len == 1) {
        *post = g_array_index(posts, uint32_t, 0);
        return true;
    }
    if (posts->len == 0)
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                    "%s: unknown mark: no post of %s has it", prefix, list);
    else
        set_ambiguous(records, lower, error);
    return false;
}
