/* SPDX-License-Identifier: MIT */
#include "store/keys.h"

#include <string.h>

enum {
    DIGEST_BITS = 48,
    BUCKET_BITS_MAX = 16, /* so that four hex digits of a mark name its own */
    FIRST_GENERATION = 4096, /* posts in it; each next one has four times */
    MILLISECONDS = 1000,
    MONTH_ROOM = 32,
};

char *keys_of_list(const char *list, const char *rest)
{
    return g_strconcat("lp:{", list, "}:", rest, NULL);
}

char *keys_numbered(const char *list, const char *name, uint64_t number)
{
    return g_strdup_printf("lp:{%s}:%s:%" G_GUINT64_FORMAT, list, name,
                           (guint64)number);
}

char *keys_rows(const char *list, const char *month, unsigned chunk)
{
    return g_strdup_printf("lp:{%s}:rows:%s:%u", list, month, chunk);
}

char *keys_bucket_name(const char *name, unsigned generation, unsigned bits,
                       uint64_t digest)
{
    const unsigned all_bits = MIN(bits + 2 * generation, BUCKET_BITS_MAX);

    return g_strdup_printf("%s:%u:%" G_GUINT64_FORMAT, name, generation,
                           (guint64)(digest >> (DIGEST_BITS - all_bits)));
}

char *keys_bucket(const char *list, const char *name, unsigned generation,
                  unsigned bits, uint64_t digest)
{
    g_autofree char *rest = keys_bucket_name(name, generation, bits, digest);

    return keys_of_list(list, rest);
}

void keys_person_digest(const char *text, char digest[8])
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 whole[32];
    gsize length = sizeof(whole);

    g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text));
    g_checksum_get_digest(sum, whole, &length);
    memcpy(digest, whole, 8);
}

unsigned keys_generations(uint32_t last_post)
{
    unsigned generations = 1;
    uint64_t size = FIRST_GENERATION, first = 0;

    while (last_post >= first + size) {
        first += size;
        size *= 4;
        generations++;
    }
    return generations;
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
