/* SPDX-License-Identifier: MIT */
/*
 * Turns one mail on one list into an activity: who did what, and the digests
 * under which it will be found. Pure; the store counts what is here.
 */
#pragma once

#include "activity/author.h"
#include "activity/credit.h"
#include "activity/link.h"
#include "activity/record.h"
#include "base/settings.h"
#include "mail/message.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* How a copy of a mail came to us. */
typedef struct ActivityOrigin {
    const char *list;   /* list id */
    const char *prefix; /* its subject prefix: as in the settings, or "", or as
                           list_id_prefix makes it */
    char *const *approvals; /* see credits_add_approval; or NULL */
    int64_t arrival_ms;
    bool has_mark;
    uint8_t mark[RECORD_MARK_BYTES];
    unsigned capture_flags; /* MailCaptureFlags */
    uint64_t size;
    bool is_replay; /* by an import: the same copy again is not a duplicate */
} ActivityOrigin;

typedef struct Activity {
    char *list;
    int64_t arrival_ms;
    uint8_t mark[RECORD_MARK_BYTES];
    bool has_mark; /* a commit id; else derived from the identity */
    bool is_replay;
    bool is_brought;   /* by an export: the journal may still bring its mail */
    bool is_erased;    /* only its identity is kept; it has no record */
    uint64_t identity; /* first 64 bits of the identity's SHA-256 */
    PostKinds kinds;
    unsigned flags; /* PostFlags */
    unsigned insertions, deletions;
    MailPerson author, sender;
    char *message_id, *subject; /* as the record has them; NULL if unread */
    GPtrArray *credits;         /* ActivityCredit * */
    GString *record;            /* the rear of the post record */
    GArray *links;              /* uint64_t link keys */
    char *text;                 /* kept text of heads, or NULL */
    size_t text_length;
} Activity;

/* extra_credit_trailers: see credits_collect. Only answers give credit: the
 * trailers of a patch come from its author. */
Activity *activity_new(const MailMessage *message, const ActivityOrigin *origin,
                       char *const *extra_credit_trailers);
void activity_free(Activity *activity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Activity, activity_free)

/* Returns the activity of a mail that cannot be parsed (it killed the processor
 * twice): it counts as malformed, under an identity made from its bytes. */
Activity *activity_new_unread(GBytes *mail, const ActivityOrigin *origin);
