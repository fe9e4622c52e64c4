/* SPDX-License-Identifier: MIT */
/*
 * SHA-1 and SHA-256 of bytes that lie together. By the processor's own
 * instructions where it has them (x86-64), which takes a fifth of the time;
 * else by GLib.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { SHA1_BYTES = 20, SHA256_BYTES = 32 };

void sha1_of(const void *bytes, size_t length, uint8_t digest[SHA1_BYTES]);
void sha256_of(const void *bytes, size_t length, uint8_t digest[SHA256_BYTES]);
