/* SPDX-License-Identifier: MIT */
#include "digest/filter.h"

#include "digest/present.h"
#include "sets/state.h"

#include <fnmatch.h>
#include <string.h>

#include "base/banned.h"

static const char *const state_names[] = {
    [FILTER_NEW] = "new",         [FILTER_UPDATED] = "updated",
    [FILTER_RESENT] = "resent",   [FILTER_RFC] = "rfc",
    [FILTER_PULL] = "pull",       [FILTER_APPLIED] = "applied",
    [FILTER_WAITING] = "waiting", [FILTER_SUPERSEDED] = "superseded",
};

bool filter_state_parse(const char *name, FilterState *state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(state_names); i++) {
        if (g_ascii_strcasecmp(state_names[i], name) == 0) {
            *state = (FilterState)i;
            return true;
        }
    }
    return false;
}

const char *filter_state_names(void)
{
    return "new, updated, resent, rfc, pull, applied, superseded, waiting";
}

/* --- paths ------------------------------------------------------------ */

static bool is_below(const char *folder, const char *path)
{
    size_t length = strlen(folder);

    while (length > 0 && folder[length - 1] == '/')
        length--;
    return strncmp(folder, path, length) == 0 &&
           (path[length] == '/' || path[length] == '\0');
}

bool filter_path_fits(const char *pattern, const char *path)
{
    if (strpbrk(pattern, "*?[") == NULL)
        return is_below(pattern, path);
    if (strstr(pattern, "**") != NULL)
        return fnmatch(pattern, path, 0) == 0;
    if (g_str_has_suffix(pattern, "/")) {
        g_autofree char *below = g_strconcat(pattern, "*", NULL);

        return fnmatch(below, path, 0) == 0;
    }
    return fnmatch(pattern, path, FNM_PATHNAME) == 0;
}

static bool fits_one(char *const *patterns, const char *path)
{
    for (; patterns != NULL && *patterns != NULL; patterns++) {
        if (filter_path_fits(*patterns, path))
            return true;
    }
    return false;
}

static bool changes_path(const DigestFilter *filter, const PostRecord *record)
{
    for (char **path = record->fields.paths; path != NULL && *path != NULL;
         path++) {
        if (fits_one(filter->paths, *path) &&
            !fits_one(filter->paths_excluded, *path))
            return true;
    }
    return false;
}

static bool set_changes_path(const DigestFilter *filter, const Sets *sets,
                             const PatchSet *set)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned record =
            g_array_index(set->members, SetMember, i).record;

        if (changes_path(filter, &sets->records[record]))
            return true;
    }
    return false;
}

static unsigned count_unknown(const DigestFilter *filter, const Sets *sets)
{
    unsigned count = 0;

    for (unsigned i = 0; filter->paths != NULL && i < sets->count; i++)
        count += sets->kinds[i] == POST_PATCH &&
                 !record_knows(&sets->records[i], RECORD_FIELD_PATHS);
    return count;
}

/* --- people ----------------------------------------------------------- */

static bool address_fits(const char *pattern, const char *address)
{
    return fnmatch(pattern, address, 0) == 0;
}

static bool name_holds(const char *part, const char *name)
{
    g_autofree char *folded = g_utf8_casefold(name, -1);

    return strstr(folded, part) != NULL;
}

/* wanted is folded. Whatever address or name a person used counts. */
static bool is_wanted(const People *people, uint32_t person, const char *wanted)
{
    bool (*fits)(const char *, const char *) =
        strchr(wanted, '@') != NULL ? address_fits : name_holds;
    const bool by_address = fits == address_fits;
    const GArray *numbers = people_numbers(people, person);

    if (fits(wanted, by_address ? people_address(people, person)
                                : people_name(people, person)))
        return true;
    for (unsigned i = 0; numbers != NULL && i < numbers->len; i++) {
        const MailPerson *raw =
            people_raw(people, g_array_index(numbers, uint32_t, i));

        if (raw != NULL && fits(wanted, by_address ? raw->address : raw->name))
            return true;
    }
    return false;
}

/* By person; NULL if nobody is asked for. */
static bool *find_wanted(const People *people, const char *asked)
{
    if (asked == NULL)
        return NULL;

    g_autofree char *wanted = g_utf8_casefold(asked, -1);
    bool *is_one = g_new0(bool, (size_t)people_size(people) + 1);

    for (uint32_t person = 1; person <= people_size(people); person++)
        is_one[person] = is_wanted(people, person, wanted);
    return is_one;
}

/* Of a patch its author, whoever sent it. */
static uint32_t writer_of(const Sets *sets, unsigned record)
{
    return sets_is_part(sets, record)
               ? people_person(sets->people, sets->records[record].author)
               : sets->speakers[record];
}

/* --- sets ------------------------------------------------------------- */

static bool has_tag(Sets *sets, unsigned record, const char *tag)
{
    const PatchSubject *subject = sets_subject(sets, record);

    for (unsigned i = 0; i < subject->tags->len; i++) {
        if (g_ascii_strcasecmp(subject->tags->pdata[i], tag) == 0)
            return true;
    }
    return false;
}

static bool has_state(Sets *sets, const PatchSet *set, FilterState state)
{
    switch (state) {
    case FILTER_ANY:
        return true;
    case FILTER_APPLIED:
        return set->state == SET_APPLIED;
    case FILTER_SUPERSEDED: /* though it was applied as well */
        return set->newer != SETS_NONE;
    case FILTER_WAITING:
        return set->state == SET_WAITING;
    default:
        return (unsigned)present_state(sets, set) == (unsigned)state;
    }
}

typedef struct Judge {
    const DigestFilter *filter;
    Sets *sets;
    bool *authors, *openers; /* by person; NULL: all */
    bool *fits;              /* by set: what is asked of sets holds */
    int thread;              /* SETS_NONE: the thread is not there */
} Judge;

static bool set_fits(const Judge *judge, const PatchSet *set)
{
    const DigestFilter *filter = judge->filter;

    return (judge->openers == NULL ||
            (state_is_open(set->state) &&
             judge->openers[writer_of(judge->sets, set->head)])) &&
           has_state(judge->sets, set, filter->state) &&
           (filter->tag == NULL ||
            has_tag(judge->sets, set->head, filter->tag)) &&
           (filter->paths == NULL ||
            set_changes_path(filter, judge->sets, set));
}

static bool is_in_thread(const Judge *judge, unsigned record)
{
    return judge->filter->thread == 0 ||
           (judge->thread != SETS_NONE &&
            judge->sets->threads[record] == (unsigned)judge->thread);
}

static bool is_by_author(const Judge *judge, unsigned record)
{
    return judge->authors == NULL ||
           judge->authors[writer_of(judge->sets, record)];
}

/* What a post is about: its set, or the one that it answers. */
static bool is_about(const Judge *judge, unsigned record)
{
    const Sets *sets = judge->sets;
    const DigestFilter *filter = judge->filter;
    const bool only_tag = judge->openers == NULL && filter->paths == NULL &&
                          filter->state == FILTER_ANY;
    int set = sets->set_of[record];

    if (set == SETS_NONE && sets->answers[record] != SETS_NONE)
        set = sets->set_of[sets->answers[record]];
    if (set != SETS_NONE && judge->fits[set])
        return true;
    return only_tag &&
           (filter->tag == NULL || has_tag(judge->sets, record, filter->tag));
}

static int thread_of(const Sets *sets, uint64_t link)
{
    const int record = link != 0 ? sets_find(sets, link, SETS_NONE) : SETS_NONE;

    return record == SETS_NONE ? SETS_NONE : (int)sets->threads[record];
}

void filter_judge(const DigestFilter *filter, Sets *sets, FilterResult *result)
{
    g_autofree bool *authors = find_wanted(sets->people, filter->author);
    g_autofree bool *openers = find_wanted(sets->people, filter->open);
    g_autofree bool *fits = g_new0(bool, (size_t)sets->all->len + 1);
    const Judge judge = {
        .filter = filter,
        .sets = sets,
        .authors = authors,
        .openers = openers,
        .fits = fits,
        .thread = thread_of(sets, filter->thread),
    };

    result->posts = g_new0(bool, (size_t)sets->count + 1);
    result->sets = g_new0(bool, (size_t)sets->all->len + 1);
    result->unknown_paths = count_unknown(filter, sets);
    for (unsigned i = 0; i < sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, (int)i);

        fits[i] = set_fits(&judge, set);
        result->sets[i] = fits[i] && is_in_thread(&judge, set->head) &&
                          is_by_author(&judge, set->head);
    }
    for (unsigned i = 0; i < sets->count; i++)
        result->posts[i] = is_in_thread(&judge, i) && is_by_author(&judge, i) &&
                           is_about(&judge, i);
}

void filter_result_clear(FilterResult *result)
{
    g_clear_pointer(&result->posts, g_free);
    g_clear_pointer(&result->sets, g_free);
}
