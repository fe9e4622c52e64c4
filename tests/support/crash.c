/* SPDX-License-Identifier: MIT */
/*
 * A mail that kills its reader, or holds it up for ever. Preloaded, it does so
 * when GMime or GLib is given a text that holds the words below: what a fault
 * in a library would do. The command loads GMime by itself, which cannot be
 * preloaded, so there it is GLib.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

typedef struct _GMimeStream GMimeStream;
typedef struct _GByteArray {
    unsigned char *data;
    unsigned len;
} GByteArray;
typedef GMimeStream *(*MakeStream)(GByteArray *bytes);

GMimeStream *g_mime_stream_mem_new_with_byte_array(GByteArray *bytes);

GMimeStream *g_mime_stream_mem_new_with_byte_array(GByteArray *bytes)
{
    static const char crash[] = "this mail kills its reader";
    static const char hang[] = "this mail holds its reader up";
    MakeStream real;

    if (memmem(bytes->data, bytes->len, crash, strlen(crash)) != NULL)
        abort();
    while (memmem(bytes->data, bytes->len, hang, strlen(hang)) != NULL)
        ;
    *(void **)&real = dlsym(RTLD_NEXT, "g_mime_stream_mem_new_with_byte_array");
    return real(bytes);
}

typedef int (*Validate)(const char *text, ssize_t length, const char **end);

int g_utf8_validate(const char *text, ssize_t length, const char **end);

int g_utf8_validate(const char *text, ssize_t length, const char **end)
{
    static const char hang[] = "this mail holds an import up";
    const size_t bytes = length < 0 ? strlen(text) : (size_t)length;
    Validate real;

    while (memmem(text, bytes, hang, strlen(hang)) != NULL)
        ;
    *(void **)&real = dlsym(RTLD_NEXT, "g_utf8_validate");
    return real(text, length, end);
}
