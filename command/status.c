/* SPDX-License-Identifier: MIT */
/* listpulse status: is all well? */
#include "command/command.h"
#include "command/condition.h"
#include "command/list_metrics.h"

#include "base/banned.h"

typedef struct StatusOptions {
    bool json, prometheus;
} StatusOptions;

static const Option status_options[] = {
    { "json", 0, OPTION_FLAG, NULL, "as JSON", offsetof(StatusOptions, json) },
    { "prometheus", 0, OPTION_FLAG, NULL,
      "as metrics for node_exporter's textfile collector",
      offsetof(StatusOptions, prometheus) },
    { .name = NULL },
};

/* What can be told of the daemon and of Redis is told in any case. */
static bool append_metrics(const Settings *settings, const Condition *condition,
                           GString *out)
{
    g_autoptr(GError) failure = NULL;

    condition_prometheus(condition, out);
    if (condition->redis_trouble != NULL ||
        list_metrics_append(settings, condition->now_ms, out, &failure))
        return true;
    command_warn("lists", failure->message);
    return false;
}

static int run(const Invocation *invocation, GError **error)
{
    const StatusOptions *options = invocation->options;
    g_autoptr(GString) out = g_string_new(NULL);
    Condition condition;

    if (options->json && options->prometheus) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                    "status: --json or --prometheus, not both");
        return EXIT_USAGE;
    }
    condition_init(&condition, invocation->settings, g_get_real_time() / 1000);
    bool is_whole = true;

    if (options->json)
        condition_json(&condition, out);
    else if (options->prometheus)
        is_whole = append_metrics(invocation->settings, &condition, out);
    else
        condition_text(&condition, out);

    const bool is_healthy = condition_is_healthy(&condition);
    condition_clear(&condition);
    if (!command_print(out->str, out->len, error))
        return EXIT_FAILED;
    return is_healthy && is_whole ? EXIT_GOOD : EXIT_FAILED;
}

const Command command_status = {
    .name = "status",
    .operands = "",
    .summary = "milter, journal, Redis: exit 0 if healthy, 1 if not",
    .options = status_options,
    .options_size = sizeof(StatusOptions),
    .least = 0,
    .most = 0,
    .run = run,
};
