/* SPDX-License-Identifier: MIT */
/*
 * Writes and reads lines of `listpulse export`, which are JSON. Every line
 * names its list and can be read alone. Bytes that are not UTF-8 are in base64
 * under the member's name and "_base64".
 */
#pragma once

#include "activity/activity.h"
#include "store/export.h"

#include <glib.h>
#include <stdbool.h>

enum { EXPORTED_VERSION = 1 };
/* The beginning of a file of such lines. */
#define EXPORTED_START "{\"listpulse_export\":"

/* A post, with everything that Redis has as numbers written out. */
typedef struct ExportedPost {
    const char *list;
    const PostRecord *record;
    uint64_t identity;
    const StoreMark *marks; /* of the post, its own included */
    unsigned mark_count;
    const MailPerson *author, *sender;
    const MailPerson *credits; /* as many as the record has */
    const char *text;          /* or NULL */
} ExportedPost;

/* Return lines with their line ends; owned. */
char *exported_head(const char *list, uint64_t posts);
char *exported_post(const ExportedPost *post);
char *exported_erased(const char *list, const StoreKnown *known);
/* first_*: 0 for none. */
char *exported_person(const char *list, const MailPerson *person,
                      int64_t first_post_ms, int64_t first_patch_ms);
char *exported_copies(const char *list, const StoreCopies *copies);
char *exported_field(const char *list, const char *name, const char *value);
/* The last line. */
char *exported_end(const char *list, uint64_t lines);

/* The content of a line. */
typedef struct Exported {
    char *list;
    Activity *activity; /* a post, or one that was erased; or NULL */
    GPtrArray *facts;   /* for store_restore, after the activity */
    bool is_end;        /* the last line: the export is whole */
} Exported;

/* Reads a line. prefix_of returns the subject prefix of a list, lent. Returns
 * false if this version does not know such a line. */
typedef const char *(*ExportedPrefix)(const char *list, const void *data);
bool exported_read(Exported *exported, const char *line, size_t length,
                   ExportedPrefix prefix_of, const void *data);
void exported_clear(Exported *exported);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Exported, exported_clear)
