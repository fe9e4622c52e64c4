/* SPDX-License-Identifier: MIT */
/*
 * Makes the phrases that text, markdown and html share, so that they say the
 * same about the same digest. Phrases are made from numbers; none holds text
 * from mail unless its comment says so.
 */
#pragma once

#include "render/renderer.h"

/* "2025-09-29 05:12 to 2025-09-29 18:36 UTC": the first and the last post's
 * arrival where marks bound the interval, else its times. Owned. */
char *phrase_span(const Digest *digest);
/* "mail from 2025-03-11 10:00 to 2025-03-11 11:00 (the milter was stopped)" in
 * the digest's zone; why is from Redis: escape it. Owned. */
char *phrase_gap(const Digest *digest, const DigestGap *gap);
/* "88 posts by 30 people: 35 patches, 3 covers, 50 replies; 4 patch sets".
 * What is 0 is left out. Owned. */
char *phrase_totals(const DigestTotals *totals, bool has_patch_sets);
/* Returns what a digest is restricted to: "Only author jane, path fs/: 12 of 88
 * posts"; NULL if it is not. Holds what somebody typed: escape it. Owned. */
char *phrase_asked(const Digest *digest);
/* Returns when the newest post came, for an interval that has no posts even
 * without a filter; "" for any other. Owned. */
char *phrase_newest(const Digest *digest);
/* "14 authors, 2 newcomers, +84 -88 lines, 1 duplicate"; may be "". Owned. */
char *phrase_more(const Digest *digest);
/* "new", "updated v3", "RFC v2", "resent", "pull". Owned. */
char *phrase_state(const DigestSet *set);
/* "new", "v3", "RFC v2", "resent", "pull": for little room. Owned. */
char *phrase_state_brief(const DigestSet *set);
/* "New", "Updated (v3)", "Resent (v2)", "RFC", "Pull". Owned. */
char *phrase_label(const DigestSet *set);
/* "15/15" */
char *phrase_parts(const DigestSet *set);
/* "2 of 3 parts"; "" if all of them were seen. Owned. */
char *phrase_missing(const DigestSet *set);
/* "3/7"; "" for a pull request, since pull requests get no review trailers. */
char *phrase_reviewed(const DigestSet *set);
/* Returns what became of a set: "applied", "superseded" or "waiting"; "" for a
 * set that was answered but is not done. Lent. */
const char *phrase_outcome(const DigestSet *set);
/* Returns the same as one character: "+", "<", "?" or " ". Lent. */
const char *phrase_outcome_sign(const DigestSet *set);
/* "2 of 7 patches"; "in part" if it is not known which ones; "" if the whole
 * set was applied. Owned. */
char *phrase_applied(const DigestSet *set);
/* "40 seconds", "5 hours", "3 days": one unit, rounded down. Owned. */
char *phrase_age(int64_t seconds);
/* "+02:00", "-03:30", "UTC"; "unknown". Owned. */
char *phrase_zone(const DigestZone *zone);
/* "on kvm, kvm-arm"; "" of NULL. Owned. */
char *phrase_lists(char *const *lists);
/* "8 before, place 3"; "none before" for a person who was not counted then.
 * Owned. */
char *phrase_move(const DigestCount *count);
/* Appends to lines (char *) what is said about delays, reviews and discussions;
 * with has_before also the values of the previous interval. */
void phrase_measures(const Digest *digest, bool has_before, GPtrArray *lines);
/* Returns the measures of the previous interval; NULL if they are not asked for
 * or nothing was measured. Lent. */
const DigestMeasures *phrase_measures_before(const Digest *digest,
                                             bool has_before);
/* "8 new threads of talk, 5 without an answer"; "" if there is none. Owned. */
char *phrase_talk(const Digest *digest);
/* Returns "less than 3 days", "3 to 7 days", ...: the group of a set that has
 * waited so long; the same pointer for the same group. */
const char *phrase_age_group(int64_t seconds);
/* "pinged once", "pinged 3 times"; "" if never. Owned. */
char *phrase_pings(unsigned pings);
/* "by v3 0f55f2e8d": what superseded a set. Owned. */
char *phrase_newer(const DigestSet *set);
/* "3, 5 to 7": the parts without a review, if other parts of the set have one;
 * "" for any other set. Owned. */
char *phrase_unreviewed(const DigestSet *set);
/* A bar of 0 to 100 percent of some columns. Owned. */
char *phrase_bar(unsigned percent);
/* "... 23 more patch sets: --entries all prints them". Owned. */
char *phrase_entries_left(unsigned count);
/* Returns a subject, or "(no subject)" if there is none. Lent. */
const char *phrase_subject(const char *subject);
/* The same without the "Re: " of an answer: the topic of a thread. Lent. */
const char *phrase_thread(const char *subject);
/* "1 post", "2 posts"; "1 reply", "2 replies". */
void phrase_append_count(GString *out, uint64_t count, const char *one,
                         const char *many);
/* Returns whether newcomers are shown. If our record of the list is young, most
 * people seem new: then they are shown only if asked for by name. sections:
 * DigestSection bits, all of them by default. */
bool phrase_tells_newcomers(const Digest *digest, unsigned sections);
/* Returns how many of the first newcomers are named: not the quiet ones, whose
 * subjects are often spam. */
unsigned phrase_newcomers_named(const Digest *digest);
/* Returns a phrase for the other newcomers: "and 3 more", "2 people whose mail
 * nobody answered"; "" if there are none. Owned. */
char *phrase_newcomers_left(const Digest *digest);
/* Returns true if both lists hold the same rows, as when organisations are only
 * domains. */
bool phrase_is_same(const GPtrArray *counts, const GPtrArray *others);
