/* SPDX-License-Identifier: MIT */
#include "sets/subject_cache.h"

#include "activity/link.h"
#include "tests/support/unit.h"

static void a_subject_is_parsed_once_even_if_its_record_moves(void **state)
{
    g_autoptr(SubjectCache) cache = subject_cache_new(NULL);
    PostRecord record = { .subject = (char[]){ "[PATCH v2 3/7] wren: sing" } };
    const PatchSubject *subject = subject_cache_get(cache, &record);
    const PostRecord moved = record;

    (void)state;
    assert_int_equal(subject->version, 2);
    assert_int_equal(subject->number, 3);
    assert_string_equal(subject->title, "wren: sing");
    assert_ptr_equal(subject_cache_get(cache, &moved), subject);
    assert_int_equal(subject_cache_title(cache, &moved),
                     link_title_digest(subject));
    assert_int_equal(subject_cache_title(cache, &record),
                     link_title_digest(subject));
}

static void the_prefix_of_the_list_is_taken_off(void **state)
{
    g_autoptr(SubjectCache) cache = subject_cache_new("[birds]");
    g_autoptr(SubjectCache) plain = subject_cache_new(NULL);
    const PostRecord record = { .subject =
                                    (char[]){ "[birds] [PATCH] wren: sing" } };

    (void)state;
    assert_int_equal(subject_cache_get(cache, &record)->tags->len, 0);
    assert_int_not_equal(subject_cache_get(plain, &record)->tags->len, 0);
}

/* An attached patch may say a version that the subject does not. */
static void
a_version_of_the_record_counts_where_the_subject_has_none(void **state)
{
    g_autoptr(SubjectCache) cache = subject_cache_new(NULL);
    PostRecord without = { .subject = (char[]){ "[PATCH] wren: sing" } };
    PostRecord with = { .subject = (char[]){ "[PATCH v4] wren: sing" } };

    (void)state;
    without.fields.version = with.fields.version = 3;
    assert_int_equal(subject_cache_get(cache, &without)->version, 3);
    assert_int_equal(subject_cache_get(cache, &with)->version, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_subject_is_parsed_once_even_if_its_record_moves),
        cmocka_unit_test(the_prefix_of_the_list_is_taken_off),
        cmocka_unit_test(
            a_version_of_the_record_counts_where_the_subject_has_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
