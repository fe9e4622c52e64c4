/* SPDX-License-Identifier: MIT */
/*
 * Why a file that says who is who cannot be used.
 */
#pragma once

#include <glib.h>

/* Of a file that cannot be read or has a line that cannot be understood. */
typedef enum IdentityError { IDENTITY_ERROR_FILE } IdentityError;
#define IDENTITY_ERROR identity_error_quark()
GQuark identity_error_quark(void);
