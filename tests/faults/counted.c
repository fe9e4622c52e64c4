/* SPDX-License-Identifier: MIT */
/*
 * counted REDIS STATE: "list message-id" of every post in Redis, a line each,
 * for the oracle.
 */
#include "store/store.h"

#include <stdio.h>

static bool print_list(Store *store, const char *list, GError **error)
{
    g_autoptr(GArray) rows = store_rows(store, list, 0, INT64_MAX, error);
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    if (rows == NULL)
        return false;
    for (unsigned i = 0; i < rows->len; i++)
        g_array_append_val(numbers, g_array_index(rows, PostRow, i).post);
    g_autoptr(GArray) posts =
        store_posts(store, list, (const uint32_t *)(gpointer)numbers->data,
                    numbers->len, error);
    if (posts == NULL)
        return false;
    for (unsigned i = 0; i < posts->len; i++)
        printf("%s %s\n", list, g_array_index(posts, PostRecord, i).message_id);
    return true;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    const StoreOptions options = { .redis = argc > 1 ? argv[1] : NULL,
                                   .state = argc > 2 ? argv[2] : NULL,
                                   .command_milliseconds = 30000 };
    g_autoptr(Store) store = store_open(&options, &error);
    g_autoptr(GPtrArray) lists =
        store != NULL ? store_lists(store, &error) : NULL;

    for (unsigned i = 0; lists != NULL && i < lists->len; i++) {
        if (!print_list(store, g_ptr_array_index(lists, i), &error))
            break;
    }
    if (error != NULL)
        (void)fprintf(stderr, "counted: %s\n", error->message);
    return error != NULL ? 1 : 0;
}
