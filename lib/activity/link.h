/* SPDX-License-Identifier: MIT */
/*
 * Links: 48-bit digests under which a post can be found. Adding them is all
 * the script does for threads, sets and revisions, so that the order of
 * arrival cannot matter; a digest is put together when it is printed.
 */
#pragma once

#include <stdint.h>

typedef enum LinkKind {
    LINK_SELF = 's',   /* this post's Message-ID */
    LINK_PARENT = 'p', /* the Message-ID that it answers */
    LINK_ROOT = 'r',   /* the first id of its References, if not the parent */
    LINK_CHANGE = 'c', /* change-id */
    LINK_TITLE = 't',  /* author's address and title key, of heads and parts */
    LINK_SERIES = 'n', /* author, version, total, tags: parts without thread */
    LINK_PATCH = 'd',  /* patch-id */
    LINK_NAMES = 'x',  /* an id it names: Supersedes:, Based-on:, Link: */
} LinkKind;

/* The first 48 bits of SHA-256 over kind-independent text; never 0. */
uint64_t link_digest(const char *text);
/* What is looked up: the digest mixed with the kind. */
uint64_t link_key(LinkKind kind, uint64_t digest);
