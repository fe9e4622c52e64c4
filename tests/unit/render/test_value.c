/* SPDX-License-Identifier: MIT */
#include "render/value.h"

#include "tests/support/unit.h"

#include <jansson.h>
#include <string.h>

#include "base/banned.h"

static char *written(const Value *value)
{
    GString *out = g_string_new(NULL);

    value_write(value, out);
    return g_string_free(out, FALSE);
}

/* What jansson writes after it has read this. */
static char *written_by_jansson(const char *text)
{
    json_t *root = json_loads(text, JSON_DECODE_ANY, NULL);
    char *again = NULL;

    assert_non_null(root);
    again = json_dumps(root, JSON_INDENT(2) | JSON_ENCODE_ANY);
    json_decref(root);
    return again;
}

static Value *everything(void)
{
    Value *object = value_object();
    Value *array = value_array();
    Value *inner = value_object();

    value_append(array, value_integer(0));
    value_append(array, value_integer(INT64_MIN));
    value_append(array, value_integer(INT64_MAX));
    value_append(array, value_array());
    value_append(array, value_object());
    value_set(inner, "yes", value_boolean(true));
    value_set(inner, "no", value_boolean(false));
    value_set(inner, "nothing", value_null());
    value_append(array, inner);
    value_set(object, "z", value_text("first"));
    value_set(object, "array", array);
    value_set(object, "none", value_text(NULL));
    value_set(object, "empty", value_text(""));
    value_set(object, "a", value_text("gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\xa7"));
    return object;
}

static void all_kinds_are_written_as_jansson_writes_them(void **state)
{
    g_autoptr(Value) value = everything();
    g_autofree char *text = written(value);
    char *again = written_by_jansson(text);

    (void)state;
    assert_string_equal(text, again);
    free(again);
}

static void every_byte_of_ascii_comes_back(void **state)
{
    (void)state;
    for (char byte = 1; byte < 0x7f; byte++) {
        const char text[] = { 'a', byte, 'b', '\0' };
        g_autoptr(Value) value = value_text(text);
        g_autofree char *json = written(value);
        char *again = written_by_jansson(json);

        assert_string_equal(json, again);
        free(again);
    }
}

static void what_acts_on_a_terminal_is_escaped(void **state)
{
    static const char *const cases[][2] = {
        { "\x7f", "\"\\u007f\"" },
        { "\xc2\x9b", "\"\\u009b\"" },
        { "a\xe2\x80\xaez", "\"a\\u202ez\"" },
        { "\xef\xbb\xbf", "\"\\ufeff\"" },
        { "\xf3\xa0\x81\x81", "\"\\udb40\\udc41\"" },
        { "\x1b[2J", "\"\\u001B[2J\"" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Value) value = value_text(cases[i][0]);
        g_autofree char *json = written(value);
        json_t *read = json_loads(json, JSON_DECODE_ANY, NULL);

        assert_string_equal(json, cases[i][1]);
        assert_string_equal(json_string_value(read), cases[i][0]);
        json_decref(read);
    }
}

static void bytes_that_are_no_text_are_replaced(void **state)
{
    g_autoptr(Value) value = value_text("a\xff\xc3");
    g_autofree char *json = written(value);

    (void)state;
    assert_string_equal(json, "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_kinds_are_written_as_jansson_writes_them),
        cmocka_unit_test(every_byte_of_ascii_comes_back),
        cmocka_unit_test(what_acts_on_a_terminal_is_escaped),
        cmocka_unit_test(bytes_that_are_no_text_are_replaced),
    };

    return cmocka_run_group_tests_name("render/value", tests, NULL, NULL);
}
