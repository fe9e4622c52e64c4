/* SPDX-License-Identifier: MIT */
#include "store/error.h"

#include "base/banned.h"

GQuark store_error_quark(void)
{
    return g_quark_from_static_string("store-error");
}
