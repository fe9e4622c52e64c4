/* SPDX-License-Identifier: MIT */
#include "activity/activity.h"

#include <string.h>

#include "activity/defects.h"
#include "activity/fingerprint.h"
#include "activity/links.h"
#include "activity/mention.h"
#include "base/archive_url.h"
#include "base/list_id.h"
#include "base/text.h"
#include "mail/capture.h"
#include "patch/classic.h"
#include "patch/patchwork.h"

#include "base/banned.h"

static const int64_t EARLIEST_DATE = 631152000; /* 1990: before any list */
static const int64_t ARRIVAL_MAX_MS = (INT64_C(1) << 48) - 1;

enum {
    SECONDS_PER_DAY = 24 * 60 * 60,
    MS_PER_SECOND = 1000,
    TEXT_MAX = 64 * 1024,
    MESSAGE_ID_MAX = 998, /* a line of RFC 5322 */
    SUBJECT_MAX = 2000,
    LISTED_MAX = 256,     /* patches that one mail of Patchwork's tells of */
    LINES_MAX = 0xffffff, /* what a row can hold */
};

/* One mail while it is read. */
typedef struct Reading {
    const MailMessage *message;
    const ActivityOrigin *origin;
    char *prefix; /* whole: see list_id_prefix */
    PatchSubject subject;
    PatchBody body;
    PatchNotice notice;
    AuthorSource author_source;
    bool has_partial_credit;
    bool may_update;       /* see POST_MAY_UPDATE */
    uint64_t credit_parts; /* see credits_parts */
    PostRecord record;
    Activity *activity;
} Reading;

static Activity *activity_new_empty(const ActivityOrigin *origin)
{
    Activity *activity = g_new0(Activity, 1);

    activity->list = g_strdup(origin->list);
    activity->arrival_ms = CLAMP(origin->arrival_ms, 0, ARRIVAL_MAX_MS);
    activity->is_replay = origin->is_replay;
    activity->record = g_string_new(NULL);
    activity->links = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    return activity;
}

static void set_identity(Activity *activity, const Fingerprint *fingerprint,
                         const ActivityOrigin *origin)
{
    activity->identity = fingerprint->identity;
    activity->has_mark = origin->has_mark;
    memcpy(activity->mark, origin->has_mark ? origin->mark : fingerprint->mark,
           RECORD_MARK_BYTES);
}

/* Schleuder writes itself into From, and the mail's headers into the text.
 * Where From names whom the list speaks for, a text that begins so has an
 * author. */
static bool has_pseudo_headers(const MailMessage *message)
{
    return message->is_from_list && !author_is_via(message->from.name) &&
           g_str_has_prefix(message->text, "From: ");
}

static void read_mail(Reading *reading)
{
    const MailMessage *message = reading->message;

    patch_subject_init(&reading->subject, message->subject, reading->prefix);
    patch_body_init(&reading->body, message->text, message->text_length,
                    patch_subject_is_posting(&reading->subject) ||
                        has_pseudo_headers(message));
    for (unsigned i = 0; i < message->attached_patches->len; i++) {
        const char *text = message->attached_patches->pdata[i];

        patch_body_add_attachment(&reading->body, text, strlen(text));
    }
    reading->notice = patch_notice(message, &reading->subject, &reading->body);
    if (reading->notice == PATCH_NOTICE_NONE &&
        patch_is_commit_mail(message, &reading->subject, &reading->body))
        reading->notice = PATCH_NOTICE_COMMIT;
    reading->activity->kinds =
        patch_kind(message, &reading->subject, &reading->body, reading->notice);
    if (reading->activity->kinds.of_person == POST_PATCH &&
        reading->subject.is_committed)
        reading->notice = PATCH_NOTICE_SUBJECT;
}

static bool is_same_person(const MailPerson *one, const MailPerson *other)
{
    return (*one->address != '\0' &&
            strcmp(one->address, other->address) == 0) ||
           (*one->name != '\0' && strcmp(one->name, other->name) == 0);
}

/* What is attached is the sender's, as far as it says whose it is. */
static bool attaches_own(const Reading *reading)
{
    MailPerson author;
    bool is_own;

    if (reading->body.attached_titles == NULL)
        return false;
    if (reading->body.from == NULL)
        return true;
    mail_person_init(&author, reading->body.from);
    is_own = is_same_person(&author, &reading->activity->author);
    mail_person_clear(&author);
    return is_own;
}

/* Of a numbered part the number is taken. */
static bool may_update(const Reading *reading)
{
    const PostKind kind = reading->activity->kinds.of_person;

    return (kind == POST_REPLY || kind == POST_DIFF_REPLY) &&
           reading->notice == PATCH_NOTICE_NONE && reading->subject.is_reply &&
           !reading->subject.has_number &&
           !reading->message->is_auto_submitted && reading->body.is_attached &&
           reading->body.has_hunk && attaches_own(reading);
}

static bool attaches_titled(const Reading *reading)
{
    const GPtrArray *titles = reading->body.attached_titles;

    for (unsigned i = 0; i < titles->len; i++) {
        if (g_ascii_strcasecmp(titles->pdata[i], reading->subject.title) == 0)
            return true;
    }
    return false;
}

/* A patch, or what may be one. */
static bool is_like_patch(const Reading *reading)
{
    return reading->may_update ||
           post_kind_is_patch(reading->activity->kinds.of_person);
}

/* `classic` asks the sample's own question: the text's first From line of
 * what its subject calls a patch, whatever we take it for. */
static void set_classic_author(Reading *reading)
{
    const MailMessage *message = reading->message;
    const char *raw = reading->body.from;

    if (!patch_classic_is_patch(message->subject))
        return;
    if (raw == NULL)
        raw = message->from.raw;
    if (strcmp(raw, reading->activity->author.raw) != 0)
        reading->record.classic_author = g_strdup(raw);
}

static void set_people(Reading *reading)
{
    Activity *activity = reading->activity;
    const bool is_patch = post_kind_is_part(activity->kinds.of_person) &&
                          activity->kinds.of_person != POST_DIFF_REPLY;

    const MailMessage *message = reading->message;

    reading->author_source = activity_author(
        message,
        is_patch || has_pseudo_headers(message) ? &reading->body : NULL,
        &activity->author);
    mail_person_copy(&activity->sender,
                     has_pseudo_headers(message) &&
                             reading->author_source == AUTHOR_OF_BODY
                         ? &activity->author
                         : &message->from);
    set_classic_author(reading);
}

/* Who announces a release with all the tags that its patches have had,
 * credits nobody. */
static bool is_answer(const Reading *reading)
{
    const PostKind kind = reading->activity->kinds.of_person;

    return kind == POST_REPLY || kind == POST_NOTICE || kind == POST_DIFF_REPLY;
}

/* A commit message that is sent back (tip-bot, stable queues) has trailers
 * that were given long ago. */
static bool may_give_credit(const Reading *reading)
{
    return is_answer(reading) && reading->notice != PATCH_NOTICE_TIP_BOT &&
           reading->notice != PATCH_NOTICE_COMMIT &&
           !(reading->body.has_diff && reading->body.has_signed_off);
}

static void set_credits(Reading *reading, char *const *extra)
{
    Activity *activity = reading->activity;

    activity->credits =
        may_give_credit(reading)
            ? credits_collect(&reading->body, &activity->author, extra)
            : credits_new();
    if (activity->credits->len == 0 && may_give_credit(reading))
        credits_add_approval(activity->credits, &reading->body,
                             reading->message->text,
                             reading->message->text_length, &activity->author,
                             reading->origin->approvals);
    reading->has_partial_credit =
        activity->credits->len > 0 &&
        credits_are_partial(&reading->body, reading->message->text,
                            reading->message->text_length, extra);
    if (reading->has_partial_credit)
        reading->credit_parts =
            credits_parts(&reading->body, reading->message->text,
                          reading->message->text_length, extra);
}

static bool date_is_doubtful(const MailMessage *message, int64_t arrival_ms)
{
    return !message->has_date || message->date < EARLIEST_DATE ||
           message->date > arrival_ms / MS_PER_SECOND + SECONDS_PER_DAY;
}

static unsigned flag_if(bool claim, PostFlags flag)
{
    return claim ? flag : 0;
}

static unsigned capture_flags(unsigned capture)
{
    const unsigned cut =
        MAIL_CAPTURE_TRUNCATED_BODY | MAIL_CAPTURE_TRUNCATED_HEADERS;

    return flag_if((capture & cut) != 0, POST_TRUNCATED) |
           flag_if((capture & ~cut) != 0, POST_MALFORMED);
}

/* An anonymous list is the author of all its mail. */
static bool is_hidden(const Reading *reading)
{
    return reading->message->is_from_list &&
           reading->author_source == AUTHOR_OF_HEADER;
}

static void set_flags(Reading *reading)
{
    const MailMessage *message = reading->message;
    Activity *activity = reading->activity;

    activity->flags =
        capture_flags(reading->origin->capture_flags) |
        flag_if(message->defects != 0, POST_MALFORMED) |
        flag_if(date_is_doubtful(message, activity->arrival_ms),
                POST_DATE_DOUBTFUL) |
        flag_if(reading->body.has_text, POST_OWN_TEXT) |
        flag_if(message->is_auto_submitted, POST_BOT_SENT) |
        flag_if(activity->credits->len > 0, POST_REVIEW_TRAILERS) |
        flag_if(reading->has_partial_credit, POST_PARTIAL_CREDIT) |
        flag_if(reading->body.has_diff, POST_OWN_DIFF) |
        flag_if(is_hidden(reading), POST_FROM_LIST) |
        flag_if(reading->may_update, POST_MAY_UPDATE) |
        flag_if(reading->may_update && attaches_titled(reading),
                POST_UPDATE_TITLED) |
        (unsigned)reading->author_source << POST_AUTHOR_SHIFT;
}

/* --- links ------------------------------------------------------------ */

static uint64_t digest_or_none(const char *text)
{
    return text == NULL || text[0] == '\0' ? 0 : link_digest(text);
}

static const char *reference(const MailMessage *message, unsigned index)
{
    return index < message->references->len ? message->references->pdata[index]
                                            : "";
}

static void link_thread(Reading *reading)
{
    const MailMessage *message = reading->message;
    PostRecord *record = &reading->record;
    const char *parent = message->in_reply_to;

    if (parent[0] == '\0')
        parent = reference(message, message->references->len - 1);
    record->own_link = digest_or_none(message->message_id);
    record->parent_link = digest_or_none(parent);
    record->root_link = digest_or_none(reference(message, 0));
    if (record->root_link == record->parent_link)
        record->root_link = 0;
}

static void link_change(Reading *reading)
{
    const char *header = reading->message->change_id;
    PostRecord *record = &reading->record;

    record->change_link =
        digest_or_none(header[0] != '\0' ? header : reading->body.change_id);
    record->patch_link = digest_or_none(reading->body.patch_id);
}

static void mention_all(GPtrArray *ids, const GPtrArray *more)
{
    for (unsigned i = 0; i < more->len; i++)
        mentions_add(ids, more->pdata[i]);
}

/* Returns how many of ids, the first ones, are superseded. */
static unsigned find_names(const Reading *reading, GPtrArray *ids)
{
    const MailMessage *message = reading->message;
    const PatchBody *body = &reading->body;
    unsigned superseded;

    mention_all(ids, body->supersedes);
    mentions_collect_earlier(ids, message->text, body->message_end,
                             reading->subject.version);
    superseded = ids->len;
    mention_all(ids, body->based_on);
    return superseded;
}

static void link_names(Reading *reading, const GPtrArray *ids,
                       unsigned superseded)
{
    PostRecord *record = &reading->record;

    record->extra_count = ids->len;
    record->supersedes_count = superseded;
    record->extra_links = g_new(uint64_t, ids->len);
    for (unsigned i = 0; i < ids->len; i++)
        record->extra_links[i] = link_digest(ids->pdata[i]);
}

static bool is_head(const Reading *reading)
{
    const PostKind kind = reading->activity->kinds.of_person;

    return kind == POST_COVER || kind == POST_PULL ||
           (post_kind_is_patch(kind) && reading->subject.number <= 1);
}

/* Only heads, as they are what is revised; the first of a series has a cover
 * where it answers one. */
static void link_work_of(Reading *reading)
{
    const MailPerson *author = &reading->activity->author;
    const char *path = reading->body.busiest_path;
    const bool has_cover =
        post_kind_is_patch(reading->activity->kinds.of_person) &&
        reading->subject.total > 1 && reading->record.parent_link != 0;

    if (path == NULL || !is_head(reading) || has_cover || is_hidden(reading) ||
        reading->activity->kinds.of_person == POST_PULL ||
        !reading->message->has_date)
        return;
    reading->record.work_link = link_work(
        author->name[0] != '\0' ? author->name : author->address, path);
}

/* Of heads, too. */
static void link_opening_of(Reading *reading)
{
    const MailPerson *author = &reading->activity->author;

    if (!is_head(reading) || is_hidden(reading) ||
        reading->activity->kinds.of_person == POST_PULL ||
        !reading->message->has_date)
        return;
    reading->record.fields.opening_link =
        link_opening(author->name[0] != '\0' ? author->name : author->address,
                     &reading->subject);
}

static void link_content(Reading *reading)
{
    PostRecord *record = &reading->record;

    record->has_content =
        is_like_patch(reading) &&
        reading->subject.number <= LINK_CONTENT_PARTS &&
        patch_sketch_values(&reading->body.sketch, record->content);
}

static PostListed listed_of(const Reading *reading, const char *title,
                            uint32_t author)
{
    g_auto(PatchSubject) subject;

    patch_subject_init(&subject, title, reading->prefix);
    return (PostListed){ .title = link_title_digest(&subject),
                         .author = author };
}

static void link_pull(Reading *reading)
{
    const GPtrArray *listed = reading->body.listed;
    PostRecord *record = &reading->record;

    if (reading->activity->kinds.of_person != POST_PULL)
        return;
    record->base_link = digest_or_none(reading->body.pull_base);
    record->tip_link = digest_or_none(reading->body.pull_tip);
    record->listed_count = listed->len;
    record->listed = g_new(PostListed, listed->len);
    for (unsigned i = 0; i < listed->len; i++) {
        const PatchListed *patch = listed->pdata[i];

        record->listed[i] =
            listed_of(reading, patch->title, link_author(patch->author));
    }
}

/* What a notice names: patches by their links, or, in Patchwork's own mail, by
 * their titles, whoever wrote them. */
static void link_notice(Reading *reading, GPtrArray *ids)
{
    const MailMessage *message = reading->message;
    PostRecord *record = &reading->record;
    const PatchText text = { message->text, message->text_length };
    g_autoptr(GPtrArray) accepted = reading->notice == PATCH_NOTICE_PATCHWORK
                                        ? patchwork_accepted(text)
                                        : NULL;

    if (accepted == NULL) {
        mentions_collect(ids, message->text, message->text_length);
        return;
    }
    record->listed_count = MIN(accepted->len, LISTED_MAX);
    record->listed = g_new(PostListed, record->listed_count);
    for (unsigned i = 0; i < record->listed_count; i++) {
        const PatchAccepted *patch = accepted->pdata[i];

        mentions_collect(ids, patch->link, strlen(patch->link));
        record->listed[i] = listed_of(reading, patch->title, 0);
    }
}

static void set_links(Reading *reading)
{
    g_autoptr(GPtrArray) ids = mentions_new();
    unsigned superseded = 0;

    link_thread(reading);
    if (is_like_patch(reading) ||
        post_kind_is_part(reading->activity->kinds.of_person)) {
        link_change(reading);
        link_work_of(reading);
        link_opening_of(reading);
        link_content(reading);
        link_pull(reading);
        superseded = find_names(reading, ids);
    } else if (patch_notice_tells_applied(reading->notice)) {
        link_notice(reading, ids);
    }
    link_names(reading, ids, superseded);
}

/* --- text ------------------------------------------------------------- */

static size_t kept_length(const Reading *reading)
{
    const MailMessage *message = reading->message;
    const PatchBody *body = &reading->body;
    size_t length = body->message_end;

    if (body->has_classic_end)
        length = MAX(length, body->classic_end);
    length = MIN(length, message->text_length);
    if (length <= TEXT_MAX)
        return length;
    const char *cut =
        g_utf8_find_prev_char(message->text, message->text + TEXT_MAX + 1);

    return (size_t)(cut - message->text);
}

/* "Patch attached." says little without what is attached. Owned. */
static char *text_with_attachment(const Reading *reading, size_t length)
{
    const char *attached = reading->body.attached_text;
    char *text = g_strndup(reading->message->text, length);
    const size_t own_length = strlen(text);

    if (attached == NULL || own_length != length ||
        strstr(text, attached) != NULL ||
        own_length + strlen(attached) + 2 > TEXT_MAX)
        return text;
    g_autofree char *own = text;

    return g_strconcat(own, own_length > 0 ? "\n" : "", attached, "\n", NULL);
}

static void set_text(Reading *reading)
{
    const PatchBody *body = &reading->body;
    Activity *activity = reading->activity;
    PostRecord *record = &reading->record;
    const size_t length = kept_length(reading);

    if (!is_head(reading) && !reading->may_update &&
        !patch_classic_is_entry(reading->message->subject))
        return;
    activity->flags |= flag_if(body->has_classic_end, POST_CLASSIC_END);
    activity->text = text_with_attachment(reading, length);
    activity->text_length = strlen(activity->text);
    if (activity->text_length == 0) {
        g_clear_pointer(&activity->text, g_free);
        return;
    }
    activity->flags |= POST_HAS_TEXT;
    record->text_end = activity->text_length > length
                           ? (uint32_t)activity->text_length
                           : (uint32_t)MIN(body->message_end, length);
    record->classic_end =
        body->has_classic_end ? (uint32_t)MIN(body->classic_end, length) : 0;
    record->text_start = (uint32_t)MIN(body->message_start, record->text_end);
}

/* A cover and a pull request only repeat what their patches change. */
static void set_paths(Reading *reading)
{
    const GPtrArray *paths = reading->body.paths;
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    size_t bytes = 0;

    for (unsigned i = 0; i < MIN(paths->len, RECORD_PATHS_MAX); i++) {
        const char *path = paths->pdata[i];

        bytes += strlen(path);
        if (bytes <= RECORD_PATH_BYTES_MAX && path[0] != '\0' &&
            g_utf8_validate(path, -1, NULL))
            g_ptr_array_add(kept, g_strdup(path));
    }
    if (kept->len == 0)
        return;
    g_ptr_array_add(kept, NULL);
    reading->record.fields.paths =
        (char **)g_ptr_array_free(g_steal_pointer(&kept), FALSE);
}

static void add_fixes(GPtrArray *fixes, const char *value)
{
    if (g_ascii_strncasecmp(value, "commit ", strlen("commit ")) == 0)
        value += strlen("commit ");
    const size_t digits = strspn(value, "0123456789abcdefABCDEF");
    g_autofree char *commit = g_ascii_strdown(
        value, (gssize)MIN(digits, (size_t)RECORD_FIXES_DIGITS));

    if (digits > 0 &&
        !g_ptr_array_find_with_equal_func(fixes, commit, g_str_equal, NULL))
        g_ptr_array_add(fixes, g_steal_pointer(&commit));
}

static void set_fixes(Reading *reading)
{
    const GPtrArray *trailers = reading->body.trailers;
    g_autoptr(GPtrArray) fixes = g_ptr_array_new_with_free_func(g_free);

    for (unsigned i = 0; i < trailers->len && fixes->len < RECORD_FIXES_MAX;
         i++) {
        const PatchTrailer *trailer = trailers->pdata[i];

        if (trailer->kind == PATCH_TRAILER_FIXES)
            add_fixes(fixes, trailer->value);
    }
    if (fixes->len == 0)
        return;
    g_ptr_array_add(fixes, NULL);
    reading->record.fields.fixes =
        (char **)g_ptr_array_free(g_steal_pointer(&fixes), FALSE);
}

static void set_pull(Reading *reading)
{
    const PatchBody *body = &reading->body;
    RecordFields *fields = &reading->record.fields;

    if (body->pull_url == NULL ||
        (!body->is_pull_request &&
         reading->activity->kinds.of_person != POST_PULL))
        return;
    fields->pull_url = text_cut(body->pull_url, RECORD_URL_MAX);
    if (body->pull_ref != NULL)
        fields->pull_ref = text_cut(body->pull_ref, RECORD_REF_MAX);
}

/* Ids between the thread's start and what the mail answers, nearest first: one
 * of them may be the nearest that the list has. */
static void set_ancestors(Reading *reading)
{
    const GPtrArray *references = reading->message->references;
    const char *parent = reading->message->in_reply_to;
    const PostRecord *record = &reading->record;
    RecordFields *fields = &reading->record.fields;

    /* no digest is made of what mostly stands there: the first is the thread's
     * start, the last the parent */
    for (unsigned i = references->len;
         i-- > 1 && fields->ancestor_count < RECORD_ANCESTORS_MAX;) {
        if (strcmp(references->pdata[i], parent) == 0)
            continue;
        const uint64_t link = digest_or_none(references->pdata[i]);

        if (link != 0 && link != record->parent_link &&
            link != record->root_link && link != record->own_link)
            fields->ancestors[fields->ancestor_count++] = link;
    }
}

static void set_fields(Reading *reading)
{
    const PostKind kind = reading->activity->kinds.of_person;
    RecordFields *fields = &reading->record.fields;

    if (is_like_patch(reading)) {
        set_paths(reading);
        set_fixes(reading);
    }
    if (reading->message->inner_id[0] != '\0')
        fields->inner_link = link_digest(reading->message->inner_id);
    if (kind == POST_DIFF || kind == POST_DIFF_REPLY || reading->may_update)
        fields->version = MIN(MAX(patch_attached_version(reading->message),
                                  reading->body.attached_version),
                              RECORD_VERSION_MAX);
    if (is_like_patch(reading) && reading->body.is_attached &&
        !reading->subject.has_number && reading->body.attached_titles != NULL &&
        reading->body.attached_titles->len > 1)
        fields->attached = reading->body.attached_titles->len;
    fields->defects =
        defects_of(reading->message, reading->origin->capture_flags);
    fields->archive = archive_url_learn(reading->message->archives,
                                        reading->message->message_id);
    set_ancestors(reading);
    if (kind == POST_PULL)
        set_pull(reading);
    if (post_kind_is_part(kind) && reading->body.base_commit != NULL)
        fields->base_commit = g_ascii_strdown(reading->body.base_commit, -1);
}

static unsigned count_lines(const char *text, unsigned most)
{
    unsigned lines = 1;

    for (const char *at = strchr(text, '\n'); at != NULL && lines < most;
         at = strchr(at + 1, '\n'))
        lines++;
    return lines;
}

/* As many lines as a patch can change: those of a text that came whole and has
 * the diff; else half of the mail's bytes, since each takes two at least. Where
 * it has more than `asked`, any such number. */
static unsigned lines_at_most(const Reading *reading, unsigned asked)
{
    const bool is_whole = reading->body.has_hunk &&
                          !reading->body.is_attached &&
                          (reading->activity->flags & POST_TRUNCATED) == 0;

    return is_whole ? count_lines(reading->message->text, asked)
                    : (unsigned)MIN(reading->origin->size / 2, LINES_MAX);
}

/* Anybody can write any number into a diffstat. */
static PatchDiffstat stat_of_patch(const Reading *reading)
{
    PatchDiffstat stat = reading->body.stat;
    const unsigned asked =
        MAX(MAX(stat.files, stat.insertions), stat.deletions);
    const unsigned most =
        MAX(lines_at_most(reading, asked), reading->body.paths->len);

    stat.files = MIN(stat.files, most);
    stat.insertions = MIN(stat.insertions, most);
    stat.deletions = MIN(stat.deletions, most);
    return stat;
}

/* A cover's diffstat is the sum of its patches': only these count. */
static void set_lines(Reading *reading)
{
    const PatchDiffstat stat =
        is_like_patch(reading) ? stat_of_patch(reading) : reading->body.stat;
    Activity *activity = reading->activity;
    PostRecord *record = &reading->record;

    if (!post_kind_is_part(activity->kinds.of_person) && !reading->may_update)
        return;
    record->files = stat.files;
    record->insertions = stat.insertions;
    record->deletions = stat.deletions;
    record->stat_is_counted = stat.is_counted;
    if (!post_kind_is_patch(activity->kinds.of_person))
        return;
    activity->insertions = MIN(stat.insertions, LINES_MAX);
    activity->deletions = MIN(stat.deletions, LINES_MAX);
}

/* What stands in every record, whether its mail could be read or not. */
static void pack(Activity *activity, PostRecord *record,
                 const ActivityOrigin *origin)
{
    record->arrival_ms = activity->arrival_ms;
    record->kind = (uint8_t)activity->kinds.of_person;
    record->kind_of_bot = (uint8_t)activity->kinds.of_bot;
    record->flags = activity->flags;
    record->size = origin->size;
    record->known = RECORD_FIELD_LAST;
    memcpy(record->mark, activity->mark, RECORD_MARK_BYTES);
    record_rear_put(activity->record, record);
}

/* The same as of the record: its subject was read already if it is whole. */
static GArray *links_of(const Reading *reading)
{
    const PostRecord *record = &reading->record;
    const char *author = reading->activity->author.address;

    return strcmp(record->subject, reading->message->subject) == 0
               ? activity_links(record, &reading->subject, author)
               : activity_links_of_record(record, reading->prefix, author);
}

static void pack_mail(Reading *reading)
{
    const MailMessage *message = reading->message;
    PostRecord *record = &reading->record;

    record->notice = (uint8_t)reading->notice;
    record->notice_parts =
        reading->has_partial_credit && reading->notice == PATCH_NOTICE_NONE
            ? reading->credit_parts
            : patch_notice_extent(message, &reading->body, reading->notice);
    record->has_date = message->has_date;
    record->date = message->date;
    record->date_offset = message->date_offset;
    record->message_id = text_cut(message->message_id, MESSAGE_ID_MAX);
    record->subject = text_cut(message->subject, SUBJECT_MAX);
    reading->activity->message_id = g_strdup(record->message_id);
    reading->activity->subject = g_strdup(record->subject);
    pack(reading->activity, record, reading->origin);
    g_array_unref(reading->activity->links);
    reading->activity->links = links_of(reading);
}

static void reading_clear(Reading *reading)
{
    g_free(reading->prefix);
    patch_subject_clear(&reading->subject);
    patch_body_clear(&reading->body);
    record_post_clear(&reading->record);
}

Activity *activity_new(const MailMessage *message, const ActivityOrigin *origin,
                       char *const *extra_credit_trailers)
{
    Reading reading = {
        .message = message,
        .origin = origin,
        .prefix = strchr(origin->prefix, '\n') != NULL
                      ? g_strdup(origin->prefix)
                      : list_id_prefix(origin->prefix, origin->list),
        .activity = activity_new_empty(origin),
    };
    const Fingerprint fingerprint = fingerprint_of(origin->list, message);

    set_identity(reading.activity, &fingerprint, origin);
    read_mail(&reading);
    set_people(&reading);
    reading.may_update = may_update(&reading);
    set_credits(&reading, extra_credit_trailers);
    set_flags(&reading);
    set_links(&reading);
    set_text(&reading);
    set_lines(&reading);
    set_fields(&reading);
    pack_mail(&reading);
    reading_clear(&reading);
    return reading.activity;
}

Activity *activity_new_unread(GBytes *mail, const ActivityOrigin *origin)
{
    Activity *activity = activity_new_empty(origin);
    const Fingerprint fingerprint = fingerprint_of_bytes(origin->list, mail);
    PostRecord record = {
        .message_id = g_strdup(""),
        .subject = g_strdup(""),
    };

    set_identity(activity, &fingerprint, origin);
    activity->kinds = (PostKinds){ POST_OTHER, POST_OTHER, "set aside" };
    activity->flags = POST_MALFORMED | POST_SET_ASIDE | POST_DATE_DOUBTFUL |
                      capture_flags(origin->capture_flags);
    activity->credits = credits_new();
    mail_person_init(&activity->author, "");
    mail_person_init(&activity->sender, "");
    pack(activity, &record, origin);
    record_post_clear(&record);
    return activity;
}

void activity_free(Activity *activity)
{
    if (activity == NULL)
        return;
    g_free(activity->list);
    g_free(activity->message_id);
    g_free(activity->subject);
    mail_person_clear(&activity->author);
    mail_person_clear(&activity->sender);
    g_ptr_array_unref(activity->credits);
    g_string_free(activity->record, TRUE);
    g_array_unref(activity->links);
    g_free(activity->text);
    g_free(activity);
}
