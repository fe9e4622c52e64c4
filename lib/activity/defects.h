/* SPDX-License-Identifier: MIT */
/*
 * Why a post counts as malformed, as its record keeps it: a MailDefects bit
 * each, those of the capture among them. Records hold the bits: never renumber.
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

/* All there are; the last one's name is NULL. */
extern const Defect defects_table[];

/* Returns the defects of a mail whose bytes were captured with these
 * MailCaptureFlags. What was only cut is none. */
unsigned defects_of(const MailMessage *message, unsigned capture_flags);
