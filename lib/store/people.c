/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "store/dated.h"
#include "store/internal.h"
#include "store/keys.h"
#include "store/list.h"

#include <string.h>

#include "base/banned.h"

enum {
    PEOPLE_A_COMMAND = 512,
    FIRST_BYTES = 12,
    SAME_BYTES = 3,
    PERSON_DIGEST_BYTES = 8,
};

static void clear_person(gpointer person)
{
    mail_person_clear(person);
}

static const char *next_string(const char **at, const char *end)
{
    const char *start = *at;
    const char *stop = memchr(start, '\0', (size_t)(end - start));

    *at = stop != NULL ? stop + 1 : end;
    return start;
}

/* name, NUL, address, and NUL, raw if raw is not " name <address>". */
static void take_person(const Reply *value, MailPerson *person)
{
    if (!reply_is_string(value)) {
        *person = (MailPerson){ g_strdup(""), g_strdup(""), g_strdup("") };
        return;
    }
    const char *at = value->str, *end = value->str + value->len;
    person->name = g_strdup(next_string(&at, end));
    const char *address = at;
    const char *stop = memchr(at, '\0', (size_t)(end - at));
    person->address = g_strdup(address);
    person->raw = stop != NULL ? g_strndup(stop + 1, (size_t)(end - stop) - 1)
                               : g_strdup_printf(" %s <%s>", person->name,
                                                 person->address);
}

static void add_people_command(Batch *batch, const char *list, const char *key,
                               const uint32_t *people, unsigned count)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(words, g_strdup("HMGET"));
    g_ptr_array_add(words, g_strdup(key));
    for (unsigned i = 0; i < count; i++)
        g_ptr_array_add(words, g_strdup_printf("%u", people[i]));
    batch_add(batch, list, (int)words->len, (const char *const *)words->pdata,
              NULL);
}

GArray *list_people(Store *store, const char *list, const uint32_t *people,
                    unsigned count, GError **error)
{
    g_autofree char *key = keys_of_list(list, "people");
    g_autoptr(Batch) batch = batch_new();
    g_autoptr(GArray) found =
        g_array_sized_new(FALSE, TRUE, sizeof(MailPerson), count);

    g_array_set_clear_func(found, clear_person);
    for (unsigned at = 0; at < count; at += PEOPLE_A_COMMAND)
        add_people_command(batch, list, key, people + at,
                           MIN(count - at, (unsigned)PEOPLE_A_COMMAND));
    if (!router_run_good(store->router, batch, error))
        return NULL;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        const Reply *reply = batch_reply(batch, i);
        for (size_t j = 0; j < reply->elements; j++) {
            MailPerson person;
            take_person(reply->element[j], &person);
            g_array_append_val(found, person);
        }
    }
    return g_steal_pointer(&found);
}

/* HMGET with the digests of addresses, which are bytes. */
static void add_addresses_command(Batch *batch, const char *list,
                                  const char *key, const char *const *addresses,
                                  unsigned count)
{
    g_autofree char *digests = g_malloc((size_t)count * PERSON_DIGEST_BYTES);
    g_autofree const char **words = g_new(const char *, (size_t)count + 2);
    g_autofree size_t *lengths = g_new(size_t, (size_t)count + 2);

    words[0] = "HMGET";
    words[1] = key;
    lengths[0] = strlen(words[0]);
    lengths[1] = strlen(key);
    for (unsigned i = 0; i < count; i++) {
        char *digest = digests + (size_t)i * PERSON_DIGEST_BYTES;

        keys_person_digest(addresses[i], digest);
        words[i + 2] = digest;
        lengths[i + 2] = PERSON_DIGEST_BYTES;
    }
    batch_add(batch, list, (int)count + 2, words, lengths);
}

GArray *list_people_of(Store *store, const char *list,
                       const char *const *addresses, unsigned count,
                       GError **error)
{
    g_autofree char *key = keys_of_list(list, "address");
    g_autoptr(Batch) batch = batch_new();
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned at = 0; at < count; at += PEOPLE_A_COMMAND)
        add_addresses_command(batch, list, key, addresses + at,
                              MIN(count - at, (unsigned)PEOPLE_A_COMMAND));
    if (!router_run_good(store->router, batch, error))
        return NULL;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        const Reply *reply = batch_reply(batch, i);
        for (size_t j = 0; j < reply->elements; j++) {
            const Reply *element = reply->element[j];
            const uint32_t number =
                reply_is_string(element)
                    ? (uint32_t)g_ascii_strtoull(element->str, NULL, 10)
                    : 0;
            g_array_append_val(found, number);
        }
    }
    return g_steal_pointer(&found);
}

static int64_t get_first(BytesReader *reader)
{
    const uint64_t value = bytes_get(reader, FIRST_BYTES / 2);

    return value != 0 ? (int64_t)value : INT64_MAX;
}

/* Returns the number that stands for all people with the same address. */
static uint32_t same_as(const Reply *same, uint32_t person)
{
    const size_t at = (size_t)(person - 1) * SAME_BYTES;
    uint32_t number = 0;

    if (!reply_is_string(same) || at + SAME_BYTES > same->len)
        return person;
    memcpy(&number, same->str + at, SAME_BYTES);
    return GUINT32_FROM_LE(number);
}

static unsigned same_count(const Reply *same)
{
    return reply_is_string(same) ? (unsigned)(same->len / SAME_BYTES) : 0;
}

/* Counts the different headers From with each address, by the number that
 * stands for it; 0 if none of people has the address. Owned. */
static uint32_t *count_forms(const Reply *same, const uint32_t *people,
                             unsigned count)
{
    const unsigned last = same_count(same);
    uint32_t *forms = g_new0(uint32_t, (size_t)last + 1);
    g_autofree bool *is_asked = g_new0(bool, (size_t)last + 1);

    for (unsigned i = 0; i < count; i++)
        is_asked[MIN(same_as(same, people[i]), last)] = true;
    for (uint32_t person = 1; person <= last; person++) {
        const uint32_t first = MIN(same_as(same, person), last);

        forms[first] += is_asked[first];
    }
    return forms;
}

GArray *list_people_alike(Store *store, const char *list,
                          const uint32_t *people, unsigned count, unsigned min,
                          GError **error)
{
    g_autofree char *key = keys_of_list(list, "same");
    g_autoptr(Batch) batch = batch_new();

    batch_add_words(batch, list, "GET", key, NULL);
    if (!router_run_good(store->router, batch, error))
        return NULL;
    const Reply *same = batch_reply(batch, 0);
    const unsigned last = same_count(same);
    g_autofree uint32_t *forms = count_forms(same, people, count);
    GArray *alike = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (uint32_t person = 1; person <= last; person++)
        if (forms[MIN(same_as(same, person), last)] >= min)
            g_array_append_val(alike, person);
    return alike;
}

static void take_firsts(const Reply *firsts, uint32_t person, GArray *found)
{
    const size_t at = (size_t)(person - 1) * FIRST_BYTES;
    const size_t left =
        reply_is_string(firsts) && at < firsts->len ? firsts->len - at : 0;
    BytesReader reader = bytes_reader(left > 0 ? firsts->str + at : NULL, left);
    const int64_t sent = get_first(&reader);
    const int64_t wrote = get_first(&reader);

    g_array_append_val(found, sent);
    g_array_append_val(found, wrote);
}

static GArray *firsts_by_date(Store *store, const char *list, const Reply *same,
                              const uint32_t *people, unsigned count,
                              GError **error)
{
    const Dated *dated = dated_of(store, list, error);

    if (dated == NULL)
        return NULL;

    const uint32_t last = MAX(dated_last_person(dated), same_count(same));
    g_autofree uint32_t *standing = g_new0(uint32_t, (size_t)last + 1);
    g_autofree int64_t *firsts = g_new(int64_t, 2 * ((size_t)last + 1));
    GArray *found = g_array_sized_new(FALSE, TRUE, sizeof(int64_t), 2 * count);

    for (uint32_t person = 0; person <= last; person++) {
        standing[person] = person > 0 ? MIN(same_as(same, person), last) : 0;
        firsts[(size_t)2 * person] = firsts[(size_t)2 * person + 1] = INT64_MAX;
    }
    dated_note_firsts(dated, standing, firsts);
    for (unsigned i = 0; i < count; i++) {
        static const int64_t none[2] = { INT64_MAX, INT64_MAX };

        g_array_append_vals(
            found,
            people[i] <= last ? &firsts[(size_t)2 * standing[people[i]]] : none,
            2);
    }
    return found;
}

GArray *list_firsts(Store *store, const char *list, const uint32_t *people,
                    unsigned count, GError **error)
{
    g_autofree char *firsts_key = keys_of_list(list, "firsts");
    g_autofree char *same_key = keys_of_list(list, "same");
    g_autoptr(Batch) batch = batch_new();

    batch_add_words(batch, list, "GET", firsts_key, NULL);
    batch_add_words(batch, list, "GET", same_key, NULL);
    if (!router_run_good(store->router, batch, error))
        return NULL;
    const Reply *firsts = batch_reply(batch, 0);
    const Reply *same = batch_reply(batch, 1);

    if (store->dated != NULL)
        return firsts_by_date(store, list, same, people, count, error);

    GArray *found = g_array_sized_new(FALSE, TRUE, sizeof(int64_t), 2 * count);
    for (unsigned i = 0; i < count; i++)
        take_firsts(firsts, same_as(same, people[i]), found);
    return found;
}
