/* SPDX-License-Identifier: MIT */
#include "publish/book.h"

#include "base/hex.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* Lines of fields with tabs between. The last line counts the others. */
static const char magic[] = "listpulse-book-1";

enum {
    FIELDS_MAX = 40,
    CHAIN_MAX = 50, /* may be damaged, never endless */
    PERSON_FIELDS = 9,
    SET_FIELDS = 29,
    UNIT_FIELDS = 10,
    HEAD_FIELDS = 8,
    MARK_DIGITS = 40,
    UNIT_NAME_MAX = 16,
    PAGES_MAX = 10000, /* of one table: a damaged number is larger */
};

/* --- values ----------------------------------------------------------- */

static void unit_free(gpointer data)
{
    book_unit_free(data);
}

static void person_free(gpointer data)
{
    book_person_free(data);
}

static void set_free(gpointer data)
{
    digest_set_free(data);
}

Book *book_new(void)
{
    Book *book = g_new0(Book, 1);

    book->months = g_ptr_array_new_with_free_func(unit_free);
    book->weeks = g_ptr_array_new_with_free_func(unit_free);
    book->person_pages =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return book;
}

void book_free(Book *book)
{
    if (book == NULL)
        return;
    g_free(book->made_from);
    g_ptr_array_unref(book->months);
    g_ptr_array_unref(book->weeks);
    g_hash_table_unref(book->person_pages);
    g_free(book);
}

BookUnit *book_unit_new(const char *name)
{
    BookUnit *unit = g_new0(BookUnit, 1);

    unit->name = g_strdup(name);
    unit->persons = g_ptr_array_new_with_free_func(person_free);
    unit->patch_sets = g_ptr_array_new_with_free_func(set_free);
    return unit;
}

void book_unit_free(BookUnit *unit)
{
    if (unit == NULL)
        return;
    g_free(unit->name);
    g_ptr_array_unref(unit->persons);
    g_ptr_array_unref(unit->patch_sets);
    g_free(unit);
}

static void person_copy(const DigestPerson *from, DigestPerson *to)
{
    to->name = g_strdup(from->name);
    to->email = g_strdup(from->email);
    to->organisation = g_strdup(from->organisation);
}

BookPerson *book_person_new(const char *key, const DigestPerson *who)
{
    BookPerson *person = g_new0(BookPerson, 1);

    person->key = g_strdup(key);
    person_copy(who, &person->who);
    return person;
}

void book_person_free(BookPerson *person)
{
    if (person == NULL)
        return;
    g_free(person->key);
    digest_person_clear(&person->who);
    g_free(person);
}

BookUnit *book_unit(const GPtrArray *units, const char *name)
{
    for (unsigned i = 0; i < units->len; i++) {
        BookUnit *unit = units->pdata[i];

        if (strcmp(unit->name, name) == 0)
            return unit;
    }
    return NULL;
}

static DigestNotice *notice_copy(const DigestNotice *from)
{
    DigestNotice *to = g_new0(DigestNotice, 1);

    to->arrival_ms = from->arrival_ms;
    person_copy(&from->by, &to->by);
    return to;
}

DigestSet *book_set(const DigestSet *set)
{
    DigestSet *copy = digest_set_new();

    copy->state = set->state;
    copy->version = set->version;
    copy->minor = set->minor;
    copy->title = g_strdup(set->title);
    copy->tags = g_strdupv(set->tags);
    person_copy(&set->author, &copy->author);
    copy->message_id = g_strdup(set->message_id);
    copy->mark = g_strdup(set->mark);
    copy->subject = g_strdup(set->subject);
    copy->url = g_strdup(set->url);
    copy->arrival_ms = set->arrival_ms;
    copy->has_date = set->has_date;
    copy->date = set->date;
    copy->parts_seen = set->parts_seen;
    copy->parts_total = set->parts_total;
    copy->is_complete = set->is_complete;
    copy->reviewed = set->reviewed;
    copy->supersedes = g_strdup(set->supersedes);
    copy->superseded_by = g_strdup(set->superseded_by);
    copy->applied = set->applied != NULL ? notice_copy(set->applied) : NULL;
    copy->applied_parts = set->applied_parts;
    copy->listed = set->listed;
    copy->files = set->files;
    copy->insertions = set->insertions;
    copy->deletions = set->deletions;
    copy->has_human_answer = set->has_human_answer;
    copy->is_waiting = set->is_waiting;
    return copy;
}

BookUnit *book_unit_copy_sets(const BookUnit *unit)
{
    BookUnit *copy = book_unit_new(unit->name);

    for (unsigned i = 0; i < unit->patch_sets->len; i++)
        g_ptr_array_add(copy->patch_sets, book_set(unit->patch_sets->pdata[i]));
    return copy;
}

/* --- chains ------------------------------------------------------------- */

void book_sets_find(const Book *book, BookSets *sets)
{
    sets->by_mark = g_hash_table_new(g_str_hash, g_str_equal);
    sets->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    for (unsigned i = 0; i < book->months->len; i++) {
        const BookUnit *month = book->months->pdata[i];

        for (unsigned j = month->patch_sets->len; j-- > 0;) {
            DigestSet *set = month->patch_sets->pdata[j];

            g_hash_table_insert(sets->by_mark, set->mark, set);
            if (set->message_id != NULL)
                g_hash_table_insert(sets->by_id, set->message_id, set);
        }
    }
}

void book_sets_clear(BookSets *sets)
{
    g_clear_pointer(&sets->by_mark, g_hash_table_unref);
    g_clear_pointer(&sets->by_id, g_hash_table_unref);
}

static DigestSet *set_of(const BookSets *sets, const char *message_id)
{
    return message_id != NULL ? g_hash_table_lookup(sets->by_id, message_id)
                              : NULL;
}

GPtrArray *book_chain(const BookSets *sets, DigestSet *set)
{
    GPtrArray *chain = g_ptr_array_new();
    DigestSet *at = set_of(sets, set->supersedes);

    for (; at != NULL && at != set && chain->len < CHAIN_MAX;
         at = set_of(sets, at->supersedes))
        g_ptr_array_insert(chain, 0, at);
    g_ptr_array_add(chain, set);
    at = set_of(sets, set->superseded_by);
    for (; at != NULL && at != set && chain->len < 2 * CHAIN_MAX;
         at = set_of(sets, at->superseded_by))
        g_ptr_array_add(chain, at);
    return chain;
}

unsigned book_chain_hash(const BookSets *sets, DigestSet *set)
{
    g_autoptr(GPtrArray) chain = book_chain(sets, set);
    g_autoptr(GString) told = g_string_new(NULL);

    for (unsigned i = 0; i < chain->len; i++) {
        const DigestSet *at = chain->pdata[i];

        g_string_append_printf(told, "%s %d %u %u %d %s\n", at->mark, at->state,
                               at->version, at->minor, at->applied != NULL,
                               at->title);
    }
    return g_string_hash(told);
}

/* --- writing ---------------------------------------------------------- */

/* NULL and "" differ: NULL is "\0" here. */
static void put(GString *out, const char *text)
{
    g_string_append_c(out, '\t');
    if (text == NULL) {
        g_string_append(out, "\\0");
        return;
    }
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '\t':
            g_string_append(out, "\\t");
            break;
        case '\n':
            g_string_append(out, "\\n");
            break;
        case '\\':
            g_string_append(out, "\\\\");
            break;
        default:
            g_string_append_c(out, *text);
        }
    }
}

static void put_number(GString *out, int64_t number)
{
    g_string_append_printf(out, "\t%" PRId64, number);
}

static void put_person(GString *out, const DigestPerson *person)
{
    put(out, person->name);
    put(out, person->email);
    put(out, person->organisation);
}

static void write_person(GString *out, const BookPerson *person)
{
    g_string_append_c(out, 'P');
    put(out, person->key);
    put_person(out, &person->who);
    put_number(out, (int64_t)person->posts);
    put_number(out, (int64_t)person->patches);
    put_number(out, (int64_t)person->tags);
    put_number(out, (int64_t)person->replies);
    g_string_append_c(out, '\n');
}

static void write_set(GString *out, const DigestSet *set)
{
    const bool is_applied = set->applied != NULL;
    const DigestPerson nobody = { .name = NULL };
    g_autofree char *tags =
        set->tags != NULL ? g_strjoinv("\x1f", set->tags) : NULL;

    g_string_append_c(out, 'S');
    put(out, set->mark);
    put(out, set->message_id);
    put(out, set->title);
    put(out, tags);
    put(out, set->subject);
    put(out, set->url);
    put(out, set->supersedes);
    put(out, set->superseded_by);
    put_person(out, &set->author);
    put_person(out, is_applied ? &set->applied->by : &nobody);
    put_number(out, is_applied ? set->applied->arrival_ms : -1);
    put_number(out, set->state);
    put_number(out, set->version);
    put_number(out, set->minor);
    put_number(out, set->arrival_ms);
    put_number(out, set->has_date ? set->date : INT64_MIN);
    put_number(out, set->parts_seen);
    put_number(out, set->parts_total);
    put_number(out, set->is_complete + 2 * set->is_waiting +
                        4 * set->has_human_answer);
    put_number(out, set->reviewed);
    put_number(out, set->applied_parts);
    put_number(out, set->listed);
    put_number(out, set->files);
    put_number(out,
               (int64_t)((uint64_t)set->insertions << 32 | set->deletions));
    g_string_append_c(out, '\n');
}

static void write_unit(GString *out, char kind, const BookUnit *unit)
{
    g_string_append_c(out, kind);
    put(out, unit->name);
    put_number(out, (int64_t)unit->print);
    put_number(out, (int64_t)unit->duplicates);
    put_number(out, unit->pages);
    put_number(out, (int64_t)unit->posts);
    put_number(out, (int64_t)unit->patches);
    put_number(out, (int64_t)unit->replies);
    put_number(out, (int64_t)unit->people);
    put_number(out, (int64_t)unit->sets);
    g_string_append_c(out, '\n');
    for (unsigned i = 0; i < unit->persons->len; i++)
        write_person(out, unit->persons->pdata[i]);
    for (unsigned i = 0; i < unit->patch_sets->len; i++)
        write_set(out, unit->patch_sets->pdata[i]);
}

static int compare_keys(gconstpointer one, gconstpointer other)
{
    return strcmp(one, other);
}

/* Sorted; with the number of pages where there is one. */
static void write_keys(GString *out, char kind, GHashTable *table)
{
    g_autoptr(GList) keys =
        g_list_sort(g_hash_table_get_keys(table), compare_keys);

    for (const GList *at = keys; at != NULL; at = at->next) {
        g_string_append_c(out, kind);
        put(out, at->data);
        if (kind == 'K')
            put_number(out,
                       GPOINTER_TO_UINT(g_hash_table_lookup(table, at->data)));
        g_string_append_c(out, '\n');
    }
}

static unsigned count_lines(const char *text, gsize length)
{
    unsigned lines = 0;

    for (gsize i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

void book_write(const Book *book, GString *out)
{
    const gsize start = out->len;

    g_string_append(out, magic);
    put(out, book->made_from);
    put_number(out, (int64_t)book->posts);
    put_number(out, (int64_t)book->duplicates);
    put_number(out, (int64_t)book->people);
    put_number(out, book->first_ms);
    put_number(out, book->last_ms);
    put_number(out, book->last_post);
    g_string_append_c(out, '\n');
    for (unsigned i = 0; i < book->months->len; i++)
        write_unit(out, 'M', book->months->pdata[i]);
    for (unsigned i = 0; i < book->weeks->len; i++)
        write_unit(out, 'W', book->weeks->pdata[i]);
    write_keys(out, 'K', book->person_pages);
    g_string_append_printf(out, "end\t%u\n",
                           count_lines(out->str + start, out->len - start));
}

/* --- reading ---------------------------------------------------------- */

/* A line's fields, cut in place and unescaped. */
typedef struct Fields {
    char *at[FIELDS_MAX];
    unsigned count;
    bool is_bad; /* a number that is none */
} Fields;

static char *unescape(char *field)
{
    char *to = field;

    if (strcmp(field, "\\0") == 0)
        return NULL;
    for (const char *from = field; *from != '\0'; from++) {
        if (*from != '\\' || from[1] == '\0') {
            *to++ = *from;
            continue;
        }
        from++;
        *to++ = *from == 't' ? '\t' : *from == 'n' ? '\n' : *from;
    }
    *to = '\0';
    return field;
}

static void split(char *line, Fields *fields)
{
    fields->count = 0;
    fields->is_bad = false;
    while (line != NULL && fields->count < FIELDS_MAX) {
        char *tab = strchr(line, '\t');

        if (tab != NULL)
            *tab++ = '\0';
        fields->at[fields->count++] = unescape(line);
        line = tab;
    }
}

static char *text_at(const Fields *fields, unsigned place)
{
    return g_strdup(fields->at[place]);
}

static int64_t number_at(Fields *fields, unsigned place)
{
    gint64 number = 0;

    if (fields->at[place] == NULL ||
        !g_ascii_string_to_signed(fields->at[place], 10, INT64_MIN, INT64_MAX,
                                  &number, NULL))
        fields->is_bad = true;
    return number;
}

/* Names of files are made of these: so what was damaged, or changed by somebody
 * else, leads nowhere else. */
static bool is_mark(const char *field)
{
    return field != NULL && strlen(field) == MARK_DIGITS &&
           hex_is_digits(field, MARK_DIGITS);
}

static bool is_unit_name(const char *field)
{
    const size_t length = field != NULL ? strlen(field) : 0;

    return length > 0 && length <= UNIT_NAME_MAX &&
           field[strspn(field, G_CSET_DIGITS "-W")] == '\0';
}

static unsigned pages_at(Fields *fields, unsigned place)
{
    const int64_t pages = number_at(fields, place);

    if (pages < 0 || pages > PAGES_MAX)
        fields->is_bad = true;
    return fields->is_bad ? 0 : (unsigned)pages;
}

static void person_at(const Fields *fields, unsigned place, DigestPerson *out)
{
    out->name = text_at(fields, place);
    out->email = text_at(fields, place + 1);
    out->organisation = text_at(fields, place + 2);
}

static bool read_person(Fields *fields, BookUnit *unit)
{
    if (unit == NULL || fields->count != PERSON_FIELDS || fields->at[1] == NULL)
        return false;

    BookPerson *person = g_new0(BookPerson, 1);

    g_ptr_array_add(unit->persons, person);
    person->key = text_at(fields, 1);
    person_at(fields, 2, &person->who);
    person->posts = (uint64_t)number_at(fields, 5);
    person->patches = (uint64_t)number_at(fields, 6);
    person->tags = (uint64_t)number_at(fields, 7);
    person->replies = (uint64_t)number_at(fields, 8);
    return !fields->is_bad;
}

static void read_numbers(Fields *fields, DigestSet *set)
{
    const int64_t date = number_at(fields, 20);
    const int64_t flags = number_at(fields, 23);
    const int64_t lines = number_at(fields, 28);

    set->state = (DigestState)CLAMP(number_at(fields, 16), 0, DIGEST_PULL);
    set->version = (unsigned)number_at(fields, 17);
    set->minor = (unsigned)number_at(fields, 18);
    set->arrival_ms = number_at(fields, 19);
    set->has_date = date != INT64_MIN;
    set->date = set->has_date ? date : 0;
    set->parts_seen = (unsigned)number_at(fields, 21);
    set->parts_total = (unsigned)number_at(fields, 22);
    set->is_complete = (flags & 1) != 0;
    set->is_waiting = (flags & 2) != 0;
    set->has_human_answer = (flags & 4) != 0;
    set->reviewed = (unsigned)number_at(fields, 24);
    set->applied_parts = (unsigned)number_at(fields, 25);
    set->listed = (unsigned)number_at(fields, 26);
    set->files = (unsigned)number_at(fields, 27);
    set->insertions = (unsigned)((uint64_t)lines >> 32);
    set->deletions = (unsigned)(lines & 0xffffffff);
}

static bool read_set(Fields *fields, BookUnit *unit)
{
    if (unit == NULL || fields->count != SET_FIELDS ||
        !is_mark(fields->at[1]) || fields->at[3] == NULL ||
        fields->at[5] == NULL)
        return false;

    DigestSet *set = digest_set_new();

    g_ptr_array_add(unit->patch_sets, set);
    set->mark = text_at(fields, 1);
    set->message_id = text_at(fields, 2);
    set->title = text_at(fields, 3);
    set->tags =
        fields->at[4] == NULL ? NULL : g_strsplit(fields->at[4], "\x1f", -1);
    set->subject = text_at(fields, 5);
    set->url = text_at(fields, 6);
    set->supersedes = text_at(fields, 7);
    set->superseded_by = text_at(fields, 8);
    person_at(fields, 9, &set->author);
    if (number_at(fields, 15) >= 0) {
        set->applied = g_new0(DigestNotice, 1);
        set->applied->arrival_ms = number_at(fields, 15);
        person_at(fields, 12, &set->applied->by);
    }
    read_numbers(fields, set);
    return !fields->is_bad;
}

static BookUnit *read_unit(Fields *fields, GPtrArray *units)
{
    if (fields->count != UNIT_FIELDS || !is_unit_name(fields->at[1]))
        return NULL;

    BookUnit *unit = book_unit_new(fields->at[1]);

    g_ptr_array_add(units, unit);
    unit->print = (uint64_t)number_at(fields, 2);
    unit->duplicates = (uint64_t)number_at(fields, 3);
    unit->pages = pages_at(fields, 4);
    unit->posts = (uint64_t)number_at(fields, 5);
    unit->patches = (uint64_t)number_at(fields, 6);
    unit->replies = (uint64_t)number_at(fields, 7);
    unit->people = (uint64_t)number_at(fields, 8);
    unit->sets = (uint64_t)number_at(fields, 9);
    return fields->is_bad ? NULL : unit;
}

static bool read_head(Fields *fields, Book *book)
{
    if (fields->count != HEAD_FIELDS || fields->at[0] == NULL ||
        strcmp(fields->at[0], magic) != 0)
        return false;
    book->made_from = text_at(fields, 1);
    book->posts = (uint64_t)number_at(fields, 2);
    book->duplicates = (uint64_t)number_at(fields, 3);
    book->people = (uint64_t)number_at(fields, 4);
    book->first_ms = number_at(fields, 5);
    book->last_ms = number_at(fields, 6);
    book->last_post = (uint32_t)number_at(fields, 7);
    return !fields->is_bad && book->made_from != NULL;
}

static bool read_person_pages(Fields *fields, Book *book)
{
    if (fields->count != 3 || fields->at[1] == NULL)
        return false;

    const unsigned pages = pages_at(fields, 2);

    g_hash_table_insert(book->person_pages, text_at(fields, 1),
                        GUINT_TO_POINTER(pages));
    return !fields->is_bad;
}

static bool read_line(Fields *fields, Book *book, BookUnit **unit)
{
    const char *kind = fields->at[0];

    if (kind == NULL || kind[0] == '\0' || kind[1] != '\0')
        return false;
    switch (*kind) {
    case 'M':
        *unit = read_unit(fields, book->months);
        return *unit != NULL;
    case 'W':
        *unit = read_unit(fields, book->weeks);
        return *unit != NULL;
    case 'P':
        return read_person(fields, *unit);
    case 'S':
        return read_set(fields, *unit);
    case 'K':
        return read_person_pages(fields, book);
    default:
        return false;
    }
}

static bool is_end(Fields *fields, unsigned lines)
{
    return fields->count == 2 && fields->at[0] != NULL &&
           strcmp(fields->at[0], "end") == 0 && number_at(fields, 1) == lines &&
           !fields->is_bad;
}

Book *book_read(const char *text, gsize length)
{
    g_autoptr(Book) book = book_new();
    g_autofree char *copy = g_strndup(text, length);
    BookUnit *unit = NULL;
    unsigned lines = 0;

    if (!g_utf8_validate(text, (gssize)length, NULL))
        return NULL;
    for (char *line = copy; *line != '\0'; lines++) {
        Fields fields;
        char *end = strchr(line, '\n');

        if (end == NULL)
            return NULL;
        *end = '\0';
        split(line, &fields);
        line = end + 1;
        if (lines > 0 && is_end(&fields, lines))
            return *line == '\0' ? g_steal_pointer(&book) : NULL;
        if (lines == 0 ? !read_head(&fields, book)
                       : !read_line(&fields, book, &unit))
            return NULL;
    }
    return NULL;
}
