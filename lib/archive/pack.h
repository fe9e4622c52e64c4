/* SPDX-License-Identifier: MIT */
/*
 * A pack of a git repository with its index (version 2), both mapped: where an
 * object lies, and what is written before its packed bytes. Nothing is
 * unpacked here. The bytes are anybody's, and every length is checked.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { OBJECT_ID_BYTES = 20 };

typedef struct ObjectId {
    uint8_t bytes[OBJECT_ID_BYTES]; /* SHA-1 */
} ObjectId;

/* As git numbers them. */
typedef enum ObjectKind {
    OBJECT_COMMIT = 1,
    OBJECT_TREE = 2,
    OBJECT_BLOB = 3,
    OBJECT_TAG = 4,
    OBJECT_OFFSET_DELTA = 6,
    OBJECT_ID_DELTA = 7,
} ObjectKind;

typedef struct PackEntry {
    ObjectKind kind;
    uint64_t size;         /* of what is packed, once it is unpacked */
    uint64_t base;         /* offset of a delta's base, in the same pack */
    const uint8_t *packed; /* by zlib; lent */
    size_t room;           /* to the end of all entries */
} PackEntry;

typedef struct Pack Pack;

/* index and data are referenced. NULL where they are no such pair: another
 * version, cut off, not of each other. */
Pack *pack_new(GBytes *index, GBytes *data);
void pack_free(Pack *pack);
/* Returns true and the place of the object that is called so. */
bool pack_find(const Pack *pack, const ObjectId *id, uint64_t *offset);
/* Reads what stands at an offset, whoever named it. False where that is no
 * entry, or its base is not in this pack. */
bool pack_read_entry(const Pack *pack, uint64_t offset, PackEntry *entry);
