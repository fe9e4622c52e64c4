/* SPDX-License-Identifier: MIT */
#include "command/watch_screen.h"

#include "base/text.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

enum {
    MILLISECONDS = 1000,
    WIDE = 100,        /* columns from which more numbers are shown */
    LIST_MAX = 40,     /* columns of a list's id */
    POST_LIST = 14,    /* ... before a post */
    NAME_PART = 4,     /* a name takes a quarter of the line */
    AUTHORS_MAX = 5,   /* lines of authors */
    TIME_COLUMNS = 10, /* 2026-01-17, or 23:59:59 */
    TIME_ROOM = 32,
};

typedef struct Screen {
    GString *out;
    const Watched *watched;
    ScreenSize size;
    int64_t now_ms;
    unsigned lines; /* that were written */
} Screen;

/* A column of the table of lists. */
typedef struct Column {
    const char *head;
    int width;
    bool is_wide; /* only on a wide terminal */
    uint64_t (*number)(const WatchedList *list, int64_t now_ms);
} Column;

static uint64_t hour_of(const WatchedList *list, int64_t now_ms)
{
    return watched_in_hour(list, now_ms, POST_KINDS);
}

static uint64_t today_of(const WatchedList *list, int64_t now_ms)
{
    return watched_today(list, now_ms, POST_KINDS);
}

static uint64_t patches_of(const WatchedList *list, int64_t now_ms)
{
    return watched_today(list, now_ms, POST_PATCH);
}

static uint64_t covers_of(const WatchedList *list, int64_t now_ms)
{
    return watched_today(list, now_ms, POST_COVER);
}

static uint64_t replies_of(const WatchedList *list, int64_t now_ms)
{
    return watched_today(list, now_ms, POST_REPLY);
}

static uint64_t posts_of(const WatchedList *list, int64_t now_ms)
{
    (void)now_ms;
    return list->posts;
}

static const Column columns[] = {
    { "hour", 5, false, hour_of },       { "today", 6, false, today_of },
    { "patches", 8, false, patches_of }, { "covers", 7, true, covers_of },
    { "replies", 8, false, replies_of }, { "in all", 10, true, posts_of },
};

static bool is_shown(const Screen *screen, const Column *column)
{
    return !column->is_wide || screen->size.columns >= WIDE;
}

/* Text that takes so many columns, cut or padded on the right. */
static void put_cell(GString *line, const char *text, size_t width)
{
    g_autofree char *visible = text_visible(text);
    g_autofree char *fitted = text_fit(visible, width);

    g_string_append(line, fitted);
    for (size_t at = text_columns(fitted); at < width; at++)
        g_string_append_c(line, ' ');
}

static bool is_full(const Screen *screen)
{
    return screen->lines >= screen->size.lines;
}

/* A line, whatever strangers wrote in it; blanks at its end are left out. */
static void put_line(Screen *screen, const char *text)
{
    if (is_full(screen))
        return;
    g_autofree char *visible = text_visible(text);
    g_autofree char *fitted = text_fit(visible, screen->size.columns);

    if (screen->lines++ > 0)
        g_string_append_c(screen->out, '\n');
    g_string_append(screen->out, g_strchomp(fitted));
}

static void put_time(GString *line, int64_t when_ms, int64_t now_ms)
{
    const int64_t day = INT64_C(24) * 60 * 60 * MILLISECONDS;
    g_autoptr(GDateTime) when =
        g_date_time_new_from_unix_utc(when_ms / MILLISECONDS);
    g_autofree char *text = when == NULL || when_ms <= 0 ? g_strdup("-")
                            : when_ms / day == now_ms / day
                                ? g_date_time_format(when, "%H:%M:%S")
                                : g_date_time_format(when, "%Y-%m-%d");

    put_cell(line, text, TIME_COLUMNS);
}

/* --- head --------------------------------------------------------------- */

static char *health_words(const Condition *condition)
{
    const char *trouble = NULL;

    if (condition == NULL)
        return g_strdup("");
    if (condition->redis_trouble != NULL)
        trouble = condition->redis_trouble;
    else if (condition->milter_trouble != NULL)
        trouble = condition->milter_trouble;
    else if (condition->held->len > 0)
        trouble = condition->held->pdata[0];
    if (trouble != NULL)
        return g_strdup_printf("NOT HEALTHY: %s", trouble);
    if (!condition->has_milter)
        return g_strdup("healthy");
    return g_strdup_printf("healthy, backlog %" PRIu64 ", lost %" PRIu64,
                           condition_rows_waiting(condition),
                           condition->milter.counters[HEALTH_LOST]);
}

static void put_head(Screen *screen, const Condition *condition)
{
    g_autoptr(GDateTime) now =
        g_date_time_new_from_unix_utc(screen->now_ms / MILLISECONDS);
    g_autofree char *time = g_date_time_format(now, "%Y-%m-%d %H:%M:%S UTC");
    g_autofree char *health = health_words(condition);
    g_autofree char *line = g_strdup_printf("listpulse  %s  q ends", time);

    put_line(screen, line);
    put_line(screen, health);
    put_line(screen, "");
}

/* --- lists -------------------------------------------------------------- */

static size_t list_columns(const Screen *screen)
{
    size_t taken = 2 + 2 + TIME_COLUMNS; /* the sign, and the time at the end */

    for (unsigned i = 0; i < G_N_ELEMENTS(columns); i++)
        taken += is_shown(screen, &columns[i]) ? (size_t)columns[i].width : 0;
    return CLAMP(screen->size.columns, taken + 1, taken + LIST_MAX) - taken;
}

static void put_list_head(Screen *screen)
{
    g_autoptr(GString) line = g_string_new("  ");

    put_cell(line, "list", list_columns(screen));
    for (unsigned i = 0; i < G_N_ELEMENTS(columns); i++) {
        if (is_shown(screen, &columns[i]))
            g_string_append_printf(line, "%*s", columns[i].width,
                                   columns[i].head);
    }
    g_string_append(line, "  last");
    put_line(screen, line->str);
}

static void put_list(Screen *screen, const WatchedList *list)
{
    g_autoptr(GString) line = g_string_new(list->has_moved ? "* " : "  ");

    put_cell(line, list->id, list_columns(screen));
    for (unsigned i = 0; i < G_N_ELEMENTS(columns); i++) {
        if (is_shown(screen, &columns[i]))
            g_string_append_printf(line, "%*" PRIu64, columns[i].width,
                                   columns[i].number(list, screen->now_ms));
    }
    g_string_append(line, "  ");
    put_time(line, list->last_ms, screen->now_ms);
    put_line(screen, line->str);
}

static int compare_recent(const void *a, const void *b)
{
    const WatchedList *one = *(const WatchedList *const *)a;
    const WatchedList *other = *(const WatchedList *const *)b;

    if (one->last_ms != other->last_ms)
        return one->last_ms < other->last_ms ? 1 : -1;
    return strcmp(one->id, other->id);
}

static void put_lists(Screen *screen)
{
    const GPtrArray *all = screen->watched->lists;
    /* A third of the screen, less if there are few. */
    const unsigned room = MAX(screen->size.lines / 3, 1);
    g_autoptr(GPtrArray) lists = g_ptr_array_new();

    for (unsigned i = 0; i < all->len; i++)
        g_ptr_array_add(lists, all->pdata[i]);
    g_ptr_array_sort(lists, compare_recent);
    put_list_head(screen);
    const unsigned shown = lists->len > room ? room - 1 : lists->len;
    for (unsigned i = 0; i < shown; i++)
        put_list(screen, lists->pdata[i]);
    if (shown < lists->len) {
        g_autofree char *more =
            g_strdup_printf("  and %u more lists", lists->len - shown);

        put_line(screen, more);
    }
}

/* --- authors and posts --------------------------------------------------- */

static void put_authors(Screen *screen)
{
    g_autoptr(GPtrArray) authors =
        watched_top_authors(screen->watched, AUTHORS_MAX);

    if (authors->len == 0)
        return;
    put_line(screen, "");
    put_line(screen, "Top authors today");
    for (unsigned i = 0; i < authors->len; i++) {
        const WatchedAuthor *author = authors->pdata[i];
        g_autofree char *line =
            g_strdup_printf("%7" PRIu64 "  %s <%s>", author->posts,
                            author->name, author->address);

        put_line(screen, line);
    }
}

static void put_post(Screen *screen, const WatchedPost *post)
{
    g_autoptr(GString) line = g_string_new("  ");
    const size_t name = screen->size.columns / NAME_PART;

    put_time(line, post->arrival_ms, screen->now_ms);
    g_string_append(line, "  ");
    if (screen->watched->only == NULL && screen->size.columns >= WIDE) {
        put_cell(line, post->list, POST_LIST);
        g_string_append(line, "  ");
    }
    put_cell(line, post->name[0] != '\0' ? post->name : post->address, name);
    g_string_append(line, "  ");
    g_string_append(line, post->subject);
    put_line(screen, line->str);
}

static void put_posts(Screen *screen)
{
    if (screen->watched->posts.length == 0)
        return;
    put_line(screen, "");
    put_line(screen, "Last posts");
    for (const GList *at = screen->watched->posts.head;
         at != NULL && !is_full(screen); at = at->next)
        put_post(screen, at->data);
}

void watch_screen(GString *out, const Watched *watched,
                  const Condition *condition, ScreenSize size, int64_t now_ms)
{
    Screen screen = {
        .out = out,
        .watched = watched,
        .size = { MAX(size.columns, SCREEN_COLUMNS_MIN),
                  MAX(size.lines, SCREEN_LINES_MIN) },
        .now_ms = now_ms,
    };

    put_head(&screen, condition);
    put_lists(&screen);
    put_authors(&screen);
    put_posts(&screen);
}
