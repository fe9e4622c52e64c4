/* SPDX-License-Identifier: MIT */
#include "activity/link.h"

#include <inttypes.h>
#include <string.h>

#include <glib.h>

#include "base/sha.h"

#include "base/banned.h"

static const uint64_t DIGEST_MASK = (UINT64_C(1) << 48) - 1;
static const uint64_t HALF_MASK = (UINT64_C(1) << 24) - 1;
enum { SECONDS_PER_HOUR = 3600 };

/* 0 means "none" wherever digests are kept. */
static uint64_t never_zero(uint64_t digest)
{
    return digest == 0 ? 1 : digest;
}

static uint64_t digest_bytes(const char *bytes, size_t length)
{
    uint8_t sum[SHA256_BYTES];
    uint64_t digest = 0;

    sha256_of(bytes, length, sum);
    for (unsigned i = 0; i < 6; i++)
        digest = digest << 8 | sum[i];
    return never_zero(digest);
}

uint64_t link_digest(const char *text)
{
    return digest_bytes(text, strlen(text));
}

/* Different for each kind, in the lower half of a key. */
static uint64_t half_of_kind(LinkKind kind)
{
    return (uint64_t)kind * UINT64_C(0x9e3779b1) & HALF_MASK;
}

/* The finalizer of splitmix64: a bijection, so two digests of one kind stay
 * as distinct as 48 bits allow, whatever their own bits are. */
static uint64_t mix(uint64_t digest)
{
    digest += UINT64_C(0x9e3779b97f4a7c15);
    digest = (digest ^ digest >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    digest = (digest ^ digest >> 27) * UINT64_C(0x94d049bb133111eb);
    return digest ^ digest >> 31;
}

uint64_t link_key(LinkKind kind, uint64_t digest)
{
    return never_zero((mix(digest) ^ half_of_kind(kind)) & DIGEST_MASK);
}

/* Whose it is, is for a digest to judge: one person may have many names. */
uint64_t link_title_digest(const PatchSubject *subject)
{
    const char *title = patch_subject_title_key(subject);

    return link_digest(title);
}

static int compare_words(gconstpointer one, gconstpointer other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* Tags in one order and case: parts of a series are not typed alike. */
static void append_tags(GString *out, const GPtrArray *tags)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

    for (unsigned i = 0; i < tags->len; i++)
        g_ptr_array_add(words, g_ascii_strdown(tags->pdata[i], -1));
    g_ptr_array_sort(words, compare_words);
    for (unsigned i = 0; i < words->len; i++)
        g_string_append_printf(out, "\n%s", (const char *)words->pdata[i]);
}

/* Rounds down also before 1970, where a broken Date may lie. */
static int64_t period_of(int64_t seconds, int64_t length)
{
    const int64_t period = seconds / length;

    return seconds % length < 0 ? period - 1 : period;
}

uint64_t link_series_digest(const char *author, const PatchSubject *subject,
                            int64_t when_seconds)
{
    g_autoptr(GString) text = g_string_new(author);

    g_string_append_printf(text, "\n%u\n%u\n%" PRId64, subject->version,
                           subject->total,
                           period_of(when_seconds, SECONDS_PER_HOUR));
    append_tags(text, subject->tags);
    return digest_bytes(text->str, text->len);
}

static const char *short_path(const char *path)
{
    const char *file = strrchr(path, '/');
    const char *folder = file;

    while (folder != NULL && folder > path && folder[-1] != '/')
        folder--;
    return folder != NULL ? folder : path;
}

uint64_t link_work(const char *author, const char *path)
{
    g_autofree char *text = g_strconcat(author, "\n", short_path(path), NULL);

    return link_digest(text);
}

uint64_t link_opening(const char *author, const PatchSubject *subject)
{
    g_autofree char *words =
        patch_words_first(patch_subject_words(subject), LINK_OPENING_WORDS);
    g_autofree char *text =
        words == NULL ? NULL : g_strconcat(author, "\n", words, NULL);

    return text == NULL ? 0 : link_digest(text);
}

uint64_t link_work_digest(uint64_t work, int64_t when_seconds)
{
    g_autofree char *text =
        g_strdup_printf("%" PRIx64 "\n%" PRId64, work,
                        period_of(when_seconds, LINK_WORK_SECONDS));

    return link_digest(text);
}

uint32_t link_path(const char *path)
{
    return (uint32_t)(link_digest(path) & HALF_MASK);
}

uint32_t link_author(const char *name)
{
    return (uint32_t)(link_digest(name) & HALF_MASK);
}
