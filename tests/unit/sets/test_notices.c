/* SPDX-License-Identifier: MIT */
/*
 * What a person's "Applied" is once it is known what it answers: the kind of
 * the post "n".
 */
#include "sets/notices.h"

#include "patch/notice.h"
#include "sets/answers.h"
#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

typedef struct Case {
    const char *lines;
    PatchNotice notice;
    PostKind kind;
} Case;

static void check(const Case *one)
{
    g_autoptr(Posts) posts = posts_new(one->lines, 0, NULL);
    PostRecord *records = (PostRecord *)(void *)posts->records->data;

    for (unsigned i = 0; i < posts->records->len; i++) {
        if (g_strcmp0(records[i].message_id, "n") == 0)
            records[i].notice = (uint8_t)one->notice;
    }

    g_autoptr(Sets) sets = posts_members(posts);
    answers_find(sets);
    notices_judge(sets);
    for (unsigned i = 0; i < sets->count; i++) {
        if (g_strcmp0(sets->records[i].message_id, "n") == 0 &&
            sets->kinds[i] != one->kind)
            fail_msg("%s\nfound: %s, wanted: %s", one->lines,
                     post_kind_name(sets->kinds[i]), post_kind_name(one->kind));
    }
}

static void what_a_person_says_is_a_notice_below_a_patch(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a\n9 n bob a Re: [PATCH] a\n",
          PATCH_NOTICE_HUMAN, POST_NOTICE },
        { "0 d alice - hello\n9 n bob d Re: hello\n", PATCH_NOTICE_HUMAN,
          POST_REPLY },
        /* of a thread whose beginning is not here, the mail alone tells */
        { "9 n bob lost Re: hello | kind=notice\n", PATCH_NOTICE_HUMAN,
          POST_NOTICE },
        /* a patch without a tag is no part, and still a patch */
        { "0 d alice - hello | diff=1\n9 n bob d Re: hello\n",
          PATCH_NOTICE_HUMAN, POST_NOTICE },
        /* nor is a cover whose subject does not say so */
        { "0 d alice - hello\n1 a alice d [PATCH] a\n9 n bob d Re: hello\n",
          PATCH_NOTICE_HUMAN, POST_NOTICE },
    };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i]);
}

/* "Applied." of the author's own patch speaks of another tree. */
static void a_bare_word_of_the_author_is_none(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a\n9 n alice a Re: [PATCH] a\n",
          PATCH_NOTICE_HUMAN_BARE, POST_REPLY },
        { "0 a alice - [PATCH] a\n9 n bob a Re: [PATCH] a\n",
          PATCH_NOTICE_HUMAN_BARE, POST_NOTICE },
        { "0 a alice - [PATCH] a\n9 n alice a Re: [PATCH] a\n",
          PATCH_NOTICE_HUMAN, POST_NOTICE },
    };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i]);
}

static void a_program_is_not_judged(void **state)
{
    static const Case one = {
        "0 d alice - hello\n9 n bob d Re: hello | kind=notice\n",
        PATCH_NOTICE_TIP_BOT, POST_NOTICE
    };

    (void)state;
    check(&one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_person_says_is_a_notice_below_a_patch),
        cmocka_unit_test(a_bare_word_of_the_author_is_none),
        cmocka_unit_test(a_program_is_not_judged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
