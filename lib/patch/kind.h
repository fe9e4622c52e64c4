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
    POST_DIFF = 7,       /* a diff that no tag calls a patch: on a list of such
                            a patch, else other */
    POST_DIFF_REPLY = 8, /* an answer with a patch attached that says its
                            version: there a patch, else a reply */
    POST_KINDS = 9,
} PostKind;

typedef struct PostKinds {
    PostKind of_person; /* if the sender is no bot */
    PostKind of_bot;    /* if the sender is one: who is a bot is decided when
                           a digest is made, not when mail arrives */
    const char *reason; /* the rule that decided, for `listpulse show` */
} PostKinds;

/* A patch, or what may be one. */
bool post_kind_is_patch(PostKind kind);
/* What a stored kind is on a list that takes untagged diffs for patches, or on
 * any other: never POST_DIFF or POST_DIFF_REPLY. */
PostKind post_kind_decided(PostKind kind, bool takes_untagged);

/* A mail of a program that tells of a commit: it is "[git commit]", or says
 * that a program sent it, and holds a diff without a tag. */
bool patch_is_commit_mail(const MailMessage *message,
                          const PatchSubject *subject, const PatchBody *body);
/* The highest version in the names of attached patches, as git format-patch -v2
 * names them: "v2-0001-nest-three-feet.patch"; 0 if none says one. */
unsigned patch_attached_version(const MailMessage *message);

/* Pure: nothing but this one mail decides. */
PostKinds patch_kind(const MailMessage *message, const PatchSubject *subject,
                     const PatchBody *body, PatchNotice notice);
/* "patch", "cover", ... as JSON and counters name them; lent. */
const char *post_kind_name(PostKind kind);
/* True of a patch, cover or pull request: of what a set consists of. Before it
 * was decided, of what may be one, too. */
bool post_kind_is_part(PostKind kind);
