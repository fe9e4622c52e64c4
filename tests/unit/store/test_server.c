/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "store/server.h"
#include "store/store.h"

#include <string.h>

/* Of INFO server, as Redis 7.0.15, Valkey 8.1.1 and others were seen to say. */
static const char redis_7[] = "# Server\r\nredis_version:7.0.15\r\n"
                              "redis_git_sha1:00000000\r\narch_bits:64\r\n";
static const char valkey_8[] = "# Server\r\nredis_version:7.2.4\r\n"
                               "server_name:valkey\r\nvalkey_version:8.1.1\r\n"
                               "arch_bits:64\r\n";
static const char redis_10[] = "# Server\r\nredis_version:10.2.0\r\n";
static const char redis_6[] = "# Server\r\nredis_version:6.0.16\r\n"
                              "arch_bits:64\r\n";
static const char redis_32[] = "# Server\r\nredis_version:7.0.15\r\n"
                               "arch_bits:32\r\nmonotonic_clock:POSIX\r\n";

static void what_counts_right_is_taken(void **state)
{
    static const char *const good[] = { redis_7, valkey_8, redis_10, "",
                                        "# Server\r\nredis_version:\r\n" };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
        assert_true(server_is_fit(good[i], "here", NULL));
}

static void assert_refused(const char *info, const char *why)
{
    g_autoptr(GError) error = NULL;

    assert_false(server_is_fit(info, "10.0.0.7:6379", &error));
    assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_SPEC));
    assert_non_null(strstr(error->message, "10.0.0.7:6379: "));
    assert_non_null(strstr(error->message, why));
}

static void what_counts_wrong_is_refused(void **state)
{
    (void)state;
    assert_refused(redis_6, "Redis 6.0.16 is too old");
    assert_refused(redis_32, "built for 32 bits");
}

static void the_last_complaint_is_why(void **state)
{
    static const char log[] =
        "1:C 28 Nov 2026 23:45:26.940 # WARNING Memory overcommit must be "
        "enabled!\n"
        "1:M 28 Nov 2026 23:45:26.945 * Server initialized\n"
        "1:M 28 Nov 2026 23:45:26.953 # Could not create server TCP socket\n"
        "1:M 28 Nov 2026 23:45:26.954 # Failed listening on port 0\n";
    bool data_is_newer = true;
    g_autofree char *why = server_complaint(log, &data_is_newer);

    (void)state;
    assert_string_equal(why, "Failed listening on port 0");
    assert_false(data_is_newer);
    assert_null(server_complaint("1:M 28 Nov * Ready\n", &data_is_newer));
    assert_null(server_complaint("", &data_is_newer));
}

static void data_of_a_newer_server_are_known(void **state)
{
    static const char log[] =
        "7:M 28 Nov 2026 23:45:32.650 # Can't handle RDB format version 12\n"
        "7:M 28 Nov 2026 23:45:32.650 # Error reading the RDB base file\n";
    bool data_is_newer = false;
    g_autofree char *why = server_complaint(log, &data_is_newer);

    (void)state;
    assert_string_equal(why, "Can't handle RDB format version 12");
    assert_true(data_is_newer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_counts_right_is_taken),
        cmocka_unit_test(what_counts_wrong_is_refused),
        cmocka_unit_test(the_last_complaint_is_why),
        cmocka_unit_test(data_of_a_newer_server_are_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
