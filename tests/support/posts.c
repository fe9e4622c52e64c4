/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "tests/support/posts.h"

#include "mail/capture.h"
#include "render/renderer.h"

#include <string.h>

enum { BATCH = 250 };

Activity *test_post(const ArchiveMail *mail, const char *list)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    size_t length = 0;

    mail_capture_whole(capture, mail->bytes, mail->length);
    const char *bytes = mail_capture_bytes(capture, &length);
    g_autoptr(MailMessage) message = mail_message_parse(bytes, length);
    ActivityOrigin origin = {
        .list = list,
        .prefix = "",
        .arrival_ms =
            mail->has_arrival ? mail->arrival_ms : message->received * 1000,
        .has_mark = mail->has_mark,
        .capture_flags = mail_capture_flags(capture),
        .size = mail_capture_size(capture),
    };

    memcpy(origin.mark, mail->mark, sizeof(origin.mark));
    return activity_new(message, &origin, NULL);
}

/* A bundle is cloned into a folder of its own, removed by the caller. */
static char *clone_bundle(const char *path, char **folder)
{
    *folder = g_dir_make_tmp("lp-posts-XXXXXX", NULL);
    char *clone = g_build_filename(*folder, "clone.git", NULL);
    g_autofree char *line =
        g_strdup_printf("git clone -q --bare '%s' '%s'", path, clone);

    assert_true(g_spawn_command_line_sync(line, NULL, NULL, NULL, NULL));
    return clone;
}

static void remove_folder(const char *folder)
{
    g_autofree char *line = g_strdup_printf("rm -rf '%s'", folder);

    assert_true(g_spawn_command_line_sync(line, NULL, NULL, NULL, NULL));
}

static GPtrArray *read_archive(const char *path, const char *list)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, &error);
    ArchiveMail mail;

    if (archive == NULL)
        fail_msg("%s", error->message);
    GPtrArray *posts =
        g_ptr_array_new_with_free_func((GDestroyNotify)activity_free);
    while (archive_next(archive, &mail, &error))
        g_ptr_array_add(posts, test_post(&mail, list));
    if (error != NULL)
        fail_msg("%s", error->message);
    return posts;
}

GPtrArray *test_posts(const char *name, const char *list)
{
    const char *corpus = g_getenv("LISTPULSE_CORPUS");
    g_autofree char *path =
        g_build_filename(corpus != NULL ? corpus : "", name, NULL);
    g_autofree char *folder = NULL;

    if (corpus == NULL || !g_file_test(path, G_FILE_TEST_EXISTS))
        return NULL;
    mail_init();
    if (!g_str_has_suffix(name, ".bundle"))
        return read_archive(path, list);
    g_autofree char *clone = clone_bundle(path, &folder);
    GPtrArray *posts = read_archive(clone, list);
    remove_folder(folder);
    return posts;
}

void test_count_posts(Store *store, const GPtrArray *posts)
{
    g_autofree StoreItem *items = g_new0(StoreItem, posts->len);
    g_autoptr(GError) error = NULL;

    for (unsigned i = 0; i < posts->len; i++)
        items[i].activity = g_ptr_array_index(posts, i);
    for (unsigned at = 0; at < posts->len; at += BATCH) {
        if (!store_count(store, items + at,
                         MIN(posts->len - at, (unsigned)BATCH), NULL, &error))
            fail_msg("%s", error->message);
    }
}

Digest *test_digest_asked(Store *store, const char *list,
                          const DigestRequest *asked)
{
    const IdentityFiles no_files = { 0 };
    g_autoptr(GError) error = NULL;
    g_autoptr(Identity) identity = identity_new(&no_files, &error);
    ListSettings settings = { .id = (char *)(guintptr)list,
                              .name = (char[]){ "test" },
                              .title = (char[]){ "TEST" },
                              .archive = (char[]){ "" },
                              .prefix = (char[]){ "" },
                              .top = 15,
                              .timezone = (char[]){ "UTC" } };
    DigestRequest request = *asked;

    request.list = list;
    request.settings = &settings;
    request.identity = identity;

    Digest *digest = digest_load(store, &request, &error);

    if (digest == NULL)
        fail_msg("%s", error->message);
    return digest;
}

Digest *test_digest_of(Store *store, const char *list,
                       const IntervalRequest *interval, unsigned sections)
{
    const DigestRequest request = { .interval = interval,
                                    .sections = sections,
                                    .now_ms = interval->until_ms };

    return test_digest_asked(store, list, &request);
}

static Digest *load(Store *store, const char *list, int64_t from_ms,
                    int64_t until_ms, unsigned sections)
{
    const IntervalRequest interval = { .has_from = true,
                                       .has_until = true,
                                       .from_ms = from_ms,
                                       .until_ms = until_ms };

    return test_digest_of(store, list, &interval, sections);
}

Digest *test_digest(Store *store, const char *list, int64_t from_ms,
                    int64_t until_ms)
{
    return load(store, list, from_ms, until_ms, SECTION_ALL);
}

Digest *test_numbers(Store *store, const char *list, int64_t from_ms,
                     int64_t until_ms)
{
    return load(store, list, from_ms, until_ms, SECTION_TOTALS);
}
