/* SPDX-License-Identifier: MIT */
/* listpulse show: what was understood of a post, and why. */
#include "command/choose.h"
#include "command/command.h"
#include "command/show_set.h"

#include "activity/author.h"
#include "activity/link.h"
#include "base/hex.h"
#include "base/text.h"
#include "identity/identity.h"
#include "patch/body.h"
#include "patch/kind.h"
#include "patch/notice.h"
#include "patch/subject.h"
#include "patch/trailer.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

enum {
    MILLISECONDS = 1000,
    MARK_DIGITS_MIN = 4,
    MARK_DIGITS_MAX = 2 * RECORD_MARK_BYTES,
    MARK_DIGITS_SHOWN = 9,
    LABEL_WIDTH = 13,
    ANSWERS_MAX = 200, /* lines of them */
};

static const Option show_options[] = { { .name = NULL } };

typedef struct Show {
    Store *store;
    const char *list;
    const ListSettings *settings;
    const Identity *identity;
    bool takes_untagged; /* the list, about when the post came */
    GString *out;
} Show;

void show_line(GString *out, const char *what, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_string_append_printf(out, "%-*s", LABEL_WIDTH, what);
    text_append_visible(out, text, strlen(text), false);
    g_string_append_c(out, '\n');
}

char *show_time(int64_t seconds, int offset_minutes)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_offset(offset_minutes * 60);
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seconds);
    g_autoptr(GDateTime) local =
        utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;

    return local != NULL ? g_date_time_format(local, "%Y-%m-%d %H:%M:%S %z")
                         : g_strdup("-");
}

void show_post_line(GString *out, const char *what, const PostRecord *post,
                    const char *word)
{
    char mark[MARK_DIGITS_MAX + 1];
    g_autofree char *arrived = show_time(post->arrival_ms / MILLISECONDS, 0);

    hex_encode(post->mark, RECORD_MARK_BYTES, mark);
    show_line(out, what, "%.*s  %.16s  %s: %s", MARK_DIGITS_SHOWN, mark,
              arrived, word, post->subject);
}

static char *person_text(const MailPerson *person)
{
    if (person->name[0] == '\0')
        return g_strdup(person->address[0] != '\0' ? person->address
                                                   : "(nobody)");
    return g_strdup_printf("%s <%s>", person->name, person->address);
}

/* Author, sender, then the credited. */
static GArray *people_of(Show *show, const PostRecord *record, GError **error)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    g_array_append_val(numbers, record->author);
    g_array_append_val(numbers, record->sender);
    for (unsigned i = 0; i < record->credit_count; i++)
        g_array_append_val(numbers, record->credits[i].person);
    return store_people(show->store, show->list,
                        (const uint32_t *)(void *)numbers->data, numbers->len,
                        error);
}

/* Whom the mailmap makes of the author. */
static void show_real_author(Show *show, const MailPerson *author)
{
    MailPerson real = { .raw = NULL };

    identity_resolve(show->identity, author->name, author->address, &real.name,
                     &real.address);
    if (strcmp(real.name, author->name) != 0 ||
        strcmp(real.address, author->address) != 0) {
        g_autofree char *text = person_text(&real);

        show_line(show->out, "counted as", "%s", text);
    }
    mail_person_clear(&real);
}

static void show_people(Show *show, const PostRecord *record,
                        const GArray *people)
{
    g_autofree char *author =
        person_text(&g_array_index(people, MailPerson, 0));
    g_autofree char *sender =
        person_text(&g_array_index(people, MailPerson, 1));
    const AuthorSource source =
        (AuthorSource)(record->flags >> POST_AUTHOR_SHIFT & 3);

    show_line(show->out, "author", "%s (%s)", author,
              author_source_name(source));
    show_real_author(show, &g_array_index(people, MailPerson, 0));
    show_line(show->out, "sender", "%s", sender);
    for (unsigned i = 0; i < record->credit_count; i++) {
        const PatchTrailerKind kind = record->credits[i].kind;
        g_autofree char *credited =
            person_text(&g_array_index(people, MailPerson, i + 2));

        show_line(show->out, i == 0 ? "credits" : "", "%s: %s",
                  kind == PATCH_TRAILER_OTHER ? "configured trailer"
                                              : patch_trailer_kind_name(kind),
                  credited);
    }
}

/* The rule of section 4 that fits: what the kind leaves open, the subject
 * decides. */
static const char *reason_of(const PostRecord *record,
                             const PatchSubject *subject)
{
    switch ((PostKind)record->kind) {
    case POST_PATCH:
        return subject->is_patch ? "PATCH in its subject"
               : patch_subject_is_series_part(subject)
                   ? "a series number with a version or RFC"
               : subject->is_committed
                   ? "it says that it was committed, and holds a diff"
                   : "an unquoted diff and a Signed-off-by";
    case POST_COVER:
        return "number 0 of a series";
    case POST_PULL:
        return subject->is_pull ? "PULL in its subject"
                                : "the text of git request-pull";
    case POST_REPLY:
        return subject->is_reply ? "a reply mark in its subject"
                                 : "it answers, and quotes or has no diff";
    case POST_NOTICE:
        return patch_notice_name(record->notice);
    case POST_BOT_REPORT:
        return "it says itself that a program wrote it";
    case POST_DIFF:
        return "a diff without a tag: on some lists a patch (untagged)";
    case POST_DIFF_REPLY:
        return "it answers with a patch that says its version";
    case POST_OTHER:
    case POST_KINDS:
        break;
    }
    return "no rule fits";
}

static void show_version(Show *show, const PatchSubject *subject)
{
    if (subject->has_version && subject->minor > 0)
        show_line(show->out, "version", "%u.%u", subject->version,
                  subject->minor);
    else if (subject->has_version)
        show_line(show->out, "version", "%u", subject->version);
    if (subject->has_number)
        show_line(show->out, "part", "%u of %u", subject->number,
                  subject->total);
}

static void show_subject(Show *show, const PatchSubject *subject)
{
    g_autoptr(GString) tags = g_string_new(NULL);

    for (unsigned i = 0; i < subject->tags->len; i++)
        g_string_append_printf(tags, "%s%s", i > 0 ? ", " : "",
                               (const char *)subject->tags->pdata[i]);
    show_line(show->out, "title", "%s", subject->title);
    show_version(show, subject);
    if (tags->len > 0)
        show_line(show->out, "tags", "%s", tags->str);
    if (subject->is_rfc)
        show_line(show->out, "marked", "RFC");
    if (subject->is_resend)
        show_line(show->out, "marked", "sent again");
}

static bool is_bot_person(const Show *show, const MailPerson *person)
{
    return identity_is_bot(show->identity, person->name, person->address);
}

/* Two kinds are stored, since who is a bot is for the settings to say. */
static PostKind kind_of(const Show *show, const PostRecord *record,
                        const MailPerson *author, const MailPerson *sender)
{
    const bool is_bot =
        is_bot_person(show, sender) ||
        (author_is_behind(author, sender) && is_bot_person(show, author));

    return post_kind_decided(
        (PostKind)(is_bot ? record->kind_of_bot : record->kind),
        show->takes_untagged);
}

/* Why a thread makes another kind of what a person wrote. */
static const char *thread_reason(const PostRecord *record, PostKind kind)
{
    if (kind == POST_NOTICE)
        return patch_notice_name(record->notice);
    return record->notice == PATCH_NOTICE_HUMAN_BARE
               ? "an advice was taken, or its thread has no patch"
               : "its thread has no patch";
}

/* in_thread: the kind that its thread makes of it, or POST_KINDS. */
static void show_kind(Show *show, const PostRecord *record,
                      const GArray *people, PostKind in_thread)
{
    const PostKind alone =
        kind_of(show, record, &g_array_index(people, MailPerson, 0),
                &g_array_index(people, MailPerson, 1));
    const PostKind kind = in_thread == POST_KINDS ? alone : in_thread;
    g_auto(PatchSubject) subject = { .tags = NULL };

    patch_subject_init(&subject, record->subject, show->settings->prefix);
    const PostKind of_person =
        post_kind_decided((PostKind)record->kind, show->takes_untagged);

    show_line(show->out, "kind", "%s: %s", post_kind_name(kind),
              kind != alone       ? thread_reason(record, kind)
              : kind != of_person ? "its sender is a bot"
                                  : reason_of(record, &subject));
    if (post_kind_is_part(of_person))
        show_subject(show, &subject);
}

static void show_flags(Show *show, const PostRecord *record)
{
    static const struct {
        unsigned flag;
        const char *text;
    } flags[] = {
        { POST_MALFORMED, "malformed" },
        { POST_TRUNCATED, "only its first part was kept" },
        { POST_DATE_DOUBTFUL, "its Date is missing or not to be believed" },
        { POST_SET_ASIDE, "it could not be parsed" },
        { POST_BOT_SENT, "sent by a program" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
        if ((record->flags & flags[i].flag) != 0)
            show_line(show->out, "note", "%s", flags[i].text);
    }
}

static void show_facts(Show *show, const PostRecord *record,
                       const GArray *people, PostKind in_thread)
{
    char mark[MARK_DIGITS_MAX + 1];
    g_autofree char *arrived = show_time(record->arrival_ms / MILLISECONDS, 0);
    g_autofree char *sent = record->has_date
                                ? show_time(record->date, record->date_offset)
                                : g_strdup("-");

    hex_encode(record->mark, RECORD_MARK_BYTES, mark);
    show_line(show->out, "mark", "%s", mark);
    show_line(show->out, "list", "%s, post %" PRIu32, show->list, record->post);
    show_line(show->out, "message-id", "%s", record->message_id);
    show_line(show->out, "subject", "%s", record->subject);
    show_line(show->out, "arrived", "%s", arrived);
    show_line(show->out, "date", "%s", sent);
    show_line(show->out, "size", "%" PRIu64 " bytes", record->size);
    show_kind(show, record, people, in_thread);
    if (record->notice == PATCH_NOTICE_WITHDRAWN)
        show_line(show->out, "takes back", "what its sender said was applied");
    if (record->files + record->insertions + record->deletions > 0)
        show_line(show->out, "changes", "%u file%s, +%u -%u (%s)",
                  record->files, record->files == 1 ? "" : "s",
                  record->insertions, record->deletions,
                  record->stat_is_counted ? "counted in the diff"
                                          : "by its diffstat");
}

/* --- trailers ---------------------------------------------------------------
 */

/* What a known key says of itself, if its value is what such a key needs:
 * "Fixes:" without a hash is prose. */
static const char *trailer_name(const PatchTrailer *trailer)
{
    if (trailer->kind != PATCH_TRAILER_OTHER)
        return patch_trailer_kind_name(trailer->kind);
    return patch_trailer_kind_of(trailer->key, strlen(trailer->key)) ==
                   PATCH_TRAILER_OTHER
               ? trailer->key
               : NULL;
}

static void show_trailers_of(Show *show, const PatchBody *body)
{
    unsigned shown = 0;

    for (unsigned i = 0; i < body->trailers->len; i++) {
        const PatchTrailer *trailer = body->trailers->pdata[i];
        const char *name = trailer_name(trailer);

        if (name == NULL || trailer->offset >= body->notes_start)
            continue;
        show_line(show->out, shown == 0 ? "trailers" : "", "%s: %s", name,
                  trailer->value);
        shown++;
    }
}

/* Those of the commit message, where it is kept; what an answer gives are its
 * credits. */
static bool show_trailers(Show *show, const PostRecord *record, GError **error)
{
    if ((record->flags & POST_HAS_TEXT) == 0 ||
        !post_kind_is_part(record->kind))
        return true;
    g_autoptr(GPtrArray) texts =
        store_texts(show->store, show->list, &record->post, 1, error);
    if (texts == NULL)
        return false;

    const char *text = texts->pdata[0];
    g_auto(PatchBody) body = { .from = NULL };
    g_auto(PatchSubject) subject = { .tags = NULL };

    if (text == NULL)
        return true;
    patch_subject_init(&subject, record->subject, show->settings->prefix);
    patch_body_init(&body, text, strlen(text),
                    patch_subject_is_posting(&subject));
    show_trailers_of(show, &body);
    return true;
}

/* --- other posts -------------------------------------------------------------
 */

static GArray *posts_under(Show *show, LinkKind kind, uint64_t digest,
                           GError **error)
{
    const uint64_t key = link_key(kind, digest);
    g_autoptr(StoreFound) found =
        store_find(show->store, show->list, &key, 1, error);

    if (found == NULL)
        return NULL;

    unsigned count;
    const uint32_t *numbers = store_found(found, 0, &count);
    return store_posts(show->store, show->list, numbers, count, error);
}

/* Author and sender of each record. */
static GArray *writers_of(Show *show, const GArray *records, GError **error)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);

        g_array_append_val(numbers, record->author);
        g_array_append_val(numbers, record->sender);
    }
    return store_people(show->store, show->list,
                        (const uint32_t *)(void *)numbers->data, numbers->len,
                        error);
}

/* Whoever has it anywhere above is found, but only answers to it are meant. */
static bool is_meant(const PostRecord *record, LinkKind kind, uint64_t digest)
{
    return record->post != 0 &&
           (kind != LINK_ABOVE || record->parent_link == digest);
}

/* All posts under a link but the post itself. */
static bool show_linked(Show *show, const char *what, LinkKind kind,
                        uint64_t digest, const PostRecord *self, GError **error)
{
    unsigned shown = 0;

    if (digest == 0)
        return true;
    g_autoptr(GArray) records = posts_under(show, kind, digest, error);
    g_autoptr(GArray) people =
        records != NULL ? writers_of(show, records, error) : NULL;
    if (people == NULL)
        return false;
    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);
        const PostKind shown_kind =
            kind_of(show, record, &g_array_index(people, MailPerson, 2 * i),
                    &g_array_index(people, MailPerson, 2 * i + 1));

        if (!is_meant(record, kind, digest) || record->post == self->post)
            continue;
        if (shown == ANSWERS_MAX) {
            show_line(show->out, "", "and more");
            break;
        }
        show_post_line(show->out, shown == 0 ? what : "", record,
                       post_kind_name(shown_kind));
        shown++;
    }
    return true;
}

static bool show_thread(Show *show, const PostRecord *record, GError **error)
{
    return show_linked(show, "answers", LINK_SELF, record->parent_link, record,
                       error) &&
           show_linked(show, "same id", LINK_SELF, record->own_link, record,
                       error) &&
           show_linked(show, "replies", LINK_ABOVE, record->own_link, record,
                       error) &&
           show_linked(show, "same change", LINK_CHANGE, record->change_link,
                       record, error) &&
           show_linked(show, "same patch", LINK_PATCH, record->patch_link,
                       record, error);
}

static bool show_post(Show *show, const PostRecord *record, GError **error)
{
    g_autoptr(GArray) people = people_of(show, record, error);
    g_autoptr(GString) set = g_string_new(NULL);
    PostKind kind = POST_KINDS;

    if (people == NULL)
        return false;
    if (!store_takes_untagged(show->store, show->list, show->settings->untagged,
                              record->arrival_ms, &show->takes_untagged,
                              error) ||
        !show_set(show->store, show->list, show->settings, show->identity,
                  record, set, &kind, error))
        return false;
    if (show->out->len > 0)
        g_string_append_c(show->out, '\n');
    show_facts(show, record, people, kind);
    show_people(show, record, people);
    show_flags(show, record);
    if (!show_trailers(show, record, error) ||
        !show_thread(show, record, error))
        return false;
    g_string_append_len(show->out, set->str, (gssize)set->len);
    return true;
}

/* --- which post
 * --------------------------------------------------------------- */

static bool is_mark(const char *text)
{
    const size_t length = strlen(text);

    return length >= MARK_DIGITS_MIN && length <= MARK_DIGITS_MAX &&
           hex_is_digits(text, length);
}

static GArray *find_by_mark(Show *show, const char *mark, GError **error)
{
    uint32_t post = 0;

    if (!store_find_mark(show->store, show->list, mark, &post, error))
        return NULL;
    return store_posts(show->store, show->list, &post, 1, error);
}

static bool show_message(Show *show, const char *given, GError **error)
{
    g_autofree char *id = command_message_id(given);
    const size_t before = show->out->len;
    g_autoptr(GArray) records =
        posts_under(show, LINK_SELF, link_digest(id), error);

    if (records == NULL)
        return false;
    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);

        if (record->post != 0 && strcmp(record->message_id, id) == 0 &&
            !show_post(show, record, error))
            return false;
    }
    if (show->out->len > before)
        return true;
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                "%s: no such post on %s", given, show->list);
    return false;
}

static bool show_mark(Show *show, const char *mark, GError **error)
{
    g_autofree char *digits = g_ascii_strdown(mark, -1);
    g_autoptr(GArray) records = find_by_mark(show, digits, error);

    return records != NULL &&
           show_post(show, &g_array_index(records, PostRecord, 0), error);
}

static Identity *load_identity(const Settings *settings, GError **error)
{
    const IdentityFiles files = {
        .mailmap = settings->mailmap,
        .organisations = settings->organisations,
        .bots = settings->bots,
    };

    return identity_new(&files, error);
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
    g_autoptr(Identity) identity = load_identity(invocation->settings, error);
    if (identity == NULL)
        return EXIT_FAILED;

    g_autoptr(GString) out = g_string_new(NULL);
    Show show = { .store = store,
                  .list = list,
                  .settings = settings,
                  .identity = identity,
                  .out = out };
    const bool is_found = is_mark(which) ? show_mark(&show, which, error)
                                         : show_message(&show, which, error);
    return is_found && command_print(out->str, out->len, error) ? EXIT_GOOD
                                                                : EXIT_FAILED;
}

const Command command_show = {
    .name = "show",
    .operands = "LIST MARK|MESSAGE-ID",
    .summary = "what was understood of a post, and why",
    .options = show_options,
    .options_size = 0,
    .least = 2,
    .most = 2,
    .run = run,
};
