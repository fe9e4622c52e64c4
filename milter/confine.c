/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/confine.h"

#include <errno.h>
#ifdef HAVE_SECCOMP
#include <seccomp.h>
#endif

#include "base/banned.h"

#if !defined(HAVE_SECCOMP) || defined(__SANITIZE_ADDRESS__) ||                 \
    defined(__SANITIZE_THREAD__)
#define CANNOT_CONFINE
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CANNOT_CONFINE
#endif
#endif

#ifdef CANNOT_CONFINE
bool confine_is_built(void)
{
    return false;
}

bool confine(GError **error)
{
    (void)error;
    return false;
}
#else

/* Only a program that is not ours any more would ask for these. */
static const char fatal[] =
    "execve execveat ptrace process_vm_readv process_vm_writev";

/* The names of all machines: what one does not have is passed over. */
static const char *const needed[] = {
    /* files: settings, journal, health, character sets */
    "access close dup dup2 dup3 faccessat faccessat2 fadvise64 fadvise64_64 "
    "fallocate fchmod fchmodat fchown fchown32 fcntl fcntl64 fdatasync "
    "flock fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate "
    "ftruncate64 getcwd getdents getdents64 ioctl _llseek lseek lstat "
    "lstat64 mkdir mkdirat newfstatat open openat pread64 preadv pwrite64 "
    "pwritev read readlink readlinkat readv rename renameat renameat2 rmdir "
    "stat stat64 statfs statfs64 statx umask unlink unlinkat write writev",
    /* memory */
    "brk madvise membarrier mmap mmap2 mprotect mremap munmap",
    /* time */
    "clock_getres clock_getres_time64 clock_gettime clock_gettime64 "
    "clock_nanosleep clock_nanosleep_time64 getitimer gettimeofday "
    "nanosleep setitimer time",
    /* itself */
    "arch_prctl exit exit_group futex futex_time64 getegid getegid32 "
    "geteuid geteuid32 getgid getgid32 getgroups getgroups32 getpid getppid "
    "getrandom getrlimit getrusage gettid getuid getuid32 prctl prlimit64 "
    "restart_syscall rseq rt_sigaction rt_sigpending rt_sigprocmask "
    "rt_sigreturn sched_getaffinity sched_yield set_robust_list "
    "set_tid_address setfsgid setfsgid32 setfsuid setfsuid32 sigaltstack "
    "sigreturn sysinfo tgkill ugetrlimit uname",
    /* news, and connections that it opens itself: Redis, names, the log */
    "bind connect epoll_create1 epoll_ctl epoll_wait eventfd2 getpeername "
    "getsockname getsockopt pipe2 poll ppoll ppoll_time64 pselect6 "
    "pselect6_time64 recvfrom recvmmsg recvmmsg_time64 recvmsg select "
    "_newselect sendmmsg sendmsg sendto setsockopt shutdown signalfd4 "
    "socket socketcall socketpair",
};

/* These two return 0 or an errno, negated, as libseccomp does. */
static int add(scmp_filter_ctx filter, uint32_t action, const char *words)
{
    g_auto(GStrv) names = g_strsplit(words, " ", -1);
    int result = 0;

    for (char **name = names; result == 0 && *name != NULL; name++) {
        const int number = seccomp_syscall_resolve_name(*name);

        if (number != __NR_SCMP_ERROR)
            result = seccomp_rule_add(filter, action, number, 0);
    }
    return result;
}

/* There is no other thread: to end this one ends the process, and takes only
 * prctl(2), while what ends a process takes seccomp(2), which a unit that names
 * @system-service does not have. */
static int fill(scmp_filter_ctx filter)
{
    int result = add(filter, SCMP_ACT_KILL_THREAD, fatal);

    for (size_t i = 0; result == 0 && i < G_N_ELEMENTS(needed); i++)
        result = add(filter, SCMP_ACT_ALLOW, needed[i]);
    return result;
}

bool confine_is_built(void)
{
    return true;
}

bool confine(GError **error)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    int result = filter != NULL ? fill(filter) : -ENOMEM;

    if (result == 0)
        result = seccomp_load(filter);
    seccomp_release(filter);
    if (result == 0)
        return true;
    g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(-result),
                "seccomp: %s", g_strerror(-result));
    return false;
}

#endif
