/* SPDX-License-Identifier: MIT */
#include "tests/support/mails.h"

#include "activity/activity.h"
#include "mail/capture.h"
#include "mail/message.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/unit.h"

enum { MS_PER_MINUTE = 60000 };

typedef struct Keys {
    char *file, *lines, *tag, *says, *root;
} Keys;

static void keys_clear(Keys *keys)
{
    g_free(keys->file);
    g_free(keys->lines);
    g_free(keys->tag);
    g_free(keys->says);
    g_free(keys->root);
}

static void keys_read(Keys *keys, const char *text)
{
    g_auto(GStrv) pairs = g_strsplit(text, " ", -1);

    for (char **pair = pairs; *pair != NULL; pair++) {
        g_auto(GStrv) both = g_strsplit(*pair, "=", 2);
        const struct {
            const char *name;
            char **value;
        } all[] = { { "file", &keys->file },
                    { "lines", &keys->lines },
                    { "tag", &keys->tag },
                    { "says", &keys->says },
                    { "root", &keys->root } };
        bool is_known = false;

        if (both[0] == NULL || both[1] == NULL)
            continue;
        for (unsigned i = 0; i < G_N_ELEMENTS(all); i++) {
            if (strcmp(both[0], all[i].name) != 0)
                continue;
            g_free(*all[i].value);
            *all[i].value = g_strdelimit(g_strdup(both[1]), "_", ' ');
            is_known = true;
        }
        if (!is_known)
            fail_msg("unknown key %s", both[0]);
    }
}

static void add_headers(GString *mail, char **words, const Keys *keys)
{
    g_autofree char *name = g_strdup(words[2]);
    const int64_t seconds =
        (MAILS_START_MS + atoi(words[0]) * (int64_t)MS_PER_MINUTE) / 1000;
    g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(seconds);
    g_autofree char *date =
        g_date_time_format(when, "%a, %d %b %Y %H:%M:%S +0000");

    name[0] = g_ascii_toupper(name[0]);
    g_string_append_printf(mail,
                           "From: %s %sson <%s@example.org>\n"
                           "Subject: %s\nDate: %s\n"
                           "Message-ID: <%s@example.org>\n",
                           name, name, words[2], words[4], date, words[1]);
    if (strcmp(words[3], "-") != 0)
        g_string_append_printf(mail, "In-Reply-To: <%s@example.org>\n",
                               words[3]);
    if (keys->root != NULL)
        g_string_append_printf(
            mail, "References: <%s@example.org> <%s@example.org>\n", keys->root,
            words[3]);
    g_string_append(mail, "\n");
}

static void add_patch(GString *mail, const char *id, const Keys *keys)
{
    g_autofree char *own = g_strdup_printf("src/%s.c", id);
    const char *file = keys->file != NULL ? keys->file : own;
    g_auto(GStrv) lines =
        g_strsplit(keys->lines != NULL ? keys->lines : id, ",", -1);
    const unsigned count = g_strv_length(lines);

    g_string_append_printf(mail,
                           "---\n %s | %u +\n"
                           " 1 file changed, %u insertions(+)\n\n"
                           "diff --git a/%s b/%s\n--- a/%s\n+++ b/%s\n"
                           "@@ -1,1 +1,%u @@\n context\n",
                           file, count, count, file, file, file, file,
                           count + 1);
    for (unsigned i = 0; i < count; i++)
        g_string_append_printf(mail, "+    the_changed_line(%s, of_this);\n",
                               lines[i]);
    g_string_append(mail, "--\n2.39.5\n");
}

static Activity *activity_of(const char *list, char **words, const Keys *keys)
{
    g_autoptr(GString) mail = g_string_new(NULL);
    g_autoptr(MailCapture) capture = mail_capture_new();
    size_t length = 0;

    add_headers(mail, words, keys);
    g_string_append_printf(mail, "%s\n\n",
                           keys->says != NULL ? keys->says : "Some words.");
    if (keys->tag != NULL)
        g_string_append_printf(mail, "%s: %c%s %c%sson <%s@example.org>\n",
                               keys->tag, g_ascii_toupper(words[2][0]),
                               words[2] + 1, g_ascii_toupper(words[2][0]),
                               words[2] + 1, words[2]);
    if (strstr(words[4], "PATCH") != NULL && strstr(words[4], " 0/") == NULL &&
        !g_str_has_prefix(words[4], "Re:"))
        add_patch(mail, words[1], keys);
    mail_capture_whole(capture, mail->str, mail->len);

    const char *bytes = mail_capture_bytes(capture, &length);
    g_autoptr(MailMessage) message = mail_message_parse(bytes, length);
    const ActivityOrigin origin = {
        .list = list,
        .prefix = "",
        .arrival_ms = MAILS_START_MS + atoi(words[0]) * (int64_t)MS_PER_MINUTE,
        .capture_flags = mail_capture_flags(capture),
        .size = mail_capture_size(capture),
    };

    return activity_new(message, &origin, NULL);
}

static void count_line(Store *store, const char *list, const char *line)
{
    g_auto(GStrv) halves = g_strsplit(line, " | ", 2);
    g_auto(GStrv) words = g_strsplit(halves[0], " ", 5);
    g_autoptr(GError) error = NULL;
    Keys keys = { 0 };
    StoreItem item = { 0 };

    if (halves[1] != NULL)
        keys_read(&keys, halves[1]);

    g_autoptr(Activity) activity = activity_of(list, words, &keys);
    item.activity = activity;
    keys_clear(&keys);
    if (!store_count(store, &item, 1, NULL, &error))
        fail_msg("%s: %s", line, error->message);
    assert_int_equal(item.outcome, STORE_COUNTED);
}

void mails_count(Store *store, const char *list, const char *lines)
{
    g_auto(GStrv) all = g_strsplit(lines, "\n", -1);

    mail_init();
    for (char **line = all; *line != NULL; line++) {
        if (**line != '\0')
            count_line(store, list, *line);
    }
}
