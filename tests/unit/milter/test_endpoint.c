/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "milter/endpoint.h"

#include <glib.h>

static void spellings_of_a_socket_are_understood(void **state)
{
    static const struct {
        const char *spec, *for_libmilter, *path;
    } cases[] = {
        { "unix:/run/a.sock", "unix:/run/a.sock", "/run/a.sock" },
        { "local:/run/a.sock", "unix:/run/a.sock", "/run/a.sock" },
        { "/run/a.sock", "unix:/run/a.sock", "/run/a.sock" },
        { "inet:8890", "inet:8890", NULL },
        { "inet:8890@127.0.0.1", "inet:8890@127.0.0.1", NULL },
        { "inet6:8890@::1", "inet6:8890@::1", NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Endpoint endpoint;

        assert_true(endpoint_parse(cases[i].spec, &endpoint, NULL));
        assert_string_equal(endpoint.spec, cases[i].for_libmilter);
        if (cases[i].path != NULL)
            assert_string_equal(endpoint.path, cases[i].path);
        else
            assert_null(endpoint.path);
        endpoint_clear(&endpoint);
    }
}

static void what_is_no_socket_is_refused_and_named(void **state)
{
    g_autofree char *long_name = g_strnfill(200, 'x');
    g_autofree char *long_path = g_strconcat("/", long_name, NULL);
    const char *const specs[] = {
        "",        "run/a.sock",           "unix:",    "unix:run/a.sock",
        "inet:",   "inet:127.0.0.1:8890",  "inet:0@h", "inet:8890@",
        "inet:x@", "inet:70000@localhost", "tcp:8890", long_path,
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(specs); i++) {
        g_autoptr(GError) error = NULL;
        Endpoint endpoint;

        assert_false(endpoint_parse(specs[i], &endpoint, &error));
        assert_true(
            g_error_matches(error, ENDPOINT_ERROR, ENDPOINT_ERROR_SPEC));
        assert_non_null(g_strrstr(error->message, specs[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_a_socket_are_understood),
        cmocka_unit_test(what_is_no_socket_is_refused_and_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
