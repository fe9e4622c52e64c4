/* SPDX-License-Identifier: MIT */
#include "tests/unit/digest/rows.h"

#include "digest/totals.h"

#include <string.h>

#include "tests/support/unit.h"

static const MailPerson everybody[] = {
    { (char[]){ " =?UTF-8?q?Zo=C3=AB?= <zoe@a.example.org>" },
      (char[]){ "Zo\xc3\xab" }, (char[]){ "zoe@a.example.org" } },
    { (char[]){ " Zoe E <zoe@a.example.org>" }, (char[]){ "Zoe E" },
      (char[]){ "zoe@a.example.org" } },
    { (char[]){ " Bob <bob@b.example.org>" }, (char[]){ "Bob" },
      (char[]){ "bob@b.example.org" } },
    { (char[]){ " kernel test robot <lkp@intel.com>" },
      (char[]){ "kernel test robot" }, (char[]){ "lkp@intel.com" } },
    { (char[]){ "" }, (char[]){ "" }, (char[]){ "" } },
};

People *rows_people(const Identity *identity)
{
    People *people = people_new(identity);

    for (uint32_t i = 0; i < G_N_ELEMENTS(everybody); i++)
        people_add(people, i + 1, &everybody[i]);
    return people;
}

PostRow rows_one(int64_t arrival_ms, uint32_t author, uint32_t sender,
                 PostKind kind)
{
    return (PostRow){ .arrival_ms = arrival_ms,
                      .author = author,
                      .sender = sender,
                      .kind = (uint8_t)kind,
                      .kind_of_bot = POST_BOT_REPORT,
                      .insertions = 10,
                      .deletions = 1 };
}

/* Zoë writes two patches under two names, Bob sends a third of hers. */
static void fill_rows(PostRow rows[8])
{
    const PostRow filled[8] = {
        rows_one(ROWS_DAY_MS, 1, 1, POST_COVER),
        rows_one(ROWS_DAY_MS, 1, 1, POST_PATCH),
        rows_one(ROWS_DAY_MS, 2, 2, POST_PATCH),
        rows_one(ROWS_DAY_MS + 1, 1, 3, POST_PATCH),
        rows_one(2 * ROWS_DAY_MS, 3, 3, POST_REPLY),
        rows_one(2 * ROWS_DAY_MS, 3, 3, POST_PULL),
        rows_one(2 * ROWS_DAY_MS, 4, 4, POST_REPLY),
        rows_one(4 * ROWS_DAY_MS, 5, 5, POST_OTHER),
    };

    memcpy(rows, filled, sizeof(filled));
    rows[6].flags = rows[7].flags = POST_MALFORMED;
}

int rows_set_up(void **state)
{
    const IdentityFiles files = { 0 };
    Rows *fixture = g_new0(Rows, 1);

    fixture->identity = identity_new(&files, NULL);
    fixture->people = rows_people(fixture->identity);
    fill_rows(fixture->rows);
    totals_appearances(fixture->people, fixture->rows, 8);
    *state = fixture;
    return 0;
}

int rows_tear_down(void **state)
{
    Rows *fixture = *state;

    people_free(fixture->people);
    identity_free(fixture->identity);
    g_free(fixture);
    return 0;
}
