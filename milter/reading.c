/* SPDX-License-Identifier: MIT */
#include "milter/reading.h"

#include "journal/journal_positions.h"
#include "milter/log.h"
#include "milter/supervisor.h"

#include <sys/time.h>

#include "base/banned.h"

/* Of processor time; the slowest real mail takes some milliseconds. */
enum { PARSE_SECONDS_MAX = 1 };

/* SIGVTALRM ends us when a mail takes that long: its default action. Sanitizers
 * take several times as long. */
static void limit_time(int seconds)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    const int times = 8;
#else
    const int times = 1;
#endif
    const struct itimerval limit = { .it_value.tv_sec = seconds * times };

    setitimer(ITIMER_VIRTUAL, &limit, NULL);
}

static void begin_risk(Health *health, int64_t row)
{
    health_set(health, HEALTH_PARSING_ROW, row);
    limit_time(PARSE_SECONDS_MAX);
}

static void end_risk(Health *health)
{
    limit_time(0);
    health_set(health, HEALTH_PARSING_ROW, 0);
}

/* A row that must not be parsed: it was set aside before, or is now. */
static bool is_aside(const Reading *reading, const JournalRow *row)
{
    const Health *health = reading->health;
    bool was_aside = false;

    if (journal_is_aside(reading->journal, row->row, &was_aside, NULL) &&
        was_aside)
        return true;
    if (health_get(health, HEALTH_FATAL_ROW) != row->row ||
        health_get(health, HEALTH_FATAL_POINTS) < SUPERVISOR_FATAL_POINTS)
        return false;
    log_error("row %" G_GINT64_FORMAT
              " killed the processor again, or took a second: it is set "
              "aside, counted unread",
              row->row);
    journal_set_aside(reading->journal, row->row,
                      "its parsing killed the processor", NULL);
    health_count(reading->health, HEALTH_ASIDE, 1);
    return true;
}

static ActivityOrigin origin_of(const Reading *reading, const JournalRow *row,
                                const char *id)
{
    const ListSettings *list = settings_list(reading->settings, id);

    return (ActivityOrigin){
        .list = id,
        .prefix = list != NULL ? list->prefix : "",
        .approvals = reading->settings->approvals,
        .arrival_ms = row->arrival_ms,
        .capture_flags = row->capture_flags,
        .size = row->size,
    };
}

static void add_unread(const Reading *reading, const JournalRow *row,
                       char *const *lists, GPtrArray *activities)
{
    for (; *lists != NULL; lists++) {
        const ActivityOrigin origin = origin_of(reading, row, *lists);

        g_ptr_array_add(activities, activity_new_unread(row->mail, &origin));
    }
}

static void add_read(const Reading *reading, const JournalRow *row,
                     char *const *lists, GPtrArray *activities)
{
    size_t length = 0;
    const char *bytes = g_bytes_get_data(row->mail, &length);

    begin_risk(reading->health, row->row);
    g_autoptr(MailMessage) message =
        mail_message_parse(bytes != NULL ? bytes : "", length);
    for (; *lists != NULL; lists++) {
        const ActivityOrigin origin = origin_of(reading, row, *lists);

        g_ptr_array_add(activities, activity_new(message, &origin,
                                                 reading->settings->trailers));
    }
    end_risk(reading->health);
}

GPtrArray *reading_of_row(const Reading *reading, const JournalRow *row,
                          char *const *lists)
{
    GPtrArray *activities =
        g_ptr_array_new_with_free_func((GDestroyNotify)activity_free);

    if (is_aside(reading, row))
        add_unread(reading, row, lists, activities);
    else
        add_read(reading, row, lists, activities);
    return activities;
}
