/* SPDX-License-Identifier: MIT */
#include "command/show_json.h"
#include "command/show_set.h"

#include "patch/notice.h"
#include "patch/trailer.h"
#include "sets/answers.h"
#include "sets/reviews.h"
#include "sets/revision.h"

#include "base/banned.h"

enum { REVISIONS_MAX = 1000 };

static void set_number(Value *object, const char *key, uint64_t number)
{
    value_set(object, key, value_integer((int64_t)number));
}

static void set_flag(Value *object, const char *key, bool is_true)
{
    value_set(object, key, value_boolean(is_true));
}

/* The mail's own author, as the mailmap names them. */
static Value *reference_of(const ShownModel *model, int index)
{
    const Sets *sets = model->sets;

    if (index == SETS_NONE)
        return value_null();

    const PostRecord *record = &sets->records[index];
    const uint32_t author = people_person(model->people, record->author);

    return show_json_reference(record, sets->kinds[index],
                               people_name_in(model->people, record->author),
                               people_address(model->people, author));
}

static Value *parts_of(const ShownModel *model, const PatchSet *set)
{
    Value *parts = value_array();

    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = &g_array_index(set->members, SetMember, i);
        Value *part = reference_of(model, (int)member->record);

        set_number(part, "number", member->number);
        set_number(part, "minor", member->minor);
        set_flag(part, "is_reviewed", member->is_reviewed);
        value_append(parts, part);
    }
    return parts;
}

/* --- revisions ------------------------------------------------------------ */

static Value *revision_of(const ShownModel *model, int index)
{
    const PatchSet *set = sets_get(model->sets, index);
    Value *revision = value_object();

    set_number(revision, "version", set->version);
    set_number(revision, "minor", set->minor);
    value_set(revision, "evidence",
              set->older == SETS_NONE ? value_null()
                                      : value_text(show_set_evidence(set)));
    set_flag(revision, "is_this", index == model->set);
    value_set(revision, "head", reference_of(model, (int)set->head));
    return revision;
}

/* All, oldest first: those before this one, this one, those behind it. (A set
 * that revises several is the newer one of one of them only.) A chain may be
 * damaged, never endless. */
static Value *revisions_of(const ShownModel *model)
{
    g_autoptr(GArray) chain = g_array_new(FALSE, FALSE, sizeof(int));
    Value *revisions = value_array();

    for (int at = model->set; at != SETS_NONE && chain->len < REVISIONS_MAX;
         at = sets_get(model->sets, at)->older)
        g_array_prepend_val(chain, at);
    for (int at = sets_get(model->sets, model->set)->newer;
         at != SETS_NONE && chain->len < REVISIONS_MAX;
         at = sets_get(model->sets, at)->newer)
        g_array_append_val(chain, at);
    for (unsigned i = 0; i < chain->len; i++)
        value_append(revisions,
                     revision_of(model, g_array_index(chain, int, i)));
    return revisions;
}

static Value *claims_of(const ShownModel *model)
{
    const Sets *sets = model->sets;
    const PatchSet *set = sets_get(sets, model->set);
    Value *claims = value_array();

    for (unsigned i = 0; i < sets->count; i++) {
        if (show_set_is_claim(sets, i, model->set, set))
            value_append(claims, reference_of(model, (int)i));
    }
    return claims;
}

/* --- reviews -------------------------------------------------------------- */

/* The number of the part that an answer is about; 0: the cover. -1: of another
 * set. */
static int part_answered(const Sets *sets, const PatchSet *set, unsigned record)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = &g_array_index(set->members, SetMember, i);

        if ((int)member->record == sets->answers[record])
            return set->is_bundle ? 0 : (int)member->number;
    }
    return -1;
}

static void add_reviews(const ShownModel *model, unsigned record, int part,
                        Value *reviews)
{
    const PostRecord *post = &model->sets->records[record];

    for (unsigned i = 0; i < post->credit_count; i++) {
        const PostCredit *credit = &post->credits[i];
        const uint32_t person = people_person(model->people, credit->person);

        if (!reviews_credit_counts(model->sets, record, credit))
            continue;
        Value *review = value_object();
        value_set(review, "name",
                  value_text(people_name(model->people, person)));
        value_set(review, "email",
                  value_text(people_address(model->people, person)));
        value_set(review, "trailer",
                  value_text(patch_trailer_kind_name(credit->kind)));
        set_number(review, "number", (uint64_t)part);
        value_set(review, "by", reference_of(model, (int)record));
        value_append(reviews, review);
    }
}

/* Each trailer that an answer gives, in order of arrival. */
static Value *reviews_of(const ShownModel *model, const PatchSet *set)
{
    const Sets *sets = model->sets;
    Value *reviews = value_array();

    for (unsigned i = 0; i < sets->count; i++) {
        const int part =
            sets->set_of[i] != SETS_NONE ? -1 : part_answered(sets, set, i);

        if (part >= 0 && sets->kinds[i] != POST_NOTICE)
            add_reviews(model, i, part, reviews);
    }
    return reviews;
}

static Value *first_of(const ShownModel *model, const PatchSet *set, int answer)
{
    if (answer == SETS_NONE)
        return value_null();

    Value *first = value_object();

    set_number(first, "seconds",
               (uint64_t)answers_delay(model->sets, set, answer));
    value_set(first, "by", reference_of(model, answer));
    return first;
}

/* --- outcome -------------------------------------------------------------- */

static Value *notices_of(const ShownModel *model, const PatchSet *set)
{
    Value *notices = value_array();

    for (unsigned i = 0; i < set->notices->len; i++) {
        const unsigned index = g_array_index(set->notices, unsigned, i);
        Value *notice = reference_of(model, (int)index);

        value_set(
            notice, "dialect",
            value_text(patch_notice_name(model->sets->records[index].notice)));
        value_append(notices, notice);
    }
    return notices;
}

static void set_outcome(const ShownModel *model, const PatchSet *set,
                        Value *object)
{
    Value *applied = value_object();

    set_flag(applied, "is_whole", set->state == SET_APPLIED);
    set_number(applied, "patches", set->applied_parts);
    value_set(applied, "by", reference_of(model, set->applied));
    value_set(object, "applied", applied);
    value_set(object, "notices", notices_of(model, set));
    value_set(object, "pull_request", reference_of(model, set->pull));
    value_set(object, "withdrawn", reference_of(model, set->withdrawn));
    set_flag(object, "is_selection", set->is_selection);
    set_flag(object, "is_repeated", set->repeated_by != CAUSE_NONE);
}

Value *show_json_set(const ShownModel *model)
{
    const PatchSet *set = sets_get(model->sets, model->set);

    if (set == NULL)
        return value_null();

    Value *object = value_object();

    value_set(object, "about", reference_of(model, model->about));
    set_flag(object, "is_pull", set->is_pull);
    set_number(object, "version", set->version);
    set_number(object, "minor", set->minor);
    set_number(object, "seen", set->seen);
    set_number(object, "total", set->total);
    set_flag(object, "is_complete", set->is_complete);
    set_number(object, "listed", model->sets->records[set->head].listed_count);
    set_number(object, "reviewed", set->reviewed);
    value_set(object, "parts", parts_of(model, set));
    value_set(object, "revisions", revisions_of(model));
    value_set(object, "rerolled",
              reference_of(model, set->older == SETS_NONE ? set->rerolled
                                                          : SETS_NONE));
    value_set(object, "claims", claims_of(model));
    value_set(object, "reviews", reviews_of(model, set));
    value_set(object, "first_reply", first_of(model, set, set->first_answer));
    value_set(object, "first_review", first_of(model, set, set->first_review));
    set_outcome(model, set, object);
    return object;
}
