/* SPDX-License-Identifier: MIT */
/*
 * The last include of a source file: the C functions that write past their
 * end, keep state between threads or hide errors do not compile after it.
 */
#pragma once

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol gets
#pragma GCC poison localtime gmtime asctime ctime
