/* SPDX-License-Identifier: MIT */
#include "base/sha.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#endif

#include "base/banned.h"

static void digest_by_glib(GChecksumType type, const void *bytes, size_t length,
                           uint8_t *digest, size_t digest_length)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(type);
    gsize taken = digest_length;

    g_checksum_update(checksum, bytes, (gssize)length);
    g_checksum_get_digest(checksum, digest, &taken);
}

#ifdef __x86_64__

enum {
    BLOCK_BYTES = 64,
    BLOCK_VECTORS = BLOCK_BYTES / 16,
    LENGTH_BYTES = 8, /* at the end of the last block, in bits */
    STATE_WORDS_MAX = 8,
    SHA1_STEPS = 20, /* of four rounds */
    SHA256_STEPS = 16,
    CPUID_FEATURES = 7,
    CPUID_SHA = 1 << 29, /* in ebx */
};

/* What the compiler is told, and what has_instructions asks for. */
#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))

static bool has_instructions(void)
{
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;

    return __builtin_cpu_supports("sse4.1") &&
           __builtin_cpu_supports("ssse3") &&
           __get_cpuid_count(CPUID_FEATURES, 0, &eax, &ebx, &ecx, &edx) != 0 &&
           (ebx & CPUID_SHA) != 0;
}

static bool is_by_instructions(void)
{
    static gsize answer; /* 0: not asked yet */

    if (g_once_init_enter(&answer))
        g_once_init_leave(&answer, has_instructions() ? 2 : 1);
    return answer == 2;
}

/* Sixteen bytes as four big-endian words, the first one in lane 0. */
WITH_SHA static __m128i load_words(const uint8_t *bytes)
{
    const __m128i order =
        _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);

    return _mm_shuffle_epi8(
        _mm_loadu_si128((const __m128i *)(const void *)bytes), order);
}

/* --- SHA-1 (FIPS 180-4, 6.1.2) ------------------------------------------ */

/* Four rounds; the instruction takes its function as a constant. */
WITH_SHA static __m128i sha1_rounds(__m128i abcd, __m128i words, unsigned step)
{
    switch (step / 5) {
    case 0:
        return _mm_sha1rnds4_epu32(abcd, words, 0);
    case 1:
        return _mm_sha1rnds4_epu32(abcd, words, 1);
    case 2:
        return _mm_sha1rnds4_epu32(abcd, words, 2);
    default:
        return _mm_sha1rnds4_epu32(abcd, words, 3);
    }
}

/* These instructions want the first word in the highest lane. */
WITH_SHA static __m128i turn_round(__m128i words)
{
    return _mm_shuffle_epi32(words, 0x1b);
}

WITH_SHA static void sha1_block(__m128i *abcd, __m128i *e, const uint8_t *block)
{
    __m128i words[SHA1_STEPS];
    __m128i state = *abcd, before = *e;

    for (unsigned i = 0; i < SHA1_STEPS; i++) {
        words[i] = i < BLOCK_VECTORS
                       ? turn_round(load_words(block + 16 * i))
                       : _mm_sha1msg2_epu32(
                             _mm_xor_si128(
                                 _mm_sha1msg1_epu32(words[i - 4], words[i - 3]),
                                 words[i - 2]),
                             words[i - 1]);
        /* e of these rounds is made of a before the last four */
        const __m128i next = i == 0 ? _mm_add_epi32(before, words[0])
                                    : _mm_sha1nexte_epu32(before, words[i]);
        before = state;
        state = sha1_rounds(state, next, i);
    }
    *e = _mm_sha1nexte_epu32(before, *e);
    *abcd = _mm_add_epi32(state, *abcd);
}

WITH_SHA static void sha1_blocks(uint32_t *words, const uint8_t *bytes,
                                 size_t blocks)
{
    __m128i *low = (__m128i *)(void *)words;
    __m128i abcd = turn_round(_mm_loadu_si128(low));
    __m128i e = _mm_set_epi32((int)words[4], 0, 0, 0);

    for (; blocks > 0; blocks--, bytes += BLOCK_BYTES)
        sha1_block(&abcd, &e, bytes);
    _mm_storeu_si128(low, turn_round(abcd));
    words[4] = (uint32_t)_mm_extract_epi32(e, 3);
}

/* --- SHA-256 (6.2.2) ----------------------------------------------------- */

static const uint32_t sha256_constants[4 * SHA256_STEPS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

WITH_SHA static __m128i sha256_schedule(const __m128i *four_before)
{
    const __m128i seventh = _mm_alignr_epi8(four_before[3], four_before[2], 4);

    return _mm_sha256msg2_epu32(
        _mm_add_epi32(_mm_sha256msg1_epu32(four_before[0], four_before[1]),
                      seventh),
        four_before[3]);
}

WITH_SHA static void sha256_block(__m128i *abef, __m128i *cdgh,
                                  const uint8_t *block)
{
    __m128i words[SHA256_STEPS];
    __m128i first = *abef, second = *cdgh;

    for (unsigned i = 0; i < SHA256_STEPS; i++) {
        const __m128i constants = _mm_loadu_si128(
            (const __m128i *)(const void *)(sha256_constants + 4 * i));

        words[i] = i < BLOCK_VECTORS ? load_words(block + 16 * i)
                                     : sha256_schedule(words + i - 4);
        const __m128i next = _mm_add_epi32(words[i], constants);
        second = _mm_sha256rnds2_epu32(second, first, next);
        first =
            _mm_sha256rnds2_epu32(first, second, _mm_shuffle_epi32(next, 0x0e));
    }
    *abef = _mm_add_epi32(first, *abef);
    *cdgh = _mm_add_epi32(second, *cdgh);
}

WITH_SHA static void sha256_blocks(uint32_t *words, const uint8_t *bytes,
                                   size_t blocks)
{
    __m128i abef = _mm_set_epi32((int)words[0], (int)words[1], (int)words[4],
                                 (int)words[5]);
    __m128i cdgh = _mm_set_epi32((int)words[2], (int)words[3], (int)words[6],
                                 (int)words[7]);

    for (; blocks > 0; blocks--, bytes += BLOCK_BYTES)
        sha256_block(&abef, &cdgh, bytes);
    words[0] = (uint32_t)_mm_extract_epi32(abef, 3);
    words[1] = (uint32_t)_mm_extract_epi32(abef, 2);
    words[2] = (uint32_t)_mm_extract_epi32(cdgh, 3);
    words[3] = (uint32_t)_mm_extract_epi32(cdgh, 2);
    words[4] = (uint32_t)_mm_extract_epi32(abef, 1);
    words[5] = (uint32_t)_mm_extract_epi32(abef, 0);
    words[6] = (uint32_t)_mm_extract_epi32(cdgh, 1);
    words[7] = (uint32_t)_mm_extract_epi32(cdgh, 0);
}

/* --- both ---------------------------------------------------------------- */

typedef struct Function {
    void (*take)(uint32_t *words, const uint8_t *bytes, size_t blocks);
    unsigned count; /* of words */
    uint32_t words[STATE_WORDS_MAX];
} Function;

static const Function sha1 = {
    .take = sha1_blocks,
    .count = SHA1_BYTES / 4,
    .words = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 },
};

static const Function sha256 = {
    .take = sha256_blocks,
    .count = SHA256_BYTES / 4,
    .words = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
               0x9b05688c, 0x1f83d9ab, 0x5be0cd19 },
};

/* The rest behind the last whole block, a bit, and the length in bits. */
static size_t pad(uint8_t last[2 * BLOCK_BYTES], const uint8_t *rest,
                  size_t rest_length, size_t length)
{
    const size_t blocks = rest_length + 1 + LENGTH_BYTES <= BLOCK_BYTES ? 1 : 2;
    const uint64_t bits = GUINT64_TO_BE((uint64_t)length * 8);

    memset(last, 0, 2 * BLOCK_BYTES);
    if (rest_length > 0)
        memcpy(last, rest, rest_length);
    last[rest_length] = 0x80;
    memcpy(last + blocks * BLOCK_BYTES - LENGTH_BYTES, &bits, LENGTH_BYTES);
    return blocks;
}

static void digest_by_instructions(const Function *function, const void *bytes,
                                   size_t length, uint8_t *digest)
{
    const size_t blocks = length / BLOCK_BYTES;
    const uint8_t *at = length > 0 ? bytes : (const uint8_t *)"";
    uint8_t last[2 * BLOCK_BYTES];
    uint32_t words[STATE_WORDS_MAX];

    memcpy(words, function->words, sizeof(words));
    function->take(words, at, blocks);
    function->take(
        words, last,
        pad(last, at + blocks * BLOCK_BYTES, length % BLOCK_BYTES, length));
    for (unsigned i = 0; i < function->count; i++)
        words[i] = GUINT32_TO_BE(words[i]);
    memcpy(digest, words, function->count * sizeof(*words));
}

void sha1_of(const void *bytes, size_t length, uint8_t digest[SHA1_BYTES])
{
    if (is_by_instructions())
        digest_by_instructions(&sha1, bytes, length, digest);
    else
        digest_by_glib(G_CHECKSUM_SHA1, bytes, length, digest, SHA1_BYTES);
}

void sha256_of(const void *bytes, size_t length, uint8_t digest[SHA256_BYTES])
{
    if (is_by_instructions())
        digest_by_instructions(&sha256, bytes, length, digest);
    else
        digest_by_glib(G_CHECKSUM_SHA256, bytes, length, digest, SHA256_BYTES);
}

#else

void sha1_of(const void *bytes, size_t length, uint8_t digest[SHA1_BYTES])
{
    digest_by_glib(G_CHECKSUM_SHA1, bytes, length, digest, SHA1_BYTES);
}

void sha256_of(const void *bytes, size_t length, uint8_t digest[SHA256_BYTES])
{
    digest_by_glib(G_CHECKSUM_SHA256, bytes, length, digest, SHA256_BYTES);
}

#endif
