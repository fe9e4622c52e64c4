/* SPDX-License-Identifier: MIT */
#include "render/phrases.h"

#include "base/moment.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* Marks name posts, so the posts' times say when; an end that is a time says
 * it itself. An end that is open takes the post there. */
static int64_t time_of(const DigestEnd *end, int64_t post_ms, bool is_empty)
{
    if (end->time_ms >= 0 && (end->mark == NULL || is_empty))
        return end->time_ms;
    return is_empty ? -1 : post_ms;
}

char *phrase_span(const Digest *digest)
{
    const bool is_empty = digest->totals.posts == 0;
    const int64_t from = time_of(&digest->from, digest->first_ms, is_empty);
    const int64_t to = time_of(&digest->to, digest->last_ms, is_empty);
    g_autofree char *first =
        from < 0 ? g_strdup("the start") : moment_show(from, digest->timezone);
    g_autofree char *last =
        to < 0 ? g_strdup("the end") : moment_show(to, digest->timezone);
    g_autofree char *zone =
        moment_format(to < 0 ? 0 : to, digest->timezone, "%Z");

    return g_strdup_printf("%s to %s %s", first, last, zone);
}

char *phrase_gap(const Digest *digest, const DigestGap *gap)
{
    g_autofree char *from = moment_show(gap->from_ms, digest->timezone);
    g_autofree char *until = moment_show(gap->until_ms, digest->timezone);

    return g_strdup_printf("mail from %s to %s (%s)", from, until, gap->why);
}

void phrase_append_count(GString *out, uint64_t count, const char *one,
                         const char *many)
{
    g_string_append_printf(out, "%" PRIu64 " %s", count,
                           count == 1 ? one : many);
}

typedef struct CountWord {
    uint64_t count;
    const char *one, *many;
} CountWord;

/* Those that are not 0, with commas between. */
static void append_counts(GString *out, const CountWord *words, size_t count)
{
    const char *comma = "";

    for (size_t i = 0; i < count; i++) {
        if (words[i].count == 0)
            continue;
        g_string_append(out, comma);
        phrase_append_count(out, words[i].count, words[i].one, words[i].many);
        comma = ", ";
    }
}

char *phrase_totals(const DigestTotals *totals, bool has_patch_sets)
{
    const CountWord words[] = {
        { totals->patches, "patch", "patches" },
        { totals->covers, "cover", "covers" },
        { totals->pulls, "pull request", "pull requests" },
        { totals->replies, "reply", "replies" },
        { totals->notices, "notice", "notices" },
        { totals->bot_reports, "bot report", "bot reports" },
        { totals->other, "other", "others" },
    };
    GString *out = g_string_new(NULL);

    phrase_append_count(out, totals->posts, "post", "posts");
    if (totals->posts == 0)
        return g_string_free(out, FALSE);
    g_string_append(out, " by ");
    phrase_append_count(out, totals->people, "person", "people");
    g_string_append(out, ": ");
    append_counts(out, words, G_N_ELEMENTS(words));
    if (has_patch_sets && totals->patch_sets > 0) {
        g_string_append(out, "; ");
        phrase_append_count(out, totals->patch_sets, "patch set", "patch sets");
    }
    return g_string_free(out, FALSE);
}

char *phrase_asked(const Digest *digest)
{
    GString *out = g_string_new("Only ");

    if (digest->asked->len == 0) {
        g_string_free(out, TRUE);
        return NULL;
    }
    for (unsigned i = 0; i < digest->asked->len; i++) {
        const DigestAsked *asked = digest->asked->pdata[i];

        g_string_append_printf(out, "%s%s %s", i > 0 ? ", " : "", asked->name,
                               asked->value);
    }
    if (digest->of_posts > 0 && digest->totals.posts == 0)
        g_string_append(out, ": none of ");
    else if (digest->of_posts > 0)
        g_string_append_printf(out, ": %" PRIu64 " of ", digest->totals.posts);
    if (digest->of_posts > 0)
        phrase_append_count(out, digest->of_posts, "post", "posts");
    return g_string_free(out, FALSE);
}

char *phrase_newest(const Digest *digest)
{
    if (digest->totals.posts > 0 || digest->of_posts > 0)
        return g_strdup("");
    if (digest->newest_ms == 0)
        return g_strdup("The list has no posts yet");

    g_autofree char *when = moment_show(digest->newest_ms, digest->timezone);
    return g_strdup_printf("The newest post of the list is of %s", when);
}

char *phrase_more(const Digest *digest)
{
    const DigestTotals *totals = &digest->totals;
    const CountWord people[] = {
        { totals->authors, "author", "authors" },
        { digest->is_young ? 0 : totals->new_people, "newcomer", "newcomers" },
    };
    const CountWord faults[] = {
        { totals->duplicates, "duplicate", "duplicates" },
        { totals->malformed, "malformed", "malformed" },
    };
    GString *out = g_string_new(NULL);

    append_counts(out, people, G_N_ELEMENTS(people));
    if (totals->insertions > 0 || totals->deletions > 0)
        g_string_append_printf(out, "%s+%" PRIu64 " -%" PRIu64 " lines",
                               out->len > 0 ? ", " : "", totals->insertions,
                               totals->deletions);
    if (out->len > 0 && totals->duplicates + totals->malformed > 0)
        g_string_append(out, ", ");
    append_counts(out, faults, G_N_ELEMENTS(faults));
    return g_string_free(out, FALSE);
}

/* "v5", or "v5.1" */
static char *version_of(const DigestSet *set)
{
    if (set->minor > 0)
        return g_strdup_printf("v%u.%u", set->version, set->minor);
    return g_strdup_printf("v%u", set->version);
}

static bool has_version(const DigestSet *set)
{
    return set->version != 1 || set->minor > 0;
}

static char *state_with_version(const DigestSet *set, const char *word,
                                const char *open, const char *close)
{
    g_autofree char *version = version_of(set);

    if (!has_version(set))
        return g_strdup(word);
    return g_strconcat(word, open, version, close, NULL);
}

char *phrase_state(const DigestSet *set)
{
    const char *word = digest_state_name(set->state);

    return state_with_version(set, set->state == DIGEST_RFC ? "RFC" : word, " ",
                              "");
}

char *phrase_state_brief(const DigestSet *set)
{
    return set->state == DIGEST_UPDATED ? version_of(set) : phrase_state(set);
}

char *phrase_label(const DigestSet *set)
{
    static const char *const labels[] = {
        [DIGEST_NEW] = "New",       [DIGEST_UPDATED] = "Updated",
        [DIGEST_RESENT] = "Resent", [DIGEST_RFC] = "RFC",
        [DIGEST_PULL] = "Pull",
    };

    g_assert((unsigned)set->state < G_N_ELEMENTS(labels));
    return state_with_version(set, labels[set->state], " (", ")");
}

char *phrase_parts(const DigestSet *set)
{
    if (set->parts_total == 0 && set->parts_seen == 0)
        return g_strdup("");
    return g_strdup_printf("%u/%u", set->parts_seen, set->parts_total);
}

char *phrase_missing(const DigestSet *set)
{
    if (set->parts_seen == set->parts_total)
        return g_strdup("");
    return g_strdup_printf("%u of %u parts", set->parts_seen, set->parts_total);
}

char *phrase_reviewed(const DigestSet *set)
{
    if (set->state == DIGEST_PULL || set->parts_total == 0)
        return g_strdup("");
    return g_strdup_printf("%u/%u", set->reviewed, set->parts_total);
}

const char *phrase_outcome(const DigestSet *set)
{
    if (set->applied != NULL)
        return "applied";
    if (set->superseded_by != NULL)
        return "superseded";
    return set->is_waiting ? "waiting" : "";
}

const char *phrase_outcome_sign(const DigestSet *set)
{
    if (set->applied != NULL)
        return "+";
    if (set->superseded_by != NULL)
        return "<";
    return set->is_waiting ? "?" : " ";
}

char *phrase_applied(const DigestSet *set)
{
    if (set->listed > 0)
        return g_strdup_printf("%u %s", set->listed,
                               set->listed == 1 ? "patch" : "patches");
    if (set->applied_parts < set->parts_total && set->applied_parts > 0)
        return g_strdup_printf("%u of %u patches", set->applied_parts,
                               set->parts_total);
    return g_strdup(set->applied == NULL ? "in part" : "");
}

char *phrase_age(int64_t seconds)
{
    static const struct {
        int64_t seconds;
        const char *one, *many;
    } units[] = {
        { 86400, "day", "days" },
        { 3600, "hour", "hours" },
        { 60, "minute", "minutes" },
        { 1, "second", "seconds" },
    };
    GString *out = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (seconds < units[i].seconds && i + 1 < G_N_ELEMENTS(units))
            continue;
        phrase_append_count(
            out, (uint64_t)MAX(seconds, 0) / (uint64_t)units[i].seconds,
            units[i].one, units[i].many);
        break;
    }
    return g_string_free(out, FALSE);
}

char *phrase_lists(char *const *lists)
{
    if (lists == NULL)
        return g_strdup("");

    g_autofree char *names = g_strjoinv(", ", (char **)(uintptr_t)lists);
    return g_strconcat("on ", names, NULL);
}

char *phrase_move(const DigestCount *count)
{
    if (count->rank_before == 0)
        return g_strdup("none before");
    return g_strdup_printf("%" PRIu64 " before, place %u", count->before,
                           count->rank_before);
}

/* "median first reply 5 hours (90 % within 3 days)"; nothing where there is
 * none. */
static void append_median(GString *out, const char *what,
                          const DigestMedian *median)
{
    if (median->count == 0)
        return;

    g_autofree char *half = phrase_age(median->median);
    g_autofree char *most = phrase_age(median->most);

    g_string_append_printf(out, "%smedian %s %s", out->len > 0 ? ", " : "",
                           what, half);
    if (median->count > 1)
        g_string_append_printf(out, " (90 %% within %s)", most);
}

static char *reviews_of(const DigestMeasures *measures)
{
    GString *out = g_string_new(NULL);

    if (measures->patches > 0)
        g_string_append_printf(out,
                               "%" PRIu64 " of %" PRIu64 " patches reviewed",
                               measures->reviewed, measures->patches);
    append_median(out, "first reply", &measures->reply);
    append_median(out, "first review", &measures->review);
    return g_string_free(out, FALSE);
}

static char *newcomers_of(const DigestMeasures *measures)
{
    GString *out = g_string_new(NULL);

    append_median(out, "first reply", &measures->newcomer_reply);
    append_median(out, "first review", &measures->newcomer_review);
    return g_string_free(out, FALSE);
}

static char *applied_of(const DigestMeasures *measures)
{
    GString *out = g_string_new(NULL);

    if (measures->versions.count == 0)
        return g_string_free(out, FALSE);
    phrase_append_count(out, measures->versions.count, "patch set",
                        "patch sets");
    g_string_append_printf(out, " applied, median version %" PRId64,
                           measures->versions.median);
    append_median(out, "time", &measures->applied);
    return g_string_free(out, FALSE);
}

static void add_measure(GPtrArray *lines, const char *of,
                        char *(*tell)(const DigestMeasures *),
                        const Digest *digest, const DigestMeasures *before)
{
    g_autofree char *now = tell(&digest->measures);
    g_autofree char *then = before != NULL ? tell(before) : g_strdup("");

    if (*now != '\0')
        g_ptr_array_add(lines,
                        g_strconcat(of, now, *then != '\0' ? "; before: " : "",
                                    then, NULL));
}

char *phrase_talk(const Digest *digest)
{
    GString *out = g_string_new(NULL);

    if (digest->talk.threads == 0)
        return g_string_free(out, FALSE);
    phrase_append_count(out, digest->talk.threads, "new thread of talk",
                        "new threads of talk");
    if (digest->talk.unanswered > 0)
        g_string_append_printf(out, ", %" PRIu64 " without an answer",
                               digest->talk.unanswered);
    return g_string_free(out, FALSE);
}

const DigestMeasures *phrase_measures_before(const Digest *digest,
                                             bool has_before)
{
    if (!has_before || digest->before == NULL || !digest->before->has_measures)
        return NULL;

    const DigestMeasures *before = &digest->before->measures;

    return before->patches > 0 || before->reply.count > 0 ||
                   before->review.count > 0 || before->applied.count > 0
               ? before
               : NULL;
}

void phrase_measures(const Digest *digest, bool has_before, GPtrArray *lines)
{
    const DigestMeasures *before = phrase_measures_before(digest, has_before);
    g_autofree char *talk = phrase_talk(digest);

    if (digest->has_measures) {
        add_measure(lines, "", reviews_of, digest, before);
        if (!digest->is_young)
            add_measure(lines, "To newcomers: ", newcomers_of, digest, before);
        add_measure(lines, "", applied_of, digest, before);
    }
    if (*talk != '\0')
        g_ptr_array_add(lines, g_steal_pointer(&talk));
}

const char *phrase_age_group(int64_t seconds)
{
    enum { DAY = 86400 };

    if (seconds < INT64_C(3) * DAY)
        return "less than 3 days";
    if (seconds < INT64_C(7) * DAY)
        return "3 to 7 days";
    return seconds < INT64_C(14) * DAY ? "7 to 14 days" : "14 days and more";
}

char *phrase_pings(unsigned pings)
{
    if (pings == 0)
        return g_strdup("");
    return pings == 1 ? g_strdup("pinged once")
                      : g_strdup_printf("pinged %u times", pings);
}

char *phrase_newer(const DigestSet *set)
{
    enum { SHOWN_DIGITS = 9 };
    const char *mark = set->newer_mark != NULL ? set->newer_mark : "";

    if (set->newer_minor > 0)
        return g_strdup_printf("by v%u.%u %.*s", set->newer_version,
                               set->newer_minor, SHOWN_DIGITS, mark);
    return g_strdup_printf("by v%u %.*s", set->newer_version, SHOWN_DIGITS,
                           mark);
}

static unsigned number_at(const GArray *numbers, unsigned at)
{
    return g_array_index(numbers, unsigned, at);
}

char *phrase_unreviewed(const DigestSet *set)
{
    const GArray *numbers = set->unreviewed;
    GString *out = g_string_new(NULL);

    if (numbers == NULL || set->reviewed == 0)
        return g_string_free(out, FALSE);
    for (unsigned i = 0, last; i < numbers->len; i = last + 1) {
        for (last = i;
             last + 1 < numbers->len &&
             number_at(numbers, last + 1) == number_at(numbers, last) + 1;)
            last++;
        g_string_append_printf(out, "%s%u", i > 0 ? ", " : "",
                               number_at(numbers, i));
        if (last > i)
            g_string_append_printf(out, "%s%u", last > i + 1 ? " to " : ", ",
                                   number_at(numbers, last));
    }
    return g_string_free(out, FALSE);
}

char *phrase_zone(const DigestZone *zone)
{
    enum { HOUR = 60 };
    const int minutes = abs(zone->minutes);

    if (!zone->is_known)
        return g_strdup("unknown");
    if (minutes == 0)
        return g_strdup("UTC");
    return g_strdup_printf("%c%02d:%02d", zone->minutes < 0 ? '-' : '+',
                           minutes / HOUR, minutes % HOUR);
}

char *phrase_bar(unsigned percent)
{
    enum { COLUMNS = 24, WHOLE = 100 };

    return g_strnfill((percent * COLUMNS + WHOLE - 1) / WHOLE, '#');
}

char *phrase_entries_left(unsigned count)
{
    return g_strdup_printf("%u more patch set%s: --entries all prints %s",
                           count, count == 1 ? "" : "s",
                           count == 1 ? "it" : "them");
}

bool phrase_tells_newcomers(const Digest *digest, unsigned sections)
{
    if ((sections & SECTION_NEWCOMERS) == 0 || digest->newcomers->len == 0)
        return false;
    return sections != SECTION_ALL || !digest->is_young;
}

static bool is_quiet(const Digest *digest, unsigned index)
{
    const DigestNewcomer *newcomer = digest->newcomers->pdata[index];

    return newcomer->is_quiet;
}

unsigned phrase_newcomers_named(const Digest *digest)
{
    unsigned named = 0;

    while (named < digest->newcomers->len && named < digest->top &&
           !is_quiet(digest, named))
        named++;
    return named;
}

char *phrase_newcomers_left(const Digest *digest)
{
    const unsigned named = phrase_newcomers_named(digest);
    const unsigned left = digest->newcomers->len - named;

    if (left == 0)
        return g_strdup("");
    return g_strdup_printf("%s%u %s%s", named == 0 ? "" : "and ", left,
                           named > 0   ? "more"
                           : left == 1 ? "person"
                                       : "people",
                           !is_quiet(digest, named) ? ""
                           : named > 0 ? ", whose mail nobody answered"
                                       : " whose mail nobody answered");
}

bool phrase_is_same(const GPtrArray *counts, const GPtrArray *others)
{
    if (counts->len != others->len)
        return false;
    for (unsigned i = 0; i < counts->len; i++) {
        const DigestCount *one = counts->pdata[i];
        const DigestCount *other = others->pdata[i];

        if (one->count != other->count ||
            g_strcmp0(one->who.name, other->who.name) != 0)
            return false;
    }
    return true;
}

const char *phrase_subject(const char *subject)
{
    return subject[strspn(subject, " ")] == '\0' ? "(no subject)" : subject;
}

const char *phrase_thread(const char *subject)
{
    static const char answer[] = "re:";

    while (g_ascii_strncasecmp(subject, answer, sizeof(answer) - 1) == 0) {
        subject += sizeof(answer) - 1;
        subject += strspn(subject, " ");
    }
    return phrase_subject(subject);
}
