/* SPDX-License-Identifier: MIT */
#include "sets/crowd.h"

#include "activity/author.h"

#include <string.h>

#include "base/banned.h"

typedef struct CrowdRaw {
    MailPerson raw;
    char *name; /* by the mailmap */
    uint32_t person;
    bool is_known, is_bot;
    uint64_t times;
} CrowdRaw;

typedef struct CrowdPerson {
    char *address;
    GArray *numbers; /* uint32_t */
    bool is_bot;
} CrowdPerson;

struct Crowd {
    const Identity *identity;
    GArray *raws;       /* CrowdRaw, by number */
    GPtrArray *people;  /* CrowdPerson *; index 0 is nobody */
    GHashTable *by_key; /* "address", "address\nname", "\nname" -> index */
};

static void raw_clear(gpointer data)
{
    CrowdRaw *raw = data;

    if (!raw->is_known)
        return;
    mail_person_clear(&raw->raw);
    g_free(raw->name);
}

static void person_free(gpointer data)
{
    CrowdPerson *person = data;

    if (person == NULL)
        return;
    g_free(person->address);
    g_array_unref(person->numbers);
    g_free(person);
}

Crowd *crowd_new(const Identity *identity)
{
    Crowd *crowd = g_new0(Crowd, 1);

    crowd->identity = identity;
    crowd->raws = g_array_new(FALSE, TRUE, sizeof(CrowdRaw));
    g_array_set_clear_func(crowd->raws, raw_clear);
    crowd->people = g_ptr_array_new_with_free_func(person_free);
    g_ptr_array_add(crowd->people, NULL);
    crowd->by_key =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return crowd;
}

void crowd_free(Crowd *crowd)
{
    if (crowd == NULL)
        return;
    g_array_unref(crowd->raws);
    g_ptr_array_unref(crowd->people);
    g_hash_table_unref(crowd->by_key);
    g_free(crowd);
}

static CrowdRaw *raw_of(const Crowd *crowd, uint32_t number)
{
    if (number >= crowd->raws->len)
        return NULL;

    CrowdRaw *raw = &g_array_index(crowd->raws, CrowdRaw, number);

    return raw->is_known ? raw : NULL;
}

static const CrowdPerson *person_of(const Crowd *crowd, uint32_t person)
{
    return person < crowd->people->len ? crowd->people->pdata[person] : NULL;
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

static uint32_t find_person(Crowd *crowd, const char *name, const char *address,
                            const MailPerson *raw)
{
    g_autofree char *key = key_of(name, address, raw);
    const gpointer known = g_hash_table_lookup(crowd->by_key, key);

    if (strcmp(key, "\n") == 0)
        return 0;
    if (known != NULL)
        return GPOINTER_TO_UINT(known);

    CrowdPerson *person = g_new0(CrowdPerson, 1);

    person->address = g_strdup(address);
    person->numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_ptr_array_add(crowd->people, person);
    g_hash_table_insert(crowd->by_key, g_steal_pointer(&key),
                        GUINT_TO_POINTER(crowd->people->len - 1));
    return crowd->people->len - 1;
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

void crowd_add(Crowd *crowd, uint32_t number, const MailPerson *raw)
{
    g_autofree char *name = NULL;
    g_autofree char *address = NULL;

    if (number >= crowd->raws->len)
        g_array_set_size(crowd->raws, number + 1);
    if (raw_of(crowd, number) != NULL)
        return;

    CrowdRaw *known = &g_array_index(crowd->raws, CrowdRaw, number);

    resolve(crowd->identity, raw, &name, &address);
    mail_person_copy(&known->raw, raw);
    known->is_known = true;
    known->is_bot = is_bot(crowd->identity, raw, name, address);
    known->person = find_person(crowd, name, address, raw);
    known->name = g_steal_pointer(&name);
    if (known->person == 0)
        return;

    CrowdPerson *person = crowd->people->pdata[known->person];

    g_array_append_val(person->numbers, number);
    person->is_bot = person->is_bot || known->is_bot;
}

bool crowd_knows(const Crowd *crowd, uint32_t number)
{
    return raw_of(crowd, number) != NULL;
}

void crowd_count(Crowd *crowd, uint32_t number, uint64_t times)
{
    CrowdRaw *raw = raw_of(crowd, number);

    if (raw != NULL)
        raw->times += times;
}

uint32_t crowd_person(const Crowd *crowd, uint32_t number)
{
    const CrowdRaw *raw = raw_of(crowd, number);

    return raw != NULL ? raw->person : 0;
}

static bool is_behind(const Crowd *crowd, uint32_t sender, uint32_t author)
{
    const CrowdRaw *relay = raw_of(crowd, sender);
    const CrowdRaw *behind = raw_of(crowd, author);

    return sender != author && relay != NULL && behind != NULL &&
           author_is_behind(&behind->raw, &relay->raw);
}

uint32_t crowd_speaker(const Crowd *crowd, uint32_t sender, uint32_t author)
{
    return crowd_person(crowd,
                        is_behind(crowd, sender, author) ? author : sender);
}

bool crowd_is_sent_by_bot(const Crowd *crowd, uint32_t sender, uint32_t author)
{
    return crowd_is_bot(crowd, sender) ||
           (crowd_is_bot(crowd, author) && is_behind(crowd, sender, author));
}

uint32_t crowd_size(const Crowd *crowd)
{
    return crowd->people->len - 1;
}

bool crowd_is_bot(const Crowd *crowd, uint32_t number)
{
    const CrowdRaw *raw = raw_of(crowd, number);

    return raw != NULL && raw->is_bot;
}

const MailPerson *crowd_raw(const Crowd *crowd, uint32_t number)
{
    const CrowdRaw *raw = raw_of(crowd, number);

    return raw != NULL ? &raw->raw : NULL;
}

bool crowd_is_same_name(const Crowd *crowd, uint32_t one, uint32_t other)
{
    const MailPerson *left = crowd_raw(crowd, one);
    const MailPerson *right = crowd_raw(crowd, other);

    return left != NULL && right != NULL && *left->name != '\0' &&
           strcmp(left->name, right->name) == 0;
}

/* How often a person's name was written so, by all raw numbers of it. */
static uint64_t times_of(const Crowd *crowd, const CrowdPerson *person,
                         const char *name)
{
    uint64_t times = 0;

    for (unsigned i = 0; i < person->numbers->len; i++) {
        const CrowdRaw *raw =
            raw_of(crowd, g_array_index(person->numbers, uint32_t, i));

        if (raw != NULL && strcmp(raw->name, name) == 0)
            times += raw->times;
    }
    return times;
}

const char *crowd_name(const Crowd *crowd, uint32_t person)
{
    const CrowdPerson *found = person_of(crowd, person);
    const char *best = "";
    uint64_t best_times = 0;

    if (found == NULL)
        return "";
    for (unsigned i = 0; i < found->numbers->len; i++) {
        const CrowdRaw *raw =
            raw_of(crowd, g_array_index(found->numbers, uint32_t, i));

        if (raw == NULL || *raw->name == '\0' || strcmp(raw->name, best) == 0)
            continue;

        const uint64_t times = times_of(crowd, found, raw->name);

        if (*best == '\0' || times > best_times ||
            (times == best_times && strcmp(raw->name, best) < 0)) {
            best = raw->name;
            best_times = times;
        }
    }
    return best;
}

const char *crowd_address(const Crowd *crowd, uint32_t person)
{
    const CrowdPerson *found = person_of(crowd, person);

    return found != NULL ? found->address : "";
}

bool crowd_person_is_bot(const Crowd *crowd, uint32_t person)
{
    const CrowdPerson *found = person_of(crowd, person);

    return found != NULL && found->is_bot;
}

const GArray *crowd_numbers(const Crowd *crowd, uint32_t person)
{
    const CrowdPerson *found = person_of(crowd, person);

    return found != NULL ? found->numbers : NULL;
}

PostKind crowd_kind(const Crowd *crowd, uint32_t sender, uint32_t author,
                    uint8_t kind, uint8_t kind_of_bot)
{
    const bool is_of_bot =
        kind != kind_of_bot && crowd_is_sent_by_bot(crowd, sender, author);
    const uint8_t decided = is_of_bot ? kind_of_bot : kind;

    return decided < POST_KINDS ? (PostKind)decided : POST_OTHER;
}
