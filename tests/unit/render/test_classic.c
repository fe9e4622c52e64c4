/* SPDX-License-Identifier: MIT */
#include "render/renderer.h"

#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"
#include "tests/unit/render/rendered.h"

static void count_add(GPtrArray *counts, const char *name, uint64_t count)
{
    DigestCount *row = digest_count_new();

    row->who.name = g_strdup(name);
    row->count = count;
    g_ptr_array_add(counts, row);
}

/* Byte for byte, names as they stood in the mail. */
static void it_is_printed_as_the_first_script_did(void **state)
{
    g_autoptr(Digest) digest = digests_empty();
    DigestClassicEntry *entry = g_new0(DigestClassicEntry, 1);
    g_autofree char *text = NULL;

    (void)state;
    digest->top = 1;
    count_add(digest->classic.domains, "example.org", 38);
    count_add(digest->classic.domains, "cut.example.org", 3);
    count_add(digest->classic.contributors,
              " =?UTF-8?q?Zo=C3=AB?= <zoe@example.org>", 1234567);
    g_ptr_array_add(digest->classic.listed, g_strdup("[PATCH v2 0/1] owl"));
    entry->subject = g_strdup("[PATCH v2 0/1] owl: hoot");
    entry->author = g_strdup("Zoe <zoe@example.org>");
    entry->text = g_strdup("What it does.\n\n\n");
    g_ptr_array_add(digest->classic.entries, entry);
    text = rendered("classic", digest, SECTION_ALL);
    assert_string_equal(
        text,
        "From 2025-09-29 00:00 to 2025-09-30 00:00\n"
        "KVM mailing list update from 2025-09-29 00:00 to 2025-09-30 00:00\n\n"
        "Top 1 contributor Email domains (Based on Email Body)\n\n"
        "     38 example.org\n\n"
        "Top 1 contributors (Based on Email Body)\n\n"
        "1234567  =?UTF-8?q?Zo=C3=AB?= <zoe@example.org>\n\n"
        "===== Patch list in this time period =====\n\n"
        "[PATCH v2 0/1] owl\n"
        "\n===== Patch Commit Messages ====\n\n"
        "New:  owl: hoot\n"
        "[PATCH v2 0/1] owl: hoot\n"
        "Author: Zoe <zoe@example.org>\n\n"
        "What it does.\n\n"
        "-------------------------------------------------------------------"
        "---\n\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_printed_as_the_first_script_did),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
