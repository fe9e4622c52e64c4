/* SPDX-License-Identifier: MIT */
#include "sets/pulled.h"

#include "activity/link.h"
#include "base/chains.h"

#include "base/banned.h"

/* What is older was not waiting for this pull: titles come again. */
static const int64_t LISTED_AFTER_MS = INT64_C(400) * 24 * 3600 * 1000;

/* What may have been pulled: no cover, nor what came with a pull. */
static bool may_be_listed(const Sets *sets, unsigned record)
{
    return sets->kinds[record] == POST_PATCH &&
           sets->set_of[record] != SETS_NONE &&
           !sets_get(sets, sets->set_of[record])->is_pull;
}

typedef struct Pulls {
    Sets *sets;
    Map *listed;     /* titles that a record lists */
    Chains *records; /* of these titles, those that have them so far */
    Map *authors;    /* number of a person -> link_author() of the name */
} Pulls;

/* Returns false if no record lists any. */
static bool find_listed(const Pulls *pulls)
{
    bool has_any = false;

    for (unsigned i = 0; i < pulls->sets->count; i++) {
        const PostRecord *record = &pulls->sets->records[i];

        for (unsigned j = 0; j < record->listed_count; j++)
            (void)map_add(pulls->listed, record->listed[j].title);
        has_any |= record->listed_count > 0;
    }
    return has_any;
}

static void note_title(const Pulls *pulls, unsigned record)
{
    const uint64_t title = sets_title(pulls->sets, record);

    if (map_get(pulls->listed, title) != NULL)
        chains_add(pulls->records, title, record);
}

/* 0: none. */
static uint32_t author_of(const Pulls *pulls, uint32_t number)
{
    uint32_t author = GPOINTER_TO_UINT(map_get(pulls->authors, number));
    const MailPerson *person;

    if (author != 0)
        return author;
    person = people_raw(pulls->sets->people, number);
    if (person == NULL || *person->name == '\0')
        return 0;
    author = link_author(person->name);
    if (author != 0)
        map_put(pulls->authors, number, GUINT_TO_POINTER(author));
    return author;
}

/* Patchwork does not say who. */
static bool is_by(const Pulls *pulls, unsigned record, uint32_t author)
{
    return author == 0 ||
           author_of(pulls, pulls->sets->records[record].author) == author;
}

static void take_listed(const Pulls *pulls, uint64_t title, unsigned pull,
                        uint32_t author, GArray *pulled)
{
    const PostRecord *records = pulls->sets->records;
    const int64_t first_ms = records[pull].arrival_ms - LISTED_AFTER_MS;

    for (unsigned at = chains_last(pulls->records, title); at != 0;
         at = chains_before(pulls->records, at)) {
        const PulledPatch patch = { pull, chains_number(pulls->records, at) };

        if (records[patch.member].arrival_ms < first_ms)
            return;
        if (is_by(pulls, patch.member, author)) {
            g_array_append_val(pulled, patch);
            return;
        }
    }
}

GArray *pulled_find(Sets *sets)
{
    GArray *pulled = g_array_new(FALSE, FALSE, sizeof(PulledPatch));
    g_autoptr(Map) listed = map_new(NULL);
    g_autoptr(Chains) records = chains_new();
    g_autoptr(Map) authors = map_new(NULL);
    const Pulls pulls = { sets, listed, records, authors };

    if (!find_listed(&pulls))
        return pulled;
    for (unsigned i = 0; i < sets->count; i++) {
        const PostRecord *record = &sets->records[i];

        if (may_be_listed(sets, i))
            note_title(&pulls, i);
        for (unsigned j = 0; j < record->listed_count; j++)
            take_listed(&pulls, record->listed[j].title, i,
                        record->listed[j].author, pulled);
    }
    return pulled;
}
