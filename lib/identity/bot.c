/* SPDX-License-Identifier: MIT */
#include "identity/bot.h"

#include <glib.h>
#include <stddef.h>
#include <string.h>

#include "base/banned.h"

/* Plain prefixes and parts, in lower case: patterns take ten times as long. */
static const char *const address_starts[] = {
    /* kernel and toolchain testing */
    "lkp@intel.com",
    "syzbot",
    "patchwork-bot",
    "patchwork@",
    "pr-tracker-bot@",
    "tip-bot",
    "tipbot@",
    "ci_notify@linaro.org",
    "lkft@linaro.org",
    "cki-project@redhat.com",
    "mptcp.ci@gmail.com",
    "builder@sourceware.org",
    "cron-job@",
    "osstest",
    "patchtest@",
    "dpdklab@",
    "builds@sr.ht",
    "help-debbugs@",
    "github-webhook",
    "webhook@",
    "webhooks@",
    /* how programs call themselves */
    "bot@",
    "bot+",
    "robot@",
    "ci@",
    "jenkins@",
    "jenkins-",
    "noreply@",
    "no-reply@",
    "donotreply@",
    "do-not-reply@",
    "bugzilla-daemon@",
    "mailer-daemon@",
    "postmaster@",
    "ftpmaster@",
};
static const char *const address_parts[] = {
    "-bot@",
    "_bot@",
    "-bot+",
    "[bot]@",
    ".test.bot@",
    "-robot@",
    "buildbot",
    "-ci@",
    "-noreply@",
    "-no-reply@",
    /* what list managers write themselves */
    "-request@",
    "-bounces@",
};

/* For those that mail from a developer's address. */
static const char *const name_starts[] = { "syzbot", "kernelci bot",
                                           "kernelci.org bot",
                                           "kernelci.org user" };
static const char *const name_parts[] = { "test robot", "[bot]", " ci bot",
                                          " test bot", "bug tracking system" };

bool bot_matches(const char *pattern, const char *text)
{
    g_autofree char *low_pattern = g_ascii_strdown(pattern, -1);
    g_autofree char *low_text = g_ascii_strdown(text, -1);

    return g_pattern_match_simple(low_pattern, low_text);
}

static bool starts_with_any(const char *text, const char *const *starts,
                            size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (g_str_has_prefix(text, starts[i]))
            return true;
    return false;
}

static bool holds_any(const char *text, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(text, parts[i]) != NULL)
            return true;
    return false;
}

/* LISTSERV's address of a person: "0123abcd-dmarc-request@listserv.example". */
static bool is_disguised(const char *address)
{
    return strstr(address, "-dmarc-request@") != NULL;
}

/* "builds.example.org <builds@example.org>": a host's name, nobody's. */
static bool is_called_by_address(const char *name, const char *address)
{
    const size_t local = strcspn(address, "@");

    return address[local] == '@' && strlen(name) == strlen(address) &&
           memcmp(name, address, local) == 0 && name[local] == '.' &&
           strcmp(name + local + 1, address + local + 1) == 0;
}

/* "Fate Bot <fatebot@a>", "CI Heron <ci-heron@a>": the name says so and the
 * address as well. A person, "Jan Bot <jan.bot@a>", may be called Bot. */
static bool is_called_bot(const char *name, const char *address)
{
    static const char bot[] = "bot", ci[] = "ci";
    const size_t local = strcspn(address, "@");
    const size_t length = strlen(bot);

    return (g_str_has_suffix(name, " bot") && local > length &&
            g_ascii_isalpha(address[local - length - 1]) &&
            strncmp(address + local - length, bot, length) == 0) ||
           (g_str_has_prefix(name, "ci ") &&
            strncmp(address, ci, strlen(ci)) == 0 &&
            strchr("-_.+@", address[strlen(ci)]) != NULL);
}

bool bot_is_known(const char *name, const char *address)
{
    g_autofree char *who = g_ascii_strdown(name, -1);
    g_autofree char *where = g_ascii_strdown(address, -1);

    return starts_with_any(where, address_starts,
                           G_N_ELEMENTS(address_starts)) ||
           (holds_any(where, address_parts, G_N_ELEMENTS(address_parts)) &&
            !is_disguised(where)) ||
           is_called_by_address(who, where) || is_called_bot(who, where) ||
           starts_with_any(who, name_starts, G_N_ELEMENTS(name_starts)) ||
           holds_any(who, name_parts, G_N_ELEMENTS(name_parts));
}

bool bot_is_called_so(const char *name)
{
    g_autofree char *low = g_ascii_strdown(name, -1);
    g_auto(GStrv) words = g_strsplit(low, " ", -1);

    return g_strv_contains((const char *const *)words, "bot");
}
