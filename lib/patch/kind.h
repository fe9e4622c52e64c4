/* SPDX-License-Identifier: MIT */
/*
 * The kind of a post: section 4 of the specification, first rule that fits.
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
    POST_KINDS = 7,
} PostKind;

typedef struct PostKinds {
    PostKind of_person; /* if the sender is no bot */
    PostKind of_bot;    /* if the sender is one: who is a bot is decided when
                           a digest is made, not when mail arrives */
    const char *reason; /* the rule that decided, for `listpulse show` */
} PostKinds;

/* Pure: nothing but this one mail decides. */
PostKinds patch_kind(const MailMessage *message, const PatchSubject *subject,
                     const PatchBody *body, PatchNotice notice);
/* "patch", "cover", ... as JSON and counters name them; lent. */
const char *post_kind_name(PostKind kind);
/* True of a patch, cover or pull request: of what a set consists of. */
bool post_kind_is_part(PostKind kind);
