/* SPDX-License-Identifier: MIT */
/*
 * Reads list ids (RFC 2919) and list addresses from headers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Returns the id in a List-Id value, "KVM list <kvm.vger.kernel.org>" or bare
 * with a phrase before it, lower case; "dev@heron.example" is
 * dev.heron.example. Owned; NULL if there is none for which list_id_is_valid()
 * is true. */
char *mail_list_id_parse(const char *value, size_t length);
/* Returns the first address in an X-Mailing-List value, "<kvm@vger.kernel.org>
 * archive/latest/1" or bare, lower case; owned; NULL if there is none. */
char *mail_list_address_parse(const char *value, size_t length);
/* Returns the address in a List-Post value, "<mailto:kvm@vger.kernel.org>",
 * lower case; owned; NULL if there is none ("NO"). */
char *mail_list_post_parse(const char *value, size_t length);
/* Returns the id that a list's address stands for where nothing else names the
 * list: devel.lists.example for "devel@lists.example". Owned; NULL if that is
 * not a valid id. */
char *mail_list_id_of_address(const char *address);
/* Whether that would be this id. */
bool mail_list_id_is_of_address(const char *id, const char *address);
/* Appends every address of a To, Cc or Delivered-To value, lower case, to an
 * array of owned char *, at most MAIL_LIST_ADDRESSES_MAX in all. */
void mail_list_add_addresses(GPtrArray *addresses, const char *value,
                             size_t length);

enum { MAIL_LIST_ADDRESSES_MAX = 256 };
