/* SPDX-License-Identifier: MIT */
#include "milter/test_mode.h"

#include "activity/activity.h"
#include "base/text.h"
#include "mail/capture.h"
#include "mail/membership.h"
#include "mail/message.h"
#include "milter/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/banned.h"

enum { READ_BYTES = 64 * 1024 };

static bool read_all(int file, GByteArray *bytes)
{
    g_autofree guint8 *piece = g_malloc(READ_BYTES);

    for (;;) {
        const ssize_t length = read(file, piece, READ_BYTES);

        if (length > 0)
            g_byte_array_append(bytes, piece, (guint)length);
        else if (length == 0)
            return true;
        else if (errno != EINTR)
            return false;
    }
}

static GByteArray *read_file(const char *name)
{
    const bool is_input = strcmp(name, "-") == 0;
    const int file = is_input ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    const bool good = file >= 0 && read_all(file, bytes);

    if (!good)
        fprintf(stderr, "listpulse-milter: %s: %s\n", name, g_strerror(errno));
    if (file > STDIN_FILENO)
        close(file);
    return good ? g_steal_pointer(&bytes) : NULL;
}

static void print_line(const char *label, const char *text)
{
    g_autofree char *visible = text_visible(text);

    printf("  %-10s %s\n", label, visible);
}

static void print_person(const char *label, const MailPerson *person)
{
    g_autofree char *text =
        g_strdup_printf("%s <%s>", person->name, person->address);

    print_line(label, text);
}

static void print_flags(const Activity *activity)
{
    static const struct {
        unsigned flag;
        const char *word;
    } words[] = {
        { POST_MALFORMED, "malformed" },
        { POST_TRUNCATED, "truncated" },
        { POST_DATE_DOUBTFUL, "doubtful date" },
        { POST_BOT_SENT, "sent by a program" },
        { POST_HAS_TEXT, "text kept" },
        { POST_REVIEW_TRAILERS, "credits" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if ((activity->flags & words[i].flag) != 0)
            print_line("note", words[i].word);
    }
}

static void print_activity(const MailMessage *message, const Activity *activity)
{
    print_line("list", activity->list);
    print_line("kind", post_kind_name(activity->kinds.of_person));
    print_line("subject", message->subject);
    print_line("message-id", message->message_id);
    print_person("author", &activity->author);
    print_person("sender", &activity->sender);
    if (activity->insertions + activity->deletions > 0)
        printf("  %-10s +%u -%u\n", "lines", activity->insertions,
               activity->deletions);
    print_flags(activity);
}

/* Lists that would not be counted here are not hidden: the reader asks why
 * nothing is counted. */
static void print_lists(const GPtrArray *lists, const GPtrArray *ids)
{
    if (lists->len > 0)
        return;
    print_line("list", "none that is counted here");
    for (unsigned i = 0; i < ids->len; i++)
        print_line("List-Id", ids->pdata[i]);
}

static void try_mail(const Settings *settings, MailCapture *capture)
{
    size_t length = 0;
    g_autoptr(GPtrArray) ids = mail_capture_list_ids(capture);
    g_autofree char *address = mail_capture_mailing_list(capture);
    g_autofree char *sender = mail_capture_sender(capture);
    g_autoptr(GPtrArray) recipients = mail_capture_delivered_to(capture);
    g_autoptr(GPtrArray) lists =
        mail_membership(settings, ids, address, sender, recipients);
    const char *bytes = mail_capture_bytes(capture, &length);
    g_autoptr(MailMessage) message = mail_message_parse(bytes, length);

    print_lists(lists, ids);
    for (unsigned i = 0; i < lists->len; i++) {
        const ListSettings *list = settings_list(settings, lists->pdata[i]);
        const ActivityOrigin origin = {
            .list = lists->pdata[i],
            .prefix = list != NULL ? list->prefix : "",
            .approvals = settings->approvals,
            .arrival_ms = clock_now_ms(),
            .capture_flags = mail_capture_flags(capture),
            .size = mail_capture_size(capture),
        };
        g_autoptr(Activity) activity =
            activity_new(message, &origin, settings->trailers);
        print_activity(message, activity);
    }
}

int test_mode_run(const Settings *settings, char *const *files)
{
    int code = EX_OK;

    mail_init();
    for (; *files != NULL; files++) {
        g_autoptr(GByteArray) bytes = read_file(*files);
        g_autoptr(MailCapture) capture = mail_capture_new();

        if (bytes == NULL) {
            code = EX_NOINPUT;
            continue;
        }
        g_autofree char *name = text_visible(*files);
        printf("%s\n", name);
        mail_capture_whole(capture, bytes->data, bytes->len);
        try_mail(settings, capture);
    }
    return code;
}
