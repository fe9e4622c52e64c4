/* SPDX-License-Identifier: MIT */
/*
 * The links of a record by name, for writing (exported.c) and reading
 * (exported_read.c) a line.
 */
#pragma once

#include "activity/record.h"

#include <stddef.h>
#include <stdint.h>

enum {
    EXPORTED_LINK_BYTES = RECORD_LINK_BYTES,
    EXPORTED_IDENTITY_BYTES = 8,
    EXPORTED_LINKS = 8, /* of a record, by name */
};

extern const char *const exported_link_names[EXPORTED_LINKS];

/* Returns the place of a link in a record; lent. link is less than
 * EXPORTED_LINKS. */
uint64_t *exported_link(PostRecord *record, size_t link);
