/* SPDX-License-Identifier: MIT */
/*
 * The door to libmilter: negotiation and callbacks. Each callback is a few
 * lines that hand over to session.h.
 */
#pragma once

#include "milter/session.h"

#include <stdbool.h>

/* Once, before the socket is opened. collector is lent for ever.
 * with_recipients: ask the MTA for them; cannot change later, since
 * libmilter keeps one table for all sessions. */
bool callbacks_register(Collector *collector, bool with_recipients);
/* "8.17.1", of the library that runs; owned. */
char *callbacks_library_version(void);
