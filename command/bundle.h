/* SPDX-License-Identifier: MIT */
/*
 * Mails on their way from an archive into Redis, as many as are sent at once:
 * first as captured bytes, then as activities.
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
    GArray *items;         /* StoreItem, one an activity; position.row set */
    GPtrArray *exported;   /* Exported *, of lines of an export */
    bool is_export;        /* of such lines */
    unsigned unlisted;     /* mails that are of no list */
    unsigned unreadable;   /* lines that say nothing that is known */
    GArray *held_up;       /* uint64_t, rows of mails that were set aside */
    uint64_t last_row;     /* of its last mail; 0 if it has none */
    uint64_t done, total;  /* of the archive, after its last mail */
} Bundle;

Bundle *bundle_new(void);
void bundle_free(Bundle *bundle);
void bundle_reset(Bundle *bundle);
bool bundle_is_full(const Bundle *bundle);
void bundle_add(Bundle *bundle, MailCapture *capture, const ArchiveMail *mail);
/* A line of an export. */
void bundle_add_line(Bundle *bundle, const ArchiveMail *line);
/* Parses all mails: fills activities, items and unlisted. A mail that takes a
 * second of processor time is set aside: its row goes to held_up. */
void bundle_read(Bundle *bundle, const IntakeRules *rules);
/* Somebody reads a mail that was set aside still, by rules of before: the
 * process has to end without freeing them. */
bool bundle_is_read_still(void);
