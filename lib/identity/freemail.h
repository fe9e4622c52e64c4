/* SPDX-License-Identifier: MIT */
/*
 * Knows mail providers that are open to everybody, and so are nobody's
 * employer.
 */
#pragma once

#include <stdbool.h>

/* Returns true for such a provider. domain: the registrable one, lower case. */
bool freemail_is(const char *domain);
