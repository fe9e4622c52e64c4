/* SPDX-License-Identifier: MIT */
#include "identity/domain.h"

#include <string.h>

#include "base/banned.h"

const char *identity_domain(const char *address)
{
    const char *at = strrchr(address, '@');

    return at != NULL ? at + 1 : "";
}
