#!/bin/sh
# Layers include only what lies below them (lib/LAYERS), and modules are in no
# circle.
echo 1..2
if "$top_srcdir/tools/check-layers" "$top_srcdir"; then
    echo 'ok 1 - every include points down'
else
    echo 'not ok 1 - every include points down'
fi

# Three modules of one layer, the last of which includes the first again.
tree=$(mktemp -d) && trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/lib/base" "$tree/milter" "$tree/command"
echo 'base:' >"$tree/lib/LAYERS"
cd "$tree/lib/base" || exit 1
echo '#include "base/two.h"' >one.c
echo '#include "base/three.h"' >two.h
echo '#include "base/four.h"' >four.c
echo '#include "base/one.h"' >three.c
found=$("$top_srcdir/tools/check-layers" "$tree" | sort)
if [ "$found" = '# in a circle: base/one includes base/two
# in a circle: base/three includes base/one
# in a circle: base/two includes base/three' ]; then
    echo 'ok 2 - a circle is found, and only its includes are named'
else
    printf '%s\n' "$found"
    echo 'not ok 2 - a circle is found, and only its includes are named'
fi
