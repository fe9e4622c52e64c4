/* SPDX-License-Identifier: MIT */
/*
 * Finds the newcomers: people whose first post, from any known address, is in
 * the interval.
 */
#pragma once

#include "digest/loading.h"
#include "digest/presenter.h"

/* Finds the newcomers among the writers of all posts of the interval: fills
 * newcomers and is_new. Fails with STORE_ERROR. */
bool newcomers_load(Loading *loading, GError **error);

/* Returns how many of the people who wrote the interval's rows are new. */
uint64_t newcomers_count(const Loading *loading);

/* Gathers all posts that may be a newcomer's first one: if two arrived in one
 * millisecond, their marks decide. */
void newcomers_want(const Loading *loading);

/* Puts the newcomers into the digest. Skips posts whose relay address is new
 * but whose author has posted before. Fails with STORE_ERROR. */
bool newcomers_tell(const Loading *loading, const Presenter *presenter,
                    GError **error);
