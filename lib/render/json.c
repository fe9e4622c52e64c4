/* SPDX-License-Identifier: MIT */
/*
 * The digest for machines: conf/digest.schema.json describes it. Times are in
 * UTC, names never change, what is not known is null. Lossless: what a
 * terminal would act on is escaped as JSON does, not replaced.
 */
#include "base/text.h"
#include "render/renderer.h"

#include <jansson.h>
#include <string.h>

#include "base/banned.h"

/* jansson takes valid UTF-8 only; ours is, but what comes out must be even if
 * the store holds damaged bytes. */
static json_t *string_of(const char *text)
{
    if (text == NULL)
        return json_null();

    json_t *value = json_string(text);

    if (value == NULL) {
        g_autofree char *valid = text_make_valid(text, strlen(text));

        value = json_string(valid);
    }
    return value;
}

static json_t *integer_of(uint64_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *seconds_of(int64_t seconds)
{
    return seconds < 0 ? json_null() : json_integer(seconds);
}

/* "2025-09-29T05:12:17.000Z", or without the milliseconds. */
static json_t *time_of(int64_t seconds, int milliseconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);

    if (time == NULL)
        return json_null();

    g_autofree char *text = g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");

    if (milliseconds < 0)
        return json_sprintf("%sZ", text);
    return json_sprintf("%s.%03dZ", text, milliseconds);
}

static json_t *instant_of(int64_t time_ms)
{
    if (time_ms < 0)
        return json_null();
    return time_of(time_ms / 1000, (int)(time_ms % 1000));
}

static void set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

/* --- list, interval, totals ------------------------------------------- */

static json_t *lists_of(const GPtrArray *lists)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < lists->len; i++) {
        const DigestList *list = lists->pdata[i];
        json_t *object = json_object();

        set(object, "id", string_of(list->id));
        set(object, "name", string_of(list->name));
        set(object, "posts", integer_of(list->posts));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *list_of(const Digest *digest)
{
    json_t *list = json_object();

    set(list, "id", string_of(digest->list_id));
    set(list, "name", string_of(digest->list_name));
    set(list, "title", string_of(digest->list_title));
    if (digest->lists->len > 0)
        set(list, "lists", lists_of(digest->lists));
    return list;
}

static json_t *end_of(const DigestEnd *end)
{
    json_t *object = json_object();

    set(object, "mark", string_of(end->mark));
    set(object, "time", instant_of(end->time_ms));
    return object;
}

static json_t *interval_of(const Digest *digest)
{
    json_t *interval = json_object();

    set(interval, "from", end_of(&digest->from));
    set(interval, "to", end_of(&digest->to));
    return interval;
}

static json_t *totals_of(const DigestTotals *totals, bool has_patch_sets)
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
    json_t *object = json_object();

    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        set(object, numbers[i].key, integer_of(numbers[i].value));
    set(object, "patch_sets",
        has_patch_sets ? integer_of(totals->patch_sets) : json_null());
    set(object, "insertions", integer_of(totals->insertions));
    set(object, "deletions", integer_of(totals->deletions));
    return object;
}

/* --- top lists -------------------------------------------------------- */

static json_t *person_of(const DigestPerson *person)
{
    json_t *object = json_object();

    set(object, "name", string_of(person->name));
    set(object, "email", string_of(person->email));
    set(object, "organisation", string_of(person->organisation));
    return object;
}

static json_t *domain_of(const DigestCount *count)
{
    json_t *object = json_object();

    set(object, "domain", string_of(count->who.name));
    set(object, "count", integer_of(count->count));
    return object;
}

static json_t *organisation_of(const DigestCount *count)
{
    json_t *object = json_object();

    set(object, "organisation", string_of(count->who.name));
    set(object, "count", integer_of(count->count));
    return object;
}

static json_t *contributor_of(const DigestCount *count)
{
    json_t *object = person_of(&count->who);

    set(object, "count", integer_of(count->count));
    return object;
}

static json_t *poster_of(const DigestCount *count)
{
    json_t *object = contributor_of(count);

    set(object, "answers", integer_of(count->answers));
    return object;
}

static json_t *reviewer_of(const DigestCount *count)
{
    json_t *object = json_object();

    set(object, "name", string_of(count->who.name));
    set(object, "email", string_of(count->who.email));
    set(object, "tags", integer_of(count->tags));
    set(object, "replies", integer_of(count->replies));
    return object;
}

static json_t *top_of(unsigned top, const GPtrArray *counts,
                      json_t *(*row_of)(const DigestCount *))
{
    json_t *array = json_array();

    for (unsigned i = 0; i < counts->len && i < top; i++)
        json_array_append_new(array, row_of(counts->pdata[i]));
    return array;
}

/* --- patch sets ------------------------------------------------------- */

static json_t *words_of(char *const *words)
{
    json_t *array = json_array();

    for (; words != NULL && *words != NULL; words++)
        json_array_append_new(array, string_of(*words));
    return array;
}

/* Of a digest of several lists. */
static void set_lists(json_t *object, char *const *lists)
{
    if (lists != NULL)
        set(object, "lists", words_of(lists));
}

static json_t *head_of(const DigestSet *digest_set, bool with_text)
{
    json_t *head = json_object();

    set(head, "message_id", string_of(digest_set->message_id));
    set(head, "mark", string_of(digest_set->mark));
    set(head, "subject", string_of(digest_set->subject));
    set(head, "arrival", instant_of(digest_set->arrival_ms));
    set(head, "date",
        digest_set->has_date ? time_of(digest_set->date, -1) : json_null());
    if (with_text)
        set(head, "text", string_of(digest_set->text));
    set(head, "url", string_of(digest_set->url));
    set_lists(head, digest_set->lists);
    return head;
}

static json_t *parts_of(const DigestSet *digest_set)
{
    json_t *parts = json_object();

    set(parts, "seen", integer_of(digest_set->parts_seen));
    set(parts, "total", integer_of(digest_set->parts_total));
    set(parts, "complete", json_boolean(digest_set->is_complete));
    return parts;
}

static json_t *reviewed_of(const DigestSet *digest_set)
{
    json_t *reviewed = json_object();

    set(reviewed, "patches", integer_of(digest_set->reviewed));
    set(reviewed, "of", integer_of(digest_set->parts_total));
    return reviewed;
}

static json_t *numbers_of(const GArray *numbers)
{
    json_t *array = json_array();

    for (unsigned i = 0; numbers != NULL && i < numbers->len; i++)
        json_array_append_new(array,
                              integer_of(g_array_index(numbers, unsigned, i)));
    return array;
}

static json_t *notice_of(const DigestNotice *notice)
{
    if (notice == NULL)
        return json_null();

    json_t *object = json_object();

    set(object, "message_id", string_of(notice->message_id));
    set(object, "mark", string_of(notice->mark));
    set(object, "arrival", instant_of(notice->arrival_ms));
    set(object, "by", person_of(&notice->by));
    set(object, "dialect", string_of(patch_notice_name(notice->dialect)));
    set(object, "url", string_of(notice->url));
    return object;
}

static json_t *first_patch_of(const DigestSet *patch, bool with_text)
{
    if (patch == NULL)
        return json_null();

    json_t *object = head_of(patch, with_text);

    set(object, "title", string_of(patch->title));
    set(object, "author", person_of(&patch->author));
    return object;
}

static json_t *set_of(const DigestSet *digest_set, bool with_text)
{
    json_t *object = json_object();

    set(object, "state", string_of(digest_state_name(digest_set->state)));
    set(object, "version", integer_of(digest_set->version));
    set(object, "minor", integer_of(digest_set->minor));
    set(object, "title", string_of(digest_set->title));
    set(object, "tags", words_of(digest_set->tags));
    set(object, "author", person_of(&digest_set->author));
    set(object, "head", head_of(digest_set, with_text));
    set(object, "first_patch",
        first_patch_of(digest_set->first_patch, with_text));
    set(object, "parts", parts_of(digest_set));
    set(object, "reviewed", reviewed_of(digest_set));
    set(object, "unreviewed", numbers_of(digest_set->unreviewed));
    set(object, "answers", integer_of(digest_set->answers));
    set(object, "fixes", words_of(digest_set->fixes));
    set(object, "base_commit", string_of(digest_set->base_commit));
    set(object, "pull_url", string_of(digest_set->pull_url));
    set(object, "pull_ref", string_of(digest_set->pull_ref));
    set(object, "supersedes", string_of(digest_set->supersedes));
    set(object, "superseded_by", string_of(digest_set->superseded_by));
    set(object, "applied", notice_of(digest_set->applied));
    set(object, "applied_patches", integer_of(digest_set->applied_parts));
    set(object, "pull_request", string_of(digest_set->pull_request));
    set(object, "files", integer_of(digest_set->files));
    set(object, "insertions", integer_of(digest_set->insertions));
    set(object, "deletions", integer_of(digest_set->deletions));
    set(object, "first_reply_seconds",
        seconds_of(digest_set->first_reply_seconds));
    set(object, "first_review_seconds",
        seconds_of(digest_set->first_review_seconds));
    return object;
}

static json_t *sets_of(const GPtrArray *sets, bool with_text)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < sets->len; i++)
        json_array_append_new(array, set_of(sets->pdata[i], with_text));
    return array;
}

static json_t *waiting_of(const GPtrArray *sets)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < sets->len; i++) {
        const DigestSet *digest_set = sets->pdata[i];
        json_t *object = set_of(digest_set, false);

        set(object, "age_seconds",
            integer_of((uint64_t)MAX(digest_set->age_seconds, 0)));
        set(object, "pings", integer_of(digest_set->pings));
        json_array_append_new(array, object);
    }
    return array;
}

/* What is known of one for sure whose answers were not looked for. */
static json_t *superseded_of(const GPtrArray *sets)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < sets->len; i++) {
        const DigestSet *digest_set = sets->pdata[i];
        json_t *object = json_object();

        set(object, "version", integer_of(digest_set->version));
        set(object, "minor", integer_of(digest_set->minor));
        set(object, "title", string_of(digest_set->title));
        set(object, "tags", words_of(digest_set->tags));
        set(object, "author", person_of(&digest_set->author));
        set(object, "head", head_of(digest_set, false));
        set(object, "superseded_by", string_of(digest_set->superseded_by));
        set(object, "newer_version", integer_of(digest_set->newer_version));
        set(object, "newer_minor", integer_of(digest_set->newer_minor));
        json_array_append_new(array, object);
    }
    return array;
}

/* --- people and talk -------------------------------------------------- */

static json_t *threads_of(const GPtrArray *threads)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < threads->len; i++) {
        const DigestThread *thread = threads->pdata[i];
        json_t *object = json_object();

        set(object, "subject", string_of(thread->subject));
        set(object, "posts", integer_of(thread->posts));
        set(object, "answers", integer_of(thread->answers));
        set(object, "people", integer_of(thread->people));
        set(object, "root", string_of(thread->root));
        set(object, "url", string_of(thread->url));
        set_lists(object, thread->lists);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *unanswered_of(const GPtrArray *threads)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < threads->len; i++) {
        const DigestThread *thread = threads->pdata[i];
        json_t *object = json_object();

        set(object, "subject", string_of(thread->subject));
        set(object, "name", string_of(thread->by.name));
        set(object, "email", string_of(thread->by.email));
        set(object, "root", string_of(thread->root));
        set(object, "url", string_of(thread->url));
        set_lists(object, thread->lists);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *newcomers_of(const GPtrArray *newcomers)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < newcomers->len; i++) {
        const DigestNewcomer *newcomer = newcomers->pdata[i];
        json_t *object = json_object();

        set(object, "name", string_of(newcomer->who.name));
        set(object, "email", string_of(newcomer->who.email));
        set(object, "subject", string_of(newcomer->subject));
        set(object, "message_id", string_of(newcomer->message_id));
        set(object, "url", string_of(newcomer->url));
        set(object, "is_patch", json_boolean(newcomer->is_patch));
        set(object, "answered", json_boolean(newcomer->was_answered));
        set_lists(object, newcomer->lists);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *days_of(const GPtrArray *days)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < days->len; i++) {
        const DigestDay *day = days->pdata[i];
        json_t *object = json_object();

        set(object, "day", string_of(day->day));
        set(object, "posts", integer_of(day->posts));
        set(object, "patches", integer_of(day->patches));
        set(object, "replies", integer_of(day->replies));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *gaps_of(const GPtrArray *gaps)
{
    json_t *array = json_array();

    for (unsigned i = 0; i < gaps->len; i++) {
        const DigestGap *gap = gaps->pdata[i];
        json_t *object = json_object();

        set(object, "from", instant_of(gap->from_ms));
        set(object, "until", instant_of(gap->until_ms));
        set(object, "why", string_of(gap->why));
        json_array_append_new(array, object);
    }
    return array;
}

/* --- the whole -------------------------------------------------------- */

static json_t *median_of(const DigestMedian *median)
{
    json_t *object = json_object();

    set(object, "count", integer_of(median->count));
    set(object, "median", seconds_of(median->median));
    set(object, "p90", seconds_of(median->most));
    return object;
}

static json_t *measures_of(const Digest *digest)
{
    const DigestMeasures *measures = &digest->measures;
    json_t *object = json_object();

    if (!digest->has_measures) {
        json_decref(object);
        return json_null();
    }
    set(object, "first_reply_seconds", median_of(&measures->reply));
    set(object, "first_review_seconds", median_of(&measures->review));
    set(object, "newcomers_first_reply_seconds",
        median_of(&measures->newcomer_reply));
    set(object, "newcomers_first_review_seconds",
        median_of(&measures->newcomer_review));
    set(object, "applied_seconds", median_of(&measures->applied));
    set(object, "applied_versions", median_of(&measures->versions));
    set(object, "patches", integer_of(measures->patches));
    set(object, "patches_reviewed", integer_of(measures->reviewed));
    return object;
}

static json_t *talk_of(const DigestTalk *talk)
{
    json_t *object = json_object();

    set(object, "new_threads", integer_of(talk->threads));
    set(object, "unanswered", integer_of(talk->unanswered));
    return object;
}

static json_t *array_of(const uint64_t *numbers, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, integer_of(numbers[i]));
    return array;
}

static void set_counts(json_t *object, const Digest *digest)
{
    set(object, "measures", measures_of(digest));
    set(object, "talk", talk_of(&digest->talk));
    set(object, "hours", array_of(digest->hours, G_N_ELEMENTS(digest->hours)));
    set(object, "weekdays",
        array_of(digest->weekdays, G_N_ELEMENTS(digest->weekdays)));
}

static void set_top_lists(json_t *root, const Digest *digest, unsigned top,
                          unsigned sections);

/* Totals, tables and all that is counted of the interval before. */
static json_t *previous_of(const Digest *digest, unsigned sections)
{
    if (!digest->has_previous)
        return json_null();

    json_t *object = totals_of(&digest->previous, digest->has_patch_sets);

    if (digest->before == NULL)
        return object;
    set_counts(object, digest->before);
    set_top_lists(object, digest->before, digest->top, sections);
    return object;
}

static void set_totals(json_t *root, const Digest *digest, unsigned sections)
{
    set(root, "totals", totals_of(&digest->totals, digest->has_patch_sets));
    set_counts(root, digest);
    set(root, "previous", previous_of(digest, sections));
}

static void set_top_lists(json_t *root, const Digest *digest, unsigned top,
                          unsigned sections)
{
    if (sections & SECTION_DOMAINS)
        set(root, "top_domains", top_of(top, digest->domains, domain_of));
    if (sections & SECTION_CONTRIBUTORS)
        set(root, "top_contributors",
            top_of(top, digest->contributors, contributor_of));
    if (sections & SECTION_POSTERS)
        set(root, "top_posters", top_of(top, digest->posters, poster_of));
    if (sections & SECTION_ORGANISATIONS)
        set(root, "top_organisations",
            top_of(top, digest->organisations, organisation_of));
    if (sections & SECTION_REVIEWERS)
        set(root, "top_reviewers", top_of(top, digest->reviewers, reviewer_of));
}

static json_t *root_of(const Digest *digest, unsigned sections)
{
    json_t *root = json_object();

    set(root, "list", list_of(digest));
    set(root, "interval", interval_of(digest));
    if (sections & SECTION_TOTALS)
        set_totals(root, digest, sections);
    set_top_lists(root, digest, digest->top, sections);
    if (sections & (SECTION_PATCHES | SECTION_ENTRIES))
        set(root, "patch_sets",
            sets_of(digest->sets, (sections & SECTION_ENTRIES) != 0));
    if (sections & SECTION_SUPERSEDED)
        set(root, "superseded", superseded_of(digest->superseded));
    if (sections & SECTION_APPLIED)
        set(root, "applied", sets_of(digest->applied, false));
    if (sections & SECTION_WAITING)
        set(root, "waiting", waiting_of(digest->waiting));
    if (sections & SECTION_THREADS)
        set(root, "threads", threads_of(digest->threads));
    if (sections & SECTION_UNANSWERED)
        set(root, "unanswered", unanswered_of(digest->unanswered));
    if (sections & SECTION_NEWCOMERS)
        set(root, "newcomers", newcomers_of(digest->newcomers));
    if (sections & (SECTION_TOTALS | SECTION_DAYS))
        set(root, "days", days_of(digest->days));
    set(root, "gaps", gaps_of(digest->gaps));
    return root;
}

/* Controls below U+0020 are escaped by jansson; the others, DEL and format
 * characters (bidirectional overrides, U+FEFF, tags) here. They can stand in
 * strings only, so an escape is always right. */
static bool is_unsafe(gunichar character)
{
    const GUnicodeType type = g_unichar_type(character);

    return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
           type == G_UNICODE_LINE_SEPARATOR ||
           type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

static void append_escape(GString *out, gunichar character)
{
    if (character < 0x10000) {
        g_string_append_printf(out, "\\u%04x", character);
        return;
    }
    character -= 0x10000;
    g_string_append_printf(out, "\\u%04x\\u%04x", 0xd800 + (character >> 10),
                           0xdc00 + (character & 0x3ff));
}

static void append_safe(GString *out, const char *json)
{
    const char *start = json;

    while (*json != '\0') {
        if ((unsigned char)*json < 0x7f) {
            json++;
            continue;
        }

        const char *next = json + g_utf8_skip[*(const guchar *)json];
        const gunichar character = g_utf8_get_char(json);

        if (is_unsafe(character)) {
            g_string_append_len(out, start, json - start);
            append_escape(out, character);
            start = next;
        }
        json = next;
    }
    g_string_append(out, start);
}

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    json_t *root = root_of(digest, options->sections);
    char *text = json_dumps(root, JSON_INDENT(2));

    append_safe(out, text);
    g_string_append_c(out, '\n');
    free(text);
    json_decref(root);
}

const Renderer render_json = { "json", render };
