/* SPDX-License-Identifier: MIT */
#include "mail/list.h"

#include <string.h>

#include <glib.h>

static bool is_edge(char byte)
{
    return g_ascii_islower(byte) || g_ascii_isdigit(byte);
}

static bool is_inside(char byte)
{
    return is_edge(byte) || byte == '.' || byte == '_' || byte == '-';
}

bool mail_list_id_is_valid(const char *id)
{
    const size_t length = strnlen(id, MAIL_LIST_ID_MAX + 1);
    if (length == 0 || length > MAIL_LIST_ID_MAX || !is_edge(id[0]) ||
        !is_edge(id[length - 1]))
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!is_inside(id[i]) || (id[i] == '.' && id[i + 1] == '.'))
            return false;
    }
    return true;
}

/* The last <...>, since a phrase before it may hold anything; else all. */
static void find_brackets(const char **value, size_t *length)
{
    const char *open = g_strrstr_len(*value, (gssize)*length, "<");
    if (open == NULL)
        return;
    const size_t left = *length - (size_t)(open + 1 - *value);
    const char *close = memchr(open + 1, '>', left);
    *value = open + 1;
    *length = close != NULL ? (size_t)(close - open - 1) : left;
}

static void trim(const char **value, size_t *length)
{
    while (*length > 0 && g_ascii_isspace(**value)) {
        (*value)++;
        (*length)--;
    }
    while (*length > 0 && g_ascii_isspace((*value)[*length - 1]))
        (*length)--;
}

char *mail_list_id_parse(const char *value, size_t length)
{
    find_brackets(&value, &length);
    trim(&value, &length);
    if (length > MAIL_LIST_ID_MAX)
        return NULL;
    g_autofree char *id = g_ascii_strdown(value, (gssize)length);
    return strlen(id) == length && mail_list_id_is_valid(id)
               ? g_steal_pointer(&id)
               : NULL;
}

char *mail_list_address_parse(const char *value, size_t length)
{
    const char *end = value + length;
    while (value < end) {
        while (value < end && (g_ascii_isspace(*value) || *value == '<'))
            value++;
        const char *word = value;
        bool is_address = false;
        while (value<end && * value> ' ' && *value < 0x7f &&
               strchr("<>,;\"()", *value) == NULL) {
            is_address = is_address || *value == '@';
            value++;
        }
        if (is_address)
            return g_ascii_strdown(word, value - word);
        value += word == value && value < end;
    }
    return NULL;
}
