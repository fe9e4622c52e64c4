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
    /* whole names without a word in common, of which each is somebody */
    const char *names[PEOPLE_GATEWAY_NAMES];
    unsigned name_count;
} Person;

struct People {
    const Identity *identity;
    GArray *raws;       /* FromEntry, by number */
    GPtrArray *persons; /* Person *; index 0 is nobody */
    bool takes_untagged;
    GHashTable *gateways; /* addresses under which many write; a set */
    GHashTable *by_key;   /* "address", "address\nname", "\nname" -> index */
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
    people->gateways =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
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
    g_hash_table_unref(people->gateways);
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
static char *key_of(const People *people, const char *name, const char *address,
                    const MailPerson *raw, bool is_behind)
{
    if (*address == '\0' || is_behind ||
        (strchr(name, ' ') != NULL &&
         g_hash_table_contains(people->gateways, address)))
        return g_strconcat("\n", *name != '\0' ? name : raw->raw, NULL);
    if (author_is_via(raw->name) && strcmp(address, raw->address) == 0)
        return g_strconcat(address, "\n", name, NULL);
    return g_strdup(address);
}

/* --- gateways ----------------------------------------------------------- */

/* "(via GitHub)", but Sympa's "(via dev)" speaks for dev@heron.example; and
 * "(Jira)" of jira@heron.example. */
static bool names_service(const char *remark, const char *address)
{
    static const char via[] = "(via ";
    const bool is_via = g_str_has_prefix(remark, via);
    const size_t local = strcspn(address, "@");
    const char *name = remark + (is_via ? strlen(via) : 1);

    return g_str_has_suffix(remark, ")") &&
           is_via != (strlen(name) == local + 1 &&
                      g_ascii_strncasecmp(name, address, local) == 0);
}

/* "Ada Finch (Code Review)" of Gerrit and "Ada Finch (@ada)" of GitLab: the
 * name, owned; NULL if a gateway wrote neither. */
static char *gateway_name(const char *name, const char *address)
{
    const char *open = strrchr(name, '(');
    const bool is_marked = open != NULL && open > name &&
                           (strcmp(open, "(Code Review)") == 0 ||
                            (open[1] == '@' && g_str_has_suffix(open, ")")) ||
                            names_service(open, address));

    return is_marked ? g_strchomp(g_strndup(name, (size_t)(open - name)))
                     : NULL;
}

static bool has_word(const char *text, const char *word, size_t length)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);

    for (char **at = words; *at != NULL; at++)
        if (strlen(*at) == length &&
            g_ascii_strncasecmp(*at, word, length) == 0)
            return true;
    return false;
}

/* Whole names without a word in common: two people. */
static bool are_different(const char *one, const char *other)
{
    if (strchr(one, ' ') == NULL || strchr(other, ' ') == NULL)
        return false;
    while (*one != '\0') {
        const size_t length = strcspn(one, " ");

        if (length > 1 && has_word(other, one, length))
            return false;
        one += length + (one[length] == ' ');
    }
    return true;
}

/* name: lent for as long as the person is there. */
static void note_name(Person *person, const char *name)
{
    if (strchr(name, ' ') == NULL || person->name_count == PEOPLE_GATEWAY_NAMES)
        return;
    for (unsigned i = 0; i < person->name_count; i++)
        if (!are_different(person->names[i], name))
            return;
    person->names[person->name_count++] = name;
}

static uint32_t person_by_key(People *people, char *key, const char *address);

/* Each whole name is a person from now on. */
static void tell_apart(People *people, Person *person)
{
    g_autoptr(GArray) numbers = g_steal_pointer(&person->numbers);

    person->numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_hash_table_add(people->gateways, g_strdup(person->address));
    for (unsigned i = 0; i < numbers->len; i++) {
        const uint32_t number = g_array_index(numbers, uint32_t, i);
        FromEntry *raw = raw_of(people, number);
        Person *own = person;

        if (raw != NULL && strchr(raw->name, ' ') != NULL) {
            raw->person = person_by_key(
                people, g_strconcat("\n", raw->name, NULL), person->address);
            own = people->persons->pdata[raw->person];
        }
        g_array_append_val(own->numbers, number);
    }
}

/* is_behind: a gateway says so itself. */
static uint32_t find_person(People *people, const char *name,
                            const char *address, const MailPerson *raw,
                            bool is_behind)
{
    g_autofree char *key = key_of(people, name, address, raw, is_behind);

    if (strcmp(key, "\n") == 0)
        return 0;
    return person_by_key(people, g_steal_pointer(&key), address);
}

/* key is owned from here on. */
static uint32_t person_by_key(People *people, char *key, const char *address)
{
    const void *known = g_hash_table_lookup(people->by_key, key);

    if (known != NULL) {
        Person *there = people->persons->pdata[GPOINTER_TO_UINT(known)];

        /* of several gateways one and the same, whatever came first */
        if (strcmp(address, there->address) < 0 && *address != '\0') {
            g_free(there->address);
            there->address = g_strdup(address);
        }
        g_free(key);
        return GPOINTER_TO_UINT(known);
    }

    Person *person = g_new0(Person, 1);

    person->address = g_strdup(address);
    person->numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_ptr_array_add(people->persons, person);
    g_hash_table_insert(people->by_key, key,
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
    g_autofree char *behind = gateway_name(name, address);
    const bool is_behind = behind != NULL;
    if (is_behind) {
        g_hash_table_add(people->gateways, g_strdup(address));
        g_free(name);
        name = g_steal_pointer(&behind);
    }
    known->is_bot = is_bot(people->identity, raw, name, address);
    known->person = find_person(people, name, address, raw, is_behind);
    known->name = g_steal_pointer(&name);
    if (known->person == 0)
        return;

    Person *person = people->persons->pdata[known->person];

    g_array_append_val(person->numbers, number);
    person->is_bot = person->is_bot || known->is_bot;
    note_name(person, known->name);
    if (!person->is_bot && *person->address != '\0' &&
        person->name_count == PEOPLE_GATEWAY_NAMES &&
        !g_hash_table_contains(people->gateways, person->address))
        tell_apart(people, person);
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

bool people_is_behind(const People *people, uint32_t sender, uint32_t author)
{
    const FromEntry *relay = raw_of(people, sender);
    const FromEntry *behind = raw_of(people, author);

    return sender != author && relay != NULL && behind != NULL &&
           author_is_behind(&behind->raw, &relay->raw);
}

uint32_t people_speaker_number(const People *people, uint32_t sender,
                               uint32_t author)
{
    return people_is_behind(people, sender, author) ? author : sender;
}

uint32_t people_speaker(const People *people, uint32_t sender, uint32_t author)
{
    return people_person(people, people_speaker_number(people, sender, author));
}

bool people_is_sent_by_bot(const People *people, uint32_t sender,
                           uint32_t author)
{
    return people_is_bot(people, sender) ||
           (people_is_bot(people, author) &&
            people_is_behind(people, sender, author));
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

static bool is_same(uint32_t one, uint32_t other)
{
    return one != 0 && one == other;
}

bool people_is_same_author(const People *people, const PostRecord *one,
                           const PostRecord *other)
{
    if (((one->flags | other->flags) & POST_FROM_LIST) != 0)
        return false;
    return is_same(people_person(people, one->author),
                   people_person(people, other->author)) ||
           is_same(people_speaker(people, one->sender, one->author),
                   people_speaker(people, other->sender, other->author)) ||
           people_is_same_name(people, one->author, other->author);
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

/* Whether a name may stand for the person, if it was written with raw. */
typedef bool (*NameJudge)(const People *people, const Person *person,
                          const FromEntry *raw);

static bool is_counted(const People *people, const Person *person,
                       const FromEntry *raw)
{
    (void)people;
    (void)person;
    return raw->times > 0;
}

/* Addresses that a mailmap says are the same person's are known or not by what
 * else was read; all forms of an address that was counted without a name are
 * known (gather_people). */
static bool has_counted_address(const People *people, const Person *person,
                                const FromEntry *raw)
{
    for (unsigned i = 0; i < person->numbers->len; i++) {
        const FromEntry *other =
            raw_of(people, g_array_index(person->numbers, uint32_t, i));

        if (other != NULL && other->times > 0 &&
            strcmp(other->raw.address, raw->raw.address) == 0)
            return true;
    }
    return false;
}

static bool is_any(const People *people, const Person *person,
                   const FromEntry *raw)
{
    (void)people;
    (void)person;
    (void)raw;
    return true;
}

/* The most frequent of the names that may stand for the person, or "". */
static const char *name_among(const People *people, const Person *person,
                              NameJudge may_stand)
{
    const char *best = "";
    uint64_t best_times = 0;

    for (unsigned i = 0; i < person->numbers->len; i++) {
        const FromEntry *raw =
            raw_of(people, g_array_index(person->numbers, uint32_t, i));

        if (raw == NULL || *raw->name == '\0' || strcmp(raw->name, best) == 0 ||
            !may_stand(people, person, raw))
            continue;

        const uint64_t times = times_of(people, person, raw->name);

        if (*best == '\0' || times > best_times ||
            (times == best_times && strcmp(raw->name, best) < 0)) {
            best = raw->name;
            best_times = times;
        }
    }
    return best;
}

const char *people_name(const People *people, uint32_t person)
{
    static const NameJudge judges[] = { is_counted, has_counted_address,
                                        is_any };
    const Person *found = person_of(people, person);
    const char *name = "";

    for (size_t i = 0;
         found != NULL && *name == '\0' && i < G_N_ELEMENTS(judges); i++)
        name = name_among(people, found, judges[i]);
    return name;
}

/* Nothing of this person was counted: which names are known beside is a matter
 * of what else was read. */
static bool is_uncounted(const People *people, const Person *person)
{
    for (unsigned i = 0; i < person->numbers->len; i++) {
        const FromEntry *raw =
            raw_of(people, g_array_index(person->numbers, uint32_t, i));

        if (raw != NULL && raw->times > 0)
            return false;
    }
    return true;
}

const char *people_name_in(const People *people, uint32_t number)
{
    const FromEntry *raw = raw_of(people, number);
    const Person *found = raw != NULL ? person_of(people, raw->person) : NULL;

    if (found == NULL || *raw->name == '\0')
        return people_name(people, people_person(people, number));

    const bool is_one_of_two =
        strchr(raw->name, ' ') != NULL && found->name_count > 1;

    return is_one_of_two || is_uncounted(people, found)
               ? raw->name
               : people_name(people, raw->person);
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

void people_take_untagged(People *people, bool takes_untagged)
{
    people->takes_untagged = takes_untagged;
}

PostKind people_kind(const People *people, uint32_t sender, uint32_t author,
                     uint8_t kind, uint8_t kind_of_bot)
{
    const bool is_of_bot =
        kind != kind_of_bot && people_is_sent_by_bot(people, sender, author);
    const uint8_t decided = is_of_bot ? kind_of_bot : kind;

    return decided < POST_KINDS
               ? post_kind_decided((PostKind)decided, people->takes_untagged)
               : POST_OTHER;
}

PostKind people_kind_of_row(const People *people, const PostRow *row)
{
    return people_kind(people, row->sender, row->author, row->kind,
                       row->kind_of_bot);
}

PostKind people_kind_of_record(const People *people, const PostRecord *record)
{
    return people_kind(people, record->sender, record->author, record->kind,
                       record->kind_of_bot);
}
