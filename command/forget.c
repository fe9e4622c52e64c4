/* SPDX-License-Identifier: MIT */
/* listpulse forget: erases an author, a mail, all before a time, or a list. */
#include "command/choose.h"
#include "command/command.h"

#include "activity/link.h"
#include "base/interval.h"
#include "store/maintain.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

enum { ERASE_POSTS = 256 };

typedef struct ForgetOptions {
    const char *author, *message, *before;
    bool all, dry_run;
} ForgetOptions;

static const Option forget_options[] = {
    { "author", 0, OPTION_TEXT, "ADDRESS",
      "all that this address wrote or sent, and its names",
      offsetof(ForgetOptions, author) },
    { "message", 0, OPTION_TEXT, "MESSAGE-ID", "the posts with this id",
      offsetof(ForgetOptions, message) },
    { "before", 0, OPTION_TEXT, "TIME", "all that arrived before then",
      offsetof(ForgetOptions, before) },
    { "all", 0, OPTION_FLAG, NULL, "the whole list",
      offsetof(ForgetOptions, all) },
    { "dry-run", 'n', OPTION_FLAG, NULL, "say how many, erase nothing",
      offsetof(ForgetOptions, dry_run) },
    { .name = NULL },
};

typedef struct Forget {
    Store *store;
    const Settings *settings;
    const ForgetOptions *options;
    char *list;
    GArray *people; /* uint32_t, of --author; else NULL */
    GArray *posts;  /* uint32_t */
} Forget;

static void forget_clear(Forget *forget)
{
    g_free(forget->list);
    if (forget->people != NULL)
        g_array_unref(forget->people);
    g_array_unref(forget->posts);
}

static bool has_number(const GArray *numbers, uint32_t number)
{
    for (unsigned i = 0; i < numbers->len; i++) {
        if (g_array_index(numbers, uint32_t, i) == number)
            return true;
    }
    return false;
}

/* people NULL: whoever wrote them. */
static bool find_rows(Forget *forget, int64_t until_ms, GError **error)
{
    g_autoptr(GArray) rows =
        store_rows(forget->store, forget->list, 0, until_ms, error);

    if (rows == NULL)
        return false;
    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &g_array_index(rows, PostRow, i);

        if (forget->people == NULL || has_number(forget->people, row->author) ||
            has_number(forget->people, row->sender))
            g_array_append_val(forget->posts, row->post);
    }
    return true;
}

static bool find_author(Forget *forget, GError **error)
{
    const char *address = forget->options->author;

    forget->people =
        store_people_at(forget->store, forget->list, address, error);
    if (forget->people == NULL)
        return false;
    if (forget->people->len == 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                    "%s: nobody on %s has this address", address, forget->list);
        return false;
    }
    return find_rows(forget, INT64_MAX, error);
}

/* Links are digests: the records say whether it is truly this id. */
static bool keep_message(Forget *forget, const StoreFound *found,
                         const char *id, GError **error)
{
    unsigned count;
    const uint32_t *posts = store_found(found, 0, &count);
    g_autoptr(GArray) records =
        store_posts(forget->store, forget->list, posts, count, error);

    if (records == NULL)
        return false;
    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);

        if (record->post != 0 && strcmp(record->message_id, id) == 0)
            g_array_append_val(forget->posts, record->post);
    }
    return true;
}

static bool find_message(Forget *forget, GError **error)
{
    g_autofree char *id = command_message_id(forget->options->message);
    const uint64_t key = link_key(LINK_SELF, link_digest(id));
    g_autoptr(StoreFound) found =
        store_find(forget->store, forget->list, &key, 1, error);

    if (found == NULL || !keep_message(forget, found, id, error))
        return false;
    if (forget->posts->len > 0)
        return true;
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                "%s: no such post on %s", forget->options->message,
                forget->list);
    return false;
}

static bool find_before(Forget *forget, GError **error)
{
    g_autoptr(ListSettings) list =
        settings_list_or_default(forget->settings, forget->list);
    int64_t until_ms = 0;

    return interval_parse_time(forget->options->before, command_timezone(list),
                               g_get_real_time() / 1000, &until_ms, NULL,
                               error) &&
           find_rows(forget, until_ms, error);
}

static bool find_posts(Forget *forget, GError **error)
{
    if (forget->options->author != NULL)
        return find_author(forget, error);
    if (forget->options->message != NULL)
        return find_message(forget, error);
    return find_before(forget, error);
}

/* A few at a time: Redis serves others between them. */
static bool erase_posts(Forget *forget, uint64_t *erased, GError **error)
{
    g_autoptr(ListSettings) list =
        settings_list_or_default(forget->settings, forget->list);
    const StoreErasure erasure = { .list = forget->list,
                                   .prefix = list->prefix };

    for (unsigned at = 0; at < forget->posts->len; at += ERASE_POSTS) {
        const unsigned count = MIN(forget->posts->len - at, ERASE_POSTS);
        uint64_t some = 0;

        if (!store_erase_posts(forget->store, &erasure,
                               &g_array_index(forget->posts, uint32_t, at),
                               count, &some, error))
            return false;
        *erased += some;
    }
    return true;
}

static bool erase_people(Forget *forget, GError **error)
{
    const GArray *people = forget->people;

    return people == NULL ||
           store_erase_people(forget->store, forget->list,
                              (const uint32_t *)(void *)people->data,
                              people->len, error);
}

static bool erase(Forget *forget, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    uint64_t erased = forget->posts->len;

    if (!forget->options->dry_run) {
        erased = 0;
        if (!erase_posts(forget, &erased, error) ||
            !erase_people(forget, error))
            return false;
    }
    g_string_printf(out, "%s %" PRIu64 " posts of %s\n",
                    forget->options->dry_run ? "would erase" : "erased", erased,
                    forget->list);
    return command_print(out->str, out->len, error);
}

/* Also one that cannot be read. */
static bool erase_list(Forget *forget, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (!forget->options->dry_run &&
        !store_drop_list(forget->store, forget->list, error))
        return false;
    g_string_printf(out, "%s all of %s\n",
                    forget->options->dry_run ? "would erase" : "erased",
                    forget->list);
    return command_print(out->str, out->len, error);
}

static int run(const Invocation *invocation, GError **error)
{
    const ForgetOptions *options = invocation->options;
    const unsigned given = (options->author != NULL) +
                           (options->message != NULL) +
                           (options->before != NULL) + options->all;

    if (given != 1) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                    "forget: one of --author, --message, --before and --all "
                    "says what");
        return EXIT_USAGE;
    }

    g_autoptr(Store) store = command_store(invocation->settings, error);
    if (store == NULL)
        return EXIT_FAILED;

    Forget forget = {
        .store = store,
        .settings = invocation->settings,
        .options = options,
        .list = choose_list(store, invocation->settings,
                            invocation->operands[0], error),
        .posts = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
    };
    const bool is_done =
        forget.list != NULL &&
        (options->all ? erase_list(&forget, error)
                      : find_posts(&forget, error) && erase(&forget, error));
    forget_clear(&forget);
    return is_done ? EXIT_GOOD : EXIT_FAILED;
}

const Command command_forget = {
    .name = "forget",
    .operands = "LIST",
    .summary = "erase an author, a mail or a span, counters included",
    .options = forget_options,
    .options_size = sizeof(ForgetOptions),
    .least = 1,
    .most = 1,
    .run = run,
};
