/* SPDX-License-Identifier: MIT */
#include "digest/archive.h"

#include <string.h>

#include "mail/message.h"
#include "tests/support/posts.h"
#include "tests/support/redis.h"
#include "tests/support/unit.h"

#define LIST "birds.lists.example.org"
#define OWN  "https://lists.example.org/birds/%s/"
#define EVIL "https://lists.example.net/birds/%s/"

typedef struct Flock {
    Store *store;
    unsigned mails; /* that were counted */
} Flock;

/* Counts mails, a minute apart, of so many senders; url: with %s for the
 * Message-ID, or NULL. */
static void add(Flock *flock, unsigned count, unsigned senders, const char *url)
{
    g_autoptr(GPtrArray) posts =
        g_ptr_array_new_with_free_func((GDestroyNotify)activity_free);

    for (unsigned i = 0; i < count; i++) {
        const unsigned number = flock->mails++;
        g_autofree char *id = g_strdup_printf("%u@wren.example", number);
        g_auto(GStrv) around = g_strsplit(url != NULL ? url : "", "%s", 2);
        g_autofree char *archived =
            url != NULL ? g_strjoinv(id, around) : g_strdup("");
        g_autofree char *bytes = g_strdup_printf(
            "From: w%u@wren.example\nSubject: %u\nMessage-ID: <%s>\n"
            "Archived-At: <%s>\nList-Id: <" LIST ">\n\nsong\n",
            i % senders, number, id, archived);
        const ArchiveMail mail = {
            .bytes = bytes,
            .length = strlen(bytes),
            .has_arrival = true,
            .arrival_ms = INT64_C(1700000000000) + INT64_C(60000) * number,
        };

        g_ptr_array_add(posts, test_post(&mail, LIST));
    }
    test_count_posts(flock->store, posts);
}

static void assert_learns(const Flock *flock, const char *pattern)
{
    g_autoptr(Settings) settings = settings_load("/dev/null", "/", NULL);
    g_autoptr(ListSettings) list = settings_list_or_default(settings, LIST);

    assert_true(archive_learn(flock->store, list, NULL));
    assert_string_equal(list->archive, pattern);
    assert_int_equal(list->archive_source,
                     *pattern != '\0' ? ARCHIVE_LEARNT : ARCHIVE_OPEN);
}

static Flock flock_of(void **state)
{
    return (Flock){ .store = ((const TestRedis *)*state)->store };
}

static const char OWN_PATTERN[] =
    "https://lists.example.org/birds/{message-id}/";

static void what_the_newest_posts_agree_on_is_learnt(void **state)
{
    Flock flock = flock_of(state);

    add(&flock, 40, 7, "https://lists.example.org/old/%s");
    add(&flock, 19, 5, OWN);
    assert_learns(&flock, "");
    add(&flock, 1, 5, OWN);
    assert_learns(&flock, OWN_PATTERN);
}

static void too_few_posts_tell_nothing(void **state)
{
    Flock flock = flock_of(state);

    assert_learns(&flock, "");
    add(&flock, 24, 5, OWN);
    assert_learns(&flock, "");
    add(&flock, 1, 5, OWN);
    assert_learns(&flock, OWN_PATTERN);
}

static void forged_headers_lead_nowhere_else(void **state)
{
    Flock flock = flock_of(state);

    add(&flock, 20, 5, OWN);
    add(&flock, 5, 5, EVIL);
    assert_learns(&flock, OWN_PATTERN);
    add(&flock, 1, 1, EVIL);
    assert_learns(&flock, "");
    add(&flock, 30, 10, EVIL); /* all of them, and yet not the list's domain */
    assert_learns(&flock, "");
}

static void one_sender_is_not_the_list(void **state)
{
    Flock flock = flock_of(state);

    add(&flock, 25, 4, OWN);
    assert_learns(&flock, "");
}

static void a_list_without_the_header_has_no_archive(void **state)
{
    Flock flock = flock_of(state);

    add(&flock, 30, 5, NULL);
    assert_learns(&flock, "");
}

static void settings_win(void **state)
{
    static const ArchiveSource sources[] = { ARCHIVE_SET, ARCHIVE_BUILT_IN,
                                             ARCHIVE_LEARNT };
    Flock flock = flock_of(state);

    add(&flock, 25, 5, OWN);
    for (size_t i = 0; i < G_N_ELEMENTS(sources); i++) {
        g_autoptr(Settings) settings = settings_load("/dev/null", "/", NULL);
        g_autoptr(ListSettings) list = settings_list_or_default(settings, LIST);

        list->archive_source = sources[i];
        assert_true(archive_learn(flock.store, list, NULL));
        assert_string_equal(list->archive, "");
    }
}

static void a_link_says_who_told_it(void **state)
{
    (void)state;
    assert_string_equal(archive_source_words(ARCHIVE_LEARNT),
                        "learnt from the list's mail");
    assert_string_equal(archive_source_words(ARCHIVE_OPEN), "");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, test_redis_start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_the_newest_posts_agree_on_is_learnt),
        TEST(too_few_posts_tell_nothing),
        TEST(forged_headers_lead_nowhere_else),
        TEST(one_sender_is_not_the_list),
        TEST(a_list_without_the_header_has_no_archive),
        TEST(settings_win),
        cmocka_unit_test(a_link_says_who_told_it),
    };

    mail_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
