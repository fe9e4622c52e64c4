/* SPDX-License-Identifier: MIT */
/*
 * listpulse watch: counters as mail arrives. On a terminal a table that is
 * drawn again, elsewhere a line whenever something moved.
 */
#include "command/choose.h"
#include "command/command.h"

#include "base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/banned.h"

enum { MILLISECONDS = 1000, SECONDS_DEFAULT = 1 };

static const int64_t DAY_MS = INT64_C(24) * 60 * 60 * 1000;

typedef struct WatchOptions {
    unsigned seconds, rounds;
} WatchOptions;

static const Option watch_options[] = {
    { "seconds", 's', OPTION_COUNT, "N", "look every N seconds (1)",
      offsetof(WatchOptions, seconds) },
    { "rounds", 'n', OPTION_COUNT, "N", "look N times, then end",
      offsetof(WatchOptions, rounds) },
    { .name = NULL },
};

typedef struct Counters { /* of one list */
    char *list;
    uint64_t posts, duplicates;
    int64_t day;                /* of what follows, since 1970, UTC */
    uint64_t today[POST_KINDS]; /* by kind, as of a person */
    int64_t last_ms;
    bool has_moved; /* in the last look */
} Counters;

typedef struct Watch {
    Store *store;
    char *only;       /* the list that is watched; NULL: all */
    GPtrArray *lists; /* Counters * */
    bool is_terminal;
    bool is_away; /* Redis, at the last look */
    struct termios before;
} Watch;

static volatile sig_atomic_t is_ended;

static void on_end(int number)
{
    (void)number;
    is_ended = 1;
}

static void counters_free(void *data)
{
    Counters *counters = data;

    g_free(counters->list);
    g_free(counters);
}

static Counters *counters_of(Watch *watch, const char *list)
{
    for (unsigned i = 0; i < watch->lists->len; i++) {
        Counters *counters = watch->lists->pdata[i];

        if (strcmp(counters->list, list) == 0)
            return counters;
    }

    Counters *counters = g_new0(Counters, 1);
    counters->list = g_strdup(list);
    counters->day = -1;
    g_ptr_array_add(watch->lists, counters);
    return counters;
}

static bool count_today(Watch *watch, Counters *counters, int64_t day,
                        GError **error)
{
    g_autoptr(GArray) rows = store_rows(
        watch->store, counters->list, day * DAY_MS, (day + 1) * DAY_MS, error);

    if (rows == NULL)
        return false;
    memset(counters->today, 0, sizeof counters->today);
    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &g_array_index(rows, PostRow, i);

        if (row->kind < POST_KINDS)
            counters->today[post_kind_decided(row->kind, false)]++;
    }
    counters->day = day;
    return true;
}

static bool look_at(Watch *watch, const char *list, int64_t now_ms,
                    GError **error)
{
    Counters *counters = counters_of(watch, list);
    const int64_t day = now_ms / DAY_MS;
    StoreListInfo *info = store_list_info(watch->store, list, false, error);

    if (info == NULL)
        return false;
    counters->has_moved = counters->day < 0 || counters->posts != info->posts ||
                          counters->duplicates != info->duplicates;
    const bool is_stale =
        counters->day != day || counters->posts != info->posts;
    counters->posts = info->posts;
    counters->duplicates = info->duplicates;
    counters->last_ms = info->last_ms;
    store_list_info_free(info);
    return !is_stale || count_today(watch, counters, day, error);
}

static bool look(Watch *watch, int64_t now_ms, GError **error)
{
    if (watch->only != NULL)
        return look_at(watch, watch->only, now_ms, error);

    g_autoptr(GPtrArray) lists = store_lists(watch->store, error);
    if (lists == NULL)
        return false;
    for (unsigned i = 0; i < lists->len; i++) {
        if (!look_at(watch, lists->pdata[i], now_ms, error))
            return false;
    }
    return true;
}

static uint64_t posts_today(const Counters *counters)
{
    uint64_t sum = 0;

    for (unsigned kind = 0; kind < POST_KINDS; kind++)
        sum += counters->today[kind];
    return sum;
}

static char *time_of(int64_t when_ms, const char *format)
{
    g_autoptr(GDateTime) when =
        g_date_time_new_from_unix_utc(when_ms / MILLISECONDS);

    return when != NULL && when_ms > 0 ? g_date_time_format(when, format)
                                       : g_strdup("-");
}

static void append_line(GString *out, const Counters *counters, int64_t now_ms)
{
    g_autofree char *now = time_of(now_ms, "%Y-%m-%dT%H:%M:%SZ");

    g_string_append_printf(
        out,
        "%s %s posts %" PRIu64 " duplicates %" PRIu64 " today %" PRIu64
        " patches %" PRIu64 " covers %" PRIu64 " replies %" PRIu64 "\n",
        now, counters->list, counters->posts, counters->duplicates,
        posts_today(counters), counters->today[POST_PATCH],
        counters->today[POST_COVER], counters->today[POST_REPLY]);
}

static void append_row(GString *out, const Counters *counters)
{
    g_autofree char *last = time_of(counters->last_ms, "%Y-%m-%d %H:%M:%S");

    g_string_append_printf(
        out,
        "%c %-32s %9" PRIu64 " %7" PRIu64 " %8" PRIu64 " %7" PRIu64 " %8" PRIu64
        "  %s\n",
        counters->has_moved ? '*' : ' ', counters->list, counters->posts,
        posts_today(counters), counters->today[POST_PATCH],
        counters->today[POST_COVER], counters->today[POST_REPLY], last);
}

static void append_table(GString *out, const Watch *watch, int64_t now_ms)
{
    g_autofree char *now = time_of(now_ms, "%Y-%m-%d %H:%M:%S");

    g_string_append_printf(out,
                           "\033[H\033[Jlistpulse  %s UTC   %s   q ends\n\n"
                           "  %-32s %9s %7s %8s %7s %8s  %s\n",
                           now, watch->is_away ? "Redis is away" : "", "list",
                           "posts", "today", "patches", "covers", "replies",
                           "last");
    for (unsigned i = 0; i < watch->lists->len; i++)
        append_row(out, watch->lists->pdata[i]);
}

static bool show(const Watch *watch, int64_t now_ms, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (watch->is_terminal) {
        append_table(out, watch, now_ms);
        return command_print(out->str, out->len, error);
    }
    for (unsigned i = 0; i < watch->lists->len; i++) {
        const Counters *counters = watch->lists->pdata[i];

        if (counters->has_moved)
            append_line(out, counters, now_ms);
    }
    return command_print(out->str, out->len, error);
}

/* Keys act at once and are not shown; signals stay as they are. */
static void terminal_begin(Watch *watch)
{
    struct termios raw;

    watch->is_terminal = isatty(STDOUT_FILENO) == 1 &&
                         tcgetattr(STDIN_FILENO, &watch->before) == 0;
    if (!watch->is_terminal)
        return;
    raw = watch->before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    fputs("\033[?1049h\033[?25l", stdout);
}

static void terminal_end(const Watch *watch)
{
    if (!watch->is_terminal)
        return;
    fputs("\033[?25h\033[?1049l", stdout);
    fflush(stdout);
    tcsetattr(STDIN_FILENO, TCSANOW, &watch->before);
}

/* True to look again; false when somebody wants to leave. */
static bool rest(const Watch *watch, unsigned seconds)
{
    struct pollfd input = { .fd = watch->is_terminal ? STDIN_FILENO : -1,
                            .events = POLLIN };
    char key = '\0';

    if (is_ended || poll(&input, 1, (int)seconds * MILLISECONDS) < 0)
        return !is_ended;
    if ((input.revents & POLLIN) != 0 && read(STDIN_FILENO, &key, 1) == 1)
        return key != 'q' && key != 'Q';
    return !is_ended && (input.revents & (POLLHUP | POLLERR)) == 0;
}

/* A Redis that is away is waited for: somebody is watching. */
static bool forgive(Watch *watch, GError **failure, GError **error)
{
    if (*failure == NULL) {
        watch->is_away = false;
        return true;
    }
    if ((*failure)->domain != STORE_ERROR ||
        (*failure)->code > STORE_ERROR_FULL ||
        (*failure)->code == STORE_ERROR_SPEC) {
        g_propagate_error(error, g_steal_pointer(failure));
        return false;
    }
    if (!watch->is_away && !watch->is_terminal)
        command_warn((*failure)->message, "waiting for Redis");
    watch->is_away = true;
    g_clear_error(failure);
    return true;
}

static bool watch_rounds(Watch *watch, const WatchOptions *options,
                         GError **error)
{
    const unsigned seconds =
        options->seconds > 0 ? options->seconds : SECONDS_DEFAULT;

    for (unsigned round = 1;; round++) {
        const int64_t now_ms = g_get_real_time() / MILLISECONDS;
        GError *failure = NULL;

        look(watch, now_ms, &failure);
        if (!forgive(watch, &failure, error) || !show(watch, now_ms, error))
            return false;
        if (round == options->rounds || !rest(watch, seconds))
            return true;
    }
}

static int run(const Invocation *invocation, GError **error)
{
    const struct sigaction action = { .sa_handler = on_end };
    g_autoptr(Store) store = command_store(invocation->settings, error);
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(counters_free);
    g_autofree char *only = NULL;

    if (store == NULL)
        return EXIT_FAILED;
    if (invocation->operand_count > 0) {
        only = choose_list(store, invocation->settings, invocation->operands[0],
                           error);
        if (only == NULL)
            return EXIT_USAGE;
    }

    Watch watch = { .store = store, .only = only, .lists = lists };
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    terminal_begin(&watch);
    const bool is_good = watch_rounds(&watch, invocation->options, error);
    terminal_end(&watch);
    return is_good ? EXIT_GOOD : EXIT_FAILED;
}

const Command command_watch = {
    .name = "watch",
    .operands = "[LIST]",
    .summary = "counters, shown anew as mail arrives",
    .options = watch_options,
    .options_size = sizeof(WatchOptions),
    .least = 0,
    .most = 1,
    .run = run,
};
