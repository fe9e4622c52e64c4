/* SPDX-License-Identifier: MIT */
/*
 * What Redis lets this user do, and whether it keeps what it is given.
 */
#pragma once

#include "store/router.h"

/* May every command be run that counting and erasing need, on each node?
 * STORE_ERROR_DENIED names all that may not. */
bool rights_may_write(Router *router, GError **error);
/* Does each node keep what it holds, or drop keys when its memory is full?
 * STORE_ERROR_EVICTS if it drops. */
bool rights_is_kept(Router *router, GError **error);
