/* SPDX-License-Identifier: MIT */
#include "patch/inbody.h"

#include "tests/support/unit.h"

#include <string.h>

#define COMMIT "0123456789012345678901234567890123456789"

static void headers_are_read_as_git_am_does(void **state)
{
    static const struct {
        const char *text, *from, *subject, *date, *rest;
    } cases[] = {
        { "", NULL, NULL, NULL, "" },
        { "text", NULL, NULL, NULL, "text" },
        { "\n\n  \ntext", NULL, NULL, NULL, "text" },
        { "From: Ann <a@x.org>\n\ntext", " Ann <a@x.org>", NULL, NULL, "text" },
        { "\n\nFrom: Ann <a@x.org>\n\n\ntext", " Ann <a@x.org>", NULL, NULL,
          "text" },
        { "From:Ann <a@x.org>\ntext", "Ann <a@x.org>", NULL, NULL, "text" },
        { "FROM: Ann <a@x.org>\n\ntext", " Ann <a@x.org>", NULL, NULL, "text" },
        { "From:  =?utf-8?q?Zo=C3=AB?= <z@x.org>  \n\ntext",
          "  =?utf-8?q?Zo=C3=AB?= <z@x.org>", NULL, NULL, "text" },
        { "From: Ann Example\n <a@x.org>\n\ntext", " Ann Example <a@x.org>",
          NULL, NULL, "text" },
        { "From: Ann\n\t Example\n  <a@x.org>\n\ntext",
          " Ann Example <a@x.org>", NULL, NULL, "text" },
        { "From: Ann <a@x.org>\nSubject: a title\nDate: today\n\ntext",
          " Ann <a@x.org>", " a title", " today", "text" },
        { "Subject: a title\nFrom: Ann <a@x.org>\n\ntext", " Ann <a@x.org>",
          " a title", NULL, "text" },
        { "Date: today\n\nFrom: Ann <a@x.org>", NULL, NULL, " today",
          "From: Ann <a@x.org>" },
        { "Subject: a long\n title\n\ntext", NULL, " a long title", NULL,
          "text" },
        { "[PATCH] a title\n\ntext", NULL, "[PATCH] a title", NULL, "text" },
        { "[PATCH v2] a title\n\ntext", NULL, NULL, NULL,
          "[PATCH v2] a title\n\ntext" },
        { "From: Ann <a@x.org>\nFrom: Bob <b@x.org>\n\ntext", " Ann <a@x.org>",
          NULL, NULL, "From: Bob <b@x.org>\n\ntext" },
        { "From: what I have seen\nthis is wrong", NULL, NULL, NULL,
          "From: what I have seen\nthis is wrong" },
        { "From " COMMIT " Mon Sep 17 00:00:00 2001\nFrom: Ann <a@x.org>\n\n"
          "text",
          " Ann <a@x.org>", NULL, NULL, "text" },
        { ">From " COMMIT " Mon Sep 17 00:00:00 2001\nFrom: Ann <a@x.org>\n\n"
          "text",
          " Ann <a@x.org>", NULL, NULL, "text" },
        { "From nowhere\n\ntext", NULL, NULL, NULL, "From nowhere\n\ntext" },
        { "# HG changeset patch\n# User Ann <a@x.org>\n# Date 1 0\n"
          "#      Mon Jan 01\n# Node ID 0123\n# Parent  4567\ntitle\n\ntext",
          " Ann <a@x.org>", "title", " 1 0", "text" }, /* P-11 */
        { "# HG changeset patch\n# User Ann <a@x.org>\n# Parent  4567\n"
          "diff -r 4567 x",
          " Ann <a@x.org>", NULL, NULL, "diff -r 4567 x" },
        { "# HG changeset patch\n# User Ann\ntext", NULL, NULL, NULL, "text" },
        { "# a heading\ntext", NULL, NULL, NULL, "# a heading\ntext" },
        { "text\nFrom: Ann <a@x.org>\n\ntext", NULL, NULL, NULL,
          "text\nFrom: Ann <a@x.org>\n\ntext" },
        { "> From: Ann <a@x.org>\n", NULL, NULL, NULL,
          "> From: Ann <a@x.org>\n" },
        { "From: Ann <a@x.org>\nSent: Monday\nTo: Bob\n\ntext", NULL, NULL,
          NULL, "From: Ann <a@x.org>\nSent: Monday\nTo: Bob\n\ntext" },
        { "From: Ann <a@x.org>", " Ann <a@x.org>", NULL, NULL, "" },
        { "From: Ann <a@x.org>\n text that is folded\n\nmore",
          " Ann <a@x.org> text that is folded", NULL, NULL, "more" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        PatchText text = { cases[i].text, strlen(cases[i].text) };
        g_auto(PatchInbody) inbody;

        patch_inbody_init(&inbody, text, 0, false);
        assert_int_equal(g_strcmp0(inbody.from, cases[i].from), 0);
        assert_int_equal(g_strcmp0(inbody.subject, cases[i].subject), 0);
        assert_int_equal(g_strcmp0(inbody.date, cases[i].date), 0);
        assert_string_equal(cases[i].text + inbody.end, cases[i].rest);
    }
}

static void a_copied_mail_is_told_by_its_first_line(void **state)
{
    static const struct {
        const char *text;
        bool is_copied;
    } cases[] = {
        { "-----Original Message-----\nFrom: x", true },
        { "----- Original Message -----", true },
        { "---- Original message ----", true },
        { "---------- Forwarded message ---------", true },
        { "-------- Forwarded Message --------", true },
        { "From: Ann <a@x.org>\nSent: Monday", true },
        { "From: Ann <a@x.org>\nDate: Monday\nTo: Bob", true },
        { "*From:* Ann <a@x.org>\n*Sent:* Monday", true },
        { "From: Ann <a@x.org>\nSubject: x\n\nTo: y", false },
        { "From: Ann <a@x.org>\n\ntext", false },
        { "- Original Message", false },
        { "Original Message", false },
        { "---", false },
        { "--- a/file", false },
        { "", false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        PatchText text = { cases[i].text, strlen(cases[i].text) };
        PatchLine line = patch_line_at(text, 0);

        assert_int_equal(patch_inbody_is_copied_mail(text, &line, false),
                         cases[i].is_copied);
    }
}

static void a_posting_may_cite_headers(void **state)
{
    static const char headers[] = "From: Ann <a@x.org>\nTo: list@x.org\n";
    static const char outlook[] =
        "From: Ann <a@x.org>\nSent: Monday\nTo: list@x.org\n";
    PatchText text = { headers, strlen(headers) };
    PatchLine line = patch_line_at(text, 0);
    g_auto(PatchInbody) posting, answer;

    (void)state;
    assert_false(patch_inbody_is_copied_mail(text, &line, true));
    assert_true(patch_inbody_is_copied_mail(text, &line, false));
    patch_inbody_init(&posting, text, 0, true);
    assert_string_equal(posting.from, " Ann <a@x.org>");
    patch_inbody_init(&answer, text, 0, false);
    assert_null(answer.from);
    text = (PatchText){ outlook, strlen(outlook) };
    line = patch_line_at(text, 0);
    assert_true(patch_inbody_is_copied_mail(text, &line, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_read_as_git_am_does),
        cmocka_unit_test(a_copied_mail_is_told_by_its_first_line),
        cmocka_unit_test(a_posting_may_cite_headers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
