/* SPDX-License-Identifier: MIT */
#include "archive/unpack.h"

#include "archive/archive.h"

#include <errno.h>
#include <lzma.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/banned.h"

enum {
    INPUT_BYTES = 128 * 1024,
    MAGIC_BYTES = 6,
    GZIP_WINDOW = 16 + 15, /* zlib: gzip's header, the largest window */
};

/* What xz -9 needs is 65 MB. */
static const uint64_t LZMA_MEMORY_MAX = UINT64_C(512) * 1024 * 1024;

/* One way to unpack: takes input, gives output, tells whether it stands at the
 * end of a whole stream. False: the bytes are none of its kind. */
typedef struct Format {
    const char *name;
    const char *magic;
    size_t magic_length;
    bool (*start)(Unpack *unpack);
    bool (*step)(Unpack *unpack, char *out, size_t room, size_t *got);
    void (*stop)(Unpack *unpack);
} Format;

struct Unpack {
    int file;
    char *name;
    const Format *format; /* NULL: as it is */
    bool is_started, has_ended;
    uint64_t position;
    char input[INPUT_BYTES];
    size_t at, length; /* of input: from at on not yet used */
    bool is_whole;     /* nothing is half unpacked */
    z_stream gzip;
    lzma_stream xz;
    ZSTD_DStream *zstd;
};

/* --- gzip --------------------------------------------------------------- */

static bool gzip_start(Unpack *unpack)
{
    return inflateInit2(&unpack->gzip, GZIP_WINDOW) == Z_OK;
}

/* Members follow each other; zeros behind the last one are padding. */
static bool gzip_step(Unpack *unpack, char *out, size_t room, size_t *got)
{
    z_stream *stream = &unpack->gzip;

    while (unpack->is_whole && unpack->at < unpack->length &&
           unpack->input[unpack->at] == '\0')
        unpack->at++;
    if (unpack->at == unpack->length)
        return true;
    stream->next_in = (Bytef *)unpack->input + unpack->at;
    stream->avail_in = (uInt)(unpack->length - unpack->at);
    stream->next_out = (Bytef *)out;
    stream->avail_out = (uInt)MIN(room, (size_t)INT_MAX);

    const int result = inflate(stream, Z_NO_FLUSH);

    unpack->at = unpack->length - stream->avail_in;
    *got = (size_t)((char *)stream->next_out - out);
    unpack->is_whole = result == Z_STREAM_END;
    if (unpack->is_whole)
        return inflateReset(stream) == Z_OK;
    return result == Z_OK || result == Z_BUF_ERROR;
}

static void gzip_stop(Unpack *unpack)
{
    inflateEnd(&unpack->gzip);
}

/* --- xz ----------------------------------------------------------------- */

static bool xz_start(Unpack *unpack)
{
    unpack->xz = (lzma_stream)LZMA_STREAM_INIT;
    return lzma_stream_decoder(&unpack->xz, LZMA_MEMORY_MAX,
                               LZMA_CONCATENATED) == LZMA_OK;
}

static bool xz_step(Unpack *unpack, char *out, size_t room, size_t *got)
{
    lzma_stream *stream = &unpack->xz;

    stream->next_in = (uint8_t *)unpack->input + unpack->at;
    stream->avail_in = unpack->length - unpack->at;
    stream->next_out = (uint8_t *)out;
    stream->avail_out = room;

    const lzma_ret result =
        lzma_code(stream, unpack->has_ended ? LZMA_FINISH : LZMA_RUN);

    unpack->at = unpack->length - stream->avail_in;
    *got = room - stream->avail_out;
    unpack->is_whole = result == LZMA_STREAM_END;
    return result == LZMA_OK || result == LZMA_STREAM_END ||
           result == LZMA_BUF_ERROR;
}

static void xz_stop(Unpack *unpack)
{
    lzma_end(&unpack->xz);
}

/* --- zstd --------------------------------------------------------------- */

static bool zstd_start(Unpack *unpack)
{
    unpack->zstd = ZSTD_createDStream();
    return unpack->zstd != NULL;
}

static bool zstd_step(Unpack *unpack, char *out, size_t room, size_t *got)
{
    if (unpack->at == unpack->length)
        return true; /* of nothing it says that it wants more */

    ZSTD_inBuffer input = { unpack->input, unpack->length, unpack->at };
    ZSTD_outBuffer output = { out, room, 0 };
    const size_t result = ZSTD_decompressStream(unpack->zstd, &output, &input);

    unpack->is_whole = result == 0 && !ZSTD_isError(result);
    unpack->at = input.pos;
    *got = output.pos;
    return !ZSTD_isError(result);
}

static void zstd_stop(Unpack *unpack)
{
    ZSTD_freeDStream(unpack->zstd);
}

static const Format formats[] = {
    { "gzip", "\x1f\x8b\x08", 3, gzip_start, gzip_step, gzip_stop },
    { "xz",
      "\xfd"
      "7zXZ",
      MAGIC_BYTES, xz_start, xz_step, xz_stop },
    { "zstd", "\x28\xb5\x2f\xfd", 4, zstd_start, zstd_step, zstd_stop },
};

/* --- for all ------------------------------------------------------------ */

static bool refuse(const Unpack *unpack, const char *what, GError **error)
{
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_BROKEN, "%s: %s",
                unpack->name, what);
    return false;
}

static bool read_some(Unpack *unpack, char *to, size_t room, size_t *got,
                      GError **error)
{
    ssize_t count = 0;

    do
        count = read(unpack->file, to, room);
    while (count < 0 && errno == EINTR);
    *got = (size_t)MAX(count, 0);
    unpack->position += *got;
    unpack->has_ended = count == 0;
    return count >= 0 || refuse(unpack, g_strerror(errno), error);
}

static bool refill(Unpack *unpack, GError **error)
{
    memmove(unpack->input, unpack->input + unpack->at,
            unpack->length - unpack->at);
    unpack->length -= unpack->at;
    unpack->at = 0;

    size_t got = 0;
    const bool is_read =
        read_some(unpack, unpack->input + unpack->length,
                  sizeof(unpack->input) - unpack->length, &got, error);
    unpack->length += got;
    return is_read;
}

/* The first bytes, which a pipe may bring one by one. */
static bool find_format(Unpack *unpack, GError **error)
{
    while (unpack->length < MAGIC_BYTES && !unpack->has_ended)
        if (!refill(unpack, error))
            return false;
    unpack->is_started = true;
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        const Format *format = &formats[i];

        if (unpack->length < format->magic_length ||
            memcmp(unpack->input, format->magic, format->magic_length) != 0)
            continue;
        if (!format->start(unpack))
            return refuse(unpack, "cannot be unpacked: not enough memory",
                          error);
        unpack->format = format;
        unpack->is_whole = true;
    }
    return true;
}

static bool read_plain(Unpack *unpack, void *bytes, size_t room, size_t *got,
                       GError **error)
{
    const size_t left = unpack->length - unpack->at;

    if (left == 0)
        return unpack->has_ended || read_some(unpack, bytes, room, got, error);
    *got = MIN(left, room);
    memcpy(bytes, unpack->input + unpack->at, *got);
    unpack->at += *got;
    return true;
}

static bool refuse_damaged(const Unpack *unpack, GError **error)
{
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_BROKEN,
                "%s: its %s data is damaged: the rest cannot be read",
                unpack->name, unpack->format->name);
    return false;
}

static bool refuse_cut(const Unpack *unpack, GError **error)
{
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_BROKEN,
                "%s: its %s data is cut off: is the file complete?",
                unpack->name, unpack->format->name);
    return false;
}

bool unpack_read(Unpack *unpack, void *bytes, size_t room, size_t *got,
                 GError **error)
{
    *got = 0;
    if (!unpack->is_started && !find_format(unpack, error))
        return false;
    if (unpack->format == NULL)
        return read_plain(unpack, bytes, room, got, error);
    while (*got == 0) {
        const size_t left = unpack->length - unpack->at;

        if (left == 0 && !unpack->has_ended && !refill(unpack, error))
            return false;
        const bool was_at_end =
            unpack->has_ended && unpack->at == unpack->length;

        if (!unpack->format->step(unpack, bytes, room, got))
            return refuse_damaged(unpack, error);
        if (*got == 0 && was_at_end)
            return unpack->is_whole || refuse_cut(unpack, error);
    }
    return true;
}

Unpack *unpack_new(int file, const char *name)
{
    Unpack *unpack = g_new0(Unpack, 1);

    unpack->file = file;
    unpack->name = g_strdup(name);
    return unpack;
}

void unpack_free(Unpack *unpack)
{
    if (unpack == NULL)
        return;
    if (unpack->format != NULL)
        unpack->format->stop(unpack);
    close(unpack->file);
    g_free(unpack->name);
    g_free(unpack);
}

uint64_t unpack_position(const Unpack *unpack)
{
    return unpack->position;
}

bool unpack_is_packed(const Unpack *unpack)
{
    return unpack->format != NULL;
}
