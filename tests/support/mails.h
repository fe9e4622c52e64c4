/* SPDX-License-Identifier: MIT */
/*
 * Short mails for tests of what is read back from Redis, written as lines:
 *
 *     MINUTE ID SENDER PARENT SUBJECT... [| key=value ...]
 *
 * SENDER is one word: alice is Alice Alison <alice@example.org>. PARENT is an
 * id or "-". A subject with "PATCH" has a patch below it, if it is no answer
 * and no cover. Keys, without blanks: file (that it changes; default: one of
 * the mail's own), lines (comma separated words, each a line that it changes),
 * tag ("Reviewed-by", by the sender), says ("Applied,_thanks": the text), root
 * (a reference above the parent). Each mail is captured, parsed and counted as
 * an import does it; its number is that of its line, from 1 on.
 */
#pragma once

#include "store/store.h"

#include <stdint.h>

/* The arrival of minute 0, in ms since 1970. */
#define MAILS_START_MS INT64_C(1740787200000)

/* Counts them all; fails the test otherwise. */
void mails_count(Store *store, const char *list, const char *lines);
