/* SPDX-License-Identifier: MIT */
/*
 * Which list is meant: full ids, the short names of the settings, the first
 * labels of the lists that Redis knows.
 */
#pragma once

#include "base/settings.h"
#include "store/store.h"

/* The id that a word names; owned. STORE_ERROR_UNKNOWN names the lists that
 * are near, STORE_ERROR_AMBIGUOUS those that share the short name. */
char *choose_list(Store *store, const Settings *settings, const char *word,
                  GError **error);
/* Likewise, but a full id that nobody knows yet is taken as it is. */
char *choose_list_or_new(Store *store, const Settings *settings,
                         const char *word, GError **error);
