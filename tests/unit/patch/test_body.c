/* SPDX-License-Identifier: MIT */
#include "patch/body.h"

#include "tests/support/unit.h"

#include <string.h>

#define DIFF                                                                   \
    "diff --git a/x.c b/x.c\nindex 1234567..89abcde 100644\n"                  \
    "--- a/x.c\n+++ b/x.c\n@@ -1,3 +1,4 @@\n a\n-b\n+c\n+d\n e\n"
#define STAT   " x.c | 3 ++-\n 1 file changed, 2 insertions(+), 1 deletion(-)\n"
#define SIGNED "Signed-off-by: Ann <a@x.org>\n"

static void body_of(PatchBody *body, const char *text)
{
    patch_body_init(body, text, strlen(text), false);
}

/* The facts of a body as letters: q starts quoted, t has text, d diff,
 * h hunk, s diffstat, o signed off, p pull request, c counted. */
static char *facts_of(const char *text)
{
    g_auto(PatchBody) body;
    GString *facts = g_string_new(NULL);

    body_of(&body, text);
    g_string_append(facts, body.starts_quoted ? "q" : "");
    g_string_append(facts, body.has_text ? "t" : "");
    g_string_append(facts, body.has_diff ? "d" : "");
    g_string_append(facts, body.has_hunk ? "h" : "");
    g_string_append(facts, body.has_diffstat ? "s" : "");
    g_string_append(facts, body.has_signed_off ? "o" : "");
    g_string_append(facts, body.is_pull_request ? "p" : "");
    g_string_append(facts, body.stat.is_counted ? "c" : "");
    return g_string_free(facts, FALSE);
}

static void facts_are_seen(void **state)
{
    static const char *const cases[][2] = {
        { "", "" },
        { "\n\n", "" },
        { "text", "t" },
        { "text\n" SIGNED "---\n" STAT "\n" DIFF "-- \n2.40\n", "tdhso" },
        { SIGNED "---\n" STAT "\n" DIFF, "dhso" },
        { "From: Bob <b@x.org>\n\n" SIGNED "---\n" STAT "\n" DIFF, "dhso" },
        { "text\n\n" SIGNED "\n" DIFF, "tdhoc" },
        { DIFF, "dhc" },
        { STAT, "s" },
        { SIGNED, "o" },
        { "  Signed-off-by: Ann <a@x.org>\n", "o" },
        { "signed-off-By: ann\n", "o" },
        { "> " SIGNED, "q" },
        { "> diff --git a/x b/x\n> @@ -1 +1 @@\n> -a\n> +b\n", "q" },
        { "> text\n", "q" },
        { "> text\n\nmine\n", "qt" },
        { "On Monday, Bob wrote:\n> text\n", "q" },
        { "On Monday,\nBob <b@x.org> wrote:\n\n> text\n\nmine", "qt" },
        { "Am Montag schrieb Bob:\n> text\n", "q" },
        { "Hello Bob,\n\n> text\n", "t" },
        { "mine\n\nOn Monday, Bob wrote:\n> text\n", "t" },
        { "one\ntwo\nthree\nfour:\n> text\n", "t" },
        { "-----Original Message-----\nFrom: Bob\n\n" SIGNED DIFF, "q" },
        { "mine\n\n-----Original Message-----\n" SIGNED DIFF, "t" },
        { "mine\n\nFrom: Bob <b@x.org>\nSent: Monday\n\n" DIFF, "t" },
        { "Ann Example (2):\n  one title\n  another title\n\n" STAT, "s" },
        { "text\n\nAnn Example (1):\n  one title\n\n" STAT, "ts" },
        { "*** BLURB HERE ***\n\nAnn (1):\n  one\n\n" STAT, "s" },
        { "The following changes since commit 0123:\n\n  title\n\n"
          "are available in the Git repository at:\n\n  git://x.org tags/t\n\n"
          "for you to fetch changes up to 4567:\n\n" STAT,
          "tsp" },
        { "are available in the git repository at:\n", "tp" },
        { "These patches\nare available in the git tree at x.org\n", "t" },
        { "> are available in the Git repository at:\n", "q" },
        { "-- \nAnn\n" SIGNED, "" },
        { "-- \nAnn\n\n" DIFF, "dhc" },
        { "base-commit: 0123456789\n", "" },
        { "change-id: 20250101-a-b\n", "" },
        { "text\n@@ -1 +1 @@\n-a\n+b\n", "tdhc" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *facts = facts_of(cases[i][0]);

        if (strcmp(facts, cases[i][1]) != 0)
            print_message("text: %s\n", cases[i][0]);
        assert_string_equal(facts, cases[i][1]);
    }
}

/* Where the parts of a text are: its slices as they must be. */
static void a_pull_request_lists_its_patches(void **state)
{
    static const char log[] = "Ann (2):\n      x: one\n      Fixes: two\n\n"
                              "> Eve (1):\n>       quoted\n\n"
                              "Bob B (1):\n      y: three\n-- \nAnn\n";
    g_autofree char *pull =
        g_strconcat("The following changes since commit 0a1b2c3d4e5f:\n"
                    "are available in the Git repository at:\n\n"
                    "for you to fetch changes up to 5F2d1c0b9a88776655:\n",
                    log, NULL);
    g_auto(PatchBody) body;
    g_auto(PatchBody) alone;
    const PatchListed *last;

    (void)state;
    body_of(&body, pull);
    assert_int_equal(body.listed->len, 3);
    assert_string_equal(body.pull_base, "0a1b2c3d4e5f");
    assert_string_equal(body.pull_tip, "5f2d1c0b9a88776655");
    last = body.listed->pdata[2];
    assert_string_equal(last->author, "Bob B");
    assert_string_equal(last->title, "y: three");
    assert_string_equal(((PatchListed *)body.listed->pdata[1])->title,
                        "Fixes: two");
    body_of(&alone, log); /* whoever's subject says that it is a pull */
    assert_int_equal(alone.listed->len, 3);
    assert_false(alone.is_pull_request);
}

static void a_pull_request_tells_where_its_commits_lie(void **state)
{
    static const struct {
        const char *text, *url, *ref;
    } cases[] = {
        { "\n  https://git.example.org/l.git tags/for-6.2\n",
          "https://git.example.org/l.git", "tags/for-6.2" },
        { "\n  git://git.example.org/l.git for-next\n\n",
          "git://git.example.org/l.git", "for-next" },
        { "\ngit@example.org:l.git\n", "git@example.org:l.git", NULL },
        { "  /srv/git/l.git main\n", "/srv/git/l.git", "main" },
        { "\n  https://git.example.org/l.git \\\n    tags/a\n",
          "https://git.example.org/l.git", "tags/a" },
        { "\n  ssh://git.example.org/l.git tags/a (signed)\n",
          "ssh://git.example.org/l.git", "tags/a" },
        { "\nfor you to fetch changes up to 5f2d1c0b9a88:\n", NULL, NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strconcat("are available in the Git repository at:\n",
                        cases[i].text, "\nhttps://other.example x\n", NULL);
        g_auto(PatchBody) body;

        body_of(&body, text);
        assert_int_equal(g_strcmp0(body.pull_url, cases[i].url), 0);
        assert_int_equal(g_strcmp0(body.pull_ref, cases[i].ref), 0);
    }
}

/* What is left of request-pull's text where somebody cut its head off. */
static void a_pull_url_stands_alone(void **state)
{
    static const struct {
        const char *text, *url, *ref;
    } cases[] = {
        { "Please pull!\n\n  git://git.example.org/l.git tags/a-1\n\n---\n",
          "git://git.example.org/l.git", "tags/a-1" },
        { "  https://git.example.org/l.git fixes\n",
          "https://git.example.org/l.git", "fixes" },
        { "  https://example.org/l tags/a\n", "https://example.org/l",
          "tags/a" },
        { "  https://example.org/l a\n", NULL, NULL },
        { "  see https://example.org/l.git tags/a\n", NULL, NULL },
        { "git://git.example.org/l.git tags/a\n", NULL, NULL },
        { "> \n>   git://git.example.org/l.git tags/a\n", NULL, NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(PatchBody) body;

        body_of(&body, cases[i].text);
        assert_int_equal(g_strcmp0(body.pull_url, cases[i].url), 0);
        assert_int_equal(g_strcmp0(body.pull_ref, cases[i].ref), 0);
        assert_false(body.is_pull_request);
    }
}

/* git show's header of a merge is no mail's, whose text would end ours. */
static void a_commit_is_no_copied_mail(void **state)
{
    static const char merge[] = "Merge: 0a1b2c3d 4e5f6a7b\n"
                                "Author: Ann <ann@example.org>\n"
                                "Date:   Wed Jan 15 08:52:03 2025 -0700\n\n"
                                "    Merge branch 'a'\n\nthanks\n";
    static const char log[] = "\nAnn (1):\n      x: one\n";
    g_autofree char *shown =
        g_strconcat("mine:\n\ncommit 0a1b2c3d4e5f\n", merge, log, NULL);
    g_autofree char *copied = g_strconcat("mine:\n\n", merge, log, NULL);
    g_auto(PatchBody) body;
    g_auto(PatchBody) answer;

    (void)state;
    body_of(&body, shown);
    assert_int_equal(body.listed->len, 1);
    body_of(&answer, copied);
    assert_int_equal(answer.listed->len, 0);
}

static void parts_are_found(void **state)
{
    static const struct {
        const char *text, *message, *notes;
    } cases[] = {
        { "", "", "" },
        { "text\n", "text\n", "" },
        { "\n\ntext\n", "text\n", "" },
        { "From: A <a@x.org>\n\ntext\n", "text\n", "" },
        { "text\n---\nnotes\n" DIFF, "text\n---\nnotes\n", "notes\n" },
        { "text\n---   \nnotes\n\n" DIFF, "text\n---   \nnotes\n\n",
          "notes\n\n" },
        { "text\n---\none\n---\ntwo\n", "text\n---\none\n---\ntwo\n",
          "one\n---\ntwo\n" },
        { "text\n" DIFF, "text\n", "" },
        { "text\n-- \nAnn\n", "text\n", "" },
        { "text\n--\n2.40.1\n", "text\n", "" },
        { "text\n--\nmore\n", "text\n--\nmore\n", "" },
        { "text\n-- \n" DIFF, "text\n", "" },
        { "text\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", "text\n", "" },
        { "text\nIndex: x\n======\n--- x\n+++ x\n", "text\n", "" },
        { "text\n__________________________________________________\n"
          "x mailing list\n",
          "text\n", "" },
        { "text\n__________________________________________________\nmore\n",
          "text\n__________________________________________________\nmore\n",
          "" },
        { "text\n---- 8< ----\nlog\n---- 8< ----\nmore\n",
          "text\n---- 8< ----\nlog\n---- 8< ----\nmore\n", "" },
        { "talk\n-- >8 --\nFrom: A <a@x.org>\nSubject: x\n\ntext\n" DIFF,
          "text\n", "" },
        { "talk\n---\n-- >8 --\nSubject: x\n\ntext\n---\nn\n" DIFF,
          "text\n---\nn\n", "n\n" },
        { "text\n-----Original Message-----\nFrom: B\n", "text\n", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *text = cases[i].text;
        g_auto(PatchBody) body;
        g_autofree char *message = NULL;
        g_autofree char *notes = NULL;

        body_of(&body, text);
        message = g_strndup(text + body.message_start,
                            body.message_end - body.message_start);
        notes = g_strndup(text + body.notes_start,
                          body.message_end - body.notes_start);
        assert_string_equal(message, cases[i].message);
        assert_string_equal(notes, cases[i].notes);
    }
}

static void classic_ends_at_the_first_diff_or_signature_line(void **state)
{
    static const struct {
        const char *text;
        long end; /* -1: none */
    } cases[] = {
        { "", -1 },
        { "text\n", -1 },
        { "text\n" DIFF, 5 },
        { "text\n-- \n" DIFF, 5 },
        { "text\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", -1 },
        { "text\n--\n2.40\n", -1 },
        { "> diff --git a/x b/x\n", -1 },
        { "a\n\n-- \n", 3 },
        { "-- \n", 0 },
        { "From: A <a@x.org>\n\ndiff --git a/x b/x\n", 19 },
        { "@@ -1,2 +1,1 @@\n a\n-- \n", 19 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(PatchBody) body;
        bool has_end = cases[i].end >= 0;

        body_of(&body, cases[i].text);
        assert_int_equal(body.has_classic_end, has_end);
        assert_int_equal(body.classic_end,
                         has_end ? cases[i].end : (long)strlen(cases[i].text));
    }
}

static void the_diffstat_goes_before_the_count(void **state)
{
    static const struct {
        const char *text;
        unsigned files, insertions, deletions;
        bool is_counted;
        const char *path;
    } cases[] = {
        { STAT, 1, 2, 1, false, "x.c" },
        { DIFF, 1, 2, 1, true, "x.c" },
        { " y | 9 +\n 1 file changed, 9 insertions(+)\n" DIFF, 1, 9, 0, false,
          "x.c" },
        { " .../y | 9 +\n z | 1 +\n 2 files changed, 10 insertions(+)\n" DIFF,
          2, 10, 0, false, ".../y" },
        { "diff --git a/a b/b\nsimilarity index 100%\nrename from a\n"
          "rename to b\n",
          1, 0, 0, true, "b" },
        { "@@ -1 +1,2 @@\n-a\n+b\n+c\n", 1, 2, 1, true, NULL },
        { "text\n", 0, 0, 0, false, NULL },
        { "> 1 file changed, 2 insertions(+)\n", 0, 0, 0, false, NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(PatchBody) body;

        body_of(&body, cases[i].text);
        assert_int_equal(body.stat.files, cases[i].files);
        assert_int_equal(body.stat.insertions, cases[i].insertions);
        assert_int_equal(body.stat.deletions, cases[i].deletions);
        assert_int_equal(body.stat.is_counted, cases[i].is_counted);
        if (cases[i].path == NULL)
            assert_int_equal(body.paths->len, 0);
        else
            assert_string_equal(body.paths->pdata[0], cases[i].path);
    }
}

static void the_busiest_path_has_most_changed_lines(void **state)
{
    static const char *const cases[][2] = {
        { "text\n", NULL },
        { DIFF, "x.c" },
        { STAT, "x.c" },
        { "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n" DIFF,
          "x.c" },
        { DIFF "diff --git a/z b/z\n--- a/z\n+++ b/z\n@@ -1 +1 @@\n-a\n+b\n",
          "x.c" },
        { DIFF "diff --git a/z b/z\n--- a/z\n+++ b/z\n@@ -0,0 +1,3 @@\n"
               "+a\n+b\n+c\n",
          "x.c" },
        { DIFF "diff --git a/z b/z\n--- a/z\n+++ b/z\n@@ -0,0 +1,2 @@\n"
               "+a\n+b\n@@ -9,0 +11,2 @@\n+c\n+d\n",
          "z" },
        { "diff --git a/a b/a\nold mode 100644\nnew mode 100755\n", "a" },
        { " a |  2 +\n b | 12 ++\n c | 12 ++\n d | Bin 0 -> 99 bytes\n"
          " 4 files changed, 26 insertions(+)\n",
          "b" },
        { " a |  2 +\n .../long/b | 12 ++\n"
          " 2 files changed, 14 insertions(+)\n" DIFF,
          ".../long/b" },
        { "@@ -1 +1,2 @@\n-a\n+b\n+c\n", NULL },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(PatchBody) body;

        body_of(&body, cases[i][0]);
        if (g_strcmp0(body.busiest_path, cases[i][1]) != 0)
            fail_msg("case %zu: %s", i, body.busiest_path);
    }
}

static char *joined(GPtrArray *strings)
{
    GString *all = g_string_new(NULL);

    for (guint i = 0; i < strings->len; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? "," : "",
                               (char *)strings->pdata[i]);
    return g_string_free(all, FALSE);
}

static void references_are_read(void **state)
{
    static const struct {
        const char *text, *change_id, *base_commit, *based_on, *supersedes;
    } cases[] = {
        { "text\n", NULL, NULL, "", "" },
        { "text\n---\nbase-commit: 0123456789abcdef\nchange-id: 2025-a\n",
          "2025-a", "0123456789abcdef", "", "" },
        { DIFF "\nbase-commit: 0123456789\n-- \n2.40\n", NULL, "0123456789", "",
          "" },
        { DIFF "-- \n2.40\n\nbase-commit: 0123456789\n", NULL, "0123456789", "",
          "" },
        { "Change-Id: I0123456789\n" SIGNED, "I0123456789", NULL, "", "" },
        { "change-id: a\nchange-id: b\n", "a", NULL, "", "" },
        { "base-commit: none\n", NULL, NULL, "", "" },
        { "Based-on: <1@x.org>\n", NULL, NULL, "1@x.org", "" },
        { "based-on: 1@x.org\n", NULL, NULL, "1@x.org", "" },
        { "Based-on: <1@x.org> <2@x.org>, <3@x.org>\n", NULL, NULL,
          "1@x.org,2@x.org,3@x.org", "" },
        { "Based-on: https://lore.kernel.org/qemu-devel/1@x.org/\n", NULL, NULL,
          "1@x.org", "" },
        { "Based-on: [PATCH v2] title <1@x.org>\n", NULL, NULL, "1@x.org", "" },
        { "Based-on: master\n", NULL, NULL, "", "" },
        { "Depends-on: <1@x.org>\n", NULL, NULL, "1@x.org", "" },
        { "prerequisite-message-id: <1@x.org>\n", NULL, NULL, "1@x.org", "" },
        { "Supersedes: <1@x.org>\n", NULL, NULL, "", "1@x.org" },
        { "Obsoletes: <1@x.org>\nSUPERSEDES: <2@x.org>\n", NULL, NULL, "",
          "1@x.org,2@x.org" },
        { "> Supersedes: <1@x.org>\n> change-id: a\n", NULL, NULL, "", "" },
        { "@@ -0,0 +1 @@\n+Supersedes: <1@x.org>\n", NULL, NULL, "", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(PatchBody) body;
        g_autofree char *based_on = NULL;
        g_autofree char *supersedes = NULL;

        body_of(&body, cases[i].text);
        based_on = joined(body.based_on);
        supersedes = joined(body.supersedes);
        assert_int_equal(g_strcmp0(body.change_id, cases[i].change_id), 0);
        assert_int_equal(g_strcmp0(body.base_commit, cases[i].base_commit), 0);
        assert_string_equal(based_on, cases[i].based_on);
        assert_string_equal(supersedes, cases[i].supersedes);
    }
}

static void trailers_count_only_in_ones_own_words(void **state)
{
    static const struct {
        const char *text;
        unsigned count;
    } cases[] = {
        { SIGNED, 1 },
        { "text\n\n" SIGNED "Cc: Bob <b@x.org>\n", 2 },
        { "> " SIGNED, 0 },
        { "> a\n\n" SIGNED "\n> b\n" SIGNED, 2 },
        { "-- \n" SIGNED, 0 },
        { "@@ -1,1 +1,2 @@\n a\n+b\n" SIGNED, 1 },
        { "@@ -1,1 +1,2 @@\n a\n+" SIGNED, 0 },
        { "-----Original Message-----\n" SIGNED, 0 },
        { "talk\n" SIGNED "-- >8 --\nSubject: x\n\ntext\n" SIGNED DIFF, 1 },
        { "Reviewed-and-tested-by: Ann <a@x.org>\n", 2 },
        { "mine\n\nOn 5/6/25 9:12 AM, Bob Low wrote:\n\ntext\n" SIGNED, 0 },
        { "mine\n\nOn 5/6/25 9:12 AM, Bob Low\nwrote:\n\ntext\n" SIGNED, 0 },
        { "mine\n\nOn 5/6/25 9:12 AM, Bob Low wrote:\n> a\n" SIGNED, 1 },
        { "mine\n\nOn 5/6/25 9:12 we saw this:\n\ntext\n" SIGNED, 1 },
        { "mine\n\nOn 5/6 9:12, Bob Low wrote:\n\ntext\n" SIGNED, 1 },
        { "Reviewed-by: Ann <a@x.org><mailto:a@x.org>\n\n"
          "On 5/6/25 9:12 AM, Bob Low wrote:\n\ntext\n" SIGNED DIFF,
          1 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(PatchBody) body;

        body_of(&body, cases[i].text);
        assert_int_equal(body.trailers->len, cases[i].count);
    }
}

static void a_trailer_knows_its_line(void **state)
{
    g_auto(PatchBody) body;
    PatchTrailer *trailer;

    (void)state;
    body_of(&body, "text\n\n" SIGNED);
    trailer = body.trailers->pdata[0];
    assert_int_equal(trailer->offset, 6);
    assert_string_equal(trailer->key, "Signed-off-by");
    assert_string_equal(trailer->value, "Ann <a@x.org>");
}

static void an_attached_patch_is_added(void **state)
{
    static const char attachment[] =
        "From 0123 Mon Sep 17 00:00:00 2001\nFrom: Bob <b@x.org>\n"
        "Subject: [PATCH] x\n\ntext\n\n" SIGNED "---\n" STAT "\n" DIFF;
    g_auto(PatchBody) body;
    g_auto(PatchBody) alone;

    (void)state;
    body_of(&alone, DIFF);
    body_of(&body, "> quoted\n\nsee the attached patch\n");
    patch_body_add_attachment(&body, attachment, strlen(attachment));
    assert_true(body.has_diff && body.has_hunk && body.has_diffstat);
    assert_true(body.is_attached && body.has_signed_off);
    assert_true(body.starts_quoted && body.has_text);
    assert_null(body.from);
    assert_int_equal(body.stat.insertions, 2);
    assert_int_equal(body.trailers->len, 1);
    assert_int_equal(((PatchTrailer *)body.trailers->pdata[0])->offset,
                     SIZE_MAX);
    assert_string_equal(body.patch_id, alone.patch_id);
    assert_int_equal(body.message_end, 33);

    patch_body_add_attachment(&body, attachment, strlen(attachment));
    assert_int_equal(body.stat.files, 1);
    assert_int_equal(body.stat.insertions, 4);
}

/* As git begins a patch, with a whole commit id. */
#define MARK "From 0123456789012345678901234567890123456789 Mon Sep 17 2001\n"

static void patches_in_one_attachment_are_added_up(void **state)
{
    static const char one_author[] =
        MARK "From: Bob <b@x.org>\nSubject: [PATCH 1/3] x\n\n" SIGNED
             "---\n" STAT "\n" DIFF "-- \n2.43.0\n\n" MARK
             "From: Bob <b@x.org>\nSubject: [PATCH 2/3] y\n\n" SIGNED
             "---\n" STAT "\n" DIFF "-- \n2.43.0\n\n" MARK
             "From: Bob <b@x.org>\nSubject: [PATCH 3/3] z\n\n" SIGNED
             "---\n" STAT "\n" DIFF "-- \n2.43.0\n\n";
    static const char other[] =
        MARK "From: Ann <a@x.org>\nSubject: [PATCH] z\n\ntext\n---\n" DIFF;
    g_auto(PatchBody) body;
    g_auto(PatchBody) alone;

    (void)state;
    body_of(&alone, DIFF);
    body_of(&body, "see the attached patches\n");
    patch_body_add_attachment(&body, one_author, strlen(one_author));
    assert_int_equal(body.stat.files, 1);
    assert_int_equal(body.stat.insertions, 6);
    assert_int_equal(body.paths->len, 1);
    assert_int_equal(body.trailers->len, 3);
    assert_string_equal(body.patch_id, alone.patch_id);
    assert_string_equal(g_strchug(body.from), "Bob <b@x.org>");

    assert_int_equal(body.attached_titles->len, 3);
    assert_string_equal(body.attached_titles->pdata[0], "x");

    patch_body_add_attachment(&body, other, strlen(other));
    assert_int_equal(body.stat.insertions, 8);
    assert_null(body.from);
    assert_int_equal(body.attached_titles->len, 3); /* z again */
}

static void patches_in_several_files_have_one_author(void **state)
{
    static const char first[] =
        MARK "From: Bob <b@x.org>\nSubject: [PATCH 1/2] x\n\n" DIFF;
    static const char second[] =
        MARK "From: Bob <b@x.org>\nSubject: [PATCH 2/2] y\n\n" DIFF;
    static const char letter[] =
        MARK "From: Bob <b@x.org>\nSubject: [PATCH 0/2] z\n\ntext\n";
    g_auto(PatchBody) body;

    (void)state;
    body_of(&body, "see the attached patches\n");
    assert_null(body.attached_titles);
    patch_body_add_attachment(&body, letter, strlen(letter));
    patch_body_add_attachment(&body, first, strlen(first));
    patch_body_add_attachment(&body, second, strlen(second));
    assert_string_equal(g_strchug(body.from), "Bob <b@x.org>");
    assert_int_equal(body.attached_titles->len, 2);
}

static void hunks_cited_from_an_attachment_are_forgotten(void **state)
{
    static const char cited[] =
        "look at this:\n@@ -1,2 +1 @@\n a\n-b\nis it right?\n";
    g_auto(PatchBody) body;

    (void)state;
    body_of(&body, cited);
    assert_int_equal(body.stat.deletions, 1);
    patch_body_add_attachment(&body, "no patch\n", strlen("no patch\n"));
    assert_int_equal(body.stat.deletions, 1);
    patch_body_add_attachment(&body, DIFF, strlen(DIFF));
    assert_true(body.is_attached && body.has_hunk);
    assert_int_equal(body.stat.insertions, 2);
    assert_int_equal(body.stat.files, 1);
    assert_int_equal(body.paths->len, 1);
}

static void an_attached_copy_of_the_text_adds_nothing(void **state)
{
    g_auto(PatchBody) body;

    (void)state;
    body_of(&body, "text\n" DIFF);
    patch_body_add_attachment(&body, DIFF, strlen(DIFF));
    assert_false(body.is_attached);
    assert_int_equal(body.stat.insertions, 2);
    assert_int_equal(body.paths->len, 1);
}

static void an_attachment_below_a_diffstat_counts_once(void **state)
{
    g_auto(PatchBody) body;

    (void)state;
    body_of(&body, "text\n" STAT);
    patch_body_add_attachment(&body, DIFF, strlen(DIFF));
    assert_true(body.is_attached && body.has_hunk);
    assert_int_equal(body.stat.insertions, 2);
    assert_int_equal(body.stat.files, 1);
}

/* 256 KB of what looks like something must cost milliseconds. */
static void hostile_texts_cost_little(void **state)
{
    static const char *const pieces[] = {
        "[",
        "Re: ",
        "> ",
        "> \n",
        "Reviewed-by: Ann\n",
        "Reviewed-by: Ann <a@x.org>\n",
        "Reviewed-by:\n \n",
        "a: b\n",
        "Fixes: 0123456 (\"\n",
        " a | 1 +\n",
        " 1 file changed\n",
        "From: a@x.org\n",
        "From: a@x.org\n b\n",
        " ",
        "\n",
        "--- a\n+++ b\n",
        "--- a\n",
        "*** a\n--- b\n",
        "diff --git a/x b/x\n",
        "diff -u\n",
        "Index: x\n",
        "@@ -1 +1 @@\n",
        "@@ -1,999999999 +1,999999999 @@\n a\n",
        "GIT binary patch\n",
        "-- >8 --\n",
        "-- >8 --\nSubject: x\n",
        "8<-",
        "---\n",
        "-- \n",
        "a (1):\n  b\n",
        "are available in the git repository at:\na (9):\n  b\nc\n",
        "Based-on: <a@b>\n",
        "Based-on: a@b c@d ",
        "On x wrote:\n",
        "a:\n\n",
        "{ => }|",
        "_",
        "# HG changeset patch\n# User a@b\n",
    };
    const size_t size = 256 * 1024;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GString) text = g_string_sized_new(size + 64);
        g_auto(PatchBody) body;
        gint64 start;

        while (text->len < size)
            g_string_append(text, pieces[i]);
        start = test_cpu_us();
        patch_body_init(&body, text->str, text->len, false);
        if (test_cpu_us() - start > G_USEC_PER_SEC)
            print_message("slow: %s\n", pieces[i]);
        assert_true(test_cpu_us() - start < 2 * G_USEC_PER_SEC);
    }
}

static void any_bytes_have_an_answer(void **state)
{
    static const char bytes[] = "From: \0@\nReviewed-by: \0\xff <\xff@x>\n"
                                "diff --git \0\n@@ -1 +1 @@\n-\0\n+\xff";
    g_auto(PatchBody) body;
    g_auto(PatchBody) none;

    (void)state;
    patch_body_init(&body, bytes, sizeof(bytes), false);
    assert_true(body.has_diff);
    patch_body_init(&none, NULL, 0, false);
    assert_int_equal(none.message_end, 0);
}

static void a_posting_goes_on_below_cited_headers(void **state)
{
    static const char text[] =
        "As the report says:\n\nFrom: Bo <b@x.org>\nTo: list@x.org\n\n"
        "It is too old.\n\n" SIGNED "---\n" STAT "\n" DIFF;
    g_auto(PatchBody) posting, answer;

    (void)state;
    patch_body_init(&posting, text, strlen(text), true);
    assert_true(posting.has_diff && posting.has_signed_off);
    assert_int_equal(posting.stat.insertions, 2);
    body_of(&answer, text);
    assert_false(answer.has_diff || answer.has_signed_off);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_are_seen),
        cmocka_unit_test(a_pull_request_lists_its_patches),
        cmocka_unit_test(a_pull_request_tells_where_its_commits_lie),
        cmocka_unit_test(a_pull_url_stands_alone),
        cmocka_unit_test(a_commit_is_no_copied_mail),
        cmocka_unit_test(parts_are_found),
        cmocka_unit_test(classic_ends_at_the_first_diff_or_signature_line),
        cmocka_unit_test(the_diffstat_goes_before_the_count),
        cmocka_unit_test(the_busiest_path_has_most_changed_lines),
        cmocka_unit_test(references_are_read),
        cmocka_unit_test(trailers_count_only_in_ones_own_words),
        cmocka_unit_test(a_trailer_knows_its_line),
        cmocka_unit_test(an_attached_patch_is_added),
        cmocka_unit_test(patches_in_one_attachment_are_added_up),
        cmocka_unit_test(patches_in_several_files_have_one_author),
        cmocka_unit_test(hunks_cited_from_an_attachment_are_forgotten),
        cmocka_unit_test(an_attached_copy_of_the_text_adds_nothing),
        cmocka_unit_test(an_attachment_below_a_diffstat_counts_once),
        cmocka_unit_test(hostile_texts_cost_little),
        cmocka_unit_test(any_bytes_have_an_answer),
        cmocka_unit_test(a_posting_goes_on_below_cited_headers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
