#!/bin/sh
# import: every kind of archive, again, stopped, with bad ones among them.
. "${top_srcdir:?run by make check}/tests/integration/command.sh"
have git redis-server || skip_all 'git or redis-server is not here'

# mbox FROM TO [LIST-ID]: small mails of their own, with these numbers.
mbox() {
    perl -e '
        my ($from, $to, $list) = @ARGV;
        for my $number ($from .. $to) {
            printf "From mboxrd\@z Thu Jan  1 00:00:00 1970\n"
                . "From: P%d <p%d\@example.org>\nSubject: [PATCH] part %d\n"
                . "Date: Tue, 11 Mar 2025 06:%02d:%02d +0000\n"
                . "Message-ID: <%d\@x>\n",
                ($number) x 3, $number / 60 % 60, $number % 60, $number;
            print "List-Id: <$list>\n" if $list;
            print "\nText.\n\nSigned-off-by: P <p\@example.org>\n\n";
        }' "$1" "$2" "$3"
}

# mail NUMBER [LIST-ID]: one of them, alone.
mail() {
    mbox "$1" "$1" "$2" | sed 1d
}

posts_are() {
    pulse lists >"$WORK/lists" || return 1
    posts=$(awk -v list="$1" '$1 == list { print $2 }' "$WORK/lists")
    [ "${posts:-0}" -eq "$2" ] || {
        cat "$WORK/lists"
        echo "$1: $posts posts, not $2"
        return 1
    }
}

# One mail is of two lists, one is a duplicate.
sample_is_counted() {
    says 'counted 64 posts of 64 mails' pulse import "$SAMPLE" || {
        cat "$WORK/out"
        return 1
    }
}

nothing_is_counted_twice() {
    says 'counted 0 posts' pulse import "$SAMPLE" &&
        says 'counted 0 posts' pulse import --again "$SAMPLE" &&
        grep -q '64 mails.* 0 duplicates' "$WORK/out" || {
        cat "$WORK/out"
        return 1
    }
}

make_git() {
    rm -rf "${WORK:?}/$2" && "$top_srcdir/tests/support/make-archive" "$1" \
        "$WORK/$2"
}

git_is_counted() {
    mbox 1 30 git.example.org >"$WORK/git.mbox"
    make_git "$WORK/git.mbox" one.git &&
        says 'counted 30 posts of 30 mails' pulse import "$WORK/one.git" &&
        says 'counted 0 posts of 0 mails' pulse import "$WORK/one.git" &&
        grep -q '30 read before' "$WORK/out"
}

only_new_commits_are_read() {
    mbox 1 37 git.example.org >"$WORK/git.mbox"
    make_git "$WORK/git.mbox" one.git &&
        says 'counted 7 posts of 7 mails' pulse import "$WORK/one.git" &&
        posts_are git.example.org 37
}

maildir_is_counted() {
    mkdir -p "$WORK/Maildir/cur" "$WORK/Maildir/new" "$WORK/Maildir/tmp"
    mail 101 dir.example.org >"$WORK/Maildir/cur/1.x:2,S"
    mail 102 dir.example.org >"$WORK/Maildir/new/2.x"
    says 'counted 2 posts of 2 mails' pulse import "$WORK/Maildir" &&
        says 'counted 0 posts of 2 mails' pulse import "$WORK/Maildir" &&
        posts_are dir.example.org 2
}

standard_input_is_read() {
    mail 201 in.example.org | says 'counted 1 posts' pulse import - &&
        mbox 202 204 in.example.org | says 'counted 3 posts' pulse import - &&
        posts_are in.example.org 4
}

a_list_can_be_given() {
    mbox 301 302 >"$WORK/plain.mbox"
    complains 2 '--list LIST' pulse import "$WORK/plain.mbox" &&
        complains 2 'no such list; a new one is named by its whole List-Id' \
            pulse import --list plain "$WORK/plain.mbox" &&
        says 'counted 2 posts' pulse import --list plain.example.org \
            "$WORK/plain.mbox" &&
        posts_are plain.example.org 2 &&
        says 'counted 0 posts' pulse import --list plain "$WORK/plain.mbox"
}

two_lists_in_one_source() {
    { mbox 401 403 east.example.org && mbox 404 409 west.example.org; } \
        >"$WORK/two.mbox"
    says 'counted 9 posts' pulse import "$WORK/two.mbox" &&
        posts_are east.example.org 3 && posts_are west.example.org 6 &&
        mbox 410 411 east.example.org >>"$WORK/two.mbox" &&
        says 'counted 2 posts' pulse import "$WORK/two.mbox" &&
        posts_are east.example.org 5
}

mails_of_no_list_are_told() {
    { mbox 501 502 some.example.org && mbox 503 505; } >"$WORK/some.mbox"
    pulse import "$WORK/some.mbox" >"$WORK/out" 2>"$WORK/err" &&
        grep -q 'counted 2 posts of 5 mails' "$WORK/out" &&
        grep -q '^listpulse: import: 3 mails name no list' "$WORK/err"
}

a_bad_source_keeps_no_other_from_being_read() {
    mbox 601 602 good.example.org >"$WORK/good.mbox"
    pulse import "$WORK/none" "$WORK/good.mbox" >"$WORK/out" 2>"$WORK/err"
    [ $? -eq 1 ] && grep -q "^listpulse: $WORK/none: " "$WORK/err" &&
        grep -q 'counted 2 posts' "$WORK/out"
}

configured_lists_only() {
    printf 'lists = "configured"\nlist ours.example.org { }\n' >"$WORK/our.conf"
    { mbox 701 701 ours.example.org && mbox 702 703 theirs.example.org; } \
        >"$WORK/ours.mbox"
    says 'counted 1 posts' pulse -c "$WORK/our.conf" import \
        "$WORK/ours.mbox" 2>"$WORK/err" && grep -q '2 mails' "$WORK/err" &&
        posts_are theirs.example.org 0
}

what_is_no_archive_is_told() {
    mkdir -p "$WORK/empty"
    git init -q --bare -b master "$WORK/other.git" || return 1
    printf 'commit refs/heads/master\ncommitter a <a@x> 0 +0000\ndata 0\n' \
        >"$WORK/import"
    printf 'M 100644 inline README\ndata 2\nx\n\n' >>"$WORK/import"
    git -C "$WORK/other.git" fast-import --quiet <"$WORK/import" || return 1
    echo 'just words' >"$WORK/words"
    complains 1 "$WORK/empty: " pulse import "$WORK/empty" &&
        complains 1 "$WORK/other.git: " pulse import "$WORK/other.git" &&
        complains 1 "$WORK/none: " pulse import "$WORK/none"
}

# anew FILE EXPECTED...: an archive that was written anew is read whole, and
# says so; what it counts is as expected.
anew() {
    says "$2" pulse import "$1" 2>"$WORK/err" &&
        grep -q 'is not the archive that was read before' "$WORK/err" || {
        cat "$WORK/out" "$WORK/err"
        return 1
    }
}

# Mails that arrived at their Date: so the commits of an archive are dated.
received() {
    mbox "$@" | sed 's/^Date: \(.*\)/Received: from a by b; \1\n&/'
}

# As public-inbox does when a mail is to go: fewer commits, some of them new;
# then more of them than were ever read.
a_history_written_anew_is_read_again() {
    received 801 830 anew.example.org >"$WORK/anew.mbox"
    make_git "$WORK/anew.mbox" anew.git &&
        says 'counted 30 posts' pulse import "$WORK/anew.git" || return 1
    { received 801 810 anew.example.org && received 831 845 anew.example.org; } \
        >"$WORK/anew.mbox"
    make_git "$WORK/anew.mbox" anew.git &&
        anew "$WORK/anew.git" 'counted 15 posts of 25 mails' || return 1
    received 846 860 anew.example.org >>"$WORK/anew.mbox"
    make_git "$WORK/anew.mbox" anew.git &&
        anew "$WORK/anew.git" 'counted 15 posts of 40 mails' &&
        says 'counted 0 posts of 0 mails' pulse import "$WORK/anew.git" &&
        posts_are anew.example.org 60
}

# taken_mail N TEXT: a patch of takes.example.org.
taken_mail() {
    printf 'From: Ada Rill <ada@rill.example>\nList-Id: <takes.example.org>\n'
    printf 'Subject: [PATCH] step %s\nMessage-ID: <take-%s@rill.example>\n' \
        "$1" "$1"
    printf 'Date: Mon, 5 May 2025 10:0%s:00 +0000\n\n%s %s.\n' "$1" "$2" "$1"
}

# takes_git STEP...: takes.git as public-inbox leaves it, a commit a step: a
# number is that mail, "N=TEXT" with another text, "-N" taken back, "0" purged.
takes_git() {
    rm -rf "$WORK/takes.git"
    git init -q --bare -b master "$WORK/takes.git" || return 1
    minute=0 parent='' name=''
    for step; do
        minute=$((minute + 1)) name=m
        case $step in
        0) : >"$WORK/take" ;;
        -*) name=d && taken_mail "${step#-}" Words >"$WORK/take" ;;
        *=*) taken_mail "${step%%=*}" "${step#*=}" >"$WORK/take" ;;
        *) taken_mail "$step" Words >"$WORK/take" ;;
        esac
        blob=$(git --git-dir="$WORK/takes.git" hash-object -w "$WORK/take")
        tree=$(printf '100644 blob %s\t%s\n' "$blob" "$name" |
            git --git-dir="$WORK/takes.git" mktree)
        # shellcheck disable=SC2086
        parent=$(GIT_AUTHOR_DATE="2025-05-05 10:0$minute:01 +0000" \
            GIT_COMMITTER_DATE="2025-05-05 10:0$minute:01 +0000" \
            git -c user.name=a -c user.email=a@x --git-dir="$WORK/takes.git" \
            commit-tree "$tree" ${parent:+-p $parent} -m x) || return 1
    done
    git --git-dir="$WORK/takes.git" update-ref refs/heads/master "$parent"
}

takes_are() {
    pulse digest takes.example.org --since 2025-05-05 --until 2025-05-06 \
        --format json >"$WORK/json" &&
        perl -MJSON::PP -0777 -ne 'print join " ", map { my $text =
            $_->{head}{text} // "-"; $text =~ s/\s+$//; $text }
            reverse @{ decode_json($_)->{patch_sets} }' \
            "$WORK/json" >"$WORK/texts"
    [ "$(cat "$WORK/texts")" = "$1" ] && says 'all agree' pulse verify || {
        cat "$WORK/texts"
        return 1
    }
}

# A-7: what public-inbox-learn, -edit and -purge did after it was counted.
what_is_taken_back_goes() {
    takes_git 1 2=Secret 3 && pulse import "$WORK/takes.git" &&
        takes_are 'Words 1. Secret 2. Words 3.' || return 1
    takes_git 1 2=Plain 3 && anew "$WORK/takes.git" '1 taken back' &&
        takes_are 'Words 1. Plain 2. Words 3.' || return 1
    takes_git 1 0 3 && anew "$WORK/takes.git" '1 taken back' &&
        takes_are 'Words 1. Words 3.' || return 1
    others_stay || return 1
    takes_git 1 0 3 4 -3 && says '1 taken back' pulse import \
        "$WORK/takes.git" && takes_are 'Words 1. Words 4.' || return 1
    says 'counted 0 posts' pulse import --again "$WORK/takes.git" &&
        takes_are 'Words 1. Words 4.' || return 1
    takes_git 1 0 3 4 -3 6 7 8 && pulse import "$WORK/takes.git" &&
        takes_git 1 0 3 4 -3 6 0 0 &&
        anew "$WORK/takes.git" '2 taken back' &&
        takes_are 'Words 1. Words 4. Words 6.'
}

# What arrived in another archive at the time of a mail that was purged, and a
# stranger's mail with the id of one that was taken back.
others_stay() {
    sed 's/takes\.example/stays.example/' "$WORK/take" >"$WORK/stays"
    minute=2 parent=''
    git init -q --bare -b master "$WORK/stays.git" &&
        blob=$(git --git-dir="$WORK/stays.git" hash-object -w "$WORK/stays") &&
        tree=$(printf '100644 blob %s\tm\n' "$blob" |
            git --git-dir="$WORK/stays.git" mktree) &&
        parent=$(GIT_AUTHOR_DATE="2025-05-05 10:0$minute:01 +0000" \
            GIT_COMMITTER_DATE="2025-05-05 10:0$minute:01 +0000" \
            git -c user.name=a -c user.email=a@x --git-dir="$WORK/stays.git" \
            commit-tree "$tree" -m x) &&
        git --git-dir="$WORK/stays.git" update-ref refs/heads/master "$parent" &&
        pulse import "$WORK/stays.git" && posts_are stays.example.org 1 &&
        takes_git 1 0 4 && anew "$WORK/takes.git" 'counted 1 posts' &&
        posts_are stays.example.org 1 && takes_git 1 0 3 &&
        anew "$WORK/takes.git" 'counted'
}

a_shorter_mbox_is_read_again() {
    mbox 901 910 shorter.example.org >"$WORK/shorter.mbox"
    says 'counted 10 posts' pulse import "$WORK/shorter.mbox" || return 1
    { mbox 901 903 shorter.example.org && mbox 911 913 shorter.example.org; } \
        >"$WORK/shorter.mbox"
    anew "$WORK/shorter.mbox" 'counted 3 posts of 6 mails' &&
        posts_are shorter.example.org 13
}

several_epochs() {
    mbox 1001 1010 epoch.example.org >"$WORK/epoch.mbox"
    make_git "$WORK/epoch.mbox" 0.git || return 1
    mbox 1011 1025 epoch.example.org >"$WORK/epoch.mbox"
    make_git "$WORK/epoch.mbox" 1.git || return 1
    says 'counted 25 posts of 25 mails' pulse import "$WORK/0.git" \
        "$WORK/1.git" && says 'counted 0 posts of 0 mails' pulse import \
        "$WORK/0.git" "$WORK/1.git" && posts_are epoch.example.org 25
}

a_range_is_read() {
    mbox 1101 1110 range.example.org >"$WORK/range.mbox"
    make_git "$WORK/range.mbox" range.git &&
        says 'counted 3 posts of 3 mails' pulse import \
            --range master~5..master~2 "$WORK/range.git" &&
        says 'counted 7 posts of 10 mails' pulse import "$WORK/range.git" &&
        complains 2 nonsense pulse import --range nonsense..master \
            "$WORK/range.git"
}

# What is whole is counted; the rest when it is there.
a_truncated_mbox() {
    mbox 1201 1210 cut.example.org >"$WORK/whole.mbox"
    head -c 1500 "$WORK/whole.mbox" >"$WORK/cut.mbox"
    pulse import "$WORK/cut.mbox" >"$WORK/out" 2>"$WORK/err"
    status=$?
    cat "$WORK/out" "$WORK/err"
    [ $status -eq 1 ] && [ "$(wc -l <"$WORK/err")" -eq 1 ] &&
        grep -q "^listpulse: $WORK/cut.mbox: [^/]*$" "$WORK/err" &&
        grep -q 'counted 6 posts' "$WORK/out" || return 1
    cat "$WORK/whole.mbox" >"$WORK/cut.mbox" &&
        says 'counted 4 posts of 4 mails' pulse import "$WORK/cut.mbox" &&
        posts_are cut.example.org 10
}

# The objects in the middle are damaged: what lies before is counted, and
# after the repair the rest (A-6).
a_broken_pack() {
    mbox 2001 2600 pack.example.org >"$WORK/pack.mbox"
    make_git "$WORK/pack.mbox" pack.git || return 1
    git -C "$WORK/pack.git" repack -adq || return 1
    pack=$(ls "$WORK"/pack.git/objects/pack/*.pack)
    chmod u+w "$pack" && cp "$pack" "$WORK/pack.saved"
    size=$(wc -c <"$pack")
    printf '%0400d' 0 | dd of="$pack" bs=1 seek=$((size * 3 / 4)) \
        conv=notrunc 2>/dev/null
    pulse import "$WORK/pack.git" >"$WORK/out" 2>"$WORK/err"
    status=$?
    cat "$WORK/out" "$WORK/err"
    [ $status -eq 1 ] && grep -q 'the mail of commit [0-9a-f]* cannot be read' \
        "$WORK/err" && grep -q 'import --again' "$WORK/err" || return 1
    cat "$WORK/pack.saved" >"$pack"
    pulse import --again "$WORK/pack.git" >"$WORK/out" 2>"$WORK/err" || return 1
    posts_are pack.example.org 600
}

# It is stopped when it has counted something, and run again until it is done.
an_interrupted_import_goes_on() {
    mbox 1 6000 long.example.org >"$WORK/long.mbox"
    make_git "$WORK/long.mbox" long.git || return 1
    pulse import "$WORK/long.git" >"$WORK/out" 2>"$WORK/err" &
    import=$!
    wait_until 20 has_some long.example.org
    kill -INT $import 2>/dev/null || kill -TERM $import 2>/dev/null
    wait $import
    status=$?
    cat "$WORK/out" "$WORK/err"
    [ $status -eq 0 ] || {
        [ $status -gt 128 ] && grep -q 'stopped after mail' "$WORK/err"
    } || return 1
    pulse import "$WORK/long.git" >"$WORK/out" || return 1
    cat "$WORK/out"
    posts_are long.example.org 6000 && grep -q ' 0 duplicates' "$WORK/out"
}

has_some() {
    pulse lists | awk -v list="$1" '$1 == list && $2 > 0 { found = 1 }
        END { exit !found }'
}

# Killed without warning, each time a little later.
a_killed_import_goes_on() {
    mbox 12001 18000 killed.example.org >"$WORK/killed.mbox"
    make_git "$WORK/killed.mbox" killed.git || return 1
    for posts in 1 500 1500 3000 4500; do
        pulse import "$WORK/killed.git" >"$WORK/out" 2>&1 &
        import=$!
        wait_until 20 has_posts_or_ended killed.example.org $posts $import
        kill -9 $import 2>/dev/null
        wait $import
    done
    pulse import "$WORK/killed.git" >"$WORK/out" || return 1
    cat "$WORK/out"
    posts_are killed.example.org 6000 && has_no_duplicates killed
}

has_posts_or_ended() {
    is_gone "$3" || pulse lists | awk -v list="$1" -v posts="$2" \
        '$1 == list && $2 >= posts { found = 1 } END { exit !found }'
}

has_no_duplicates() {
    pulse digest "$1" --since 2025-01-01 --until 2025-12-31 -f json \
        --sections totals | perl -MJSON::PP -0777 -ne '
            exit(decode_json($_)->{totals}{duplicates} != 0)'
}

two_imports_at_once() {
    mbox 18001 20000 both.example.org >"$WORK/both.mbox"
    make_git "$WORK/both.mbox" both.git || return 1
    pulse import "$WORK/both.git" >"$WORK/out.1" 2>&1 &
    other=$!
    pulse import "$WORK/both.git" >"$WORK/out.2" 2>&1 || {
        cat "$WORK/out.2"
        return 1
    }
    wait $other || {
        cat "$WORK/out.1"
        return 1
    }
    cat "$WORK/out.1" "$WORK/out.2"
    posts_are both.example.org 2000 && has_no_duplicates both
}

# Redis is killed in the middle; the import waits for it and goes on.
a_redis_that_dies_is_waited_for() {
    mbox 6001 12000 dies.example.org >"$WORK/dies.mbox"
    make_git "$WORK/dies.mbox" dies.git || return 1
    pulse import "$WORK/dies.git" >"$WORK/out" 2>"$WORK/err" &
    import=$!
    wait_until 20 has_some dies.example.org
    dying=$(cat "$STATE/redis/redis.pid")
    kill -9 "$dying"
    wait_until 10 is_gone "$dying"
    wait $import
    status=$?
    cat "$WORK/out" "$WORK/err"
    [ $status -eq 0 ] && posts_are dies.example.org 6000
}

a_bar_is_drawn_on_a_terminal_only() {
    mbox 801 830 bar.example.org >"$WORK/bar.mbox"
    pulse import "$WORK/bar.mbox" >"$WORK/out" 2>"$WORK/err" &&
        [ ! -s "$WORK/err" ] || return 1
    have script || return 0
    mbox 831 860 bar.example.org >>"$WORK/bar.mbox"
    script -qec "'$LISTPULSE' --state '$STATE' import '$WORK/bar.mbox'" \
        "$WORK/typescript" >/dev/null 2>&1 </dev/null &&
        grep -q 'bar.mbox .* mails, ' "$WORK/typescript"
}

# What was read of an archive is not read again, though the list is none of
# those that are counted; --again reads it, at once, as the manual says.
forgotten_comes_back_by_again() {
    mbox 1 40 gone.example.org >"$WORK/gone.mbox"
    make_git "$WORK/gone.mbox" gone.git &&
        pulse import "$WORK/gone.git" && posts_are gone.example.org 40 &&
        pulse forget gone.example.org --all &&
        says 'counted 40 posts' pulse import --again "$WORK/gone.git" &&
        posts_are gone.example.org 40 &&
        pulse forget gone.example.org --all &&
        says 'counted 0 posts' pulse import "$WORK/gone.git" || {
        cat "$WORK/out"
        return 1
    }
}

plan 27
ok 'an mbox is counted' sample_is_counted
ok 'nothing is counted twice' nothing_is_counted_twice
ok 'a git archive is counted' git_is_counted
ok 'only new commits are read' only_new_commits_are_read
ok 'a Maildir is counted' maildir_is_counted
ok 'standard input is read' standard_input_is_read
ok 'a list can be given, and must be where no mail names it' \
    a_list_can_be_given
ok 'a source may hold two lists' two_lists_in_one_source
ok 'mails of no list are told' mails_of_no_list_are_told
ok 'a bad source keeps no other from being read' \
    a_bad_source_keeps_no_other_from_being_read
ok 'only configured lists are counted, if so configured' configured_lists_only
ok 'what is no archive is told' what_is_no_archive_is_told
ok 'several epochs are read' several_epochs
ok 'a history that was written anew is read again' \
    a_history_written_anew_is_read_again
ok 'what is taken back, edited or purged is so in Redis' \
    what_is_taken_back_goes
ok 'an mbox that lost mails is read again' a_shorter_mbox_is_read_again
ok 'what was forgotten comes back by --again' forgotten_comes_back_by_again
ok 'a range of commits is read' a_range_is_read
ok 'a truncated mbox is read as far as it goes' a_truncated_mbox
ok 'mails of a broken pack are named, and read when it is whole' a_broken_pack
ok 'an interrupted import goes on where it was' an_interrupted_import_goes_on
ok 'an import that is killed goes on where it was' a_killed_import_goes_on
ok 'two imports of one archive at once count it once' two_imports_at_once
ok 'a Redis that dies is waited for' a_redis_that_dies_is_waited_for
ok 'a bar is drawn on a terminal only' a_bar_is_drawn_on_a_terminal_only
ok 'the counters agree with the posts' says 'all agree' pulse verify

# ---- a mail that takes its reader for ever --------------------------------------

# Between others, in one bundle: those before and behind it are counted.
held_up() {
    {
        mbox 1 5 held.lists.example.org
        mbox 6 6 held.lists.example.org |
            sed 's/^Subject: .*/Subject: [PATCH] \xc3\xa9 this mail holds an import up/'
        mbox 7 200 held.lists.example.org
    } >"$WORK/held.mbox"
    pulse lists >"$WORK/lists" # Redis runs, and without what is preloaded
    LD_PRELOAD=$top_builddir/tests/support/crash.so timeout 120 \
        "$LISTPULSE" --state "$STATE" import "$WORK/held.mbox" \
        >"$WORK/out" 2>"$WORK/err"
    status=$?
    cat "$WORK/out" "$WORK/err"
    [ "$status" -eq 1 ] && posts_are held.lists.example.org 199 &&
        grep -q 'held.mbox: mail 6 took more than a second' "$WORK/err" &&
        grep -q '1 unreadable' "$WORK/out"
}
ok 'a mail that uses up its time is named, and the import goes on' held_up
