/* SPDX-License-Identifier: MIT */
#include "sets/branch.h"

#include <string.h>

#include "base/banned.h"

static bool has_word(const GPtrArray *words, const char *word)
{
    for (unsigned i = 0; i < words->len; i++) {
        if (g_ascii_strcasecmp(words->pdata[i], word) == 0)
            return true;
    }
    return false;
}

/* "6.1", "RHEL8.0": a digit, a dot and a digit. */
static bool names_release(const char *tag)
{
    const char *dot = strchr(tag, '.');

    return dot != NULL && dot > tag && g_ascii_isdigit(dot[-1]) &&
           g_ascii_isdigit(dot[1]);
}

/* "AUTOSEL", "5.10", "stable-6.1": a tag that names the branch a patch is
 * ported to. The same patch for two branches is not two revisions. */
static bool names_branch(const char *tag)
{
    return g_ascii_isdigit(*tag) || names_release(tag) ||
           g_ascii_strncasecmp(tag, "stable", strlen("stable")) == 0 ||
           g_ascii_strcasecmp(tag, "AUTOSEL") == 0;
}

static bool has_all_branches(const GPtrArray *tags, const GPtrArray *others)
{
    for (unsigned i = 0; i < tags->len; i++) {
        if (names_branch(tags->pdata[i]) && !has_word(others, tags->pdata[i]))
            return false;
    }
    return true;
}

bool branch_is_named(const GPtrArray *tags)
{
    for (unsigned i = 0; i < tags->len; i++) {
        if (names_branch(tags->pdata[i]))
            return true;
    }
    return false;
}

bool branch_is_same(const GPtrArray *tags, const GPtrArray *others)
{
    return has_all_branches(tags, others) && has_all_branches(others, tags);
}
