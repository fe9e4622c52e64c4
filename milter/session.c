/* SPDX-License-Identifier: MIT */
#include "milter/session.h"

#include "base/text.h"
#include "journal/journal_rows.h"
#include "mail/capture.h"
#include "mail/membership.h"
#include "milter/clock.h"
#include "milter/log.h"

#include <string.h>

#include "base/banned.h"

enum {
    KEEP_WAIT_MILLISECONDS = 250,
    /* Times 400 KiB, the most that a mail takes: what memory may be used. */
    OPEN_MAILS_MAX = 1000,
    RECIPIENTS_MAX = 256,
};

struct Session {
    Collector *collector;
    MailCapture *capture;
    GPtrArray *recipients; /* char *, lower case */
    Rules *rules;          /* of the open mail; NULL: none is open */
    char *lists;           /* blank separated, after its headers */
    bool is_shed;          /* no room: not buffered */
};

Session *session_new(Collector *collector)
{
    Session *session = g_new0(Session, 1);

    session->collector = collector;
    session->capture = mail_capture_new();
    session->recipients = g_ptr_array_new_with_free_func(g_free);
    health_count(collector->health, HEALTH_SESSIONS, 1);
    health_add(collector->health, HEALTH_OPEN_SESSIONS, 1);
    return session;
}

static void forget(Session *session)
{
    if (session->rules == NULL)
        return;
    g_clear_pointer(&session->rules, rules_release);
    g_clear_pointer(&session->lists, g_free);
    g_ptr_array_set_size(session->recipients, 0);
    mail_capture_reset(session->capture);
    session->is_shed = false;
    health_add(session->collector->health, HEALTH_OPEN_MAILS, -1);
}

void session_abort(Session *session)
{
    if (session->rules != NULL)
        health_count(session->collector->health, HEALTH_ABORTED, 1);
    forget(session);
}

void session_free(Session *session)
{
    if (session == NULL)
        return;
    session_abort(session);
    health_add(session->collector->health, HEALTH_OPEN_SESSIONS, -1);
    mail_capture_free(session->capture);
    g_ptr_array_unref(session->recipients);
    g_free(session);
}

void session_begin(Session *session)
{
    Health *health = session->collector->health;

    session_abort(session);
    session->rules = rules_take(session->collector->rules);
    health_add(health, HEALTH_OPEN_MAILS, 1);
    session->is_shed = health_get(health, HEALTH_OPEN_MAILS) > OPEN_MAILS_MAX;
}

/* A mail whose MAIL did not come is a mail all the same. */
static void ensure_open(Session *session)
{
    if (session->rules == NULL)
        session_begin(session);
}

void session_recipient(Session *session, const char *address)
{
    ensure_open(session);
    if (session->recipients->len >= RECIPIENTS_MAX)
        return;
    g_autofree char *lower = g_ascii_strdown(address, -1);
    char *start = *lower == '<' ? lower + 1 : lower;
    start[strcspn(start, ">")] = '\0';
    g_ptr_array_add(session->recipients, g_strdup(start));
}

/* An MTA without HDR_LEADSPC takes off the blank that nearly all have. */
static void restore_blank(MailCapture *capture, const char *name,
                          const char *value)
{
    g_autofree char *whole = g_strconcat(" ", value, NULL);

    mail_capture_header(capture, name, whole, strlen(whole));
}

void session_header(Session *session, const char *name, const char *value,
                    bool has_leading_blank)
{
    ensure_open(session);
    if (session->is_shed)
        return;
    if (has_leading_blank)
        mail_capture_header(session->capture, name, value, strlen(value));
    else
        restore_blank(session->capture, name, value);
}

/* Envelope recipients, if they are asked for, and Delivered-To. */
static GPtrArray *recipients_of(const Session *session)
{
    GPtrArray *recipients = mail_capture_delivered_to(session->capture);

    for (unsigned i = 0; i < session->recipients->len; i++)
        g_ptr_array_add(recipients, g_strdup(session->recipients->pdata[i]));
    return recipients;
}

static GPtrArray *find_lists(const Session *session)
{
    g_autoptr(GPtrArray) recipients = recipients_of(session);
    g_autoptr(GPtrArray) ids = mail_capture_list_ids(session->capture);
    g_autofree char *address = mail_capture_mailing_list(session->capture);
    g_autofree char *sender = mail_capture_sender(session->capture);
    if (mail_capture_is_own(session->capture))
        return g_ptr_array_new_with_free_func(g_free);
    return mail_membership(rules_settings(session->rules), ids, address, sender,
                           recipients);
}

static char *join(const GPtrArray *words)
{
    GString *joined = g_string_new(NULL);

    for (unsigned i = 0; i < words->len; i++) {
        if (i > 0)
            g_string_append_c(joined, ' ');
        g_string_append(joined, words->pdata[i]);
    }
    return g_string_free(joined, FALSE);
}

/* Most mail is for no list: that costs one look at a flag. */
static bool is_ours(Session *session)
{
    if (!mail_capture_has_list_header(session->capture) &&
        session->recipients->len == 0)
        return false;
    g_autoptr(GPtrArray) lists = find_lists(session);
    if (lists->len == 0)
        return false;
    session->lists = join(lists);
    return true;
}

bool session_end_of_headers(Session *session)
{
    Health *health = session->collector->health;

    ensure_open(session);
    health_count(health, HEALTH_SEEN, 1);
    if (!session->is_shed && is_ours(session))
        return true;
    if (session->is_shed)
        keeper_lose(session->collector->keeper);
    health_count(health, session->is_shed ? HEALTH_SHED : HEALTH_PASSED, 1);
    forget(session);
    return false;
}

void session_body(Session *session, const void *bytes, size_t length)
{
    if (session->lists != NULL)
        mail_capture_body(session->capture, bytes, length);
}

static JournalRow row_of(Session *session, const char *queue_id)
{
    size_t length = 0;
    const char *bytes = mail_capture_bytes(session->capture, &length);

    return (JournalRow){
        .arrival_ms = clock_now_ms(),
        .capture_flags = mail_capture_flags(session->capture),
        .size = mail_capture_size(session->capture),
        .lists = g_steal_pointer(&session->lists),
        .queue_id = text_make_valid(queue_id, strlen(queue_id)),
        .mail = g_bytes_new(bytes, length),
    };
}

static bool is_truncated(const JournalRow *row)
{
    return (row->capture_flags & (MAIL_CAPTURE_TRUNCATED_BODY |
                                  MAIL_CAPTURE_TRUNCATED_HEADERS)) != 0;
}

static void keep(Session *session, const char *queue_id)
{
    Health *health = session->collector->health;
    JournalRow row = row_of(session, queue_id);

    if (is_truncated(&row))
        health_count(health, HEALTH_TRUNCATED, 1);
    log_debug("%s: %" G_GUINT64_FORMAT " bytes for %s", row.queue_id, row.size,
              row.lists);
    switch (
        keeper_keep(session->collector->keeper, &row, KEEP_WAIT_MILLISECONDS)) {
    case KEEPER_LATE:
        health_count(health, HEALTH_LATE, 1);
        break;
    case KEEPER_LOST:
        health_count(health, HEALTH_LOST, 1);
        break;
    case KEEPER_KEPT:
        break;
    }
}

void session_end_of_message(Session *session, const char *queue_id)
{
    const int64_t start_us = clock_ticks_us();

    if (session->lists != NULL)
        keep(session, queue_id != NULL ? queue_id : "");
    forget(session);
    health_wait(session->collector->health,
                (uint64_t)(clock_ticks_us() - start_us));
}
