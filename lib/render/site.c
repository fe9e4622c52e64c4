/* SPDX-License-Identifier: MIT */
#include "render/site.h"

#include "base/hex.h"
#include "base/moment.h"
#include "base/sha.h"
#include "base/text.h"
#include "render/html_text.h"
#include "render/page.h"

#include <string.h>

#include "base/banned.h"

enum {
    TITLE_MAX = 300,     /* bytes of a line from mail */
    NAME_MAX_BYTES = 40, /* of a file name, before its hash */
    HASH_BYTES = 4,
    FOLDER_MAX_BYTES = 200,
};

/* --- names of files --------------------------------------------------- */

SiteLink *site_link_new(const char *words, const char *href)
{
    SiteLink *link = g_new0(SiteLink, 1);

    link->words = g_strdup(words);
    link->href = g_strdup(href);
    return link;
}

void site_link_free(SiteLink *link)
{
    if (link == NULL)
        return;
    g_free(link->words);
    g_free(link->href);
    g_free(link);
}

char *site_person_key(const DigestPerson *person)
{
    if (person->email == NULL || *person->email == '\0')
        return NULL;
    return g_utf8_strdown(person->email, -1);
}

char *site_person_name(const char *key)
{
    uint8_t digest[SHA1_BYTES];
    char hash[2 * HASH_BYTES + 1];
    GString *name = g_string_new(NULL);

    for (const char *at = key; *at != '\0' && name->len < NAME_MAX_BYTES;
         at++) {
        if (g_ascii_isalnum(*at))
            g_string_append_c(name, g_ascii_tolower(*at));
        else if (name->len > 0 && name->str[name->len - 1] != '-')
            g_string_append_c(name, '-');
    }
    sha1_of(key, strlen(key), digest);
    hex_encode(digest, HASH_BYTES, hash);
    if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c(name, '-');
    g_string_append(name, hash);
    return g_string_free(name, FALSE);
}

/* What stands at the site's top beside the folders of lists. */
static bool is_taken(const char *name)
{
    static const char *const names[] = {
        "index.html",   "index.json",      "index.atom", "style.css",
        "listpulse.js", SITE_GROUP_FOLDER, NULL
    };

    return g_strv_contains(names, name);
}

/* A "_" that no two hex digits follow is in no name made of a list's id. */
static void put_name(GString *folder, const char *list)
{
    for (const char *at = list; *at != '\0' && folder->len < FOLDER_MAX_BYTES;
         at++) {
        if (g_ascii_isalnum(*at) || *at == '-' ||
            (*at == '.' && folder->len > 0))
            g_string_append_c(folder, g_ascii_tolower(*at));
        else
            g_string_append_printf(folder, "_%02x", (unsigned char)*at);
    }
    if (is_taken(folder->str))
        g_string_append_c(folder, '_');
}

char *site_list_folder(const char *list)
{
    GString *folder = g_string_new(NULL);

    put_name(folder, list);
    return g_string_free(folder, FALSE);
}

char *site_group_path(const char *group)
{
    g_autofree char *name = site_list_folder(group);

    return g_strconcat(SITE_GROUP_FOLDER "/", name, NULL);
}

void site_group_free(SiteGroup *group)
{
    if (group == NULL)
        return;
    g_free(group->name);
    g_free(group->title);
    g_free(group->path);
    g_free(group->timezone);
    g_free(group);
}

/* From the page to the folder in which key, of pages, has its page. */
static const char *root_of(const RenderSite *site, GHashTable *pages,
                           const char *key)
{
    return site->is_of_several ? g_hash_table_lookup(pages, key)
                               : site->list_root;
}

char *site_set_href(const RenderSite *site, const char *mark)
{
    if (mark == NULL ||
        (site->sets != NULL && !g_hash_table_contains(site->sets, mark)))
        return NULL;
    return g_strconcat(root_of(site, site->sets, mark), "set/", mark, ".html",
                       NULL);
}

char *site_person_href(const RenderSite *site, const DigestPerson *person)
{
    g_autofree char *key = site_person_key(person);

    if (key == NULL || site->people == NULL ||
        !g_hash_table_contains(site->people, key))
        return NULL;

    g_autofree char *name = site_person_name(key);
    return g_strconcat(root_of(site, site->people, key), "person/", name,
                       ".html", NULL);
}

/* --- the frame -------------------------------------------------------- */

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
    " style-src 'self'; script-src 'self'; base-uri 'none'; form-action "
    "'none'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, "
    "initial-scale=1\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\">\n"
    "<meta name=\"generator\" content=\"listpulse\">\n<title>";

static const char *file_name(const RenderSite *site)
{
    const char *slash = strrchr(site->path, '/');

    return slash != NULL ? slash + 1 : site->path;
}

/* Names of ours, which hold nothing to be escaped. */
static void put_beside(GString *out, const RenderSite *site)
{
    const char *name = file_name(site);

    g_string_append_printf(
        out,
        "<link rel=\"stylesheet\" href=\"%sstyle.css\">\n"
        "<link rel=\"alternate\" type=\"application/atom+xml\" "
        "href=\"%s.atom\">\n"
        "<link rel=\"alternate\" type=\"application/json\" "
        "href=\"%s.json\">\n"
        "<script src=\"%slistpulse.js\" defer></script>\n",
        site->root, name, name, site->root);
}

static void put_links(GString *out, const char *label, const GPtrArray *links)
{
    if (links == NULL || links->len == 0)
        return;
    g_string_append_printf(out, "<nav aria-label=\"%s\">\n", label);
    for (unsigned i = 0; i < links->len; i++) {
        const SiteLink *link = links->pdata[i];

        if (link->href != NULL) {
            g_string_append(out, "<a href=\"");
            html_mail(out, link->href);
            g_string_append(out, "\">");
        } else {
            g_string_append(out, "<b>");
        }
        html_mail(out, link->words);
        g_string_append(out, link->href != NULL ? "</a>\n" : "</b>\n");
    }
    g_string_append(out, "</nav>\n");
}

void site_open(GString *out, const RenderSite *site)
{
    g_autofree char *heading = text_cut(site->heading, TITLE_MAX);

    g_string_append(out, head);
    html_mail(out, heading);
    g_string_append(out, "</title>\n");
    put_beside(out, site);
    g_string_append(out, "</head>\n<body>\n<main>\n");
    put_links(out, "Pages", site->ways);
    g_string_append(out, "<h1>");
    html_broken(out, heading);
    g_string_append(out, "</h1>\n");
    if (site->aside != NULL && *site->aside != '\0') {
        g_string_append(out, "<p class=\"dim\">");
        html_broken(out, site->aside);
        g_string_append(out, "</p>\n");
    }
    put_links(out, "Weeks", site->weeks);
    put_links(out, "Parts of this page", site->parts);
    if (site->lead != NULL)
        g_string_append(out, site->lead);
}

void site_close(GString *out, const RenderSite *site)
{
    const char *name = file_name(site);

    put_links(out, "Parts of this page", site->parts);
    g_string_append_printf(
        out,
        "<footer class=\"dim\"><a href=\"%s.json\">JSON</a> "
        "<a href=\"%s.atom\">Atom</a> written by listpulse</footer>\n"
        "</main>\n</body>\n</html>\n",
        name, name);
}

/* --- pieces ----------------------------------------------------------- */

void site_title(GString *out, const char *title, const char *href)
{
    g_autofree char *cut = text_cut(title, TITLE_MAX);

    if (href != NULL) {
        g_string_append(out, "<a href=\"");
        html_mail(out, href);
        g_string_append(out, "\">");
    }
    html_broken(out, *cut != '\0' ? cut : "(no subject)");
    if (strlen(cut) < strlen(title))
        g_string_append(out, " ...");
    if (href != NULL)
        g_string_append(out, "</a>");
}

void site_person(GString *out, const RenderSite *site,
                 const DigestPerson *person, bool with_address)
{
    g_autofree char *href = site_person_href(site, person);
    const char *name = page_name(person);
    const char *address = page_address(person);

    site_title(out, name != NULL && *name != '\0' ? name : "(nobody)", href);
    if (!with_address || address == NULL)
        return;
    g_string_append(out, " <span class=\"dim\">&lt;");
    site_title(out, address, NULL);
    g_string_append(out, "&gt;</span>");
}

void site_time(GString *out, const Digest *digest, int64_t time_ms)
{
    g_autofree char *time = moment_show(time_ms, digest->timezone);

    html_mail(out, time);
}
