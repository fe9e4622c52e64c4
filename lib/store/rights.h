/* SPDX-License-Identifier: MIT */
/*
 * Checks what Redis lets this user do, and whether it keeps its keys.
 */
#pragma once

#include "store/router.h"

/* Returns true if every node lets us run the commands that counting and erasing
 * need. Fails with STORE_ERROR_DENIED, which names those that are forbidden. */
bool rights_may_write(Router *router, GError **error);
/* Returns true if no node drops keys when its memory is full; fails with
 * STORE_ERROR_EVICTS if one does. */
bool rights_is_kept(Router *router, GError **error);
