/* SPDX-License-Identifier: MIT */
#include "activity/record_fields.h"
#include "tests/support/unit.h"

#include <string.h>

static char *two_paths[] = { (char[]){ "arch/powerpc/kvm/book3s.c" },
                             (char[]){ "arch/powerpc/kvm/bücher.h" }, NULL };
static char *two_fixes[] = { (char[]){ "1234567" }, (char[]){ "0123456789ab" },
                             NULL };

static char base[] = "fedcba9876543210fedcba9876543210fedcba98";
static char url[] = "https://git.example.org/linux.git";
static char archive[] = "https://lists.example.org/{message-id}/";
static char ref[] = "tags/for-6.2";

/* Lent strings: never cleared. */
static RecordFields full_fields(void)
{
    return (RecordFields){
        .paths = two_paths,
        .inner_link = UINT64_C(0xfedcba987654),
        .ancestors = { 1, UINT64_C(0x123456789abc) },
        .ancestor_count = 2,
        .version = 12,
        .attached = 3,
        .opening_link = UINT64_C(0xabcdef012345),
        .defects = 0x201,
        .fixes = two_fixes,
        .base_commit = base,
        .pull_url = url,
        .pull_ref = ref,
        .archive = archive,
    };
}

static void assert_same(const RecordFields *one, const RecordFields *other)
{
    assert_true(one->inner_link == other->inner_link);
    assert_memory_equal(one->ancestors, other->ancestors,
                        sizeof(one->ancestors));
    assert_int_equal(one->ancestor_count, other->ancestor_count);
    assert_int_equal(one->version, other->version);
    assert_int_equal(one->attached, other->attached);
    assert_true(one->opening_link == other->opening_link);
    assert_int_equal(one->defects, other->defects);
    assert_int_equal(g_strcmp0(one->base_commit, other->base_commit), 0);
    assert_int_equal(g_strcmp0(one->pull_url, other->pull_url), 0);
    assert_int_equal(g_strcmp0(one->pull_ref, other->pull_ref), 0);
    assert_int_equal(g_strcmp0(one->archive, other->archive), 0);
    assert_true(one->paths == NULL
                    ? other->paths == NULL
                    : g_strv_equal((const char *const *)one->paths,
                                   (const char *const *)other->paths));
    assert_true(one->fixes == NULL
                    ? other->fixes == NULL
                    : g_strv_equal((const char *const *)one->fixes,
                                   (const char *const *)other->fixes));
}

static void assert_round_trip(const RecordFields *fields)
{
    g_autoptr(GString) bytes = g_string_new(NULL);
    RecordFields read = { 0 };

    record_fields_put(bytes, fields);
    BytesReader reader = bytes_reader(bytes->str, bytes->len);
    record_fields_get(&reader, &read);
    assert_false(reader.failed);
    assert_same(&read, fields);
    record_fields_clear(&read);
}

static void what_was_put_is_read(void **state)
{
    const RecordFields full = full_fields(), none = { 0 };
    RecordFields no_ref = full_fields();

    (void)state;
    no_ref.pull_ref = NULL;
    assert_round_trip(&full);
    assert_round_trip(&none);
    assert_round_trip(&no_ref);
}

static void a_record_without_fields_costs_nothing(void **state)
{
    const RecordFields none = { 0 };
    g_autoptr(GString) bytes = g_string_new(NULL);

    (void)state;
    record_fields_put(bytes, &none);
    assert_int_equal(bytes->len, 0);
}

/* A later version's field 77 says "abc", its field 78 nothing. */
static void fields_of_a_later_version_stay_as_they_are(void **state)
{
    static const char later[] = "\x4d\x03"
                                "abc\x4e\0";
    const RecordFields full = full_fields();
    g_autoptr(GString) bytes = g_string_new(NULL);
    g_autoptr(GString) again = g_string_new(NULL);
    RecordFields read = { 0 };

    (void)state;
    record_fields_put(bytes, &full);
    g_string_append_len(bytes, later, sizeof(later) - 1);
    BytesReader reader = bytes_reader(bytes->str, bytes->len);
    record_fields_get(&reader, &read);
    assert_false(reader.failed);
    assert_same(&read, &full);
    record_fields_put(again, &read);
    assert_true(g_string_equal(again, bytes));
    record_fields_clear(&read);
}

static void damage_is_told(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } cases[] = {
        { "\0\0", 2 },                           /* no such number */
        { "\x02\x06\1\2\3\4\5\6\x02\0", 10 },    /* twice */
        { "\x04\x05\7\1\2\3\4\x01\x02\0a", 11 }, /* not in order */
        { "\x02\x05\1\2\3\4\5", 7 },             /* too short a value */
        { "\x02\x07\1\2\3\4\5\6\7", 9 },         /* too long a value */
        { "\x02\x06\0\0\0\0\0\0", 8 },           /* none is not stored */
        { "\x02\x09\1", 3 },                     /* cut */
        { "\x01\x02\x01"
          "a",
          4 },                       /* shares with nothing */
        { "\x01\x03\0\1\xff", 5 },   /* no UTF-8 */
        { "\x03\x04\x06\1\2\3", 6 }, /* too few digits */
        { "\x04\x02\x41\1", 4 },     /* too many digits */
        { "\x7f\0", 2 },             /* no number of a field */
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        BytesReader reader = bytes_reader(cases[i].bytes, cases[i].length);
        RecordFields read = { 0 };

        record_fields_get(&reader, &read);
        if (!reader.failed)
            fail_msg("case %zu was read", i);
        record_fields_clear(&read);
    }
}

static void only_what_is_lacking_is_filled(void **state)
{
    RecordFields to = { .pull_url = g_strdup("old") };
    RecordFields from = { .pull_url = g_strdup("new"),
                          .fixes = g_strsplit("1234567", ",", -1),
                          .inner_link = 5 };

    (void)state;
    assert_true(record_fields_fill(&to, &from));
    assert_string_equal(to.pull_url, "old");
    assert_string_equal(to.fixes[0], "1234567");
    assert_true(to.inner_link == 5);
    assert_false(record_fields_fill(&to, &from));
    record_fields_clear(&to);
    record_fields_clear(&from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_read),
        cmocka_unit_test(a_record_without_fields_costs_nothing),
        cmocka_unit_test(fields_of_a_later_version_stay_as_they_are),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(only_what_is_lacking_is_filled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
