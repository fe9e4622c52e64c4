/* SPDX-License-Identifier: MIT */
/*
 * Reads the files of one configuration and checks them for what libconfuse
 * accepts silently: NULs, invalid UTF-8, unclosed comments and sections.
 * include("FILE") is followed here, since libconfuse never closes an included
 * file that has a fault, and after ten such reloads accepts no more files.
 */
#pragma once

#include <glib.h>

typedef struct SettingsPiece {
    char *path;
    char *text; /* preceded by as many newlines as make its line numbers
                   right */
} SettingsPiece;

/* Returns an array of SettingsPiece * in the order in which they are to be
 * read; owned. An included path is relative to the folder of the file that
 * names it. */
GPtrArray *settings_source_read(const char *path, GError **error);
