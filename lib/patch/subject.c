/* SPDX-License-Identifier: MIT */
#include "patch/subject.h"

#include <string.h>

#include "base/list_id.h"
#include "patch/subject_group.h"

#include "base/banned.h"

enum {
    REMARK_LENGTH_MAX = 20,
    SLIP_LENGTH_MIN = 3, /* "a[1]" is no group */
    LABEL_LENGTH_MAX = 64,
    BUG_DIGITS_MAX = 12,
    CLOSING_DIGITS_MAX = 2,
    CLOSING_VERSION_MAX = 99,
    COMMIT_DIGITS_MIN = 7, /* "e1000e" is a driver */
    COMMIT_DIGITS_MAX = 40,
    DAY_DIGITS = 8,
};

/* --- leading items -------------------------------------------------------- */

/* What list_id_prefix put together. */
typedef struct OwnPrefix {
    const char *text;
    size_t length;
    const char *id; /* or NULL */
} OwnPrefix;

static OwnPrefix own_prefix(const char *prefix)
{
    OwnPrefix own = { prefix != NULL ? prefix : "", 0, NULL };

    own.length = strcspn(own.text, "\n");
    if (own.text[own.length] == '\n')
        own.id = own.text + own.length + 1;
    return own;
}

static const char *read_prefix(const char *at, const OwnPrefix *own)
{
    if (own->length == 0 ||
        g_ascii_strncasecmp(at, own->text, own->length) != 0)
        return NULL;
    return at + own->length;
}

/* "[dev@heron]" of dev.heron.example, but not the word PATCH, whatever a list
 * is called. */
static bool is_own_label(const Span *group, const OwnPrefix *own)
{
    char label[LABEL_LENGTH_MAX + 1];

    if (own->id == NULL || span_length(group) > LABEL_LENGTH_MAX ||
        subject_group_is_keyword(group))
        return false;
    memcpy(label, group->at, span_length(group));
    label[span_length(group)] = '\0';
    return list_id_is_label(own->id, label);
}

static const char *read_group(PatchSubject *subject, const char *at,
                              const OwnPrefix *own)
{
    const char *end = *at == '[' ? subject_group_end(at) : NULL;

    if (end == NULL)
        return NULL;
    const Span group = { at + 1, end };

    if (!is_own_label(&group, own))
        subject_group_read(subject, &group);
    at = span_skip_blanks(end + 1);
    while (*at == ']' || *at == ':' || (*at == '-' && at[1] == ' '))
        at = span_skip_blanks(at + 1);
    return at;
}

typedef struct ReplyWord {
    const char *word;
    bool is_forward;
    bool is_capital; /* "Tr: " yes, but "tr: " may name a part of a program */
} ReplyWord;

static const ReplyWord reply_words[] = {
    { "Re", false, false },
    { "Fwd", true, false },
    { "Fw", true, false },
    { "Aw", false, false },
    { "Sv", false, false },
    { "Antw", false, false },
    { "Antwort", false, false },
    { "Wg", true, true },
    { "Vs", false, true },
    { "Vb", true, true },
    { "Odp", false, true },
    { "Ynt", false, true },
    { "Res", false, true },
    { "Tr", true, true },
    { "Rv", true, true },
    { "Enc", true, true },
    { "\xe5\x9b\x9e\xe5\xa4\x8d", false, false },
    { "\xe7\xad\x94\xe5\xa4\x8d", false, false },
    { "\xe5\x9b\x9e\xe8\xa6\x86", false, false },
    { "\xe8\xbd\xac\xe5\x8f\x91", true, false },
};

/* ":" after a reply word, perhaps with a count: "[2]:", "(3):", "^2 :". */
static const char *reply_colon(const char *at)
{
    at = span_skip_blanks(at);
    if (*at != '\0' && strchr("[(^*", *at) != NULL) {
        size_t digits = strspn(at + 1, "0123456789");

        if (digits == 0 || digits > SPAN_DIGITS_MAX)
            return NULL;
        at += 1 + digits;
        if (*at == ']' || *at == ')')
            at++;
        at = span_skip_blanks(at);
    }
    if (*at == ':')
        return at + 1;
    return strncmp(at, "\xef\xbc\x9a", 3) == 0 ? at + 3 : NULL;
}

/* Behind a tag that says patch, "sv: " is the beginning of a title unless
 * another group follows; "Re:" is a reply mark anywhere. */
static bool is_reply_mark(const PatchSubject *subject, const ReplyWord *reply,
                          const char *at, const char *rest)
{
    if (reply->is_capital && !g_ascii_isupper(*at))
        return false;
    return reply == &reply_words[0] || *span_skip_blanks(rest) == '[' ||
           !(subject->is_patch || subject->is_pull);
}

/* False for most titles, which all words are compared with. */
static bool may_begin(char byte, char first)
{
    return ((byte ^ first) & ~('a' ^ 'A')) == 0;
}

static const char *read_reply_mark(PatchSubject *subject, const char *at)
{
    for (size_t i = 0; i < G_N_ELEMENTS(reply_words); i++) {
        const ReplyWord *reply = &reply_words[i];
        size_t length;
        const char *rest;

        if (!may_begin(*at, *reply->word))
            continue;
        length = strlen(reply->word);
        if (g_ascii_strncasecmp(at, reply->word, length) != 0)
            continue;
        rest = reply_colon(at + length);
        if (rest == NULL || !is_reply_mark(subject, reply, at, rest))
            continue;
        subject->is_reply = true;
        subject->is_forward |= reply->is_forward;
        return rest;
    }
    return NULL;
}

/* debbugs' "bug#123: " before a subject, which has no "Re:" then: a tag. */
static const char *read_bug(PatchSubject *subject, const char *at)
{
    static const char bug[] = "bug#";
    size_t digits;

    if (!may_begin(*at, *bug) || g_ascii_strncasecmp(at, bug, strlen(bug)) != 0)
        return NULL;
    digits = strspn(at + strlen(bug), "0123456789");

    const Span tag = { at, at + strlen(bug) + digits };

    if (digits == 0 || digits > BUG_DIGITS_MAX || *tag.end != ':')
        return NULL;
    subject_group_add_tag(subject, &tag);
    return tag.end + 1;
}

/* "Ping:", "PING^2: ", "*Ping* [PATCH] x", "ping #3 Re: x": before a group, a
 * reply mark or behind its own colon; "Ping fails on arm64" is a title. */
static const char *read_ping(PatchSubject *subject, const char *at)
{
    static const char ping[] = "ping";
    const char *rest = at + (*at == '*');
    bool has_colon;

    if (!may_begin(*rest, *ping) ||
        g_ascii_strncasecmp(rest, ping, strlen(ping)) != 0)
        return NULL;
    rest += strlen(ping);
    rest += strspn(rest, "*");
    rest = span_skip_blanks(rest);
    rest += strspn(rest, "^#*");
    rest += strspn(rest, "0123456789");
    rest += strspn(rest, "*");
    rest = span_skip_blanks(rest);
    has_colon = *rest == ':';
    rest = span_skip_blanks(rest + has_colon);
    if (!has_colon && *rest != '[' && g_ascii_strncasecmp(rest, "re:", 3) != 0)
        return NULL;
    subject->is_ping = subject->is_reply = true;
    return rest;
}

/* "RESEND: [PATCH] x", as some write it before the group. */
static const char *read_resend(PatchSubject *subject, const char *at)
{
    static const char *const words[] = { "RESEND", "REPOST" };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        const size_t length = strlen(words[i]);
        const char *rest = at + length;

        if (g_ascii_strncasecmp(at, words[i], length) != 0)
            continue;
        rest = span_skip_blanks(rest + (*rest == ':'));
        if (*rest != '[')
            return NULL;
        subject->is_resend = true;
        return rest;
    }
    return NULL;
}

/* "[finch] 01/03: x": git-multimail counts the commits of a push. */
static const char *read_push_count(const PatchSubject *subject, const char *at)
{
    size_t digits = strspn(at, "0123456789");
    size_t total =
        at[digits] == '/' ? strspn(at + digits + 1, "0123456789") : 0;

    if (digits < 2 || total != digits || subject->has_number ||
        subject->is_patch || at[digits + 1 + total] != ':')
        return NULL;
    return at + digits + 1 + total + 1;
}

/* Of a commit's short id; 0 if the word is none. Without a letter it may be a
 * bug's number or a day, but not behind a word that only commits have. */
static size_t commit_length(const char *at, bool needs_letter)
{
    const size_t length = strspn(at, "0123456789abcdef");
    const size_t digits = strspn(at, "0123456789");

    return length >= COMMIT_DIGITS_MIN && length <= COMMIT_DIGITS_MAX &&
                   strcspn(at, "0123456789") < length &&
                   (digits < length || (!needs_letter && length != DAY_DIGITS))
               ? length
               : 0;
}

static const char *behind(const char *at, const char *word)
{
    return g_str_has_prefix(at, word) ? at + strlen(word) : NULL;
}

static const char *behind_word(const char *at)
{
    return at + strcspn(at, " ") + (strchr(at, ' ') != NULL);
}

/* What programs that mail commits put before a commit's title: FreeBSD's
 * "git: 0123abc - main - ", "0123abc: " and "0123abc - ", Emacs' "master
 * 0123abc: ", Apache's "branch main updated: ". */
static const char *read_commit(PatchSubject *subject, const char *at)
{
    const char *rest = behind(at, "git: ");
    const bool is_of_git = rest != NULL;
    size_t length;

    if (subject->is_patch || subject->is_pull || subject->has_number ||
        subject->is_rfc || subject->has_version)
        return NULL;
    if (*at == '(')
        at = behind_word(at);
    if ((rest = behind(at, "branch ")) != NULL)
        return behind(behind_word(rest), "updated: ");
    if (is_of_git)
        at += strlen("git: ");
    length = commit_length(at, !is_of_git);
    if (length == 0 && !is_of_git) {
        at = behind_word(at);
        length = commit_length(at, true);
        return length > 0 ? behind(at + length, ": ") : NULL;
    }
    at += length;
    rest = behind(at, " - ");
    if (rest == NULL)
        return is_of_git ? NULL : behind(at, ": ");
    if (!is_of_git)
        return rest;
    subject->is_commit = length > 0;
    return length > 0 ? behind(behind_word(rest), "- ") : NULL;
}

/* "(subset) [PATCH 0/3] x", as b4 answers: a remark before a group. */
static const char *read_remark(const char *at)
{
    size_t length = *at == '(' ? strcspn(at, ")[ ") : 0;
    const char *rest;

    if (length == 0 || length > REMARK_LENGTH_MAX || at[length] != ')')
        return NULL;
    rest = span_skip_blanks(at + length + 1);
    return *rest == '[' ? rest : NULL;
}

/* --- for all -------------------------------------------------------------- */

/* Somebody pasted a whole header. */
static const char header[] = "Subject:";

/* What is wrong before the first group: "Subject: [PATCH] x", "i[PATCH] x".
 * Returns where the group begins, or NULL. */
static const char *skip_slip(const char *at)
{
    if (g_ascii_strncasecmp(at, header, strlen(header)) == 0)
        at = span_skip_blanks(at + strlen(header));
    else if (g_ascii_isalpha(*at))
        at++;
    const char *end = *at == '[' ? subject_group_end(at) : NULL;

    return end != NULL && end - at > SLIP_LENGTH_MIN ? at : NULL;
}

static const char *read_item(PatchSubject *subject, const char *at,
                             const OwnPrefix *own)
{
    const char *rest = read_prefix(at, own);

    if (rest == NULL)
        rest = read_group(subject, at, own);
    if (rest == NULL)
        rest = read_reply_mark(subject, at);
    if (rest == NULL)
        rest = read_remark(at);
    if (rest == NULL)
        rest = read_bug(subject, at);
    if (rest == NULL)
        rest = read_ping(subject, at);
    if (rest == NULL && may_begin(*at, 'R'))
        rest = read_resend(subject, at);
    if (rest == NULL && g_ascii_isdigit(*at))
        rest = read_push_count(subject, at);
    return rest != NULL ? rest : read_commit(subject, at);
}

/* "v2": all of the word. */
static bool take_version(Span *word, unsigned *version)
{
    return span_take_char(word, "vV") && span_take_number(word, version) &&
           *version > 0 && *version <= CLOSING_VERSION_MAX;
}

static bool may_name_version(const PatchSubject *subject)
{
    return subject->is_patch && !subject->has_version && subject->number > 0;
}

static void keep_version(PatchSubject *subject, unsigned version)
{
    subject->has_version = true;
    subject->version = version;
}

/* "(v2)", "[v2]", ", v2", "- v2": where it begins, at the end of a title. */
static char *closing_version(char *title)
{
    static const char *const starts[] = { " (", " [", ", ", " - " };

    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
        char *found = g_strrstr(title, starts[i]);
        const char *word =
            found != NULL ? found + strlen(starts[i]) : title + strlen(title);

        if ((*word == 'v' || *word == 'V') && found > title)
            return found;
    }
    return NULL;
}

/* "[PATCH] title (v2)": the version, where the tag has none. */
static void take_closing_version(PatchSubject *subject)
{
    char *found =
        may_name_version(subject) ? closing_version(subject->title) : NULL;
    unsigned version;

    if (found == NULL)
        return;
    Span word = { found + strspn(found, " ([,-"), NULL };

    word.end = word.at + strlen(word.at);
    if (!take_version(&word, &version))
        return;
    if (strchr("([", found[1]) != NULL && !span_take_char(&word, ")]"))
        return;
    if (word.at != word.end)
        return;
    *found = '\0';
    g_strchomp(subject->title);
    keep_version(subject, version);
}

/* "[PATCH] v2: title". */
static const char *take_opening_version(PatchSubject *subject, const char *at)
{
    Span word = { at, at + strcspn(at, " ") };
    unsigned version;

    if (!may_name_version(subject) || !take_version(&word, &version) ||
        !span_take_char(&word, ":") || word.at != word.end)
        return at;
    keep_version(subject, version);
    return span_skip_blanks(word.end);
}

/* Returns where the title begins. */
static const char *read_items(PatchSubject *subject, const char *at,
                              const OwnPrefix *own)
{
    for (const char *rest = at; rest != NULL;
         rest = read_item(subject, at, own))
        at = span_skip_blanks(rest);
    return at;
}

typedef struct PatchDerived {
    char *title_key;
    PatchWords *words;
} PatchDerived;

void patch_subject_init(PatchSubject *subject, const char *text,
                        const char *prefix)
{
    const OwnPrefix own = own_prefix(prefix);
    const char *at;

    *subject = (PatchSubject){ .version = 1, .number = 1, .total = 1 };
    subject->tags = g_ptr_array_new_with_free_func(g_free);
    at = read_items(subject, text, &own);
    /* "[PATCH]net] x": what follows at once is meant for a group, too. */
    if ((!subject_group_says_something(subject) && !subject->is_pull) ||
        (at > text && at[-1] == ']')) {
        const char *rest = skip_slip(at);

        if (rest == NULL)
            rest = subject_group_read_broken(subject, at);
        if (rest != NULL)
            at = read_items(subject, rest, &own);
    }
    if (subject->is_patch &&
        g_ascii_strncasecmp(at, header, strlen(header)) == 0)
        at = span_skip_blanks(at + strlen(header));
    at = take_opening_version(subject, at);
    subject->title = g_strchomp(g_strdup(at));
    take_closing_version(subject);
    subject->derived = g_new0(PatchDerived, 1);
}

void patch_subject_clear(PatchSubject *subject)
{
    g_clear_pointer(&subject->tags, g_ptr_array_unref);
    g_clear_pointer(&subject->title, g_free);
    if (subject->derived == NULL)
        return;
    g_free(subject->derived->title_key);
    patch_words_free(subject->derived->words);
    g_clear_pointer(&subject->derived, g_free);
}

bool patch_version_is_raised(PatchVersion older, PatchVersion newer)
{
    const bool is_first_patch = older.is_rfc && !newer.is_rfc;

    if (older.version != newer.version)
        return older.version < newer.version ||
               (newer.version == 1 && is_first_patch);
    return older.minor < newer.minor || is_first_patch;
}

bool patch_subject_is_cover(const PatchSubject *subject)
{
    return subject->number == 0 &&
           (subject->is_patch || subject->is_rfc || subject->has_version);
}

bool patch_subject_is_tracked(const PatchSubject *subject)
{
    for (unsigned i = 0; i < subject->tags->len; i++)
        if (g_ascii_strncasecmp(subject->tags->pdata[i], "bug#", 4) == 0)
            return true;
    return false;
}

bool patch_subject_is_posting(const PatchSubject *subject)
{
    return subject->is_patch && !subject->is_reply;
}

bool patch_subject_is_series_part(const PatchSubject *subject)
{
    return subject->has_number && (subject->has_version || subject->is_rfc);
}

static bool is_bracket(char letter)
{
    return letter != '\0' && strchr("([])", letter) != NULL;
}

/* The number behind the last "v", with nothing but brackets around it. */
unsigned patch_subject_closing_version(const PatchSubject *subject)
{
    const char *const start = subject->title;
    const char *end = start + strlen(start);
    const char *at;
    unsigned version = 0;

    while (end > start && is_bracket(end[-1]))
        end--;
    for (at = end; at > start && g_ascii_isdigit(at[-1]);)
        at--;
    if (at == end || end - at > CLOSING_DIGITS_MAX || *at == '0' ||
        at - start < 2 || (at[-1] != 'v' && at[-1] != 'V') ||
        !(g_ascii_isspace(at[-2]) || is_bracket(at[-2])))
        return 0;
    for (; at < end; at++)
        version = version * 10 + (unsigned)(*at - '0');
    return version;
}

/* Blanks are one space each, and none at the start; dots and blanks at the end
 * say nothing. */
static size_t copy_plain(const char *title, char *plain)
{
    size_t length = 0;

    for (const char *at = title; *at != '\0'; at++) {
        if (!g_ascii_isspace(*at))
            plain[length++] = *at;
        else if (length > 0 && plain[length - 1] != ' ')
            plain[length++] = ' ';
    }
    while (length > 0 && (plain[length - 1] == '.' || plain[length - 1] == ' '))
        length--;
    plain[length] = '\0';
    return length;
}

static char *title_key_of(const char *title)
{
    g_autofree char *plain = g_malloc(strlen(title) + 1);
    const size_t length = copy_plain(title, plain);

    if (!g_str_is_ascii(plain) && g_utf8_validate(plain, (gssize)length, NULL))
        return g_utf8_casefold(plain, (gssize)length);
    /* Of ASCII, as most titles are, folding the case is only this. */
    for (size_t i = 0; i < length; i++)
        plain[i] = g_ascii_tolower(plain[i]);
    return g_steal_pointer(&plain);
}

const char *patch_subject_title_key(const PatchSubject *subject)
{
    PatchDerived *derived = subject->derived;

    if (derived->title_key == NULL)
        derived->title_key = title_key_of(subject->title);
    return derived->title_key;
}

const PatchWords *patch_subject_words(const PatchSubject *subject)
{
    PatchDerived *derived = subject->derived;

    if (derived->words == NULL)
        derived->words = patch_words_new(subject->title);
    return derived->words;
}
