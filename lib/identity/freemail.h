/* SPDX-License-Identifier: MIT */
/*
 * Providers of mail for everybody, who are nobody's employer.
 */
#pragma once

#include <stdbool.h>

/* domain: the registrable one, lower case. */
bool freemail_is(const char *domain);
