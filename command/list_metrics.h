/* SPDX-License-Identifier: MIT */
/*
 * The metrics of each list for Prometheus: series in base units, named
 * listpulse_list_..., with the label list (its List-Id). They are gathered
 * first, so that a failure leaves no half of them. Gathering starts nothing.
 */
#pragma once

#include "base/settings.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Appends the metrics of all lists that Redis knows, in the text format 0.0.4,
 * as of now_ms. A list that cannot be read has listpulse_list_up 0 and nothing
 * else. Returns false with error, and appends nothing, if Redis or a file that
 * the settings name cannot be read. */
bool list_metrics_append(const Settings *settings, int64_t now_ms, GString *out,
                         GError **error);
