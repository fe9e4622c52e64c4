/* SPDX-License-Identifier: MIT */
#include "patch/sketch.h"

#include "tests/support/unit.h"

#include <string.h>

static void take(PatchSketch *sketch, const char *text)
{
    const PatchLine line = { text, strlen(text), 0 };

    patch_sketch_take(sketch, &line);
}

static PatchSketch sketch_of(const char *const *lines)
{
    PatchSketch sketch = { 0 };

    for (; *lines != NULL; lines++)
        take(&sketch, *lines);
    return sketch;
}

static unsigned shared(const PatchSketch *one, const PatchSketch *other)
{
    uint32_t values[PATCH_SKETCH_LINES], others[PATCH_SKETCH_LINES];
    unsigned count = 0;

    assert_true(patch_sketch_values(one, values));
    assert_true(patch_sketch_values(other, others));
    for (unsigned i = 0; i < PATCH_SKETCH_LINES; i++)
        for (unsigned j = 0; j < PATCH_SKETCH_LINES; j++)
            count += values[i] == others[j];
    return count;
}

#define A "+staticintfirst_function(void)"
#define B "+returnsecond_function(argument);"
#define C "-structthird_type*third_name;"
#define D "+fourth_call(first,second,third);"

static void the_order_of_lines_does_not_matter(void **state)
{
    const PatchSketch one =
        sketch_of((const char *const[]){ A, B, C, D, NULL });
    const PatchSketch other =
        sketch_of((const char *const[]){ D, B, D, C, A, A, NULL });

    (void)state;
    assert_int_equal(shared(&one, &other), PATCH_SKETCH_LINES);
}

/* Stored: other values would be unknown to what is in Redis. */
static void values_stay_as_they_are(void **state)
{
    const PatchSketch sketch =
        sketch_of((const char *const[]){ A, B, C, D, NULL });
    uint32_t values[PATCH_SKETCH_LINES];

    (void)state;
    assert_true(patch_sketch_values(&sketch, values));
    assert_int_equal(values[0], 0xeda8bf);
    assert_int_equal(values[1], 0xb5ae81);
    assert_int_equal(values[2], 0xa5855a);
    assert_int_equal(values[3], 0x1271cc);
}

static void an_added_line_is_not_a_removed_one(void **state)
{
    const PatchSketch one =
        sketch_of((const char *const[]){ A, B, C, D, NULL });
    const PatchSketch other =
        sketch_of((const char *const[]){ "-"
                                         "staticintfirst_function(void)",
                                         B, C, D, NULL });

    (void)state;
    assert_int_equal(shared(&one, &other), PATCH_SKETCH_LINES - 1);
}

static void what_stands_in_any_patch_does_not_count(void **state)
{
    static const char *const lines[] = {
        "+}",
        "+return0;",
        "-break;",
        "+/**********************/",
        "+#endif/*X*/",
        "+..................",
        "+a=b+c-d*e/f%g;",
    };
    PatchSketch sketch = { 0 };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
        take(&sketch, lines[i]);
    assert_int_equal(sketch.count, 0);
}

static void a_small_patch_cannot_be_known_again(void **state)
{
    const PatchSketch sketch =
        sketch_of((const char *const[]){ A, B, C, C, NULL });
    uint32_t values[PATCH_SKETCH_LINES];

    (void)state;
    assert_false(patch_sketch_values(&sketch, values));
}

/* Of two long patches, one of which has half of its lines anew. */
static void most_of_the_least_lines_are_shared_by_revisions(void **state)
{
    unsigned found = 0;

    (void)state;
    for (unsigned i = 0; i < 64; i++) {
        PatchSketch one = { 0 }, other = { 0 };

        for (unsigned j = 0; j < 40; j++) {
            g_autofree char *line =
                g_strdup_printf("+function_number_%u_of_patch_%u();", j, i);
            g_autofree char *anew =
                g_strdup_printf("+replaced_number_%u_of_patch_%u();", j, i);

            take(&one, line);
            take(&other, j % 2 == 0 ? line : anew);
        }
        found += shared(&one, &other) > 0;
    }
    assert_in_range(found, 48, 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_lines_does_not_matter),
        cmocka_unit_test(values_stay_as_they_are),
        cmocka_unit_test(an_added_line_is_not_a_removed_one),
        cmocka_unit_test(what_stands_in_any_patch_does_not_count),
        cmocka_unit_test(a_small_patch_cannot_be_known_again),
        cmocka_unit_test(most_of_the_least_lines_are_shared_by_revisions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
