/* SPDX-License-Identifier: MIT */
/*
 * The sample digest's simpler reading of a raw or decoded subject, which
 * `classic` prints by.
 */
#pragma once

#include <stdbool.h>

bool patch_classic_is_patch(const char *subject);  /* ^[...PATCH...] */
bool patch_classic_is_listed(const char *subject); /* in its Patch list */
bool patch_classic_is_entry(const char *subject);  /* ^[PATCH 0*[01]/m] */
/* What `New: ` shows: all after the first `]`, as it is. Lent. */
const char *patch_classic_title(const char *subject);
