/* SPDX-License-Identifier: MIT */
/*
 * What is known about each key of listpulse.conf: one table, from which the
 * parser, the sample, the manual page and their test (tests/docs.t) go.
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

/* What is wrong with a value, after "KEY = "VALUE": "; NULL: nothing. */
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

/* NULL: no such key. */
const SettingInfo *setting_find(const SettingTable *table, const char *name);
/* What is wrong with a text; NULL: nothing. */
const char *setting_check(const SettingInfo *info, const char *value);
/* One of the two words of a CHOICE. */
bool setting_is_choice(const SettingInfo *info, const char *value);
/* Of values that setting_check lets pass: how much is kept; and rights. */
SettingsLimit setting_limit(const char *value);
unsigned setting_mode(const char *value);
