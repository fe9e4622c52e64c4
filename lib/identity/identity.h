/* SPDX-License-Identifier: MIT */
/*
 * Many addresses -> one person, one organisation; and who is a bot. Applied
 * when a digest is made: a corrected file corrects the past. Hides libgit2
 * (mailmap) and libpsl.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Identity Identity;

typedef struct IdentityFiles {
    const char *mailmap;       /* path, "" or NULL */
    const char *organisations; /* likewise: gitdm's email-map, domain-map */
    char *const *bots;         /* patterns beside the known ones, or NULL */
} IdentityFiles;

typedef enum IdentityError { IDENTITY_ERROR_FILE } IdentityError;
#define IDENTITY_ERROR identity_error_quark()
GQuark identity_error_quark(void);

/* Fails on a file that cannot be read or has a line that cannot be: the
 * message names file and line. */
Identity *identity_new(const IdentityFiles *files, GError **error);
void identity_free(Identity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Identity, identity_free)

/* Who this is by the mailmap; owned strings. address: lower case. */
void identity_resolve(const Identity *identity, const char *name,
                      const char *address, char **real_name,
                      char **real_address);
/* The other addresses that the mailmap takes for this one's (lower case); lent
 * array of char *, or NULL. */
const GPtrArray *identity_aliases(const Identity *identity,
                                  const char *address);
/* Whose mail is of a provider for everybody: nobody's employees. */
#define IDENTITY_INDIVIDUALS "(individuals)"
/* The employer at that time by the map, else the registrable domain, else the
 * domain; owned; "" if address has no domain. */
char *identity_organisation(const Identity *identity, const char *address,
                            int64_t when_seconds);
/* Everything after the @, lower case; lent; "" if none. */
const char *identity_domain(const char *address);
/* By the known and the configured patterns. */
bool identity_is_bot(const Identity *identity, const char *name,
                     const char *address);
