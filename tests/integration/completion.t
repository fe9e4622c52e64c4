#!/bin/sh
# What bash and zsh offer is what --help tells: commands, options, values, lists.
. "$top_srcdir/tests/integration/lib.sh"
plan 10

completion=$top_srcdir/conf/completion
programs=$top_builddir/command:$top_builddir/milter

# offers WORD...: what bash offers for the last of them, one a line.
offers() {
    PATH=$programs:$PATH LISTPULSE_STATE=$STATE bash -c '. "$1"/listpulse
        shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _listpulse "$1"
        printf "%s\n" "${COMPREPLY[@]}"' bash "$completion" "$@" | sort -u
}

# options_of COMMAND...: the long ones that its help names.
options_of() {
    PATH=$programs:$PATH "$@" --help |
        sed -n 's/^ *\(-., \)\{0,1\}\(--[a-z-]*\).*/\2/p' | sort -u
}

commands_of_help() {
    "$LISTPULSE" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p'
}

same_words() {
    printf '%s\n' "$1" >"$WORK/one"
    printf '%s\n' "$2" >"$WORK/other"
    [ -n "$1" ] && same "$WORK/one" "$WORK/other"
}

commands() {
    same_words "$({ commands_of_help; echo help; } | sort)" "$(offers listpulse '')"
}
ok 'bash: the commands' commands
options() {
    for command in $(commands_of_help); do
        same_words "$(options_of listpulse "$command")" \
            "$(offers listpulse "$command" --)" || return 1
    done
    same_words "$(options_of listpulse)" "$(offers listpulse --)"
}
ok 'bash: the options of each' options
options_of_milter() {
    same_words "$(options_of listpulse-milter)" "$(offers listpulse-milter --)"
}
ok 'bash: those of the milter' options_of_milter
values() {
    # The formats stand in the manual, too.
    for format in text classic markdown html json csv atom rfc1153 mime-digest; do
        offers listpulse digest --format = '' | grep -qx "$format" &&
            offers listpulse digest -f '' | grep -qx "$format" || return 1
    done
    same_words "$(offers listpulse redis '')" "$(printf 'info\nstart\nstop')"
}
ok 'bash: values' values
ok 'the sample imports' "$LISTPULSE" --state "$STATE" import "$SAMPLE"
lists() {
    "$LISTPULSE" --state "$STATE" lists | awk 'NR > 1 { print $1 }' | sort \
        >"$WORK/lists"
    grep -qx "$SAMPLE_LIST" "$WORK/lists" &&
        same_words "$(cat "$WORK/lists")" "$(offers listpulse digest '')" &&
        same_words "$(cat "$WORK/lists")" "$(offers listpulse digest --top 3 '')"
}
ok 'bash: lists' lists
files() {
    touch "$WORK/some.mbox"
    same_words "$WORK/some.mbox" "$(offers listpulse import "$WORK/so")" &&
        same_words "$WORK/some.mbox" "$(offers listpulse -c "$WORK/so")"
}
ok 'bash: files' files
"$LISTPULSE" --state "$STATE" redis stop

command -v zsh >/dev/null && command -v python3 >/dev/null || {
    skip_rest 'no zsh, or no python3'
    exit 0
}
# shown LINE: by zsh, when the tab key is hit behind it.
shown() {
    timeout 60 "$top_srcdir/tests/support/complete-zsh" "$completion" \
        "$top_builddir/command" "$1"
}
zsh_commands() {
    same_words "$({ commands_of_help; echo help; } | sort)" \
        "$(shown 'listpulse ' | sed -n 's/^\([a-z]*\)  *-- .*/\1/p' | sort)"
}
ok 'zsh: the commands' zsh_commands
zsh_options() {
    same_words "$(options_of listpulse digest)" \
        "$(shown 'listpulse digest --' | sed -n 's/^\(--[a-z-]*\)  *-- .*/\1/p' |
            sort -u)"
}
ok 'zsh: the options of a digest' zsh_options
zsh_values() {
    shown 'listpulse digest --format=j' >"$WORK/shown"
    grep -q -- 'done-listpulse digest --format=json' "$WORK/shown"
}
ok 'zsh: values' zsh_values
