/* SPDX-License-Identifier: MIT */
/*
 * Activities made by hand: no mail has to be parsed to test the store.
 */
#pragma once

#include "activity/activity.h"

typedef struct Facts {
    const char *list; /* NULL: test_list */
    unsigned number;  /* names the mail: its identity, id, subject */
    int64_t arrival_ms;
    unsigned mark;      /* first byte of its mark */
    unsigned parent;    /* number of the mail it answers, 0 none */
    const char *author; /* address; NULL: number's own */
    bool knows_nothing; /* of optional fields of records */
    unsigned text;  /* 0: a patch; else another text under the same identity, of
                       another kind, size and health */
    uint64_t inner; /* digest of the id inside its mail, 0 none */
    bool is_replay;
} Facts;

extern const char test_list[];

/* The Message-ID's digest of the mail with this number; 0 for 0. */
uint64_t test_id_digest(unsigned number);
Activity *test_activity(const Facts *facts);
