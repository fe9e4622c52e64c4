/* SPDX-License-Identifier: MIT */
/* Two lines, a name and an address, then a mailmap. */
#include "tests/fuzz/fuzz.h"

#include "base/text.h"
#include "identity/mailmap.h"

#include <string.h>

/* libgit2 starts in 4 ms: so one map stays, and libgit2 with it. */
static void keep_started(void)
{
    static Mailmap *kept;
    g_autofree char *name = NULL;
    g_autofree char *address = NULL;

    if (kept != NULL)
        return;
    kept = mailmap_new("", 0);
    mailmap_resolve(kept, "", "", &name, &address);
}

int fuzz_target(const uint8_t *data, size_t size)
{
    g_autofree char *text = text_make_valid((const char *)data, size);
    g_auto(GStrv) parts = g_strsplit(text, "\n", 3);
    g_autofree char *name = NULL;
    g_autofree char *address = NULL;
    Mailmap *mailmap = NULL;

    keep_started();
    if (g_strv_length(parts) < 3)
        return 0;
    mailmap = mailmap_new(parts[2], strlen(parts[2]));
    mailmap_resolve(mailmap, parts[0], parts[1], &name, &address);
    mailmap_free(mailmap);
    g_assert(g_utf8_validate(name, -1, NULL));
    g_assert(g_utf8_validate(address, -1, NULL));
    return 0;
}
