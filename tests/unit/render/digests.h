/* SPDX-License-Identifier: MIT */
/*
 * Digests for tests of renderers: a full one with hostile text everywhere, an
 * empty one.
 */
#pragma once

#include "digest/digest.h"

/* Text that must not act: terminal escapes, C1, an override, markup. */
#define HOSTILE "\033[31m<b>&amp;`*_\xc2\x9b\xe2\x80\xae|x"

Digest *digests_full(void);
Digest *digests_empty(void);
