/* SPDX-License-Identifier: MIT */
#include "digest/present_threads.h"

#include "digest/top_lists.h"

#include "base/banned.h"

enum {
    BUSY_ANSWERS = 5, /* posts that are no patches make a thread busy, */
    TALK_ANSWERS = 3, /* and so few where nothing but talk is posted */
};

/* A thread that begins with this post; what happened in it is not known yet.
 * Owned. */
static DigestThread *thread_from(const Presenter *presenter,
                                 const PostRecord *root)
{
    DigestThread *out = g_new0(DigestThread, 1);

    out->subject = g_strdup(root->subject);
    out->root = g_strdup(root->message_id);
    out->mark = presenter_mark(root);
    out->url = presenter_url(presenter, root);
    out->lists = presenter_lists(presenter, root);
    return out;
}

/* --- busy ones ---------------------------------------------------------- */

typedef struct ThreadCount {
    uint64_t posts, answers;
    GHashTable *people; /* NULL until the first post */
    unsigned root;      /* record */
} ThreadCount;

/* The post that the thread's references begin with, if it is there; else its
 * first one. Thread names are records. */
static unsigned root_of(const Presenter *presenter, unsigned record)
{
    const Sets *sets = presenter->sets;
    const int root = sets_find(
        sets, presenter_record(presenter, record)->root_link, SETS_NONE);

    if (root != SETS_NONE)
        return (unsigned)root;
    for (unsigned steps = sets->depths[record]; steps > 0; steps--)
        record = (unsigned)sets->parents[record];
    return record;
}

static void count_post(const Presenter *presenter, unsigned record,
                       ThreadCount *thread)
{
    const Sets *sets = presenter->sets;
    const uint32_t person = sets->speakers[record];

    if (thread->people == NULL) {
        thread->people = g_hash_table_new(NULL, NULL);
        thread->root = root_of(presenter, record);
    }
    thread->root = MIN(thread->root, root_of(presenter, record));
    thread->posts++;
    thread->answers += !sets_is_part(sets, record);
    g_hash_table_add(thread->people, GUINT_TO_POINTER(person));
}

static DigestThread *present_thread(const Presenter *presenter,
                                    const ThreadCount *thread)
{
    DigestThread *out =
        thread_from(presenter, presenter_record(presenter, thread->root));

    out->posts = thread->posts;
    out->answers = thread->answers;
    out->people = g_hash_table_size(thread->people);
    return out;
}

static int compare_threads(gconstpointer one, gconstpointer other)
{
    const DigestThread *left = *(const DigestThread *const *)one;
    const DigestThread *right = *(const DigestThread *const *)other;

    if (left->answers != right->answers)
        return left->answers > right->answers ? -1 : 1;
    if (left->posts != right->posts)
        return left->posts > right->posts ? -1 : 1;
    return g_strcmp0(left->root, right->root);
}

/* A list of talk is quieter than one where patches are discussed. */
static uint64_t busy_answers(const Presenter *presenter)
{
    for (unsigned i = 0; i < presenter->sets->count; i++) {
        if (presenter->is_inside[i] && sets_is_part(presenter->sets, i))
            return BUSY_ANSWERS;
    }
    return TALK_ANSWERS;
}

void present_threads(const Presenter *presenter, GPtrArray *out)
{
    const Sets *sets = presenter->sets;
    const uint64_t busy = busy_answers(presenter);
    g_autofree ThreadCount *threads =
        g_new0(ThreadCount, (size_t)sets->count + 1);

    for (unsigned i = 0; i < sets->count; i++) {
        if (presenter->is_inside[i])
            count_post(presenter, i, &threads[sets->threads[i]]);
    }
    for (unsigned i = 0; i < sets->count; i++) {
        if (threads[i].answers >= busy &&
            g_hash_table_size(threads[i].people) > 1)
            g_ptr_array_add(out, present_thread(presenter, &threads[i]));
        g_clear_pointer(&threads[i].people, g_hash_table_unref);
    }
    top_lists_sort_and_cut(out, compare_threads, presenter->limit);
}

/* --- threads that nobody answered --------------------------------------- */

/* Returns true of talk that begins a thread: neither patch nor notice, not by a
 * bot, and no answer to anything. */
static bool begins_talk(const Presenter *presenter, unsigned record)
{
    const Sets *sets = presenter->sets;

    return presenter->is_inside[record] && sets->kinds[record] == POST_OTHER &&
           sets->parents[record] == SETS_NONE &&
           presenter_record(presenter, record)->parent_link == 0 &&
           !people_person_is_bot(sets->people, sets->speakers[record]);
}

static bool *find_answered(const Sets *sets)
{
    bool *is_answered = g_new0(bool, (size_t)sets->count + 1);

    for (unsigned i = 0; i < sets->count; i++) {
        if (sets->parents[i] != SETS_NONE)
            is_answered[sets->parents[i]] = true;
    }
    return is_answered;
}

void present_unanswered(const Presenter *presenter, GPtrArray *out)
{
    const Sets *sets = presenter->sets;
    g_autofree bool *is_answered = find_answered(sets);

    for (unsigned i = sets->count; i-- > 0 && out->len < presenter->limit;) {
        if (is_answered[i] || !begins_talk(presenter, i))
            continue;
        const PostRecord *record = presenter_record(presenter, i);
        DigestThread *thread = thread_from(presenter, record);

        thread->posts = thread->answers = thread->people = 1;
        presenter_put_person(presenter, sets->speakers[i], record->arrival_ms,
                             &thread->by);
        g_ptr_array_add(out, thread);
    }
}

void present_talk(const Presenter *presenter, DigestTalk *talk)
{
    const Sets *sets = presenter->sets;
    g_autofree bool *is_answered = find_answered(sets);

    for (unsigned i = 0; i < sets->count; i++) {
        if (!begins_talk(presenter, i))
            continue;
        talk->threads++;
        talk->unanswered += !is_answered[i];
    }
}
