/* SPDX-License-Identifier: MIT */
#include "mail/address.h"

#include <string.h>

#include <gmime/gmime.h>

#include "base/text.h"
#include "mail/words.h"

#include "base/banned.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(InternetAddressList, g_object_unref)

enum {
    GROUPS_MAX = MAIL_ADDRESS_COLONS_MAX,
    AT_LENGTH_MAX = 4, /* bytes of what stands for the @ */
};

/* What stands before or after a comma where no name is turned round. */
static const char *const titles[] = {
    "jr",  "sr", "ii",  "iii", "iv",  "phd", "md",   "prof", "dr",   "mr",
    "mrs", "ms", "esq", "inc", "llc", "ltd", "corp", "co",   "gmbh",
};

/* What a surname of several words begins with. */
static const char *const particles[] = {
    "van", "von", "de", "da", "di", "del", "della", "den", "der",
    "dos", "du",  "el", "al", "la", "le",  "ten",   "ter", "bin",
};

/* At most max bytes; a character of UTF-8 is not cut. */
static char *cut_bytes(const char *bytes, size_t max)
{
    size_t length = strnlen(bytes, max + 1);

    if (length > max) {
        length = max;
        while (length > max - 4 &&
               ((unsigned char)bytes[length] & 0xc0) == 0x80)
            length--;
    }
    return g_strndup(bytes, length);
}

/* Its letters alone, up to the first blank, in any case. */
static bool is_one_of(const char *text, const char *const *list, size_t count)
{
    char word[8] = "";
    size_t length = 0;

    for (; *text != '\0' && *text != ' ' && length < sizeof(word) - 1; text++) {
        if (g_ascii_isalpha(*text))
            word[length++] = g_ascii_tolower(*text);
    }
    for (size_t i = 0; i < count; i++) {
        if ((*text == '\0' || *text == ' ') && strcmp(word, list[i]) == 0)
            return true;
    }
    return false;
}

static bool is_title(const char *text)
{
    return strchr(text, ' ') == NULL &&
           is_one_of(text, titles, G_N_ELEMENTS(titles));
}

/* "Other, Ann M." but not "Ann Other, Acme of Bonn" or "Ann Other, MSc": a
 * surname is one word, or begins with a particle, or is two before a name. */
static bool is_surname_first(const char *last, const char *first)
{
    const char *blank = strchr(last, ' ');

    if (*first == '\0' || *last == '\0' || strchr(first, ',') != NULL ||
        is_title(first) || is_title(last))
        return false;
    if (blank == NULL || is_one_of(last, particles, G_N_ELEMENTS(particles)))
        return true;
    return strchr(blank + 1, ' ') == NULL && strchr(first, ' ') == NULL &&
           g_ascii_isupper(first[0]) && g_ascii_islower(first[1]) &&
           strpbrk(first + 1, G_CSET_A_2_Z) == NULL;
}

/* Where "(Company)", "[Company]" or "via List" starts, which stays last. */
static const char *find_tail(const char *name)
{
    static const char *const starts[] = { " (", " [", " via " };
    const char *tail = name + strlen(name);

    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
        const char *found = strstr(name, starts[i]);
        if (found != NULL && found < tail)
            tail = found;
    }
    return tail;
}

/* "Last, First (Company)" becomes "First Last (Company)"; owned. */
static char *turn_round(const char *name)
{
    const char *comma = strchr(name, ',');
    const char *tail = find_tail(name);

    if (comma == NULL || comma > tail)
        return g_strdup(name);
    g_autofree char *last = g_strndup(name, (size_t)(comma - name));
    g_autofree char *first = g_strndup(comma + 1, (size_t)(tail - comma - 1));
    g_strstrip(first);
    g_strstrip(last);
    if (!is_surname_first(last, first))
        return g_strdup(name);
    return g_strdup_printf("%s %s%s", first, last, tail);
}

static void strip_quotes(char *name)
{
    size_t length = strlen(name);

    while (length >= 2 && (name[0] == '"' || name[0] == '\'') &&
           name[length - 1] == name[0]) {
        length -= 2;
        memmove(name, name + 1, length);
        name[length] = '\0';
    }
}

/* Google writes "'Last, First' via list". */
static void strip_quotes_before_via(char *name)
{
    char *via = *name == '\'' ? strstr(name, "' via ") : NULL;

    if (via == NULL)
        return;
    memmove(via, via + 1, strlen(via + 1) + 1);
    memmove(name, name + 1, strlen(name + 1) + 1);
}

/* Valid UTF-8 as GMime or we decoded it, made fit to show. */
static char *tidy_name(const char *decoded, const char *address)
{
    g_autofree char *valid = text_make_valid(decoded, strlen(decoded));
    text_collapse(valid);
    strip_quotes(valid);
    strip_quotes_before_via(valid);
    text_collapse(valid);
    if (g_ascii_strcasecmp(valid, address) == 0)
        return g_strdup("");
    g_autofree char *turned = turn_round(valid);
    return cut_bytes(turned, MAIL_PERSON_NAME_MAX);
}

/* RFC 5322's "..."@: what stands in quotes is no address, whatever it looks
 * like. The @ behind it, or NULL. */
static const char *skip_quoted_local(const char *text)
{
    if (*text != '"')
        return NULL;
    for (text++; *text != '\0' && *text != '"'; text++)
        text += *text == '\\' && text[1] != '\0';
    return text[0] == '"' && text[1] == '@' ? text + 1 : NULL;
}

/* Some lists make an address one that nobody has, so that no policy of its
 * domain is broken: "ada@finch.example.invalid", as ezmlm of Apache does, and
 * "ada=40finch.example@dmarc.lists.example", as the IETF does. In place. */
static void undo_disguise(char *address)
{
    static const char none[] = ".invalid", at[] = "=40";
    const char *host = strchr(address, '@');
    char *sign = strstr(address, at);

    if (g_str_has_suffix(address, none) && host != NULL) {
        char *end = address + strlen(address) - strlen(none);

        if (memchr(host, '.', (size_t)(end - host)) != NULL)
            *end = '\0';
    } else if (sign != NULL && sign > address && sign < host &&
               memchr(sign, '.', (size_t)(host - sign)) != NULL) {
        const size_t length = (size_t)(host - sign) - strlen(at);

        *sign = '@';
        memmove(sign + 1, sign + strlen(at), length);
        sign[1 + length] = '\0';
    }
}

/* An address has an @ and no blank; anything else is none. */
static char *tidy_address(const char *text)
{
    static const char scheme[] = "mailto:";
    g_autofree char *valid = text_make_valid(text, strlen(text));
    const char *domain = skip_quoted_local(valid);
    const bool is_address =
        strchr(valid, '@') != NULL &&
        strpbrk(domain != NULL ? domain : valid, " \t\r\n<>") == NULL &&
        strlen(valid) <= MAIL_PERSON_ADDRESS_MAX;

    if (!is_address)
        return g_strdup("");

    const bool is_link =
        g_ascii_strncasecmp(valid, scheme, strlen(scheme)) == 0;
    char *address =
        g_ascii_strdown(is_link ? valid + strlen(scheme) : valid, -1);

    if (domain == NULL)
        undo_disguise(address);
    return address;
}

static void fill(MailPerson *person, const char *name, const char *address)
{
    person->address = tidy_address(address);
    /* "From: root": one word that is no address is a name. */
    if (*name == '\0' && *person->address == '\0')
        name = address;
    person->name = tidy_name(name, person->address);
}

static bool has_many_colons(const char *value)
{
    unsigned count = 0;

    for (const char *at = strchr(value, ':'); at != NULL;
         at = strchr(at + 1, ':'))
        count++;
    return count > MAIL_ADDRESS_COLONS_MAX;
}

/* Appends the mailboxes of a list and of the groups in it. */
/* NOLINTNEXTLINE(misc-no-recursion): GROUPS_MAX deep at most */
static void collect(InternetAddressList *list, unsigned depth, unsigned limit,
                    GPtrArray *mailboxes)
{
    const int length = internet_address_list_length(list);

    for (int i = 0; i < length && mailboxes->len < limit; i++) {
        InternetAddress *address = internet_address_list_get_address(list, i);
        InternetAddressList *members =
            INTERNET_ADDRESS_IS_GROUP(address)
                ? internet_address_group_get_members(
                      INTERNET_ADDRESS_GROUP(address))
                : NULL;
        if (members == NULL)
            g_ptr_array_add(mailboxes, address);
        else if (depth < GROUPS_MAX)
            collect(members, depth + 1, limit, mailboxes);
    }
}

/* What GMime cannot read: "Name A@B <a@b>", "[Name] <a@b>", "a b@c". The
 * last <...> is the address, else the first word with an @. */
static void fill_crudely(MailPerson *person, const char *repaired)
{
    const char *open = strrchr(repaired, '<');
    const char *start = open != NULL ? open + 1 : strchr(repaired, '@');

    if (open == NULL && start != NULL) {
        while (start > repaired && !g_ascii_isspace(start[-1]))
            start--;
        open = start;
    }
    if (start == NULL)
        open = start = repaired + strlen(repaired);
    g_autofree char *address = g_strndup(start, strcspn(start, "> \t,;"));
    g_autofree char *before = g_strndup(repaired, (size_t)(open - repaired));
    g_autofree char *name = mail_words_decode(before, NULL);
    fill(person, name, address);
}

static void fill_from_mailbox(MailPerson *person, InternetAddress *mailbox)
{
    const char *name = internet_address_get_name(mailbox);
    const char *address =
        internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(mailbox));

    fill(person, name != NULL ? name : "", address != NULL ? address : "");
}

/* Up to the last comma that may be; owned. */
static char *cut_commas(const char *value)
{
    unsigned commas = 0;
    size_t length = 0;

    while (value[length] != '\0' && commas <= MAIL_ADDRESS_COMMAS_MAX)
        commas += value[length++] == ',';
    return g_strndup(value, length - (commas > MAIL_ADDRESS_COMMAS_MAX));
}

/* The mailboxes of a repaired value; NULL if GMime reads none. The list owns
 * what the array holds. */
static GPtrArray *read_mailboxes(const char *repaired, unsigned limit,
                                 InternetAddressList **list)
{
    g_autofree char *value = cut_commas(repaired);

    *list = has_many_colons(value) ? NULL
                                   : internet_address_list_parse(NULL, value);
    if (*list == NULL)
        return NULL;
    GPtrArray *mailboxes = g_ptr_array_new();
    collect(*list, 0, limit, mailboxes);
    return mailboxes;
}

/* --- the short way ----------------------------------------------------- */

/* Of the bytes of these two GMime makes nothing but what they are. */
static size_t name_span(const char *at)
{
    size_t length = 0;

    while (g_ascii_isalnum(at[length]) || at[length] == ' ' ||
           at[length] == '-' || at[length] == '_')
        length++;
    return length;
}

static size_t address_word_span(const char *at)
{
    size_t length = 0;

    while (g_ascii_isalnum(at[length]) || at[length] == '-' ||
           at[length] == '_' || at[length] == '+' || at[length] == '=')
        length++;
    return length;
}

/* "a.b": words of such bytes with single dots between them; their length, or 0
 * if none stand here. */
static size_t dotted_span(const char *at)
{
    size_t length = address_word_span(at);

    while (length > 0 && at[length] == '.') {
        const size_t word = address_word_span(at + length + 1);

        if (word == 0)
            return 0;
        length += 1 + word;
    }
    return length;
}

/* How long a plain "a.b@c.d" is that stands here; 0 if none does. */
static size_t address_span(const char *at)
{
    const size_t local = dotted_span(at);
    const size_t domain =
        local > 0 && at[local] == '@' ? dotted_span(at + local + 1) : 0;

    return domain > 0 ? local + 1 + domain : 0;
}

/* "Name <a@b>" or "<a@b>" of plain bytes, as nearly all mail has it: there is
 * little to tidy. */
static bool fill_plainly(MailPerson *person, const char *value)
{
    const char *name = value + strspn(value, " ");
    const size_t name_length = name_span(name);
    const char *start = name + name_length + 1;
    const size_t length = start[-1] == '<' ? address_span(start) : 0;

    if (length == 0 || start[length] != '>' || start[length + 1] != '\0' ||
        name_length > MAIL_PERSON_NAME_MAX || length > MAIL_PERSON_ADDRESS_MAX)
        return false;
    person->name = text_collapse(text_dup(name, name_length));
    person->address = g_ascii_strdown(start, (gssize)length);
    undo_disguise(person->address);
    return true;
}

/* --- what archives and mailers write ------------------------------------ */

static char *trimmed(const char *text, size_t length)
{
    return g_strstrip(g_strndup(text, length));
}

/* The word between two blanks that stands for the @: pipermail translates its
 * own, as "a", "en", "\xc3\xa0", "em"; people write "AT" and "[at]". */
static bool is_at(const char *word, size_t length)
{
    static const char at[] = "at";
    const bool is_bracketed = length > 2 && *word == '[';

    if (is_bracketed)
        return length == strlen(at) + 2 && word[length - 1] == ']' &&
               g_ascii_strncasecmp(word + 1, at, strlen(at)) == 0;
    for (size_t i = 0; i < length; i++)
        if (!g_ascii_isalpha(word[i]) && (unsigned char)word[i] < 0x80)
            return false;
    return length > 0 && length <= AT_LENGTH_MAX;
}

/* "rill [dot] example"; owned. */
static char *put_dots_back(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, " [dot] ", -1);

    return g_strjoinv(".", parts);
}

/* "ada at finch.example" is ada@finch.example, and "ada@f...." stays as it is;
 * NULL if it is of neither form. Owned. */
static char *put_at_back(const char *text, bool is_alone)
{
    const size_t local = strcspn(text, " ");
    const char *word = text + local + (text[local] == ' ');
    const size_t length = strcspn(word, " ");
    const char *after = word + length + (word[length] == ' ');

    if (text[local] == '\0')
        return strchr(text, '@') != NULL && g_str_has_suffix(text, "...")
                   ? g_strdup(text)
                   : NULL;
    if (local == 0 || memchr(text, '@', local) != NULL ||
        !is_at(word, length) ||
        (is_alone && !(length == 2 && strncmp(word, "at", length) == 0)))
        return NULL;

    g_autofree char *domain = put_dots_back(after);

    if (strpbrk(domain, " @") != NULL || strchr(domain, '.') == NULL)
        return NULL;
    return g_strdup_printf("%.*s@%s", (int)local, text, domain);
}

/* The name in a comment: encoded words, and "\\" before brackets. Owned. */
static char *name_of_comment(const char *text, size_t length)
{
    g_autofree char *comment = g_strndup(text, length);
    char *to = comment;

    for (const char *from = comment; *from != '\0'; from++) {
        from += *from == '\\' && from[1] != '\0';
        *to++ = *from;
    }
    *to = '\0';
    return mail_words_decode(comment, NULL);
}

/* Pipermail's "ada at finch.example (Ada Finch)", its like with an @ whose
 * domain was cut, and "Ada Finch <ada at finch.example>". */
static bool fill_from_archive(MailPerson *person, const char *value)
{
    const char *open = strpbrk(value, "(<");
    const bool is_comment = open != NULL && *open == '(';
    const size_t before = open != NULL ? (size_t)(open - value) : strlen(value);
    const char *close =
        open != NULL ? strrchr(open, is_comment ? ')' : '>') : NULL;
    const size_t inside = close != NULL ? (size_t)(close - open - 1) : 0;

    if ((open != NULL && close == NULL) ||
        (close != NULL && close[1 + strspn(close + 1, " ")] != '\0'))
        return false;

    g_autofree char *address_text = open == NULL || is_comment
                                        ? trimmed(value, before)
                                        : trimmed(open + 1, inside);
    g_autofree char *address = put_at_back(address_text, open == NULL);

    if (address == NULL)
        return false;
    g_autofree char *name = open == NULL ? g_strdup("")
                            : is_comment ? name_of_comment(open + 1, inside)
                                         : mail_words_decode(value, NULL);
    if (open != NULL && !is_comment)
        name[strcspn(name, "<")] = '\0';
    g_autofree char *other = put_at_back(name, true);

    fill(person, other != NULL ? "" : name, address);
    return true;
}

/* Sympa's "\"Ann P.\"" (via test Mailing List) <list@b>, and the same with the
 * person's address in the comment: whoever is behind it keeps "via". */
static bool fill_from_sympa(MailPerson *person, const char *value)
{
    const char *open = strchr(value, '(');
    const char *close = open != NULL ? strchr(open, ')') : NULL;
    const char *angle = close != NULL ? strchr(close, '<') : NULL;
    const size_t inside = angle != NULL ? (size_t)(close - open - 1) : 0;

    if (angle == NULL || open == value || strspn(close + 1, " ") == 0 ||
        close + 1 + strspn(close + 1, " ") != angle ||
        memchr(value, '<', (size_t)(open - value)) != NULL)
        return false;
    g_autofree char *comment = g_strndup(open + 1, inside);
    const bool is_via = g_str_has_prefix(comment, "via ");

    if (!is_via && (strchr(comment, '@') == NULL || *comment == '@' ||
                    strchr(comment, ' ') != NULL))
        return false;
    g_autofree char *phrase = g_strndup(value, (size_t)(open - value));
    g_autofree char *decoded = mail_words_decode(phrase, NULL);
    g_autofree char *address = g_strndup(angle + 1, strcspn(angle + 1, "> \t"));
    const size_t local = strcspn(address, "@");

    g_strdelimit(decoded, "\"\\", ' ');
    g_autofree char *name =
        is_via ? g_strdup_printf("%s %s", g_strstrip(decoded), comment)
               : g_strdup_printf("%s via %.*s", g_strstrip(decoded), (int)local,
                                 address);
    fill(person, name, address);
    return true;
}

/* The whole of "Ada <a@b>" in encoded words, address and all. */
static bool fill_from_words(MailPerson *person, const char *value)
{
    if (strstr(value, "=?") == NULL || strchr(value, '@') != NULL)
        return false;
    g_autofree char *decoded = mail_words_decode(value, NULL);

    if (strchr(decoded, '@') == NULL)
        return false;
    fill_crudely(person, decoded);
    return true;
}

/* --- persons ----------------------------------------------------------- */

static void fill_by_gmime(MailPerson *person, const char *value)
{
    g_autofree char *repaired = mail_words_repair(value, NULL);
    g_autoptr(InternetAddressList) list = NULL;
    g_autoptr(GPtrArray) mailboxes = read_mailboxes(repaired, 1, &list);

    if (mailboxes != NULL && mailboxes->len > 0)
        fill_from_mailbox(person, mailboxes->pdata[0]);
    else if (list == NULL)
        fill_crudely(person, repaired);
    else /* groups without anybody in them */
        fill(person, "", "");
}

void mail_person_init_by_gmime(MailPerson *person, const char *raw)
{
    g_autofree char *value =
        mail_words_unfold(raw, strnlen(raw, MAIL_ADDRESS_VALUE_MAX));

    person->raw = cut_bytes(value, MAIL_PERSON_RAW_MAX);
    fill_by_gmime(person, value);
}

void mail_person_init(MailPerson *person, const char *raw)
{
    g_autofree char *value =
        mail_words_unfold(raw, strnlen(raw, MAIL_ADDRESS_VALUE_MAX));

    person->raw = cut_bytes(value, MAIL_PERSON_RAW_MAX);
    if (*value == '\0') {
        person->name = g_strdup("");
        person->address = g_strdup("");
    } else if (!fill_plainly(person, value) &&
               !fill_from_archive(person, value) &&
               !fill_from_sympa(person, value) &&
               !fill_from_words(person, value)) {
        fill_by_gmime(person, value);
    }
}

static void person_free(void *person)
{
    mail_person_clear(person);
    g_free(person);
}

static MailPerson *person_of_mailbox(InternetAddress *mailbox)
{
    MailPerson *person = g_new0(MailPerson, 1);

    fill_from_mailbox(person, mailbox);
    person->raw =
        *person->name != '\0'
            ? g_strdup_printf("%s <%s>", person->name, person->address)
            : g_strdup(person->address);
    return person;
}

GPtrArray *mail_people_parse(const char *raw, unsigned limit)
{
    g_autofree char *value =
        mail_words_unfold(raw, strnlen(raw, MAIL_ADDRESS_VALUE_MAX));
    g_autofree char *repaired = mail_words_repair(value, NULL);
    g_autoptr(InternetAddressList) list = NULL;
    g_autoptr(GPtrArray) mailboxes = read_mailboxes(repaired, limit, &list);
    GPtrArray *people = g_ptr_array_new_with_free_func(person_free);

    for (unsigned i = 0; mailboxes != NULL && i < mailboxes->len; i++)
        g_ptr_array_add(people, person_of_mailbox(mailboxes->pdata[i]));
    return people;
}

void mail_person_clear(MailPerson *person)
{
    g_clear_pointer(&person->raw, g_free);
    g_clear_pointer(&person->name, g_free);
    g_clear_pointer(&person->address, g_free);
}

void mail_person_copy(MailPerson *to, const MailPerson *from)
{
    *to = (MailPerson){
        .raw = g_strdup(from->raw),
        .name = g_strdup(from->name),
        .address = g_strdup(from->address),
    };
}

bool mail_person_is_empty(const MailPerson *person)
{
    return *person->name == '\0' && *person->address == '\0';
}
