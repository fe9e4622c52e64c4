/* SPDX-License-Identifier: MIT */
/*
 * Which lists a mail belongs to, the same for live and imported mail.
 */
#pragma once

#include "base/settings.h"

#include <glib.h>

/*
 * The lists of the settings (or, with lists = "all", any) whose List-Id it
 * carries, and those of the settings whose address is in X-Mailing-List (or
 * whose id it gives with a dot for its @) or among the recipients.
 * mailing_list may be NULL or "", recipients NULL; addresses in lower case.
 * sender, the header From's address or NULL: what a list's software writes to
 * subscribers under the list's id (a welcome, a digest of posts, a
 * confirmation) comes from an address of that software's, and is no post. Ids,
 * each once, in order; owned array of owned char *, perhaps empty.
 */
GPtrArray *mail_membership(const Settings *settings, const GPtrArray *list_ids,
                           const char *mailing_list, const char *sender,
                           const GPtrArray *recipients);
