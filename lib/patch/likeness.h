/* SPDX-License-Identifier: MIT */
/*
 * How much two titles have in common, for a revision whose title was worded
 * anew. Words are compared by their first letters ("sanitise", "sanitising"),
 * those that any title may have ("fix", "support") do not count, nor does what
 * comes before the colons: that only names the place.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The words of a title, read once for many comparisons. */
typedef struct PatchWords PatchWords;

typedef struct PatchLikeness {
    unsigned common;      /* different words that both have */
    unsigned fewer;       /* different words of the title that has fewer */
    bool has_same_place;  /* what comes before the colons is the same */
    bool has_other_place; /* ... both have some, of other first words */
} PatchLikeness;

/* title: lent. Returns what is owned. */
PatchWords *patch_words_new(const char *title);
void patch_words_free(PatchWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PatchWords, patch_words_free)

PatchLikeness patch_likeness(const PatchWords *one, const PatchWords *other);
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
