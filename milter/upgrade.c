/* SPDX-License-Identifier: MIT */
#include "milter/upgrade.h"

#include "store/maintain.h"

#include "base/banned.h"

enum { STEP_BUCKETS = 16, ROUND_MS = 60 * 60 * 1000 };

static bool step(Upgrade *upgrade, Store *store, GError **error)
{
    const char *list = upgrade->lists->pdata[upgrade->next];
    g_autoptr(GError) failure = NULL;
    bool is_done = false;

    if (!store_upgrade(store, list, STEP_BUCKETS, &is_done, &failure) &&
        !g_error_matches(failure, STORE_ERROR, STORE_ERROR_SCHEMA)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    if (is_done || failure != NULL)
        upgrade->next++;
    return true;
}

bool upgrade_step(Upgrade *upgrade, Store *store, int64_t now_ms,
                  GError **error)
{
    if (upgrade->lists == NULL) {
        if (now_ms < upgrade->round_at_ms)
            return true;
        upgrade->lists = store_lists(store, error);
        upgrade->next = 0;
        return upgrade->lists != NULL;
    }
    if (upgrade->next < upgrade->lists->len)
        return step(upgrade, store, error);
    upgrade_clear(upgrade);
    upgrade->round_at_ms = now_ms + ROUND_MS;
    return true;
}

void upgrade_clear(Upgrade *upgrade)
{
    g_clear_pointer(&upgrade->lists, g_ptr_array_unref);
}
