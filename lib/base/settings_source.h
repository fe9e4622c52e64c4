/* SPDX-License-Identifier: MIT */
/*
 * The files behind one configuration, checked for what libconfuse takes
 * silently: NULs, invalid UTF-8, comments and sections that nobody closes.
 * include("FILE") is followed here, since libconfuse never closes an included
 * file that has a fault, and after ten such reloads takes none any more.
 */
#pragma once

#include <glib.h>

typedef struct SettingsPiece {
    char *path;
    char *text; /* after so many newlines that its line numbers are right */
} SettingsPiece;

/* SettingsPiece * in the order in which they are to be read; an included path
 * is taken from the folder of the file that names it. */
GPtrArray *settings_source_read(const char *path, GError **error);
