/* SPDX-License-Identifier: MIT */
/* The file that tells what was published: any bytes are refused or give a book
 * that can be written, whose files lie in the list's folder. */
#include "tests/fuzz/fuzz.h"

#include "publish/page_files.h"

#include <string.h>

static void check_paths(const Book *book)
{
    g_autoptr(GHashTable) paths =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iterator;
    gpointer path;

    page_files_of(book, "list", paths);
    g_hash_table_iter_init(&iterator, paths);
    while (g_hash_table_iter_next(&iterator, &path, NULL)) {
        g_assert(g_str_has_prefix(path, "list/"));
        g_assert(strstr(path, "..") == NULL && strstr(path, "//") == NULL);
        g_assert(strlen(path) < 256);
    }
}

static void check_sets(const Book *book)
{
    g_auto(BookSets) sets = { .by_mark = NULL };

    book_sets_find(book, &sets);
    for (unsigned i = 0; i < book->months->len; i++) {
        const BookUnit *month = book->months->pdata[i];

        for (unsigned j = 0; j < month->patch_sets->len; j++) {
            DigestSet *set = month->patch_sets->pdata[j];
            g_autoptr(GPtrArray) chain = book_chain(&sets, set);

            g_assert(g_ptr_array_find(chain, set, NULL));
            g_assert(set->title != NULL &&
                     g_utf8_validate(set->title, -1, NULL));
            (void)book_chain_hash(&sets, set);
        }
    }
}

/* What was read is written as the same, however it was written before. */
static void check_written(const Book *book)
{
    g_autoptr(GString) once = g_string_new(NULL);
    g_autoptr(GString) twice = g_string_new(NULL);

    book_write(book, once);

    g_autoptr(Book) again = book_read(once->str, once->len);

    g_assert(again != NULL);
    book_write(again, twice);
    g_assert(g_string_equal(once, twice));
}

int fuzz_target(const uint8_t *data, size_t size)
{
    g_autoptr(Book) book = book_read((const char *)data, size);

    if (book == NULL)
        return 0;
    check_paths(book);
    check_sets(book);
    check_written(book);
    return 0;
}
