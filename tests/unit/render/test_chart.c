/* SPDX-License-Identifier: MIT */
#include "render/chart.h"

#include <string.h>

#include "tests/support/unit.h"

static const ChartWords words = { "Posts by day & night", "posts", "patches" };
static const ChartWords plain = { "Sizes", "sets", NULL };

static unsigned count_of(const char *text, const char *word)
{
    unsigned count = 0;

    for (const char *at = text; (at = strstr(at, word)) != NULL;
         at += strlen(word))
        count++;
    return count;
}

/* What browsers need: elements closed in their order, no bare &. */
static void assert_well_formed(const GString *out)
{
    g_autoptr(GError) error = NULL;
    const GMarkupParser parser = { .start_element = NULL };
    g_autoptr(GMarkupParseContext) context =
        g_markup_parse_context_new(&parser, 0, NULL, NULL);
    g_autofree char *whole = g_strconcat("<x>", out->str, "</x>", NULL);

    if (!g_markup_parse_context_parse(context, whole, -1, &error) ||
        !g_markup_parse_context_end_parse(context, &error))
        fail_msg("%s:\n%s", error->message, out->str);
}

static void columns_are_as_high_as_they_count(void **state)
{
    static const ChartBar bars[] = { { "Mon", 10, 5 },
                                     { "Tue <b>", 5, 0 },
                                     { "Wed", 0, 0 } };
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    chart_columns(out, &words, bars, G_N_ELEMENTS(bars));
    assert_well_formed(out);
    assert_non_null(
        strstr(out->str, "<title>Posts by day &amp; night</title>"));
    assert_non_null(
        strstr(out->str, "Mon to Wed: 15 posts, most for Mon (10)"));
    assert_non_null(strstr(out->str, "Tue &lt;b&gt;: 5 posts, 0 patches"));
    /* 110 pixels; none for nothing */
    assert_int_equal(count_of(out->str, "class=\"bar\""), 2);
    assert_int_equal(count_of(out->str, "class=\"bar part\""), 1);
    assert_int_equal(count_of(out->str, "y=\"16\" height=\"110\""), 1);
    assert_int_equal(count_of(out->str, "y=\"71\" height=\"55\""), 2);
    assert_int_equal(count_of(out->str, "text-anchor="), 3);
}

static void one_column_is_no_chart(void **state)
{
    static const ChartBar bars[] = { { "Mon", 10, 5 }, { "Tue", 1, 0 } };
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    chart_columns(out, &words, bars, 1);
    chart_columns(out, &words, bars, 0);
    chart_rows(out, &words, bars, 0);
    assert_int_equal(out->len, 0);
    chart_columns(out, &words, bars, 2);
    assert_int_equal(count_of(out->str, "text-anchor="), 2);
}

static void zeros_divide_nothing(void **state)
{
    static const ChartBar bars[] = { { "a", 0, 0 }, { "b", 0, 0 } };
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    chart_columns(out, &plain, bars, 2);
    chart_rows(out, &plain, bars, 2);
    chart_share(out, 0, 0);
    assert_well_formed(out);
    assert_non_null(strstr(out->str, "a to b: 0 sets"));
}

static void the_largest_numbers_fit(void **state)
{
    static const ChartBar bars[] = { { "a", 1000000000000, 1000000000000 },
                                     { "b", 1, 1 } };
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    chart_columns(out, &words, bars, 2);
    chart_rows(out, &words, bars, 2);
    assert_well_formed(out);
    /* a single post is a pixel, not nothing */
    assert_int_equal(count_of(out->str, "height=\"1\"/>"), 2);
    assert_int_equal(count_of(out->str, "width=\"0.2%\""), 1);
}

static void rows_have_a_label_and_a_value_each(void **state)
{
    static const ChartBar bars[] = { { "less & less", 4, 0 },
                                     { "more", 2, 0 } };
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    chart_rows(out, &plain, bars, 2);
    assert_well_formed(out);
    assert_non_null(strstr(out->str, "height=\"48\""));
    assert_int_equal(count_of(out->str, "class=\"bar\""), 2);
    assert_non_null(strstr(out->str, "width=\"62.0%\""));
    assert_non_null(strstr(out->str, "width=\"31.0%\""));
    assert_non_null(strstr(out->str, ">less &amp; less</text>"));
    assert_null(strstr(out->str, "class=\"key\"")); /* one kind needs none */
}

static void a_share_is_of_the_whole(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    chart_share(out, 1, 8);
    assert_non_null(strstr(out->str, "width=\"12.5%\""));
    assert_non_null(strstr(out->str, "aria-hidden=\"true\""));
    assert_well_formed(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_as_high_as_they_count),
        cmocka_unit_test(one_column_is_no_chart),
        cmocka_unit_test(zeros_divide_nothing),
        cmocka_unit_test(the_largest_numbers_fit),
        cmocka_unit_test(rows_have_a_label_and_a_value_each),
        cmocka_unit_test(a_share_is_of_the_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
