/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "store/keys.h"

#include <string.h>

static const uint64_t all_bits = (UINT64_C(1) << 48) - 1;
static const uint32_t sizes[] = { 0,       1,        31,    512,   2047,
                                  2048,    2056,     4095,  4096,  4104,
                                  16383,   16384,    65536, 99999, 262144,
                                  1000000, 268435455 };

static void buckets_are_in_the_order_of_their_digests(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(sizes); i++) {
        for (unsigned f = KEYS_LINKS; f <= KEYS_SEEN; f++) {
            const unsigned count = keys_bucket_count(f, sizes[i]);
            assert_int_equal(keys_bucket_of(f, sizes[i], 0), 0);
            assert_int_equal(keys_bucket_of(f, sizes[i], all_bits), count - 1);
            for (unsigned round = 0; round < 200; round++) {
                const uint64_t one =
                    ((uint64_t)g_rand_int(random) << 16 ^ g_rand_int(random)) &
                    all_bits;
                const uint64_t other = one + (all_bits - one) / 3;
                assert_true(keys_bucket_of(f, sizes[i], one) <=
                            keys_bucket_of(f, sizes[i], other));
            }
        }
    }
}

static void no_two_buckets_have_one_key(void **state)
{
    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GHashTable) keys =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        const unsigned count =
            MIN(keys_bucket_count(KEYS_LINKS, sizes[i]), 20000U);
        for (unsigned bucket = 0; bucket < count; bucket++)
            assert_true(g_hash_table_add(
                keys, keys_bucket("list", KEYS_LINKS, sizes[i], bucket)));
    }
}

/* One bucket more: its digests move from one bucket into two, all others stay
 * under the keys that they had. */
static void a_split_moves_one_bucket_only(void **state)
{
    enum { DIGESTS = 4096 };

    (void)state;
    for (uint32_t last = 2048; last < 2600; last += 8) {
        g_autoptr(GHashTable) left =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (uint64_t i = 0; i < DIGESTS; i++) {
            const uint64_t digest = i << 36;
            g_autofree char *before =
                keys_bucket("list", KEYS_LINKS, last,
                            keys_bucket_of(KEYS_LINKS, last, digest));
            g_autofree char *after =
                keys_bucket("list", KEYS_LINKS, last + 8,
                            keys_bucket_of(KEYS_LINKS, last + 8, digest));
            if (strcmp(before, after) != 0)
                g_hash_table_add(left, g_steal_pointer(&before));
        }
        assert_int_equal(g_hash_table_size(left), 1);
    }
}

static void a_digest_is_read_as_it_was_put(void **state)
{
    g_autoptr(GString) bytes = g_string_new(NULL);

    (void)state;
    keys_put_digest(bytes, UINT64_C(0x0102030405fe));
    assert_int_equal(bytes->len, LAYOUT_DIGEST_BYTES);
    assert_memory_equal(bytes->str, "\1\2\3\4\5\xfe", LAYOUT_DIGEST_BYTES);
    assert_int_equal(keys_get_digest(bytes->str), UINT64_C(0x0102030405fe));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buckets_are_in_the_order_of_their_digests),
        cmocka_unit_test(no_two_buckets_have_one_key),
        cmocka_unit_test(a_split_moves_one_bucket_only),
        cmocka_unit_test(a_digest_is_read_as_it_was_put),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
