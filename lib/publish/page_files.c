/* SPDX-License-Identifier: MIT */
#include "publish/page_files.h"

#include "render/renderer.h"

#include "base/banned.h"

static void link_free(gpointer data)
{
    site_link_free(data);
}

GPtrArray *page_links_new(void)
{
    return g_ptr_array_new_with_free_func(link_free);
}

void page_links_add(GPtrArray *links, const char *words, const char *href)
{
    g_ptr_array_add(links, site_link_new(words, href));
}

/* "2025-10", "2025-10-2" for its second part. */
char *page_part_name(const char *name, unsigned part)
{
    return part == 0 ? g_strdup(name)
                     : g_strdup_printf("%s-%u", name, part + 1);
}

GPtrArray *page_part_links(const char *name, unsigned parts, unsigned self)
{
    GPtrArray *links = parts > 1 ? page_links_new() : NULL;

    for (unsigned i = 0; links != NULL && i < parts; i++) {
        g_autofree char *part = page_part_name(name, i);
        g_autofree char *href = g_strconcat(part, ".html", NULL);
        g_autofree char *words = g_strdup_printf("Part %u", i + 1);

        page_links_add(links, words, i == self ? NULL : href);
    }
    return links;
}

unsigned page_parts_of(const Digest *digest)
{
    const unsigned rows =
        MAX(MAX(digest->sets->len, digest->applied->len), digest->waiting->len);

    return MAX((rows + PAGE_ROWS_MAX - 1) / PAGE_ROWS_MAX, 1);
}

char *page_book_path(const char *folder)
{
    return g_strdup_printf(".listpulse/%s.book", folder);
}

Book *page_read_book(const Tree *tree, const char *folder, GError **error)
{
    g_autofree char *path = page_book_path(folder);
    gsize length = 0;
    g_autofree char *text = tree_read(tree, path, &length, error);

    return text != NULL ? book_read(text, length) : NULL;
}

bool page_put(const PageWork *work, const char *path, const char *ending,
              const GString *content, GError **error)
{
    g_autofree char *file = g_strconcat(path, ending, NULL);

    return tree_write(work->tree, file, content, error);
}

/* A part of a digest as one of its own: all but the sets is lent from it. */
Digest page_digest_of_sets(const Digest *digest, GPtrArray *sets)
{
    Digest part = *digest;

    part.sets = sets;
    return part;
}

bool page_put_json(const PageWork *work, const char *path, const Digest *digest,
                   unsigned sections, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const RenderOptions options = { .sections = sections,
                                    .with_previous = true };

    render_json.render(digest, &options, out);
    return page_put(work, path, ".json", out, error);
}

bool page_put_atom(const PageWork *work, const RenderSite *site,
                   const Digest *digest, unsigned sections, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const RenderOptions options = { .sections = sections, .site = site };

    render_atom.render(digest, &options, out);
    return page_put(work, site->path, ".atom", out, error);
}

/* The first ones of an array, which stays their owner. */
GPtrArray *page_first_of(const GPtrArray *items, unsigned most)
{
    GPtrArray *first = g_ptr_array_new();

    for (unsigned i = 0; i < items->len && i < most; i++)
        g_ptr_array_add(first, items->pdata[i]);
    return first;
}

void page_links_add_up(GPtrArray *links, const PageWork *work, const char *up)
{
    g_autofree char *front = g_strconcat(up, "../index.html", NULL);
    g_autofree char *list = g_strconcat(up, "index.html", NULL);

    page_links_add(links, "All lists", front);
    page_links_add(links, work->settings->title, list);
}

/* --- paths -------------------------------------------------------------- */

static void add_path(GHashTable *paths, const char *path, unsigned parts)
{
    g_hash_table_add(paths, g_strconcat(path, ".json", NULL));
    g_hash_table_add(paths, g_strconcat(path, ".atom", NULL));
    for (unsigned i = 0; i < parts; i++) {
        g_autofree char *part = page_part_name(path, i);

        g_hash_table_add(paths, g_strconcat(part, ".html", NULL));
    }
}

static void add_unit_paths(const BookUnit *unit, const char *folder,
                           GHashTable *paths)
{
    g_autofree char *path = g_strconcat(folder, "/", unit->name, NULL);

    add_path(paths, path, unit->pages);
    for (unsigned i = 0; i < unit->patch_sets->len; i++) {
        const DigestSet *set = unit->patch_sets->pdata[i];
        g_autofree char *of_set = g_strconcat(folder, "/set/", set->mark, NULL);

        add_path(paths, of_set, 1);
    }
}

void page_files_of(const Book *book, const char *folder, GHashTable *paths)
{
    g_autofree char *index = g_strconcat(folder, "/index", NULL);
    GHashTableIter iterator;
    gpointer key, parts;

    add_path(paths, index, 1);
    for (unsigned i = 0; i < book->months->len; i++)
        add_unit_paths(book->months->pdata[i], folder, paths);
    for (unsigned i = 0; i < book->weeks->len; i++)
        add_unit_paths(book->weeks->pdata[i], folder, paths);
    g_hash_table_iter_init(&iterator, book->person_pages);
    while (g_hash_table_iter_next(&iterator, &key, &parts)) {
        g_autofree char *name = site_person_name(key);
        g_autofree char *path = g_strconcat(folder, "/person/", name, NULL);

        add_path(paths, path, GPOINTER_TO_UINT(parts));
    }
}
