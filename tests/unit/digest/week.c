/* SPDX-License-Identifier: MIT */
#include "tests/unit/digest/week.h"

#include "sets/build.h"

static const char WEEK[] =
    "-900 o alice - [PATCH net 0/1] Do less\n"
    "-899 p alice o [PATCH net 1/1] do it\n"
    "0 c alice - [PATCH net v2 0/1] Do less | own=0 stat=3,10,2\n"
    "1 a alice c [PATCH net v2 1/1] do it | stat=2,9,1\n"
    "90 r bob c Re: [PATCH net v2 0/1] Do less | credits=R:bob\n"
    "200 n max c Re: [PATCH net v2 0/1] Do less | notice=5\n"
    "300 w eve - [RFC PATCH] an idea | stat=1,5,5\n"
    "400 t zoe - a question\n"
    "401 u bob t Re: a question\n"
    "402 v zoe u Re: a question\n"
    "403 x bob v Re: a question\n"
    "404 y zoe x Re: a question\n"
    "500 z yan - nobody knows\n";

int week_set_up(void **state)
{
    Week *week = g_new0(Week, 1);
    const PostRecord *records;

    week->posts = posts_new(WEEK, 7, NULL);
    records = (const PostRecord *)(void *)week->posts->records->data;
    week->sets = sets_build(records, week->posts->records->len,
                            week->posts->people, NULL);
    for (unsigned i = 2; i < week->posts->records->len; i++)
        week->is_inside[i] = true;
    week->presenter = (Presenter){
        .sets = week->sets,
        .archive = "https://lists.example.org/{message-id}/",
        .is_inside = week->is_inside,
        .end_ms = records[2].arrival_ms + INT64_C(3600000) * 10,
        .limit = 15,
    };
    week->digest = digest_new();
    present_sets(&week->presenter, week->digest);
    *state = week;
    return 0;
}

int week_tear_down(void **state)
{
    Week *week = *state;

    digest_free(week->digest);
    sets_free(week->sets);
    posts_free(week->posts);
    g_free(week);
    return 0;
}
