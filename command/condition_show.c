/* SPDX-License-Identifier: MIT */
#include "command/condition.h"

#include "base/text.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

enum { MILLISECONDS = 1000 };

static const double MICROSECONDS = 1e6;
static const double MEBIBYTE = 1024 * 1024;

static char *time_of(int64_t when_ms)
{
    g_autoptr(GDateTime) when =
        g_date_time_new_from_unix_utc(when_ms / MILLISECONDS);

    return when != NULL ? g_date_time_format(when, "%Y-%m-%d %H:%M:%S UTC")
                        : g_strdup("-");
}

static uint64_t counter(const Condition *condition, HealthCounter which)
{
    return condition->milter.counters[which];
}

/* A line: what, and a sentence that may hold a stranger's bytes. */
static void line(GString *out, const char *what, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void line(GString *out, const char *what, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_string_append_printf(out, "%-11s ", what);
    text_append_visible(out, text, strlen(text), false);
    g_string_append_c(out, '\n');
}

static void text_of_mails(const Condition *condition, GString *out)
{
    line(out, "sessions", "%" PRIu64 ", %" PRId64 " open",
         counter(condition, HEALTH_SESSIONS),
         health_get(&condition->milter, HEALTH_OPEN_SESSIONS));
    line(out, "mails",
         "%" PRIu64 " seen, %" PRIu64 " of no list, %" PRIu64 " kept, %" PRIu64
         " truncated, %" PRIu64 " aborted, %" PRIu64 " lost",
         counter(condition, HEALTH_SEEN), counter(condition, HEALTH_PASSED),
         counter(condition, HEALTH_KEPT), counter(condition, HEALTH_TRUNCATED),
         counter(condition, HEALTH_ABORTED),
         counter(condition, HEALTH_LOST) + counter(condition, HEALTH_SHED));
    line(out, "posts",
         "%" PRIu64 " counted, %" PRIu64 " duplicates, %" PRIu64
         " malformed, %" PRIu64 " set aside",
         counter(condition, HEALTH_COUNTED),
         counter(condition, HEALTH_DUPLICATES),
         counter(condition, HEALTH_MALFORMED),
         counter(condition, HEALTH_ASIDE));
    if (counter(condition, HEALTH_DIFFERING) > 0)
        line(out, "",
             "%" PRIu64 " of the duplicates arrived earlier and say something "
             "else; `listpulse show` names them",
             counter(condition, HEALTH_DIFFERING));
}

static void text_of_milter(const Condition *condition, GString *out)
{
    const Health *milter = &condition->milter;
    g_autofree char *since = time_of(health_get(milter, HEALTH_STARTED_MS));
    g_autofree char *version = health_text(milter, HEALTH_VERSION);
    g_autofree char *last_error = health_text(milter, HEALTH_LAST_ERROR);
    g_autofree char *config_error = health_text(milter, HEALTH_CONFIG_ERROR);

    line(out, "", "%s, process %" PRId64 ", since %s", version,
         health_get(milter, HEALTH_COLLECTOR_PID), since);
    text_of_mails(condition, out);
    if (counter(condition, HEALTH_REFUSED) > 0) {
        g_autofree char *list = health_text(milter, HEALTH_REFUSED_LIST);
        line(out, "refused",
             "%" PRIu64 " mails of lists beyond max_lists, the last of %s; "
             "%" PRId64 " lists wait for a place",
             counter(condition, HEALTH_REFUSED), list,
             health_get(milter, HEALTH_WAITING_LISTS));
    }
    line(out, "journal",
         "%" PRIu64 " rows wait, %" PRId64 " s behind, %.1f MiB",
         condition_rows_waiting(condition), condition_lag_seconds(condition),
         (double)health_get(milter, HEALTH_JOURNAL_BYTES) / MEBIBYTE);
    line(out, "wait", "p50 %u us, p99 %u us at end of message",
         health_wait_quantile(milter, 0.5), health_wait_quantile(milter, 0.99));
    if (config_error[0] != '\0')
        line(out, "reload", "refused, the old configuration stays: %s",
             config_error);
    if (last_error[0] != '\0') {
        g_autofree char *said =
            time_of(milter->words[HEALTH_LAST_ERROR].said_ms);
        line(out, "last error", "%s: %s", said, last_error);
    }
}

void condition_text(const Condition *condition, GString *out)
{
    line(out, "status", "%s",
         condition_is_healthy(condition) ? "healthy" : "NOT HEALTHY");
    line(out, "milter", "%s",
         condition->milter_trouble != NULL ? condition->milter_trouble
         : condition->has_milter           ? "running"
                                           : "none here; mail was imported");
    if (condition->has_milter)
        text_of_milter(condition, out);
    if (condition->redis_trouble != NULL)
        line(out, "redis", "%s: %s", condition->redis,
             condition->redis_trouble);
    else
        line(out, "redis",
             "%s: answers, version %s, %.1f MiB, %" PRIu64 " lists",
             condition->redis, condition->redis_version,
             (double)condition->redis_bytes / MEBIBYTE, condition->lists);
    for (unsigned i = 0; i < condition->held->len; i++)
        line(out, i == 0 ? "held" : "", "%s",
             (const char *)condition->held->pdata[i]);
    for (unsigned i = 0; i < condition->gaps->len; i++)
        line(out, i == 0 ? "gaps" : "", "%s",
             (const char *)condition->gaps->pdata[i]);
}

/* --- JSON ---------------------------------------------------------------- */

static json_t *json_text(const char *text)
{
    if (text == NULL)
        return json_null();

    g_autofree char *valid = text_make_valid(text, strlen(text));
    return json_string(valid);
}

static json_t *json_waits(const Health *milter)
{
    json_t *waits = json_array();
    json_t *all = json_object();

    for (unsigned i = 0; i < HEALTH_WAITS; i++) {
        json_t *bucket = json_object();
        const unsigned bound = health_wait_bound(i);

        json_object_set_new(bucket, "below_microseconds",
                            bound != 0 ? json_integer(bound) : json_null());
        json_object_set_new(bucket, "mails",
                            json_integer((json_int_t)milter->waits[i]));
        json_array_append_new(waits, bucket);
    }
    json_object_set_new(all, "p50_microseconds",
                        json_integer(health_wait_quantile(milter, 0.5)));
    json_object_set_new(all, "p99_microseconds",
                        json_integer(health_wait_quantile(milter, 0.99)));
    json_object_set_new(all, "histogram", waits);
    return all;
}

static json_t *json_milter(const Condition *condition)
{
    const Health *milter = &condition->milter;
    g_autofree char *last_error = health_text(milter, HEALTH_LAST_ERROR);
    json_t *object = json_object();

    json_object_set_new(object, "trouble",
                        json_text(condition->milter_trouble));
    if (!condition->has_milter)
        return object;
    for (unsigned i = 0; i < HEALTH_COUNTERS; i++)
        json_object_set_new(object, health_counter_name(i),
                            json_integer((json_int_t)milter->counters[i]));
    for (unsigned i = 0; i < HEALTH_GAUGES; i++)
        json_object_set_new(object, health_gauge_name(i),
                            json_integer(health_get(milter, i)));
    json_object_set_new(object, "redis_state",
                        json_string(health_redis_name((HealthRedis)health_get(
                            milter, HEALTH_REDIS_STATE))));
    json_object_set_new(
        object, "journal_rows_waiting",
        json_integer((json_int_t)condition_rows_waiting(condition)));
    json_object_set_new(object, "lag_seconds",
                        json_integer(condition_lag_seconds(condition)));
    json_object_set_new(object, "last_error", json_text(last_error));
    json_object_set_new(object, "end_of_message_wait", json_waits(milter));
    return object;
}

static json_t *json_redis(const Condition *condition)
{
    json_t *object = json_object();

    json_object_set_new(object, "trouble", json_text(condition->redis_trouble));
    json_object_set_new(object, "where", json_text(condition->redis));
    json_object_set_new(object, "version", json_text(condition->redis_version));
    json_object_set_new(object, "used_bytes",
                        json_integer((json_int_t)condition->redis_bytes));
    json_object_set_new(object, "lists",
                        json_integer((json_int_t)condition->lists));
    return object;
}

void condition_json(const Condition *condition, GString *out)
{
    json_t *object = json_object();
    json_t *held = json_array();
    json_t *gaps = json_array();

    for (unsigned i = 0; i < condition->held->len; i++)
        json_array_append_new(held, json_text(condition->held->pdata[i]));
    for (unsigned i = 0; i < condition->gaps->len; i++)
        json_array_append_new(gaps, json_text(condition->gaps->pdata[i]));
    json_object_set_new(object, "healthy",
                        json_boolean(condition_is_healthy(condition)));
    json_object_set_new(object, "milter", json_milter(condition));
    json_object_set_new(object, "redis", json_redis(condition));
    json_object_set_new(object, "held", held);
    json_object_set_new(object, "gaps", gaps);

    char *text = json_dumps(object, JSON_INDENT(2));
    g_string_append_printf(out, "%s\n", text);
    free(text);
    json_decref(object);
}

/* --- Prometheus, its text format 0.0.4 ----------------------------------- */

static void metric(GString *out, const char *name, const char *type,
                   const char *help, double value)
{
    g_string_append_printf(out,
                           "# HELP listpulse_%s %s\n# TYPE listpulse_%s %s\n"
                           "listpulse_%s %.15g\n",
                           name, help, name, type, name, value);
}

static void metric_waits(GString *out, const Health *milter)
{
    static const char name[] = "listpulse_end_of_message_wait_seconds";
    uint64_t sum = 0;

    g_string_append_printf(out,
                           "# HELP %s wait of the MTA at end of message\n"
                           "# TYPE %s histogram\n",
                           name, name);
    for (unsigned i = 0; i < HEALTH_WAITS; i++) {
        const unsigned bound = health_wait_bound(i);

        sum += milter->waits[i];
        if (bound != 0)
            g_string_append_printf(out, "%s_bucket{le=\"%g\"} %" PRIu64 "\n",
                                   name, bound / MICROSECONDS, sum);
    }
    g_string_append_printf(
        out,
        "%s_bucket{le=\"+Inf\"} %" PRIu64 "\n%s_sum %g\n%s_count %" PRIu64 "\n",
        name, sum, name, (double)milter->wait_sum_us / MICROSECONDS, name, sum);
}

/* Base units: instants in milliseconds become seconds, and are named so. */
static void metric_gauge(GString *out, const Health *milter, HealthGauge gauge)
{
    static const char suffix[] = "_ms";
    const char *name = health_gauge_name(gauge);
    const double value = (double)health_get(milter, gauge);

    if (!g_str_has_suffix(name, suffix)) {
        metric(out, name, "gauge", health_gauge_help(gauge), value);
        return;
    }

    g_autofree char *renamed = g_strdup_printf(
        "%.*s_timestamp_seconds", (int)(strlen(name) - strlen(suffix)), name);
    metric(out, renamed, "gauge", health_gauge_help(gauge),
           value / MILLISECONDS);
}

static void metrics_of_milter(const Condition *condition, GString *out)
{
    const Health *milter = &condition->milter;

    for (unsigned i = 0; i < HEALTH_COUNTERS; i++) {
        g_autofree char *name =
            g_strdup_printf("%s_total", health_counter_name(i));
        const char *help = health_counter_help(i);

        if (help != NULL)
            metric(out, name, "counter", help, (double)milter->counters[i]);
    }
    for (unsigned i = 0; i < HEALTH_GAUGES; i++) {
        if (health_gauge_help(i) != NULL)
            metric_gauge(out, milter, i);
    }
    metric(out, "journal_rows_waiting", "gauge",
           "rows of the journal that are not in Redis yet",
           (double)condition_rows_waiting(condition));
    metric(out, "lag_seconds", "gauge", "age of the oldest row that waits",
           (double)condition_lag_seconds(condition));
    metric_waits(out, milter);
}

void condition_prometheus(const Condition *condition, GString *out)
{
    metric(out, "healthy", "gauge", "1 when nothing is amiss",
           condition_is_healthy(condition));
    metric(out, "redis_up", "gauge", "1 when Redis answers",
           condition->redis_trouble == NULL);
    metric(out, "redis_used_bytes", "gauge", "memory that Redis uses",
           (double)condition->redis_bytes);
    metric(out, "lists", "gauge", "lists that Redis knows",
           (double)condition->lists);
    if (condition->has_milter)
        metrics_of_milter(condition, out);
}
