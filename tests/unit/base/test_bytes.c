/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include <string.h>

#include "base/bytes.h"

static const uint64_t numbers[] = { 0,          1,
                                    0x7f,       0x80,
                                    0x3fff,     0x4000,
                                    UINT32_MAX, (uint64_t)UINT32_MAX + 1,
                                    INT64_MAX,  (uint64_t)INT64_MAX + 1,
                                    UINT64_MAX };

static void fixed_numbers_are_little_endian(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    bytes_put(out, 0x0102, 2);
    bytes_put(out, 0xff, 1);
    bytes_put(out, 0x123456, 2);
    assert_int_equal(out->len, 5);
    assert_memory_equal(out->str, "\x02\x01\xff\x56\x34", 5);
}

static void varints_are_leb128(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    bytes_put_varint(out, 624485);
    assert_int_equal(out->len, 3);
    assert_memory_equal(out->str, "\xe5\x8e\x26", 3);
}

static void every_number_comes_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        BytesReader reader;

        bytes_put(out, numbers[i], 8);
        bytes_put_varint(out, numbers[i]);
        bytes_put_signed(out, (int64_t)numbers[i]);
        bytes_put_signed(out, -(int64_t)(numbers[i] >> 1));
        reader = bytes_reader(out->str, out->len);
        assert_true(bytes_get(&reader, 8) == numbers[i]);
        assert_true(bytes_get_varint(&reader) == numbers[i]);
        assert_true(bytes_get_signed(&reader) == (int64_t)numbers[i]);
        assert_true(bytes_get_signed(&reader) == -(int64_t)(numbers[i] >> 1));
        assert_false(reader.failed);
        assert_ptr_equal(reader.at, reader.end);
    }
}

static void small_signed_numbers_take_one_byte(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    bytes_put_signed(out, -64);
    bytes_put_signed(out, 63);
    assert_int_equal(out->len, 2);
}

static void strings_hold_any_byte(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);
    BytesReader reader;
    const char *text;
    size_t length = 99;

    (void)state;
    bytes_put_string(out, "a\0b\xff", 4);
    bytes_put_string(out, "", 0);
    reader = bytes_reader(out->str, out->len);
    text = bytes_get_string(&reader, &length);
    assert_int_equal(length, 4);
    assert_memory_equal(text, "a\0b\xff", 4);
    assert_non_null(bytes_get_string(&reader, &length));
    assert_int_equal(length, 0);
    assert_false(reader.failed);
}

static void reading_past_the_end_gives_zeros_and_stays_failed(void **state)
{
    BytesReader reader = bytes_reader("\x01\x02\x03", 3);
    size_t length = 99;

    (void)state;
    assert_int_equal(bytes_get(&reader, 4), 0);
    assert_true(reader.failed);
    assert_int_equal(bytes_get(&reader, 1), 0);
    assert_int_equal(bytes_get_varint(&reader), 0);
    assert_int_equal(bytes_get_signed(&reader), 0);
    assert_null(bytes_get_string(&reader, &length));
    assert_int_equal(length, 0);
    assert_null(bytes_get_raw(&reader, 0));
    assert_true(reader.failed);
}

static void an_empty_reader_has_nothing(void **state)
{
    BytesReader reader = bytes_reader(NULL, 0);

    (void)state;
    assert_non_null(bytes_get_raw(&reader, 0));
    assert_false(reader.failed);
    assert_int_equal(bytes_get(&reader, 1), 0);
    assert_true(reader.failed);
}

static void crooked_varints_fail(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } cases[] = {
        { "\x80", 1 },                                        /* cut */
        { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10 },   /* 65 bits */
        { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x81\0", 11 }, /* 11 bytes */
        { "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\0", 11 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        BytesReader reader = bytes_reader(cases[i].bytes, cases[i].length);

        assert_int_equal(bytes_get_varint(&reader), 0);
        assert_true(reader.failed);
    }
}

static void a_string_longer_than_the_rest_fails(void **state)
{
    static const char *const cases[] = {
        "\x03"
        "ab",
        "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        BytesReader reader = bytes_reader(cases[i], strlen(cases[i]));
        size_t length = 99;

        assert_null(bytes_get_string(&reader, &length));
        assert_int_equal(length, 0);
        assert_true(reader.failed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_numbers_are_little_endian),
        cmocka_unit_test(varints_are_leb128),
        cmocka_unit_test(every_number_comes_back),
        cmocka_unit_test(small_signed_numbers_take_one_byte),
        cmocka_unit_test(strings_hold_any_byte),
        cmocka_unit_test(reading_past_the_end_gives_zeros_and_stays_failed),
        cmocka_unit_test(an_empty_reader_has_nothing),
        cmocka_unit_test(crooked_varints_fail),
        cmocka_unit_test(a_string_longer_than_the_rest_fails),
    };

    return cmocka_run_group_tests_name("base/bytes", tests, NULL, NULL);
}
