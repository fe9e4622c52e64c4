/* SPDX-License-Identifier: MIT */
/*
 * What a server says of itself: whether its numbers and commands are what the
 * scripts need, and why it did not start.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Redis 7.0 or later, or Valkey, built for 64 bits: info is what it answers to
 * INFO server, place names it in the error, STORE_ERROR_SPEC. A server that
 * does not say is taken. */
bool server_is_fit(const char *info, const char *place, GError **error);

/*
 * Why a server did not start: the last complaint in the text of its log. Owned;
 * NULL if it has none. *data_is_newer: it could not read data that a newer
 * server wrote.
 */
char *server_complaint(const char *log, bool *data_is_newer);
