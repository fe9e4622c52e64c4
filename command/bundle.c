/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "command/bundle.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/banned.h"

enum {
    LOOK_MS = 100, /* how often a reader is looked at */
    HELD_UP_MS = 1000,
    ABANDONED_MAX = 8, /* readers that may go on beside; then the next is waited
                          for, however long it takes */
    MILLISECONDS = 1000,
    NANOSECONDS = 1000 * 1000, /* in a millisecond */
};

/* Sanitizers take several times as long. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const int64_t held_up_ms = INT64_C(8) * HELD_UP_MS;
#else
static const int64_t held_up_ms = HELD_UP_MS;
#endif

typedef struct BundleMail {
    IntakeMail mail; /* without its bytes, which move while others come */
    size_t start;    /* where they begin */
    uint64_t row;
    bool is_taken_back;
} BundleMail;

static void free_exported(gpointer exported)
{
    exported_clear(exported);
    g_free(exported);
}

Bundle *bundle_new(void)
{
    Bundle *bundle = g_new0(Bundle, 1);

    bundle->bytes = g_string_sized_new(BUNDLE_BYTES);
    bundle->mails = g_array_new(FALSE, TRUE, sizeof(BundleMail));
    bundle->activities =
        g_ptr_array_new_with_free_func((GDestroyNotify)activity_free);
    bundle->items = g_array_new(FALSE, TRUE, sizeof(StoreItem));
    bundle->taken_back = g_ptr_array_new();
    bundle->exported = g_ptr_array_new_with_free_func(free_exported);
    bundle->held_up = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    return bundle;
}

void bundle_free(Bundle *bundle)
{
    if (bundle == NULL)
        return;
    g_string_free(bundle->bytes, TRUE);
    g_array_unref(bundle->mails);
    g_ptr_array_unref(bundle->activities);
    g_array_unref(bundle->items);
    g_ptr_array_unref(bundle->taken_back);
    g_ptr_array_unref(bundle->exported);
    g_array_unref(bundle->held_up);
    g_free(bundle);
}

void bundle_reset(Bundle *bundle)
{
    g_string_truncate(bundle->bytes, 0);
    g_array_set_size(bundle->mails, 0);
    g_ptr_array_set_size(bundle->activities, 0);
    g_array_set_size(bundle->items, 0);
    g_ptr_array_set_size(bundle->taken_back, 0);
    g_ptr_array_set_size(bundle->exported, 0);
    g_array_set_size(bundle->held_up, 0);
    bundle->is_export = false;
    bundle->purged_ms = 0;
    bundle->removals = 0;
    bundle->unlisted = bundle->unreadable = 0;
    bundle->last_row = 0;
}

bool bundle_is_full(const Bundle *bundle)
{
    /* what is taken back goes once all that came before it is counted */
    return bundle->removals > 0 || bundle->mails->len >= BUNDLE_MAILS ||
           bundle->bytes->len >= BUNDLE_BYTES;
}

void bundle_add(Bundle *bundle, MailCapture *capture, const ArchiveMail *mail)
{
    BundleMail entry = {
        .mail = { .has_mark = mail->has_mark,
                  .has_arrival = mail->has_arrival,
                  .arrival_ms = mail->arrival_ms },
        .start = bundle->bytes->len,
        .row = mail->row,
        .is_taken_back = mail->is_taken_back,
    };

    bundle->last_row = mail->row;
    bundle->removals += mail->is_taken_back;
    if (mail->is_taken_back && mail->length == 0) {
        bundle->purged_ms = mail->arrival_ms;
        return;
    }
    mail_capture_reset(capture);
    mail_capture_whole(capture, mail->bytes, mail->length);
    const char *bytes = mail_capture_bytes(capture, &entry.mail.length);
    g_string_append_len(bundle->bytes, bytes, (gssize)entry.mail.length);
    entry.mail.flags = mail_capture_flags(capture);
    entry.mail.size = mail_capture_size(capture);
    memcpy(entry.mail.mark, mail->mark, sizeof entry.mail.mark);
    g_array_append_val(bundle->mails, entry);
}

void bundle_add_line(Bundle *bundle, const ArchiveMail *line)
{
    const BundleMail entry = { .mail.length = line->length,
                               .start = bundle->bytes->len,
                               .row = line->row };

    bundle->is_export = true;
    g_string_append_len(bundle->bytes, line->bytes, (gssize)line->length);
    g_array_append_val(bundle->mails, entry);
    bundle->last_row = line->row;
}

static const char *prefix_of(const char *list, const void *data)
{
    const IntakeRules *rules = data;
    const ListSettings *settings = settings_list(rules->settings, list);

    return settings != NULL ? settings->prefix : "";
}

static void read_line(Bundle *bundle, const BundleMail *entry,
                      const IntakeRules *rules)
{
    Exported *exported = g_new0(Exported, 1);

    if (!exported_read(exported, bundle->bytes->str + entry->start,
                       entry->mail.length, prefix_of, rules)) {
        bundle->unreadable++;
        g_free(exported);
        return;
    }
    g_ptr_array_add(bundle->exported, exported);
    if (exported->activity != NULL) {
        const StoreItem item = { .activity = exported->activity };

        g_array_append_val(bundle->items, item);
    }
}

/* --- mails, each within its time --------------------------------------------
 */

/* A thread cannot be ended while a library works in it; so a reader that takes
 * too long is left alone with its mail, and another one reads on. */
typedef struct Reader {
    pthread_mutex_t lock;
    Bundle *bundle; /* what lock guards: NULL once it is abandoned */
    const IntakeRules *rules;
    GString *bytes; /* of the bundle; its own once it is abandoned */
    unsigned at;    /* the mail that it reads */
} Reader;

static gint abandoned; /* readers that go on */

static void publish(Bundle *bundle, const BundleMail *entry,
                    GPtrArray *activities, unsigned lists)
{
    bundle->unlisted += lists == 0 && !entry->is_taken_back;
    for (unsigned i = 0; i < activities->len; i++) {
        if (entry->is_taken_back) {
            g_ptr_array_add(bundle->taken_back, activities->pdata[i]);
            continue;
        }
        const StoreItem item = { .activity = activities->pdata[i],
                                 .position.row = entry->row };

        g_array_append_val(bundle->items, item);
    }
    g_ptr_array_extend_and_steal(bundle->activities, activities);
}

/* The next mail; false at the end. */
static bool next_mail(Reader *reader, BundleMail *entry)
{
    pthread_mutex_lock(&reader->lock);
    const GArray *mails = reader->bundle->mails;
    const bool is_there = reader->at < mails->len;
    if (is_there)
        *entry = g_array_index(mails, BundleMail, reader->at);
    pthread_mutex_unlock(&reader->lock);
    return is_there;
}

/* False: it was abandoned meanwhile, and nobody wants what it read. */
static bool read_mail(Reader *reader, const BundleMail *entry)
{
    GPtrArray *activities =
        g_ptr_array_new_with_free_func((GDestroyNotify)activity_free);
    IntakeMail mail = entry->mail;

    mail.bytes = reader->bytes->str + entry->start;
    const unsigned lists = intake_read(reader->rules, &mail, activities);
    pthread_mutex_lock(&reader->lock);
    const bool is_wanted = reader->bundle != NULL;
    if (is_wanted) {
        publish(reader->bundle, entry, activities, lists);
        reader->at++;
    }
    pthread_mutex_unlock(&reader->lock);
    if (!is_wanted)
        g_ptr_array_unref(activities);
    return is_wanted;
}

static void reader_free(Reader *reader)
{
    pthread_mutex_destroy(&reader->lock);
    g_free(reader);
}

static void *run_reader(void *data)
{
    Reader *reader = data;
    BundleMail entry;

    while (next_mail(reader, &entry)) {
        if (read_mail(reader, &entry))
            continue;
        g_string_free(reader->bytes, TRUE);
        reader_free(reader);
        g_atomic_int_dec_and_test(&abandoned);
        return NULL;
    }
    return NULL;
}

static Reader *reader_new(Bundle *bundle, const IntakeRules *rules, unsigned at)
{
    Reader *reader = g_new0(Reader, 1);

    pthread_mutex_init(&reader->lock, NULL);
    reader->bundle = bundle;
    reader->rules = rules;
    reader->bytes = bundle->bytes;
    reader->at = at;
    return reader;
}

static bool has_ended(pthread_t thread)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += (long)LOOK_MS * NANOSECONDS;
    if (until.tv_nsec >= (long)MILLISECONDS * NANOSECONDS) {
        until.tv_nsec -= (long)MILLISECONDS * NANOSECONDS;
        until.tv_sec++;
    }
    return pthread_timedjoin_np(thread, NULL, &until) == 0;
}

static int64_t processor_ms(pthread_t thread)
{
    clockid_t clock;
    struct timespec used = { 0, 0 };

    if (pthread_getcpuclockid(thread, &clock) != 0 ||
        clock_gettime(clock, &used) != 0)
        return 0;
    return (int64_t)used.tv_sec * MILLISECONDS + used.tv_nsec / NANOSECONDS;
}

static unsigned place_of(Reader *reader)
{
    pthread_mutex_lock(&reader->lock);
    const unsigned at = reader->at;
    pthread_mutex_unlock(&reader->lock);
    return at;
}

/* False: it got further after all. */
static bool abandon(Reader *reader, unsigned at)
{
    pthread_mutex_lock(&reader->lock);
    const bool is_held_up = reader->at == at;
    if (is_held_up) {
        Bundle *bundle = reader->bundle;
        const BundleMail *entry = &g_array_index(bundle->mails, BundleMail, at);

        g_array_append_val(bundle->held_up, entry->row);
        bundle->bytes =
            g_string_new_len(reader->bytes->str, (gssize)reader->bytes->len);
        reader->bundle = NULL;
        g_atomic_int_inc(&abandoned);
    }
    pthread_mutex_unlock(&reader->lock);
    return is_held_up;
}

/* True: it has read all; false: it was abandoned at this mail. */
static bool watch(Reader *reader, pthread_t thread, unsigned *at)
{
    int64_t since_ms = 0;

    *at = place_of(reader);
    while (!has_ended(thread)) {
        const unsigned now_at = place_of(reader);
        const int64_t used_ms = processor_ms(thread);

        if (now_at != *at) {
            *at = now_at;
            since_ms = used_ms;
        } else if (used_ms - since_ms > held_up_ms &&
                   g_atomic_int_get(&abandoned) < ABANDONED_MAX &&
                   now_at < reader->bundle->mails->len && abandon(reader, *at))
            return false;
    }
    return true;
}

static void read_mails(Bundle *bundle, const IntakeRules *rules)
{
    unsigned at = 0;

    while (at < bundle->mails->len) {
        Reader *reader = reader_new(bundle, rules, at);
        pthread_t thread;

        if (pthread_create(&thread, NULL, run_reader, reader) != 0) {
            run_reader(reader); /* then without a limit */
            reader_free(reader);
            return;
        }
        if (watch(reader, thread, &at)) {
            reader_free(reader);
            return;
        }
        pthread_detach(thread);
        at++;
    }
}

void bundle_read(Bundle *bundle, const IntakeRules *rules)
{
    if (!bundle->is_export) {
        read_mails(bundle, rules);
        return;
    }
    for (unsigned i = 0; i < bundle->mails->len; i++)
        read_line(bundle, &g_array_index(bundle->mails, BundleMail, i), rules);
}

bool bundle_is_read_still(void)
{
    return g_atomic_int_get(&abandoned) > 0;
}
