/* SPDX-License-Identifier: MIT */
#include "patch/sentence.h"

#include "patch/lexicon.h"
#include "patch/prose.h"
#include "patch/trailer.h"

#include <string.h>

#include "base/banned.h"

enum {
    WORDS_MAX = 48, /* of a sentence; what comes later is not looked at */
    CLASSES_MAX = 2 * WORDS_MAX,
    UNNAMED_REACH = 2, /* words behind "a" */
    GREETING_LENGTH_MAX = 40,
    NAME_LENGTH_MAX = 12,       /* before a quoted line, and the '>' */
    WITHDRAWAL_TEXT_MAX = 3000, /* who takes something back is brief */
};

/* --- patterns ---------------------------------------------------------- */

/* What patterns are made of. Look at WordClass for the letters. */

/* The end of a clause. */
#define END "(?:$|[-,.;:])"
/* Words between "the" and "patches": "the other two cleanup patches". */
#define GAP "[xXTjvc1#Yz29]{1,4}"
/* "this patch", "1-3 and 5", "nine of your client patches". */
#define PATCHES                                                                \
    "(?:(?:[d7p1nR0%V5]|[d7p10%]" GAP                                          \
    "(?=[nR5])|[,c](?=[1%0]*[1n5])|,c(?=1))+"                                  \
    "(?<!0))"
/* The same, or "the fix" and "the change", which may be somebody else's. */
#define OBJECT                                                                 \
    "(?:(?:[d7p1nR0%f5]|[d7p10%]" GAP                                          \
    "(?=[nRf5])|[,c](?=[1%0]*[1n5])|,c(?=1))+"                                 \
    ")"
/* "next", but not "next version" and "next patchset version". */
#define TREE "T(?!n?R)"
/* "to my next branch", "into fixes", "for 5.3", "as a58c93318d". */
#define PLACE                                                                  \
    "(?:u?(?:r(?:[^-,.;:?]{0,4}?(?:" TREE                                      \
    "|[@_])|[^-,.;:?]{0,2}?f(?=$|[-,.;:oc]))"                                  \
    "|[l=][^-,.;:?]{0,4}?(?:" TREE "|[@C_])|\\+[^-,.;:?]{0,3}?(?:" TREE        \
    "|[v@f])))"
/* Only "to" and "for", since testers apply "on" and "in" a tree. */
#define TO_PLACE                                                               \
    "(?:u?(?:r[^-,.;:?]{0,4}?" TREE "|\\+[^-,.;:?]{0,3}?(?:" TREE "|v)))"
/* Only trees and releases, since text is added to links, too. */
#define IN_TREE                                                                \
    "(?:u?(?:[rl][^-,.;:?]{0,4}?" TREE "|\\+[^-,.;:?]{0,3}?(?:" TREE "|v)))"
/* Whatever says where or how. */
#define WHERE "[rl+=yuF]"
/* No next version, not into the series itself, not "as suggested". */
#define NO_REWORK                                                              \
    "(?!.*[rl+][d7k0]*(?:V|T[nx]?R))(?!.*r7[^-,.;:]{0,2}T)"                    \
    "(?!u?[d7pn1%0V]{0,4}[rl][d7k0]{1,2}n+(?![Tnrl+]))(?![d7pn]{0,2}=X)"
/* "Pushed to a temp branch": to be fetched from there. */
#define NO_SCRATCH "(?:(?<!P)|(?!u?[^-,.;:]{0,5}[rl][^-,.;:T]{0,3}_))"
/* "... instead of re-posting it". */
#define NO_POST "(?!.*(?:Y0|xx)[8R])"
/* Nobody tests it, or builds on top of it; "doesn't apply" is no test. */
#define NO_TEST                                                                \
    NO_SCRATCH NO_POST                                                         \
        "(?!.*(?:E(?![Y2]*#)|L))(?!u?[d7pn1R0%]{0,4}lOl?0)" NO_REWORK
/* "Merged it with the previous patch": two became one. */
#define NO_SQUASH "(?!Mu?[d7p0n1%]*y[0d7k]{0,2}[xXT]?[1n])"
/* Nobody goes on "and then I unpulled it", "so I dropped it again". */
#define STAYS "(?!.*S[hY2]*Z)"
/* The same, and no story goes on ("and it ..."). */
#define CALM NO_TEST STAYS "(?!.*Bpx?N)(?!.*c[Sp](?![XDAQMPKWaYhe&]))"
/* What may come before the news: "Ok great, rebased and ...". */
#define LEAD "^(?:[oY2BcXE9]|[-,])*"
/* Nothing before it is a condition, a wish or a refusal. "But I ..." starts
 * afresh. */
/* ..., and "with no serious objections, I ..." is sure. */
#define SURE "^(?:.*B(?=Y*[HSJ])|[oY]*y[^-,;IWUES]*N[^-,;IWUES]*,)?[^INWU]*"
/* Thanks, or the end. */
#define FINAL   "(?:u?[Y2]*[.;:]?$|u?[Y2]*[-,]?[-,.oB])"
#define TAIL    "(?:" END "|" WHERE "|[oYBcI@])"
#define I_HAVE  "(?:H|Sh|^[oY2BX,-]*h)"
#define ADVERBS "[Y2]*"
/* "yesterday", "last week", "a while ago". */
#define WHEN "(?:[Y2]|[01k][xYI][xYu]?){0,2}"
/* "Forgot to reply", "I just forgot to mention it". */
#define FORGOT "S?h?[Y2]*!r3"
/* "This series is applied", "I applied this one". */
#define WAS_APPLIED                                                            \
    "(?:" PATCHES "[aeh]b?[Y2]*[AQMPK]|(?:H|Sh?)[Y2]*[AQMPK]u?" PATCHES ")"
/* What may come before "dropped" in its clause; nothing before that clause is
 * a condition. */
#define DROP_LEAD "^(?:[^IWNURVlwzZ]*[-,])?"

static const PatchPattern patterns[] = {
    /* A bare participle. */
    { PATCH_CLAIM_APPLIED, "applied",
      LEAD "[AQ](?:" NO_TEST "(?=" ADVERBS PLACE "|" FINAL ")|" CALM "(?=" END
           "|" WHERE "(?!k?f|(?<=u)k)|[oYB@TCc]|" PATCHES TAIL
           "|[xX]{1,2}[-,.]))",
      "Applied and queued up for -stable, thanks.",
      "Queued readers wait for the writer." },
    { PATCH_CLAIM_APPLIED, "merged",
      LEAD NO_SQUASH "M" CALM "(?=" END "|" PLACE "|" WHERE
                     "(?![kf])|[oYBc@]|yk[xX]?j|" PATCHES TAIL ")",
      "Merged into my staging tree.", "Merged pages are counted twice here." },
    { PATCH_CLAIM_APPLIED, "pushed",
      LEAD "P(?!V)" CALM "(?=" END "|u?" PLACE
           "|u?l[^-,.;:]{0,2}T|rx{1,3}[-,.]o|"
           "u?[yo@BY](?!k?f)|u?" PATCHES "(?![Y2]*:)" TAIL ")",
      "Pushed this out with minor edits.",
      "Pushed a new version, please have a look." },
    { PATCH_CLAIM_APPLIED, "picked up",
      LEAD "K" CALM "(?=" END "|u?" PLACE "|o|u(?:" END "|[o+])|u?" PATCHES
           "(?:" END "|" PLACE "|o))",
      "Picked up, thanks.", "Picked a different name for this." },
    { PATCH_CLAIM_APPLIED, "added to a tree",
      LEAD "D" CALM "(?=" OBJECT "?" IN_TREE ")", "Added for 5.12, thanks.",
      "Added to the commit message, thanks." },
    { PATCH_CLAIM_APPLIED, "checked in",
      "(?:" LEAD "|" SURE "(?:H|Sh?)" ADVERBS ")>" PATCHES "?l(?=" FINAL "|rT)",
      "I've checked this in.", "I checked this in the debugger." },
    /* ... behind a comma or dash. */
    { PATCH_CLAIM_APPLIED, "..., applied",
      "^(?!\\()(?!.*I)(?!.*S[YB]?[AQMPKXDE].*[-,].*[-,]).+[-,][oY2cB]*["
      "AQM]" CALM "(?=" FINAL "|" PLACE "|y|" PATCHES "?(?:" PLACE "|" FINAL
      "))",
      "No problem -- applied to heron-next.",
      "I got the tree, applied this patch, built it." },
    { PATCH_CLAIM_APPLIED, "... - applied to",
      "-[oY2]*[AQM]" NO_TEST PATCHES "?" PLACE,
      "Since it is late - queued 1/5 for 6.15, and the rest for 6.16.",
      "It hangs - applied to 5.4 it does not." },
    { PATCH_CLAIM_APPLIED, "..., pushed",
      "^(?!\\()(?!.*I).+[-,][oY2B]*[PK]" CALM "(?=" FINAL "|" PLACE "|" PATCHES
      "?" PLACE ")",
      "Looks correct, pushed, thanks!", "This is here, just took many hours." },
    /* ... behind what it speaks of. */
    { PATCH_CLAIM_APPLIED, "series applied",
      LEAD "(?:[0%1]*[xX]{0,2}[n5][n1c,%5]*(?:0[d70]*n)?|[%1][%1c,n]*)" ADVERBS
           "[AQMPKD]" CALM "(?=" END "|" PLACE "|[ouy=]|lv?)",
      "The series applied for next, thanks!",
      "This patch applied to 5.4 gives an oops." },
    { PATCH_CLAIM_APPLIED, "it has been applied",
      LEAD "(?:[d7p1n5%0Rf]|[d7p01%]x{1,2}(?=[n5]))+(?:(?:h[Y2]*bY*|hY+b?|aY+)"
           "[AQMPKD]|a[AQMP](?=" PLACE "|y[^.:?]*T))" CALM "(?=" END "|" PLACE
           "|[rl+uyo])",
      "The whole series has been applied to for-next.",
      "The lock is taken by the caller." },
    /* In the first person. */
    { PATCH_CLAIM_APPLIED, "I have applied",
      SURE "(?<![n5])(?<![0d]x)" I_HAVE ADVERBS "(?:[QMPK]" PATCHES
           "[.,;-](?!c)" STAYS "|[AQM]" CALM "[rl+=](?![kf])|" NO_SQUASH
           "[AQMPK]" CALM "(?=" END "|" PLACE "|[yo](?![kf])|u(?:" END
           "|o|[rl+]|" PATCHES TAIL ")|" PATCHES TAIL "|@))",
      "I've applied the patch now.", "I've queued up a fix for this." },
    { PATCH_CLAIM_APPLIED, "I have applied the fix",
      SURE "(?<![n5])(?<![0d]x)(?:H|Sh)" ADVERBS NO_SQUASH "[AQM]" CALM
           "(?=" OBJECT "(?:" END "|[rl+yo]))",
      "I've already queued your fix.", "I've pushed the fix." },
    { PATCH_CLAIM_APPLIED, "I have pushed my merge",
      SURE "(?:H|Sh?)" ADVERBS "[PM]u?[k0d7]#u?" CALM "(?:[-,]?o|[.]?$|[-,;]|"
           "0[d7p])",
      "I've pushed out my merge of this thing.",
      "I've pushed a merge of two other branches." },
    { PATCH_CLAIM_APPLIED, "I have added to a tree",
      SURE I_HAVE ADVERBS "[D&]" OBJECT "?x{0,2}" IN_TREE,
      "I have put this series in my next branch.",
      "I've added this to the comment." },
    { PATCH_CLAIM_APPLIED, "I have it applied",
      SURE "(?<![n5])(?<![0d]x)(?:H|Sh)g?" PATCHES ADVERBS "[QA]" CALM
           "(?!.*Be<)(?=$|[-,.;]|" PLACE "|[rl+uo])",
      "I have this queued.", "I have this queued: see the list" },
    { PATCH_CLAIM_APPLIED, "I applied",
      SURE "S" ADVERBS "(?:[QMPK]u?" NO_TEST PATCHES ADVERBS
           "(?:y[^-,.;:?]{1,4}?)?" PLACE "|A" CALM PATCHES ADVERBS TO_PLACE
           "|K" CALM PATCHES "u(?:[.]?$|[-,]o|B)"
           "|A" CALM PATCHES "?y.{0,6}?[jfm]"
           "|A" CALM PATCHES "(?:,G|,B[XDY9]|,o)"
           "|" NO_SQUASH "[QM]" CALM PATCHES "(?:" END "|" PLACE
           "|[+yo]|[rl](?![0dk]*n))"
           "|[D&]" CALM PATCHES IN_TREE "|P" CALM PATCHES "(?:[-,.]|$))",
      "I applied this one with a modified commit message.",
      "I applied your patches to 5.4, and now it hangs." },
    { PATCH_CLAIM_APPLIED, "I had to apply by hand",
      "^(?:[^INWUE]*S)?[oYB2,-]*er(?:2#(?![^I=]*[EL])" NO_REWORK STAYS
      "(?=" PATCHES TAIL ")|#(?![^I=]*[EL])" PATCHES "y2(?=" TAIL "))",
      "I had to hand apply this one, as it doesn't have the new names.",
      "I had to apply this one to see the panel at all." },
    { PATCH_CLAIM_APPLIED, "I went ahead and applied",
      SURE "S" ADVERBS "Yc[AQMPK]" CALM PATCHES END,
      "I went ahead and pushed it.", "I went ahead and applied the advice." },
    { PATCH_CLAIM_APPLIED, "it was applied to a tree",
      LEAD "(?:[d7p0n5%1]|[d07]x{1,2}(?=[n5]))+e" ADVERBS "[AQMP]" CALM
           "(?=u?[rl+][^-,.;:?]{0,3}?" TREE ")",
      "This patch was applied to for-next.",
      "This patch was merged in linux 4.16." },
    { PATCH_CLAIM_APPLIED, "this was applied already",
      LEAD "(?:[d7]|[d7]x{0,1}n)e(?:Y[AQMP]|[AQMP]Y)" CALM "(?=" END ")",
      "This was applied already, but it seems the logic is reversed now?",
      "This was applied already?" },
    { PATCH_CLAIM_APPLIED, "it is in a tree now",
      "^[oYB2,-]*(?:(?:d|" PATCHES "(?:a|hb))(?:Y+l[0dk]?x?" TREE
      "|l[0dk]?x?" TREE "Y)(?=[.;:]?$|[.;:]|[-,]?o)|" PATCHES "?Yl[0dk]?" TREE
      "[-,]?o)",
      "It's now in master.", "It's now in master that this fails." },
    /* Only who owes a notice can forget it. */
    { PATCH_CLAIM_APPLIED, "forgot to say that it is applied",
      "^[^INWUE]*" FORGOT "[xp]{0,2}[-,:]?o?d?" WAS_APPLIED CALM
      "(?=" WHEN FINAL ")",
      "Forgot to write that this series is applied, thanks!",
      "I forgot to say that this is applied to every page." },
    { PATCH_CLAIM_APPLIED, "applied, forgot to say",
      "^[^INWUE]*" WAS_APPLIED WHEN "[-,]?[cYB]{0,2}" FORGOT,
      "I applied this one yesterday, just forgot to reply here.",
      "I applied this one yesterday, just forgot to enable it." },
    { PATCH_CLAIM_APPLIED, "thanks, I applied",
      "^o[^INWUE]*S" ADVERBS "A" CALM PATCHES WHEN FINAL,
      "Thanks, I just applied it.", "I applied it." },
    /* A second verb. */
    { PATCH_CLAIM_APPLIED, "... and applied",
      "^(?!\\()(?!.*[INWUEg])[^-]*(?:[oHSJXDBYZ]|^).*[cB]h?" ADVERBS
      "[AQMPD]" CALM "(?=u?" PLACE "|" OBJECT "?" PLACE
      "|u?[.;:]?$|u?[-,][-,.o])",
      "I fixed the typo and applied this to heron-next.",
      "I fetched the tree and applied the patch." },
    { PATCH_CLAIM_APPLIED, "... and queued",
      "^[^INWUE]*S[X9][^INWUE]*cQ" CALM PATCHES END,
      "I rebased and queued this and 6/6.", "I tested and queued this." },
    { PATCH_CLAIM_APPLIED, "thanks, ... and applied",
      "^o(?!.*[INWUE]).*c" ADVERBS "[AQM]" CALM PATCHES FINAL,
      "Thanks, did get that one now and applied it.",
      "Thanks, if you get it and applied it." },
    /* It happens now. */
    { PATCH_CLAIM_APPLIED, "I am taking",
      SURE "J" ADVERBS "G" CALM PATCHES "(?:" PLACE "|[.]?$)",
      "I'm taking this in my -next tree.",
      "I am taking this as a compliment." },
    { PATCH_CLAIM_APPLIED, "applying to a tree",
      LEAD "G" OBJECT "?[xX]{0,2}[nf5]?" IN_TREE "[^aehNIWUxE]*$",
      "Applying to for-next, thanks.",
      "Queueing in heron-devel is postponed, pending acceptance." },
    { PATCH_CLAIM_APPLIED, "applying",
      LEAD "G" PATCHES "?u?" ADVERBS "(?:[-,]o|(?<![d7pn])[.]$)",
      "Applying, thanks.",
      "Applying this to your series, will give this order:" },
    /* Slips and colloquial forms. */
    { PATCH_CLAIM_APPLIED, "applies to a tree",
      "^o(?:[^A-Z]*[-,])?s" PLACE CALM,
      "Thanks, applies to vfio next branch for v5.11.",
      "Thanks, this applies to next." },
    { PATCH_CLAIM_APPLIED, "did get applied", "^[^INWU]*xgAu?" PLACE,
      "It did get applied to for-next.",
      "It did not get applied to for-next." },
    { PATCH_CLAIM_APPLIED, "I have already pulled",
      SURE "ShYP" PATCHES "L?[.]?$", "I have already pulled it locally.",
      "I have pulled it locally." },

    { PATCH_CLAIM_WITHDRAWN, "dropped",
      DROP_LEAD "[SHJhegbYBcond7p%012]*Z(?=[d7p%01n]*(?:F.{0,3}T|\\+[Y0]|Y|$|"
                "[-,.;:])|d?nX)",
      "I have dropped this patch for now.", "I dropped this comment." },
    { PATCH_CLAIM_WITHDRAWN, "will drop",
      DROP_LEAD "[SHJhegbYBcond7p%012rU]*[UJr][SYBcr2]*z(?=[d7p%01]*(?:n[n0d]*"
                "(?:$|[-,.;:])|.?F.{0,3}T|n*\\+Y))",
      "I'll drop this patch.", "I'll drop it in the next version." },
    /* Code removes things from trees and queues, too. */
    { PATCH_CLAIM_WITHDRAWN, "patch removed from a tree",
      "^(?:.*B(?=Y*[HSU]))?[^INW?]*(?:9[d7p0%15x]{0,3}n{1,2}|n{1,2}(?:a|hb?|"
      "e)" ADVERBS "9)"
      "F[^-,.;:]{0,3}?" TREE "(?!n)",
      "I have removed that patch from for-next.",
      "I removed that patch from the series." },
    { PATCH_CLAIM_WITHDRAWN, "removed from my tree",
      "^[^INW?]*[SHUJc]" ADVERBS "9[dp%]F(?:k[^-,.;:]{0,2}?)?" TREE "(?!n)",
      "I rejected the patch and removed it from my staging tree.",
      "I removed it from the next patch." },
    { PATCH_CLAIM_WITHDRAWN, "removed and updated a tree",
      "^[oYB2,-]*(?:H|Sh?)?" ADVERBS "9[0d]n{1,2}c[^INW]*X[^-,.;:]{0,2}" TREE,
      "Removed the patch and updated the next branch.",
      "Removed the patch and updated the next patch version." },
    { PATCH_CLAIM_WITHDRAWN, "please drop",
      "^[oYB2,-]*W" ADVERBS "z[d70]?(?:n|R|$)+(?=$|[-,.;:F+o])",
      "Please drop this patch.", "Please drop this comment." },
    { PATCH_CLAIM_WITHDRAWN, "ignore this",
      "^[^NSHI?]*i(?:[d70]+(?:[xXT]?(?:n|[R1mvV])|(?=$|[-,.;:]|\\+[Y0]))"
      "|(?<=Wi)(?=$|[-.;:]))",
      "Please ignore this version.", "We can ignore this case." },
    { PATCH_CLAIM_WITHDRAWN, "withdraw",
      "^[^NI?]*(?:w[d70]?[xX]?(?:n{1,2}|R)(?=$|[-,.;:+FBIYc])"
      "|(?<=[SJ])" ADVERBS "w[d7p](?=$|[-,.;:+FB])"
      "|[nRd7](?:[aheg]?b?)" ADVERBS "w(?=$|[-,.;:y])"
      "|^[oYB2,-]*w(?=$|[-,.;y]))",
      "I withdraw this.", "I withdraw my objection." },
    { PATCH_CLAIM_WITHDRAWN, "do not apply",
      "^[^I?S]*N[Y2]?#(?:p|[d70]?(?:n{1,2}|R)|d)(?=$|[-,.;:])(?!.*I)",
      "Please don't apply this patch.",
      "Please don't apply this until v2 is there." },
    { PATCH_CLAIM_WITHDRAWN, "said by mistake", "t[gea]Y?q|i[d70k]m|N~[AQMP]",
      "The thanks script got confused.", "The compiler got confused." },

    { PATCH_CLAIM_REWORKED, "fixed",
      "^[oYB2,-]*[XD9](?:[d7p0k]|1)?[Y2]*(?:[lr+][d7k0]*(?:V|T[nx]?R))?"
      "(?=$|[-,.;:])",
      "Fixed in v2.", "Fixed up and applied." },
    { PATCH_CLAIM_REWORKED, "I have changed",
      SURE "(?:H|Sh)" ADVERBS "[XD9](?!.*[TAQMP])", "Right, I have added one.",
      "I have added this to my tree." },
    { PATCH_CLAIM_REWORKED, "will do",
      "^[oYB2,-]*U[xf]p?(?:l[d7k0]*(?:V|T[nx]?R))?(?=$|[-,.])",
      "Will do, thanks.", "Will apply, thanks." },

    { PATCH_CLAIM_TRIED, "I am seeing", "^[^INWU]*J[Y2]*(?:4|6[0dy7])",
      "I applied this to next. I'm running the following command:",
      "I applied this to next. I'm running more tests." },
    { PATCH_CLAIM_REPLACED, "I have posted it as",
      "^[^INWU]*(?:H|Sh?)[Y2]*8(?:[pd7n]{1,2}=|u?k[xX1T]{0,2}[VR])",
      "I've posted it as a series of three. I've queued it up.",
      "I've sent it to Bo. I've queued it up." },
};

/* --- reading ----------------------------------------------------------- */

typedef struct Sentence {
    char classes[CLASSES_MAX + 2]; /* and marks, ends in NUL */
    size_t length, words;
    char outer[CLASSES_MAX + 1]; /* the sentence around a remark */
    size_t outer_length, outer_words;
    bool is_remark;
    unsigned unnamed; /* so many words on, "branch" is no tree */
    bool is_story; /* the claim is told in the first person, without thanks */
    PatchClaims *found;
    unsigned block;       /* of lines between quoted ones */
    unsigned first_block; /* the first one below a quoted line; 0: none yet */
    bool reads_all;   /* for PATCH_CLAIM_REWORKED, which no key word shows */
    GString *written; /* where the classes go; NULL: nowhere */
} Sentence;

typedef struct Word {
    char text[LEXICON_WORD_MAX + 1]; /* lower case, without its marks */
    char mark;                       /* behind it: , . ? : - or 0 */
    bool ends_remark;
} Word;

/* A look that is cheaper than a regular expression: without these letters no
 * pattern fits. */
static bool may_claim(const char *classes, PatchClaim claim)
{
    if (claim == PATCH_CLAIM_WITHDRAWN)
        return strpbrk(classes, "Zzwiq#~9") != NULL;
    if (claim == PATCH_CLAIM_REWORKED)
        return strpbrk(classes, "XD9VRxf") != NULL;
    if (claim == PATCH_CLAIM_TRIED)
        return strpbrk(classes, "46") != NULL;
    if (claim == PATCH_CLAIM_REPLACED)
        return strchr(classes, WORD_SENT) != NULL;
    return strpbrk(classes, "AQMPK>s") != NULL ||
           strstr(classes, "er#") != NULL || strstr(classes, "er2#") != NULL ||
           (strchr(classes, WORD_TREE) != NULL &&
            strchr(classes, WORD_ALSO) != NULL) ||
           (strpbrk(classes, "D&G") != NULL &&
            strpbrk(classes, "TvoJ") != NULL);
}

/* A long sentence tells a story of what was dropped. */
static const unsigned words_max[] = {
    [PATCH_CLAIM_APPLIED] = WORDS_MAX,  [PATCH_CLAIM_WITHDRAWN] = 32,
    [PATCH_CLAIM_REWORKED] = 32,        [PATCH_CLAIM_TRIED] = WORDS_MAX,
    [PATCH_CLAIM_REPLACED] = WORDS_MAX,
};

static GRegex *compile(const char *regex, GRegexCompileFlags flags)
{
    g_autoptr(GError) error = NULL;
    GRegex *compiled = g_regex_new(regex, G_REGEX_RAW | flags, 0, &error);

    if (compiled == NULL)
        g_error("%s: %s", regex, error->message);
    return compiled;
}

/* All patterns of a claim in one. */
static GRegex *compile_claim(PatchClaim claim)
{
    g_autoptr(GString) all = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++)
        if (patterns[i].claim == claim)
            g_string_append_printf(all, "%s(?:%s)", all->len > 0 ? "|" : "",
                                   patterns[i].regex);
    return compile(all->str, G_REGEX_OPTIMIZE);
}

/* Compiled when they are needed, since that costs as much as the reading of
 * hundreds of mails. */
static bool fits_any(const char *classes, PatchClaim claim)
{
    static GRegex *any[PATCH_CLAIMS];

    if (g_once_init_enter(&any[claim]))
        g_once_init_leave(&any[claim], compile_claim(claim));
    return g_regex_match(any[claim], classes, 0, NULL);
}

static bool fits(const char *classes, size_t pattern)
{
    static GRegex *each[G_N_ELEMENTS(patterns)];

    if (g_once_init_enter(&each[pattern]))
        g_once_init_leave(&each[pattern], compile(patterns[pattern].regex, 0));
    return g_regex_match(each[pattern], classes, 0, NULL);
}

static const PatchPattern *find_pattern(const char *classes, PatchClaim claim)
{
    if (!may_claim(classes, claim) || !fits_any(classes, claim))
        return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++)
        if (patterns[i].claim == claim && fits(classes, i))
            return &patterns[i];
    return NULL;
}

/* "Applied" alone names no tree and no patch; a later sentence may. */
static bool is_settled(const PatchClaims *found, PatchClaim claim)
{
    return found->by[claim] != NULL && claim != PATCH_CLAIM_REWORKED &&
           !(claim == PATCH_CLAIM_APPLIED && found->is_bare);
}

/* "Upstreamed it", below other answers, is about what is quoted above it. */
static bool is_about_quote(const Sentence *sentence)
{
    const char *classes = sentence->classes;
    const size_t start = strspn(classes, "SHY");
    const size_t verb = strspn(classes + start, "QMPK");

    return sentence->first_block > 0 &&
           sentence->block > sentence->first_block && verb == 1 &&
           strspn(classes + start + verb, "pd.") ==
               strlen(classes + start + verb) &&
           strpbrk(classes + start + verb, "pd") != NULL;
}

/* "I merged the two patches" makes one of them, said by their author. */
static bool joins_patches(const Sentence *sentence)
{
    const char *classes = sentence->classes;
    const size_t start = strspn(classes, "SHY");
    const char *object = classes + start + 1;

    return classes[start] == WORD_MERGED &&
           object[strspn(object, "01%n")] == '.' &&
           strpbrk(object, "1%") != NULL && strchr(object, WORD_NOUN) != NULL;
}

/* No tree and no patch. */
static bool names_nothing(const Sentence *sentence)
{
    return strpbrk(sentence->classes, "QMPK>TC@vn1") == NULL ||
           is_about_quote(sentence) || joins_patches(sentence);
}

static void judge_claim(Sentence *sentence, PatchClaim claim)
{
    PatchClaims *found = sentence->found;
    const PatchPattern *pattern;

    if (is_settled(found, claim) || sentence->words > words_max[claim])
        return;
    pattern = find_pattern(sentence->classes, claim);
    if (pattern == NULL)
        return;
    if (claim == PATCH_CLAIM_REWORKED)
        found->reworked_blocks |= UINT64_C(1) << MIN(sentence->block, 63);
    if (claim == PATCH_CLAIM_APPLIED) {
        const bool is_bare = names_nothing(sentence);

        if (found->by[claim] != NULL && is_bare)
            return;
        found->is_bare = is_bare;
        sentence->is_story = strpbrk(sentence->classes, "SH") != NULL &&
                             strchr(sentence->classes, WORD_OPENING) == NULL;
        found->applied_block = sentence->block;
    }
    found->by[claim] = pattern;
}

static void judge(Sentence *sentence)
{
    if (sentence->written != NULL)
        g_string_append_printf(sentence->written, "%s\n", sentence->classes);
    else if (sentence->reads_all)
        judge_claim(sentence, PATCH_CLAIM_REWORKED);
    else {
        judge_claim(sentence, PATCH_CLAIM_APPLIED);
        judge_claim(sentence, PATCH_CLAIM_WITHDRAWN);
        judge_claim(sentence, PATCH_CLAIM_TRIED);
        judge_claim(sentence, PATCH_CLAIM_REPLACED);
    }
}

static void resume_outer(Sentence *sentence)
{
    memcpy(sentence->classes, sentence->outer, sentence->outer_length);
    sentence->length = sentence->outer_length;
    sentence->words = sentence->outer_words;
}

/* "..., but didn't see much of a change?" asks nothing; "..., but doesn't this
 * need a tag?" does. */
static bool tells_of_test(const char *question)
{
    static const char askers[] = { WORD_THIS, WORD_YOUR, WORD_THE, WORD_IT,
                                   WORD_ALL,  WORD_NOUN, '\0' };
    const char *test = strchr(question, WORD_TEST);

    return test != NULL && strchr(askers, test[1]) == NULL;
}

/* Where a question asks for something else than what is said before it,
 * "Merged to next - can you check?", cuts it off. False for other questions. */
static bool cut_question(Sentence *sentence)
{
    size_t at = sentence->length;

    if (at == 0 || sentence->classes[at - 1] != '?')
        return true;
    while (at > 0 && strchr(",-;", sentence->classes[at - 1]) == NULL)
        at--;
    if (at == 0 || tells_of_test(sentence->classes + at))
        return false;
    if (sentence->classes[at] != WORD_BUT &&
        sentence->classes[at + strspn(sentence->classes + at, "oY")] !=
            WORD_WISH)
        return false;
    sentence->classes[at - 1] = '\0';
    return true;
}

static void end_clause(Sentence *sentence)
{
    const bool is_remark = sentence->is_remark;

    sentence->classes[sentence->length] = '\0';
    if (sentence->length > 0 &&
        (sentence->written != NULL || cut_question(sentence)))
        judge(sentence);
    sentence->length = sentence->words = 0;
    sentence->is_remark = false;
    if (is_remark)
        resume_outer(sentence);
}

static void end_sentence(Sentence *sentence)
{
    if (sentence->is_remark)
        end_clause(sentence); /* nobody closed it */
    end_clause(sentence);
}

/* "(merged)" in the middle of a sentence says its own, and the sentence goes
 * on behind it. */
static void start_remark(Sentence *sentence)
{
    if (sentence->words == 0)
        return;
    if (sentence->is_remark)
        end_clause(sentence);
    memcpy(sentence->outer, sentence->classes, sentence->length);
    sentence->outer_length = sentence->length;
    sentence->outer_words = sentence->words;
    sentence->classes[0] = '(';
    sentence->length = 1;
    sentence->words = 0;
    sentence->is_remark = true;
}

static void end_remark(Sentence *sentence)
{
    if (sentence->is_remark)
        end_clause(sentence);
}

static bool is_mark(char byte)
{
    return strchr(",.!?;:", byte) != NULL;
}

static Word word_of(PatchLine token)
{
    Word word = { "", '\0', false };
    size_t length;

    while (
        token.length > 0 && strchr("\"'(*_#[", *token.at) != NULL &&
        !(*token.at == '#' && token.length > 1 && g_ascii_isdigit(token.at[1])))
        token = patch_line_from(&token, 1);
    while (token.length > 0 &&
           strchr(",.!?;:)]\"'*_", token.at[token.length - 1]) != NULL) {
        const char mark = token.at[--token.length];

        if (mark == ')')
            word.ends_remark = true;
        else if (is_mark(mark) && word.mark != '?')
            word.mark = mark == '!' ? '.' : mark;
    }
    length = MIN(patch_line_find(&token, '['), LEXICON_WORD_MAX);
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

static void add_mark(Sentence *sentence, char mark)
{
    if (sentence->length > 0 && sentence->length < CLASSES_MAX)
        sentence->classes[sentence->length++] = mark;
    sentence->unnamed = 0;
}

/* "hand-applied" is two words. */
static void add_class(Sentence *sentence, const char *word)
{
    const size_t manner = lexicon_manner_length(word);

    if (sentence->words == WORDS_MAX || sentence->length >= CLASSES_MAX - 1)
        return;
    if (manner > 0)
        sentence->classes[sentence->length++] = WORD_LY;
    sentence->classes[sentence->length++] =
        sentence->unnamed > 0 && lexicon_is_branch(word)
            ? WORD_BRANCH
            : (char)lexicon_class(word + manner);
    sentence->words++;
    if (lexicon_is_unnamed(word))
        sentence->unnamed = UNNAMED_REACH;
    else if (sentence->unnamed > 0)
        sentence->unnamed--;
}

static void add_word(Sentence *sentence, PatchLine token)
{
    Word word;

    if (is_dash(&token)) {
        add_mark(sentence, '-');
        return;
    }
    if (*token.at == '(')
        start_remark(sentence);
    word = word_of(token);
    if (*word.text != '\0')
        add_class(sentence, word.text);
    if (word.ends_remark)
        end_remark(sentence);
    if (word.mark != '\0')
        add_mark(sentence, word.mark);
    if (word.mark != '\0' && strchr(".?;:", word.mark) != NULL)
        end_sentence(sentence);
}

/* Nobody breaks a line before a capital "Applied" in mid-sentence; a line
 * of greeting has no full stop either. */
static bool starts_sentence(const PatchLine *line)
{
    static const char *const verbs[] = { "Applied",  "Queued", "Pushed",
                                         "Merged",   "Pulled", "Series",
                                         "Both",     "Thanks", "Committed",
                                         "Installed" };

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
        line->at[line->length - 1] == ',' && sentence->words <= 3 &&
        sentence->classes[0] != WORD_OPENING)
        end_sentence(sentence); /* "Dear Ann Example," */
}

static bool is_trailer(const PatchLine *line)
{
    PatchLine key, value;

    return patch_trailer_split(line, &key, &value) &&
           patch_trailer_kind_of(key.at, key.length) != PATCH_TRAILER_OTHER;
}

/* "Ann> I have applied": some quote so. */
static bool is_quoted_by_name(const PatchLine *line)
{
    size_t at = 0;

    while (at < MIN(line->length, NAME_LENGTH_MAX) &&
           g_ascii_isalpha(line->at[at]))
        at++;
    return at > 0 && at < MIN(line->length, NAME_LENGTH_MAX) &&
           line->at[at] == '>';
}

/* What git prints when it applies patches, or cannot. */
static bool is_printed_by_git(const PatchLine *line)
{
    static const char *const starts[] = {
        "Applying: ",     "error: ",         "hint: ",
        "warning: ",      "fatal: ",         "Patch failed at ",
        "Applied patch ", "Checking patch ", "Using index info ",
        "Falling back ",  "Auto-merging ",   "CONFLICT (",
        "patching file ", "Hunk #",          "Failed to merge ",
        "[auto build ",   "[also build ",    "[cannot apply ",
        "[if your patch", "[If your patch",
    };
    const PatchLine text = patch_line_trim(line);

    if (text.length == 0 || strchr("AeahwfPCUFpH[i", *text.at) == NULL)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
        if (patch_line_starts(&text, starts[i]))
            return true;
    return false;
}

/* Lines of a diff without its header; "+1" is praise. */
static bool is_code(const PatchLine *line)
{
    return line->length > 1 && line->at[0] == '+' &&
           !g_ascii_isdigit(line->at[1]);
}

static bool ends_paragraph(PatchText text, const PatchLine *line)
{
    return line->offset >= text.length || patch_line_is_blank(line) ||
           patch_line_is_quoted(line) || is_quoted_by_name(line) ||
           is_trailer(line) || is_printed_by_git(line) || is_code(line);
}

/* --- the whole ----------------------------------------------------------- */

/* Takes back what a paragraph said if it also tells that this was a test, or
 * that it speaks of other patches. before: what was found up to it. */
static void finish_paragraph(Sentence *sentence, const PatchClaims *before)
{
    PatchClaims *found = sentence->found;
    const bool is_new =
        found->by[PATCH_CLAIM_APPLIED] != before->by[PATCH_CLAIM_APPLIED] ||
        found->applied_block != before->applied_block;

    if (is_new &&
        (found->by[PATCH_CLAIM_REPLACED] != NULL ||
         (found->by[PATCH_CLAIM_TRIED] != NULL && sentence->is_story))) {
        found->by[PATCH_CLAIM_APPLIED] = before->by[PATCH_CLAIM_APPLIED];
        found->is_bare = before->is_bare;
        found->applied_block = before->applied_block;
    }
}

static void read_paragraph(Sentence *sentence, PatchText text, PatchLine line,
                           size_t end)
{
    PatchClaims before = { { NULL }, false, 0, 0 };

    if (sentence->found != NULL) {
        before = *sentence->found;
        sentence->found->by[PATCH_CLAIM_TRIED] = NULL;
        sentence->found->by[PATCH_CLAIM_REPLACED] = NULL;
    }
    for (; line.offset < end; line = patch_line_after(text, &line))
        read_line(sentence, &line);
    end_sentence(sentence);
    if (sentence->found != NULL)
        finish_paragraph(sentence, &before);
}

static void read_text(Sentence *sentence, PatchText text)
{
    PatchLine line = patch_line_at(text, 0);

    while (line.offset < text.length) {
        const PatchLine first = line;
        bool has_key = false;

        if (patch_line_is_quoted(&line)) { /* as most lines of an answer */
            sentence->block++;
            line = patch_line_after(text, &line);
            continue;
        }
        for (; !ends_paragraph(text, &line);
             line = patch_line_after(text, &line))
            has_key = has_key || lexicon_has_key(line.at, line.length);
        if (sentence->first_block == 0 && line.offset > first.offset)
            sentence->first_block = sentence->block;
        if (has_key || sentence->reads_all)
            read_paragraph(sentence, text, first, line.offset);
        sentence->block += patch_line_is_quoted(&line);
        line = patch_line_after(text, &line);
    }
}

/* Bytes that nobody else wrote. */
static size_t own_length(PatchText text)
{
    PatchLine line = patch_line_at(text, 0);
    size_t length = 0;

    for (; line.offset < text.length; line = patch_line_after(text, &line))
        if (!patch_line_is_quoted(&line))
            length += line.length + 1;
    return length;
}

static void start(Sentence *sentence, PatchClaims *found, GString *written)
{
    sentence->length = sentence->words = sentence->unnamed = 0;
    sentence->is_remark = sentence->is_story = false;
    sentence->block = sentence->first_block = 0;
    sentence->reads_all = false;
    sentence->found = found;
    sentence->written = written;
}

PatchClaims patch_sentences_claims(PatchText text)
{
    PatchClaims found = { { NULL }, false, 0, 0 };
    Sentence sentence;

    start(&sentence, &found, NULL);
    read_text(&sentence, text);
    if (found.by[PATCH_CLAIM_APPLIED] != NULL && found.is_bare) {
        start(&sentence, &found, NULL);
        sentence.reads_all = true;
        read_text(&sentence, text);
    }
    if (found.by[PATCH_CLAIM_WITHDRAWN] != NULL &&
        own_length(text) > WITHDRAWAL_TEXT_MAX)
        found.by[PATCH_CLAIM_WITHDRAWN] = NULL;
    return found;
}

char *patch_sentences_classes(PatchText text)
{
    Sentence sentence;

    start(&sentence, NULL, g_string_new(NULL));
    read_text(&sentence, text);
    return g_string_free(sentence.written, FALSE);
}

const PatchPattern *patch_patterns(size_t *count)
{
    *count = G_N_ELEMENTS(patterns);
    return patterns;
}
