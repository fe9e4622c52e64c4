/* SPDX-License-Identifier: MIT */
/*
 * A file's bytes, unpacked where it is compressed by gzip, xz or zstd, as its
 * first bytes tell, whatever its name is. Hides zlib, liblzma and libzstd.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Unpack Unpack;

/* file is owned from here on; name is for messages. */
Unpack *unpack_new(int file, const char *name);
void unpack_free(Unpack *unpack);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Unpack, unpack_free)

/* Reads up to room bytes; *got is 0 at the end only. False with an ArchiveError
 * where the file cannot be read, is damaged, or ends too soon. */
bool unpack_read(Unpack *unpack, void *bytes, size_t room, size_t *got,
                 GError **error);
/* How many of the file's own bytes were read. */
uint64_t unpack_position(const Unpack *unpack);
/* Known after the first unpack_read. */
bool unpack_is_packed(const Unpack *unpack);
