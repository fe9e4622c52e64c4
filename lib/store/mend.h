/* SPDX-License-Identifier: MIT */
/*
 * After a power cut the end of a private Redis' append-only file may lack a
 * part of a transaction, or hold what was never written there: ext4 makes a
 * file longer before its last block is on the disk, and the bytes are zeros
 * then. Redis does not start on such files, or tears the transaction. Hides the
 * report of its checker, which knows where the last whole transaction ends.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Which end of which file is to be cut off. */
typedef struct MendCut {
    char *file;         /* a name in the folder of the append-only files */
    int64_t size, good; /* bytes, now and without that end */
} MendCut;
void mend_cut_clear(MendCut *cut);

/* Whether a server whose log ends so gave up on these files. */
bool mend_is_for(const char *log);
/* From what the checker printed and the text of the manifest: true if the only
 * damage is a short end of the newest file; cut is to be cleared then. */
bool mend_find(const char *report, const char *manifest, MendCut *cut);
/* Copies that end to FILE.cut-at-BYTES and takes it off. folder: that of the
 * append-only files. STORE_ERROR_UNREACHABLE. */
bool mend_cut(const char *folder, const MendCut *cut, GError **error);
