/* SPDX-License-Identifier: MIT */
#include "patch/likeness.h"

#include <string.h>

#include <glib.h>

#include "base/banned.h"

enum {
    WORDS_MAX = 64,  /* of a title; a hostile one may have thousands */
    STEM_LENGTH = 6, /* letters of a word that are compared */
    WORD_LENGTH_MIN = 3,
    PLACE_LENGTH_MAX = 40, /* of one "place: "; "x: y" later is a sentence */
};

typedef struct Words {
    char stems[WORDS_MAX][STEM_LENGTH + 1];
    unsigned count;
} Words;

/* As stems. */
static const char *const said_anywhere[] = {
    "add",    "adds",   "and",   "are",    "does",   "fix",    "fixes",
    "for",    "from",   "get",   "into",   "its",    "make",   "new",
    "not",    "set",    "that",  "the",    "this",   "use",    "uses",
    "suppor", "via",    "was",   "when",   "with",   "implem", "patch",
    "some",   "remove", "allow", "change", "update",
};

static bool is_said_anywhere(const char *stem)
{
    for (size_t i = 0; i < G_N_ELEMENTS(said_anywhere); i++) {
        if (strcmp(said_anywhere[i], stem) == 0)
            return true;
    }
    return false;
}

static bool has_word(const Words *words, const char *stem)
{
    for (unsigned i = 0; i < words->count; i++) {
        if (strcmp(words->stems[i], stem) == 0)
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

static void add_word(Words *words, const char *word, size_t length)
{
    char *stem = words->stems[words->count];

    if (length < WORD_LENGTH_MIN)
        return;
    length = MIN(length, STEM_LENGTH);
    for (size_t i = 0; i < length; i++)
        stem[i] = g_ascii_tolower(word[i]);
    stem[length] = '\0';
    if (!is_said_anywhere(stem) && !has_word(words, stem))
        words->count++;
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

static void read_words(Words *words, const char *title)
{
    const char *at = behind_places(title);

    words->count = 0;
    while (*at != '\0' && words->count < WORDS_MAX) {
        size_t length = 0;

        while (is_letter(at[length]))
            length++;
        add_word(words, at, length);
        at += MAX(length, 1);
    }
}

/* Blanks say nothing. */
static bool is_same_place(const char *one, const char *other)
{
    const char *const end = behind_places(one);
    const char *const other_end = behind_places(other);

    if (end == one || other_end == other)
        return false;
    for (;; one++, other++) {
        while (one < end && g_ascii_isspace(*one))
            one++;
        while (other < other_end && g_ascii_isspace(*other))
            other++;
        if (one == end || other == other_end)
            return one == end && other == other_end;
        if (g_ascii_tolower(*one) != g_ascii_tolower(*other))
            return false;
    }
}

PatchLikeness patch_likeness(const char *one, const char *other)
{
    Words words, others;
    PatchLikeness likeness = { 0 };

    read_words(&words, one);
    read_words(&others, other);
    for (unsigned i = 0; i < words.count; i++)
        likeness.common += has_word(&others, words.stems[i]);
    likeness.fewer = MIN(words.count, others.count);
    likeness.has_same_place = is_same_place(one, other);
    return likeness;
}

bool patch_likeness_reaches(const PatchLikeness *likeness, unsigned words,
                            unsigned percent)
{
    return likeness->common >= words &&
           likeness->common * 100 >= likeness->fewer * percent;
}
