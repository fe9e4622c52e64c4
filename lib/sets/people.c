/* SPDX-License-Identifier: MIT */
#include "sets/people.h"

#include "activity/author.h"

#include <string.h>

#include "base/banned.h"

typedef struct FromEntry {
    MailPerson raw;
    char *name; /* by the mailmap */
    uint32_t person;
    bool is_known, is_bot;
    uint64_t times;
} FromEntry;

typedef struct Person {
    char *address;
    GArray *numbers; /* uint32_t */
    bool is_bot;
} Person;

struct People {
    const Identity *identity;
    GArray *raws;       /* FromEntry, by number */
    GPtrArray *persons; /* Person *; index 0 is nobody */
    GHashTable *by_key; /* "address", "address\nname", "\nname" -> index */
};

static void raw_clear(gpointer data)
{
    FromEntry *raw = data;

    if (!raw->is_known)
        return;
    mail_person_clear(&raw->raw);
    g_free(raw->name);
}

static void person_free(gpointer data)
{
    Person *person = data;

    if (person == NULL)
        return;
    g_free(person->address);
    g_array_unref(person->numbers);
    g_free(person);
}

People *people_new(const Identity *identity)
{
    People *people = g_new0(People, 1);

    people->identity = identity;
    people->raws = g_array_new(FALSE, TRUE, sizeof(FromEntry));
    g_array_set_clear_func(people->raws, raw_clear);
    people->persons = g_ptr_array_new_with_free_func(person_free);
    g_ptr_array_add(people->persons, NULL);
    people->by_key =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return people;
}

void people_free(People *people)
{
    if (people == NULL)
        return;
    g_array_unref(people->raws);
    g_ptr_array_unref(people->persons);
    g_hash_table_unref(people->by_key);
    g_free(people);
}

static FromEntry *raw_of(const People *people, uint32_t number)
{
    if (number >= people->raws->len)
        return NULL;

    FromEntry *raw = &g_array_index(people->raws, FromEntry, number);

    return raw->is_known ? raw : NULL;
}

static const Person *person_of(const People *people, uint32_t person)
{
    return person < people->persons->len ? people->persons->pdata[person]
                                         : NULL;
}

/* An address is one person, whatever the name; without one the name is, and
 * where a list or relay speaks for many, both are. */
static char *key_of(const char *name, const char *address,
                    const MailPerson *raw)
{
    if (*address == '\0')
        return g_strconcat("\n", *name != '\0' ? name : raw->raw, NULL);
    if (author_is_via(raw->name) && strcmp(address, raw->address) == 0)
        return g_strconcat(address, "\n", name, NULL);
    return g_strdup(address);
}

static uint32_t find_person(People *people, const char *name,
                            const char *address, const MailPerson *raw)
{
    g_autofree char *key = key_of(name, address, raw);
    gpointer known = g_hash_table_lookup(people->by_key, key);

    if (strcmp(key, "\n") == 0)
        return 0;
    if (known != NULL)
        return GPOINTER_TO_UINT(known);

    Person *person = g_new0(Person, 1);

    person->address = g_strdup(address);
    person->numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_ptr_array_add(people->persons, person);
    g_hash_table_insert(people->by_key, g_steal_pointer(&key),
                        GUINT_TO_POINTER(people->persons->len - 1));
    return people->persons->len - 1;
}

static void resolve(const Identity *identity, const MailPerson *raw,
                    char **name, char **address)
{
    if (identity != NULL) {
        identity_resolve(identity, raw->name, raw->address, name, address);
        return;
    }
    *name = g_strdup(raw->name);
    *address = g_strdup(raw->address);
}

/* The address as written and the one behind it: a bot stays one whatever a
 * mailmap makes of it. */
static bool is_bot(const Identity *identity, const MailPerson *raw,
                   const char *name, const char *address)
{
    if (identity == NULL)
        return false;
    if (identity_is_bot(identity, raw->name, raw->address))
        return true;
    return (strcmp(address, raw->address) != 0 ||
            strcmp(name, raw->name) != 0) &&
           identity_is_bot(identity, name, address);
}

void people_add(People *people, uint32_t number, const MailPerson *raw)
{
    g_autofree char *name = NULL;
    g_autofree char *address = NULL;

    if (number >= people->raws->len)
        g_array_set_size(people->raws, number + 1);
    if (raw_of(people, number) != NULL)
        return;

    FromEntry *known = &g_array_index(people->raws, FromEntry, number);

    resolve(people->identity, raw, &name, &address);
    mail_person_copy(&known->raw, raw);
    known->is_known = true;
    known->is_bot = is_bot(people->identity, raw, name, address);
    known->person = find_person(people, name, address, raw);
    known->name = g_steal_pointer(&name);
    if (known->person == 0)
        return;

    Person *person = people->persons->pdata[known->person];

    g_array_append_val(person->numbers, number);
    person->is_bot = person->is_bot || known->is_bot;
}

bool people_knows(const People *people, uint32_t number)
{
    return raw_of(people, number) != NULL;
}

void people_count(People *people, uint32_t number, uint64_t times)
{
    FromEntry *raw = raw_of(people, number);

    if (raw != NULL)
        raw->times += times;
}

uint32_t people_person(const People *people, uint32_t number)
{
    const FromEntry *raw = raw_of(people, number);

    return raw != NULL ? raw->person : 0;
}

static bool is_behind(const People *people, uint32_t sender, uint32_t author)
{
    const FromEntry *relay = raw_of(people, sender);
    const FromEntry *behind = raw_of(people, author);

    return sender != author && relay != NULL && behind != NULL &&
           author_is_behind(&behind->raw, &relay->raw);
}

uint32_t people_speaker(const People *people, uint32_t sender, uint32_t author)
{
    return people_person(people,
                         is_behind(people, sender, author) ? author : sender);
}

bool people_is_sent_by_bot(const People *people, uint32_t sender,
                           uint32_t author)
{
    return people_is_bot(people, sender) ||
           (people_is_bot(people, author) && is_behind(people, sender, author));
}

uint32_t people_size(const People *people)
{
    return people->persons->len - 1;
}

bool people_is_bot(const People *people, uint32_t number)
{
    const FromEntry *raw = raw_of(people, number);

    return raw != NULL && raw->is_bot;
}

const MailPerson *people_raw(const People *people, uint32_t number)
{
    const FromEntry *raw = raw_of(people, number);

    return raw != NULL ? &raw->raw : NULL;
}

bool people_is_same_name(const People *people, uint32_t one, uint32_t other)
{
    const MailPerson *left = people_raw(people, one);
    const MailPerson *right = people_raw(people, other);

    return left != NULL && right != NULL && *left->name != '\0' &&
           strcmp(left->name, right->name) == 0;
}

/* How often a person's name was written so, by all raw numbers of it. */
static uint64_t times_of(const People *people, const Person *person,
                         const char *name)
{
    uint64_t times = 0;

    for (unsigned i = 0; i < person->numbers->len; i++) {
        const FromEntry *raw =
            raw_of(people, g_array_index(person->numbers, uint32_t, i));

        if (raw != NULL && strcmp(raw->name, name) == 0)
            times += raw->times;
    }
    return times;
}

const char *people_name(const People *people, uint32_t person)
{
    const Person *found = person_of(people, person);
    const char *best = "";
    uint64_t best_times = 0;

    if (found == NULL)
        return "";
    for (unsigned i = 0; i < found->numbers->len; i++) {
        const FromEntry *raw =
            raw_of(people, g_array_index(found->numbers, uint32_t, i));

        if (raw == NULL || *raw->name == '\0' || strcmp(raw->name, best) == 0)
            continue;

        const uint64_t times = times_of(people, found, raw->name);

        if (*best == '\0' || times > best_times ||
            (times == best_times && strcmp(raw->name, best) < 0)) {
            best = raw->name;
            best_times = times;
        }
    }
    return best;
}

const char *people_address(const People *people, uint32_t person)
{
    const Person *found = person_of(people, person);

    return found != NULL ? found->address : "";
}

bool people_person_is_bot(const People *people, uint32_t person)
{
    const Person *found = person_of(people, person);

    return found != NULL && found->is_bot;
}

const GArray *people_numbers(const People *people, uint32_t person)
{
    const Person *found = person_of(people, person);

    return found != NULL ? found->numbers : NULL;
}

PostKind people_kind(const People *people, uint32_t sender, uint32_t author,
                     uint8_t kind, uint8_t kind_of_bot)
{
    const bool is_of_bot =
        kind != kind_of_bot && people_is_sent_by_bot(people, sender, author);
    const uint8_t decided = is_of_bot ? kind_of_bot : kind;

    return decided < POST_KINDS ? (PostKind)decided : POST_OTHER;
}
