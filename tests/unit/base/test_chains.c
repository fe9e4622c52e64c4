/* SPDX-License-Identifier: MIT */
#include "base/chains.h"

#include "tests/support/unit.h"

#include "base/banned.h"

enum { KEYS = 300, EACH = 50 };

/* As text: "3 2 1". */
static char *numbers_of(const Chains *chains, uint64_t key)
{
    GString *text = g_string_new(NULL);

    for (unsigned at = chains_last(chains, key); at != 0;
         at = chains_before(chains, at))
        g_string_append_printf(text, "%s%u", text->len > 0 ? " " : "",
                               chains_number(chains, at));
    return g_string_free(text, FALSE);
}

static void assert_numbers(const Chains *chains, uint64_t key,
                           const char *numbers)
{
    g_autofree char *found = numbers_of(chains, key);

    assert_string_equal(found, numbers);
}

static void numbers_come_last_first(void **state)
{
    g_autoptr(Chains) chains = chains_new();

    (void)state;
    chains_add(chains, 7, 1);
    chains_add(chains, 0, 9);
    chains_add(chains, 7, 0);
    chains_reserve(chains, 1000);
    chains_add(chains, 7, 3);
    assert_numbers(chains, 7, "3 0 1");
    assert_numbers(chains, 0, "9");
    assert_numbers(chains, 8, "");
}

static void what_was_added_last_is_not_added_again(void **state)
{
    g_autoptr(Chains) chains = chains_new();

    (void)state;
    chains_add(chains, 7, 1);
    chains_add(chains, 7, 1);
    chains_add(chains, 8, 1);
    chains_add(chains, 7, 2);
    chains_add(chains, 7, 1);
    assert_numbers(chains, 7, "1 2 1");
    assert_numbers(chains, 8, "1");
}

static void many_keys_keep_theirs(void **state)
{
    g_autoptr(Chains) chains = chains_new();

    (void)state;
    for (unsigned i = 0; i < EACH; i++) {
        for (uint64_t key = 0; key < KEYS; key++)
            chains_add(chains, key << 40, (unsigned)key + i);
    }
    for (uint64_t key = 0; key < KEYS; key++) {
        unsigned at = chains_last(chains, key << 40);

        for (unsigned i = EACH; i-- > 0; at = chains_before(chains, at))
            assert_int_equal(chains_number(chains, at), key + i);
        assert_int_equal(at, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_last_first),
        cmocka_unit_test(what_was_added_last_is_not_added_again),
        cmocka_unit_test(many_keys_keep_theirs),
    };

    return cmocka_run_group_tests_name("base/chains", tests, NULL, NULL);
}
