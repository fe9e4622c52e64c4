/* SPDX-License-Identifier: MIT */
#include "config.h" /* memfd_create */

#include "tests/fuzz/fuzz.h"

#include "base/settings.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void check(const Settings *settings)
{
    g_assert(g_path_is_absolute(settings->state));
    for (unsigned i = 0; i < settings->lists->len; i++) {
        const ListSettings *list = settings->lists->pdata[i];

        g_assert(settings_list(settings, list->id) == list);
        g_assert(*list->name != '\0' && list->top > 0);
        g_assert(g_utf8_validate(list->title, -1, NULL));
    }
}

int fuzz_target(const uint8_t *data, size_t size)
{
    const int file = memfd_create("settings", 0);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", file);
    g_autoptr(GError) error = NULL;
    g_autoptr(Settings) settings = NULL;

    g_assert(file >= 0 && write(file, data, size) == (ssize_t)size);
    settings = settings_load(path, "/state", &error);
    close(file);
    g_assert((settings == NULL) == (error != NULL));
    if (settings != NULL)
        check(settings);
    else
        g_assert(g_str_has_prefix(error->message, "/"));
    return 0;
}
