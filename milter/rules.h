/* SPDX-License-Identifier: MIT */
/*
 * The settings in force. A mail takes them at its start and keeps them to
 * its end; a reload puts new ones beside them.
 */
#pragma once

#include "base/settings.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Rules Rules;               /* one configuration, shared */
typedef struct RulesInForce RulesInForce; /* the one in force */

/* Takes ownership of the settings. */
RulesInForce *rules_in_force_new(Settings *settings);
void rules_in_force_free(RulesInForce *in_force);
void rules_replace(RulesInForce *in_force, Settings *settings);

Rules *rules_take(RulesInForce *in_force);
void rules_release(Rules *rules);
const Settings *rules_settings(const Rules *rules);
