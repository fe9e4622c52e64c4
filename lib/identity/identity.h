/* SPDX-License-Identifier: MIT */
/*
 * Maps addresses to persons and organisations, and knows which are bots. It is
 * applied when a digest is made, so a corrected file corrects the past. Hides
 * libgit2 (mailmap) and libpsl.
 */
#pragma once

#include "identity/domain.h"
#include "identity/error.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Identity Identity;

typedef struct IdentityFiles {
    const char *mailmap;       /* path, "" or NULL */
    const char *organisations; /* likewise: gitdm's email-map, domain-map */
    char *const *bots;         /* patterns beside the known ones, or NULL */
} IdentityFiles;

/* Fails on a file that cannot be read or has a line that cannot be understood:
 * the message names file and line. */
Identity *identity_new(const IdentityFiles *files, GError **error);
void identity_free(Identity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Identity, identity_free)

/* Sets name and address as the mailmap corrects them; owned. address: lower
 * case. */
void identity_resolve(const Identity *identity, const char *name,
                      const char *address, char **real_name,
                      char **real_address);
/* Returns the other addresses (lower case) that the mailmap gives to the same
 * person; lent array of char *, or NULL. */
const GPtrArray *identity_aliases(const Identity *identity,
                                  const char *address);
/* The organisation of people whose provider is open to everybody. */
#define IDENTITY_INDIVIDUALS "(individuals)"
/* Returns the employer at that time by the map, else the registrable domain,
 * else the domain; owned; "" if address has no domain. */
char *identity_organisation(const Identity *identity, const char *address,
                            int64_t when_seconds);
/* Returns whether one owner registered both domains: they are below one
 * registrable domain of the public suffix list. */
bool identity_is_same_owner(const char *domain, const char *other);
/* Returns true if a known or a configured pattern matches. */
bool identity_is_bot(const Identity *identity, const char *name,
                     const char *address);
