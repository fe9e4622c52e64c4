/* SPDX-License-Identifier: MIT */
/* Pictures of when in the day and in the week posts come. */
#pragma once

#include "digest/digest.h"

#include <glib.h>

/* Appends the posts of the digest by hour and by weekday, in its time zone,
 * folded. Nothing of an interval without posts. */
void html_hours(GString *out, const Digest *digest);
