/* SPDX-License-Identifier: MIT */
#include "command/taken.h"

#include "activity/link.h"
#include "command/command.h"
#include "store/maintain.h"

#include <string.h>

#include "base/banned.h"

/* text: of STORE_REPLACE_TEXT. */
static bool erase(Taken *taken, const char *list, const GArray *posts,
                  StoreErasureKind kind, const char *text, GError **error)
{
    const ListSettings *settings = settings_list(taken->rules->settings, list);
    const StoreErasure erasure = {
        .list = list,
        .prefix = settings != NULL ? settings->prefix : "",
        .kind = kind,
        .text = text,
    };
    uint64_t erased = 0;

    if (posts->len == 0)
        return true;
    if (!store_erase_posts(taken->store, &erasure,
                           (const uint32_t *)(void *)posts->data, posts->len,
                           &erased, error))
        return false;
    taken->erased += erased;
    return true;
}

/* --- which posts ---------------------------------------------------------- */

/* What its record would say. False where it was not read. */
static bool read_record(const Activity *activity, PostRecord *record)
{
    return activity->message_id != NULL && *activity->message_id != '\0' &&
           activity->subject != NULL &&
           record_rear_get(activity->record, record);
}

static bool is_sent_alike(const PostRecord *one, const PostRecord *other)
{
    return strcmp(one->message_id, other->message_id) == 0 &&
           strcmp(one->subject, other->subject) == 0 &&
           one->has_date == other->has_date && one->date == other->date;
}

static bool is_by(Taken *taken, const char *list, uint32_t person,
                  const MailPerson *sender, bool *is_same, GError **error)
{
    g_autoptr(GArray) people =
        store_people(taken->store, list, &person, 1, error);

    if (people == NULL)
        return false;
    const MailPerson *stored = &g_array_index(people, MailPerson, 0);
    *is_same = strcmp(stored->name, sender->name) == 0 &&
               strcmp(stored->address, sender->address) == 0;
    return true;
}

typedef bool (*MayBe)(const PostRecord *record, const Activity *activity);

/* The posts that are this mail: Message-ID, Subject, Date and From are the
 * same, since a stranger's mail may have the id of another. may_be tells by the
 * record which of them are wanted, before people are asked for; NULL: all.
 * Array of PostRecord that clears them. */
static GArray *posts_of(Taken *taken, const Activity *activity,
                        const PostRecord *wanted, MayBe may_be, GError **error)
{
    const uint64_t key = link_key(LINK_SELF, link_digest(activity->message_id));
    g_autoptr(StoreFound) found =
        store_find(taken->store, activity->list, &key, 1, error);
    unsigned count = 0;

    if (found == NULL)
        return NULL;
    const uint32_t *numbers = store_found(found, 0, &count);
    g_autoptr(GArray) records =
        store_posts(taken->store, activity->list, numbers, count, error);
    for (unsigned i = records != NULL ? records->len : 0; i-- > 0;) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);
        bool is_same = record->post != 0 && is_sent_alike(record, wanted) &&
                       (may_be == NULL || may_be(record, activity));

        if (is_same && !is_by(taken, activity->list, record->sender,
                              &activity->sender, &is_same, error))
            return NULL;
        if (!is_same)
            g_array_remove_index(records, i);
    }
    return g_steal_pointer(&records);
}

static GArray *numbers_of(const GArray *records)
{
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = 0; i < records->len; i++)
        g_array_append_val(numbers, g_array_index(records, PostRecord, i).post);
    return numbers;
}

/* --- mails that were taken back ------------------------------------------- */

static bool forget_mail(Taken *taken, const Activity *activity, GError **error)
{
    g_auto(PostRecord) wanted = { .post = 0 };

    if (!g_hash_table_contains(taken->lists, activity->list) ||
        !read_record(activity, &wanted))
        return true;
    g_autoptr(GArray) records = posts_of(taken, activity, &wanted, NULL, error);
    if (records == NULL)
        return false;
    g_autoptr(GArray) numbers = numbers_of(records);
    return erase(taken, activity->list, numbers, STORE_FORGET, NULL, error);
}

/* --- an archive that was written anew ------------------------------------- */

/* Commits of an archive arrive at times that no two of them share. */
static bool forget_arrival(Taken *taken, const char *list, int64_t arrival_ms,
                           GError **error)
{
    g_autoptr(GArray) rows =
        store_rows(taken->store, list, arrival_ms, arrival_ms + 1, error);
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    if (rows == NULL)
        return false;
    for (unsigned i = 0; i < rows->len; i++)
        g_array_append_val(posts, g_array_index(rows, PostRow, i).post);
    return erase(taken, list, posts, STORE_FORGET, NULL, error);
}

/* A list that cannot be counted is told of elsewhere. */
static bool pass_over(GError *failure, GError **error)
{
    if (command_is_of_list(failure)) {
        g_error_free(failure);
        return true;
    }
    g_propagate_error(error, failure);
    return false;
}

static bool forget_purged(Taken *taken, int64_t arrival_ms, GError **error)
{
    GHashTableIter iterator;
    void *list = NULL;

    g_hash_table_iter_init(&iterator, taken->lists);
    while (g_hash_table_iter_next(&iterator, &list, NULL)) {
        GError *failure = NULL;

        if (!forget_arrival(taken, list, arrival_ms, &failure) &&
            !pass_over(failure, error))
            return false;
    }
    return true;
}

/* A copy that arrived at another time is no edit. */
static bool may_be_edited(const PostRecord *record, const Activity *activity)
{
    return (record->flags & POST_HAS_TEXT) != 0 &&
           record->arrival_ms == activity->arrival_ms;
}

/* Of a mail that was counted before: its text, if it has another one now. */
static bool replace_edited(Taken *taken, const Activity *activity,
                           GError **error)
{
    g_auto(PostRecord) wanted = { .post = 0 };

    if (!read_record(activity, &wanted))
        return true;
    g_autoptr(GArray) records =
        posts_of(taken, activity, &wanted, may_be_edited, error);
    if (records == NULL)
        return false;
    g_autoptr(GArray) posts = numbers_of(records);
    g_autoptr(GArray) edited = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GPtrArray) texts =
        store_texts(taken->store, activity->list,
                    (const uint32_t *)(void *)posts->data, posts->len, error);
    if (texts == NULL)
        return false;
    for (unsigned i = 0; i < texts->len; i++)
        if (texts->pdata[i] != NULL &&
            g_strcmp0(texts->pdata[i], activity->text) != 0)
            g_array_append_val(edited, g_array_index(posts, uint32_t, i));
    return erase(taken, activity->list, edited,
                 activity->text != NULL ? STORE_REPLACE_TEXT : STORE_DROP_TEXT,
                 activity->text, error);
}

/* Its commit is counted by now if what follows was cut off. */
static bool was_there(const StoreItem *item)
{
    return item->outcome == STORE_DUPLICATE ||
           item->outcome == STORE_DIFFERING || item->outcome == STORE_KNOWN;
}

static bool replace_all_edited(Taken *taken, const Bundle *bundle,
                               GError **error)
{
    for (unsigned i = 0; i < bundle->items->len; i++) {
        const StoreItem *item = &g_array_index(bundle->items, StoreItem, i);
        GError *failure = NULL;

        if (was_there(item) &&
            !replace_edited(taken, item->activity, &failure) &&
            !pass_over(failure, error))
            return false;
    }
    return true;
}

bool taken_back(Taken *taken, const Bundle *bundle, GError **error)
{
    for (unsigned i = 0; i < bundle->taken_back->len; i++) {
        GError *failure = NULL;

        if (!forget_mail(taken, bundle->taken_back->pdata[i], &failure) &&
            !pass_over(failure, error))
            return false;
    }
    if (!taken->is_changed)
        return true;
    return replace_all_edited(taken, bundle, error) &&
           (bundle->purged_ms == 0 ||
            forget_purged(taken, bundle->purged_ms, error));
}
