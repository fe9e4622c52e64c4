/* SPDX-License-Identifier: MIT */
/*
 * Decides which lists a mail belongs to, in the same way for live and imported
 * mail.
 */
#pragma once

#include "base/settings.h"

#include <glib.h>

/*
 * Returns the ids of the lists of the settings (or, with lists = "all", of any
 * list) whose List-Id the mail carries, and of those in the settings whose
 * address is in X-Mailing-List (or whose id that address gives with a dot for
 * its @) or among the recipients. Each id comes once, in order; an owned array
 * of owned char *, perhaps empty. mailing_list may be NULL or "", recipients
 * NULL; addresses are in lower case. sender: the address in From, or NULL. What
 * a list's software writes to subscribers under the list's id (a welcome, a
 * digest of posts, a confirmation) comes from an address of that software and
 * is not a post.
 */
GPtrArray *mail_membership(const Settings *settings, const GPtrArray *list_ids,
                           const char *mailing_list, const char *sender,
                           const GPtrArray *recipients);
