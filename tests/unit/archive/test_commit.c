/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "archive/commit.h"

#include <string.h>

#define ONE      "1111111111111111111111111111111111111111"
#define TWO      "2222222222222222222222222222222222222222"
#define TREE     "tree " ONE "\n"
#define PARENT   "parent " TWO "\n"
#define AUTHOR   "author A <a@example.org> 5 +0000\n"
#define WITH(by) TREE AUTHOR "committer " by "\n\nm\n"

static bool read_text(const char *text, CommitFacts *facts)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

    return commit_read(bytes, facts);
}

static void plain_commits_are_read(void **state)
{
    static const struct {
        const char *text;
        bool has_parent;
        int64_t seconds;
    } cases[] = {
        { WITH("C <c@example.org> 7 +0000"), false, 7 },
        { TREE PARENT AUTHOR "committer C <c> 7 -0530\n\n", true, 7 },
        { TREE PARENT "parent " ONE "\n" AUTHOR "committer <> 8 +0000\n\n",
          true, 8 },
        { WITH("C > D <c@example.org> 999999999999999999 +0000"), false,
          INT64_C(999999999999999999) },
    };
    CommitFacts facts;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_true(read_text(cases[i].text, &facts));
        assert_int_equal(facts.tree.bytes[19], 0x11);
        assert_int_equal(facts.has_parent, cases[i].has_parent);
        if (facts.has_parent)
            assert_int_equal(facts.parent.bytes[0], 0x22);
        assert_int_equal(facts.seconds, cases[i].seconds);
    }
}

/* libgit2 takes some of them: it is asked. */
static void odd_commits_are_left_alone(void **state)
{
    static const char *const cases[] = {
        "",
        "tree",
        "tree " ONE,
        "tree " ONE " \n" AUTHOR "committer C <c> 7 +0000\n\n",
        "tree 1\n" AUTHOR "committer C <c> 7 +0000\n\n",
        TREE,
        TREE AUTHOR,
        TREE "committer C <c> 7 +0000\n\n",
        TREE "parent 2\n" AUTHOR "committer C <c> 7 +0000\n\n",
        TREE AUTHOR AUTHOR "committer C <c> 7 +0000\n\n",
        TREE "author A <a> +0000\ncommitter C <c> 7 +0000\n\n",
        TREE AUTHOR "committer C <c> 7 +0000",
        WITH("C 7 +0000"),
        WITH("C <c 7 +0000"),
        WITH("C >c< 7 +0000"),
        WITH("C <c>"),
        WITH("C <c> "),
        WITH("C <c>7 +0000"),
        WITH("C <c> -7 +0000"),
        WITH("C <c> x +0000"),
        WITH("C <c> 9000000000000000000 +0000"),
    };
    CommitFacts facts;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_false(read_text(cases[i], &facts));
}

static void trees_of_one_mail_are_told(void **state)
{
#define ID                                                                     \
    "\x12\x12\x12\x12\x12\x12\x12\x12\x12\x12"                                 \
    "\x12\x12\x12\x12\x12\x12\x12\x12\x12\x12"
    static const struct {
        const char *bytes;
        size_t length;
        TreeContent content;
    } cases[] = {
        { "", 0, TREE_EMPTY },
        { "100644 m\0" ID, 29, TREE_MAIL },
        { "100644 d\0" ID, 29, TREE_DELETED },
        { "100644 m\0" ID, 28, TREE_ODD },
        { "100644 m\0" ID "x", 30, TREE_ODD },
        { "100644 x\0" ID, 29, TREE_ODD },
        { "040000 m\0" ID, 29, TREE_ODD },
        { "100755 m\0" ID, 29, TREE_ODD },
        { "40000 m\0" ID, 28, TREE_ODD },
        { "100644 d\0" ID "100644 m\0" ID, 58, TREE_ODD },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) tree = g_bytes_new(cases[i].bytes, cases[i].length);
        ObjectId blob = { { 0 } };

        assert_int_equal(commit_read_tree(tree, &blob), cases[i].content);
        if (cases[i].content == TREE_MAIL)
            assert_int_equal(blob.bytes[19], 0x12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_commits_are_read),
        cmocka_unit_test(odd_commits_are_left_alone),
        cmocka_unit_test(trees_of_one_mail_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
