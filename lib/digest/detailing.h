/* SPDX-License-Identifier: MIT */
/*
 * What a page about one patch set tells beyond its row in a digest: its parts,
 * its revisions, who answered and reviewed it, what became of it. Pure.
 */
#pragma once

#include "digest/detail.h"
#include "digest/presenter.h"

/* Fills the detail of every set in digest->sets, which present_sets() filled
 * from the same presenter. */
void detailing_fill(const Presenter *presenter, Digest *digest);
