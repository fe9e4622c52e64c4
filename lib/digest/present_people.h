/* SPDX-License-Identifier: MIT */
/*
 * Describes the people of a digest: reviewers, people who answered others,
 * newcomers. Pure.
 */
#pragma once

#include "digest/presenter.h"

/* Appends the people who gave tags or replied to patches in the interval, at
 * most limit rows: DigestCount *. */
void present_reviewers(const Presenter *presenter, GPtrArray *out);
/* Fills answers (replies to others) of the posters, DigestCount *. */
void present_answers(const Presenter *presenter, GPtrArray *posters);
/* posts: for each newcomer the record (unsigned) of the first post. */
void present_newcomers(const Presenter *presenter, const GArray *posts,
                       GPtrArray *out);
