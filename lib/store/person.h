/* SPDX-License-Identifier: MIT */
/*
 * A person as the scripts take one: people.lua, find_people.
 */
#pragma once

#include "activity/activity.h"

/* Appends digests of the raw string and of the address, then, behind its
 * length, what people: holds. */
void person_put(GString *word, const MailPerson *person);
