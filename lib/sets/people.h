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

typedef struct People People;

/* identity is lent for the people's life; NULL: no mailmap, no bots. */
People *people_new(const Identity *identity);
void people_free(People *people);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(People, people_free)

/* Who stands behind a raw number. A number is added once. */
void people_add(People *people, uint32_t number, const MailPerson *raw);
bool people_knows(const People *people, uint32_t number);
/* That a raw number appeared so often in the interval: the most frequent of a
 * person's names is shown, of equal ones the bytewise smallest. */
void people_count(People *people, uint32_t number, uint64_t times);

/* The person's index, 1 and up; 0: unknown, or nobody (no name and address).
 */
uint32_t people_person(const People *people, uint32_t number);
uint32_t people_size(const People *people); /* largest index */
bool people_is_bot(const People *people, uint32_t number);
/* Whose words a mail holds, a person's index: its author's where the sender is
 * a list or relay that speaks for that author, else its sender's. */
uint32_t people_speaker(const People *people, uint32_t sender, uint32_t author);
/* Is the sender a bot, or a list or relay that speaks for one? */
bool people_is_sent_by_bot(const People *people, uint32_t sender,
                           uint32_t author);
/* Returns which of a post's two kinds holds: kind_of_bot if a bot sent it. Both
 * are a row's or record's bytes; what is no PostKind is POST_OTHER. */
PostKind people_kind(const People *people, uint32_t sender, uint32_t author,
                     uint8_t kind, uint8_t kind_of_bot);
/* Have both the same name, as written? None is no name. */
bool people_is_same_name(const People *people, uint32_t one, uint32_t other);
/* As written, not by mailmap; lent, NULL for an unknown number. */
const MailPerson *people_raw(const People *people, uint32_t number);

const char *people_name(const People *people, uint32_t person); /* may be "" */
const char *people_address(const People *people, uint32_t person);
bool people_person_is_bot(const People *people, uint32_t person);
/* The raw numbers added that are this person; lent. */
const GArray *people_numbers(const People *people, uint32_t person);
