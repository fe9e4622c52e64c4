/* SPDX-License-Identifier: MIT */
/*
 * Prints the pages of the site that `listpulse publish` writes into a folder.
 * All links are relative, so that the folder may be anywhere, also on a local
 * disk. A page loads nothing but the site's own style.css and listpulse.js, and
 * is complete without them.
 *
 * The folder holds index.html and a folder for each list with index.html,
 * MONTH.html, WEEK.html, set/MARK.html and person/NAME.html; a folder "group"
 * with a page for each group; and NAME.json and NAME.atom beside each page.
 */
#pragma once

#include "digest/digest.h"

#include <glib.h>
#include <stdbool.h>

typedef struct SiteLink {
    char *words; /* plain text */
    char *href;  /* relative; NULL: the page itself */
} SiteLink;

/* What a page knows of the site around it. All lent. */
typedef struct RenderSite {
    const char *root;      /* from the page to the site's top: "../" */
    const char *list_root; /* ... to its list's folder: "", "../" */
    const char *path;      /* of the page from the site's top, without ending */
    const char *base_url;  /* of the site's top, with a slash at its end; "" if
                              it is not known */
    const char *heading;   /* plain text */
    const char *aside;     /* a line below the heading; or NULL */
    const GPtrArray *ways; /* SiteLink *: up, back and on; or NULL */
    const GPtrArray *parts; /* SiteLink *: where a page was split; or NULL */
    const GPtrArray *weeks; /* SiteLink *: of a month; or NULL */
    const char *lead;       /* HTML that comes before the tables; or NULL */
    GHashTable *people; /* keys (site_person_key) of those who have a page */
    GHashTable *sets;   /* marks of sets that have a page; NULL: all have */
    bool is_of_several; /* the values of people and sets are the paths of their
                           lists' folders, which replace list_root */
} RenderSite;

SiteLink *site_link_new(const char *words, const char *href);
void site_link_free(SiteLink *link);

/* Returns the key of a person on the site: the address in lower case; NULL if
 * there is none. Owned. */
char *site_person_key(const DigestPerson *person);
/* Returns the file name of the person with this key, without an ending: those
 * characters of the address that a file name may have, and a hash of it. Owned.
 */
char *site_person_name(const char *key);
/* Returns the folder of a list: its id, in which characters that a file name or
 * a URL cannot hold are written as "_2f". Owned. */
char *site_list_folder(const char *list);

#define SITE_GROUP_FOLDER "group"
/* Returns the path of a group's page from the site's top, without an ending.
 * Owned. */
char *site_group_path(const char *group);

/* Relative addresses of pages; owned; NULL if there is no such page. */
char *site_set_href(const RenderSite *site, const char *mark);
char *site_person_href(const RenderSite *site, const DigestPerson *person);

/* Append everything before and after the content of a page. */
void site_open(GString *out, const RenderSite *site);
void site_close(GString *out, const RenderSite *site);
/* Appends a person's name, linked to the person's page if there is one, and the
 * address if asked for. */
void site_person(GString *out, const RenderSite *site,
                 const DigestPerson *person, bool with_address);
/* Appends a line from mail, cut if it is long; linked if href is not NULL. */
void site_title(GString *out, const char *title, const char *href);
/* Appends "2025-09-29 05:12" in the digest's zone. */
void site_time(GString *out, const Digest *digest, int64_t time_ms);

/* A month or a week: one page and its numbers. */
typedef struct SiteUnit {
    const char *name;  /* "2025-10", of its file */
    const char *title; /* "October 2025" */
    uint64_t posts, patches, replies, people, sets;
} SiteUnit;

/* A list as the front page shows it. */
typedef struct SiteList {
    const char *id, *title, *folder, *timezone;
    uint64_t posts;
    int64_t first_ms, last_ms;
    const SiteUnit *latest; /* month; or NULL */
} SiteList;

/* A group of lists as the front page shows it; all owned. */
typedef struct SiteGroup {
    char *name, *title, *path, *timezone;
    unsigned lists; /* that have pages */
    unsigned parts; /* of its page */
    uint64_t posts; /* in the last days, each once */
    int64_t last_ms;
} SiteGroup;
void site_group_free(SiteGroup *group);

/* A person and the person's numbers. */
typedef struct SitePerson {
    DigestPerson who;
    uint64_t posts, patches, tags, replies;
} SitePerson;

/* Append what the page of a list, or of a person, shows before its tables:
 * figures, a chart, months and weeks. Units: oldest first. */
void site_lead_list(const RenderSite *site, const SiteUnit *months,
                    unsigned month_count, const SiteUnit *weeks,
                    unsigned week_count, GString *out);
void site_lead_person(const RenderSite *site, const SitePerson *person,
                      const SiteUnit *months, unsigned month_count,
                      GString *out);
/* Appends the lists of a group, for the top of its page. */
void site_lead_group(const RenderSite *site, const SiteList *lists,
                     unsigned count, GString *out);
/* Print the front page as HTML, JSON and Atom; groups: SiteGroup *. */
void site_render_front(const RenderSite *site, const SiteList *lists,
                       unsigned count, const GPtrArray *groups, GString *out);
void site_json_front(const SiteList *lists, unsigned count,
                     const GPtrArray *groups, GString *out);
void site_atom_front(const RenderSite *site, const SiteList *lists,
                     unsigned count, GString *out);
/* Prints what a person did as JSON; the sets are those of the digest. */
void site_json_person(const SitePerson *person, const SiteUnit *months,
                      unsigned month_count, const Digest *digest, GString *out);
/* Prints the months and weeks of a list as JSON. */
void site_json_list(const char *id, const char *title, const SiteUnit *months,
                    unsigned month_count, const SiteUnit *weeks,
                    unsigned week_count, GString *out);

/* Prints the page of one set of a digest, whose detail must be filled. chain:
 * DigestSet *, all its revisions that have a page, itself included, oldest
 * first. */
void site_render_set(const Digest *digest, const DigestSet *set,
                     const GPtrArray *chain, const RenderSite *site,
                     GString *out);

extern const char site_style[];  /* style.css, after html_style */
extern const char site_script[]; /* listpulse.js */
