/* SPDX-License-Identifier: MIT */
/* listpulse run: the digests that the settings name, as a timer asks for them.
 * A digest is of the whole days, weeks or months since the last one; where one
 * could not be sent, the next run tells of the same time again. */
#include "command/command.h"

#include <limits.h>
#include <string.h>

#include "base/banned.h"

static const Option run_options[] = { { .name = NULL } };

/* The names of times that bound a digest, as digest understands them. */
typedef struct Span {
    const char *name, *since, *until;
} Span;

static const Span *span_of(const DigestSettings *digest)
{
    static const Span spans[] = {
        { "day", "yesterday", "today" },
        { "week", "last week", "this week" },
        { "month", "last month", "this month" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(spans); i++) {
        if (strcmp(spans[i].name, digest->every) == 0)
            return &spans[i];
    }
    g_assert_not_reached();
}

static void add(GPtrArray *words, const char *word, const char *value)
{
    g_ptr_array_add(words, (gpointer)(uintptr_t)word);
    if (value != NULL)
        g_ptr_array_add(words, (gpointer)(uintptr_t)value);
}

/* Says what went wrong of one digest and goes on with the others. */
static bool run_words(const Settings *settings, GPtrArray *words,
                      const char *what)
{
    g_autoptr(GError) failure = NULL;
    int code;

    g_ptr_array_add(words, NULL);
    code = command_run_words(settings, (const char *const *)words->pdata,
                             &failure);
    if (failure != NULL)
        command_warn(what, failure->message);
    return code == EXIT_GOOD && failure == NULL;
}

static bool mail_list(const Settings *settings, const DigestSettings *digest,
                      const char *list)
{
    const Span *span = span_of(digest);
    const bool is_mail = strcmp(digest->format, "mail") == 0;
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_autofree char *what = g_strdup_printf("%s: %s", digest->name, list);

    add(words, "digest", NULL);
    add(words, "--since-cursor", digest->name);
    add(words, "--since", span->since);
    add(words, "--until", span->until);
    add(words, "--advance", NULL);
    add(words, "--skip-empty", NULL);
    add(words, "--previous", NULL);
    add(words, "--format", is_mail ? "text" : digest->format);
    for (char **address = digest->mail; *address != NULL; address++)
        add(words, "--mail", *address);
    add(words, "--", list);
    return run_words(settings, words, what);
}

static bool publish_lists(const Settings *settings,
                          const DigestSettings *digest)
{
    g_autofree char *lists = g_strjoinv(",", digest->lists);
    g_autoptr(GPtrArray) words = g_ptr_array_new();

    add(words, "publish", NULL);
    add(words, "--list", lists);
    add(words, "--", digest->publish);
    return run_words(settings, words, digest->name);
}

static bool run_digest(const Settings *settings, const DigestSettings *digest)
{
    bool is_done = true;

    for (char **list = digest->lists; digest->mail[0] != NULL && *list != NULL;
         list++)
        is_done = mail_list(settings, digest, *list) && is_done;
    if (*digest->publish != '\0')
        is_done = publish_lists(settings, digest) && is_done;
    return is_done;
}

static bool knows_all(const Invocation *invocation, GError **error)
{
    for (unsigned i = 0; i < invocation->operand_count; i++) {
        const char *name = invocation->operands[i];

        if (settings_digest(invocation->settings, name) != NULL)
            continue;
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                    "%s: the settings have no section digest \"%s\"", name,
                    name);
        return false;
    }
    return true;
}

static int run(const Invocation *invocation, GError **error)
{
    bool is_done = true;

    if (!knows_all(invocation, error))
        return EXIT_USAGE;
    for (unsigned i = 0; i < invocation->operand_count; i++) {
        const DigestSettings *digest =
            settings_digest(invocation->settings, invocation->operands[i]);

        is_done = run_digest(invocation->settings, digest) && is_done;
    }
    return is_done ? EXIT_GOOD : EXIT_FAILED;
}

const Command command_run = {
    .name = "run",
    .operands = "NAME...",
    .summary = "mail and publish the digests that the settings name",
    .options = run_options,
    .least = 1,
    .most = UINT_MAX,
    .run = run,
};
