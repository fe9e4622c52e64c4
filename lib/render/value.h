/* SPDX-License-Identifier: MIT */
/*
 * Builds JSON values and writes them as text. A digest of a year has a hundred
 * thousand of them: jansson keeps each object as a hash table and writes it
 * character by character, which took a third of the digest's time. Members are
 * written in the order in which they were set; one that is set twice is written
 * twice.
 *
 * Characters that a terminal would act on, or hide, are escaped.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Value Value;

/* All return a new value, which its parent owns once it has one. */
Value *value_object(void);
Value *value_array(void);
Value *value_null(void);
Value *value_boolean(bool is_true);
Value *value_integer(int64_t integer);
/* Copies text; bytes that are not UTF-8 become U+FFFD. NULL gives null. */
Value *value_text(const char *text);
/* "2025-09-29T05:12:17.000Z", of milliseconds since 1970; null for -1. */
Value *value_instant(int64_t time_ms);
/* "2025-09-29T05:12:17Z", of seconds since 1970; null for times that no
 * calendar has. */
Value *value_date(int64_t seconds);

/* Takes ownership of the member. key: lent for the object's life; plain
 * letters. */
void value_set(Value *object, const char *key, Value *member);
/* Takes ownership of the item. */
void value_append(Value *array, Value *item);

/* Writes the value as text, indented by two blanks for each level. */
void value_write(const Value *value, GString *out);
void value_free(Value *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Value, value_free)
