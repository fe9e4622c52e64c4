/* SPDX-License-Identifier: MIT */
/*
 * Maintains what is stored: erases posts and people, and checks that the
 * counters agree with rows and records.
 */
#pragma once

#include "store/store.h"

/* Returns the numbers of the people with this address (any case); owned array
 * of uint32_t, ascending. */
GArray *store_people_at(Store *store, const char *list, const char *address,
                        GError **error);

/* What is erased; erase.lua reads these numbers. */
typedef enum StoreErasureKind {
    STORE_FORGET = 0, /* the post and what it counted */
    STORE_EXPIRE = 1, /* the post; the counters of its month stay */
    STORE_DROP_TEXT = 2,
    STORE_REPLACE_TEXT = 3, /* where one is kept, by that of the erasure */
} StoreErasureKind;

typedef struct StoreErasure {
    const char *list;
    const char *prefix; /* the list's subject prefix, or "" */
    StoreErasureKind kind;
    const char *text; /* of STORE_REPLACE_TEXT, not empty */
} StoreErasure;

/* Erases posts with everything that leads to them; their identities stay, so
 * that an import does not bring them back. Sets *erased to how many there were.
 */
bool store_erase_posts(Store *store, const StoreErasure *erasure,
                       const uint32_t *posts, unsigned count, uint64_t *erased,
                       GError **error);
/* Erases names and addresses; the numbers stay and name nobody. */
bool store_erase_people(Store *store, const char *list, const uint32_t *people,
                        unsigned count, GError **error);

/* Erases a whole list, whatever its keys hold, and removes its name from the
 * lists. How far journals and archives were counted stays, so that the same
 * mail is not counted anew. May be done again if it failed. */
bool store_drop_list(Store *store, const char *list, GError **error);

/* Texts and posts older than these arrivals are dropped, 0: none; at most limit
 * posts in a call, oldest first, so that a live Redis is never held up. */
typedef struct StoreRetention {
    const char *list;
    const char *prefix;
    int64_t text_before_ms, posts_before_ms;
    unsigned limit;
} StoreRetention;

/* Sets *dropped to how many posts lost something; if it equals limit, call
 * again. */
bool store_retain(Store *store, const StoreRetention *retention,
                  uint64_t *dropped, GError **error);

/* Rewrites a few buckets that an older program, or one that was killed, left in
 * a form that is no longer written; nothing that is counted changes. Sets
 * *is_done if none is left. May be stopped at any moment, and several may run
 * at once. */
bool store_upgrade(Store *store, const char *list, unsigned limit,
                   bool *is_done, GError **error);

typedef struct StoreVerification {
    uint64_t rows, records, links, months; /* checked */
    GPtrArray *faults; /* char *: differences, at most 100 */
    uint64_t fault_count;
} StoreVerification;

/* Recomputes all counters of a list from its rows and records. No mail may be
 * counted meanwhile, or it shows as faults. prefix as above. */
StoreVerification *store_verify(Store *store, const char *list,
                                const char *prefix, GError **error);
void store_verification_free(StoreVerification *verification);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreVerification, store_verification_free)
