#!/bin/sh
# The site and the HTML digest in Chromium: on a phone, a tablet and a desk,
# light and dark, with scripts and without.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have redis-server || skip_all 'redis-server is not here'
have chromedriver || skip_all 'chromedriver is not here'
have chromium || skip_all 'chromium is not here'
plan 6

site=$WORK/site
browser=$top_srcdir/tests/support/site/browser.py

is_published() {
    pulse import "$SAMPLE" >"$WORK/import.log" 2>&1 &&
        perl "$top_srcdir/tests/support/site/hostile" >"$WORK/hostile.mbox" &&
        pulse import "$WORK/hostile.mbox" \
            >"$WORK/import.log" 2>&1 &&
        pulse publish "$site" >"$WORK/publish.log" &&
        pulse digest kestrel-devel --since 2025-01-01 --previous --format html \
            --output "$site/digest.html"
}

# Each fault that is looked for, once.
faults_are_found() {
    cat >"$site/bad.html" <<'END'
<!DOCTYPE html><meta name="viewport" content="width=device-width"><main>
<p>Some text that is here to be read.</p><p>More of it.</p><p>And more.</p>
<p style="color:#aaa">pale</p><div style="width:900px">wide</div>
<p style="width:3em;overflow-wrap:anywhere">unbreakableword</p>
<p><a href="#x" style="font-size:9px">x</a></p>
<img src="http://192.0.2.1/x.png" alt=""></main>
END
    python3 "$browser" "$site" bad.html >"$WORK/bad" && return 1
    rm "$site/bad.html"
    for fault in 'contrast 2.3' 'wider than the screen' 'broken word' \
        'small: ' 'not ours: IMG' 'a request to http://192.0.2.1/'; do
        grep -qF "$fault" "$WORK/bad" || {
            cat "$WORK/bad"
            echo "not found: $fault"
            return 1
        }
    done
}

looks_good() {
    python3 "$browser" "$site" "$@"
}

page_of() {
    (cd "$site" && grep -lF "$1" "$SAMPLE_LIST"/set/*.html | head -n 1)
}

ok 'the site is there' is_published
ok 'faults are found' faults_are_found
ok 'lists, months and people look good' looks_good index.html \
    "$SAMPLE_LIST/index.html" "$SAMPLE_LIST/2025-03.html" \
    "$(cd "$site" && ls "$SAMPLE_LIST"/person/*.html | head -n 1)"
ok 'patch sets look good, hostile ones too' looks_good \
    "$(page_of 'reclaim idle pages')" "$(page_of 'alert(1)')"
ok 'the digest looks good' looks_good digest.html

# Letters are as wide as those of this font on many a machine, and it has few.
wide_font() {
    mkdir -p "$WORK/fonts"
    cp /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf \
        /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf \
        /usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf "$WORK/fonts" || return 1
    cat >"$WORK/fonts.conf" <<END
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$WORK/fonts</dir><cachedir>$WORK/fonts</cachedir>
<match target="pattern"><edit name="family" mode="append">
<string>DejaVu Sans</string></edit></match></fontconfig>
END
    FONTCONFIG_FILE=$WORK/fonts.conf "$@"
}
ok 'all of it in a wide font, too' wide_font looks_good digest.html index.html \
    "$SAMPLE_LIST/index.html" "$SAMPLE_LIST/2025-03.html" "$(page_of 'alert(1)')"
