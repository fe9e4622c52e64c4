/* SPDX-License-Identifier: MIT */
/*
 * Writes a person as the scripts read one: people.lua, find_people.
 */
#pragma once

#include "activity/activity.h"

/* Appends digests of the raw string and of the address, then the length and the
 * bytes of what the key people: holds. */
void person_put(GString *word, const MailPerson *person);
