/* SPDX-License-Identifier: MIT */
#include "identity/bot.h"

#include <glib.h>
#include <stddef.h>

#include "base/banned.h"

static const char *const address_patterns[] = {
    /* kernel and toolchain testing */
    "lkp@intel.com",
    "syzbot*@*",
    "bot+*@syzkaller.appspotmail.com",
    "patchwork-bot*@*",
    "pr-tracker-bot@*",
    "tip-bot*@*",
    "tipbot@*",
    "ci_notify@linaro.org",
    "lkft@linaro.org",
    "cki-project@redhat.com",
    "mptcp.ci@gmail.com",
    "*.test.bot@*",
    "builder@sourceware.org",
    "patchwork@*",
    "cron-job@*",
    /* how programs call themselves */
    "bot@*",
    "robot@*",
    "ci@*",
    "jenkins*@*",
    "*buildbot*@*",
    "*-bot@*",
    "*_bot@*",
    "*-robot@*",
    "*-ci@*",
    "*bot+*@kernel.org",
    "*[bot]@*",
    "noreply@*",
    "no-reply@*",
    "donotreply@*",
    "do-not-reply@*",
    "*-noreply@*",
    "*-no-reply@*",
    "bugzilla-daemon@*",
    "mailer-daemon@*",
};

/* For those that mail from a developer's address. */
static const char *const name_patterns[] = {
    "*test robot*", /* oliver.sang@intel.com and others as "kernel test robot"
                     */
    "syzbot*",      "kernelci bot", "kernelci.org bot", "kernelci.org user",
    "*[bot]",       "* ci bot",     "* test bot",
};

static bool is_same(char one, char other)
{
    return g_ascii_tolower(one) == g_ascii_tolower(other);
}

bool bot_matches(const char *pattern, const char *text)
{
    const char *star = NULL; /* the last one, and where it gave up last */
    const char *retry = NULL;

    while (*text != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            retry = text;
        } else if (*pattern == '?' || is_same(*pattern, *text)) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star + 1;
            text = ++retry;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

static bool matches_any(const char *const *patterns, size_t count,
                        const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (bot_matches(patterns[i], text))
            return true;
    return false;
}

bool bot_is_known(const char *name, const char *address)
{
    return matches_any(address_patterns, G_N_ELEMENTS(address_patterns),
                       address) ||
           matches_any(name_patterns, G_N_ELEMENTS(name_patterns), name);
}
