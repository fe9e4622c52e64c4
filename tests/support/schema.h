/* SPDX-License-Identifier: MIT */
/*
 * Whether JSON is as a JSON Schema says, by Python's jsonschema, which judges
 * the schema as well.
 */
#pragma once

#include <jansson.h>

/* Returns NULL if value is as schema says, else a line for each place where it
 * is not; owned. Fails the test if there is no python3 with jsonschema. */
char *schema_check(json_t *schema, json_t *value);
