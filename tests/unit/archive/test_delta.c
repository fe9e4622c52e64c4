/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "archive/delta.h"

#include <glib.h>
#include <string.h>

#define BASE "0123456789"

/* The result as text; NULL where the delta is refused. */
static char *apply(const char *delta, size_t length)
{
    const uint8_t *bytes = (const uint8_t *)delta;
    size_t base_length = 0, result_length = 0;

    if (!delta_sizes(bytes, length, &base_length, &result_length) ||
        result_length > 1000000)
        return NULL;
    g_autofree uint8_t *result = g_malloc0(result_length + 1);
    /* a block of its very size, so that a sanitizer sees what is behind it */
    g_autofree uint8_t *base = g_memdup2(BASE, strlen(BASE));
    return delta_apply(bytes, length, base, strlen(BASE), result, result_length)
               ? g_strdup((char *)result)
               : NULL;
}

#define DELTA(bytes) (bytes), sizeof(bytes) - 1

static void deltas_copy_and_insert(void **state)
{
    static const struct {
        const char *delta;
        size_t length;
        const char *result;
    } cases[] = {
        { DELTA("\x0a\x03\x03"
                "abc"),
          "abc" },
        { DELTA("\x0a\x05\x90\x05"), "01234" },
        { DELTA("\x0a\x05\x91\x05\x05"), "56789" },
        { DELTA("\x0a\x04\x91\x09\x01\x01"
                "-\x91\x00\x02"),
          "9-01" },
        { DELTA("\x0a\x00"), "" },
        { DELTA("\x8a\x00\x01\x01x"), "x" }, /* a length that is padded */
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *result = apply(cases[i].delta, cases[i].length);
        assert_non_null(result);
        assert_string_equal(result, cases[i].result);
    }
}

static void damaged_deltas_are_refused(void **state)
{
    static const struct {
        const char *delta;
        size_t length;
    } cases[] = {
        { DELTA("") },
        { DELTA("\x0a") },
        { DELTA("\x8a") },
        { DELTA("\x0a\x83") },
        { DELTA("\x0a\x01") },             /* nothing is made */
        { DELTA("\x09\x01\x90\x01") },     /* of another base */
        { DELTA("\x0a\x01\x00") },         /* no step */
        { DELTA("\x0a\x01\x02x") },        /* inserts what is not there */
        { DELTA("\x0a\x02\x01x") },        /* makes less */
        { DELTA("\x0a\x01\x02xy") },       /* makes more */
        { DELTA("\x0a\x04\x90\x05") },     /* copies more */
        { DELTA("\x0a\x0b\x90\x0b") },     /* past the base */
        { DELTA("\x0a\x01\x91\x0a\x01") }, /* behind the base */
        { DELTA("\x0a\x01\x98\xff\x01") }, /* far behind */
        { DELTA("\x0a\x80\x80\x04\x80") }, /* 64 KiB of ten bytes */
        { DELTA("\x0a\x01\x91\x00") },     /* ends in a copy */
        { DELTA("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x01x") },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *result = apply(cases[i].delta, cases[i].length);
        assert_null(result);
    }
}

static void a_copy_of_size_zero_is_64_kib(void **state)
{
    enum { LENGTH = 0x10000 };
    g_autofree uint8_t *base = g_malloc(LENGTH);
    g_autofree uint8_t *result = g_malloc(LENGTH);
    static const char delta[] = "\x80\x80\x04\x80\x80\x04\x80";
    const uint8_t *bytes = (const uint8_t *)delta;

    (void)state;
    memset(base, 'x', LENGTH);
    assert_true(
        delta_apply(bytes, sizeof(delta) - 1, base, LENGTH, result, LENGTH));
    assert_memory_equal(base, result, LENGTH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deltas_copy_and_insert),
        cmocka_unit_test(damaged_deltas_are_refused),
        cmocka_unit_test(a_copy_of_size_zero_is_64_kib),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
