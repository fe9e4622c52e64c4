/* SPDX-License-Identifier: MIT */
/*
 * Makes the JSON of `listpulse show --json` about a post and its patch set;
 * conf/show.schema.json describes it. Times are in UTC; what is not known or
 * does not apply is null.
 */
#pragma once

#include "command/shown.h"
#include "render/value.h"

/* Return new values. */
Value *show_json_post(const Shown *shown);
/* Returns null if the post is in no set and answers none. */
Value *show_json_set(const ShownModel *model);
/* Returns mark, message_id, subject, arrival, kind and author of another post.
 */
Value *show_json_reference(const PostRecord *record, PostKind kind,
                           const char *name, const char *email);
