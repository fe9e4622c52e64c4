/* SPDX-License-Identifier: MIT */
#include "patch/kind.h"

#include "tests/support/unit.h"
#include "tests/unit/patch/post.h"

#define DIFF   "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
#define STAT   " x | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n"
#define SIGNED "Signed-off-by: Ann <a@x.org>\n"

typedef struct Case {
    const char *subject, *parent, *text, *attachment;
    PostKind of_person, of_bot;
} Case;

static void assert_kinds(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_auto(Post) post;

        post_init(&post, cases[i].subject, cases[i].parent, cases[i].text,
                  cases[i].attachment);
        if (post.kinds.of_person != cases[i].of_person ||
            post.kinds.of_bot != cases[i].of_bot)
            print_message("%s: %s\n", cases[i].subject, cases[i].text);
        assert_int_equal(post.kinds.of_person, cases[i].of_person);
        assert_int_equal(post.kinds.of_bot, cases[i].of_bot);
        assert_non_null(post.kinds.reason);
    }
}

static void the_first_rule_that_fits_decides(void **state)
{
    static const Case cases[] = {
        { "[PATCH] x", "", "text\n" SIGNED DIFF, NULL, POST_PATCH, POST_PATCH },
        { "[PATCH v2 3/7] x", "a@x.org", SIGNED DIFF, NULL, POST_PATCH,
          POST_PATCH },
        { "[PATCH 0/7] x", "", "text\n" STAT, NULL, POST_COVER, POST_COVER },
        { "[RFC 0/7] x", "", "text\n", NULL, POST_COVER, POST_COVER },
        { "[v2 0/7] x", "", "text\n", NULL, POST_COVER, POST_COVER },
        { "[PATCHSET] x", "", "text\n", NULL, POST_COVER, POST_COVER },
        { "[v2 1/7] x", "", SIGNED DIFF, NULL, POST_PATCH, POST_PATCH },
        { "[RFC 1/7] x", "", SIGNED DIFF, NULL, POST_PATCH, POST_PATCH },
        { "[RFC] x", "", "what do you think?\n", NULL, POST_OTHER,
          POST_BOT_REPORT },
        { "[GIT PULL] x", "", "text\n", NULL, POST_PULL, POST_BOT_REPORT },
        { "[PULL 3/7] x", "a@x.org", SIGNED DIFF, NULL, POST_PATCH, /* S-9 */
          POST_BOT_REPORT },
        { "[GIT] x", "",
          "text\n\nare available in the Git repository at:\n\n  git://x\n",
          NULL, POST_PULL, POST_BOT_REPORT },
        { "Re: [GIT PULL] x", "a@x.org",
          "are available in the Git repository at:\n", NULL, POST_REPLY,
          POST_BOT_REPORT },
        { "Re: [PATCH] x", "a@x.org", "> text\n\nmine\n", NULL, POST_REPLY,
          POST_BOT_REPORT },
        { "Re: [PATCH] x", "a@x.org", SIGNED DIFF, NULL, POST_REPLY,
          POST_BOT_REPORT },
        { "Re: x", "", "mine\n", NULL, POST_REPLY, POST_BOT_REPORT },
        { "Fwd: x", "", "mine\n", NULL, POST_REPLY, POST_BOT_REPORT },
        { "Re: [PATCH] x", "a@x.org", "Applied, thanks.\n", NULL, POST_NOTICE,
          POST_NOTICE },
        { "[tip: a/b] x", "",
          "The following commit has been merged into the a/b branch of tip:\n"
          "\n" SIGNED DIFF,
          NULL, POST_NOTICE, POST_NOTICE },
        { "x", "", "text\n", NULL, POST_OTHER, POST_BOT_REPORT },
        { "x", "a@x.org", "> text\n\nmine\n", NULL, POST_REPLY, /* S-5 */
          POST_BOT_REPORT },
        { "x", "a@x.org", "mine\n\nOn Monday, Bob wrote:\n> text\n", NULL,
          POST_REPLY, POST_BOT_REPORT },
        { "x", "a@x.org", "Reviewed-by: A <a@x.org>\n", NULL, POST_REPLY,
          POST_BOT_REPORT },
        { "bug#12: x", "a@x.org", "mine\n", NULL, POST_REPLY, POST_BOT_REPORT },
        { "bug#12: x", "", "mine\n", NULL, POST_OTHER, POST_BOT_REPORT },
        { "bug#12: [PATCH] x", "", SIGNED DIFF, NULL, POST_PATCH, POST_PATCH },
        { "x", "a@x.org", "mine\n", NULL, POST_OTHER, POST_BOT_REPORT },
        { "Ping: [PATCH] x", "a@x.org", "Ping?\n", NULL, POST_REPLY, /* S-6 */
          POST_BOT_REPORT },
        { "PING^2 [PATCH] x", "", "Ping?\n", NULL, POST_REPLY,
          POST_BOT_REPORT },
        { "[PING] [PATCH] x", "", "Ping?\n", NULL, POST_REPLY, POST_REPLY },
        { "[PING] [PATCH] x", "", SIGNED DIFF, NULL, POST_PATCH, POST_PATCH },
        { "Ping fails on arm", "", "text\n", NULL, POST_OTHER,
          POST_BOT_REPORT },
        /* S-7 */
        { "[committed] x", "", DIFF, NULL, POST_PATCH, POST_BOT_REPORT },
        { "[pushed][PATCH] x", "", DIFF, NULL, POST_PATCH, POST_PATCH },
        { "[COMMITTED 1/2] x", "", DIFF, NULL, POST_PATCH, POST_BOT_REPORT },
        { "[PATCH, obvious] x", "", DIFF, NULL, POST_PATCH, POST_PATCH },
        { "[applied] x", "", "text\n", NULL, POST_OTHER, POST_BOT_REPORT },
        { "", "", "", NULL, POST_OTHER, POST_BOT_REPORT },
        { "[syzbot] WARNING in x", "", "text\n", NULL, POST_OTHER,
          POST_BOT_REPORT },
    };

    (void)state;
    assert_kinds(cases, G_N_ELEMENTS(cases));
}

static void an_answer_without_a_mark_is_a_reply(void **state)
{
    static const Case cases[] = {
        { "[PATCH net-next v5 4/8] x", "a@x.org", "mine\n", NULL, POST_REPLY,
          POST_REPLY },
        { "[PATCH] x", "a@x.org", "mine\n", NULL, POST_REPLY, POST_REPLY },
        { "[v2 1/3] x", "a@x.org", "mine\n", NULL, POST_REPLY, POST_REPLY },
        { "[PATCH] x", "a@x.org", "> " SIGNED "> diff --git a/x b/x\n", NULL,
          POST_REPLY, POST_REPLY },
        { "[PATCH] x", "", "mine\n", NULL, POST_PATCH, POST_PATCH },
        { "[PATCH] x", "a@x.org", DIFF, NULL, POST_PATCH, POST_PATCH },
        { "[PATCH] x", "a@x.org", "text\nIndex: x\n======\n--- x\n+++ x\n",
          NULL, POST_PATCH, POST_PATCH },
        { "[PATCH] x", "a@x.org", "text\n@@ -1 +1 @@\n-a\n+b\n", NULL,
          POST_PATCH, POST_PATCH },
        { "[PATCH] x", "a@x.org", "> quoted\n\n" SIGNED DIFF, NULL, POST_PATCH,
          POST_PATCH },
        { "[PATCH] x", "a@x.org", "text\n" STAT, NULL, POST_PATCH, POST_PATCH },
        { "[PATCH] x", "a@x.org", "see attachment\n", DIFF, POST_PATCH,
          POST_PATCH },
        { "[PATCH v2 0/3] x", "a@x.org", "a new version\n", NULL, POST_COVER,
          POST_COVER },
        { "[PATCH 0/2] x", "self@x.org", "From: Ann <a@x.org>\n\nmine\n", NULL,
          POST_REPLY, POST_REPLY },
        { "[PATCH 0/2] x", "a@x.org", "> quoted\n\nmine\n", NULL, POST_REPLY,
          POST_REPLY },
        { "[PATCH 0/2] x", "a@x.org", "On Monday, Bob wrote:\n> q\n\nmine\n",
          NULL, POST_REPLY, POST_REPLY },
        { "[PATCH 0/2] x", "self@x.org", "text\n" STAT, NULL, POST_COVER,
          POST_COVER },
        { "[PATCHSET] x", "a@x.org", "a new version\n", NULL, POST_COVER,
          POST_COVER },
    };

    (void)state;
    assert_kinds(cases, G_N_ELEMENTS(cases));
}

static void a_patch_is_one_whatever_its_tag_says(void **state)
{
    static const Case cases[] = {
        { "[PATHC v2] x", "", SIGNED DIFF, NULL, POST_PATCH, POST_BOT_REPORT },
        { "[RFC] x", "", SIGNED DIFF, NULL, POST_PATCH, POST_BOT_REPORT },
        { "[net-next,v4] x", "", SIGNED DIFF, NULL, POST_PATCH,
          POST_BOT_REPORT },
        { "{ATCH v2] x", "", SIGNED DIFF, NULL, POST_PATCH, POST_BOT_REPORT },
        { "PATCH: x", "", SIGNED DIFF, NULL, POST_PATCH, POST_BOT_REPORT },
        { "x", "", "see below\n", SIGNED DIFF, POST_PATCH, POST_BOT_REPORT },
        { "x", "", DIFF, NULL, POST_DIFF, POST_BOT_REPORT }, /* S-4 */
        { "x", "", "see below\n", DIFF, POST_DIFF, POST_BOT_REPORT },
        { "Re: x", "", DIFF, NULL, POST_REPLY, POST_BOT_REPORT },
        { "x", "", SIGNED, NULL, POST_OTHER, POST_BOT_REPORT },
        { "x", "", "> " SIGNED DIFF, NULL, POST_DIFF, POST_BOT_REPORT },
        { "x", "", SIGNED "diff --git a/a b/b\nrename from a\nrename to b\n",
          NULL, POST_OTHER, POST_BOT_REPORT },
        { "FAILED: patch \"[PATCH] x\" failed to apply to 5.4-stable tree", "",
          SIGNED DIFF, NULL, POST_OTHER, POST_BOT_REPORT },
    };

    (void)state;
    assert_kinds(cases, G_N_ELEMENTS(cases));
}

static void kinds_have_names(void **state)
{
    (void)state;
    assert_string_equal(post_kind_name(POST_PATCH), "patch");
    assert_string_equal(post_kind_name(POST_BOT_REPORT), "bot_report");
    assert_string_equal(post_kind_name(POST_KINDS), "other");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_rule_that_fits_decides),
        cmocka_unit_test(an_answer_without_a_mark_is_a_reply),
        cmocka_unit_test(a_patch_is_one_whatever_its_tag_says),
        cmocka_unit_test(kinds_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
