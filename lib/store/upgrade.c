/* SPDX-License-Identifier: MIT */
#include "store/maintain.h"

#include "store/export.h"
#include "store/keys.h"
#include "store/seal.h"
#include "store/store_private.h"

#include "base/banned.h"

/* meta: up to which bucket all full ones are packed as this format does. */
#define META_PACKED "packed"

static bool read_state(Store *store, const char *list, uint64_t *full,
                       uint64_t *packed, GError **error)
{
    uint32_t last_post = 0;

    if (!store_last_post(store, list, &last_post, error) ||
        !store_meta(store, list, META_PACKED, packed, error))
        return false;
    *full = ((uint64_t)last_post + 1) / KEYS_POSTS_IN_BUCKET;
    return true;
}

/* Neither goes back where somebody else was faster. */
static bool remember(Store *store, const char *list, uint64_t packed,
                     GError **error)
{
    g_autoptr(GPtrArray) facts = store_restore_new();
    g_autofree char *buckets =
        g_strdup_printf("%" G_GUINT64_FORMAT, (guint64)packed);
    g_autofree char *format = g_strdup_printf("%d", KEYS_FORMAT);

    store_restore_field(facts, META_PACKED, buckets);
    store_restore_field(facts, "format", format);
    return store_restore(store, list, facts, error);
}

bool store_upgrade(Store *store, const char *list, unsigned limit,
                   bool *is_done, GError **error)
{
    uint64_t full = 0, packed = 0;
    g_autoptr(GArray) buckets = g_array_new(FALSE, FALSE, sizeof(SealBucket));

    *is_done = false;
    if (!read_state(store, list, &full, &packed, error))
        return false;
    const uint64_t until = MIN(packed + limit, full);

    for (uint64_t number = packed; number < until; number++) {
        const SealBucket bucket = { list, number };

        g_array_append_val(buckets, bucket);
    }
    *is_done = until >= full;
    return buckets->len == 0 || (seal_try_pack(store, buckets, error) &&
                                 remember(store, list, until, error));
}
