/* SPDX-License-Identifier: MIT */
#include "digest/digest.h"

#include "tests/support/unit.h"

static void a_new_digest_is_empty(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    const GPtrArray *const arrays[] = {
        digest->domains,   digest->contributors,  digest->posters,
        digest->reviewers, digest->sets,          digest->applied,
        digest->waiting,   digest->threads,       digest->newcomers,
        digest->days,      digest->gaps,          digest->asked,
        digest->paths,     digest->organisations, digest->lists,
    };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(arrays); i++) {
        assert_non_null(arrays[i]);
        assert_int_equal(arrays[i]->len, 0);
    }
    assert_null(digest->before);
}

static void what_is_not_known_of_a_set_says_so(void **state)
{
    DigestSet *set = digest_set_new();

    (void)state;
    assert_int_equal(set->first_reply_seconds, -1);
    assert_int_equal(set->first_review_seconds, -1);
    assert_null(set->title);
    assert_null(set->applied);
    digest_set_free(set);
}

static void a_person_that_was_cleared_may_be_filled_again(void **state)
{
    DigestPerson who = { .name = g_strdup("Ann"),
                         .email = g_strdup("ann@example.org") };

    (void)state;
    digest_person_clear(&who);
    assert_null(who.name);
    assert_null(who.email);
    assert_null(who.organisation);
    digest_person_clear(&who);
}

/* applied and waiting lend the sets: they are freed once. */
static void lent_sets_are_freed_once(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    DigestSet *set = digest_set_new();

    (void)state;
    set->title = g_strdup("a title");
    g_ptr_array_add(digest->sets, set);
    g_ptr_array_add(digest->applied, set);
    g_ptr_array_add(digest->waiting, set);
    digest->before = digest_new();
    digest_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_digest_is_empty),
        cmocka_unit_test(what_is_not_known_of_a_set_says_so),
        cmocka_unit_test(a_person_that_was_cleared_may_be_filled_again),
        cmocka_unit_test(lent_sets_are_freed_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
