/* SPDX-License-Identifier: MIT */
/*
 * Fills in a person as a digest shows one.
 */
#pragma once

#include "digest/digest.h"
#include "identity/identity.h"
#include "sets/people.h"

#include <stdint.h>

/* Fills the empty `out` with a person: name, address, and organisation at that
 * time (seconds since 1970). identity may be NULL: then the organisation is the
 * address's domain. */
void digest_person_fill(const People *people, const Identity *identity,
                        uint32_t person, int64_t when_seconds,
                        DigestPerson *out);
/* The same for the writer of a mail, by the number of its From; the name is
 * that of people_name_in(). */
void digest_person_fill_in(const People *people, const Identity *identity,
                           uint32_t number, int64_t when_seconds,
                           DigestPerson *out);
