/* SPDX-License-Identifier: MIT */
#include "activity/activity.h"
#include "tests/support/mail.h"
#include "tests/support/unit.h"

#define JO   "From: Jo Doe <jo@example.org>\n"
#define NOON "Date: Mon, 29 Sep 2025 12:00:00 +0200\n"
#define ID   "Message-ID: <1@example.org>\n"
#define DIFF "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1,2 @@\n-a\n+b\n+c\n"

static const int64_t NOON_SECONDS = 1759140000;

static ActivityOrigin origin_at(int64_t arrival_ms)
{
    return (ActivityOrigin){
        .list = "kvm.example.org",
        .prefix = "",
        .arrival_ms = arrival_ms,
        .size = 4711,
    };
}

static Activity *activity_of(const char *mail)
{
    const ActivityOrigin origin = origin_at((NOON_SECONDS + 5) * 1000);
    g_autoptr(MailMessage) message = mail_of(mail);

    return activity_new(message, &origin, NULL);
}

static PostRecord record_of(const Activity *activity)
{
    const PostRecord front = { .post = 1, .arrival_ms = activity->arrival_ms };
    g_autoptr(GString) bytes = g_string_new(NULL);
    PostRecord record;

    record_front_put(bytes, &front);
    g_string_append_len(bytes, activity->record->str,
                        (gssize)activity->record->len);
    assert_true(record_post_get(bytes->str, bytes->len, &record));
    return record;
}

static bool has_link(const Activity *activity, LinkKind kind, const char *text)
{
    const uint64_t key = link_key(kind, link_digest(text));

    for (unsigned i = 0; i < activity->links->len; i++)
        if (g_array_index(activity->links, uint64_t, i) == key)
            return true;
    return false;
}

static void a_patch_names_its_files_what_it_fixes_and_its_base(void **state)
{
    g_autoptr(Activity) activity = activity_of(
        JO NOON ID "Subject: [PATCH] net: do less\n\nWhy.\n\n"
                   "Fixes: 0123456789ABCDEF0123 (\"net: do\")\n"
                   "Fixes: commit 7654321 (\"net: x\")\n"
                   "Fixes: 0123456789abcdef0123 (\"net: do\")\n"
                   "Fixes: https://bugs.example.org/7\n"
                   "---\n" DIFF "diff --git a/d/g b/d/g\n--- a/d/g\n+++ b/d/g\n"
                   "@@ -1 +1 @@\n-a\n+b\n"
                   "base-commit: 89ABCDEF0123456789abcdef0123456789abcdef\n");
    PostRecord record = record_of(activity);

    (void)state;
    assert_int_equal(g_strv_length(record.fields.paths), 2);
    assert_string_equal(record.fields.paths[0], "f");
    assert_string_equal(record.fields.paths[1], "d/g");
    assert_int_equal(g_strv_length(record.fields.fixes), 2);
    assert_string_equal(record.fields.fixes[0], "0123456789ab");
    assert_string_equal(record.fields.fixes[1], "7654321");
    assert_string_equal(record.fields.base_commit,
                        "89abcdef0123456789abcdef0123456789abcdef");
    assert_true(record_knows(&record, RECORD_FIELD_LAST));
    record_post_clear(&record);
}

/* Quoted or not: a reply changes no file and fixes nothing. */
static void only_a_patch_has_files(void **state)
{
    g_autoptr(Activity) activity =
        activity_of(JO NOON ID "In-Reply-To: <0@example.org>\n"
                               "Subject: Re: [PATCH] net: do less\n\n"
                               "Fixes: 0123456789ab (\"net: do\")\n\n" DIFF);
    PostRecord record = record_of(activity);

    (void)state;
    assert_null(record.fields.paths);
    assert_null(record.fields.fixes);
    assert_true(record_knows(&record, RECORD_FIELD_PATHS));
    record_post_clear(&record);
}

static void a_long_list_of_files_is_cut(void **state)
{
    g_autoptr(GString) mail =
        g_string_new(JO NOON ID "Subject: [PATCH] all\n\nWhy.\n---\n");
    g_autofree char *folder = g_strnfill(300, 'x');

    (void)state;
    for (unsigned i = 0; i < 100; i++)
        g_string_append_printf(mail,
                               "diff --git a/%s/%u b/%s/%u\n--- a/%s/%u\n"
                               "+++ b/%s/%u\n@@ -1 +1 @@\n-a\n+b\n",
                               folder, i, folder, i, folder, i, folder, i);
    g_autoptr(Activity) activity = activity_of(mail->str);
    PostRecord record = record_of(activity);

    assert_int_equal(record.files, 100);
    assert_int_equal(g_strv_length(record.fields.paths),
                     RECORD_PATH_BYTES_MAX / 303);
    record_post_clear(&record);
}

static void a_pull_request_says_where_to_pull_from(void **state)
{
    g_autoptr(Activity) activity = activity_of(
        JO NOON ID "Subject: [GIT PULL] net fixes\n\n"
                   "are available in the Git repository at:\n\n"
                   "  https://git.example.org/net.git tags/net-6.2\n\n"
                   "for you to fetch changes up to 5f2d1c0b9a88:\n");
    PostRecord record = record_of(activity);

    (void)state;
    assert_int_equal(record.kind, POST_PULL);
    assert_string_equal(record.fields.pull_url,
                        "https://git.example.org/net.git");
    assert_string_equal(record.fields.pull_ref, "tags/net-6.2");
    record_post_clear(&record);
}

/* A patch of a few lines cannot change millions, whatever it says. */
static void a_diffstat_is_believed_up_to_what_the_diff_holds(void **state)
{
    g_autoptr(Activity) activity = activity_of(
        JO NOON ID "Subject: [PATCH] net: do less\n\nWhy.\n---\n"
                   " f | 4000000 ++++--\n 1 file changed, 3000000 "
                   "insertions(+), 1 deletion(-)\n\n" DIFF "-- \n2\n");
    g_autoptr(Activity) without = activity_of(
        JO NOON ID "Subject: [PATCH] net: do less\n\nWhy, see the link.\n---\n"
                   " f | 4000000 ++++--\n 1 file changed, 3000000 "
                   "insertions(+), 1 deletion(-)\n");

    (void)state;
    assert_in_range(activity->insertions, 2, 20);
    assert_int_equal(activity->deletions, 1);
    assert_int_equal(without->insertions, 4711 / 2);
}

static void a_patch_is_what_its_mail_says(void **state)
{
    g_autoptr(Activity) activity =
        activity_of("From: Al <al@example.org>\n" NOON ID
                    "Subject: [PATCH] net: do less\n\n"
                    "From: Jo Doe <jo@example.org>\n\nWhy.\n\n"
                    "Signed-off-by: Jo Doe <jo@example.org>\n"
                    "Reviewed-by: Al <al@example.org>\n---\n" DIFF "-- \n2\n");
    PostRecord record = record_of(activity);

    (void)state;
    assert_int_equal(activity->kinds.of_person, POST_PATCH);
    assert_string_equal(activity->author.address, "jo@example.org");
    assert_string_equal(activity->author.raw, " Jo Doe <jo@example.org>");
    assert_string_equal(activity->sender.address, "al@example.org");
    assert_int_equal(activity->credits->len, 0);
    assert_int_equal(activity->insertions, 2);
    assert_int_equal(activity->deletions, 1);
    assert_string_equal(record.message_id, "1@example.org");
    assert_string_equal(record.subject, "[PATCH] net: do less");
    assert_true(record.has_date && record.date == NOON_SECONDS);
    assert_int_equal(record.date_offset, 120);
    assert_int_equal(record.size, 4711);
    assert_int_equal(record.kind, POST_PATCH);
    assert_int_equal(record.files, 1);
    assert_memory_equal(record.mark, activity->mark, RECORD_MARK_BYTES);
    assert_null(record.classic_author);
    record_post_clear(&record);
}

static void the_kept_text_reaches_what_text_and_classic_show(void **state)
{
    static const char text[] = "From: Jo Doe <jo@example.org>\n\nWhy.\n---\n";
    g_autoptr(Activity) activity = activity_of(
        JO NOON ID "Subject: [PATCH 1/2] net: do less\n\n"
                   "From: Jo Doe <jo@example.org>\n\nWhy.\n---\n" DIFF);
    PostRecord record = record_of(activity);

    (void)state;
    assert_non_null(activity->text);
    assert_int_equal(activity->text_length, strlen(text));
    assert_string_equal(activity->text, text);
    assert_true((activity->flags & POST_HAS_TEXT) != 0);
    assert_true((activity->flags & POST_CLASSIC_END) != 0);
    assert_int_equal(record.classic_end, strlen(text));
    assert_string_equal(activity->text + record.text_start, "Why.\n---\n");
    record_post_clear(&record);
}

static void only_heads_and_classic_entries_keep_text(void **state)
{
    static const struct {
        const char *subject;
        bool is_kept;
    } cases[] = {
        { "[PATCH 0/2] a", true },   { "[PATCH v3 1/2] a", true },
        { "[PATCH] a", true },       { "[RFC PATCH] a", true },
        { "[PATCH 2/2] a", false },  { "Re: [PATCH] a", false },
        { "[GIT PULL] a", true },    { "hello", true }, /* S-4 */
        { "[PATCH 01/15] a", true }, { "[PATCH net 00/15] a", true },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *mail = g_strdup_printf(
            JO NOON ID "Subject: %s\n\ntext\n\n" DIFF "-- \n2\n",
            cases[i].subject);
        g_autoptr(Activity) activity = activity_of(mail);

        assert_int_equal(activity->text != NULL, cases[i].is_kept);
        assert_int_equal((activity->flags & POST_HAS_TEXT) != 0,
                         cases[i].is_kept);
    }
}

static void a_kept_text_ends_within_64_KiB_at_a_character(void **state)
{
    g_autoptr(GString) mail =
        g_string_new(JO NOON ID "Content-Type: text/plain; charset=UTF-8\n"
                                "Content-Transfer-Encoding: 8bit\n"
                                "Subject: [PATCH 0/2] long\n\nx");

    (void)state;
    for (unsigned i = 0; i < 50000; i++)
        g_string_append(mail, i % 30 == 29 ? "\xc3\xbc\n" : "\xc3\xbc");
    g_autoptr(Activity) activity = activity_of(mail->str);
    PostRecord record = record_of(activity);

    assert_in_range(activity->text_length, 64 * 1024 - 1, 64 * 1024);
    assert_true(g_utf8_validate(activity->text, -1, NULL));
    assert_int_equal(record.text_end, activity->text_length);
    record_post_clear(&record);
}

static void classic_counts_the_in_body_author_of_an_answer_too(void **state)
{
    g_autoptr(Activity) activity = activity_of(
        JO NOON ID "In-Reply-To: <1@example.org>\n"
                   "Subject: [PATCH 0/2] answered without Re:\n\n"
                   "From: Al <al@example.org>\n\n> quoted\n\nI tested it.\n");
    PostRecord record = record_of(activity);

    (void)state;
    assert_int_equal(activity->kinds.of_person, POST_REPLY);
    assert_string_equal(activity->author.address, "jo@example.org");
    assert_string_equal(record.classic_author, " Al <al@example.org>");
    assert_true(has_link(activity, LINK_SELF, "1@example.org"));
    assert_true(has_link(activity, LINK_ABOVE, "1@example.org"));
    record_post_clear(&record);
}

static void classic_counts_the_relay_of_a_patch(void **state)
{
    g_autoptr(Activity) activity =
        activity_of("From: Jo Doe via List <list@example.org>\n"
                    "Reply-To: Jo Doe <jo@example.org>\n" NOON ID
                    "Subject: [PATCH] net: do less\n\nWhy.\n---\n" DIFF);
    PostRecord record = record_of(activity);

    (void)state;
    assert_string_equal(activity->author.address, "jo@example.org");
    assert_string_equal(record.classic_author,
                        " Jo Doe via List <list@example.org>");
    record_post_clear(&record);
}

static void an_answer_credits_and_a_sent_back_patch_does_not(void **state)
{
    static const struct {
        const char *subject, *text;
        unsigned credits;
    } cases[] = {
        { "Re: [PATCH] a", "Reviewed-by: Al <al@example.org>\n", 1 },
        { "Re: [PATCH] a", "> Reviewed-by: Al <al@example.org>\n", 0 },
        { "hello", "Tested-by: Al <al@example.org>\n", 1 },
        { "Re: [PATCH] a", "Applied, thanks.\n\nAcked-by: Al <a@b.org>\n", 1 },
        { "[PATCH] a", "a\n\nReviewed-by: Al <al@example.org>\n---\n" DIFF, 0 },
        { "Patch \"a\" has been added to the 6.1-stable tree",
          "a\n\nSigned-off-by: Jo <j@b.org>\nReviewed-by: Al <a@b.org>\n"
          "---\n" DIFF,
          0 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *mail = g_strdup_printf(
            JO NOON ID "In-Reply-To: <2@example.org>\nSubject: %s\n\n%s",
            cases[i].subject, cases[i].text);
        g_autoptr(Activity) activity = activity_of(mail);

        assert_int_equal(activity->credits->len, cases[i].credits);
        assert_int_equal((activity->flags & POST_REVIEW_TRAILERS) != 0,
                         cases[i].credits > 0);
    }
}

static void a_reply_is_linked_to_its_parent_and_root(void **state)
{
    g_autoptr(Activity) activity =
        activity_of(JO NOON ID "In-Reply-To: <3@example.org>\n"
                               "References: <root@example.org>\n"
                               " <2@example.org> <3@example.org>\n"
                               "Subject: Re: hello\n\ntext\n");
    PostRecord record = record_of(activity);

    (void)state;
    assert_true(has_link(activity, LINK_SELF, "1@example.org"));
    assert_true(has_link(activity, LINK_ABOVE, "3@example.org"));
    assert_true(has_link(activity, LINK_ABOVE, "root@example.org"));
    assert_true(has_link(activity, LINK_ABOVE, "2@example.org"));
    assert_int_equal(activity->links->len, 4);
    assert_int_equal(record.fields.ancestor_count, 1);
    assert_true(record.own_link == link_digest("1@example.org"));
    assert_true(record.parent_link == link_digest("3@example.org"));
    assert_true(record.root_link == link_digest("root@example.org"));
    record_post_clear(&record);
}

static void without_in_reply_to_the_last_reference_is_the_parent(void **state)
{
    g_autoptr(Activity) activity =
        activity_of(JO NOON ID "References: <2@example.org> <3@example.org>\n"
                               "Subject: Re: hello\n\ntext\n");
    g_autoptr(Activity) second = activity_of(
        JO NOON ID "References: <2@example.org>\nSubject: Re: a\n\ntext\n");

    (void)state;
    assert_true(has_link(activity, LINK_ABOVE, "3@example.org"));
    assert_true(has_link(activity, LINK_ABOVE, "2@example.org"));
    assert_true(has_link(second, LINK_ABOVE, "2@example.org"));
    assert_int_equal(second->links->len, 2);
}

static void a_part_is_linked_to_its_series_title_change_and_diff(void **state)
{
    static const char subject_text[] = "[PATCH net v2 2/3] net: do less";
    g_autoptr(Activity) activity = activity_of(
        JO NOON ID "Subject: [PATCH net v2 2/3] net: do less\n\nWhy.\n\n"
                   "Change-Id: I0123456789abcdef0123456789abcdef01234567\n"
                   "Signed-off-by: Jo Doe <jo@example.org>\n---\n" DIFF);
    g_auto(PatchSubject) subject;
    PostRecord record = record_of(activity);
    const char jo[] = "jo@example.org";
    uint64_t keys[2];
    unsigned found = 0;

    (void)state;
    patch_subject_init(&subject, subject_text, NULL);
    keys[0] = link_key(LINK_TITLE, link_title_digest(&subject));
    keys[1] =
        link_key(LINK_SERIES, link_series_digest(jo, &subject, NOON_SECONDS));
    for (unsigned i = 0; i < activity->links->len; i++)
        for (unsigned j = 0; j < 2; j++)
            found +=
                g_array_index(activity->links, uint64_t, i) == keys[j] ? 1 : 0;
    assert_int_equal(found, 2);
    assert_true(has_link(activity, LINK_CHANGE,
                         "I0123456789abcdef0123456789abcdef01234567"));
    assert_true(record.patch_link != 0);
    record_post_clear(&record);
}

static bool has_key(const Activity *activity, uint64_t key)
{
    for (unsigned i = 0; i < activity->links->len; i++)
        if (g_array_index(activity->links, uint64_t, i) == key)
            return true;
    return false;
}

static void
only_heads_have_a_work_and_what_may_be_reworded_is_known_by_it(void **state)
{
    static const struct {
        const char *headers;
        bool has_work, may_be_reworded;
    } cases[] = {
        { "Subject: [PATCH] net: do less\n\nWhy.\n---\n", true, false },
        { "Subject: [PATCH v2] net: do less\n\nWhy.\n---\n", true, true },
        { "Subject: [PATCH v2 1/1] net: do less\n\nWhy.\n---\n", true, true },
        { "Subject: [PATCH v2 1/3] net: do less\n\nWhy.\n---\n", true, true },
        { "In-Reply-To: <c@x.org>\n"
          "Subject: [PATCH v2 1/3] net: do less\n\nWhy.\n---\n",
          false, false },
        { "Subject: [PATCH v2 2/3] net: do less\n\nWhy.\n---\n", false, false },
        { "In-Reply-To: <c@x.org>\n"
          "Subject: [PATCH v2] net: do less\n\nWhy.\n---\n",
          true, true }, /* */
        { "Subject: [PATCH v2] net: do less\n\nWhy.\n\n"
          "Change-Id: I0123456789abcdef0123456789abcdef01234567\n"
          "Signed-off-by: Jo Doe <jo@example.org>\n---\n",
          true, false },
        { "Subject: [PATCH v2] net: do less\n\nWhy.\n---\n"
          "v1: https://lore.kernel.org/r/v1@x.org\n",
          true, false },
        { "Subject: Re: [PATCH v2] net: do less\n\nWhy.\n---\n", false, false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *mail =
            g_strconcat(JO NOON ID, cases[i].headers, DIFF, NULL);
        g_autoptr(Activity) activity = activity_of(mail);
        PostRecord record = record_of(activity);
        const uint64_t work = link_work("Jo Doe", "f");

        if ((record.work_link != 0) != cases[i].has_work ||
            has_key(activity, link_key(LINK_WORK,
                                       link_work_digest(work, NOON_SECONDS))) !=
                cases[i].has_work ||
            has_key(activity, link_key(LINK_REVISION, work)) !=
                cases[i].may_be_reworded)
            fail_msg("case %zu", i);
        record_post_clear(&record);
    }
}

static void superseded_ids_stand_before_other_names(void **state)
{
    g_autoptr(Activity) activity = activity_of(
        JO NOON ID "Subject: [PATCH v3 0/2] net: do less\n\nWhy.\n\n"
                   "Changes in v3:\n"
                   "- Link to v2: https://lore.kernel.org/r/v2@x.org\n"
                   "Supersedes: <v1@x.org>\n"
                   "Based-on: <base@x.org>\n"
                   "See https://lore.kernel.org/r/talk@x.org\n");
    PostRecord record = record_of(activity);

    (void)state;
    assert_true(has_link(activity, LINK_NAMES, "v1@x.org"));
    assert_true(has_link(activity, LINK_NAMES, "v2@x.org"));
    assert_true(has_link(activity, LINK_NAMES, "base@x.org"));
    assert_false(has_link(activity, LINK_NAMES, "talk@x.org"));
    assert_int_equal(record.extra_count, 3);
    assert_int_equal(record.supersedes_count, 2);
    assert_true(record.extra_links[2] == link_digest("base@x.org"));
    record_post_clear(&record);
}

static void a_notice_names_what_it_links_to(void **state)
{
    g_autoptr(Activity) activity =
        activity_of(JO NOON ID "In-Reply-To: <2@example.org>\n"
                               "Subject: Re: [PATCH 0/2] net: do less\n\n"
                               "Applied, thanks!\n\n"
                               "https://lore.kernel.org/r/p1@x.org\n");

    (void)state;
    assert_int_equal(activity->kinds.of_person, POST_NOTICE);
    assert_true(has_link(activity, LINK_NAMES, "p1@x.org"));
}

static void flags_tell_what_is_wrong_with_a_mail(void **state)
{
    const unsigned mask = POST_MALFORMED | POST_DATE_DOUBTFUL | POST_BOT_SENT;
    static const struct {
        const char *mail;
        unsigned flags;
    } cases[] = {
        { JO NOON ID "Subject: a\n\nb\n", 0 },
        { JO NOON ID "\nb\n", POST_MALFORMED },
        { NOON ID "Subject: a\n\nb\n", POST_MALFORMED },
        { JO ID "Subject: a\n\nb\n", POST_MALFORMED | POST_DATE_DOUBTFUL },
        { JO "Date: Sat, 1 Jan 1980 00:00:00 +0000\n" ID "Subject: a\n\nb\n",
          POST_DATE_DOUBTFUL },
        { JO "Date: Fri, 1 Jan 2038 00:00:00 +0000\n" ID "Subject: a\n\nb\n",
          POST_DATE_DOUBTFUL },
        { JO "Date: Tue, 30 Sep 2025 11:59:59 +0200\n" ID "Subject: a\n\nb\n",
          0 },
        { JO NOON ID "Auto-Submitted: auto-generated\nSubject: a\n\nb\n",
          POST_BOT_SENT },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Activity) activity = activity_of(cases[i].mail);

        assert_int_equal(activity->flags & mask, cases[i].flags);
    }
}

static void what_the_capture_saw_is_flagged(void **state)
{
    static const struct {
        unsigned capture, flags;
    } cases[] = {
        { 0, 0 },
        { MAIL_CAPTURE_TRUNCATED_BODY, POST_TRUNCATED },
        { MAIL_CAPTURE_TRUNCATED_HEADERS, POST_TRUNCATED },
        { MAIL_CAPTURE_NUL, POST_MALFORMED },
        { MAIL_CAPTURE_BROKEN_HEADERS, POST_MALFORMED },
    };
    g_autoptr(MailMessage) message = mail_of(JO NOON ID "Subject: a\n\nb\n");

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        ActivityOrigin origin = origin_at(NOON_SECONDS * 1000);

        origin.capture_flags = cases[i].capture;
        g_autoptr(Activity) activity = activity_new(message, &origin, NULL);

        assert_int_equal(activity->flags & (POST_TRUNCATED | POST_MALFORMED),
                         cases[i].flags);
    }
}

static void a_given_mark_wins_over_the_derived_one(void **state)
{
    g_autoptr(MailMessage) message = mail_of(JO NOON ID "Subject: a\n\nb\n");
    ActivityOrigin origin = origin_at(1000);

    (void)state;
    g_autoptr(Activity) derived = activity_new(message, &origin, NULL);

    origin.has_mark = true;
    memset(origin.mark, 0x5a, sizeof(origin.mark));
    g_autoptr(Activity) given = activity_new(message, &origin, NULL);

    assert_false(derived->has_mark);
    assert_true(given->has_mark);
    assert_memory_equal(given->mark, origin.mark, RECORD_MARK_BYTES);
    assert_memory_not_equal(derived->mark, origin.mark, RECORD_MARK_BYTES);
    assert_true(given->identity == derived->identity);
}

static void arrivals_stay_within_what_a_row_holds(void **state)
{
    static const struct {
        int64_t given, kept;
    } cases[] = {
        { -1, 0 },
        { INT64_MIN, 0 },
        { INT64_MAX, (INT64_C(1) << 48) - 1 },
        { INT64_C(1759140005000), INT64_C(1759140005000) },
    };
    g_autoptr(MailMessage) message = mail_of(JO NOON ID "Subject: a\n\nb\n");

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const ActivityOrigin origin = origin_at(cases[i].given);
        g_autoptr(Activity) activity = activity_new(message, &origin, NULL);

        assert_true(activity->arrival_ms == cases[i].kept);
    }
}

static void a_mail_of_nothing_gives_an_activity(void **state)
{
    static const char *const mails[] = { "", "\n", "\n\n", ":\n", "x" };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(mails); i++) {
        g_autoptr(Activity) activity = activity_of(mails[i]);
        PostRecord record = record_of(activity);

        assert_int_equal(activity->kinds.of_person, POST_OTHER);
        assert_true((activity->flags & POST_MALFORMED) != 0);
        assert_int_equal(activity->links->len, 0);
        assert_string_equal(activity->author.address, "");
        record_post_clear(&record);
    }
}

static void a_mail_set_aside_is_counted_unread(void **state)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static("evil", 4);
    const ActivityOrigin origin = origin_at(1000);
    g_autoptr(Activity) activity = activity_new_unread(bytes, &origin);
    PostRecord record = record_of(activity);

    (void)state;
    assert_int_equal(activity->kinds.of_person, POST_OTHER);
    assert_int_equal(activity->kinds.of_bot, POST_OTHER);
    assert_int_equal(activity->flags,
                     POST_MALFORMED | POST_SET_ASIDE | POST_DATE_DOUBTFUL);
    assert_int_equal(record.flags, activity->flags);
    assert_int_equal(record.size, 4711);
    assert_string_equal(record.subject, "");
    assert_int_equal(activity->credits->len, 0);
    record_post_clear(&record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_patch_names_its_files_what_it_fixes_and_its_base),
        cmocka_unit_test(only_a_patch_has_files),
        cmocka_unit_test(a_long_list_of_files_is_cut),
        cmocka_unit_test(a_pull_request_says_where_to_pull_from),
        cmocka_unit_test(a_diffstat_is_believed_up_to_what_the_diff_holds),
        cmocka_unit_test(a_patch_is_what_its_mail_says),
        cmocka_unit_test(the_kept_text_reaches_what_text_and_classic_show),
        cmocka_unit_test(only_heads_and_classic_entries_keep_text),
        cmocka_unit_test(a_kept_text_ends_within_64_KiB_at_a_character),
        cmocka_unit_test(classic_counts_the_in_body_author_of_an_answer_too),
        cmocka_unit_test(classic_counts_the_relay_of_a_patch),
        cmocka_unit_test(an_answer_credits_and_a_sent_back_patch_does_not),
        cmocka_unit_test(a_reply_is_linked_to_its_parent_and_root),
        cmocka_unit_test(without_in_reply_to_the_last_reference_is_the_parent),
        cmocka_unit_test(a_part_is_linked_to_its_series_title_change_and_diff),
        cmocka_unit_test(
            only_heads_have_a_work_and_what_may_be_reworded_is_known_by_it),
        cmocka_unit_test(superseded_ids_stand_before_other_names),
        cmocka_unit_test(a_notice_names_what_it_links_to),
        cmocka_unit_test(flags_tell_what_is_wrong_with_a_mail),
        cmocka_unit_test(what_the_capture_saw_is_flagged),
        cmocka_unit_test(a_given_mark_wins_over_the_derived_one),
        cmocka_unit_test(arrivals_stay_within_what_a_row_holds),
        cmocka_unit_test(a_mail_of_nothing_gives_an_activity),
        cmocka_unit_test(a_mail_set_aside_is_counted_unread),
    };

    mail_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
