/* SPDX-License-Identifier: MIT */
#include "digest/present.h"

#include "sets/answers.h"

#include <string.h>

#include "base/banned.h"

enum { MS_PER_SECOND = 1000 };

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
    const PostRecord *record = presenter_record(presenter, head);
    const PatchSubject *subject = sets_subject(presenter->sets, head);

    out->title = g_strdup(subject->title);
    out->tags = strings_of(subject->tags);
    out->message_id = g_strdup(record->message_id);
    out->mark = presenter_mark(record);
    out->subject = g_strdup(record->subject);
    out->url = presenter_url(presenter, record);
    out->lists = presenter_lists(presenter, record);
    out->arrival_ms = record->arrival_ms;
    out->has_date = record->has_date;
    out->date = record->date;
    out->age_seconds =
        MAX(presenter->end_ms - record->arrival_ms, 0) / MS_PER_SECOND;
    presenter_put_author(presenter, record, &out->author);
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
    return set->version > 1 || set->older != SETS_NONE ||
                   set->rerolled != SETS_NONE
               ? DIGEST_UPDATED
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
    const bool is_open = set->reviewed < set->seen;

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
    const RecordFields *head = &presenter_record(presenter, set->head)->fields;
    const char *base = head->base_commit;

    for (unsigned i = 0; i < set->members->len; i++) {
        const RecordFields *fields =
            &presenter_record(presenter,
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
    const PostRecord *head = presenter_record(presenter, set->head);
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
        const PostRecord *record = presenter_record(presenter, member->record);

        if (member->number == 0 || is_replaced(set, i) ||
            (set->is_bundle && i > 0))
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

    return set == NULL
               ? NULL
               : g_strdup(presenter_record(presenter, set->head)->message_id);
}

/* The head of what it revises; of a part that came again alone, that part. */
static char *superseded_id_of(const Presenter *presenter, const PatchSet *set)
{
    if (set->older == SETS_NONE && set->rerolled != SETS_NONE)
        return g_strdup(
            presenter_record(presenter, (unsigned)set->rerolled)->message_id);
    return message_id_of(presenter, set->older);
}

static void put_newer(const Presenter *presenter, const PatchSet *set,
                      DigestSet *out)
{
    const PatchSet *newer = sets_get(presenter->sets, set->newer);

    if (newer == NULL)
        return;
    out->superseded_by = message_id_of(presenter, set->newer);
    out->newer_mark = presenter_mark(presenter_record(presenter, newer->head));
    out->newer_version = newer->version;
    out->newer_minor = newer->minor;
}

static DigestNotice *notice_of(const Presenter *presenter, int notice)
{
    if (notice == SETS_NONE)
        return NULL;

    const PostRecord *record = presenter_record(presenter, (unsigned)notice);
    DigestNotice *out = g_new0(DigestNotice, 1);

    out->message_id = g_strdup(record->message_id);
    out->mark = presenter_mark(record);
    out->url = presenter_url(presenter, record);
    out->arrival_ms = record->arrival_ms;
    out->dialect = record->notice;
    presenter_put_writer(presenter,
                         presenter_speaker(presenter, (unsigned)notice),
                         record->arrival_ms, &out->by);
    return out;
}

/* A chain may be damaged, never endless. */
static int64_t first_version_of(const Presenter *presenter, const PatchSet *set)
{
    enum { REVISIONS_MAX = 100 };
    int64_t first_ms = presenter_record(presenter, set->head)->arrival_ms;

    for (unsigned i = 0; set->older != SETS_NONE && i < REVISIONS_MAX; i++) {
        set = sets_get(presenter->sets, set->older);
        first_ms =
            MIN(first_ms, presenter_record(presenter, set->head)->arrival_ms);
    }
    return first_ms;
}

static void put_answers(const Presenter *presenter, const PatchSet *set,
                        DigestSet *out)
{
    out->first_reply_seconds =
        answers_delay(presenter->sets, set, set->first_answer);
    out->first_review_seconds =
        answers_delay(presenter->sets, set, set->first_review);
    out->has_human_answer = set->first_answer != SETS_NONE;
    out->answers = set->answer_count;
    out->pings = set->pings;
    out->is_by_newcomer =
        presenter->is_new != NULL &&
        g_hash_table_contains(
            presenter->is_new,
            GUINT_TO_POINTER(
                people_person(presenter->sets->people,
                              presenter_record(presenter, set->head)->author)));
    out->first_version_ms = first_version_of(presenter, set);
    if (set->first_answer == SETS_NONE)
        return;

    out->first_reply_by = g_strdup(people_name_in(
        presenter->sets->people,
        presenter_speaker(presenter, (unsigned)set->first_answer)));
}

/* A cover without words of its own says nothing: patch 1 speaks for it. */
static DigestSet *first_patch_of(const Presenter *presenter,
                                 const PatchSet *set)
{
    const int first = sets_first_patch(set);

    if (!set->has_cover || first == SETS_NONE ||
        (presenter_record(presenter, set->head)->flags & POST_OWN_TEXT) != 0)
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
    out->supersedes = superseded_id_of(presenter, set);
    put_newer(presenter, set, out);
    out->applied = notice_of(presenter, set->applied);
    out->applied_parts = set->applied_parts;
    if (set->pull != SETS_NONE)
        out->pull_request = g_strdup(
            presenter_record(presenter, (unsigned)set->pull)->message_id);
    out->listed = presenter_record(presenter, set->head)->listed_count;
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
    presenter_put_writer(
        presenter, presenter_speaker(presenter, (unsigned)told.notice),
        presenter_record(presenter, (unsigned)told.notice)->arrival_ms,
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
