/* SPDX-License-Identifier: MIT */
/*
 * The model of a list's posts as patch sets: which posts belong together,
 * revise each other, answer, review and apply what. Nothing here finds any of
 * that: build.h does, and calls a finder for each. Here are only the data and
 * look-ups in it.
 */
#pragma once

#include "activity/record.h"
#include "sets/crowd.h"
#include "sets/subjects.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { ASSEMBLY_NONE = -1 };

/* By what a set is known for a revision of another. */
typedef enum AssemblyReason {
    ASSEMBLY_REASON_NONE,
    ASSEMBLY_REASON_NAMED,    /* it names the other */
    ASSEMBLY_REASON_CHANGE,   /* its change-id */
    ASSEMBLY_REASON_TITLE,    /* its title */
    ASSEMBLY_REASON_ANSWER,   /* it answers the other */
    ASSEMBLY_REASON_PARTS,    /* its parts */
    ASSEMBLY_REASON_LINES,    /* the lines that it changes */
    ASSEMBLY_REASON_REWORDED, /* its words, and what it works on */
} AssemblyReason;

/* A patch or cover of a set. One number may come twice: v5 10/12, v5.1 10/12.
 */
typedef struct AssemblyMember {
    unsigned record;        /* index */
    unsigned number, minor; /* 0: the cover */
} AssemblyMember;

typedef struct AssemblySet {
    GArray *members; /* AssemblyMember, by number, then minor, then arrival */
    unsigned head;   /* record */
    bool is_pull, has_cover, is_complete;
    unsigned version, minor;
    unsigned total;        /* parts that it says it has; a cover is none */
    unsigned seen;         /* different ones that are there */
    int older, newer;      /* sets: the revisions beside it, or NONE */
    AssemblyReason reason; /* why it revises the older one */
    bool is_same_as_older; /* patch for patch, by patch-id */
    bool is_repeated;      /* each of its patches came again in other sets; a
                              later pull request begins where it ends */
    unsigned reviewed;     /* parts */
    int first_answer, first_review; /* records by people other than the
                                       author, no bots; or NONE */
    GArray *notices;                /* unsigned records, in order */
    int applied;            /* the notice by which all of it is, or NONE */
    unsigned applied_parts; /* if only some are by notices for parts */
    int pull;               /* the latest pull request that lists some of its
                               patches, or NONE */
    bool is_told_aside;     /* applied is the notice for such a pull, or for
                               the same patch as it was sent before */
} AssemblySet;

typedef struct Assembly {
    const PostRecord *records; /* lent, sorted by record_compare */
    unsigned count;
    const Crowd *crowd;     /* lent */
    Subjects *all_subjects; /* lent, or its own */
    bool owns_subjects;
    PostKind *kinds;
    uint32_t *speakers; /* persons (see crowd.h) whose words they are */
    const PatchSubject **subjects; /* see assembly_subject */
    int *parents;                  /* the record that each answers, or NONE */
    unsigned *depths;  /* answers between it and its thread's start */
    unsigned *threads; /* the first record of the thread of each */
    int *set_of;       /* the set that each is a member of, or NONE */
    int *answers;      /* the member that each answers, however indirectly; for
                          members: the nearest of another set; or NONE */
    GPtrArray *sets;   /* AssemblySet *, by arrival of the head */
    GHashTable *by_link; /* own_link -> 1 + record */
    int *next_of_link;   /* the next record of the same Message-ID */
} Assembly;

/* Returns a model without sets, in which build.h's finders fill in what they
 * find. All arguments are lent. subjects: NULL for a list without a prefix. */
Assembly *assembly_new_empty(const PostRecord *records, unsigned count,
                             const Crowd *crowd, Subjects *subjects);
void assembly_free(Assembly *assembly);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Assembly, assembly_free)

/* A record's subject, parsed when first asked for; lent. */
const PatchSubject *assembly_subject(Assembly *assembly, unsigned record);
/* The record of its patch 1, as it came first, or NONE. */
int assembly_first_patch(const AssemblySet *set);
/* The digest of its title. */
uint64_t assembly_title(const Assembly *assembly, unsigned record);
AssemblySet *assembly_set(const Assembly *assembly, int set);
/* The record that is meant by a Message-ID's digest: a member of a set before
 * others, then the earliest. Never except. NONE if there is none. */
int assembly_find(const Assembly *assembly, uint64_t link, int except);
/* A patch, cover or pull request. */
bool assembly_is_part(const Assembly *assembly, unsigned record);
/* The same speaker, or the same author. */
bool assembly_is_same_person(const Assembly *assembly, unsigned one,
                             unsigned other);
/* The nearest member of a set above a record, or NONE. */
int assembly_member_above(const Assembly *assembly, unsigned record);
