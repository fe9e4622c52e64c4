/* SPDX-License-Identifier: MIT */
/*
 * List-Ids (RFC 2919): dot-atoms, as ~ada/kestrel-devel.lists.example and
 * libwren++.gcc.example are. Checks, shortens and encodes them.
 */
#pragma once

#include <stdbool.h>

enum { LIST_ID_BYTES_MAX = 255 };

/* Returns true for words of RFC 5322's atext with single dots between them, in
 * any case. */
bool list_id_is_valid(const char *id);
/* Returns the id as written in keys and file names: letters, digits, dot,
 * hyphen and underscore unchanged, anything else as %XX. Never fails. Owned. */
char *list_id_encode(const char *id);
/* Returns the short name: the first label, without what precedes a slash in it;
 * if that says too little (dev, users, ...), the next label and it: maven-dev
 * for dev.maven.apache.org. Owned. */
char *list_id_short_name(const char *id);
/* Returns true if the list itself puts this text before subjects: its first
 * label or its short name, in any case; "dev@heron" and "heron-dev" for
 * dev.heron.example. Only the next label may follow an @. */
bool list_id_is_label(const char *id, const char *text);
/* Returns the URL pattern of a post in a public archive that is known to hold
 * all lists of the id's host: lore.kernel.org, which shows any of its mails by
 * Message-ID below /all/; "" for other hosts. Owned. */
char *list_id_archive(const char *id);
/* Returns a list's subject prefix for patch_subject_init: what the settings say
 * ("[usrp]" or ""), a line end, and the id, from which the labels follow.
 * Owned. */
char *list_id_prefix(const char *configured, const char *id);
