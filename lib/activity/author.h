/* SPDX-License-Identifier: MIT */
/*
 * Who wrote it: section 5 of the specification. Lists, relays and gateways
 * put themselves into the header From; this finds the person behind them.
 */
#pragma once

#include "mail/message.h"
#include "patch/body.h"

/*
 * In-body From, X-Original-From, the person behind a "via" address, else the
 * header From. body: NULL for a mail that is no patch; its text then names
 * nobody. A person's name and address follow from its raw alone. why: lent
 * word for `show`; may be NULL.
 */
void activity_author(const MailMessage *message, const PatchBody *body,
                     MailPerson *author, const char **why);
