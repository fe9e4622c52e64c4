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
    ARCHIVES_MAX = 4096,
    ENDLESS_MAX = 16,
    REPLY_MARK_MAX = 4,
};

/* The value of each header, unfolded; NULL if there is none. Of several, the
 * first that says anything; of those that name ancestors or archives, all
 * joined. */
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

/* Those that some mailers write as RFC 2047 words, long ids above all. */
static bool is_id_header(MailHeaderName name)
{
    return name == MAIL_HEADER_MESSAGE_ID || name == MAIL_HEADER_IN_REPLY_TO ||
           name == MAIL_HEADER_REFERENCES;
}

static bool is_joined(MailHeaderName name)
{
    return name == MAIL_HEADER_IN_REPLY_TO || name == MAIL_HEADER_REFERENCES ||
           name == MAIL_HEADER_ARCHIVED_AT || name == MAIL_HEADER_LIST_ARCHIVE;
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

static bool is_empty(const char *value)
{
    return value == NULL || value[strspn(value, " \t")] == '\0';
}

static bool is_multipart(const char *type)
{
    return g_ascii_strncasecmp(type + strspn(type, " \t"), "multipart/", 10) ==
           0;
}

/* value is owned by this call. */
static void keep_value(Headers *headers, MailHeaderName name, char *value)
{
    char **kept = &headers->values[name];
    g_autofree char *old = NULL;

    headers->counts[name]++;
    if (is_empty(*kept)) {
        g_free(*kept);
        *kept = value;
        return;
    }
    if (is_joined(name)) {
        old = *kept;
        *kept = g_strconcat(old, " ", value, NULL);
    } else if (name == MAIL_HEADER_CONTENT_TRANSFER_ENCODING ||
               (name == MAIL_HEADER_CONTENT_TYPE && !is_multipart(*kept))) {
        old = *kept; /* the last one, as git-mailinfo has it */
        *kept = g_steal_pointer(&value);
    }
    g_free(value);
}

/* Where the values of such a header are kept; NULL: among the others. */
static GPtrArray *addressed_in(const MailMessage *message, MailHeaderName name)
{
    if (name == MAIL_HEADER_CC)
        return message->cc;
    return name == MAIL_HEADER_TO || name == MAIL_HEADER_DELIVERED_TO
               ? message->to
               : NULL;
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
        if (is_id_header(name) && strstr(value, "=?") != NULL) {
            g_autofree char *encoded = g_steal_pointer(&value);

            value = mail_words_decode(encoded, NULL);
        }
        if (name == MAIL_HEADER_LIST_ID)
            add_list_id(message, &header);
        GPtrArray *addressed = addressed_in(message, name);
        if (addressed == NULL)
            keep_value(headers, name, g_steal_pointer(&value));
        else if (addressed->len < MAIL_CC_MAX)
            g_ptr_array_add(addressed, g_steal_pointer(&value));
    }
    return mail_header_body(bytes, end);
}

/* The id that starts here, without blanks, which fold long ids, and up to a
 * bracket that was never opened; owned. */
static char *read_id(const char *start, size_t length)
{
    char id[ID_MAX];
    size_t count = 0;

    for (size_t i = 0; i < length && count < ID_MAX && start[i] != '>'; i++) {
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

/* The end of the comment or quoted text that starts here; NULL: it has none. */
static const char *skip_aside(const char *at)
{
    const char opener = *at;
    const char closer = opener == '(' ? ')' : '"';
    unsigned depth = 1;

    for (at++; *at != '\0'; at++) {
        if (*at == '\\' && at[1] != '\0')
            at++;
        else if (*at == closer && --depth == 0)
            return at + 1;
        else if (*at == opener)
            depth++;
    }
    return NULL;
}

/* Without comments and quoted text, "<id> (message of Ada <a@b>)": addresses
 * stand there. Owned. */
static char *without_asides(const char *value)
{
    GString *plain = g_string_new(NULL);
    unsigned endless = 0;   /* asides; each was looked for up to the end */
    bool is_inside = false; /* an id, where "(" is a byte like others */

    while (*value != '\0') {
        const bool may_be = !is_inside && (*value == '(' || *value == '"');
        const char *after =
            may_be && endless < ENDLESS_MAX ? skip_aside(value) : NULL;

        endless += may_be && after == NULL;

        if (after == NULL) {
            is_inside = *value == '<' || (is_inside && *value != '>');
            g_string_append_c(plain, *value++);
        } else {
            g_string_append_c(plain, ' ');
            value = after;
        }
    }
    return g_string_free(plain, FALSE);
}

static void add_reference(GPtrArray *references, char *id)
{
    if (references->len == MAIL_REFERENCES_MAX)
        g_ptr_array_remove_index(references, REFERENCES_FIRST);
    g_ptr_array_add(references, id);
}

static void add_ids(GPtrArray *ids, const char *value)
{
    for (char *id = next_real_id(&value); id != NULL; id = next_real_id(&value))
        add_reference(ids, id);
}

/* All ids in brackets, first to last: mostly nothing else is there. */
static void read_ids(GPtrArray *ids, const char *value)
{
    if (strpbrk(value, "(\"") != NULL) {
        g_autofree char *plain = without_asides(value);

        add_ids(ids, plain);
    }
    if (ids->len == 0)
        add_ids(ids, value);
}

/* Where nothing has brackets: the first word with an @. */
static char *bare_id(const char *value)
{
    const char *sign = strchr(value, '@');

    if (sign == NULL || strchr(value, '<') != NULL)
        return g_strdup("");
    while (sign > value && !g_ascii_isspace(sign[-1]))
        sign--;
    return read_id(sign, strcspn(sign, " \t"));
}

/* The first one in brackets, else all that is there but comments. */
static char *own_id(const char *value)
{
    g_autofree char *plain =
        strpbrk(value, "(\"") != NULL ? without_asides(value) : g_strdup(value);
    const char *at = plain;
    char *id = next_real_id(&at);
    if (id != NULL || strchr(plain, '<') != NULL)
        return id != NULL ? id : g_strdup("");
    return read_id(plain, strlen(plain));
}

static bool has_id(const GPtrArray *ids, const char *id)
{
    for (unsigned i = 0; i < ids->len; i++)
        if (strcmp(ids->pdata[i], id) == 0)
            return true;
    return false;
}

/* Of several ids that In-Reply-To has: what References end with, else the
 * last, since an address of the person who is answered comes first. The others
 * are ancestors, too: one of them may be the mail that is meant. */
static char *choose_parent(const GPtrArray *answered, GPtrArray *references)
{
    const char *nearest =
        references->len > 0 ? references->pdata[references->len - 1] : NULL;
    const char *parent = nearest != NULL && has_id(answered, nearest)
                             ? nearest
                             : answered->pdata[answered->len - 1];
    char *chosen = g_strdup(parent);

    for (unsigned i = 0; i < answered->len; i++) {
        const char *id = answered->pdata[i];

        if (answered->len > 1 && strcmp(id, chosen) != 0 &&
            !has_id(references, id))
            add_reference(references, g_strdup(id));
    }
    return chosen;
}

static void read_parent(MailMessage *message, const char *value)
{
    g_autoptr(GPtrArray) answered = g_ptr_array_new_with_free_func(g_free);

    read_ids(answered, value);
    if (answered->len > 0)
        message->in_reply_to = choose_parent(answered, message->references);
    else if (message->references->len == 0)
        message->in_reply_to = bare_id(value);
}

static void read_threading(MailMessage *message, const Headers *headers)
{
    const char *id = headers->values[MAIL_HEADER_MESSAGE_ID];
    const char *parent = headers->values[MAIL_HEADER_IN_REPLY_TO];
    const char *references = headers->values[MAIL_HEADER_REFERENCES];

    message->message_id = id != NULL ? own_id(id) : g_strdup("");
    if (references != NULL)
        read_ids(message->references, references);
    if (parent != NULL)
        read_parent(message, parent);
    if (message->in_reply_to == NULL)
        message->in_reply_to = g_strdup("");
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

static char *archives_of(const Headers *headers)
{
    const char *archived = headers->values[MAIL_HEADER_ARCHIVED_AT];
    const char *list = headers->values[MAIL_HEADER_LIST_ARCHIVE];
    g_autofree char *all = g_strconcat(archived != NULL ? archived : "", " ",
                                       list != NULL ? list : "", NULL);

    return text_cut(g_strstrip(all), ARCHIVES_MAX);
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

/* --- which list -------------------------------------------------------- */

static char *list_post_of(const Headers *headers)
{
    const char *value = headers->values[MAIL_HEADER_LIST_POST];

    return value != NULL ? mail_list_post_parse(value, strlen(value)) : NULL;
}

static bool is_from_list(const MailMessage *message, const char *post)
{
    const char *from = message->from.address;

    if (*from == '\0' || (post != NULL && strcmp(from, post) == 0))
        return *from != '\0';
    for (unsigned i = 0; i < message->list_ids->len; i++)
        if (mail_list_id_is_of_address(message->list_ids->pdata[i], from))
            return true;
    return false;
}

/* List-Post names the list where nothing else does. */
static void read_list(MailMessage *message, const Headers *headers)
{
    const char *value = headers->values[MAIL_HEADER_MAILING_LIST];
    g_autofree char *post = list_post_of(headers);
    const bool has_id = message->list_ids->len > 0;
    char *id = has_id || post == NULL ? NULL : mail_list_id_of_address(post);

    if (id != NULL)
        g_ptr_array_add(message->list_ids, id);
    message->is_from_list = is_from_list(message, post);
    if (value != NULL)
        message->mailing_list = mail_list_address_parse(value, strlen(value));
    if (message->mailing_list == NULL)
        message->mailing_list =
            has_id || post == NULL ? g_strdup("") : g_steal_pointer(&post);
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

/* --- digests ------------------------------------------------------------ */

/* RFC 1153: mails between lines of 30 hyphens, behind one of 70, and "End of
 * ... Digest" with stars below it. */
static bool is_plain_digest(const char *text)
{
    static const char end[] = "\n\nEnd of ";
    const char *line = NULL;

    if (strstr(text, "\n------------------------------\n") == NULL)
        return false;
    for (const char *found = text; (found = strstr(found, end)) != NULL;)
        line = found += 2;
    if (line == NULL)
        return false;
    const char *line_end = strchr(line, '\n');

    return line_end != NULL && line_end[1] == '*' &&
           (g_strstr_len(line, line_end - line, "igest") != NULL ||
            strstr(text, "\n-----------------------------------------------"
                         "-----------------------\n") != NULL);
}

/* Google's: "Digest for heron@groups.example - 2 updates in 1 topic". */
static bool is_called_digest(const char *subject)
{
    return g_str_has_prefix(subject, "Digest for ") &&
           strchr(subject, '@') != NULL && strstr(subject, " update") != NULL &&
           strstr(subject, " topic") != NULL;
}

/* --- mail that its list wrapped ----------------------------------------- */

/* Behind "Re: ", where lists put their prefix. */
static const char *skip_reply_mark(const char *subject)
{
    const size_t length = strspn(subject, G_CSET_A_2_Z G_CSET_a_2_z);

    return length > 0 && length <= REPLY_MARK_MAX && subject[length] == ':'
               ? subject + length + 1
               : subject;
}

static bool ends_in(const char *text, const char *end)
{
    return *end == '\0' ? *text == '\0' : g_str_has_suffix(text, end);
}

static bool has_mailbox(const char *value, const char *address)
{
    g_autoptr(GPtrArray) people = mail_people_parse(value, MAIL_CC_MAX);

    for (unsigned i = 0; i < people->len; i++) {
        const MailPerson *person = people->pdata[i];

        if (strcmp(person->address, address) == 0)
            return true;
    }
    return false;
}

/* The outer mail speaks for the sender of the inner one: by name, or it leads
 * answers there. */
static bool speaks_for(const MailMessage *outer, const MailPerson *sender)
{
    const size_t length = strlen(sender->name);

    if (*sender->address == '\0' ||
        strcmp(sender->address, outer->from.address) == 0)
        return false;
    if (length > 0 && strncmp(outer->from.name, sender->name, length) == 0 &&
        g_str_has_prefix(outer->from.name + length, " via "))
        return true;
    if (has_mailbox(outer->reply_to.raw, sender->address))
        return true;
    for (unsigned i = 0; i < outer->cc->len; i++)
        if (has_mailbox(outer->cc->pdata[i], sender->address))
            return true;
    return false;
}

/* Who forwards a mail is somebody, and says more than a list's notice does. */
static bool is_wrapped(const MailMessage *outer, const MailMessage *inner)
{
    return *inner->message_id != '\0' &&
           strcmp(inner->message_id, outer->message_id) != 0 &&
           ends_in(outer->subject, skip_reply_mark(inner->subject)) &&
           speaks_for(outer, &inner->from);
}

static void swap_texts(char **one, char **other)
{
    char *first = *one;

    *one = *other;
    *other = first;
}

static void swap_arrays(GPtrArray **one, GPtrArray **other)
{
    GPtrArray *first = *one;

    *one = *other;
    *other = first;
}

static void swap_people(MailPerson *one, MailPerson *other)
{
    const MailPerson first = *one;

    *one = *other;
    *other = first;
}

/* What the inner mail says moves into the outer one. */
static void unwrap(MailMessage *outer, MailMessage *inner)
{
    swap_people(&outer->original_from, &inner->from);
    swap_texts(&outer->inner_id, &inner->message_id);
    swap_texts(&outer->subject, &inner->subject);
    swap_texts(&outer->text, &inner->text);
    swap_arrays(&outer->attached_patches, &inner->attached_patches);
    swap_arrays(&outer->attached_names, &inner->attached_names);
    if (*inner->in_reply_to != '\0' || inner->references->len > 0) {
        swap_texts(&outer->in_reply_to, &inner->in_reply_to);
        swap_arrays(&outer->references, &inner->references);
    }
    if (*inner->change_id != '\0')
        swap_texts(&outer->change_id, &inner->change_id);
    if (inner->has_date) {
        outer->has_date = true;
        outer->date = inner->date;
        outer->date_offset = inner->date_offset;
    }
    outer->text_length = inner->text_length;
    outer->is_format_flowed = inner->is_format_flowed;
    outer->is_auto_submitted = inner->is_auto_submitted;
    outer->is_digest = inner->is_digest;
    outer->defects |= inner->defects;
}

static MailMessage *parse(const char *bytes, size_t length, bool may_unwrap);

/* NOLINTNEXTLINE(misc-no-recursion): once */
static void read_attached_mail(MailMessage *message)
{
    g_autoptr(MailMessage) inner =
        parse(message->attached_mail, message->attached_mail_length, false);

    if (is_wrapped(message, inner))
        unwrap(message, inner);
}

static MailMessage *message_new(void)
{
    MailMessage *message = g_new0(MailMessage, 1);
    message->list_ids = g_ptr_array_new_with_free_func(g_free);
    message->references = g_ptr_array_new_with_free_func(g_free);
    message->cc = g_ptr_array_new_with_free_func(g_free);
    message->to = g_ptr_array_new_with_free_func(g_free);
    message->attached_patches = g_ptr_array_new_with_free_func(g_free);
    message->attached_names = g_ptr_array_new_with_free_func(g_free);
    return message;
}

void mail_init(void)
{
    g_mime_init();
}

/* NOLINTNEXTLINE(misc-no-recursion): once */
static MailMessage *parse(const char *bytes, size_t length, bool may_unwrap)
{
    MailMessage *message = message_new();
    g_auto(Headers) headers = { 0 };
    if (length == 0)
        bytes = ""; /* no bytes may be NULL */
    const char *const end = bytes + length;
    const char *body = read_headers(message, &headers, bytes, end);
    const MailPartsHeader parts = {
        headers.values[MAIL_HEADER_CONTENT_TYPE],
        headers.values[MAIL_HEADER_CONTENT_TRANSFER_ENCODING],
    };

    read_people(message, &headers);
    read_subject(message, headers.values[MAIL_HEADER_SUBJECT]);
    read_threading(message, &headers);
    read_dates(message, &headers);
    note_repeated(message, &headers);
    read_list(message, &headers);
    message->change_id =
        read_word(headers.values[MAIL_HEADER_CHANGE_ID], CHANGE_ID_MAX);
    message->archives = archives_of(&headers);
    message->is_own = headers.values[MAIL_HEADER_LISTPULSE] != NULL;
    message->is_auto_submitted =
        is_auto_submitted(headers.values[MAIL_HEADER_AUTO_SUBMITTED]);
    mail_parts_read(message, &parts, body, (size_t)(end - body));
    if (memchr(bytes, '\0', length) != NULL)
        message->defects |= MAIL_DEFECT_NUL;
    if (message->inner_id == NULL)
        message->inner_id = g_strdup("");
    message->is_digest = message->is_digest || is_plain_digest(message->text) ||
                         is_called_digest(message->subject);
    if (may_unwrap && message->attached_mail != NULL && !message->is_digest)
        read_attached_mail(message);
    g_clear_pointer(&message->attached_mail, g_free);
    return message;
}

MailMessage *mail_message_parse(const char *bytes, size_t length)
{
    return parse(bytes, length, true);
}

void mail_message_free(MailMessage *message)
{
    if (message == NULL)
        return;
    g_ptr_array_unref(message->list_ids);
    g_ptr_array_unref(message->references);
    g_ptr_array_unref(message->cc);
    g_ptr_array_unref(message->to);
    g_ptr_array_unref(message->attached_patches);
    g_ptr_array_unref(message->attached_names);
    mail_person_clear(&message->from);
    mail_person_clear(&message->reply_to);
    mail_person_clear(&message->original_from);
    g_free(message->mailing_list);
    g_free(message->message_id);
    g_free(message->inner_id);
    g_free(message->attached_mail);
    g_free(message->in_reply_to);
    g_free(message->subject);
    g_free(message->change_id);
    g_free(message->archives);
    g_free(message->text);
    g_free(message);
}
