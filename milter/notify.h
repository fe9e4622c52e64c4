/* SPDX-License-Identifier: MIT */
/*
 * News for systemd; nothing where it is not, or was not built in.
 */
#pragma once

#include <stdint.h>

void notify_ready(void);
void notify_reloading(void);
void notify_stopping(void);
void notify_status(const char *status);
void notify_alive(void);
/* Within how many milliseconds systemd wants a sign of life; 0: never. */
int64_t notify_watchdog_ms(void);
