/* SPDX-License-Identifier: MIT */
#include "patch/commit.h"

#include "tests/support/unit.h"

#include <string.h>

#define ID     "0123456789abcdef0123456789abcdef01234567"
#define OF_ADA "Author: Ada Rill <ada@rill.example>\n\n    heap: one\n"

static bool is_told(const char *text, const char *sender)
{
    return patch_commit_is_told((PatchText){ text, strlen(text) }, sender);
}

static void programs_that_mail_commits_are_known(void **state)
{
    static const char *const texts[] = {
        "The branch main has been updated by bo:\n\nURL: "
        "https://git.example/" ID "\n\ncommit " ID "\n" OF_ADA,
        "https://git.example/g:" ID "\n\ncommit r15-1-g" ID "\n" OF_ADA,
        "branch: master\ncommit " ID "\n" OF_ADA,
        "commit " ID "\n" OF_ADA, /* Bo sent it */
        "heron.git: branch refs/heads/main changed\n\ncommit " ID
        " (main)\nfrom: Ada Rill <ada@rill.example>\n",
        "\nAuthor: Ada\nDate: 2025-05-05\nNew Revision: 345678\n",
        "heron | branch: main | Ada <ada@rill.example> | [" ID "]\n",
        "details:   https://hg.example/rev/0123\nchangeset: 9270:0123\n",
        "changeset 0123 in heron (main)\ndetails: https://hg.example\n",
        "This is an automated email from the git hooks/post-receive script.\n",
        "CVSROOT:\t/cvs\nModule name:\tsrc\n",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (!is_told(texts[i], "bo@beck.example"))
            fail_msg("unknown: %s", texts[i]);
}

static void people_who_cite_a_commit_are_none(void **state)
{
    static const char *const texts[] = {
        "",
        "commit " ID "\n" OF_ADA, /* pasted by Ada herself */
        "commit " ID " broke the heap.\n",
        "Hello,\n\ncommit " ID "\nAuthor: Bo Beck <bo@beck.example>\n",
        "https://git.example/" ID " broke it.\n",
        "Author: Ada\n\nThe branch main has been updated.\n",
        "The branch main has been updated, please test.\n",
        "  Branch: refs/heads/main\n  Home: x\n  Commit: " ID "\n",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (is_told(texts[i], "ada@rill.example"))
            fail_msg("known: %s", texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs_that_mail_commits_are_known),
        cmocka_unit_test(people_who_cite_a_commit_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
