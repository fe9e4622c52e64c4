/* SPDX-License-Identifier: MIT */
/* listpulse publish: a folder of pages for any web server. */
#include "command/choose.h"
#include "command/command.h"
#include "command/progress.h"

#include "identity/identity.h"
#include "publish/publish.h"

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

typedef struct PublishOptions {
    const char *lists, *base_url;
    bool anew;
} PublishOptions;

static const Option publish_options[] = {
    { "list", 'l', OPTION_TEXT, "LIST[,LIST]", "only these lists",
      offsetof(PublishOptions, lists) },
    { "base-url", 0, OPTION_TEXT, "URL",
      "where DIR will be found, for the feeds",
      offsetof(PublishOptions, base_url) },
    { "anew", 0, OPTION_FLAG, NULL,
      "make every page again, not only changed ones",
      offsetof(PublishOptions, anew) },
    { .name = NULL },
};

typedef struct Showing {
    Progress progress;
    int64_t start; /* monotonic microseconds */
} Showing;

static void tell(void *data, const char *list, unsigned done, unsigned total)
{
    Showing *showing = data;
    const ProgressState state = {
        .label = list,
        .done = done,
        .total = total,
        .seconds =
            (double)(g_get_monotonic_time() - showing->start) / G_USEC_PER_SEC,
    };

    progress_draw(&showing->progress, &state);
}

static bool wrong(GError **error, const char *what, const char *why)
{
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG, "%s: %s", what, why);
    return false;
}

/* With a slash at its end, so that names may be put behind it. */
static char *read_base_url(const PublishOptions *options, GError **error)
{
    const char *url = options->base_url;

    if (url == NULL)
        return g_strdup("");
    if (!g_str_has_prefix(url, "https://") &&
        !g_str_has_prefix(url, "http://")) {
        wrong(error, url, "neither an https:// nor an http:// URL");
        return NULL;
    }
    return g_strconcat(url, g_str_has_suffix(url, "/") ? "" : "/", NULL);
}

/* Each list once. */
static bool add_list(Store *store, const Settings *settings, const char *word,
                     GPtrArray *lists, GError **error)
{
    char *list = choose_list(store, settings, word, error);

    if (list == NULL)
        return false;
    if (g_ptr_array_find_with_equal_func(lists, list, g_str_equal, NULL))
        g_free(list);
    else
        g_ptr_array_add(lists, list);
    return true;
}

/* A group is its lists: each has pages of its own. */
static bool add_word(Store *store, const Settings *settings, const char *word,
                     GPtrArray *lists, GError **error)
{
    const GroupSettings *group = settings_group(settings, word);

    if (group == NULL)
        return add_list(store, settings, word, lists, error);
    for (char **list = group->lists; *list != NULL; list++) {
        if (!add_list(store, settings, *list, lists, error)) {
            g_prefix_error(error, "group %s: ", group->name);
            return false;
        }
    }
    return true;
}

/* Ids of the lists that are asked for; all if nobody asks for any. */
static GPtrArray *chosen_lists(Store *store, const Invocation *invocation,
                               GError **error)
{
    const PublishOptions *options = invocation->options;
    g_auto(GStrv) words = NULL;
    g_autoptr(GPtrArray) lists = NULL;

    if (options->lists == NULL)
        return store_lists(store, error);
    words = g_strsplit(options->lists, ",", -1);
    lists = g_ptr_array_new_with_free_func(g_free);
    for (char **word = words; *word != NULL; word++) {
        if (!add_word(store, invocation->settings, *word, lists, error))
            return NULL;
    }
    return g_steal_pointer(&lists);
}

/* A list that cannot be read keeps the pages that it has; the others go on. */
static bool publish_lists(const Publishing *publishing, Tree *tree,
                          const GPtrArray *lists, bool *changed, bool *failed,
                          GError **error)
{
    for (unsigned i = 0; i < lists->len; i++) {
        g_autoptr(GError) failure = NULL;

        if (publish_list(publishing, tree, lists->pdata[i], changed, &failure))
            continue;
        if (!command_is_of_list(failure)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        command_warn(lists->pdata[i], failure->message);
        *failed = true;
    }
    return true;
}

static bool publish_all(const Publishing *publishing, Tree *tree,
                        const Invocation *invocation, bool *failed,
                        GError **error)
{
    const PublishOptions *options = invocation->options;
    g_autoptr(GPtrArray) lists =
        chosen_lists(publishing->store, invocation, error);
    g_autoptr(GPtrArray) all = NULL;
    bool changed = options->anew;

    if (lists == NULL)
        return false;
    if (lists->len == 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                    "no list is counted yet; `listpulse import` brings in old "
                    "mail");
        return false;
    }
    if (!publish_look(tree, error) ||
        !publish_lists(publishing, tree, lists, &changed, failed, error))
        return false;
    if (!changed)
        return true;
    all = store_lists(publishing->store, error);
    return all != NULL && publish_front(publishing, tree, all, error);
}

static void say(const Tree *tree, const Showing *showing)
{
    const double seconds =
        (double)(g_get_monotonic_time() - showing->start) / G_USEC_PER_SEC;

    printf("wrote %" PRIu64 " files, removed %" PRIu64 ", in %.2f s\n",
           tree_written(tree), tree_removed(tree), seconds);
}

static int publish(const Invocation *invocation, Store *store,
                   const char *base_url, GError **error)
{
    const Settings *settings = invocation->settings;
    const PublishOptions *options = invocation->options;
    g_autoptr(Identity) identity = command_identity(settings, error);
    g_autoptr(Tree) tree =
        identity != NULL ? tree_open(invocation->operands[0], error) : NULL;
    Showing showing = { .start = g_get_monotonic_time() };
    bool failed = false;
    const Publishing publishing = {
        .store = store,
        .settings = settings,
        .identity = identity,
        .base_url = base_url,
        .version = PACKAGE_VERSION,
        .anew = options->anew,
        .tell = tell,
        .data = &showing,
    };

    if (tree == NULL)
        return EXIT_FAILED;
    progress_init(&showing.progress);

    const bool is_done =
        publish_all(&publishing, tree, invocation, &failed, error);

    progress_clear(&showing.progress);
    if (!is_done)
        return EXIT_FAILED;
    say(tree, &showing);
    return failed ? EXIT_FAILED : command_judge(store);
}

static int run(const Invocation *invocation, GError **error)
{
    g_autofree char *base_url = read_base_url(invocation->options, error);

    if (base_url == NULL)
        return EXIT_USAGE;

    g_autoptr(Store) store = command_store(invocation->settings, error);
    return store != NULL ? publish(invocation, store, base_url, error)
                         : EXIT_FAILED;
}

const Command command_publish = {
    .name = "publish",
    .operands = "DIR",
    .summary = "write a site of lists, people and patch sets",
    .options = publish_options,
    .options_size = sizeof(PublishOptions),
    .least = 1,
    .most = 1,
    .run = run,
};
