/* SPDX-License-Identifier: MIT */
/* listpulse digest: a list and an interval -> what happened there. */
#include "command/command.h"
#include "command/cursor.h"
#include "command/mailing.h"
#include "command/narrow.h"
#include "command/output.h"
#include "command/several.h"

#include "base/interval.h"
#include "base/moment.h"
#include "digest/load.h"
#include "identity/identity.h"
#include "render/renderer.h"

#include <string.h>

#include "base/banned.h"

enum { WAITING_DAYS = 90 };
static const char OPEN_SPAN[] = "90d";

typedef struct DigestOptions {
    const char *since, *until, *last, *timezone;
    const char *format, *sections;
    const char *output;
    GPtrArray *mail; /* addresses */
    const char *cursor, *entries, *by;
    unsigned top, waiting_days;
    NarrowOptions narrow;
    bool previous, advance, skip_empty, all;
} DigestOptions;

static const Option digest_options[] = {
    { "since", 0, OPTION_TEXT, "TIME", "mail that arrived from then on",
      offsetof(DigestOptions, since) },
    { "until", 0, OPTION_TEXT, "TIME", "mail that arrived before then",
      offsetof(DigestOptions, until) },
    { "last", 0, OPTION_TEXT, "SPAN", "7d, day, week, month up to now",
      offsetof(DigestOptions, last) },
    { "since-cursor", 0, OPTION_TEXT, "NAME",
      "what this cursor has not shown yet", offsetof(DigestOptions, cursor) },
    { "advance", 0, OPTION_FLAG, NULL,
      "move the cursor once the digest is written",
      offsetof(DigestOptions, advance) },
    { "by", 0, OPTION_TEXT, "WHICH",
      "time that counts: arrival (the default) or date",
      offsetof(DigestOptions, by) },
    { "timezone", 0, OPTION_TEXT, "ZONE", "of times given and shown (TZ)",
      offsetof(DigestOptions, timezone) },
    { "format", 'f', OPTION_TEXT, "FORMAT",
      "text, classic, markdown, html, json, csv, atom, rfc1153, mime-digest",
      offsetof(DigestOptions, format) },
    { "sections", 0, OPTION_TEXT, "A,B", "only these sections",
      offsetof(DigestOptions, sections) },
    { "top", 0, OPTION_COUNT, "N", "rows of the top lists",
      offsetof(DigestOptions, top) },
    { "all", 0, OPTION_FLAG, NULL, "of all lists as one, LIST is left out",
      offsetof(DigestOptions, all) },
    { "entries", 0, OPTION_TEXT, "N",
      "texts of so many patch sets, or all (100; json: all)",
      offsetof(DigestOptions, entries) },
    { "waiting-days", 0, OPTION_COUNT, "N",
      "so many days back it looks for what waits (90)",
      offsetof(DigestOptions, waiting_days) },
    { "author", 0, OPTION_TEXT, "WHO",
      "only mail by this address, *@domain or part of a name",
      offsetof(DigestOptions, narrow.author) },
    { "path", 0, OPTION_TEXT, "GLOB",
      "only patch sets that change such files, and answers",
      offsetof(DigestOptions, narrow.path) },
    { "subsystem", 0, OPTION_TEXT, "NAME",
      "likewise, of files that MAINTAINERS names there",
      offsetof(DigestOptions, narrow.subsystem) },
    { "tag", 0, OPTION_TEXT, "WORD", "only mail with this tag in its subject",
      offsetof(DigestOptions, narrow.tag) },
    { "state", 0, OPTION_TEXT, "STATE",
      "only such sets: new, updated, ..., applied, waiting",
      offsetof(DigestOptions, narrow.state) },
    { "thread", 0, OPTION_TEXT, "ID", "only the thread of this Message-ID",
      offsetof(DigestOptions, narrow.thread) },
    { "open", 0, OPTION_TEXT, "WHO",
      "only patch sets of this author that are still open",
      offsetof(DigestOptions, narrow.open) },
    { "previous", 0, OPTION_FLAG, NULL,
      "compare with the interval of equal length before",
      offsetof(DigestOptions, previous) },
    { "skip-empty", 0, OPTION_FLAG, NULL,
      "print and mail nothing if no mail came",
      offsetof(DigestOptions, skip_empty) },
    { "output", 'o', OPTION_TEXT, "FILE", "write to FILE, whole or not at all",
      offsetof(DigestOptions, output) },
    { "mail", 0, OPTION_TEXTS, "ADDRESS",
      "send as a mail through sendmail(1); may be repeated",
      offsetof(DigestOptions, mail) },
    { .name = NULL },
};

/* What is made of the command line, beside what it says itself. */
typedef struct Plan {
    const DigestOptions *options;
    const Renderer *renderer;
    unsigned sections, entries;
    Several several;
    const char *list;            /* lent from it, */
    ListSettings *list_settings; /* and this */
    Narrow narrow;
    IntervalRequest interval;
    int64_t now_ms;
} Plan;

static void plan_clear(Plan *plan)
{
    several_clear(&plan->several);
    interval_request_clear(&plan->interval);
    narrow_clear(&plan->narrow);
}

static bool wrong(GError **error, const char *what, const char *why)
{
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG, "%s: %s", what, why);
    return false;
}

static bool read_format(Plan *plan, GError **error)
{
    const char *format =
        plan->options->format != NULL ? plan->options->format : "text";
    g_autofree char *why =
        g_strdup_printf("no such format; there are %s", renderer_names());

    plan->renderer = renderer_find(format);
    if (plan->renderer == NULL)
        return wrong(error, format, why);
    if (plan->renderer == &render_mime_digest &&
        (plan->options->mail == NULL || plan->options->output != NULL))
        return wrong(error, "--format mime-digest",
                     "is a mail: --mail says to whom, and no --output");
    return true;
}

static bool read_sections(Plan *plan, GError **error)
{
    const char *bad = NULL;

    plan->sections = SECTION_ALL;
    if (plan->options->sections == NULL ||
        sections_parse(plan->options->sections, &plan->sections, &bad))
        return true;

    g_autofree char *word = g_strndup(bad, strcspn(bad, ","));
    g_autofree char *why =
        g_strdup_printf("no such section; there are %s", sections_names());
    return wrong(error, word, why);
}

/* A file of comma-separated values is one table. */
static bool check_table(const Plan *plan, GError **error)
{
    const unsigned sections = plan->sections;

    if (plan->renderer != &render_csv ||
        (sections != 0 && (sections & (sections - 1)) == 0 &&
         sections != SECTION_ENTRIES))
        return true;
    return wrong(error, "--format csv",
                 "is one table; --sections patches and the like names it");
}

static bool read_entries(Plan *plan, GError **error)
{
    enum { ENTRIES = 100, ENTRIES_MAX = 1000000 };
    const char *given = plan->options->entries;
    guint64 number = plan->renderer == &render_json ? 0 : ENTRIES;

    if (given != NULL && strcmp(given, "all") == 0)
        number = 0;
    else if (given != NULL && !g_ascii_string_to_unsigned(
                                  given, 10, 1, ENTRIES_MAX, &number, NULL))
        return wrong(error, given, "neither a number of entries nor all");
    plan->entries = (unsigned)number;
    return true;
}

static bool is_by_date(const DigestOptions *options)
{
    return options->by != NULL && strcmp(options->by, "date") == 0;
}

static bool check_by(const DigestOptions *options, GError **error)
{
    if (options->by != NULL && !is_by_date(options) &&
        strcmp(options->by, "arrival") != 0)
        return wrong(error, options->by, "--by is date or arrival");
    if (is_by_date(options) && options->cursor != NULL)
        return wrong(
            error, "--by date",
            "a cursor tells what has arrived since, whatever its Date");
    return true;
}

static bool check_options(const Invocation *invocation, GError **error)
{
    const DigestOptions *options = invocation->options;
    const unsigned lists = options->all ? 0 : 1;

    if (invocation->operand_count < lists)
        return wrong(error, "digest",
                     "too few arguments; usage: listpulse digest "
                     "LIST[,LIST...] [A..B]");
    if (invocation->operand_count > lists + 1)
        return wrong(error, invocation->operands[0],
                     "--all is of all lists, none is to be named");
    if (options->advance && options->cursor == NULL)
        return wrong(error, "--advance", "needs --since-cursor NAME");
    if (options->cursor != NULL && invocation->operand_count > lists)
        return wrong(error, "--since-cursor", "starts where A..B does");
    if (options->cursor != NULL && !cursor_name_is_valid(options->cursor))
        return wrong(error, options->cursor,
                     "a cursor's name has letters, digits, - and _ only");
    if (options->timezone != NULL && !moment_zone_is_plain(options->timezone))
        return wrong(error, options->timezone,
                     "no time zone; write one such as Europe/Berlin or +02:00");
    for (unsigned i = 0; options->mail != NULL && i < options->mail->len; i++) {
        const char *address = options->mail->pdata[i];

        if (!output_is_address(address))
            return wrong(error, address, "not a mail address");
    }
    return check_by(options, error) && narrow_check(&options->narrow, error);
}

static void set_timezone(Plan *plan)
{
    const char *zone = plan->options->timezone;

    if (zone == NULL)
        zone = command_timezone(plan->list_settings);

    char *owned = g_strdup(zone);
    g_free(plan->list_settings->timezone);
    plan->list_settings->timezone = owned;
}

static bool read_interval(Plan *plan, Store *store, const char *range,
                          GError **error)
{
    const DigestOptions *options = plan->options;
    const bool is_given = range != NULL || options->since != NULL ||
                          options->until != NULL || options->last != NULL ||
                          options->cursor != NULL;

    /* A thread and what is open are asked for whenever they began. */
    if (!is_given && options->narrow.thread != NULL)
        return true;

    const bool is_open = !is_given && options->narrow.open != NULL;
    const IntervalWords words = {
        .range = range,
        .since = options->since,
        .until = options->until,
        .last = is_open ? OPEN_SPAN : options->last,
        .timezone = plan->list_settings->timezone,
        .now_ms = plan->now_ms,
    };

    if (options->cursor != NULL)
        return cursor_interval(store, plan->list, options->cursor, &words,
                               &plan->interval, error);
    return interval_parse(&words, &plan->interval, error);
}

static Digest *load(const Plan *plan, const Settings *settings, Store *store,
                    GError **error)
{
    g_autoptr(Identity) identity = command_identity(settings, error);
    if (identity == NULL)
        return NULL;

    const DigestRequest request = {
        .list = plan->list,
        .several =
            plan->several.members != NULL
                ? (const ListSettings *const *)plan->several.members->pdata
                : NULL,
        .settings = plan->list_settings,
        .interval = &plan->interval,
        .filter = plan->narrow.is_asked ? &plan->narrow.filter : NULL,
        .identity = identity,
        .top = plan->options->top,
        .sections = plan->sections,
        .entries = plan->entries,
        .waiting_days = plan->options->waiting_days > 0
                            ? plan->options->waiting_days
                            : WAITING_DAYS,
        .for_classic = plan->renderer == &render_classic,
        .with_previous =
            plan->options->previous || (plan->renderer == &render_json &&
                                        (plan->sections & SECTION_TOTALS) != 0),
        .with_days_before = true,
        .now_ms = plan->now_ms,
    };
    return digest_load(store, &request, error);
}

/* Text for those who read text, and the page; in another format than these two
 * only what was asked for. The digest before by the same cursor is what it
 * answers. */
static bool send_mail(const Plan *plan, Store *store, const Digest *digest,
                      const RenderOptions *render, const GString *rendered,
                      GError **error)
{
    const DigestOptions *options = plan->options;
    const Mailing mailing = {
        .store = store,
        .list = plan->list,
        .cursor = options->advance ? options->cursor : NULL,
        .to = options->mail,
        .with_mails = plan->renderer == &render_mime_digest,
        .now_ms = plan->now_ms,
    };
    const bool is_alternative =
        plan->renderer == &render_text || plan->renderer == &render_html;

    return mailing_send(&mailing, digest, render,
                        is_alternative ? NULL : rendered, error);
}

static bool write_digest(const Plan *plan, Store *store, const Digest *digest,
                         GError **error)
{
    const DigestOptions *options = plan->options;
    const bool is_shown = options->output == NULL && options->mail == NULL;
    const RenderOptions render = {
        .sections = plan->sections,
        .with_previous = options->previous,
        .colour = is_shown && output_has_colour(),
        .width = is_shown ? output_width() : 0,
    };
    g_autoptr(GString) text = g_string_new(NULL);

    plan->renderer->render(digest, &render, text);
    if (is_shown)
        return output_page(text->str, text->len, error);
    if (options->output != NULL &&
        !output_file(options->output, text->str, text->len, error))
        return false;
    return options->mail == NULL ||
           send_mail(plan, store, digest, &render, text, error);
}

static void warn_of_paths(const Digest *digest)
{
    if (digest->unknown_paths == 0)
        return;

    g_autofree char *why = g_strdup_printf(
        "of %u patches that an older version counted it is not known which "
        "files they change: import --again of their archive completes them",
        digest->unknown_paths);
    command_warn("paths", why);
}

/* With --all, no list stands before it. */
static const char *range_of(const Invocation *invocation)
{
    const DigestOptions *options = invocation->options;

    return invocation->operand_count == 0
               ? NULL
               : invocation->operands[options->all ? 0 : 1];
}

/* The digest that is being printed. It is freed by the next one alone: the
 * process ends behind the last, and to free all that a year was made from takes
 * a tenth of its time. */
static Digest *printed;

static bool make(Plan *plan, const Invocation *invocation, Store *store,
                 GError **error)
{
    const Settings *settings = invocation->settings;

    if (!several_choose(store, settings,
                        plan->options->all ? NULL : invocation->operands[0],
                        &plan->several, error))
        return false;
    if (is_by_date(plan->options))
        store_read_by_date(store);
    plan->list = plan->several.list;
    plan->list_settings = plan->several.settings;
    if (plan->several.members != NULL && plan->renderer == &render_classic)
        return wrong(error, "classic", "is of one list only");
    set_timezone(plan);
    if (!narrow_read(&plan->options->narrow, settings, plan->list_settings,
                     &plan->narrow, error))
        return false;
    if (!read_interval(plan, store, range_of(invocation), error))
        return false;

    if (!several_learn_archives(store, &plan->several, error))
        return false;

    Digest *const digest = load(plan, settings, store, error);

    digest_free(printed);
    printed = digest;
    if (digest == NULL)
        return false;
    warn_of_paths(digest);

    const bool is_skipped =
        plan->options->skip_empty && digest->last_mark == NULL;
    if (!is_skipped && !write_digest(plan, store, digest, error))
        return false;
    return !plan->options->advance ||
           cursor_advance(store, plan->list, plan->options->cursor, digest,
                          error);
}

/* A state of patch sets, or the state directory, which every command takes. */
static const char *take_directory(void *options)
{
    NarrowOptions *narrow = &((DigestOptions *)options)->narrow;
    const char *given = narrow->state;
    FilterState state;

    if (given == NULL || filter_state_parse(given, &state) ||
        (strchr(given, '/') == NULL && !g_file_test(given, G_FILE_TEST_IS_DIR)))
        return NULL;
    narrow->state = NULL;
    return given;
}

static int run(const Invocation *invocation, GError **error)
{
    Plan plan = { .options = invocation->options,
                  .now_ms = g_get_real_time() / 1000 };

    if (!check_options(invocation, error) || !read_format(&plan, error) ||
        !read_sections(&plan, error) || !check_table(&plan, error) ||
        !read_entries(&plan, error))
        return EXIT_USAGE;

    g_autoptr(Store) store = command_store(invocation->settings, error);
    if (store == NULL)
        return EXIT_FAILED;

    const bool is_made = make(&plan, invocation, store, error);
    const bool is_part = plan.several.is_part;

    plan_clear(&plan);
    if (!is_made)
        return EXIT_FAILED;
    return is_part ? EXIT_FAILED : (int)command_judge(store);
}

const Command command_digest = {
    .name = "digest",
    .operands = "LIST[,LIST...] [A..B]",
    .summary = "print who was active and which patches came",
    .options = digest_options,
    .options_size = sizeof(DigestOptions),
    .least = 0,
    .most = 2,
    .take_directory = take_directory,
    .run = run,
};
