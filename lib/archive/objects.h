/* SPDX-License-Identifier: MIT */
/*
 * The objects of a git repository, packed and loose, read without libgit2:
 * each is unpacked once, since what others are deltas of is kept as long as
 * there is room. Hides libdeflate. Whatever is not found, damaged or not as
 * git itself writes it today is no failure here but not told: whoever asks
 * turns to libgit2, which knows more and says what is wrong.
 */
#pragma once

#include "archive/pack.h"

typedef struct Objects Objects;

/* repository: the folder with HEAD, or NULL for none. most_bytes: of an object,
 * at most ARCHIVE_MAIL_MAX; a larger one cannot be had. Packs are mapped as
 * they are now; those that come later are looked for when an object is missing,
 * and those that are gone can still be read. One thread at a time may use it.
 */
Objects *objects_new(const char *repository, size_t most_bytes);
void objects_free(Objects *objects);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Objects, objects_free)

/* Adds a pack as pack_new takes it; false where it is none. */
bool objects_add_pack(Objects *objects, GBytes *index, GBytes *data);
/* The object of that kind that is called so; NULL where it cannot be had here.
 * zlib's sum and all lengths were checked, its name was not. */
GBytes *objects_read(Objects *objects, const ObjectId *id, ObjectKind kind);
/* True where an object is in no pack, and the file of its own does not hold a
 * whole zlib stream: libgit2 1.5 waits for the rest of one without end. */
bool objects_is_damaged(Objects *objects, const ObjectId *id);
/* Drops what is kept to unpack further objects with. */
void objects_forget_kept(Objects *objects);
/* The same as objects_read, of the bytes of a loose object's file. */
GBytes *objects_unpack_loose(Objects *objects, const uint8_t *bytes,
                             size_t length, ObjectKind kind);
