/* SPDX-License-Identifier: MIT */
#include "patch/extent.h"

#include "patch/prose.h"

#include <string.h>

#include "base/banned.h"

enum {
    WORD_LENGTH_MAX = 23,
    OF_REACH = 3, /* words behind "of" that are its own */
};

static uint64_t bits_of(unsigned first, unsigned last)
{
    uint64_t bits = 0;

    for (unsigned part = MAX(first, 1);
         part <= MIN(last, PATCH_EXTENT_PARTS_MAX); part++)
        bits |= UINT64_C(1) << (part - 1);
    return bits;
}

bool patch_extent_has(uint64_t extent, unsigned part)
{
    if (extent == PATCH_EXTENT_ALL)
        return true;
    if (extent == PATCH_EXTENT_OTHERS || extent == PATCH_EXTENT_THIS)
        return false;
    return (extent & bits_of(part, part)) != 0;
}

/* --- tables ----------------------------------------------------------- */

static bool is_row(PatchLine line, unsigned *number, unsigned *total)
{
    return patch_line_take(&line, "[") &&
           patch_line_take_number(&line, number) &&
           patch_line_take(&line, "/") &&
           patch_line_take_number(&line, total) && patch_line_take(&line, "] ");
}

typedef struct Table {
    uint64_t parts;
    unsigned rows, total;
} Table;

static void take_row(Table *table, unsigned number, unsigned total)
{
    table->parts |= bits_of(number, number);
    table->total = MAX(table->total, total);
    table->rows++;
}

static uint64_t extent_of_rows(const Table *table)
{
    if (table->total <= 1)
        return PATCH_EXTENT_ANSWERED;
    if (table->total > PATCH_EXTENT_PARTS_MAX)
        return table->rows >= table->total ? PATCH_EXTENT_ALL
                                           : table->parts | PATCH_EXTENT_UNTOLD;
    return table->parts == bits_of(1, table->total) ? PATCH_EXTENT_ALL
                                                    : table->parts;
}

uint64_t patch_extent_of_table(PatchText text)
{
    PatchLine line = patch_line_at(text, 0);
    Table table = { 0 };

    for (; line.offset < text.length; line = patch_line_after(text, &line)) {
        unsigned number, total;

        if (is_row(line, &number, &total))
            take_row(&table, number, total);
    }
    return extent_of_rows(&table);
}

/* "  - [net,v2,1/2] title": the number that ends the group. */
static bool is_summary_row(PatchLine line, unsigned *number, unsigned *total)
{
    size_t start;

    line = patch_line_trim(&line);
    if (!patch_line_take(&line, "- ["))
        return false;
    line.length = patch_line_find(&line, ']');
    start = MIN(patch_line_find_last(&line, ',') + 1, line.length);
    if (patch_line_find(&line, ',') < line.length)
        line = patch_line_from(&line, start);
    return patch_line_take_number(&line, number) &&
           patch_line_take(&line, "/") &&
           patch_line_take_number(&line, total) && line.length == 0;
}

/* The row's link, or "(no matching commit)". */
static bool is_link(const PatchLine *line)
{
    PatchLine trimmed = patch_line_trim(line);

    return patch_line_starts(&trimmed, "https://") ||
           patch_line_starts(&trimmed, "http://");
}

uint64_t patch_extent_of_summary(PatchText text)
{
    PatchLine line = patch_line_at(text, 0);
    Table table = { 0 };

    for (; line.offset < text.length; line = patch_line_after(text, &line)) {
        const PatchLine next = patch_line_after(text, &line);
        unsigned number, total;

        if (!is_summary_row(line, &number, &total))
            continue;
        if (is_link(&next))
            take_row(&table, number, total);
        table.total = MAX(table.total, total);
    }
    return table.parts == 0 ? PATCH_EXTENT_ANSWERED : extent_of_rows(&table);
}

/* --- words ------------------------------------------------------------ */

typedef struct Told {
    uint64_t parts, excluded;
    bool has_all, has_rest;
    bool has_others; /* the verb's object is the rest */
    bool has_this;   /* ... or what is answered, too */
    bool has_that;   /* ... or "that one", which is one of them */
    bool has_one;    /* ... as "this one", not "this series" */
} Told;

typedef struct Reader {
    Told told;     /* by the sentences so far */
    Told sentence; /* by this one, if it has a verb */
    bool has_verb;
    bool expects_number; /* behind "patches", a verb, another number */
    bool excludes;       /* behind "minus" */
    unsigned last;       /* the number before, 0: none */
    bool is_range;       /* "1 to": the next one ends it */
    unsigned first;      /* "the first": so many patches, 0: no such word */
    unsigned since_of;   /* words behind "of" */
    uint64_t count;      /* told by a bare number behind a verb, just now */
    bool is_object;      /* nothing but articles since the verb */
    bool is_that;        /* behind a verb and "that" */
    bool is_one;         /* the word before was the "one" of "this one" */
    char before[WORD_LENGTH_MAX + 1];
} Reader;

static bool is_verb(const char *word)
{
    return IS_ANY_TEXT(word, "applied", "applying", "queued", "queueing",
                       "queuing", "pushed", "merged", "pulled", "picked",
                       "taken", "taking", "committed", "put", "added",
                       "installed", "grabbed");
}

static bool names_set(const Reader *reader, const char *word)
{
    if (reader->since_of < OF_REACH)
        return false;
    if (IS_ANY_TEXT(word, "series", "patchset", "patchseries", "everything",
                    "both"))
        return true;
    if (strcmp(word, "set") == 0)
        return IS_ANY_TEXT(reader->before, "this", "the", "whole", "entire",
                           "patch", "your", "full");
    return strcmp(word, "all") == 0 && is_verb(reader->before);
}

static unsigned number_of_word(const char *word)
{
    static const char *const words[] = { "one", "two", "three", "four",
                                         "five" };

    for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(word, words[i]) == 0)
            return i + 1;
    return 0;
}

static void tell(Reader *reader, unsigned first, unsigned last)
{
    uint64_t *bits =
        reader->excludes ? &reader->sentence.excluded : &reader->sentence.parts;

    *bits |= bits_of(first, last);
}

/* "Applied 4": a number of patches, if "patches" comes next. */
static uint64_t bits_of_count(const Reader *reader, const char *word)
{
    if (word[strspn(word, "0123456789")] != '\0' || !is_verb(reader->before))
        return 0;
    const unsigned number = (unsigned)g_ascii_strtoull(word, NULL, 10);

    return bits_of(number, number) & ~reader->sentence.parts;
}

/* "4", "#4", "2/7", "1-9", "1-3,5"; not "5.4", "v2", "3rd". */
static bool read_numbers(Reader *reader, const char *word)
{
    const uint64_t count = bits_of_count(reader, word);

    word += *word == '#';
    if (!g_ascii_isdigit(*word) ||
        word[strspn(word, "0123456789-,/")] != '\0' || strlen(word) > 12)
        return false;
    if (reader->first > 0)
        reader->first = (unsigned)g_ascii_strtoull(word, NULL, 10);
    if (!reader->expects_number)
        return true;
    reader->count = count;
    while (g_ascii_isdigit(*word)) {
        char *end;
        const unsigned first = (unsigned)g_ascii_strtoull(word, &end, 10);
        unsigned last = first;

        if (*end == '-' && g_ascii_isdigit(end[1]))
            last = (unsigned)g_ascii_strtoull(end + 1, &end, 10);
        tell(reader, reader->is_range ? reader->last : first, last);
        reader->last = last;
        reader->is_range = false;
        if (*end != ',')
            break;
        word = end + 1;
    }
    return true;
}

/* What stands between a verb or "patches" and its numbers. */
static bool keeps_expecting(const char *word)
{
    return IS_ANY_TEXT(word, "and", "&", "to", "through", "patch", "patches",
                       "number", "numbers", "only", "just", "commits") ||
           *word == '\0';
}

/* "Applied 4 patches" does not speak of the fourth, and "4 of them" does not
 * say of which. */
static void take_back_count(Reader *reader, const char *word)
{
    const bool is_part = strcmp(word, "of") == 0;

    if (is_part || IS_ANY_TEXT(word, "patches", "commits")) {
        reader->sentence.parts &= ~reader->count;
        reader->told.has_rest |= is_part && reader->count != 0;
    }
    reader->count = 0;
}

/* "Applied the rest", "applied this and the rest". */
static void read_object(Reader *reader, const char *word)
{
    Told *told = &reader->told;

    if (is_verb(word)) {
        reader->is_object = true;
        return;
    }
    if (reader->is_one && IS_ANY_TEXT(word, "and", "&", "plus"))
        told->has_one = false; /* nobody knows how it goes on */
    reader->is_one = false;
    if (!reader->is_object)
        return;
    told->has_others = told->has_others || IS_ANY_TEXT(word, "rest", "others");
    told->has_this = told->has_this || IS_ANY_TEXT(word, "this", "it", "that");
    reader->is_one = IS_ANY_TEXT(word, "one", "patch", "commit") &&
                     strcmp(reader->before, "this") == 0;
    told->has_one = told->has_one || reader->is_one;
    reader->is_object =
        IS_ANY_TEXT(word, "the", "all", "of", "up", "out", "this");
}

/* "Did get that one now and applied it": one that was spoken of before. */
static void read_that(Reader *reader, const char *word)
{
    if (reader->is_that && IS_ANY_TEXT(word, "one", "patch", "fix", "commit"))
        reader->sentence.has_that = true;
    reader->is_that = strcmp(word, "that") == 0 &&
                      (is_verb(reader->before) ||
                       IS_ANY_TEXT(reader->before, "up", "get", "got", "took"));
}

static void read_word(Reader *reader, const char *word)
{
    const unsigned count = number_of_word(word);

    if (read_numbers(reader, word))
        return;
    take_back_count(reader, word);
    read_object(reader, word);
    read_that(reader, word);
    reader->has_verb = reader->has_verb || is_verb(word);
    reader->is_range = reader->last != 0 &&
                       IS_ANY_TEXT(word, "to", "through", "till", "until");
    reader->expects_number = is_verb(word) ||
                             IS_ANY_TEXT(word, "patch", "patches") ||
                             (reader->expects_number && keeps_expecting(word));
    if (!reader->expects_number)
        reader->last = 0;
    if (IS_ANY_TEXT(word, "minus", "except", "excluding")) {
        reader->excludes = true;
        reader->expects_number = true;
    }
    if (reader->first > 0 && IS_ANY_TEXT(word, "patch", "patches"))
        tell(reader, 1, reader->first);
    if (reader->first > 0 && count > 0)
        reader->first = count;
    else
        reader->first = strcmp(word, "first") == 0;
    reader->sentence.has_all =
        reader->sentence.has_all || names_set(reader, word);
    reader->told.has_rest = reader->told.has_rest ||
                            IS_ANY_TEXT(word, "rest", "remaining", "remainder");
    reader->since_of =
        strcmp(word, "of") == 0 ? 0 : MIN(reader->since_of + 1, OF_REACH);
}

static void end_sentence(Reader *reader)
{
    Told *told = &reader->told;
    const Told *sentence = &reader->sentence;

    if (reader->has_verb) {
        told->parts |= sentence->parts;
        told->excluded |= sentence->excluded;
        told->has_all = told->has_all || sentence->has_all;
        told->has_that = told->has_that || sentence->has_that;
    }
    *reader = (Reader){ .told = *told, .since_of = OF_REACH };
}

static void read_token(Reader *reader, const char *token, size_t length)
{
    char word[WORD_LENGTH_MAX + 1];
    bool is_end = false;
    const bool is_whole = length > 0 && strchr(",:", token[length - 1]) != NULL;

    while (length > 0 && strchr("\"'(*_", *token) != NULL) {
        token++;
        length--;
    }
    while (length > 0 && strchr(",.!?;:)\"'*_", token[length - 1]) != NULL)
        is_end |= strchr(".!?;", token[--length]) != NULL;
    length = MIN(length, WORD_LENGTH_MAX);
    for (size_t i = 0; i < length; i++)
        word[i] = g_ascii_tolower(token[i]);
    word[length] = '\0';
    read_word(reader, word);
    memcpy(reader->before, word, length + 1);
    reader->is_object = reader->is_object && !is_whole;
    if (is_end)
        end_sentence(reader);
}

static void read_line(Reader *reader, PatchLine line)
{
    PatchLine word;

    line = patch_line_trim(&line);
    while (patch_prose_take_word(&line, &word))
        read_token(reader, word.at, word.length);
}

static uint64_t extent_of(const Told *told)
{
    if (told->excluded != 0)
        return ~told->excluded & ~PATCH_EXTENT_UNTOLD;
    if (told->has_all)
        return PATCH_EXTENT_ALL;
    if (told->parts != 0)
        return told->parts;
    if (told->has_others && !told->has_this)
        return PATCH_EXTENT_OTHERS;
    if (told->has_rest || told->has_that)
        return PATCH_EXTENT_UNTOLD;
    return told->has_one ? PATCH_EXTENT_THIS : PATCH_EXTENT_ANSWERED;
}

uint64_t patch_extent_of_numbers(PatchText text)
{
    Reader reader = { .since_of = OF_REACH,
                      .has_verb = true,
                      .expects_number = true };

    read_line(&reader, patch_line_at(text, 0));
    end_sentence(&reader);
    return reader.told.parts;
}

uint64_t patch_extent_of_words(PatchText text)
{
    PatchLine line = patch_line_at(text, 0);
    Reader reader = { .since_of = OF_REACH };

    for (; line.offset < text.length; line = patch_line_after(text, &line)) {
        if (patch_line_is_blank(&line) || patch_line_is_quoted(&line))
            end_sentence(&reader);
        else
            read_line(&reader, line);
    }
    end_sentence(&reader);
    return extent_of(&reader.told);
}
