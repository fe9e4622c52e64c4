/* SPDX-License-Identifier: MIT */
#include "activity/squeeze.h"
#include "tests/support/unit.h"

#include <string.h>

static size_t squeezed_length(const char *text, size_t length)
{
    g_autoptr(GString) squeezed = g_string_new(NULL);
    size_t again_length = 0;

    squeeze_put(squeezed, text, length);
    g_autofree char *again =
        squeeze_get(squeezed->str, squeezed->len, &again_length);

    assert_non_null(again);
    assert_int_equal(again_length, length);
    assert_memory_equal(again, text, length);
    assert_int_equal(again[length], '\0');
    return squeezed->len;
}

static void what_is_squeezed_comes_back(void **state)
{
    static const char *const texts[] = {
        "",
        "a",
        "Re: [PATCH v2 03/15] KVM: PPC: Book3S HV: Fix it",
        "20190624102030.12345-5-jo@example.org",
        "1",
        "12",
        "123",
        "1234",
        "12345",
        "1234567890123456",
        "12345678901234567890123",
        "gr\xc3\xbc\xc3\x9f"
        "e",
        "\xff\xfe",
        "\x01\x02\x7f",
        "@",
        "@gmail.co",
        "@gmail.com",
        "[PATCH",
        "[PATCH v",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        (void)squeezed_length(texts[i], strlen(texts[i]));
}

static void every_byte_and_every_pair_of_bytes_comes_back(void **state)
{
    (void)state;
    for (unsigned one = 0; one < 256; one++)
        for (unsigned other = 0; other < 256; other++) {
            const char text[2] = { (char)one, (char)other };

            (void)squeezed_length(text, 1);
            (void)squeezed_length(text, 2);
        }
}

static void long_runs_of_foreign_bytes_come_back(void **state)
{
    g_autofree char *text = g_strnfill(1000, '\xc3');

    (void)state;
    assert_in_range(squeezed_length(text, 1000), 1000, 1008);
}

static void list_mail_shrinks_to_two_thirds(void **state)
{
    static const char *const texts[] = {
        "Re: [PATCH v2 3/5] net: Remove the old driver",
        "[PATCH] mm: fix a bug in the page allocator",
        "20190624102030.12345-5-jo.doe@kernel.org",
        "CAHk-x1234567890abcdefgh@mail.gmail.com",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        const size_t length = strlen(texts[i]);

        assert_in_range(squeezed_length(texts[i], length), 1, length * 2 / 3);
    }
}

/* Records that lie in Redis say so: the codes are for ever. */
static void the_codes_are_the_stored_ones(void **state)
{
    static const struct {
        const char *text, *squeezed;
    } cases[] = {
        { "x", "x" },
        { "1234", "\x01\x12\x34" },
        { "1234567890123456", "\x07\x12\x34\x56\x78\x90\x12\x34\x56" },
    };
    g_autoptr(GString) all = g_string_new(NULL);
    size_t length = 0;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) squeezed = g_string_new(NULL);

        squeeze_put(squeezed, cases[i].text, strlen(cases[i].text));
        assert_string_equal(squeezed->str, cases[i].squeezed);
    }
    for (unsigned code = 0x08; code <= 0xff; code++)
        if (code < 0x20 || code >= 0x7f) {
            const char byte = (char)code;
            g_autofree char *fragment = squeeze_get(&byte, 1, &length);

            g_string_append(all, fragment == NULL ? "-" : fragment);
            g_string_append_c(all, '\n');
        }
    g_autofree char *sum =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, all->str, -1);

    assert_string_equal(sum, "e5a275145854f4f2c95c85c3b6e378384"
                             "b0f64250c5ddd20c4ebdf1a4f9d7dd9");
}

static void damaged_bytes_are_no_text(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } cases[] = {
        { "\0", 1 },     { "\0\1", 2 },       { "\0\4xyz", 5 },
        { "\1\x12", 2 }, { "\1\x1a\x12", 3 }, { "\1\xa1\x12", 3 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        size_t length = 0;

        assert_null(squeeze_get(cases[i].bytes, cases[i].length, &length));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_squeezed_comes_back),
        cmocka_unit_test(every_byte_and_every_pair_of_bytes_comes_back),
        cmocka_unit_test(long_runs_of_foreign_bytes_come_back),
        cmocka_unit_test(list_mail_shrinks_to_two_thirds),
        cmocka_unit_test(the_codes_are_the_stored_ones),
        cmocka_unit_test(damaged_bytes_are_no_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
