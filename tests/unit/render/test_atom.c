/* SPDX-License-Identifier: MIT */
/*
 * A feed as RFC 4287 has it: read back, so that what a feed reader finds is
 * what is compared.
 */
#include "render/renderer.h"
#include "render/site.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"

/* "feed/entry/title: text" a line, attributes as "feed/link@href: text". */
typedef struct Reading {
    GString *path, *out, *text;
} Reading;

static void start(GMarkupParseContext *context, const char *name,
                  const char **names, const char **values, gpointer data,
                  GError **error)
{
    const Reading *reading = data;

    (void)context;
    (void)error;
    g_string_append_printf(reading->path, "/%s", name);
    for (unsigned i = 0; names[i] != NULL; i++)
        g_string_append_printf(reading->out, "%s@%s: %s\n", reading->path->str,
                               names[i], values[i]);
    g_string_truncate(reading->text, 0);
}

static void end(GMarkupParseContext *context, const char *name, gpointer data,
                GError **error)
{
    const Reading *reading = data;

    (void)context;
    (void)error;
    if (reading->text->len > 0 && *g_strstrip(reading->text->str) != '\0')
        g_string_append_printf(reading->out, "%s: %s\n", reading->path->str,
                               reading->text->str);
    g_string_truncate(reading->text, 0);
    g_string_truncate(reading->path, reading->path->len - strlen(name) - 1);
}

static void text_of(GMarkupParseContext *context, const char *text,
                    gsize length, gpointer data, GError **error)
{
    const Reading *reading = data;

    (void)context;
    (void)error;
    g_string_append_len(reading->text, text, (gssize)length);
}

static char *read_back(const char *feed)
{
    const GMarkupParser parser = { start, end, text_of, NULL, NULL };
    Reading reading = { g_string_new(NULL), g_string_new(NULL),
                        g_string_new(NULL) };
    g_autoptr(GMarkupParseContext) context =
        g_markup_parse_context_new(&parser, 0, &reading, NULL);
    g_autoptr(GError) error = NULL;

    if (!g_markup_parse_context_parse(context, feed, -1, &error) ||
        !g_markup_parse_context_end_parse(context, &error))
        fail_msg("%s:\n%s", error->message, feed);
    g_string_free(reading.path, TRUE);
    g_string_free(reading.text, TRUE);
    return g_string_free(reading.out, FALSE);
}

static char *render(const Digest *digest, const RenderSite *site)
{
    const RenderOptions options = { .sections = SECTION_ALL, .site = site };
    g_autoptr(GString) out = g_string_new(NULL);

    render_atom.render(digest, &options, out);
    return read_back(out->str);
}

static unsigned count_of(const char *text, const char *word)
{
    unsigned count = 0;

    for (const char *at = text; (at = strstr(at, word)) != NULL;
         at += strlen(word))
        count++;
    return count;
}

static void assert_has(const char *feed, const char *line)
{
    g_autofree char *whole = g_strconcat("\n", line, "\n", NULL);
    g_autofree char *framed = g_strconcat("\n", feed, NULL);

    if (strstr(framed, whole) == NULL)
        fail_msg("no \"%s\" in:\n%s", line, feed);
}

static void a_feed_has_what_rfc_4287_wants(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    g_autofree char *feed = render(digest, NULL);

    (void)state;
    assert_has(feed, "/feed@xmlns: http://www.w3.org/2005/Atom");
    assert_has(feed, "/feed/id: tag:kvm.example.org,2000:patch-sets");
    assert_has(feed, "/feed/title: KVM mailing list: patch sets");
    assert_has(feed, "/feed/updated: 2025-09-29T05:12:17Z");
    assert_int_equal(count_of(feed, "/feed/entry/id: "), 2);
    assert_int_equal(count_of(feed, "/feed/entry/updated: "), 2);
    assert_int_equal(count_of(feed, "/feed/entry/title: "), 2);
    assert_int_equal(count_of(feed, "/feed/entry/author/name: "), 2);
    assert_has(feed, "/feed/entry/title: RFC: an idea");
    assert_has(feed, "/feed/entry/category@term: updated");
    assert_has(feed, "/feed/entry/link@href: "
                     "https://lists.example.org/1@example.org/");
    assert_has(feed, "/feed/entry/id: tag:kvm.example.org,2000:set/"
                     "29a23e72d0000000000000000000000000000000");
}

/* An entry changes when its set is applied, and so does the feed. */
static void applying_updates_an_entry(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    DigestSet *set = digest->sets->pdata[0];
    g_autofree char *later = NULL;
    g_autofree char *earlier = NULL;

    (void)state;
    set->applied->arrival_ms += INT64_C(86400000);
    later = render(digest, NULL);
    assert_has(later, "/feed/entry/updated: 2025-09-30T05:12:17Z");
    assert_has(later, "/feed/entry/published: 2025-09-29T05:12:17Z");
    assert_has(later, "/feed/updated: 2025-09-30T05:12:17Z");
    set->applied->arrival_ms = 1000; /* a clock that was wrong */
    earlier = render(digest, NULL);
    assert_has(earlier, "/feed/updated: 2025-09-29T05:12:17Z");
}

/* U+FFFE and controls are none of XML's characters. */
static void whatever_mail_holds_the_feed_is_xml(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    DigestSet *set = digest->sets->pdata[1];
    g_autofree char *feed = NULL;

    (void)state;
    g_free(set->title);
    set->title = g_strdup("]]> <b>&amp; \xef\xbf\xbe\xef\xbf\xbf\001");
    g_free(set->author.name);
    set->author.name = g_strdup("");
    g_free(set->author.email);
    set->author.email = NULL;
    feed = render(digest, NULL);
    assert_null(strstr(feed, "\xef\xbf\xbe"));
    assert_null(strstr(feed, "\xef\xbf\xbf"));
    assert_null(strchr(feed, '\001'));
    assert_non_null(strstr(feed, "/feed/entry/title: RFC: ]]> <b>&amp; "));
    /* an author without a name has one all the same: RFC 4287, 3.2.1 */
    assert_int_equal(count_of(feed, "/feed/entry/author/name: "), 2);
}

/* RFC 4287, 4.1.2: what has no link must have a content. */
static void an_entry_leads_somewhere_or_holds_something(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    const RenderOptions bare = { .sections = SECTION_PATCHES };
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *feed = NULL;

    (void)state;
    render_atom.render(digest, &bare, out);
    feed = read_back(out->str);
    assert_int_equal(count_of(feed, "/feed/entry/link@href: "), 1);
    assert_has(feed, "/feed/entry/content: [RFC PATCH] an idea");
    assert_int_equal(count_of(feed, "/feed/entry/content: "), 1);
}

static void on_a_site_links_are_its_own(void **state)
{
    const RenderSite site = { .root = "../",
                              .list_root = "",
                              .path = "kvm/2025-09",
                              .base_url = "https://site.example/",
                              .heading = "KVM in September" };
    RenderSite nowhere = site;
    g_autoptr(Digest) digest = digests_full();
    g_autofree char *feed = render(digest, &site);
    g_autofree char *local = NULL;

    (void)state;
    nowhere.base_url = "";
    local = render(digest, &nowhere);
    assert_has(feed, "/feed/id: https://site.example/kvm/2025-09.html");
    assert_has(feed, "/feed/title: KVM in September");
    assert_has(feed, "/feed/link@href: https://site.example/kvm/2025-09.atom");
    assert_has(feed, "/feed/link@href: 2025-09.html");
    assert_int_equal(count_of(feed, "/feed/entry/link@href: set/29a23e72d"), 2);
    assert_has(local, "/feed/id: tag:kvm.example.org,2000:kvm/2025-09");
    assert_null(strstr(local, "@rel: self"));
}

static void an_empty_digest_is_a_feed(void **state)
{
    g_autoptr(Digest) digest = digests_empty();
    g_autofree char *feed = render(digest, NULL);

    (void)state;
    assert_has(feed, "/feed/updated: 1970-01-01T00:00:00Z");
    assert_null(strstr(feed, "/feed/entry"));
}

static void all_lists_are_one_feed(void **state)
{
    const RenderSite site = { .base_url = "https://site.example/",
                              .heading = "Lists" };
    const SiteList lists[] = {
        { .id = "kvm.example.org",
          .title = "KVM <b>",
          .folder = "kvm",
          .posts = 88,
          .last_ms = INT64_C(1759122737000) },
        { .id = "a list/without.example.org",
          .title = "",
          .folder = "other",
          .posts = 1,
          .last_ms = 0 },
    };
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *feed = NULL;

    (void)state;
    site_atom_front(&site, lists, G_N_ELEMENTS(lists), out);
    feed = read_back(out->str);
    assert_has(feed, "/feed/id: https://site.example/index.html");
    assert_has(feed, "/feed/updated: 2025-09-29T05:12:17Z");
    assert_has(feed, "/feed/entry/title: KVM <b>");
    assert_has(feed, "/feed/entry/id: tag:kvm.example.org,2000:list");
    assert_has(feed,
               "/feed/entry/id: tag:a%20list%2Fwithout.example.org,2000:list");
    assert_has(feed,
               "/feed/entry/link@href: https://site.example/kvm/index.html");
    assert_has(feed, "/feed/entry/summary: 88 posts");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_feed_has_what_rfc_4287_wants),
        cmocka_unit_test(applying_updates_an_entry),
        cmocka_unit_test(whatever_mail_holds_the_feed_is_xml),
        cmocka_unit_test(an_entry_leads_somewhere_or_holds_something),
        cmocka_unit_test(on_a_site_links_are_its_own),
        cmocka_unit_test(an_empty_digest_is_a_feed),
        cmocka_unit_test(all_lists_are_one_feed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
