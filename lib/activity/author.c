/* SPDX-License-Identifier: MIT */
#include "activity/author.h"
#include "activity/record.h"

#include <string.h>

#include "base/banned.h"

enum { REPLY_TO_MAX = 8, WORD_LENGTH_MIN = 3 };

/* "From: " in a cover's prose is no author: an address must be there. */
static bool is_mailbox(const MailPerson *person)
{
    return strchr(person->address, '@') != NULL;
}

static void free_person(void *person)
{
    mail_person_clear(person);
    g_free(person);
}

/* The first one: "Jo Doe via B4 Relay via list" is Jo Doe. */
static const char *find_via(const char *name)
{
    static const char via[] = " via ";

    for (const char *at = name; *at != '\0'; at++)
        if (g_ascii_strncasecmp(at, via, strlen(via)) == 0)
            return at;
    return NULL;
}

static char *without_quotes(char *name)
{
    const size_t length = strlen(g_strstrip(name));

    if (length < 2 || name[0] != '\'' || name[length - 1] != '\'')
        return name;
    name[length - 1] = '\0';
    memmove(name, name + 1, length - 1);
    return g_strstrip(name);
}

/* Of Sympa's "Jo Doe (jo@example.org via list)" where the address begins; NULL
 * if it is none. */
static const char *address_before_via(const char *name, const char *via)
{
    const char *open = g_strrstr_len(name, via - name, " (");

    return open != NULL && memchr(open, '@', (size_t)(via - open)) != NULL &&
                   memchr(open + 1, ' ', (size_t)(via - open - 1)) == NULL
               ? open + 2
               : NULL;
}

/* "Jo Doe via B4 Relay" and "'Jo Doe' via list" are Jo Doe; NULL if nobody
 * speaks for another. */
static char *name_behind(const MailPerson *from)
{
    const char *via = find_via(from->name);

    if (via == NULL || via == from->name)
        return NULL;

    const char *address = address_before_via(from->name, via);
    const char *end = address != NULL ? address - 2 : via;

    return without_quotes(g_strndup(from->name, (size_t)(end - from->name)));
}

/* The address that the relay itself tells: Sympa's, and "jo=example.org@" of
 * groups.io. Owned; NULL if it tells none. */
static char *address_told(const MailPerson *from)
{
    const char *via = find_via(from->name);
    const char *address = address_before_via(from->name, via);
    const char *sign = strchr(from->address, '=');
    const char *at = strchr(from->address, '@');

    if (address != NULL)
        return g_strndup(address, (size_t)(via - address));
    if (sign == NULL || at == NULL || sign > at || sign == from->address ||
        memchr(sign, '.', (size_t)(at - sign)) == NULL)
        return NULL;
    return g_strdup_printf("%.*s@%.*s", (int)(sign - from->address),
                           from->address, (int)(at - sign - 1), sign + 1);
}

/* B4 Relay writes jo@example.org as devnull+jo.example.org@kernel.org. */
static bool is_relayed_as(const char *address, const char *relay)
{
    static const char prefix[] = "devnull+";
    const size_t length = strlen(address);

    if (!g_str_has_prefix(relay, prefix))
        return false;
    relay += strlen(prefix);
    for (size_t i = 0; i < length; i++)
        if (relay[i] != (address[i] == '@' ? '.' : address[i]))
            return false;
    return relay[length] == '@';
}

/* Mailman writes "ada---" for who gave no name, Sympa "ada": the local part of
 * the address, "---" for what was cut. */
static bool is_local_part(const char *name, const char *address)
{
    const size_t local = strcspn(address, "@");
    const size_t length = strlen(name);
    const bool is_cut = g_str_has_suffix(name, "---");

    return local > 0 && length - (is_cut ? 3 : 0) == local &&
           g_ascii_strncasecmp(name, address, local) == 0;
}

static bool is_relay(const MailPerson *from)
{
    return g_str_has_prefix(from->address, "devnull+");
}

/* Whoever stands behind may be spoken for by another relay, too. */
static bool is_named(const char *text, const char *name)
{
    const char *via = find_via(text);
    const size_t length = via != NULL ? (size_t)(via - text) : strlen(text);

    return length == strlen(name) &&
           g_ascii_strncasecmp(text, name, length) == 0;
}

static bool is_behind(const MailPerson *person, const char *name,
                      const MailPerson *from)
{
    if (!is_mailbox(person) || strcmp(person->address, from->address) == 0)
        return false;
    return is_named(person->name, name) ||
           is_relayed_as(person->address, from->address) ||
           (person->name[0] == '\0' && is_local_part(name, person->address));
}

/* A bare address gets the name that the relay gave, if it is one. */
static void init_behind(MailPerson *author, const MailPerson *person,
                        const char *name)
{
    g_autofree char *plain = g_strdup(name);
    g_autofree char *raw = NULL;

    if (person->name[0] != '\0') {
        g_autofree char *copy = g_strdup(person->raw);

        raw = g_strconcat(" ", g_strstrip(copy), NULL);
    } else if (is_local_part(name, person->address)) {
        raw = g_strconcat(" ", person->address, NULL);
    } else {
        g_strdelimit(plain, "\"\\", ' ');
        raw = g_strdup_printf(" \"%s\" <%s>", plain, person->address);
    }
    mail_person_init(author, raw);
}

static bool find_behind(const GPtrArray *people, const char *name,
                        const MailPerson *from, MailPerson *author)
{
    for (unsigned i = 0; i < people->len; i++)
        if (is_behind(people->pdata[i], name, from)) {
            init_behind(author, people->pdata[i], name);
            return true;
        }
    return false;
}

/* --- bare addresses ----------------------------------------------------- */

/* "dev@heron.example" of dev.heron.example. */
static bool is_of_list(const MailMessage *message, const char *address)
{
    const char *at = strchr(address, '@');
    const size_t local = at != NULL ? (size_t)(at - address) : 0;

    for (unsigned i = 0; i < message->list_ids->len; i++) {
        const char *id = message->list_ids->pdata[i];

        if (strncmp(id, address, local) == 0 && id[local] == '.')
            return true;
    }
    return false;
}

static bool may_be_behind(const MailMessage *message, const MailPerson *person)
{
    return person->name[0] == '\0' && is_mailbox(person) &&
           strcmp(person->address, message->from.address) != 0 &&
           !is_of_list(message, person->address);
}

/* "bob" of "Bob Member". */
static bool has_word_of(const char *address, const char *name)
{
    g_autofree char *lower = g_utf8_strdown(name, -1);
    g_autofree char *local = g_strndup(address, strcspn(address, "@"));
    g_auto(GStrv) words = g_strsplit_set(lower, " .,", -1);

    for (char **word = words; *word != NULL; word++)
        if (strlen(*word) >= WORD_LENGTH_MIN && strstr(local, *word) != NULL)
            return true;
    return false;
}

/* The only bare address that is not the list's, or the only one of these that
 * has a word of the name; NULL if there is none, or more. */
static const MailPerson *only_bare(const MailMessage *message,
                                   const GPtrArray *people, const char *name)
{
    const MailPerson *only = NULL, *named = NULL;
    unsigned bare = 0, like = 0;

    for (unsigned i = 0; i < people->len; i++) {
        const MailPerson *person = people->pdata[i];

        if (!may_be_behind(message, person))
            continue;
        only = person;
        bare++;
        if (has_word_of(person->address, name)) {
            named = person;
            like++;
        }
    }
    if (bare <= 1)
        return only;
    return like == 1 ? named : NULL;
}

static GPtrArray *people_in_cc(const MailMessage *message)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(free_person);

    for (unsigned i = 0; i < message->cc->len; i++) {
        g_autoptr(GPtrArray) people =
            mail_people_parse(message->cc->pdata[i], MAIL_CC_MAX);

        for (unsigned j = 0; j < people->len && all->len < MAIL_CC_MAX; j++) {
            MailPerson *copy = g_new(MailPerson, 1);

            mail_person_copy(copy, people->pdata[j]);
            g_ptr_array_add(all, copy);
        }
    }
    return all;
}

/* Reply-To, or where the list is there Cc, names the person with the same name,
 * or by address alone. Parsed here, since few mails need it and it costs as
 * much as their text. */
static bool init_from_via(const MailMessage *message, MailPerson *author)
{
    g_autofree char *name = name_behind(&message->from);
    g_autofree char *address =
        name != NULL ? address_told(&message->from) : NULL;
    g_autoptr(GPtrArray) reply_to = NULL;
    g_autoptr(GPtrArray) cc = NULL;
    const MailPerson *bare;

    if (name == NULL)
        return false;
    reply_to = mail_people_parse(message->reply_to.raw, REPLY_TO_MAX);
    if (find_behind(reply_to, name, &message->from, author))
        return true;
    cc = people_in_cc(message);
    if (find_behind(cc, name, &message->from, author))
        return true;
    if (is_relay(&message->from)) /* its address names whom it speaks for */
        return false;
    if (address != NULL) {
        const MailPerson told = { .name = (char[]){ "" }, .address = address };

        init_behind(author, &told, name);
        return true;
    }
    bare = only_bare(message, reply_to, name);
    if (bare == NULL)
        bare = only_bare(message, cc, name);
    if (bare == NULL)
        return false;
    init_behind(author, bare, name);
    return true;
}

/* --- without "via" ------------------------------------------------------- */

static bool holds_word(const char *text, const char *word, size_t length)
{
    for (; *text != '\0'; text++)
        if (g_ascii_strncasecmp(text, word, length) == 0)
            return true;
    return false;
}

/* A list says "via" in its own language, or nothing: behind the person's whole
 * name stands its label. "~ada" of SourceHut has one address for sending. */
static bool is_spoken_for(const MailPerson *person, const MailPerson *from)
{
    const size_t length = strlen(person->name);
    const char *rest;

    if (!is_mailbox(person) || strcmp(person->address, from->address) == 0)
        return false;
    if (*from->name == '~')
        return strcmp(person->name, from->name) == 0;
    if (strchr(person->name, ' ') == NULL ||
        g_ascii_strncasecmp(from->name, person->name, length) != 0)
        return false;
    rest = from->name + length;
    return *rest == ' ' &&
           holds_word(rest, from->address, strcspn(from->address, "@"));
}

static bool init_from_list(const MailMessage *message, MailPerson *author)
{
    const MailPerson *from = &message->from;

    if (*from->address == '\0' || strchr(from->name, ' ') == NULL) {
        if (*from->name != '~')
            return false;
    } else if (!holds_word(from->name, from->address,
                           strcspn(from->address, "@"))) {
        return false;
    }
    g_autoptr(GPtrArray) people =
        mail_people_parse(message->reply_to.raw, REPLY_TO_MAX);

    for (unsigned i = 0; i < people->len; i++)
        if (is_spoken_for(people->pdata[i], from)) {
            mail_person_copy(author, people->pdata[i]);
            return true;
        }
    return false;
}

static bool init_from_body(const PatchBody *body, MailPerson *author)
{
    if (body == NULL || body->from == NULL)
        return false;
    mail_person_init(author, body->from);
    if (is_mailbox(author))
        return true;
    mail_person_clear(author);
    return false;
}

/* Without a name it is called as the list calls it. */
static void init_original(const MailMessage *message, MailPerson *author)
{
    g_autofree char *name = name_behind(&message->from);

    if (name == NULL || message->original_from.name[0] != '\0')
        mail_person_copy(author, &message->original_from);
    else
        init_behind(author, &message->original_from, name);
}

AuthorSource activity_author(const MailMessage *message, const PatchBody *body,
                             MailPerson *author)
{
    if (init_from_body(body, author))
        return AUTHOR_OF_BODY;
    if (is_mailbox(&message->original_from)) {
        init_original(message, author);
        return AUTHOR_OF_ORIGINAL;
    }
    if (init_from_via(message, author) || init_from_list(message, author))
        return AUTHOR_BEHIND_VIA;
    mail_person_copy(author, &message->from);
    return AUTHOR_OF_HEADER;
}

bool author_is_via(const char *name)
{
    const char *via = find_via(name);

    return via != NULL && via != name;
}

bool author_is_behind(const MailPerson *author, const MailPerson *relay)
{
    g_autofree char *name = name_behind(relay);

    return name != NULL && is_behind(author, name, relay);
}

const char *author_source_name(AuthorSource source)
{
    static const char *const names[] = {
        [AUTHOR_OF_HEADER] = "header From",
        [AUTHOR_OF_BODY] = "in-body From",
        [AUTHOR_OF_ORIGINAL] = "X-Original-From",
        [AUTHOR_BEHIND_VIA] = "person behind a via address",
    };

    return names[source & 3];
}

AuthorSource author_source_of(unsigned flags)
{
    return (AuthorSource)(flags >> POST_AUTHOR_SHIFT & 3);
}

bool author_is_spoken_for(unsigned flags)
{
    const AuthorSource source = author_source_of(flags);

    return source == AUTHOR_OF_ORIGINAL || source == AUTHOR_BEHIND_VIA;
}
