/* SPDX-License-Identifier: MIT */
#include "tests/unit/sets/pair.h"

#include "sets/build.h"
#include "sets/title_groups.h"
#include "tests/support/unit.h"

void pair_init(Pair *pair, const char *lines)
{
    pair->posts = posts_new(lines, 0, NULL);
    pair->sets =
        sets_build((const PostRecord *)(void *)pair->posts->records->data,
                   pair->posts->records->len, pair->posts->people, NULL);
    pair->titles = title_groups_find(pair->sets);
    pair->revisions = (Revisions){ .sets = pair->sets, .titles = pair->titles };
    if (pair->sets->all->len != 2)
        fail_msg("%u sets:\n%s", pair->sets->all->len, lines);
    pair->older = sets_get(pair->sets, 0);
    pair->newer = sets_get(pair->sets, 1);
}

void pair_clear(Pair *pair)
{
    g_free(pair->titles);
    sets_free(pair->sets);
    posts_free(pair->posts);
}

void pair_check(PairRow row, const PairCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_auto(Pair) pair;
        unsigned weight;

        pair_init(&pair, cases[i].lines);
        weight = row(&pair.revisions, pair.older, pair.newer);
        if (weight != cases[i].weight)
            fail_msg("wanted %u, found %u:\n%s", cases[i].weight, weight,
                     cases[i].lines);
    }
}
