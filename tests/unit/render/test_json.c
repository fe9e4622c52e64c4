/* SPDX-License-Identifier: MIT */
#include "render/renderer.h"

#include <jansson.h>
#include <string.h>

#include "tests/support/schema.h"
#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"
#include "tests/unit/render/rendered.h"

static json_t *load_full(void)
{
    g_autofree char *text = rendered_full("json");

    return json_loads(text, 0, NULL);
}

/* People read their own zone's time, programs UTC. */
static void gaps_are_in_utc_for_programs_alone(void **state)
{
    g_autoptr(Digest) digest = digests_full();

    (void)state;
    g_free(digest->timezone);
    digest->timezone = g_strdup("Europe/Berlin");

    g_autofree char *json = rendered("json", digest, SECTION_ALL);
    g_autofree char *text = rendered("text", digest, SECTION_ALL);

    assert_non_null(strstr(json, "\"from\": \"2025-09-29T05:12:17.000Z\""));
    assert_non_null(strstr(json, "\"until\": \"2025-09-29T06:12:17.000Z\""));
    assert_non_null(strstr(json, "\"why\": \"the milter was stopped"));
    assert_non_null(
        strstr(text, "mail from 2025-09-29 07:12 to 2025-09-29 08:12 (the"));
}

static void json_is_as_the_schema_says(void **state)
{
    g_autoptr(Digest) empty = digests_empty();
    g_autofree char *none = rendered("json", empty, SECTION_ALL);
    g_autofree char *all = rendered_full("json");

    (void)state;
    rendered_assert_as_described(all);
    rendered_assert_as_described(none);
    for (unsigned section = 1; section < SECTION_ALL; section <<= 1) {
        g_autoptr(Digest) digest = digests_full();
        g_autofree char *some = rendered("json", digest, section);

        rendered_assert_as_described(some);
    }
}

static void the_schema_refuses_what_it_does_not_describe(void **state)
{
    static const char *const wrong[] = {
        "{}",
        "{\"list\":{\"id\":\"a\",\"name\":\"a\",\"title\":1},"
        "\"interval\":{\"from\":{\"mark\":null,\"time\":null},"
        "\"to\":{\"mark\":null,\"time\":null}},\"filter\":null,\"gaps\":[]}",
        "{\"list\":{\"id\":\"a\",\"name\":\"a\",\"title\":\"A\"},"
        "\"interval\":{\"from\":{\"mark\":\"59bf\",\"time\":null},"
        "\"to\":{\"mark\":null,\"time\":null}},\"filter\":null,\"gaps\":[]}",
        "{\"list\":{\"id\":\"a\",\"name\":\"a\",\"title\":\"A\"},"
        "\"interval\":{\"from\":{\"mark\":null,\"time\":null},"
        "\"to\":{\"mark\":null,\"time\":null}},\"filter\":null,\"gaps\":[],"
        "\"more\":1}",
    };
    json_t *schema = rendered_schema();

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        json_t *value = json_loads(wrong[i], 0, NULL);
        g_autofree char *found = schema_check(schema, value);

        assert_non_null(value);
        assert_non_null(found);
        json_decref(value);
    }
    json_decref(schema);
}

/* Made visible for terminals, yet the same text when it is read back. */
static void json_loses_nothing(void **state)
{
    json_t *root = load_full();
    const json_t *set = json_array_get(json_object_get(root, "patch_sets"), 0);

    (void)state;
    assert_string_equal(json_string_value(json_object_get(set, "title")),
                        "net: do less " HOSTILE);
    json_decref(root);
}

static void json_has_the_names_of_the_specification(void **state)
{
    json_t *root = load_full();
    const json_t *set = json_array_get(json_object_get(root, "patch_sets"), 0);
    const json_t *head = json_object_get(set, "head");
    const json_t *from =
        json_object_get(json_object_get(root, "interval"), "from");

    (void)state;
    assert_string_equal(json_string_value(json_object_get(from, "time")),
                        "2025-09-29T05:12:16.000Z");
    assert_string_equal(json_string_value(json_object_get(set, "state")),
                        "updated");
    assert_int_equal(json_integer_value(json_object_get(set, "version")), 3);
    assert_string_equal(json_string_value(json_object_get(head, "date")),
                        "2025-09-29T05:12:17Z");
    assert_string_equal(json_string_value(json_object_get(head, "arrival")),
                        "2025-09-29T05:12:17.000Z");
    assert_true(json_is_null(json_object_get(set, "first_review_seconds")));
    assert_int_equal(
        json_integer_value(json_object_get(set, "first_reply_seconds")), 3600);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_are_in_utc_for_programs_alone),
        cmocka_unit_test(json_is_as_the_schema_says),
        cmocka_unit_test(the_schema_refuses_what_it_does_not_describe),
        cmocka_unit_test(json_loses_nothing),
        cmocka_unit_test(json_has_the_names_of_the_specification),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
