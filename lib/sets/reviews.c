/* SPDX-License-Identifier: MIT */
#include "sets/reviews.h"

#include "sets/answers.h"
#include "sets/authorship.h"
#include "sets/part_flags.h"

#include "base/banned.h"

enum { STEPS_MAX = 512 }; /* up a thread */

bool reviews_credit_counts(const Sets *sets, unsigned record,
                           const PostCredit *credit)
{
    const int member = sets->answers[record];
    const uint32_t person = people_person(sets->people, credit->person);

    if (person == 0 || people_person_is_bot(sets->people, person))
        return false;
    return member == SETS_NONE ||
           !authorship_is_own(sets, credit->person, (unsigned)member);
}

bool reviews_is_reply(Sets *sets, unsigned record)
{
    const int member = sets->answers[record];

    if (sets->kinds[record] != POST_REPLY || authorship_is_bot(sets, record))
        return false;
    if (member != SETS_NONE)
        return authorship_is_by_others(sets, record, (unsigned)member);
    return sets->parents[record] == SETS_NONE &&
           sets_subject(sets, record)->is_patch;
}

/* A credit of no other kind is what the settings name: their approval. */
static bool is_approval(uint8_t kind)
{
    return kind == PATCH_TRAILER_REVIEWED || kind == PATCH_TRAILER_ACKED ||
           kind == PATCH_TRAILER_APPROVED || kind == PATCH_TRAILER_OTHER;
}

/* What a post gives, as far as it is not the author's own praise. */
static void read_credits(const Sets *sets, unsigned record, bool *approves,
                         bool *judges)
{
    const PostRecord *post = &sets->records[record];

    for (unsigned i = 0; i < post->credit_count; i++) {
        const PostCredit *credit = &post->credits[i];

        if (!reviews_credit_counts(sets, record, credit))
            continue;
        *approves = *approves || is_approval(credit->kind);
        *judges = *judges || is_approval(credit->kind) ||
                  credit->kind == PATCH_TRAILER_NACKED;
    }
}

typedef struct Reviews {
    Sets *sets;
    bool **reviewed; /* by set, then member */
} Reviews;

static bool is_cover(const Sets *sets, unsigned record)
{
    return sets->kinds[record] == POST_COVER;
}

/* "For the PMU related changes": of a cover nobody knows which those are. */
static bool is_partial(const PostRecord *post)
{
    return (post->flags & POST_PARTIAL_CREDIT) != 0;
}

/* A tag below somebody's own diff in the thread of a cover is for that diff. */
static bool is_for_other_diff(const Sets *sets, unsigned record,
                              unsigned member)
{
    int above = sets->parents[record];

    if (!is_cover(sets, member))
        return false;
    for (unsigned step = 0;
         step < STEPS_MAX && above != SETS_NONE && above != (int)member;
         step++) {
        if (!sets_is_part(sets, (unsigned)above) &&
            (sets->records[above].flags & POST_OWN_DIFF) != 0)
            return true;
        above = sets->parents[above];
    }
    return false;
}

/* What a machine writes of an applied patch answers nothing; a person's
 * "Applied, thanks" does. */
static bool is_machine_made(const Sets *sets, unsigned record)
{
    return sets->kinds[record] == POST_NOTICE &&
           !patch_notice_is_human((PatchNotice)sets->records[record].notice);
}

/* Lists deliver late: the first one is the first that was written. */
static void note_first(const Sets *sets, const PatchSet *set, int *first,
                       unsigned record)
{
    if (*first == SETS_NONE || answers_delay(sets, set, (int)record) <
                                   answers_delay(sets, set, *first))
        *first = (int)record;
}

/* A cover stands for all parts, but where the tag is said to be for some:
 * for these, if it names them. */
static void flag_reviewed(const Sets *sets, unsigned record, unsigned member,
                          bool *flags)
{
    const PatchSet *set = sets_get(sets, sets->set_of[member]);
    const PostRecord *post = &sets->records[record];
    const bool names_parts = post->notice == PATCH_NOTICE_NONE &&
                             post->notice_parts != PATCH_EXTENT_ANSWERED &&
                             set->total > 1;

    if (is_partial(post) && names_parts)
        part_flags_add_extent(set, post->notice_parts, flags);
    else if (!is_cover(sets, member) || !is_partial(post))
        part_flags_add(set, member, flags);
}

static void take_answer(const Reviews *reviews, unsigned record,
                        unsigned member)
{
    const Sets *sets = reviews->sets;
    const int index = sets->set_of[member];
    PatchSet *set = sets_get(sets, index);
    const bool is_other = authorship_is_by_others(sets, record, member);
    bool approves = false, judges = false;

    if (is_other && !is_machine_made(sets, record)) {
        note_first(sets, set, &set->first_answer, record);
        set->answer_count++;
    } else if (set->first_answer == SETS_NONE &&
               !authorship_is_bot(sets, record)) {
        set->pings += sets->kinds[record] == POST_REPLY;
    }
    if (sets_is_part(sets, record) || authorship_is_bot(sets, record))
        return;
    read_credits(sets, record, &approves, &judges);
    if (!judges || is_for_other_diff(sets, record, member))
        return;
    if (approves)
        flag_reviewed(sets, record, member, reviews->reviewed[index]);
    if (is_other)
        note_first(sets, set, &set->first_review, record);
}

void reviews_find(Sets *sets)
{
    const Reviews reviews = { sets, part_flags_new(sets) };

    for (unsigned i = 0; i < sets->count; i++) {
        const int answered = sets->answers[i];

        if (answered != SETS_NONE)
            take_answer(&reviews, i, (unsigned)answered);
    }
    for (unsigned i = 0; i < sets->all->len; i++) {
        PatchSet *set = sets_get(sets, (int)i);

        set->reviewed = part_flags_count(set, reviews.reviewed[i]);
        for (unsigned j = 0; j < set->members->len; j++)
            g_array_index(set->members, SetMember, j).is_reviewed =
                reviews.reviewed[i][j];
    }
    part_flags_free(reviews.reviewed);
}
