/* SPDX-License-Identifier: MIT */
#include "mail/message.h"

#include <string.h>

#include <gmime/gmime.h>

#include "base/text.h"
#include "mail/capture.h"
#include "mail/date.h"
#include "mail/header.h"
#include "mail/list.h"
#include "mail/parts.h"
#include "mail/words.h"

#include "base/banned.h"

enum {
    REFERENCES_FIRST = 100,
    REFERENCES_LAST = MAIL_REFERENCES_MAX - REFERENCES_FIRST,
    ID_MAX = 998, /* bytes of a message id: a line of RFC 5322 */
    CHANGE_ID_MAX = 256,
};

/* The first value of each header, unfolded; NULL if there is none. */
typedef struct Headers {
    char *values[MAIL_HEADER_NAMES];
    unsigned counts[MAIL_HEADER_NAMES];
} Headers;

static void headers_clear(Headers *headers)
{
    for (int i = 0; i < MAIL_HEADER_NAMES; i++)
        g_clear_pointer(&headers->values[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Headers, headers_clear)

static bool is_text_header(MailHeaderName name)
{
    return name == MAIL_HEADER_FROM || name == MAIL_HEADER_REPLY_TO ||
           name == MAIL_HEADER_ORIGINAL_FROM || name == MAIL_HEADER_CC ||
           name == MAIL_HEADER_SUBJECT;
}

/* 8-bit text that is no UTF-8, words in a charset that is none. */
static void note_doubts(MailMessage *message, const char *value)
{
    MailWordsDoubts doubts = { false, false };

    const size_t length = strlen(value);

    if (strstr(value, "=?") == NULL &&
        (text_is_ascii(value, length) || g_utf8_validate(value, -1, NULL)))
        return;
    g_free(mail_words_decode(value, &doubts));
    if (doubts.charset)
        message->defects |= MAIL_DEFECT_CHARSET;
    if (doubts.raw_8bit)
        message->defects |= MAIL_DEFECT_8BIT_HEADER;
}

static void add_list_id(MailMessage *message, const MailHeader *header)
{
    g_autofree char *id =
        mail_list_id_parse(header->value, header->value_length);

    if (id != NULL && message->list_ids->len < MAIL_CAPTURE_LISTS_MAX &&
        !g_ptr_array_find_with_equal_func(message->list_ids, id, g_str_equal,
                                          NULL))
        g_ptr_array_add(message->list_ids, g_steal_pointer(&id));
}

/* Reads the header block; what may stand more than once is taken at once. */
static const char *read_headers(MailMessage *message, Headers *headers,
                                const char *bytes, const char *end)
{
    MailHeader header;

    while (mail_header_next(&bytes, end, &header)) {
        const MailHeaderName name =
            mail_header_name(header.name, header.name_length);
        if (name == MAIL_HEADER_UNREAD)
            continue;
        g_autofree char *value =
            mail_words_unfold(header.value, header.value_length);

        if (is_text_header(name))
            note_doubts(message, value);
        if (name == MAIL_HEADER_LIST_ID)
            add_list_id(message, &header);
        if (name == MAIL_HEADER_CC && message->cc->len < MAIL_CC_MAX)
            g_ptr_array_add(message->cc, g_strdup(value));
        if (headers->counts[name]++ == 0)
            headers->values[name] = g_steal_pointer(&value);
    }
    return mail_header_body(bytes, end);
}

/* The id that starts at "<", without blanks, which fold long ids; owned. */
static char *read_id(const char *start, size_t length)
{
    char id[ID_MAX];
    size_t count = 0;

    for (size_t i = 0; i < length && count < ID_MAX; i++) {
        id[count] = start[i];
        count += !g_ascii_isspace(start[i]);
    }
    return text_make_valid(id, count);
}

/* The next <id> from *at on; NULL if there is none. Owned. */
static char *next_id(const char **at)
{
    const char *open = strchr(*at, '<');
    if (open == NULL)
        return NULL;
    const char *close = open + 1 + strcspn(open + 1, "<>");
    *at = close;
    return read_id(open + 1, (size_t)(close - open - 1));
}

/* The next id that is not empty; NULL if there is none. Owned. */
static char *next_real_id(const char **at)
{
    char *id = next_id(at);

    while (id != NULL && *id == '\0') {
        g_free(id);
        id = next_id(at);
    }
    return id;
}

/* The first id; where nothing has brackets the first word with an @, else
 * all of a Message-ID, which must be one. */
static char *first_id(const char *value, bool takes_all)
{
    const char *at = value;
    char *id = next_real_id(&at);
    if (id != NULL)
        return id;

    const char *sign = strchr(value, '@');
    if (strchr(value, '<') != NULL || (sign == NULL && !takes_all))
        return g_strdup("");
    if (sign == NULL)
        return read_id(value, strlen(value));
    while (sign > value && !g_ascii_isspace(sign[-1]))
        sign--;
    return read_id(sign, strcspn(sign, " \t"));
}

static void add_reference(GPtrArray *references, char *id)
{
    if (references->len == MAIL_REFERENCES_MAX)
        g_ptr_array_remove_index(references, REFERENCES_FIRST);
    g_ptr_array_add(references, id);
}

static void read_references(MailMessage *message, const char *value)
{
    if (value == NULL)
        return;
    for (char *id = next_real_id(&value); id != NULL; id = next_real_id(&value))
        add_reference(message->references, id);
}

static void read_threading(MailMessage *message, const Headers *headers)
{
    const char *id = headers->values[MAIL_HEADER_MESSAGE_ID];
    const char *parent = headers->values[MAIL_HEADER_IN_REPLY_TO];

    message->message_id = id != NULL ? first_id(id, true) : g_strdup("");
    message->in_reply_to =
        parent != NULL ? first_id(parent, false) : g_strdup("");
    read_references(message, headers->values[MAIL_HEADER_REFERENCES]);
    if (*message->message_id == '\0')
        message->defects |= MAIL_DEFECT_NO_MESSAGE_ID;
}

static void read_dates(MailMessage *message, const Headers *headers)
{
    const char *date = headers->values[MAIL_HEADER_DATE];
    const char *received = headers->values[MAIL_HEADER_RECEIVED];
    const char *stamp = received != NULL ? strrchr(received, ';') : NULL;
    int unused = 0;

    message->has_date = date != NULL && mail_date_parse(date, &message->date,
                                                        &message->date_offset);
    message->has_received =
        stamp != NULL &&
        mail_date_parse(stamp + 1, &message->received, &unused);
    if (!message->has_received)
        message->received = 0;
    if (message->has_date)
        return;
    message->date = 0;
    message->date_offset = 0;
    message->defects |= MAIL_DEFECT_DATE;
}

static void read_people(MailMessage *message, const Headers *headers)
{
    static const char none[] = "";
    const char *from = headers->values[MAIL_HEADER_FROM];
    const char *reply_to = headers->values[MAIL_HEADER_REPLY_TO];
    const char *original = headers->values[MAIL_HEADER_ORIGINAL_FROM];

    mail_person_init(&message->from, from != NULL ? from : none);
    mail_person_init(&message->reply_to, reply_to != NULL ? reply_to : none);
    mail_person_init(&message->original_from,
                     original != NULL ? original : none);
    if (mail_person_is_empty(&message->from))
        message->defects |= MAIL_DEFECT_NO_FROM;
}

/* A subject of blanks is a subject; only a missing one is a defect. */
static void read_subject(MailMessage *message, const char *value)
{
    if (value == NULL)
        message->defects |= MAIL_DEFECT_NO_SUBJECT;
    g_autofree char *decoded =
        mail_words_decode(value != NULL ? value : "", NULL);
    message->subject = text_cut(text_collapse(decoded), MAIL_SUBJECT_MAX);
}

static char *read_word(const char *value, size_t max)
{
    if (value == NULL)
        return g_strdup("");
    value += strspn(value, " \t");
    g_autofree char *valid = text_make_valid(value, strcspn(value, " \t"));
    return text_cut(valid, max);
}

static bool is_auto_submitted(const char *value)
{
    if (value == NULL)
        return false;
    value += strspn(value, " \t");
    const size_t length = strcspn(value, " \t;(");
    return length > 0 &&
           !(length == 2 && g_ascii_strncasecmp(value, "no", length) == 0);
}

static void note_repeated(MailMessage *message, const Headers *headers)
{
    static const MailHeaderName once[] = { MAIL_HEADER_FROM,
                                           MAIL_HEADER_SUBJECT,
                                           MAIL_HEADER_DATE,
                                           MAIL_HEADER_MESSAGE_ID };

    for (size_t i = 0; i < G_N_ELEMENTS(once); i++) {
        if (headers->counts[once[i]] > 1)
            message->defects |= MAIL_DEFECT_REPEATED;
    }
}

static MailMessage *message_new(void)
{
    MailMessage *message = g_new0(MailMessage, 1);
    message->list_ids = g_ptr_array_new_with_free_func(g_free);
    message->references = g_ptr_array_new_with_free_func(g_free);
    message->cc = g_ptr_array_new_with_free_func(g_free);
    message->attached_patches = g_ptr_array_new_with_free_func(g_free);
    return message;
}

void mail_init(void)
{
    g_mime_init();
}

MailMessage *mail_message_parse(const char *bytes, size_t length)
{
    MailMessage *message = message_new();
    g_auto(Headers) headers = { 0 };
    if (length == 0)
        bytes = ""; /* no bytes may be NULL */
    const char *const end = bytes + length;
    const char *body = read_headers(message, &headers, bytes, end);
    const char *mailing_list = headers.values[MAIL_HEADER_MAILING_LIST];
    const MailPartsHeader parts = {
        headers.values[MAIL_HEADER_CONTENT_TYPE],
        headers.values[MAIL_HEADER_CONTENT_TRANSFER_ENCODING],
    };

    read_people(message, &headers);
    read_subject(message, headers.values[MAIL_HEADER_SUBJECT]);
    read_threading(message, &headers);
    read_dates(message, &headers);
    note_repeated(message, &headers);
    if (mailing_list != NULL)
        message->mailing_list =
            mail_list_address_parse(mailing_list, strlen(mailing_list));
    if (message->mailing_list == NULL)
        message->mailing_list = g_strdup("");
    message->change_id =
        read_word(headers.values[MAIL_HEADER_CHANGE_ID], CHANGE_ID_MAX);
    message->is_auto_submitted =
        is_auto_submitted(headers.values[MAIL_HEADER_AUTO_SUBMITTED]);
    mail_parts_read(message, &parts, body, (size_t)(end - body));
    if (memchr(bytes, '\0', length) != NULL)
        message->defects |= MAIL_DEFECT_NUL;
    return message;
}

void mail_message_free(MailMessage *message)
{
    if (message == NULL)
        return;
    g_ptr_array_unref(message->list_ids);
    g_ptr_array_unref(message->references);
    g_ptr_array_unref(message->cc);
    g_ptr_array_unref(message->attached_patches);
    mail_person_clear(&message->from);
    mail_person_clear(&message->reply_to);
    mail_person_clear(&message->original_from);
    g_free(message->mailing_list);
    g_free(message->message_id);
    g_free(message->in_reply_to);
    g_free(message->subject);
    g_free(message->change_id);
    g_free(message->text);
    g_free(message);
}
