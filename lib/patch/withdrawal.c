/* SPDX-License-Identifier: MIT */
#include "patch/withdrawal.h"

#include "patch/prose.h"

#include <string.h>

enum {
    WORDS_MAX = 32, /* of a sentence; one that is longer tells a story */
    WORD_LENGTH_MAX = 15,
    TEXT_MAX = 3000,    /* who takes something back writes a short mail */
    TREE_WORDS_MAX = 4, /* from "from" to the tree's name */
};

typedef struct Word {
    char text[WORD_LENGTH_MAX + 1]; /* lower case, without its mark */
    bool ends_clause;               /* a comma or dash is behind it */
} Word;

typedef struct Sentence {
    Word words[WORDS_MAX + 1]; /* one empty word behind the last */
    size_t count;
    bool is_too_long, is_told;
} Sentence;

/* --- dropped ---------------------------------------------------------- */

static bool is_done(const Word *word)
{
    return IS_ANY(word, "dropped", "dropping", "reverted", "reverting",
                  "unqueued", "unapplied", "dequeued");
}

static bool is_to_be_done(const Word *word)
{
    return IS_ANY(word, "drop", "revert", "unqueue", "dequeue");
}

static bool is_patch(const Word *word)
{
    return IS_ANY(word, "patch", "patches", "series", "patchset", "set",
                  "commit", "commits");
}

static bool is_pronoun(const Word *word)
{
    return IS_ANY(word, "it", "them", "this", "these", "that", "those", "both",
                  "all", "everything");
}

static bool is_article(const Word *word)
{
    return IS_ANY(word, "the", "your", "whole", "entire", "of", "one", "pull",
                  "request");
}

/* Who speaks, and how; what else stands before the verb makes it a story. */
static bool is_lead(const Word *word)
{
    return IS_ANY(word, "i", "we", "i've", "we've", "i'm", "we're", "have",
                  "has", "had", "been", "am", "now", "just", "already", "so",
                  "and", "but", "ok", "okay", "sorry", "hence", "therefore",
                  "also", "then", "thus", "unfortunately", "well", "oops",
                  "anyway", "actually", "yes", "hmm", "thanks", "done") ||
           is_patch(word) || is_pronoun(word) || is_article(word);
}

static bool is_intent(const Word *word)
{
    return IS_ANY(word, "i'll", "we'll", "will", "going", "to", "must");
}

static bool is_tree(const Word *word)
{
    static const char *const parts[] = { "next", "queue",  "tree",  "branch",
                                         "for-", "master", "fixes", "stable" };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (strstr(word->text, parts[i]) != NULL)
            return true;
    return false;
}

static bool is_from_tree(const Sentence *sentence, size_t i)
{
    const size_t end = MIN(i + 1 + TREE_WORDS_MAX, sentence->count);

    if (!IS_ANY(&sentence->words[i], "from"))
        return false;
    while (++i < end)
        if (is_tree(&sentence->words[i]))
            return true;
    return false;
}

static bool is_for_now(const Sentence *sentence, size_t i)
{
    return (IS_ANY(&sentence->words[i], "for") &&
            IS_ANY(&sentence->words[i + 1], "now", "the")) ||
           IS_ANY(&sentence->words[i], "again", "until", "meanwhile");
}

static bool is_end(const Sentence *sentence, size_t i)
{
    return i >= sentence->count ||
           (i > 0 && sentence->words[i - 1].ends_clause);
}

/* "If it fails, ...", "In v2, ...": what stands before the clause matters. */
static bool is_condition(const Word *word)
{
    return IS_ANY(word, "if", "when", "unless", "once", "whether", "would",
                  "should", "could", "version", "why", "in", "not") ||
           (word->text[0] == 'v' && g_ascii_isdigit(word->text[1]));
}

static size_t clause_start(const Sentence *sentence, size_t verb)
{
    while (verb > 0 && !sentence->words[verb - 1].ends_clause)
        verb--;
    return verb;
}

static bool is_led_well(const Sentence *sentence, size_t verb,
                        bool *is_intended)
{
    const size_t start = clause_start(sentence, verb);

    *is_intended = false;
    for (size_t i = 0; i < start; i++) {
        if (is_condition(&sentence->words[i]))
            return false;
    }
    for (size_t i = start; i < verb; i++) {
        *is_intended |= is_intent(&sentence->words[i]);
        if (!is_lead(&sentence->words[i]) && !is_intent(&sentence->words[i]))
            return false;
    }
    return true;
}

/* "... this patch for now", "... from my tree", "..." at its end; "... it in
 * v2" and "... this comment" are not. What is only intended must name a patch
 * or a tree. */
static bool is_followed_well(const Sentence *sentence, size_t i,
                             bool is_intended)
{
    bool has_patch = false;

    while (i < sentence->count &&
           (is_patch(&sentence->words[i]) || is_pronoun(&sentence->words[i]) ||
            is_article(&sentence->words[i]))) {
        has_patch |= is_patch(&sentence->words[i]);
        i++;
        if (sentence->words[i - 1].ends_clause)
            break;
    }
    if (is_from_tree(sentence, i) || is_for_now(sentence, i))
        return true;
    return (has_patch || !is_intended) && is_end(sentence, i);
}

static bool is_dropped(const Sentence *sentence)
{
    for (size_t i = 0; i < sentence->count; i++) {
        const Word *word = &sentence->words[i];
        bool is_intended;

        if (!is_done(word) && !is_to_be_done(word))
            continue;
        if (is_led_well(sentence, i, &is_intended) &&
            (is_done(word) || is_intended) &&
            is_followed_well(sentence, i + 1, is_intended))
            return true;
    }
    return false;
}

/* --- never applied ----------------------------------------------------- */

/* "The thanks script got confused"; "please ignore this mail"; "it was not
 * actually applied". */
static bool is_mistake(const Sentence *sentence)
{
    for (size_t i = 1; i + 1 < sentence->count; i++) {
        const Word *word = &sentence->words[i];

        if (IS_ANY(word, "got", "was", "is") && IS_ANY(word + 1, "confused") &&
            IS_ANY(word - 1, "script", "scripts", "bot", "b4", "tool", "robot",
                   "automation", "tooling"))
            return true;
        if (IS_ANY(word, "this", "that", "the", "my") &&
            IS_ANY(word - 1, "ignore", "disregard") &&
            IS_ANY(word + 1, "mail", "email", "message", "notification",
                   "notice"))
            return true;
        if (IS_ANY(word, "actually") && IS_ANY(word - 1, "not", "wasn't") &&
            IS_ANY(word + 1, "applied", "queued", "merged"))
            return true;
    }
    return false;
}

/* --- reading ------------------------------------------------------------ */

static void end_sentence(Sentence *sentence, bool is_question)
{
    sentence->words[sentence->count] = (Word){ "", false };
    if (!is_question && !sentence->is_too_long && sentence->count > 0)
        sentence->is_told |= is_dropped(sentence) || is_mistake(sentence);
    sentence->count = 0;
    sentence->is_too_long = false;
}

static void add_word(Sentence *sentence, PatchLine token)
{
    Word word = { "", false };
    char mark = '\0';

    while (token.length > 0 && strchr("\"'(*_", *token.at) != NULL)
        token = patch_line_from(&token, 1);
    while (token.length > 0 &&
           strchr(",.!?;:)\"*_", token.at[token.length - 1]) != NULL)
        mark = token.at[--token.length];
    for (size_t i = 0; i < MIN(token.length, WORD_LENGTH_MAX); i++)
        word.text[i] = g_ascii_tolower(token.at[i]);
    word.ends_clause = mark == ',' || mark == ')';
    if (patch_line_is(&token, "-") && sentence->count > 0)
        sentence->words[sentence->count - 1].ends_clause = true;
    else if (sentence->count == WORDS_MAX)
        sentence->is_too_long = true;
    else if (token.length > 0)
        sentence->words[sentence->count++] = word;
    if (mark != '\0' && strchr(".!?;:", mark) != NULL)
        end_sentence(sentence, mark == '?');
}

static void read_line(Sentence *sentence, const PatchLine *line)
{
    PatchLine rest = patch_line_trim(line);
    PatchLine word;

    while (patch_prose_take_word(&rest, &word))
        add_word(sentence, word);
}

/* The start of every word that may tell it, before anything is read. */
static bool may_tell(const PatchLine *line)
{
    static const char *const starts[] = { "drop", "reve", "unqu",
                                          "unap", "dequ", "conf",
                                          "igno", "disr", "actu" };
    static const bool is_first[256] = {
        ['d'] = true, ['D'] = true, ['r'] = true, ['R'] = true,
        ['u'] = true, ['U'] = true, ['c'] = true, ['C'] = true,
        ['i'] = true, ['I'] = true, ['a'] = true, ['A'] = true
    };

    for (size_t i = 0; i + 4 < line->length; i++) {
        if ((i > 0 && line->at[i - 1] != ' ') ||
            !is_first[(unsigned char)line->at[i]])
            continue;
        for (size_t j = 0; j < G_N_ELEMENTS(starts); j++)
            if (g_ascii_strncasecmp(line->at + i, starts[j], 4) == 0)
                return true;
    }
    return false;
}

static bool is_gap(PatchText text, const PatchLine *line)
{
    return line->offset >= text.length || patch_line_is_blank(line) ||
           patch_line_is_quoted(line);
}

static bool paragraph_tells(PatchText text, PatchLine line, size_t end)
{
    Sentence sentence;

    sentence.count = 0;
    sentence.is_told = sentence.is_too_long = false;
    for (; line.offset < end; line = patch_line_after(text, &line))
        read_line(&sentence, &line);
    end_sentence(&sentence, false);
    return sentence.is_told;
}

bool patch_withdrawal_is_told(PatchText text)
{
    static const PatchProse prose = { is_gap, may_tell, paragraph_tells };

    return text.length <= TEXT_MAX && patch_prose_tells(&prose, text);
}
