/* SPDX-License-Identifier: MIT */
#include "command/shown.h"

#include "activity/author.h"
#include "patch/body.h"
#include "patch/notice.h"
#include "patch/trailer.h"

#include <string.h>

#include "base/banned.h"

/* --- people and kind ------------------------------------------------------ */

/* Author, sender, then the credited. */
static GArray *people_of(const ShowWork *work, const PostRecord *record,
                         GError **error)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    g_array_append_val(numbers, record->author);
    g_array_append_val(numbers, record->sender);
    for (unsigned i = 0; i < record->credit_count; i++)
        g_array_append_val(numbers, record->credits[i].person);
    return store_people(work->store, work->list,
                        (const uint32_t *)(void *)numbers->data, numbers->len,
                        error);
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

static bool is_bot_person(const ShowWork *work, const MailPerson *person)
{
    return identity_is_bot(work->identity, person->name, person->address);
}

/* Two kinds are stored, since who is a bot is for the settings to say. */
static PostKind kind_of(const ShowWork *work, const PostRecord *record,
                        const MailPerson *author, const MailPerson *sender,
                        bool takes_untagged)
{
    const bool is_bot =
        is_bot_person(work, sender) ||
        (author_is_behind(author, sender) && is_bot_person(work, author));

    return post_kind_decided(
        (PostKind)(is_bot ? record->kind_of_bot : record->kind),
        takes_untagged);
}

/* Why a thread makes another kind of what a person wrote. */
static const char *thread_reason(const PostRecord *record, PostKind kind)
{
    if (kind == POST_PATCH)
        return "it answers its sender's patch, with the next form attached";
    if (kind == POST_NOTICE)
        return patch_notice_name(record->notice);
    return record->notice == PATCH_NOTICE_HUMAN_BARE
               ? "an advice was taken, or its thread has no patch"
               : "its thread has no patch";
}

/* What its thread makes of it wins over what it is by itself. */
static void decide_kind(Shown *shown, bool takes_untagged)
{
    const PostRecord *record = shown->record;
    const ShownModel *model = shown->model;
    const PostKind alone = kind_of(
        shown->work, record, &g_array_index(shown->people, MailPerson, 0),
        &g_array_index(shown->people, MailPerson, 1), takes_untagged);
    const PostKind of_person =
        post_kind_decided((PostKind)record->kind, takes_untagged);

    shown->kind =
        model->self == SETS_NONE ? alone : model->sets->kinds[model->self];
    shown->is_part =
        post_kind_is_part(of_person) || post_kind_is_part(shown->kind);
    shown->reason = shown->kind != alone ? thread_reason(record, shown->kind)
                    : shown->kind != of_person
                        ? "its sender is a bot"
                        : reason_of(record, &shown->subject);
}

/* --- trailers ------------------------------------------------------------- */

static void trailer_free(gpointer data)
{
    ShownTrailer *trailer = data;

    g_free(trailer->name);
    g_free(trailer->value);
    g_free(trailer);
}

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

static void add_trailers(const PatchBody *body, GPtrArray *trailers)
{
    for (unsigned i = 0; i < body->trailers->len; i++) {
        const PatchTrailer *trailer = body->trailers->pdata[i];
        const char *name = trailer_name(trailer);

        if (name == NULL || trailer->offset >= body->notes_start)
            continue;
        ShownTrailer *own = g_new0(ShownTrailer, 1);
        own->name = g_strdup(name);
        own->value = g_strdup(trailer->value);
        g_ptr_array_add(trailers, own);
    }
}

/* Those of the commit message, where it is kept; what an answer gives are its
 * credits. */
static bool load_trailers(Shown *shown, GError **error)
{
    const PostRecord *record = shown->record;

    if ((record->flags & POST_HAS_TEXT) == 0 ||
        !post_kind_is_part(record->kind))
        return true;
    g_autoptr(GPtrArray) texts = store_texts(
        shown->work->store, shown->work->list, &record->post, 1, error);
    if (texts == NULL)
        return false;

    const char *text = texts->pdata[0];
    g_auto(PatchBody) body = { .from = NULL };

    if (text == NULL)
        return true;
    patch_body_init(&body, text, strlen(text),
                    patch_subject_is_posting(&shown->subject));
    add_trailers(&body, shown->trailers);
    return true;
}

/* --- other posts -------------------------------------------------------------
 */

GArray *shown_posts_under(const ShowWork *work, LinkKind kind, uint64_t digest,
                          GError **error)
{
    const uint64_t key = link_key(kind, digest);
    g_autoptr(StoreFound) found =
        store_find(work->store, work->list, &key, 1, error);

    if (found == NULL)
        return NULL;

    unsigned count;
    const uint32_t *numbers = store_found(found, 0, &count);
    return store_posts(work->store, work->list, numbers, count, error);
}

/* Author and sender of each record. */
static GArray *writers_of(const ShowWork *work, const GArray *records,
                          GError **error)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);

        g_array_append_val(numbers, record->author);
        g_array_append_val(numbers, record->sender);
    }
    return store_people(work->store, work->list,
                        (const uint32_t *)(void *)numbers->data, numbers->len,
                        error);
}

/* Whoever has it anywhere above is found, but only answers to it are meant. */
static bool is_meant(const PostRecord *record, LinkKind kind, uint64_t digest)
{
    return record->post != 0 &&
           (kind != LINK_ABOVE || record->parent_link == digest);
}

static void post_free(gpointer data)
{
    ShownPost *post = data;

    record_post_clear(&post->record);
    mail_person_clear(&post->author);
    g_free(post);
}

/* All posts under a link but the post itself. */
static bool load_link(Shown *shown, ShownLink which, LinkKind kind,
                      uint64_t digest, bool takes_untagged, GError **error)
{
    const ShowWork *work = shown->work;

    if (digest == 0)
        return true;
    g_autoptr(GArray) records = shown_posts_under(work, kind, digest, error);
    g_autoptr(GArray) people =
        records != NULL ? writers_of(work, records, error) : NULL;
    if (people == NULL)
        return false;
    for (unsigned i = 0; i < records->len; i++) {
        PostRecord *record = &g_array_index(records, PostRecord, i);
        const MailPerson *author = &g_array_index(people, MailPerson, 2 * i);

        if (!is_meant(record, kind, digest) ||
            record->post == shown->record->post)
            continue;
        ShownPost *post = g_new0(ShownPost, 1);
        post->kind = kind_of(work, record, author, author + 1, takes_untagged);
        mail_person_copy(&post->author, author);
        post->record = *record;
        *record = (PostRecord){ 0 };
        g_ptr_array_add(shown->links[which], post);
    }
    return true;
}

static bool load_links(Shown *shown, bool takes_untagged, GError **error)
{
    const PostRecord *record = shown->record;
    const struct {
        ShownLink which;
        LinkKind kind;
        uint64_t digest;
    } links[] = {
        { SHOWN_ANSWERED, LINK_SELF, record->parent_link },
        { SHOWN_SAME_ID, LINK_SELF, record->own_link },
        { SHOWN_REPLIES, LINK_ABOVE, record->own_link },
        { SHOWN_SAME_CHANGE, LINK_CHANGE, record->change_link },
        { SHOWN_SAME_PATCH, LINK_PATCH, record->patch_link },
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(links); i++) {
        if (!load_link(shown, links[i].which, links[i].kind, links[i].digest,
                       takes_untagged, error))
            return false;
    }
    return true;
}

/* --- the whole ------------------------------------------------------------ */

static void shown_init(Shown *shown, const ShowWork *work,
                       const PostRecord *record)
{
    *shown = (Shown){ .work = work, .record = record };
    shown->trailers = g_ptr_array_new_with_free_func(trailer_free);
    for (unsigned i = 0; i < SHOWN_LINKS; i++)
        shown->links[i] = g_ptr_array_new_with_free_func(post_free);
    patch_subject_init(&shown->subject, record->subject,
                       work->settings->prefix);
}

bool shown_load(const ShowWork *work, const PostRecord *record, Shown *shown,
                GError **error)
{
    bool takes_untagged = false;

    shown_init(shown, work, record);
    if (!store_takes_untagged(work->store, work->list, work->settings->untagged,
                              record->arrival_ms, &takes_untagged, error))
        return false;
    shown->people = people_of(work, record, error);
    if (shown->people == NULL)
        return false;
    shown->model = shown_model_new(work, record, takes_untagged, error);
    if (shown->model == NULL)
        return false;
    decide_kind(shown, takes_untagged);
    return store_differs(work->store, work->list, record->post, &shown->differs,
                         error) &&
           load_trailers(shown, error) &&
           load_links(shown, takes_untagged, error);
}

void shown_clear(Shown *shown)
{
    g_clear_pointer(&shown->people, g_array_unref);
    g_clear_pointer(&shown->trailers, g_ptr_array_unref);
    for (unsigned i = 0; i < SHOWN_LINKS; i++)
        g_clear_pointer(&shown->links[i], g_ptr_array_unref);
    if (shown->work != NULL)
        patch_subject_clear(&shown->subject);
    g_clear_pointer(&shown->model, shown_model_free);
}
