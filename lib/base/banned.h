/* SPDX-License-Identifier: MIT */
/*
 * The last include of a source file: the C functions that write past their
 * end, keep state between threads or hide errors do not compile after it.
 */
#pragma once

#pragma GCC poison strcpy strcat strtok atoi atol gets
/* With clang, glibc's fortified ones are macros, and cannot be poisoned. */
#ifndef sprintf
#pragma GCC poison sprintf vsprintf
#endif
#pragma GCC poison localtime gmtime asctime ctime
