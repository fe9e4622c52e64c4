/* SPDX-License-Identifier: MIT */
#include "command/intake.h"

#include "mail/list.h"
#include "mail/membership.h"
#include "mail/message.h"

#include <string.h>

#include "base/banned.h"

enum { MILLISECONDS = 1000 };

/* Rows have 48 bits for an arrival. */
static const int64_t ARRIVAL_SECONDS_MAX = INT64_C(0xffffffffffff) / 1000;

static bool is_arrival(int64_t seconds)
{
    return seconds > 0 && seconds <= ARRIVAL_SECONDS_MAX;
}

/* What the archive says, else the newest Received, else Date, else now. */
static int64_t arrival_of(const IntakeRules *rules, const IntakeMail *mail,
                          const MailMessage *message)
{
    if (mail->has_arrival && is_arrival(mail->arrival_ms / MILLISECONDS))
        return mail->arrival_ms;
    if (message->has_received && is_arrival(message->received))
        return message->received * MILLISECONDS;
    if (message->has_date && is_arrival(message->date))
        return message->date * MILLISECONDS;
    return rules->now_ms;
}

static void add_addresses(GPtrArray *addresses, const GPtrArray *values)
{
    for (unsigned i = 0; i < values->len; i++)
        mail_list_add_addresses(addresses, values->pdata[i],
                                strlen(values->pdata[i]));
}

/* No header for lists may name it; then whom it was sent to does. */
static GPtrArray *named_lists(const IntakeRules *rules,
                              const MailMessage *message)
{
    g_autoptr(GPtrArray) recipients = g_ptr_array_new_with_free_func(g_free);
    /* as the milter reads it, who has seen no more than these bytes */
    g_autofree char *sender =
        mail_list_address_parse(message->from.raw, strlen(message->from.raw));

    if (message->list_ids->len == 0 && rules->settings->lists->len > 0) {
        add_addresses(recipients, message->to);
        add_addresses(recipients, message->cc);
    }
    return mail_membership(rules->settings, message->list_ids,
                           message->mailing_list, sender, recipients);
}

static GPtrArray *lists_of(const IntakeRules *rules, const MailMessage *message)
{
    if (message->is_own)
        return g_ptr_array_new_with_free_func(g_free);
    if (rules->list == NULL)
        return named_lists(rules, message);

    GPtrArray *lists = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(lists, g_strdup(rules->list));
    return lists;
}

unsigned intake_read(const IntakeRules *rules, const IntakeMail *mail,
                     GPtrArray *activities)
{
    g_autoptr(MailMessage) message =
        mail_message_parse(mail->bytes, mail->length);
    g_autoptr(GPtrArray) lists = lists_of(rules, message);
    ActivityOrigin origin = {
        .arrival_ms = arrival_of(rules, mail, message),
        .has_mark = mail->has_mark,
        .capture_flags = mail->flags,
        .size = mail->size,
        .is_replay = true,
    };

    memcpy(origin.mark, mail->mark, sizeof origin.mark);
    for (unsigned i = 0; i < lists->len; i++) {
        const ListSettings *list =
            settings_list(rules->settings, lists->pdata[i]);

        origin.list = lists->pdata[i];
        origin.prefix = list != NULL ? list->prefix : "";
        origin.approvals = rules->settings->approvals;
        g_ptr_array_add(activities, activity_new(message, &origin,
                                                 rules->settings->trailers));
    }
    return lists->len;
}
