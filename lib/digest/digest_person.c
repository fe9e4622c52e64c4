/* SPDX-License-Identifier: MIT */
#include "digest/digest_person.h"

#include "base/banned.h"

void digest_person_fill(const People *people, const Identity *identity,
                        uint32_t person, int64_t when_seconds,
                        DigestPerson *out)
{
    const char *address = people_address(people, person);

    out->name = g_strdup(people_name(people, person));
    out->email = g_strdup(address);
    out->organisation =
        identity == NULL
            ? g_strdup(identity_domain(address))
            : identity_organisation(identity, address, when_seconds);
}

void digest_person_fill_in(const People *people, const Identity *identity,
                           uint32_t number, int64_t when_seconds,
                           DigestPerson *out)
{
    digest_person_fill(people, identity, people_person(people, number),
                       when_seconds, out);
    g_free(out->name);
    out->name = g_strdup(people_name_in(people, number));
}
