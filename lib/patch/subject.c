/* SPDX-License-Identifier: MIT */
#include "patch/subject.h"

#include <string.h>

#include "base/list_id.h"

#include "base/banned.h"

enum {
    GROUP_LENGTH_MAX = 256, /* longer is text; bounds the search for "]" */
    TAGS_MAX = 32,
    NUMBER_DIGITS_MAX = 5,
    REMARK_LENGTH_MAX = 20,
    LONE_TAG_LENGTH_MIN = 3, /* where a bracket is amiss: "a[1]" is no tag */
    PARTS_MAX = 8,
    LABEL_LENGTH_MAX = 64,
    BUG_DIGITS_MAX = 12,
    CLOSING_DIGITS_MAX = 2,
    CLOSING_VERSION_MAX = 99,
};

/* A reading of text that moves forward and never past its end. */
typedef struct Span {
    const char *at;
    const char *end;
} Span;

/* ------------------------------------------------------------ small things */

static const char *skip_blanks(const char *at)
{
    for (;;) {
        if (g_ascii_isspace(*at))
            at++;
        else if (strncmp(at, "\xc2\xa0", 2) == 0) /* no-break space */
            at += 2;
        else
            return at;
    }
}

static size_t span_length(const Span *span)
{
    return (size_t)(span->end - span->at);
}

static bool span_is(const Span *span, const char *word)
{
    size_t length = strlen(word);

    return span_length(span) == length &&
           g_ascii_strncasecmp(span->at, word, length) == 0;
}

/* Digits at the span's start, moved over; false if none or too many. */
static bool take_number(Span *span, unsigned *number)
{
    const char *at = span->at;
    unsigned value = 0;

    while (at < span->end && g_ascii_isdigit(*at)) {
        if (at - span->at == NUMBER_DIGITS_MAX)
            return false;
        value = value * 10 + (unsigned)(*at++ - '0');
    }
    if (at == span->at)
        return false;
    span->at = at;
    *number = value;
    return true;
}

static bool take_char(Span *span, const char *any_of)
{
    if (span->at == span->end || strchr(any_of, *span->at) == NULL)
        return false;
    span->at++;
    return true;
}

/* ------------------------------------------------------ words of a group */

/* What of a word is still to be read, the next one last. Each step takes one
 * part and leaves shorter ones. */
typedef struct Parts {
    Span spans[PARTS_MAX];
    size_t count;
} Parts;

static void put_back(Parts *parts, Span part)
{
    if (part.at < part.end && parts->count < PARTS_MAX)
        parts->spans[parts->count++] = part;
}

typedef struct Keyword {
    const char *word;
    void (*mark)(PatchSubject *subject);
} Keyword;

static void mark_patch(PatchSubject *subject)
{
    subject->is_patch = true;
}

/* "[PATCHSET] title" is a cover although no number says so. */
static void mark_patch_set(PatchSubject *subject)
{
    subject->is_patch = true;
    if (!subject->has_number)
        subject->number = 0;
}

static void mark_rfc(PatchSubject *subject)
{
    subject->is_rfc = true;
}

static void mark_resend(PatchSubject *subject)
{
    subject->is_resend = true;
}

/* GCC's, binutils', LTP's: no review is asked for any more. */
static void mark_committed(PatchSubject *subject)
{
    subject->is_committed = true;
}

static void mark_ping(PatchSubject *subject)
{
    subject->is_ping = true;
}

static void mark_pull(PatchSubject *subject)
{
    GPtrArray *tags = subject->tags;

    subject->is_pull = true;
    if (tags->len > 0 &&
        g_ascii_strcasecmp(tags->pdata[tags->len - 1], "GIT") == 0)
        g_ptr_array_set_size(tags, (int)tags->len - 1);
}

/* Longer words before their own beginnings. */
static const Keyword keywords[] = {
    { "PATCHSET", mark_patch_set },  { "PATCHES", mark_patch },
    { "PATCH", mark_patch },         { "RFC", mark_rfc },
    { "RESEND", mark_resend },       { "RESENT", mark_resend },
    { "RE-SEND", mark_resend },      { "RESUBMIT", mark_resend },
    { "REPOST", mark_resend },       { "REBASED", mark_resend },
    { "REBASE", mark_resend },       { "PULL", mark_pull },
    { "COMMITTED", mark_committed }, { "COMMITED", mark_committed },
    { "PUSHED", mark_committed },    { "INSTALLED", mark_committed },
    { "APPLIED", mark_committed },   { "OBVIOUS", mark_committed },
    { "PING", mark_ping },
};

static const Keyword *keyword_at(const Span *word)
{
    const char first = g_ascii_toupper(*word->at);

    for (size_t i = 0; i < G_N_ELEMENTS(keywords); i++) {
        size_t length;

        if (*keywords[i].word != first)
            continue;
        length = strlen(keywords[i].word);
        if (span_length(word) >= length &&
            g_ascii_strncasecmp(word->at, keywords[i].word, length) == 0)
            return &keywords[i];
    }
    return NULL;
}

static void add_tag(PatchSubject *subject, const Span *word)
{
    if (subject->is_pull && (span_is(word, "REQUEST") || span_is(word, "GIT")))
        return;
    if (word->at < word->end && subject->tags->len < TAGS_MAX)
        g_ptr_array_add(subject->tags, g_strndup(word->at, span_length(word)));
}

/* "2019/04/05" is a date, no position. */
static bool is_date(Span word)
{
    unsigned number;

    return take_number(&word, &number) && take_char(&word, "/") &&
           take_number(&word, &number) && take_char(&word, "/") &&
           take_number(&word, &number);
}

/* "2/7"; what may hang on it ("2/7-v3") is read as a word of its own. */
static bool read_position(PatchSubject *subject, Parts *parts, Span word)
{
    unsigned number, total;

    if (!take_number(&word, &number) || !take_char(&word, "/") ||
        !take_number(&word, &total))
        return false;
    if (word.at < word.end) {
        if (!take_char(&word, "-_/:.v"))
            return false;
        if (word.at[-1] == 'v')
            word.at--;
        put_back(parts, word);
    }
    if (!subject->has_number) {
        subject->has_number = true;
        subject->number = number;
        subject->total = total;
    }
    return true;
}

/* Where two are written, the highest is meant, and "v5.15 v2" names a kernel
 * first: a whole version goes before one with a minor number. */
static void keep_version(PatchSubject *subject, unsigned version,
                         unsigned minor)
{
    bool is_whole = minor == 0;
    bool was_whole = subject->minor == 0;
    bool is_higher = version > subject->version ||
                     (version == subject->version && minor > subject->minor);

    if (subject->has_version && !(is_whole == was_whole ? is_higher : is_whole))
        return;
    subject->has_version = true;
    subject->version = version;
    subject->minor = minor;
}

/* "for v5.2", "GIT PULL v5.2": the release that a change is meant for. */
static bool names_release(const PatchSubject *subject, unsigned minor)
{
    GPtrArray *tags = subject->tags;

    if (tags->len > 0 &&
        g_ascii_strcasecmp(tags->pdata[tags->len - 1], "for") == 0)
        return true;
    return subject->is_pull && minor > 0;
}

/* "v3" and "v5.1", but "v4.19.7" and "v6.x" name kernels. */
static bool read_version(PatchSubject *subject, Span word)
{
    unsigned version, minor = 0;

    (void)take_char(&word, "-_");
    if (!take_char(&word, "vV"))
        return false;
    (void)take_char(&word, ".");
    if (!take_number(&word, &version))
        return false;
    if (take_char(&word, ".") && !take_number(&word, &minor))
        return false;
    if (word.at < word.end || names_release(subject, minor))
        return false;
    keep_version(subject, version, minor);
    return true;
}

/* What follows a keyword in its word: nothing, "v3", "1/8", "-next". RFC2822
 * is no request for comments, and "PATCHWORK" no patch. */
static bool is_keyword_tail(const Span *tail)
{
    size_t digits = 0;

    if (tail->at == tail->end || strchr("-_.:+#=~^*", *tail->at) != NULL)
        return true;
    if (g_ascii_tolower(*tail->at) == 'v')
        return span_length(tail) > 1 && g_ascii_isdigit(tail->at[1]);
    while (tail->at + digits < tail->end && g_ascii_isdigit(tail->at[digits]))
        digits++;
    return digits > 0 && (digits < 3 || tail->at + digits < tail->end);
}

static bool read_keyword(PatchSubject *subject, Parts *parts, Span word)
{
    const Keyword *keyword;

    if (word.at < word.end && (*word.at == '-' || *word.at == '_'))
        word.at++;
    keyword = keyword_at(&word);
    if (keyword == NULL)
        return false;
    word.at += strlen(keyword->word);
    if (!is_keyword_tail(&word))
        return false;
    keyword->mark(subject);
    if (keyword->mark == mark_ping)
        return true; /* what follows counts how often: "PING^3" */
    (void)take_char(&word, "-_.:+#=~");
    put_back(parts, word);
    return true;
}

/* "kvm-PATCH", "v2-RESEND": the keyword may stand last as well. */
static bool read_last_keyword(PatchSubject *subject, Parts *parts, Span word)
{
    Span head = word;
    size_t count = parts->count;

    while (head.end > head.at && strchr("-_", head.end[-1]) == NULL)
        head.end--;
    if (head.end == head.at)
        return false;
    word.at = head.end--;
    put_back(parts, head);
    if (read_keyword(subject, parts, word))
        return true;
    parts->count = count;
    return false;
}

static void read_plain_word(PatchSubject *subject, Parts *parts, Span word)
{
    while (word.end > word.at && strchr(":;!", word.end[-1]) != NULL)
        word.end--;
    if (word.at == word.end || read_version(subject, word) ||
        read_keyword(subject, parts, word) ||
        read_last_keyword(subject, parts, word))
        return;
    add_tag(subject, &word);
}

/* "RFC/PATCH" is two parts, "PATCH1/8" one. */
static void read_part(PatchSubject *subject, Parts *parts, Span word)
{
    const char *slash = memchr(word.at, '/', span_length(&word));

    if (is_date(word)) {
        add_tag(subject, &word);
        return;
    }
    if (read_position(subject, parts, word))
        return;
    if (slash != NULL && (slash == word.at || !g_ascii_isdigit(slash[-1]) ||
                          keyword_at(&word) == NULL)) {
        put_back(parts, (Span){ slash + 1, word.end });
        word.end = slash;
    }
    read_plain_word(subject, parts, word);
}

/* A word without blanks. */
static void read_word(PatchSubject *subject, Span word)
{
    Parts parts = { .count = 0 };

    put_back(&parts, word);
    while (parts.count > 0)
        read_part(subject, &parts, parts.spans[--parts.count]);
}

/* ------------------------------------------------------------- one group */

static bool is_separator(char byte)
{
    switch (byte) {
    case ',':
    case ';':
    case '[':
    case ']':
    case '(':
    case ')':
        return true;
    default:
        return g_ascii_isspace(byte);
    }
}

/* One blank for whatever separates, none around a slash, "1/2" for "1 of 2":
 * after this a group is words and blanks. */
static GString *plain_group(const char *at, size_t length)
{
    GString *plain = g_string_sized_new(length + 1);

    for (size_t i = 0; i < length; i++) {
        const char last = plain->len > 0 ? plain->str[plain->len - 1] : ' ';
        const bool is_no_break = at[i] == '\xc2' && at[i + 1] == '\xa0';
        const bool is_after_blank = last == ' ' || last == '/';

        if (is_no_break)
            i++;
        if (at[i] == '/' && plain->len > 0 && plain->str[plain->len - 1] == ' ')
            plain->str[plain->len - 1] = '/';
        else if (!is_no_break && !is_separator(at[i]))
            g_string_append_c(plain, at[i]);
        else if (!is_after_blank)
            g_string_append_c(plain, ' ');
    }
    return plain;
}

/* "1 of 2", "1of2": the end of the position, or NULL. */
static const char *position_in_words(const char *at, unsigned *number,
                                     unsigned *total)
{
    Span span = { at, at + strlen(at) };

    if (!take_number(&span, number))
        return NULL;
    (void)take_char(&span, " ");
    if (g_ascii_strncasecmp(span.at, "of", 2) != 0)
        return NULL;
    span.at += 2;
    (void)take_char(&span, " ");
    if (!take_number(&span, total))
        return NULL;
    return *span.at == '\0' || *span.at == ' ' ? span.at : NULL;
}

static void keep_position(PatchSubject *subject, unsigned number,
                          unsigned total)
{
    if (subject->has_number)
        return;
    subject->has_number = true;
    subject->number = number;
    subject->total = total;
}

/* "0.5/5": a patch that was put between two others. It stands behind the last:
 * the parts that the series says it has are others. NULL: it is none. */
static const char *position_between(const char *at, unsigned *number,
                                    unsigned *total)
{
    Span span = { at, at + strcspn(at, " ") };
    unsigned whole, fraction;

    if (!take_number(&span, &whole) || !take_char(&span, ".") ||
        !take_number(&span, &fraction) || !take_char(&span, "/") ||
        !take_number(&span, total) || span.at != span.end)
        return NULL;
    *number = *total + 1 + whole;
    return span.at;
}

/* "PATCH0 of 2": where the blank was forgotten. */
static const char *glued_position(PatchSubject *subject, const char *at,
                                  unsigned *number, unsigned *total)
{
    const Span word = { at, at + strcspn(at, " ") };
    const Keyword *keyword = keyword_at(&word);
    const char *digits = keyword != NULL ? at + strlen(keyword->word) : NULL;
    const char *end = digits != NULL && digits < word.end
                          ? position_in_words(digits, number, total)
                          : NULL;

    if (end != NULL)
        keyword->mark(subject);
    return end;
}

static void read_words(PatchSubject *subject, const char *at)
{
    while (*at != '\0') {
        unsigned number = 0, total = 0;
        const char *end = position_in_words(at, &number, &total);

        if (end == NULL)
            end = position_between(at, &number, &total);
        if (end == NULL)
            end = glued_position(subject, at, &number, &total);
        if (end == NULL) {
            end = at + strcspn(at, " ");
            read_word(subject, (Span){ at, end });
        } else {
            keep_position(subject, number, total);
        }
        at = *end == ' ' ? end + 1 : end;
    }
}

/* The "]" that closes the group at "[", nested ones passed over; where they
 * are not balanced, the first "]" will do. NULL: that is no group. */
static const char *group_end(const char *at)
{
    const char *first = NULL;
    unsigned depth = 0;

    for (size_t i = 0; at[i] != '\0' && i < GROUP_LENGTH_MAX; i++) {
        if (at[i] == '[')
            depth++;
        if (at[i] != ']')
            continue;
        if (--depth == 0)
            return at + i;
        if (first == NULL)
            first = at + i;
    }
    return first;
}

/* ---------------------------------------------------------- leading items */

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
        keyword_at(group) != NULL)
        return false;
    memcpy(label, group->at, span_length(group));
    label[span_length(group)] = '\0';
    return list_id_is_label(own->id, label);
}

static bool is_git_commit(const char *group)
{
    return g_ascii_strncasecmp(group, "git commit", 10) == 0 &&
           (group[10] == '\0' || group[10] == ' ');
}

static void read_group_words(PatchSubject *subject, const Span *text)
{
    g_autoptr(GString) group = plain_group(text->at, span_length(text));

    if (is_git_commit(group->str))
        subject->is_commit = true;
    else
        read_words(subject, group->str);
}

static const char *read_group(PatchSubject *subject, const char *at,
                              const OwnPrefix *own)
{
    const char *end = *at == '[' ? group_end(at) : NULL;

    if (end == NULL)
        return NULL;
    const Span group = { at + 1, end };

    if (!is_own_label(&group, own))
        read_group_words(subject, &group);
    at = skip_blanks(end + 1);
    while (*at == ']' || *at == ':' || (*at == '-' && at[1] == ' '))
        at = skip_blanks(at + 1);
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
    at = skip_blanks(at);
    if (*at != '\0' && strchr("[(^*", *at) != NULL) {
        size_t digits = strspn(at + 1, "0123456789");

        if (digits == 0 || digits > NUMBER_DIGITS_MAX)
            return NULL;
        at += 1 + digits;
        if (*at == ']' || *at == ')')
            at++;
        at = skip_blanks(at);
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
    return reply == &reply_words[0] || *skip_blanks(rest) == '[' ||
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
    add_tag(subject, &tag);
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
    rest = skip_blanks(rest);
    rest += strspn(rest, "^#*");
    rest += strspn(rest, "0123456789");
    rest += strspn(rest, "*");
    rest = skip_blanks(rest);
    has_colon = *rest == ':';
    rest = skip_blanks(rest + has_colon);
    if (!has_colon && *rest != '[' && g_ascii_strncasecmp(rest, "re:", 3) != 0)
        return NULL;
    subject->is_ping = subject->is_reply = true;
    return rest;
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

/* "(subset) [PATCH 0/3] x", as b4 answers: a remark before a group. */
static const char *read_remark(const char *at)
{
    size_t length = *at == '(' ? strcspn(at, ")[ ") : 0;
    const char *rest;

    if (length == 0 || length > REMARK_LENGTH_MAX || at[length] != ')')
        return NULL;
    rest = skip_blanks(at + length + 1);
    return *rest == '[' ? rest : NULL;
}

/* ----------------------------------------------------------- broken groups */

static bool says_something(const PatchSubject *subject)
{
    return subject->is_patch || subject->is_rfc || subject->is_resend ||
           subject->has_version || subject->has_number;
}

/* Returns true if the text is words of a group and nothing else. */
static bool is_known_word(const Span *word)
{
    g_auto(PatchSubject)
        subject = { .tags = g_ptr_array_new_with_free_func(g_free) };

    read_group_words(&subject, word);
    return subject.tags->len == 0 && says_something(&subject);
}

/* Returns the end of the words at the start that a group may have: of
 * "PATCH v2 net: x" behind "v2". */
static const char *known_words_end(const char *at)
{
    const char *end = at;

    while (end - at < GROUP_LENGTH_MAX) {
        const Span word = { end, end + strcspn(end, " ") };

        if (!is_known_word(&word))
            break;
        end = word.end + (*word.end == ' ');
    }
    while (end > at && end[-1] == ' ')
        end--;
    return end;
}

/* A group of which one bracket is missing or another: "PATCH v2] x",
 * "{ATCH v2] x", "[PATCH[ x", "[PATCH}x". One word alone may be any. */
static bool find_half_group(const char *at, Span *group)
{
    const bool is_open = *at != '\0' && strchr("[{(", *at) != NULL;
    const char *start = at + is_open;
    const size_t length = strcspn(start, is_open ? "[]{}" : "[]{}:()");
    const char close = start[length];

    *group = (Span){ start, start + length };
    if (length == 0 || length > GROUP_LENGTH_MAX || close == '\0' ||
        strchr(*at == '[' ? "[}" : "]", close) == NULL)
        return false;

    g_auto(PatchSubject)
        subject = { .tags = g_ptr_array_new_with_free_func(g_free) };

    read_group_words(&subject, group);
    return says_something(&subject) ||
           (length >= LONE_TAG_LENGTH_MIN &&
            memchr(start, ' ', length) == NULL && start[length + 1] == ' ');
}

/* "[PATCH net: x", "PATCH: x", "PATCH v2: x". */
static bool find_open_group(const char *at, Span *group)
{
    const bool is_open = *at == '[';
    const char *start = at + is_open;
    const char *end = known_words_end(start);

    *group = (Span){ start, end };
    return end > start && strncmp(start, "PATCH", strlen("PATCH")) == 0 &&
           (is_open || end[-1] == ':');
}

/* What is wrong before the first group: "Subject: [PATCH] x", "i[PATCH] x".
 * Returns where the group begins, or NULL. */
static const char *skip_slip(const char *at)
{
    static const char header[] = "Subject:";

    if (g_ascii_strncasecmp(at, header, strlen(header)) == 0)
        at = skip_blanks(at + strlen(header));
    else if (g_ascii_isalpha(*at))
        at++;
    const char *end = *at == '[' ? group_end(at) : NULL;

    return end != NULL && end - at > LONE_TAG_LENGTH_MIN ? at : NULL;
}

/* Reads a tag that is mistyped, for its version and number: whether it is a
 * patch, only its diff says. NULL if there is none. */
static const char *read_broken_group(PatchSubject *subject, const char *at)
{
    const bool is_patch = subject->is_patch, is_pull = subject->is_pull;
    Span group;
    const char *end;

    if (find_half_group(at, &group))
        end = group.end + 1;
    else if (find_open_group(at, &group))
        end = group.end;
    else
        return NULL;
    read_group_words(subject, &group);
    subject->is_patch = is_patch;
    subject->is_pull = is_pull;
    if (!subject->has_number)
        subject->number = 1;
    return skip_blanks(end);
}

/* ---------------------------------------------------------------- for all */

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
    if (rest == NULL && g_ascii_isdigit(*at))
        rest = read_push_count(subject, at);
    return rest;
}

/* "[PATCH] title (v2)": the version, where the tag has none. */
static void take_closing_version(PatchSubject *subject)
{
    char *open = strrchr(subject->title, '(');
    Span word = { open != NULL ? open + 1 : "", NULL };
    unsigned version;

    if (open == NULL || open == subject->title || !subject->is_patch ||
        subject->has_version || subject->number == 0)
        return;
    word.end = word.at + strlen(word.at);
    if (!take_char(&word, "vV") || !take_number(&word, &version) ||
        !take_char(&word, ")") || word.at != word.end || version == 0 ||
        version > CLOSING_VERSION_MAX)
        return;
    *open = '\0';
    g_strchomp(subject->title);
    subject->has_version = true;
    subject->version = version;
}

/* Returns where the title begins. */
static const char *read_items(PatchSubject *subject, const char *at,
                              const OwnPrefix *own)
{
    for (const char *rest = at; rest != NULL;
         rest = read_item(subject, at, own))
        at = skip_blanks(rest);
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
    if ((!says_something(subject) && !subject->is_pull) ||
        (at > text && at[-1] == ']')) {
        const char *rest = skip_slip(at);

        if (rest == NULL)
            rest = read_broken_group(subject, at);
        if (rest != NULL)
            at = read_items(subject, rest, &own);
    }
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

/* ---------------------------------------------------------------- classic */

static const char *take_digits(const char *at)
{
    size_t digits = strspn(at, "0123456789");

    return digits > 0 ? at + digits : NULL;
}

/* Behind "/m]". */
static bool is_total(const char *at)
{
    at = *at == '/' ? take_digits(at + 1) : NULL;
    return at != NULL && *at == ']';
}

bool patch_classic_is_patch(const char *subject)
{
    const char *end = *subject == '[' ? strchr(subject, ']') : NULL;

    return end != NULL && g_strstr_len(subject, end - subject, "PATCH") != NULL;
}

bool patch_classic_is_listed(const char *subject)
{
    const char *at;

    if (!g_str_has_prefix(subject, "[PATCH"))
        return false;
    at = subject + strlen("[PATCH");
    if (*at == ']')
        return true;
    if (strncmp(at, " v", 2) != 0)
        return false;
    at = take_digits(at + 2);
    if (at == NULL || *at == ']')
        return at != NULL;
    if (strncmp(at, " 0", 2) != 0)
        return false;
    return is_total(at + 1 + strspn(at + 1, "0"));
}

bool patch_classic_is_entry(const char *subject)
{
    const char *at;

    if (!g_str_has_prefix(subject, "[PATCH "))
        return false;
    at = subject + strlen("[PATCH ");
    if (strspn(at, "01") == 0)
        return false;
    at += strspn(at, "0");
    if (*at == '1')
        at++;
    return is_total(at);
}

const char *patch_classic_title(const char *subject)
{
    const char *end = strchr(subject, ']');

    return end != NULL ? end + 1 : subject;
}
