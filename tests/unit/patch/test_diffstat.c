/* SPDX-License-Identifier: MIT */
#include "patch/diffstat.h"

#include "tests/support/unit.h"

#include <string.h>

static void read_all(PatchDiffstatReader *reader, const char *bytes)
{
    PatchText text = { bytes, strlen(bytes) };
    PatchLine line = patch_line_at(text, 0);

    patch_diffstat_reader_init(reader);
    for (; line.offset < text.length; line = patch_line_after(text, &line))
        (void)patch_diffstat_reader_take(reader, &line);
}

/* "2 +3 -4 a,b", or "none". */
static char *reading_of(const char *text)
{
    PatchDiffstatReader reader;
    g_autofree char *paths = NULL;
    char *reading;

    read_all(&reader, text);
    g_ptr_array_add(reader.paths, NULL);
    paths = g_strjoinv(",", (char **)reader.paths->pdata);
    reading = reader.has_total
                  ? g_strdup_printf("%u +%u -%u %s", reader.stat.files,
                                    reader.stat.insertions,
                                    reader.stat.deletions, paths)
                  : g_strdup("none");
    patch_diffstat_reader_clear(&reader);
    return reading;
}

static void diffstats_become_numbers_and_paths(void **state)
{
    static const char *const cases[][2] = {
        { " a.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)",
          "1 +1 -1 a.c" },
        { " a.c | 3 +++\n b/c.h | 4 ----\n"
          " 2 files changed, 3 insertions(+), 4 deletions(-)",
          "2 +3 -4 a.c,b/c.h" },
        { " a | 3 +++\n 1 file changed, 3 insertions(+)", "1 +3 -0 a" },
        { " a | 3 ---\n 1 file changed, 3 deletions(-)", "1 +0 -3 a" },
        { " a => b | 0\n 1 file changed, 0 insertions(+), 0 deletions(-)",
          "1 +0 -0 b" },
        { " a | 0\n 1 file changed", "1 +0 -0 a" },
        { " d/{a => b}/c | 2 +-\n 1 file changed, 1 insertion(+), "
          "1 deletion(-)",
          "1 +1 -1 d/b/c" },
        { " d/{a => }/c | 2 ++\n 1 file changed, 2 insertions(+)",
          "1 +2 -0 d/c" },
        { " { => a}/c | 2 ++\n 1 file changed, 2 insertions(+)",
          "1 +2 -0 a/c" },
        { " .../long/path.c | 2 ++\n 1 file changed, 2 insertions(+)",
          "1 +2 -0 .../long/path.c" },
        { " .../{a => b}/c.h | 2 ++\n 1 file changed, 2 insertions(+)",
          "1 +2 -0 .../b/c.h" },
        { " a.png | Bin 0 -> 123 bytes\n 1 file changed, 0 insertions(+), "
          "0 deletions(-)",
          "1 +0 -0 a.png" },
        { " a.png | Bin\n 1 file changed", "1 +0 -0 a.png" },
        { " a (new) | 2 ++\n b (gone) | 2 --\n c (mode +x) | 0\n"
          " d (new +x) | 1 +\n 4 files changed, 3 insertions(+), "
          "2 deletions(-)",
          "4 +3 -2 a,b,c,d" },
        { " \"a\\303\\244.c\" | 1 +\n 1 file changed, 1 insertion(+)",
          "1 +1 -0 a\\303\\244.c" },
        { " a b.c | 1 +\n 1 file changed, 1 insertion(+)", "1 +1 -0 a b.c" },
        { " fs/x.c |   12 ++++++------\n 1 files changed, 6 insertions(+), "
          "6 deletions(-)",
          "1 +6 -6 fs/x.c" },
        { " a |  4 ++!!\n 1 file changed, 2 insertions(+), "
          "2 modifications(!)",
          "1 +4 -2 a" },
        { " a | 1 +\n ...\n 200 files changed, 1 insertion(+)", "200 +1 -0 a" },
        { "3 files changed, 4 insertions(+)", "3 +4 -0 " },
        { " 1 file changed, 2 insertions(+)\n\n 5 files changed, "
          "9 insertions(+)",
          "1 +2 -0 " },
        { " a | 1 +\ntext\n 1 file changed, 1 insertion(+)", "1 +1 -0 " },
        { " a | 1 +\n b | 2 ++\n", "none" },
        { " 3 files changed their owner", "none" },
        { " 3 files changed, 4 insertions(+), and more", "none" },
        { " files changed, 4 insertions(+)", "none" },
        { "I have 3 files changed", "none" },
        { " 99999999999 files changed", "none" },
        { "> 3 files changed, 4 insertions(+)", "none" },
        { " | 3 ++\n 1 file changed, 1 insertion(+)", "1 +1 -0 " },
        { " a | x\n 1 file changed, 1 insertion(+)", "1 +1 -0 " },
        { "", "none" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *reading = reading_of(cases[i][0]);

        assert_string_equal(reading, cases[i][1]);
    }
}

static void lines_of_a_diffstat_are_told_from_text(void **state)
{
    static const struct {
        const char *line;
        bool before_total, after_total;
    } cases[] = {
        { " a.c | 2 +-", true, true },
        { " 1 file changed, 2 insertions(+)", true, true },
        { " create mode 100644 a.c", false, true },
        { " delete mode 100644 a.c", false, true },
        { " mode change 100644 => 100755 a.sh", false, true },
        { " rename a => b (100%)", false, true },
        { " copy a => b (90%)", false, true },
        { " rewrite a.c (80%)", false, true },
        { " create something", false, false },
        { "create mode 100644 a.c", false, false },
        { "text", false, false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        PatchLine line = { cases[i].line, strlen(cases[i].line), 0 };
        PatchDiffstatReader fresh, after;

        read_all(&fresh, "");
        read_all(&after, " 1 file changed, 2 insertions(+)\n");
        assert_int_equal(patch_diffstat_reader_take(&fresh, &line),
                         cases[i].before_total);
        assert_int_equal(patch_diffstat_reader_take(&after, &line),
                         cases[i].after_total);
        patch_diffstat_reader_clear(&fresh);
        patch_diffstat_reader_clear(&after);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diffstats_become_numbers_and_paths),
        cmocka_unit_test(lines_of_a_diffstat_are_told_from_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
