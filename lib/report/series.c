/* SPDX-License-Identifier: MIT */
#include "report/series.h"

#include <string.h>

#include "base/banned.h"

enum {
    STEPS_MAX = 256,      /* up a thread */
    CANDIDATES_MAX = 256, /* sets looked at for one that is to be joined */
};
static const int64_t APART_MS = INT64_C(20) * 60 * 1000;
static const int64_t APART_IN_THREAD_MS = INT64_C(24) * 3600 * 1000;

/* A set while it grows; dead ones were merged into another. */
typedef struct Growing {
    GArray *records; /* unsigned, in order of joining; the first founded it */
    bool is_dead;
    bool is_pull, has_cover;
    bool is_numbered; /* parts say n/m */
    unsigned version, minor, total;
    int64_t first_ms, last_ms;     /* arrivals */
    int64_t first_date, last_date; /* seconds, of Dates that can be believed */
    bool has_dates;
} Growing;

typedef struct Series {
    Assembly *assembly;
    GPtrArray *sets; /* Growing * */
    int *set_of;     /* Growing's index, lent from the assembly */
} Series;

static void growing_free(gpointer data)
{
    Growing *set = data;

    g_array_unref(set->records);
    g_free(set);
}

static Growing *growing_of(const Series *series, int set)
{
    return series->sets->pdata[set];
}

static const PatchSubject *subject_of(const Series *series, unsigned record)
{
    return assembly_subject(series->assembly, record);
}

static unsigned founder_of(const Growing *set)
{
    return g_array_index(set->records, unsigned, 0);
}

/* "[PATCH 1/1]" is numbered, "[PATCH]" is not; nor is a lone pull request. */
static bool is_cover(const Series *series, unsigned record)
{
    const PatchSubject *subject = subject_of(series, record);

    return subject->has_number && subject->number == 0;
}

/* A pull request of patches sent along: "[PULL 03/30]", or a cover of them. */
static bool is_pull(const Series *series, unsigned record)
{
    return series->assembly->kinds[record] == POST_PULL;
}

/* --- growing ---------------------------------------------------------- */

static void note_times(Growing *set, const PostRecord *record)
{
    const bool is_first = set->records->len == 0;
    const bool is_believed =
        record->has_date && (record->flags & POST_DATE_DOUBTFUL) == 0;

    set->first_ms =
        is_first ? record->arrival_ms : MIN(set->first_ms, record->arrival_ms);
    set->last_ms =
        is_first ? record->arrival_ms : MAX(set->last_ms, record->arrival_ms);
    if (!is_believed)
        return;
    set->first_date =
        set->has_dates ? MIN(set->first_date, record->date) : record->date;
    set->last_date =
        set->has_dates ? MAX(set->last_date, record->date) : record->date;
    set->has_dates = true;
}

static void add_record(Series *series, int set, unsigned record)
{
    Growing *growing = growing_of(series, set);
    const PatchSubject *subject = subject_of(series, record);

    note_times(growing, &series->assembly->records[record]);
    g_array_append_val(growing->records, record);
    growing->has_cover = growing->has_cover || is_cover(series, record);
    growing->is_numbered = growing->is_numbered || subject->has_number;
    series->set_of[record] = set;
}

static void found_set(Series *series, unsigned record)
{
    const PatchSubject *subject = subject_of(series, record);
    Growing *set = g_new0(Growing, 1);

    set->records = g_array_new(FALSE, FALSE, sizeof(unsigned));
    set->is_pull = is_pull(series, record);
    set->version = subject->version;
    set->minor = subject->minor;
    set->total = subject->total;
    g_ptr_array_add(series->sets, set);
    add_record(series, (int)series->sets->len - 1, record);
}

static bool has_number(const Series *series, const Growing *set,
                       unsigned number, unsigned minor)
{
    for (unsigned i = 0; i < set->records->len; i++) {
        const PatchSubject *subject =
            subject_of(series, g_array_index(set->records, unsigned, i));

        if (subject->has_number && subject->number == number &&
            subject->minor == minor)
            return true;
    }
    return false;
}

/* --- by thread -------------------------------------------------------- */

static int64_t distance(int64_t one, int64_t other)
{
    return one > other ? one - other : other - one;
}

/* Several authors, one sender; or one author behind several relays. A mail
 * sent along with what it directly answers needs neither. */
static bool is_of_people(const Series *series, const Growing *set,
                         unsigned record, unsigned above)
{
    const Assembly *assembly = series->assembly;
    const PostRecord *records = assembly->records;

    return assembly_is_same_person(assembly, founder_of(set), record) ||
           assembly_is_same_person(assembly, above, record) ||
           (assembly->parents[record] == (int)above &&
            distance(records[record].arrival_ms, records[above].arrival_ms) <=
                APART_MS);
}

/* The patches of a pull request need no number of their own. */
static bool joins_pull(const Series *series, const Growing *set,
                       unsigned record)
{
    const PatchSubject *subject = subject_of(series, record);

    if (!set->is_pull || is_pull(series, record) || is_cover(series, record) ||
        distance(series->assembly->records[record].arrival_ms, set->last_ms) >
            APART_IN_THREAD_MS)
        return false;
    return !subject->has_number ||
           !has_number(series, set, subject->number, subject->minor);
}

/* "[PATCH 0/1]" with "[PATCH]" below it. */
static bool joins_cover_of_one(const Growing *set, const PatchSubject *subject)
{
    return !subject->has_number && set->has_cover && set->total == 1 &&
           set->records->len == 1 && subject->version == set->version;
}

static bool joins_series(const Series *series, const Growing *set,
                         unsigned record)
{
    const PatchSubject *subject = subject_of(series, record);

    if (set->is_pull != is_pull(series, record) || !set->is_numbered ||
        !subject->has_number)
        return joins_cover_of_one(set, subject);
    /* v5.1 with a cover is a revision of its own, not a part of v5. */
    if (is_cover(series, record) && subject->minor != set->minor)
        return false;
    return subject->version == set->version && subject->total == set->total &&
           !has_number(series, set, subject->number, subject->minor);
}

/* The nearest set above that the record is a part of. */
static int find_set_above(const Series *series, unsigned record)
{
    const int *parents = series->assembly->parents;
    int above = parents[record];

    for (unsigned step = 0; above != ASSEMBLY_NONE && step < STEPS_MAX;
         above = parents[above], step++) {
        const int set = series->set_of[above];

        if (set == ASSEMBLY_NONE)
            continue;

        const Growing *growing = growing_of(series, set);

        if ((joins_series(series, growing, record) ||
             joins_pull(series, growing, record)) &&
            is_of_people(series, growing, record, (unsigned)above))
            return set;
    }
    return ASSEMBLY_NONE;
}

static int compare_depths(gconstpointer one, gconstpointer other, gpointer data)
{
    const unsigned *depths = data;
    const unsigned left = *(const unsigned *)one;
    const unsigned right = *(const unsigned *)other;

    if (depths[left] != depths[right])
        return depths[left] < depths[right] ? -1 : 1;
    return (left > right) - (left < right);
}

/* Those above come first: parts of one series arrive shuffled. */
static void find_by_thread(Series *series)
{
    Assembly *assembly = series->assembly;
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(unsigned));

    for (unsigned i = 0; i < assembly->count; i++) {
        if (assembly_is_part(assembly, i))
            g_array_append_val(parts, i);
    }
    g_array_sort_with_data(parts, compare_depths, assembly->depths);
    for (unsigned i = 0; i < parts->len; i++) {
        const unsigned record = g_array_index(parts, unsigned, i);
        const int above = find_set_above(series, record);

        if (above == ASSEMBLY_NONE)
            found_set(series, record);
        else
            add_record(series, above, record);
    }
}

/* --- by name and time ------------------------------------------------- */

static int compare_words(gconstpointer one, gconstpointer other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* What the parts of one series have in common in their tags. */
static char *signature_of(const Series *series, const Growing *set)
{
    const PatchSubject *subject = subject_of(series, founder_of(set));
    g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func(g_free);
    GString *text = g_string_new(NULL);

    for (unsigned i = 0; i < subject->tags->len; i++)
        g_ptr_array_add(tags, g_ascii_strdown(subject->tags->pdata[i], -1));
    g_ptr_array_sort(tags, compare_words);
    g_string_append_printf(text, "%d %u %u", set->is_pull, set->version,
                           set->total);
    for (unsigned i = 0; i < tags->len; i++)
        g_string_append_printf(text, "\n%s", (const char *)tags->pdata[i]);
    return g_string_free(text, FALSE);
}

static bool are_disjoint(const Series *series, const Growing *one,
                         const Growing *other)
{
    for (unsigned i = 0; i < other->records->len; i++) {
        const PatchSubject *subject =
            subject_of(series, g_array_index(other->records, unsigned, i));

        if (has_number(series, one, subject->number, subject->minor))
            return false;
    }
    return true;
}

/* How far apart two spans lie; 0 if they touch. */
static int64_t gap(int64_t first, int64_t last, int64_t other_first,
                   int64_t other_last)
{
    if (other_first > last)
        return other_first - last;
    return first > other_last ? first - other_last : 0;
}

/* By arrival or by Date: a moderator lets parts through hours later. */
static int64_t time_between(const Growing *one, const Growing *other)
{
    const int64_t by_arrival =
        gap(one->first_ms, one->last_ms, other->first_ms, other->last_ms);

    if (!one->has_dates || !other->has_dates)
        return by_arrival;
    return MIN(by_arrival, gap(one->first_date, one->last_date,
                               other->first_date, other->last_date) *
                               1000);
}

static bool are_near(const Series *series, const Growing *one,
                     const Growing *other)
{
    const unsigned *threads = series->assembly->threads;
    const bool is_one_thread =
        threads[founder_of(one)] == threads[founder_of(other)];

    return time_between(one, other) <=
           (is_one_thread ? APART_IN_THREAD_MS : APART_MS);
}

/* Fewer patches than it says it has, and no word of its own. */
static bool is_partial(const Growing *set)
{
    return !set->has_cover && set->records->len < set->total;
}

static bool are_one_series(const Series *series, const Growing *one,
                           const Growing *other)
{
    return one->minor == other->minor && are_near(series, one, other);
}

/* A part of a later minor version belongs to its series however late. */
static bool is_late_part(const Series *series, const Growing *one,
                         const Growing *other)
{
    (void)series;
    return other->minor > one->minor && is_partial(other);
}

typedef bool (*Belongs)(const Series *series, const Growing *one,
                        const Growing *other);

static bool belong_together(const Series *series, const Growing *one,
                            const Growing *other, Belongs belongs)
{
    return assembly_is_same_person(series->assembly, founder_of(one),
                                   founder_of(other)) &&
           are_disjoint(series, one, other) && belongs(series, one, other);
}

static void merge(Series *series, int into, int from)
{
    Growing *dead = growing_of(series, from);

    for (unsigned i = 0; i < dead->records->len; i++)
        add_record(series, into, g_array_index(dead->records, unsigned, i));
    g_array_set_size(dead->records, 0);
    dead->is_dead = true;
}

static int compare_founders(gconstpointer one, gconstpointer other,
                            gpointer data)
{
    const Series *series = data;
    const Growing *left = growing_of(series, *(const int *)one);
    const Growing *right = growing_of(series, *(const int *)other);
    const unsigned left_first = founder_of(left);
    const unsigned right_first = founder_of(right);

    if (left->minor != right->minor)
        return left->minor < right->minor ? -1 : 1;
    return (left_first > right_first) - (left_first < right_first);
}

static GArray *numbered_sets(Series *series)
{
    GArray *sets = g_array_new(FALSE, FALSE, sizeof(int));

    for (int i = 0; i < (int)series->sets->len; i++) {
        const Growing *set = growing_of(series, i);

        if (!set->is_dead && set->is_numbered)
            g_array_append_val(sets, i);
    }
    g_array_sort_with_data(sets, compare_founders, series);
    return sets;
}

/* The latest fitting one of the sets before. */
static int find_sibling(const Series *series, const GArray *earlier, int set,
                        Belongs belongs)
{
    const unsigned last = earlier->len;
    const unsigned least = last > CANDIDATES_MAX ? last - CANDIDATES_MAX : 0;

    for (unsigned i = last; i-- > least;) {
        const int other = g_array_index(earlier, int, i);

        if (belong_together(series, growing_of(series, other),
                            growing_of(series, set), belongs))
            return other;
    }
    return ASSEMBLY_NONE;
}

static void find_by_name(Series *series, Belongs belongs)
{
    g_autoptr(GArray) sets = numbered_sets(series);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);

    for (unsigned i = 0; i < sets->len; i++) {
        const int set = g_array_index(sets, int, i);
        g_autofree char *signature =
            signature_of(series, growing_of(series, set));
        GArray *earlier = g_hash_table_lookup(seen, signature);

        if (earlier == NULL) {
            earlier = g_array_new(FALSE, FALSE, sizeof(int));
            g_hash_table_insert(seen, g_steal_pointer(&signature), earlier);
        }

        const int sibling = find_sibling(series, earlier, set, belongs);

        if (sibling != ASSEMBLY_NONE)
            merge(series, sibling, set);
        else
            g_array_append_val(earlier, set);
    }
}

/* "v5.1" is rare enough to look for it first. */
static bool has_minors(const Series *series)
{
    for (unsigned i = 0; i < series->sets->len; i++) {
        const Growing *set = series->sets->pdata[i];

        if (!set->is_dead && set->minor > 0)
            return true;
    }
    return false;
}

/* --- covers of another total ------------------------------------------ */

/* "0/7" over "1/8 ... 8/8", or "v2 0/7" over "1/7 ... 7/7": the set that the
 * record, alone in a set, covers all the same. */
static bool is_adoptable(const Series *series, int cover, int set)
{
    const Growing *parent = growing_of(series, cover);
    const Growing *child = growing_of(series, set);
    const PatchSubject *above = subject_of(series, founder_of(parent));
    const PatchSubject *below = subject_of(series, founder_of(child));

    if (child->is_dead || child->has_cover || !child->is_numbered ||
        child->is_pull != parent->is_pull)
        return false;
    if (above->version != below->version && above->has_version &&
        below->has_version)
        return false;
    return assembly_is_same_person(series->assembly, founder_of(parent),
                                   founder_of(child)) &&
           are_disjoint(series, parent, child) &&
           are_near(series, parent, child);
}

/* Does any part of it say its version? */
static bool is_versioned(const Series *series, const Growing *set)
{
    for (unsigned i = 0; i < set->records->len; i++) {
        if (subject_of(series, g_array_index(set->records, unsigned, i))
                ->has_version)
            return true;
    }
    return false;
}

/* Where only what joins a set says the version. */
static void take_version(const Series *series, int into, int from)
{
    Growing *set = growing_of(series, into);
    const Growing *joining = growing_of(series, from);

    if (is_versioned(series, set))
        return;
    set->version = joining->version;
    set->minor = joining->minor;
}

static bool is_lone_cover(const Series *series, int set)
{
    const Growing *growing = growing_of(series, set);

    return !growing->is_dead && growing->records->len == 1 &&
           growing->has_cover;
}

static void find_adopted(Series *series)
{
    const Assembly *assembly = series->assembly;

    for (unsigned i = 0; i < assembly->count; i++) {
        const int set = series->set_of[i];
        const int parent = assembly->parents[i];
        const int cover =
            parent == ASSEMBLY_NONE ? ASSEMBLY_NONE : series->set_of[parent];

        if (set == ASSEMBLY_NONE || cover == ASSEMBLY_NONE || set == cover ||
            !is_lone_cover(series, cover) || !is_adoptable(series, cover, set))
            continue;
        growing_of(series, cover)->total = growing_of(series, set)->total;
        take_version(series, cover, set);
        merge(series, cover, set);
    }
}

/* --- covers that were sent twice --------------------------------------- */

/* A cover by itself, and another of the same name within minutes: something
 * broke off, and all was sent again. */
static bool is_twin(const Series *series, const Growing *cover,
                    const Growing *other)
{
    return other->has_cover && !other->is_dead &&
           other->is_pull == cover->is_pull &&
           other->version == cover->version && other->minor == cover->minor &&
           (other->total == cover->total || other->records->len > 1) &&
           time_between(cover, other) <= APART_MS &&
           assembly_is_same_person(series->assembly, founder_of(cover),
                                   founder_of(other));
}

static const char *cover_title(const Series *series, const Growing *set)
{
    for (unsigned i = 0; i < set->records->len; i++) {
        const unsigned record = g_array_index(set->records, unsigned, i);

        if (is_cover(series, record))
            return subject_of(series, record)->title;
    }
    return "";
}

/* The set that a lone cover came for; of two lone ones the second goes. */
static int find_twin(const Series *series, const GArray *namesakes, int set)
{
    for (unsigned i = 0; i < namesakes->len && i < CANDIDATES_MAX; i++) {
        const int other = g_array_index(namesakes, int, i);

        if (other != set && (other < set || !is_lone_cover(series, other)) &&
            is_twin(series, growing_of(series, set), growing_of(series, other)))
            return other;
    }
    return ASSEMBLY_NONE;
}

static GHashTable *index_covers(const Series *series)
{
    GHashTable *covers = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                               (GDestroyNotify)g_array_unref);

    for (int i = 0; i < (int)series->sets->len; i++) {
        const Growing *set = growing_of(series, i);
        const char *title;
        GArray *sets;

        if (set->is_dead || !set->has_cover)
            continue;
        title = cover_title(series, set);
        sets = g_hash_table_lookup(covers, title);
        if (sets == NULL) {
            sets = g_array_new(FALSE, FALSE, sizeof(int));
            g_hash_table_insert(covers, (gpointer)(uintptr_t)title, sets);
        }
        g_array_append_val(sets, i);
    }
    return covers;
}

static void find_twins(Series *series)
{
    g_autoptr(GHashTable) covers = index_covers(series);

    for (int i = 0; i < (int)series->sets->len; i++) {
        int twin;

        if (!is_lone_cover(series, i))
            continue;
        twin =
            find_twin(series,
                      g_hash_table_lookup(
                          covers, cover_title(series, growing_of(series, i))),
                      i);
        if (twin != ASSEMBLY_NONE)
            merge(series, twin, i);
    }
}

/* --- covers without a tag ---------------------------------------------- */

/* The version of what only its place shows to be a cover: "own pages v2" above
 * "[PATCH 1/4]" of the same person; 0 if there is none. */
static unsigned untagged_version(const Series *series, unsigned part)
{
    const Assembly *assembly = series->assembly;
    const int above = assembly->parents[part];
    const PatchSubject *subject;

    if (above == ASSEMBLY_NONE || assembly->kinds[above] != POST_OTHER ||
        !assembly_is_same_person(assembly, part, (unsigned)above) ||
        !assembly->records[above].has_date ||
        ABS(assembly->records[part].date - assembly->records[above].date) >
            APART_MS / 1000)
        return 0;
    subject = subject_of(series, (unsigned)above);
    return subject->is_reply || subject->is_forward
               ? 0
               : patch_subject_closing_version(subject);
}

static void find_untagged(Series *series)
{
    for (unsigned i = 0; i < series->sets->len; i++) {
        Growing *set = growing_of(series, (int)i);
        unsigned version = 0;

        if (set->is_dead || set->is_pull || set->has_cover ||
            !set->is_numbered || set->total < 2 || is_versioned(series, set))
            continue;
        for (unsigned j = 0; j < set->records->len && version == 0; j++)
            version = untagged_version(
                series, g_array_index(set->records, unsigned, j));
        if (version > 0)
            set->version = version;
    }
}

/* --- parts that came on top ------------------------------------------- */

/* The set above all records of a set, if it is one. */
static int find_above(const Series *series, int set)
{
    const Growing *growing = growing_of(series, set);
    const int *parents = series->assembly->parents;
    int found = ASSEMBLY_NONE;

    for (unsigned i = 0; i < growing->records->len; i++) {
        int above = parents[g_array_index(growing->records, unsigned, i)];

        for (unsigned step = 0; above != ASSEMBLY_NONE && step < STEPS_MAX &&
                                (series->set_of[above] == ASSEMBLY_NONE ||
                                 series->set_of[above] == set);
             step++)
            above = parents[above];
        if (above == ASSEMBLY_NONE || series->set_of[above] == ASSEMBLY_NONE ||
            (found != ASSEMBLY_NONE && series->set_of[above] != found))
            return ASSEMBLY_NONE;
        found = series->set_of[above];
    }
    return found;
}

/* "[PATCH 2/3]" between "v2 1/3" and "v2 3/3": sent along, the version was
 * forgotten. */
static bool is_forgetful(const Series *series, int set, int above)
{
    const Growing *below = growing_of(series, set);
    const Growing *whole = growing_of(series, above);

    return below->is_numbered && whole->is_numbered &&
           below->is_pull == whole->is_pull && below->total == whole->total &&
           below->version != whole->version &&
           is_versioned(series, below) != is_versioned(series, whole) &&
           time_between(below, whole) <= APART_MS &&
           are_disjoint(series, whole, below) &&
           assembly_is_same_person(series->assembly, founder_of(below),
                                   founder_of(whole));
}

static void find_forgetful(Series *series)
{
    for (int i = 0; i < (int)series->sets->len; i++) {
        if (growing_of(series, i)->is_dead)
            continue;

        const int above = find_above(series, i);

        if (above == ASSEMBLY_NONE || !is_forgetful(series, i, above))
            continue;
        take_version(series, above, i);
        merge(series, above, i);
    }
}

/* "8/8" below a series of seven that has its seven. */
static bool is_extra(const Series *series, int set, int whole)
{
    const Growing *growing = growing_of(series, set);
    const Growing *above = growing_of(series, whole);
    const PatchSubject *subject = subject_of(series, founder_of(growing));

    return growing->records->len == 1 && growing->is_numbered &&
           above->is_numbered && !growing->is_pull && !above->is_pull &&
           growing->version == above->version &&
           subject->number > above->total &&
           subject->number >= subject->total &&
           above->records->len >= above->total + above->has_cover &&
           assembly_is_same_person(series->assembly, founder_of(growing),
                                   founder_of(above));
}

static void find_extras(Series *series)
{
    for (int i = 0; i < (int)series->sets->len; i++) {
        if (growing_of(series, i)->is_dead)
            continue;

        const int above = find_above(series, i);

        if (above != ASSEMBLY_NONE && is_extra(series, i, above))
            merge(series, above, i);
    }
}

/* --- partial re-rolls ------------------------------------------------- */

/* Less than all of a later version, without a cover, of the same length. */
static bool is_reroll(const Series *series, int set, int older)
{
    const Growing *growing = growing_of(series, set);
    const Growing *replaced = growing_of(series, older);

    return !growing->has_cover && growing->is_numbered && growing->total > 1 &&
           growing->records->len < growing->total &&
           growing->total == replaced->total &&
           growing->is_pull == replaced->is_pull &&
           growing->version > replaced->version &&
           replaced->records->len > growing->records->len &&
           assembly_is_same_person(series->assembly, founder_of(growing),
                                   founder_of(replaced));
}

/* Another set of the same version, total and people: the parts are its. */
static int find_rest(const Series *series, int set)
{
    const Growing *growing = growing_of(series, set);

    for (int i = 0; i < (int)series->sets->len; i++) {
        const Growing *other = growing_of(series, i);

        if (i == set || other->is_dead || other->version != growing->version ||
            other->total != growing->total || !other->is_numbered ||
            !assembly_is_same_person(series->assembly, founder_of(other),
                                     founder_of(growing)))
            continue;
        if (series->assembly->threads[founder_of(other)] ==
                series->assembly->threads[founder_of(growing)] &&
            are_disjoint(series, other, growing))
            return i;
    }
    return ASSEMBLY_NONE;
}

static void find_rerolls(Series *series)
{
    for (int i = 0; i < (int)series->sets->len; i++) {
        if (growing_of(series, i)->is_dead)
            continue;

        const int older = find_above(series, i);

        if (older == ASSEMBLY_NONE || !is_reroll(series, i, older))
            continue;

        const int rest = find_rest(series, i);

        merge(series, rest == ASSEMBLY_NONE ? older : rest, i);
    }
}

/* --- into the assembly ------------------------------------------------ */

/* A number may come again: by a re-roll with a later minor version. */
static int compare_members(gconstpointer one, gconstpointer other)
{
    const AssemblyMember *left = one, *right = other;

    if (left->number != right->number)
        return left->number < right->number ? -1 : 1;
    if (left->minor != right->minor)
        return left->minor < right->minor ? -1 : 1;
    return (left->record > right->record) - (left->record < right->record);
}

/* Unnumbered patches of a pull request are numbered as they came. */
static unsigned number_of(const Series *series, const Growing *set,
                          unsigned record, unsigned *next)
{
    const PatchSubject *subject = subject_of(series, record);

    if (subject->has_number)
        return subject->number;
    if (!set->is_pull)
        return 1;
    return is_pull(series, record) ? 0 : (*next)++;
}

static GArray *members_of(const Series *series, const Growing *set)
{
    GArray *members = g_array_new(FALSE, FALSE, sizeof(AssemblyMember));
    unsigned next = 1;

    for (unsigned i = 0; i < set->records->len; i++) {
        const unsigned record = g_array_index(set->records, unsigned, i);
        const PatchSubject *subject = subject_of(series, record);
        AssemblyMember member = { .record = record };

        member.number = number_of(series, set, record, &next);
        /* v3 2/7 in v2 comes after v2's own. */
        member.minor = subject->version > set->version ? subject->minor + 1
                                                       : subject->minor;
        g_array_append_val(members, member);
    }
    g_array_sort(members, compare_members);
    return members;
}

/* Patches of a pull request say their total, it does not. */
static unsigned total_of(const Series *series, const Growing *set,
                         const GArray *members)
{
    const AssemblyMember *last =
        &g_array_index(members, AssemblyMember, members->len - 1);
    const PatchSubject *subject = subject_of(series, last->record);

    if (!set->is_pull || subject_of(series, founder_of(set))->has_number)
        return set->total;
    return subject->has_number && !is_pull(series, last->record)
               ? subject->total
               : last->number;
}

static void count_parts(AssemblySet *set)
{
    unsigned within = 0, before = 0;

    set->seen = 0;
    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned number =
            g_array_index(set->members, AssemblyMember, i).number;

        if (number == before)
            continue;
        before = number;
        set->seen++;
        within += number <= set->total;
    }
    set->is_complete = within == set->total;
}

static AssemblySet *set_of_growing(const Series *series, const Growing *set)
{
    AssemblySet *out = g_new0(AssemblySet, 1);
    const AssemblyMember *head;

    out->members = members_of(series, set);
    head = &g_array_index(out->members, AssemblyMember, 0);
    /* Of covers that came twice, the one with the patches. */
    out->head = head->number == 0 && is_cover(series, founder_of(set))
                    ? founder_of(set)
                    : head->record;
    out->is_pull = set->is_pull;
    out->has_cover = head->number == 0;
    out->version = set->version;
    out->minor = set->minor;
    out->total = total_of(series, set, out->members);
    out->notices = g_array_new(FALSE, FALSE, sizeof(unsigned));
    out->older = out->newer = ASSEMBLY_NONE;
    out->first_answer = out->first_review = ASSEMBLY_NONE;
    out->applied = out->pull = ASSEMBLY_NONE;
    count_parts(out);
    return out;
}

static int compare_heads(gconstpointer one, gconstpointer other)
{
    const unsigned left = (*(const AssemblySet *const *)one)->head;
    const unsigned right = (*(const AssemblySet *const *)other)->head;

    return (left > right) - (left < right);
}

static void hand_over(Series *series)
{
    Assembly *assembly = series->assembly;

    for (unsigned i = 0; i < series->sets->len; i++) {
        const Growing *set = series->sets->pdata[i];

        if (!set->is_dead)
            g_ptr_array_add(assembly->sets, set_of_growing(series, set));
    }
    g_ptr_array_sort(assembly->sets, compare_heads);
    for (unsigned i = 0; i < assembly->sets->len; i++) {
        const AssemblySet *set = assembly->sets->pdata[i];

        for (unsigned j = 0; j < set->members->len; j++)
            assembly->set_of[g_array_index(set->members, AssemblyMember, j)
                                 .record] = (int)i;
    }
}

void series_find(Assembly *assembly)
{
    g_autoptr(GPtrArray) sets = g_ptr_array_new_with_free_func(growing_free);
    Series series = { assembly, sets, assembly->set_of };

    find_by_thread(&series);
    find_by_name(&series, are_one_series);
    if (has_minors(&series))
        find_by_name(&series, is_late_part);
    find_adopted(&series);
    find_twins(&series);
    find_untagged(&series);
    find_forgetful(&series);
    find_extras(&series);
    find_rerolls(&series);
    hand_over(&series);
}
