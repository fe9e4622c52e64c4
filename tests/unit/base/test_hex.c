/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include <glib.h>
#include <string.h>

#include "base/hex.h"

static void bytes_become_lower_case_digits(void **state)
{
    const uint8_t bytes[] = { 0x00, 0x7f, 0x80, 0xff, 0x0a };
    char text[2 * sizeof bytes + 1];

    (void)state;
    hex_encode(bytes, sizeof bytes, text);
    assert_string_equal(text, "007f80ff0a");
    hex_encode(bytes, 0, text);
    assert_string_equal(text, "");
}

static void digits_of_any_case_become_bytes(void **state)
{
    uint8_t bytes[3] = { 0 };

    (void)state;
    assert_true(hex_decode("00aBFf", 6, bytes, sizeof bytes));
    assert_memory_equal(bytes, "\x00\xab\xff", 3);
}

static void another_length_or_letter_leaves_the_bytes_alone(void **state)
{
    static const char *const cases[] = { "",        "1",    "112",
                                         "1122334", "112g", "11 2",
                                         "-112",    "0x11", "11 22" };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint8_t bytes[2] = { 7, 7 };

        assert_false(
            hex_decode(cases[i], strlen(cases[i]), bytes, sizeof bytes));
        assert_memory_equal(bytes, "\x07\x07", 2);
    }
}

static void every_byte_survives_the_round_trip(void **state)
{
    uint8_t bytes[256], back[256];
    char text[2 * sizeof bytes + 1];

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)i;
    hex_encode(bytes, sizeof bytes, text);
    assert_true(hex_decode(text, strlen(text), back, sizeof back));
    assert_memory_equal(bytes, back, sizeof bytes);
}

static void only_digits_are_digits(void **state)
{
    (void)state;
    assert_true(hex_is_digits("", 0));
    assert_true(hex_is_digits("09afAFg", 6));
    assert_false(hex_is_digits("09afAFg", 7));
    assert_false(hex_is_digits("\xc3\xa9", 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_lower_case_digits),
        cmocka_unit_test(digits_of_any_case_become_bytes),
        cmocka_unit_test(another_length_or_letter_leaves_the_bytes_alone),
        cmocka_unit_test(every_byte_survives_the_round_trip),
        cmocka_unit_test(only_digits_are_digits),
    };

    return cmocka_run_group_tests_name("base/hex", tests, NULL, NULL);
}
