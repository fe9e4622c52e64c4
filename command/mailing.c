/* SPDX-License-Identifier: MIT */
#include "command/mailing.h"

#include "command/cursor.h"
#include "command/output.h"

#include "base/text.h"
#include "mail/compose.h"
#include "mail/message.h"
#include "render/page.h"

#include <string.h>

#include "base/banned.h"

/* False with error; *before is NULL where there is none. */
static bool find_thread(const Mailing *mailing, char **before, GError **error)
{
    g_autoptr(GError) failure = NULL;

    *before = NULL;
    if (mailing->cursor == NULL)
        return true;
    *before =
        cursor_thread(mailing->store, mailing->list, mailing->cursor, &failure);
    if (failure == NULL)
        return true;
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

/* --- what is enclosed --------------------------------------------------- */

static void enclosed_clear(gpointer data)
{
    MailEnclosed *enclosed = data;

    g_free((char *)(uintptr_t)enclosed->name);
    g_free((char *)(uintptr_t)enclosed->address);
    g_free((char *)(uintptr_t)enclosed->subject);
    g_free((char *)(uintptr_t)enclosed->message_id);
    g_free((char *)(uintptr_t)enclosed->text);
}

/* One line, whatever the store may hold. */
static char *line_of(const char *text)
{
    return text_visible(text != NULL ? text : "");
}

static void add_enclosed(GArray *enclosed, const DigestSet *set)
{
    size_t length;
    const char *text = page_trim(set->text, &length);
    GString *visible = g_string_new(NULL);
    const bool has_id = set->message_id != NULL && *set->message_id != '\0';

    if (length > 0)
        text_append_visible(visible, text, length, true);
    g_string_append_c(visible, '\n');
    length = visible->len;

    const MailEnclosed one = {
        .name = line_of(set->author.name),
        .address = line_of(set->author.email),
        .subject = line_of(set->subject),
        .message_id = has_id ? line_of(set->message_id) : NULL,
        .length = length,
        .text = g_string_free(visible, FALSE),
        .date_seconds = set->has_date ? set->date : set->arrival_ms / 1000,
    };

    g_array_append_val(enclosed, one);
}

static GArray *enclosed_of(const Mailing *mailing, const Digest *digest)
{
    GArray *enclosed = g_array_new(FALSE, TRUE, sizeof(MailEnclosed));

    g_array_set_clear_func(enclosed, enclosed_clear);
    for (unsigned i = 0; mailing->with_mails && i < digest->sets->len; i++) {
        const DigestSet *set = digest->sets->pdata[i];

        if (set->is_entry)
            add_enclosed(enclosed, set);
    }
    return enclosed;
}

/* --- the mail ----------------------------------------------------------- */

static char *compose(const Mailing *mailing, const Digest *digest,
                     const RenderOptions *options, const GString *alone,
                     const char *message_id, const char *before)
{
    RenderOptions mailed = *options;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) html = g_string_new(NULL);
    g_autofree char *subject = g_strdup_printf(
        "%s mailing list update from %s to %s", digest->list_title,
        digest->from.shown, digest->to.shown);
    g_autoptr(GPtrArray) to = g_ptr_array_new();
    g_autoptr(GArray) enclosed = enclosed_of(mailing, digest);

    mailed.is_mailed = true;
    if (alone == NULL) {
        render_text.render(digest, &mailed, text);
        render_html.render(digest, &mailed, html);
    }
    for (unsigned i = 0; i < mailing->to->len; i++)
        g_ptr_array_add(to, mailing->to->pdata[i]);
    g_ptr_array_add(to, NULL);

    const MailDraft draft = {
        .to = (const char *const *)to->pdata,
        .subject = subject,
        .list = mailing->list,
        .message_id = message_id,
        .in_reply_to = before,
        .text = alone != NULL ? alone->str : text->str,
        .length = alone != NULL ? alone->len : text->len,
        .html = alone != NULL ? NULL : html->str,
        .html_length = html->len,
        .enclosed = (const MailEnclosed *)(void *)enclosed->data,
        .enclosed_count = enclosed->len,
        .now_ms = mailing->now_ms,
    };

    mail_init();
    return mail_compose(&draft);
}

bool mailing_send(const Mailing *mailing, const Digest *digest,
                  const RenderOptions *options, const GString *alone,
                  GError **error)
{
    g_autofree char *message_id =
        mail_compose_id(mailing->list, mailing->now_ms);
    g_autofree char *before = NULL;
    g_autofree char *mail = NULL;

    if (!find_thread(mailing, &before, error))
        return false;
    mail = compose(mailing, digest, options, alone, message_id, before);
    if (!output_mail(mailing->to, mail, strlen(mail), error))
        return false;
    return mailing->cursor == NULL ||
           cursor_set_thread(mailing->store, mailing->list, mailing->cursor,
                             message_id, error);
}
