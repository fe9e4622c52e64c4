/* SPDX-License-Identifier: MIT */
#include "command/bundle.h"

#include <string.h>

#include "base/banned.h"

typedef struct BundleMail {
    IntakeMail mail; /* without its bytes, which move while others come */
    size_t start;    /* where they begin */
    uint64_t row;
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
    bundle->exported = g_ptr_array_new_with_free_func(free_exported);
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
    g_ptr_array_unref(bundle->exported);
    g_free(bundle);
}

void bundle_reset(Bundle *bundle)
{
    g_string_truncate(bundle->bytes, 0);
    g_array_set_size(bundle->mails, 0);
    g_ptr_array_set_size(bundle->activities, 0);
    g_array_set_size(bundle->items, 0);
    g_ptr_array_set_size(bundle->exported, 0);
    bundle->is_export = false;
    bundle->unlisted = bundle->unreadable = 0;
    bundle->last_row = 0;
}

bool bundle_is_full(const Bundle *bundle)
{
    return bundle->mails->len >= BUNDLE_MAILS ||
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
    };

    mail_capture_reset(capture);
    mail_capture_whole(capture, mail->bytes, mail->length);
    const char *bytes = mail_capture_bytes(capture, &entry.mail.length);
    g_string_append_len(bundle->bytes, bytes, (gssize)entry.mail.length);
    entry.mail.flags = mail_capture_flags(capture);
    entry.mail.size = mail_capture_size(capture);
    memcpy(entry.mail.mark, mail->mark, sizeof entry.mail.mark);
    g_array_append_val(bundle->mails, entry);
    bundle->last_row = mail->row;
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

static void read_mail(Bundle *bundle, const BundleMail *entry,
                      const IntakeRules *rules)
{
    IntakeMail mail = entry->mail;
    unsigned at = bundle->activities->len;

    mail.bytes = bundle->bytes->str + entry->start;
    if (intake_read(rules, &mail, bundle->activities) == 0)
        bundle->unlisted++;
    for (; at < bundle->activities->len; at++) {
        const StoreItem item = { .activity = bundle->activities->pdata[at],
                                 .position.row = entry->row };

        g_array_append_val(bundle->items, item);
    }
}

void bundle_read(Bundle *bundle, const IntakeRules *rules)
{
    for (unsigned i = 0; i < bundle->mails->len; i++) {
        const BundleMail *entry = &g_array_index(bundle->mails, BundleMail, i);

        if (bundle->is_export)
            read_line(bundle, entry, rules);
        else
            read_mail(bundle, entry, rules);
    }
}
