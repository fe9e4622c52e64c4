/* SPDX-License-Identifier: MIT */
#include "base/sha.h"

#include <nettle/sha1.h>
#include <nettle/sha2.h>

#include "base/banned.h"

void sha1_of(const void *bytes, size_t length, uint8_t digest[SHA1_BYTES])
{
    struct sha1_ctx context;

    sha1_init(&context);
    sha1_update(&context, length, bytes);
    sha1_digest(&context, SHA1_BYTES, digest);
}

void sha256_of(const void *bytes, size_t length, uint8_t digest[SHA256_BYTES])
{
    struct sha256_ctx context;

    sha256_init(&context);
    sha256_update(&context, length, bytes);
    sha256_digest(&context, SHA256_BYTES, digest);
}
