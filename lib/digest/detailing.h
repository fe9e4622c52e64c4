/* SPDX-License-Identifier: MIT */
/*
 * Fills the content of pages about patch sets: their parts, their revisions,
 * who answered and reviewed them, what became of them. Pure.
 */
#pragma once

#include "digest/detail.h"
#include "digest/presenter.h"

/* Fills the detail of every set in digest->sets, which present_sets() filled
 * from the same presenter. */
void detailing_fill(const Presenter *presenter, Digest *digest);
