/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "archive/commit.h"

#include <string.h>

#include "base/hex.h"

#include "base/banned.h"

enum {
    ID_DIGITS = 2 * OBJECT_ID_BYTES,
    TIME_DIGITS_MAX = 18, /* fit in 64 bits */
};

/* Takes this word from the front. */
static bool take_word(const char **at, const char *end, const char *word)
{
    const size_t length = strlen(word);

    if ((size_t)(end - *at) < length || memcmp(*at, word, length) != 0)
        return false;
    *at += length;
    return true;
}

/* A line of a word and an id. */
static bool take_id(const char **at, const char *end, const char *word,
                    ObjectId *id)
{
    if (!take_word(at, end, word) || end - *at <= ID_DIGITS ||
        (*at)[ID_DIGITS] != '\n' ||
        !hex_decode(*at, ID_DIGITS, id->bytes, sizeof(id->bytes)))
        return false;
    *at += ID_DIGITS + 1;
    return true;
}

static bool take_number(const char **at, const char *end, int64_t *number)
{
    const char *start = *at;

    *number = 0;
    while (*at < end && g_ascii_isdigit(**at) && *at - start < TIME_DIGITS_MAX)
        *number = *number * 10 + (*(*at)++ - '0');
    return *at > start;
}

/* "author Name <address> 1700000000 +0000" */
static bool take_person(const char **at, const char *end, const char *word,
                        int64_t *seconds)
{
    if (!take_word(at, end, word))
        return false;
    const char *line_end = memchr(*at, '\n', (size_t)(end - *at));
    if (line_end == NULL)
        return false;
    const size_t length = (size_t)(line_end - *at);
    const char *opening = memrchr(*at, '<', length);
    const char *closing = memrchr(*at, '>', length);
    if (opening == NULL || closing == NULL || closing < opening)
        return false;
    const char *time = closing + 1;
    const bool has_time = take_word(&time, line_end, " ") &&
                          take_number(&time, line_end, seconds) &&
                          take_word(&time, line_end, " ");
    *at = line_end + 1;
    return has_time;
}

bool commit_read(GBytes *commit, CommitFacts *facts)
{
    gsize length = 0;
    const char *at = g_bytes_get_data(commit, &length);
    ObjectId other_parent;
    int64_t written = 0;

    if (length == 0)
        return false; /* and at may be NULL */
    const char *end = at + length;
    if (!take_id(&at, end, "tree ", &facts->tree))
        return false;
    facts->has_parent = take_id(&at, end, "parent ", &facts->parent);
    while (facts->has_parent && take_id(&at, end, "parent ", &other_parent))
        continue;
    return take_person(&at, end, "author ", &written) &&
           take_person(&at, end, "committer ", &facts->seconds);
}

TreeContent commit_read_tree(GBytes *tree, ObjectId *blob)
{
    static const struct {
        const char *entry;
        TreeContent content;
    } known[] = {
        { "100644 m", TREE_MAIL },
        { "100644 d", TREE_DELETED },
    };
    const size_t name_bytes = strlen(known[0].entry) + 1;
    gsize length = 0;
    const char *bytes = g_bytes_get_data(tree, &length);

    if (length == 0)
        return TREE_EMPTY;
    if (length != name_bytes + OBJECT_ID_BYTES)
        return TREE_ODD;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (memcmp(bytes, known[i].entry, name_bytes) == 0) {
            memcpy(blob->bytes, bytes + name_bytes, sizeof(blob->bytes));
            return known[i].content;
        }
    }
    return TREE_ODD;
}
