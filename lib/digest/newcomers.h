/* SPDX-License-Identifier: MIT */
/*
 * Who is new on the list: whose first post, from any known address, lies in
 * the interval.
 */
#pragma once

#include "digest/loading.h"
#include "digest/presenter.h"

/* Finds who first wrote in the interval, of all its posts: fills newcomers and
 * is_new. Fails with STORE_ERROR. */
bool newcomers_load(Loading *loading, GError **error);

/* Returns how many of those who wrote the interval's rows are new. */
uint64_t newcomers_count(const Loading *loading);

/* Gathers all posts that may be a newcomer's first one: which is, is for their
 * marks to tell where two arrived in one millisecond. */
void newcomers_want(const Loading *loading);

/* Puts them into the digest. Skips posts whose relay address is new but whose
 * author has posted before. Fails with STORE_ERROR. */
bool newcomers_tell(const Loading *loading, const Presenter *presenter,
                    GError **error);
