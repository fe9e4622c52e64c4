/* SPDX-License-Identifier: MIT */
#include "patch/notice.h"

#include "tests/support/unit.h"
#include "tests/unit/patch/post.h"

#define DIFF "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"

typedef struct Case {
    const char *subject, *parent, *text;
    PatchNotice notice;
} Case;

static void assert_notices(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_auto(Post) post;

        post_init(&post, cases[i].subject, cases[i].parent, cases[i].text,
                  NULL);
        if (post.notice != cases[i].notice)
            print_message("%s: %s\n", cases[i].subject, cases[i].text);
        assert_int_equal(post.notice, cases[i].notice);
    }
}

static void robots_are_known_by_what_they_write(void **state)
{
    static const Case cases[] = {
        { "Re: [PATCH net v2 0/2] x", "a@x.org",
          "Hello:\n\nThis series was applied to netdev/net.git (main)\n"
          "by Ann Example <a@x.org>:\n\nOn Mon you wrote:\n> text\n\n"
          "Here is the summary with links:\n  - [net,v2,1/2] a\n"
          "    https://git.kernel.org/netdev/net/c/0123456789ab\n\n"
          "You are awesome, thank you!\n-- \nDeet-doot-dot, I am a bot.\n",
          PATCH_NOTICE_PATCHWORK },
        { "Re: [PATCH] x", "a@x.org",
          "Hello:\n\nThis patch was applied to bpf/bpf.git (master)\n",
          PATCH_NOTICE_PATCHWORK },
        { "Re: [GIT PULL] x", "a@x.org",
          "Hello:\n\nThis pull request was applied to a/b.git (main)\n",
          PATCH_NOTICE_PATCHWORK },
        { "Patchwork summary for: x", "",
          "Hello:\n\nThe following patches were marked \"accepted\", because "
          "they were applied to\na/b (for-next):\n",
          PATCH_NOTICE_PATCHWORK },
        { "Patchwork summary for: x", "",
          "Hello:\n\nThe following patches were marked \"superseded\":\n",
          PATCH_NOTICE_NONE },
        { "Re: [PATCH 0/2] x", "a@x.org",
          "On Mon, 1 Jan 2024, Ann wrote:\n> text\n\nApplied to for-next, "
          "thanks!\n\n[1/2] one\n      commit: 0123456789abcdef\n"
          "[2/2] two\n      commit: 123456789abcdef0\n\nBest regards,\n-- \n"
          "Bob\n",
          PATCH_NOTICE_B4_TY },
        { "Re: (subset) [PATCH 0/2] x", "a@x.org",
          "> text\n\nApplied to powerpc/next.\n\n[1/2] one\n"
          "      https://git.kernel.org/powerpc/c/0123456789ab\n\ncheers\n",
          PATCH_NOTICE_B4_TY },
        { "Re: [PATCH] x", "a@x.org",
          "> text\n\nApplied, thanks!\n\n[1/1] one\n      (no commit info)\n",
          PATCH_NOTICE_B4_TY },
        { "Re: [PATCH] x", "a@x.org",
          "> text\n\nThank you!\n\n[1/1] a title that is\n  wrapped\n"
          "      commit: 0123456789abcdef\n",
          PATCH_NOTICE_B4_TY },
        { "Re: [PATCH] x", "a@x.org",
          "> [1/1] one\n>       commit: 0123456789abcdef\n",
          PATCH_NOTICE_NONE },
        { "Re: [PATCH] x", "a@x.org", "[1/1] one\nis wrong\n",
          PATCH_NOTICE_NONE },
        { "Re: [GIT PULL] x", "a@x.org",
          "The pull request you sent on Mon, 1 Jan 2024 10:00:00 +0000:\n\n"
          "> git://x.org/y tags/z\n\nhas been merged into "
          "torvalds/linux.git:\nhttps://git.kernel.org/torvalds/c/0123456\n\n"
          "Thank you!\n",
          PATCH_NOTICE_PR_TRACKER },
        { "Re: [GIT PULL] x", "a@x.org",
          "The pull request you sent on Monday is broken.\n",
          PATCH_NOTICE_NONE },
        { "[tip: x86/urgent] x86/mm: Do less", "",
          "The following commit has been merged into the x86/urgent branch of "
          "tip:\n\nCommit-ID:     0123\nGitweb: https://x.org\n\ntext\n" DIFF,
          PATCH_NOTICE_TIP_BOT },
        { "[tip:x86/urgent] x86/mm: Do less", "a@x.org",
          "Commit-ID:  0123456789abcdef\nGitweb:     https://x.org\n"
          "Author:     Ann <a@x.org>\n\ntext\n" DIFF,
          PATCH_NOTICE_TIP_BOT },
        { "Patch \"x\" has been added to the 5.4-stable tree", "",
          "This is a note to let you know that I've just added the patch "
          "titled\n\n    x\n\nto the 5.4-stable tree\n\n" DIFF,
          PATCH_NOTICE_HUMAN },
        { "+ x.patch added to mm-unstable branch", "",
          "The patch titled\n     Subject: x\nhas been added to the -mm "
          "mm-unstable branch.\n",
          PATCH_NOTICE_HUMAN },
        { "Applied \"x\" to the asoc tree", "a@x.org",
          "The patch\n\n   ASoC: x\n\nhas been applied to the asoc tree "
          "at\n\n   https://x.org/sound.git\n\nAll being well ...\n\n"
          "Signed-off-by: Ann <a@x.org>\n" DIFF,
          PATCH_NOTICE_HUMAN },
        { "[git:media_stage/next] media: x", "",
          "This is an automatic generated email to let you know that the "
          "following patch were queued:\n\nSubject: media: x\n" DIFF,
          PATCH_NOTICE_HUMAN },
        { "[obsolete] x.patch removed from -mm tree", "",
          "The patch titled\n     Subject: x\nhas been removed from the -mm "
          "tree.\n",
          PATCH_NOTICE_NONE },
    };

    (void)state;
    assert_notices(cases, G_N_ELEMENTS(cases));
}

static void people_must_answer_what_they_applied(void **state)
{
    static const Case cases[] = {
        { "Re: [PATCH] x", "a@x.org", "> text\n\nApplied, thanks.\n",
          PATCH_NOTICE_HUMAN_BARE },
        { "Re: x", "a@x.org", "Queued, thanks.\n", PATCH_NOTICE_HUMAN },
        { "AW: [PATCH] x", "", "Applied to for-next\n", PATCH_NOTICE_HUMAN },
        { "Re: [GIT PULL] x", "a@x.org", "Pulled, thanks!\n",
          PATCH_NOTICE_HUMAN },
        { "[PATCH] x", "a@x.org", "> text\n\nApplied, thanks.\n",
          PATCH_NOTICE_HUMAN_BARE },
        { "[PATCH] x", "a@x.org", "Applied, thanks.\n",
          PATCH_NOTICE_HUMAN_BARE },
        { "Merged: x", "a@x.org", "Into my staging tree.\n",
          PATCH_NOTICE_HUMAN },
        { "Merged: x", "", "Into my staging tree.\n", PATCH_NOTICE_NONE },
        { "Re: Merged: x", "a@x.org", "Great!\n", PATCH_NOTICE_NONE },
        { "Re: [PATCH] x", "a@x.org",
          "Thanks!\n\nTo git@git.example:~ann/x\n"
          "   1111111..2222222  main -> main\n",
          PATCH_NOTICE_HUMAN },
        { "Re: [PATCH] x", "a@x.org",
          "To git@git.example:~ann/x\n * [new branch]      y -> y\n",
          PATCH_NOTICE_NONE },
        { "[x] Patch notification: 2 patches updated", "",
          "Hello,\n\nThe following patches (submitted by you) have been "
          "updated in Patchwork:\n\n * x: [v2] one\n"
          "     - http://patchwork.example/patch/1/\n    was: New\n"
          "    now: Superseded\n\n * x: [v2] two\n    now: Accepted\n",
          PATCH_NOTICE_PATCHWORK },
        { "[x] Patch notification: 1 patch updated", "",
          "Hello,\n\nThe following patch (submitted by you) has been "
          "updated in Patchwork:\n\n * x: one\n    now: Rejected\n",
          PATCH_NOTICE_NONE },
        { "[PATCH] x", "", "Applied, thanks.\n", PATCH_NOTICE_NONE },
        { "[PATCH] x", "a@x.org", "Applied to all of them.\n" DIFF,
          PATCH_NOTICE_NONE },
        { "[PATCH v2] x", "", "text\n\nApplied to next.\n" DIFF,
          PATCH_NOTICE_NONE },
        { "Fwd: [PATCH] x", "a@x.org", "Applied, thanks.\n",
          PATCH_NOTICE_NONE },
        { "Re: [PATCH] x", "a@x.org", "> Applied, thanks.\n\nThank you!\n",
          PATCH_NOTICE_NONE },
        { "Re: [PATCH] x", "a@x.org", "text\n-- \nApplied, thanks.\n",
          PATCH_NOTICE_NONE },
        { "Re: [PATCH] x", "a@x.org", "I applied this and it fails\n",
          PATCH_NOTICE_NONE },
        { "Re: [PATCH] x", "a@x.org",
          "Thanks!\n\n-----Original Message-----\nApplied, thanks.\n",
          PATCH_NOTICE_NONE },
        { "Re: [PATCH] x", "a@x.org", "", PATCH_NOTICE_NONE },
    };

    (void)state;
    assert_notices(cases, G_N_ELEMENTS(cases));
}

static void notices_have_names(void **state)
{
    (void)state;
    assert_string_equal(patch_notice_name(PATCH_NOTICE_B4_TY), "b4 ty");
    assert_string_equal(patch_notice_name(PATCH_NOTICE_NONE), "none");
    assert_string_equal(patch_notice_name((PatchNotice)99), "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(robots_are_known_by_what_they_write),
        cmocka_unit_test(people_must_answer_what_they_applied),
        cmocka_unit_test(notices_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
