/* SPDX-License-Identifier: MIT */
/*
 * Describes the threads of a digest: busy ones, and discussions that nobody
 * answered. Pure.
 */
#pragma once

#include "digest/presenter.h"

/* Appends the busiest threads of the interval, at most limit rows:
 * DigestThread *. */
void present_threads(const Presenter *presenter, GPtrArray *out);
/* Appends discussions that began in the interval and that nobody answered by
 * its end, newest first, at most limit rows: DigestThread *. */
void present_unanswered(const Presenter *presenter, GPtrArray *out);
/* Counts the threads that began in the interval, but not with a patch, and how
 * many of these nobody answered. */
void present_talk(const Presenter *presenter, DigestTalk *talk);
