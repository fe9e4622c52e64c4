/* SPDX-License-Identifier: MIT */
/*
 * Reads a file and unpacks it if its first bytes say that gzip, xz or zstd
 * compressed it, whatever its name is. Hides zlib, liblzma and libzstd.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Unpack Unpack;

/* Takes ownership of file; name is for messages. */
Unpack *unpack_new(int file, const char *name);
void unpack_free(Unpack *unpack);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Unpack, unpack_free)

/* Reads up to room bytes; *got is 0 only at the end. Returns false with an
 * ArchiveError if the file cannot be read, is damaged, or ends too soon. */
bool unpack_read(Unpack *unpack, void *bytes, size_t room, size_t *got,
                 GError **error);
/* Returns how many of the file's own bytes were read. */
uint64_t unpack_position(const Unpack *unpack);
/* Known after the first unpack_read. */
bool unpack_is_packed(const Unpack *unpack);
