/* SPDX-License-Identifier: MIT */
/*
 * Finds who answers whom. Fills parents, depths and threads of sets.
 */
#pragma once

#include "sets/sets.h"

/* A thread is all posts connected by In-Reply-To and the first of References,
 * also through posts that are missing. A reply that names no mail is attached
 * to the latest patch of the 60 days before it that has its whole subject.
 * Circles of answers (a post may name itself) are cut. */
void threads_find(Sets *sets);
