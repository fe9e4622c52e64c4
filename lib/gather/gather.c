/* SPDX-License-Identifier: MIT */
#include "gather/internal.h"

#include "activity/links.h"

#include "base/banned.h"

enum {
    SECONDS_PER_HOUR = 3600,
    PULL_KIN_MAX = 16, /* requests that begin at one commit, if it is a tip */
};

static void clear_record(gpointer record)
{
    record_post_clear(record);
}

static void sharers_free(gpointer data)
{
    Sharers *sharers = data;

    g_array_unref(sharers->all);
    g_clear_pointer(&sharers->open, g_array_unref);
    g_free(sharers);
}

static Gather *new_of(Store *store, StorePosts *posts, const char *list,
                      const char *prefix, People *people)
{
    Gather *gather = g_new0(Gather, 1);

    gather->store = store;
    gather->posts = posts;
    gather->list = list;
    gather->prefix = prefix;
    gather->subjects = subject_cache_new(prefix);
    gather->people = people;
    gather->ties =
        evidence_traits(EVIDENCE_SURE) | evidence_traits(EVIDENCE_PARTS);
    gather->guesses = evidence_traits(EVIDENCE_GUESS);
    gather->slots = g_array_new(FALSE, FALSE, sizeof(Slot));
    gather->by_post = map_new(NULL);
    gather->records = g_array_new(FALSE, FALSE, sizeof(PostRecord));
    g_array_set_clear_func(gather->records, clear_record);
    gather->to_load = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    gather->pending = g_array_new(FALSE, FALSE, sizeof(Pending));
    gather->questions = g_array_new(FALSE, FALSE, sizeof(Question));
    gather->orphans = g_array_new(FALSE, FALSE, sizeof(Pending));
    gather->parts = map_new(NULL);
    gather->pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    gather->sharers = map_new(sharers_free);
    gather->answers = g_array_new(FALSE, FALSE, sizeof(Answer));
    gather->found = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    gather->answer_of = map_new(NULL);
    return gather;
}

Gather *gather_new(Store *store, const char *list, const char *prefix,
                   People *people)
{
    return new_of(store, store_posts_new(store, list), list, prefix, people);
}

Gather *gather_new_beside(Gather *beside, People *people)
{
    Gather *gather = new_of(beside->store, beside->posts, beside->list,
                            beside->prefix, people);

    gather->borrows_posts = true;
    return gather;
}

Gather *gather_new_reader(Gather *beside)
{
    Gather *gather = gather_new_beside(beside, beside->people);

    gather->is_reader = true;
    return gather;
}

void gather_free(Gather *gather)
{
    if (gather == NULL)
        return;
    if (!gather->borrows_posts)
        store_posts_free(gather->posts);
    subject_cache_free(gather->subjects);
    g_array_unref(gather->slots);
    map_free(gather->by_post);
    g_array_unref(gather->records);
    g_array_unref(gather->to_load);
    g_array_unref(gather->pending);
    g_array_unref(gather->questions);
    g_array_unref(gather->orphans);
    map_free(gather->parts);
    g_array_unref(gather->pairs);
    map_free(gather->sharers);
    g_array_unref(gather->answers);
    g_array_unref(gather->found);
    map_free(gather->answer_of);
    g_free(gather);
}

Slot *gather_slot(const Gather *gather, uint32_t post)
{
    const unsigned at = GPOINTER_TO_UINT(map_get(gather->by_post, post));

    return at == 0 ? NULL : &g_array_index(gather->slots, Slot, at - 1);
}

SubjectCache *gather_subjects(const Gather *gather)
{
    return gather->subjects;
}

unsigned gather_labels(const Gather *gather, uint32_t post)
{
    const Slot *slot = gather_slot(gather, post);

    return slot != NULL && slot->is_loaded ? slot->labels : 0;
}

unsigned gather_wishes(const Gather *gather, uint32_t post)
{
    const Slot *slot = gather_slot(gather, post);

    return slot != NULL && slot->is_loaded ? slot->wishes : 0;
}

static void add_slot(Gather *gather, uint32_t post, unsigned labels,
                     unsigned wishes)
{
    const Slot slot = { .post = post, .labels = labels, .wishes = wishes };

    g_array_append_val(gather->slots, slot);
    g_array_append_val(gather->to_load, post);
    map_put(gather->by_post, post, GUINT_TO_POINTER(gather->slots->len));
}

void gather_post(Gather *gather, uint32_t post, unsigned labels,
                 unsigned wishes)
{
    Slot *slot = gather_slot(gather, post);

    if (slot == NULL) {
        add_slot(gather, post, labels, wishes);
        return;
    }

    const Pending more = {
        .slot = (unsigned)(slot - &g_array_index(gather->slots, Slot, 0)),
        .wishes = wishes & ~slot->wishes,
    };

    slot->labels |= labels;
    slot->wishes |= wishes;
    if (slot->is_loaded && more.wishes != 0)
        g_array_append_val(gather->pending, more);
}

/* --- questions -------------------------------------------------------- */

static void want_found(Gather *gather, Answer *answer, const Question *question)
{
    if (answer->count > question->limit ||
        (answer->is_wanted && (question->wishes & ~answer->wanted) == 0))
        return;
    answer->is_wanted = true; /* even if for nothing but their records */
    answer->wanted |= question->wishes;
    for (unsigned i = 0; i < answer->count; i++)
        gather_post(gather,
                    g_array_index(gather->found, uint32_t, answer->first + i),
                    0, question->wishes);
}

static Answer *answer_to(const Gather *gather, uint64_t key)
{
    const unsigned at = GPOINTER_TO_UINT(map_get(gather->answer_of, key));

    return at == 0 ? NULL : &g_array_index(gather->answers, Answer, at - 1);
}

const uint32_t *gather_found(const Gather *gather, uint64_t key,
                             unsigned *count)
{
    const Answer *answer = answer_to(gather, key);

    *count = answer != NULL ? answer->count : 0;
    return *count == 0 ? NULL
                       : &g_array_index(gather->found, uint32_t, answer->first);
}

static void add_answer(Gather *gather, uint64_t key, const StoreFound *found,
                       unsigned at)
{
    Answer answer = { .first = gather->found->len };
    const uint32_t *posts = store_found(found, at, &answer.count);

    g_array_append_vals(gather->found, posts, answer.count);
    g_array_append_val(gather->answers, answer);
    map_put(gather->answer_of, key, GUINT_TO_POINTER(gather->answers->len));
}

void gather_ask(Gather *gather, LinkKind kind, uint64_t digest, unsigned wishes,
                unsigned limit)
{
    const Question question = { link_key(kind, digest), wishes, limit };

    if (digest == 0)
        return;

    Answer *known = answer_to(gather, question.key);

    if (known != NULL)
        want_found(gather, known, &question);
    else
        g_array_append_val(gather->questions, question);
}

static void ask(Gather *gather, LinkKind kind, uint64_t digest, unsigned wishes)
{
    gather_ask(gather, kind, digest, wishes, UINT_MAX);
}

const PostRecord *gather_record(const Gather *gather, unsigned slot)
{
    const Slot *at = &g_array_index(gather->slots, Slot, slot);

    return &g_array_index(gather->records, PostRecord, at->record);
}

const PatchSubject *gather_subject(const Gather *gather, unsigned slot)
{
    Slot *at = &g_array_index(gather->slots, Slot, slot);

    if (at->subject == NULL)
        at->subject =
            subject_cache_get(gather->subjects, gather_record(gather, slot));
    return at->subject;
}

/* Whether an answer with a patch is one, what it answers shows: see
 * sets/updates.h. */
bool gather_is_part(const Gather *gather, const PostRecord *record)
{
    return (record->flags & POST_MAY_UPDATE) != 0 ||
           post_kind_is_part(people_kind_of_record(gather->people, record));
}

/* A part is what an answer to its Message-ID means, so that nobody else needs
 * to be looked for where one is there. */
static void ask_self(Gather *gather, uint64_t link, unsigned wishes)
{
    gpointer part = map_get(gather->parts, link);

    if (part != NULL)
        gather_post(gather, GPOINTER_TO_UINT(part), 0, wishes);
    else
        ask(gather, LINK_SELF, link, wishes);
}

static void ask_above(Gather *gather, const PostRecord *record, unsigned wishes)
{
    ask_self(gather, record->parent_link, wishes);
    for (unsigned i = 0; i < record->fields.ancestor_count; i++)
        ask_self(gather, record->fields.ancestors[i], wishes);
    ask_self(gather, record->root_link, wishes);
}

static void ask_named(Gather *gather, const PostRecord *record, unsigned count,
                      unsigned wishes)
{
    for (unsigned i = 0; i < count && i < record->extra_count; i++)
        ask(gather, LINK_SELF, record->extra_links[i], wishes);
}

/* A thread is found under its first post's id, also where that post is not
 * there; answers that name no first post under what they answer. */
static void ask_thread(Gather *gather, const PostRecord *record, bool part,
                       unsigned whole)
{
    const unsigned wishes = GATHER_DOWN | whole;
    uint64_t first = record->root_link;

    if (first == 0)
        first =
            record->parent_link != 0 ? record->parent_link : record->own_link;
    ask(gather, LINK_ABOVE, first, wishes);
    if (record->own_link != first)
        ask(gather, LINK_ABOVE, record->own_link, wishes);
    if (record->fields.inner_link != 0)
        ask(gather, LINK_ABOVE, record->fields.inner_link, wishes);
    if (part)
        ask(gather, LINK_NAMES, record->own_link, GATHER_UP);
}

/* What is wanted of posts that share a trait. Those that only a guess ties to
 * the part are compared with it first: see gather_kin.c. */
static const unsigned wishes_of_trait[TRAITS] = {
    [TRAIT_CHANGE] = GATHER_UP | GATHER_HEAD,
    [TRAIT_PATCH] = GATHER_UP | GATHER_HEAD | GATHER_REPLIES,
    [TRAIT_TITLE] = GATHER_UP | GATHER_HEAD,
    [TRAIT_LINE] = GATHER_UP,
};

static void ask_trait(Gather *gather, const PostRecord *record,
                      EvidenceTrait trait, unsigned wishes)
{
    const EvidenceFinder *finder = &evidence_finders[trait];
    EvidenceKey keys[EVIDENCE_KEYS_MAX];
    const unsigned count = finder->keys(record, gather->subjects, keys);

    for (unsigned i = 0; i < count; i++)
        gather_ask(gather, keys[i].link, keys[i].digest, wishes, finder->limit);
}

void gather_ask_trait(Gather *gather, unsigned slot, EvidenceTrait trait)
{
    ask_trait(gather, gather_record(gather, slot), trait,
              wishes_of_trait[trait]);
}

/* Ids are followed by whoever reads threads. */
static void ask_kin(Gather *gather, const PostRecord *record)
{
    for (EvidenceTrait trait = 0; trait < TRAITS; trait++) {
        if ((gather->ties >> trait & 1) != 0 &&
            evidence_finders[trait].keys != NULL)
            ask_trait(gather, record, trait, wishes_of_trait[trait]);
    }
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

static void ask_by_subject(Gather *gather, const PostRecord *record,
                           unsigned wishes)
{
    const MailPerson *author = people_raw(gather->people, record->author);
    const PatchSubject *subject = subject_cache_get(gather->subjects, record);

    if (author == NULL)
        return;
    if (wishes & GATHER_KIN)
        ask_kin(gather, record);
    if (wishes & GATHER_TITLE)
        ask_trait(gather, record, TRAIT_TITLE, 0);
    if (wishes & GATHER_SERIES)
        ask_series(gather, record, subject, author->address,
                   wishes & GATHER_WHOLE);
}

static void ask_of_part(Gather *gather, const PostRecord *record,
                        unsigned wishes)
{
    if (wishes & (GATHER_UP | GATHER_DOWN)) {
        ask_above(gather, record,
                  wishes & GATHER_EDGE ? GATHER_UP | GATHER_REST : GATHER_UP);
        ask_named(gather, record, record->supersedes_count, GATHER_UP);
    }
    if (wishes & GATHER_KIN)
        ask_by_subject(gather, record, GATHER_KIN);
    else if (wishes & GATHER_TITLE)
        ask_by_subject(gather, record, GATHER_TITLE);
}

static bool is_stray(const Gather *gather, const PostRecord *record)
{
    return activity_may_be_stray(record) &&
           activity_is_stray(record,
                             subject_cache_get(gather->subjects, record));
}

static void ask_of_non_part(Gather *gather, const PostRecord *record,
                            unsigned wishes)
{
    const bool is_notice =
        people_kind_of_record(gather->people, record) == POST_NOTICE;
    const unsigned on = wishes & (GATHER_TARGET | GATHER_NEAR | GATHER_UP);

    if (is_stray(gather, record) && (wishes & GATHER_HEAD))
        ask(gather, LINK_ABOVE, record->own_link, GATHER_DOWN);
    if (on == 0)
        return;
    ask_above(gather, record, on);
    if (is_stray(gather, record))
        gather_ask(gather, LINK_TITLE,
                   subject_cache_title(gather->subjects, record), on,
                   EVIDENCE_FOUND_MAX);
    if ((is_notice || patch_notice_tells_applied(record->notice)) &&
        (wishes & GATHER_TARGET)) {
        ask_named(gather, record, record->extra_count, GATHER_TARGET);
        for (unsigned i = 0; i < record->listed_count; i++)
            gather_ask(gather, LINK_TITLE, record->listed[i].title,
                       GATHER_TARGET, EVIDENCE_FOUND_MAX);
    }
}

void gather_close_window(Gather *gather)
{
    gather->has_window = true;
}

static bool is_in_window(const Gather *gather, const Slot *slot)
{
    return gather->has_window &&
           (slot->labels & (GATHER_INSIDE | GATHER_CONTEXT)) != 0;
}

/* What a pull request lists was taken if it was, or a later one that begins
 * where it ends: their answers tell. */
static bool is_pull_of_kin(const PostRecord *record, unsigned wishes)
{
    return (record->listed_count > 0 || record->tip_link != 0) &&
           (wishes & (GATHER_KIN | GATHER_HEAD)) != 0;
}

/* The other way: see ARCHITECTURE. */
static void ask_listed(Gather *gather, const PostRecord *record)
{
    for (unsigned i = 0; i < record->listed_count; i++)
        gather_ask(gather, LINK_TITLE, record->listed[i].title, GATHER_TARGET,
                   EVIDENCE_FOUND_MAX);
    gather_ask(gather, LINK_COMMIT, record->base_link, GATHER_TARGET,
               PULL_KIN_MAX);
}

static void ask_of(Gather *gather, const Pending *pending)
{
    const Slot *slot = &g_array_index(gather->slots, Slot, pending->slot);
    const PostRecord *record =
        &g_array_index(gather->records, PostRecord, slot->record);
    const bool part = gather_is_part(gather, record);
    unsigned wishes = pending->wishes;

    if (part && (wishes & (GATHER_TARGET | GATHER_WHOLE)))
        wishes |= GATHER_UP | GATHER_DOWN | GATHER_KIN | GATHER_SERIES;
    if ((wishes & GATHER_REST) && (slot->labels & GATHER_INSIDE) == 0)
        wishes |= GATHER_DOWN;
    if (part && is_pull_of_kin(record, wishes)) {
        wishes |= GATHER_DOWN;
        gather_ask(gather, LINK_COMMIT, record->tip_link, GATHER_HEAD,
                   PULL_KIN_MAX);
    }
    if (part && (wishes & GATHER_LISTED))
        ask_listed(gather, record);
    if (part && (wishes & (GATHER_SERIES | GATHER_HEAD)))
        g_array_append_val(gather->orphans, *pending);
    if ((wishes & GATHER_DOWN) && !is_in_window(gather, slot))
        ask_thread(gather, record, part, wishes & GATHER_WHOLE);
    if ((wishes & GATHER_REPLIES) && !is_in_window(gather, slot))
        ask(gather, LINK_ABOVE, record->own_link, 0);
    if (part)
        gather_see_guesses(gather, pending->slot, (wishes & GATHER_KIN) != 0);
    if (part)
        ask_of_part(gather, record, wishes);
    if (!part || (record->flags & POST_MAY_UPDATE) != 0)
        ask_of_non_part(gather, record, wishes);
}

/* --- rounds ----------------------------------------------------------- */

static bool add_people(Store *store, const char *list, People *people,
                       const GArray *numbers, GError **error)
{
    g_autoptr(GArray) found =
        store_people(store, list, (const uint32_t *)(void *)numbers->data,
                     numbers->len, error);

    if (found == NULL)
        return false;
    for (unsigned i = 0; i < found->len && i < numbers->len; i++)
        people_add(people, g_array_index(numbers, uint32_t, i),
                   &g_array_index(found, MailPerson, i));
    return true;
}

static GArray *unknown_of(const People *people, const GArray *numbers)
{
    GArray *unknown = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = 0; i < numbers->len; i++) {
        const uint32_t number = g_array_index(numbers, uint32_t, i);

        if (number != 0 && !people_knows(people, number))
            g_array_append_val(unknown, number);
    }
    return unknown;
}

/* Adds all people with the addresses of those, where at least min have one. */
static bool add_alike(Store *store, const char *list, People *people,
                      const GArray *numbers, unsigned min, GError **error)
{
    g_autoptr(GArray) alike =
        store_people_alike(store, list, (const uint32_t *)(void *)numbers->data,
                           numbers->len, min, error);

    if (alike == NULL)
        return false;
    g_autoptr(GArray) others = unknown_of(people, alike);

    return others->len == 0 || add_people(store, list, people, others, error);
}

/* Returns the addresses (char *, lent) of those without a name. */
static GPtrArray *nameless_of(const People *people, const GArray *numbers)
{
    GPtrArray *nameless = g_ptr_array_new();

    for (unsigned i = 0; i < numbers->len; i++) {
        const MailPerson *raw =
            people_raw(people, g_array_index(numbers, uint32_t, i));

        if (raw != NULL && *raw->name == '\0' && *raw->address != '\0')
            g_ptr_array_add(nameless, raw->address);
    }
    return nameless;
}

/* Adds all forms of the addresses of those who wrote no name; of joined lists,
 * those on any of them. */
static bool name_nameless(Store *store, const char *list, People *people,
                          const GArray *numbers, GError **error)
{
    g_autoptr(GPtrArray) nameless = nameless_of(people, numbers);

    if (nameless->len == 0)
        return true;
    g_autoptr(GArray) found =
        store_people_of(store, list, (const char *const *)nameless->pdata,
                        nameless->len, error);

    return found != NULL && add_alike(store, list, people, found, 1, error);
}

/* Whether many write under one address is told by all who ever did, and so is
 * the name of whoever wrote none. */
bool gather_people(Store *store, const char *list, People *people,
                   const GArray *numbers, GError **error)
{
    g_autoptr(GArray) unknown = unknown_of(people, numbers);

    if (unknown->len == 0)
        return true;
    if (!add_people(store, list, people, unknown, error) ||
        !add_alike(store, list, people, unknown, PEOPLE_GATEWAY_NAMES, error))
        return false;
    return name_nameless(store, list, people, unknown, error);
}

static bool learn_people(Gather *gather, unsigned first, GError **error)
{
    g_autoptr(Map) seen = map_new(NULL);
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = first; i < gather->records->len; i++) {
        const PostRecord *record =
            &g_array_index(gather->records, PostRecord, i);

        if (map_add(seen, record->author))
            g_array_append_val(numbers, record->author);
        if (map_add(seen, record->sender))
            g_array_append_val(numbers, record->sender);
        for (unsigned j = 0; j < record->credit_count; j++) {
            const uint32_t person = record->credits[j].person;

            if (map_add(seen, person))
                g_array_append_val(numbers, person);
        }
    }
    return gather_people(gather->store, gather->list, gather->people, numbers,
                         error);
}

static void take_record(Gather *gather, uint32_t post, PostRecord *record)
{
    Slot *slot = gather_slot(gather, post);

    if (record->post == 0 || slot == NULL)
        return;

    const Pending pending = {
        .slot = (unsigned)(slot - &g_array_index(gather->slots, Slot, 0)),
        .wishes = slot->wishes,
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

        if (record->own_link != 0 && gather_is_part(gather, record))
            map_put(gather->parts, record->own_link,
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
    g_autoptr(Map) seen = map_new(NULL);
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(uint64_t));

    for (unsigned i = 0; i < gather->questions->len; i++) {
        const Question *question =
            &g_array_index(gather->questions, Question, i);

        if (map_add(seen, question->key))
            g_array_append_val(keys, question->key);
    }
    return keys;
}

static bool is_later_part(const Gather *gather, const PostRecord *record)
{
    return subject_cache_get(gather->subjects, record)->number > 1;
}

/* Once all threads are there: parts that answer no part may belong to a series
 * by name, and heads of sets may answer the same unknown mail. */
static void ask_of_orphans(Gather *gather)
{
    for (unsigned i = 0; i < gather->orphans->len; i++) {
        const Pending *orphan = &g_array_index(gather->orphans, Pending, i);
        const Slot *slot = &g_array_index(gather->slots, Slot, orphan->slot);
        const PostRecord *record = gather_record(gather, orphan->slot);
        const bool is_orphan =
            map_get(gather->parts, record->parent_link) == NULL;

        if (is_orphan && (orphan->wishes & GATHER_HEAD) &&
            map_get(gather->parts, record->root_link) == NULL &&
            is_later_part(gather, record))
            gather_post(gather, slot->post, 0, GATHER_DOWN | GATHER_SERIES);
        if (is_orphan && (orphan->wishes & GATHER_SERIES))
            ask_by_subject(gather, record,
                           GATHER_SERIES | (orphan->wishes & GATHER_WHOLE));
    }
    g_array_set_size(gather->orphans, 0);
}

static bool is_part_of_whole(const Gather *gather, uint64_t link)
{
    gpointer post = map_get(gather->parts, link);

    return post != NULL &&
           (gather_wishes(gather, GPOINTER_TO_UINT(post)) & GATHER_WHOLE) != 0;
}

/* Inside the window no thread look-ups are sent, so sets that start in the
 * interval and end after it are completed here. */
static void complete_sets_after_window(Gather *gather)
{
    for (unsigned i = 0; gather->has_window && i < gather->slots->len; i++) {
        const Slot *slot = &g_array_index(gather->slots, Slot, i);

        if (!slot->is_loaded || (slot->labels & GATHER_CONTEXT) == 0 ||
            (slot->wishes & GATHER_WHOLE) != 0)
            continue;

        const PostRecord *record = gather_record(gather, i);

        if (gather_is_part(gather, record) &&
            (is_part_of_whole(gather, record->parent_link) ||
             is_part_of_whole(gather, record->root_link)))
            gather_post(gather, slot->post, 0, GATHER_WHOLE);
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
    g_autoptr(StoreFound) found =
        store_find(gather->store, gather->list,
                   (const uint64_t *)(void *)keys->data, keys->len, error);

    if (found == NULL)
        return false;
    for (unsigned i = 0; i < keys->len; i++)
        add_answer(gather, g_array_index(keys, uint64_t, i), found, i);
    for (unsigned i = 0; i < gather->questions->len; i++) {
        const Question *question =
            &g_array_index(gather->questions, Question, i);

        want_found(gather, answer_to(gather, question->key), question);
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
        if (gather->is_reader)
            return true;
        for (unsigned i = 0; i < gather->pending->len; i++) {
            const Pending pending = g_array_index(gather->pending, Pending, i);

            ask_of(gather, &pending);
        }
        g_array_set_size(gather->pending, 0);
        if (is_idle(gather)) {
            gather_decide_pairs(gather);
            complete_sets_after_window(gather);
            ask_of_orphans(gather);
        }
        if (is_idle(gather))
            return true;
        if (!find_answers(gather, error))
            return false;
    }
    return load_posts(gather, error);
}

static int compare_records(gconstpointer one, gconstpointer other,
                           gpointer data)
{
    (void)data;
    return record_compare(one, other);
}

static unsigned count_in_order(const GArray *records)
{
    unsigned count = MIN(records->len, 1);

    while (count < records->len &&
           record_compare(&g_array_index(records, PostRecord, count - 1),
                          &g_array_index(records, PostRecord, count)) <= 0)
        count++;
    return count;
}

/* Joins two spans of records, each in order, that lie behind each other. */
static void merge(GArray *records, unsigned middle)
{
    const size_t size = sizeof(PostRecord);
    const unsigned count = records->len;
    PostRecord *all = (PostRecord *)(void *)records->data;
    g_autofree PostRecord *tail =
        g_memdup2(all + middle, (count - middle) * size);
    unsigned left = middle, right = count - middle;

    /* From the end, so that what is moved lies free already. */
    for (unsigned at = count; right > 0; at--) {
        const bool is_left =
            left > 0 && record_compare(&all[left - 1], &tail[right - 1]) > 0;

        all[at - 1] = is_left ? all[--left] : tail[--right];
    }
}

/* Most are in order already: those of the interval come first and as they
 * arrived, or all were put in order before the last ones came. */
static void put_in_order(GArray *records)
{
    const unsigned count = count_in_order(records);

    if (count == records->len)
        return;
    g_qsort_with_data(&g_array_index(records, PostRecord, count),
                      (int)(records->len - count), sizeof(PostRecord),
                      compare_records, NULL);
    merge(records, count);
}

const GArray *gather_records(Gather *gather)
{
    if (gather->is_sorted)
        return gather->records;
    gather_forget_common_lines(gather);
    put_in_order(gather->records);
    for (unsigned i = 0; i < gather->records->len; i++) {
        Slot *slot = gather_slot(
            gather, g_array_index(gather->records, PostRecord, i).post);

        if (slot != NULL)
            slot->record = i;
    }
    gather->is_sorted = true;
    return gather->records;
}
