/* SPDX-License-Identifier: MIT */
/*
 * What `listpulse show --json` tells of a post and of its patch set;
 * conf/show.schema.json describes it. Times are in UTC, what is not known or
 * does not apply is null.
 */
#pragma once

#include "command/shown.h"
#include "render/value.h"

/* Return new values. */
Value *show_json_post(const Shown *shown);
/* Null where the post is of no set and answers none. */
Value *show_json_set(const ShownModel *model);
/* Another post: mark, message_id, subject, arrival, kind, author. author: its
 * name and address. */
Value *show_json_reference(const PostRecord *record, PostKind kind,
                           const char *name, const char *email);
