/* SPDX-License-Identifier: MIT */
#include "sets/answers.h"

#include "sets/authorship.h"

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

int64_t answers_delay(const Sets *sets, const PatchSet *set, int answer)
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

void answers_find(Sets *sets)
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

bool *answers_of_others(const Sets *sets)
{
    bool *answered = g_new0(bool, (size_t)sets->count + 1);

    for (unsigned i = 0; i < sets->count; i++) {
        const int parent = sets->parents[i];

        if (parent != SETS_NONE && !authorship_is_bot(sets, i) &&
            sets->speakers[i] != sets->speakers[parent])
            answered[parent] = true;
    }
    return answered;
}
