/* SPDX-License-Identifier: MIT */
/*
 * Prints delays, reviews and applied sets as a table of an HTML page, each
 * beside the previous interval; text has sentences for them.
 */
#pragma once

#include "digest/digest.h"

#include <glib.h>

/* before: of the previous interval, or NULL. Appends nothing if nothing is
 * known. */
void html_measures(GString *out, const Digest *digest,
                   const DigestMeasures *before);
