/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include <glib.h>

#include "identity/bot.h"

static void patterns_hold_stars_and_question_marks(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool matches;
    } cases[] = {
        { "", "", true },
        { "", "a", false },
        { "a", "", false },
        { "a", "a", true },
        { "a", "A", true },
        { "A", "a", true },
        { "*", "", true },
        { "*", "anything", true },
        { "**", "x", true },
        { "?", "", false },
        { "?", "x", true },
        { "?", "xy", false },
        { "a*b", "ab", true },
        { "a*b", "axxb", true },
        { "a*b", "axxbc", false },
        { "*ab", "aab", true },
        { "*ab*", "xxabxx", true },
        { "a*b*c", "abbbc", true },
        { "a*b*c", "acb", false },
        { "a?c", "abc", true },
        { "[bot]", "b", false },
        { "*[bot]@*", "dependabot[bot]@users.noreply.github.com", true },
        { "a.c", "abc", false },
        { "*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (bot_matches(cases[i].pattern, cases[i].text) != cases[i].matches)
            fail_msg("%s and %s", cases[i].pattern, cases[i].text);
}

static void programs_are_known(void **state)
{
    static const char *const cases[][2] = {
        { "kernel test robot", "lkp@intel.com" },
        { "kernel test robot", "oliver.sang@intel.com" },
        { "kbuild test robot", "fengguang.wu@intel.com" },
        { "syzbot", "syzbot+0c1d2e@syzkaller.appspotmail.com" },
        { "syzbot ci", "syzbot@syzkaller.appspotmail.com" },
        { "", "bot+4a5b@syzkaller.appspotmail.com" },
        { "", "patchwork-bot+netdevbpf@kernel.org" },
        { "", "pr-tracker-bot@kernel.org" },
        { "tip-bot2 for Ann", "tip-bot2@linutronix.de" },
        { "tip-bot for Ann", "tipbot@zytor.com" },
        { "kernelci.org bot", "bot@kernelci.org" },
        { "builds.sr.example", "builds@sr.example" }, /* P-15 */
        { "", "bot+bpf-ci@kernel.org" },
        { "", "no-reply@patchew.org" },
        { "", "ci_notify@linaro.org" },
        { "", "lkft@linaro.org" },
        { "Patchwork", "patchwork@emeril.freedesktop.org" },
        { "", "dependabot[bot]@users.noreply.github.com" },
        { "", "bluez.test.bot@gmail.com" },
        { "", "builder@sourceware.org" },
        { "", "bugzilla-daemon@kernel.org" },
        { "", "MAILER-DAEMON@example.org" },
        { "", "Jenkins-CI@example.org" },
        { "Fate Bot", "fatebot@example.org" },
        { "CI Heron", "ci-heron@example.org" },
        { "Heron Bug Tracking System", "owner@bugs.example.org" },
        { "", "heron-request@lists.example.org" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (!bot_is_known(cases[i][0], cases[i][1]))
            fail_msg("%s <%s>", cases[i][0], cases[i][1]);
}

static void relays_and_people_are_no_bots(void **state)
{
    static const char *const cases[][2] = {
        { "Sasha Levin", "sashal@kernel.org" },
        { "Ann via GitGitGadget", "gitgitgadget@gmail.com" },
        { "Ann via B4 Relay", "devnull+ann.example.org@kernel.org" },
        { "Michael Ellerman", "patch-notifications@ellerman.id.au" },
        { "Ann Talbot", "talbot@example.org" },
        { "Karl Jenkins", "jenkins.karl@example.org" },
        { "Ann Jenkinson", "jenkinson@example.org" },
        { "Jan Bot", "jan.bot@example.org" },
        { "Jan Bot", "bot.jan@example.org" },
        { "Ci Li", "cili@example.org" },
        { "Ann Other", "0012ab-dmarc-request@listserv.example.org" },
        { "Wei Ci", "wei.ci@example.com" },
        { "Rob Otto", "rob.otto@example.org" },
        { "octocat", "123+octocat@users.noreply.github.com" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (bot_is_known(cases[i][0], cases[i][1]))
            fail_msg("%s <%s>", cases[i][0], cases[i][1]);
}

static void name_says_bot_as_a_word(void **state)
{
    (void)state;
    assert_true(bot_is_called_so("Github bot account"));
    assert_true(bot_is_called_so("BOT"));
    assert_false(bot_is_called_so("Bo Abbot"));
    assert_false(bot_is_called_so("robots"));
    assert_false(bot_is_called_so(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_hold_stars_and_question_marks),
        cmocka_unit_test(programs_are_known),
        cmocka_unit_test(relays_and_people_are_no_bots),
        cmocka_unit_test(name_says_bot_as_a_word),
    };

    return cmocka_run_group_tests_name("identity/bot", tests, NULL, NULL);
}
