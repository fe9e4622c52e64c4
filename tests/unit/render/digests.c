/* SPDX-License-Identifier: MIT */
#include "tests/unit/render/digests.h"

static const char MARK[] = "29a23e72d0000000000000000000000000000000";
static const int64_t START_MS = INT64_C(1759122737000);

static DigestPerson person_of(const char *name, const char *email)
{
    return (DigestPerson){ g_strdup(name), g_strdup(email),
                           g_strdup("Example") };
}

static DigestCount *count_of(const char *name, const char *email,
                             uint64_t count)
{
    DigestCount *row = digest_count_new();

    row->who = person_of(name, email);
    row->count = count;
    row->tags = count;
    row->replies = 1;
    return row;
}

static DigestSet *set_of(DigestState state, const char *title,
                         const char *subject)
{
    static const char *const tags[] = { "kvm" HOSTILE, NULL };
    DigestSet *set = digest_set_new();

    set->state = state;
    set->title = g_strdup(title);
    set->subject = g_strdup(subject);
    set->tags = g_strdupv((char **)(uintptr_t)tags);
    set->author =
        person_of("Zo\xc3\xab Ex\xc3\xa4mple" HOSTILE, "zoe@example.org");
    set->message_id = g_strdup("1@example.org" HOSTILE);
    set->mark = g_strdup(MARK);
    set->url = g_strdup("https://lists.example.org/1@example.org/");
    set->text = g_strdup("\nWhat it does.\n" HOSTILE
                         "\n```\n\tand more\n---\n a.c | 2 +-\n\n");
    set->arrival_ms = START_MS;
    set->has_date = true;
    set->date = START_MS / 1000;
    set->parts_seen = 7;
    set->parts_total = 7;
    set->is_complete = true;
    set->is_entry = true;
    set->reviewed = 3;
    set->files = 1;
    set->insertions = 84;
    set->deletions = 88;
    set->first_reply_seconds = 3600;
    set->age_seconds = 200000;
    return set;
}

static DigestNotice *notice_of(void)
{
    DigestNotice *notice = g_new0(DigestNotice, 1);

    notice->message_id = g_strdup("2@example.org");
    notice->mark = g_strdup(MARK);
    notice->arrival_ms = START_MS;
    notice->by = person_of("Max Maintainer", "max@example.org");
    notice->dialect = PATCH_NOTICE_HUMAN;
    return notice;
}

static void add_sets(Digest *digest)
{
    DigestSet *updated = set_of(DIGEST_UPDATED, "net: do less " HOSTILE,
                                "[PATCH kvm v3 0/7] net: do less " HOSTILE);
    DigestSet *rfc = set_of(DIGEST_RFC, "an idea", "[RFC PATCH] an idea");

    updated->version = 3;
    updated->supersedes = g_strdup("0@example.org");
    updated->applied = notice_of();
    updated->applied_parts = 7;
    updated->applied_by = person_of("Max Maintainer", "max@example.org");
    updated->first_patch =
        set_of(DIGEST_UPDATED, "net: first", "[PATCH kvm v3 1/7] net: first");
    updated->first_patch->version = 3;
    rfc->parts_seen = rfc->parts_total = 1;
    rfc->reviewed = 0;
    g_clear_pointer(&rfc->url, g_free);
    g_ptr_array_add(digest->sets, updated);
    g_ptr_array_add(digest->sets, rfc);
    g_ptr_array_add(digest->applied, updated);
    g_ptr_array_add(digest->waiting, rfc);
}

static void add_people(Digest *digest)
{
    DigestThread *thread = g_new0(DigestThread, 1);
    DigestNewcomer *newcomer = g_new0(DigestNewcomer, 1);
    DigestDay *day = g_new0(DigestDay, 1);

    thread->subject = g_strdup("a long talk " HOSTILE);
    thread->root = g_strdup("3@example.org");
    thread->mark = g_strdup(MARK);
    thread->posts = 12;
    thread->answers = 11;
    thread->people = 4;
    g_ptr_array_add(digest->threads, thread);
    newcomer->who = person_of("", "new@example.org");
    newcomer->subject = g_strdup("[PATCH] my first " HOSTILE);
    newcomer->message_id = g_strdup("4@example.org");
    newcomer->mark = g_strdup(MARK);
    newcomer->is_patch = true;
    newcomer->was_answered = true;
    g_ptr_array_add(digest->newcomers, newcomer);
    day->day = g_strdup("2025-09-29");
    day->posts = 88;
    day->patches = 35;
    day->replies = 50;
    g_ptr_array_add(digest->days, day);
}

static void name_list(Digest *digest)
{
    digest->list_id = g_strdup("kvm.example.org");
    digest->list_name = g_strdup("kvm");
    digest->list_title = g_strdup("KVM");
    digest->timezone = g_strdup("UTC");
    digest->top = 15;
}

/* An hour from START_MS. */
static DigestGap *gap_of(const char *why)
{
    DigestGap *gap = g_new0(DigestGap, 1);

    gap->from_ms = START_MS;
    gap->until_ms = START_MS + INT64_C(3600) * 1000;
    gap->why = g_strdup(why);
    return gap;
}

Digest *digests_full(void)
{
    Digest *digest = digest_new();

    name_list(digest);
    digest->from =
        (DigestEnd){ g_strdup(MARK), g_strdup("59bf583ce"), START_MS - 1000 };
    digest->to = (DigestEnd){ g_strdup(MARK), g_strdup("29a23e72d"),
                              START_MS + 48251000 };
    digest->first_ms = START_MS;
    digest->last_ms = START_MS + 48251000;
    digest->last_mark = g_strdup(MARK);
    digest->totals = (DigestTotals){
        .posts = 88,
        .patches = 35,
        .covers = 3,
        .replies = 50,
        .duplicates = 1,
        .people = 30,
        .authors = 4,
        .new_people = 1,
        .patch_sets = 2,
        .insertions = 84,
        .deletions = 88,
    };
    digest->previous = (DigestTotals){ .posts = 1, .other = 1, .people = 1 };
    digest->has_previous = digest->has_patch_sets = true;
    g_ptr_array_add(digest->domains, count_of("example.org", NULL, 38));
    g_ptr_array_add(digest->contributors,
                    count_of("Zo\xc3\xab " HOSTILE, "zoe@example.org", 38));
    g_ptr_array_add(digest->organisations, count_of("Example", NULL, 38));
    g_ptr_array_add(digest->reviewers, count_of("Max", "max@example.org", 2));
    add_sets(digest);
    add_people(digest);
    g_ptr_array_add(digest->gaps, gap_of("the milter was stopped" HOSTILE));
    return digest;
}

Digest *digests_empty(void)
{
    Digest *digest = digest_new();

    name_list(digest);
    digest->from = (DigestEnd){ NULL, g_strdup("2025-09-29 00:00"), START_MS };
    digest->to =
        (DigestEnd){ NULL, g_strdup("2025-09-30 00:00"), START_MS + 86400000 };
    return digest;
}
