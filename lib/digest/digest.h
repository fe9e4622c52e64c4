/* SPDX-License-Identifier: MIT */
/*
 * A digest as data: everything that any format prints, in the order in which
 * it is printed. load.h makes it, renderer.h prints it; neither includes the
 * other. All strings are valid UTF-8 from strangers: renderers escape.
 */
#pragma once

#include "activity/record.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What a digest consists of, in the order in which it is printed. */
typedef enum DigestSection {
    SECTION_TOTALS = 1 << 0,
    SECTION_DAYS = 1 << 1,
    SECTION_ZONES = 1 << 2,
    SECTION_DOMAINS = 1 << 3,
    SECTION_CONTRIBUTORS = 1 << 4,
    SECTION_POSTERS = 1 << 5,
    SECTION_ORGANISATIONS = 1 << 6,
    SECTION_PATHS = 1 << 7,
    SECTION_REVIEWERS = 1 << 8,
    SECTION_PATCHES = 1 << 9,
    SECTION_SUPERSEDED = 1 << 10,
    SECTION_APPLIED = 1 << 11,
    SECTION_WAITING = 1 << 12,
    SECTION_THREADS = 1 << 13,
    SECTION_UNANSWERED = 1 << 14,
    SECTION_NEWCOMERS = 1 << 15,
    SECTION_ENTRIES = 1 << 16,
    SECTION_ALL = (1 << 17) - 1,
} DigestSection;

typedef struct DigestList {
    char *id, *name;
    uint64_t posts; /* that came to it, including those that came to other
                       lists, too */
} DigestList;

typedef struct DigestPerson {
    char *name;
    char *email;
    char *organisation;
} DigestPerson;

typedef struct DigestEnd {
    char *mark;      /* 40 hex of the post there, or NULL */
    char *shown;     /* as the first line shows it: 9 digits, or the time */
    int64_t time_ms; /* -1: open and empty */
} DigestEnd;

typedef struct DigestTotals {
    uint64_t posts, patches, covers, pulls, replies, notices, bot_reports,
        other, duplicates, malformed, people, authors, new_people, patch_sets,
        insertions, deletions;
} DigestTotals;

typedef struct DigestCount { /* a row of a top list */
    DigestPerson who;        /* domain or organisation: in .name */
    uint64_t count;
    uint64_t insertions, deletions; /* by patches; of contributors,
                                       organisations and paths */
    uint64_t tags, replies;         /* reviewers */
    uint64_t answers;               /* posters: to mails of others */
    /* In the previous interval, if that was counted: the count, and the rank in
     * the whole table, from 1; 0: not in it. */
    uint64_t before;
    unsigned rank_before;
} DigestCount;

/* Statistics of some values, in their unit; -1 if there are none. */
typedef struct DigestMedian {
    uint64_t count;
    int64_t median, most; /* 50 % and 90 % of the values are no higher */
} DigestMedian;

/* About the patch sets of the interval, and those applied in it, without pull
 * requests. */
typedef struct DigestMeasures {
    DigestMedian reply, review;                   /* delay of the first one;
                                                     seconds */
    DigestMedian newcomer_reply, newcomer_review; /* of their sets alone */
    DigestMedian applied;  /* seconds from the first revision to the notice */
    DigestMedian versions; /* of the set that was applied */
    uint64_t patches, reviewed;
} DigestMeasures;

/* Threads that began in the interval, but not with a patch. */
typedef struct DigestTalk {
    uint64_t threads, unanswered;
} DigestTalk;

typedef enum DigestState {
    DIGEST_NEW,
    DIGEST_UPDATED,
    DIGEST_RESENT,
    DIGEST_RFC,
    DIGEST_PULL,
} DigestState;

typedef struct DigestNotice { /* that a set was applied */
    char *message_id;
    char *mark;
    char *url;
    int64_t arrival_ms;
    DigestPerson by;
    PatchNotice dialect;
} DigestNotice;

typedef struct DigestSet {
    DigestState state;
    unsigned version, minor;
    char *title;
    char **tags;
    char **lists; /* in a digest of several lists, the names of those that it
                     came to */
    DigestPerson author;
    /* the head */
    char *message_id, *mark, *subject, *text, *url;
    int64_t arrival_ms;
    bool has_date;
    int64_t date; /* seconds */
    /* patch 1, if the cover has no text of its own; else NULL */
    struct DigestSet *first_patch;
    unsigned parts_seen, parts_total;
    bool is_complete;
    unsigned reviewed;  /* patches with a Reviewed-by or Acked-by */
    GArray *unreviewed; /* unsigned, the numbers of the other patches that were
                           seen */
    char *supersedes, *superseded_by; /* message ids or NULL */
    /* of the revision that supersedes it; mark NULL: none */
    char *newer_mark;
    unsigned newer_version, newer_minor;
    DigestNotice *applied;   /* the notice by which the whole set was applied;
                                or NULL */
    unsigned applied_parts;  /* patches that notices are about */
    char *pull_request;      /* message id of the latest pull request that
                                lists some of its patches, or NULL */
    unsigned listed;         /* patches that it lists, if it is a pull
                                request */
    DigestPerson applied_by; /* the author of the notice that puts it among the
                                applied ones */
    unsigned files, insertions, deletions;
    int64_t first_reply_seconds, first_review_seconds; /* -1: none */
    char *first_reply_by;
    bool has_human_answer;
    unsigned answers;         /* by other people, without bots */
    unsigned pings;           /* by its author, before anybody else answered */
    bool is_by_newcomer;      /* its author's first post is in the interval */
    int64_t first_version_ms; /* arrival of the earliest revision known */
    bool is_waiting;          /* for review, by all mail that is known */
    bool is_entry;            /* its text is printed among the entries */
    int64_t age_seconds;      /* from its head to the end of the interval */
    /* From the mails of its parts; NULL: they name none. */
    char **fixes;      /* commits of Fixes: lines, each once */
    char *base_commit; /* of the head, else of the first part that has one */
    char *pull_url, *pull_ref;   /* of a pull request */
    struct DigestDetail *detail; /* detail.h; NULL unless it was asked for */
} DigestSet;

typedef struct DigestThread {
    char *subject;
    char *root; /* message id */
    char *mark; /* of the same post */
    char *url;
    char **lists;           /* as of a set */
    uint64_t posts, people; /* in the interval */
    uint64_t answers;       /* posts that are not patches: the discussion */
    DigestPerson by;        /* who began it; set for unanswered ones only */
} DigestThread;

typedef struct DigestNewcomer {
    DigestPerson who;
    char *subject, *message_id, *mark, *url; /* of the first post */
    char **lists;                            /* as of a set */
    bool is_patch;                           /* ... is a patch */
    bool was_answered;
    bool is_quiet; /* neither patch nor answer, nor answered: often spam */
} DigestNewcomer;

typedef enum DigestStep { STEP_DAY, STEP_WEEK, STEP_MONTH } DigestStep;

typedef struct DigestDay {
    char *day; /* 2025-09-29 */
    uint64_t posts, patches, replies;
} DigestDay;

/* A row of the table at the top of a digest: a day, or in a long interval a
 * week or a month. */
typedef struct DigestPeriod {
    char *name; /* "2025-09-29 Mon", "2025-W40", "2025-09" */
    uint64_t posts, patches, replies;
    uint64_t before; /* posts of the same days in the previous interval */
    unsigned share;  /* posts, in percent of the row that has most */
} DigestPeriod;

/* Posts whose Dates name one time zone. */
typedef struct DigestZone {
    bool is_known; /* false: without a Date, or with a zone that is none */
    int minutes;   /* east of UTC */
    uint64_t posts, people; /* who wrote them; no bots */
    unsigned share;         /* posts, in percent of the zone that has most */
} DigestZone;

/* A time in which mail may have passed uncounted. */
typedef struct DigestGap {
    int64_t from_ms, until_ms;
    char *why; /* "the milter was stopped" */
} DigestGap;

/* What only `classic` prints: raw, as in the sample. */
typedef struct DigestClassic {
    GPtrArray *domains;      /* DigestCount *, all, sorted as printed */
    GPtrArray *contributors; /* DigestCount *, .who.name is the raw From */
    GPtrArray *listed;       /* char *, subjects, newest first */
    GPtrArray *entries;      /* DigestClassicEntry *, newest Date first */
} DigestClassic;

typedef struct DigestClassicEntry {
    char *subject, *author; /* author: decoded "Name <address>" */
    char *text;             /* up to classic's end; "" */
    int64_t date;
    uint32_t text_end;
} DigestClassicEntry;

/* A restriction of a digest: "author", "jane@example.org". */
typedef struct DigestAsked {
    char *name, *value;
} DigestAsked;

typedef struct Digest {
    char *list_id, *list_name, *list_title;
    GPtrArray *lists; /* DigestList *: the lists, if it is of several */
    char *timezone;
    unsigned top; /* rows of the top lists */
    DigestEnd from, to;
    int64_t first_ms, last_ms; /* arrivals of its first and last post */
    char *last_mark;           /* of its last post; NULL if it is empty */
    int64_t newest_ms;         /* arrival of the list's newest post; 0: none */
    DigestTotals totals, previous;
    bool has_patch_sets;    /* totals.patch_sets was counted */
    bool has_previous;      /* everything was counted for the previous interval,
                               too */
    bool has_days_before;   /* ... or only its days */
    struct Digest *before;  /* the previous interval, as far as it was counted;
                               or NULL */
    bool is_filtered;       /* only some posts are shown: */
    GPtrArray *asked;       /* DigestAsked *: which ones, */
    uint64_t of_posts;      /* ... of how many in the interval */
    unsigned unknown_paths; /* patches of which it is not known what files they
                               change */
    bool has_measures;
    DigestMeasures measures;
    DigestTalk talk;
    uint64_t hours[24], weekdays[7]; /* posts, in its zone; weekdays from Monday
                                        on */
    bool is_young; /* the first known post of the list is hardly older than the
                      interval */
    GPtrArray *domains, *contributors, *organisations, *reviewers;
    GPtrArray *posters;    /* DigestCount *, by all posts */
    GPtrArray *paths;      /* DigestCount *, folders that patches change */
    GPtrArray *sets;       /* DigestSet *, newest head first */
    GPtrArray *applied;    /* DigestSet *, lent: applied by notices of the
                              interval */
    GPtrArray *superseded; /* DigestSet *, lent: superseded by a revision that
                              came in the interval, latest first */
    GPtrArray *waiting;    /* DigestSet *, lent: those that wait at the end of
                              the interval, oldest last */
    GPtrArray *others;     /* DigestSet *: applied and waiting ones whose head
                              is older */
    GPtrArray *older;      /* DigestSet *: superseded ones whose head is older;
                              not all of their answers are known */
    unsigned entries_left; /* patch sets whose entries are not printed */
    GPtrArray *threads;    /* DigestThread *, busiest first */
    GPtrArray *unanswered; /* DigestThread *: begun in the interval, not by a
                              patch, and not answered; newest first */
    GPtrArray *newcomers;  /* DigestNewcomer *, quiet ones last */
    GPtrArray *days;       /* DigestDay *, every day of the interval */
    GPtrArray *periods;    /* DigestPeriod *, the days grouped to suit the
                              interval's length */
    DigestStep step;       /* ... by this step */
    GPtrArray *zones;      /* DigestZone *, from west to east, unknown last */
    GPtrArray *gaps;       /* DigestGap *, earliest first */
    DigestClassic classic;
    void *made_from; /* records and sets, owned; free_made_from frees them with
                        the digest, not before, since that takes long */
    GDestroyNotify free_made_from;
} Digest;

/* Returns a digest whose arrays are empty and own what they will hold (but for
 * the lent ones). */
Digest *digest_new(void);
void digest_free(Digest *digest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Digest, digest_free)
DigestSet *digest_set_new(void); /* seconds: -1; all strings NULL */
void digest_set_free(DigestSet *set);
DigestCount *digest_count_new(void);
void digest_count_free(DigestCount *count);
void digest_notice_free(DigestNotice *notice);
void digest_thread_free(DigestThread *thread);
void digest_newcomer_free(DigestNewcomer *newcomer);
void digest_day_free(DigestDay *day);
void digest_period_free(DigestPeriod *period);
void digest_zone_free(DigestZone *zone);
void digest_list_free(DigestList *list);
void digest_asked_free(DigestAsked *asked);
void digest_gap_free(DigestGap *gap);
void digest_classic_entry_free(DigestClassicEntry *entry);
void digest_person_clear(DigestPerson *person);

const char *digest_state_name(DigestState state); /* "new"; lent */
/* Reads section names, separated by commas, into DigestSection bits. Returns
 * false at an unknown word and sets *bad to its start. */
bool sections_parse(const char *text, unsigned *sections, const char **bad);
/* Returns "totals, domains, ..."; lent. */
const char *sections_names(void);
/* Returns the name of one section: "totals"; lent. */
const char *section_name(DigestSection section);
