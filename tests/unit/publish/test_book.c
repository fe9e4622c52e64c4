/* SPDX-License-Identifier: MIT */
#include "publish/book.h"

#include "tests/support/unit.h"

#include <string.h>

static DigestSet *set_new(const char *mark, const char *id)
{
    DigestSet *set = digest_set_new();

    set->mark = g_strdup(mark);
    set->message_id = g_strdup(id);
    set->title = g_strdup("a\ttitle\nwith \\ and \"");
    set->subject = g_strdup("[PATCH] a title");
    set->tags = g_strsplit("net-next,x", ",", -1);
    set->author.name = g_strdup("Ada");
    set->author.email = g_strdup("ada@example.org");
    set->arrival_ms = 1742277600123;
    set->has_date = true;
    set->date = -5;
    set->insertions = 4000000000U;
    set->deletions = 7;
    set->is_waiting = true;
    return set;
}

/* A month with a person and two sets, of which the second revises the first. */
static Book *book_of_a_month(void)
{
    Book *book = book_new();
    BookUnit *month = book_unit_new("2025-03");
    const DigestPerson ada = { .email = (char *)(uintptr_t) "ada@example.org" };
    BookPerson *person = book_person_new("ada@example.org", &ada);
    DigestSet *newer =
        set_new("b0b1b2b3b4b5b6b7b8b9b0b1b2b3b4b5b6b7b8b9", "two@example.org");
    DigestSet *older =
        set_new("a0a1a2a3a4a5a6a7a8a9a0a1a2a3a4a5a6a7a8a9", "one@example.org");

    book->made_from = g_strdup("abc");
    book->posts = 3;
    book->last_post = 3;
    newer->version = 2;
    newer->supersedes = g_strdup("one@example.org");
    older->superseded_by = g_strdup("two@example.org");
    older->applied = g_new0(DigestNotice, 1);
    older->applied->arrival_ms = 5;
    older->applied->by.name = g_strdup("Eve");
    month->print = UINT64_MAX - 1;
    month->pages = 2;
    person->posts = 3;
    g_ptr_array_add(month->persons, person);
    g_ptr_array_add(month->patch_sets, newer);
    g_ptr_array_add(month->patch_sets, older);
    g_ptr_array_add(book->months, month);
    g_ptr_array_add(book->weeks, book_unit_new("2025-W11"));
    g_hash_table_insert(book->person_pages, g_strdup("ada@example.org"),
                        GUINT_TO_POINTER(4));
    return book;
}

static void a_book_is_read_as_it_was_written(void **state)
{
    g_autoptr(Book) book = book_of_a_month();
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) again = g_string_new(NULL);
    g_autoptr(Book) read = NULL;
    const BookUnit *month;
    const DigestSet *set;

    (void)state;
    book_write(book, text);
    read = book_read(text->str, text->len);
    assert_non_null(read);
    book_write(read, again);
    assert_string_equal(text->str, again->str);
    month = read->months->pdata[0];
    set = month->patch_sets->pdata[1];
    assert_true(month->print == UINT64_MAX - 1);
    assert_string_equal(set->title, "a\ttitle\nwith \\ and \"");
    assert_string_equal(set->tags[1], "x");
    assert_int_equal(set->insertions, 4000000000U);
    assert_int_equal(set->date, -5);
    assert_null(set->url);
    assert_string_equal(set->applied->by.name, "Eve");
    assert_null(((DigestSet *)month->patch_sets->pdata[0])->applied);
}

/* A book that was cut, or that another wrote, is as good as none. */
static void half_a_book_is_none(void **state)
{
    g_autoptr(Book) book = book_of_a_month();
    g_autoptr(GString) text = g_string_new(NULL);

    (void)state;
    book_write(book, text);
    for (gsize length = 0; length < text->len; length++) {
        g_autoptr(Book) read = book_read(text->str, length);

        assert_null(read);
    }
    g_string_append(text, "more\n");
    assert_null(book_read(text->str, text->len));
}

static void any_byte_may_be_another(void **state)
{
    g_autoptr(Book) book = book_of_a_month();
    g_autoptr(GString) text = g_string_new(NULL);

    (void)state;
    book_write(book, text);
    for (gsize at = 0; at < text->len; at++) {
        const char was = text->str[at];
        static const char others[] = "\t\n\\0-9\x1fM";

        for (size_t i = 0; i < sizeof(others); i++) {
            text->str[at] = others[i];
            book_free(book_read(text->str, text->len));
        }
        text->str[at] = was;
    }
}

static void a_chain_has_all_revisions(void **state)
{
    g_autoptr(Book) book = book_of_a_month();
    g_auto(BookSets) sets = { .by_mark = NULL };
    BookUnit *month = book->months->pdata[0];
    DigestSet *newer = month->patch_sets->pdata[0];
    DigestSet *older = month->patch_sets->pdata[1];
    g_autoptr(GPtrArray) chain = NULL;
    unsigned hash;

    (void)state;
    book_sets_find(book, &sets);
    chain = book_chain(&sets, newer);
    assert_int_equal(chain->len, 2);
    assert_ptr_equal(chain->pdata[0], older);
    assert_ptr_equal(chain->pdata[1], newer);
    hash = book_chain_hash(&sets, newer);
    digest_notice_free(g_steal_pointer(&older->applied));
    assert_int_not_equal(book_chain_hash(&sets, newer), hash);
}

/* Two that supersede each other, and one that supersedes itself. */
static void a_circle_ends(void **state)
{
    g_autoptr(Book) book = book_of_a_month();
    g_auto(BookSets) sets = { .by_mark = NULL };
    BookUnit *month = book->months->pdata[0];
    DigestSet *newer = month->patch_sets->pdata[0];
    DigestSet *older = month->patch_sets->pdata[1];
    g_autoptr(GPtrArray) chain = NULL, alone = NULL;

    (void)state;
    older->supersedes = g_strdup(newer->message_id);
    book_sets_find(book, &sets);
    chain = book_chain(&sets, newer);
    assert_true(chain->len >= 2);
    g_free(newer->supersedes);
    newer->supersedes = g_strdup(newer->message_id);
    alone = book_chain(&sets, newer);
    assert_int_equal(alone->len, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_book_is_read_as_it_was_written),
        cmocka_unit_test(half_a_book_is_none),
        cmocka_unit_test(any_byte_may_be_another),
        cmocka_unit_test(a_chain_has_all_revisions),
        cmocka_unit_test(a_circle_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
