/* SPDX-License-Identifier: MIT */
#include "patch/diff.h"

#include "tests/support/unit.h"

#include <string.h>

#define GIT_HEADER                                                             \
    "diff --git a/x.c b/x.c\nindex 1234567..89abcde 100644\n"                  \
    "--- a/x.c\n+++ b/x.c\n"
#define HUNK "@@ -1,3 +1,4 @@ int f(void)\n a\n-b\n+c\n+d\n e\n"

static unsigned read_all(PatchDiff *diff, const char *bytes)
{
    PatchText text = { bytes, strlen(bytes) };
    PatchLine line = patch_line_at(text, 0);
    unsigned taken = 0;

    patch_diff_init(diff);
    for (; line.offset < text.length; line = patch_line_after(text, &line))
        taken += patch_diff_take(diff, text, &line);
    return taken;
}

/* "hunk +2 -1 x.c", "header", "none"; lines taken before it. */
static char *reading_of(const char *text)
{
    PatchDiff diff;
    unsigned taken = read_all(&diff, text);
    g_autofree char *paths = NULL;
    char *reading;

    g_ptr_array_add(diff.paths, NULL);
    paths = g_strjoinv(",", (char **)diff.paths->pdata);
    reading = g_strdup_printf("%u %s +%u -%u %s", taken,
                              diff.has_hunk     ? "hunk"
                              : diff.has_header ? "header"
                                                : "none",
                              diff.insertions, diff.deletions, paths);
    patch_diff_clear(&diff);
    return reading;
}

static void diffs_of_every_style_are_followed(void **state)
{
    static const char *const cases[][2] = {
        { GIT_HEADER HUNK, "10 hunk +2 -1 x.c" },
        { GIT_HEADER HUNK HUNK, "16 hunk +4 -2 x.c" },
        { GIT_HEADER HUNK GIT_HEADER HUNK, "20 hunk +4 -2 x.c,x.c" },
        { "text\n" GIT_HEADER HUNK "-- \n2.40\n", "10 hunk +2 -1 x.c" },
        { "diff --git a/a b/a\nnew file mode 100644\nindex 0000000..1234567\n"
          "--- /dev/null\n+++ b/a\n@@ -0,0 +1,2 @@\n+a\n+b\n",
          "8 hunk +2 -0 a" },
        { "diff --git a/a b/a\ndeleted file mode 100644\n"
          "index 1234567..0000000\n--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
          "7 hunk +0 -1 a" },
        { "diff --git a/a b/b\nsimilarity index 100%\nrename from a\n"
          "rename to b\n",
          "4 header +0 -0 b" },
        { "diff --git a/a b/b\nsimilarity index 90%\ncopy from a\n"
          "copy to b c\n",
          "4 header +0 -0 b c" },
        { "diff --git a/a b/a\nold mode 100644\nnew mode 100755\n"
          "diff --git a/b b/b\nold mode 100644\nnew mode 100755\n",
          "6 header +0 -0 a,b" },
        { "diff --git a/a b.c b/a b.c\nold mode 100644\nnew mode 100755\n",
          "3 header +0 -0 a b.c" },
        { "diff --git a/a.png b/a.png\nindex 1234567..89abcde 100644\n"
          "GIT binary patch\nliteral 4\nLc${NkU|;|M00aO5\n\nliteral 0\n"
          "HcmV?d00001\n\n-- \n2.40\n",
          "9 hunk +0 -0 a.png" },
        { "diff --git a/a.png b/a.png\nindex 1234567..89abcde 100644\n"
          "Binary files a/a.png and b/a.png differ\n",
          "3 hunk +0 -0 a.png" },
        { "Index: trunk/x.c\n"
          "=================================================================="
          "=\n--- trunk/x.c\t(revision 1)\n+++ trunk/x.c\t(working "
          "copy)\n" HUNK,
          "10 hunk +2 -1 trunk/x.c" },
        { "Index: linux/x.c\n==========\n--- linux.orig/x.c\n"
          "+++ linux/x.c\n" HUNK "Index: linux/y.c\n==========\n"
          "--- linux.orig/y.c\n+++ linux/y.c\n" HUNK,
          "20 hunk +4 -2 linux/x.c,linux/y.c" },
        { "Index: x.c\n==========\nRCS file: /cvs/x.c,v\n"
          "retrieving revision 1.1\ndiff -u -r1.1 x.c\n"
          "--- x.c\t1 Jan 2001\t1.1\n+++ x.c\t2 Jan 2001\n" HUNK,
          "13 hunk +2 -1 x.c" },
        { "diff -r 0123456789ab x.c\n--- a/x.c\tThu Jan 01\n"
          "+++ b/x.c\tFri Jan 02\n" HUNK,
          "9 hunk +2 -1 x.c" },
        { "diff -urN old/x.c new/x.c\n--- old/x.c\t2001-01-01\n"
          "+++ new/x.c\t2001-01-02\n" HUNK,
          "9 hunk +2 -1 new/x.c" },
        { "--- a/x.c\n+++ b/x.c\n" HUNK, "8 hunk +2 -1 x.c" },
        { "--- x.c.orig\t2001-01-01\n+++ x.c\t2001-01-02\n" HUNK,
          "8 hunk +2 -1 x.c" },
        { HUNK, "6 hunk +2 -1 " },
        { "*** a/x.c\tMon\n--- b/x.c\tTue\n***************\n"
          "*** 1,3 ****\n  a\n! b\n- c\n--- 1,4 ----\n  a\n! b\n+ c\n+ d\n",
          "12 hunk +3 -2 x.c" },
        { "diff --cc x.c\nindex 1234567,1234568..89abcde\n--- a/x.c\n"
          "+++ b/x.c\n@@@ -1,2 -1,2 +1,2 @@@\n  a\n- b\n -c\n++d\n-- \n2.4\n",
          "9 hunk +0 -0 x.c" },
        { GIT_HEADER "@@ -1,3 +1,3 @@\n\xc2\xa0 a\n-\xc2\xa0 b\n"
                     "+\xc2\xa0 c\n\xc2\xa0\n",
          "9 hunk +1 -1 x.c" },
        { "diff /usr/src\npath + /usr/src\ncommit - 0123\n"
          "blob - 0123\nfile + x.c\n--- x.c\n+++ x.c\n" HUNK
          "blob - 4567\nfile + y.c\n--- y.c\n+++ y.c\n" HUNK,
          "23 hunk +4 -2 x.c,y.c" },
        { "diff 0123 4567\ncommit - 0123\ncommit + 4567\nblob - 0123\n"
          "blob + 4567\n--- x.c\n+++ x.c\n" HUNK,
          "13 hunk +2 -1 x.c" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *reading = reading_of(cases[i][0]);

        assert_string_equal(reading, cases[i][1]);
    }
}

static void what_only_looks_like_a_diff_is_none(void **state)
{
    static const char *const texts[] = {
        "",
        "diff -u is a fine tool\nand I use it\n",
        "Index: see page 7\nof the book\n",
        "--- a/x.c\nis gone\n",
        "--- \n",
        "---\n",
        "+++ b/x.c\n",
        "@@ -1,3 +1,4\n",
        "@@ what @@\n",
        "> diff --git a/x b/x\n> --- a/x\n> +++ b/x\n> @@ -1 +1 @@\n",
        " diff --git a/x b/x\n",
        "*** important ***\n--- \n",
        "Binary files a and b differ\n",
        "GIT binary patch\n",
        "\\ No newline at end of file\n",
        "index 1234567..89abcde\n",
        "- a list\n- of things\n",
        "diff of the two\nlists\n",
        "blob - a large object\nof a database\n",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *reading = reading_of(texts[i]);

        assert_string_equal(reading, "0 none +0 -0 ");
    }
}

static void a_hunk_ends_where_its_counts_say(void **state)
{
    static const char *const cases[][2] = {
        /* what looks like a header, a signature or a trailer is content */
        { "@@ -1,3 +0,0 @@\n--- a/x\n-- \n-Acked-by: A <a@x>\n",
          "4 hunk +0 -3 " },
        { "@@ -0,0 +1,2 @@\n+++ b/x\n+@@ -1 +1 @@\n", "3 hunk +2 -0 " },
        { "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n"
          "\\ No newline at end of file\ntext\n",
          "5 hunk +1 -1 " },
        /* a blank that a mailer ate */
        { "@@ -1,3 +1,3 @@\n a\n\n-b\n+c\n\n", "5 hunk +1 -1 " },
        { "@@ -1,2 +1,2 @@\n\ta\n-b\n+c\n", "4 hunk +1 -1 " },
        /* broken ones end at the first line that cannot be of them */
        { "@@ -1,9 +1,9 @@\n a\n-b\nand so on\n+c\n", "3 hunk +0 -1 " },
        { "@@ -1,2 +1,2 @@\n a\n-b\n-c\n+d\n", "3 hunk +0 -1 " },
        { "@@ -1,9 +1,9 @@\n a\n> quoted\n", "2 hunk +0 -0 " },
        { "@@ -0,0 +0,0 @@\n a\n", "1 hunk +0 -0 " },
        { "@@ -1,9999999999 +1 @@\n", "0 none +0 -0 " },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *reading = reading_of(cases[i][0]);

        assert_string_equal(reading, cases[i][1]);
    }
}

#define LONG                                                                   \
    "a_line_that_is_so_long_that_a_mailer_has_no_room_for_the_word_behind"

/* S-17: a mailer breaks lines before a word for which it has no room. */
static void what_a_mailer_broke_is_one_line(void **state)
{
    static const char *const cases[][2] = {
        { "diff --git a/x.c \nb/x.c\nindex 1234567..89abcde\n"
          "--- a/x.c\n+++ b/x.c\n" HUNK,
          "11 hunk +2 -1 x.c" },
        { "diff --git a/x.c\nb/x.c\nindex 1234567..89abcde\n"
          "---\na/x.c\n+++\nb/x.c\n" HUNK
          "diff --git a/y.c\nb/y.c\nnew file mode 100644\n"
          "--- /dev/null\n+++ \nb/y.c\n@@ -0,0 +1 @@\n+a\n",
          "21 hunk +3 -1 x.c,y.c" },
        { "@@ -1,2 +1,3 @@\n a\n-b\n+" LONG "\nword and more\n+c\n",
          "6 hunk +2 -1 " },
        { "@@ -1,3 +1,3 @@\n a\n-b\n+c\n " LONG "\nword\ntext\n",
          "5 hunk +1 -1 " },
        { "@@ -1,3 +1,4 @@\n a\n-b\n+" LONG "\nword\ntext\n+c\n",
          "4 hunk +1 -1 " },
        /* a new file has no context: the marks were lost */
        { "@@ -0,0 +1,4 @@\n+a\n b\n\n+c\nd\n", "5 hunk +4 -0 " },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *reading = reading_of(cases[i][0]);

        assert_string_equal(reading, cases[i][1]);
    }
}

static char *id_of(const char *text)
{
    PatchDiff diff;
    char *id;

    (void)read_all(&diff, text);
    id = patch_diff_id(&diff);
    patch_diff_clear(&diff);
    return id;
}

/* The expected ones are what `git patch-id --stable` of git 2.39 prints. */
static void the_patch_id_is_the_one_that_git_gives(void **state)
{
    static const char *const cases[][2] = {
        { GIT_HEADER HUNK, "3f1b08101c9a96c72922b5eea0da07961108e6ad" },
        { "Subject: x\n\ntext\n---\n a | 1 +\n\n" GIT_HEADER HUNK "-- \n2.40\n",
          "3f1b08101c9a96c72922b5eea0da07961108e6ad" },
        { GIT_HEADER HUNK HUNK "diff --git a/y b/y\n--- a/y\n+++ b/y\n" HUNK,
          "3b5a529b812a24117a4193723e862c6fda1c1675" },
        { "diff --git a/a b/b\nsimilarity index 100%\nrename from a\n"
          "rename to b\n",
          "2f69b4257c6277f07cde395491e9bd17193fd588" },
        { "diff --git a/a b/a\nold mode 100644\nnew mode 100755\n" GIT_HEADER
              HUNK,
          "e5efef2bb5dbedf981d61ebf4555f105f55f46c7" },
        { "diff --git a/a.png b/a.png\nindex 1234567..89abcde 100644\n"
          "GIT binary patch\nliteral 4\nLc${NkU|;|M00aO5\n\n" GIT_HEADER HUNK,
          "a7ce9cd1ed30ecc762df826c8ab2b6f986c47d03" },
        { GIT_HEADER HUNK
          "diff --git a/a.png b/a.png\n"
          "index 1234567..89abcde 100644\nBinary files a/a.png and b/a.png "
          "differ\n",
          "070739050c2756223a65f7fd8de6078492c13fd1" },
        { GIT_HEADER "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n"
                     "\\ No newline at end of file\n",
          "0c8e5aac48f322d102c7f134e64c59ea79fba3d7" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *id = id_of(cases[i][0]);

        assert_string_equal(id, cases[i][1]);
    }
}

static void the_patch_id_forgets_blanks_numbers_and_order(void **state)
{
    g_autofree char *id = id_of(GIT_HEADER HUNK);
    g_autofree char *moved = id_of(
        GIT_HEADER "@@ -101,3 +201,4 @@ int g(void)\n a\n-b\n+c\n+d\n e\n");
    g_autofree char *blanks =
        id_of(GIT_HEADER "@@ -1,3 +1,4 @@\n   a\n- b\n+\tc\n+d  \n e\n");
    g_autofree char *other =
        id_of(GIT_HEADER "@@ -1,3 +1,4 @@\n a\n-b\n+c\n+x\n e\n");
    g_autofree char *one_two =
        id_of(GIT_HEADER HUNK "diff --git a/y b/y\n--- a/y\n+++ b/y\n" HUNK);
    g_autofree char *two_one =
        id_of("diff --git a/y b/y\n--- a/y\n+++ b/y\n" HUNK GIT_HEADER HUNK);

    (void)state;
    assert_string_equal(id, moved);
    assert_string_equal(id, blanks);
    assert_string_not_equal(id, other);
    assert_string_equal(one_two, two_one);
}

static void without_a_file_there_is_no_patch_id(void **state)
{
    (void)state;
    assert_null(id_of("text\n"));
    assert_null(id_of(HUNK));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diffs_of_every_style_are_followed),
        cmocka_unit_test(what_only_looks_like_a_diff_is_none),
        cmocka_unit_test(a_hunk_ends_where_its_counts_say),
        cmocka_unit_test(what_a_mailer_broke_is_one_line),
        cmocka_unit_test(the_patch_id_is_the_one_that_git_gives),
        cmocka_unit_test(the_patch_id_forgets_blanks_numbers_and_order),
        cmocka_unit_test(without_a_file_there_is_no_patch_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
