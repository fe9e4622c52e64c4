/* SPDX-License-Identifier: MIT */
/*
 * The model of a list's posts as patch sets: which posts belong together, and
 * which revise, answer, review or apply others. Here are only the data and
 * look-ups in it; build.h finds all this, by one finder for each.
 */
#pragma once

#include "activity/record.h"
#include "base/map.h"
#include "sets/people.h"
#include "sets/subject_cache.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { SETS_NONE = -1 };

/* Why one set is considered a revision of another. */
typedef enum RevisionReason {
    REVISION_NONE,
    REVISION_NAMED,    /* it names the other */
    REVISION_CHANGE,   /* its change-id */
    REVISION_TITLE,    /* its title */
    REVISION_ANSWER,   /* it answers the other */
    REVISION_PARTS,    /* its parts */
    REVISION_LINES,    /* the lines that it changes */
    REVISION_REWORDED, /* its words, and what it works on */
    REVISION_CHAIN,    /* a set before that one */
} RevisionReason;

/* What became of a set: the first of these that is true. */
typedef enum SetState {
    SET_UNDECIDED,  /* only members were looked for */
    SET_APPLIED,    /* all of it: see its cause */
    SET_SUPERSEDED, /* a newer set revises it */
    SET_WITHDRAWN,  /* its author took it back */
    SET_REPEATED,   /* it came again in other sets: see its cause */
    SET_REQUESTED,  /* a pull request lists some of it, that nobody pulled */
    /* What follows is open: see state_is_open(). */
    SET_CONTINUED,  /* a later set revises it and another as well, and counts
                       as that one's */
    SET_SELECTION,  /* for a maintained branch: nobody need review it */
    SET_NOTICED,    /* some parts were applied */
    SET_ANSWERED,   /* somebody else answered */
    SET_INCOMPLETE, /* parts are missing */
    SET_WAITING,    /* it is whole, and nobody said anything */
} SetState;

/* How a set was applied, or sent again. */
typedef enum SetCause {
    CAUSE_NONE,
    CAUSE_NOTICE, /* applied: a notice says so */
    CAUSE_PULL,   /* applied: all of it is in pull requests that were pulled */
    CAUSE_LATER_PULL, /* a later pull request begins where it ends */
    CAUSE_SAME_PATCH, /* applied: a notice names the same patch, sent before
                       */
    CAUSE_OTHER_SETS, /* repeated: each of its patches came in another set */
} SetCause;

/* One set may revise another; whether it does is decided with all ties of both.
 */
typedef struct SetTie {
    int older, newer; /* sets */
    unsigned parts;   /* if only common parts show it: how many; else 0 */
} SetTie;

/* A patch or cover of a set. One number may come twice: v5 10/12, v5.1 10/12.
 */
typedef struct SetMember {
    unsigned record;        /* index */
    unsigned number, minor; /* 0: the cover */
    bool is_reviewed;       /* this part, in whatever form it came; so is what
                               somebody other than its author applied */
} SetMember;

typedef struct PatchSet {
    GArray *members; /* SetMember, by number, then minor, then arrival */
    unsigned head;   /* record */
    bool is_pull, has_cover, is_complete;
    bool is_bundle; /* one mail with several patches attached: the members are
                       one record under the numbers from 1 on */
    unsigned version, minor;
    unsigned total;        /* parts that it says it has, without a cover */
    unsigned seen;         /* different ones that are there */
    int older, newer;      /* sets: the revisions before and after it, or
                              SETS_NONE; if one is another's older one, that is
                              its newer one */
    RevisionReason reason; /* why it revises the older one */
    int rerolled; /* record: the part of an older series of which alone this
                     set, a single patch, is a new form; or NONE */
    bool is_same_as_older; /* patch for patch, by patch-id */
    bool is_continued;     /* a later set revises it: newer, or one that revises
                              another set as well and counts as that one's */
    SetCause repeated_by;  /* how it was sent again */
    bool is_selection;     /* others' patches, picked for a maintained branch */
    unsigned reviewed;     /* parts, by tags or by who applied them */
    int first_answer, first_review; /* records by people other than the author,
                                       no bots; or SETS_NONE */
    unsigned answer_count;          /* answers by such people */
    unsigned pings;  /* replies of its author's, as long as there was none */
    GArray *notices; /* unsigned records, in order */
    int applied;     /* the notice by which all of it is, or SETS_NONE */
    int taken;       /* the post that first shows all of it in a tree: that
                        notice, or a pull request that was pulled; or
                        SETS_NONE */
    unsigned applied_parts; /* if only some are by notices for parts */
    int pull;               /* the latest pull request that lists some of its
                               patches, or SETS_NONE */
    int withdrawn;          /* the post by which its author takes it back, or
                               SETS_NONE */
    SetCause applied_by;    /* why applied is set */
    SetState state;         /* what became of it: see state.h */
    SetCause cause;         /* applied_by or repeated_by, as the state is */
} PatchSet;

typedef struct Sets {
    const PostRecord *records; /* lent, sorted by record_compare */
    unsigned count;
    const People *people;       /* lent */
    SubjectCache *all_subjects; /* lent, or its own */
    bool owns_subjects;
    PostKind *kinds;
    uint32_t *speakers; /* persons (see people.h) whose words they are */
    const PatchSubject **subjects; /* see sets_subject */
    int *parents;                  /* the record that each answers, or
                                      SETS_NONE */
    unsigned *depths;  /* answers between it and its thread's start */
    unsigned *threads; /* the first record of the thread of each */
    int *set_of;       /* the set that each is a member of, or SETS_NONE */
    int *answers;      /* the member that each answers, however indirectly; for
                          members: the nearest of another set; or SETS_NONE */
    GPtrArray *all;    /* PatchSet *, by arrival of the head */
    GArray *ties;      /* SetTie, by the newer set */
    Map *by_link;      /* own_link -> 1 + record */
    int *next_of_link; /* the next record of the same Message-ID */
} Sets;

/* Returns a model without sets, in which build.h's finders fill in what they
 * find. All arguments are lent. subjects: NULL for a list without a prefix. */
Sets *sets_new_empty(const PostRecord *records, unsigned count,
                     const People *people, SubjectCache *subjects);
void sets_free(Sets *sets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sets, sets_free)

/* Returns a record's subject, parsed when first asked for; lent. */
const PatchSubject *sets_subject(Sets *sets, unsigned record);
/* Returns the record of the set's patch 1, the earliest copy, or SETS_NONE. */
int sets_first_patch(const PatchSet *set);
/* Returns the hash of a record's title (link_title_digest()). */
uint64_t sets_title(const Sets *sets, unsigned record);
/* Returns the set with this index; NULL for SETS_NONE. Lent. */
PatchSet *sets_get(const Sets *sets, int set);
/* Returns the record that a Message-ID's hash refers to: a part if there is
 * one, else the earliest; never the record `except`. SETS_NONE if there is
 * none. */
int sets_find(const Sets *sets, uint64_t link, int except);
/* Returns true of a patch, cover or pull request. */
bool sets_is_part(const Sets *sets, unsigned record);
/* Returns true if both have the same speaker or the same author. */
bool sets_is_same_person(const Sets *sets, unsigned one, unsigned other);
/* Returns the nearest member of a set that a record answers, directly or
 * indirectly; SETS_NONE if there is none. */
int sets_member_above(const Sets *sets, unsigned record);
/* marks has a flag for each set: marks all sets that are tied to marked ones,
 * however indirectly, since each may come between two others. */
void sets_spread_ties(const Sets *sets, bool *marks);
