/* SPDX-License-Identifier: MIT */
#include "report/gather.h"

#include "activity/link.h"
#include "activity/links.h"
#include "patch/subject.h"
#include "report/assembly.h"
#include "report/content.h"
#include "report/reword.h"
#include "report/tally.h"

#include "base/banned.h"

enum {
    SECONDS_PER_HOUR = 3600,
    KIN_MAX = 128, /* what more posts have in common tells nothing of them */
    LINE_KIN_MAX = 16, /* a line that more patches change is nobody's own */
};

typedef struct Slot {
    uint32_t post;
    unsigned wants;
    bool is_loaded;
    bool is_of_work;        /* noted among those of its work */
    bool is_sought;         /* its revisions worded anew are looked for */
    bool is_of_content;     /* noted among those of its lines */
    bool is_content_sought; /* ... and others of the same are looked for */
    unsigned record;        /* index, once loaded */
} Slot;

/* A slot whose wants have grown since they were last asked for. */
typedef struct Pending {
    unsigned slot;
    unsigned wants;
} Pending;

/* Of one work, titles alike, or of the same lines: the newer may be a revision
 * of the older. */
typedef struct Pair {
    unsigned older, newer; /* slots of the heads, once is_of_heads */
    bool is_of_heads;
    unsigned lines; /* that both change, if not of one work */
} Pair;

typedef struct Question {
    uint64_t key;
    unsigned wants; /* of whatever is found */
    unsigned limit; /* if it is not more than that */
} Question;

struct Gather {
    Store *store;
    StorePosts *posts;
    const char *list;
    Subjects *subjects;
    Crowd *crowd;
    GArray *slots;       /* Slot */
    GHashTable *by_post; /* post -> 1 + slot */
    GArray *records;     /* PostRecord */
    GArray *to_load;     /* uint32_t posts */
    GArray *pending;     /* Pending */
    GArray *questions;   /* Question */
    GArray *orphans;     /* Pending: parts whose parent is not there yet */
    GHashTable *parts;   /* own_link of the parts that are loaded */
    GArray *pairs;       /* Pair, those that are not decided yet */
    GHashTable *works;   /* work_link, or link key of a line -> GArray of
                            unsigned slots */
    GHashTable *answers; /* link key -> GArray of uint32_t */
    bool is_sorted;
    bool has_window; /* all answers to what is in it are there */
};

static void clear_record(gpointer record)
{
    record_post_clear(record);
}

static guint hash_key(gconstpointer key)
{
    return (guint)(*(const uint64_t *)key);
}

Gather *gather_new(Store *store, const char *list, const char *prefix,
                   Crowd *crowd)
{
    Gather *gather = g_new0(Gather, 1);

    gather->store = store;
    gather->posts = store_posts_new(store, list);
    gather->list = list;
    gather->subjects = subjects_new(prefix);
    gather->crowd = crowd;
    gather->slots = g_array_new(FALSE, FALSE, sizeof(Slot));
    gather->by_post = g_hash_table_new(NULL, NULL);
    gather->records = g_array_new(FALSE, FALSE, sizeof(PostRecord));
    g_array_set_clear_func(gather->records, clear_record);
    gather->to_load = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    gather->pending = g_array_new(FALSE, FALSE, sizeof(Pending));
    gather->questions = g_array_new(FALSE, FALSE, sizeof(Question));
    gather->orphans = g_array_new(FALSE, FALSE, sizeof(Pending));
    gather->parts =
        g_hash_table_new_full(hash_key, g_int64_equal, g_free, NULL);
    gather->pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    gather->works = g_hash_table_new_full(hash_key, g_int64_equal, g_free,
                                          (GDestroyNotify)g_array_unref);
    gather->answers = g_hash_table_new_full(hash_key, g_int64_equal, g_free,
                                            (GDestroyNotify)g_array_unref);
    return gather;
}

void gather_free(Gather *gather)
{
    if (gather == NULL)
        return;
    store_posts_free(gather->posts);
    subjects_free(gather->subjects);
    g_array_unref(gather->slots);
    g_hash_table_unref(gather->by_post);
    g_array_unref(gather->records);
    g_array_unref(gather->to_load);
    g_array_unref(gather->pending);
    g_array_unref(gather->questions);
    g_array_unref(gather->orphans);
    g_hash_table_unref(gather->parts);
    g_array_unref(gather->pairs);
    g_hash_table_unref(gather->works);
    g_hash_table_unref(gather->answers);
    g_free(gather);
}

static Slot *slot_of(const Gather *gather, uint32_t post)
{
    const unsigned at = GPOINTER_TO_UINT(
        g_hash_table_lookup(gather->by_post, GUINT_TO_POINTER(post)));

    return at == 0 ? NULL : &g_array_index(gather->slots, Slot, at - 1);
}

Subjects *gather_subjects(const Gather *gather)
{
    return gather->subjects;
}

unsigned gather_wants(const Gather *gather, uint32_t post)
{
    const Slot *slot = slot_of(gather, post);

    return slot != NULL && slot->is_loaded ? slot->wants : 0;
}

static void add_slot(Gather *gather, uint32_t post, unsigned wants)
{
    const Slot slot = { .post = post, .wants = wants };

    g_array_append_val(gather->slots, slot);
    g_array_append_val(gather->to_load, post);
    g_hash_table_insert(gather->by_post, GUINT_TO_POINTER(post),
                        GUINT_TO_POINTER(gather->slots->len));
}

void gather_post(Gather *gather, uint32_t post, unsigned wants)
{
    Slot *slot = slot_of(gather, post);

    if (slot == NULL) {
        add_slot(gather, post, wants);
        return;
    }

    const Pending more = {
        .slot = (unsigned)(slot - &g_array_index(gather->slots, Slot, 0)),
        .wants = wants & ~slot->wants,
    };

    slot->wants |= wants;
    if (slot->is_loaded && more.wants != 0)
        g_array_append_val(gather->pending, more);
}

/* --- questions -------------------------------------------------------- */

static void want_found(Gather *gather, const GArray *posts,
                       const Question *question)
{
    if (posts->len > question->limit)
        return;
    for (unsigned i = 0; i < posts->len; i++)
        gather_post(gather, g_array_index(posts, uint32_t, i), question->wants);
}

static void ask_few(Gather *gather, LinkKind kind, uint64_t digest,
                    unsigned wants, unsigned limit)
{
    const Question question = { link_key(kind, digest), wants, limit };

    if (digest == 0)
        return;

    const GArray *known = g_hash_table_lookup(gather->answers, &question.key);

    if (known != NULL)
        want_found(gather, known, &question);
    else
        g_array_append_val(gather->questions, question);
}

static void ask(Gather *gather, LinkKind kind, uint64_t digest, unsigned wants)
{
    ask_few(gather, kind, digest, wants, UINT_MAX);
}

static bool is_part(const Gather *gather, const PostRecord *record)
{
    const PostKind kind =
        tally_kind(gather->crowd, record->sender, record->author, record->kind,
                   record->kind_of_bot);

    return kind == POST_PATCH || kind == POST_COVER || kind == POST_PULL;
}

/* A part is what an answer to its Message-ID means, so that nobody else needs
 * to be looked for where one is there. */
static void ask_self(Gather *gather, uint64_t link, unsigned wants)
{
    const gpointer part = g_hash_table_lookup(gather->parts, &link);

    if (part != NULL)
        gather_post(gather, GPOINTER_TO_UINT(part), wants);
    else
        ask(gather, LINK_SELF, link, wants);
}

static void ask_above(Gather *gather, const PostRecord *record, unsigned wants)
{
    ask_self(gather, record->parent_link, wants);
    ask_self(gather, record->root_link, wants);
}

static void ask_named(Gather *gather, const PostRecord *record, unsigned count,
                      unsigned wants)
{
    for (unsigned i = 0; i < count && i < record->extra_count; i++)
        ask(gather, LINK_SELF, record->extra_links[i], wants);
}

/* A thread is found under its first post's id, also where that post is not
 * there; answers that name no first post under what they answer. */
static void ask_thread(Gather *gather, const PostRecord *record, bool part,
                       unsigned whole)
{
    const unsigned wants = GATHER_DOWN | whole;
    uint64_t first = record->root_link;

    if (first == 0)
        first =
            record->parent_link != 0 ? record->parent_link : record->own_link;
    ask(gather, LINK_ABOVE, first, wants);
    if (record->own_link != first)
        ask(gather, LINK_ABOVE, record->own_link, wants);
    if (part)
        ask(gather, LINK_NAMES, record->own_link, GATHER_UP);
}

static void ask_kin(Gather *gather, const PostRecord *record,
                    const PatchSubject *subject)
{
    ask_few(gather, LINK_CHANGE, record->change_link, GATHER_UP | GATHER_HEAD,
            KIN_MAX);
    ask_few(gather, LINK_PATCH, record->patch_link, GATHER_UP | GATHER_HEAD,
            KIN_MAX);
    if (*subject->title != '\0')
        ask_few(gather, LINK_TITLE, link_title_digest(subject),
                GATHER_UP | GATHER_HEAD, KIN_MAX);
}

/* The key holds the hour of the Date; neighbours matter near its ends. */
static void ask_series(Gather *gather, const PostRecord *record,
                       const PatchSubject *subject, const char *address,
                       unsigned whole)
{
    const int64_t when = record->has_date ? record->date : 0;

    if (!subject->has_number || subject->total < 2 || *address == '\0')
        return;
    for (int64_t side = -1; side <= 1; side++) {
        const int64_t then = when + side * LINK_SERIES_SECONDS;

        if (side == 0 || then / SECONDS_PER_HOUR != when / SECONDS_PER_HOUR)
            ask(gather, LINK_SERIES, link_series_digest(address, subject, then),
                GATHER_UP | GATHER_SERIES | whole);
    }
}

/* --- revisions that are worded anew ------------------------------------- */

static const PostRecord *record_of(const Gather *gather, unsigned slot)
{
    const Slot *at = &g_array_index(gather->slots, Slot, slot);

    return &g_array_index(gather->records, PostRecord, at->record);
}

static const PatchSubject *subject_of(const Gather *gather, unsigned slot)
{
    return subjects_of(gather->subjects, record_of(gather, slot));
}

static bool is_reworded(const Gather *gather, const Pair *pair)
{
    return reword_likeness(record_of(gather, pair->older),
                           subject_of(gather, pair->older),
                           record_of(gather, pair->newer),
                           subject_of(gather, pair->newer)) > 0;
}

static GArray *slots_of_work(Gather *gather, const uint64_t *work)
{
    GArray *slots = g_hash_table_lookup(gather->works, work);

    if (slots != NULL)
        return slots;
    slots = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_hash_table_insert(gather->works, g_memdup2(work, sizeof(*work)), slots);
    return slots;
}

static void add_pair(Gather *gather, unsigned older, unsigned newer)
{
    const Pair pair = { older, newer, true, 0 };
    const unsigned slots[] = { older, newer };

    if (!is_reworded(gather, &pair))
        return;
    g_array_append_val(gather->pairs, pair);
    for (unsigned i = 0; i < G_N_ELEMENTS(slots); i++)
        gather_post(gather, g_array_index(gather->slots, Slot, slots[i]).post,
                    GATHER_TITLE);
}

static void compare_works(Gather *gather, const GArray *slots, unsigned slot)
{
    for (unsigned i = 0; i < slots->len; i++) {
        const unsigned other = g_array_index(slots, unsigned, i);
        const Slot *one = &g_array_index(gather->slots, Slot, slot);
        const Slot *two = &g_array_index(gather->slots, Slot, other);

        if (other == slot || !(one->is_sought || two->is_sought) ||
            (one->wants & two->wants & GATHER_WHOLE) != 0)
            continue;
        add_pair(gather, slot, other);
        add_pair(gather, other, slot);
    }
}

/* A head of the same title and author, of another version on the given side,
 * both without tags: surely a revision, whatever else is known of the two. */
static bool is_revision(const Gather *gather, const PatchSubject *subject,
                        const PostRecord *record, const PostRecord *other,
                        bool is_before)
{
    const PatchSubject *other_subject = subjects_of(gather->subjects, other);

    if (!is_part(gather, other) || other->kind == POST_PULL ||
        !crowd_is_same_name(gather->crowd, record->author, other->author))
        return false;
    return (other_subject->number == 0 || other_subject->total == 1) &&
           subject->tags->len == 0 && other_subject->tags->len == 0 &&
           (is_before ? other_subject->version < subject->version &&
                            assembly_compare(other, record) < 0
                      : other_subject->version > subject->version &&
                            assembly_compare(other, record) > 0);
}

static bool has_revision(const Gather *gather, unsigned slot, bool is_before)
{
    const PostRecord *record = record_of(gather, slot);
    const PatchSubject *subject = subject_of(gather, slot);
    uint64_t key;
    const GArray *posts;

    if (subject->number != 0 && subject->total != 1)
        return false;
    key = link_key(LINK_TITLE, link_title_digest(subject));
    posts = g_hash_table_lookup(gather->answers, &key);
    for (unsigned i = 0; posts != NULL && i < posts->len; i++) {
        const Slot *other = slot_of(gather, g_array_index(posts, uint32_t, i));

        if (other != NULL && other->is_loaded &&
            is_revision(
                gather, subject, record,
                &g_array_index(gather->records, PostRecord, other->record),
                is_before))
            return true;
    }
    return false;
}

/* The part of lower number of one set that a part answers; or the part. */
static unsigned slot_above(const Gather *gather, unsigned slot)
{
    const gpointer post = g_hash_table_lookup(
        gather->parts, &record_of(gather, slot)->parent_link);
    const Slot *above =
        post == NULL ? NULL : slot_of(gather, GPOINTER_TO_UINT(post));
    const PatchSubject *subject = subject_of(gather, slot);
    const PatchSubject *before;
    unsigned at;

    if (above == NULL)
        return slot;
    at = (unsigned)(above - &g_array_index(gather->slots, Slot, 0));
    before = subject_of(gather, at);
    return before->has_number && before->number < subject->number &&
                   before->version == subject->version &&
                   before->total == subject->total
               ? at
               : slot;
}

/* What has content is among the first parts, so that few answer each other. */
static unsigned head_slot(const Gather *gather, unsigned slot)
{
    for (unsigned step = 0; step < LINK_CONTENT_PARTS; step++)
        slot = slot_above(gather, slot);
    return slot;
}

/* Once what they answer is there. */
static void find_heads(Gather *gather, GArray *pairs)
{
    for (unsigned i = 0; i < pairs->len; i++) {
        Pair *pair = &g_array_index(pairs, Pair, i);

        if (pair->is_of_heads)
            continue;
        pair->older = head_slot(gather, pair->older);
        pair->newer = head_slot(gather, pair->newer);
        pair->is_of_heads = true;
        gather_post(gather, record_of(gather, pair->older)->post, GATHER_TITLE);
        gather_post(gather, record_of(gather, pair->newer)->post, GATHER_TITLE);
    }
}

/* One line tells only what the heads confirm. */
static bool may_tell_one_line(const Gather *gather, const Pair *pair)
{
    const PatchSubject *older = subject_of(gather, pair->older);
    const PatchSubject *newer = subject_of(gather, pair->newer);

    return newer->version == older->version + 1 ||
           content_is_titled_alike(older, newer);
}

static guint hash_heads(gconstpointer key)
{
    const Pair *pair = key;

    return pair->older * 31 + pair->newer;
}

static gboolean are_same_heads(gconstpointer one, gconstpointer other)
{
    const Pair *pair = one, *other_pair = other;

    return pair->older == other_pair->older && pair->newer == other_pair->newer;
}

/* Two sets share a line in many pairs of their parts: one pair remains. */
static GHashTable *pairs_of_heads(const Gather *gather)
{
    GHashTable *pairs =
        g_hash_table_new_full(hash_heads, are_same_heads, g_free, NULL);

    for (unsigned i = 0; i < gather->pairs->len; i++) {
        const Pair *pair = &g_array_index(gather->pairs, Pair, i);
        Pair *known = g_hash_table_lookup(pairs, pair);

        if (known != NULL) {
            known->lines = pair->lines == 0 || known->lines == 0
                               ? 0
                               : known->lines + pair->lines;
            continue;
        }
        known = g_memdup2(pair, sizeof(*pair));
        g_hash_table_add(pairs, known);
    }
    return pairs;
}

/* Who is whose revision hangs on what else is a revision of either. Mostly
 * titles tell that there is one; else all that is known of both is asked. */
static void decide_pairs(Gather *gather)
{
    g_autoptr(GHashTable) pairs = NULL;
    GHashTableIter iterator;
    gpointer key;

    find_heads(gather, gather->pairs);
    if (gather->pending->len > 0)
        return;
    pairs = pairs_of_heads(gather);
    g_array_set_size(gather->pairs, 0);
    g_hash_table_iter_init(&iterator, pairs);
    while (g_hash_table_iter_next(&iterator, &key, NULL)) {
        const Pair *pair = key;

        if ((pair->lines == 1 && !may_tell_one_line(gather, pair)) ||
            has_revision(gather, pair->newer, true) ||
            has_revision(gather, pair->older, false))
            continue;
        gather_post(gather, record_of(gather, pair->older)->post, GATHER_WHOLE);
        gather_post(gather, record_of(gather, pair->newer)->post, GATHER_WHOLE);
    }
}

static void seek_work(Gather *gather, const PostRecord *record)
{
    const PatchSubject *subject = subjects_of(gather->subjects, record);

    ask_few(gather, LINK_REVISION, record->work_link, 0, KIN_MAX);
    if (!activity_is_lone_revision(record, subject))
        return;
    for (int64_t back = 0; back <= LINK_WORK_SECONDS; back += LINK_WORK_SECONDS)
        ask_few(gather, LINK_WORK,
                link_work_digest(record->work_link, record->date - back), 0,
                KIN_MAX);
}

static void see_work(Gather *gather, unsigned slot, bool seek)
{
    const PostRecord *record = record_of(gather, slot);
    GArray *slots = slots_of_work(gather, &record->work_link);
    Slot *at = &g_array_index(gather->slots, Slot, slot);
    const bool is_new = !at->is_of_work;

    if (is_new)
        g_array_append_val(slots, slot);
    at->is_of_work = true;
    if (seek && !at->is_sought)
        seek_work(gather, record);
    else if (!is_new)
        return;
    at->is_sought |= seek;
    compare_works(gather, slots, slot);
}

/* --- revisions of the same lines ---------------------------------------- */

static bool is_by_same_author(const Gather *gather, const PostRecord *one,
                              const PostRecord *other)
{
    const uint32_t person = crowd_person(gather->crowd, one->author);

    return (person != 0 &&
            person == crowd_person(gather->crowd, other->author)) ||
           crowd_is_same_name(gather->crowd, one->author, other->author);
}

static void add_pair_of_content(Gather *gather, unsigned older, unsigned newer)
{
    const PostRecord *one = record_of(gather, older);
    const PostRecord *other = record_of(gather, newer);
    Pair pair = { older, newer, false, 0 };
    const PatchSubject *subject = subject_of(gather, older);
    const PatchSubject *other_subject = subject_of(gather, newer);

    for (unsigned shared = content_shared(one, subject, other, other_subject);
         shared != 0; shared &= shared - 1)
        pair.lines++;
    if (pair.lines != 0 &&
        (other_subject->version > 1 || is_by_same_author(gather, one, other)))
        g_array_append_val(gather->pairs, pair);
}

static void compare_contents(Gather *gather, const GArray *slots, unsigned slot)
{
    for (unsigned i = 0; i < slots->len; i++) {
        const unsigned other = g_array_index(slots, unsigned, i);
        const Slot *one = &g_array_index(gather->slots, Slot, slot);
        const Slot *two = &g_array_index(gather->slots, Slot, other);

        if (other == slot ||
            !(one->is_content_sought || two->is_content_sought) ||
            (one->wants & two->wants & GATHER_WHOLE) != 0)
            continue;
        add_pair_of_content(gather, slot, other);
        add_pair_of_content(gather, other, slot);
    }
}

static void see_content(Gather *gather, unsigned slot, bool seek)
{
    const PostRecord *record = record_of(gather, slot);
    Slot *at = &g_array_index(gather->slots, Slot, slot);
    const bool is_new = !at->is_of_content;
    const bool is_asked = seek && !at->is_content_sought;

    if (!is_new && !is_asked)
        return;
    at->is_of_content = true;
    at->is_content_sought |= seek;
    for (unsigned i = 0; i < PATCH_SKETCH_LINES; i++) {
        const uint64_t key = link_key(LINK_CONTENT, record->content[i]);
        GArray *slots = slots_of_work(gather, &key);

        if (is_new)
            g_array_append_val(slots, slot);
        compare_contents(gather, slots, slot);
        if (is_asked)
            ask_few(gather, LINK_CONTENT, record->content[i], GATHER_UP,
                    LINE_KIN_MAX);
    }
}

static void ask_by_subject(Gather *gather, const PostRecord *record,
                           unsigned wants)
{
    const MailPerson *author = crowd_raw(gather->crowd, record->author);
    const PatchSubject *subject = subjects_of(gather->subjects, record);

    if (author == NULL)
        return;
    if (wants & GATHER_KIN)
        ask_kin(gather, record, subject);
    if (wants & GATHER_TITLE)
        ask_few(gather, LINK_TITLE, link_title_digest(subject), 0, KIN_MAX);
    if (wants & GATHER_SERIES)
        ask_series(gather, record, subject, author->address,
                   wants & GATHER_WHOLE);
}

static void ask_of_part(Gather *gather, const PostRecord *record,
                        unsigned wants)
{
    if (wants & (GATHER_UP | GATHER_DOWN)) {
        ask_above(gather, record,
                  wants & GATHER_EDGE ? GATHER_UP | GATHER_REST : GATHER_UP);
        ask_named(gather, record, record->supersedes_count, GATHER_UP);
    }
    if (wants & GATHER_KIN)
        ask_by_subject(gather, record, GATHER_KIN);
    else if (wants & GATHER_TITLE)
        ask_by_subject(gather, record, GATHER_TITLE);
}

static void ask_of_other(Gather *gather, const PostRecord *record,
                         unsigned wants)
{
    const bool is_notice =
        tally_kind(gather->crowd, record->sender, record->author, record->kind,
                   record->kind_of_bot) == POST_NOTICE;
    const unsigned on = wants & (GATHER_TARGET | GATHER_NEAR | GATHER_UP);

    if (on == 0)
        return;
    ask_above(gather, record, on);
    if (is_notice && (wants & GATHER_TARGET))
        ask_named(gather, record, record->extra_count, GATHER_TARGET);
}

void gather_close_window(Gather *gather)
{
    gather->has_window = true;
}

static bool is_in_window(const Gather *gather, const Slot *slot)
{
    return gather->has_window &&
           (slot->wants & (GATHER_INSIDE | GATHER_CONTEXT)) != 0;
}

static void ask_of(Gather *gather, const Pending *pending)
{
    const Slot *slot = &g_array_index(gather->slots, Slot, pending->slot);
    const PostRecord *record =
        &g_array_index(gather->records, PostRecord, slot->record);
    const bool part = is_part(gather, record);
    unsigned wants = pending->wants;

    if (part && (wants & (GATHER_TARGET | GATHER_WHOLE)))
        wants |= GATHER_UP | GATHER_DOWN | GATHER_KIN | GATHER_SERIES;
    if ((wants & GATHER_REST) &&
        (slot->wants & (GATHER_INSIDE | GATHER_BEFORE)) == 0)
        wants |= GATHER_DOWN;
    if (part && (wants & (GATHER_SERIES | GATHER_HEAD)))
        g_array_append_val(gather->orphans, *pending);
    if ((wants & GATHER_DOWN) && !is_in_window(gather, slot))
        ask_thread(gather, record, part, wants & GATHER_WHOLE);
    if ((wants & GATHER_ANSWERS) && !is_in_window(gather, slot))
        ask(gather, LINK_ABOVE, record->own_link, 0);
    if (part && record->work_link != 0)
        see_work(gather, pending->slot, (wants & GATHER_KIN) != 0);
    if (part && record->has_content)
        see_content(gather, pending->slot, (wants & GATHER_KIN) != 0);
    if (part)
        ask_of_part(gather, record, wants);
    else
        ask_of_other(gather, record, wants);
}

/* --- rounds ----------------------------------------------------------- */

bool gather_people(Store *store, const char *list, Crowd *crowd,
                   const GArray *numbers, GError **error)
{
    g_autoptr(GArray) unknown = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = 0; i < numbers->len; i++) {
        const uint32_t number = g_array_index(numbers, uint32_t, i);

        if (number != 0 && !crowd_knows(crowd, number))
            g_array_append_val(unknown, number);
    }
    if (unknown->len == 0)
        return true;

    g_autoptr(GArray) people =
        store_people(store, list, (const uint32_t *)(void *)unknown->data,
                     unknown->len, error);

    if (people == NULL)
        return false;
    for (unsigned i = 0; i < people->len && i < unknown->len; i++)
        crowd_add(crowd, g_array_index(unknown, uint32_t, i),
                  &g_array_index(people, MailPerson, i));
    return true;
}

static bool learn_people(Gather *gather, unsigned first, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = first; i < gather->records->len; i++) {
        const PostRecord *record =
            &g_array_index(gather->records, PostRecord, i);

        if (g_hash_table_add(seen, GUINT_TO_POINTER(record->author)))
            g_array_append_val(numbers, record->author);
        if (g_hash_table_add(seen, GUINT_TO_POINTER(record->sender)))
            g_array_append_val(numbers, record->sender);
        for (unsigned j = 0; j < record->credit_count; j++) {
            const uint32_t person = record->credits[j].person;

            if (g_hash_table_add(seen, GUINT_TO_POINTER(person)))
                g_array_append_val(numbers, person);
        }
    }
    return gather_people(gather->store, gather->list, gather->crowd, numbers,
                         error);
}

static void take_record(Gather *gather, uint32_t post, PostRecord *record)
{
    Slot *slot = slot_of(gather, post);

    if (record->post == 0 || slot == NULL)
        return;

    const Pending pending = {
        .slot = (unsigned)(slot - &g_array_index(gather->slots, Slot, 0)),
        .wants = slot->wants,
    };

    slot->is_loaded = true;
    slot->record = gather->records->len;
    g_array_append_vals(gather->records, record, 1);
    *record = (PostRecord){ 0 };
    g_array_append_val(gather->pending, pending);
}

static void index_parts(Gather *gather, unsigned first)
{
    for (unsigned i = first; i < gather->records->len; i++) {
        const PostRecord *record =
            &g_array_index(gather->records, PostRecord, i);

        if (record->own_link != 0 && is_part(gather, record))
            g_hash_table_insert(gather->parts,
                                g_memdup2(&record->own_link, sizeof(uint64_t)),
                                GUINT_TO_POINTER(record->post));
    }
}

static bool load_posts(Gather *gather, GError **error)
{
    const unsigned first = gather->records->len;
    const uint32_t *posts = (const uint32_t *)(void *)gather->to_load->data;

    if (gather->to_load->len == 0)
        return true;

    g_autoptr(GArray) records =
        store_posts_read(gather->posts, posts, gather->to_load->len, error);

    if (records == NULL)
        return false;
    for (unsigned i = 0; i < records->len; i++)
        take_record(gather, posts[i], &g_array_index(records, PostRecord, i));
    g_array_set_size(gather->to_load, 0);
    if (!learn_people(gather, first, error))
        return false;
    index_parts(gather, first);
    return true;
}

/* Each key once, whoever asks. */
static GArray *new_keys(const Gather *gather)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(hash_key, g_int64_equal);
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(uint64_t));

    for (unsigned i = 0; i < gather->questions->len; i++) {
        const Question *question =
            &g_array_index(gather->questions, Question, i);

        if (g_hash_table_add(seen, (gpointer)(uintptr_t)&question->key))
            g_array_append_val(keys, question->key);
    }
    return keys;
}

static bool is_later_part(const Gather *gather, const PostRecord *record)
{
    return subjects_of(gather->subjects, record)->number > 1;
}

/* Once all threads are there: parts that answer no part may belong to a series
 * by name, and heads of sets may answer the same unknown mail. */
static void ask_of_orphans(Gather *gather)
{
    for (unsigned i = 0; i < gather->orphans->len; i++) {
        const Pending *orphan = &g_array_index(gather->orphans, Pending, i);
        const Slot *slot = &g_array_index(gather->slots, Slot, orphan->slot);
        const PostRecord *record = record_of(gather, orphan->slot);
        const bool is_orphan =
            !g_hash_table_contains(gather->parts, &record->parent_link);

        if (is_orphan && (orphan->wants & GATHER_HEAD) &&
            !g_hash_table_contains(gather->parts, &record->root_link) &&
            is_later_part(gather, record))
            gather_post(gather, slot->post, GATHER_DOWN | GATHER_SERIES);
        if (is_orphan && (orphan->wants & GATHER_SERIES))
            ask_by_subject(gather, record,
                           GATHER_SERIES | (orphan->wants & GATHER_WHOLE));
    }
    g_array_set_size(gather->orphans, 0);
}

static bool is_part_of_whole(const Gather *gather, uint64_t link)
{
    const gpointer post = g_hash_table_lookup(gather->parts, &link);

    return post != NULL &&
           (gather_wants(gather, GPOINTER_TO_UINT(post)) & GATHER_WHOLE) != 0;
}

/* Nobody asks for threads in the window, so that sets that begin in the
 * interval and end behind it are seen here. */
static void join_wholes(Gather *gather)
{
    for (unsigned i = 0; gather->has_window && i < gather->slots->len; i++) {
        const Slot *slot = &g_array_index(gather->slots, Slot, i);

        if (!slot->is_loaded ||
            (slot->wants & (GATHER_CONTEXT | GATHER_WHOLE)) != GATHER_CONTEXT)
            continue;

        const PostRecord *record = record_of(gather, i);

        if (is_part(gather, record) &&
            (is_part_of_whole(gather, record->parent_link) ||
             is_part_of_whole(gather, record->root_link)))
            gather_post(gather, slot->post, GATHER_WHOLE);
    }
}

static bool is_idle(const Gather *gather)
{
    return gather->questions->len == 0 && gather->to_load->len == 0 &&
           gather->pending->len == 0;
}

static bool find_answers(Gather *gather, GError **error)
{
    if (gather->questions->len == 0)
        return true;

    g_autoptr(GArray) keys = new_keys(gather);
    g_autoptr(GPtrArray) found =
        store_find(gather->store, gather->list,
                   (const uint64_t *)(void *)keys->data, keys->len, error);

    if (found == NULL)
        return false;
    for (unsigned i = 0; i < keys->len; i++)
        g_hash_table_insert(
            gather->answers,
            g_memdup2(&g_array_index(keys, uint64_t, i), sizeof(uint64_t)),
            g_array_ref(found->pdata[i]));
    for (unsigned i = 0; i < gather->questions->len; i++) {
        const Question *question =
            &g_array_index(gather->questions, Question, i);

        want_found(gather, g_hash_table_lookup(gather->answers, &question->key),
                   question);
    }
    g_array_set_size(gather->questions, 0);
    return true;
}

bool gather_run(Gather *gather, GError **error)
{
    gather->is_sorted = false;
    for (unsigned round = 0; round < GATHER_ROUNDS; round++) {
        if (!load_posts(gather, error))
            return false;
        for (unsigned i = 0; i < gather->pending->len; i++) {
            const Pending pending = g_array_index(gather->pending, Pending, i);

            ask_of(gather, &pending);
        }
        g_array_set_size(gather->pending, 0);
        if (is_idle(gather)) {
            decide_pairs(gather);
            join_wholes(gather);
            ask_of_orphans(gather);
        }
        if (is_idle(gather))
            return true;
        if (!find_answers(gather, error))
            return false;
    }
    return load_posts(gather, error);
}

static int compare_records(gconstpointer one, gconstpointer other)
{
    return assembly_compare(one, other);
}

static bool is_common_line(const Gather *gather, uint32_t line)
{
    const uint64_t key = link_key(LINK_CONTENT, line);
    const GArray *posts = g_hash_table_lookup(gather->answers, &key);

    return posts != NULL && posts->len > LINE_KIN_MAX;
}

/* How many patches change a line is known here alone, and here the same
 * whatever the interval is. */
static void forget_common_lines(Gather *gather)
{
    for (unsigned i = 0; i < gather->records->len; i++) {
        PostRecord *record = &g_array_index(gather->records, PostRecord, i);

        for (unsigned j = 0; j < PATCH_SKETCH_LINES && record->has_content; j++)
            if (is_common_line(gather, record->content[j]))
                record->content[j] = PATCH_SKETCH_NONE;
    }
}

const GArray *gather_records(Gather *gather)
{
    if (gather->is_sorted)
        return gather->records;
    forget_common_lines(gather);
    g_array_sort(gather->records, compare_records);
    for (unsigned i = 0; i < gather->records->len; i++) {
        Slot *slot =
            slot_of(gather, g_array_index(gather->records, PostRecord, i).post);

        if (slot != NULL)
            slot->record = i;
    }
    gather->is_sorted = true;
    return gather->records;
}
