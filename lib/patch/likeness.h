/* SPDX-License-Identifier: MIT */
/*
 * How much two titles have in common, for a revision whose title was worded
 * anew. Words are compared by their first letters ("sanitise", "sanitising"),
 * those that any title may have ("fix", "support") do not count, nor does what
 * comes before the colons: that only names the place.
 */
#pragma once

#include <stdbool.h>

typedef struct PatchLikeness {
    unsigned common;      /* different words that both have */
    unsigned fewer;       /* different words of the title that has fewer */
    bool has_same_place;  /* what comes before the colons is the same */
    bool has_other_place; /* ... both have some, of other first words */
} PatchLikeness;

PatchLikeness patch_likeness(const char *one, const char *other);
/* So many words in common, and so many in a hundred of the shorter title's? */
bool patch_likeness_reaches(const PatchLikeness *likeness, unsigned words,
                            unsigned percent);
/* Returns true if two titles differ in nothing but what they are about: a
 * number, a model, a name or the place before the colon ("hostapd: update to
 * 2.8", "hostapd: update to 2.9"). */
bool patch_titles_name_others(const char *one, const char *other);
/* Returns true if each of two titles has a word with a digit that the other has
 * not: "bump to 2019.07", "boot: update to 2019.10". */
bool patch_titles_number_others(const char *one, const char *other);
