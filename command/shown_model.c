/* SPDX-License-Identifier: MIT */
#include "command/shown_model.h"

#include "gather/gather.h"
#include "gather/gather_sets.h"
#include "sets/build.h"
#include "sets/people.h"

#include "base/banned.h"

static int index_of(const Sets *sets, uint32_t post)
{
    for (unsigned i = 0; i < sets->count; i++) {
        if (sets->records[i].post == post)
            return (int)i;
    }
    return SETS_NONE;
}

/* Parts lie within 20 minutes of each other by Date; arrivals may differ. */
static const int64_t AROUND_MS = INT64_C(40) * 60 * 1000;

/* The set that a post is of, or about; NULL if there is none. */
static const PatchSet *set_about(const Sets *sets, uint32_t post)
{
    const int self = index_of(sets, post);
    int member = self;

    if (self != SETS_NONE && sets->set_of[self] == SETS_NONE)
        member = sets->answers[self];
    return member == SETS_NONE ? NULL : sets_get(sets, sets->set_of[member]);
}

/* Parts of several authors, sent by one person without threading, are found by
 * no link of the others: a digest has them, as it has all posts of a time. */
static bool want_around(Store *store, const char *list, const PostRecord *part,
                        Gather *gather, unsigned wishes, GError **error)
{
    g_autoptr(GArray) rows =
        store_rows(store, list, part->arrival_ms - AROUND_MS,
                   part->arrival_ms + AROUND_MS, error);

    for (unsigned i = 0; rows != NULL && i < rows->len; i++) {
        const PostRow *row = &g_array_index(rows, PostRow, i);

        if (row->sender == part->sender &&
            post_kind_is_part((PostKind)row->kind))
            gather_post(gather, row->post, 0, wishes);
    }
    return rows != NULL;
}

/* Around the first and the last part of the set, as far as it is known. */
static bool want_lost_parts(Store *store, const char *list, const Sets *sets,
                            uint32_t post, Gather *gather, unsigned wishes,
                            GError **error)
{
    const PatchSet *set = set_about(sets, post);
    const PostRecord *first, *last;

    if (set == NULL)
        return true;
    first = last = &sets->records[set->head];
    for (unsigned i = 0; i < set->members->len; i++) {
        const PostRecord *part =
            &sets->records[g_array_index(set->members, SetMember, i).record];

        first = part->arrival_ms < first->arrival_ms ? part : first;
        last = part->arrival_ms > last->arrival_ms ? part : last;
    }
    return want_around(store, list, first, gather, wishes, error) &&
           want_around(store, list, last, gather, wishes, error);
}

static Sets *sets_of(Gather *gather, const People *people)
{
    const GArray *records = gather_records(gather);

    return sets_build((const PostRecord *)(void *)records->data, records->len,
                      people, gather_subjects(gather));
}

/* Its own set; for an answer, the set that it answers. */
static void find_set(ShownModel *model, uint32_t post)
{
    const Sets *sets = model->sets;

    model->self = index_of(sets, post);
    model->set = model->about = SETS_NONE;
    if (model->self == SETS_NONE)
        return;
    model->set = sets->set_of[model->self];
    if (model->set != SETS_NONE)
        return;
    model->about = sets->answers[model->self];
    if (model->about != SETS_NONE)
        model->set = sets->set_of[model->about];
}

static bool gather_model(ShownModel *model, const ShowWork *work,
                         const PostRecord *post, GError **error)
{
    const unsigned wishes = GATHER_UP | GATHER_EDGE | GATHER_DOWN | GATHER_KIN |
                            GATHER_SERIES | GATHER_NEAR | GATHER_TARGET |
                            GATHER_REPLIES | GATHER_WHOLE;

    gather_post(model->gather, post->post, GATHER_INSIDE, wishes);
    if (!gather_run(model->gather, error))
        return false;
    g_autoptr(Sets) known = sets_of(model->gather, model->people);

    if (!want_lost_parts(work->store, work->list, known, post->post,
                         model->gather, wishes, error) ||
        !gather_run(model->gather, error))
        return false;
    model->sets = gather_sets(model->gather, 0, GATHER_WHOLE, error);
    return model->sets != NULL;
}

ShownModel *shown_model_new(const ShowWork *work, const PostRecord *post,
                            bool takes_untagged, GError **error)
{
    g_autoptr(ShownModel) model = g_new0(ShownModel, 1);

    model->people = people_new(work->identity);
    people_take_untagged(model->people, takes_untagged);
    model->gather = gather_new(work->store, work->list, work->settings->prefix,
                               model->people);
    if (!gather_model(model, work, post, error))
        return NULL;
    find_set(model, post->post);
    return g_steal_pointer(&model);
}

void shown_model_free(ShownModel *model)
{
    if (model == NULL)
        return;
    sets_free(model->sets);
    gather_free(model->gather);
    people_free(model->people);
    g_free(model);
}
