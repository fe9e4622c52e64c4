/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/fuzz.h"

#include "patch/diff.h"
#include "patch/diffstat.h"

#include <string.h>

static void read_diffstat(PatchText text)
{
    PatchDiffstatReader reader;
    PatchLine line = patch_line_at(text, 0);

    patch_diffstat_reader_init(&reader);
    for (; line.offset < text.length; line = patch_line_after(text, &line))
        (void)patch_diffstat_reader_take(&reader, &line);
    g_assert(reader.has_total || reader.paths->len == 0);
    patch_diffstat_reader_clear(&reader);
}

static void read_diff(PatchText text)
{
    PatchDiff diff;
    PatchLine line = patch_line_at(text, 0);
    unsigned lines = 0;

    patch_diff_init(&diff);
    for (; line.offset < text.length; line = patch_line_after(text, &line)) {
        (void)patch_diff_take(&diff, text, &line);
        lines++;
    }
    g_assert(diff.insertions <= lines && diff.deletions <= lines);
    g_assert(diff.paths->len <= lines);
    g_free(patch_diff_id(&diff));
    patch_diff_clear(&diff);
}

int fuzz_target(const uint8_t *data, size_t size)
{
    PatchText text = { (const char *)data, size };

    read_diffstat(text);
    read_diff(text);
    return 0;
}
