/* SPDX-License-Identifier: MIT */
#include "patch/subject_group.h"

#include <string.h>

#include "base/banned.h"

enum {
    GROUP_LENGTH_MAX = 256, /* longer is text; bounds the search for "]" */
    TAGS_MAX = 32,
    LONE_TAG_LENGTH_MIN = 3, /* where a bracket is amiss: "a[1]" is no tag */
    PARTS_MAX = 8,
    WORD_VERSION_MAX = 99,
};

/* --- words of a group ---------------------------------------------------- */

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

void subject_group_add_tag(PatchSubject *subject, const Span *word)
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

    return span_take_number(&word, &number) && span_take_char(&word, "/") &&
           span_take_number(&word, &number) && span_take_char(&word, "/") &&
           span_take_number(&word, &number);
}

/* "2/7"; what may hang on it ("2/7-v3") is read as a word of its own. */
static bool read_position(PatchSubject *subject, Parts *parts, Span word)
{
    unsigned number, total;

    if (!span_take_number(&word, &number) || !span_take_char(&word, "/") ||
        !span_take_number(&word, &total))
        return false;
    if (word.at < word.end) {
        if (!span_take_char(&word, "-_/:.v"))
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

    (void)span_take_char(&word, "-_");
    if (!span_take_char(&word, "vV"))
        return false;
    (void)span_take_char(&word, ".");
    if (!span_take_number(&word, &version))
        return false;
    if (span_take_char(&word, ".") && !span_take_number(&word, &minor))
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
    (void)span_take_char(&word, "-_.:+#=~");
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
    subject_group_add_tag(subject, &word);
}

/* "RFC/PATCH" is two parts, "PATCH1/8" one. */
static void read_part(PatchSubject *subject, Parts *parts, Span word)
{
    const char *slash = memchr(word.at, '/', span_length(&word));

    if (is_date(word)) {
        subject_group_add_tag(subject, &word);
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

/* --- one group ------------------------------------------------------------ */

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

    if (!span_take_number(&span, number))
        return NULL;
    (void)span_take_char(&span, " ");
    if (g_ascii_strncasecmp(span.at, "of", 2) != 0)
        return NULL;
    span.at += 2;
    (void)span_take_char(&span, " ");
    if (!span_take_number(&span, total))
        return NULL;
    return *span.at == '\0' || *span.at == ' ' ? span.at : NULL;
}

/* "version 2", "rev2", "try #3", "take 2": the end of it, or NULL. */
static const char *version_in_words(const char *at, unsigned *version)
{
    static const char *const words[] = { "version", "ver", "revision",
                                         "rev",     "try", "take" };

    if (*at == '-')
        at++;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        const size_t length = strlen(words[i]);
        Span span = { at + length, at + length };

        if (g_ascii_strncasecmp(at, words[i], length) != 0)
            continue;
        span.end += strlen(span.at);
        (void)span_take_char(&span, " -");
        (void)span_take_char(&span, "#");
        if (span_take_number(&span, version) && *version > 0 &&
            *version <= WORD_VERSION_MAX &&
            (*span.at == '\0' || *span.at == ' '))
            return span.at;
    }
    return NULL;
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

    if (!span_take_number(&span, &whole) || !span_take_char(&span, ".") ||
        !span_take_number(&span, &fraction) || !span_take_char(&span, "/") ||
        !span_take_number(&span, total) || span.at != span.end)
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
        if (end != NULL) {
            keep_position(subject, number, total);
        } else if ((end = version_in_words(at, &number)) != NULL) {
            keep_version(subject, number, 0);
        } else {
            end = at + strcspn(at, " ");
            read_word(subject, (Span){ at, end });
        }
        at = *end == ' ' ? end + 1 : end;
    }
}

/* The "]" that closes the group at "[", nested ones passed over; where they
 * are not balanced, the first "]" will do. NULL: that is no group. */
const char *subject_group_end(const char *at)
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

static bool is_git_commit(const char *group)
{
    return g_ascii_strncasecmp(group, "git commit", 10) == 0 &&
           (group[10] == '\0' || group[10] == ' ');
}

void subject_group_read(PatchSubject *subject, const Span *text)
{
    g_autoptr(GString) group = plain_group(text->at, span_length(text));

    if (is_git_commit(group->str))
        subject->is_commit = true;
    else
        read_words(subject, group->str);
}

/* --- broken groups -------------------------------------------------------- */

bool subject_group_says_something(const PatchSubject *subject)
{
    return subject->is_patch || subject->is_rfc || subject->is_resend ||
           subject->has_version || subject->has_number;
}

/* Returns true if the text is words of a group and nothing else. */
static bool is_known_word(const Span *word)
{
    g_auto(PatchSubject)
        subject = { .tags = g_ptr_array_new_with_free_func(g_free) };

    subject_group_read(&subject, word);
    return subject.tags->len == 0 && subject_group_says_something(&subject);
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

    subject_group_read(&subject, group);
    return subject_group_says_something(&subject) ||
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

/* Reads a tag that is mistyped, for its version and number: whether it is a
 * patch, only its diff says. NULL if there is none. */
const char *subject_group_read_broken(PatchSubject *subject, const char *at)
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
    subject_group_read(subject, &group);
    subject->is_patch = is_patch;
    subject->is_pull = is_pull;
    if (!subject->has_number)
        subject->number = 1;
    return span_skip_blanks(end);
}

bool subject_group_is_keyword(const Span *word)
{
    return keyword_at(word) != NULL;
}
