/* SPDX-License-Identifier: MIT */
#include "digest/detailing.h"

#include "base/archive_url.h"
#include "base/hex.h"
#include "digest/digest_person.h"
#include "patch/notice.h"
#include "patch/trailer.h"
#include "sets/reviews.h"

#include <string.h>

#include "base/banned.h"

enum {
    MS_PER_SECOND = 1000,
    EVENTS_MAX = 150, /* a set's; what comes later is counted */
};

typedef struct Detailing {
    const Presenter *presenter;
    GArray **answers; /* of each set: unsigned records, in order; or NULL */
} Detailing;

static const PostRecord *record_of(const Detailing *detailing, unsigned record)
{
    return &detailing->presenter->sets->records[record];
}

static char *mark_of(const PostRecord *record)
{
    char *mark = g_malloc(2 * RECORD_MARK_BYTES + 1);

    hex_encode(record->mark, RECORD_MARK_BYTES, mark);
    return mark;
}

static char *url_of(const Detailing *detailing, const PostRecord *record)
{
    g_autofree char *mark = mark_of(record);

    return archive_url(detailing->presenter->archive, record->message_id, mark);
}

/* --- parts ------------------------------------------------------------ */

/* "3/7"; a part that came again alone is "3/7 (v5.1)". */
static char *number_of(const PatchSet *set, const SetMember *member)
{
    if (set->is_bundle)
        return g_strdup_printf("1-%u/%u", set->total, set->total);
    if (member->minor > 0 && member->minor != set->minor)
        return g_strdup_printf("%u/%u (v%u.%u)", member->number, set->total,
                               set->version, member->minor);
    return g_strdup_printf("%u/%u", member->number, set->total);
}

static void add_part(const Detailing *detailing, const PatchSet *set,
                     const SetMember *member, GPtrArray *parts)
{
    const PostRecord *record = record_of(detailing, member->record);
    const PatchSubject *subject =
        sets_subject(detailing->presenter->sets, member->record);
    DigestPart *part = g_new0(DigestPart, 1);

    part->number = number_of(set, member);
    part->title =
        g_strdup(*subject->title != '\0' ? subject->title : record->subject);
    part->url = url_of(detailing, record);
    part->files = record->files;
    part->insertions = record->insertions;
    part->deletions = record->deletions;
    g_ptr_array_add(parts, part);
}

/* --- what happened ---------------------------------------------------- */

static DigestEvent *add_event(const Detailing *detailing, unsigned record,
                              char *what, DigestDetail *detail)
{
    const PostRecord *post = record_of(detailing, record);
    const People *people = detailing->presenter->sets->people;
    DigestEvent *event = g_new0(DigestEvent, 1);

    event->what = what;
    event->arrival_ms = post->arrival_ms;
    event->order = record;
    event->url = url_of(detailing, post);
    digest_person_fill_in(
        people, detailing->presenter->identity,
        people_speaker_number(people, post->sender, post->author),
        post->arrival_ms / MS_PER_SECOND, &event->by);
    g_ptr_array_add(detail->events, event);
    return event;
}

/* The patch that an answer is about, where the set has several. */
static char *part_of(const Detailing *detailing, const PatchSet *set,
                     unsigned record)
{
    const Sets *sets = detailing->presenter->sets;

    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = &g_array_index(set->members, SetMember, i);

        if ((int)member->record == sets->answers[record] &&
            member->number > 0 && set->total > 1 && !set->is_bundle)
            return number_of(set, member);
    }
    return g_strdup("");
}

/* "Reviewed-by, Tested-by" of the people whom an answer credits; "" if it
 * credits nobody. */
static char *credits_of(const Detailing *detailing, unsigned record)
{
    const Sets *sets = detailing->presenter->sets;
    const PostRecord *post = record_of(detailing, record);
    GString *words = g_string_new(NULL);
    unsigned seen = 0;

    for (unsigned i = 0; i < post->credit_count; i++) {
        const PostCredit *credit = &post->credits[i];
        const unsigned bit = 1U << MIN(credit->kind, 31);

        if ((seen & bit) != 0 || !reviews_credit_counts(sets, record, credit))
            continue;
        seen |= bit;
        g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "",
                               patch_trailer_kind_name(credit->kind));
    }
    return g_string_free(words, FALSE);
}

static void add_answer(const Detailing *detailing, const PatchSet *set,
                       unsigned record, DigestDetail *detail)
{
    const Sets *sets = detailing->presenter->sets;
    g_autofree char *credits = credits_of(detailing, record);
    const bool is_bot =
        people_person_is_bot(sets->people, sets->speakers[record]);
    DigestEvent *event;

    if (sets->kinds[record] == POST_NOTICE)
        return;
    event = add_event(detailing, record,
                      *credits != '\0' ? g_steal_pointer(&credits)
                                       : g_strdup("answered"),
                      detail);
    event->by_bot = is_bot || sets->kinds[record] == POST_BOT_REPORT;
    event->part = part_of(detailing, set, record);
}

static void add_outcome(const Detailing *detailing, const PatchSet *set,
                        DigestDetail *detail)
{
    bool has_applied = false;

    for (unsigned i = 0; i < set->notices->len; i++) {
        const unsigned notice = g_array_index(set->notices, unsigned, i);

        has_applied |= (int)notice == set->applied;
        add_event(detailing, notice,
                  g_strdup((int)notice == set->applied ? "applied"
                                                       : "applied in part"),
                  detail);
    }
    if (set->applied != SETS_NONE && !has_applied)
        add_event(detailing, (unsigned)set->applied, g_strdup("applied"),
                  detail);
    if (set->pull != SETS_NONE)
        add_event(detailing, (unsigned)set->pull,
                  g_strdup("listed by a pull request"), detail);
    if (set->withdrawn != SETS_NONE)
        add_event(detailing, (unsigned)set->withdrawn, g_strdup("withdrawn"),
                  detail);
}

static int compare_events(gconstpointer one, gconstpointer other)
{
    const DigestEvent *left = *(const DigestEvent *const *)one;
    const DigestEvent *right = *(const DigestEvent *const *)other;

    if (left->order != right->order)
        return left->order < right->order ? -1 : 1;
    return strcmp(left->what, right->what);
}

static DigestDetail *detail_of(const Detailing *detailing, int index)
{
    const PatchSet *set = sets_get(detailing->presenter->sets, index);
    const GArray *answers = detailing->answers[index];
    DigestDetail *detail = digest_detail_new();

    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = &g_array_index(set->members, SetMember, i);

        if (member->number > 0 && !set->is_pull && !(set->is_bundle && i > 0))
            add_part(detailing, set, member, detail->parts);
    }
    for (unsigned i = 0; answers != NULL && i < answers->len; i++)
        add_answer(detailing, set, g_array_index(answers, unsigned, i), detail);
    add_outcome(detailing, set, detail);
    g_ptr_array_sort(detail->events, compare_events);
    if (detail->events->len > EVENTS_MAX) {
        detail->events_left = detail->events->len - EVENTS_MAX;
        g_ptr_array_set_size(detail->events, EVENTS_MAX);
    }
    return detail;
}

/* --- all -------------------------------------------------------------- */

static GArray **find_answers(const Sets *sets)
{
    GArray **answers = g_new0(GArray *, (size_t)sets->all->len + 1);

    for (unsigned i = 0; i < sets->count; i++) {
        const int member = sets->answers[i];

        if (sets->set_of[i] != SETS_NONE || member == SETS_NONE ||
            sets->set_of[member] == SETS_NONE)
            continue;
        GArray **of_set = &answers[sets->set_of[member]];

        if (*of_set == NULL)
            *of_set = g_array_new(FALSE, FALSE, sizeof(unsigned));
        g_array_append_val(*of_set, i);
    }
    return answers;
}

void detailing_fill(const Presenter *presenter, Digest *digest)
{
    const Sets *sets = presenter->sets;
    const Detailing detailing = { presenter, find_answers(sets) };
    unsigned at = 0;

    for (int i = (int)sets->all->len - 1; i >= 0; i--) {
        if (!presenter->is_inside[sets_get(sets, i)->head])
            continue;
        g_assert(at < digest->sets->len);

        DigestSet *shown = digest->sets->pdata[at++];

        shown->detail = detail_of(&detailing, i);
    }
    for (unsigned i = 0; i < sets->all->len; i++)
        g_clear_pointer(&detailing.answers[i], g_array_unref);
    g_free(detailing.answers);
}
