/* SPDX-License-Identifier: MIT */
/*
 * A batch of mails on their way from an archive into Redis: first as captured
 * bytes, then as activities.
 */
#pragma once

#include "archive/archive.h"
#include "command/exported.h"
#include "command/intake.h"
#include "mail/capture.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    BUNDLE_MAILS = 64,
    BUNDLE_BYTES = 2 * 1024 * 1024, /* full after the mail that goes beyond */
};

typedef struct Bundle {
    GString *bytes;        /* all captured mails, one after the other */
    GArray *mails;         /* BundleMail */
    GPtrArray *activities; /* Activity * */
    GArray *items;         /* StoreItem, one for each activity; position.row is
                              set */
    GPtrArray *taken_back; /* Activity *, lent: of mails that were taken back */
    int64_t purged_ms;     /* when the last mail arrived, if it was purged; 0 */
    unsigned removals;     /* how many mails are one or the other: only the last
                              mail of a bundle may be */
    GPtrArray *exported;   /* Exported *, of lines of an export */
    bool is_export;        /* the mails are lines of an export */
    unsigned unlisted;     /* mails of no list */
    unsigned unreadable;   /* lines that cannot be understood */
    GArray *held_up;       /* uint64_t, rows of mails that were set aside */
    uint64_t last_row;     /* of its last mail; 0 if it has none */
    uint64_t done, total;  /* of the archive, after its last mail */
} Bundle;

Bundle *bundle_new(void);
void bundle_free(Bundle *bundle);
void bundle_reset(Bundle *bundle);
bool bundle_is_full(const Bundle *bundle);
void bundle_add(Bundle *bundle, MailCapture *capture, const ArchiveMail *mail);
/* Adds a line of an export. */
void bundle_add_line(Bundle *bundle, const ArchiveMail *line);
/* Parses all mails: fills activities, items and unlisted. A mail that takes a
 * second of processor time is set aside: its row goes to held_up. */
void bundle_read(Bundle *bundle, const IntakeRules *rules);
/* Returns true while a thread still reads a mail that was set aside, with the
 * rules that it was given: the process must then end without freeing them. */
bool bundle_is_read_still(void);
