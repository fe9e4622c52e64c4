/* SPDX-License-Identifier: MIT */
/*
 * Recognises mails that say that patches were applied: four machine dialects
 * and what people write by hand.
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
    PATCH_NOTICE_WITHDRAWN = 6,  /* it takes back an earlier notice: see
                                    sentence.h; not a notice itself */
    PATCH_NOTICE_HUMAN_BARE = 7, /* "Applied" without a tree: if the patch's
                                    author writes it, it is about advice */
    PATCH_NOTICE_COMMIT = 8,     /* a program's mail about a commit, see
                                    patch_is_commit_mail */
    PATCH_NOTICE_SUBJECT = 9,    /* the patch itself says so, "[committed] x":
                                    its kind stays patch */
} PatchNotice;

static inline bool patch_notice_is_human(PatchNotice notice)
{
    return notice == PATCH_NOTICE_HUMAN || notice == PATCH_NOTICE_HUMAN_BARE;
}

/* Returns true if it says that patches were applied. */
static inline bool patch_notice_tells_applied(PatchNotice notice)
{
    return notice != PATCH_NOTICE_NONE && notice != PATCH_NOTICE_WITHDRAWN;
}

PatchNotice patch_notice(const MailMessage *message,
                         const PatchSubject *subject, const PatchBody *body);
/* Returns true if the mail itself shows, by its subject or by what it quotes,
 * that it answers a patch. If not, only its thread can show it. */
bool patch_notice_is_of_patch(const MailMessage *message,
                              const PatchSubject *subject);
/* Returns true if an "Applied" is among other answers to advice, so that the
 * mail is most likely by the author of the patch. */
bool patch_notice_is_advice(const MailMessage *message, const PatchBody *body,
                            PatchNotice notice);
/* Returns the parts that a notice is about: see extent.h. */
uint64_t patch_notice_extent(const MailMessage *message, const PatchBody *body,
                             PatchNotice notice);
const char *patch_notice_name(PatchNotice notice);
