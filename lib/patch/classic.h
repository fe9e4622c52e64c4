/* SPDX-License-Identifier: MIT */
/*
 * Reads a raw or decoded subject as the sample digest did, more simply than
 * subject.h; `classic` prints by it.
 */
#pragma once

#include <stdbool.h>

bool patch_classic_is_patch(const char *subject);  /* ^[...PATCH...] */
bool patch_classic_is_listed(const char *subject); /* in its Patch list */
bool patch_classic_is_entry(const char *subject);  /* ^[PATCH 0*[01]/m] */
/* Returns what `New: ` shows: all after the first `]`, unchanged. Lent. */
const char *patch_classic_title(const char *subject);
