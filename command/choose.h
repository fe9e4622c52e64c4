/* SPDX-License-Identifier: MIT */
/*
 * Finds the list that a word means: a full id, a short name from the settings,
 * or the first label of a list that Redis knows.
 */
#pragma once

#include "base/settings.h"
#include "store/store.h"

/* Returns the id that a word names; owned. STORE_ERROR_UNKNOWN names similar
 * lists, STORE_ERROR_AMBIGUOUS those that share the short name. */
char *choose_list(Store *store, const Settings *settings, const char *word,
                  GError **error);
/* Likewise, but accepts a full id that is not known yet. */
char *choose_list_or_new(Store *store, const Settings *settings,
                         const char *word, GError **error);
