/* SPDX-License-Identifier: MIT */
/*
 * zstd, with contexts that are made once: making one costs more than packing
 * a text. For one thread.
 */
#pragma once

#include <glib.h>

typedef struct Packer Packer;

Packer *packer_new(void);
void packer_free(Packer *packer);
/* A frame that holds its length; owned. */
GBytes *packer_pack(Packer *packer, const void *bytes, gsize length, int level);
/* What a frame holds, with a NUL behind it that does not count; NULL if it is
 * damaged or longer than max. */
GBytes *packer_unpack(Packer *packer, const void *frame, gsize length,
                      gsize max);
