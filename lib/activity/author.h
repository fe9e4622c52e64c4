/* SPDX-License-Identifier: MIT */
/*
 * Finds the author of a mail: section 5 of the specification. Lists, relays and
 * gateways put themselves into the header From; this finds the person behind
 * them.
 */
#pragma once

#include "mail/message.h"
#include "patch/body.h"

/* Kept in PostFlags: at most 3. */
typedef enum AuthorSource {
    AUTHOR_OF_HEADER = 0,   /* From */
    AUTHOR_OF_BODY = 1,     /* in-body From */
    AUTHOR_OF_ORIGINAL = 2, /* X-Original-From */
    AUTHOR_BEHIND_VIA = 3,  /* the person behind a "via" address */
} AuthorSource;

/* Returns the source that flags (PostFlags) hold. */
AuthorSource author_source_of(unsigned flags);
/* Returns true if the sender is a list or relay that speaks for the author. */
bool author_is_spoken_for(unsigned flags);

/*
 * Sets author from the in-body From, X-Original-From, the person behind a "via"
 * address, or else the header From, and returns which of these it was. body:
 * NULL for a mail that is not a patch; its text then names nobody. Name and
 * address of a person depend only on its raw.
 */
AuthorSource activity_author(const MailMessage *message, const PatchBody *body,
                             MailPerson *author);
/* Returns true if the relay, "Jo Doe via a list" or "Jo Doe via B4 Relay",
 * speaks for this author. */
bool author_is_behind(const MailPerson *author, const MailPerson *relay);
/* Returns true for a name that speaks for another: "Jo Doe via a list". */
bool author_is_via(const char *name);
/* Returns "in-body From" and the like; lent. */
const char *author_source_name(AuthorSource source);
