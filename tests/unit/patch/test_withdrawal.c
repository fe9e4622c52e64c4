/* SPDX-License-Identifier: MIT */
#include "patch/sentence.h"

#include "tests/support/unit.h"

#include <string.h>

static bool tells(const char *text)
{
    return patch_sentences_say_withdrawn((PatchText){ text, strlen(text) });
}

static void check(const char *const *texts, size_t count, bool expected)
{
    for (size_t i = 0; i < count; i++) {
        if (tells(texts[i]) != expected)
            fail_msg("\"%s\" is %s", texts[i], expected ? "not" : "read");
    }
}

static void what_was_applied_is_dropped(void **state)
{
    static const char *const texts[] = {
        "Dropped.\n",
        "Sure. Removed the patch and updated the next branch.\n",
        "I removed it from my next branch.\n",
        "Dropped again, it breaks the build\n",
        "Now dropped, thanks.\n",
        "I have dropped this patch for now.\n",
        "I've dropped the series from my tree.\n",
        "I've dropped it.\n",
        "So I dropped both.\n",
        "I had to drop this from for-next.\n",
        "I'll drop this patch.\n",
        "We will drop the series from the queue until it builds.\n",
        "Dropping it from next.\n",
        "It breaks the build, so I have dropped it for now.\n",
        "Reverted, sorry.\n",
        "I have reverted these commits.\n",
        "I'm unqueueing nothing. Unqueued.\n",
        "The series has been dropped.\n",
        "This breaks arm64.\n\nSorry, dropped\nfrom my tree.\n",
        "> Dropped?\n\nYes, dropped.\n",
    };

    (void)state;
    check(texts, G_N_ELEMENTS(texts), true);
}

static void what_was_applied_is_removed_from_a_tree(void **state)
{
    static const char *const texts[] = {
        "Sure. Removed the patch and updated the next branch.\n",
        "ACK, I've rejected the patch in the Patchwork and removed it from my\n"
        "staging tree.\n",
        "I have removed that patch from for-next (so it still has the other\n"
        "eight).\n",
        "I'll remove it from heron-next then, to avoid crashes.\n",
        "This would introduce a regression, so will remove this patch from\n"
        "for-next.\n",
        "The series is removed from my tree for now.\n",
        "So please rollback this patch for now.\n",
    };
    static const char *const others[] = {
        "I removed this patch from the series.\n",
        "I'll remove this patch from the next version.\n",
        "It is removed from the queue when it ends.\n",
        "This removes it from the tree.\n",
        "I removed the branch.\n",
        "Removed in my v4 branch.\n",
        "Can you remove my patches, which were in for-next?\n",
        "Please remove the line from the tree.\n",
        "I removed the check from the next patch.\n",
        "Removed.\n",
    };

    (void)state;
    check(texts, G_N_ELEMENTS(texts), true);
    check(others, G_N_ELEMENTS(others), false);
}

static void what_was_said_to_be_applied_never_was(void **state)
{
    static const char *const texts[] = {
        "The thanks script got confused.\n",
        "These are commits of v4, the email script\ngot confused.\n",
        "Please ignore this mail.\n",
        "Disregard the notification, I have not looked at it yet.\n",
        "It was not actually applied.\n",
    };

    (void)state;
    check(texts, G_N_ELEMENTS(texts), true);
}

static void other_news_take_nothing_back(void **state)
{
    static const char *const texts[] = {
        "",
        "Applied, thanks.\n",
        "I dropped this comment, as it is not accurate.\n",
        "I dropped the second hunk.\n",
        "Dropped in v2.\n",
        "I dropped these two lines in the next version.\n",
        "I'll drop it in the next version.\n",
        "I'll drop that.\n",
        "Dropped the CR save in the next version:\n",
        "Fair enough, I'll drop this patch in the next posting.\n",
        "Dropped?\n",
        "Should I drop this patch?\n",
        "Can you drop this patch from your tree?\n",
        "If it fails I'll drop this patch.\n",
        "If it fails, I'll drop this patch.\n",
        "In v2, I dropped this patch.\n",
        "All pages are dropped when it ends.\n",
        "The last reference is dropped.\n",
        "This was reverted because of a bug.\n",
        "I tried to revert the fix on 5.7.\n",
        "I have reverted 0123456789ab and now it boots.\n",
        "The hooks cannot be dropped.\n",
        "I got confused.\n",
        "The compiler got confused.\n",
        "We can ignore this case.\n",
        "This is not actually true.\n",
        "> I have dropped this patch.\n",
    };

    (void)state;
    check(texts, G_N_ELEMENTS(texts), false);
}

static void long_sentences_and_mails_are_not_read(void **state)
{
    g_autoptr(GString) text = g_string_new(NULL);

    (void)state;
    for (unsigned i = 0; i < 200; i++)
        g_string_append(text, "dropped it ");
    assert_false(tells(text->str));
    g_string_assign(text, "Dropped.\n\n");
    assert_true(tells(text->str));
    for (unsigned i = 0; i < 1000; i++)
        g_string_append(text, "> more\n");
    assert_true(tells(text->str));
    for (unsigned i = 0; i < 1000; i++)
        g_string_append(text, "more\n");
    assert_false(tells(text->str));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_applied_is_dropped),
        cmocka_unit_test(what_was_applied_is_removed_from_a_tree),
        cmocka_unit_test(what_was_said_to_be_applied_never_was),
        cmocka_unit_test(other_news_take_nothing_back),
        cmocka_unit_test(long_sentences_and_mails_are_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
