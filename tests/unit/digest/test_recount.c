/* SPDX-License-Identifier: MIT */
/*
 * Digests of random intervals, and of local times around changes of daylight
 * saving time, against a slow recount of every post.
 */
#include "tests/support/unit.h"

#include "render/renderer.h"
#include "sets/people.h"
#include "tests/support/generated.h"
#include "tests/support/posts.h"
#include "tests/support/redis.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { INTERVALS = 1000, GENERATED = 3000, DAY_MS = 86400 * 1000, TOP = 15 };

static const char list[] = "kvm-ppc.vger.kernel.org";

/* What the rows alone give, and how many patch sets there are. */
static const unsigned COUNTED = SECTION_TOTALS | SECTION_DOMAINS |
                                SECTION_CONTRIBUTORS | SECTION_ORGANISATIONS;

/* What the recount reads. */
typedef struct Mails {
    Store *store; /* lent */
    GPtrArray *posts;
    GArray *copies;       /* int64_t arrivals of what is no post */
    GArray *heads;        /* int64_t arrivals of the heads of all patch sets */
    GHashTable *gateways; /* address -> GPtrArray *, see find_gateways */
    GHashTable *firsts;   /* address -> int64_t *, the first post ever */
    Identity *identity;
} Mails;

typedef struct Recount {
    uint64_t posts, kinds[POST_KINDS], malformed, insertions, deletions, people,
        new_people, authors, duplicates, patch_sets;
    GHashTable *senders, *writers;                      /* sets of persons */
    GHashTable *domains, *contributors, *organisations; /* -> uint64_t * */
    GHashTable *names; /* "address\nname" -> uint64_t *, how often */
    GHashTable *days;  /* -> DigestDay * */
} Recount;

/* --- reading ---------------------------------------------------------- */

/* Address -> arrival of the first post ever, of the posts that count. */
static void note_post(GHashTable *firsts, char *address, int64_t arrival_ms)
{
    int64_t *first = g_hash_table_lookup(firsts, address);

    if (first == NULL)
        g_hash_table_insert(firsts, address,
                            g_memdup2(&arrival_ms, sizeof(arrival_ms)));
    else
        *first = MIN(*first, arrival_ms);
}

static GHashTable *first_posts(const GPtrArray *posts)
{
    GHashTable *firsts =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

    for (unsigned i = 0; i < posts->len; i++) {
        const Activity *activity = g_ptr_array_index(posts, i);
        const unsigned source = activity->flags >> POST_AUTHOR_SHIFT & 3;

        note_post(firsts, activity->sender.address, activity->arrival_ms);
        /* whoever a list speaks for has posted */
        if (source == AUTHOR_OF_ORIGINAL || source == AUTHOR_BEHIND_VIA)
            note_post(firsts, activity->author.address, activity->arrival_ms);
    }
    return firsts;
}

/* --- gateways: three whole names under an address, no word in common ------ */

static bool share_a_word(const char *one, const char *other)
{
    g_auto(GStrv) words = g_strsplit(one, " ", -1);
    g_auto(GStrv) others = g_strsplit(other, " ", -1);

    for (char **word = words; *word != NULL; word++)
        for (char **same = others; *same != NULL; same++)
            if (strlen(*word) > 1 && g_ascii_strcasecmp(*word, *same) == 0)
                return true;
    return false;
}

static void note_writer(GHashTable *gateways, const MailPerson *person)
{
    GPtrArray *names = g_hash_table_lookup(gateways, person->address);

    if (names == NULL) {
        names = g_ptr_array_new();
        g_hash_table_insert(gateways, person->address, names);
    }
    for (unsigned i = 0; i < names->len; i++)
        if (share_a_word(names->pdata[i], person->name))
            return;
    if (strchr(person->name, ' ') != NULL && *person->address != '\0')
        g_ptr_array_add(names, person->name);
}

/* Address -> names of different people; who gave credit is one of them. */
static GHashTable *find_gateways(const GPtrArray *posts)
{
    GHashTable *gateways = g_hash_table_new_full(
        g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);

    for (unsigned i = 0; i < posts->len; i++) {
        const Activity *activity = g_ptr_array_index(posts, i);

        note_writer(gateways, &activity->author);
        note_writer(gateways, &activity->sender);
        for (unsigned j = 0; j < activity->credits->len; j++)
            note_writer(
                gateways,
                &((ActivityCredit *)activity->credits->pdata[j])->person);
    }
    return gateways;
}

/* What a person is counted under: the address, and "\nname" behind it at a
 * gateway. Lent, for as long as the mails are there. */
static const char *key_of(const Mails *mails, const MailPerson *person)
{
    const GPtrArray *names =
        g_hash_table_lookup(mails->gateways, person->address);
    g_autofree char *key = NULL;

    if (names == NULL || names->len < PEOPLE_GATEWAY_NAMES ||
        strchr(person->name, ' ') == NULL)
        return person->address;
    key = g_strconcat(person->address, "\n", person->name, NULL);
    return g_intern_string(key);
}

/* The copy that came first is the post: later ones are only counted. */
static void take_out_copies(Mails *mails)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);

    mails->copies = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (unsigned i = 0; i < mails->posts->len;) {
        Activity *activity = g_ptr_array_index(mails->posts, i);
        if (g_hash_table_add(seen, &activity->identity)) {
            i++;
            continue;
        }
        g_array_append_val(mails->copies, activity->arrival_ms);
        g_ptr_array_remove_index(mails->posts, i);
    }
}

/* Of a digest of all that there is; test_gather.c tells that it has every set
 * of every interval. */
static GArray *arrivals_of_heads(const Mails *mails)
{
    GArray *heads = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(Digest) whole =
        test_digest(mails->store, list, 0, INT64_C(1) << 42);

    assert_int_equal(whole->totals.posts, mails->posts->len);
    for (unsigned i = 0; i < whole->sets->len; i++) {
        const DigestSet *set = g_ptr_array_index(whole->sets, i);
        g_array_append_val(heads, set->arrival_ms);
    }
    return heads;
}

/* posts become those of mails. */
static void read_mails(Store *store, GPtrArray *posts, Mails *mails)
{
    const IdentityFiles no_files = { 0 };

    *mails = (Mails){ .store = store, .posts = posts };
    test_count_posts(store, mails->posts);
    take_out_copies(mails);
    mails->gateways = find_gateways(mails->posts);
    mails->firsts = first_posts(mails->posts);
    mails->heads = arrivals_of_heads(mails);
    mails->identity = identity_new(&no_files, NULL);
}

static void mails_clear(Mails *mails)
{
    g_hash_table_unref(mails->gateways);
    g_hash_table_unref(mails->firsts);
    g_array_unref(mails->copies);
    g_array_unref(mails->heads);
    g_ptr_array_unref(mails->posts);
    identity_free(mails->identity);
}

/* --- recounting ------------------------------------------------------- */

static GHashTable *counts_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static uint64_t *count_of(GHashTable *counts, const char *word)
{
    uint64_t *count = g_hash_table_lookup(counts, word);

    if (count == NULL) {
        count = g_new0(uint64_t, 1);
        g_hash_table_insert(counts, g_strdup(word), count);
    }
    return count;
}

static void recount_init(Recount *recount)
{
    *recount = (Recount){
        .senders = g_hash_table_new(g_str_hash, g_str_equal),
        .writers = g_hash_table_new(g_str_hash, g_str_equal),
        .domains = counts_new(),
        .contributors = counts_new(),
        .organisations = counts_new(),
        .names = counts_new(),
        .days = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                      (GDestroyNotify)digest_day_free),
    };
}

static void recount_clear(Recount *recount)
{
    g_hash_table_unref(recount->senders);
    g_hash_table_unref(recount->writers);
    g_hash_table_unref(recount->domains);
    g_hash_table_unref(recount->contributors);
    g_hash_table_unref(recount->organisations);
    g_hash_table_unref(recount->names);
    g_hash_table_unref(recount->days);
}

static bool is_bot(const Identity *identity, const MailPerson *person)
{
    return identity_is_bot(identity, person->name, person->address);
}

static void add_name(Recount *recount, const MailPerson *person)
{
    g_autofree char *key =
        g_strdup_printf("%s\n%s", person->address, person->name);

    ++*count_of(recount->names, key);
}

static void add_contribution(Recount *recount, const Mails *mails,
                             const Activity *activity)
{
    const char *address = activity->author.address;
    const char *at = strrchr(address, '@');
    g_autofree char *employer = identity_organisation(
        mails->identity, address, activity->arrival_ms / 1000);

    ++*count_of(recount->contributors, key_of(mails, &activity->author));
    if (at != NULL && at[1] != '\0')
        ++*count_of(recount->domains, at + 1);
    if (*employer != '\0')
        ++*count_of(recount->organisations, employer);
}

static void add_day(Recount *recount, const Activity *activity, PostKind kind)
{
    const time_t seconds = (time_t)(activity->arrival_ms / 1000);
    struct tm utc;
    char name[16];

    gmtime_r(&seconds, &utc);
    strftime(name, sizeof name, "%Y-%m-%d", &utc);
    DigestDay *day = g_hash_table_lookup(recount->days, name);
    if (day == NULL) {
        day = g_new0(DigestDay, 1);
        day->day = g_strdup(name);
        g_hash_table_insert(recount->days, day->day, day);
    }
    day->posts++;
    day->patches += kind == POST_PATCH;
    day->replies += kind == POST_REPLY;
}

static void add_people(Recount *recount, const Mails *mails,
                       const Activity *activity, bool is_written,
                       int64_t from_ms)
{
    const int64_t *first =
        g_hash_table_lookup(mails->firsts, activity->sender.address);

    if (is_written && !is_bot(mails->identity, &activity->author) &&
        g_hash_table_add(recount->writers,
                         (gpointer)(uintptr_t)key_of(mails, &activity->author)))
        recount->authors++;
    if (is_bot(mails->identity, &activity->sender) ||
        !g_hash_table_add(recount->senders, (gpointer)(uintptr_t)key_of(
                                                mails, &activity->sender)))
        return;
    recount->people++;
    recount->new_people += *first >= from_ms;
}

static void add_post(Recount *recount, const Mails *mails,
                     const Activity *activity, int64_t from_ms)
{
    const PostKind kind = post_kind_decided(
        is_bot(mails->identity, &activity->sender) ? activity->kinds.of_bot
                                                   : activity->kinds.of_person,
        false);
    const bool is_contribution = kind == POST_PATCH || kind == POST_COVER;

    recount->posts++;
    recount->kinds[kind]++;
    recount->malformed += (activity->flags & POST_MALFORMED) != 0;
    recount->insertions += kind == POST_PATCH ? activity->insertions : 0;
    recount->deletions += kind == POST_PATCH ? activity->deletions : 0;
    add_name(recount, &activity->author);
    add_name(recount, &activity->sender);
    add_people(recount, mails, activity, is_contribution || kind == POST_PULL,
               from_ms);
    if (is_contribution)
        add_contribution(recount, mails, activity);
    add_day(recount, activity, kind);
}

static uint64_t count_inside(const GArray *arrivals, int64_t from_ms,
                             int64_t until_ms)
{
    uint64_t count = 0;

    for (unsigned i = 0; i < arrivals->len; i++) {
        const int64_t at = g_array_index(arrivals, int64_t, i);
        count += at >= from_ms && at < until_ms;
    }
    return count;
}

static void count_slowly(Recount *recount, const Mails *mails, int64_t from_ms,
                         int64_t until_ms)
{
    for (unsigned i = 0; i < mails->posts->len; i++) {
        const Activity *activity = g_ptr_array_index(mails->posts, i);
        if (activity->arrival_ms >= from_ms && activity->arrival_ms < until_ms)
            add_post(recount, mails, activity, from_ms);
    }
    recount->duplicates = count_inside(mails->copies, from_ms, until_ms);
    recount->patch_sets = count_inside(mails->heads, from_ms, until_ms);
}

/* --- comparing -------------------------------------------------------- */

static void compare_totals(const Digest *digest, const Recount *expected,
                           const char *where)
{
    const DigestTotals *got = &digest->totals;
    const struct {
        const char *what;
        uint64_t got, expected;
    } pairs[] = {
        { "posts", got->posts, expected->posts },
        { "patches", got->patches, expected->kinds[POST_PATCH] },
        { "covers", got->covers, expected->kinds[POST_COVER] },
        { "pulls", got->pulls, expected->kinds[POST_PULL] },
        { "replies", got->replies, expected->kinds[POST_REPLY] },
        { "notices", got->notices, expected->kinds[POST_NOTICE] },
        { "bot_reports", got->bot_reports, expected->kinds[POST_BOT_REPORT] },
        { "other", got->other, expected->kinds[POST_OTHER] },
        { "duplicates", got->duplicates, expected->duplicates },
        { "malformed", got->malformed, expected->malformed },
        { "people", got->people, expected->people },
        { "authors", got->authors, expected->authors },
        { "new_people", got->new_people, expected->new_people },
        { "insertions", got->insertions, expected->insertions },
        { "deletions", got->deletions, expected->deletions },
        { "patch_sets", got->patch_sets,
          digest->has_patch_sets ? expected->patch_sets : 0 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        if (pairs[i].got != pairs[i].expected)
            fail_msg("%s of %s: %" G_GUINT64_FORMAT
                     ", recounted %" G_GUINT64_FORMAT,
                     pairs[i].what, where, (guint64)pairs[i].got,
                     (guint64)pairs[i].expected);
    }
}

/* The name that an address was written with most often, of equal ones the
 * bytewise smallest. */
static const char *name_of(const Recount *recount, const char *address)
{
    const size_t length = strlen(address);
    const char *best = "";
    uint64_t best_times = 0;
    GHashTableIter each;
    gpointer key, times;

    g_hash_table_iter_init(&each, recount->names);
    while (g_hash_table_iter_next(&each, &key, &times)) {
        const char *name = (const char *)key + length + 1;
        const uint64_t count = *(uint64_t *)times;
        if (strncmp(key, address, length) != 0 ||
            ((const char *)key)[length] != '\n' || *name == '\0')
            continue;
        if (count > best_times ||
            (count == best_times && strcmp(name, best) < 0)) {
            best = name;
            best_times = count;
        }
    }
    return best;
}

/* A row sorts as it is printed: most first, then by name and address. */
static char *row_of(uint64_t count, const char *name, const char *email)
{
    return g_strdup_printf("%08" G_GUINT64_FORMAT "|%s\n%s",
                           UINT64_C(99999999) - count, name, email);
}

static int compare_rows(gconstpointer one, gconstpointer other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* word: as key_of has it. */
static char *row_of_person(const Recount *recount, uint64_t count,
                           const char *word)
{
    g_auto(GStrv) key = g_strsplit(word, "\n", 2);

    return row_of(count, key[1] != NULL ? key[1] : name_of(recount, word),
                  key[0]);
}

static GPtrArray *expected_rows(const Recount *recount, GHashTable *counts)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    const bool by_person = counts == recount->contributors;
    GHashTableIter each;
    gpointer word, count;

    g_hash_table_iter_init(&each, counts);
    while (g_hash_table_iter_next(&each, &word, &count))
        g_ptr_array_add(
            rows, by_person ? row_of_person(recount, *(uint64_t *)count, word)
                            : row_of(*(uint64_t *)count, word, ""));
    g_ptr_array_sort(rows, compare_rows);
    return rows;
}

static void compare_top(const char *what, const GPtrArray *got,
                        const Recount *recount, GHashTable *counts,
                        const char *where)
{
    g_autoptr(GPtrArray) expected = expected_rows(recount, counts);

    if (got->len != MIN(expected->len, (unsigned)TOP))
        fail_msg("%s of %s: %u rows of %u", what, where, got->len,
                 expected->len);
    for (unsigned i = 0; i < got->len; i++) {
        const DigestCount *row = g_ptr_array_index(got, i);
        g_autofree char *shown =
            row_of(row->count, row->who.name,
                   row->who.email != NULL ? row->who.email : "");
        if (strcmp(shown, expected->pdata[i]) != 0)
            fail_msg("%s of %s: row %u is %s, recounted %s", what, where, i,
                     shown, (const char *)expected->pdata[i]);
    }
}

static void compare_days(const GPtrArray *got, const Recount *expected,
                         const char *where)
{
    const char *last = "";
    unsigned with_posts = 0;

    for (unsigned i = 0; i < got->len; i++) {
        const DigestDay *day = g_ptr_array_index(got, i);
        const DigestDay *other = g_hash_table_lookup(expected->days, day->day);
        with_posts += day->posts > 0;
        if (strcmp(day->day, last) <= 0)
            fail_msg("days of %s: %s is not in order", where, day->day);
        last = day->day;
        if (day->posts == 0 && other == NULL)
            continue;
        if (other == NULL || day->posts != other->posts ||
            day->patches != other->patches || day->replies != other->replies)
            fail_msg("days of %s: %s is not as recounted", where, day->day);
    }
    if (with_posts != g_hash_table_size(expected->days))
        fail_msg("days of %s: %u, recounted %u", where, with_posts,
                 g_hash_table_size(expected->days));
}

/* The digest of what was asked for is that of [from, until). */
static void compare_all(const Mails *mails, const IntervalRequest *interval,
                        int64_t from_ms, int64_t until_ms, const char *where)
{
    g_autoptr(Digest) digest =
        test_digest_of(mails->store, list, interval, COUNTED);
    Recount expected;

    recount_init(&expected);
    count_slowly(&expected, mails, from_ms, until_ms);
    compare_totals(digest, &expected, where);
    compare_top("domains", digest->domains, &expected, expected.domains, where);
    compare_top("contributors", digest->contributors, &expected,
                expected.contributors, where);
    compare_top("organisations", digest->organisations, &expected,
                expected.organisations, where);
    compare_days(digest->days, &expected, where);
    recount_clear(&expected);
}

/* --- random intervals ------------------------------------------------- */

static void random_interval(GRand *random, int64_t first_ms, int64_t last_ms,
                            IntervalRequest *interval)
{
    static const int64_t spans[] = { 0,
                                     1,
                                     3600 * 1000,
                                     DAY_MS,
                                     INT64_C(7) * DAY_MS,
                                     INT64_C(31) * DAY_MS,
                                     INT64_C(400) * DAY_MS,
                                     INT64_C(4000) * DAY_MS };
    const int64_t span =
        spans[g_rand_int_range(random, 0, G_N_ELEMENTS(spans))];
    const double at = g_rand_double(random);

    interval->from_ms =
        first_ms - DAY_MS +
        (int64_t)(at * (double)(last_ms - first_ms + 2 * DAY_MS));
    interval->until_ms =
        interval->from_ms + (int64_t)(g_rand_double(random) * (double)span);
}

static void compare_intervals(TestRedis *redis, GPtrArray *posts)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1000);
    Mails mails;

    read_mails(redis->store, posts, &mails);
    const Activity *first = g_ptr_array_index(mails.posts, 0);
    const Activity *last = g_ptr_array_index(mails.posts, mails.posts->len - 1);
    for (unsigned i = 0; i < INTERVALS; i++) {
        IntervalRequest interval = { .has_from = true, .has_until = true };
        random_interval(random, first->arrival_ms, last->arrival_ms, &interval);
        g_autofree char *where = g_strdup_printf(
            "%" G_GINT64_FORMAT "..%" G_GINT64_FORMAT, (gint64)interval.from_ms,
            (gint64)interval.until_ms);
        compare_all(&mails, &interval, interval.from_ms, interval.until_ms,
                    where);
    }
    mails_clear(&mails);
}

/* --- local times ------------------------------------------------------ */

/* A change of the clock; what libc says of the zone is the judge. */
typedef struct Change {
    const char *zone;
    time_t at;
} Change;

static void use_zone(const char *zone)
{
    setenv("TZ", zone, 1);
    tzset();
}

static long offset_at(time_t when)
{
    struct tm local;

    localtime_r(&when, &local);
    return local.tm_gmtoff;
}

static time_t change_between(time_t before, time_t after)
{
    while (after - before > 1) {
        const time_t middle = before + (after - before) / 2;
        if (offset_at(middle) == offset_at(before))
            before = middle;
        else
            after = middle;
    }
    return after;
}

/* The changes of a zone in a span of time. */
static void add_changes(GArray *changes, const char *zone, time_t from,
                        time_t until)
{
    const time_t step = INT64_C(7) * 86400;

    use_zone(zone);
    for (time_t at = from; at < until; at += step) {
        if (offset_at(at) == offset_at(at + step))
            continue;
        const Change change = { zone, change_between(at, at + step) };
        g_array_append_val(changes, change);
    }
}

/* A zone's local date as a number that grows. */
static int64_t date_at(time_t when)
{
    struct tm local;

    localtime_r(&when, &local);
    return ((int64_t)local.tm_year + 1900) * 10000 +
           ((int64_t)local.tm_mon + 1) * 100 + local.tm_mday;
}

/* The first second of the local date that is some days after that of when. */
static time_t start_of_day(time_t when, int days)
{
    struct tm local;

    localtime_r(&when, &local);
    local.tm_mday += days;
    local.tm_hour = 12;
    local.tm_min = local.tm_sec = 0;
    local.tm_isdst = -1;
    time_t inside = mktime(&local);
    const int64_t date = date_at(inside);
    time_t outside = inside - INT64_C(36) * 3600;
    while (inside - outside > 1) {
        const time_t middle = outside + (inside - outside) / 2;
        if (date_at(middle) >= date)
            inside = middle;
        else
            outside = middle;
    }
    return inside;
}

/* As if the clock had that offset all the time. */
static char *time_text(time_t when, long offset)
{
    const time_t shifted = when + offset;
    char text[32];
    struct tm wall;

    gmtime_r(&shifted, &wall);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &wall);
    return g_strdup(text);
}

static char *date_text(time_t when)
{
    const size_t length = strlen("2025-10-31");
    g_autofree char *text = time_text(when, offset_at(when));

    return g_strndup(text, length);
}

static void compare_words(const Mails *mails, const IntervalWords *words,
                          time_t from, time_t until)
{
    IntervalRequest interval;
    g_autoptr(GError) error = NULL;
    g_autofree char *where = g_strdup_printf(
        "%s %s %s in %s", words->range != NULL ? words->range : "",
        words->since != NULL ? words->since : "",
        words->until != NULL ? words->until : "", words->timezone);

    if (!interval_parse(words, &interval, &error))
        fail_msg("%s: %s", where, error->message);
    if (interval.from_ms != (int64_t)from * 1000 ||
        interval.until_ms != (int64_t)until * 1000)
        fail_msg("%s is not %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT, where,
                 (gint64)from * 1000, (gint64)until * 1000);
    compare_all(mails, &interval, (int64_t)from * 1000, (int64_t)until * 1000,
                where);
}

/* From the start of one day to the end or start of another. */
static void compare_dates(const Mails *mails, const Change *change, int before,
                          int after)
{
    const time_t from = start_of_day(change->at, -before);
    const time_t until = start_of_day(change->at, after);
    const time_t end = start_of_day(change->at, after + 1);
    g_autofree char *first = date_text(from);
    g_autofree char *last = date_text(until);
    g_autofree char *range = g_strconcat(first, "..", last, NULL);
    const IntervalWords whole = { .range = range, .timezone = change->zone };
    const IntervalWords options = { .since = first,
                                    .until = last,
                                    .timezone = change->zone };

    compare_words(mails, &whole, from, end);
    compare_words(mails, &options, from, until);
}

/* Written with no offset, an hour that is there twice is the first of them. */
static void compare_hours(const Mails *mails, const Change *change,
                          int hours_before, int hours_after)
{
    const time_t from = change->at - (time_t)hours_before * 3600;
    const time_t until = change->at + (time_t)hours_after * 3600;
    const long back = MAX(offset_at(from) - offset_at(until), 0);
    g_autofree char *first = time_text(from, offset_at(from));
    g_autofree char *last = time_text(until, offset_at(until));
    const IntervalWords words = { .since = first,
                                  .until = last,
                                  .timezone = change->zone };

    compare_words(mails, &words, from,
                  until < change->at + back ? until - back : until);
}

/* A time that the clock skips is read as if it had not. */
static void compare_skipped(const Mails *mails, const Change *change, int days)
{
    const long offset = offset_at(change->at - 1);
    const long skipped = offset_at(change->at) - offset;
    const time_t from = change->at + skipped / 2;
    const time_t until = from + (time_t)days * 86400;
    g_autofree char *first = time_text(from, offset);
    g_autofree char *last = time_text(until, offset_at(until));
    const IntervalWords words = { .since = first,
                                  .until = last,
                                  .timezone = change->zone };

    if (skipped > 0)
        compare_words(mails, &words, from, until);
}

static void compare_local_times(TestRedis *redis, GPtrArray *posts)
{
    /* In some the day that changes starts at one o'clock, or twice. */
    static const char *const zones[] = {
        "Europe/Berlin",    "America/New_York", "America/Havana",
        "America/Santiago", "America/Asuncion", "Australia/Lord_Howe"
    };
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(Change));
    g_autoptr(GRand) random = g_rand_new_with_seed(2025);
    g_autofree char *old_zone = g_strdup(g_getenv("TZ"));
    Mails mails;

    read_mails(redis->store, posts, &mails);
    const Activity *first = g_ptr_array_index(mails.posts, 0);
    const Activity *last = g_ptr_array_index(mails.posts, mails.posts->len - 1);
    for (unsigned i = 0; i < G_N_ELEMENTS(zones); i++)
        add_changes(changes, zones[i], (time_t)(first->arrival_ms / 1000),
                    (time_t)(last->arrival_ms / 1000));
    assert_true(changes->len > 50);
    for (unsigned i = 0; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        use_zone(change->zone);
        compare_dates(&mails, change, 0, 0);
        for (unsigned j = 0; j < 8; j++) {
            compare_dates(&mails, change, g_rand_int_range(random, 0, 9),
                          g_rand_int_range(random, 0, 31));
            compare_hours(&mails, change, g_rand_int_range(random, 3, 30),
                          g_rand_int_range(random, 0, 30));
        }
        compare_skipped(&mails, change, g_rand_int_range(random, 1, 9));
    }
    use_zone(old_zone != NULL ? old_zone : "UTC");
    mails_clear(&mails);
}

/* --- of which list ---------------------------------------------------- */

/* Six years, so that clocks change often. */
static GPtrArray *generated(void)
{
    return generated_posts(list, generated_seed(), GENERATED,
                           INT64_C(1554076800000), INT64_C(1746057600000));
}

static void random_intervals_equal_a_recount(void **state)
{
    compare_intervals(*state, generated());
}

static void local_times_equal_a_recount(void **state)
{
    compare_local_times(*state, generated());
}

static void real_intervals_equal_a_recount(void **state)
{
    GPtrArray *posts = test_posts("kvm-ppc.bundle", list);

    if (posts == NULL)
        skip();
    compare_intervals(*state, posts);
}

static void real_local_times_equal_a_recount(void **state)
{
    GPtrArray *posts = test_posts("kvm-ppc.bundle", list);

    if (posts == NULL)
        skip();
    compare_local_times(*state, posts);
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, test_redis_start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(random_intervals_equal_a_recount),
        redis_test(local_times_equal_a_recount),
        redis_test(real_intervals_equal_a_recount),
        redis_test(real_local_times_equal_a_recount),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
