/* SPDX-License-Identifier: MIT */
#include "tests/unit/digest/weeks.h"

#include "tests/support/mails.h"
#include "tests/support/posts.h"
#include "tests/support/unit.h"

enum { WEEK_MINUTES = 7 * 24 * 60 };

static const char mails[] =
    /* the first week, minutes up to 10080 */
    "0 a alice - [PATCH] wren: sing\n"                          /* 1 */
    "100 d alice - [PATCH 1/2] owl: hoot\n"                     /* 2 */
    "101 e alice d [PATCH 2/2] owl: sleep\n"                    /* 3 */
    "200 r bob d Re: [PATCH 1/2] owl: hoot | tag=Reviewed-by\n" /* 4 */
    "300 t carl - a talk\n"                                     /* 5 */
    /* the second one */
    "10100 f alice - [PATCH v2 1/2] owl: hoot\n"            /* 6 */
    "10101 g alice f [PATCH v2 2/2] owl: sleep\n"           /* 7 */
    "10200 z zoe - [PATCH] kite: soar\n"                    /* 8 */
    "10260 s bob z Re: [PATCH] kite: soar | tag=Acked-by\n" /* 9 */
    "10300 q carl - where do owls sleep\n"                  /* 10 */
    "10400 n bob f Re: [PATCH v2 1/2] owl: hoot"
    " | says=Both_applied_to_the_owl_tree,_thanks!\n"; /* 11 */

int weeks_set_up(void **state)
{
    if (test_redis_start(state) != 0)
        return -1;
    mails_count(((const TestRedis *)*state)->store, WEEKS_LIST, mails);
    return 0;
}

Digest *weeks_digest(const TestRedis *redis, const DigestRequest *asked)
{
    const int64_t from_ms = MAILS_START_MS + INT64_C(60000) * WEEK_MINUTES;
    const IntervalRequest interval = {
        .has_from = true,
        .has_until = true,
        .from_ms = from_ms,
        .until_ms = from_ms + INT64_C(60000) * WEEK_MINUTES,
    };
    DigestRequest request = *asked;

    request.interval = &interval;
    request.now_ms = interval.until_ms;
    return test_digest_asked(redis->store, WEEKS_LIST, &request);
}
