/* SPDX-License-Identifier: MIT */
#include "mail/list.h"

#include <string.h>

#include <glib.h>

#include "base/list_id.h"

#include "base/banned.h"

static void trim(const char **value, size_t *length)
{
    while (*length > 0 && g_ascii_isspace(**value)) {
        (*value)++;
        (*length)--;
    }
    while (*length > 0 && g_ascii_isspace((*value)[*length - 1]))
        (*length)--;
}

/* The last <...>, since a phrase before it may hold anything; a comment may
 * stand behind it. */
static bool find_brackets(const char **value, size_t *length)
{
    const char *open = g_strrstr_len(*value, (gssize)*length, "<");
    if (open == NULL)
        return false;
    const size_t left = *length - (size_t)(open + 1 - *value);
    const char *close = memchr(open + 1, '>', left);
    *value = open + 1;
    *length = close != NULL ? (size_t)(close - open - 1) : left;
    trim(value, length);
    return true;
}

/* Without brackets: the last word, and a phrase before one with a dot. */
static void find_bare(const char **value, size_t *length)
{
    trim(value, length);
    size_t word = 0;
    while (word < *length && !g_ascii_isspace((*value)[*length - word - 1]))
        word++;
    const char *start = *value + *length - word;
    if (word == *length || memchr(start, '.', word) == NULL)
        return; /* a phrase alone is no id: its blanks refuse it */
    *value = start;
    *length = word;
}

/* "dev@heron.example" is written for dev.heron.example. */
static void take_at(char *id)
{
    char *at = strchr(id, '@');

    if (at != NULL)
        *at = '.';
}

char *mail_list_id_parse(const char *value, size_t length)
{
    if (!find_brackets(&value, &length))
        find_bare(&value, &length);
    /* "<dev.heron.example.>", as a host's name may end */
    while (length > 0 && value[length - 1] == '.')
        length--;
    if (length > LIST_ID_BYTES_MAX)
        return NULL;
    g_autofree char *id = g_ascii_strdown(value, (gssize)length);
    take_at(id);
    return strlen(id) == length && list_id_is_valid(id) ? g_steal_pointer(&id)
                                                        : NULL;
}

static bool is_address_byte(char byte)
{
    switch (byte) {
    case '<':
    case '>':
    case ',':
    case ';':
    case '"':
    case '(':
    case ')':
        return false;
    default:
        return byte > ' ' && byte < 0x7f;
    }
}

/* The next word with an @ in it, lower case; owned; NULL behind the last. */
static char *next_address(const char **at, const char *end)
{
    const char *value = *at;

    while (value < end) {
        while (value < end && (g_ascii_isspace(*value) || *value == '<'))
            value++;
        const char *word = value;
        bool is_address = false;
        while (value < end && is_address_byte(*value)) {
            is_address = is_address || *value == '@';
            value++;
        }
        *at = value;
        if (is_address)
            return g_ascii_strdown(word, value - word);
        value += word == value && value < end;
    }
    *at = value;
    return NULL;
}

char *mail_list_address_parse(const char *value, size_t length)
{
    return next_address(&value, value + length);
}

void mail_list_add_addresses(GPtrArray *addresses, const char *value,
                             size_t length)
{
    const char *end = value + length;
    char *address = NULL;

    while (addresses->len < MAIL_LIST_ADDRESSES_MAX &&
           (address = next_address(&value, end)) != NULL)
        g_ptr_array_add(addresses, address);
}

/* The first one that is an address: a page's link may hold an @ as well. */
char *mail_list_post_parse(const char *value, size_t length)
{
    static const char scheme[] = "mailto:";
    const char *end = value + length;
    char *link = NULL;

    while ((link = next_address(&value, end)) != NULL) {
        g_autofree char *address = link;

        if (!g_str_has_prefix(address, scheme))
            continue;
        address[strcspn(address, "?")] = '\0';
        return g_uri_unescape_string(address + strlen(scheme), NULL);
    }
    return NULL;
}

char *mail_list_id_of_address(const char *address)
{
    g_autofree char *id = g_strdup(address);

    take_at(id);
    return strlen(id) <= LIST_ID_BYTES_MAX && list_id_is_valid(id)
               ? g_steal_pointer(&id)
               : NULL;
}

bool mail_list_id_is_of_address(const char *id, const char *address)
{
    const char *at = strchr(address, '@');
    const size_t local = at != NULL ? (size_t)(at - address) : strlen(address);

    if (strncmp(id, address, local) != 0)
        return false;
    return at == NULL ? id[local] == '\0'
                      : id[local] == '.' && strcmp(id + local + 1, at + 1) == 0;
}
