/* SPDX-License-Identifier: MIT */
/*
 * Who answers whom. Fills parents, depths and threads of an sets.
 */
#pragma once

#include "sets/sets.h"

/* A thread is all posts that are joined by In-Reply-To and the first of their
 * References, also where the post that these name is not there. A reply
 * that names nothing answers the latest patch of its whole subject, of the 60
 * days before it. A circle of answers (a post may be its own parent) is cut. */
void thread_find(Sets *sets);
