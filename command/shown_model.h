/* SPDX-License-Identifier: MIT */
/*
 * The posts that a post is connected with, for `listpulse show`, and the patch
 * set that it belongs to or is about.
 */
#pragma once

#include "activity/record.h"
#include "base/settings.h"
#include "gather/gather.h"
#include "identity/identity.h"
#include "sets/people.h"
#include "sets/sets.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>

/* Where and how to look; all lent. */
typedef struct ShowWork {
    Store *store;
    const char *list;
    const ListSettings *settings;
    const Identity *identity;
} ShowWork;

typedef struct ShownModel {
    Sets *sets;
    int self;  /* the post's record; or SETS_NONE */
    int set;   /* its own set, or the set of the patch that it answers; or
                  SETS_NONE */
    int about; /* the record of that patch, if the post is in no set; or
                  SETS_NONE */
    People *people;
    Gather *gather;
} ShownModel;

/* takes_untagged: diffs without a tag are patches on the list. Owned; NULL with
 * error. */
ShownModel *shown_model_new(const ShowWork *work, const PostRecord *post,
                            bool takes_untagged, GError **error);
void shown_model_free(ShownModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShownModel, shown_model_free)
