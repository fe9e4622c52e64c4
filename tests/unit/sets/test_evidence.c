/* SPDX-License-Identifier: MIT */
/*
 * The table of evidence: that each row is met, leads from each of the two sets
 * to the other by what the store is asked, and stands in the manual.
 */
#include "sets/evidence.h"

#include "activity/links.h"
#include "sets/build.h"
#include "sets/evidence_rows.h"
#include "sets/title_groups.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

/* Two sets, the older one first, and the row that ties them. */
typedef struct Case {
    const char *posts, *rule;
    RevisionReason reason;
    unsigned weight;
} Case;

static const Case cases[] = {
    { "0 a alice - [PATCH] wren: sing\n"
      "900 b alice - [PATCH] owl: hoot | names=a supersedes=1\n",
      "R-4", REVISION_NAMED, 1 },
    { "0 a alice - [PATCH] wren: sing | change=one\n"
      "900 b alice - [PATCH v2] owl: hoot | change=one\n",
      "R-4", REVISION_CHANGE, 1 },
    { "0 a alice - [PATCH] wren: sing\n"
      "900 b alice - [PATCH v2] wren: sing\n",
      "R-5", REVISION_TITLE, 1 },
    { "0 a alice - [PATCH] wren: sing\n"
      "900 b alice a [PATCH v2] owl: hoot\n",
      "R-6", REVISION_ANSWER, 1 },
    { "0 a alice - [PATCH v14] wren: sing\n"
      "900 b alice - [PATCH v2] wren: sing\n",
      "R-27", REVISION_TITLE, 1 },
    { "0 a alice - [PATCH] wren: sing | lines=1,2,3,4\n"
      "900 b bob - [PATCH v2] wren: sing | lines=1,2,3,9\n",
      "R-23", REVISION_PARTS, 1 },
    /* two of three by title, one by its diff */
    { "0 a alice - [PATCH 0/3] birds\n"
      "1 a1 alice a [PATCH 1/3] wren: sing\n"
      "2 a2 alice a [PATCH 2/3] owl: hoot\n"
      "3 a3 alice a [PATCH 3/3] kite: soar | patch=kite\n"
      "900 b alice - [PATCH v2 0/3] more birds\n"
      "901 b1 alice b [PATCH v2 1/3] wren: sing\n"
      "902 b2 alice b [PATCH v2 2/3] owl: sleep\n"
      "903 b3 alice b [PATCH v2 3/3] kite: fly | patch=kite\n",
      "R-7", REVISION_PARTS, 2 },
    /* of five that were sent two came here */
    { "0 a1 alice - [PATCH 1/5] wren: sing\n"
      "1 a2 alice a1 [PATCH 2/5] owl: hoot\n"
      "900 b alice - [PATCH v2 0/9] more birds\n"
      "901 b1 alice b [PATCH v2 1/9] wren: sing\n"
      "902 b2 alice b [PATCH v2 2/9] owl: hoot\n"
      "903 b3 alice b [PATCH v2 3/9] kite: soar\n"
      "904 b4 alice b [PATCH v2 4/9] kite: dive\n",
      "R-7", REVISION_PARTS, 2 },
    /* the first two of three, again */
    { "0 a alice - [PATCH 0/3] birds\n"
      "1 a1 alice a [PATCH 1/3] wren: sing\n"
      "2 a2 alice a [PATCH 2/3] owl: hoot\n"
      "3 a3 alice a [PATCH 3/3] kite: soar\n"
      "900 b alice - [PATCH 0/2] songs\n"
      "901 b1 alice b [PATCH 1/2] wren: sing\n"
      "902 b2 alice b [PATCH 2/2] owl: hoot\n",
      "R-7", REVISION_PARTS, 2 },
    /* one, again with another */
    { "0 a alice - [PATCH] wren: sing\n"
      "900 b alice - [PATCH 0/2] birds\n"
      "901 b1 alice b [PATCH 1/2] wren: sing\n"
      "902 b2 alice b [PATCH 2/2] owl: hoot\n",
      "R-7", REVISION_PARTS, 1 },
    /* the next version, in which two of five are left */
    { "0 a alice - [PATCH 0/5] birds\n"
      "1 a1 alice a [PATCH 1/5] wren: sing\n"
      "2 a2 alice a [PATCH 2/5] owl: hoot\n"
      "3 a3 alice a [PATCH 3/5] kite: soar\n"
      "4 a4 alice a [PATCH 4/5] kite: dive\n"
      "5 a5 alice a [PATCH 5/5] kite: land\n"
      "900 b alice - [PATCH v2 0/5] ducks\n"
      "901 b1 alice b [PATCH v2 1/5] wren: sing\n"
      "902 b2 alice b [PATCH v2 2/5] owl: hoot\n"
      "903 b3 alice b [PATCH v2 3/5] duck: swim\n"
      "904 b4 alice b [PATCH v2 4/5] duck: walk\n"
      "905 b5 alice b [PATCH v2 5/5] duck: quack\n",
      "R-25", REVISION_PARTS, 2 },
    { "0 a alice - [PATCH] wren: sing | patch=one\n"
      "900 b alice - [PATCH] wren: louder | patch=one\n",
      "R-24", REVISION_PARTS, 1 },
    { "0 a alice - [PATCH 0/2] birds\n"
      "1 a1 alice a [PATCH 1/2] wren: sing\n"
      "2 a2 alice a [PATCH 2/2] owl: hoot\n"
      "900 b bob - [PATCH v2 0/2] my birds\n"
      "901 b1 bob b [PATCH v2 1/2] wren: sing\n"
      "902 b2 bob b [PATCH v2 2/2] owl: hoot\n",
      "R-23", REVISION_PARTS, 1 },
    { "0 a alice - [PATCH] wren: sing | lines=1,2,3,4\n"
      "900 b alice - [PATCH v2] owl: hoot | lines=1,2,5,6\n",
      "R-8", REVISION_LINES, 2 },
    /* by somebody else */
    { "0 a alice - [PATCH] wren: sing | lines=1,2,3,4 work=a\n"
      "900 b bob - [PATCH v2] owl: hoot | lines=1,2,3,6 work=b\n",
      "R-8", REVISION_LINES, 3 },
    { "0 a alice - [PATCH] wren: sing a song louder at dawn | work=one\n"
      "900 b alice - [PATCH v2] wren: sing a song softer at dawn | work=one\n",
      "R-9", REVISION_REWORDED, 3 },
    { "0 a alice - [PATCH] wren: sing a song louder | work=a opening=x\n"
      "900 b alice - [PATCH v2] wren: sing song louder now | work=b "
      "opening=x\n",
      "R-28", REVISION_REWORDED, 3 },
};

static Sets *build(const Posts *posts)
{
    return sets_build((const PostRecord *)(void *)posts->records->data,
                      posts->records->len, posts->people, NULL);
}

/* --- the rows ----------------------------------------------------------- */

static void assert_row(const Case *at, const Evidence *row, unsigned weight)
{
    if (row == NULL || row->reason != at->reason ||
        strcmp(row->rule, at->rule) != 0 || weight != at->weight)
        fail_msg("%swanted: %s \"%s\" %u, found: %s \"%s\" %u", at->posts,
                 at->rule, evidence_name(at->reason), at->weight,
                 row == NULL ? "nothing" : row->rule,
                 row == NULL ? "" : row->name, row == NULL ? 0 : weight);
}

static void each_row_holds_somewhere(void **state)
{
    unsigned met = 0;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Posts) posts = posts_new(cases[i].posts, 0, NULL);
        g_autoptr(Sets) sets = build(posts);
        g_autofree uint32_t *titles = title_groups_find(sets);
        const Revisions revisions = { .sets = sets, .titles = titles };
        unsigned weight = 0;
        const Evidence *row;

        assert_int_equal(sets->all->len, 2);
        row = evidence_of(&revisions, sets_get(sets, 0), sets_get(sets, 1),
                          EVIDENCE_GUESS, &weight);
        assert_row(&cases[i], row, weight);
        met |= 1U << (row - evidence_table);
        assert_int_equal(sets_get(sets, 1)->older, 0);
        assert_int_equal(sets_get(sets, 1)->reason, cases[i].reason);
    }
    for (unsigned i = 0; evidence_table[i].name != NULL; i++) {
        if ((met >> i & 1) == 0)
            fail_msg("no case for row %u, \"%s\"", i, evidence_table[i].name);
    }
}

static void a_guess_is_none_where_ties_are_asked_for(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Posts) posts = posts_new(cases[i].posts, 0, NULL);
        g_autoptr(Sets) sets = build(posts);
        g_autofree uint32_t *titles = title_groups_find(sets);
        const Revisions revisions = { .sets = sets, .titles = titles };
        const bool is_guess = cases[i].reason == REVISION_LINES ||
                              cases[i].reason == REVISION_REWORDED;
        unsigned weight = 0;

        assert_int_equal(evidence_of(&revisions, sets_get(sets, 0),
                                     sets_get(sets, 1), EVIDENCE_PARTS,
                                     &weight) == NULL,
                         is_guess);
        assert_int_equal(sets->ties->len, is_guess ? 0 : 1);
    }
}

/* --- what leads from one to the other ------------------------------------- */

/* The keys under which the store has a post. */
static GArray *stored_keys(const Posts *posts, Sets *sets, unsigned record)
{
    const PostRecord *post = &sets->records[record];

    return activity_links(post, sets_subject(sets, record),
                          people_raw(posts->people, post->author)->address);
}

static bool has_key(const GArray *keys, uint64_t key)
{
    for (unsigned i = 0; i < keys->len; i++) {
        if (g_array_index(keys, uint64_t, i) == key)
            return true;
    }
    return false;
}

/* Does a look-up of one post by a trait find another? Ids are followed: from
 * what names or answers to what is named or answered, and back. */
static bool finds(const Posts *posts, Sets *sets, EvidenceTrait trait,
                  unsigned from, unsigned to)
{
    const PostRecord *record = &sets->records[from];
    g_autoptr(GArray) stored = stored_keys(posts, sets, to);
    EvidenceKey keys[EVIDENCE_KEYS_MAX];
    unsigned count = 0;

    if (trait == TRAIT_NAME || trait == TRAIT_ANSWER) {
        for (unsigned i = 0; i < record->extra_count; i++)
            if (has_key(stored, link_key(LINK_SELF, record->extra_links[i])))
                return true;
        return has_key(stored,
                       link_key(trait == TRAIT_NAME ? LINK_NAMES : LINK_ABOVE,
                                record->own_link)) ||
               has_key(stored, link_key(LINK_SELF, record->parent_link));
    }
    count = evidence_finders[trait].keys(record, sets->all_subjects, keys);
    assert_true(count <= EVIDENCE_KEYS_MAX);
    for (unsigned i = 0; i < count; i++) {
        if (has_key(stored, link_key(keys[i].link, keys[i].digest)))
            return true;
    }
    return false;
}

static bool leads(const Posts *posts, Sets *sets, const Evidence *row, int from,
                  int to)
{
    const GArray *some = sets_get(sets, from)->members;
    const GArray *others = sets_get(sets, to)->members;

    for (EvidenceTrait trait = 0; trait < TRAITS; trait++)
        for (unsigned i = 0; i < some->len; i++)
            for (unsigned j = 0; j < others->len; j++)
                if ((row->traits >> trait & 1) != 0 &&
                    finds(posts, sets, trait,
                          g_array_index(some, SetMember, i).record,
                          g_array_index(others, SetMember, j).record))
                    return true;
    return false;
}

/* What digests of any interval rest upon. */
static void each_set_leads_to_the_other(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Posts) posts = posts_new(cases[i].posts, 0, NULL);
        g_autoptr(Sets) sets = build(posts);
        g_autofree uint32_t *titles = title_groups_find(sets);
        const Revisions revisions = { .sets = sets, .titles = titles };
        unsigned weight = 0;
        const Evidence *row =
            evidence_of(&revisions, sets_get(sets, 0), sets_get(sets, 1),
                        EVIDENCE_GUESS, &weight);

        assert_row(&cases[i], row, weight);
        if (!leads(posts, sets, row, 0, 1))
            fail_msg("nothing leads to the newer set:\n%s", cases[i].posts);
        if (!leads(posts, sets, row, 1, 0))
            fail_msg("nothing leads to the older set:\n%s", cases[i].posts);
    }
}

/* A guess is compared by the values of its traits before all is known. */
static void a_guess_has_values(void **state)
{
    const unsigned guesses = evidence_traits(EVIDENCE_GUESS);

    (void)state;
    assert_int_not_equal(guesses, 0);
    assert_int_equal(guesses & (evidence_traits(EVIDENCE_SURE) |
                                evidence_traits(EVIDENCE_PARTS)),
                     0);
    for (EvidenceTrait trait = 0; trait < TRAITS; trait++) {
        if ((guesses >> trait & 1) != 0)
            assert_non_null(evidence_finders[trait].values);
    }
}

/* --- by two heads alone --------------------------------------------------- */

static void heads_of_one_title_show_what_their_sets_do(void **state)
{
    static const struct {
        const char *posts;
        bool shows, is_revision;
    } pairs[] = {
        { "0 a alice - [PATCH] wren: sing\n"
          "9 b alice - [PATCH v2] wren: sing\n",
          true, true },
        { "0 a alice/work - [PATCH 0/1] wren: sing\n"
          "9 b alice/home - [PATCH v2 0/2] wren: sing\n",
          true, true },
        /* tags, parts, equal versions and others want a closer look */
        { "0 a alice - [PATCH net] wren: sing\n"
          "9 b alice - [PATCH net v2] wren: sing\n",
          false, true },
        { "0 a alice - [PATCH] wren: sing\n"
          "9 b alice - [PATCH] wren: sing\n",
          false, true },
        { "0 a alice - [PATCH v2] wren: sing\n"
          "9 b alice - [PATCH] wren: sing\n",
          false, false },
        { "0 a alice - [PATCH] wren: sing\n"
          "9 b bob - [PATCH v2] wren: sing\n",
          false, false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autoptr(Posts) posts = posts_new(pairs[i].posts, 0, NULL);
        g_autoptr(Sets) sets = build(posts);

        if (evidence_heads_show_title(posts->people, &sets->records[0],
                                      sets_subject(sets, 0), &sets->records[1],
                                      sets_subject(sets, 1)) != pairs[i].shows)
            fail_msg("heads show %s:\n%s", pairs[i].shows ? "nothing" : "it",
                     pairs[i].posts);
        assert_int_equal(sets_get(sets, 1)->older,
                         pairs[i].is_revision ? 0 : SETS_NONE);
    }
}

static void an_author_may_have_two_addresses_and_a_sender(void **state)
{
    static const char lines[] = "0 a alice - [PATCH] one\n"
                                "1 b bob - [PATCH] two\n"
                                "2 c alice/home - [PATCH] three\n"
                                "3 d bob - [PATCH] four | author=alice\n"
                                "4 e eve - [PATCH] five | author=bob\n";
    static const char *const same[] = { "ac", "ad", "cd", "bd", "be", NULL };
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    unsigned count = 0;

    (void)state;
    for (unsigned i = 0; i < posts->records->len; i++) {
        for (unsigned j = i + 1; j < posts->records->len; j++) {
            const PostRecord *one =
                &g_array_index(posts->records, PostRecord, i);
            const PostRecord *other =
                &g_array_index(posts->records, PostRecord, j);
            const char pair[] = { one->message_id[0], other->message_id[0], 0 };

            if (people_is_same_author(posts->people, one, other) !=
                (g_strv_contains(same, pair)))
                fail_msg("%s", pair);
            count++;
        }
    }
    assert_int_equal(count, 10);
}

/* --- the manual ----------------------------------------------------------- */

static char *manual(void)
{
    const char *folder = g_getenv("top_srcdir");
    g_autofree char *path = g_build_filename(folder != NULL ? folder : ".",
                                             "man", "listpulse-rules.7", NULL);
    char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        fail_msg("cannot read %s", path);
    return text;
}

/* What the manual says of a name: the lines below ".It Ql NAME". */
static char *told_of(const char *text, const char *name)
{
    g_autofree char *item = g_strdup_printf("\n.It Ql %s\n", name);
    const char *start = strstr(text, item);
    const char *end;

    if (start == NULL)
        fail_msg("listpulse-rules(7) does not list \"%s\"", name);
    start += strlen(item);
    end = strstr(start, "\n.");
    return g_strdup_printf(" %.*s ", (int)(end - start), start);
}

static void the_manual_lists_each_row_and_its_rule(void **state)
{
    g_autofree char *text = manual();

    (void)state;
    for (const Evidence *row = evidence_table; row->name != NULL; row++) {
        g_autofree char *told = told_of(text, row->name);
        g_autofree char *rule = g_strdup_printf("\n.It %s\n", row->rule);

        g_strdelimit(told, ",.;:\n", ' ');
        g_autofree char *word = g_strdup_printf(" %s ", row->rule);
        if (strstr(told, word) == NULL)
            fail_msg("listpulse-rules(7) says \"%s\" of \"%s\", not %s", told,
                     row->name, row->rule);
        if (strstr(text, rule) == NULL)
            fail_msg("listpulse-rules(7) has no rule %s", row->rule);
    }
}

static bool is_name(const char *name)
{
    for (RevisionReason reason = REVISION_NONE; reason <= REVISION_CHAIN;
         reason++) {
        if (strcmp(evidence_name(reason), name) == 0)
            return true;
    }
    return false;
}

static void the_manual_lists_nothing_else(void **state)
{
    g_autofree char *text = manual();
    const char *at = strstr(text, "\n.Ss Evidence\n");
    const char *end = at == NULL ? NULL : strstr(at, "\n.El\n");
    unsigned count = 0;

    (void)state;
    assert_non_null(end);
    while ((at = strstr(at, "\n.It Ql ")) != NULL && at < end) {
        at += strlen("\n.It Ql ");
        g_autofree char *name = g_strndup(at, strcspn(at, "\n"));

        if (!is_name(name))
            fail_msg("listpulse-rules(7) lists \"%s\", which is none", name);
        count++;
    }
    assert_int_equal(count, REVISION_CHAIN); /* all but "by another" */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_holds_somewhere),
        cmocka_unit_test(a_guess_is_none_where_ties_are_asked_for),
        cmocka_unit_test(each_set_leads_to_the_other),
        cmocka_unit_test(a_guess_has_values),
        cmocka_unit_test(heads_of_one_title_show_what_their_sets_do),
        cmocka_unit_test(an_author_may_have_two_addresses_and_a_sender),
        cmocka_unit_test(the_manual_lists_each_row_and_its_rule),
        cmocka_unit_test(the_manual_lists_nothing_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
