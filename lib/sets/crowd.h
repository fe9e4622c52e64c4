/* SPDX-License-Identifier: MIT */
/*
 * The people of a digest. Redis numbers distinct raw From strings; here they
 * become persons: by mailmap, then by address. Behind the address of a list
 * that makes itself the sender of all ("Jo Doe via list") are as many people
 * as names. Each raw number is resolved once; after that all is array access.
 */
#pragma once

#include "identity/identity.h"
#include "mail/address.h"
#include "patch/kind.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Crowd Crowd;

/* identity is lent for the crowd's life; NULL: no mailmap, no bots. */
Crowd *crowd_new(const Identity *identity);
void crowd_free(Crowd *crowd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Crowd, crowd_free)

/* Who stands behind a raw number. A number is added once. */
void crowd_add(Crowd *crowd, uint32_t number, const MailPerson *raw);
bool crowd_knows(const Crowd *crowd, uint32_t number);
/* That a raw number appeared so often in the interval: the most frequent of a
 * person's names is shown, of equal ones the bytewise smallest. */
void crowd_count(Crowd *crowd, uint32_t number, uint64_t times);

/* The person's index, 1 and up; 0: unknown, or nobody (no name and address).
 */
uint32_t crowd_person(const Crowd *crowd, uint32_t number);
uint32_t crowd_size(const Crowd *crowd); /* largest index */
bool crowd_is_bot(const Crowd *crowd, uint32_t number);
/* Whose words a mail holds, a person's index: its author's where the sender is
 * a list or relay that speaks for that author, else its sender's. */
uint32_t crowd_speaker(const Crowd *crowd, uint32_t sender, uint32_t author);
/* Is the sender a bot, or a list or relay that speaks for one? */
bool crowd_is_sent_by_bot(const Crowd *crowd, uint32_t sender, uint32_t author);
/* Returns which of a post's two kinds holds: kind_of_bot if a bot sent it. Both
 * are a row's or record's bytes; what is no PostKind is POST_OTHER. */
PostKind crowd_kind(const Crowd *crowd, uint32_t sender, uint32_t author,
                    uint8_t kind, uint8_t kind_of_bot);
/* Have both the same name, as written? None is no name. */
bool crowd_is_same_name(const Crowd *crowd, uint32_t one, uint32_t other);
/* As written, not by mailmap; lent, NULL for an unknown number. */
const MailPerson *crowd_raw(const Crowd *crowd, uint32_t number);

const char *crowd_name(const Crowd *crowd, uint32_t person); /* may be "" */
const char *crowd_address(const Crowd *crowd, uint32_t person);
bool crowd_person_is_bot(const Crowd *crowd, uint32_t person);
/* The raw numbers added that are this person; lent. */
const GArray *crowd_numbers(const Crowd *crowd, uint32_t person);
