/* SPDX-License-Identifier: MIT */
#include "digest/present_people.h"

#include "digest/top_lists.h"
#include "sets/answers.h"
#include "sets/reviews.h"

#include "base/banned.h"

/* --- reviewers -------------------------------------------------------- */

typedef struct ReviewCount {
    uint64_t tags, replies;
} ReviewCount;

static void count_reviews(const Presenter *presenter, ReviewCount *counts)
{
    Sets *sets = presenter->sets;
    const People *people = sets->people;

    for (unsigned i = 0; i < sets->count; i++) {
        const PostRecord *record = presenter_record(presenter, i);

        if (!presenter->is_inside[i] || sets_is_part(sets, i) ||
            people_is_sent_by_bot(people, record->sender, record->author))
            continue;
        if (reviews_is_reply(sets, i))
            counts[sets->speakers[i]].replies++;
        for (unsigned j = 0; j < record->credit_count; j++) {
            const PostCredit *credit = &record->credits[j];

            if (reviews_credit_counts(sets, i, credit))
                counts[people_person(people, credit->person)].tags++;
        }
    }
}

void present_reviewers(const Presenter *presenter, GPtrArray *out)
{
    const uint32_t size = people_size(presenter->sets->people);
    g_autofree ReviewCount *counts = g_new0(ReviewCount, (size_t)size + 1);

    count_reviews(presenter, counts);
    for (uint32_t person = 1; person <= size; person++) {
        const ReviewCount *found = &counts[person];

        if (found->tags + found->replies == 0)
            continue;
        DigestCount *row = digest_count_new();

        row->tags = found->tags;
        row->replies = found->replies;
        row->count = found->tags + found->replies;
        presenter_put_person(presenter, person, presenter->end_ms, &row->who);
        g_ptr_array_add(out, row);
    }
    top_lists_sort_and_cut(out, top_lists_compare_counts, presenter->limit);
}

/* --- who answered -------------------------------------------------------- */

/* Persons of one table are told apart by name and address. */
static char *key_of(const DigestPerson *person)
{
    return g_strdup_printf("%s <%s>", person->name, person->email);
}

void present_answers(const Presenter *presenter, GPtrArray *posters)
{
    const Sets *sets = presenter->sets;
    g_autofree uint64_t *answers =
        g_new0(uint64_t, (size_t)people_size(sets->people) + 1);
    g_autoptr(GHashTable) by_key =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (unsigned i = 0; i < sets->count; i++) {
        const int parent = sets->parents[i];

        if (presenter->is_inside[i] && !sets_is_part(sets, i) &&
            parent != SETS_NONE && sets->speakers[parent] != sets->speakers[i])
            answers[sets->speakers[i]]++;
    }
    for (unsigned i = 0; i < posters->len; i++) {
        DigestCount *poster = posters->pdata[i];

        g_hash_table_insert(by_key, key_of(&poster->who), poster);
    }
    for (uint32_t person = 1; person <= people_size(sets->people); person++) {
        if (answers[person] == 0)
            continue;

        const DigestPerson who = {
            .name = (char *)(uintptr_t)people_name(sets->people, person),
            .email = (char *)(uintptr_t)people_address(sets->people, person),
        };
        g_autofree char *key = key_of(&who);
        DigestCount *poster = g_hash_table_lookup(by_key, key);

        if (poster != NULL)
            poster->answers = answers[person];
    }
}

/* --- newcomers -------------------------------------------------------- */

/* "Re:" in a subject makes no answer: spam likes to write it. */
static bool answers_something(const PostRecord *record)
{
    return record->parent_link != 0 || record->root_link != 0;
}

/* Patches first, then answers, then talk: what is none of these on a public
 * list is spam more often than not. */
static unsigned rank_of(const Presenter *presenter, unsigned record,
                        bool was_answered)
{
    if (sets_is_part(presenter->sets, record))
        return 0;
    if (was_answered ||
        (presenter->sets->kinds[record] != POST_OTHER &&
         answers_something(presenter_record(presenter, record))))
        return 1;
    return 2;
}

static DigestNewcomer *present_newcomer(const Presenter *presenter,
                                        unsigned post, bool was_answered)
{
    const PostRecord *record = presenter_record(presenter, post);
    DigestNewcomer *out = g_new0(DigestNewcomer, 1);

    out->is_patch = sets_is_part(presenter->sets, post);
    if (out->is_patch)
        presenter_put_author(presenter, record, &out->who);
    else
        presenter_put_person(presenter, presenter->sets->speakers[post],
                             record->arrival_ms, &out->who);
    out->subject = g_strdup(record->subject);
    out->message_id = g_strdup(record->message_id);
    out->mark = presenter_mark(record);
    out->url = presenter_url(presenter, record);
    out->lists = presenter_lists(presenter, record);
    out->was_answered = was_answered;
    return out;
}

void present_newcomers(const Presenter *presenter, const GArray *posts,
                       GPtrArray *out)
{
    g_autofree bool *was_answered = answers_of_others(presenter->sets);

    for (unsigned rank = 0; rank <= 2; rank++) {
        for (unsigned i = 0; i < posts->len; i++) {
            const unsigned post = g_array_index(posts, unsigned, i);

            if (rank_of(presenter, post, was_answered[post]) != rank)
                continue;
            DigestNewcomer *newcomer =
                present_newcomer(presenter, post, was_answered[post]);

            newcomer->is_quiet = rank == 2;
            g_ptr_array_add(out, newcomer);
        }
    }
}
