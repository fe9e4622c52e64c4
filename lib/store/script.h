/* SPDX-License-Identifier: MIT */
/*
 * The scripts that Redis runs for us, by the names of their files.
 */
#pragma once

#include "store/router.h"

typedef enum ScriptName {
    SCRIPT_COUNT,
    SCRIPT_ERASE,
    SCRIPT_SWAP,
    SCRIPTS
} ScriptName;

/* As EVALSHA wants it; lent, for ever. */
const char *script_digest(ScriptName name);
/* Loads it on every master, where an answer was NOSCRIPT. */
bool script_load(Router *router, ScriptName name, GError **error);
/*
 * Adds EVALSHA with KEYS[1] = key and the words, each a GString, as ARGV.
 */
void script_add_call(Batch *batch, ScriptName name, const char *tag,
                     const char *key, const GPtrArray *words);

/* Words of a call: owned arrays of GString *. */
GPtrArray *script_words_new(void);
void script_add_bytes(GPtrArray *words, const void *bytes, size_t length);
void script_add_text(GPtrArray *words, const char *text);
void script_add_number(GPtrArray *words, uint64_t number);
void script_add_flag(GPtrArray *words, bool flag);
