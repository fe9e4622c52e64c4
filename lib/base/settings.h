/* SPDX-License-Identifier: MIT */
/*
 * listpulse.conf, read and checked: section 11 of the specification. Hides
 * libconfuse. A Settings never changes after it was made; reload makes a new
 * one.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The archive setting that means no archive, whatever is known about the list's
 * host. */
#define SETTINGS_NO_ARCHIVE "none"

/* Who says where a list's archive is. */
typedef enum ArchiveSource {
    ARCHIVE_OPEN,     /* nobody: it may be learnt from mail */
    ARCHIVE_SET,      /* the settings, also that there is none */
    ARCHIVE_BUILT_IN, /* list_id_archive() */
    ARCHIVE_LEARNT,   /* its mail, see digest/archive.h */
} ArchiveSource;

typedef struct ListSettings {
    char *id;      /* kvm.vger.kernel.org */
    char *name;    /* kvm: its first label unless configured */
    char *title;   /* KVM: the name in capitals unless configured */
    char *archive; /* pattern, see archive_url.h; or "" */
    ArchiveSource archive_source;
    char *prefix;      /* what it puts before subjects: see list_id_prefix */
    char **addresses;  /* addresses that name the list, lower case */
    char *untagged;    /* whether diffs without a tag are patches: "auto" (if
                          most patches have no tag), "yes", "no" */
    unsigned top;      /* rows of the top lists; 15 */
    char *maintainers; /* path of a MAINTAINERS file, or "" */
    char *timezone;    /* "UTC", an IANA name or an offset such as +02:00 */
} ListSettings;

/* A digest that is sent regularly: listpulse run NAME. */
typedef struct DigestSettings {
    char *name;    /* of its cursor, too */
    char **lists;  /* as on the command line */
    char *every;   /* "day", "week" or "month" */
    char **mail;   /* addresses; may be empty */
    char *format;  /* "mail": text and html in one mail; or a format's name */
    char *publish; /* folder of a site that is written, too; or "" */
} DigestSettings;

/* How much is kept, by age or by size; both 0: everything, for ever. */
typedef struct SettingsLimit {
    unsigned days;
    unsigned megabytes; /* of Redis memory that a list takes in all */
} SettingsLimit;

/* Several lists that are read as one. */
typedef struct GroupSettings {
    char *name;   /* of letters, digits and . _ + -, in lower case */
    char **lists; /* ids or short names, lower case; at least one */
    char *title;  /* or "" */
} GroupSettings;

typedef struct Settings {
    char *redis; /* "private", unix:, redis://, sentinel://, cluster:// */
    char *redis_password_file; /* or "" */
    unsigned redis_megabytes;  /* of the private one; 0: no limit */
    char *socket;         /* milter socket, libmilter's form or a bare path;
                           * never empty */
    char *socket_group;   /* or "" */
    unsigned socket_mode; /* 0660 */
    char *state;          /* state directory, absolute */
    bool all_lists;       /* lists = "all" */
    bool allow_eviction;  /* count into a Redis that may drop keys */
    unsigned max_lists;
    unsigned place_posts;  /* in 30 days, or a list may lose its place; 3 */
    bool match_recipients; /* lists by envelope recipient too */
    char *mailmap;         /* path or "" */
    char *organisations;   /* path or "" */
    char *maintainers;     /* of lists that name none; path or "" */
    char **bots;           /* addresses with * and ?, lower case */
    char **trailers;       /* further trailers that credit a reader */
    char **approvals;      /* words at the head of an answer that credit its
                              sender */
    bool journal_sync_full;
    unsigned journal_hours;          /* 24 */
    unsigned journal_megabytes;      /* 1024 */
    unsigned backlog_megabytes;      /* 0: by the disk's room */
    unsigned journal_free_megabytes; /* 64 */
    SettingsLimit retain_text, retain_posts;
    GPtrArray *lists;   /* ListSettings * */
    GPtrArray *digests; /* DigestSettings * */
    GPtrArray *groups;  /* GroupSettings * */
} Settings;

typedef enum SettingsError {
    SETTINGS_ERROR_UNREADABLE, /* no such file, no right */
    SETTINGS_ERROR_INVALID,    /* the message names file and line */
} SettingsError;
#define SETTINGS_ERROR settings_error_quark()
GQuark settings_error_quark(void);

/* path: a file; NULL: /etc/listpulse/listpulse.conf if it exists, else the
 * defaults (every list, private Redis). state: LISTPULSE_STATE or --state,
 * which overrides the file; NULL: not given; then the file's, then
 * /var/lib/listpulse for root or if that exists, else $XDG_STATE_HOME. */
Settings *settings_load(const char *path, const char *state, GError **error);
void settings_free(Settings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Settings, settings_free)

/* Returns the section digest "NAME", or NULL. */
const DigestSettings *settings_digest(const Settings *settings,
                                      const char *name);
/* Returns the configured section of a list, or NULL. */
const ListSettings *settings_list(const Settings *settings, const char *id);
/* Returns the group of that name, in any case, or NULL. */
const GroupSettings *settings_group(const Settings *settings, const char *name);
/* Returns true if a list is in the group, by its id or its name. */
bool settings_group_has(const GroupSettings *group, const ListSettings *list);
/* Returns the group's title, or else its name in capitals; owned. */
char *settings_group_title(const GroupSettings *group);
/* Returns a copy of the configured section of a list, or one with the defaults;
 * owned. */
ListSettings *settings_list_or_default(const Settings *settings,
                                       const char *id);
/* Returns the prefix of any list, configured or not; owned. */
char *settings_prefix(const Settings *settings, const char *id);
void list_settings_free(ListSettings *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ListSettings, list_settings_free)
