/* SPDX-License-Identifier: MIT */
/*
 * Reads an address header as people: raw as it stood, and decoded for display.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum {
    MAIL_ADDRESS_VALUE_MAX = 16 * 1024, /* bytes of a value that are read */
    MAIL_PERSON_RAW_MAX = 1024,         /* bytes kept of raw */
    MAIL_PERSON_NAME_MAX = 512,         /* ... and of name */
    MAIL_PERSON_ADDRESS_MAX = 320,      /* RFC 5321; a longer one is none */
    MAIL_ADDRESS_COLONS_MAX = 32,       /* of a value that GMime reads */
    MAIL_ADDRESS_COMMAS_MAX = 256, /* ... and what follows so many is cut off */
};

/* raw: the value unfolded (each line end with the blanks after it made one
 * blank), bytes otherwise as they were, its leading blank kept, UTF-8 or not;
 * "" if there was none. name: RFC 2047 decoded valid UTF-8, "Last, First"
 * turned round, quotes off, "" if none. address: lower case, "" if none. */
typedef struct MailPerson {
    char *raw;
    char *name;
    char *address;
} MailPerson;

/* Total: any bytes give a person. The first mailbox is used; a value with more
 * than MAIL_ADDRESS_COLONS_MAX colons is not given to GMime. */
void mail_person_init(MailPerson *person, const char *raw);
/* Does the same with GMime, however plain the value is: a test compares the
 * short way of mail_person_init with it. */
void mail_person_init_by_gmime(MailPerson *person, const char *raw);
/* Returns every mailbox of a value, at most limit: an owned array of MailPerson
 * *, freed by g_ptr_array_unref. Each raw holds one mailbox. */
GPtrArray *mail_people_parse(const char *raw, unsigned limit);
void mail_person_clear(MailPerson *person);
void mail_person_copy(MailPerson *to, const MailPerson *from);
bool mail_person_is_empty(const MailPerson *person);
