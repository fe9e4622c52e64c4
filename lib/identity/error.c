/* SPDX-License-Identifier: MIT */
#include "identity/error.h"

#include "base/banned.h"

GQuark identity_error_quark(void)
{
    return g_quark_from_static_string("identity-error");
}
