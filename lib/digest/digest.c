/* SPDX-License-Identifier: MIT */
#include "digest/digest.h"

#include "digest/detail.h"

#include "base/banned.h"

static GPtrArray *array_of(void *free_function)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)free_function);
}

Digest *digest_new(void)
{
    Digest *digest = g_new0(Digest, 1);

    digest->domains = array_of(digest_count_free);
    digest->contributors = array_of(digest_count_free);
    digest->organisations = array_of(digest_count_free);
    digest->reviewers = array_of(digest_count_free);
    digest->sets = array_of(digest_set_free);
    digest->applied = array_of(NULL);
    digest->superseded = array_of(NULL);
    digest->waiting = array_of(NULL);
    digest->others = array_of(digest_set_free);
    digest->older = array_of(digest_set_free);
    digest->threads = array_of(digest_thread_free);
    digest->unanswered = array_of(digest_thread_free);
    digest->posters = array_of(digest_count_free);
    digest->paths = array_of(digest_count_free);
    digest->newcomers = array_of(digest_newcomer_free);
    digest->days = array_of(digest_day_free);
    digest->periods = array_of(digest_period_free);
    digest->zones = array_of(digest_zone_free);
    digest->gaps = array_of(digest_gap_free);
    digest->lists = array_of(digest_list_free);
    digest->asked = array_of(digest_asked_free);
    digest->classic.domains = array_of(digest_count_free);
    digest->classic.contributors = array_of(digest_count_free);
    digest->classic.listed = array_of(g_free);
    digest->classic.entries = array_of(digest_classic_entry_free);
    return digest;
}

static void end_clear(DigestEnd *end)
{
    g_free(end->mark);
    g_free(end->shown);
}

static void classic_clear(DigestClassic *classic)
{
    g_ptr_array_unref(classic->domains);
    g_ptr_array_unref(classic->contributors);
    g_ptr_array_unref(classic->listed);
    g_ptr_array_unref(classic->entries);
}

static void arrays_clear(Digest *digest)
{
    GPtrArray *arrays[] = {
        digest->applied,       digest->waiting,    digest->domains,
        digest->posters,       digest->unanswered, digest->contributors,
        digest->organisations, digest->reviewers,  digest->sets,
        digest->others,        digest->threads,    digest->newcomers,
        digest->days,          digest->gaps,       digest->superseded,
        digest->lists,         digest->older,      digest->periods,
        digest->asked,         digest->paths,      digest->zones,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_ptr_array_unref(arrays[i]);
}

/* NOLINTNEXTLINE(misc-no-recursion): once, an interval before has none */
void digest_free(Digest *digest)
{
    if (digest == NULL)
        return;
    g_free(digest->list_id);
    g_free(digest->list_name);
    g_free(digest->list_title);
    g_free(digest->timezone);
    g_free(digest->last_mark);
    digest_free(digest->before);
    end_clear(&digest->from);
    end_clear(&digest->to);
    arrays_clear(digest);
    classic_clear(&digest->classic);
    if (digest->made_from != NULL)
        digest->free_made_from(digest->made_from);
    g_free(digest);
}

void digest_person_clear(DigestPerson *person)
{
    g_clear_pointer(&person->name, g_free);
    g_clear_pointer(&person->email, g_free);
    g_clear_pointer(&person->organisation, g_free);
}

DigestSet *digest_set_new(void)
{
    DigestSet *set = g_new0(DigestSet, 1);

    set->version = 1;
    set->first_reply_seconds = -1;
    set->first_review_seconds = -1;
    return set;
}

static void set_free_one(DigestSet *set)
{
    g_free(set->title);
    g_strfreev(set->tags);
    g_strfreev(set->lists);
    digest_person_clear(&set->author);
    digest_person_clear(&set->applied_by);
    g_free(set->message_id);
    g_free(set->mark);
    g_free(set->subject);
    g_free(set->text);
    g_free(set->url);
    g_free(set->supersedes);
    g_free(set->superseded_by);
    g_free(set->newer_mark);
    g_clear_pointer(&set->unreviewed, g_array_unref);
    g_strfreev(set->fixes);
    g_free(set->base_commit);
    g_free(set->pull_url);
    g_free(set->pull_ref);
    digest_notice_free(set->applied);
    g_free(set->pull_request);
    g_free(set->first_reply_by);
    digest_detail_free(set->detail);
    g_free(set);
}

void digest_set_free(DigestSet *set)
{
    while (set != NULL) {
        DigestSet *first_patch = set->first_patch;

        set_free_one(set);
        set = first_patch;
    }
}

DigestCount *digest_count_new(void)
{
    return g_new0(DigestCount, 1);
}

void digest_count_free(DigestCount *count)
{
    if (count == NULL)
        return;
    digest_person_clear(&count->who);
    g_free(count);
}

void digest_notice_free(DigestNotice *notice)
{
    if (notice == NULL)
        return;
    g_free(notice->message_id);
    g_free(notice->mark);
    g_free(notice->url);
    digest_person_clear(&notice->by);
    g_free(notice);
}

void digest_thread_free(DigestThread *thread)
{
    if (thread == NULL)
        return;
    digest_person_clear(&thread->by);
    g_free(thread->subject);
    g_free(thread->root);
    g_free(thread->mark);
    g_free(thread->url);
    g_strfreev(thread->lists);
    g_free(thread);
}

void digest_newcomer_free(DigestNewcomer *newcomer)
{
    if (newcomer == NULL)
        return;
    digest_person_clear(&newcomer->who);
    g_free(newcomer->subject);
    g_free(newcomer->message_id);
    g_free(newcomer->mark);
    g_free(newcomer->url);
    g_strfreev(newcomer->lists);
    g_free(newcomer);
}

void digest_day_free(DigestDay *day)
{
    if (day == NULL)
        return;
    g_free(day->day);
    g_free(day);
}

void digest_classic_entry_free(DigestClassicEntry *entry)
{
    if (entry == NULL)
        return;
    g_free(entry->subject);
    g_free(entry->author);
    g_free(entry->text);
    g_free(entry);
}

const char *digest_state_name(DigestState state)
{
    static const char *const names[] = {
        [DIGEST_NEW] = "new",       [DIGEST_UPDATED] = "updated",
        [DIGEST_RESENT] = "resent", [DIGEST_RFC] = "rfc",
        [DIGEST_PULL] = "pull",
    };

    g_assert((unsigned)state < G_N_ELEMENTS(names));
    return names[state];
}

void digest_list_free(DigestList *list)
{
    if (list == NULL)
        return;
    g_free(list->id);
    g_free(list->name);
    g_free(list);
}

void digest_asked_free(DigestAsked *asked)
{
    if (asked == NULL)
        return;
    g_free(asked->name);
    g_free(asked->value);
    g_free(asked);
}

void digest_zone_free(DigestZone *zone)
{
    g_free(zone);
}

void digest_period_free(DigestPeriod *period)
{
    if (period == NULL)
        return;
    g_free(period->name);
    g_free(period);
}

void digest_gap_free(DigestGap *gap)
{
    if (gap == NULL)
        return;
    g_free(gap->why);
    g_free(gap);
}
