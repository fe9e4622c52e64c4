/* SPDX-License-Identifier: MIT */
/*
 * Digests (digests.h) as a format prints them.
 */
#pragma once

#include "digest/digest.h"

#include <jansson.h>

/* Returns a digest in a format, with these DigestSections; owned. */
char *rendered(const char *format, const Digest *digest, unsigned sections);
/* Returns the full digest with all sections; owned. */
char *rendered_full(const char *format);
/* Returns conf/digest.schema.json; owned. */
json_t *rendered_schema(void);
/* Fails the test if a text is not as conf/digest.schema.json says. */
void rendered_assert_as_described(const char *text);
/* Adds what a filter asks for, as a person typed it. */
void rendered_ask(Digest *digest, const char *name, const char *value);
