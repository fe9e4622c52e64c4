#!/bin/sh
# Finding: libseccomp answers EINVAL to a rule that ends the process
#          (SCMP_ACT_KILL_PROCESS) where seccomp(2) itself is refused, though the
#          filter could be loaded by prctl(2); SCMP_ACT_KILL_THREAD is taken.
# Guess:   rules are data until seccomp_load, and a refusal would come from there,
#          as EPERM or EACCES.
# Seen:    libseccomp2 2.5.4-1+deb12u1 under systemd 252.39-1~deb12u2, whose
#          @system-service holds prctl and not seccomp (Debian 12). systemd
#          257.13-1~deb13u1 (Debian 13) has seccomp in it.
# Hurts:   programs that confine themselves, in a unit with
#          SystemCallFilter=@system-service: the filter works when tried by hand
#          and "Invalid argument" comes under the unit only. One thread can be
#          ended by SCMP_ACT_KILL_THREAD; else add seccomp to the unit's list.
. "$(dirname "$0")/common"
packages bookworm libseccomp2=2.5.4-1+deb12u1 libseccomp-dev=2.5.4-1+deb12u1
command -v gcc >/dev/null || not_tried 'there is no gcc'

cat >"$WORK/try.c" <<'END'
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* What a unit's list without seccomp(2) does to it. */
static void refuse_seccomp(void)
{
    struct sock_filter lines[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { 4, lines };

    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int main(int count, char **words)
{
    if (count > 2)
        refuse_seccomp();
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int result = seccomp_rule_add(filter,
                                  strcmp(words[1], "process") == 0
                                      ? SCMP_ACT_KILL_PROCESS
                                      : SCMP_ACT_KILL_THREAD,
                                  SCMP_SYS(ptrace), 0);
    const char *where = "rule";

    if (result == 0) {
        where = "load";
        result = seccomp_load(filter);
    }
    printf("%s: %s\n", where, strerror(-result));
    return 0;
}
END
library=$(find "$ROOT" -name 'libseccomp.so.2' -printf '%h\n' | head -n 1)
gcc -I"$ROOT/usr/include" -o "$WORK/try" "$WORK/try.c" -L"$library" \
    -l:libseccomp.so.2
use_libraries
expect 'free, a rule that ends the process' 'load: Success' \
    "$("$WORK/try" process)"
expect 'seccomp(2) refused, a rule that ends the process' \
    'rule: Invalid argument' "$("$WORK/try" process refused)"
expect 'seccomp(2) refused, a rule that ends the thread' 'load: Success' \
    "$("$WORK/try" thread refused)"
