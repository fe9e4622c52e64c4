/* SPDX-License-Identifier: MIT */
/*
 * List ids (RFC 2919) as they name keys and lists, and list addresses.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { MAIL_LIST_ID_MAX = 255 };

/* The id inside a List-Id value, "KVM list <kvm.vger.kernel.org>" or bare,
 * lower case; owned; NULL if there is none that mail_list_id_is_valid. */
char *mail_list_id_parse(const char *value, size_t length);
/* [a-z0-9._-], at most 255, starts and ends with a letter or digit, no "..";
 * only such an id is ever made part of a Redis key. */
bool mail_list_id_is_valid(const char *id);
/* The first address in an X-Mailing-List value, "<kvm@vger.kernel.org>
 * archive/latest/1" or bare, lower case; owned; NULL if there is none. */
char *mail_list_address_parse(const char *value, size_t length);
