/* SPDX-License-Identifier: MIT */
/* listpulse verify: do the counters say what the posts say? */
#include "command/choose.h"
#include "command/command.h"

#include "base/text.h"
#include "store/maintain.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

static const Option verify_options[] = { { .name = NULL } };

static void append_faults(GString *out, const StoreVerification *result)
{
    const uint64_t shown = result->faults->len;

    for (unsigned i = 0; i < result->faults->len; i++) {
        const char *fault = result->faults->pdata[i];

        g_string_append(out, "  ");
        text_append_visible(out, fault, strlen(fault), false);
        g_string_append_c(out, '\n');
    }
    if (result->fault_count > shown)
        g_string_append_printf(out, "  and %" PRIu64 " more\n",
                               result->fault_count - shown);
}

/* -1: could not be done; else whether it agrees. */
static int verify_list(Store *store, const Settings *settings, const char *id,
                       GError **error)
{
    g_autoptr(ListSettings) list = settings_list_or_default(settings, id);
    g_autoptr(StoreVerification) result =
        store_verify(store, id, list->prefix, error);
    g_autoptr(GString) out = g_string_new(NULL);

    if (result == NULL)
        return -1;
    g_string_append_printf(out,
                           "%s: %" PRIu64 " rows, %" PRIu64 " records, %" PRIu64
                           " links, %" PRIu64 " months: ",
                           id, result->rows, result->records, result->links,
                           result->months);
    if (result->fault_count == 0)
        g_string_append(out, "all agree\n");
    else
        g_string_append_printf(out, "%" PRIu64 " faults\n",
                               result->fault_count);
    append_faults(out, result);
    if (!command_print(out->str, out->len, error))
        return -1;
    return result->fault_count == 0;
}

static GPtrArray *lists_to_verify(Store *store, const Invocation *invocation,
                                  GError **error)
{
    if (invocation->operand_count == 0)
        return store_lists(store, error);

    char *id = choose_list(store, invocation->settings, invocation->operands[0],
                           error);
    if (id == NULL)
        return NULL;
    GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(ids, id);
    return ids;
}

static int run(const Invocation *invocation, GError **error)
{
    g_autoptr(Store) store = command_store(invocation->settings, error);
    bool is_good = true;

    if (store == NULL)
        return EXIT_FAILED;

    g_autoptr(GPtrArray) ids = lists_to_verify(store, invocation, error);
    if (ids == NULL)
        return EXIT_FAILED;
    for (unsigned i = 0; i < ids->len; i++) {
        g_autoptr(GError) failure = NULL;
        const int agrees =
            verify_list(store, invocation->settings, ids->pdata[i], &failure);

        is_good = is_good && agrees == 1;
        if (agrees >= 0)
            continue;
        if (i + 1 == ids->len || !command_is_of_list(failure)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return EXIT_FAILED;
        }
        command_warn(ids->pdata[i], failure->message);
    }
    return is_good ? EXIT_GOOD : EXIT_FAILED;
}

const Command command_verify = {
    .name = "verify",
    .operands = "[LIST]",
    .summary = "recompute the counters from the posts and compare",
    .options = verify_options,
    .options_size = 0,
    .least = 0,
    .most = 1,
    .run = run,
};
