/* SPDX-License-Identifier: MIT */
/*
 * Sends notifications to systemd; does nothing without it.
 */
#pragma once

#include <stdint.h>

void notify_ready(void);
void notify_reloading(void);
void notify_stopping(void);
void notify_status(const char *status);
void notify_alive(void);
/* Returns the milliseconds within which systemd wants a sign of life; 0: never.
 */
int64_t notify_watchdog_ms(void);
