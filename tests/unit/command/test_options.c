/* SPDX-License-Identifier: MIT */
#include "command/options.h"

#include <string.h>

#include "tests/support/unit.h"

typedef struct Own {
    const char *format;
    unsigned top;
    bool advance;
} Own;

typedef struct Common {
    const char *config;
    bool help;
} Common;

static const Option own_options[] = {
    { "format", 'f', OPTION_TEXT, "FORMAT", "how", offsetof(Own, format) },
    { "top", 0, OPTION_COUNT, "N", "rows", offsetof(Own, top) },
    { "advance", 0, OPTION_FLAG, NULL, "move", offsetof(Own, advance) },
    { .name = NULL },
};

static const Option common_options[] = {
    { "config", 'c', OPTION_TEXT, "FILE", "settings",
      offsetof(Common, config) },
    { "help", 'h', OPTION_FLAG, NULL, "this", offsetof(Common, help) },
    { .name = NULL },
};

typedef struct Parsed {
    Own own;
    Common common;
    char **words; /* permuted: operands at the end */
    int count, first;
    bool is_good;
    GError *error;
} Parsed;

static void parse(Parsed *parsed, const char *line, bool leading_only)
{
    const OptionGroup groups[2] = { { own_options, &parsed->own },
                                    { common_options, &parsed->common } };

    *parsed = (Parsed){ .words = g_strsplit(line, " ", -1) };
    parsed->count = (int)g_strv_length(parsed->words);
    parsed->is_good =
        options_parse(groups, parsed->count, parsed->words, leading_only,
                      &parsed->first, &parsed->error);
}

static void parsed_clear(Parsed *parsed)
{
    g_clear_error(&parsed->error);
    g_strfreev(parsed->words);
}

static void options_may_stand_anywhere_and_fill_both_structs(void **state)
{
    Parsed parsed;

    (void)state;
    parse(&parsed, "digest kvm -f json A..B --top=7 --advance -h -c x", false);
    assert_true(parsed.is_good);
    assert_string_equal(parsed.own.format, "json");
    assert_int_equal(parsed.own.top, 7);
    assert_true(parsed.own.advance);
    assert_true(parsed.common.help);
    assert_string_equal(parsed.common.config, "x");
    assert_int_equal(parsed.count - parsed.first, 2);
    assert_string_equal(parsed.words[parsed.first], "kvm");
    assert_string_equal(parsed.words[parsed.first + 1], "A..B");
    parsed_clear(&parsed);
}

static void leading_options_end_at_the_first_operand(void **state)
{
    Parsed parsed;

    (void)state;
    parse(&parsed, "listpulse -h digest --no-such", true);
    assert_true(parsed.is_good);
    assert_true(parsed.common.help);
    assert_string_equal(parsed.words[parsed.first], "digest");
    parsed_clear(&parsed);
}

static void what_is_wrong_is_named(void **state)
{
    static const struct {
        const char *line, *message;
    } cases[] = {
        { "d --no-such", "--no-such: no such option" },
        { "d -x", "-x: no such option" },
        { "d kvm --format", "--format: needs a value" },
        { "d -f", "-f: needs a value" },
        { "d --advance=3", "--advance=3: no such option; near: --advance" },
        { "d --top 0", "--top 0: not a number from 1 to 1000000" },
        { "d --top -3", "--top -3: not a number from 1 to 1000000" },
        { "d --top 7x", "--top 7x: not a number from 1 to 1000000" },
        { "d --top=", "--top : not a number from 1 to 1000000" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Parsed parsed;

        parse(&parsed, cases[i].line, false);
        assert_false(parsed.is_good);
        assert_true(parsed.error->domain == USAGE_ERROR);
        assert_string_equal(parsed.error->message, cases[i].message);
        parsed_clear(&parsed);
    }
}

static void help_has_a_line_for_each_option(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    options_describe(own_options, out);
    assert_string_equal(out->str, "  -f, --format FORMAT     how\n"
                                  "      --top N             rows\n"
                                  "      --advance           move\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_may_stand_anywhere_and_fill_both_structs),
        cmocka_unit_test(leading_options_end_at_the_first_operand),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(help_has_a_line_for_each_option),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
