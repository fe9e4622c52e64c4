/* SPDX-License-Identifier: MIT */
/*
 * List ids (RFC 2919) as they name keys and lists, and list addresses.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* The id inside a List-Id value, "KVM list <kvm.vger.kernel.org>" or bare with
 * a phrase before it, lower case; "dev@heron.example" is dev.heron.example.
 * Owned; NULL if there is none that list_id_is_valid. */
char *mail_list_id_parse(const char *value, size_t length);
/* The first address in an X-Mailing-List value, "<kvm@vger.kernel.org>
 * archive/latest/1" or bare, lower case; owned; NULL if there is none. */
char *mail_list_address_parse(const char *value, size_t length);
