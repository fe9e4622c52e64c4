/* SPDX-License-Identifier: MIT */
/*
 * The digest for machines: conf/digest.schema.json describes it. Times are in
 * UTC, names never change, what is not known is null. Lossless: what a
 * terminal would act on is escaped as JSON does, not replaced.
 */
#include "base/text.h"
#include "render/renderer.h"
#include "render/value.h"

#include "base/banned.h"

static Value *integer_of(uint64_t value)
{
    return value_integer((int64_t)value);
}

static Value *seconds_of(int64_t seconds)
{
    return seconds < 0 ? value_null() : value_integer(seconds);
}

/* Returns an array of what make returns for each item. */
static Value *items_of(const GPtrArray *items, Value *(*make)(const void *item))
{
    Value *array = value_array();

    for (unsigned i = 0; i < items->len; i++)
        value_append(array, make(items->pdata[i]));
    return array;
}

/* --- list, interval, totals ------------------------------------------- */

static Value *joined_list_of(const void *item)
{
    const DigestList *list = item;
    Value *object = value_object();

    value_set(object, "id", value_text(list->id));
    value_set(object, "name", value_text(list->name));
    value_set(object, "posts", integer_of(list->posts));
    return object;
}

static Value *list_of(const Digest *digest)
{
    Value *list = value_object();

    value_set(list, "id", value_text(digest->list_id));
    value_set(list, "name", value_text(digest->list_name));
    value_set(list, "title", value_text(digest->list_title));
    if (digest->lists->len > 0)
        value_set(list, "lists", items_of(digest->lists, joined_list_of));
    return list;
}

static Value *end_of(const DigestEnd *end)
{
    Value *object = value_object();

    value_set(object, "mark", value_text(end->mark));
    value_set(object, "time", value_instant(end->time_ms));
    return object;
}

static Value *interval_of(const Digest *digest)
{
    Value *interval = value_object();

    value_set(interval, "from", end_of(&digest->from));
    value_set(interval, "to", end_of(&digest->to));
    return interval;
}

static Value *totals_of(const DigestTotals *totals, bool has_patch_sets)
{
    const struct {
        const char *key;
        uint64_t value;
    } numbers[] = {
        { "posts", totals->posts },
        { "patches", totals->patches },
        { "covers", totals->covers },
        { "pulls", totals->pulls },
        { "replies", totals->replies },
        { "notices", totals->notices },
        { "bot_reports", totals->bot_reports },
        { "other", totals->other },
        { "duplicates", totals->duplicates },
        { "malformed", totals->malformed },
        { "people", totals->people },
        { "authors", totals->authors },
        { "new_people", totals->new_people },
    };
    Value *object = value_object();

    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        value_set(object, numbers[i].key, integer_of(numbers[i].value));
    value_set(object, "patch_sets",
              has_patch_sets ? integer_of(totals->patch_sets) : value_null());
    value_set(object, "insertions", integer_of(totals->insertions));
    value_set(object, "deletions", integer_of(totals->deletions));
    return object;
}

/* --- top lists -------------------------------------------------------- */

static Value *person_of(const DigestPerson *person)
{
    Value *object = value_object();

    value_set(object, "name", value_text(person->name));
    value_set(object, "email", value_text(person->email));
    value_set(object, "organisation", value_text(person->organisation));
    return object;
}

static Value *counted_name_of(const char *what, const DigestCount *count)
{
    Value *object = value_object();

    value_set(object, what, value_text(count->who.name));
    value_set(object, "count", integer_of(count->count));
    return object;
}

static Value *domain_of(const DigestCount *count)
{
    return counted_name_of("domain", count);
}

static void set_lines(Value *object, const DigestCount *count)
{
    value_set(object, "insertions", integer_of(count->insertions));
    value_set(object, "deletions", integer_of(count->deletions));
}

static Value *organisation_of(const DigestCount *count)
{
    Value *object = counted_name_of("organisation", count);

    set_lines(object, count);
    return object;
}

static Value *path_of(const DigestCount *count)
{
    Value *object = counted_name_of("path", count);

    set_lines(object, count);
    return object;
}

static Value *counted_person_of(const DigestCount *count)
{
    Value *object = person_of(&count->who);

    value_set(object, "count", integer_of(count->count));
    return object;
}

static Value *contributor_of(const DigestCount *count)
{
    Value *object = counted_person_of(count);

    set_lines(object, count);
    return object;
}

static Value *poster_of(const DigestCount *count)
{
    Value *object = counted_person_of(count);

    value_set(object, "answers", integer_of(count->answers));
    return object;
}

static Value *reviewer_of(const DigestCount *count)
{
    Value *object = value_object();

    value_set(object, "name", value_text(count->who.name));
    value_set(object, "email", value_text(count->who.email));
    value_set(object, "tags", integer_of(count->tags));
    value_set(object, "replies", integer_of(count->replies));
    return object;
}

static Value *top_of(unsigned top, const GPtrArray *counts,
                     Value *(*row_of)(const DigestCount *))
{
    Value *array = value_array();

    for (unsigned i = 0; i < counts->len && i < top; i++)
        value_append(array, row_of(counts->pdata[i]));
    return array;
}

/* --- patch sets ------------------------------------------------------- */

static Value *words_of(char *const *words)
{
    Value *array = value_array();

    for (; words != NULL && *words != NULL; words++)
        value_append(array, value_text(*words));
    return array;
}

/* Of a digest of several lists. */
static void set_lists(Value *object, char *const *lists)
{
    if (lists != NULL)
        value_set(object, "lists", words_of(lists));
}

static Value *head_of(const DigestSet *digest_set, bool with_text)
{
    Value *head = value_object();

    value_set(head, "message_id", value_text(digest_set->message_id));
    value_set(head, "mark", value_text(digest_set->mark));
    value_set(head, "subject", value_text(digest_set->subject));
    value_set(head, "arrival", value_instant(digest_set->arrival_ms));
    value_set(head, "date",
              digest_set->has_date ? value_date(digest_set->date)
                                   : value_null());
    if (with_text)
        value_set(head, "text", value_text(digest_set->text));
    value_set(head, "url", value_text(digest_set->url));
    set_lists(head, digest_set->lists);
    return head;
}

static Value *parts_of(const DigestSet *digest_set)
{
    Value *parts = value_object();

    value_set(parts, "seen", integer_of(digest_set->parts_seen));
    value_set(parts, "total", integer_of(digest_set->parts_total));
    value_set(parts, "complete", value_boolean(digest_set->is_complete));
    return parts;
}

static Value *reviewed_of(const DigestSet *digest_set)
{
    Value *reviewed = value_object();

    value_set(reviewed, "patches", integer_of(digest_set->reviewed));
    value_set(reviewed, "of", integer_of(digest_set->parts_total));
    return reviewed;
}

static Value *numbers_of(const GArray *numbers)
{
    Value *array = value_array();

    for (unsigned i = 0; numbers != NULL && i < numbers->len; i++)
        value_append(array, integer_of(g_array_index(numbers, unsigned, i)));
    return array;
}

static Value *notice_of(const DigestNotice *notice)
{
    if (notice == NULL)
        return value_null();

    Value *object = value_object();

    value_set(object, "message_id", value_text(notice->message_id));
    value_set(object, "mark", value_text(notice->mark));
    value_set(object, "arrival", value_instant(notice->arrival_ms));
    value_set(object, "by", person_of(&notice->by));
    value_set(object, "dialect",
              value_text(patch_notice_name(notice->dialect)));
    value_set(object, "url", value_text(notice->url));
    return object;
}

static Value *first_patch_of(const DigestSet *patch, bool with_text)
{
    if (patch == NULL)
        return value_null();

    Value *object = head_of(patch, with_text);

    value_set(object, "title", value_text(patch->title));
    value_set(object, "author", person_of(&patch->author));
    return object;
}

/* What names a set: its version, title, tags, author and head. */
static void set_name(Value *object, const DigestSet *digest_set, bool with_text)
{
    value_set(object, "version", integer_of(digest_set->version));
    value_set(object, "minor", integer_of(digest_set->minor));
    value_set(object, "title", value_text(digest_set->title));
    value_set(object, "tags", words_of(digest_set->tags));
    value_set(object, "author", person_of(&digest_set->author));
    value_set(object, "head", head_of(digest_set, with_text));
}

static Value *set_of(const DigestSet *digest_set, bool with_text)
{
    Value *object = value_object();

    value_set(object, "state",
              value_text(digest_state_name(digest_set->state)));
    set_name(object, digest_set, with_text);
    value_set(object, "first_patch",
              first_patch_of(digest_set->first_patch, with_text));
    value_set(object, "parts", parts_of(digest_set));
    value_set(object, "reviewed", reviewed_of(digest_set));
    value_set(object, "unreviewed", numbers_of(digest_set->unreviewed));
    value_set(object, "answers", integer_of(digest_set->answers));
    value_set(object, "fixes", words_of(digest_set->fixes));
    value_set(object, "base_commit", value_text(digest_set->base_commit));
    value_set(object, "pull_url", value_text(digest_set->pull_url));
    value_set(object, "pull_ref", value_text(digest_set->pull_ref));
    value_set(object, "supersedes", value_text(digest_set->supersedes));
    value_set(object, "superseded_by", value_text(digest_set->superseded_by));
    value_set(object, "applied", notice_of(digest_set->applied));
    value_set(object, "applied_patches", integer_of(digest_set->applied_parts));
    value_set(object, "pull_request", value_text(digest_set->pull_request));
    value_set(object, "files", integer_of(digest_set->files));
    value_set(object, "insertions", integer_of(digest_set->insertions));
    value_set(object, "deletions", integer_of(digest_set->deletions));
    value_set(object, "first_reply_seconds",
              seconds_of(digest_set->first_reply_seconds));
    value_set(object, "first_review_seconds",
              seconds_of(digest_set->first_review_seconds));
    return object;
}

static Value *sets_of(const GPtrArray *sets, bool with_text)
{
    Value *array = value_array();

    for (unsigned i = 0; i < sets->len; i++)
        value_append(array, set_of(sets->pdata[i], with_text));
    return array;
}

static Value *waiting_set_of(const void *item)
{
    const DigestSet *digest_set = item;
    Value *object = set_of(digest_set, false);

    value_set(object, "age_seconds",
              integer_of((uint64_t)MAX(digest_set->age_seconds, 0)));
    value_set(object, "pings", integer_of(digest_set->pings));
    return object;
}

/* What is known of one for sure whose answers were not looked for. */
static Value *superseded_set_of(const void *item)
{
    const DigestSet *digest_set = item;
    Value *object = value_object();

    set_name(object, digest_set, false);
    value_set(object, "superseded_by", value_text(digest_set->superseded_by));
    value_set(object, "newer_version", integer_of(digest_set->newer_version));
    value_set(object, "newer_minor", integer_of(digest_set->newer_minor));
    return object;
}

/* --- people and talk -------------------------------------------------- */

static void set_root(Value *object, const DigestThread *thread)
{
    value_set(object, "root", value_text(thread->root));
    value_set(object, "mark", value_text(thread->mark));
    value_set(object, "url", value_text(thread->url));
    set_lists(object, thread->lists);
}

static Value *thread_of(const void *item)
{
    const DigestThread *thread = item;
    Value *object = value_object();

    value_set(object, "subject", value_text(thread->subject));
    value_set(object, "posts", integer_of(thread->posts));
    value_set(object, "answers", integer_of(thread->answers));
    value_set(object, "people", integer_of(thread->people));
    set_root(object, thread);
    return object;
}

static Value *unanswered_of(const void *item)
{
    const DigestThread *thread = item;
    Value *object = value_object();

    value_set(object, "subject", value_text(thread->subject));
    value_set(object, "name", value_text(thread->by.name));
    value_set(object, "email", value_text(thread->by.email));
    set_root(object, thread);
    return object;
}

static Value *newcomer_of(const void *item)
{
    const DigestNewcomer *newcomer = item;
    Value *object = value_object();

    value_set(object, "name", value_text(newcomer->who.name));
    value_set(object, "email", value_text(newcomer->who.email));
    value_set(object, "subject", value_text(newcomer->subject));
    value_set(object, "message_id", value_text(newcomer->message_id));
    value_set(object, "mark", value_text(newcomer->mark));
    value_set(object, "url", value_text(newcomer->url));
    value_set(object, "is_patch", value_boolean(newcomer->is_patch));
    value_set(object, "answered", value_boolean(newcomer->was_answered));
    set_lists(object, newcomer->lists);
    return object;
}

static Value *day_of(const void *item)
{
    const DigestDay *day = item;
    Value *object = value_object();

    value_set(object, "day", value_text(day->day));
    value_set(object, "posts", integer_of(day->posts));
    value_set(object, "patches", integer_of(day->patches));
    value_set(object, "replies", integer_of(day->replies));
    return object;
}

static Value *gap_of(const void *item)
{
    const DigestGap *gap = item;
    Value *object = value_object();

    value_set(object, "from", value_instant(gap->from_ms));
    value_set(object, "until", value_instant(gap->until_ms));
    value_set(object, "why", value_text(gap->why));
    return object;
}

/* --- the whole -------------------------------------------------------- */

static Value *median_of(const DigestMedian *median)
{
    Value *object = value_object();

    value_set(object, "count", integer_of(median->count));
    value_set(object, "median", seconds_of(median->median));
    value_set(object, "p90", seconds_of(median->most));
    return object;
}

static Value *measures_of(const Digest *digest)
{
    const DigestMeasures *measures = &digest->measures;
    Value *object = value_object();

    if (!digest->has_measures) {
        value_free(object);
        return value_null();
    }
    value_set(object, "first_reply_seconds", median_of(&measures->reply));
    value_set(object, "first_review_seconds", median_of(&measures->review));
    value_set(object, "newcomers_first_reply_seconds",
              median_of(&measures->newcomer_reply));
    value_set(object, "newcomers_first_review_seconds",
              median_of(&measures->newcomer_review));
    value_set(object, "applied_seconds", median_of(&measures->applied));
    value_set(object, "applied_versions", median_of(&measures->versions));
    value_set(object, "patches", integer_of(measures->patches));
    value_set(object, "patches_reviewed", integer_of(measures->reviewed));
    return object;
}

static Value *talk_of(const DigestTalk *talk)
{
    Value *object = value_object();

    value_set(object, "new_threads", integer_of(talk->threads));
    value_set(object, "unanswered", integer_of(talk->unanswered));
    return object;
}

static Value *array_of(const uint64_t *numbers, size_t count)
{
    Value *array = value_array();

    for (size_t i = 0; i < count; i++)
        value_append(array, integer_of(numbers[i]));
    return array;
}

static void set_counts(Value *object, const Digest *digest)
{
    value_set(object, "measures", measures_of(digest));
    value_set(object, "talk", talk_of(&digest->talk));
    value_set(object, "hours",
              array_of(digest->hours, G_N_ELEMENTS(digest->hours)));
    value_set(object, "weekdays",
              array_of(digest->weekdays, G_N_ELEMENTS(digest->weekdays)));
}

static Value *zones_of(const GPtrArray *zones)
{
    Value *array = value_array();

    for (unsigned i = 0; i < zones->len; i++) {
        const DigestZone *zone = zones->pdata[i];
        Value *object = value_object();

        value_set(object, "offset_minutes",
                  zone->is_known ? value_integer(zone->minutes) : value_null());
        value_set(object, "posts", integer_of(zone->posts));
        value_set(object, "people", integer_of(zone->people));
        value_append(array, object);
    }
    return array;
}

static void set_top_lists(Value *root, const Digest *digest, unsigned top,
                          unsigned sections);

/* Totals, tables and all that is counted of the interval before. */
static Value *previous_of(const Digest *digest, unsigned sections)
{
    if (!digest->has_previous)
        return value_null();

    Value *object = totals_of(&digest->previous, digest->has_patch_sets);

    if (digest->before == NULL)
        return object;
    set_counts(object, digest->before);
    set_top_lists(object, digest->before, digest->top, sections);
    return object;
}

static void set_totals(Value *root, const Digest *digest, unsigned sections)
{
    value_set(root, "totals",
              totals_of(&digest->totals, digest->has_patch_sets));
    set_counts(root, digest);
    value_set(root, "previous", previous_of(digest, sections));
}

static void set_top_lists(Value *root, const Digest *digest, unsigned top,
                          unsigned sections)
{
    if (sections & SECTION_ZONES)
        value_set(root, "zones", zones_of(digest->zones));
    if (sections & SECTION_DOMAINS)
        value_set(root, "top_domains", top_of(top, digest->domains, domain_of));
    if (sections & SECTION_CONTRIBUTORS)
        value_set(root, "top_contributors",
                  top_of(top, digest->contributors, contributor_of));
    if (sections & SECTION_POSTERS)
        value_set(root, "top_posters", top_of(top, digest->posters, poster_of));
    if (sections & SECTION_ORGANISATIONS)
        value_set(root, "top_organisations",
                  top_of(top, digest->organisations, organisation_of));
    if (sections & SECTION_PATHS)
        value_set(root, "top_paths", top_of(top, digest->paths, path_of));
    if (sections & SECTION_REVIEWERS)
        value_set(root, "top_reviewers",
                  top_of(top, digest->reviewers, reviewer_of));
}

/* What the digest is restricted to, and of how many posts; null if it is not.
 */
static Value *filter_of(const Digest *digest)
{
    if (!digest->is_filtered)
        return value_null();

    Value *object = value_object();

    for (unsigned i = 0; i < digest->asked->len; i++) {
        const DigestAsked *asked = digest->asked->pdata[i];

        value_set(object, asked->name, value_text(asked->value));
    }
    value_set(object, "of_posts", integer_of(digest->of_posts));
    return object;
}

static Value *root_of(const Digest *digest, unsigned sections)
{
    Value *root = value_object();

    value_set(root, "list", list_of(digest));
    value_set(root, "interval", interval_of(digest));
    value_set(root, "filter", filter_of(digest));
    if (sections & SECTION_TOTALS)
        set_totals(root, digest, sections);
    set_top_lists(root, digest, digest->top, sections);
    if (sections & (SECTION_PATCHES | SECTION_ENTRIES))
        value_set(root, "patch_sets",
                  sets_of(digest->sets, (sections & SECTION_ENTRIES) != 0));
    if (sections & SECTION_SUPERSEDED)
        value_set(root, "superseded",
                  items_of(digest->superseded, superseded_set_of));
    if (sections & SECTION_APPLIED)
        value_set(root, "applied", sets_of(digest->applied, false));
    if (sections & SECTION_WAITING)
        value_set(root, "waiting", items_of(digest->waiting, waiting_set_of));
    if (sections & SECTION_THREADS)
        value_set(root, "threads", items_of(digest->threads, thread_of));
    if (sections & SECTION_UNANSWERED)
        value_set(root, "unanswered",
                  items_of(digest->unanswered, unanswered_of));
    if (sections & SECTION_NEWCOMERS)
        value_set(root, "newcomers", items_of(digest->newcomers, newcomer_of));
    if (sections & (SECTION_TOTALS | SECTION_DAYS))
        value_set(root, "days", items_of(digest->days, day_of));
    value_set(root, "gaps", items_of(digest->gaps, gap_of));
    return root;
}

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    Value *root = root_of(digest, options->sections);

    value_write(root, out);
    g_string_append_c(out, '\n');
    value_free(root);
}

const Renderer render_json = { "json", render };
