/* SPDX-License-Identifier: MIT */
/*
 * Subjects and Message-IDs in two thirds of their bytes: they are most of
 * what Redis holds of a mail. A fixed table of what list mail is made of, and
 * digits by pairs; no state, any bytes, each text on its own.
 */
#pragma once

#include <glib.h>
#include <stddef.h>

/* Appends text, squeezed. */
void squeeze_put(GString *out, const char *text, size_t length);
/* The text again, NUL-terminated; owned. NULL: no squeezed text. */
char *squeeze_get(const char *bytes, size_t length, size_t *text_length);
