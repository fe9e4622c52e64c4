#!/bin/sh
# Layers include only what lies below them (lib/LAYERS).
echo 1..1
if "$top_srcdir/tools/check-layers" "$top_srcdir"; then
    echo 'ok 1 - every include points down'
else
    echo 'not ok 1 - every include points down'
fi
