/* SPDX-License-Identifier: MIT */
/* A line, an address, then maps. */
#include "tests/fuzz/fuzz.h"

#include "identity/identity.h"
#include "identity/organisations.h"

#include <string.h>

/* Without the maps: whatever the address, there is an organisation. */
static void check_address(const char *address)
{
    const IdentityFiles none = { .mailmap = NULL };
    g_autoptr(Identity) identity = identity_new(&none, NULL);
    g_autofree char *found = identity_organisation(identity, address, 0);

    g_assert(strlen(found) <= strlen(address) ||
             strcmp(found, IDENTITY_INDIVIDUALS) == 0);
    identity_is_bot(identity, address, address);
}

int fuzz_target(const uint8_t *data, size_t size)
{
    const uint8_t *end = size > 0 ? memchr(data, '\n', size) : NULL;
    const size_t length = end != NULL ? (size_t)(end - data) : size;
    g_autofree char *address = g_strndup((const char *)data, length);
    g_autoptr(GError) error = NULL;
    g_autoptr(Organisations) organisations = NULL;

    check_address(address);
    if (end == NULL)
        return 0;
    organisations = organisations_new("map", (const char *)end + 1,
                                      size - length - 1, &error);
    g_assert((organisations == NULL) == (error != NULL));
    if (organisations != NULL)
        organisations_find(organisations, address, 1700000000);
    return 0;
}
