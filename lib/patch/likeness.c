/* SPDX-License-Identifier: MIT */
#include "patch/likeness.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/banned.h"

enum {
    WORDS_MAX = 64,  /* of a title; a hostile one may have thousands */
    STEM_LENGTH = 6, /* letters of a word that are compared */
    WORD_LENGTH_MIN = 3,
    BEGINNING_MIN = 4,     /* of one word that another begins with */
    PLACE_LENGTH_MAX = 40, /* of one "place: "; "x: y" later is a sentence */
};

/* The first letters of a word, in one number. */
typedef uint64_t Stem;

struct PatchWords {
    char *place; /* before the colons, in small letters without blanks; NULL if
                    the title names none */
    unsigned count;
    Stem stems[WORDS_MAX]; /* different ones; memory for count of them */
};

/* As stems. */
static const char *const said_anywhere[] = {
    "add",    "adds",   "and",   "are",    "does",   "fix",    "fixes",
    "for",    "from",   "get",   "into",   "its",    "make",   "new",
    "not",    "set",    "that",  "the",    "this",   "use",    "uses",
    "suppor", "via",    "was",   "when",   "with",   "implem", "patch",
    "some",   "remove", "allow", "change", "update",
};

static Stem stem_of(const char *word, size_t length)
{
    char letters[sizeof(Stem)] = { 0 };
    Stem stem;

    length = MIN(length, STEM_LENGTH);
    for (size_t i = 0; i < length; i++)
        letters[i] = g_ascii_tolower(word[i]);
    memcpy(&stem, letters, sizeof(stem));
    return stem;
}

static bool is_said_anywhere(Stem stem)
{
    char letters[sizeof(Stem) + 1] = { 0 };

    memcpy(letters, &stem, sizeof(stem));
    for (size_t i = 0; i < G_N_ELEMENTS(said_anywhere); i++) {
        if (*said_anywhere[i] == *letters &&
            strcmp(said_anywhere[i], letters) == 0)
            return true;
    }
    return false;
}

static bool has_word(const PatchWords *words, Stem stem)
{
    for (unsigned i = 0; i < words->count; i++) {
        if (words->stems[i] == stem)
            return true;
    }
    return false;
}

static unsigned length_of(Stem stem)
{
    char letters[sizeof(Stem) + 1] = { 0 };

    memcpy(letters, &stem, sizeof(stem));
    return (unsigned)strlen(letters);
}

/* "test" and "tests", "skip" and "skipping": as numbers whose highest byte is
 * the first letter. */
static bool is_beginning(Stem one, Stem other)
{
    const uint64_t differs = GUINT64_TO_BE(one ^ other);
    unsigned length;

    if (differs >> (64 - 8 * BEGINNING_MIN) != 0)
        return false;
    length = MIN(length_of(one), length_of(other));
    return length >= BEGINNING_MIN && differs >> (64 - 8 * length) == 0;
}

static bool has_form_of(const PatchWords *words, Stem stem)
{
    for (unsigned i = 0; i < words->count; i++) {
        if (words->stems[i] == stem || is_beginning(words->stems[i], stem))
            return true;
    }
    return false;
}

/* Names are taken apart at their underscores: an identifier is often spelled
 * out in the next version's title. */
static bool is_letter(char letter)
{
    return g_ascii_isalnum(letter) || (unsigned char)letter >= 0x80;
}

static void add_word(PatchWords *words, const char *word, size_t length)
{
    const Stem stem = stem_of(word, length);

    if (length >= WORD_LENGTH_MIN && !is_said_anywhere(stem) &&
        !has_word(words, stem))
        words->stems[words->count++] = stem;
}

/* Behind "KVM: PPC: Book3S HV: "; of "arch:powerpc:kvm: x" the last colon. */
static const char *behind_places(const char *title)
{
    for (;;) {
        const char *colon = strchr(title, ':');

        while (colon != NULL && colon[1] != '\0' && !g_ascii_isspace(colon[1]))
            colon = strchr(colon + 1, ':');
        if (colon == NULL || colon - title > PLACE_LENGTH_MAX ||
            colon[1] == '\0')
            return title;
        title = colon + 1 + strspn(colon + 1, " \t");
    }
}

static void read_words(PatchWords *words, const char *at)
{
    while (*at != '\0' && words->count < WORDS_MAX) {
        size_t length = 0;

        while (is_letter(at[length]))
            length++;
        add_word(words, at, length);
        at += MAX(length, 1);
    }
}

/* Blanks say nothing. */
static char *read_place(const char *title, const char *end)
{
    char *place = g_malloc((size_t)(end - title) + 1);
    size_t length = 0;

    for (const char *at = title; at < end; at++) {
        if (!g_ascii_isspace(*at))
            place[length++] = g_ascii_tolower(*at);
    }
    place[length] = '\0';
    return place;
}

/* "io_uring:" and "io_uring/net:" are one place. */
static bool is_within(const char *place, const char *other)
{
    const size_t length = strcspn(place, ":/");

    return length > 0 && length == strcspn(other, ":/") &&
           strncmp(place, other, length) == 0;
}

PatchWords *patch_words_new(const char *title)
{
    const char *rest = behind_places(title);
    PatchWords words;

    words.count = 0;
    read_words(&words, rest);
    words.place = rest == title ? NULL : read_place(title, rest);
    return g_memdup2(&words,
                     offsetof(PatchWords, stems) + words.count * sizeof(Stem));
}

void patch_words_free(PatchWords *words)
{
    if (words == NULL)
        return;
    g_free(words->place);
    g_free(words);
}

char *patch_words_first(const PatchWords *words, unsigned count)
{
    char letters[sizeof(Stem) + 1] = { 0 };
    GString *first;

    if (words->count < count)
        return NULL;
    first = g_string_new(NULL);
    for (unsigned i = 0; i < count; i++) {
        memcpy(letters, &words->stems[i], sizeof(Stem));
        g_string_append_printf(first, "%s ", letters);
    }
    return g_string_free(first, FALSE);
}

static unsigned count_common(const PatchWords *one, const PatchWords *other)
{
    unsigned common = 0;

    for (unsigned i = 0; i < one->count; i++)
        common += has_form_of(other, one->stems[i]);
    return common;
}

PatchLikeness patch_likeness(const PatchWords *one, const PatchWords *other)
{
    PatchLikeness likeness = { .fewer = MIN(one->count, other->count),
                               .more = MAX(one->count, other->count) };

    likeness.common = count_common(one, other);
    if (likeness.common > 0) /* one word may be a form of two */
        likeness.common = MIN(likeness.common, count_common(other, one));
    likeness.has_same_place = one->place != NULL && other->place != NULL &&
                              strcmp(one->place, other->place) == 0;
    likeness.has_other_place = one->place != NULL && other->place != NULL &&
                               !is_within(one->place, other->place);
    return likeness;
}

bool patch_likeness_reaches(const PatchLikeness *likeness, unsigned words,
                            unsigned percent)
{
    return likeness->common >= words &&
           likeness->common * 100 >= likeness->fewer * percent;
}

/* --- the same words of something else ------------------------------------- */

enum {
    NAMES_MAX = 4,         /* words that stand for one name */
    SHORT_WORD_LENGTH = 3, /* of an article or preposition beside a name */
    SAME_WORDS_MIN = 2,    /* that both titles must have around the names */
};

/* Without the comma or period behind it. */
static size_t bare_length(const char *word)
{
    size_t length = strlen(word);

    while (length > 0 && strchr(",.;", word[length - 1]) != NULL)
        length--;
    return length;
}

static bool is_same_word(const char *one, const char *other)
{
    const size_t length = bare_length(one);

    return length == bare_length(other) &&
           g_ascii_strncasecmp(one, other, length) == 0;
}

/* Counts words that both titles begin with, then those that both end in. */
static void align(char **words, char **others, unsigned *first, unsigned *last)
{
    const unsigned count = g_strv_length(words);
    const unsigned other_count = g_strv_length(others);
    const unsigned least = MIN(count, other_count);

    *first = *last = 0;
    while (*first < least && is_same_word(words[*first], others[*first]))
        (*first)++;
    while (
        *first + *last < least &&
        is_same_word(words[count - 1 - *last], others[other_count - 1 - *last]))
        (*last)++;
}

/* "AP7621-001", "2.9", "Luxul", "bcm53xx:"; an identifier is none, since it is
 * often renamed. is_start: the word begins a sentence, as any may. */
static bool is_name(const char *word, bool is_start)
{
    const size_t length = strlen(word);
    bool has_digit = false, has_small = false;

    if (strpbrk(word, "_()") != NULL)
        return false;
    for (size_t i = 0; i < length; i++) {
        has_digit |= g_ascii_isdigit(word[i]);
        has_small |= g_ascii_islower(word[i]);
    }
    return has_digit || (length > 0 && word[length - 1] == ':') ||
           (!is_start && g_ascii_isupper(*word) && has_small);
}

/* Returns true if the words between what both titles share are names. */
static bool are_names(char **words, unsigned first, unsigned last)
{
    const unsigned count = g_strv_length(words) - first - last;
    unsigned names = 0;

    if (count > NAMES_MAX)
        return false;
    for (unsigned i = first; i < first + count; i++) {
        const bool is_start = i == 0 || g_str_has_suffix(words[i - 1], ":");

        if (is_name(words[i], is_start))
            names++;
        else if (strlen(words[i]) > SHORT_WORD_LENGTH)
            return false;
    }
    return names > 0;
}

bool patch_titles_name_others(const char *one, const char *other)
{
    g_auto(GStrv) words = NULL;
    g_auto(GStrv) others = NULL;
    unsigned first, last;

    words = g_strsplit_set(one, " \t", WORDS_MAX);
    others = g_strsplit_set(other, " \t", WORDS_MAX);
    align(words, others, &first, &last);
    if (first + last < SAME_WORDS_MIN || !are_names(words, first, last) ||
        !are_names(others, first, last))
        return false;
    return !is_within(words[first], others[first]);
}

static GStrv small_words_of(const char *title)
{
    g_autofree char *lower = g_utf8_strdown(title, -1);

    return g_strsplit_set(lower, " \t:,;/()[]_-.\"'", -1);
}

static bool has_small_word(char **words, unsigned first, unsigned last)
{
    static const char *const others[] = { "get", "set", "not", "use", NULL };
    const unsigned end = g_strv_length(words) - last;

    for (unsigned i = first; i < end; i++) {
        const size_t length = strlen(words[i]);

        if (length == 1 || length == 2 || g_strv_contains(others, words[i]))
            return true;
    }
    return false;
}

bool patch_titles_differ_in_small_words(const char *one, const char *other)
{
    g_auto(GStrv) words = small_words_of(one);
    g_auto(GStrv) others = small_words_of(other);
    unsigned first, last;

    align(words, others, &first, &last);
    return has_small_word(words, first, last) ||
           has_small_word(others, first, last);
}

static bool has_word_of(char **words, const char *word)
{
    for (unsigned i = 0; words[i] != NULL; i++) {
        if (is_same_word(words[i], word))
            return true;
    }
    return false;
}

static bool has_own_number(char **words, char **others)
{
    for (unsigned i = 0; words[i] != NULL; i++) {
        if (strpbrk(words[i], "0123456789") != NULL &&
            !has_word_of(others, words[i]))
            return true;
    }
    return false;
}

bool patch_titles_number_others(const char *one, const char *other)
{
    g_auto(GStrv) words = NULL;
    g_auto(GStrv) others = NULL;

    words = g_strsplit_set(one, " \t", WORDS_MAX);
    others = g_strsplit_set(other, " \t", WORDS_MAX);
    return has_own_number(words, others) && has_own_number(others, words);
}
