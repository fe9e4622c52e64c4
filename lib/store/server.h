/* SPDX-License-Identifier: MIT */
/*
 * Reads what a server says about itself: whether its numbers and commands are
 * what the scripts need, and why it did not start.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Returns true for Redis 7.0 or later, or Valkey, built for 64 bits, and for a
 * server that does not say what it is. info: its answer to INFO server; place
 * names it in the error, STORE_ERROR_SPEC. */
bool server_is_fit(const char *info, const char *place, GError **error);

/*
 * Returns why a server did not start: the last complaint in the text of its
 * log. Owned; NULL if it has none. Sets *data_is_newer if it could not read
 * data that a newer server wrote.
 */
char *server_complaint(const char *log, bool *data_is_newer);
