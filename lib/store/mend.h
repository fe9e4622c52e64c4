/* SPDX-License-Identifier: MIT */
/*
 * Mends the append-only file of a private Redis. After a power cut its end may
 * lack a part of a transaction, or hold bytes that were never written: ext4
 * makes a file longer before its last block is on the disk, and the bytes are
 * then zeros. Redis does not start with such files, or applies a part of the
 * transaction. Hides the report of Redis' checker, which knows where the last
 * whole transaction ends.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The end of a file that is to be cut off. */
typedef struct MendCut {
    char *file;         /* a name in the folder of the append-only files */
    int64_t size, good; /* bytes, now and without that end */
} MendCut;
void mend_cut_clear(MendCut *cut);

/* Returns true if a server with this end of its log stopped because of these
 * files. */
bool mend_is_for(const char *log);
/* Reads what the checker printed and the text of the manifest. Returns true if
 * the only damage is a short end of the newest file; cut has to be cleared
 * then. */
bool mend_find(const char *report, const char *manifest, MendCut *cut);
/* Copies that end to FILE.cut-at-BYTES and cuts it off. folder: that of the
 * append-only files. Fails with STORE_ERROR_UNREACHABLE. */
bool mend_cut(const char *folder, const MendCut *cut, GError **error);
