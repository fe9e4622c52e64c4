#!/bin/sh
# Finding: a dictionary of plain text (not made by zstd --train) has no id, and
#          the library writes no checksum unless asked: what was compressed with
#          one is decompressed with another without an error, to another text.
# Guess:   the wrong dictionary is refused, "Dictionary mismatch", as with one
#          that was trained.
# Seen:    libzstd1 1.5.4+dfsg2-5 (Debian 12), 1.5.7+dfsg-1 (Debian 13).
# Hurts:   who keeps small texts compressed with the words that they share: after
#          one edit of these words old texts read wrong, and no one notices. Set
#          ZSTD_c_checksumFlag, keep every dictionary, store which one it was.
. "$(dirname "$0")/common"
packages bookworm libzstd1=1.5.4+dfsg2-5 libzstd-dev=1.5.4+dfsg2-5

cat >"$WORK/words.c" <<'END'
#include <stdio.h>
#include <string.h>
#include <zstd.h>
static const char *written = "Signed-off-by: Ada Lovelace <ada@example.org> ok";
static const char *edited = "Signed-off-by: Bob Stephens <bob@example.org> ok";
static const char *text = "Signed-off-by: Ada Lovelace <ada@example.org>";
int main(int argc, char **argv)
{
    char packed[500], unpacked[500];
    ZSTD_CCtx *packer = ZSTD_createCCtx();
    ZSTD_DCtx *unpacker = ZSTD_createDCtx();
    size_t size;
    (void)argv;
    ZSTD_CCtx_setParameter(packer, ZSTD_c_checksumFlag, argc > 1);
    ZSTD_CCtx_loadDictionary(packer, written, strlen(written));
    size = ZSTD_compress2(packer, packed, sizeof packed, text, strlen(text));
    ZSTD_DCtx_loadDictionary(unpacker, edited, strlen(edited));
    size = ZSTD_decompressDCtx(unpacker, unpacked, sizeof unpacked - 1, packed,
                               size);
    if (ZSTD_isError(size))
        return puts(ZSTD_getErrorName(size)) < 0;
    unpacked[size] = '\0';
    puts(unpacked);
}
END
library=$(find "$ROOT" -name 'libzstd.so' | head -n 1)
cc -I"$ROOT/usr/include" -o "$WORK/words" "$WORK/words.c" \
    -L"$(dirname "$library")" -lzstd
use_libraries
expect 'the text that comes back' \
    'Signed-off-by: Bob Stephens <bob@example.org>' "$("$WORK/words")"
expect 'the same with a checksum' "Restored data doesn't match checksum" \
    "$("$WORK/words" checksum)"
