/* SPDX-License-Identifier: MIT */
#include "patch/trailer.h"

#include "tests/support/unit.h"

#include <string.h>

static GPtrArray *read_all(const char *bytes)
{
    PatchText text = { bytes, strlen(bytes) };
    GPtrArray *trailers =
        g_ptr_array_new_with_free_func((GDestroyNotify)patch_trailer_free);
    size_t offset = 0;

    while (offset < text.length) {
        PatchLine line = patch_line_at(text, offset);
        size_t end = patch_trailer_read(text, &line, trailers);

        offset = end != offset ? end : patch_line_end(text, &line);
    }
    return trailers;
}

/* "Reviewed-by=A <a@x>;Fixes=..." */
static char *reading_of(const char *text)
{
    g_autoptr(GPtrArray) trailers = read_all(text);
    GString *all = g_string_new(NULL);

    for (guint i = 0; i < trailers->len; i++) {
        PatchTrailer *trailer = trailers->pdata[i];

        g_string_append_printf(all, "%s%s=%s", i > 0 ? ";" : "",
                               patch_trailer_kind_name(trailer->kind),
                               trailer->value);
    }
    return g_string_free(all, FALSE);
}

typedef struct Case {
    const char *text, *reading;
} Case;

static void assert_readings(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_autofree char *reading = reading_of(cases[i].text);

        if (strcmp(reading, cases[i].reading) != 0)
            print_message("text: %s\n", cases[i].text);
        assert_string_equal(reading, cases[i].reading);
    }
}

static void keys_name_kinds_in_any_case(void **state)
{
    static const struct {
        const char *key;
        PatchTrailerKind kind;
    } cases[] = {
        { "Signed-off-by", PATCH_TRAILER_SIGNED_OFF },
        { "signed-off-by", PATCH_TRAILER_SIGNED_OFF },
        { "Reviewed-by", PATCH_TRAILER_REVIEWED },
        { "reviewed-By", PATCH_TRAILER_REVIEWED },
        { "REVIEWED-BY", PATCH_TRAILER_REVIEWED },
        { "Reviewed_by", PATCH_TRAILER_REVIEWED },
        { "Reviewed by", PATCH_TRAILER_REVIEWED },
        { "Acked-by", PATCH_TRAILER_ACKED },
        { "Ack-by", PATCH_TRAILER_ACKED },
        { "Tested-By", PATCH_TRAILER_TESTED },
        { "Reported-by", PATCH_TRAILER_REPORTED },
        { "Nacked-by", PATCH_TRAILER_NACKED },
        { "NAK-by", PATCH_TRAILER_NACKED },
        { "Naked-by", PATCH_TRAILER_NACKED },
        { "Suggested-by", PATCH_TRAILER_SUGGESTED },
        { "Co-developed-by", PATCH_TRAILER_CO_DEVELOPED },
        { "Co-Authored-By", PATCH_TRAILER_CO_DEVELOPED },
        { "Fixes", PATCH_TRAILER_FIXES },
        { "closes", PATCH_TRAILER_CLOSES },
        { "Link", PATCH_TRAILER_LINK },
        { "CC", PATCH_TRAILER_CC },
        { "Reviewed-and-tested-by", PATCH_TRAILER_REVIEWED },
        { "Acked-and-reviewed-by", PATCH_TRAILER_ACKED },
        { "Reviewed/Tested-by", PATCH_TRAILER_REVIEWED },
        { "Reported-and-bisected-by", PATCH_TRAILER_REPORTED },
        { "Debugged-and-tested-by", PATCH_TRAILER_TESTED },
        { "Build-tested-by", PATCH_TRAILER_OTHER },
        { "Not-tested-by", PATCH_TRAILER_OTHER },
        { "Reviewed", PATCH_TRAILER_OTHER },
        { "Message-Id", PATCH_TRAILER_OTHER },
        { "", PATCH_TRAILER_OTHER },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(
            patch_trailer_kind_of(cases[i].key, strlen(cases[i].key)),
            cases[i].kind);
}

static void credits_are_what_readers_of_patches_give(void **state)
{
    (void)state;
    assert_true(patch_trailer_is_credit(PATCH_TRAILER_REVIEWED));
    assert_true(patch_trailer_is_credit(PATCH_TRAILER_ACKED));
    assert_true(patch_trailer_is_credit(PATCH_TRAILER_TESTED));
    assert_true(patch_trailer_is_credit(PATCH_TRAILER_REPORTED));
    assert_true(patch_trailer_is_credit(PATCH_TRAILER_NACKED));
    assert_false(patch_trailer_is_credit(PATCH_TRAILER_SIGNED_OFF));
    assert_false(patch_trailer_is_credit(PATCH_TRAILER_CC));
    assert_false(patch_trailer_is_credit(PATCH_TRAILER_OTHER));
    assert_string_equal(patch_trailer_kind_name((PatchTrailerKind)99),
                        patch_trailer_kind_name(PATCH_TRAILER_OTHER));
}

/* P-14 */
static void tags_are_given_without_a_colon(void **state)
{
    static const Case cases[] = {
        { "Acked-by me", "Acked-by=me" },
        { "reviewed by me.", "Reviewed-by=me" },
        { "Reviewed-and-tested-by me!", "Reviewed-by=me;Tested-by=me" },
        { "Acked-by me for both.", "Acked-by=me" },
        { "Tested-by Ada Rill <ada@rill.example>",
          "Tested-by=Ada Rill <ada@rill.example>" },
        { "Reviewed by mean people", "" },
        { "Acked by me, but not by others", "" },
        { "Tested by Ada Rill <ada@rill.example>", "" },
        { "Tested-by Ada Rill <ada@rill.example> last year", "" },
        { "Submitted by me", "" },
        { "The code was reviewed by me", "" },
        { "by me", "" },
        { "Acked-by ", "" },
        { "Reviewed-by: Ada <mailto:ada@rill.example>",
          "Reviewed-by=Ada <ada@rill.example>" },
        { "Reviewed-by: Ada <ada@rill.example><mailto:ada@rill.example>",
          "Reviewed-by=Ada <ada@rill.example>" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

/* P-14 */
static void reviews_have_short_forms(void **state)
{
    static const Case cases[] = {
        { "RB+", "Reviewed-by=me" },
        { "rb+, please push.", "Reviewed-by=me" },
        { "RB+ from me :-)", "" },
        { "RB+ from me. Thanks", "Reviewed-by=me" },
        { "RB+ and pushed!", "Reviewed-by=me" },
        { "RB+ from me if you add a comment", "" },
        { "RB+. I push it if you have no time", "" },
        { "rb+tree", "" },
        { "ACK", "Acked-by=me" },
        { "ACK. Feel free to push.", "Acked-by=me" },
        { "ACK on the patch.", "Acked-by=me" },
        { "ACK, removed", "" },
        { "ACK from Bo", "" },
        { "ACKs are lost.", "" },
        { "Ack.", "" },
        { "an ACK.", "" },
        { "The peer never sends an\nACK. After that it hangs.", "" },
        { "Hi Ann,\nACK. Feel free to push.", "Acked-by=me" },
        { "> why?\nACK.", "Acked-by=me" },
        { "It works.\n\nRB+", "Reviewed-by=me" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void people_are_read(void **state)
{
    static const Case cases[] = {
        { "Reviewed-by: Ann <a@x.org>", "Reviewed-by=Ann <a@x.org>" },
        { "Reviewed-by:Ann <a@x.org>", "Reviewed-by=Ann <a@x.org>" },
        { "Reviewed-by :  Ann <a@x.org>  ", "Reviewed-by=Ann <a@x.org>" },
        { "Reviewed by: Ann <a@x.org>", "Reviewed-by=Ann <a@x.org>" },
        { "Reviewed by: those who know", "" },
        { "  Reviewed-by: Ann <a@x.org>", "Reviewed-by=Ann <a@x.org>" },
        { "\tAcked-by: Ann <a@x.org>", "Acked-by=Ann <a@x.org>" },
        { "Acked-by: Ann <a@x.org> # for mm", "Acked-by=Ann <a@x.org>" },
        { "Acked-by: Ann <a@x.org> (s390)", "Acked-by=Ann <a@x.org>" },
        { "Acked-by: Ann <a@x.org<mailto:a@x.org>>", "Acked-by=Ann <a@x.org>" },
        { "Acked-by: a@x.org", "Acked-by=a@x.org" },
        { "Acked-by: a@x.org for mm", "Acked-by=a@x.org" },
        { "Acked-by: <a@x.org>", "Acked-by=<a@x.org>" },
        { "Acked-by: \"Example, Ann\" <a@x.org>",
          "Acked-by=\"Example, Ann\" <a@x.org>" },
        { "Acked-by: Ann Example", "Acked-by=Ann Example" },
        { "Acked-by: for patches 1-3", "Other=for patches 1-3" },
        { "Acked-by: Ann, if you fix the typo in 3/4", "Other=Ann, if you fix "
                                                       "the typo in 3/4" },
        { "Acked-by:", "" },
        { "Acked-by", "" },
        { "Cc: stable@vger.kernel.org # 5.4+", "Cc=stable@vger.kernel.org" },
        { "Reviewed-and-tested-by: Ann <a@x.org>",
          "Reviewed-by=Ann <a@x.org>;Tested-by=Ann <a@x.org>" },
        { "Reported-and-bisected-by: Ann <a@x.org>",
          "Reported-by=Ann <a@x.org>" },
        { "Reviewed-by: Zo\xc3\xab <z@x.org>", "Reviewed-by=Zo\xc3\xab "
                                               "<z@x.org>" },
        { "Build-tested-by: Ann <a@x.org>", "Other=Ann <a@x.org>" },
        { "Debugged-by: Ann <a@x.org>", "Other=Ann <a@x.org>" },
        { "Rb: Ann <a@x.org>", "Other=Ann <a@x.org>" },
        { "From: Ann <a@x.org>", "" },
        { "To: Ann <a@x.org>", "" },
        { "Note: this is prose", "" },
        { "KVM: PPC: title of a patch", "" },
        { "https://example.org/a@b", "" },
        { "On Mon, 1 Jan 2020 at 10:00, Ann <a@x.org> wrote:", "" },
        { "Quoting Ann <a@x.org>:", "" },
        { "-Reviewed-by: Ann <a@x.org>", "" },
        { "> Reviewed-by: Ann <a@x.org>", "" },
        { ": Ann <a@x.org>", "" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void reviewed_may_be_misspelt(void **state)
{
    static const Case cases[] = {
        { "Reviwed-by: A <a@x.org>", "Reviewed-by=A <a@x.org>" },
        { "Reveiwed-by: A <a@x.org>", "Reviewed-by=A <a@x.org>" },
        { "Reviewwed-by: A <a@x.org>", "Reviewed-by=A <a@x.org>" },
        { "Revoewed-by: A <a@x.org>", "Reviewed-by=A <a@x.org>" },
        { "Revived-by: A <a@x.org>", "Other=A <a@x.org>" },
        { "Rewed-by: A <a@x.org>", "Other=A <a@x.org>" },
        { "Viewed-by: A <a@x.org>", "Other=A <a@x.org>" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void a_word_may_stand_before_a_credit(void **state)
{
    static const Case cases[] = {
        { "Otherwise, Reviewed-by: A <a@x.org>", "Reviewed-by=A <a@x.org>" },
        { "LGTM. Acked-by: A <a@x.org>", "Acked-by=A <a@x.org>" },
        { "with that fixed, Tested-by: A <a@x.org>", "Tested-by=A <a@x.org>" },
        { "Otherwise, Reviewed-by: A", "" },
        { "Otherwise Reviewed-by: A <a@x.org>", "" },
        { "Otherwise, Signed-off-by: A <a@x.org>", "" },
        { "If not, Reviewed-by: A <a@x.org>", "" },
        { "For the arm parts, Reviewed-by: A <a@x.org>", "" },
        { "Otherwise", "" },
        { "Otherwise,", "" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void wrapped_lines_are_joined(void **state)
{
    static const Case cases[] = {
        { "Reviewed-by: Ann Example\n<a@x.org>\nnext",
          "Reviewed-by=Ann Example <a@x.org>" },
        { "Reviewed-by: Ann Example\n  <a@x.org>",
          "Reviewed-by=Ann Example <a@x.org>" },
        { "Reviewed-by: Ann\n Example <a@x.org>",
          "Reviewed-by=Ann Example <a@x.org>" },
        { "Reviewed-by:\n Ann Example <a@x.org>",
          "Reviewed-by=Ann Example <a@x.org>" },
        { "Reviewed-by: Ann <ann.of.the.long.name@\n x.org>",
          "Reviewed-by=Ann <ann.of.the.long.name@ x.org>" },
        { "Reviewed-by: Ann <a@x.org>\n [for the arm part]",
          "Reviewed-by=Ann <a@x.org>" },
        { "Reviewed-by: Ann Example\nThanks,\nBob <b@x.org>",
          "Reviewed-by=Ann Example" },
        { "Reviewed-by:\nTested-by: Ann <a@x.org>", "Tested-by=Ann <a@x.org>" },
        { "Reviewed-by: Ann\n> <a@x.org>", "Reviewed-by=Ann" },
        { "Fixes: 0123456789ab (\"a title that\ngoes on\")\nx",
          "Fixes=0123456789ab (\"a title that goes on\")" },
        { "Fixes: 0123456789ab (\"a title that\n goes on\")",
          "Fixes=0123456789ab (\"a title that goes on\")" },
        { "Fixes: 0123456789ab (\"a\")\ntext (more)",
          "Fixes=0123456789ab (\"a\")" },
        { "Link:\n https://example.org/1", "Link=https://example.org/1" },
        { "Link: https://example.org/1\n indented text",
          "Link=https://example.org/1" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void fixes_needs_a_hash(void **state)
{
    static const Case cases[] = {
        { "Fixes: 0123456 (\"a\")", "Fixes=0123456 (\"a\")" },
        { "Fixes: 0123456789abcdef0123456789abcdef01234567",
          "Fixes=0123456789abcdef0123456789abcdef01234567" },
        { "fixes: commit 0123456789ab", "Fixes=commit 0123456789ab" },
        { "Fixes: 012345 (\"short\")", "Other=012345 (\"short\")" },
        { "Fixes: https://example.org/1", "Other=https://example.org/1" },
        { "Fixes: the build", "Other=the build" },
        { "Fixes: 0123456789abz", "Other=0123456789abz" },
        { "Closes: https://example.org/1", "Closes=https://example.org/1" },
        { "Link: https://example.org/1", "Link=https://example.org/1" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void a_thousand_trailers_are_enough(void **state)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GPtrArray) trailers = NULL;

    (void)state;
    while (text->len < 256 * 1024)
        g_string_append(text, "Reviewed-by: Ann\n");
    trailers = read_all(text->str);
    assert_int_equal(trailers->len, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_name_kinds_in_any_case),
        cmocka_unit_test(credits_are_what_readers_of_patches_give),
        cmocka_unit_test(people_are_read),
        cmocka_unit_test(tags_are_given_without_a_colon),
        cmocka_unit_test(reviews_have_short_forms),
        cmocka_unit_test(reviewed_may_be_misspelt),
        cmocka_unit_test(a_word_may_stand_before_a_credit),
        cmocka_unit_test(wrapped_lines_are_joined),
        cmocka_unit_test(fixes_needs_a_hash),
        cmocka_unit_test(a_thousand_trailers_are_enough),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
