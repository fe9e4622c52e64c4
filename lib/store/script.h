/* SPDX-License-Identifier: MIT */
/*
 * The scripts that Redis runs for us, by the names of their files.
 */
#pragma once

#include "store/router.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum ScriptName {
    SCRIPT_COUNT,
    SCRIPT_ERASE,
    SCRIPT_SWAP,
    SCRIPT_RESTORE,
    SCRIPTS
} ScriptName;

/* The Lua files, made into C strings by the build. */
extern const char store_count_script[], store_erase_script[],
    store_swap_script[], store_restore_script[];
/* The commands that they may run, separated by blanks. */
extern const char store_count_commands[], store_erase_commands[],
    store_swap_commands[];

/* Returns the digest for EVALSHA; lent, never freed. */
const char *script_digest(ScriptName name);
/* Loads a script on every master; needed after an answer NOSCRIPT. */
bool script_load(Router *router, ScriptName name, GError **error);
/*
 * Adds EVALSHA with KEYS[1] = key, of that list, and the words, each a GString,
 * as ARGV. A script touches more keys of the list than it can name before it
 * has read some. While the list's slot moves to another node of a cluster, a
 * key that is on the other node reads as missing, without an error. So KEYS[2]
 * is a key that never exists: with it, both nodes answer TRYAGAIN or ASK
 * instead of running the script, until the slot has moved.
 */
void script_add_call(Batch *batch, ScriptName name, const char *list,
                     const char *key, const GPtrArray *words);

/* Returns an array for the words of a call (GString *); owned. */
GPtrArray *script_words_new(void);
void script_add_bytes(GPtrArray *words, const void *bytes, size_t length);
void script_add_text(GPtrArray *words, const char *text);
void script_add_number(GPtrArray *words, uint64_t number);
void script_add_flag(GPtrArray *words, bool flag);
