/* SPDX-License-Identifier: MIT */
#include "sets/outcome.h"

#include "sets/part_flags.h"

#include <string.h>

#include "base/banned.h"

enum {
    STEPS_MAX = 512, /* up a thread */
    MS_PER_SECOND = 1000,
    FAST_SECONDS = 300,       /* that a clock may be fast */
    LETTER_SECONDS = 20 * 60, /* between a letter and its series */
};

/* --- time ------------------------------------------------------------- */

/* Archives may have taken a patch and its answers in one go, so that arrivals
 * tell little. Nobody's mail is sent after it arrived, but by a clock that is
 * somewhat fast. */
static bool has_sound_date(const PostRecord *record)
{
    return record->has_date && (record->flags & POST_DATE_DOUBTFUL) == 0 &&
           record->date <= record->arrival_ms / MS_PER_SECOND + FAST_SECONDS;
}

/* --- what is answered ------------------------------------------------- */

static int find_other_member(const Sets *sets, unsigned record)
{
    const int own = sets->set_of[record];
    int above = sets_member_above(sets, record);

    while (above != SETS_NONE && own != SETS_NONE && sets->set_of[above] == own)
        above = sets_member_above(sets, (unsigned)above);
    return above;
}

/* The topmost post above a record that is there. What was found on the way up
 * is kept in tops (SETS_NONE: not yet), so that a long chain is walked once. */
static unsigned top_of(const Sets *sets, int *tops, unsigned record)
{
    unsigned top = record;

    while (tops[top] == SETS_NONE && sets->depths[top] > 0)
        top = (unsigned)sets->parents[top];
    if (tops[top] != SETS_NONE)
        top = (unsigned)tops[top];
    while (tops[record] == SETS_NONE) {
        tops[record] = (int)top;
        if (sets->depths[record] > 0)
            record = (unsigned)sets->parents[record];
    }
    return top;
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

static PartKey part_key(Sets *sets, unsigned record)
{
    const PatchSubject *subject = sets_subject(sets, record);

    return (PartKey){ sets->threads[record], subject->version, subject->number,
                      subject->total };
}

/* keys: room for those of all records, which the table refers to. */
static GHashTable *index_parts(Sets *sets, PartKey *keys)
{
    GHashTable *parts = g_hash_table_new(hash_part, are_parts_equal);

    for (unsigned i = 0; i < sets->count; i++) {
        if (sets->set_of[i] == SETS_NONE)
            continue;
        keys[i] = part_key(sets, i);
        if (!g_hash_table_contains(parts, &keys[i]))
            g_hash_table_insert(parts, &keys[i], GINT_TO_POINTER((int)i + 1));
    }
    return parts;
}

/* A subject without a tag is of no part, but where it has the title. */
static bool may_speak_of(Sets *sets, unsigned record, unsigned part)
{
    const PatchSubject *subject = sets_subject(sets, record);

    return subject->is_patch || subject->has_number || subject->is_pull ||
           g_ascii_strcasecmp(subject->title,
                              sets_subject(sets, part)->title) == 0;
}

/* Above it stands no patch, since mails between are missing. */
static int find_by_subject(Sets *sets, GHashTable *parts, int *tops,
                           unsigned record)
{
    const PostRecord *top = &sets->records[top_of(sets, tops, record)];
    PartKey key;
    int root, part;

    if (top->parent_link == 0)
        return SETS_NONE;
    key = part_key(sets, record);
    part = GPOINTER_TO_INT(g_hash_table_lookup(parts, &key)) - 1;
    root = sets_find(sets, top->root_link, (int)record);
    if (part != SETS_NONE && part != (int)record &&
        may_speak_of(sets, record, (unsigned)part))
        return part;
    return root != SETS_NONE && sets->set_of[root] != SETS_NONE ? root
                                                                : SETS_NONE;
}

static bool are_sent_at_once(const PostRecord *one, const PostRecord *other)
{
    if (has_sound_date(one) && has_sound_date(other))
        return ABS(one->date - other->date) <= LETTER_SECONDS;
    return ABS(one->arrival_ms - other->arrival_ms) <=
           LETTER_SECONDS * MS_PER_SECOND;
}

/* Some write the cover of a series as any letter, and send its patches as
 * answers to it at once. */
static bool is_letter_of(const Sets *sets, int record, const PatchSet *set)
{
    return record != SETS_NONE && !set->has_cover && set->total > 1 &&
           sets->kinds[record] == POST_OTHER &&
           sets->set_of[record] == SETS_NONE &&
           sets_is_same_person(sets, (unsigned)record, set->head) &&
           are_sent_at_once(&sets->records[record], &sets->records[set->head]);
}

/* Such letters -> 1 + the set, or 0 if several sets answer one. */
static GHashTable *index_letters(const Sets *sets)
{
    GHashTable *letters = g_hash_table_new(NULL, NULL);

    for (int i = 0; i < (int)sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, i);
        const int above = sets->parents[set->head];
        void *const key = GINT_TO_POINTER(above + 1);

        if (is_letter_of(sets, above, set))
            g_hash_table_insert(
                letters, key,
                GINT_TO_POINTER(g_hash_table_contains(letters, key) ? 0
                                                                    : i + 1));
    }
    return letters;
}

/* What answers the letter answers the series. */
static int find_by_letter(const Sets *sets, GHashTable *letters,
                          unsigned record)
{
    int above = sets->parents[record];

    for (unsigned step = 0; above != SETS_NONE && step < STEPS_MAX &&
                            g_hash_table_size(letters) > 0;
         step++) {
        const int set = GPOINTER_TO_INT(g_hash_table_lookup(
                            letters, GINT_TO_POINTER(above + 1))) -
                        1;

        if (set >= 0)
            return (int)sets_get(sets, set)->head;
        above = sets->parents[above];
    }
    return SETS_NONE;
}

void outcome_find_answers(Sets *sets)
{
    g_autofree PartKey *keys = g_new(PartKey, (size_t)sets->count + 1);
    g_autoptr(GHashTable) parts = index_parts(sets, keys);
    g_autoptr(GHashTable) letters = index_letters(sets);
    g_autofree int *tops = g_new(int, sets->count + 1);

    for (unsigned i = 0; i < sets->count; i++)
        tops[i] = SETS_NONE;
    for (unsigned i = 0; i < sets->count; i++) {
        int above = find_other_member(sets, i);

        if (above == SETS_NONE && sets->set_of[i] == SETS_NONE)
            above = find_by_letter(sets, letters, i);
        if (above == SETS_NONE && sets->set_of[i] == SETS_NONE)
            above = find_by_subject(sets, parts, tops, i);
        sets->answers[i] = above;
    }
}

/* --- who is who ------------------------------------------------------- */

static bool is_bot(const Sets *sets, unsigned record)
{
    const PostRecord *post = &sets->records[record];

    return (post->flags & POST_BOT_SENT) != 0 ||
           people_is_sent_by_bot(sets->people, post->sender, post->author);
}

/* As the people has it raw. */
static uint32_t speaker_of(const Sets *sets, unsigned record)
{
    const PostRecord *post = &sets->records[record];

    return people_person(sets->people, post->sender) == sets->speakers[record]
               ? post->sender
               : post->author;
}

static bool is_person_of(const Sets *sets, uint32_t person, unsigned record)
{
    return person ==
               people_person(sets->people, sets->records[record].author) ||
           person == sets->speakers[record];
}

/* Copies the letters of a text up to length bytes of it, in lower case; an
 * empty text if it holds bytes that are no ASCII. Owned. */
static char *letters_of(const char *text, size_t length)
{
    GString *letters = g_string_sized_new(length);

    for (size_t i = 0; i < length && text[i] != '\0'; i++) {
        if ((text[i] & 0x80) != 0) {
            g_string_truncate(letters, 0);
            break;
        }
        if (g_ascii_isalpha(text[i]))
            g_string_append_c(letters, g_ascii_tolower(text[i]));
    }
    return g_string_free(letters, FALSE);
}

static bool has_letters(const char *text, size_t length, const char *letters)
{
    g_autofree char *own = letters_of(text, length);

    return strcmp(own, letters) == 0;
}

/* "ada.finch@rill.example" and "mail@adafinch.example" are Ada Finch's. */
static bool address_tells_name(const char *address, const char *name)
{
    g_autofree char *whole = letters_of(name, strlen(name));
    const size_t local = strcspn(address, "@");

    if (strchr(name, ' ') == NULL || *whole == '\0')
        return false;
    if (has_letters(address, local, whole))
        return true;
    for (const char *label = address + local; *label != '\0';) {
        label++;
        const size_t length = strcspn(label, ".");

        if (has_letters(label, length, whole))
            return true;
        label += length;
    }
    return false;
}

/* A whole name, at another address: nobody reviews a namesake's patch. A mail
 * without a name may have it in its address. */
static bool has_name_of(const Sets *sets, uint32_t number, uint32_t other)
{
    const MailPerson *person = people_raw(sets->people, number);
    const MailPerson *author = people_raw(sets->people, other);

    if (person == NULL || author == NULL)
        return false;
    if (*person->name == '\0')
        return address_tells_name(person->address, author->name);
    return strchr(person->name, ' ') != NULL &&
           people_is_same_name(sets->people, number, other);
}

/* The author of the patch that is spoken of, and whoever sent the set: the
 * author of its first patch may well review the others. number: of the person
 * as the people has it raw. */
static bool is_own(const Sets *sets, uint32_t number, unsigned member)
{
    const PatchSet *set = sets_get(sets, sets->set_of[member]);
    const uint32_t person = people_person(sets->people, number);

    return is_person_of(sets, person, member) ||
           person == sets->speakers[set->head] ||
           has_name_of(sets, number, sets->records[member].author) ||
           has_name_of(sets, number, speaker_of(sets, set->head));
}

bool outcome_is_by_author(const Sets *sets, unsigned record, unsigned member)
{
    return is_own(sets, speaker_of(sets, record), member);
}

bool outcome_is_by_others(const Sets *sets, unsigned record, unsigned member)
{
    return !is_bot(sets, record) &&
           !is_own(sets, speaker_of(sets, record), member);
}

bool outcome_credit_counts(const Sets *sets, unsigned record,
                           const PostCredit *credit)
{
    const int member = sets->answers[record];
    const uint32_t person = people_person(sets->people, credit->person);

    if (person == 0 || people_person_is_bot(sets->people, person))
        return false;
    return member == SETS_NONE ||
           !is_own(sets, credit->person, (unsigned)member);
}

bool outcome_is_review_reply(Sets *sets, unsigned record)
{
    const int member = sets->answers[record];

    if (sets->kinds[record] != POST_REPLY || is_bot(sets, record))
        return false;
    if (member != SETS_NONE)
        return outcome_is_by_others(sets, record, (unsigned)member);
    return sets->parents[record] == SETS_NONE &&
           sets_subject(sets, record)->is_patch;
}

/* --- reviews ---------------------------------------------------------- */

/* A credit of no other kind is what the settings name: their approval. */
static bool is_approval(uint8_t kind)
{
    return kind == PATCH_TRAILER_REVIEWED || kind == PATCH_TRAILER_ACKED ||
           kind == PATCH_TRAILER_APPROVED || kind == PATCH_TRAILER_OTHER;
}

/* What a post gives, as far as it is not the author's own praise. */
static void read_credits(const Sets *sets, unsigned record, bool *approves,
                         bool *judges)
{
    const PostRecord *post = &sets->records[record];

    for (unsigned i = 0; i < post->credit_count; i++) {
        const PostCredit *credit = &post->credits[i];

        if (!outcome_credit_counts(sets, record, credit))
            continue;
        *approves = *approves || is_approval(credit->kind);
        *judges = *judges || is_approval(credit->kind) ||
                  credit->kind == PATCH_TRAILER_NACKED;
    }
}

/* --- delays ----------------------------------------------------------- */

int64_t outcome_delay(const Sets *sets, const PatchSet *set, int answer)
{
    const PostRecord *head = &sets->records[set->head];
    const PostRecord *later;

    if (answer == SETS_NONE)
        return -1;
    later = &sets->records[answer];
    if (has_sound_date(head) && has_sound_date(later) &&
        later->date >= head->date)
        return later->date - head->date;
    return MAX(later->arrival_ms - head->arrival_ms, 0) / MS_PER_SECOND;
}

/* --- answers -------------------------------------------------------- */

typedef struct Outcome {
    Sets *sets;
    bool **reviewed; /* by set, then member */
} Outcome;

static bool is_cover(const Sets *sets, unsigned record)
{
    return sets->kinds[record] == POST_COVER;
}

/* "For the PMU related changes": of a cover nobody knows which those are. */
static bool is_partial(const PostRecord *post)
{
    return (post->flags & POST_PARTIAL_CREDIT) != 0;
}

/* A tag below somebody's own diff in the thread of a cover is for that diff. */
static bool is_for_other_diff(const Sets *sets, unsigned record,
                              unsigned member)
{
    int above = sets->parents[record];

    if (!is_cover(sets, member))
        return false;
    for (unsigned step = 0;
         step < STEPS_MAX && above != SETS_NONE && above != (int)member;
         step++) {
        if (!sets_is_part(sets, (unsigned)above) &&
            (sets->records[above].flags & POST_OWN_DIFF) != 0)
            return true;
        above = sets->parents[above];
    }
    return false;
}

/* What a machine writes of an applied patch answers nothing; a person's
 * "Applied, thanks" does. */
static bool is_machine_made(const Sets *sets, unsigned record)
{
    return sets->kinds[record] == POST_NOTICE &&
           !patch_notice_is_human((PatchNotice)sets->records[record].notice);
}

/* Lists deliver late: the first one is the first that was written. */
static void note_first(const Sets *sets, const PatchSet *set, int *first,
                       unsigned record)
{
    if (*first == SETS_NONE || outcome_delay(sets, set, (int)record) <
                                   outcome_delay(sets, set, *first))
        *first = (int)record;
}

/* A cover stands for all parts, but where the tag is said to be for some:
 * for these, if it names them. */
static void flag_reviewed(const Sets *sets, unsigned record, unsigned member,
                          bool *flags)
{
    const PatchSet *set = sets_get(sets, sets->set_of[member]);
    const PostRecord *post = &sets->records[record];
    const bool names_parts = post->notice == PATCH_NOTICE_NONE &&
                             post->notice_parts != PATCH_EXTENT_ANSWERED &&
                             set->total > 1;

    if (is_partial(post) && names_parts)
        part_flags_add_extent(set, post->notice_parts, flags);
    else if (!is_cover(sets, member) || !is_partial(post))
        part_flags_add(set, member, flags);
}

static void take_answer(const Outcome *outcome, unsigned record,
                        unsigned member)
{
    const Sets *sets = outcome->sets;
    const int index = sets->set_of[member];
    PatchSet *set = sets_get(sets, index);
    const bool is_other = outcome_is_by_others(sets, record, member);
    bool approves = false, judges = false;

    if (is_other && !is_machine_made(sets, record)) {
        note_first(sets, set, &set->first_answer, record);
        set->answer_count++;
    } else if (set->first_answer == SETS_NONE && !is_bot(sets, record)) {
        set->pings += sets->kinds[record] == POST_REPLY;
    }
    if (sets_is_part(sets, record) || is_bot(sets, record))
        return;
    read_credits(sets, record, &approves, &judges);
    if (!judges || is_for_other_diff(sets, record, member))
        return;
    if (approves)
        flag_reviewed(sets, record, member, outcome->reviewed[index]);
    if (is_other)
        note_first(sets, set, &set->first_review, record);
}

void outcome_find(Sets *sets)
{
    const Outcome outcome = { sets, part_flags_new(sets) };

    for (unsigned i = 0; i < sets->count; i++) {
        const int answered = sets->answers[i];

        if (answered != SETS_NONE)
            take_answer(&outcome, i, (unsigned)answered);
    }
    for (unsigned i = 0; i < sets->all->len; i++) {
        PatchSet *set = sets_get(sets, (int)i);

        set->reviewed = part_flags_count(set, outcome.reviewed[i]);
        for (unsigned j = 0; j < set->members->len; j++)
            g_array_index(set->members, SetMember, j).is_reviewed =
                outcome.reviewed[i][j];
    }
    part_flags_free(outcome.reviewed);
}

bool *outcome_were_answered(const Sets *sets)
{
    bool *answered = g_new0(bool, (size_t)sets->count + 1);

    for (unsigned i = 0; i < sets->count; i++) {
        const int parent = sets->parents[i];

        if (parent != SETS_NONE && !is_bot(sets, i) &&
            sets->speakers[i] != sets->speakers[parent])
            answered[parent] = true;
    }
    return answered;
}
