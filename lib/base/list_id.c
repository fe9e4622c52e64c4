/* SPDX-License-Identifier: MIT */
#include "base/list_id.h"

#include <string.h>

#include <glib.h>

#include "base/banned.h"

/* RFC 5322, 3.2.3; letters and digits are seen to by is_atom_byte. */
static const char atom_marks[] = "!#$%&'*+-/=?^_`{|}~";

/* First labels that many lists have. */
static const char *const common[] = {
    "dev",     "devel",    "develop", "users",   "user",
    "commits", "announce", "discuss", "general", "tech",
    "misc",    "bugs",     "issues",  "patches", "list",
};

static bool is_atom_byte(char byte)
{
    return g_ascii_isalnum(byte) ||
           (byte != '\0' && strchr(atom_marks, byte) != NULL);
}

bool list_id_is_valid(const char *id)
{
    if (strnlen(id, LIST_ID_BYTES_MAX + 1) > LIST_ID_BYTES_MAX)
        return false;
    for (;; id++) {
        const char *word = id;

        while (is_atom_byte(*id))
            id++;
        if (id == word || *id != '.')
            return id > word && *id == '\0';
    }
}

char *list_id_encode(const char *id)
{
    GString *plain = g_string_new(NULL);

    for (; *id != '\0'; id++) {
        if (g_ascii_isalnum(*id) || strchr("._-", *id) != NULL)
            g_string_append_c(plain, *id);
        else
            g_string_append_printf(plain, "%%%02X", (unsigned char)*id);
    }
    return g_string_free(plain, FALSE);
}

static bool is_common(const char *label, size_t length)
{
    for (size_t i = 0; i < G_N_ELEMENTS(common); i++)
        if (strlen(common[i]) == length &&
            g_ascii_strncasecmp(common[i], label, length) == 0)
            return true;
    return false;
}

/* "~ada/kestrel-devel" is kestrel-devel of Ada's. */
static const char *skip_owner(const char *id)
{
    const size_t length = strcspn(id, ".");
    const char *slash = g_strrstr_len(id, (gssize)length, "/");

    return slash != NULL && slash + 1 < id + length ? slash + 1 : id;
}

char *list_id_short_name(const char *id)
{
    const char *label = skip_owner(id);
    const size_t length = strcspn(label, ".");
    const char *next = label + length;
    const size_t next_length = *next == '.' ? strcspn(next + 1, ".") : 0;

    /* the last label of a host says nothing either */
    if (!is_common(label, length) || next_length == 0 ||
        next[1 + next_length] == '\0')
        return g_strndup(label, length);
    return g_strdup_printf("%.*s-%.*s", (int)next_length, next + 1, (int)length,
                           label);
}

char *list_id_archive(const char *id)
{
    static const char *const hosts[] = { ".vger.kernel.org",
                                         ".lists.linux.dev" };

    for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
        if (g_str_has_suffix(id, hosts[i]))
            return g_strdup("https://lore.kernel.org/all/{message-id}/");
    }
    return g_strdup("");
}

static bool is_text(const char *text, const char *other, size_t length)
{
    return strlen(text) == length &&
           g_ascii_strncasecmp(text, other, length) == 0;
}

char *list_id_prefix(const char *configured, const char *id)
{
    return g_strconcat(configured, "\n", id, NULL);
}

static bool is_same_letter(char one, char other)
{
    return g_ascii_tolower(one) == g_ascii_tolower(other);
}

bool list_id_is_label(const char *id, const char *text)
{
    const char *label = skip_owner(id);
    const char *dot = strchr(label, '.');

    /* as nearly every text; the next label may begin the short name */
    if (!is_same_letter(*text, *label) &&
        (dot == NULL || !is_same_letter(*text, dot[1])))
        return false;
    g_autofree char *name = list_id_short_name(id);
    const size_t length = strcspn(label, ".");
    const char *next = label[length] == '.' ? label + length + 1 : "";

    if (length == 0)
        return false;
    if (is_text(text, label, length) || g_ascii_strcasecmp(text, name) == 0)
        return true;
    return g_ascii_strncasecmp(text, label, length) == 0 &&
           text[length] == '@' &&
           is_text(text + length + 1, next, strcspn(next, "."));
}
