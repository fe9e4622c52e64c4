/* SPDX-License-Identifier: MIT */
/*
 * Which patch set is a revision of which. Fills older, newer and
 * is_same_as_older of an assembly's sets.
 *
 * An earlier set is an older revision if the later one has its change-id,
 * names it (Supersedes:), answers it with a higher version, has its author
 * and title, or shares half of its patches by title or patch-id under a
 * higher version. Of several the highest version, then the latest, counts.
 */
#pragma once

#include "report/assembly.h"

void revision_find(Assembly *assembly);
