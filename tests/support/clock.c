/* SPDX-License-Identifier: MIT */
/*
 * A clock that a test sets. Preloaded into the daemon, it makes the time of
 * day what the file named by LISTPULSE_TEST_CLOCK says (milliseconds since
 * 1970), so that mail sent by SMTP arrives when the test wants it to. The
 * monotonic clock stays as it is.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int64_t g_get_real_time(void);

static int64_t test_microseconds(void)
{
    const char *path = getenv("LISTPULSE_TEST_CLOCK");
    FILE *file = path != NULL ? fopen(path, "re") : NULL;
    int64_t milliseconds = 0;
    if (file == NULL)
        return 0;
    if (fscanf(file, "%" SCNd64, &milliseconds) != 1)
        milliseconds = 0;
    fclose(file);
    return milliseconds * 1000;
}

int64_t g_get_real_time(void)
{
    struct timespec now;
    const int64_t set = test_microseconds();
    if (set > 0)
        return set;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
