/* SPDX-License-Identifier: MIT */
/* A whole mail, from its bytes to what the store is given. */
#include "tests/fuzz/fuzz.h"

#include "activity/activity.h"
#include "tests/support/mail.h"

static const ActivityOrigin origin = {
    .list = "kvm.example.org",
    .prefix = "[kvm]",
    .arrival_ms = INT64_C(1759122756000),
};

static void check_text(const Activity *activity, const PostRecord *record)
{
    g_assert((activity->text != NULL) ==
             ((record->flags & POST_HAS_TEXT) != 0));
    g_assert(record->text_end <= activity->text_length);
    g_assert(record->classic_end <= activity->text_length);
    g_assert(record->text_start <= record->text_end);
    if (activity->text != NULL)
        g_assert(g_utf8_validate(activity->text, (gssize)activity->text_length,
                                 NULL));
}

static void check_people(const Activity *activity)
{
    MailPerson again;

    mail_person_init(&again, activity->author.raw);
    g_assert_cmpstr(again.name, ==, activity->author.name);
    g_assert_cmpstr(again.address, ==, activity->author.address);
    mail_person_clear(&again);
    g_assert(activity->credits->len <= CREDITS_MAX);
}

/* The rear must be one that can be read back, whatever the mail. */
static void check(const Activity *activity)
{
    const PostRecord front = { .post = 1, .arrival_ms = activity->arrival_ms };
    g_autoptr(GString) bytes = g_string_new(NULL);
    PostRecord record;

    record_front_put(bytes, &front);
    g_string_append_len(bytes, activity->record->str,
                        (gssize)activity->record->len);
    g_assert(record_post_get(bytes->str, bytes->len, &record));
    check_text(activity, &record);
    record_post_clear(&record);
    check_people(activity);
}

int fuzz_target(const uint8_t *data, size_t size)
{
    static bool is_ready;

    if (!is_ready)
        mail_init();
    is_ready = true;
    g_autoptr(MailMessage) message = mail_of_bytes((const char *)data, size);
    g_autoptr(Activity) activity = activity_new(message, &origin, NULL);

    check(activity);
    return 0;
}
