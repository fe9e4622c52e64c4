/* SPDX-License-Identifier: MIT */
/*
 * The people of a digest. Redis numbers each distinct From string; this module
 * maps those numbers to persons, by mailmap, then by address. A list that makes
 * itself the sender of every mail ("Jo Doe via list") is as many persons as
 * there are names. Each number is resolved once; later look-ups are array
 * accesses.
 */
#pragma once

#include "activity/record.h"
#include "identity/identity.h"
#include "mail/address.h"
#include "patch/kind.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* An address that so many people use, by full names that have no word in
 * common, is a gateway: its people are distinguished by name. */
enum { PEOPLE_GATEWAY_NAMES = 3 };

typedef struct People People;

/* identity is lent for the result's life; NULL: no mailmap, no bots. */
People *people_new(const Identity *identity);
void people_free(People *people);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(People, people_free)

/* Adds a number and the From that it stands for. Each number once. */
void people_add(People *people, uint32_t number, const MailPerson *raw);
bool people_knows(const People *people, uint32_t number);
/* Counts appearances of a number. A person is shown by the most frequent name;
 * of equally frequent names, by the bytewise smallest. Where no name was
 * counted, one that was added with a counted address stands for the person,
 * else any that was added. */
void people_count(People *people, uint32_t number, uint64_t times);

/* Returns a person's index, 1 and up; 0 for an unknown number, and for an empty
 * From. One with neither name nor address is known by its text. */
uint32_t people_person(const People *people, uint32_t number);
uint32_t people_size(const People *people); /* largest index */
bool people_is_bot(const People *people, uint32_t number);
/* Returns the person who wrote a mail: the author if a list or relay sent it on
 * the author's behalf, otherwise the sender. */
uint32_t people_speaker(const People *people, uint32_t sender, uint32_t author);
/* Returns true if the sender is a list or relay that speaks for the author:
 * "Ann Ahlers via a list" for Ann Ahlers. */
bool people_is_behind(const People *people, uint32_t sender, uint32_t author);
/* Returns which of the two numbers that person's From has. */
uint32_t people_speaker_number(const People *people, uint32_t sender,
                               uint32_t author);
/* Returns true if the sender is a bot, or a list or relay that sent the mail on
 * a bot's behalf. */
bool people_is_sent_by_bot(const People *people, uint32_t sender,
                           uint32_t author);
/* Sets whether diffs without a tag are patches on the list; they are not by
 * default.
 * */
void people_take_untagged(People *people, bool takes_untagged);
/* Returns which of a post's two kinds holds: kind_of_bot if a bot sent it. Both
 * are a row's or record's bytes; what is no PostKind is POST_OTHER, and what
 * may be a patch is decided. */
PostKind people_kind(const People *people, uint32_t sender, uint32_t author,
                     uint8_t kind, uint8_t kind_of_bot);
PostKind people_kind_of_row(const People *people, const PostRow *row);
PostKind people_kind_of_record(const People *people, const PostRecord *record);
/* Returns true if both have the same name as written; never without a name. */
bool people_is_same_name(const People *people, uint32_t one, uint32_t other);
/* Returns true if two posts are by one author: the same person by mailmap, as
 * author or as speaker, or two of one name, since people write from home and
 * from work. Never of a post under its list's name. */
bool people_is_same_author(const People *people, const PostRecord *one,
                           const PostRecord *other);
/* Returns the From as written, not by mailmap; NULL for an unknown number.
 * Lent.
 */
const MailPerson *people_raw(const People *people, uint32_t number);

const char *people_name(const People *people, uint32_t person); /* may be "" */
/* Returns what to call whoever wrote a mail: the name in it where two people
 * write under the address, and where the person was never counted
 * (people_count); otherwise people_name. number: as of a row or record. Lent.
 */
const char *people_name_in(const People *people, uint32_t number);
const char *people_address(const People *people, uint32_t person);
bool people_person_is_bot(const People *people, uint32_t person);
/* Returns the numbers added that are this person: uint32_t; lent. */
const GArray *people_numbers(const People *people, uint32_t person);
