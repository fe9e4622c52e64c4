#!/bin/sh
# Finding: libgit2's git_mailmap_* compares names and addresses with their case;
#          git, which invented the file, compares both without.
# Guess:   a library of git reads .mailmap as git does; addresses are compared
#          without case wherever people are told apart.
# Seen:    libgit2 1.5.1+ds-1+deb12u1 (Debian 12) and 1.9.0+ds-2+deb13u1 (Debian
#          13); git 2.39.5 and 2.47.3.
# Hurts:   who counts people by libgit2: who writes as Ada@Example.org today and
#          as ada@example.org tomorrow is two people, while git shortlog shows
#          one. Fold the file's old names and addresses, and what is asked.
. "$(dirname "$0")/common"
packages bookworm git=1:2.39.5-0+deb12u3 libgit2-1.5=1.5.1+ds-1+deb12u1 \
    libgit2-dev=1.5.1+ds-1+deb12u1 libhttp-parser2.9=2.9.4-5 \
    libmbedcrypto7=2.28.3-1 libmbedtls14=2.28.3-1 libmbedx509-1=2.28.3-1 \
    libssh2-1=1.10.0-3+b1
use_libraries

cat >"$WORK/ask.c" <<'END'
#include <git2.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    git_mailmap *map = NULL;
    git_repository *repository = NULL;
    const char *name, *address;
    git_libgit2_init();
    if (argc < 4 || git_repository_open(&repository, argv[1]) != 0 ||
        git_mailmap_from_repository(&map, repository) != 0)
        return 1;
    git_mailmap_resolve(&name, &address, map, argv[2], argv[3]);
    printf("%s <%s>\n", name, address);
}
END
cc -I"$ROOT/usr/include" -o "$WORK/ask" "$WORK/ask.c" \
    -L"$(dirname "$(find "$ROOT" -name 'libgit2.so')")" -lgit2 \
    -Wl,--unresolved-symbols=ignore-in-shared-libs

HOME=$WORK
export HOME
"$ROOT/usr/bin/git" init -q --template= "$WORK/work" 2>"$WORK/log"
cat >"$WORK/work/.mailmap" <<'END'
Ada Lovelace <ada@new.example> <ada@old.example>
Bo Berg <bo@new.example> bo <build@host.example>
END

# both NAME ADDRESS: the answers of git and of libgit2.
both() {
    echo "$("$ROOT/usr/bin/git" -C "$WORK/work" check-mailmap "$1 <$2>"), $(
        "$WORK/ask" "$WORK/work" "$1" "$2")"
}
expect 'as the file writes it' \
    'Ada Lovelace <ada@new.example>, Ada Lovelace <ada@new.example>' \
    "$(both Ada ada@old.example)"
expect 'the address in another case' \
    'Ada Lovelace <ada@new.example>, Ada <Ada@old.example>' \
    "$(both Ada Ada@old.example)"
expect 'the name in another case' \
    'Bo Berg <bo@new.example>, Bo <build@host.example>' \
    "$(both Bo build@host.example)"
