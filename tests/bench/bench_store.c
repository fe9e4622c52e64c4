/* SPDX-License-Identifier: MIT */
/*
 * bench_store REDIS ARCHIVE [BATCH]: counts the mails of an archive; they are
 * parsed before the clock starts. One line: posts, posts a second of wall
 * time, our own CPU time a post. What the server needed is in its INFO.
 */
#include <stdio.h>

#include "activity/activity.h"
#include "mail/capture.h"
#include "store/store.h"
#include "tests/bench/mails.h"
#include "tests/bench/stopwatch.h"

#include "base/banned.h"

static Activity *activity_of(MailCapture *capture, const BenchMail *mail)
{
    size_t length = 0, kept_length = 0;
    const char *bytes = g_bytes_get_data(mail->bytes, &length);
    ActivityOrigin origin = {
        .list = "bench.example.org",
        .prefix = "",
        .arrival_ms = mail->arrival_ms,
        .has_mark = mail->has_mark,
        .size = length,
        .is_replay = true,
    };

    memcpy(origin.mark, mail->mark, sizeof(origin.mark));
    mail_capture_reset(capture);
    mail_capture_whole(capture, bytes, length);
    const char *kept = mail_capture_bytes(capture, &kept_length);
    g_autoptr(MailMessage) message = mail_message_parse(kept, kept_length);

    return activity_new(message, &origin, NULL);
}

static GArray *items_of(const GArray *mails)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    GArray *items = g_array_new(FALSE, TRUE, sizeof(StoreItem));

    for (unsigned i = 0; i < mails->len; i++) {
        const StoreItem item = {
            .activity =
                activity_of(capture, &g_array_index(mails, BenchMail, i)),
        };

        g_array_append_val(items, item);
    }
    return items;
}

static void count_all(Store *store, GArray *items, unsigned batch)
{
    g_autoptr(GError) error = NULL;

    for (unsigned at = 0; at < items->len; at += batch) {
        unsigned done = 0;

        if (!store_count(store, &g_array_index(items, StoreItem, at),
                         MIN(batch, items->len - at), &done, &error))
            g_error("%s", error->message);
    }
}

int main(int argc, char **argv)
{
    const StoreOptions options = {
        .redis = argc > 2 ? argv[1] : "",
        .state = "/nonexistent",
        .no_start = true,
    };
    const unsigned batch =
        argc > 3 ? (unsigned)g_ascii_strtoull(argv[3], NULL, 10) : 100;
    g_autoptr(GError) error = NULL;

    if (argc < 3 || batch == 0)
        return 2;
    mail_init();
    g_autoptr(Store) store = store_open(&options, &error);

    if (store == NULL)
        g_error("%s: %s", argv[1], error->message);
    g_autoptr(GArray) mails = bench_mails(argv[2], UINT_MAX);
    g_autoptr(GArray) items = items_of(mails);
    const double wall = stopwatch_us(CLOCK_MONOTONIC);
    const double processor = stopwatch_us(CLOCK_PROCESS_CPUTIME_ID);

    count_all(store, items, batch);
    printf("%u posts, %.0f posts/s, %.1f us of our CPU a post\n", items->len,
           items->len * 1e6 / (stopwatch_us(CLOCK_MONOTONIC) - wall),
           (stopwatch_us(CLOCK_PROCESS_CPUTIME_ID) - processor) / items->len);
    for (unsigned i = 0; i < items->len; i++)
        activity_free(
            (Activity *)(uintptr_t)g_array_index(items, StoreItem, i).activity);
    return 0;
}
