/* SPDX-License-Identifier: MIT */
/*
 * Groups the days of a digest into rows of a table that fits on a page: days up
 * to four weeks, weeks up to half a year, months above that.
 */
#pragma once

#include "digest/digest.h"

/* Fills periods and step from days. */
void periods_fill(Digest *digest);
/* Fills before of the periods: the first day is compared with the first of
 * digest->before, and so on. */
void periods_compare(Digest *digest);
