/* SPDX-License-Identifier: MIT */
/*
 * Turns an archived mail into the activities that count it: on which lists, and
 * when it arrived. Pure, so that several threads may do it at once.
 */
#pragma once

#include "activity/activity.h"
#include "base/settings.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct IntakeRules {
    const Settings *settings;
    const char *list; /* id: this list, whatever a mail says; or NULL */
    int64_t now_ms;   /* arrival of a mail that has no time at all */
} IntakeRules;

typedef struct IntakeMail {
    const char *bytes; /* as mail_capture_bytes gives them */
    size_t length;
    unsigned flags; /* MailCaptureFlags */
    uint64_t size;
    bool has_mark;
    uint8_t mark[RECORD_MARK_BYTES];
    bool has_arrival;
    int64_t arrival_ms;
} IntakeMail;

/* Appends an Activity for each list to activities, and returns their number: 0
 * if the mail is of no list. */
unsigned intake_read(const IntakeRules *rules, const IntakeMail *mail,
                     GPtrArray *activities);
