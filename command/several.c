/* SPDX-License-Identifier: MIT */
#include "command/several.h"

#include "command/choose.h"
#include "command/command.h"
#include "digest/archive.h"

#include <string.h>

#include "base/banned.h"

static void settings_release(gpointer list)
{
    list_settings_free(list);
}

/* Each once, in the order in which they are named. */
static bool add_list(Store *store, const Settings *settings, const char *word,
                     GPtrArray *ids, GError **error)
{
    g_autofree char *id = choose_list(store, settings, word, error);

    if (id == NULL)
        return false;
    if (!g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL))
        g_ptr_array_add(ids, g_steal_pointer(&id));
    return true;
}

static bool add_word(Store *store, const Settings *settings, const char *word,
                     GPtrArray *ids, GError **error)
{
    const GroupSettings *group = settings_group(settings, word);

    if (group == NULL)
        return add_list(store, settings, word, ids, error);
    for (char **list = group->lists; *list != NULL; list++) {
        if (!add_list(store, settings, *list, ids, error)) {
            g_prefix_error(error, "group %s: ", group->name);
            return false;
        }
    }
    return true;
}

static GPtrArray *ids_of(Store *store, const Settings *settings,
                         const char *given, GError **error)
{
    if (given == NULL)
        return store_lists(store, error);

    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) words = g_strsplit(given, ",", -1);

    for (char **word = words; *word != NULL; word++) {
        if (!add_word(store, settings, *word, ids, error))
            return NULL;
    }
    return g_steal_pointer(&ids);
}

/* One that cannot be read stops not the others. */
static bool take_readable(Store *store, const Settings *settings,
                          const GPtrArray *ids, Several *several,
                          GError **error)
{
    for (unsigned i = 0; i < ids->len; i++) {
        g_autoptr(GError) failure = NULL;

        if (store_check_list(store, ids->pdata[i], &failure)) {
            g_ptr_array_add(several->members,
                            settings_list_or_default(settings, ids->pdata[i]));
            continue;
        }
        if (!command_is_of_list(failure)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        command_warn(ids->pdata[i], failure->message);
        several->is_part = true;
    }
    if (several->members->len > 0)
        return true;
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                ids->len == 0 ? "no list is known yet; listpulse import takes "
                                "archives in"
                              : "none of these lists can be read");
    return false;
}

static bool join(Store *store, const char *word, Several *several,
                 const GroupSettings *group, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    g_autoptr(GString) title = g_string_new(NULL);

    for (unsigned i = 0; i < several->members->len; i++) {
        const ListSettings *list = several->members->pdata[i];

        g_ptr_array_add(ids, list->id);
        g_string_append_printf(title, "%s%s", i > 0 ? ", " : "", list->title);
    }
    g_ptr_array_add(ids, NULL);
    g_ptr_array_add(several->members, NULL);
    g_free(several->settings->title);
    several->settings->title =
        group != NULL && *group->title != '\0' ? g_strdup(group->title)
        : group != NULL || word == NULL
            ? g_ascii_strup(several->settings->name, -1)
            : g_string_free(g_steal_pointer(&title), FALSE);
    return store_join(store, several->list, (const char *const *)ids->pdata,
                      error);
}

bool several_choose(Store *store, const Settings *settings, const char *word,
                    Several *several, GError **error)
{
    const GroupSettings *group =
        word != NULL ? settings_group(settings, word) : NULL;

    *several = (Several){ .list = NULL };
    if (word != NULL && group == NULL && strchr(word, ',') == NULL) {
        several->list = choose_list(store, settings, word, error);
        if (several->list == NULL)
            return false;
        several->settings = settings_list_or_default(settings, several->list);
        return true;
    }

    g_autoptr(GPtrArray) ids = ids_of(store, settings, word, error);

    if (ids == NULL)
        return false;
    several->members = g_ptr_array_new_with_free_func(settings_release);
    several->list = g_strdup(word != NULL ? word : "all");
    several->settings = settings_list_or_default(settings, several->list);
    g_free(several->settings->name);
    several->settings->name = g_strdup(several->list);
    return take_readable(store, settings, ids, several, error) &&
           join(store, word, several, group, error);
}

bool several_learn_archives(Store *store, Several *several, GError **error)
{
    if (several->members == NULL)
        return archive_learn(store, several->settings, error);
    for (unsigned i = 0; several->members->pdata[i] != NULL; i++)
        if (!archive_learn(store, several->members->pdata[i], error))
            return false;
    return true;
}

void several_clear(Several *several)
{
    g_clear_pointer(&several->list, g_free);
    g_clear_pointer(&several->settings, list_settings_free);
    g_clear_pointer(&several->members, g_ptr_array_unref);
}
