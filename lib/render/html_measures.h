/* SPDX-License-Identifier: MIT */
/*
 * Delays, reviews and what was applied as a table of an HTML page, each beside
 * the interval before: what text says in sentences.
 */
#pragma once

#include "digest/digest.h"

#include <glib.h>

/* before: of the interval before, or NULL. Nothing where nothing is known. */
void html_measures(GString *out, const Digest *digest,
                   const DigestMeasures *before);
