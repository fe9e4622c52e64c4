/* SPDX-License-Identifier: MIT */
#include "identity/mailmap.h"

#include <git2.h>
#include <string.h>

#include "base/text.h"

#include "base/banned.h"

struct Mailmap {
    char *text;       /* until the first question */
    git_mailmap *map; /* since then; NULL: it could not be made */
};

/* "NAME <ADDRESS>" from *at on, the name in lower case if told so, the address
 * always; *at moves behind it. */
static bool fold_person(const char **at, bool fold_name, GString *out)
{
    const char *open = strchr(*at, '<');
    const char *close = open != NULL ? strchr(open, '>') : NULL;
    const char *fold_from = fold_name ? *at : open;

    if (close == NULL)
        return false;
    g_string_append_len(out, *at, fold_from - *at);
    for (const char *byte = fold_from; byte <= close; byte++)
        g_string_append_c(out, g_ascii_tolower(*byte));
    *at = close + 1;
    return true;
}

/* git compares names and addresses without case, libgit2 with: so what is
 * compared is folded here, and in what is asked. What follows a line's last
 * ">" is no more than a remark to git, a fault to libgit2; an address alone
 * says nothing to git, and makes libgit2 forget what it knew of it. */
static void fold_line(const char *line, GString *out)
{
    const char *at = line + strspn(line, " \t");
    const bool has_name = *at != '<';
    const gsize start = out->len;

    if (*line == '#' || !fold_person(&at, false, out))
        return;
    if (!fold_person(&at, true, out) && !has_name)
        g_string_truncate(out, start);
    else
        g_string_append_c(out, '\n');
}

static char *fold(const char *text)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line != NULL; line++)
        fold_line(*line, out);
    return g_string_free(out, FALSE);
}

Mailmap *mailmap_new(const char *bytes, size_t length)
{
    Mailmap *mailmap = g_new0(Mailmap, 1);

    mailmap->text = text_make_valid(bytes, length);
    return mailmap;
}

void mailmap_free(Mailmap *mailmap)
{
    if (mailmap == NULL)
        return;
    if (mailmap->text == NULL) {
        git_mailmap_free(mailmap->map);
        git_libgit2_shutdown();
    }
    g_free(mailmap->text);
    g_free(mailmap);
}

static void start(Mailmap *mailmap)
{
    g_autofree char *folded = fold(mailmap->text);

    git_libgit2_init();
    if (git_mailmap_from_buffer(&mailmap->map, folded, strlen(folded)) != 0)
        mailmap->map = NULL;
    g_clear_pointer(&mailmap->text, g_free);
}

void mailmap_resolve(Mailmap *mailmap, const char *name, const char *address,
                     char **real_name, char **real_address)
{
    g_autofree char *folded_name = g_ascii_strdown(name, -1);
    g_autofree char *folded_address = g_ascii_strdown(address, -1);
    const char *found_name = folded_name;
    const char *found_address = folded_address;

    if (mailmap->text != NULL)
        start(mailmap);
    if (mailmap->map != NULL)
        git_mailmap_resolve(&found_name, &found_address, mailmap->map,
                            folded_name, folded_address);
    *real_name = g_strdup(found_name == folded_name ? name : found_name);
    *real_address = g_strdup(found_address);
}
