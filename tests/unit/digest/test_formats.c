/* SPDX-License-Identifier: MIT */
/*
 * Digests of random intervals as they are printed: no line of text is wider
 * than the page, no row is broken, and every format tells the same numbers.
 */
#include "tests/support/unit.h"

#include "base/text.h"
#include "render/renderer.h"
#include "tests/support/generated.h"
#include "tests/support/posts.h"
#include "tests/support/redis.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INTERVALS = 50, GENERATED = 3000 };

static const int64_t DAY_MS = INT64_C(86400000);
static const int64_t FROM_MS = INT64_C(1554076800000);
static const int64_t UNTIL_MS = INT64_C(1746057600000);
static const char list[] = "kvm-ppc.vger.kernel.org";

static char *render(const Renderer *renderer, const Digest *digest,
                    unsigned width, unsigned sections)
{
    const RenderOptions options = {
        .sections = sections,
        .with_previous = true,
        .width = width,
    };
    GString *out = g_string_new(NULL);

    renderer->render(digest, &options, out);
    return g_string_free(out, FALSE);
}

/* --- width ------------------------------------------------------------ */

/* A word that is longer than a line has a line of its own. */
static bool is_one_word(const char *line)
{
    line += strspn(line, " ");
    return strchr(line, ' ') == NULL;
}

/* A cut ends in a mark of its own, behind a whole word; a row is one line. */
static void check_line(const char *line, unsigned width)
{
    if (text_columns(line) > width && !is_one_word(line))
        fail_msg("wider than %u: %s", width, line);
    if (!g_utf8_validate(line, -1, NULL))
        fail_msg("broken in mid-character: %s", line);
    if (g_str_has_suffix(line, " ") && !is_one_word(line))
        fail_msg("ends in blanks: '%s'", line);
}

static void check_width(const Digest *digest, unsigned width)
{
    g_autofree char *text = render(&render_text, digest, width,
                                   SECTION_ALL & ~(unsigned)SECTION_ENTRIES);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line != NULL; line++)
        check_line(*line, width);
}

/* --- numbers ---------------------------------------------------------- */

static json_t *json_of(const Digest *digest)
{
    g_autofree char *text = render(&render_json, digest, 0, SECTION_ALL);
    json_t *root = json_loads(text, 0, NULL);

    assert_non_null(root);
    return root;
}

static unsigned size_of(json_t *root, const char *key)
{
    return (unsigned)json_array_size(json_object_get(root, key));
}

static long long total_of(json_t *root, const char *key)
{
    return json_integer_value(
        json_object_get(json_object_get(root, "totals"), key));
}

static unsigned count_of(const char *text, const char *part)
{
    unsigned count = 0;

    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        count++;
    return count;
}

/* Lines between a heading and the next empty line but the first. */
static unsigned rows_below(const char *text, const char *heading)
{
    const char *at = strstr(text, heading);
    unsigned count = 0;

    if (at == NULL)
        return 0;
    at = strstr(at, "\n\n");
    for (at += 2; *at != '\0' && *at != '\n' && *at != '#' && *at != '=';
         at++) {
        count += *at != '|' || at[1] != ' ' || at[2] != ':';
        at = strchr(at, '\n');
    }
    return count;
}

/* The sets of the list, with a mark each; and the totals in words. */
static void compare_formats(const Digest *digest)
{
    json_t *root = json_of(digest);
    g_autofree char *text = render(&render_text, digest, 80, SECTION_ALL);
    g_autofree char *markdown =
        render(&render_markdown, digest, 0, SECTION_ALL);
    g_autofree char *html = render(&render_html, digest, 0, SECTION_ALL);
    g_autofree char *csv =
        render(renderer_find("csv"), digest, 0, SECTION_PATCHES);
    const unsigned sets = size_of(root, "patch_sets");
    const unsigned entries = count_of(text, "\nAuthor: ");

    assert_int_equal(total_of(root, "posts"), digest->totals.posts);
    if (total_of(root, "posts") > 1) {
        g_autofree char *posts =
            g_strdup_printf("%lld posts by", total_of(root, "posts"));
        g_autofree char *figure =
            g_strdup_printf("<b>%lld</b>posts", total_of(root, "posts"));

        assert_non_null(strstr(text, posts));
        assert_non_null(strstr(markdown, posts));
        assert_non_null(strstr(html, figure));
    }
    /* a legend and the names of columns; the names and a rule */
    if (sets > 0) {
        assert_int_equal(rows_below(text, "===== Patch list") - 2, sets);
        assert_int_equal(rows_below(markdown, "## Patch list") - 1, sets);
        assert_int_equal(count_of(csv, "\r\n") - 1, sets);
    }
    assert_int_equal(rows_below(text, "===== Superseded"),
                     size_of(root, "superseded"));
    assert_int_equal(rows_below(markdown, "## Superseded"),
                     size_of(root, "superseded"));
    assert_int_equal(rows_below(text, "===== Applied"),
                     size_of(root, "applied"));
    assert_int_equal(rows_below(markdown, "## Applied"),
                     size_of(root, "applied"));
    assert_true(entries >= sets - digest->entries_left);
    assert_int_equal(count_of(html, "<details>\n<summary><span class=\"state"),
                     count_of(markdown, "\n### "));
    json_decref(root);
}

/* --- random digests --------------------------------------------------- */

static Digest *random_digest(Store *store, GRand *random, unsigned round,
                             DigestFilter *filter)
{
    static const int days[] = { 2, 9, 40, 250 };
    const int64_t from_ms = FROM_MS + (int64_t)(g_rand_double(random) *
                                                (double)(UNTIL_MS - FROM_MS));
    const int64_t until_ms =
        from_ms + (int64_t)(g_rand_double(random) *
                            days[round % G_N_ELEMENTS(days)] * (double)DAY_MS);
    const IntervalRequest interval = { .has_from = true,
                                       .has_until = true,
                                       .from_ms = from_ms,
                                       .until_ms = until_ms };
    const DigestRequest request = {
        .interval = &interval,
        .filter = round % 3 == 2 ? filter : NULL,
        .sections = SECTION_ALL,
        .waiting_days = 90,
        .entries = round % 2 == 0 ? 0 : 10,
        .with_previous = true,
        .now_ms = until_ms,
    };

    return test_digest_asked(store, list, &request);
}

static void check_digests(Store *store, const GPtrArray *posts)
{
    static const unsigned widths[] = { 80, 100, 160 };
    g_autoptr(GRand) random = g_rand_new_with_seed(16);
    DigestFilter filter = { .state = FILTER_UPDATED };

    test_count_posts(store, posts);
    for (unsigned i = 0; i < INTERVALS; i++) {
        g_autoptr(Digest) digest = random_digest(store, random, i, &filter);

        for (size_t j = 0; j < G_N_ELEMENTS(widths); j++)
            check_width(digest, widths[j]);
        compare_formats(digest);
    }
}

static void generated_digests_fit_and_agree(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(GPtrArray) posts =
        generated_posts(list, generated_seed(), GENERATED, FROM_MS, UNTIL_MS);

    check_digests(redis->store, posts);
}

static void check_corpus(void **state, const char *name)
{
    const TestRedis *redis = *state;
    g_autoptr(GPtrArray) posts = test_posts(name, list);

    if (posts == NULL)
        skip();
    check_digests(redis->store, posts);
}

static void digests_of_kvm_ppc_fit_and_agree(void **state)
{
    check_corpus(state, "kvm-ppc.bundle");
}

static void digests_of_openwrt_fit_and_agree(void **state)
{
    check_corpus(state, "openwrt-devel.bundle");
}

static void digests_of_samba_fit_and_agree(void **state)
{
    check_corpus(state, "samba-technical.bundle");
}

static void digests_of_io_uring_fit_and_agree(void **state)
{
    check_corpus(state, "io-uring.bundle");
}

/* What a name takes in columns is not its characters: two each of these, and
 * none of an accent that stands behind its letter. */
static void names_are_aligned_by_their_columns(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    const char *const names[] = { "\u5c71\u7530\u592a\u90ce",
                                  "Zoe\u0308 Mu\u0308ller", "Ada Finch" };

    (void)state;
    digest->top = 15;
    digest->list_title = g_strdup("T");
    digest->timezone = g_strdup("UTC");
    digest->from.shown = g_strdup("a");
    digest->to.shown = g_strdup("b");
    digest->totals.posts = digest->totals.patches = 3;
    digest->totals.people = 3;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        DigestSet *set = digest_set_new();
        const char *word = i == 0 ? "\u4fee\u6b63" : "mend";

        set->title = g_strdup_printf("%s %s %s %s %s %s %s %s %s", word, word,
                                     word, word, word, word, word, word, word);
        set->subject = g_strdup(set->title);
        set->mark = g_strdup("29a23e72d0000000000000000000000000000000");
        set->author.name = g_strdup(names[i]);
        set->parts_seen = set->parts_total = 1;
        g_ptr_array_add(digest->sets, set);
    }
    for (unsigned width = 72; width <= 160; width++) {
        g_autofree char *text =
            render(&render_text, digest, width, SECTION_PATCHES);

        check_width(digest, width);
        for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
            assert_non_null(strstr(text, names[i]));
    }
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, test_redis_start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(generated_digests_fit_and_agree),
        redis_test(digests_of_kvm_ppc_fit_and_agree),
        redis_test(digests_of_openwrt_fit_and_agree),
        redis_test(digests_of_samba_fit_and_agree),
        redis_test(digests_of_io_uring_fit_and_agree),
        cmocka_unit_test(names_are_aligned_by_their_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
