/* SPDX-License-Identifier: MIT */
/*
 * Compares two titles, for a revision whose title has new wording. Words are
 * compared by their first letters ("sanitise", "sanitising"). Words that any
 * title may have ("fix", "support") do not count, nor does what comes before
 * the colons: it only names the place.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The words of a title, read once for many comparisons. */
typedef struct PatchWords PatchWords;

typedef struct PatchLikeness {
    unsigned common;      /* different words that both have */
    unsigned fewer;       /* different words of the title that has fewer */
    unsigned more;        /* ... of the other */
    bool has_same_place;  /* what comes before the colons is the same */
    bool has_other_place; /* ... both have some, with other first words */
} PatchLikeness;

/* title is lent. Owned. */
PatchWords *patch_words_new(const char *title);
void patch_words_free(PatchWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PatchWords, patch_words_free)

/* Returns the first so many words, as they are compared, in small letters with
 * a blank behind each; NULL if the title has fewer. Owned. */
char *patch_words_first(const PatchWords *words, unsigned count);

PatchLikeness patch_likeness(const PatchWords *one, const PatchWords *other);
/* Returns true if they have at least so many words in common, and so many
 * percent of the shorter title's words. */
bool patch_likeness_reaches(const PatchLikeness *likeness, unsigned words,
                            unsigned percent);
/* Returns true if two titles differ only in what they are about: a number, a
 * model, a name or the place before the colon ("hostapd: update to 2.8",
 * "hostapd: update to 2.9"). */
bool patch_titles_name_others(const char *one, const char *other);
/* Returns true if titles differ in words of one or two letters, or in get, set,
 * not or use, which their likeness leaves out: "fix rx ring" and "fix tx ring",
 * "the get callback" and "the set callback". */
bool patch_titles_differ_in_small_words(const char *one, const char *other);
/* Returns true if each of two titles has a word with a digit that the other
 * does not have: "bump to 2019.07", "boot: update to 2019.10". */
bool patch_titles_number_others(const char *one, const char *other);
