/* SPDX-License-Identifier: MIT */
/*
 * A digest as a page for people: which sections it has, in which order, and
 * what each row of a table says. page.c decides that for all formats; a format
 * is a PageFormat and decides how it looks. To add a format, write one with
 * these functions and name it in renderer.c.
 *
 * Text in cells may come from mail: formats escape it.
 */
#pragma once

#include "render/renderer.h"

enum { PAGE_COLUMNS_MAX = 12 };

/* What a cell holds; it decides which members of PageCell are set. */
typedef enum PageKind {
    PAGE_NUMBER, /* number */
    PAGE_BEFORE, /* number, of the previous interval; shown only with that */
    PAGE_WORDS,  /* words, of ours */
    PAGE_ASIDE,  /* words that matter less; may be "" */
    PAGE_MOVE,   /* words about the previous interval; shown only with that */
    PAGE_LISTS,  /* words: the lists that it came to; shown only in digests of
                    several lists */
    PAGE_REMARK, /* words about the row's PAGE_TITLE; may be "" */
    PAGE_SIGN,   /* words of one column, and the set that they are about */
    PAGE_STATE,  /* words, and the set whose state they are */
    PAGE_TITLE,  /* a set: its tags, and its title linked to its mail */
    PAGE_LINK,   /* subject, linked to url; mark, message_id */
    PAGE_PERSON, /* person, by name and address */
    PAGE_NAME,   /* person, by name, or by address if there is no name */
    PAGE_BY,     /* "by" and the person's name */
} PageKind;

/* A format may print a row as one of a table or as a line of running text. */
typedef enum PageShape {
    PAGE_ANY = 0,
    PAGE_TABLE = 1,
    PAGE_LINE = 2,
} PageShape;

/* In lines, a column may be shown only if there is room for it, or only if
 * there is not. */
typedef enum PageRoom {
    PAGE_ANY_ROOM = 0,
    PAGE_NARROW = 1,
    PAGE_WIDE = 2,
} PageRoom;

typedef struct PageColumn {
    const char *name;  /* its heading */
    const char *brief; /* in lines, where the name is too long; or NULL */
    PageKind kind;
    PageShape shape; /* shown only by formats of this shape */
    PageRoom room;
    int width; /* in lines: at most so many columns, padded on the left; if
                  negative, right */
    const char *before, *after; /* in lines: text around the cell, or NULL */
} PageColumn;

typedef struct PageCell {
    uint64_t number;
    char *words; /* owned; all else is lent */
    const DigestPerson *person;
    const DigestSet *set;
    const char *subject;
    const char *url;        /* NULL: no link */
    const char *mark;       /* of a PAGE_LINK's post; NULL: not known */
    const char *message_id; /* likewise */
} PageCell;

typedef struct PageRow {
    PageCell cells[PAGE_COLUMNS_MAX];
} PageRow;

typedef struct PageTable {
    const char *name; /* of its section: "contributors" */
    const char *heading;
    const PageColumn *columns;
    unsigned column_count;
    unsigned first_row; /* of the items; row 0 of the table */
    unsigned row_count;
    bool is_list;  /* a list, whose rows need no column names */
    bool is_named; /* lines need column names, too */
    char *note;    /* a line below the rows; NULL if there is none */
    const GPtrArray *items;
    void (*fill)(const void *item, PageCell *cells);
    /* Returns the group of a row; or NULL. */
    const char *(*group)(const void *item);
} PageTable;

/* Returns what a row says: a cell for each column. */
PageRow page_row(const PageTable *table, unsigned row);
/* Returns the heading above a row that is the first of its group; NULL if it is
 * not the first, or if there is only one group. Lent. */
const char *page_group(const PageTable *table, unsigned row);
void page_row_clear(PageRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PageRow, page_row_clear)

/* The part above all sections; all owned. */
typedef struct PageTop {
    char *only;          /* what it is restricted to, from the command line; or
                            NULL */
    char *span;          /* "2025-09-29 05:12 to 2025-09-29 18:36 UTC" */
    char *totals;        /* "88 posts by ..." */
    char *more;          /* "14 authors, ..."; may be "" */
    char *before;        /* totals of the previous interval; NULL: not shown */
    GPtrArray *measures; /* char *, a line each: delays, reviews, talk */
    GPtrArray *gaps;     /* char *, may hold text from Redis */
    bool has_totals;     /* all but gaps are shown */
} PageTop;

/* The top lists in their usual order, SECTION_DOMAINS first; ends with 0. */
extern const unsigned page_tops[];

typedef struct Page Page;

typedef struct PageFormat {
    PageShape shape;
    const unsigned *tops; /* the order of the top lists, as page_tops */
    bool draws_times;     /* days, hours and zones in one section */
    void (*begin)(const Page *page, const PageTop *top);
    void (*open_tops)(const Page *page);  /* around the top lists; or NULL */
    void (*close_tops)(const Page *page); /* or NULL */
    void (*table)(const Page *page, const PageTable *table);
    void (*open_entries)(const Page *page, const char *heading);
    void (*entry)(const Page *page, const DigestSet *set);
    /* Prints a line after the last entry. */
    void (*left)(const Page *page, const char *words);
    void (*close_entries)(const Page *page); /* or NULL */
    void (*end)(const Page *page);           /* or NULL */
} PageFormat;

struct Page {
    const PageFormat *format;
    const Digest *digest;
    const RenderOptions *options;
    GString *out;
};

/* Prints the whole digest to out. */
void page_render(const PageFormat *format, const Digest *digest,
                 const RenderOptions *options, GString *out);

/* Calls take with the name and the heading of each section that the page has,
 * in the order in which tables and entries come. */
void page_contents(const Page *page,
                   void (*take)(const Page *page, const char *name,
                                const char *heading));

/* Returns "day", "week" or "month", which a row of the days is. Lent. */
const char *page_step(const Page *page);
/* Returns the columns of a line: as asked for, else 80. */
unsigned page_width(const Page *page);
/* Returns true if a format shows this column: the format has the shape, and its
 * lines have the room, that the column needs. */
bool page_shows(const Page *page, const PageColumn *column);
/* Returns true if counts are shown beside those of the previous interval, which
 * had posts. */
bool page_has_moves(const Page *page);
/* Returns true for columns that are aligned to the right: counts and the like.
 */
bool page_is_right(const PageColumn *column);
/* Returns a set's title, or its subject if the title is empty. Lent. */
const char *page_title(const DigestSet *set);
/* Returns the digits of a mark that digests show; "" for NULL. Owned. */
char *page_mark(const char *mark);
/* Returns a set's tags with blanks between, or NULL if it has none. Owned. */
char *page_tags(const DigestSet *set);
/* Returns a person's name, or the address if there is none. Lent; may be NULL
 * or "". */
const char *page_name(const DigestPerson *person);
/* Returns the address to show after a name; NULL if page_name() is the address
 * already, or there is none. Lent. */
const char *page_address(const DigestPerson *person);
/* Returns the start of a text without blank lines around it, and its length; 0
 * if nothing is left. text may be NULL. */
const char *page_trim(const char *text, size_t *length);
/* Returns true if an address from settings or mail may become a link. */
bool page_is_link(const char *url);
