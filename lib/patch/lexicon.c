/* SPDX-License-Identifier: MIT */
#include "patch/lexicon.h"

#include "patch/prose.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

#include "base/banned.h"

enum {
    HASH_MIN = 7, /* digits of a commit's short name */
    END_BITS = 15,
};

/* A class and its words. */
typedef struct Entry {
    WordClass class;
    bool is_key; /* no claim is made without one of these */
    const char *words;
} Entry;

static const Entry entries[] = {
    { WORD_APPLIED, true,
      "applied reapplied re-applied aplied "
      /* German, French, Spanish, Portuguese */
      "angewendet angewandt eingespielt appliqu\xc3\xa9 appliqu\xc3\xa9s "
      "aplicado aplicados" },
    { WORD_QUEUED, true, "queued qeued requeued re-queued" },
    { WORD_MERGED, true,
      "merged re-merged remerged committed commited integrated landed staged "
      "cherry-picked cherrypicked checked-in installed upstreamed "
      "gemergt \xc3\xbc"
      "bernommen fusionn\xc3\xa9 fusionn\xc3\xa9s" },
    { WORD_PUSHED, true,
      "pushed re-pushed repushed pulled gepusht pouss\xc3\xa9 "
      "pouss\xc3\xa9s" },
    { WORD_PICKED, true, "picked taken grabbed took" },
    { WORD_ADDED, true, "added" },
    { WORD_PUT, true, "put" },
    { WORD_CHECKED, true, "checked" },
    { WORD_DOING, true,
      "applying queueing queuing pulling taking pushing merging adding "
      "committing picking" },
    { WORD_SLIP, true, "applies" },
    { WORD_APPLY, true, "apply merge" },
    { WORD_APPLY, false, "take pick pull" },
    { WORD_DROPPED, true,
      "dropped dropping reverted reverting unqueued unapplied dequeued "
      "unpulled backed-out" },
    { WORD_DROP, true,
      "drop revert unqueue dequeue rollback roll-back backout back-out" },
    { WORD_REMOVED, true, "removed remove removing" },
    { WORD_WITHDRAW, true,
      "withdraw withdrawn withdrew withdrawing retract retracted retracting "
      "scrap abandon abandoned abandoning self-nak self-nack superseded "
      "obsoleted" },
    { WORD_IGNORE, true, "ignore disregard" },
    { WORD_CONFUSED, true, "confused" },
    { WORD_TREE, true, "master mainline upstream trunk" },
    { WORD_TREE, false, "main repo repository dev" },
    { WORD_FORGOT, false, "forgot forgotten" },
    { WORD_SENT, false,
      "sent resent re-sent posted reposted re-posted submitted resubmitted "
      "re-submitted sending resending re-sending reposting re-posting" },
    { WORD_SEEING, false, "seeing hitting observing facing" },
    { WORD_RUNNING, false, "running" },
    { WORD_SAY, false,
      "reply replying say saying mention tell telling answer answering "
      "respond responding write writing" },
    { WORD_EDITED, false,
      "fixed rebased reviewed squashed tweaked amended edited corrected "
      "folded reworded renamed updated rewrote made cleaned" },

    { WORD_I, false, "i we ich wir je nous" },
    { WORD_I_HAVE, false, "i've we've ive j'ai" },
    { WORD_I_AM, false, "i'm we're am" },
    { WORD_I_WILL, false, "i'll we'll will going gonna must" },
    { WORD_HAVE, false, "have has habe haben avons" },
    { WORD_HAD, false, "had was were wurde wurden" },
    { WORD_BEEN, false, "been" },
    { WORD_IS, false, "is are ist sind est sont" },
    { WORD_GOT, false, "got get gets getting" },
    { WORD_NOT, false,
      "not never no haven't hasn't can't cannot don't won't wasn't isn't "
      "aren't without nothing none nicht pas" },
    { WORD_WISH, false,
      "would should could can may might shall please pls need needs "
      "let let's lets want wants hope try trying i'd you'll it'll plan "
      "planning better thought think thinking believe guess assume "
      "assumed suppose" },
    { WORD_HOPING, false, "hoping waiting" },
    { WORD_IF, false,
      "if when once until till unless whether before while why what which "
      "who how since because where wenn falls si quand" },
    { WORD_TEST, false,
      "tested retested tried booted ran built compiled fail fails failed "
      "failing cleanly doesn't didn't crash crashes crashed works worked "
      "working breaks broke broken reproduce "
      "reproduces reproduced postponed flashed downloaded" },
    { WORD_LOCALLY, false, "locally" },
    { WORD_LY, false, "hand" },
    { WORD_ALSO, false,
      "now just already also then instead gone went ahead too again yesterday "
      "today meanwhile here very much many lot" },
    { WORD_ACTUALLY, true, "actually" },
    { WORD_OPENING, false,
      "thanks thank thx ty ok okay great good nice perfect cool alright "
      "sure lgtm looks fwiw yes right sorry done "
      "fine excellent awesome fyi yep yeah yup rb+ well oops hmm anyway "
      "danke merci gracias obrigado" },
    { WORD_AND, false, "and & und et" },
    { WORD_BUT, false, "but so hence thus however therefore" },

    { WORD_NOUN, false,
      "patch patches series patchset patchsets patchseries set sets request "
      "requests pr prs mr commit commits one ones pair "
      "patch-set patch-series s\xc3\xa9rie" },
    { WORD_PARTS, false,
      "rest everything remainder cleanup cleanups part parts backport "
      "backports bits hunk hunks" },
    { WORD_THIS, false,
      "this these that those its his her their dies diesen diese ce "
      "cette" },
    { WORD_YOUR, false, "your" },
    { WORD_THE, false,
      "the of first second third last other remaining git kvm same "
      "den die das le la les" },
    { WORD_ALL, false, "both all whole entire full complete beide alle tous" },
    { WORD_IT, false, "it them" },
    { WORD_A, false, "a an some my our another ein eine un une" },
    { WORD_NUMBER, false, "two three four five six seven eight nine ten" },
    { WORD_FIX, false,
      "fix fixes change changes workaround fixup fixups improvements "
      "improvement" },
    { WORD_REVISION, false,
      "version revision spin iteration posting round respin re-spin reroll "
      "re-roll" },
    { WORD_TWEAK, false,
      "tweak tweaks modification modifications edit edits adjustment "
      "adjustments tag tags spelling typo typos whitespace subject "
      "wording description nit nits changelog comment comments addition "
      "additions correction corrections exception exceptions rewording" },
    { WORD_MAIL, false, "mail email e-mail message notification notice" },
    { WORD_TOOL, false, "script scripts bot b4 tool robot automation tooling" },

    { WORD_TO, false, "to into onto auf dans" },
    { WORD_IN, false,
      "in on via through at under against over towards within" },
    { WORD_FOR, false, "for" },
    { WORD_AS, false, "as" },
    { WORD_FROM, false, "from" },
    { WORD_WITH, false,
      "with after minus except plus together by including modulo mit "
      "avec" },
    { WORD_UP, false, "up out along back" },
    { WORD_TOP, false, "top" },
};

/* --- the table --------------------------------------------------------- */

typedef struct Lexicon {
    GHashTable *classes; /* word -> class + 1, negative for keys */
    uint8_t ends[(1 << END_BITS) / 8]; /* a bit each: ends of keys */
} Lexicon;

/* Five bits, the same in both cases, of each of the last three bytes. */
static unsigned end_with(unsigned end, char byte)
{
    return (end << 5 | ((unsigned char)byte & 31U)) & ((1U << END_BITS) - 1);
}

static bool is_end(const Lexicon *lexicon, unsigned end)
{
    return (lexicon->ends[end / 8] >> end % 8 & 1) != 0;
}

static void add_end(Lexicon *lexicon, const char *word)
{
    unsigned end = 0;

    for (; *word != '\0'; word++)
        end = end_with(end, *word);
    lexicon->ends[end / 8] |= (uint8_t)(1U << end % 8);
}

static void add_word(Lexicon *lexicon, const Entry *entry, const char *word)
{
    g_hash_table_insert(
        lexicon->classes, g_strdup(word),
        GINT_TO_POINTER(
            entry->is_key ? -(int)entry->class : (int)entry->class));
    if (!entry->is_key)
        return;
    add_end(lexicon, word);
}

static gpointer make_lexicon(gpointer unused)
{
    Lexicon *lexicon = g_new0(Lexicon, 1);

    (void)unused;
    lexicon->classes =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++) {
        g_auto(GStrv) words = g_strsplit(entries[i].words, " ", -1);

        for (size_t j = 0; words[j] != NULL; j++)
            add_word(lexicon, &entries[i], words[j]);
    }
    return lexicon;
}

static const Lexicon *the_lexicon(void)
{
    static GOnce once = G_ONCE_INIT;

    return g_once(&once, make_lexicon, NULL);
}

const char *lexicon_find_duplicate(void)
{
    g_autoptr(GHashTable) seen =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++) {
        g_auto(GStrv) words = g_strsplit(entries[i].words, " ", -1);

        for (size_t j = 0; words[j] != NULL; j++) {
            if (*words[j] == '\0' ||
                !g_hash_table_add(seen, g_strdup(words[j])))
                return g_intern_string(words[j]);
        }
    }
    return NULL;
}

/* --- shapes ------------------------------------------------------------ */

/* "1-3", "2/7", "#4". */
static bool is_number(const char *word)
{
    word += *word == '#';
    return g_ascii_isdigit(*word) &&
           word[strspn(word, "0123456789-/,&+")] == '\0';
}

static bool is_release(const char *word)
{
    if (strncmp(word, "-rc", 3) == 0 && g_ascii_isdigit(word[3]))
        return true;
    word += *word == 'v';
    return g_ascii_isdigit(*word) && strchr(word, '.') != NULL &&
           word[strspn(word, "0123456789.x-rc/+")] == '\0';
}

static bool is_version(const char *word)
{
    return *word == 'v' && g_ascii_isdigit(word[1]) &&
           word[1 + strspn(word + 1, "0123456789:")] == '\0';
}

static bool is_hash(const char *word)
{
    if (*word == 'r' && strlen(word) > 4 &&
        word[1 + strspn(word + 1, "0123456789")] == '\0')
        return true; /* of Subversion */

    const char *described = strrchr(word, '-');

    if (described != NULL && described[1] == 'g')
        word = described + 2; /* "r16-401-g2c0a1b2d", of git describe */

    const size_t length = strspn(word, "0123456789abcdef");

    return length >= HASH_MIN && word[length] == '\0' &&
           strcspn(word, "0123456789") < length;
}

static bool is_link(const char *word)
{
    return strncmp(word, "http://", 7) == 0 ||
           strncmp(word, "https://", 8) == 0 || strncmp(word, "git://", 6) == 0;
}

/* "io_uring-5.10", "emacs-30", but "linux-5.10" is a kernel. */
static bool is_branch_of_release(const char *word)
{
    const char *dash = strrchr(word, '-');

    return dash != NULL && g_ascii_isdigit(dash[1]) &&
           (strchr(dash, '.') != NULL || strlen(dash) == 3) &&
           dash[1 + strspn(dash + 1, "0123456789.x")] == '\0' &&
           strncmp(word, "linux", 5) != 0 && strncmp(word, "kernel", 6) != 0;
}

/* A part of a name that only names of trees have. */
static bool starts_tree(const char *at)
{
    static const char *const parts[] = {
        "next",    "queue",  "tree",  "branch",   "misc",   "master",
        "for-",    "-fixes", "devel", "linus",    "stable", "trunk",
        "staging", ".git",   "/",     "autobuild"
    };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (*at == *parts[i] && strncmp(at, parts[i], strlen(parts[i])) == 0)
            return true;
    return false;
}

/* Its first letter. */
static bool may_start_tree(char first)
{
    switch (first) {
    case 'n':
    case 'q':
    case 't':
    case 'b':
    case 'm':
    case 'f':
    case '-':
    case 'd':
    case 'l':
    case 's':
    case '.':
    case '/':
    case 'a':
        return true;
    default:
        return false;
    }
}

/* "next", "drm-misc", "5.10/scsi-queue": where patches are kept. */
static bool is_tree(const char *word)
{
    for (const char *at = word; *at != '\0'; at++)
        if (may_start_tree(*at) && starts_tree(at))
            return true;
    return is_branch_of_release(word);
}

static bool ends_in(const char *word, const char *end, size_t least)
{
    const size_t length = strlen(word);

    return length >= least && strcmp(word + length - strlen(end), end) == 0;
}

/* What no word of letters alone can be. */
static WordClass class_of_marks(const char *word)
{
    if (is_link(word))
        return WORD_LINK;
    if (is_number(word))
        return WORD_NUMBER;
    if (is_version(word))
        return WORD_VERSION;
    if (is_release(word))
        return WORD_RELEASE;
    return is_hash(word) ? WORD_HASH : WORD_OTHER;
}

static bool has_letters_only(const char *word)
{
    while (g_ascii_isalpha(*word))
        word++;
    return *word == '\0';
}

static WordClass class_of_shape(const char *word)
{
    const WordClass marked =
        has_letters_only(word) ? WORD_OTHER : class_of_marks(word);

    if (marked != WORD_OTHER)
        return marked;
    if (strncmp(word, "wip", 3) == 0)
        return WORD_TEST; /* work in progress, in no tree */
    if (is_tree(word))
        return WORD_TREE;
    if (ends_in(word, "'s", 3) || ends_in(word, "s'", 3))
        return WORD_THIS;
    if (ends_in(word, "ly", 5))
        return WORD_LY;
    if (ends_in(word, "n't", 5))
        return WORD_NOT;
    return ends_in(word, "ed", 5) ? WORD_EDITED : WORD_OTHER;
}

WordClass lexicon_class(const char *word)
{
    const int known =
        GPOINTER_TO_INT(g_hash_table_lookup(the_lexicon()->classes, word));

    return known != 0 ? (WordClass)ABS(known) : class_of_shape(word);
}

/* --- a quick look ------------------------------------------------------ */

bool lexicon_is_unnamed(const char *word)
{
    return (*word == 'a' || *word == 's' || *word == 't' || *word == 'e') &&
           IS_ANY_TEXT(word, "a", "an", "another", "some", "temp", "temporary",
                       "scratch", "throwaway", "experimental");
}

bool lexicon_is_branch(const char *word)
{
    return IS_ANY_TEXT(word, "branch", "tree", "repo", "repository");
}

size_t lexicon_manner_length(const char *word)
{
    static const char manner[] = "hand-";

    return strncmp(word, manner, sizeof(manner) - 1) == 0 ? sizeof(manner) - 1
                                                          : 0;
}

static bool is_letter(char byte)
{
    return g_ascii_isalpha(byte) || (byte & 0x80) != 0;
}

static bool is_key(const Lexicon *lexicon, const char *line, size_t end)
{
    char word[LEXICON_WORD_MAX + 1];
    size_t start = end;

    while (start > 0 && (is_letter(line[start - 1]) || line[start - 1] == '-'))
        start--;
    while (start < end && line[start] == '-')
        start++;
    if (end - start > LEXICON_WORD_MAX)
        return false;
    for (size_t i = start; i < end; i++)
        word[i - start] = g_ascii_tolower(line[i]);
    word[end - start] = '\0';
    return GPOINTER_TO_INT(g_hash_table_lookup(
               lexicon->classes, word + lexicon_manner_length(word))) < 0;
}

/* Mostly no byte but the last of a key has the three before it that one ends
 * in, so that hardly any branch here is taken. */
bool lexicon_has_key(const char *line, size_t length)
{
    const Lexicon *lexicon = the_lexicon();
    unsigned end = 0;

    for (size_t i = 0; i < length; i++) {
        end = end_with(end, line[i]);
        if (is_end(lexicon, end) && i >= 2 &&
            (i + 1 == length || !is_letter(line[i + 1])) &&
            is_key(lexicon, line, i + 1))
            return true;
    }
    return false;
}
