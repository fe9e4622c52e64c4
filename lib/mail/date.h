/* SPDX-License-Identifier: MIT */
/*
 * The date of a mail's header: RFC 5322 as nearly all mailers write it is read
 * here, anything else by GMime, which knows the old and the broken forms.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* seconds since 1970 and minutes east of UTC. False: no date from 1970 to
 * 9999; what was set then means nothing. */
bool mail_date_parse(const char *value, int64_t *seconds, int *offset);
/* The same by GMime alone: mail_date_parse's short way is held against it by a
 * test. */
bool mail_date_parse_by_gmime(const char *value, int64_t *seconds, int *offset);
