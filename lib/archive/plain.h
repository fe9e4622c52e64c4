/* SPDX-License-Identifier: MIT */
/*
 * A git repository that is as plain as public-inbox makes it, so that its
 * newest commit can be told from a few files and its objects be read from
 * theirs, without libgit2. All others are left to that: other kinds of
 * storage, objects elsewhere, history that is cut off or mended.
 */
#pragma once

#include "archive/pack.h"

/* The folder with HEAD, of a repository at path, bare or not; owned. NULL:
 * nothing so plain is there. */
char *plain_repository_at(const char *path);
/* The commit of the branch that HEAD names. *is_alone: there is no other
 * branch. False where it cannot be told so easily. */
bool plain_find_tip(const char *repository, ObjectId *tip, bool *is_alone);
