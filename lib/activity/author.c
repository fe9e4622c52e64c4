/* SPDX-License-Identifier: MIT */
#include "activity/author.h"

#include <string.h>

#include "base/banned.h"

enum { REPLY_TO_MAX = 8 };

/* "From: " in a cover's prose is no author: an address must be there. */
static bool is_mailbox(const MailPerson *person)
{
    return strchr(person->address, '@') != NULL;
}

static const char *find_via(const char *name)
{
    static const char via[] = " via ";
    const char *found = NULL;

    for (const char *at = name; *at != '\0'; at++)
        if (g_ascii_strncasecmp(at, via, strlen(via)) == 0)
            found = at;
    return found;
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

/* "Jo Doe via B4 Relay" and "'Jo Doe' via list" are Jo Doe; NULL if nobody
 * speaks for another. */
static char *name_behind(const MailPerson *from)
{
    const char *via = find_via(from->name);

    if (via == NULL || via == from->name)
        return NULL;
    return without_quotes(g_strndup(from->name, (size_t)(via - from->name)));
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

static bool is_behind(const MailPerson *person, const char *name,
                      const MailPerson *from)
{
    if (!is_mailbox(person) || strcmp(person->address, from->address) == 0)
        return false;
    return g_ascii_strcasecmp(person->name, name) == 0 ||
           is_relayed_as(person->address, from->address);
}

/* A bare address gets the name that the relay gave. */
static void init_behind(MailPerson *author, const MailPerson *person,
                        const char *name)
{
    g_autofree char *plain = g_strdup(name);
    g_autofree char *raw = NULL;

    if (person->name[0] != '\0') {
        g_autofree char *copy = g_strdup(person->raw);

        raw = g_strconcat(" ", g_strstrip(copy), NULL);
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

/* Parsed here, since few mails need it and it costs as much as their text. */
static bool find_in_cc(const GPtrArray *values, const char *name,
                       const MailPerson *from, MailPerson *author)
{
    for (unsigned i = 0; i < values->len; i++) {
        g_autoptr(GPtrArray) people =
            mail_people_parse(values->pdata[i], MAIL_CC_MAX);

        if (find_behind(people, name, from, author))
            return true;
    }
    return false;
}

static bool init_from_via(const MailMessage *message, MailPerson *author)
{
    g_autofree char *name = name_behind(&message->from);
    g_autoptr(GPtrArray) reply_to = NULL;

    if (name == NULL)
        return false;
    reply_to = mail_people_parse(message->reply_to.raw, REPLY_TO_MAX);
    return find_behind(reply_to, name, &message->from, author) ||
           find_in_cc(message->cc, name, &message->from, author);
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

AuthorSource activity_author(const MailMessage *message, const PatchBody *body,
                             MailPerson *author)
{
    if (init_from_body(body, author))
        return AUTHOR_OF_BODY;
    if (is_mailbox(&message->original_from)) {
        mail_person_copy(author, &message->original_from);
        return AUTHOR_OF_ORIGINAL;
    }
    if (init_from_via(message, author))
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
