/* SPDX-License-Identifier: MIT */
/* A digest as RFC 1153 has it: read back as a mail reader bursts it. */
#include "render/renderer.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"

static const char between[] = "\n------------------------------\n\n";
static const char after_preamble[] =
    "\n------------------------------------------------------------"
    "----------\n\n";

static char *render(const Digest *digest)
{
    const RenderOptions options = { .sections = SECTION_ALL };
    GString *out = g_string_new(NULL);

    render_rfc1153.render(digest, &options, out);
    return g_string_free(out, FALSE);
}

static DigestSet *set_at(const Digest *digest, unsigned index)
{
    return digest->sets->pdata[index];
}

static void a_reader_bursts_it_into_its_messages(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    g_autofree char *text = render(digest);
    g_auto(GStrv) halves = g_strsplit(text, after_preamble, -1);
    g_auto(GStrv) messages = NULL;

    (void)state;
    assert_int_equal(g_strv_length(halves), 2);
    assert_true(g_str_has_prefix(halves[0], "KVM\n"));
    assert_non_null(strstr(halves[0], "Today's Topics:\n\n   1. [PATCH kvm v3 "
                                      "0/7] net: do less "));
    assert_non_null(strstr(halves[0], "\n   2. [RFC PATCH] an idea\n"));
    messages = g_strsplit(halves[1], between, -1);
    assert_int_equal(g_strv_length(messages), 3);
    assert_true(g_str_has_prefix(
        messages[0], "Date: Mon, 29 Sep 2025 05:12:17 +0000\nFrom: Zo"));
    assert_non_null(strstr(messages[1], "\nSubject: [RFC PATCH] an idea\n"));
    assert_string_equal(messages[2], "End of KVM Digest\n*****************\n");
}

/* A line of 30 hyphens would end the message. */
static void no_line_of_mail_ends_a_message(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    DigestSet *set = set_at(digest, 0);
    g_autofree char *text = NULL;

    (void)state;
    g_free(set->text);
    set->text = g_strdup("a\n------------------------------\n"
                         "-----------------------------\n"
                         "----------------------------------------\nb\n");
    text = render(digest);
    assert_non_null(strstr(text, "a\n ------------------------------\n"
                                 "-----------------------------\n"
                                 " -------------------------------------"
                                 "---\nb\n"));
}

/* A subject with a line end would make a header of its own. */
static void headers_are_one_line_each(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    DigestSet *set = set_at(digest, 0);
    g_autofree char *text = NULL;

    (void)state;
    g_free(set->subject);
    set->subject = g_strdup("good\nBcc: all@example.org");
    g_free(set->author.name);
    set->author.name = g_strdup("Ann\r\nX-Bad: yes");
    text = render(digest);
    assert_null(strstr(text, "\nBcc:"));
    assert_null(strstr(text, "\nX-Bad:"));
}

static void what_is_not_known_has_no_line(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    DigestSet *set = set_at(digest, 0);
    g_autofree char *text = NULL;

    (void)state;
    set_at(digest, 1)->is_entry = false;
    g_clear_pointer(&set->message_id, g_free);
    g_clear_pointer(&set->text, g_free);
    set->has_date = false;
    text = render(digest);
    assert_null(strstr(text, "Message-ID:"));
    assert_null(strstr(text, "an idea")); /* neither topic nor message */
    /* then its arrival is the date */
    assert_non_null(strstr(text, "Date: Mon, 29 Sep 2025 05:12:17 +0000\n"));
}

static void an_empty_digest_has_its_frame(void **state)
{
    g_autoptr(Digest) digest = digests_empty();
    g_autofree char *text = render(digest);

    (void)state;
    assert_non_null(strstr(text, "Today's Topics:\n\n"));
    assert_non_null(strstr(text, after_preamble));
    assert_null(strstr(text, between));
    assert_true(
        g_str_has_suffix(text, "\nEnd of KVM Digest\n*****************\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reader_bursts_it_into_its_messages),
        cmocka_unit_test(no_line_of_mail_ends_a_message),
        cmocka_unit_test(headers_are_one_line_each),
        cmocka_unit_test(what_is_not_known_has_no_line),
        cmocka_unit_test(an_empty_digest_has_its_frame),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
