/* SPDX-License-Identifier: MIT */
/*
 * The domain of an address.
 */
#pragma once

/* Returns what follows the last @; lent; "" if there is none. */
const char *identity_domain(const char *address);
