/* SPDX-License-Identifier: MIT */
#include "command/narrow.h"

#include "activity/link.h"
#include "command/command.h"

#include <string.h>

#include "base/banned.h"

static bool wrong(GError **error, const char *what, const char *why)
{
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG, "%s: %s", what, why);
    return false;
}

static bool read_state(const char *given, FilterState *state, GError **error)
{
    *state = FILTER_ANY;
    if (given == NULL || filter_state_parse(given, state))
        return true;

    g_autofree char *why =
        g_strdup_printf("no such state; there are %s", filter_state_names());
    return wrong(error, given, why);
}

/* A Message-ID as it stands in mail, in <> or not. */
static bool read_thread(const char *given, uint64_t *thread, GError **error)
{
    if (given == NULL)
        return true;

    g_autofree char *id = command_message_id(given);

    if (*id == '\0')
        return wrong(error, "--thread", "needs a Message-ID");
    *thread = link_digest(id);
    return true;
}

static bool read_subsystem(const char *name, const Settings *settings,
                           const ListSettings *list, Narrow *narrow,
                           GError **error)
{
    const char *path =
        *list->maintainers != '\0' ? list->maintainers : settings->maintainers;

    if (name == NULL)
        return true;
    if (*path == '\0')
        return wrong(error, "--subsystem",
                     "the settings name no MAINTAINERS file: maintainers = "
                     "\"/path/of/MAINTAINERS\"");
    narrow->subsystem = maintainers_find(path, name, error);
    if (narrow->subsystem == NULL)
        return false;
    narrow->filter.paths = narrow->subsystem->files;
    narrow->filter.paths_excluded = narrow->subsystem->excluded;
    return true;
}

bool narrow_check(const NarrowOptions *options, GError **error)
{
    FilterState state;
    uint64_t thread = 0;

    if (options->path != NULL && options->subsystem != NULL)
        return wrong(error, "--subsystem", "names paths, as --path does");
    return read_state(options->state, &state, error) &&
           read_thread(options->thread, &thread, error);
}

bool narrow_read(const NarrowOptions *options, const Settings *settings,
                 const ListSettings *list, Narrow *narrow, GError **error)
{
    DigestFilter *filter = &narrow->filter;

    *narrow = (Narrow){ .path = { g_strdup(options->path), NULL } };
    filter->author = options->author;
    filter->open = options->open;
    filter->tag = options->tag;
    if (options->path != NULL)
        filter->paths = narrow->path;

    const FilterWord words[FILTER_WORDS] = {
        { "author", options->author },       { "path", options->path },
        { "subsystem", options->subsystem }, { "tag", options->tag },
        { "state", options->state },         { "thread", options->thread },
        { "open", options->open },
    };
    memcpy(filter->words, words, sizeof(words));
    for (size_t i = 0; i < FILTER_WORDS; i++)
        narrow->is_asked |= words[i].value != NULL;
    return read_state(options->state, &filter->state, error) &&
           read_thread(options->thread, &filter->thread, error) &&
           read_subsystem(options->subsystem, settings, list, narrow, error);
}

void narrow_clear(Narrow *narrow)
{
    g_clear_pointer(&narrow->path[0], g_free);
    g_clear_pointer(&narrow->subsystem, subsystem_free);
}
