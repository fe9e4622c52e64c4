/* SPDX-License-Identifier: MIT */
#include "store/keys.h"

#include "base/list_id.h"
#include "base/sha.h"

#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

enum {
    DIGEST_BITS = 48,
    BUCKETS_MAX = 1 << 23,
    MILLISECONDS = 1000,
    MONTH_ROOM = 32,
    KEY_ROOM = 64, /* enough for most */
};

/* Writes digits before an end and returns where they begin. Digests need
 * thousands of keys: printf would take a tenth of their time. */
static char *put_number(char *end, uint64_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return end;
}

static void append_number(GString *out, uint64_t number)
{
    char digits[32];
    const char *end = digits + sizeof(digits);
    const char *at = put_number(digits + sizeof(digits), number);

    g_string_append_len(out, at, end - at);
}

/* Appends "lp:{list}:", which nearly always has only plain bytes. */
static void append_list(GString *out, const char *list)
{
    g_string_append(out, "lp:{");
    if (list[strspn(list, G_CSET_a_2_z G_CSET_DIGITS "._-")] == '\0') {
        g_string_append(out, list);
    } else {
        g_autofree char *plain = list_id_encode(list);

        g_string_append(out, plain);
    }
    g_string_append(out, "}:");
}

static GString *begin_key(const char *list, const char *name)
{
    GString *key = g_string_sized_new(KEY_ROOM);

    append_list(key, list);
    g_string_append(key, name);
    g_string_append_c(key, ':');
    return key;
}

char *keys_of_list(const char *list, const char *rest)
{
    GString *key = g_string_sized_new(KEY_ROOM);

    append_list(key, list);
    g_string_append(key, rest);
    return g_string_free(key, FALSE);
}

char *keys_numbered(const char *list, const char *name, uint64_t number)
{
    GString *key = begin_key(list, name);

    append_number(key, number);
    return g_string_free(key, FALSE);
}

char *keys_rows(const char *list, const char *month, unsigned chunk)
{
    GString *key = begin_key(list, "rows");

    g_string_append(key, month);
    g_string_append_c(key, ':');
    append_number(key, chunk);
    return g_string_free(key, FALSE);
}

static const struct {
    const char *name;
    unsigned first, posts, entry;
} families[] = {
    [KEYS_LINKS] = { "link", LAYOUT_LINKS_FIRST, LAYOUT_LINKS_POSTS,
                     LAYOUT_LINKS_ENTRY },
    [KEYS_MARKS] = { "mark", LAYOUT_MARKS_FIRST, LAYOUT_MARKS_POSTS,
                     LAYOUT_MARKS_ENTRY },
    [KEYS_SEEN] = { "seen", LAYOUT_SEEN_FIRST, LAYOUT_SEEN_POSTS,
                    LAYOUT_SEEN_ENTRY },
};

unsigned keys_bucket_count(KeysFamily family, uint32_t last_post)
{
    return CLAMP(last_post / families[family].posts, families[family].first,
                 (unsigned)BUCKETS_MAX);
}

unsigned keys_entry_bytes(KeysFamily family)
{
    return families[family].entry;
}

/* The first `split` buckets of 2^bits are two of 2^(bits + 1) each. */
static unsigned bits_of(unsigned count, unsigned *split)
{
    const unsigned bits = g_bit_storage(count) - 1;

    *split = count - (1U << bits);
    return bits;
}

unsigned keys_bucket_of(KeysFamily family, uint32_t last_post, uint64_t digest)
{
    unsigned split;
    const unsigned bits = bits_of(keys_bucket_count(family, last_post), &split);
    const unsigned index = (unsigned)(digest >> (DIGEST_BITS - bits));

    return index >= split ? index + split
                          : (unsigned)(digest >> (DIGEST_BITS - bits - 1));
}

uint64_t keys_bucket_start(KeysFamily family, uint32_t last_post,
                           unsigned bucket)
{
    unsigned split;
    const unsigned bits = bits_of(keys_bucket_count(family, last_post), &split);

    return bucket < 2 * split
               ? (uint64_t)bucket << (DIGEST_BITS - bits - 1)
               : (uint64_t)(bucket - split) << (DIGEST_BITS - bits);
}

char *keys_bucket_root(const char *list, KeysFamily family)
{
    return g_string_free(begin_key(list, families[family].name), FALSE);
}

char *keys_bucket_under(const char *root, KeysFamily family, uint32_t last_post,
                        unsigned bucket)
{
    unsigned split;
    const unsigned bits = bits_of(keys_bucket_count(family, last_post), &split);
    const bool is_split = bucket < 2 * split;
    const size_t length = strlen(root);
    char rear[KEY_ROOM];
    char *at = rear + sizeof(rear), *key;

    *--at = '\0';
    at = put_number(at, is_split ? bucket : bucket - split);
    *--at = ':';
    at = put_number(at, is_split ? bits + 1 : bits);
    key = g_malloc(length + (size_t)(rear + sizeof(rear) - at));
    memcpy(key, root, length);
    memcpy(key + length, at, (size_t)(rear + sizeof(rear) - at));
    return key;
}

char *keys_bucket(const char *list, KeysFamily family, uint32_t last_post,
                  unsigned bucket)
{
    g_autofree char *root = keys_bucket_root(list, family);

    return keys_bucket_under(root, family, last_post, bucket);
}

void keys_put_digest(GString *out, uint64_t digest)
{
    const uint64_t swapped = GUINT64_TO_BE(digest << 16);

    g_string_append_len(out, (const char *)&swapped, LAYOUT_DIGEST_BYTES);
}

uint64_t keys_get_digest(const void *bytes)
{
    uint64_t swapped = 0;

    memcpy(&swapped, bytes, LAYOUT_DIGEST_BYTES);
    return GUINT64_FROM_BE(swapped) >> 16;
}

void keys_person_digest(const char *text, char digest[8])
{
    uint8_t whole[SHA256_BYTES];

    sha256_of(text, strlen(text), whole);
    memcpy(digest, whole, 8);
}

void keys_month(int64_t arrival_ms, char *text)
{
    g_autoptr(GDateTime) when =
        g_date_time_new_from_unix_utc(arrival_ms / MILLISECONDS);

    if (when == NULL) { /* no such date: before or after all months */
        g_strlcpy(text, arrival_ms < 0 ? "000000" : "999999", MONTH_ROOM);
        return;
    }
    g_snprintf(text, MONTH_ROOM, "%04d%02d", g_date_time_get_year(when),
               g_date_time_get_month(when));
}
