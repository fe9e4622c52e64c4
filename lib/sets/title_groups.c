/* SPDX-License-Identifier: MIT */
#include "sets/title_groups.h"

#include "base/banned.h"

/* Who is meant by a key: a title is told by its author, by the author's name
 * as written (people write from home and from work, and not every list has a
 * mailmap), and by who sent it (the author may be another one in the next
 * version). */
typedef enum Owner { OWNER_AUTHOR, OWNER_NAME, OWNER_SENDER, OWNERS } Owner;

typedef struct Titles {
    Map *titles;       /* digest of a title -> a number */
    Map *names;        /* number of a person in records -> that of the name */
    GHashTable *words; /* names -> a number for each */
    Map *keys;         /* Owner, person or name, and title -> title number */
    uint32_t title_count, count;
} Titles;

static uint64_t number_of_digest(Titles *titles, uint64_t digest)
{
    const unsigned known = GPOINTER_TO_UINT(map_get(titles->titles, digest));

    if (known != 0)
        return known;
    map_put(titles->titles, digest, GUINT_TO_POINTER(++titles->title_count));
    return titles->title_count;
}

static unsigned number_of_words(const Titles *titles, const char *words)
{
    const unsigned known =
        GPOINTER_TO_UINT(g_hash_table_lookup(titles->words, words));

    if (known != 0)
        return known;
    g_hash_table_insert(titles->words, g_strdup(words),
                        GUINT_TO_POINTER(g_hash_table_size(titles->words) + 1));
    return g_hash_table_size(titles->words);
}

/* 0: none. */
static uint64_t number_of_name(const Titles *titles, const Sets *sets,
                               uint32_t author)
{
    unsigned known = GPOINTER_TO_UINT(map_get(titles->names, author));
    const MailPerson *raw;

    if (known != 0)
        return known;
    raw = people_raw(sets->people, author);
    if (raw == NULL || *raw->name == '\0')
        return 0;
    known = number_of_words(titles, raw->name);
    map_put(titles->names, author, GUINT_TO_POINTER(known));
    return known;
}

/* 0: none. */
static uint64_t owner_of(const Titles *titles, const Sets *sets,
                         unsigned record, Owner owner)
{
    const PostRecord *at = &sets->records[record];

    if ((at->flags & POST_FROM_LIST) != 0)
        return 0; /* who cannot be told apart proves nothing */
    if (owner == OWNER_AUTHOR)
        return people_person(sets->people, at->author);
    if (owner == OWNER_SENDER)
        return people_person(sets->people, at->sender);

    return number_of_name(titles, sets, at->author);
}

/* Persons and words are counted from 1, and far fewer than 2^31. */
static uint64_t key_of(Owner owner, uint64_t who, uint64_t title)
{
    return (uint64_t)owner << 62 | who << 31 | title;
}

static uint32_t number_of(const Titles *titles, uint64_t key)
{
    return GPOINTER_TO_UINT(map_get(titles->keys, key));
}

/* One number for all titles that a key, or a chain of keys, says are one; 0
 * for a title that says nothing. */
static uint32_t number_title(Titles *titles, Sets *sets, unsigned record)
{
    uint64_t keys[OWNERS];
    unsigned count = 0;
    uint32_t number = 0;

    if (*patch_subject_title_key(sets_subject(sets, record)) == '\0')
        return 0;

    const uint64_t title = number_of_digest(titles, sets_title(sets, record));

    for (Owner owner = 0; owner < OWNERS; owner++) {
        const uint64_t who = owner_of(titles, sets, record, owner);

        if (who == 0)
            continue;
        keys[count] = key_of(owner, who, title);
        if (number == 0)
            number = number_of(titles, keys[count]);
        count++;
    }
    if (number == 0 && count > 0)
        number = ++titles->count;
    for (unsigned i = 0; i < count; i++) {
        if (number_of(titles, keys[i]) == 0)
            map_put(titles->keys, keys[i], GUINT_TO_POINTER(number));
    }
    return number;
}

uint32_t *title_groups_find(Sets *sets)
{
    Titles titles = {
        .titles = map_new(NULL),
        .names = map_new(NULL),
        .words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .keys = map_new(NULL),
    };
    uint32_t *numbers = g_new0(uint32_t, (size_t)sets->count + 1);

    for (unsigned i = 0; i < sets->count; i++) {
        if (sets->set_of[i] != SETS_NONE)
            numbers[i] = number_title(&titles, sets, i);
    }
    map_free(titles.titles);
    map_free(titles.names);
    g_hash_table_unref(titles.words);
    map_free(titles.keys);
    return numbers;
}
