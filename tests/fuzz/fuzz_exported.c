/* SPDX-License-Identifier: MIT */
/* A line of an export: any bytes are refused or give what the store may have.
 */
#include "tests/fuzz/fuzz.h"

#include "command/exported.h"

static const char *no_prefix(const char *list, const void *data)
{
    (void)list;
    (void)data;
    return "";
}

static void check(const Activity *activity)
{
    const PostRecord front = { .post = 1, .arrival_ms = activity->arrival_ms };
    g_autoptr(GString) bytes = g_string_new(NULL);
    PostRecord record;

    g_assert(activity->author.raw != NULL && activity->sender.raw != NULL);
    g_assert(activity->credits->len <= CREDITS_MAX);
    if (activity->is_erased)
        return;
    record_front_put(bytes, &front);
    g_string_append_len(bytes, activity->record->str,
                        (gssize)activity->record->len);
    g_assert(record_post_get(bytes->str, bytes->len, &record));
    record_post_clear(&record);
}

int fuzz_target(const uint8_t *data, size_t size)
{
    Exported exported;

    if (!exported_read(&exported, (const char *)data, size, no_prefix, NULL))
        return 0;
    g_assert(exported.list[0] != '\0' && exported.facts != NULL);
    if (exported.activity != NULL)
        check(exported.activity);
    exported_clear(&exported);
    return 0;
}
