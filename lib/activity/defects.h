/* SPDX-License-Identifier: MIT */
/*
 * The reasons why a post counts as malformed: a MailDefects bit for each, those
 * of the capture included. Records hold the bits: never renumber.
 */
#pragma once

#include "mail/message.h"

#include <glib.h>

typedef struct Defect {
    MailDefects bit;
    const char *name;  /* for programs: "no_from" */
    const char *words; /* for people: "it has no From" */
} Defect;

enum { DEFECTS_ALL = (1 << 10) - 1 };

/* All defects; the name of the last entry is NULL. */
extern const Defect defects_table[];

/* Returns the defects of a mail whose bytes were captured with these
 * MailCaptureFlags. Text that was only cut is not a defect. */
unsigned defects_of(const MailMessage *message, unsigned capture_flags);
