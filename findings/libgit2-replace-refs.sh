#!/bin/sh
# Finding: libgit2 passes over refs/replace: what git replace put in place of an
#          object, a graft among it, it does not see.
# Guess:   both read the same history from the same repository; replace refs are
#          a matter of the object store, below whoever asks for an object.
# Seen:    libgit2 1.5.1+ds-1+deb12u1 (Debian 12) and 1.9.0+ds-2+deb13u1 (Debian
#          13) with git 2.39.5 and 2.47.3.
# Hurts:   who reads archives by libgit2 after their owner mended or took away a
#          mail with git replace: the old text comes back, numbers differ from
#          git log's. Follow refs/replace/ID oneself, or rewrite the history.
. "$(dirname "$0")/common"
packages bookworm git=1:2.39.5-0+deb12u3 libgit2-1.5=1.5.1+ds-1+deb12u1 \
    libgit2-dev=1.5.1+ds-1+deb12u1 libhttp-parser2.9=2.9.4-5 \
    libmbedcrypto7=2.28.3-1 libmbedtls14=2.28.3-1 libmbedx509-1=2.28.3-1 \
    libssh2-1=1.10.0-3+b1
use_libraries

# Prints how many commits HEAD has, and the text of HEAD:m.
cat >"$WORK/read.c" <<'END'
#include <git2.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    git_repository *repository = NULL;
    git_revwalk *walk = NULL;
    git_object *blob = NULL;
    git_oid id;
    int count = 0;
    git_libgit2_init();
    if (argc < 2 || git_repository_open(&repository, argv[1]) != 0 ||
        git_revwalk_new(&walk, repository) != 0 ||
        git_revwalk_push_head(walk) != 0 ||
        git_revparse_single(&blob, repository, "HEAD:m") != 0)
        return 1;
    while (git_revwalk_next(&id, walk) == 0)
        count++;
    printf("%d %s\n", count,
           (const char *)git_blob_rawcontent((git_blob *)blob));
}
END
cc -I"$ROOT/usr/include" -o "$WORK/read" "$WORK/read.c" \
    -L"$(dirname "$(find "$ROOT" -name 'libgit2.so')")" -lgit2 \
    -Wl,--unresolved-symbols=ignore-in-shared-libs

HOME=$WORK GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@old.example
GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@old.example
export HOME GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME \
    GIT_COMMITTER_EMAIL
git() {
    "$ROOT/usr/bin/git" -C "$WORK/archive" "$@"
}
mkdir "$WORK/archive"
git init -q --template= 2>"$WORK/log"
for text in first second; do
    printf %s "$text" >"$WORK/archive/m"
    git add m
    git commit -q -m "$text"
done
as_git() {
    echo "$(git rev-list --count HEAD) $(git cat-file blob HEAD:m)"
}
expect 'before, git' '2 second' "$(as_git)"
expect 'before, libgit2' '2 second' "$("$WORK/read" "$WORK/archive")"
git replace "$(git rev-parse HEAD:m)" \
    "$(printf mended | git hash-object -w --stdin)"
git replace --graft HEAD
expect 'after git replace, git' '1 mended' "$(as_git)"
expect 'after git replace, libgit2' '2 second' "$("$WORK/read" "$WORK/archive")"
