/* SPDX-License-Identifier: MIT */
/*
 * Finds who read and tested patches: each trailer of an answer credits the
 * person whom it names, not the sender.
 */
#pragma once

#include "mail/address.h"
#include "patch/body.h"
#include "patch/extent.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum { CREDITS_MAX = 64 };

typedef struct ActivityCredit {
    PatchTrailerKind kind; /* PATCH_TRAILER_OTHER: a configured one */
    MailPerson person;
} ActivityCredit;

/* Returns an owned array of ActivityCredit *. extra: further trailers that give
 * credit, without colon, any case; NULL-terminated or NULL. A trailer without
 * an address counts if it names the sender. */
GPtrArray *credits_collect(const PatchBody *body, const MailPerson *sender,
                           char *const *extra);
/* Adds a credit of the sender, PATCH_TRAILER_OTHER, if a line that is not
 * quoted is one of the approvals, in any case, up to its end or a punctuation
 * mark: "LGTM, but ...", "OK for trunk". NAME@ in an approval stands for an
 * address without its domain ("ok dee@"). approvals: NULL-terminated or NULL.
 */
void credits_add_approval(GPtrArray *credits, const PatchBody *body,
                          const char *text, size_t length,
                          const MailPerson *sender, char *const *approvals);
/* Returns true if the line before the first credit limits it to a part of the
 * set ("For the PMU related changes,"). text: the body's. */
bool credits_are_partial(const PatchBody *body, const char *text, size_t length,
                         char *const *extra);
/* Returns the parts that this line names ("For 1-12:", "Patches 1 and 3:"), as
 * in patch/extent.h; PATCH_EXTENT_ANSWERED if it names none. */
uint64_t credits_parts(const PatchBody *body, const char *text, size_t length,
                       char *const *extra);
GPtrArray *credits_new(void);
