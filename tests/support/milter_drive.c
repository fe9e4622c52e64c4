/* SPDX-License-Identifier: MIT */
#include "tests/support/milter_drive.h"

#include "tests/support/milter_wire.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BODY_CHUNK = 65535, PAUSE_US = 20 * 1000 };

typedef struct Plan {
    const char *address;
    gint mails, connections, rate, size, per_session, unlisted, twice;
    gint first;    /* number of the first mail */
    gint limit_ms; /* for a reply */
    gchar *lists, *tag, *acknowledged, *log;
    gboolean logs_passed; /* mails without an answer: the MTA lets them pass */
    gboolean is_patient;  /* a milter that goes away is no failure */
} Plan;

typedef struct Drive {
    Plan plan;
    char **lists;
    unsigned list_count;
    int64_t start_us;
    int next;                           /* atomic */
    uint32_t *header_waits, *end_waits; /* microseconds, by mail; 0: none */
    int64_t *begun_ms, *ended_ms;       /* time of day, by mail */
    char *outcomes;                     /* by mail: '.' not tried */
} Drive;

typedef struct Driver { /* a connection */
    Drive *drive;
    Wire wire;
    unsigned sent; /* in this session */
    pthread_t thread;
} Driver;

/* --- one mail ------------------------------------------------------------- */

static void put_header(Wire *wire, const char *name, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void put_header(Wire *wire, const char *name, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    g_autofree char *value = g_strdup_vprintf(format, values);
    va_end(values);
    wire_put_pair(wire, 'L', name, value);
}

/* Of a hundred mails, so many (50 at most) are copies of the one before. */
static int identity_of(const Plan *plan, int number)
{
    return number % 2 == 1 && number % 100 < 2 * plan->twice ? number - 1
                                                             : number;
}

static bool is_listed(const Plan *plan, int number)
{
    return (number * 37) % 100 >= plan->unlisted;
}

static void put_headers(Driver *driver, int number)
{
    const Drive *drive = driver->drive;
    const int id = identity_of(&drive->plan, number);
    const char *list = drive->lists[(unsigned)id % drive->list_count];
    Wire *wire = &driver->wire;

    g_autofree char *queue_id = g_strdup_printf("Q%d", number);
    wire_put_macro(wire, 'M', "i", queue_id);
    wire_put_pair(wire, 'M', "<sender@example.org>", "SIZE=1");
    put_header(wire, "Received",
               " from a.example by b.example; "
               "Mon, 29 Sep 2025 10:00:00 +0000");
    put_header(wire, "From", " Person %d <p%d@example.org>", id % 50, id % 50);
    put_header(wire, "Subject", " [PATCH v%d] heron: change number %d",
               1 + id % 4, id);
    put_header(wire, "Message-ID", " <%s.%d@client.example>", drive->plan.tag,
               id);
    put_header(wire, "Date", " Mon, 29 Sep 2025 10:%02d:%02d +0000",
               id / 60 % 60, id % 60);
    if (is_listed(&drive->plan, id))
        put_header(wire, "List-Id", " A list\n\t<%s>", list);
    put_header(wire, "DKIM-Signature", " v=1; a=rsa-sha256; bh=abc=;\n b=def");
    wire_put_macro(wire, 'N', "i", queue_id);
    wire_put(wire, 'N', NULL, 0);
}

static void put_body(Driver *driver)
{
    static const char line[] =
        "This line stands for one that somebody wrote in a patch.\r\n";
    GString *body = g_string_new(NULL);

    while (body->len < (size_t)driver->drive->plan.size)
        g_string_append(body, line);
    for (size_t at = 0; at < body->len; at += BODY_CHUNK)
        wire_put(&driver->wire, 'B', body->str + at,
                 MIN(body->len - at, (size_t)BODY_CHUNK));
    wire_put_macro(&driver->wire, 'E', "i", "Q");
    wire_put(&driver->wire, 'E', NULL, 0);
    g_string_free(body, TRUE);
}

/* Writes what is put and waits for the answer; 0: the milter has gone. */
static int ask(Driver *driver, uint32_t *wait_us)
{
    if (!wire_flush(&driver->wire))
        return 0;
    const int64_t start = g_get_monotonic_time();
    const int reply =
        wire_read(&driver->wire, NULL, driver->drive->plan.limit_ms);
    *wait_us = (uint32_t)MAX(g_get_monotonic_time() - start, 1);
    return reply;
}

/* c: counted, a: let pass, x: no answer, ?: an answer that must not be. */
static char send_mail(Driver *driver, int number)
{
    Drive *drive = driver->drive;

    put_headers(driver, number);
    const int at_headers = ask(driver, &drive->header_waits[number]);
    if (at_headers == 'a')
        return is_listed(&drive->plan, identity_of(&drive->plan, number)) ? '?'
                                                                          : 'a';
    if (at_headers != 'c')
        return at_headers <= 0 ? 'x' : '?';
    put_body(driver);
    const int at_end = ask(driver, &drive->end_waits[number]);
    if (at_end <= 0)
        return 'x';
    return at_end == 'c' ? 'c' : '?';
}

/* --- a connection --------------------------------------------------------- */

static bool open_session(Driver *driver)
{
    driver->sent = 0;
    return wire_connect(&driver->wire, driver->drive->plan.address) &&
           wire_negotiate(&driver->wire, WIRE_ACTIONS, WIRE_STEPS) &&
           driver->wire.actions == 0;
}

static bool ensure_session(Driver *driver)
{
    const unsigned most = (unsigned)driver->drive->plan.per_session;

    if (driver->wire.socket >= 0 && (most == 0 || driver->sent < most))
        return true;
    if (driver->wire.socket >= 0) {
        wire_put(&driver->wire, 'Q', NULL, 0);
        wire_flush(&driver->wire);
    }
    wire_drop(&driver->wire);
    return open_session(driver);
}

static void wait_for_turn(const Drive *drive, int number)
{
    if (drive->plan.rate <= 0)
        return;
    const int64_t at =
        drive->start_us + (int64_t)number * G_USEC_PER_SEC / drive->plan.rate;
    const int64_t left = at - g_get_monotonic_time();
    if (left > 0)
        g_usleep((gulong)left);
}

static void *drive_connection(void *data)
{
    Driver *driver = data;
    Drive *drive = driver->drive;

    for (;;) {
        const int number =
            __atomic_fetch_add(&drive->next, 1, __ATOMIC_RELAXED);
        if (number >= drive->plan.mails)
            break;
        wait_for_turn(drive, number);
        drive->begun_ms[number] = g_get_real_time() / 1000;
        const char outcome =
            ensure_session(driver) ? send_mail(driver, number) : 'x';
        drive->ended_ms[number] = g_get_real_time() / 1000;
        drive->outcomes[number] = outcome;
        driver->sent++;
        if (outcome == 'x' || outcome == '?') {
            wire_drop(&driver->wire);
            g_usleep(PAUSE_US);
        }
    }
    if (driver->wire.socket >= 0) {
        wire_put(&driver->wire, 'Q', NULL, 0);
        wire_flush(&driver->wire);
    }
    wire_clear(&driver->wire);
    return NULL;
}

/* --- the result ----------------------------------------------------------- */

static int compare(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return a < b ? -1 : a > b;
}

static void print_waits(const char *name, uint32_t *waits, int count)
{
    int used = 0;

    for (int i = 0; i < count; i++) {
        if (waits[i] > 0)
            waits[used++] = waits[i];
    }
    if (used == 0)
        return;
    qsort(waits, (size_t)used, sizeof *waits, compare);
    printf("%s_p50=%u %s_p99=%u %s_max=%u\n", name, waits[used / 2], name,
           waits[used - 1 - used / 100], name, waits[used - 1]);
}

static int count_of(const Drive *drive, char outcome)
{
    int count = 0;

    for (int i = 0; i < drive->plan.mails; i++)
        count += drive->outcomes[i] == outcome;
    return count;
}

/* One line a mail that the milter has answered for: it must be counted. */
static bool write_acknowledged(const Drive *drive)
{
    if (drive->plan.acknowledged == NULL)
        return true;
    FILE *out = fopen(drive->plan.acknowledged, "we");
    if (out == NULL)
        return false;
    for (int i = 0; i < drive->plan.mails; i++) {
        const int id = identity_of(&drive->plan, i);
        if (drive->outcomes[i] == 'c')
            fprintf(out, "%s %s.%d\n",
                    drive->lists[(unsigned)id % drive->list_count],
                    drive->plan.tag, id);
    }
    return fclose(out) == 0;
}

/* For tests/faults/judge: when the mails that were answered for came. */
static bool write_log(const Drive *drive)
{
    if (drive->plan.log == NULL)
        return true;
    FILE *out = fopen(drive->plan.log, "ae");
    if (out == NULL)
        return false;
    for (int i = 0; i < drive->plan.mails; i++) {
        const int id = identity_of(&drive->plan, i);
        if (drive->outcomes[i] == 'c' ||
            (drive->plan.logs_passed && drive->outcomes[i] == 'x'))
            fprintf(out,
                    "%s %s.%d@client.example %" G_GINT64_FORMAT
                    " %" G_GINT64_FORMAT "\n",
                    drive->lists[(unsigned)id % drive->list_count],
                    drive->plan.tag, id, drive->begun_ms[i],
                    drive->ended_ms[i]);
    }
    return fclose(out) == 0;
}

static int report(const Drive *drive)
{
    const double seconds =
        (double)(g_get_monotonic_time() - drive->start_us) / G_USEC_PER_SEC;
    const int wrong = count_of(drive, '?'), missed = count_of(drive, 'x');

    printf("mails=%d kept=%d passed=%d missed=%d wrong=%d seconds=%.2f\n",
           drive->plan.mails, count_of(drive, 'c'), count_of(drive, 'a'),
           missed, wrong, seconds);
    print_waits("headers", drive->header_waits, drive->plan.mails);
    print_waits("end", drive->end_waits, drive->plan.mails);
    if (!write_acknowledged(drive) || !write_log(drive))
        return 1;
    return wrong > 0 || (missed > 0 && !drive->plan.is_patient);
}

static bool read_plan(Plan *plan, int argc, char **argv)
{
    const GOptionEntry entries[] = {
        { "mails", 'n', 0, G_OPTION_ARG_INT, &plan->mails, "mails", "N" },
        { "connections", 'k', 0, G_OPTION_ARG_INT, &plan->connections,
          "at the same time", "K" },
        { "rate", 'r', 0, G_OPTION_ARG_INT, &plan->rate,
          "mails a second; 0: as fast as can be", "N" },
        { "size", 's', 0, G_OPTION_ARG_INT, &plan->size, "of the body",
          "BYTES" },
        { "per-session", 0, 0, G_OPTION_ARG_INT, &plan->per_session,
          "mails on a connection; 0: all", "N" },
        { "unlisted", 0, 0, G_OPTION_ARG_INT, &plan->unlisted,
          "of a hundred, for no list", "N" },
        { "twice", 0, 0, G_OPTION_ARG_INT, &plan->twice,
          "of a hundred, copies of the mail before", "N" },
        { "limit", 0, 0, G_OPTION_ARG_INT, &plan->limit_ms, "wait for a reply",
          "MILLISECONDS" },
        { "lists", 0, 0, G_OPTION_ARG_STRING, &plan->lists, "in turn",
          "ID,ID" },
        { "tag", 0, 0, G_OPTION_ARG_STRING, &plan->tag, "of Message-IDs",
          "TAG" },
        { "acknowledged", 0, 0, G_OPTION_ARG_FILENAME, &plan->acknowledged,
          "write what was answered for", "FILE" },
        { "log", 0, 0, G_OPTION_ARG_FILENAME, &plan->log,
          "append what was answered for, and when", "FILE" },
        { "log-passed", 0, 0, G_OPTION_ARG_NONE, &plan->logs_passed,
          "log mails without an answer, too", NULL },
        { "patient", 0, 0, G_OPTION_ARG_NONE, &plan->is_patient,
          "a milter that goes away is no failure", NULL },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    g_autoptr(GOptionContext) context = g_option_context_new("drive");
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    if (g_option_context_parse(context, &argc, &argv, &error))
        return true;
    fprintf(stderr, "milter-client: %s\n", error->message);
    return false;
}

static void run(Drive *drive)
{
    const unsigned count = (unsigned)MAX(drive->plan.connections, 1);
    g_autofree Driver *drivers = g_new0(Driver, count);

    drive->start_us = g_get_monotonic_time();
    for (unsigned i = 0; i < count; i++) {
        drivers[i].drive = drive;
        wire_init(&drivers[i].wire);
        pthread_create(&drivers[i].thread, NULL, drive_connection, &drivers[i]);
    }
    for (unsigned i = 0; i < count; i++)
        pthread_join(drivers[i].thread, NULL);
}

int drive_main(const char *address, int argc, char **argv)
{
    Drive drive = { .plan = { .address = address,
                              .mails = 100,
                              .connections = 1,
                              .size = 4000,
                              .limit_ms = WIRE_WAIT_MS } };

    if (!read_plan(&drive.plan, argc, argv))
        return 2;
    if (drive.plan.lists == NULL)
        drive.plan.lists = g_strdup("heron.lists.example.org");
    if (drive.plan.tag == NULL)
        drive.plan.tag = g_strdup_printf("%d", (int)getpid());
    const size_t mails = (size_t)MAX(drive.plan.mails, 1);
    drive.lists = g_strsplit(drive.plan.lists, ",", -1);
    drive.list_count = g_strv_length(drive.lists);
    drive.header_waits = g_new0(uint32_t, mails);
    drive.end_waits = g_new0(uint32_t, mails);
    drive.begun_ms = g_new0(int64_t, mails);
    drive.ended_ms = g_new0(int64_t, mails);
    drive.outcomes = g_strnfill(mails, '.');
    run(&drive);
    const int code = report(&drive);
    g_strfreev(drive.lists);
    g_free(drive.header_waits);
    g_free(drive.end_waits);
    g_free(drive.begun_ms);
    g_free(drive.ended_ms);
    g_free(drive.outcomes);
    g_free(drive.plan.lists);
    g_free(drive.plan.tag);
    g_free(drive.plan.acknowledged);
    g_free(drive.plan.log);
    return code;
}
