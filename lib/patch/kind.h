/* SPDX-License-Identifier: MIT */
/*
 * Decides the kind of a post by the first rule that fits: section 4 of the
 * specification.
 */
#pragma once

#include "mail/message.h"
#include "patch/body.h"
#include "patch/notice.h"
#include "patch/subject.h"

#include <stdbool.h>

/* Stored in Redis: add at the end, never renumber. */
typedef enum PostKind {
    POST_OTHER = 0,
    POST_PATCH = 1,
    POST_COVER = 2,
    POST_PULL = 3,
    POST_REPLY = 4,
    POST_NOTICE = 5,
    POST_BOT_REPORT = 6,
    POST_DIFF = 7,       /* a diff without a tag: a patch on lists that take
                            untagged diffs, else other */
    POST_DIFF_REPLY = 8, /* an answer with an attached patch that has a version:
                            a patch on such lists, else a reply */
    POST_KINDS = 9,
} PostKind;

typedef struct PostKinds {
    PostKind of_person; /* if the sender is not a bot */
    PostKind of_bot;    /* if the sender is a bot, which is decided when a
                           digest is made, not when mail arrives */
    const char *reason; /* the rule that decided, for `listpulse show` */
} PostKinds;

/* Returns true for a patch and for what may be one. */
bool post_kind_is_patch(PostKind kind);
/* Returns what a stored kind means on a list that takes untagged diffs for
 * patches, or on any other; never POST_DIFF or POST_DIFF_REPLY. */
PostKind post_kind_decided(PostKind kind, bool takes_untagged);

/* Returns true for a program's mail about a commit: it has the tag "[git
 * commit]", begins as such programs do (patch/commit.h), or says that a program
 * sent it, and has a diff without a tag. */
bool patch_is_commit_mail(const MailMessage *message,
                          const PatchSubject *subject, const PatchBody *body);
/* Returns the highest version in the names of attached patches, as git
 * format-patch -v2 names them: "v2-0001-nest-three-feet.patch"; 0 if no name
 * has one. */
unsigned patch_attached_version(const MailMessage *message);

/* Decides by this mail alone. */
PostKinds patch_kind(const MailMessage *message, const PatchSubject *subject,
                     const PatchBody *body, PatchNotice notice);
/* Returns "patch", "cover", ..., as JSON and counters name them; lent. */
const char *post_kind_name(PostKind kind);
/* Returns true for a patch, cover or pull request, of which sets consist; of a
 * kind that is not decided yet, also for what may be one. */
bool post_kind_is_part(PostKind kind);
