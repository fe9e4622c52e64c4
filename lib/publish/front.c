/* SPDX-License-Identifier: MIT */
#include "publish/front.h"

#include "render/site.h"

#include <string.h>

#include "base/banned.h"

struct Front {
    char *id, *title, *folder, *timezone;
    uint64_t posts;
    int64_t first_ms, last_ms;
    BookUnit *latest; /* numbers only; or NULL */
};

Front *front_new(const ListSettings *settings, const char *folder,
                 const Book *book)
{
    Front *front = g_new0(Front, 1);

    front->id = g_strdup(settings->id);
    front->title = g_strdup(settings->title);
    front->folder = g_strdup(folder);
    front->timezone = g_strdup(settings->timezone);
    front->posts = book->posts;
    front->first_ms = book->first_ms;
    front->last_ms = book->last_ms;
    if (book->months->len > 0) {
        const BookUnit *last = book->months->pdata[book->months->len - 1];

        front->latest = book_unit_new(last->name);
        front->latest->posts = last->posts;
    }
    return front;
}

void front_free(Front *front)
{
    if (front == NULL)
        return;
    g_free(front->id);
    g_free(front->title);
    g_free(front->folder);
    g_free(front->timezone);
    book_unit_free(front->latest);
    g_free(front);
}

const char *front_id(const Front *front)
{
    return front->id;
}

const char *front_folder(const Front *front)
{
    return front->folder;
}

int64_t front_last(const Front *front)
{
    return front->last_ms;
}

/* By the title, under which they stand there. */
static int compare_lists(gconstpointer one, gconstpointer other)
{
    const SiteList *left = one, *right = other;
    const int by_title = g_ascii_strcasecmp(left->title, right->title);

    return by_title != 0 ? by_title : strcmp(left->id, right->id);
}

GArray *front_lists(const GPtrArray *fronts, SiteUnit *latest)
{
    GArray *lists = g_array_new(FALSE, TRUE, sizeof(SiteList));

    for (unsigned i = 0; i < fronts->len; i++) {
        const Front *front = fronts->pdata[i];
        const SiteList list = {
            .id = front->id,
            .title = front->title,
            .folder = front->folder,
            .timezone = front->timezone,
            .posts = front->posts,
            .first_ms = front->first_ms,
            .last_ms = front->last_ms,
            .latest = front->latest != NULL ? &latest[i] : NULL,
        };

        if (front->latest != NULL)
            latest[i] = (SiteUnit){ .name = front->latest->name,
                                    .title = front->latest->name,
                                    .posts = front->latest->posts };
        g_array_append_val(lists, list);
    }
    g_array_sort(lists, compare_lists);
    return lists;
}

static bool put_front(Tree *tree, const RenderSite *site, const GArray *lists,
                      const GPtrArray *groups, GError **error)
{
    const SiteList *of_lists = (const SiteList *)(void *)lists->data;
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) json = g_string_new(NULL);
    g_autoptr(GString) atom = g_string_new(NULL);

    site_render_front(site, of_lists, lists->len, groups, html);
    site_json_front(of_lists, lists->len, groups, json);
    site_atom_front(site, of_lists, lists->len, atom);
    return tree_write(tree, "index.html", html, error) &&
           tree_write(tree, "index.json", json, error) &&
           tree_write(tree, "index.atom", atom, error);
}

bool front_make(Tree *tree, const GPtrArray *fronts, const GPtrArray *groups,
                const char *base_url, GError **error)
{
    g_autofree SiteUnit *latest = g_new0(SiteUnit, (size_t)fronts->len + 1);
    g_autoptr(GArray) lists = front_lists(fronts, latest);
    const RenderSite site = {
        .root = "",
        .list_root = "",
        .path = "index",
        .base_url = base_url,
        .heading = "Mailing lists",
    };

    return put_front(tree, &site, lists, groups, error);
}
