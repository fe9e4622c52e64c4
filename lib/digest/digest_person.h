/* SPDX-License-Identifier: MIT */
/*
 * A person as a digest shows one.
 */
#pragma once

#include "digest/digest.h"
#include "identity/identity.h"
#include "sets/people.h"

#include <stdint.h>

/* Fills out, which is empty, with a person: name, address, and organisation at
 * that time (seconds since 1970). identity may be NULL: then the organisation
 * is the address's domain. */
void digest_person_fill(const People *people, const Identity *identity,
                        uint32_t person, int64_t when_seconds,
                        DigestPerson *out);
/* The same of who wrote a mail, by the number of its From, named as
 * people_name_in() says. */
void digest_person_fill_in(const People *people, const Identity *identity,
                           uint32_t number, int64_t when_seconds,
                           DigestPerson *out);
