/* SPDX-License-Identifier: MIT */
#include "identity/identity.h"

#include <errno.h>
#include <libpsl.h>
#include <string.h>
#include <unistd.h>

#include "identity/bot.h"
#include "identity/freemail.h"
#include "identity/mailmap.h"
#include "identity/organisations.h"

#include "base/banned.h"

enum { DOMAIN_MAX_BYTES = 253 }; /* RFC 1035 */

struct Identity {
    Mailmap *mailmap;             /* or NULL */
    Organisations *organisations; /* or NULL */
    char **bots;                  /* configured patterns */
    GHashTable *of_domains; /* domain -> whose it is, once that was asked */
};

static bool unreadable(const char *path, const char *why, GError **error)
{
    g_set_error(error, IDENTITY_ERROR, IDENTITY_ERROR_FILE, "%s: %s", path,
                why);
    return false;
}

static bool is_named(const char *path)
{
    return path != NULL && *path != '\0';
}

static bool read_file(const char *path, char **bytes, gsize *length,
                      GError **error)
{
    g_autoptr(GError) why = NULL;

    if (access(path, R_OK) != 0)
        return unreadable(path, g_strerror(errno), error);
    if (!g_file_get_contents(path, bytes, length, &why))
        return unreadable(path, why->message, error);
    return true;
}

static bool read_mailmap(Identity *identity, const char *path, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;

    if (!read_file(path, &bytes, &length, error))
        return false;
    identity->mailmap = mailmap_new(bytes, length);
    return true;
}

static bool read_organisations(Identity *identity, const char *path,
                               GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;

    if (!read_file(path, &bytes, &length, error))
        return false;
    identity->organisations = organisations_new(path, bytes, length, error);
    return identity->organisations != NULL;
}

/* g_strdupv takes nothing const. */
static char **copy_texts(char *const *texts)
{
    GPtrArray *copy = g_ptr_array_new();

    for (; texts != NULL && *texts != NULL; texts++)
        g_ptr_array_add(copy, g_strdup(*texts));
    g_ptr_array_add(copy, NULL);
    return (char **)g_ptr_array_free(copy, FALSE);
}

Identity *identity_new(const IdentityFiles *files, GError **error)
{
    g_autoptr(Identity) identity = g_new0(Identity, 1);

    identity->bots = copy_texts(files->bots);
    identity->of_domains =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (is_named(files->mailmap) &&
        !read_mailmap(identity, files->mailmap, error))
        return NULL;
    if (is_named(files->organisations) &&
        !read_organisations(identity, files->organisations, error))
        return NULL;
    return g_steal_pointer(&identity);
}

void identity_free(Identity *identity)
{
    if (identity == NULL)
        return;
    mailmap_free(identity->mailmap);
    organisations_free(identity->organisations);
    g_strfreev(identity->bots);
    g_hash_table_unref(identity->of_domains);
    g_free(identity);
}

void identity_resolve(const Identity *identity, const char *name,
                      const char *address, char **real_name,
                      char **real_address)
{
    if (identity->mailmap != NULL) {
        mailmap_resolve(identity->mailmap, name, address, real_name,
                        real_address);
        return;
    }
    *real_name = g_strdup(name);
    *real_address = g_strdup(address);
}

const GPtrArray *identity_aliases(const Identity *identity, const char *address)
{
    return identity->mailmap == NULL
               ? NULL
               : mailmap_aliases(identity->mailmap, address);
}

/* "10.0.0.1" and "[IPv6:::1]" have no registrable part. */
static bool is_host_name(const char *domain)
{
    const char *dot = strrchr(domain, '.');

    return dot != NULL && g_ascii_isalpha(dot[1]) &&
           strpbrk(domain, "[]: \t") == NULL &&
           strlen(domain) <= DOMAIN_MAX_BYTES;
}

/* NULL: it has none. */
static const char *find_registrable(const char *domain)
{
    const psl_ctx_t *suffixes = psl_builtin();

    return suffixes != NULL && is_host_name(domain)
               ? psl_registrable_domain(suffixes, domain)
               : NULL;
}

static char *registrable(const char *domain)
{
    const char *found = find_registrable(domain);

    return g_strdup(found != NULL ? found : domain);
}

bool identity_is_same_owner(const char *domain, const char *other)
{
    const char *one = find_registrable(domain);

    return one != NULL && g_strcmp0(one, find_registrable(other)) == 0;
}

static char *whose_domain(const char *domain)
{
    g_autofree char *organisation = registrable(domain);

    return freemail_is(organisation) ? g_strdup(IDENTITY_INDIVIDUALS)
                                     : g_steal_pointer(&organisation);
}

/* A digest asks for each person again and again, and the public suffix list
 * looks through its rules each time. */
static const char *organisation_of_domain(const Identity *identity,
                                          const char *domain)
{
    char *known = g_hash_table_lookup(identity->of_domains, domain);

    if (known == NULL) {
        known = whose_domain(domain);
        g_hash_table_insert(identity->of_domains, g_strdup(domain), known);
    }
    return known;
}

char *identity_organisation(const Identity *identity, const char *address,
                            int64_t when_seconds)
{
    const char *employer = NULL;

    if (identity->organisations != NULL)
        employer =
            organisations_find(identity->organisations, address, when_seconds);
    if (employer == NULL)
        employer = organisation_of_domain(identity, identity_domain(address));
    return g_strdup(employer);
}

bool identity_is_bot(const Identity *identity, const char *name,
                     const char *address)
{
    for (char **bot = identity->bots; *bot != NULL; bot++)
        if (bot_matches(*bot, address))
            return true;
    return bot_is_known(name, address);
}
