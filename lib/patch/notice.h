/* SPDX-License-Identifier: MIT */
/*
 * Does a mail say that patches were applied? Four machine dialects and what
 * people write by hand.
 */
#pragma once

#include "mail/message.h"
#include "patch/body.h"
#include "patch/extent.h"
#include "patch/subject.h"

/* Stored: add at the end, never renumber. */
typedef enum PatchNotice {
    PATCH_NOTICE_NONE = 0,
    PATCH_NOTICE_PATCHWORK = 1,  /* "This series was applied to ..." */
    PATCH_NOTICE_B4_TY = 2,      /* "Applied to ..., thanks!" with a table */
    PATCH_NOTICE_PR_TRACKER = 3, /* "has been merged into" */
    PATCH_NOTICE_TIP_BOT = 4,    /* "The following commit has been merged
                                    into the ... branch of tip" */
    PATCH_NOTICE_HUMAN = 5,      /* "Applied, thanks" and its like */
    PATCH_NOTICE_WITHDRAWN = 6,  /* it takes back what was said before: see
                                    sentence.h; no notice by itself */
    PATCH_NOTICE_HUMAN_BARE = 7, /* "Applied" without a tree: from the author
                                    of the patch it is about an advice */
    PATCH_NOTICE_COMMIT = 8,     /* a program's mail of a commit, see
                                    patch_is_commit_mail */
    PATCH_NOTICE_SUBJECT = 9,    /* the patch itself, "[committed] x": its kind
                                    stays patch */
} PatchNotice;

static inline bool patch_notice_is_human(PatchNotice notice)
{
    return notice == PATCH_NOTICE_HUMAN || notice == PATCH_NOTICE_HUMAN_BARE;
}

/* Whether it says that patches were applied. */
static inline bool patch_notice_tells_applied(PatchNotice notice)
{
    return notice != PATCH_NOTICE_NONE && notice != PATCH_NOTICE_WITHDRAWN;
}

PatchNotice patch_notice(const MailMessage *message,
                         const PatchSubject *subject, const PatchBody *body);
/* Whether the mail itself shows that what it answers is a patch: by its
 * subject, or by what it quotes. Else only its thread can. */
bool patch_notice_is_of_patch(const MailMessage *message,
                              const PatchSubject *subject);
/* Whether an "Applied" stands between other answers to advice, so that the
 * mail is most likely by the author of the patch. */
bool patch_notice_is_advice(const MailMessage *message, const PatchBody *body,
                            PatchNotice notice);
/* The parts that a notice speaks of: see extent.h. */
uint64_t patch_notice_extent(const MailMessage *message, const PatchBody *body,
                             PatchNotice notice);
const char *patch_notice_name(PatchNotice notice);
