#!/bin/sh
# Finding: libgit2 of Debian 12 reads all certificates of the host each time
#          that it is initialised, whether or not a network is ever used.
# Guess:   git_libgit2_init() costs nothing worth counting for a program that
#          only reads repositories on disk.
# Seen:    libgit2-1.5 1.5.1+ds-1+deb12u1 with mbedTLS (bookworm).
# Hurts:   commands that start often and find little to do: 51 of 78 million
#          instructions of one that found nothing new in an archive. There is
#          no option against it: look first, without libgit2, whether there is
#          anything to do.
. "$(dirname "$0")/common"
packages bookworm libgit2-1.5=1.5.1+ds-1+deb12u1 \
    libgit2-dev=1.5.1+ds-1+deb12u1 libhttp-parser2.9=2.9.4-5 \
    libmbedcrypto7=2.28.3-1 libmbedtls14=2.28.3-1 libmbedx509-1=2.28.3-1 \
    libssh2-1=1.10.0-3+b1
use_libraries

[ -n "$(find /etc/ssl/certs -name '*.pem' 2>/dev/null | head -1)" ] || {
    echo 'not tried: no certificates in /etc/ssl/certs'
    exit 77
}

# Says which folders and files of certificates are opened.
cat >"$WORK/watch.c" <<'END'
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
static void tell(const char *path)
{
    if (strstr(path, "/ssl/") != NULL)
        fprintf(stderr, "reads certificates\n");
}
DIR *opendir(const char *path)
{
    DIR *(*real)(const char *) = (DIR * (*)(const char *)) dlsym(RTLD_NEXT,
                                                              "opendir");
    tell(path);
    return real(path);
}
FILE *fopen64(const char *path, const char *mode)
{
    FILE *(*real)(const char *, const char *) =
        (FILE * (*)(const char *, const char *)) dlsym(RTLD_NEXT, "fopen64");
    tell(path);
    return real(path, mode);
}
FILE *fopen(const char *path, const char *mode)
{
    return fopen64(path, mode);
}
END
cc -shared -fPIC -o "$WORK/watch.so" "$WORK/watch.c" -ldl
printf 'int git_libgit2_init(void);\nint main(void)\n{\n%s\n}\n' \
    '    return git_libgit2_init() < 1;' >"$WORK/start.c"
cc -o "$WORK/start" "$WORK/start.c" \
    -L"$(dirname "$(find "$ROOT" -name 'libgit2.so')")" -lgit2 \
    -Wl,--unresolved-symbols=ignore-in-shared-libs

seen=$(LD_PRELOAD=$WORK/watch.so "$WORK/start" 2>&1 | sort -u)
expect 'when initialised' 'reads certificates' "$seen"
