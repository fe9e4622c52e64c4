/* SPDX-License-Identifier: MIT */
/*
 * Programs that mail the commits of a repository: what they print above the
 * commit message. Hooks of git, Subversion, Mercurial, CVS and got each have
 * their own form; the first line of the text gives them away. What forges mail
 * of a push has no diff and is a robot's report.
 */
#pragma once

#include "patch/line.h"

/* Returns true if the text begins as such a program begins it. sender: the
 * address in From; an author who pastes the commit with "git show" does not
 * count. */
bool patch_commit_is_told(PatchText text, const char *sender);
