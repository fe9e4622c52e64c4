/* SPDX-License-Identifier: MIT */
/*
 * The patch sets of a digest as an Atom feed (RFC 4287). What has no address
 * of its own is named by a tag: URI (RFC 4151) of its list, which stays the
 * same wherever the feed is read. An entry is updated when its set is applied.
 */
#include "base/text.h"
#include "render/page.h"
#include "render/phrases.h"
#include "render/site.h"

#include <string.h>

#include "base/banned.h"

enum { TAG_YEAR = 2000 }; /* a tag's date never changes */

static const char feed_start[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n";

/* XML has no way to say U+FFFE and U+FFFF, nor controls, which are visible
 * already. */
static void put_mail(GString *out, const char *text, bool keep_lines)
{
    g_autoptr(GString) visible = g_string_new(NULL);

    if (text == NULL)
        return;
    text_append_visible(visible, text, strlen(text), keep_lines);
    g_string_replace(visible, "\xef\xbf\xbe", "\xef\xbf\xbd", 0);
    g_string_replace(visible, "\xef\xbf\xbf", "\xef\xbf\xbd", 0);

    g_autofree char *escaped = g_markup_escape_text(visible->str, -1);
    g_string_append(out, escaped);
}

static void put_element(GString *out, const char *name, const char *text)
{
    g_string_append_printf(out, "<%s>", name);
    put_mail(out, text, false);
    g_string_append_printf(out, "</%s>\n", name);
}

static void put_time(GString *out, const char *name, int64_t time_ms)
{
    g_autoptr(GDateTime) time =
        g_date_time_new_from_unix_utc(MAX(time_ms, 0) / 1000);
    g_autofree char *text =
        time != NULL ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

    put_element(out, name, text != NULL ? text : "1970-01-01T00:00:00Z");
}

static void put_link(GString *out, const char *relation, const char *href)
{
    g_string_append_printf(out, "<link rel=\"%s\" href=\"", relation);
    put_mail(out, href, false);
    g_string_append(out, "\"/>\n");
}

/* tag:kvm.vger.kernel.org,2000:WHAT. A list's id is the domain of a tag where
 * it can be one. */
static void put_tag(GString *out, const Digest *digest, const char *what)
{
    g_autofree char *list = g_uri_escape_string(
        digest->list_id != NULL ? digest->list_id : "list", NULL, FALSE);

    g_string_append_printf(out, "<id>tag:%s,%d:", list, TAG_YEAR);
    put_mail(out, what, false);
    g_string_append(out, "</id>\n");
}

static int64_t updated_ms(const DigestSet *set)
{
    return set->applied != NULL ? MAX(set->arrival_ms, set->applied->arrival_ms)
                                : set->arrival_ms;
}

/* --- one set ---------------------------------------------------------- */

static void put_author(GString *out, const DigestPerson *person)
{
    const char *name = page_name(person);

    g_string_append(out, "<author>\n");
    put_element(out, "name", name != NULL && *name != '\0' ? name : "nobody");
    if (person->email != NULL && strchr(person->email, '@') != NULL)
        put_element(out, "email", person->email);
    g_string_append(out, "</author>\n");
}

/* On a site its page, else its mail in the archive. */
static void put_place(const Page *page, const DigestSet *set)
{
    const RenderSite *site = page->options->site;

    if (site != NULL) {
        g_autofree char *href = site_set_href(site, set->mark);

        if (href != NULL)
            put_link(page->out, "alternate", href);
    } else if (page_is_link(set->url)) {
        put_link(page->out, "alternate", set->url);
    }
}

static void put_title(GString *out, const DigestSet *set)
{
    g_autofree char *label = phrase_label(set);
    g_autofree char *title = g_strdup_printf("%s: %s", label, page_title(set));

    put_element(out, "title", title);
}

static void put_summary(GString *out, const DigestSet *set)
{
    g_autofree char *parts = phrase_parts(set);
    g_autofree char *reviewed = phrase_reviewed(set);
    const char *outcome = phrase_outcome(set);
    g_autofree char *summary = g_strdup_printf(
        "%s%s%s%s%s%s", *parts != '\0' ? parts : "",
        *parts != '\0' ? " parts" : "", *reviewed != '\0' ? ", reviewed " : "",
        reviewed, *outcome != '\0' ? ", " : "", outcome);

    put_element(out, "summary", summary);
}

/* An entry that leads nowhere must hold something. */
static void put_content(const Page *page, const DigestSet *set)
{
    const bool is_asked = (page->options->sections & SECTION_ENTRIES) != 0;
    const bool is_linked =
        page->options->site != NULL || page_is_link(set->url);
    size_t length;
    const char *start = page_trim(is_asked ? set->text : NULL, &length);
    g_autofree char *text = length > 0 ? g_strndup(start, length) : NULL;

    if (text == NULL && is_linked)
        return;
    g_string_append(page->out, "<content type=\"text\">");
    put_mail(page->out, text != NULL ? text : set->subject, text != NULL);
    g_string_append(page->out, "</content>\n");
}

static void put_entry(const Page *page, const DigestSet *set)
{
    GString *out = page->out;
    g_autofree char *what =
        g_strconcat("set/", set->mark != NULL ? set->mark : "", NULL);

    g_string_append(out, "<entry>\n");
    put_tag(out, page->digest, what);
    put_title(out, set);
    put_time(out, "published", set->arrival_ms);
    put_time(out, "updated", updated_ms(set));
    put_author(out, &set->author);
    put_place(page, set);
    g_string_append_printf(out, "<category term=\"%s\"/>\n",
                           digest_state_name(set->state));
    put_summary(out, set);
    put_content(page, set);
    g_string_append(out, "</entry>\n");
}

/* --- the feed --------------------------------------------------------- */

static void put_feed_place(const Page *page)
{
    const RenderSite *site = page->options->site;
    const char *name = strrchr(site->path, '/');
    g_autofree char *own =
        g_strconcat(name != NULL ? name + 1 : site->path, ".html", NULL);
    g_autofree char *self =
        g_strconcat(site->base_url, site->path, ".atom", NULL);

    put_link(page->out, "alternate", own);
    if (*site->base_url != '\0')
        put_link(page->out, "self", self);
}

/* With an address of the site that is the feed's name, else a tag is. */
static void put_feed_id(const Page *page)
{
    const RenderSite *site = page->options->site;
    const Digest *digest = page->digest;

    if (site == NULL) {
        put_tag(page->out, digest, "patch-sets");
    } else if (*site->base_url == '\0') {
        put_tag(page->out, digest, site->path);
    } else {
        g_autofree char *url =
            g_strconcat(site->base_url, site->path, ".html", NULL);

        put_element(page->out, "id", url);
    }
}

static void put_feed_title(const Page *page)
{
    const Digest *digest = page->digest;
    g_autofree char *title = NULL;

    if (page->options->site != NULL)
        title = g_strdup(page->options->site->heading);
    else
        title =
            g_strdup_printf("%s mailing list: patch sets", digest->list_title);
    put_element(page->out, "title", title);
}

static int64_t feed_updated_ms(const Digest *digest)
{
    int64_t latest = 0;

    for (unsigned i = 0; i < digest->sets->len; i++)
        latest = MAX(latest, updated_ms(digest->sets->pdata[i]));
    return latest > 0 ? latest : digest->last_ms;
}

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    const Page page = { NULL, digest, options, out };

    g_string_append(out, feed_start);
    put_feed_id(&page);
    put_feed_title(&page);
    put_time(out, "updated", feed_updated_ms(digest));
    g_string_append(out, "<generator>listpulse</generator>\n");
    if (options->site != NULL)
        put_feed_place(&page);
    for (unsigned i = 0; i < digest->sets->len; i++)
        put_entry(&page, digest->sets->pdata[i]);
    g_string_append(out, "</feed>\n");
}

const Renderer render_atom = { "atom", render };

/* --- all lists -------------------------------------------------------- */

static void put_list(GString *out, const RenderSite *site, const SiteList *list)
{
    g_autofree char *escaped = g_uri_escape_string(list->id, NULL, FALSE);
    g_autofree char *id = g_strdup_printf("tag:%s,%d:list", escaped, TAG_YEAR);
    g_autofree char *href =
        g_strconcat(site->base_url, list->folder, "/index.html", NULL);
    g_autofree char *posts =
        g_strdup_printf("%" G_GUINT64_FORMAT " posts", list->posts);
    const DigestPerson author = { .name = (char *)(uintptr_t)list->id };

    g_string_append(out, "<entry>\n");
    put_element(out, "id", id);
    put_element(out, "title", list->title);
    put_time(out, "updated", list->last_ms);
    put_author(out, &author);
    put_link(out, "alternate", href);
    put_element(out, "summary", posts);
    g_string_append(out, "</entry>\n");
}

void site_atom_front(const RenderSite *site, const SiteList *lists,
                     unsigned count, GString *out)
{
    g_autofree char *url = g_strconcat(site->base_url, "index.html", NULL);
    g_autofree char *self = g_strconcat(site->base_url, "index.atom", NULL);
    int64_t latest = 0;

    for (unsigned i = 0; i < count; i++)
        latest = MAX(latest, lists[i].last_ms);
    g_string_append(out, feed_start);
    put_element(out, "id",
                *site->base_url != '\0' ? url : "tag:listpulse,2000:index");
    put_element(out, "title", site->heading);
    put_time(out, "updated", latest);
    put_link(out, "alternate", url);
    if (*site->base_url != '\0')
        put_link(out, "self", self);
    for (unsigned i = 0; i < count; i++)
        put_list(out, site, &lists[i]);
    g_string_append(out, "</feed>\n");
}
