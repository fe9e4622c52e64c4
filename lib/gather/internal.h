/* SPDX-License-Identifier: MIT */
/*
 * What the files of gathering share: gather.c sends look-ups and loads records,
 * gather_kin.c decides which other sets may be revisions without being named.
 */
#pragma once

#include "activity/link.h"
#include "base/map.h"
#include "gather/gather.h"
#include "sets/evidence.h"

typedef struct Slot {
    uint32_t post;
    unsigned labels, wishes;
    bool is_loaded;
    unsigned noted;  /* bits 1 << EvidenceTrait: it is among the sharers of
                        these */
    unsigned sought; /* ... and look-ups for others with the same were sent */
    unsigned record; /* index, once loaded */
    const PatchSubject *subject; /* lent, once it was asked for */
} Slot;

/* A slot with wishes that no look-up was sent for yet. */
typedef struct Pending {
    unsigned slot;
    unsigned wishes;
} Pending;

/* Two sets that share what may be evidence of a guess: the newer one may revise
 * the older one. */
typedef struct Pair {
    unsigned older, newer; /* slots of the heads, if is_of_heads */
    bool is_of_heads;
    unsigned lines; /* how many both change, if they are not of one work */
    bool is_own;    /* some of them are in parts of one author */
    PatchVersion older_version, newer_version; /* of the sets, if is_of_heads */
} Pair;

/* Slots that have a value of a trait in common. */
typedef struct Sharers {
    GArray *all;     /* unsigned */
    GArray *open;    /* unsigned: those of the first `sorted` ones that were not
                        GATHER_WHOLE at the last look; or NULL */
    unsigned sorted; /* how many of all were sorted */
} Sharers;

typedef struct Question {
    uint64_t key;
    unsigned wishes; /* for each post that is found */
    unsigned limit;  /* unless more posts than that are found */
} Question;

/* What is found under a link. */
typedef struct Answer {
    unsigned first, count; /* of found */
    bool is_wanted;
    unsigned wanted; /* wishes that all of them have already: all mails that
                        answer one ask for the same answers */
} Answer;

struct Gather {
    Store *store;
    StorePosts *posts;
    bool borrows_posts; /* they are another gather's */
    const char *list, *prefix;
    SubjectCache *subjects;
    People *people;
    unsigned ties, guesses; /* traits of evidence: see evidence_traits() */
    GArray *slots;          /* Slot */
    Map *by_post;           /* post -> 1 + slot */
    GArray *records;        /* PostRecord */
    GArray *to_load;        /* uint32_t posts */
    GArray *pending;        /* Pending */
    GArray *questions;      /* Question */
    GArray *orphans;        /* Pending: parts whose parent is not there yet */
    Map *parts;             /* own_link of the parts that are loaded -> post */
    GArray *pairs;          /* Pair, those that are not decided yet */
    Map *sharers;           /* a value of a trait -> Sharers */
    GArray *answers;        /* Answer */
    GArray *found;          /* uint32_t posts, those of each answer together */
    Map *answer_of;         /* link key -> 1 + answer */
    bool is_sorted;
    bool has_window; /* all answers to posts in it are there */
    bool is_reader;  /* nothing is looked up */
};

/* Returns the slot of a post; NULL if it is not wanted. */
Slot *gather_slot(const Gather *gather, uint32_t post);
/* Both return what belongs to a slot whose record is loaded; lent. */
const PostRecord *gather_record(const Gather *gather, unsigned slot);
const PatchSubject *gather_subject(const Gather *gather, unsigned slot);
/* Returns true of a patch, cover or pull request. */
bool gather_is_part(const Gather *gather, const PostRecord *record);
/* Wants all posts found under a link, unless there are more than limit. */
void gather_ask(Gather *gather, LinkKind kind, uint64_t digest, unsigned wishes,
                unsigned limit);

/* Returns the posts under a link key and sets their number: 0 if none was found
 * or the key was not asked for. Lent until more is found. */
const uint32_t *gather_found(const Gather *gather, uint64_t key,
                             unsigned *count);

/* Looks up the posts that have a trait in common with a loaded part. */
void gather_ask_trait(Gather *gather, unsigned slot, EvidenceTrait trait);
/* Notes what a loaded part has in common with others and what may make one set
 * a guessed revision of the other. seek: also looks up the others. */
void gather_see_guesses(Gather *gather, unsigned slot, bool seek);
/* To be called when no look-ups are open: wants whatever decides whether the
 * pairs noted are revisions. */
void gather_decide_pairs(Gather *gather);
/* Removes lines that many patches change from the records. Only here is it
 * known how many do, and the number does not depend on the interval. */
void gather_forget_common_lines(Gather *gather);
