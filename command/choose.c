/* SPDX-License-Identifier: MIT */
#include "command/choose.h"

#include "base/text.h"

#include "base/list_id.h"

#include <string.h>

#include "base/banned.h"

enum {
    NEAR_MAX = 5,   /* near names told */
    WORD_MAX = 255, /* longer words name no list */
};

static char *short_name(const Settings *settings, const char *id)
{
    const ListSettings *list = settings_list(settings, id);

    return list != NULL ? g_strdup(list->name) : list_id_short_name(id);
}

/* Every list there is: those of the settings may not have had mail yet. */
static GPtrArray *all_lists(Store *store, const Settings *settings,
                            GError **error)
{
    g_autoptr(GPtrArray) known = store_lists(store, error);
    if (known == NULL)
        return NULL;

    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; i < settings->lists->len; i++) {
        const ListSettings *list = settings->lists->pdata[i];
        g_ptr_array_add(all, g_strdup(list->id));
    }
    for (unsigned i = 0; i < known->len; i++) {
        if (settings_list(settings, known->pdata[i]) == NULL)
            g_ptr_array_add(all, g_strdup(known->pdata[i]));
    }
    return g_steal_pointer(&all);
}

static GPtrArray *lists_named(GPtrArray *lists, const Settings *settings,
                              const char *word)
{
    GPtrArray *named = g_ptr_array_new();

    for (unsigned i = 0; i < lists->len; i++) {
        g_autofree char *name = short_name(settings, lists->pdata[i]);

        if (strcmp(name, word) == 0)
            g_ptr_array_add(named, lists->pdata[i]);
    }
    return named;
}

static bool is_near(const Settings *settings, const char *id, const char *word)
{
    g_autofree char *name = short_name(settings, id);
    const unsigned limit = 1 + (unsigned)strlen(word) / 4;

    return text_distance(word, name) <= limit ||
           text_distance(word, id) <= limit ||
           (word[0] != '\0' && strstr(id, word) != NULL);
}

/* What helps where no list is near. */
static const char *advice(const GPtrArray *lists, bool may_be_new)
{
    if (may_be_new)
        return "a new one is named by its whole List-Id, such as "
               "git.vger.kernel.org";
    return lists->len > 0
               ? "listpulse lists names all"
               : "none is known yet, listpulse import takes archives in";
}

static void set_unknown(const Settings *settings, GPtrArray *lists,
                        const char *word, bool may_be_new, GError **error)
{
    g_autoptr(GString) near = g_string_new(NULL);
    unsigned count = 0;

    for (unsigned i = 0; i < lists->len && count < NEAR_MAX; i++) {
        if (strlen(word) > WORD_MAX ||
            !is_near(settings, lists->pdata[i], word))
            continue;
        g_string_append_printf(near, "%s%s", count > 0 ? ", " : "",
                               (const char *)lists->pdata[i]);
        count++;
    }
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                "%s: no such list; %s%s", word,
                count > 0 ? "near: " : advice(lists, may_be_new), near->str);
}

static void set_ambiguous(GPtrArray *named, const char *word, GError **error)
{
    g_autoptr(GString) ids = g_string_new(NULL);

    for (unsigned i = 0; i < named->len; i++)
        g_string_append_printf(ids, "%s%s", i > 0 ? ", " : "",
                               (const char *)named->pdata[i]);
    g_set_error(error, STORE_ERROR, STORE_ERROR_AMBIGUOUS,
                "%s: more than one list has this name: %s", word, ids->str);
}

/* The id, or NULL without error if nothing has it as its id or name. */
static char *find_list(GPtrArray *lists, const Settings *settings,
                       const char *word, GError **error)
{
    if (g_ptr_array_find_with_equal_func(lists, word, g_str_equal, NULL))
        return g_strdup(word);

    g_autoptr(GPtrArray) named = lists_named(lists, settings, word);
    if (named->len == 1)
        return g_strdup(named->pdata[0]);
    if (named->len > 1)
        set_ambiguous(named, word, error);
    return NULL;
}

static char *choose(Store *store, const Settings *settings, const char *given,
                    bool may_be_new, GError **error)
{
    g_autofree char *word = g_ascii_strdown(given, -1);
    g_autoptr(GPtrArray) lists = all_lists(store, settings, error);
    if (lists == NULL)
        return NULL;

    g_autoptr(GError) ambiguous = NULL;
    char *id = find_list(lists, settings, word, &ambiguous);
    if (ambiguous != NULL) {
        g_propagate_error(error, g_steal_pointer(&ambiguous));
        return NULL;
    }
    if (id == NULL && may_be_new && strchr(word, '.') != NULL &&
        list_id_is_valid(word))
        return g_steal_pointer(&word);
    if (id == NULL)
        set_unknown(settings, lists, word, may_be_new, error);
    return id;
}

char *choose_list(Store *store, const Settings *settings, const char *word,
                  GError **error)
{
    return choose(store, settings, word, false, error);
}

char *choose_list_or_new(Store *store, const Settings *settings,
                         const char *word, GError **error)
{
    return choose(store, settings, word, true, error);
}
