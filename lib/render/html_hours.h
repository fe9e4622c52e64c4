/* SPDX-License-Identifier: MIT */
/* Draws the hours and weekdays in which posts come. */
#pragma once

#include "digest/digest.h"

#include <glib.h>

/* Appends the posts of the digest by hour and by weekday, in its time zone,
 * folded. Appends nothing if the interval has no posts. */
void html_hours(GString *out, const Digest *digest);
