/* SPDX-License-Identifier: MIT */
/*
 * A mail that kills its reader. Preloaded into the daemon, it ends the
 * process when GMime is given a text that holds the words below: what a
 * fault in a library would do.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

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
