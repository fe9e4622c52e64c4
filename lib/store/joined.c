/* SPDX-License-Identifier: MIT */
#include "store/joined.h"

#include "store/internal.h"

#include <string.h>

#include "base/banned.h"

void joined_free(Joined *joined)
{
    for (unsigned i = 0; i < joined->count; i++)
        g_free(joined->members[i].list);
    g_free(joined->members);
    g_free(joined);
}

const Joined *joined_find(const Store *store, const char *name)
{
    return store->joined != NULL ? g_hash_table_lookup(store->joined, name)
                                 : NULL;
}

static bool add_member(Store *store, Joined *joined, const char *list,
                       GError **error)
{
    const JoinedMember *before =
        joined->count > 0 ? &joined->members[joined->count - 1] : NULL;
    JoinedMember *member = &joined->members[joined->count];
    StoreListInfo *info = list_info(store, list, false, error);

    if (info == NULL)
        return false;
    member->person_last = (uint32_t)info->people;
    store_list_info_free(info);
    if (!store_last_post(store, list, &member->post_last, error))
        return false;
    member->list = g_strdup(list);
    if (before != NULL) {
        member->post_base = before->post_base + before->post_last;
        member->person_base = before->person_base + before->person_last;
    }
    joined->count++;
    return true;
}

static void joined_release(gpointer joined)
{
    joined_free(joined);
}

bool store_join(Store *store, const char *name, const char *const *lists,
                GError **error)
{
    Joined *joined = g_new0(Joined, 1);

    joined->members =
        g_new0(JoinedMember, g_strv_length((char **)(uintptr_t)lists) + 1);
    for (; *lists != NULL; lists++) {
        if (!add_member(store, joined, *lists, error)) {
            joined_free(joined);
            return false;
        }
    }
    if (store->joined == NULL)
        store->joined = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                              joined_release);
    g_hash_table_insert(store->joined, g_strdup(name), joined);
    return true;
}

/* --- whose a number is ------------------------------------------------ */

static unsigned member_of_post(const Joined *joined, uint32_t post)
{
    unsigned at = joined->count - 1;

    while (at > 0 && post <= joined->members[at].post_base)
        at--;
    return at;
}

static unsigned member_of_person(const Joined *joined, uint32_t person)
{
    unsigned at = joined->count - 1;

    while (at > 0 && person <= joined->members[at].person_base)
        at--;
    return at;
}

unsigned store_joined_index(const Store *store, const char *name, uint32_t post)
{
    const Joined *joined = joined_find(store, name);

    return joined != NULL ? member_of_post(joined, post) : 0;
}

/* Of the numbers that a member knows: which places they have in what was asked,
 * and the numbers as the member has them. */
typedef struct Share {
    GArray *places;  /* unsigned */
    GArray *numbers; /* uint32_t */
} Share;

static void share_clear(Share *share)
{
    g_array_unref(share->places);
    g_array_unref(share->numbers);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Share, share_clear)

static Share share_of(const Joined *joined, unsigned member,
                      const uint32_t *numbers, unsigned count, bool are_posts)
{
    const JoinedMember *own = &joined->members[member];
    const uint32_t base = are_posts ? own->post_base : own->person_base;
    Share share = { g_array_new(FALSE, FALSE, sizeof(unsigned)),
                    g_array_new(FALSE, FALSE, sizeof(uint32_t)) };

    for (unsigned i = 0; i < count; i++) {
        const uint32_t number = numbers[i] - base;

        if ((are_posts ? member_of_post(joined, numbers[i])
                       : member_of_person(joined, numbers[i])) != member)
            continue;
        g_array_append_val(share.places, i);
        g_array_append_val(share.numbers, number);
    }
    return share;
}

static const uint32_t *numbers_of(const Share *share)
{
    return (const uint32_t *)(void *)share->numbers->data;
}

static uint32_t shifted(uint32_t person, const JoinedMember *member)
{
    return person == 0 ? 0 : person + member->person_base;
}

/* Moves what a member returned for its share to its places in all: so many
 * elements for each number. found forgets them, and frees nothing of them. */
static void put_share(GArray *all, const Share *share, GArray *found,
                      unsigned elements)
{
    const size_t size = elements * g_array_get_element_size(found);

    if (share->places->len == 0)
        return;
    for (unsigned i = 0; i < share->places->len; i++)
        memcpy(all->data + g_array_index(share->places, unsigned, i) * size,
               found->data + i * size, size);
    memset(found->data, 0, share->places->len * size);
}

/* Returns an array that has zeros for so many numbers; owned. */
static GArray *array_for(unsigned count, size_t size, GDestroyNotify clear)
{
    GArray *all = g_array_sized_new(FALSE, TRUE, (guint)size, count);

    g_array_set_clear_func(all, clear);
    return g_array_set_size(all, count);
}

/* --- rows ------------------------------------------------------------- */

static bool is_seen(const JoinedMember *member, const PostRow *row)
{
    return row->post <= member->post_last &&
           row->author <= member->person_last &&
           row->sender <= member->person_last;
}

GArray *joined_rows(Store *store, const Joined *joined, int64_t from_ms,
                    int64_t until_ms, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(PostRow));

    for (unsigned i = 0; i < joined->count; i++) {
        const JoinedMember *member = &joined->members[i];
        g_autoptr(GArray) rows =
            list_rows(store, member->list, from_ms, until_ms, error);

        if (rows == NULL)
            return NULL;
        for (unsigned j = 0; j < rows->len; j++) {
            PostRow row = g_array_index(rows, PostRow, j);

            if (!is_seen(member, &row))
                continue;
            row.post += member->post_base;
            row.author = shifted(row.author, member);
            row.sender = shifted(row.sender, member);
            g_array_append_val(all, row);
        }
    }
    g_array_sort(all, store_compare_rows);
    return g_steal_pointer(&all);
}

bool joined_duplicates(Store *store, const Joined *joined, int64_t from_ms,
                       int64_t until_ms, uint64_t *count, GError **error)
{
    *count = 0;
    for (unsigned i = 0; i < joined->count; i++) {
        uint64_t own = 0;

        if (!list_duplicates(store, joined->members[i].list, from_ms, until_ms,
                             &own, error))
            return false;
        *count += own;
    }
    return true;
}

/* --- records ---------------------------------------------------------- */

static void clear_record(gpointer record)
{
    record_post_clear(record);
}

static void shift_record(PostRecord *record, const JoinedMember *member)
{
    if (record->post == 0)
        return;
    record->post += member->post_base;
    record->author = shifted(record->author, member);
    record->sender = shifted(record->sender, member);
    for (unsigned i = 0; i < record->credit_count; i++)
        record->credits[i].person = shifted(record->credits[i].person, member);
}

GArray *joined_posts(const Joined *joined, ListPosts *const *readings,
                     const uint32_t *posts, unsigned count, GError **error)
{
    g_autoptr(GArray) all = array_for(count, sizeof(PostRecord), clear_record);

    for (unsigned i = 0; i < joined->count; i++) {
        g_auto(Share) share = share_of(joined, i, posts, count, true);
        g_autoptr(GArray) records = list_posts_read(
            readings[i], numbers_of(&share), share.numbers->len, error);

        if (records == NULL)
            return NULL;
        for (unsigned j = 0; j < records->len; j++)
            shift_record(&g_array_index(records, PostRecord, j),
                         &joined->members[i]);
        put_share(all, &share, records, 1);
    }
    return g_steal_pointer(&all);
}

static void append_shifted(GArray *to, const StoreFound *found, unsigned key,
                           const JoinedMember *member)
{
    unsigned count;
    const uint32_t *posts = store_found(found, key, &count);

    for (unsigned i = 0; i < count; i++) {
        const uint32_t own = posts[i] + member->post_base;

        if (posts[i] <= member->post_last)
            g_array_append_val(to, own);
    }
}

StoreFound *joined_links(Store *store, const Joined *joined,
                         const uint64_t *keys, unsigned count, GError **error)
{
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)store_found_free);
    g_autoptr(GArray) posts = g_array_new(TRUE, FALSE, sizeof(uint32_t));
    StoreFound *all;

    for (unsigned i = 0; i < joined->count; i++) {
        StoreFound *own =
            list_find(store, joined->members[i].list, keys, count, error);

        if (own == NULL)
            return NULL;
        g_ptr_array_add(found, own);
    }
    all = g_new0(StoreFound, 1);
    all->starts = g_new0(unsigned, (size_t)count + 1);
    for (unsigned key = 0; key < count; key++) {
        for (unsigned i = 0; i < joined->count; i++)
            append_shifted(posts, found->pdata[i], key, &joined->members[i]);
        all->starts[key + 1] = posts->len;
    }
    all->posts =
        (uint32_t *)(void *)g_array_free(g_steal_pointer(&posts), FALSE);
    return all;
}

GPtrArray *joined_texts(Store *store, const Joined *joined,
                        const uint32_t *posts, unsigned count, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_set_size(all, (gint)count);
    for (unsigned i = 0; i < joined->count; i++) {
        g_auto(Share) share = share_of(joined, i, posts, count, true);
        g_autoptr(GPtrArray) texts =
            list_texts(store, joined->members[i].list, numbers_of(&share),
                       share.numbers->len, error);

        if (texts == NULL)
            return NULL;
        for (unsigned j = 0; j < texts->len; j++)
            all->pdata[g_array_index(share.places, unsigned, j)] =
                g_steal_pointer(&texts->pdata[j]);
    }
    return g_steal_pointer(&all);
}

bool joined_note_text(Store *store, const Joined *joined,
                      const PostRecord *record, const char *text,
                      GError **error)
{
    const JoinedMember *member =
        &joined->members[member_of_post(joined, record->post)];
    PostRecord own = *record;

    own.post -= member->post_base;
    return list_note_text(store, member->list, &own, text, error);
}

/* A prefix that posts of two members begin with is ambiguous, unless it is the
 * same mark: an archive may hold several lists. */
bool joined_mark(Store *store, const Joined *joined, const char *prefix,
                 uint32_t *post, GError **error)
{
    unsigned found = 0;

    for (unsigned i = 0; i < joined->count; i++) {
        g_autoptr(GError) failure = NULL;
        uint32_t own = 0;

        if (list_find_mark(store, joined->members[i].list, prefix, &own,
                           &failure)) {
            if (found++ == 0)
                *post = own + joined->members[i].post_base;
        } else if (!g_error_matches(failure, STORE_ERROR,
                                    STORE_ERROR_UNKNOWN)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
    }
    if (found == 1)
        return true;
    g_set_error(error, STORE_ERROR,
                found == 0 ? STORE_ERROR_UNKNOWN : STORE_ERROR_AMBIGUOUS,
                found == 0 ? "%s: no post of these lists has this mark"
                           : "%s: posts of several of these lists have marks "
                             "that begin so",
                prefix);
    return false;
}

/* --- people ----------------------------------------------------------- */

static void clear_person(gpointer person)
{
    mail_person_clear(person);
}

GArray *joined_people(Store *store, const Joined *joined,
                      const uint32_t *people, unsigned count, GError **error)
{
    g_autoptr(GArray) all = array_for(count, sizeof(MailPerson), clear_person);

    for (unsigned i = 0; i < joined->count; i++) {
        g_auto(Share) share = share_of(joined, i, people, count, false);
        g_autoptr(GArray) found =
            list_people(store, joined->members[i].list, numbers_of(&share),
                        share.numbers->len, error);

        if (found == NULL)
            return NULL;
        put_share(all, &share, found, 1);
    }
    return g_steal_pointer(&all);
}

/* Appends the people whom a member knows by these numbers. */
static void append_people(GArray *all, const GArray *numbers,
                          const JoinedMember *member)
{
    for (unsigned i = 0; i < numbers->len; i++) {
        const uint32_t own =
            shifted(g_array_index(numbers, uint32_t, i), member);

        g_array_append_val(all, own);
    }
}

GArray *joined_people_of(Store *store, const Joined *joined,
                         const char *const *addresses, unsigned count,
                         GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = 0; i < joined->count; i++) {
        g_autoptr(GArray) found = list_people_of(store, joined->members[i].list,
                                                 addresses, count, error);

        if (found == NULL)
            return NULL;
        append_people(all, found, &joined->members[i]);
    }
    return g_steal_pointer(&all);
}

GArray *joined_people_alike(Store *store, const Joined *joined,
                            const uint32_t *people, unsigned count,
                            unsigned min, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = 0; i < joined->count; i++) {
        g_auto(Share) share = share_of(joined, i, people, count, false);
        g_autoptr(GArray) found = list_people_alike(
            store, joined->members[i].list, numbers_of(&share),
            share.numbers->len, min, error);

        if (found == NULL)
            return NULL;
        append_people(all, found, &joined->members[i]);
    }
    return g_steal_pointer(&all);
}

GArray *joined_firsts(Store *store, const Joined *joined,
                      const uint32_t *people, unsigned count, GError **error)
{
    g_autoptr(GArray) all = array_for(2 * count, sizeof(int64_t), NULL);

    for (unsigned i = 0; i < joined->count; i++) {
        g_auto(Share) share = share_of(joined, i, people, count, false);
        g_autoptr(GArray) found =
            list_firsts(store, joined->members[i].list, numbers_of(&share),
                        share.numbers->len, error);

        if (found == NULL)
            return NULL;
        put_share(all, &share, found, 2);
    }
    return g_steal_pointer(&all);
}

/* --- the lists -------------------------------------------------------- */

StoreListInfo *joined_info(Store *store, const Joined *joined, const char *name,
                           GError **error)
{
    StoreListInfo *all = g_new0(StoreListInfo, 1);

    all->id = g_strdup(name);
    for (unsigned i = 0; i < joined->count; i++) {
        StoreListInfo *info =
            list_info(store, joined->members[i].list, false, error);

        if (info == NULL) {
            store_list_info_free(all);
            return NULL;
        }
        all->posts += info->posts;
        all->duplicates += info->duplicates;
        all->people += info->people;
        if (info->first_ms > 0 &&
            (all->first_ms == 0 || info->first_ms < all->first_ms))
            all->first_ms = info->first_ms;
        all->last_ms = MAX(all->last_ms, info->last_ms);
        store_list_info_free(info);
    }
    return all;
}

/* Only if all lists do: on a list where they are rare a diff is not a patch. */
bool joined_takes_untagged(Store *store, const Joined *joined,
                           const char *setting, int64_t at_ms, bool *takes,
                           GError **error)
{
    *takes = true;
    for (unsigned i = 0; i < joined->count && *takes; i++) {
        if (!list_takes_untagged(store, joined->members[i].list, setting, at_ms,
                                 takes, error))
            return false;
    }
    return true;
}
