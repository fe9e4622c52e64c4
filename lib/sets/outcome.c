/* SPDX-License-Identifier: MIT */
#include "sets/outcome.h"

#include "sets/part_flags.h"

#include <string.h>

#include "base/banned.h"

enum {
    STEPS_MAX = 512, /* up a thread */
    MS_PER_SECOND = 1000,
    FAST_SECONDS = 300, /* that a clock may be fast */
};

/* --- what is answered ------------------------------------------------- */

static int find_other_member(const Assembly *assembly, unsigned record)
{
    const int own = assembly->set_of[record];
    int above = assembly_member_above(assembly, record);

    while (above != ASSEMBLY_NONE && own != ASSEMBLY_NONE &&
           assembly->set_of[above] == own)
        above = assembly_member_above(assembly, (unsigned)above);
    return above;
}

/* The topmost post above a record that is there. */
static unsigned top_of(const Assembly *assembly, unsigned record)
{
    for (unsigned steps = assembly->depths[record]; steps > 0; steps--)
        record = (unsigned)assembly->parents[record];
    return record;
}

/* Parts of one thread by what their subjects say. */
typedef struct PartKey {
    unsigned thread, version, number, total;
} PartKey;

static guint hash_part(gconstpointer key)
{
    const PartKey *part = key;

    return ((part->thread * 31 + part->version) * 31 + part->number) * 31 +
           part->total;
}

static gboolean are_parts_equal(gconstpointer one, gconstpointer other)
{
    return memcmp(one, other, sizeof(PartKey)) == 0;
}

static PartKey part_key(Assembly *assembly, unsigned record)
{
    const PatchSubject *subject = assembly_subject(assembly, record);

    return (PartKey){ assembly->threads[record], subject->version,
                      subject->number, subject->total };
}

static GHashTable *index_parts(Assembly *assembly)
{
    GHashTable *parts =
        g_hash_table_new_full(hash_part, are_parts_equal, g_free, NULL);

    for (unsigned i = 0; i < assembly->count; i++) {
        if (assembly->set_of[i] == ASSEMBLY_NONE)
            continue;

        const PartKey key = part_key(assembly, i);

        if (!g_hash_table_contains(parts, &key))
            g_hash_table_insert(parts, g_memdup2(&key, sizeof(key)),
                                GINT_TO_POINTER((int)i + 1));
    }
    return parts;
}

/* A subject without a tag is of no part, but where it has the title. */
static bool may_speak_of(Assembly *assembly, unsigned record, unsigned part)
{
    const PatchSubject *subject = assembly_subject(assembly, record);

    return subject->is_patch || subject->has_number || subject->is_pull ||
           g_ascii_strcasecmp(subject->title,
                              assembly_subject(assembly, part)->title) == 0;
}

/* Above it stands no patch, since mails between are missing. */
static int find_by_subject(Assembly *assembly, GHashTable *parts,
                           unsigned record)
{
    const PostRecord *top = &assembly->records[top_of(assembly, record)];
    const PartKey key = part_key(assembly, record);
    const int root = assembly_find(assembly, top->root_link, (int)record);
    const int part = GPOINTER_TO_INT(g_hash_table_lookup(parts, &key)) - 1;

    if (top->parent_link == 0)
        return ASSEMBLY_NONE;
    if (part != ASSEMBLY_NONE && part != (int)record &&
        may_speak_of(assembly, record, (unsigned)part))
        return part;
    return root != ASSEMBLY_NONE && assembly->set_of[root] != ASSEMBLY_NONE
               ? root
               : ASSEMBLY_NONE;
}

void outcome_find_answers(Assembly *assembly)
{
    g_autoptr(GHashTable) parts = index_parts(assembly);

    for (unsigned i = 0; i < assembly->count; i++) {
        int above = find_other_member(assembly, i);

        if (above == ASSEMBLY_NONE && assembly->set_of[i] == ASSEMBLY_NONE)
            above = find_by_subject(assembly, parts, i);
        assembly->answers[i] = above;
    }
}

/* --- who is who ------------------------------------------------------- */

static bool is_bot(const Assembly *assembly, unsigned record)
{
    const PostRecord *post = &assembly->records[record];

    return (post->flags & POST_BOT_SENT) != 0 ||
           crowd_is_sent_by_bot(assembly->crowd, post->sender, post->author);
}

/* As the crowd has it raw. */
static uint32_t speaker_of(const Assembly *assembly, unsigned record)
{
    const PostRecord *post = &assembly->records[record];

    return crowd_person(assembly->crowd, post->sender) ==
                   assembly->speakers[record]
               ? post->sender
               : post->author;
}

static bool is_person_of(const Assembly *assembly, uint32_t person,
                         unsigned record)
{
    return person == crowd_person(assembly->crowd,
                                  assembly->records[record].author) ||
           person == assembly->speakers[record];
}

/* A whole name, at another address: nobody reviews a namesake's patch. */
static bool has_name_of(const Assembly *assembly, uint32_t number,
                        uint32_t other)
{
    const MailPerson *person = crowd_raw(assembly->crowd, number);

    return person != NULL && strchr(person->name, ' ') != NULL &&
           crowd_is_same_name(assembly->crowd, number, other);
}

/* The author of the patch that is spoken of, and whoever sent the set: the
 * author of its first patch may well review the others. number: of the person
 * as the crowd has it raw. */
static bool is_own(const Assembly *assembly, uint32_t number, unsigned member)
{
    const AssemblySet *set = assembly_set(assembly, assembly->set_of[member]);
    const uint32_t person = crowd_person(assembly->crowd, number);

    return is_person_of(assembly, person, member) ||
           person == assembly->speakers[set->head] ||
           has_name_of(assembly, number, assembly->records[member].author) ||
           has_name_of(assembly, number, speaker_of(assembly, set->head));
}

static bool is_by_others(const Assembly *assembly, unsigned record,
                         unsigned member)
{
    return !is_bot(assembly, record) &&
           !is_own(assembly, speaker_of(assembly, record), member);
}

bool outcome_credit_counts(const Assembly *assembly, unsigned record,
                           const PostCredit *credit)
{
    const int member = assembly->answers[record];
    const uint32_t person = crowd_person(assembly->crowd, credit->person);

    if (person == 0 || crowd_person_is_bot(assembly->crowd, person))
        return false;
    return member == ASSEMBLY_NONE ||
           !is_own(assembly, credit->person, (unsigned)member);
}

bool outcome_is_review_reply(Assembly *assembly, unsigned record)
{
    const int member = assembly->answers[record];

    if (assembly->kinds[record] != POST_REPLY || is_bot(assembly, record))
        return false;
    if (member != ASSEMBLY_NONE)
        return is_by_others(assembly, record, (unsigned)member);
    return assembly->parents[record] == ASSEMBLY_NONE &&
           assembly_subject(assembly, record)->is_patch;
}

/* --- reviews ---------------------------------------------------------- */

static bool is_approval(uint8_t kind)
{
    return kind == PATCH_TRAILER_REVIEWED || kind == PATCH_TRAILER_ACKED;
}

/* What a post gives, as far as it is not the author's own praise. */
static void read_credits(const Assembly *assembly, unsigned record,
                         bool *approves, bool *judges)
{
    const PostRecord *post = &assembly->records[record];

    for (unsigned i = 0; i < post->credit_count; i++) {
        const PostCredit *credit = &post->credits[i];

        if (!outcome_credit_counts(assembly, record, credit))
            continue;
        *approves = *approves || is_approval(credit->kind);
        *judges = *judges || is_approval(credit->kind) ||
                  credit->kind == PATCH_TRAILER_NACKED;
    }
}

/* --- delays ----------------------------------------------------------- */

/* Archives may have taken a patch and its answers in one go, so that arrivals
 * tell little. Nobody's mail is sent after it arrived, but by a clock that is
 * somewhat fast. */
static bool has_sound_date(const PostRecord *record)
{
    return record->has_date && (record->flags & POST_DATE_DOUBTFUL) == 0 &&
           record->date <= record->arrival_ms / MS_PER_SECOND + FAST_SECONDS;
}

int64_t outcome_delay(const Assembly *assembly, const AssemblySet *set,
                      int answer)
{
    const PostRecord *head = &assembly->records[set->head];
    const PostRecord *later;

    if (answer == ASSEMBLY_NONE)
        return -1;
    later = &assembly->records[answer];
    if (has_sound_date(head) && has_sound_date(later) &&
        later->date >= head->date)
        return later->date - head->date;
    return MAX(later->arrival_ms - head->arrival_ms, 0) / MS_PER_SECOND;
}

/* --- answers -------------------------------------------------------- */

typedef struct Outcome {
    Assembly *assembly;
    bool **reviewed; /* by set, then member */
} Outcome;

static bool is_cover(const Assembly *assembly, unsigned record)
{
    return assembly->kinds[record] == POST_COVER;
}

/* "For the PMU related changes": of a cover nobody knows which those are. */
static bool is_partial(const PostRecord *post)
{
    return (post->flags & POST_PARTIAL_CREDIT) != 0;
}

/* A tag below somebody's own diff in the thread of a cover is for that diff. */
static bool is_for_other_diff(const Assembly *assembly, unsigned record,
                              unsigned member)
{
    int above = assembly->parents[record];

    if (!is_cover(assembly, member))
        return false;
    for (unsigned step = 0;
         step < STEPS_MAX && above != ASSEMBLY_NONE && above != (int)member;
         step++) {
        if (!assembly_is_part(assembly, (unsigned)above) &&
            (assembly->records[above].flags & POST_OWN_DIFF) != 0)
            return true;
        above = assembly->parents[above];
    }
    return false;
}

/* What a machine writes of an applied patch answers nothing; a person's
 * "Applied, thanks" does. */
static bool is_machine_made(const Assembly *assembly, unsigned record)
{
    return assembly->kinds[record] == POST_NOTICE &&
           assembly->records[record].notice != PATCH_NOTICE_HUMAN;
}

/* Lists deliver late: the first one is the first that was written. */
static void note_first(const Assembly *assembly, const AssemblySet *set,
                       int *first, unsigned record)
{
    if (*first == ASSEMBLY_NONE || outcome_delay(assembly, set, (int)record) <
                                       outcome_delay(assembly, set, *first))
        *first = (int)record;
}

static void take_answer(const Outcome *outcome, unsigned record,
                        unsigned member)
{
    const Assembly *assembly = outcome->assembly;
    const int index = assembly->set_of[member];
    AssemblySet *set = assembly_set(assembly, index);
    const bool is_other = is_by_others(assembly, record, member);
    const PostRecord *post = &assembly->records[record];
    bool approves = false, judges = false;

    if (is_other && !is_machine_made(assembly, record))
        note_first(assembly, set, &set->first_answer, record);
    if (assembly_is_part(assembly, record) || is_bot(assembly, record))
        return;
    read_credits(assembly, record, &approves, &judges);
    if (!judges || is_for_other_diff(assembly, record, member))
        return;
    if (approves && !(is_cover(assembly, member) && is_partial(post)))
        part_flags_add(set, member, outcome->reviewed[index]);
    if (is_other)
        note_first(assembly, set, &set->first_review, record);
}

void outcome_find(Assembly *assembly)
{
    const Outcome outcome = { assembly, part_flags_new(assembly) };

    for (unsigned i = 0; i < assembly->count; i++) {
        const int answered = assembly->answers[i];

        if (answered != ASSEMBLY_NONE)
            take_answer(&outcome, i, (unsigned)answered);
    }
    for (unsigned i = 0; i < assembly->sets->len; i++) {
        AssemblySet *set = assembly_set(assembly, (int)i);

        set->reviewed = part_flags_count(set, outcome.reviewed[i]);
    }
    part_flags_free(assembly, outcome.reviewed);
}

bool outcome_was_answered(const Assembly *assembly, unsigned record)
{
    const uint32_t person = assembly->speakers[record];

    for (unsigned i = 0; i < assembly->count; i++) {
        if (assembly->parents[i] != (int)record || is_bot(assembly, i))
            continue;
        if (assembly->speakers[i] != person)
            return true;
    }
    return false;
}
