/* SPDX-License-Identifier: MIT */
/* listpulse show: how a post was interpreted, and why. */
#include "command/choose.h"
#include "command/command.h"
#include "command/show_json.h"
#include "command/show_line.h"
#include "command/show_set.h"
#include "command/shown.h"

#include "activity/author.h"
#include "activity/defects.h"
#include "base/archive_url.h"
#include "base/hex.h"
#include "base/text.h"
#include "digest/archive.h"
#include "patch/notice.h"
#include "patch/trailer.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

enum {
    MILLISECONDS = 1000,
    MARK_DIGITS_MIN = 4,
    MARK_DIGITS_MAX = 2 * RECORD_MARK_BYTES,
    ANSWERS_MAX = 200, /* lines of them */
};

typedef struct ShowOptions {
    bool json;
} ShowOptions;

static const Option show_options[] = {
    { "json", 0, OPTION_FLAG, NULL, "for programs",
      offsetof(ShowOptions, json) },
    { .name = NULL },
};

typedef struct Show {
    ShowWork work;
    GString *out;
    Value *posts; /* an array, instead of out; NULL: text is asked for */
    bool is_found;
} Show;

static char *person_text(const MailPerson *person)
{
    if (person->name[0] == '\0')
        return g_strdup(person->address[0] != '\0' ? person->address
                                                   : "(nobody)");
    return g_strdup_printf("%s <%s>", person->name, person->address);
}

/* Whom the mailmap makes of the author. */
static void show_real_author(const Shown *shown, GString *out)
{
    const MailPerson *author = &g_array_index(shown->people, MailPerson, 0);
    MailPerson real = { .raw = NULL };

    identity_resolve(shown->work->identity, author->name, author->address,
                     &real.name, &real.address);
    if (strcmp(real.name, author->name) != 0 ||
        strcmp(real.address, author->address) != 0) {
        g_autofree char *text = person_text(&real);

        show_line(out, "counted as", "%s", text);
    }
    mail_person_clear(&real);
}

static void show_people(const Shown *shown, GString *out)
{
    const PostRecord *record = shown->record;
    const MailPerson *people = (const MailPerson *)(void *)shown->people->data;
    g_autofree char *author = person_text(&people[0]);
    g_autofree char *sender = person_text(&people[1]);
    const AuthorSource source = author_source_of(record->flags);

    show_line(out, "author", "%s (%s)", author, author_source_name(source));
    show_real_author(shown, out);
    show_line(out, "sender", "%s", sender);
    for (unsigned i = 0; i < record->credit_count; i++) {
        const PatchTrailerKind kind = record->credits[i].kind;
        g_autofree char *credited = person_text(&people[i + 2]);

        show_line(out, i == 0 ? "credits" : "", "%s: %s",
                  kind == PATCH_TRAILER_OTHER ? "configured trailer"
                                              : patch_trailer_kind_name(kind),
                  credited);
    }
}

static void show_version(const PatchSubject *subject, GString *out)
{
    if (subject->has_version && subject->minor > 0)
        show_line(out, "version", "%u.%u", subject->version, subject->minor);
    else if (subject->has_version)
        show_line(out, "version", "%u", subject->version);
    if (subject->has_number)
        show_line(out, "part", "%u of %u", subject->number, subject->total);
}

static void show_subject(const PatchSubject *subject, GString *out)
{
    g_autoptr(GString) tags = g_string_new(NULL);

    for (unsigned i = 0; i < subject->tags->len; i++)
        g_string_append_printf(tags, "%s%s", i > 0 ? ", " : "",
                               (const char *)subject->tags->pdata[i]);
    show_line(out, "title", "%s", subject->title);
    show_version(subject, out);
    if (tags->len > 0)
        show_line(out, "tags", "%s", tags->str);
    if (subject->is_rfc)
        show_line(out, "marked", "RFC");
    if (subject->is_resend)
        show_line(out, "marked", "sent again");
}

/* What is wrong with a mail, if that is kept. */
static void show_malformed(const PostRecord *record, GString *out)
{
    const unsigned defects = record->fields.defects;

    if (defects == 0) {
        show_line(out, "malformed",
                  record_knows(record, RECORD_FIELD_DEFECTS)
                      ? "its bytes could not be read as a mail"
                      : "why is not kept, since an older version counted it");
        return;
    }
    for (const Defect *defect = defects_table; defect->name != NULL; defect++) {
        if ((defects & defect->bit) != 0)
            show_line(out, "malformed", "%s", defect->words);
    }
}

static void show_flags(const PostRecord *record, GString *out)
{
    static const struct {
        unsigned flag;
        const char *text;
    } flags[] = {
        { POST_TRUNCATED, "only its first part was kept" },
        { POST_DATE_DOUBTFUL, "its Date is missing or not to be believed" },
        { POST_SET_ASIDE, "it could not be parsed" },
        { POST_BOT_SENT, "sent by a program" },
    };

    if ((record->flags & POST_MALFORMED) != 0)
        show_malformed(record, out);
    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
        if ((record->flags & flags[i].flag) != 0)
            show_line(out, "note", "%s", flags[i].text);
    }
}

static void show_url(const Shown *shown, const char *mark, GString *out)
{
    const ListSettings *list = shown->work->settings;
    g_autofree char *url =
        archive_url(list->archive, shown->record->message_id, mark);

    if (url == NULL)
        return;
    show_line(out, "link", "%s", url);
    show_line(out, "", "%s", archive_source_words(list->archive_source));
}

static void show_facts(const Shown *shown, GString *out)
{
    const PostRecord *record = shown->record;
    char mark[MARK_DIGITS_MAX + 1];
    g_autofree char *arrived = show_time(record->arrival_ms / MILLISECONDS, 0);
    g_autofree char *sent = record->has_date
                                ? show_time(record->date, record->date_offset)
                                : g_strdup("-");

    hex_encode(record->mark, RECORD_MARK_BYTES, mark);
    show_line(out, "mark", "%s", mark);
    show_line(out, "list", "%s, post %" PRIu32, shown->work->list,
              record->post);
    show_line(out, "message-id", "%s", record->message_id);
    show_line(out, "subject", "%s", record->subject);
    show_line(out, "arrived", "%s", arrived);
    show_line(out, "date", "%s", sent);
    show_url(shown, mark, out);
    if (shown->differs)
        show_line(out, "copies",
                  "another one with the same Message-ID, From and Date arrived "
                  "before this one and says something else");
    show_line(out, "size", "%" PRIu64 " bytes", record->size);
    show_line(out, "kind", "%s: %s", post_kind_name(shown->kind),
              shown->reason);
    if (shown->is_part)
        show_subject(&shown->subject, out);
    if (record->notice == PATCH_NOTICE_WITHDRAWN)
        show_line(out, "takes back", "what its sender said was applied");
    if (record->files + record->insertions + record->deletions > 0)
        show_line(out, "changes", "%u file%s, +%u -%u (%s)", record->files,
                  record->files == 1 ? "" : "s", record->insertions,
                  record->deletions,
                  record->stat_is_counted ? "counted in the diff"
                                          : "by its diffstat");
}

static void show_trailers(const Shown *shown, GString *out)
{
    for (unsigned i = 0; i < shown->trailers->len; i++) {
        const ShownTrailer *trailer = shown->trailers->pdata[i];

        show_line(out, i == 0 ? "trailers" : "", "%s: %s", trailer->name,
                  trailer->value);
    }
}

static void show_links(const Shown *shown, GString *out)
{
    static const char *const labels[SHOWN_LINKS] = {
        [SHOWN_ANSWERED] = "answers",      [SHOWN_SAME_ID] = "same id",
        [SHOWN_REPLIES] = "replies",       [SHOWN_SAME_CHANGE] = "same change",
        [SHOWN_SAME_PATCH] = "same patch",
    };

    for (unsigned i = 0; i < SHOWN_LINKS; i++) {
        const GPtrArray *posts = shown->links[i];

        for (unsigned j = 0; j < MIN(posts->len, ANSWERS_MAX); j++) {
            const ShownPost *post = posts->pdata[j];

            show_post_line(out, j == 0 ? labels[i] : "", &post->record,
                           post_kind_name(post->kind));
        }
        if (posts->len > ANSWERS_MAX)
            show_line(out, "", "and more");
    }
}

static bool show_post(Show *show, const PostRecord *record, GError **error)
{
    g_auto(Shown) shown = { .work = NULL };

    if (!shown_load(&show->work, record, &shown, error))
        return false;
    show->is_found = true;
    if (show->posts != NULL) {
        value_append(show->posts, show_json_post(&shown));
        return true;
    }
    if (show->out->len > 0)
        g_string_append_c(show->out, '\n');
    show_facts(&shown, show->out);
    show_people(&shown, show->out);
    show_flags(record, show->out);
    show_trailers(&shown, show->out);
    show_links(&shown, show->out);
    show_set(shown.model, show->out);
    return true;
}

/* --- which post ----------------------------------------------------------- */

static bool is_mark(const char *text)
{
    const size_t length = strlen(text);

    return length >= MARK_DIGITS_MIN && length <= MARK_DIGITS_MAX &&
           hex_is_digits(text, length);
}

static GArray *find_by_mark(Show *show, const char *mark, GError **error)
{
    uint32_t post = 0;

    if (!store_find_mark(show->work.store, show->work.list, mark, &post, error))
        return NULL;
    return store_posts(show->work.store, show->work.list, &post, 1, error);
}

static bool show_message(Show *show, const char *given, GError **error)
{
    g_autofree char *id = command_message_id(given);
    g_autoptr(GArray) records =
        shown_posts_under(&show->work, LINK_SELF, link_digest(id), error);

    if (records == NULL)
        return false;
    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);

        if (record->post != 0 && strcmp(record->message_id, id) == 0 &&
            !show_post(show, record, error))
            return false;
    }
    if (show->is_found)
        return true;
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                "%s: no such post on %s", given, show->work.list);
    return false;
}

static bool show_mark(Show *show, const char *mark, GError **error)
{
    g_autofree char *digits = g_ascii_strdown(mark, -1);
    g_autoptr(GArray) records = find_by_mark(show, digits, error);

    return records != NULL &&
           show_post(show, &g_array_index(records, PostRecord, 0), error);
}

/* Returns the array of its posts; lent. */
static Value *begin(Value *document, const ListSettings *settings)
{
    Value *list = value_object();
    Value *posts = value_array();

    value_set(list, "id", value_text(settings->id));
    value_set(list, "name", value_text(settings->name));
    value_set(document, "list", list);
    value_set(document, "posts", posts);
    return posts;
}

static int run(const Invocation *invocation, GError **error)
{
    const char *which = invocation->operands[1];
    g_autoptr(Store) store = command_store(invocation->settings, error);
    if (store == NULL)
        return EXIT_FAILED;

    g_autofree char *list = choose_list(store, invocation->settings,
                                        invocation->operands[0], error);
    if (list == NULL)
        return EXIT_USAGE;

    g_autoptr(ListSettings) settings =
        settings_list_or_default(invocation->settings, list);
    g_autoptr(Identity) identity =
        command_identity(invocation->settings, error);
    if (identity == NULL || !archive_learn(store, settings, error))
        return EXIT_FAILED;

    const ShowOptions *options = invocation->options;
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(Value) document = value_object();
    Show show = { .work = { .store = store,
                            .list = list,
                            .settings = settings,
                            .identity = identity },
                  .out = out,
                  .posts = options->json ? begin(document, settings) : NULL };
    const bool is_found = is_mark(which) ? show_mark(&show, which, error)
                                         : show_message(&show, which, error);
    if (options->json) {
        value_write(document, out);
        g_string_append_c(out, '\n');
    }
    return is_found && command_print(out->str, out->len, error) ? EXIT_GOOD
                                                                : EXIT_FAILED;
}

const Command command_show = {
    .name = "show",
    .operands = "LIST MARK|MESSAGE-ID",
    .summary = "how a post was interpreted, and why",
    .options = show_options,
    .options_size = sizeof(ShowOptions),
    .least = 2,
    .most = 2,
    .run = run,
};
