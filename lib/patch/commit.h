/* SPDX-License-Identifier: MIT */
/*
 * Programs that mail the commits of a repository: what they print above the
 * commit message. Hooks of git, Subversion, Mercurial, CVS and got each have
 * their own form; the first line of the text gives them away. What forges mail
 * of a push has no diff and is a robot's report.
 */
#pragma once

#include "patch/line.h"

/* Does the text begin as such a program begins? sender is the address in
 * From: "git show" pasted by the author of the commit does not count. */
bool patch_commit_is_told(PatchText text, const char *sender);
