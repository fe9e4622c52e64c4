/* SPDX-License-Identifier: MIT */
/*
 * Reads the headers at the top of a text, above all "From: ", which names the
 * author of a patch that somebody else sends. Follows git-am; reads mercurial's
 * patch header, too.
 */
#pragma once

#include "patch/line.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct PatchInbody {
    char *from;    /* raw with its leading blank, unfolded; or NULL */
    char *subject; /* likewise */
    char *date;
    size_t end; /* where the message starts, after blank lines */
} PatchInbody;

/* Reads from offset on. is_posting: the subject says that the mail is a patch
 * and not an answer. Without any header, end is the first line that is not
 * blank. */
void patch_inbody_init(PatchInbody *inbody, PatchText text, size_t offset,
                       bool is_posting);
void patch_inbody_clear(PatchInbody *inbody);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PatchInbody, patch_inbody_clear)

/* Returns true for "On Mon, 5 May 2025 at 09:00, Ada <a@b> wrote:" in any
 * language, or without an address "On 5/5/25 9:00 AM, Ada wrote:" in some, with
 * text below that is not quoted. */
bool patch_inbody_is_attribution(PatchText text, const PatchLine *line);
/* Returns true for the first line of a mail that a mailer copied into the text,
 * with its headers, in any language, and without quote marks. */
bool patch_inbody_is_copied_mail(PatchText text, const PatchLine *line,
                                 bool is_posting);
