/* SPDX-License-Identifier: MIT */
/* listpulse export: all that Redis holds of a list, a line a post. */
#include "command/choose.h"
#include "command/command.h"
#include "command/exported.h"
#include "command/progress.h"

#include <stdio.h>

#include "base/banned.h"

enum {
    POSTS_AT_ONCE = 512,
    WINDOW = 1 << 20, /* posts whose identities are in memory at once */
    PEOPLE_AT_ONCE = 512,
};

static const Option export_options[] = { { .name = NULL } };

typedef struct Export {
    Store *store;
    const char *list;
    GArray *known;  /* StoreKnown, of the window of posts */
    GArray *marks;  /* StoreMark */
    GArray *erased; /* StoreKnown: behind all posts, where no list begins */
    unsigned known_at, marks_at;
    uint64_t lines, done, total;
    Progress progress;
    int64_t started;
} Export;

static void draw(Export *export)
{
    const ProgressState state = {
        .label = export->list,
        .done = export->done,
        .total = export->total,
        .mails = export->done,
        .seconds =
            (double)(g_get_monotonic_time() - export->started) / G_USEC_PER_SEC,
    };

    progress_draw(&export->progress, &state);
}

static bool print_line(Export *export, char *line, GError **error)
{
    g_autofree char *owned = line;

    export->lines++;
    if (fputs(owned, stdout) >= 0)
        return true;
    return command_print("", 0, error) &&
           (g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                                "standard output: cannot be written"),
            false);
}

/* --- posts ------------------------------------------------------------- */

/* Author, sender and the credited people of records, one after the other. */
static GArray *read_people(Export *export, const GArray *records,
                           GError **error)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);

        g_array_append_val(numbers, record->author);
        g_array_append_val(numbers, record->sender);
        for (unsigned j = 0; j < record->credit_count; j++)
            g_array_append_val(numbers, record->credits[j].person);
    }
    return store_people(export->store, export->list,
                        (const uint32_t *)(gpointer)numbers->data, numbers->len,
                        error);
}

static unsigned marks_of(Export *export, uint32_t post, const StoreMark **marks)
{
    const GArray *all = export->marks;
    unsigned at = export->marks_at;

    while (at < all->len && g_array_index(all, StoreMark, at).post < post)
        at++;
    *marks = &((const StoreMark *)(gpointer)all->data)[at];
    const unsigned first = at;

    while (at < all->len && g_array_index(all, StoreMark, at).post == post)
        at++;
    export->marks_at = at;
    return at - first;
}

/* One that is not in the window came or was erased meanwhile. */
static const StoreKnown *known_of(Export *export, uint32_t post)
{
    const GArray *all = export->known;

    while (export->known_at < all->len &&
           g_array_index(all, StoreKnown, export->known_at).post < post)
        export->known_at++;
    if (export->known_at == all->len)
        return NULL;
    const StoreKnown *known = &g_array_index(all, StoreKnown, export->known_at);

    return known->post == post ? known : NULL;
}

static bool print_post(Export *export, uint32_t number,
                       const PostRecord *record, const MailPerson *people,
                       const char *text, GError **error)
{
    const StoreKnown *known = known_of(export, number);
    ExportedPost post = { .list = export->list,
                          .record = record,
                          .author = &people[0],
                          .sender = &people[1],
                          .credits = &people[2],
                          .text = text };

    if (known == NULL)
        return true;
    if (record->post == 0) {
        g_array_append_val(export->erased, *known);
        return true;
    }
    post.identity = known->identity;
    post.mark_count = marks_of(export, number, &post.marks);
    return print_line(export, exported_post(&post), error);
}

static bool print_some(Export *export, uint32_t first, unsigned count,
                       GError **error)
{
    uint32_t numbers[POSTS_AT_ONCE];
    unsigned person = 0;

    for (unsigned i = 0; i < count; i++)
        numbers[i] = first + i;
    g_autoptr(GArray) records =
        store_posts(export->store, export->list, numbers, count, error);
    if (records == NULL)
        return false;
    g_autoptr(GPtrArray) texts =
        store_texts(export->store, export->list, numbers, count, error);
    g_autoptr(GArray) people =
        texts != NULL ? read_people(export, records, error) : NULL;
    if (people == NULL)
        return false;
    for (unsigned i = 0; i < count; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);

        if (!print_post(export, numbers[i], record,
                        &g_array_index(people, MailPerson, person),
                        texts->pdata[i], error))
            return false;
        person += 2 + record->credit_count;
    }
    export->done += count;
    draw(export);
    return true;
}

static bool print_window(Export *export, uint32_t first, uint32_t until,
                         GError **error)
{
    g_autoptr(GArray) known =
        store_known(export->store, export->list, first, until, error);
    g_autoptr(GArray) marks =
        known != NULL
            ? store_marks(export->store, export->list, first, until, error)
            : NULL;

    if (marks == NULL)
        return false;
    export->known = known;
    export->marks = marks;
    export->known_at = export->marks_at = 0;
    for (uint32_t at = first; at < until; at += POSTS_AT_ONCE)
        if (!print_some(export, at, MIN(until - at, (uint32_t)POSTS_AT_ONCE),
                        error))
            return false;
    return true;
}

static bool print_posts(Export *export, uint32_t last_post, GError **error)
{
    const uint64_t until = (uint64_t)last_post + 1;

    for (uint64_t at = 1; at < until; at += WINDOW)
        if (!print_window(export, (uint32_t)at,
                          (uint32_t)MIN(until, at + WINDOW), error))
            return false;
    return true;
}

/* --- what stands beside them -------------------------------------------- */

static int64_t or_none(int64_t when_ms)
{
    return when_ms == INT64_MAX ? 0 : when_ms;
}

static bool print_some_people(Export *export, uint32_t first, unsigned count,
                              GError **error)
{
    uint32_t numbers[PEOPLE_AT_ONCE];

    for (unsigned i = 0; i < count; i++)
        numbers[i] = first + i;
    g_autoptr(GArray) people =
        store_people(export->store, export->list, numbers, count, error);
    g_autoptr(GArray) firsts =
        people != NULL
            ? store_firsts(export->store, export->list, numbers, count, error)
            : NULL;

    if (firsts == NULL)
        return false;
    for (unsigned i = 0; i < count; i++) {
        const MailPerson *person = &g_array_index(people, MailPerson, i);
        const int64_t post = or_none(g_array_index(firsts, int64_t, 2 * i));
        const int64_t patch =
            or_none(g_array_index(firsts, int64_t, 2 * i + 1));

        if (!mail_person_is_empty(person) &&
            !print_line(export,
                        exported_person(export->list, person, post, patch),
                        error))
            return false;
    }
    return true;
}

static bool print_people(Export *export, uint32_t last, GError **error)
{
    for (uint32_t at = 1; at <= last; at += PEOPLE_AT_ONCE)
        if (!print_some_people(export, at,
                               MIN(last - at + 1, (uint32_t)PEOPLE_AT_ONCE),
                               error))
            return false;
    return true;
}

static bool print_erased(Export *export, GError **error)
{
    for (unsigned i = 0; i < export->erased->len; i++)
        if (!print_line(
                export,
                exported_erased(export->list,
                                &g_array_index(export->erased, StoreKnown, i)),
                error))
            return false;
    return true;
}

static bool print_copies(Export *export, GError **error)
{
    g_autoptr(GArray) copies = store_copies(export->store, export->list, error);

    for (unsigned i = 0; copies != NULL && i < copies->len; i++)
        if (!print_line(export,
                        exported_copies(export->list,
                                        &g_array_index(copies, StoreCopies, i)),
                        error))
            return false;
    return copies != NULL;
}

static int compare_names(gconstpointer one, gconstpointer other)
{
    return g_strcmp0(one, other);
}

static bool print_fields(Export *export, const StoreState *state,
                         GError **error)
{
    g_autoptr(GList) names =
        g_list_sort(g_hash_table_get_keys(state->fields), compare_names);

    for (const GList *at = names; at != NULL; at = at->next)
        if (!print_line(
                export,
                exported_field(export->list, at->data,
                               g_hash_table_lookup(state->fields, at->data)),
                error))
            return false;
    return true;
}

/* The state is read first: what is counted meanwhile, a source tells again. How
 * far sources were read comes before copies: what a journal tells again while
 * they are put back would be counted twice. */
static bool print_all(Export *export, GError **error)
{
    g_autoptr(StoreState) state =
        store_state(export->store, export->list, error);

    if (state == NULL)
        return false;
    export->total = state->last_post;
    return print_line(export, exported_head(export->list, state->posts),
                      error) &&
           print_posts(export, state->last_post, error) &&
           print_erased(export, error) &&
           print_people(export, state->last_person, error) &&
           print_fields(export, state, error) && print_copies(export, error) &&
           print_line(export, exported_end(export->list, export->lines), error);
}

static int run(const Invocation *invocation, GError **error)
{
    g_autoptr(Store) store = command_store(invocation->settings, error);
    g_autofree char *list = store != NULL
                                ? choose_list(store, invocation->settings,
                                              invocation->operands[0], error)
                                : NULL;
    g_autoptr(GArray) erased = g_array_new(FALSE, FALSE, sizeof(StoreKnown));
    Export export = { .store = store,
                      .erased = erased,
                      .list = list,
                      .started = g_get_monotonic_time() };

    if (store == NULL)
        return EXIT_FAILED;
    if (list == NULL)
        return EXIT_USAGE;
    progress_init(&export.progress);
    const bool is_good = print_all(&export, error);
    progress_clear(&export.progress);
    return is_good && command_print("", 0, error) ? EXIT_GOOD : EXIT_FAILED;
}

const Command command_export = {
    .name = "export",
    .operands = "LIST",
    .summary = "print all that Redis holds of a list, for import",
    .options = export_options,
    .least = 1,
    .most = 1,
    .run = run,
};
