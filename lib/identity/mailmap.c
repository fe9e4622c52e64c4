/* SPDX-License-Identifier: MIT */
#include "identity/mailmap.h"

#include <git2.h>
#include <string.h>

#include "base/text.h"

#include "base/banned.h"

struct Mailmap {
    char *text;          /* until the first question */
    git_mailmap *map;    /* since then; NULL: it could not be made */
    GHashTable *aliases; /* address -> GPtrArray of char * */
};

/* Cuts "NAME <ADDRESS>" from *at, which moves behind it. */
static bool take_person(char **at, char **name, char **address)
{
    char *open = strchr(*at, '<');
    char *close = open != NULL ? strchr(open, '>') : NULL;

    if (close == NULL)
        return false;
    *open = *close = '\0';
    *name = g_strstrip(*at);
    *address = open + 1;
    *at = close + 1;
    return true;
}

static char *fold(char *text)
{
    for (char *at = text; *at != '\0'; at++)
        *at = g_ascii_tolower(*at);
    return text;
}

static const char *or_null(const char *text)
{
    return *text != '\0' ? text : NULL;
}

static void add_alias(GHashTable *aliases, const char *address,
                      const char *old_address)
{
    GPtrArray *old = g_hash_table_lookup(aliases, address);

    if (*address == '\0' || strcmp(address, old_address) == 0)
        return;
    if (old == NULL) {
        old = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(aliases, g_strdup(address), old);
    }
    g_ptr_array_add(old, g_strdup(old_address));
}

/* git compares names and addresses without case, libgit2 with: so what is
 * compared is folded, here and in what is asked. What follows a line's last
 * ">" is but a remark to git. */
static void add_line(const Mailmap *mailmap, git_mailmap *map, char *line)
{
    char *name = NULL, *address = NULL;
    char *old_name = NULL, *old_address = NULL;

    if (*line == '#' || !take_person(&line, &name, &address))
        return;
    fold(address);
    if (!take_person(&line, &old_name, &old_address)) {
        if (*name != '\0' && *address != '\0')
            git_mailmap_add_entry(map, name, NULL, NULL, address);
        return;
    }
    if (*old_address == '\0')
        return;
    git_mailmap_add_entry(map, or_null(name), or_null(address),
                          or_null(fold(old_name)), fold(old_address));
    add_alias(mailmap->aliases, address, old_address);
}

static git_mailmap *make_map(const Mailmap *mailmap)
{
    git_mailmap *map = NULL;
    g_auto(GStrv) lines = g_strsplit(mailmap->text, "\n", -1);

    if (git_mailmap_new(&map) != 0)
        return NULL;
    for (char **line = lines; *line != NULL; line++)
        add_line(mailmap, map, *line);
    return map;
}

Mailmap *mailmap_new(const char *bytes, size_t length)
{
    Mailmap *mailmap = g_new0(Mailmap, 1);

    mailmap->text = text_make_valid(bytes, length);
    mailmap->aliases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify)g_ptr_array_unref);
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
    g_hash_table_unref(mailmap->aliases);
    g_free(mailmap);
}

static void start(Mailmap *mailmap)
{
    git_libgit2_init();
    mailmap->map = make_map(mailmap);
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

const GPtrArray *mailmap_aliases(Mailmap *mailmap, const char *address)
{
    if (mailmap->text != NULL)
        start(mailmap);
    return g_hash_table_lookup(mailmap->aliases, address);
}
