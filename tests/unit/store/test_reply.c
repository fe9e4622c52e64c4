/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "store/reply.h"
#include "store/store.h"

#include <string.h>

/* What Redis 7.0.15, Redis 8.0.2 and Valkey 8.1.1 were seen to say. */
static const struct {
    const char *text;
    StoreError code;
} answers[] = {
    { "TRYAGAIN Multiple keys request during rehashing of slot",
      STORE_ERROR_WAIT },
    { "ERR Script attempted to access a non local key in a cluster node "
      "script: f8d6f2, on @user_script:7.",
      STORE_ERROR_WAIT },
    { "ERR Unable to execute command 'exists' in script because undeclared "
      "keys were accessed during rehashing of the slot script: f8d6f2, on "
      "@user_script:7.",
      STORE_ERROR_WAIT },
    { "ERR Script attempted to access a slot not served script: f8d6f2, on "
      "@user_script:7.",
      STORE_ERROR_MASTER },
    { "ERR Script attempted to execute a command while the cluster is down "
      "script: f8d6f2, on @user_script:7.",
      STORE_ERROR_MASTER },
    { "CLUSTERDOWN The cluster is down", STORE_ERROR_MASTER },
    { "READONLY You can't write against a read only replica. script: f8d6f2, "
      "on @user_script:7.",
      STORE_ERROR_MASTER },
    { "ERR max number of clients reached", STORE_ERROR_WAIT },
    { "BUSY Redis is busy running a script. You can only call SCRIPT KILL or "
      "SHUTDOWN NOSAVE.",
      STORE_ERROR_WAIT },
    { "BUSY Valkey is busy running a script. You can only call SCRIPT KILL or "
      "SHUTDOWN NOSAVE.",
      STORE_ERROR_WAIT },
    { "ERR Error running script: Script killed by user with SCRIPT KILL. "
      "script: f8d6f2, on @user_script:7.",
      STORE_ERROR_WAIT },
    { "LOADING Redis is loading the dataset in memory", STORE_ERROR_WAIT },
    { "OOM command not allowed when used memory > 'maxmemory'. script: "
      "f8d6f2, on @user_script:7.",
      STORE_ERROR_FULL },
    { "ERR Error running script (call to f_ab): @user_script:7: -OOM command "
      "not allowed when used memory > 'maxmemory'.",
      STORE_ERROR_FULL },
    { "NOPERM this user has no permissions to run the 'evalsha' command",
      STORE_ERROR_DENIED },
    { "ERR The user executing the script can't run this command or "
      "subcommand script: f8d6f2, on @user_script:7.",
      STORE_ERROR_DENIED },
    { "ERR ACL failure in script: User reader has no permissions to run the "
      "'set' command script: f8d6f2, on @user_script:7.",
      STORE_ERROR_DENIED },
    { "ERR AUTH <password> called without any password configured for the "
      "default user. Are you sure your configuration is correct?",
      STORE_ERROR_DENIED },
    { "ERR DB index is out of range", STORE_ERROR_SPEC },
    { "ERR SELECT is not allowed in cluster mode", STORE_ERROR_SPEC },
    { "ERR This instance has cluster support disabled", STORE_ERROR_SPEC },
    { "WRONGTYPE Operation against a key holding the wrong kind of value",
      STORE_ERROR_SCHEMA },
    { "ERR value is not an integer or out of range", STORE_ERROR_SCHEMA },
};

static Reply reply_of(const char *text)
{
    return (Reply){ .type = REDIS_REPLY_ERROR,
                    .str = (char *)(guintptr)text,
                    .len = strlen(text) };
}

static void an_error_says_what_to_do_about_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
        const Reply reply = reply_of(answers[i].text);
        g_autoptr(GError) error = NULL;

        assert_false(reply_is_good(&reply, &error));
        if (error->code != (int)answers[i].code)
            fail_msg("class %d, not %d: %s", error->code, answers[i].code,
                     answers[i].text);
        assert_non_null(strstr(error->message, answers[i].text));
    }
}

static void only_a_slot_on_its_way_says_so(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
        const Reply reply = reply_of(answers[i].text);
        assert_int_equal(reply_says_slot_moves(&reply), i < 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_says_what_to_do_about_it),
        cmocka_unit_test(only_a_slot_on_its_way_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
