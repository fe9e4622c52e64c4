/* SPDX-License-Identifier: MIT */
/* What cmocka wants before itself, in the order that it wants. */
#pragma once

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */
