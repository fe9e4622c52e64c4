/* SPDX-License-Identifier: MIT */
/*
 * Reads trailers such as "Reviewed-by: A U Thor <author@example.org>".
 */
#pragma once

#include "patch/line.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The kinds are stored: add at the end, never renumber. */
typedef enum PatchTrailerKind {
    PATCH_TRAILER_OTHER = 0,
    PATCH_TRAILER_SIGNED_OFF = 1,
    PATCH_TRAILER_REVIEWED = 2,
    PATCH_TRAILER_ACKED = 3,
    PATCH_TRAILER_TESTED = 4,
    PATCH_TRAILER_REPORTED = 5,
    PATCH_TRAILER_NACKED = 6,
    PATCH_TRAILER_SUGGESTED = 7,
    PATCH_TRAILER_CO_DEVELOPED = 8,
    PATCH_TRAILER_FIXES = 9, /* only with a hash of at least 7 digits */
    PATCH_TRAILER_CLOSES = 10,
    PATCH_TRAILER_LINK = 11,
    PATCH_TRAILER_CC = 12,
    PATCH_TRAILER_APPROVED = 13,
} PatchTrailerKind;

/* The value of "Acked-by me": the writer of the mail. */
#define PATCH_TRAILER_ME "me"

typedef struct PatchTrailer {
    PatchTrailerKind kind;
    char *key;     /* as written, without colon */
    char *value;   /* unwrapped, trimmed; for people "Name <address>" */
    size_t offset; /* of its line in the text; SIZE_MAX if attached */
} PatchTrailer;

/* Returns true for the kinds that credit a reader of patches: Reviewed, Acked,
 * Tested, Reported, Nacked, Approved. */
bool patch_trailer_is_credit(PatchTrailerKind kind);
/* Returns "Reviewed-by"; lent, never NULL. */
const char *patch_trailer_kind_name(PatchTrailerKind kind);
/* Ignores case: "reviewed-By" is PATCH_TRAILER_REVIEWED. Returns the first kind
 * of a joint key such as "Reviewed-and-tested-by". */
PatchTrailerKind patch_trailer_kind_of(const char *key, size_t length);
void patch_trailer_free(PatchTrailer *trailer);

/* Splits "Key: value" at its colon, both trimmed, without judging the key
 * beyond its letters. */
bool patch_trailer_split(const PatchLine *line, PatchLine *key,
                         PatchLine *value);
/*
 * Adds the trailer that starts at the line, with the lines that continue it; a
 * joint key adds one for each of its kinds. Returns the offset after it, or the
 * line's own if it is not a trailer.
 */
size_t patch_trailer_read(PatchText text, const PatchLine *line,
                          GPtrArray *trailers);
