/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "base/sha.h"

#include <string.h>

#include <glib.h>

static void hex_of(const uint8_t *digest, size_t length, char *text)
{
    for (size_t i = 0; i < length; i++)
        g_snprintf(text + 2 * i, 3, "%02x", digest[i]);
}

static void assert_sums(const char *bytes, size_t length, const char *sha1,
                        const char *sha256)
{
    uint8_t digest[SHA256_BYTES];
    char text[2 * SHA256_BYTES + 1];

    sha1_of(bytes, length, digest);
    hex_of(digest, SHA1_BYTES, text);
    assert_string_equal(text, sha1);
    sha256_of(bytes, length, digest);
    hex_of(digest, SHA256_BYTES, text);
    assert_string_equal(text, sha256);
}

static void sums_are_those_of_the_standard(void **state)
{
    (void)state;
    assert_sums("abc", 3, "a9993e364706816aba3e25717850c26c9cd0d89d",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015"
                "ad");
    assert_sums(NULL, 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8"
                "55");
}

/* Every length around the ends of blocks, at every alignment. */
static void sums_are_those_of_glib(void **state)
{
    char bytes[1100];
    g_autoptr(GRand) random = g_rand_new_with_seed(1);

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)g_rand_int(random);
    for (size_t length = 0; length < 1000; length++) {
        const char *at = bytes + length % 17;
        g_autofree char *sha1 = g_compute_checksum_for_data(
            G_CHECKSUM_SHA1, (const guchar *)at, length);
        g_autofree char *sha256 = g_compute_checksum_for_data(
            G_CHECKSUM_SHA256, (const guchar *)at, length);

        assert_sums(at, length, sha1, sha256);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_those_of_the_standard),
        cmocka_unit_test(sums_are_those_of_glib),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
