/* SPDX-License-Identifier: MIT */
#include "store/person.h"

#include "base/bytes.h"
#include "store/keys.h"

#include <string.h>

#include "base/banned.h"

enum { PERSON_DIGEST_BYTES = 8 };

/* Most raw strings can be made again from name and address: " Name <address>".
 */
static bool is_plain(const MailPerson *person)
{
    g_autofree char *plain =
        g_strdup_printf(" %s <%s>", person->name, person->address);

    return strcmp(plain, person->raw) == 0;
}

static void append_digest(GString *word, const char *text)
{
    char digest[PERSON_DIGEST_BYTES];

    keys_person_digest(text, digest);
    g_string_append_len(word, digest, sizeof(digest));
}

/* Appends digests of the raw string and of the address, then the length and the
 * bytes of the value in people: (see people.c). */
void person_put(GString *word, const MailPerson *person)
{
    g_autoptr(GString) value = g_string_new(person->name);

    g_string_append_c(value, '\0');
    g_string_append(value, person->address);
    if (!is_plain(person)) {
        g_string_append_c(value, '\0');
        g_string_append(value, person->raw);
    }
    g_string_truncate(value, MIN(value->len, UINT16_MAX));
    append_digest(word, person->raw);
    append_digest(word, person->address);
    bytes_put(word, value->len, 2);
    g_string_append_len(word, value->str, (gssize)value->len);
}
