/* SPDX-License-Identifier: MIT */
/*
 * Asks Sentinels where the master is, and checks that it is one.
 */
#pragma once

#include "store/connection.h"

/* Tries the Sentinels in turn; rejects a master that ROLE does not confirm
 * (STORE_ERROR_MASTER: try again soon). */
Connection *sentinel_open_master(const RedisSpec *spec,
                                 const ConnectionOptions *options,
                                 GError **error);
