/* SPDX-License-Identifier: MIT */
#include "base/archive_url.h"

#include <string.h>

#include <glib.h>

#include "base/sha.h"

#include "base/banned.h"

static const char ID_PLACE[] = "{message-id}";
static const char HASH_PLACE[] = "{message-id-hash}";
static const char MARK_PLACE[] = "{mark}";

/* What lore and its like leave as it is in a Message-ID. */
static const char ALLOWED[] = "@+=$!~,";

/* --- to a post ---------------------------------------------------------- */

/* RFC 4648, section 6. A SHA-1 needs no padding: it has a multiple of 5 bits.
 */
static char *hash_of(const char *message_id)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    enum { DIGIT_BITS = 5, BYTE_BITS = 8, MASK = 0x1f };
    uint8_t sha[SHA1_BYTES];
    GString *hash = g_string_new(NULL);
    unsigned held = 0, bits = 0;

    sha1_of(message_id, strlen(message_id), sha);
    for (size_t i = 0; i < sizeof(sha); i++) {
        held = held << BYTE_BITS | sha[i];
        for (bits += BYTE_BITS; bits >= DIGIT_BITS; bits -= DIGIT_BITS)
            g_string_append_c(hash, digits[held >> (bits - DIGIT_BITS) & MASK]);
    }
    return g_string_free(hash, FALSE);
}

char *archive_url(const char *pattern, const char *message_id, const char *mark)
{
    g_autoptr(GString) url = g_string_new(pattern);
    const bool has_hash = strstr(pattern, HASH_PLACE) != NULL;
    const bool has_id = strstr(pattern, ID_PLACE) != NULL;

    if (*pattern == '\0' || ((has_hash || has_id) && *message_id == '\0'))
        return NULL;
    g_string_replace(url, MARK_PLACE, mark, 0);
    if (has_hash) {
        g_autofree char *hash = hash_of(message_id);

        g_string_replace(url, HASH_PLACE, hash, 0);
    }
    if (has_id) {
        g_autofree char *escaped =
            g_uri_escape_string(message_id, ALLOWED, FALSE);

        g_string_replace(url, ID_PLACE, escaped, 0);
    }
    return g_string_free(g_steal_pointer(&url), FALSE);
}

bool archive_url_is_pattern(const char *pattern)
{
    return strstr(pattern, ID_PLACE) != NULL ||
           strstr(pattern, HASH_PLACE) != NULL ||
           strstr(pattern, MARK_PLACE) != NULL;
}

/* --- from a post -------------------------------------------------------- */

static const char *skip_scheme(const char *url)
{
    static const char *const schemes[] = { "https://", "http://" };

    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
        if (g_ascii_strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
            return url + strlen(schemes[i]);
    return NULL;
}

char *archive_url_host(const char *url)
{
    static const char host_bytes[] =
        G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-";
    const char *host = skip_scheme(url);

    if (host == NULL)
        return NULL;

    const size_t length = strspn(host, host_bytes);
    const char *end = host + length;

    if (*end == ':')
        end += 1 + strspn(end + 1, G_CSET_DIGITS);
    return length > 0 && *end == '/' ? g_ascii_strdown(host, (gssize)length)
                                     : NULL;
}

/* Neither what ends a URL in a page nor what a pattern is made of. */
static bool is_plain(const char *url)
{
    for (; *url != '\0'; url++)
        if (!g_ascii_isgraph(*url) || strchr("\"<>\\^`{|}", *url) != NULL)
            return false;
    return true;
}

/* Returns the URL with the place for what it says of the post; NULL if it does
 * not say that, or the host's name would be said by the post. */
static char *replace(const char *url, const char *said, const char *place)
{
    const char *path = strchr(skip_scheme(url), '/');
    const char *at = path != NULL ? strstr(path, said) : NULL;

    if (at == NULL || strstr(at + 1, said) != NULL)
        return NULL;
    return g_strdup_printf("%.*s%s%s", (int)(at - url), url, place,
                           at + strlen(said));
}

/* The same of a Message-ID, in the forms that archives write it. */
static char *replace_id(const char *url, const char *message_id)
{
    char *pattern = replace(url, message_id, ID_PLACE);

    if (pattern != NULL || strchr(url, '%') == NULL)
        return pattern;

    g_autofree char *escaped = g_uri_escape_string(message_id, ALLOWED, FALSE);
    g_autofree char *fully = g_uri_escape_string(message_id, NULL, FALSE);

    pattern = replace(url, escaped, ID_PLACE);
    return pattern != NULL ? pattern : replace(url, fully, ID_PLACE);
}

static char *pattern_of(const char *url, const char *message_id)
{
    g_autofree char *host = archive_url_host(url);

    if (host == NULL || !is_plain(url))
        return NULL;

    g_autofree char *pattern = replace_id(url, message_id);

    if (pattern == NULL) {
        g_autofree char *hash = hash_of(message_id);

        pattern = replace(url, hash, HASH_PLACE);
    }
    return pattern != NULL && strlen(pattern) <= ARCHIVE_URL_MAX
               ? g_steal_pointer(&pattern)
               : NULL;
}

/* The next URL, between <> without the blanks of a fold; Debian writes none.
 * Owned; NULL if none is left. */
static char *next_url(const char **values)
{
    const char *at = *values + strspn(*values, " \t,");

    if (*at == '\0')
        return NULL;

    const bool is_enclosed = *at == '<';
    const char *start = is_enclosed ? at + 1 : at;
    const size_t length = strcspn(start, is_enclosed ? ">" : " \t<");
    GString *url = g_string_new_len(start, (gssize)length);

    at = start + length;
    *values = is_enclosed && *at == '>' ? at + 1 : at;
    g_string_replace(url, " ", "", 0);
    return g_string_free(url, FALSE);
}

char *archive_url_learn(const char *values, const char *message_id)
{
    char *url;

    /* "a" stands in many URLs by chance. */
    if (strchr(message_id, '@') == NULL)
        return NULL;
    while ((url = next_url(&values)) != NULL) {
        char *pattern = pattern_of(url, message_id);

        g_free(url);
        if (pattern != NULL)
            return pattern;
    }
    return NULL;
}
