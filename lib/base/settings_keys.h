/* SPDX-License-Identifier: MIT */
/*
 * The keys of listpulse.conf: one table that the parser uses and with which
 * tests/docs.t compares the sample and the manual page.
 */
#pragma once

#include "base/settings.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum SettingKind {
    SETTING_TEXT,
    SETTING_FILE,   /* text; a relative path is one from the file's folder */
    SETTING_TEXTS,  /* char **, lower case */
    SETTING_WORDS,  /* char **, as written */
    SETTING_NUMBER, /* unsigned, from least to most */
    SETTING_LIMIT,  /* SettingsLimit, "90d", "12w", "2y", "500MB", "2GB", "" */
    SETTING_MODE,   /* unsigned, octal */
    SETTING_FLAG,   /* bool */
    SETTING_CHOICE, /* bool, true for the second word of two */
} SettingKind;

/* Returns what is wrong with a value, to follow "KEY = "VALUE": "; NULL if
 * nothing is. */
typedef const char *(*SettingCheck)(const char *value);

typedef struct SettingInfo {
    const char *name;
    SettingKind kind;
    const char *fallback;
    size_t offset; /* in Settings or ListSettings */
    SettingCheck check;
    unsigned least, most;   /* NUMBER */
    const char *choices[2]; /* CHOICE */
    bool must_exist;        /* FILE: refused if it is named and missing */
} SettingInfo;

typedef struct SettingTable {
    const SettingInfo *infos;
    size_t count;
} SettingTable;

/* The keys of Settings, and those of the sections of lists and digests. */
extern const SettingTable setting_general, setting_list, setting_digest;
/* Those of GroupSettings in a group's section. */
extern const SettingTable setting_group;

/* Returns the key of this name, or NULL. */
const SettingInfo *setting_find(const SettingTable *table, const char *name);
/* Returns what is wrong with a text; NULL if nothing is. */
const char *setting_check(const SettingInfo *info, const char *value);
/* Returns true for one of the two words of a CHOICE. */
bool setting_is_choice(const SettingInfo *info, const char *value);
/* Return the meaning of a value that setting_check accepts: how much is kept;
 * access rights. */
SettingsLimit setting_limit(const char *value);
unsigned setting_mode(const char *value);
