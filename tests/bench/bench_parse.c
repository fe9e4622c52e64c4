/* SPDX-License-Identifier: MIT */
/*
 * bench_parse ARCHIVE [ROUNDS]: CPU time a mail of each step from bytes to
 * activity, median of the rounds. One line a step: name, microseconds. Mails
 * go through in batches as in an import, so that caches and the allocator see
 * what they see there.
 */
#include <stdio.h>

#include "activity/activity.h"
#include "mail/capture.h"
#include "patch/body.h"
#include "patch/subject.h"
#include "tests/bench/mails.h"
#include "tests/bench/stopwatch.h"

#include "base/banned.h"

enum { ROUNDS_MAX = 100, BATCH_MAILS = 64 };

typedef struct Bench {
    GArray *mails;
    unsigned first, count; /* the batch */
    MailCapture *capture;
    GPtrArray *captured; /* GBytes *, of the batch */
    GPtrArray *messages; /* MailMessage *, of the batch */
} Bench;

static void free_bytes(void *bytes)
{
    g_bytes_unref(bytes);
}

static void free_message(void *message)
{
    mail_message_free(message);
}

static const BenchMail *mail_at(const Bench *bench, unsigned i)
{
    return &g_array_index(bench->mails, BenchMail, bench->first + i);
}

static void capture_all(Bench *bench)
{
    for (unsigned i = 0; i < bench->count; i++) {
        size_t length = 0, kept_length = 0;
        const char *bytes = g_bytes_get_data(mail_at(bench, i)->bytes, &length);

        mail_capture_reset(bench->capture);
        mail_capture_whole(bench->capture, bytes, length);
        const char *kept = mail_capture_bytes(bench->capture, &kept_length);

        g_ptr_array_add(bench->captured, g_bytes_new(kept, kept_length));
    }
}

static void parse_all(Bench *bench)
{
    for (unsigned i = 0; i < bench->captured->len; i++) {
        size_t length = 0;
        const char *bytes =
            g_bytes_get_data(bench->captured->pdata[i], &length);

        g_ptr_array_add(bench->messages, mail_message_parse(bytes, length));
    }
}

static void read_bodies(Bench *bench)
{
    for (unsigned i = 0; i < bench->messages->len; i++) {
        const MailMessage *message = bench->messages->pdata[i];
        g_auto(PatchBody) body;
        g_auto(PatchSubject) subject;

        patch_body_init(&body, message->text, message->text_length, false);
        patch_subject_init(&subject, message->subject, NULL);
    }
}

static void make_activities(Bench *bench)
{
    for (unsigned i = 0; i < bench->messages->len; i++) {
        const ActivityOrigin origin = {
            .list = "bench.example.org",
            .prefix = "",
            .arrival_ms = mail_at(bench, i)->arrival_ms,
        };

        activity_free(activity_new(bench->messages->pdata[i], &origin, NULL));
    }
}

static const struct {
    const char *name;
    void (*run)(Bench *bench);
} steps[] = {
    { "capture", capture_all },
    { "message", parse_all },
    { "body and subject (in activity)", read_bodies },
    { "activity", make_activities },
};

static void run_batch(Bench *bench, double times[G_N_ELEMENTS(steps)])
{
    for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++) {
        const double start = stopwatch_us(CLOCK_PROCESS_CPUTIME_ID);

        steps[i].run(bench);
        times[i] += (stopwatch_us(CLOCK_PROCESS_CPUTIME_ID) - start) /
                    bench->mails->len;
    }
    g_ptr_array_set_size(bench->messages, 0);
    g_ptr_array_set_size(bench->captured, 0);
}

static void run_round(Bench *bench, double times[G_N_ELEMENTS(steps)])
{
    bench->capture = mail_capture_new();
    bench->captured = g_ptr_array_new_with_free_func(free_bytes);
    bench->messages = g_ptr_array_new_with_free_func(free_message);
    for (bench->first = 0; bench->first < bench->mails->len;
         bench->first += bench->count) {
        bench->count = MIN(BATCH_MAILS, bench->mails->len - bench->first);
        run_batch(bench, times);
    }
    g_ptr_array_unref(bench->messages);
    g_ptr_array_unref(bench->captured);
    mail_capture_free(bench->capture);
}

int main(int argc, char **argv)
{
    const unsigned rounds =
        argc > 2 ? CLAMP((unsigned)g_ascii_strtoull(argv[2], NULL, 10), 1,
                         ROUNDS_MAX)
                 : 5;
    double times[G_N_ELEMENTS(steps)][ROUNDS_MAX];
    Bench bench = { 0 };
    double total = 0;

    if (argc < 2)
        return 2;
    mail_init();
    bench.mails = bench_mails(argv[1], UINT_MAX);
    for (unsigned round = 0; round < rounds; round++) {
        double of_round[G_N_ELEMENTS(steps)] = { 0 };

        run_round(&bench, of_round);
        for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++)
            times[i][round] = of_round[i];
    }
    printf("%u mails, %u rounds\n", bench.mails->len, rounds);
    for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++) {
        const double median = stopwatch_quantile(times[i], rounds, 0.5);

        printf("%-32s %8.1f us\n", steps[i].name, median);
        total += steps[i].run == read_bodies ? 0 : median;
    }
    printf("%-32s %8.1f us, %.0f mails/s\n", "capture to activity", total,
           1e6 / total);
    g_array_unref(bench.mails);
    return 0;
}
