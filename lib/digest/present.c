/* SPDX-License-Identifier: MIT */
#include "digest/present.h"

#include "base/hex.h"
#include "digest/tally.h"
#include "sets/outcome.h"

#include <string.h>

#include "base/banned.h"

enum {
    BUSY_ANSWERS = 5, /* posts that are no patches make a thread busy, */
    TALK_ANSWERS = 3, /* and so few where nothing but talk is posted */
    MS_PER_SECOND = 1000,
};

static const PostRecord *record_of(const Presenter *presenter, unsigned record)
{
    return &presenter->sets->records[record];
}

static char *mark_of(const PostRecord *record)
{
    char *mark = g_malloc(2 * RECORD_MARK_BYTES + 1);

    hex_encode(record->mark, RECORD_MARK_BYTES, mark);
    return mark;
}

/* What lore and its like leave as it is in a Message-ID. */
static const char URL_ALLOWED[] = "@+=$!~,";

char *present_url(const char *pattern, const char *message_id, const char *mark)
{
    g_autoptr(GString) url = g_string_new(pattern);
    g_autofree char *escaped =
        g_uri_escape_string(message_id, URL_ALLOWED, FALSE);

    if (*pattern == '\0' ||
        (strstr(pattern, "{message-id}") != NULL && *message_id == '\0'))
        return NULL;
    g_string_replace(url, "{mark}", mark, 0);
    g_string_replace(url, "{message-id}", escaped, 0);
    return g_string_free(g_steal_pointer(&url), FALSE);
}

static char *url_of(const Presenter *presenter, const PostRecord *record)
{
    g_autofree char *mark = mark_of(record);
    const char *archive =
        presenter->several == NULL
            ? presenter->archive
            : presenter
                  ->several[presenter
                                ->list_of[record - presenter->sets->records]]
                  ->archive;

    return present_url(archive, record->message_id, mark);
}

/* The names of the lists that a post came to; NULL where there is one only. */
static char **lists_of(const Presenter *presenter, const PostRecord *record)
{
    if (presenter->several == NULL)
        return NULL;

    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    const GArray *lists = g_hash_table_lookup(presenter->lists_of,
                                              GUINT_TO_POINTER(record->post));

    if (lists == NULL)
        g_strv_builder_add(
            names,
            presenter
                ->several[presenter->list_of[record - presenter->sets->records]]
                ->name);
    for (unsigned i = 0; lists != NULL && i < lists->len; i++)
        g_strv_builder_add(
            names, presenter->several[g_array_index(lists, unsigned, i)]->name);
    return g_strv_builder_end(names);
}

static void put_person(const Presenter *presenter, uint32_t person,
                       int64_t when_ms, DigestPerson *out)
{
    tally_person(presenter->sets->people, presenter->identity, person,
                 when_ms / MS_PER_SECOND, out);
}

/* By the mail's From with that number. */
static void put_person_in(const Presenter *presenter, uint32_t number,
                          int64_t when_ms, DigestPerson *out)
{
    tally_person_in(presenter->sets->people, presenter->identity, number,
                    when_ms / MS_PER_SECOND, out);
}

static void put_author(const Presenter *presenter, const PostRecord *record,
                       DigestPerson *out)
{
    put_person_in(presenter, record->author, record->arrival_ms, out);
}

/* Returns the number of the From under which a mail's speaker wrote it. */
static uint32_t speaker_of(const Presenter *presenter, unsigned record)
{
    const PostRecord *post = record_of(presenter, record);

    return people_speaker_number(presenter->sets->people, post->sender,
                                 post->author);
}

/* --- one patch set ---------------------------------------------------- */

static char **strings_of(const GPtrArray *words)
{
    char **strings = g_new0(char *, (size_t)words->len + 1);

    for (unsigned i = 0; i < words->len; i++)
        strings[i] = g_strdup(words->pdata[i]);
    return strings;
}

static void put_head(const Presenter *presenter, unsigned head, DigestSet *out)
{
    const PostRecord *record = record_of(presenter, head);
    const PatchSubject *subject = sets_subject(presenter->sets, head);

    out->title = g_strdup(subject->title);
    out->tags = strings_of(subject->tags);
    out->message_id = g_strdup(record->message_id);
    out->mark = mark_of(record);
    out->subject = g_strdup(record->subject);
    out->url = url_of(presenter, record);
    out->lists = lists_of(presenter, record);
    out->arrival_ms = record->arrival_ms;
    out->has_date = record->has_date;
    out->date = record->date;
    out->age_seconds =
        MAX(presenter->end_ms - record->arrival_ms, 0) / MS_PER_SECOND;
    put_author(presenter, record, &out->author);
}

/* The same patches under the same version, though nothing says so: from RFC to
 * PATCH is a step, however small. */
static bool is_sent_again(Sets *sets, const PatchSet *set)
{
    const PatchSet *older = sets_get(sets, set->older);

    return older != NULL && set->is_same_as_older &&
           older->version == set->version && older->minor == set->minor &&
           !sets_subject(sets, older->head)->is_rfc;
}

DigestState present_state(Sets *sets, const PatchSet *set)
{
    const PatchSubject *subject = sets_subject(sets, set->head);

    if (set->is_pull)
        return DIGEST_PULL;
    if (subject->is_resend)
        return DIGEST_RESENT;
    if (subject->is_rfc)
        return DIGEST_RFC;
    if (is_sent_again(sets, set))
        return DIGEST_RESENT;
    return set->version > 1 || set->older != SETS_NONE ? DIGEST_UPDATED
                                                       : DIGEST_NEW;
}

/* By a later form of the same part: v5.1 10/12. */
static bool is_replaced(const PatchSet *set, unsigned member)
{
    return member + 1 < set->members->len &&
           g_array_index(set->members, SetMember, member + 1).number ==
               g_array_index(set->members, SetMember, member).number;
}

/* Files that no part before it changed. */
static unsigned count_new_files(const PostRecord *record, GHashTable *seen)
{
    uint32_t digests[RECORD_PATHS_MAX];
    const unsigned named = record_path_digests(record, digests);
    unsigned count = record->files - named;

    for (unsigned i = 0; i < named; i++)
        count += g_hash_table_add(seen, GUINT_TO_POINTER(digests[i]));
    return count;
}

/* The parts that came and that nobody approved of. */
static GArray *unreviewed_of(const PatchSet *set)
{
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(unsigned));
    const bool is_open = !set->is_pull && set->reviewed < set->seen;

    for (unsigned i = 0; is_open && i < set->members->len; i++) {
        const SetMember *member = &g_array_index(set->members, SetMember, i);

        if (member->number > 0 && !member->is_reviewed && !is_replaced(set, i))
            g_array_append_val(numbers, member->number);
    }
    return numbers;
}

/* What its mails name: commits that it mends, the one that it is based on, and
 * where a pull request's commits lie. */
static void put_named(const Presenter *presenter, const PatchSet *set,
                      DigestSet *out)
{
    g_autoptr(GPtrArray) fixes = g_ptr_array_new();
    const RecordFields *head = &record_of(presenter, set->head)->fields;
    const char *base = head->base_commit;

    for (unsigned i = 0; i < set->members->len; i++) {
        const RecordFields *fields =
            &record_of(presenter,
                       g_array_index(set->members, SetMember, i).record)
                 ->fields;

        for (char **fix = fields->fixes; fix != NULL && *fix != NULL; fix++) {
            if (!g_ptr_array_find_with_equal_func(fixes, *fix, g_str_equal,
                                                  NULL))
                g_ptr_array_add(fixes, *fix);
        }
        if (base == NULL)
            base = fields->base_commit;
    }
    out->fixes = fixes->len > 0 ? strings_of(fixes) : NULL;
    out->base_commit = g_strdup(base);
    out->pull_url = g_strdup(head->pull_url);
    out->pull_ref = g_strdup(head->pull_ref);
}

/* A cover's own diffstat, else the sum of the patches', each file once. */
static void put_lines(const Presenter *presenter, const PatchSet *set,
                      DigestSet *out)
{
    const PostRecord *head = record_of(presenter, set->head);
    g_autoptr(GHashTable) seen = NULL;

    if (set->has_cover && head->files > 0) {
        out->files = head->files;
        out->insertions = head->insertions;
        out->deletions = head->deletions;
        return;
    }
    seen = g_hash_table_new(NULL, NULL);
    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = &g_array_index(set->members, SetMember, i);
        const PostRecord *record = record_of(presenter, member->record);

        if (member->number == 0 || is_replaced(set, i))
            continue;
        out->files += sets_subject(presenter->sets, member->record)->total < 2
                          ? record->files
                          : count_new_files(record, seen);
        out->insertions += record->insertions;
        out->deletions += record->deletions;
    }
}

static char *message_id_of(const Presenter *presenter, int index)
{
    const PatchSet *set = sets_get(presenter->sets, index);

    return set == NULL ? NULL
                       : g_strdup(record_of(presenter, set->head)->message_id);
}

static void put_newer(const Presenter *presenter, const PatchSet *set,
                      DigestSet *out)
{
    const PatchSet *newer = sets_get(presenter->sets, set->newer);

    if (newer == NULL)
        return;
    out->superseded_by = message_id_of(presenter, set->newer);
    out->newer_mark = mark_of(record_of(presenter, newer->head));
    out->newer_version = newer->version;
    out->newer_minor = newer->minor;
}

static DigestNotice *notice_of(const Presenter *presenter, int notice)
{
    if (notice == SETS_NONE)
        return NULL;

    const PostRecord *record = record_of(presenter, (unsigned)notice);
    DigestNotice *out = g_new0(DigestNotice, 1);

    out->message_id = g_strdup(record->message_id);
    out->mark = mark_of(record);
    out->url = url_of(presenter, record);
    out->arrival_ms = record->arrival_ms;
    out->dialect = record->notice;
    put_person_in(presenter, speaker_of(presenter, (unsigned)notice),
                  record->arrival_ms, &out->by);
    return out;
}

/* A chain may be damaged, never endless. */
static int64_t first_version_of(const Presenter *presenter, const PatchSet *set)
{
    enum { REVISIONS_MAX = 100 };
    int64_t first_ms = record_of(presenter, set->head)->arrival_ms;

    for (unsigned i = 0; set->older != SETS_NONE && i < REVISIONS_MAX; i++) {
        set = sets_get(presenter->sets, set->older);
        first_ms = MIN(first_ms, record_of(presenter, set->head)->arrival_ms);
    }
    return first_ms;
}

static void put_answers(const Presenter *presenter, const PatchSet *set,
                        DigestSet *out)
{
    out->first_reply_seconds =
        outcome_delay(presenter->sets, set, set->first_answer);
    out->first_review_seconds =
        outcome_delay(presenter->sets, set, set->first_review);
    out->has_human_answer = set->first_answer != SETS_NONE;
    out->answers = set->answer_count;
    out->pings = set->pings;
    out->is_by_newcomer =
        presenter->is_new != NULL &&
        g_hash_table_contains(presenter->is_new,
                              GUINT_TO_POINTER(people_person(
                                  presenter->sets->people,
                                  record_of(presenter, set->head)->author)));
    out->first_version_ms = first_version_of(presenter, set);
    if (set->first_answer == SETS_NONE)
        return;

    out->first_reply_by = g_strdup(
        people_name_in(presenter->sets->people,
                       speaker_of(presenter, (unsigned)set->first_answer)));
}

/* A cover without words of its own says nothing: patch 1 speaks for it. */
static DigestSet *first_patch_of(const Presenter *presenter,
                                 const PatchSet *set)
{
    const int first = sets_first_patch(set);

    if (!set->has_cover || first == SETS_NONE ||
        (record_of(presenter, set->head)->flags & POST_OWN_TEXT) != 0)
        return NULL;

    DigestSet *out = digest_set_new();

    put_head(presenter, (unsigned)first, out);
    return out;
}

static DigestSet *present_set(const Presenter *presenter, int index)
{
    const PatchSet *set = sets_get(presenter->sets, index);
    DigestSet *out = digest_set_new();

    put_head(presenter, set->head, out);
    out->state = present_state(presenter->sets, set);
    out->is_waiting = set->state == SET_WAITING;
    out->version = set->version;
    out->minor = set->minor;
    out->parts_seen = set->seen;
    out->parts_total = set->total;
    out->is_complete = set->is_complete;
    out->reviewed = set->reviewed;
    out->unreviewed = unreviewed_of(set);
    out->supersedes = message_id_of(presenter, set->older);
    put_newer(presenter, set, out);
    out->applied = notice_of(presenter, set->applied);
    out->applied_parts = set->applied_parts;
    if (set->pull != SETS_NONE)
        out->pull_request =
            g_strdup(record_of(presenter, (unsigned)set->pull)->message_id);
    out->listed = record_of(presenter, set->head)->listed_count;
    put_named(presenter, set, out);
    put_lines(presenter, set, out);
    put_answers(presenter, set, out);
    out->first_patch = first_patch_of(presenter, set);
    if (out->first_patch != NULL) {
        out->first_patch->state = out->state;
        out->first_patch->version = out->version;
        out->first_patch->minor = out->minor;
    }
    return out;
}

/* --- all of them ------------------------------------------------------ */

/* The notice for which a set stands among the applied ones of the interval:
 * that which made it whole, or while it is not, the last for some part. What a
 * pull request took is told by the pull request, which stands there itself, as
 * does the patch that a notice answers. */
static bool lies_inside(const Presenter *presenter, unsigned record)
{
    return presenter->is_there != NULL ? presenter->is_there[record]
                                       : presenter->is_inside[record];
}

static bool passes(const Presenter *presenter, int set)
{
    return presenter->passes == NULL || presenter->passes[set];
}

static int telling_notice(const Presenter *presenter, const PatchSet *set)
{
    int found = SETS_NONE;

    if (set->state == SET_APPLIED && set->cause == CAUSE_NOTICE)
        return lies_inside(presenter, (unsigned)set->applied) ? set->applied
                                                              : SETS_NONE;
    for (unsigned i = 0; i < set->notices->len; i++) {
        const unsigned notice = g_array_index(set->notices, unsigned, i);

        if (lies_inside(presenter, notice))
            found = (int)notice;
    }
    return found;
}

/* Applied sets by their notices. */
typedef struct AppliedSet {
    int notice;
    DigestSet *set;
} AppliedSet;

static int compare_applied(gconstpointer one, gconstpointer other)
{
    const AppliedSet *left = one, *right = other;

    if (left->notice != right->notice)
        return left->notice > right->notice ? -1 : 1;
    return g_strcmp0(left->set->mark, right->set->mark);
}

static void put_applied(GArray *applied, Digest *digest)
{
    g_array_sort(applied, compare_applied);
    for (unsigned i = 0; i < applied->len; i++)
        g_ptr_array_add(digest->applied,
                        g_array_index(applied, AppliedSet, i).set);
}

/* Of each set of the model what is shown of it: DigestSet *, or NULL. */
typedef struct Shown {
    const Presenter *presenter;
    Digest *digest;
    DigestSet **sets;
} Shown;

/* The one that is shown already, or one more for the array where sets lie that
 * are not of the interval. */
static DigestSet *show_set(const Shown *shown, int index, GPtrArray *aside)
{
    DigestSet **set = &shown->sets[index];

    if (*set == NULL) {
        *set = present_set(shown->presenter, index);
        g_ptr_array_add(aside, *set);
    }
    return *set;
}

static void show_applied(const Shown *shown, int index, GArray *applied)
{
    const Presenter *presenter = shown->presenter;
    const Sets *sets = presenter->sets;
    AppliedSet told = { telling_notice(presenter, sets_get(sets, index)),
                        NULL };

    if (told.notice == SETS_NONE || !passes(presenter, index))
        return;
    told.set = show_set(shown, index, shown->digest->others);
    put_person_in(presenter, speaker_of(presenter, (unsigned)told.notice),
                  record_of(presenter, (unsigned)told.notice)->arrival_ms,
                  &told.set->applied_by);
    g_array_append_val(applied, told);
}

static void show_all_applied(const Shown *shown)
{
    g_autoptr(GArray) applied = g_array_new(FALSE, FALSE, sizeof(AppliedSet));

    for (int i = (int)shown->presenter->sets->all->len - 1; i >= 0; i--)
        show_applied(shown, i, applied);
    put_applied(applied, shown->digest);
}

/* What waited at the end may have been answered since: so it is asked of the
 * model that ends there. */
static void show_waiting(const Shown *shown)
{
    const Presenter *presenter = shown->presenter;
    const Sets *at_end =
        presenter->at_end != NULL ? presenter->at_end : presenter->sets;

    for (int i = (int)at_end->all->len - 1; i >= 0; i--) {
        const PatchSet *set = sets_get(at_end, i);
        const int index = presenter->sets->set_of[set->head];

        if (set->state == SET_WAITING && index != SETS_NONE &&
            passes(presenter, index) &&
            (lies_inside(presenter, set->head) ||
             (presenter->is_older != NULL && presenter->is_older[set->head])))
            g_ptr_array_add(shown->digest->waiting,
                            show_set(shown, index, shown->digest->others));
    }
}

/* The last superseded one first. */
static void show_superseded(const Shown *shown)
{
    const Presenter *presenter = shown->presenter;
    const Sets *sets = presenter->sets;

    for (int i = (int)sets->all->len - 1; i >= 0; i--) {
        const PatchSet *set = sets_get(sets, i);

        if (set->older == SETS_NONE || !passes(presenter, set->older) ||
            !lies_inside(presenter, set->head))
            continue;
        g_ptr_array_add(shown->digest->superseded,
                        show_set(shown, set->older, shown->digest->older));
    }
}

void present_sets(const Presenter *presenter, Digest *digest)
{
    const Sets *sets = presenter->sets;
    g_autofree DigestSet **by_index =
        g_new0(DigestSet *, (size_t)sets->all->len + 1);
    const Shown shown = { presenter, digest, by_index };

    for (int i = (int)sets->all->len - 1; i >= 0; i--) {
        if (presenter->is_inside[sets_get(sets, i)->head])
            show_set(&shown, i, digest->sets);
    }
    show_all_applied(&shown);
    show_waiting(&shown);
    show_superseded(&shown);
}

/* Talk and review weigh more than size, of which every doubling counts. */
static unsigned weight_of(const DigestSet *set)
{
    enum { ANSWER = 4, REVIEW = 2 };

    return set->answers * ANSWER + set->reviewed * REVIEW +
           (unsigned)g_bit_storage((gulong)set->insertions + set->deletions);
}

/* The heaviest first, of equal ones the newest. */
static int compare_weights(gconstpointer one, gconstpointer other)
{
    const DigestSet *left = *(const DigestSet *const *)one;
    const DigestSet *right = *(const DigestSet *const *)other;
    const unsigned own = weight_of(left), its = weight_of(right);

    if (own != its)
        return own > its ? -1 : 1;
    if (left->arrival_ms != right->arrival_ms)
        return left->arrival_ms > right->arrival_ms ? -1 : 1;
    return g_strcmp0(left->mark, right->mark);
}

void present_choose_entries(Digest *digest, unsigned limit)
{
    g_autoptr(GPtrArray) sets = g_ptr_array_new();

    for (unsigned i = 0; i < digest->sets->len; i++)
        g_ptr_array_add(sets, digest->sets->pdata[i]);
    if (limit > 0 && limit < sets->len)
        g_ptr_array_sort(sets, compare_weights);
    else
        limit = sets->len;
    for (unsigned i = 0; i < limit; i++)
        ((DigestSet *)sets->pdata[i])->is_entry = true;
    digest->entries_left = sets->len - limit;
}

void present_heads(const Presenter *presenter, const Digest *digest,
                   GArray *records, GPtrArray *to_fill)
{
    const Sets *sets = presenter->sets;
    unsigned at = 0;

    for (int i = (int)sets->all->len - 1; i >= 0 && at < digest->sets->len;
         i--) {
        const PatchSet *set = sets_get(sets, i);

        if (!presenter->is_inside[set->head])
            continue;

        DigestSet *shown = digest->sets->pdata[at++];

        if (!shown->is_entry)
            continue;
        g_array_append_val(records, set->head);
        g_ptr_array_add(to_fill, shown);
        if (shown->first_patch == NULL)
            continue;

        const unsigned first = (unsigned)sets_first_patch(set);

        g_array_append_val(records, first);
        g_ptr_array_add(to_fill, shown->first_patch);
    }
}

uint64_t present_count_sets(const Sets *sets, const bool *is_counted)
{
    uint64_t count = 0;

    for (unsigned i = 0; i < sets->all->len; i++)
        count += is_counted[sets_get(sets, (int)i)->head];
    return count;
}

/* --- reviewers -------------------------------------------------------- */

typedef struct ReviewCount {
    uint64_t tags, replies;
} ReviewCount;

static void count_reviews(const Presenter *presenter, ReviewCount *counts)
{
    Sets *sets = presenter->sets;
    const People *people = sets->people;

    for (unsigned i = 0; i < sets->count; i++) {
        const PostRecord *record = record_of(presenter, i);

        if (!presenter->is_inside[i] || sets_is_part(sets, i) ||
            people_is_sent_by_bot(people, record->sender, record->author))
            continue;
        if (outcome_is_review_reply(sets, i))
            counts[sets->speakers[i]].replies++;
        for (unsigned j = 0; j < record->credit_count; j++) {
            const PostCredit *credit = &record->credits[j];

            if (outcome_credit_counts(sets, i, credit))
                counts[people_person(people, credit->person)].tags++;
        }
    }
}

static int compare_reviewers(gconstpointer one, gconstpointer other)
{
    const DigestCount *left = *(const DigestCount *const *)one;
    const DigestCount *right = *(const DigestCount *const *)other;

    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    if (left->tags != right->tags)
        return left->tags > right->tags ? -1 : 1;

    const int by_name = g_strcmp0(left->who.name, right->who.name);

    return by_name != 0 ? by_name
                        : g_strcmp0(left->who.email, right->who.email);
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
        put_person(presenter, person, presenter->end_ms, &row->who);
        g_ptr_array_add(out, row);
    }
    g_ptr_array_sort(out, compare_reviewers);
    if (out->len > presenter->limit)
        g_ptr_array_set_size(out, (int)presenter->limit);
}

/* --- threads ---------------------------------------------------------- */

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
    const int root =
        sets_find(sets, record_of(presenter, record)->root_link, SETS_NONE);

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
    const PostRecord *root = record_of(presenter, thread->root);
    DigestThread *out = g_new0(DigestThread, 1);

    out->subject = g_strdup(root->subject);
    out->root = g_strdup(root->message_id);
    out->mark = mark_of(root);
    out->url = url_of(presenter, root);
    out->lists = lists_of(presenter, root);
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
    g_ptr_array_sort(out, compare_threads);
    if (out->len > presenter->limit)
        g_ptr_array_set_size(out, (int)presenter->limit);
}

/* --- threads that nobody answered --------------------------------------- */

/* Returns true of talk that begins a thread: neither patch nor notice, not by a
 * bot, and no answer to anything. */
static bool begins_talk(const Presenter *presenter, unsigned record)
{
    const Sets *sets = presenter->sets;

    return presenter->is_inside[record] && sets->kinds[record] == POST_OTHER &&
           sets->parents[record] == SETS_NONE &&
           record_of(presenter, record)->parent_link == 0 &&
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
        const PostRecord *record = record_of(presenter, i);
        DigestThread *thread = g_new0(DigestThread, 1);

        thread->subject = g_strdup(record->subject);
        thread->root = g_strdup(record->message_id);
        thread->mark = mark_of(record);
        thread->url = url_of(presenter, record);
        thread->lists = lists_of(presenter, record);
        thread->posts = thread->answers = thread->people = 1;
        put_person(presenter, sets->speakers[i], record->arrival_ms,
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
    if (was_answered || (presenter->sets->kinds[record] != POST_OTHER &&
                         answers_something(record_of(presenter, record))))
        return 1;
    return 2;
}

static DigestNewcomer *present_newcomer(const Presenter *presenter,
                                        unsigned post, bool was_answered)
{
    const PostRecord *record = record_of(presenter, post);
    DigestNewcomer *out = g_new0(DigestNewcomer, 1);

    out->is_patch = sets_is_part(presenter->sets, post);
    if (out->is_patch)
        put_author(presenter, record, &out->who);
    else
        put_person(presenter, presenter->sets->speakers[post],
                   record->arrival_ms, &out->who);
    out->subject = g_strdup(record->subject);
    out->message_id = g_strdup(record->message_id);
    out->mark = mark_of(record);
    out->url = url_of(presenter, record);
    out->lists = lists_of(presenter, record);
    out->was_answered = was_answered;
    return out;
}

void present_newcomers(const Presenter *presenter, const GArray *posts,
                       GPtrArray *out)
{
    g_autofree bool *was_answered = outcome_were_answered(presenter->sets);

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
