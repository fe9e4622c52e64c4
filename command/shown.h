/* SPDX-License-Identifier: MIT */
/*
 * A post and everything that `listpulse show` prints about it: gathered once,
 * printed as text (show.c) or JSON (show_json.c).
 */
#pragma once

#include "activity/link.h"
#include "activity/record.h"
#include "command/shown_model.h"
#include "mail/address.h"
#include "patch/kind.h"
#include "patch/subject.h"

#include <glib.h>
#include <stdbool.h>

typedef struct ShownTrailer {
    char *name, *value;
} ShownTrailer;

/* Another post. */
typedef struct ShownPost {
    PostRecord record;
    PostKind kind;
    MailPerson author;
} ShownPost;

typedef enum ShownLink {
    SHOWN_ANSWERED,    /* what it answers */
    SHOWN_SAME_ID,     /* another post with its Message-ID */
    SHOWN_REPLIES,     /* what answers it */
    SHOWN_SAME_CHANGE, /* ... has its change-id */
    SHOWN_SAME_PATCH,  /* ... its patch-id */
    SHOWN_LINKS,
} ShownLink;

typedef struct Shown {
    const ShowWork *work;
    const PostRecord *record; /* lent */
    GArray *people;           /* MailPerson: author, sender, the credited */
    PostKind kind;
    const char *reason; /* for the kind, as the end of a sentence; lent */
    bool differs;       /* an earlier copy says something else */
    bool is_part;       /* a patch, cover or pull request, if no bot sent it */
    PatchSubject subject;
    GPtrArray *trailers; /* ShownTrailer *, of a commit message that is kept */
    GPtrArray *links[SHOWN_LINKS]; /* ShownPost * */
    ShownModel *model;
} Shown;

/* Gathers everything about a post. shown has to be cleared in any case. */
bool shown_load(const ShowWork *work, const PostRecord *record, Shown *shown,
                GError **error);
void shown_clear(Shown *shown);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shown, shown_clear)
/* Returns all posts that a link leads to (PostRecord, cleared by the array);
 * owned. NULL with error. */
GArray *shown_posts_under(const ShowWork *work, LinkKind kind, uint64_t digest,
                          GError **error);
