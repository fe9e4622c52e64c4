/* SPDX-License-Identifier: MIT */
/*
 * Packs with zstd. Contexts are made once, since making one costs more than
 * packing a text. For one thread.
 */
#pragma once

#include <glib.h>

typedef struct Packer Packer;

Packer *packer_new(void);
void packer_free(Packer *packer);
/* Returns a frame that holds its length; owned. */
GBytes *packer_pack(Packer *packer, const void *bytes, gsize length, int level);
/* Returns the content of a frame, followed by a NUL that does not count; owned;
 * NULL if the frame is damaged or the content longer than max. */
GBytes *packer_unpack(Packer *packer, const void *frame, gsize length,
                      gsize max);
