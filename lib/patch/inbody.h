/* SPDX-License-Identifier: MIT */
/*
 * Headers at the top of a text, "From: " above all: they name the author of
 * a patch that somebody else sends. Read as git-am does; mercurial's patch
 * header too.
 */
#pragma once

#include "patch/line.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct PatchInbody {
    char *from;    /* raw with its leading blank, unfolded; or NULL */
    char *subject; /* likewise */
    char *date;
    size_t end; /* where the message starts, blank lines passed over */
} PatchInbody;

/* Reads from offset on. is_posting: of a mail whose subject calls it a patch
 * and no answer. Without any header, end is the first line that is not blank.
 */
void patch_inbody_init(PatchInbody *inbody, PatchText text, size_t offset,
                       bool is_posting);
void patch_inbody_clear(PatchInbody *inbody);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PatchInbody, patch_inbody_clear)

/* "On Mon, 5 May 2025 at 09:00, Ada <a@b> wrote:", in any language, or without
 * an address "On 5/5/25 9:00 AM, Ada wrote:", with text below that is not
 * quoted. */
bool patch_inbody_is_attribution(PatchText text, const PatchLine *line);
/* The first line of a mail that somebody's mailer copied in below, with its
 * headers, whatever the language, and without quote marks. */
bool patch_inbody_is_copied_mail(PatchText text, const PatchLine *line,
                                 bool is_posting);
