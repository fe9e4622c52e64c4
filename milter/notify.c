/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/notify.h"

#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>

void notify_ready(void)
{
    sd_notify(0, "READY=1");
}

void notify_reloading(void)
{
    sd_notify(0, "RELOADING=1");
}

void notify_stopping(void)
{
    sd_notify(0, "STOPPING=1");
}

void notify_status(const char *status)
{
    sd_notifyf(0, "STATUS=%s", status);
}

void notify_alive(void)
{
    sd_notify(0, "WATCHDOG=1");
}

int64_t notify_watchdog_ms(void)
{
    uint64_t microseconds = 0;

    return sd_watchdog_enabled(0, &microseconds) > 0
               ? (int64_t)(microseconds / 1000)
               : 0;
}
#else
void notify_ready(void)
{
}

void notify_reloading(void)
{
}

void notify_stopping(void)
{
}

void notify_status(const char *status)
{
    (void)status;
}

void notify_alive(void)
{
}

int64_t notify_watchdog_ms(void)
{
    return 0;
}
#endif

#include "base/banned.h"
