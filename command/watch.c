/* SPDX-License-Identifier: MIT */
/*
 * listpulse watch: what arrives, as it arrives. On a terminal a table that is
 * drawn again, elsewhere a line whenever a list moved, or an object a post.
 * Redis says when a list has new posts; what they are is read by their numbers.
 */
#include "command/choose.h"
#include "command/command.h"
#include "command/watch_screen.h"
#include "command/watched.h"

#include "store/follow.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/banned.h"

enum {
    MILLISECONDS = 1000,
    SECONDS_DEFAULT = 1,
    PAUSE_MS = 100,       /* between two looks, however many messages come */
    CONDITION_MS = 5000,  /* between two looks at the health of all */
    ALL_LISTS_MS = 30000, /* ... at lists of which no message came */
    COLUMNS_DEFAULT = 80,
    LINES_DEFAULT = 24,
};

typedef struct WatchOptions {
    unsigned seconds, rounds;
    bool json;
} WatchOptions;

static const Option watch_options[] = {
    { "json", 0, OPTION_FLAG, NULL, "an object for each post, one per line",
      offsetof(WatchOptions, json) },
    { "seconds", 's', OPTION_COUNT, "N", "look at least every N seconds (1)",
      offsetof(WatchOptions, seconds) },
    { "rounds", 'n', OPTION_COUNT, "N", "end after N such looks",
      offsetof(WatchOptions, rounds) },
    { .name = NULL },
};

typedef struct Watch {
    const Settings *settings;
    const WatchOptions *options;
    Store *store;
    Watched watched;
    StoreFollower *follower;      /* NULL: Redis is asked each round */
    bool may_follow;              /* an ACL does not forbid it */
    Condition *condition;         /* of a terminal; NULL: not known yet */
    int64_t condition_ms, all_ms; /* when they are due, monotonic */
    bool is_terminal;
    bool is_away;  /* Redis, at the last look */
    GString *told; /* JSON that was not written yet */
    struct termios before;
} Watch;

static volatile sig_atomic_t is_ended, is_resized;

static void on_end(int number)
{
    (void)number;
    is_ended = 1;
}

static void on_resize(int number)
{
    (void)number;
    is_resized = 1;
}

static int64_t monotonic_ms(void)
{
    return g_get_monotonic_time() / MILLISECONDS;
}

static int64_t wall_ms(void)
{
    return g_get_real_time() / MILLISECONDS;
}

/* --- what is written ---------------------------------------------------- */

static char *time_of(int64_t when_ms)
{
    g_autoptr(GDateTime) when =
        g_date_time_new_from_unix_utc(when_ms / MILLISECONDS);

    return when != NULL ? g_date_time_format(when, "%Y-%m-%dT%H:%M:%SZ")
                        : g_strdup("");
}

static void append_line(GString *out, const WatchedList *list, int64_t now_ms)
{
    g_autofree char *now = time_of(now_ms);

    g_string_append_printf(out,
                           "%s %s posts %" PRIu64 " duplicates %" PRIu64
                           " today %" PRIu64 " patches %" PRIu64
                           " covers %" PRIu64 " replies %" PRIu64 "\n",
                           now, list->id, list->posts, list->duplicates,
                           watched_today(list, now_ms, POST_KINDS),
                           watched_today(list, now_ms, POST_PATCH),
                           watched_today(list, now_ms, POST_COVER),
                           watched_today(list, now_ms, POST_REPLY));
}

static bool show_lines(const Watch *watch, int64_t now_ms, GError **error)
{
    const GPtrArray *lists = watch->watched.lists;
    g_autoptr(GString) out = g_string_new(NULL);

    for (unsigned i = 0; i < lists->len; i++) {
        const WatchedList *list = lists->pdata[i];

        if (list->has_moved)
            append_line(out, list, now_ms);
    }
    return command_print(out->str, out->len, error);
}

/* An object a post, as it is read. */
static void tell_post(const WatchedPost *post, void *data)
{
    GString *out = data;
    g_autofree char *arrival = time_of(post->arrival_ms);
    json_t *object = json_pack(
        "{s:s, s:I, s:s, s:s, s:s, s:{s:s, s:s}, s:s, s:s, s:I, s:I}", "list",
        post->list, "post", (json_int_t)post->post, "arrival", arrival, "kind",
        post_kind_name(post->kind), "subject", post->subject, "author", "name",
        post->name, "email", post->address, "message_id", post->message_id,
        "mark", post->mark, "insertions", (json_int_t)post->insertions,
        "deletions", (json_int_t)post->deletions);
    char *line = object != NULL ? json_dumps(object, JSON_COMPACT) : NULL;

    if (line != NULL)
        g_string_append_printf(out, "%s\n", line);
    free(line);
    json_decref(object);
}

static ScreenSize size_of_terminal(void)
{
    struct winsize size = { 0 };

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return (ScreenSize){ COLUMNS_DEFAULT, LINES_DEFAULT };
    return (ScreenSize){ size.ws_col, size.ws_row };
}

static bool show_table(const Watch *watch, int64_t now_ms, GError **error)
{
    g_autoptr(GString) out = g_string_new("\033[H");
    g_autoptr(GString) table = g_string_new(NULL);

    watch_screen(table, &watch->watched, watch->condition, size_of_terminal(),
                 now_ms);
    /* What was there before goes line by line, so that nothing flickers. */
    g_string_replace(table, "\n", "\033[K\r\n", 0);
    g_string_append(out, table->str);
    g_string_append(out, "\033[K\033[J");
    return command_print(out->str, out->len, error);
}

static bool show(const Watch *watch, GError **error)
{
    const int64_t now_ms = wall_ms();

    if (watch->is_terminal)
        return show_table(watch, now_ms, error);
    if (!watch->options->json)
        return show_lines(watch, now_ms, error);
    const bool is_good =
        command_print(watch->told->str, watch->told->len, error);
    g_string_truncate(watch->told, 0);
    return is_good;
}

/* --- what is read ------------------------------------------------------- */

/* Messages that come while nobody listens are lost: then all lists may have
 * moved. Where an ACL forbids it, each round asks. */
static bool follow(Watch *watch, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (watch->follower != NULL || !watch->may_follow)
        return true;
    watch->follower = store_follow(watch->store, &failure);
    if (watch->follower != NULL) {
        watched_note_all(&watch->watched);
        return true;
    }
    if (!g_error_matches(failure, STORE_ERROR, STORE_ERROR_DENIED)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    watch->may_follow = false;
    if (!watch->is_terminal)
        command_warn(failure->message, "asking Redis again and again instead");
    return true;
}

static bool look(Watch *watch, GError **error)
{
    if (!follow(watch, error))
        return false;
    if (watch->follower == NULL || monotonic_ms() >= watch->all_ms) {
        watched_note_all(&watch->watched);
        watch->all_ms = monotonic_ms() + ALL_LISTS_MS;
    }
    return watched_look(&watch->watched, wall_ms(), error);
}

static void take_messages(Watch *watch)
{
    g_autoptr(GPtrArray) lists = store_follower_take(watch->follower, NULL);

    if (lists == NULL) {
        g_clear_pointer(&watch->follower, store_follower_free);
        return;
    }
    for (unsigned i = 0; i < lists->len; i++)
        watched_note(&watch->watched, lists->pdata[i]);
}

static void condition_free(Condition *condition)
{
    if (condition == NULL)
        return;
    condition_clear(condition);
    g_free(condition);
}

static void look_at_health(Watch *watch)
{
    if (!watch->is_terminal || monotonic_ms() < watch->condition_ms)
        return;
    g_clear_pointer(&watch->condition, condition_free);
    watch->condition = g_new0(Condition, 1);
    condition_init(watch->condition, watch->settings, wall_ms());
    watch->condition_ms = monotonic_ms() + CONDITION_MS;
}

/* A Redis that is away is waited for: somebody is watching. */
static bool forgive(Watch *watch, GError **failure, GError **error)
{
    const bool was_away = watch->is_away;

    watch->is_away = *failure != NULL;
    if (was_away != watch->is_away)
        watch->condition_ms = 0;
    if (*failure == NULL)
        return true;
    if ((*failure)->domain != STORE_ERROR ||
        (*failure)->code > STORE_ERROR_FULL ||
        (*failure)->code == STORE_ERROR_SPEC) {
        g_propagate_error(error, g_steal_pointer(failure));
        return false;
    }
    if (!was_away && !watch->is_terminal)
        command_warn((*failure)->message, "waiting for Redis");
    g_clear_error(failure);
    return true;
}

static bool look_and_show(Watch *watch, GError **error)
{
    GError *failure = NULL;

    look(watch, &failure);
    if (!forgive(watch, &failure, error))
        return false;
    look_at_health(watch);
    return show(watch, error);
}

/* --- waiting ------------------------------------------------------------ */

/* Keys act at once and are not shown; signals stay as they are. */
static void terminal_begin(Watch *watch)
{
    struct termios raw;

    watch->is_terminal = !watch->options->json && isatty(STDOUT_FILENO) == 1 &&
                         tcgetattr(STDIN_FILENO, &watch->before) == 0;
    if (!watch->is_terminal)
        return;
    raw = watch->before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    fputs("\033[?1049h\033[?25l\033[H\033[J", stdout);
}

static void terminal_end(const Watch *watch)
{
    if (!watch->is_terminal)
        return;
    fputs("\033[?25h\033[?1049l", stdout);
    fflush(stdout);
    tcsetattr(STDIN_FILENO, TCSANOW, &watch->before);
}

/* Whether somebody wants to leave. */
static bool is_leaving(const struct pollfd *input)
{
    char key = '\0';

    if ((input->revents & POLLIN) != 0)
        return read(STDIN_FILENO, &key, 1) != 1 || key == 'q' || key == 'Q';
    return (input->revents & (POLLHUP | POLLERR)) != 0;
}

typedef enum Wake { WAKE_END, WAKE_ROUND, WAKE_MESSAGE } Wake;

/* Until the round ends, a message or a key comes, or the terminal has another
 * size. */
static Wake wait_until(Watch *watch, int64_t until_ms)
{
    struct pollfd inputs[] = {
        { .fd = watch->is_terminal ? STDIN_FILENO : -1, .events = POLLIN },
        { .fd = watch->follower != NULL ? store_follower_file(watch->follower)
                                        : -1,
          .events = POLLIN },
    };
    const int64_t rest_ms = until_ms - monotonic_ms();

    if (is_ended)
        return WAKE_END;
    const int ready = poll(inputs, G_N_ELEMENTS(inputs), (int)MAX(rest_ms, 0));
    if (is_ended || (ready < 0 && errno != EINTR) ||
        (ready > 0 && is_leaving(&inputs[0])))
        return WAKE_END;
    if (ready > 0 && inputs[1].revents != 0) {
        take_messages(watch);
        return WAKE_MESSAGE;
    }
    return ready < 0 || monotonic_ms() < until_ms ? WAKE_MESSAGE : WAKE_ROUND;
}

/* Many messages make one look: false when somebody wants to leave. */
static bool gather_messages(Watch *watch, int64_t until_ms)
{
    const bool is_prompt = watch->is_terminal || watch->options->json;
    const int64_t pause_ms =
        is_prompt ? MIN(until_ms, monotonic_ms() + PAUSE_MS) : until_ms;
    Wake wake = WAKE_MESSAGE;

    while (wake == WAKE_MESSAGE && !is_resized)
        wake = wait_until(watch, pause_ms);
    is_resized = 0;
    return wake != WAKE_END;
}

static bool watch_rounds(Watch *watch, GError **error)
{
    const unsigned seconds =
        watch->options->seconds > 0 ? watch->options->seconds : SECONDS_DEFAULT;
    int64_t until_ms = monotonic_ms();

    for (unsigned round = 1;; round++) {
        until_ms += (int64_t)seconds * MILLISECONDS;
        if (!look_and_show(watch, error))
            return false;
        if (round == watch->options->rounds)
            return true;
        for (;;) {
            const Wake wake = wait_until(watch, until_ms);

            if (wake == WAKE_END)
                return true;
            if (wake == WAKE_ROUND)
                break;
            if (!gather_messages(watch, until_ms))
                return true;
            if (!look_and_show(watch, error))
                return false;
        }
    }
}

static void catch_signals(void)
{
    const struct sigaction end = { .sa_handler = on_end };
    const struct sigaction resize = { .sa_handler = on_resize };

    sigaction(SIGINT, &end, NULL);
    sigaction(SIGTERM, &end, NULL);
    sigaction(SIGWINCH, &resize, NULL);
}

static int run(const Invocation *invocation, GError **error)
{
    g_autoptr(Store) store = command_store(invocation->settings, error);
    g_autofree char *only = NULL;

    if (store == NULL)
        return EXIT_FAILED;
    if (invocation->operand_count > 0) {
        only = choose_list(store, invocation->settings, invocation->operands[0],
                           error);
        if (only == NULL)
            return EXIT_USAGE;
    }

    Watch watch = {
        .settings = invocation->settings,
        .options = invocation->options,
        .store = store,
        .may_follow = true,
        .told = g_string_new(NULL),
    };

    watched_init(&watch.watched, store, only);
    watch.watched.tell = watch.options->json ? tell_post : NULL;
    watch.watched.data = watch.told;
    catch_signals();
    terminal_begin(&watch);
    const bool is_good = watch_rounds(&watch, error);
    terminal_end(&watch);
    store_follower_free(watch.follower);
    condition_free(watch.condition);
    watched_clear(&watch.watched);
    g_string_free(watch.told, TRUE);
    return is_good ? EXIT_GOOD : EXIT_FAILED;
}

const Command command_watch = {
    .name = "watch",
    .operands = "[LIST]",
    .summary = "what arrives, as it arrives",
    .options = watch_options,
    .options_size = sizeof(WatchOptions),
    .least = 0,
    .most = 1,
    .run = run,
};
