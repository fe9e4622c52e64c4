/* SPDX-License-Identifier: MIT */
/*
 * Who wrote it: section 5 of the specification. Lists, relays and gateways
 * put themselves into the header From; this finds the person behind them.
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

/* Returns what flags (PostFlags) say of it. */
AuthorSource author_source_of(unsigned flags);
/* Returns true if the sender is a list or relay that speaks for the author. */
bool author_is_spoken_for(unsigned flags);

/*
 * In-body From, X-Original-From, the person behind a "via" address, else the
 * header From; which of them is returned. body: NULL for a mail that is no
 * patch; its text then names nobody. A person's name and address follow from
 * its raw alone.
 */
AuthorSource activity_author(const MailMessage *message, const PatchBody *body,
                             MailPerson *author);
/* Does "Jo Doe via a list" or "Jo Doe via B4 Relay" speak for this author? */
bool author_is_behind(const MailPerson *author, const MailPerson *relay);
/* Is a name one that speaks for another: "Jo Doe via a list"? */
bool author_is_via(const char *name);
/* "in-body From"; lent. */
const char *author_source_name(AuthorSource source);
