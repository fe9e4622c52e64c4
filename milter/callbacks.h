/* SPDX-License-Identifier: MIT */
/*
 * The door to libmilter: negotiation and callbacks. Each callback is a few
 * lines that hand over to session.h.
 */
#pragma once

#include "milter/session.h"

#include <stdbool.h>

/* Call it once, before the socket is opened. collector is lent for ever.
 * with_recipients: ask the MTA for recipients; this cannot change later, since
 * libmilter keeps one table for all sessions. */
bool callbacks_register(Collector *collector, bool with_recipients);
/* Returns the version of the library in use, "8.17.1"; owned. */
char *callbacks_library_version(void);
