/* SPDX-License-Identifier: MIT */
/*
 * One connection of the MTA and the mail on it; the callbacks call it. Knows
 * nothing about libmilter. Used by one thread at a time.
 */
#pragma once

#include "milter/keeper.h"
#include "milter/rules.h"
#include "milter/shared.h"

#include <stdbool.h>
#include <stddef.h>

/* What all sessions share. */
typedef struct Collector {
    RulesInForce *rules;
    Keeper *keeper;
    Health *health;
} Collector;

typedef struct Session Session;

Session *session_new(Collector *collector);
/* A mail that is still open counts as aborted. */
void session_free(Session *session);

void session_begin(Session *session);
/* Adds an envelope recipient, "<kvm@vger.kernel.org>". */
void session_recipient(Session *session, const char *address);
void session_header(Session *session, const char *name, const char *value,
                    bool has_leading_blank);
/* Returns false if the mail is for none of our lists; it is then forgotten. */
bool session_end_of_headers(Session *session);
void session_body(Session *session, const void *bytes, size_t length);
void session_end_of_message(Session *session, const char *queue_id);
/* Harmless when no mail is open. */
void session_abort(Session *session);
