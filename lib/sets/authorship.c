/* SPDX-License-Identifier: MIT */
#include "sets/authorship.h"

#include "identity/bot.h"

#include <string.h>

#include "base/banned.h"

bool authorship_is_bot(const Sets *sets, unsigned record)
{
    const PostRecord *post = &sets->records[record];

    return (post->flags & POST_BOT_SENT) != 0 ||
           people_is_sent_by_bot(sets->people, post->sender, post->author);
}

/* As the people has it raw. */
static uint32_t speaker_of(const Sets *sets, unsigned record)
{
    const PostRecord *post = &sets->records[record];

    return people_person(sets->people, post->sender) == sets->speakers[record]
               ? post->sender
               : post->author;
}

static bool is_person_of(const Sets *sets, uint32_t person, unsigned record)
{
    return person ==
               people_person(sets->people, sets->records[record].author) ||
           person == sets->speakers[record];
}

/* Copies the letters of a text up to length bytes of it, in lower case; an
 * empty text if it holds bytes that are no ASCII. Owned. */
static char *letters_of(const char *text, size_t length)
{
    GString *letters = g_string_sized_new(length);

    for (size_t i = 0; i < length && text[i] != '\0'; i++) {
        if ((text[i] & 0x80) != 0) {
            g_string_truncate(letters, 0);
            break;
        }
        if (g_ascii_isalpha(text[i]))
            g_string_append_c(letters, g_ascii_tolower(text[i]));
    }
    return g_string_free(letters, FALSE);
}

static bool has_letters(const char *text, size_t length, const char *letters)
{
    g_autofree char *own = letters_of(text, length);

    return strcmp(own, letters) == 0;
}

/* "ada.finch@rill.example" and "mail@adafinch.example" are Ada Finch's. */
static bool address_tells_name(const char *address, const char *name)
{
    g_autofree char *whole = letters_of(name, strlen(name));
    const size_t local = strcspn(address, "@");

    if (strchr(name, ' ') == NULL || *whole == '\0')
        return false;
    if (has_letters(address, local, whole))
        return true;
    for (const char *label = address + local; *label != '\0';) {
        label++;
        const size_t length = strcspn(label, ".");

        if (has_letters(label, length, whole))
            return true;
        label += length;
    }
    return false;
}

/* Without accents and case. Owned; NULL if it is no UTF-8. */
static char *plain_name(const char *name)
{
    g_autofree char *apart = g_utf8_normalize(name, -1, G_NORMALIZE_DEFAULT);
    g_autoptr(GString) plain = g_string_new(NULL);

    if (apart == NULL)
        return NULL;
    for (char *at = apart; *at != '\0'; at = g_utf8_next_char(at)) {
        if (!g_unichar_ismark(g_utf8_get_char(at)))
            g_string_append_unichar(plain,
                                    g_unichar_tolower(g_utf8_get_char(at)));
    }
    return g_string_free(g_steal_pointer(&plain), FALSE);
}

/* Some mailers know an accent that others have left out. */
static bool is_accented_alike(const char *name, const char *other)
{
    if ((*name != *other && ((*name | *other) & 0x80) == 0) ||
        g_str_is_ascii(name) == g_str_is_ascii(other))
        return false;
    g_autofree char *one = plain_name(name);
    g_autofree char *two = plain_name(other);

    return one != NULL && g_strcmp0(one, two) == 0;
}

/* A whole name, at another address: nobody reviews a namesake's patch. A mail
 * without a name may have it in its address. */
static bool has_name_of(const Sets *sets, uint32_t number, uint32_t other)
{
    const MailPerson *person = people_raw(sets->people, number);
    const MailPerson *author = people_raw(sets->people, other);

    if (person == NULL || author == NULL)
        return false;
    if (*person->name == '\0')
        return address_tells_name(person->address, author->name);
    return strchr(person->name, ' ') != NULL &&
           (people_is_same_name(sets->people, number, other) ||
            is_accented_alike(person->name, author->name));
}

/* "Github bot account" passes on what many say. */
static bool is_called_bot(const Sets *sets, uint32_t number)
{
    const MailPerson *person = people_raw(sets->people, number);

    return person != NULL && bot_is_called_so(person->name);
}

/* The author of the patch that is spoken of, and whoever sent the set, perhaps
 * behind a list's address: the author of its first patch may well review the
 * others. number: of the person as the people has it raw. */
bool authorship_is_own(const Sets *sets, uint32_t number, unsigned member)
{
    const PatchSet *set = sets_get(sets, sets->set_of[member]);
    const uint32_t person = people_person(sets->people, number);

    return is_person_of(sets, person, member) ||
           person == sets->speakers[set->head] ||
           has_name_of(sets, number, sets->records[member].author) ||
           has_name_of(sets, number, speaker_of(sets, set->head)) ||
           (people_is_behind(sets->people, sets->records[set->head].sender,
                             number) &&
            !is_called_bot(sets, number));
}

bool authorship_is_by_author(const Sets *sets, unsigned record, unsigned member)
{
    return authorship_is_own(sets, speaker_of(sets, record), member);
}

bool authorship_is_by_others(const Sets *sets, unsigned record, unsigned member)
{
    return !authorship_is_bot(sets, record) &&
           !authorship_is_own(sets, speaker_of(sets, record), member);
}
