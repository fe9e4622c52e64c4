/* SPDX-License-Identifier: MIT */
/*
 * The words by which people say what became of patches, each with its class.
 * A class is one letter: a sentence becomes a short string, and the grammar
 * (claim.c) is a table of regular expressions over such strings.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef enum WordClass {
    /* What was done, as a participle or in the past. */
    WORD_APPLIED = 'A',  /* applied */
    WORD_QUEUED = 'Q',   /* queued */
    WORD_MERGED = 'M',   /* merged, committed, staged */
    WORD_PUSHED = 'P',   /* pushed, pulled */
    WORD_PICKED = 'K',   /* picked, taken, took */
    WORD_ADDED = 'D',    /* added: needs a tree */
    WORD_PUT = '&',      /* put: needs a person and a tree */
    WORD_CHECKED = '>',  /* checked: needs "in" */
    WORD_DOING = 'G',    /* applying, queuing: needs a person or a tree */
    WORD_SLIP = 's',     /* applies: means applied behind a thanks */
    WORD_APPLY = '#',    /* apply, merge, take */
    WORD_DROPPED = 'Z',  /* dropped, reverted, unqueued */
    WORD_DROP = 'z',     /* drop, revert */
    WORD_REMOVED = '9',  /* removed, remove: needs a tree */
    WORD_WITHDRAW = 'w', /* withdraw, retract, abandon */
    WORD_IGNORE = 'i',   /* ignore, disregard */
    WORD_CONFUSED = 'q', /* confused, said of a script */
    WORD_FORGOT = '!',   /* forgot */
    WORD_SAY = '3',      /* reply, mention, write */
    WORD_SENT = '8',     /* posted, resent, reposting */
    WORD_SEEING = '4',   /* seeing, hitting */
    WORD_RUNNING = '6',  /* running */
    WORD_EDITED = 'X',   /* fixed, squashed; other words in -ed */
    /* Who did it, and how sure that is. */
    WORD_I = 'S',        /* I, we */
    WORD_I_HAVE = 'H',   /* I've, we've */
    WORD_I_AM = 'J',     /* I'm, we're, am */
    WORD_I_WILL = 'U',   /* I'll, will, going */
    WORD_HAVE = 'h',     /* have, has */
    WORD_HAD = 'e',      /* had, was, were */
    WORD_BEEN = 'b',     /* been */
    WORD_IS = 'a',       /* is, are */
    WORD_GOT = 'g',      /* got, get */
    WORD_NOT = 'N',      /* not, never, didn't */
    WORD_WISH = 'W',     /* will, would, please, need */
    WORD_HOPING = '<',   /* hoping, waiting */
    WORD_IF = 'I',       /* if, when, what, because */
    WORD_TEST = 'E',     /* tested, fails, cleanly */
    WORD_LOCALLY = 'L',  /* locally */
    WORD_ALSO = 'Y',     /* now, just, already */
    WORD_LY = '2',       /* manually, tentatively, hand */
    WORD_ACTUALLY = '~', /* actually */
    WORD_OPENING = 'o',  /* thanks, ok, great */
    WORD_AND = 'c',      /* and, then */
    WORD_BUT = 'B',      /* but, so, hence */
    /* What it was done to. */
    WORD_NOUN = 'n',     /* patch, series, commit */
    WORD_PARTS = '5',    /* rest, backport, hunk */
    WORD_THIS = 'd',     /* this, its */
    WORD_YOUR = '7',     /* your: a patch of yours, or a tree of yours */
    WORD_THE = '0',      /* the, first, remaining, of */
    WORD_ALL = '%',      /* both, all, whole */
    WORD_IT = 'p',       /* it, them */
    WORD_A = 'k',        /* a, some, my: most often something else */
    WORD_NUMBER = '1',   /* 1-3, #4, two */
    WORD_FIX = 'f',      /* fix, change: a patch, or something else */
    WORD_REVISION = 'R', /* version, respin */
    WORD_TWEAK = 'j',    /* tweak, message, tag */
    WORD_MAIL = 'm',     /* mail, notification */
    WORD_TOOL = 't',     /* script, bot, b4 */
    WORD_OTHER = 'x',
    /* Where it went. */
    WORD_TO = 'r',      /* to, into, onto */
    WORD_IN = 'l',      /* in, on, via */
    WORD_FOR = '+',     /* for */
    WORD_AS = '=',      /* as */
    WORD_FROM = 'F',    /* from */
    WORD_WITH = 'y',    /* with, after, except */
    WORD_UP = 'u',      /* up, out */
    WORD_TOP = 'O',     /* top */
    WORD_TREE = 'T',    /* next, for-6.1, my-branch */
    WORD_BRANCH = '_',  /* a branch, a temp tree: see lexicon_is_unnamed() */
    WORD_RELEASE = 'v', /* 5.3, v6.1-rc1 */
    WORD_VERSION = 'V', /* v2 */
    WORD_LINK = '@',    /* a URL */
    WORD_HASH = 'C'     /* a58c93318d */
} WordClass;

enum { LEXICON_WORD_MAX = 23 }; /* bytes that are compared */

/* The class of a word in lower case without the marks around it. Numbers,
 * trees, links and hashes are recognised by their shape. */
WordClass lexicon_class(const char *word);

/* Returns true for "a", "temp" and the like: a "branch" up to two words after
 * one is not somebody's tree but a place to fetch from. */
bool lexicon_is_unnamed(const char *word);
/* Returns true for "branch" and the like. */
bool lexicon_is_branch(const char *word);

/* Returns the length of "hand-" at the start of a word in lower case whose rest
 * is a word, too ("hand-applied"); 0 if it does not start so. */
size_t lexicon_manner_length(const char *word);

/* Returns true if a line (length bytes) has one of the words, in any case,
 * without which no sentence says what became of a patch. */
bool lexicon_has_key(const char *line, size_t length);

/* For tests: returns a word that the table has twice, or NULL. */
const char *lexicon_find_duplicate(void);
