/* SPDX-License-Identifier: MIT */
#include "publish/group.h"

#include "digest/archive.h"
#include "digest/load.h"
#include "publish/front.h"
#include "publish/page_files.h"
#include "render/renderer.h"

#include <string.h>

#include "base/banned.h"

enum { WAITING_DAYS = 90 };

static const int64_t SHOWN_MS = INT64_C(30) * 24 * 3600 * 1000;
static const char NAMES_PATH[] = ".listpulse/groups";

typedef struct GroupPage {
    const Publishing *publishing;
    Tree *tree;
    const GroupSettings *group;
    ListSettings *settings; /* of the lists as one */
    GPtrArray *fronts;      /* Front *, lent: its lists */
    GPtrArray *members;     /* ListSettings *, likewise, ends with NULL */
    GHashTable *sets;       /* mark -> the way to the list's folder */
    GHashTable *people;     /* key -> likewise */
    int64_t newest_ms;
    char *path; /* of its files, without ending */
} GroupPage;

static void page_clear(GroupPage *page)
{
    list_settings_free(page->settings);
    g_ptr_array_unref(page->fronts);
    g_ptr_array_unref(page->members);
    g_hash_table_unref(page->sets);
    g_hash_table_unref(page->people);
    g_free(page->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GroupPage, page_clear)

static void settings_release(gpointer settings)
{
    list_settings_free(settings);
}

/* --- its lists --------------------------------------------------------- */

static void take_lists(GroupPage *page, const GPtrArray *fronts)
{
    for (unsigned i = 0; i < fronts->len; i++) {
        Front *front = fronts->pdata[i];
        g_autoptr(ListSettings) list = settings_list_or_default(
            page->publishing->settings, front_id(front));

        if (!settings_group_has(page->group, list))
            continue;
        g_ptr_array_add(page->fronts, front);
        g_ptr_array_add(page->members, g_steal_pointer(&list));
        page->newest_ms = MAX(page->newest_ms, front_last(front));
    }
    g_ptr_array_add(page->members, NULL);
}

static GroupPage page_of(const Publishing *publishing, Tree *tree,
                         const GroupSettings *group, const GPtrArray *fronts)
{
    GroupPage page = {
        .publishing = publishing,
        .tree = tree,
        .group = group,
        .settings = settings_list_or_default(publishing->settings, group->name),
        .fronts = g_ptr_array_new(),
        .members = g_ptr_array_new_with_free_func(settings_release),
        .sets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .people =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .path = site_group_path(group->name),
    };

    g_free(page.settings->title);
    page.settings->title = settings_group_title(group);
    take_lists(&page, fronts);
    return page;
}

/* Of a person, or a set, on several lists, the first one's page. */
static void note(GHashTable *pages, const char *key, const char *root)
{
    if (!g_hash_table_contains(pages, key))
        g_hash_table_insert(pages, g_strdup(key), g_strdup(root));
}

static void note_book(const GroupPage *page, const Book *book, const char *root)
{
    GHashTableIter iterator;
    gpointer key;

    for (unsigned i = 0; i < book->months->len; i++) {
        const BookUnit *month = book->months->pdata[i];

        for (unsigned j = 0; j < month->patch_sets->len; j++) {
            const DigestSet *set = month->patch_sets->pdata[j];

            if (set->mark != NULL)
                note(page->sets, set->mark, root);
        }
    }
    g_hash_table_iter_init(&iterator, book->person_pages);
    while (g_hash_table_iter_next(&iterator, &key, NULL))
        note(page->people, key, root);
}

static bool note_pages(const GroupPage *page, GError **error)
{
    for (unsigned i = 0; i < page->fronts->len; i++) {
        const char *folder = front_folder(page->fronts->pdata[i]);
        g_autofree char *root = g_strconcat("../", folder, "/", NULL);
        g_autoptr(GError) failure = NULL;
        g_autoptr(Book) book = page_read_book(page->tree, folder, &failure);

        if (failure != NULL) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        if (book != NULL)
            note_book(page, book, root);
    }
    return true;
}

/* --- what came to them -------------------------------------------------- */

static bool join(const GroupPage *page, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();

    for (unsigned i = 0; i + 1 < page->members->len; i++) {
        const ListSettings *list = page->members->pdata[i];

        g_ptr_array_add(ids, list->id);
    }
    g_ptr_array_add(ids, NULL);
    return store_join(page->publishing->store, page->settings->id,
                      (const char *const *)ids->pdata, error);
}

static Digest *load(const GroupPage *page, GError **error)
{
    const IntervalRequest interval = {
        .has_from = true,
        .from_ms = MAX(page->newest_ms + 1 - SHOWN_MS, 0),
        .has_until = true,
        .until_ms = page->newest_ms + 1,
    };
    const DigestRequest request = {
        .list = page->settings->id,
        .several = (const ListSettings *const *)page->members->pdata,
        .settings = page->settings,
        .interval = &interval,
        .identity = page->publishing->identity,
        .sections = SECTION_ALL & ~(unsigned)SECTION_ENTRIES,
        .waiting_days = WAITING_DAYS,
        .with_previous = true,
        .now_ms = page->newest_ms + 1,
    };

    return join(page, error)
               ? digest_load(page->publishing->store, &request, error)
               : NULL;
}

/* --- the page ----------------------------------------------------------- */

static char *aside_of(const GroupPage *page)
{
    const char *zone = page->settings->timezone;
    g_autofree char *first =
        moment_format(page->newest_ms + 1 - SHOWN_MS, zone, "%Y-%m-%d %H:%M");
    g_autofree char *last =
        moment_format(page->newest_ms, zone, "%Y-%m-%d %H:%M %Z");

    return g_strdup_printf("%s to %s, a mail to several lists once", first,
                           last);
}

static bool put_part(const GroupPage *page, const Digest *digest,
                     const RenderSite *whole, unsigned part, unsigned parts,
                     GError **error)
{
    const char *name = strrchr(page->path, '/') + 1;
    g_autofree char *file = page_part_name(page->path, part);
    g_autofree char *path = g_strconcat(file, ".html", NULL);
    g_autoptr(GPtrArray) links = page_part_links(name, parts, part);
    g_autoptr(GString) out = g_string_new(NULL);
    RenderSite site = *whole;
    const RenderOptions options = {
        .sections = part == 0 ? SECTION_ALL & ~(unsigned)SECTION_ENTRIES
                              : PAGE_LONG_SECTIONS,
        .with_previous = true,
        .sets_heading = "Patch sets",
        .site = &site,
        .first_row = part * PAGE_ROWS_MAX,
        .most_rows = PAGE_ROWS_MAX,
    };

    site.parts = links;
    site.lead = part == 0 ? whole->lead : NULL;
    render_html.render(digest, &options, out);
    return tree_write(page->tree, path, out, error);
}

static bool put_feeds(const GroupPage *page, const Digest *digest,
                      const RenderSite *site, GError **error)
{
    const PageWork work = { .tree = page->tree };
    g_autoptr(GPtrArray) newest = page_first_of(digest->sets, PAGE_FEED_MAX);
    const Digest feed = page_digest_of_sets(digest, newest);

    return page_put_json(&work, page->path, digest,
                         SECTION_ALL & ~(unsigned)SECTION_ENTRIES, error) &&
           page_put_atom(&work, site, &feed, SECTION_PATCHES, error);
}

static bool put_page(const GroupPage *page, const Digest *digest,
                     unsigned parts, GError **error)
{
    g_autofree char *aside = aside_of(page);
    g_autofree SiteUnit *latest =
        g_new0(SiteUnit, (size_t)page->fronts->len + 1);
    g_autoptr(GArray) lists = front_lists(page->fronts, latest);
    g_autoptr(GPtrArray) ways = page_links_new();
    g_autoptr(GString) lead = g_string_new(NULL);
    RenderSite site = {
        .root = "../",
        .path = page->path,
        .base_url = page->publishing->base_url,
        .heading = page->settings->title,
        .aside = aside,
        .ways = ways,
        .people = page->people,
        .sets = page->sets,
        .is_of_several = true,
    };

    page_links_add(ways, "All lists", "../index.html");
    site_lead_group(&site, (const SiteList *)(void *)lists->data, lists->len,
                    lead);
    site.lead = lead->str;
    for (unsigned i = 0; i < parts; i++) {
        if (!put_part(page, digest, &site, i, parts, error))
            return false;
    }
    return put_feeds(page, digest, &site, error);
}

static SiteGroup *group_of(const GroupPage *page, const Digest *digest)
{
    SiteGroup *made = g_new0(SiteGroup, 1);

    made->name = g_strdup(page->group->name);
    made->title = g_strdup(page->settings->title);
    made->path = g_strdup(page->path);
    made->timezone = g_strdup(page->settings->timezone);
    made->lists = page->fronts->len;
    made->posts = digest->totals.posts;
    made->last_ms = page->newest_ms;
    made->parts = page_parts_of(digest);
    return made;
}

static bool make(const GroupPage *page, GPtrArray *made, GError **error)
{
    g_autoptr(Digest) digest = load(page, error);

    if (digest == NULL || !note_pages(page, error) ||
        !put_page(page, digest, page_parts_of(digest), error))
        return false;
    g_ptr_array_add(made, group_of(page, digest));
    return true;
}

static bool learn_archives(const GroupPage *page, GError **error)
{
    for (unsigned i = 0; page->members->pdata[i] != NULL; i++)
        if (!archive_learn(page->publishing->store, page->members->pdata[i],
                           error))
            return false;
    return true;
}

/* --- what is gone ------------------------------------------------------- */

static void add_files(const SiteGroup *group, GHashTable *files)
{
    g_hash_table_add(files, g_strconcat(group->path, ".json", NULL));
    g_hash_table_add(files, g_strconcat(group->path, ".atom", NULL));
    for (unsigned i = 0; i < group->parts; i++) {
        g_autofree char *part = page_part_name(group->path, i);

        g_hash_table_add(files, g_strconcat(part, ".html", NULL));
    }
}

static int compare_names(gconstpointer one, gconstpointer other)
{
    return strcmp(one, other);
}

/* The names of the files stay beside the books, a line each. */
static bool write_names(Tree *tree, GHashTable *files, GError **error)
{
    g_autoptr(GList) names =
        g_list_sort(g_hash_table_get_keys(files), compare_names);
    g_autoptr(GString) out = g_string_new(NULL);

    for (const GList *at = names; at != NULL; at = at->next)
        g_string_append_printf(out, "%s\n", (const char *)at->data);
    return out->len == 0 ? tree_remove(tree, NAMES_PATH, error)
                         : tree_write(tree, NAMES_PATH, out, error);
}

/* Only what is a page of a group: the file may have been changed. */
static bool is_ours(const char *path)
{
    return g_str_has_prefix(path, SITE_GROUP_FOLDER "/") &&
           strstr(path, "..") == NULL;
}

static bool remove_gone(Tree *tree, GHashTable *files, GError **error)
{
    g_autoptr(GError) failure = NULL;
    gsize length = 0;
    g_autofree char *text = tree_read(tree, NAMES_PATH, &length, &failure);

    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }

    g_auto(GStrv) told = g_strsplit(text != NULL ? text : "", "\n", -1);
    for (char **path = told; *path != NULL; path++) {
        if (is_ours(*path) && !g_hash_table_contains(files, *path) &&
            !tree_remove(tree, *path, error))
            return false;
    }
    return true;
}

/* --- the whole ---------------------------------------------------------- */

bool groups_make(const Publishing *publishing, Tree *tree,
                 const GPtrArray *fronts, GPtrArray *made, GError **error)
{
    const GPtrArray *groups = publishing->settings->groups;
    g_autoptr(GHashTable) files =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (unsigned i = 0; i < groups->len; i++) {
        g_auto(GroupPage) page =
            page_of(publishing, tree, groups->pdata[i], fronts);

        if (page.fronts->len > 0 &&
            (!learn_archives(&page, error) || !make(&page, made, error)))
            return false;
    }
    for (unsigned i = 0; i < made->len; i++)
        add_files(made->pdata[i], files);
    return remove_gone(tree, files, error) && write_names(tree, files, error);
}
