/* SPDX-License-Identifier: MIT */
/*
 * Describes the threads of a digest: busy ones, and talk that nobody answered.
 * Pure.
 */
#pragma once

#include "digest/presenter.h"

/* Appends the busiest threads of the interval, at most limit rows:
 * DigestThread *. */
void present_threads(const Presenter *presenter, GPtrArray *out);
/* Talk that began in the interval and that nobody answered by its end, newest
 * first, at most limit rows: DigestThread *. */
void present_unanswered(const Presenter *presenter, GPtrArray *out);
/* Counts how many of the threads that began in the interval are talk, and of
 * these, how many nobody answered. */
void present_talk(const Presenter *presenter, DigestTalk *talk);
