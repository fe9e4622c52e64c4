/* SPDX-License-Identifier: MIT */
/*
 * List-Ids (RFC 2919): dot-atoms, as ~ada/kestrel-devel.lists.example and
 * libwren++.gcc.example are. What is one, what it is called for short, and
 * how it is written where only plain characters may stand.
 */
#pragma once

#include <stdbool.h>

enum { LIST_ID_BYTES_MAX = 255 };

/* Words of RFC 5322's atext with single dots between them, any case. */
bool list_id_is_valid(const char *id);
/* The id for keys and file names: letters, digits, dot, hyphen and underscore
 * as they are, anything else as %XX. Never fails. Owned. */
char *list_id_encode(const char *id);
/* The short name: the first label, what is before a slash in it left out;
 * where that says nothing (dev, users, ...), the next label and it:
 * dev.maven.apache.org is maven-dev. Owned. */
char *list_id_short_name(const char *id);
/* Is this what the list itself puts before subjects: its first label or its
 * short name, any case; "dev@heron" and "heron-dev" of dev.heron.example?
 * What follows an @ may be the next label only. */
bool list_id_is_label(const char *id, const char *text);
/* The URL pattern of a post in a public archive that is known to hold all lists
 * of the id's host: lore.kernel.org, which shows any of its mails by
 * Message-ID below /all/; "" for other hosts. Owned. */
char *list_id_archive(const char *id);
/* What a list puts before subjects, as patch_subject_init takes it: what the
 * settings say ("[usrp]" or ""), a line end, and the id, of which the labels
 * follow. Owned. */
char *list_id_prefix(const char *configured, const char *id);
