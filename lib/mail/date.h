/* SPDX-License-Identifier: MIT */
/*
 * Reads the Date of a mail. The form of RFC 5322 that nearly all mailers write
 * is read here, anything else by GMime, which knows the old and the broken
 * forms.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Sets seconds since 1970 and minutes east of UTC. Returns false for what is no
 * date from 1970 to 9999; what was set means nothing then. */
bool mail_date_parse(const char *value, int64_t *seconds, int *offset);
/* Does the same with GMime alone: a test compares the short way of
 * mail_date_parse with it. */
bool mail_date_parse_by_gmime(const char *value, int64_t *seconds, int *offset);
