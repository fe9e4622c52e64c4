/* SPDX-License-Identifier: MIT */
/*
 * As much of JSON Schema as conf/digest.schema.json uses: type, required,
 * properties, additionalProperties: false, items, enum, oneOf, $ref into
 * $defs, minimum, pattern. A keyword that is not known is a failure, so that
 * the schema cannot say what nobody checks.
 */
#pragma once

#include <jansson.h>

/* NULL if value is as schema says, else where it is not; owned. */
char *schema_check(json_t *schema, json_t *value);
