/* SPDX-License-Identifier: MIT */
/*
 * Digests of some posts against a slow recount of them: every record of the
 * list is read, the whole list is put together, and each post is asked anew.
 */
#include "tests/support/unit.h"

#include "digest/filter.h"
#include "gather/gather.h"
#include "identity/identity.h"
#include "sets/build.h"
#include "tests/support/generated.h"
#include "tests/support/posts.h"
#include "tests/support/redis.h"

#include <stdlib.h>
#include <string.h>

enum { INTERVALS = 60, GENERATED = 3000 };

static const int64_t DAY_MS = INT64_C(86400000);
static const int64_t FROM_MS = INT64_C(1554076800000);
static const int64_t UNTIL_MS = INT64_C(1746057600000);
static const char list[] = "kvm-ppc.vger.kernel.org";

typedef struct Whole {
    Store *store;
    People *people;
    Identity *identity;
    Gather *gather;
    Sets *sets;
    int64_t first_ms, last_ms;
} Whole;

static void whole_load(Store *store, Whole *whole)
{
    const IdentityFiles no_files = { 0 };
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) rows = store_rows(store, list, 0, INT64_MAX, &error);

    assert_non_null(rows);
    whole->store = store;
    whole->identity = identity_new(&no_files, &error);
    whole->people = people_new(whole->identity);
    whole->gather = gather_new(store, list, NULL, whole->people);
    gather_close_window(whole->gather);
    for (unsigned i = 0; i < rows->len; i++)
        gather_post(whole->gather, g_array_index(rows, PostRow, i).post,
                    GATHER_INSIDE, 0);
    assert_true(gather_run(whole->gather, &error));

    const GArray *records = gather_records(whole->gather);

    whole->sets =
        sets_build((const PostRecord *)(void *)records->data, records->len,
                   whole->people, gather_subjects(whole->gather));
    whole->first_ms = whole->sets->records[0].arrival_ms;
    whole->last_ms = whole->sets->records[records->len - 1].arrival_ms;
}

static void whole_clear(Whole *whole)
{
    sets_free(whole->sets);
    gather_free(whole->gather);
    people_free(whole->people);
    identity_free(whole->identity);
}

/* --- the recount ------------------------------------------------------ */

static int set_about(const Sets *sets, unsigned record)
{
    if (sets->set_of[record] != SETS_NONE)
        return sets->set_of[record];
    return sets->answers[record] != SETS_NONE
               ? sets->set_of[sets->answers[record]]
               : SETS_NONE;
}

static const char *address_of(const Sets *sets, unsigned record)
{
    const uint32_t person =
        sets_is_part(sets, record)
            ? people_person(sets->people, sets->records[record].author)
            : sets->speakers[record];

    return people_address(sets->people, person);
}

static bool changes_file(const Sets *sets, int index, const char *file)
{
    const PatchSet *set = sets_get(sets, index);

    for (unsigned i = 0; i < set->members->len; i++) {
        char **paths =
            sets->records[g_array_index(set->members, SetMember, i).record]
                .fields.paths;

        if (paths != NULL && g_strv_contains((const char *const *)paths, file))
            return true;
    }
    return false;
}

static bool is_in_state(const PatchSet *set, FilterState state)
{
    if (state == FILTER_APPLIED)
        return set->applied != SETS_NONE;
    if (state == FILTER_SUPERSEDED)
        return set->newer != SETS_NONE;
    return set->is_pull;
}

static bool is_in_thread(const Sets *sets, unsigned record, unsigned other)
{
    while (sets->parents[record] != SETS_NONE)
        record = (unsigned)sets->parents[record];
    while (sets->parents[other] != SETS_NONE)
        other = (unsigned)sets->parents[other];
    return sets->threads[record] == sets->threads[other];
}

/* What is asked for in one round, and of which post it was taken. */
typedef struct Asked {
    DigestFilter filter;
    char *file[2];
    unsigned about; /* record */
} Asked;

static bool passes(const Whole *whole, const Asked *asked, unsigned record)
{
    const Sets *sets = whole->sets;
    const DigestFilter *filter = &asked->filter;
    const int about = set_about(sets, record);

    if (filter->author != NULL &&
        strcmp(address_of(sets, record), filter->author) != 0)
        return false;
    if (filter->paths != NULL &&
        (about == SETS_NONE || !changes_file(sets, about, asked->file[0])))
        return false;
    if (filter->state != FILTER_ANY &&
        (about == SETS_NONE ||
         !is_in_state(sets_get(sets, about), filter->state)))
        return false;
    if (filter->open != NULL) {
        const PatchSet *set = about != SETS_NONE ? sets_get(sets, about) : NULL;

        if (set == NULL || set->newer != SETS_NONE ||
            set->applied != SETS_NONE || set->pull != SETS_NONE ||
            set->withdrawn != SETS_NONE || set->repeated_by != CAUSE_NONE ||
            strcmp(address_of(sets, set->head), filter->open) != 0)
            return false;
    }
    return filter->thread == 0 || is_in_thread(sets, record, asked->about);
}

static void compare(const Whole *whole, const Asked *asked, int64_t from_ms,
                    int64_t until_ms, uint64_t *told)
{
    const IntervalRequest interval = { .has_from = true,
                                       .has_until = true,
                                       .from_ms = from_ms,
                                       .until_ms = until_ms };
    const DigestRequest request = { .interval = &interval,
                                    .filter = &asked->filter,
                                    .sections = SECTION_ALL,
                                    .now_ms = until_ms };
    g_autoptr(Digest) digest = test_digest_asked(whole->store, list, &request);
    uint64_t posts = 0, kinds[POST_KINDS] = { 0 }, sets = 0;

    for (unsigned i = 0; i < whole->sets->count; i++) {
        const int64_t arrival_ms = whole->sets->records[i].arrival_ms;
        const int set = whole->sets->set_of[i];

        if (arrival_ms < from_ms || arrival_ms >= until_ms ||
            !passes(whole, asked, i))
            continue;
        posts++;
        kinds[whole->sets->kinds[i]]++;
        sets += set != SETS_NONE && sets_get(whole->sets, set)->head == i;
    }
    assert_int_equal(digest->totals.posts, posts);
    assert_int_equal(digest->totals.patches, kinds[POST_PATCH]);
    assert_int_equal(digest->totals.covers, kinds[POST_COVER]);
    assert_int_equal(digest->totals.pulls, kinds[POST_PULL]);
    assert_int_equal(digest->totals.replies, kinds[POST_REPLY]);
    assert_int_equal(digest->totals.notices, kinds[POST_NOTICE]);
    assert_int_equal(digest->totals.other, kinds[POST_OTHER]);
    assert_int_equal(digest->totals.patch_sets, sets);
    assert_int_equal(digest->sets->len, sets);
    *told += posts;
}

/* Something that a random post has, so that most digests are not empty. */
static void ask(const Whole *whole, GRand *random, unsigned kind, Asked *asked)
{
    static const FilterState states[] = { FILTER_APPLIED, FILTER_SUPERSEDED,
                                          FILTER_PULL };
    static char none[] = "none.c";
    const unsigned record =
        (unsigned)g_rand_int_range(random, 0, (gint32)whole->sets->count);
    char **paths = whole->sets->records[record].fields.paths;

    *asked = (Asked){ .filter = { .state = FILTER_ANY }, .about = record };
    switch (kind) {
    case 0:
        asked->filter.author = address_of(whole->sets, record);
        return;
    case 1:
        asked->file[0] = paths != NULL ? paths[0] : none;
        asked->filter.paths = asked->file;
        return;
    case 2:
        asked->filter.state = states[g_rand_int_range(random, 0, 3)];
        return;
    case 3:
        asked->filter.thread = whole->sets->records[record].own_link;
        return;
    case 4:
        asked->filter.open = address_of(whole->sets, record);
        return;
    default: /* two at once */
        asked->filter.author = address_of(whole->sets, record);
        asked->filter.state = FILTER_SUPERSEDED;
    }
}

static void compare_intervals(Store *store, const GPtrArray *posts)
{
    static const int days[] = { 2, 14, 60, 400 };
    enum { KINDS = 6 };
    g_autoptr(GRand) random = g_rand_new_with_seed(151);
    uint64_t told[KINDS] = { 0 };
    Whole whole;

    test_count_posts(store, posts);
    whole_load(store, &whole);
    for (unsigned i = 0; i < INTERVALS; i++) {
        Asked asked;

        ask(&whole, random, i % KINDS, &asked);

        const int64_t length =
            (int64_t)(g_rand_double(random) * days[i % G_N_ELEMENTS(days)] *
                      (double)DAY_MS);
        const int64_t from_ms =
            whole.sets->records[asked.about].arrival_ms -
            (int64_t)(g_rand_double(random) * (double)length);

        compare(&whole, &asked, MAX(from_ms, 0), MAX(from_ms, 0) + length + 1,
                &told[i % KINDS]);
    }
    for (unsigned i = 0; i + 1 < KINDS; i++)
        assert_true(told[i] > 0);
    whole_clear(&whole);
}

static void filtered_digests_equal_a_recount(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(GPtrArray) posts =
        generated_posts(list, generated_seed(), GENERATED, FROM_MS, UNTIL_MS);

    compare_intervals(redis->store, posts);
}

static void filtered_real_digests_equal_a_recount(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(GPtrArray) posts = test_posts("kvm-ppc.bundle", list);

    if (posts == NULL)
        skip();
    compare_intervals(redis->store, posts);
}

static void patterns_name_files_and_folders(void **state)
{
    (void)state;
    assert_true(filter_path_fits("io_uring", "io_uring/net.c"));
    assert_true(filter_path_fits("io_uring/", "io_uring/net.c"));
    assert_true(filter_path_fits("io_uring/net.c", "io_uring/net.c"));
    assert_false(filter_path_fits("io_uring", "io_uring2/net.c"));
    assert_false(filter_path_fits("net.c", "io_uring/net.c"));
    assert_true(filter_path_fits("*/net.c", "io_uring/net.c"));
    assert_false(filter_path_fits("*.c", "io_uring/net.c"));
    assert_true(filter_path_fits("**.c", "io_uring/net.c"));
    assert_true(filter_path_fits("arch/*/kvm/", "arch/x86/kvm/mmu/mmu.c"));
    assert_false(filter_path_fits("arch/*/kvm/", "arch/x86/mm/init.c"));
    assert_false(filter_path_fits("drivers/*", "drivers/net/tun.c"));
}

static void states_have_names(void **state)
{
    FilterState found = FILTER_ANY;

    (void)state;
    assert_true(filter_state_parse("Waiting", &found));
    assert_int_equal(found, FILTER_WAITING);
    assert_false(filter_state_parse("any", &found));
    assert_false(filter_state_parse("", &found));
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, test_redis_start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(filtered_digests_equal_a_recount),
        redis_test(filtered_real_digests_equal_a_recount),
        cmocka_unit_test(patterns_name_files_and_folders),
        cmocka_unit_test(states_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
