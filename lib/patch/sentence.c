/* SPDX-License-Identifier: MIT */
#include "patch/sentence.h"

#include "patch/prose.h"
#include "patch/trailer.h"

#include <string.h>

enum {
    WORDS_MAX = 48, /* of a sentence; what comes later is not looked at */
    WORD_LENGTH_MAX = 23,
    GREETING_LENGTH_MAX = 40,
};

typedef struct Word {
    char text[WORD_LENGTH_MAX + 1]; /* lower case, without its mark */
    char mark;                      /* the mark behind it, ',' '.' '?', or 0 */
} Word;

typedef struct Sentence {
    Word words[WORDS_MAX + 1]; /* one empty word behind the last */
    size_t count;
    bool has_verb; /* one that may say it, so that it is worth a look */
    bool says_applied;
} Sentence;

/* ----------------------------------------------------------- parts of it */

/* "1-3", "2/7", "#4", "v2": which patches of a set. */
static bool is_number(const Word *word)
{
    const char *at = word->text;

    at += strspn(at, "#v");
    return g_ascii_isdigit(*at) && strspn(at, "0123456789-/.,") == strlen(at);
}

static bool is_noun(const Word *word)
{
    return IS_ANY(word, "patch", "patches", "series", "patchset", "patchsets",
                  "patchseries", "set", "request", "pr", "both", "all",
                  "commit", "commits", "rest", "everything", "one", "two",
                  "three", "four", "five", "lot");
}

static bool is_determiner(const Word *word)
{
    return IS_ANY(word, "the", "this", "these", "that", "those", "your",
                  "whole", "entire", "full", "complete", "of", "pull", "git",
                  "first", "last", "other", "remaining", "and", "fixed", "kvm",
                  "same");
}

static bool is_pronoun(const Word *word)
{
    return IS_ANY(word, "it", "them", "this", "these", "that", "those");
}

static bool is_adverb(const Word *word)
{
    return IS_ANY(word, "now", "just", "already", "also", "tentatively",
                  "finally", "provisionally", "manually", "therefore", "all",
                  "both", "gone", "ahead", "then", "instead", "since");
}

/* Words before the news: "Thanks, ...", "Ok great. ...". */
static bool is_opening(const Word *word)
{
    return IS_ANY(word, "thanks", "thank", "you", "thx", "ok", "okay", "great",
                  "good", "nice", "perfect", "cool", "alright", "sure", "lgtm",
                  "looks", "fwiw", "so", "now", "yes", "right", "sorry", "done",
                  "a", "lot", "very", "much", "many", "again", "hi", "hello",
                  "fine", "excellent", "awesome", "and", "fyi", "yep", "yeah",
                  "rebased", "reviewed", "tested", "squashed", "tweaked",
                  "fixed", "amended", "edited", "up");
}

typedef enum Verb {
    VERB_NONE,
    VERB_APPLIED,
    VERB_QUEUED,
    VERB_ADDED, /* to a tree, or else to a text */
    VERB_PUT,   /* into a tree: only by whoever tells of it */
    VERB_SLIP,  /* "applies": of a tester's tree, or a slip of the pen */
    VERB_OTHER,
} Verb;

static Verb verb_of(const Word *word)
{
    if (word->text[0] == '\0' || strchr("aqpmtcig", word->text[0]) == NULL)
        return VERB_NONE;
    if (IS_ANY(word, "applied", "applying"))
        return VERB_APPLIED;
    if (IS_ANY(word, "queued", "queueing", "queuing", "qeued"))
        return VERB_QUEUED;
    if (IS_ANY(word, "added", "adding"))
        return VERB_ADDED;
    if (IS_ANY(word, "put", "taking"))
        return VERB_PUT;
    if (IS_ANY(word, "applies"))
        return VERB_SLIP;
    if (IS_ANY(word, "pushed", "pulled", "merged", "picked", "taken",
               "committed", "installed", "pulling", "grabbed"))
        return VERB_OTHER;
    return VERB_NONE;
}

static bool is_direction(const Word *word)
{
    return IS_ANY(word, "to", "into", "in", "for", "on", "onto", "via",
                  "through", "with", "as", "up", "out", "against", "by", "at",
                  "under", "here", "after", "minus", "except", "but", "plus",
                  "together", "towards", "over", "locally");
}

static bool ends_clause(const Word *word)
{
    return word->mark != '\0';
}

/* ---------------------------------------------------------------- refusals */

static bool is_next_version(const Word *word)
{
    return word->text[0] == 'v' && g_ascii_isdigit(word->text[1]) &&
           strchr(word->text, '.') == NULL;
}

/* Who tests a patch applies it as well, and so does its author with advice
 * for the next version. */
static bool tells_of_no_tree(const Word *word)
{
    const Word *next = word + 1;

    if (IS_ANY(word, "and", "then"))
        return IS_ANY(next, "tested", "retested", "tried", "booted", "ran",
                      "still", "it", "built", "compiled", "test", "i");
    if (IS_ANY(word, "to", "in", "for", "into"))
        return is_next_version(next);
    if (IS_ANY(word, "next"))
        return IS_ANY(next, "version", "revision", "spin", "patchset",
                      "iteration", "posting", "series", "round", "respin",
                      "time");
    if (IS_ANY(word, "on"))
        return IS_ANY(next, "top");
    if (IS_ANY(word, "as"))
        return IS_ANY(next, "suggested");
    return IS_ANY(word, "fail", "fails", "failed", "failing", "cleanly",
                  "doesn't", "didn't", "crash", "crashes", "crashed", "error",
                  "errors", "hoping", "waiting");
}

/* "Applied locally" is a test; "already pulled it locally" will be pushed. */
static bool is_of_no_tree(const Sentence *sentence, size_t from)
{
    bool is_pulled = false;

    for (size_t i = from; i < sentence->count; i++) {
        const Word *word = &sentence->words[i];

        is_pulled |= IS_ANY(word, "already") && IS_ANY(word + 1, "pulled");
        if (tells_of_no_tree(word) || (IS_ANY(word, "locally") && !is_pulled))
            return true;
    }
    return false;
}

static bool is_question(const Sentence *sentence)
{
    return sentence->count > 0 &&
           sentence->words[sentence->count - 1].mark == '?';
}

/* ---------------------------------------------------------------- matching */

static size_t skip_while(const Sentence *sentence, size_t i,
                         bool (*is)(const Word *word))
{
    while (i < sentence->count && is(&sentence->words[i]))
        i++;
    return i;
}

static bool is_object_word(const Word *word)
{
    return is_noun(word) || is_determiner(word) || is_pronoun(word) ||
           is_number(word);
}

/* "this patch", "both", "1-3 and 5": up to a mark. */
static size_t skip_object(const Sentence *sentence, size_t i)
{
    while (i < sentence->count && is_object_word(&sentence->words[i])) {
        i++;
        if (ends_clause(&sentence->words[i - 1]))
            break;
    }
    return i;
}

static bool is_end(const Sentence *sentence, size_t i)
{
    return i >= sentence->count ||
           (i > 0 && ends_clause(&sentence->words[i - 1]));
}

/* Behind the verb stands its end, where to, or which patches. */
static bool is_followed_well(const Sentence *sentence, size_t i)
{
    const Word *word = &sentence->words[i];

    if (is_end(sentence, i) || is_direction(word) ||
        IS_ANY(word, "thanks", "thank", "thx", "now", "all", "both"))
        return true;
    i = skip_object(sentence, i);
    word = &sentence->words[i];
    return is_end(sentence, i) || is_direction(word) ||
           IS_ANY(word, "thanks", "thank", "thx", "now");
}

/* "next", "drm-misc", "5.10/scsi-queue": where patches are kept. */
static bool is_tree(const Word *word)
{
    static const char *const parts[] = { "next",  "queue",  "tree",  "branch",
                                         "misc",  "master", "main",  "for-",
                                         "fixes", "devel",  "linus", "stable",
                                         "trunk", "/",      ".git" };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (strstr(word->text, parts[i]) != NULL)
            return true;
    return false;
}

/* Behind a direction: "misc-next", "my tree"; not "the changelog". */
static bool names_tree(const Sentence *sentence, size_t i)
{
    for (size_t end = MIN(i + 4, sentence->count); ++i < end;) {
        if (is_tree(&sentence->words[i]))
            return true;
        if (ends_clause(&sentence->words[i]))
            break;
    }
    return false;
}

/* "Added to misc-next", "put into my branch". */
static bool goes_to_tree(const Sentence *sentence, size_t i, Verb verb)
{
    const Word *word = &sentence->words[i];

    return (IS_ANY(word, "to", "into") ||
            (verb == VERB_PUT && IS_ANY(word, "in", "on", "onto"))) &&
           names_tree(sentence, i);
}

/* "Pushed to", "Merged, thanks"; "Pushed a new version" is other news, and
 * so is "Taken together ...". */
static bool is_verb_news(const Sentence *sentence, size_t i)
{
    const Word *next = &sentence->words[i + 1];
    Verb verb = verb_of(&sentence->words[i]);

    if (verb == VERB_ADDED)
        return goes_to_tree(sentence, skip_object(sentence, i + 1), verb);
    if (verb == VERB_NONE || verb == VERB_PUT || verb == VERB_SLIP ||
        !is_followed_well(sentence, i + 1))
        return false;
    if (verb != VERB_OTHER || is_end(sentence, i + 1))
        return true;
    return !IS_ANY(next, "but", "by", "at", "under", "together", "against",
                   "over", "with", "after", "on") ||
           strcmp(sentence->words[i].text, "taken") != 0;
}

/* "Both patches applied", "Series queued", "Patch 1 applied to next". "This
 * patch applied to 5.4 gives ..." tells of a test. */
static bool is_object_news(const Sentence *sentence, size_t i)
{
    const Word *first = &sentence->words[i];
    bool has_noun = false;
    size_t verb = i;

    while (verb < sentence->count && is_object_word(&sentence->words[verb]) &&
           !ends_clause(&sentence->words[verb]))
        has_noun |= is_noun(&sentence->words[verb++]);
    verb = skip_while(sentence, verb, is_adverb);
    if (verb == i || !has_noun ||
        IS_ANY(first, "this", "the", "your", "that", "these", "those", "and",
               "of"))
        return false;
    return is_verb_news(sentence, verb);
}

/* "This series has been applied to", "The patch is now queued for". */
static bool is_passive_news(const Sentence *sentence, size_t i)
{
    size_t verb = skip_object(sentence, i);
    const Word *word = &sentence->words[verb];

    if (verb == i || verb >= sentence->count)
        return false;
    if (IS_ANY(word, "has", "have") &&
        IS_ANY(word + 1, "been", "now", "already", "just"))
        verb++;
    else if (!IS_ANY(word, "is", "are") || !IS_ANY(word + 1, "now"))
        return false;
    verb = skip_while(sentence, verb + 1, is_adverb);
    if (verb < sentence->count && IS_ANY(&sentence->words[verb], "been"))
        verb++;
    word = &sentence->words[verb];
    return verb < sentence->count && verb_of(word) != VERB_NONE &&
           verb_of(word) != VERB_PUT &&
           (is_end(sentence, verb + 1) ||
            IS_ANY(word + 1, "to", "into", "for", "via", "through"));
}

/* "I have this queued", "I've got it applied". */
static bool is_possession(const Sentence *sentence, size_t i)
{
    if (i < sentence->count && IS_ANY(&sentence->words[i], "got"))
        i++;
    if (i >= sentence->count || !is_object_word(&sentence->words[i]))
        return false;
    i = skip_object(sentence, i);
    i = skip_while(sentence, i, is_adverb);
    return i < sentence->count &&
           IS_ANY(&sentence->words[i], "queued", "applied") &&
           sentence->words[i].mark != ':' && /* what that is comes behind it */
           is_followed_well(sentence, i + 1);
}

/* "I'm taking", "we're queuing": done as it is said. */
static bool is_taking(const Word *word)
{
    return IS_ANY(word, "i'm", "we're") &&
           IS_ANY(word + 1, "taking", "queuing", "queueing");
}

/* Behind "I", "I've" or "I have"; i if somebody else is at work. */
static size_t skip_first_person(const Sentence *sentence, size_t i,
                                bool *has_have)
{
    *has_have = IS_ANY(&sentence->words[i], "i've", "we've", "ive") ||
                (i == 0 && IS_ANY(&sentence->words[i], "have"));
    if (*has_have)
        return i + 1;
    if (is_taking(&sentence->words[i]))
        return i + 1;
    if (!IS_ANY(&sentence->words[i], "i", "we"))
        return i;
    *has_have = IS_ANY(&sentence->words[i + 1], "have");
    return *has_have ? i + 2 : i + 1;
}

/* "I've applied this to ...", "I queued this patch". */
static bool is_first_person_news(const Sentence *sentence, size_t i)
{
    bool has_have;
    size_t verb = skip_first_person(sentence, i, &has_have);
    size_t after;

    if (verb == i)
        return false;
    if (has_have && is_possession(sentence, verb))
        return true;
    verb = skip_while(sentence, verb, is_adverb);
    if (verb >= sentence->count || verb_of(&sentence->words[verb]) == VERB_NONE)
        return false;
    after = skip_object(sentence, verb + 1);
    if (verb_of(&sentence->words[verb]) == VERB_ADDED ||
        verb_of(&sentence->words[verb]) == VERB_PUT)
        return goes_to_tree(sentence, after, verb_of(&sentence->words[verb]));
    if (after == verb + 1 && !is_direction(&sentence->words[after]))
        return has_have && is_end(sentence, after);
    if (!has_have && verb_of(&sentence->words[verb]) == VERB_APPLIED)
        return IS_ANY(&sentence->words[after], "to", "into", "for");
    return is_end(sentence, after) || is_direction(&sentence->words[after]);
}

/* "I have put this series in my next branch", whatever is said behind it. */
static bool is_put_news(const Sentence *sentence, size_t i)
{
    bool has_have;
    size_t verb = skip_first_person(sentence, i, &has_have);

    if (verb == i)
        return false;
    verb = skip_while(sentence, verb, is_adverb);
    return verb < sentence->count &&
           verb_of(&sentence->words[verb]) == VERB_PUT &&
           goes_to_tree(sentence, skip_object(sentence, verb + 1), VERB_PUT);
}

static bool is_news(const Sentence *sentence, size_t i)
{
    if (is_put_news(sentence, i))
        return true;

    bool is_told = is_verb_news(sentence, i) || is_object_news(sentence, i) ||
                   is_passive_news(sentence, i) ||
                   is_first_person_news(sentence, i);

    return is_told && !is_of_no_tree(sentence, i);
}

/* "..., so I've applied this to next": news wherever it stands, but not
 * behind a condition. "But" owes nothing to what stands before it. */
static bool is_had_news(const Sentence *sentence, size_t i)
{
    const Word *word = &sentence->words[i];
    const bool is_but = i > 0 && IS_ANY(word - 1, "but");

    if (!IS_ANY(word, "i've", "we've", "ive") && !is_taking(word) &&
        !(IS_ANY(word, "i", "we") && IS_ANY(word + 1, "have")))
        return false;
    for (size_t before = is_but ? i : 0; before < i; before++)
        if (IS_ANY(&sentence->words[before], "if", "when", "once", "after",
                   "because", "until", "not", "sure", "before", "unless",
                   "since", "whether", "patches", "what", "which"))
            return false;
    return is_first_person_news(sentence, i) && !is_of_no_tree(sentence, i);
}

/* "Thanks, applies to vfio next branch": said to whoever sent it. */
static bool is_slip(const Sentence *sentence, size_t i)
{
    return IS_ANY(&sentence->words[0], "thanks", "thank") &&
           verb_of(&sentence->words[i]) == VERB_SLIP &&
           goes_to_tree(sentence, i + 1, VERB_ADDED) &&
           !is_of_no_tree(sentence, i);
}

/* Behind a polite opening's comma: "Thanks for the fix, applied to next". */
static bool is_polite_news(const Sentence *sentence)
{
    if (sentence->count == 0 || !is_opening(&sentence->words[0]))
        return false;
    for (size_t i = 0; i + 1 < sentence->count; i++)
        if ((sentence->words[i].mark == ',' ||
             sentence->words[i].mark == '-') &&
            (is_news(sentence, i + 1) || is_slip(sentence, i + 1)))
            return true;
    return false;
}

/* "For the series, applied to next." */
static bool is_news_for(const Sentence *sentence)
{
    size_t after = skip_object(sentence, 1);

    return IS_ANY(&sentence->words[0], "for") && after > 1 &&
           ends_clause(&sentence->words[after - 1]) && is_news(sentence, after);
}

static bool sentence_says_applied(const Sentence *sentence)
{
    size_t start = skip_while(sentence, 0, is_opening);
    size_t after = skip_while(sentence, start, is_adverb);

    if (sentence->count == 0 || is_question(sentence))
        return false;
    if (is_news(sentence, 0) || is_news(sentence, start) ||
        is_news(sentence, after) || is_polite_news(sentence) ||
        is_news_for(sentence))
        return true;
    for (size_t i = start; i + 1 < sentence->count; i++)
        if (is_had_news(sentence, i))
            return true;
    return false;
}

/* ------------------------------------------------------------------ reading */

static void end_sentence(Sentence *sentence)
{
    sentence->words[sentence->count] = (Word){ "", '\0' };
    if (sentence->has_verb && !sentence->says_applied)
        sentence->says_applied = sentence_says_applied(sentence);
    sentence->count = 0;
    sentence->has_verb = false;
}

static Word word_of(PatchLine token)
{
    Word word = { "", '\0' };
    size_t length;

    while (token.length > 0 && strchr("\"'(*_", *token.at) != NULL)
        token = patch_line_from(&token, 1);
    while (token.length > 0 &&
           strchr(",.!?;:)\"'*_", token.at[token.length - 1]) != NULL) {
        char mark = token.at[--token.length];

        if (strchr(",.!?;:)", mark) != NULL && word.mark != '?')
            word.mark = mark;
    }
    length = MIN(token.length, WORD_LENGTH_MAX);
    for (size_t i = 0; i < length; i++)
        word.text[i] = g_ascii_tolower(token.at[i]);
    return word;
}

static bool is_dash(const PatchLine *token)
{
    return patch_line_is(token, "-") || patch_line_is(token, "--") ||
           patch_line_is(token, "\xe2\x80\x93") ||
           patch_line_is(token, "\xe2\x80\x94");
}

static void add_word(Sentence *sentence, PatchLine token)
{
    Word word;

    if (is_dash(&token)) {
        if (sentence->count > 0 && sentence->count <= WORDS_MAX)
            sentence->words[sentence->count - 1].mark = '-';
        return;
    }
    if (*token.at == '(')
        end_sentence(sentence); /* a remark says its own */
    word = word_of(token);
    sentence->has_verb |= verb_of(&word) != VERB_NONE;
    if (sentence->count < WORDS_MAX)
        sentence->words[sentence->count++] = word;
    else
        sentence->words[WORDS_MAX - 1].mark = word.mark;
    if (word.mark != '\0' && strchr(".!?;:", word.mark) != NULL)
        end_sentence(sentence);
}

/* Nobody breaks a line before a capital "Applied" in mid-sentence; a line
 * of greeting has no full stop either. */
static bool starts_sentence(const PatchLine *line)
{
    static const char *const verbs[] = { "Applied", "Queued", "Pushed",
                                         "Merged",  "Pulled", "Series",
                                         "Both",    "Thanks" };

    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (patch_line_starts(line, verbs[i]))
            return true;
    return false;
}

static void read_line(Sentence *sentence, const PatchLine *line)
{
    PatchLine rest = patch_line_trim(line);
    PatchLine word;

    if (starts_sentence(line))
        end_sentence(sentence);
    while (patch_prose_take_word(&rest, &word))
        add_word(sentence, word);
    if (line->length <= GREETING_LENGTH_MAX && line->length > 0 &&
        line->at[line->length - 1] == ',' && sentence->count <= 3 &&
        !is_opening(&sentence->words[0]))
        end_sentence(sentence); /* "Hi Foo," says is_opening */
}

static bool is_trailer(const PatchLine *line)
{
    PatchLine key, value;

    return patch_trailer_split(line, &key, &value) &&
           patch_trailer_kind_of(key.at, key.length) != PATCH_TRAILER_OTHER;
}

/* The end of every verb that may say it: most paragraphs hold none, and are
 * not read any further. */
static bool ends_verb(const char *end, size_t length)
{
    static const char *const endings[] = {
        "plied", "eued",   "shed", "lled", "rged",  "icked", "tted",  "bbed",
        "aken",  "plying", "uing", "eing", "lling", "dded",  "dding", "taking"
    };

    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        size_t size = strlen(endings[i]);

        if (length >= size && (end[-(ptrdiff_t)size] | 0x20) == *endings[i] &&
            g_ascii_strncasecmp(end - size, endings[i], size) == 0)
            return true;
    }
    return false;
}

/* "Thanks, applies to": see is_slip. */
static bool may_slip(const PatchLine *line)
{
    return patch_line_starts_any_case(line, "thank") &&
           g_strstr_len(line->at, (gssize)line->length, "applies") != NULL;
}

/* "ed", "en", "ng" in either case, and " put", before anything is compared. */
static bool may_tell(const PatchLine *line)
{
    static const bool is_last[256] = {
        ['d'] = true, ['D'] = true, ['n'] = true, ['N'] = true,
        ['g'] = true, ['G'] = true, ['t'] = true, ['T'] = true
    };

    for (size_t i = 3; i < line->length; i++) {
        if (!is_last[(unsigned char)line->at[i]])
            continue;
        int last = line->at[i] | 0x20;
        int before = line->at[i - 1] | 0x20;

        if (((before == 'e' && (last == 'd' || last == 'n')) ||
             (before == 'n' && last == 'g')) &&
            ends_verb(line->at + i + 1, i + 1))
            return true;
        if (before == 'u' && last == 't' && (line->at[i - 2] | 0x20) == 'p' &&
            line->at[i - 3] == ' ')
            return true;
    }
    return may_slip(line);
}

static bool ends_paragraph(PatchText text, const PatchLine *line)
{
    return line->offset >= text.length || patch_line_is_blank(line) ||
           patch_line_is_quoted(line) || is_trailer(line);
}

static bool paragraph_says_applied(PatchText text, PatchLine line, size_t end)
{
    Sentence sentence;

    sentence.count = 0;
    sentence.has_verb = sentence.says_applied = false;
    for (; line.offset < end; line = patch_line_after(text, &line))
        read_line(&sentence, &line);
    end_sentence(&sentence);
    return sentence.says_applied;
}

bool patch_sentences_say_applied(PatchText text)
{
    static const PatchProse prose = { ends_paragraph, may_tell,
                                      paragraph_says_applied };

    return patch_prose_tells(&prose, text);
}
