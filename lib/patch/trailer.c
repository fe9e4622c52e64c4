/* SPDX-License-Identifier: MIT */
#include "patch/trailer.h"

#include <string.h>

#include "base/banned.h"

enum {
    KEY_LENGTH_MAX = 48,
    VALUE_LENGTH_MAX = 1000,
    CONTINUATIONS_MAX = 4,
    TRAILERS_MAX = 1000,
    INDENT_MAX = 8,
    OPENING_LENGTH_MAX = 16,
    NAME_WORDS_MAX = 5,
    HASH_DIGITS_MIN = 7,
    HASH_DIGITS_MAX = 64,
};

typedef struct KindInfo {
    const char *name;
    bool is_person; /* its value is "Name <address>" */
    bool is_credit;
} KindInfo;

static const KindInfo kinds[] = {
    [PATCH_TRAILER_OTHER] = { "Other", false, false },
    [PATCH_TRAILER_SIGNED_OFF] = { "Signed-off-by", true, false },
    [PATCH_TRAILER_REVIEWED] = { "Reviewed-by", true, true },
    [PATCH_TRAILER_ACKED] = { "Acked-by", true, true },
    [PATCH_TRAILER_TESTED] = { "Tested-by", true, true },
    [PATCH_TRAILER_REPORTED] = { "Reported-by", true, true },
    [PATCH_TRAILER_NACKED] = { "Nacked-by", true, true },
    [PATCH_TRAILER_SUGGESTED] = { "Suggested-by", true, false },
    [PATCH_TRAILER_CO_DEVELOPED] = { "Co-developed-by", true, false },
    [PATCH_TRAILER_FIXES] = { "Fixes", false, false },
    [PATCH_TRAILER_CLOSES] = { "Closes", false, false },
    [PATCH_TRAILER_LINK] = { "Link", false, false },
    [PATCH_TRAILER_CC] = { "Cc", true, false },
    [PATCH_TRAILER_APPROVED] = { "Approved-by", true, true },
};
G_STATIC_ASSERT(G_N_ELEMENTS(kinds) == PATCH_TRAILER_APPROVED + 1);

typedef struct KeyName {
    const char *name; /* lower case */
    PatchTrailerKind kind;
} KeyName;

/* What people do with patches, as the stem of "...-by". */
static const KeyName stems[] = {
    { "signed-off", PATCH_TRAILER_SIGNED_OFF },
    { "reviewed", PATCH_TRAILER_REVIEWED },
    { "review", PATCH_TRAILER_REVIEWED },
    { "acked", PATCH_TRAILER_ACKED },
    { "ack", PATCH_TRAILER_ACKED },
    { "acknowledged", PATCH_TRAILER_ACKED },
    { "approved", PATCH_TRAILER_APPROVED },
    { "tested", PATCH_TRAILER_TESTED },
    { "reported", PATCH_TRAILER_REPORTED },
    { "nacked", PATCH_TRAILER_NACKED },
    { "naked", PATCH_TRAILER_NACKED },
    { "nack", PATCH_TRAILER_NACKED },
    { "nak", PATCH_TRAILER_NACKED },
    { "nak'd", PATCH_TRAILER_NACKED },
    { "suggested", PATCH_TRAILER_SUGGESTED },
    { "co-developed", PATCH_TRAILER_CO_DEVELOPED },
    { "codeveloped", PATCH_TRAILER_CO_DEVELOPED },
    { "co-authored", PATCH_TRAILER_CO_DEVELOPED },
};

static const KeyName plain_keys[] = {
    { "fixes", PATCH_TRAILER_FIXES },
    { "closes", PATCH_TRAILER_CLOSES },
    { "link", PATCH_TRAILER_LINK },
    { "cc", PATCH_TRAILER_CC },
};

bool patch_trailer_is_credit(PatchTrailerKind kind)
{
    return (size_t)kind < G_N_ELEMENTS(kinds) && kinds[kind].is_credit;
}

const char *patch_trailer_kind_name(PatchTrailerKind kind)
{
    return (size_t)kind < G_N_ELEMENTS(kinds) ? kinds[kind].name
                                              : kinds[0].name;
}

void patch_trailer_free(PatchTrailer *trailer)
{
    if (trailer == NULL)
        return;
    g_free(trailer->key);
    g_free(trailer->value);
    g_free(trailer);
}

/* ------------------------------------------------------------------ keys */

static PatchTrailerKind look_up(const KeyName *names, size_t count,
                                const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(names[i].name) == length &&
            memcmp(names[i].name, name, length) == 0)
            return names[i].kind;
    return PATCH_TRAILER_OTHER;
}

/* Lower case, with hyphens for whatever joins words; "" if it is too long. */
static void plain_key(char plain[KEY_LENGTH_MAX + 1], const char *key,
                      size_t length)
{
    plain[0] = '\0';
    if (length > KEY_LENGTH_MAX)
        return;
    for (size_t i = 0; i < length; i++) {
        plain[i] = g_ascii_tolower(key[i]);
        if (plain[i] == ' ' || plain[i] == '_')
            plain[i] = '-';
    }
    plain[length] = '\0';
}

typedef struct KindList {
    PatchTrailerKind kinds[4];
    size_t count;
} KindList;

static void list_kind(KindList *list, PatchTrailerKind kind)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->kinds[i] == kind)
            return;
    if (list->count < G_N_ELEMENTS(list->kinds))
        list->kinds[list->count++] = kind;
}

/* Where two doings are joined, and how many bytes that takes; the end and 0
 * if they are not. */
static size_t find_joint(const char *stem, size_t *length)
{
    static const char *const joints[] = { "-and-", "-&-", "/", "+", "&" };
    size_t at;

    for (at = 0; stem[at] != '\0'; at++)
        for (size_t i = 0; i < G_N_ELEMENTS(joints); i++) {
            if (!g_str_has_prefix(stem + at, joints[i]))
                continue;
            *length = strlen(joints[i]);
            return at;
        }
    *length = 0;
    return at;
}

/* One letter too many, too few, another, or two of them turned round: "Reviwed"
 * and "Reveiwed" are what people sign with in earnest. */
static bool is_misspelt(const char *word, size_t length, const char *right)
{
    const size_t right_length = strlen(right);
    size_t front = 0, back = 0, rest, right_rest;

    while (front < MIN(length, right_length) && word[front] == right[front])
        front++;
    while (back < MIN(length, right_length) - front &&
           word[length - back - 1] == right[right_length - back - 1])
        back++;
    rest = length - front - back;
    right_rest = right_length - front - back;
    return (rest <= 1 && right_rest <= 1) ||
           (rest == 2 && right_rest == 2 && word[front] == right[front + 1] &&
            word[front + 1] == right[front]);
}

static PatchTrailerKind kind_of_stem(const char *stem, size_t length)
{
    const PatchTrailerKind kind =
        look_up(stems, G_N_ELEMENTS(stems), stem, length);

    return kind == PATCH_TRAILER_OTHER && is_misspelt(stem, length, "reviewed")
               ? PATCH_TRAILER_REVIEWED
               : kind;
}

/* "reviewed-and-tested", "acked/reviewed": each part says what was done. A
 * part that says something else ("bisected") is passed over. */
static void list_stem(KindList *list, const char *stem)
{
    while (*stem != '\0') {
        size_t joint;
        size_t length = find_joint(stem, &joint);
        size_t plain = length > 3 && strncmp(stem + length - 3, "-by", 3) == 0
                           ? length - 3
                           : length;
        PatchTrailerKind kind = kind_of_stem(stem, plain);

        if (kind != PATCH_TRAILER_OTHER)
            list_kind(list, kind);
        stem += length + joint;
    }
}

static KindList kinds_of(const char *key, size_t length)
{
    char plain[KEY_LENGTH_MAX + 1];
    KindList list = { { PATCH_TRAILER_OTHER }, 0 };
    PatchTrailerKind kind;

    plain_key(plain, key, length);
    kind = look_up(plain_keys, G_N_ELEMENTS(plain_keys), plain, strlen(plain));
    if (kind != PATCH_TRAILER_OTHER) {
        list_kind(&list, kind);
    } else if (g_str_has_suffix(plain, "-by")) {
        plain[strlen(plain) - strlen("-by")] = '\0';
        list_stem(&list, plain);
    }
    if (list.count == 0)
        list_kind(&list, PATCH_TRAILER_OTHER);
    return list;
}

PatchTrailerKind patch_trailer_kind_of(const char *key, size_t length)
{
    return kinds_of(key, length).kinds[0];
}

/* ----------------------------------------------------------------- lines */

bool patch_trailer_split(const PatchLine *line, PatchLine *key,
                         PatchLine *value)
{
    PatchLine head = *line;
    size_t colon;

    if (line->length < 3 || !g_ascii_isalpha(*line->at))
        return false;
    head.length = MIN(line->length, KEY_LENGTH_MAX + 2);
    colon = patch_line_find(&head, ':');
    if (colon == head.length)
        return false;
    for (size_t i = 0; i < colon; i++)
        if (!g_ascii_isalnum(line->at[i]) &&
            strchr("-_ /+&'", line->at[i]) == NULL)
            return false;
    head.length = colon;
    *key = patch_line_trim(&head);
    head = patch_line_from(line, colon + 1);
    *value = patch_line_trim(&head);
    return true;
}

static bool has_byte(const PatchLine *line, char byte)
{
    return patch_line_find(line, byte) < line->length;
}

/* "<a@b>", perhaps with a name before and a remark behind. */
static bool names_address(const PatchLine *value)
{
    PatchLine rest = patch_line_from(value, patch_line_find(value, '<') + 1);

    rest.length = patch_line_find(&rest, '>');
    return has_byte(&rest, '@');
}

static bool is_header_name(const PatchLine *key)
{
    static const char *const names[] = { "From",   "To",      "Date",
                                         "Sent",   "Subject", "Reply-To",
                                         "Author", "Commit",  "Committer" };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strlen(names[i]) == key->length &&
            g_ascii_strncasecmp(names[i], key->at, key->length) == 0)
            return true;
    return false;
}

static bool is_by_before(const PatchLine *key)
{
    return key->length > 3 &&
           g_ascii_strncasecmp(key->at + key->length - 3, "-by", 3) == 0;
}

/* Prose may hold a colon too ("Note: ..."): a key of ours, one that ends in
 * "-by", or one whose value is a person. A key with blanks needs a person. */
static bool is_trailer(const PatchLine *key, const PatchLine *value,
                       const KindList *list)
{
    bool has_blank = has_byte(key, ' ');

    if (key->length == 0 || is_header_name(key))
        return false;
    if (list->kinds[0] != PATCH_TRAILER_OTHER)
        return !has_blank || names_address(value);
    return !has_blank && (is_by_before(key) || names_address(value));
}

/* --------------------------------------------------------- continuations */

static bool is_whole_person(const GString *value)
{
    return strchr(value->str, '@') != NULL &&
           (strchr(value->str, '<') == NULL || strchr(value->str, '>') != NULL);
}

/* Of the commit in a Fixes: to be closed on the next line. */
static bool continues_title(const GString *value, const PatchLine *next)
{
    return strchr(value->str, '(') != NULL && strchr(value->str, ')') == NULL &&
           has_byte(next, ')') && *next->at != '-' &&
           !patch_line_starts(next, "diff ");
}

/* Wrapped by a mailer or by hand: an indented line, an address alone, the
 * rest of the title that a Fixes names. */
static bool continues(PatchTrailerKind kind, const GString *value,
                      const PatchLine *next)
{
    PatchLine trimmed = patch_line_trim(next);
    PatchLine key, rest;

    if (trimmed.length == 0 || value->len > VALUE_LENGTH_MAX ||
        patch_line_is_quoted(next) ||
        (patch_trailer_split(&trimmed, &key, &rest) &&
         !patch_line_starts(&rest, "//")))
        return false;
    if (kind == PATCH_TRAILER_FIXES)
        return continues_title(value, next);
    if (kinds[kind].is_person && strchr(value->str, '<') != NULL)
        return !is_whole_person(value) && has_byte(&trimmed, '>');
    if (kinds[kind].is_person)
        return !is_whole_person(value) && names_address(&trimmed);
    return value->len == 0 && g_ascii_isspace(*next->at);
}

static size_t append_continuations(PatchText text, const PatchLine *line,
                                   PatchTrailerKind kind, GString *value)
{
    PatchLine last = *line;

    for (unsigned i = 0; i < CONTINUATIONS_MAX; i++) {
        PatchLine next = patch_line_after(text, &last);
        PatchLine trimmed = patch_line_trim(&next);

        if (!continues(kind, value, &next))
            break;
        if (value->len > 0)
            g_string_append_c(value, ' ');
        g_string_append_len(value, trimmed.at, (gssize)trimmed.length);
        last = next;
    }
    return patch_line_end(text, &last);
}

/* ---------------------------------------------------------------- values */

/* "Name <a@b> # for mm", "Name <a@b<mailto:a@b>>" and "Name <mailto:a@b>" are
 * "Name <a@b>", and "a@b (for mm)" is "a@b". */
static void cut_person(GString *value)
{
    static const char link[] = "<mailto:";
    const char *open = strchr(value->str, '<');
    size_t end = strcspn(value->str, " ,;");

    if (memchr(value->str, '@', end) != NULL && value->str[0] != '<' &&
        value->str[0] != '"') {
        g_string_truncate(value, end);
        return;
    }
    if (open == NULL || strchr(open, '@') == NULL)
        return;
    if (g_str_has_prefix(value->str, "* ")) { /* what is left of bold */
        g_string_erase(value, 0, 2);
        open = strchr(value->str, '<');
    }
    if (g_str_has_prefix(open, link))
        g_string_erase(value, open + 1 - value->str, (gssize)strlen(link) - 1);
    end = (size_t)(open + 1 - value->str) + strcspn(open + 1, "<>");
    while (end > 0 && g_ascii_isspace(value->str[end - 1]))
        end--;
    g_string_truncate(value, end);
    g_string_append_c(value, '>');
}

static bool starts_with_hash(const char *value)
{
    size_t digits;

    if (g_ascii_strncasecmp(value, "commit ", 7) == 0)
        value += 7;
    digits = strspn(value, "0123456789abcdefABCDEF");
    return digits >= HASH_DIGITS_MIN && digits <= HASH_DIGITS_MAX &&
           !g_ascii_isalnum(value[digits]);
}

static PatchTrailer *trailer_new(PatchTrailerKind kind, const PatchLine *key,
                                 const GString *value, size_t offset)
{
    PatchTrailer *trailer = g_new0(PatchTrailer, 1);

    trailer->kind = kind;
    trailer->key = patch_line_dup(key);
    trailer->value = g_strndup(value->str, value->len);
    trailer->offset = offset;
    return trailer;
}

/* Who is named without an address has a name: no "for patches 1-3". */
static bool is_person(const char *value)
{
    unsigned words = 1;

    if (strchr(value, '@') != NULL || strcmp(value, PATCH_TRAILER_ME) == 0)
        return true;
    if (g_ascii_isalpha(*value) && !g_ascii_isupper(*value))
        return false;
    for (; *value != '\0'; value++) {
        words += *value == ' ';
        if (g_ascii_isdigit(*value) || strchr(":;!?()/", *value) != NULL)
            return false;
    }
    return words <= NAME_WORDS_MAX;
}

static void tidy(GString *value, PatchTrailerKind *kind)
{
    if (kinds[*kind].is_person) {
        cut_person(value);
        if (!is_person(value->str))
            *kind = PATCH_TRAILER_OTHER;
    }
    if (*kind == PATCH_TRAILER_FIXES && !starts_with_hash(value->str))
        *kind = PATCH_TRAILER_OTHER;
}

/* Only people are looked for in indented lines: code has colons as well. */
static PatchLine without_indent(const PatchLine *line)
{
    size_t indent = 0;

    while (indent < line->length && indent < INDENT_MAX &&
           (line->at[indent] == ' ' || line->at[indent] == '\t'))
        indent++;
    return patch_line_from(line, indent);
}

/* "Otherwise, Reviewed-by: A U Thor <a@b>": words that take nothing back. */
static PatchLine without_opening(const PatchLine *line)
{
    static const char *const openings[] = {
        "otherwise",       "other than that", "apart from that",  "anyway",
        "with that",       "with this",       "with that fixed",  "lgtm",
        "with this fixed", "looks good",      "looks good to me", "thanks",
        "thank you",
    };
    PatchLine opening = *line;
    size_t mark = 0;

    if (line->length == 0 || line->at[line->length - 1] != '>')
        return *line; /* as most lines of prose are */

    while (mark < MIN(line->length, OPENING_LENGTH_MAX + 1) &&
           (g_ascii_isalpha(line->at[mark]) || line->at[mark] == ' '))
        mark++;
    if (mark > OPENING_LENGTH_MAX || mark >= line->length ||
        strchr(",.!", line->at[mark]) == NULL)
        return *line;
    opening.length = mark;
    for (size_t i = 0; i < G_N_ELEMENTS(openings); i++) {
        PatchLine rest = patch_line_from(line, mark + 1);
        PatchLine key, value;

        if (mark != strlen(openings[i]) ||
            !patch_line_starts_any_case(&opening, openings[i]))
            continue;
        rest = patch_line_trim(&rest);
        if (patch_trailer_split(&rest, &key, &value) && names_address(&value) &&
            patch_trailer_is_credit(patch_trailer_kind_of(key.at, key.length)))
            return rest;
    }
    return *line;
}

static bool ends_in_by_word(const char *at, size_t length)
{
    return length >= 4 && g_ascii_tolower(at[length - 1]) == 'y' &&
           g_ascii_tolower(at[length - 2]) == 'b' &&
           (at[length - 3] == '-' || at[length - 3] == ' ');
}

/* "*Reviewed-by:* Ada <a@b>", as what was bold comes through, and
 * "(Reviewed-by: Ada <a@b>)". The line itself if it is none of them. */
static PatchLine undecorated(const PatchLine *line)
{
    PatchLine rest = patch_line_trim(line);
    PatchLine key, value;

    if (rest.length < 3 || strchr("*(", *rest.at) == NULL)
        return *line;
    rest = patch_line_from(&rest, 1);
    return patch_trailer_split(&rest, &key, &value) && names_address(&value) &&
                   patch_trailer_is_credit(
                       patch_trailer_kind_of(key.at, key.length))
               ? rest
               : *line;
}

/* Moves over "by" in "Acked-by me", "reviewed by Ada <a@b>"; the key is what
 * lies before and it. */
static bool split_at_by(const PatchLine *line, PatchLine *key, PatchLine *rest)
{
    const char *end = line->at + MIN(line->length, KEY_LENGTH_MAX + 1);
    const char *space = line->at;

    while ((space = memchr(space, ' ', (size_t)(end - space))) != NULL) {
        const size_t length = (size_t)(space - line->at);

        space++;
        if (!ends_in_by_word(line->at, length))
            continue;
        *key = *line;
        key->length = length;
        *rest = patch_line_from(line, length + 1);
        return true;
    }
    return false;
}

/* What is said without a colon: "Acked-by me", also "for both", and
 * "Tested-by Ada Rill <a@b>" alone on its line. */
static bool split_said(const PatchLine *line, PatchLine *key, PatchLine *value)
{
    static const char initials[] = "ratnRATN"; /* most lines have others */
    const PatchLine said = patch_line_trim(line);
    PatchLine rest;

    if (said.length == 0 || strchr(initials, *said.at) == NULL ||
        !split_at_by(&said, key, value) ||
        !patch_trailer_is_credit(patch_trailer_kind_of(key->at, key->length)))
        return false;
    if (value->at[value->length - 1] == '>' && names_address(value))
        return key->at[key->length - 3] == '-';
    rest = *value;
    if (!patch_line_take(&rest, PATCH_TRAILER_ME) ||
        !(rest.length == 0 || patch_line_starts(&rest, " for ") ||
          (rest.length == 1 && strchr(".!", *rest.at) != NULL)))
        return false;
    value->length = strlen(PATCH_TRAILER_ME);
    return true;
}

/* What follows a short form: nothing, or words that take nothing of it back. */
static bool is_short_rest(PatchLine rest, bool may_go_on)
{
    static const char *const said[] = { " from me", " on the patch",
                                        " and pushed" };

    if (g_strstr_len(rest.at, (gssize)rest.length, " if ") != NULL)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(said); i++) {
        if (patch_line_take(&rest, said[i]))
            break;
    }
    rest = patch_line_trim(&rest);
    return rest.length == 0 || strchr(".!", *rest.at) != NULL ||
           (may_go_on && strchr(",:", *rest.at) != NULL);
}

/* A line that goes on with a sentence says nothing of its own: "never sends
 * an" and below it "ACK. After that". */
static bool starts_paragraph(PatchText text, const PatchLine *line)
{
    PatchLine above = patch_line_before(text, line);

    above = patch_line_trim(&above);
    return above.length == 0 || *above.at == '>' ||
           strchr(",:.!", above.at[above.length - 1]) != NULL;
}

/* "RB+", "rb+, please push", "ACK. Feel free to push." "Ack" in small letters
 * says as often that something was understood. */
static bool split_short(const PatchLine *line, PatchLine *key, PatchLine *value)
{
    static const char *const reviews[] = { "RB+", "rb+", "Rb+" };
    static const char reviewed[] = "Reviewed-by", acked[] = "Acked-by";
    PatchLine rest = patch_line_trim(line);
    bool is_review = false;

    if (rest.length == 0 || strchr("RrA", *rest.at) == NULL)
        return false; /* as most lines */
    for (size_t i = 0; i < G_N_ELEMENTS(reviews) && !is_review; i++)
        is_review = patch_line_take(&rest, reviews[i]);
    if ((!is_review && !patch_line_take(&rest, "ACK")) ||
        !is_short_rest(rest, is_review))
        return false;
    key->at = is_review ? reviewed : acked;
    key->length = strlen(key->at);
    value->at = PATCH_TRAILER_ME;
    value->length = strlen(PATCH_TRAILER_ME);
    key->offset = value->offset = line->offset;
    return true;
}

static size_t read_said(PatchText text, const PatchLine *line,
                        GPtrArray *trailers)
{
    PatchLine key, said;
    g_autoptr(GString) value = NULL;

    if (line->length == 0 ||
        (!split_said(line, &key, &said) &&
         !(split_short(line, &key, &said) && starts_paragraph(text, line))))
        return line->offset;
    const KindList list = kinds_of(key.at, key.length);

    value = g_string_new_len(said.at, (gssize)said.length);
    for (size_t i = 0; i < list.count && trailers->len < TRAILERS_MAX; i++)
        g_ptr_array_add(trailers,
                        trailer_new(list.kinds[i], &key, value, line->offset));
    return patch_line_end(text, line);
}

size_t patch_trailer_read(PatchText text, const PatchLine *line,
                          GPtrArray *trailers)
{
    PatchLine plain = without_indent(line);
    PatchLine key, first;
    KindList list;
    g_autoptr(GString) value = NULL;
    size_t end;

    if (!patch_trailer_split(&plain, &key, &first)) {
        plain = without_opening(line);
        if (plain.offset == line->offset)
            plain = undecorated(line);
        if (plain.offset == line->offset)
            return read_said(text, line, trailers);
        if (!patch_trailer_split(&plain, &key, &first))
            return line->offset;
    }
    list = kinds_of(key.at, key.length);
    if (!is_trailer(&key, &first, &list) ||
        (plain.offset != line->offset && !kinds[list.kinds[0]].is_person))
        return line->offset;
    value =
        g_string_new_len(first.at, (gssize)MIN(first.length, VALUE_LENGTH_MAX));
    end = append_continuations(text, line, list.kinds[0], value);
    if (value->len == 0)
        return line->offset;
    tidy(value, &list.kinds[0]);
    if (list.kinds[0] == PATCH_TRAILER_OTHER)
        list.count = 1;
    for (size_t i = 0; i < list.count && trailers->len < TRAILERS_MAX; i++)
        g_ptr_array_add(trailers,
                        trailer_new(list.kinds[i], &key, value, line->offset));
    return end;
}
