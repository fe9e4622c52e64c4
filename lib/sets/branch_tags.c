/* SPDX-License-Identifier: MIT */
#include "sets/branch_tags.h"

#include <string.h>

#include "base/banned.h"

/* Returns the tag without what projects put before their own releases:
 * "for-6.1" and "v6.1" name the same as "6.1". */
static const char *bare_name(const char *tag)
{
    const char *name = tag;

    if (g_ascii_strncasecmp(name, "for-", strlen("for-")) == 0)
        name += strlen("for-");
    if (g_ascii_tolower(*name) == 'v')
        name++;
    return g_ascii_isdigit(*name) ? name : tag;
}

static bool has_word(const GPtrArray *words, const char *word)
{
    for (unsigned i = 0; i < words->len; i++) {
        if (g_ascii_strcasecmp(bare_name(words->pdata[i]), bare_name(word)) ==
            0)
            return true;
    }
    return false;
}

/* Returns true for "6.1", "RHEL8.0", "for-4.19": a digit, a dot, a digit. */
static bool names_release(const char *tag)
{
    const char *dot = strchr(tag, '.');

    return g_ascii_isdigit(*tag) ||
           (dot != NULL && dot > tag && g_ascii_isdigit(dot[-1]) &&
            g_ascii_isdigit(dot[1]));
}

/* Returns true for "io_uring-5.14": a tree in small letters, for a release. */
static bool names_tree_of_release(const char *tag)
{
    const size_t length = strspn(tag, "abcdefghijklmnopqrstuvwxyz_");

    return length > 0 && tag[length] == '-' &&
           g_ascii_isdigit(tag[length + 1]) &&
           strncmp(tag, "stable-", strlen("stable-")) != 0 &&
           strncmp(tag, "linux-", strlen("linux-")) != 0;
}

/* Returns true for "6.1", "v6.1-rc2", "for-4.19", "heap-5.14": the release of
 * the project itself that a patch is meant for. */
static bool names_own_release(const char *tag)
{
    return (g_ascii_isdigit(*bare_name(tag)) || names_tree_of_release(tag)) &&
           names_release(tag) && !g_str_has_suffix(tag, ".y");
}

/* In whatever letters. */
static bool contains(const char *tag, const char *word)
{
    const size_t length = strlen(word);

    for (; *tag != '\0'; tag++) {
        if (g_ascii_tolower(*tag) == *word &&
            g_ascii_strncasecmp(tag, word, length) == 0)
            return true;
    }
    return false;
}

/* Returns true for "AUTOSEL", "6.1.y", "stable-6.1", "RHEL8.0": a maintained
 * branch that patches are ported to. */
static bool names_port(const char *tag)
{
    return g_ascii_strcasecmp(tag, "AUTOSEL") == 0 || contains(tag, "stable") ||
           (names_release(tag) && !names_own_release(tag));
}

static bool names_branch(const char *tag)
{
    return names_port(tag) || names_release(tag);
}

typedef bool (*TagTest)(const char *tag);

/* Returns true if the other list has all tags of this list that pass. */
static bool has_all(const GPtrArray *tags, const GPtrArray *others,
                    TagTest passes)
{
    for (unsigned i = 0; i < tags->len; i++) {
        if (passes(tags->pdata[i]) && !has_word(others, tags->pdata[i]))
            return false;
    }
    return true;
}

static bool has_any(const GPtrArray *tags, TagTest passes)
{
    for (unsigned i = 0; i < tags->len; i++) {
        if (passes(tags->pdata[i]))
            return true;
    }
    return false;
}

bool branch_tags_name_any(const GPtrArray *tags)
{
    return has_any(tags, names_branch);
}

/* Returns true for "6.1", not for "5.12-rc1" or "for-6.1", which are of the
 * project's own next release. */
static bool names_bare_release(const char *tag)
{
    return g_ascii_isdigit(*tag) && names_release(tag) &&
           strchr(tag, '-') == NULL;
}

bool branch_tags_name_port(const GPtrArray *tags)
{
    return has_any(tags, names_port);
}

bool branch_tags_name_release(const GPtrArray *tags)
{
    return has_any(tags, names_bare_release);
}

bool branch_tags_are_automatic(const GPtrArray *tags)
{
    for (unsigned i = 0; i < tags->len; i++) {
        if (g_ascii_strcasecmp(tags->pdata[i], "AUTOSEL") == 0)
            return true;
    }
    return false;
}

bool branch_tags_are_same(const GPtrArray *tags, const GPtrArray *others)
{
    return has_all(tags, others, names_branch) &&
           has_all(others, tags, names_branch);
}

bool branch_tags_may_differ(const GPtrArray *tags, const GPtrArray *others)
{
    return !has_any(tags, names_port) && !has_any(others, names_port) &&
           (!has_any(tags, names_release) || !has_any(others, names_release));
}

/* Returns true for "libubox", "net-next": a word in small letters. What is
 * asked of readers comes in capitals ("RFT"); "for-6.1", "for-next" and "next"
 * are branches of whatever repository it is. */
static bool names_repository(const char *tag)
{
    bool has_letter = false;

    if (names_branch(tag) || g_str_has_prefix(tag, "for") ||
        strcmp(tag, "next") == 0)
        return false;
    for (const char *at = tag; *at != '\0'; at++) {
        if (g_ascii_isupper(*at) || !g_ascii_isgraph(*at))
            return false;
        has_letter |= g_ascii_isalpha(*at);
    }
    return has_letter;
}

/* A word between the hyphens of a tag: moves on to the next one; false behind
 * the last. */
static bool next_word(const char **at, size_t *length)
{
    *at += *length;
    if (**at == '\0')
        return false;
    (*at)++;
    *length = strcspn(*at, "-");
    return true;
}

static bool has_hyphened(const char *tag, const char *word, size_t length)
{
    const char *at = tag;
    size_t span = strcspn(tag, "-");

    do {
        if (span == length && memcmp(at, word, length) == 0)
            return true;
    } while (next_word(&at, &span));
    return false;
}

/* Returns true if two tags have a word between their hyphens in common. */
static bool is_kin(const char *tag, const char *other)
{
    const char *at = tag;
    size_t span = strcspn(tag, "-");

    do {
        if (has_hyphened(other, at, span))
            return true;
    } while (next_word(&at, &span));
    return false;
}

static bool has_kin(const GPtrArray *tags, const char *tag)
{
    for (unsigned i = 0; i < tags->len; i++) {
        if (is_kin(tags->pdata[i], tag))
            return true;
    }
    return false;
}

static bool has_repository_apart(const GPtrArray *tags, const GPtrArray *others)
{
    for (unsigned i = 0; i < tags->len; i++) {
        if (names_repository(tags->pdata[i]) &&
            !has_kin(others, tags->pdata[i]))
            return true;
    }
    return false;
}

bool branch_tags_are_parted(const GPtrArray *tags, const GPtrArray *others)
{
    return has_repository_apart(tags, others) &&
           has_repository_apart(others, tags);
}
