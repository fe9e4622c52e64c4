/* SPDX-License-Identifier: MIT */
#include "sets/evidence.h"

#include "activity/links.h"
#include "sets/evidence_rows.h"

#include "base/banned.h"

enum { LINE_FOUND_MAX = 16 }; /* a line of more patches is nobody's own */

/* --- what sets have in common ------------------------------------------- */

static unsigned one_value(uint64_t value, uint64_t *values)
{
    values[0] = value;
    return value != 0;
}

static unsigned one_key(LinkKind link, uint64_t digest, EvidenceKey *keys)
{
    keys[0] = (EvidenceKey){ link, digest };
    return digest != 0;
}

static unsigned change_values(const PostRecord *record, uint64_t *values)
{
    return one_value(record->change_link, values);
}

static unsigned change_keys(const PostRecord *record, SubjectCache *subjects,
                            EvidenceKey *keys)
{
    (void)subjects;
    return one_key(LINK_CHANGE, record->change_link, keys);
}

static unsigned patch_values(const PostRecord *record, uint64_t *values)
{
    return one_value(record->patch_link, values);
}

static unsigned patch_keys(const PostRecord *record, SubjectCache *subjects,
                           EvidenceKey *keys)
{
    (void)subjects;
    return one_key(LINK_PATCH, record->patch_link, keys);
}

static unsigned title_keys(const PostRecord *record, SubjectCache *subjects,
                           EvidenceKey *keys)
{
    if (*subject_cache_get(subjects, record)->title == '\0')
        return 0;
    return one_key(LINK_TITLE, subject_cache_title(subjects, record), keys);
}

static unsigned line_values(const PostRecord *record, uint64_t *values)
{
    unsigned count = 0;

    for (unsigned i = 0; record->has_content && i < PATCH_SKETCH_LINES; i++)
        if (record->content[i] != PATCH_SKETCH_NONE)
            values[count++] = record->content[i];
    return count;
}

static unsigned line_keys(const PostRecord *record, SubjectCache *subjects,
                          EvidenceKey *keys)
{
    unsigned count = 0;

    (void)subjects;
    for (unsigned i = 0; record->has_content && i < PATCH_SKETCH_LINES; i++)
        count += one_key(LINK_CONTENT, record->content[i], &keys[count]);
    return count;
}

static unsigned work_values(const PostRecord *record, uint64_t *values)
{
    return one_value(record->work_link, values);
}

/* Newer sets lie under their work alone, older ones under it and half a year.
 */
static unsigned work_keys(const PostRecord *record, SubjectCache *subjects,
                          EvidenceKey *keys)
{
    unsigned count = one_key(LINK_REVISION, record->work_link, keys);

    if (!activity_may_be_reworded(record, subject_cache_get(subjects, record)))
        return count;
    for (int64_t back = 0; back <= LINK_WORK_SECONDS; back += LINK_WORK_SECONDS)
        count += one_key(
            LINK_WORK, link_work_digest(record->work_link, record->date - back),
            &keys[count]);
    return count;
}

static unsigned opening_values(const PostRecord *record, uint64_t *values)
{
    return one_value(record->fields.opening_link, values);
}

static unsigned opening_keys(const PostRecord *record, SubjectCache *subjects,
                             EvidenceKey *keys)
{
    (void)subjects;
    return one_key(LINK_OPENING, record->fields.opening_link, keys);
}

const EvidenceFinder evidence_finders[TRAITS] = {
    [TRAIT_CHANGE] = { EVIDENCE_FOUND_MAX, false, change_values, NULL,
                       change_keys },
    [TRAIT_PATCH] = { EVIDENCE_FOUND_MAX, false, patch_values, NULL,
                      patch_keys },
    [TRAIT_TITLE] = { EVIDENCE_FOUND_MAX, false, NULL, NULL, title_keys },
    [TRAIT_LINE] = { LINE_FOUND_MAX, false, line_values, NULL, line_keys },
    [TRAIT_WORK] = { EVIDENCE_FOUND_MAX, true, work_values,
                     activity_may_be_reworded, work_keys },
    [TRAIT_OPENING] = { EVIDENCE_FOUND_MAX, true, opening_values, NULL,
                        opening_keys },
};

/* --- the table ------------------------------------------------------------ */

enum {
    BY_NAME = 1 << TRAIT_NAME,
    BY_ANSWER = 1 << TRAIT_ANSWER,
    BY_CHANGE = 1 << TRAIT_CHANGE,
    BY_PATCH = 1 << TRAIT_PATCH,
    BY_TITLE = 1 << TRAIT_TITLE,
    BY_LINE = 1 << TRAIT_LINE,
    BY_WORK = 1 << TRAIT_WORK,
    BY_OPENING = 1 << TRAIT_OPENING,
    BY_PARTS = BY_CHANGE | BY_PATCH | BY_TITLE,
};

/* The first row that holds names the reason. */
const Evidence evidence_table[] = {
    { REVISION_NAMED, "it is named", "R-4", EVIDENCE_SURE, BY_NAME, true,
      evidence_is_named },
    { REVISION_CHANGE, "same change", "R-4", EVIDENCE_SURE, BY_CHANGE, false,
      evidence_has_change },
    { REVISION_TITLE, "same title", "R-5", EVIDENCE_SURE, BY_TITLE, false,
      evidence_has_title },
    { REVISION_TITLE, "same title", "R-27", EVIDENCE_SURE, BY_TITLE, true,
      evidence_falls_back },
    { REVISION_ANSWER, "answered", "R-6", EVIDENCE_SURE, BY_ANSWER, false,
      evidence_answers },
    { REVISION_PARTS, "same parts", "R-7", EVIDENCE_PARTS, BY_PARTS, false,
      evidence_has_half },
    { REVISION_PARTS, "same parts", "R-7", EVIDENCE_PARTS, BY_TITLE, false,
      evidence_has_all_that_came },
    { REVISION_PARTS, "same parts", "R-7", EVIDENCE_PARTS, BY_TITLE, false,
      evidence_is_half },
    { REVISION_PARTS, "same parts", "R-7", EVIDENCE_PARTS, BY_TITLE, false,
      evidence_is_grown },
    { REVISION_PARTS, "same parts", "R-25", EVIDENCE_PARTS, BY_PARTS, false,
      evidence_is_next },
    { REVISION_PARTS, "same parts", "R-24", EVIDENCE_PARTS, BY_PATCH, false,
      evidence_is_same_diff },
    { REVISION_PARTS, "same parts", "R-23", EVIDENCE_PARTS, BY_TITLE, false,
      evidence_is_handed_over },
    { REVISION_LINES, "same lines", "R-8", EVIDENCE_GUESS, BY_LINE, false,
      evidence_has_lines },
    { REVISION_REWORDED, "same work", "R-9", EVIDENCE_GUESS, BY_WORK, false,
      evidence_is_reworded },
    { REVISION_REWORDED, "same work", "R-28", EVIDENCE_GUESS, BY_OPENING, false,
      evidence_is_retitled },
    { 0 },
};

const Evidence *evidence_of(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *newer, EvidenceStrength most,
                            unsigned *weight)
{
    const bool may_follow = revision_may_follow(revisions, older, newer);

    for (const Evidence *row = evidence_table; row->name != NULL; row++) {
        if (row->strength > most || !(may_follow || row->is_explicit))
            continue;
        *weight = row->holds(revisions, older, newer);
        if (*weight > 0)
            return row;
    }
    return NULL;
}

unsigned evidence_traits(EvidenceStrength strength)
{
    unsigned traits = 0;

    for (const Evidence *row = evidence_table; row->name != NULL; row++) {
        if (row->strength == strength)
            traits |= row->traits;
    }
    return traits;
}

const char *evidence_name(RevisionReason reason)
{
    if (reason == REVISION_CHAIN)
        return "same chain";
    for (const Evidence *row = evidence_table; row->name != NULL; row++) {
        if (row->reason == reason)
            return row->name;
    }
    return "by another";
}
