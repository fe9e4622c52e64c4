/* SPDX-License-Identifier: MIT */
#include "patch/kind.h"

#include "patch/commit.h"

#include <string.h>

#include "base/banned.h"

enum { VERSION_DIGITS_MAX = 3 };

const char *post_kind_name(PostKind kind)
{
    static const char *const names[] = {
        [POST_OTHER] = "other",           [POST_PATCH] = "patch",
        [POST_COVER] = "cover",           [POST_PULL] = "pull",
        [POST_REPLY] = "reply",           [POST_NOTICE] = "notice",
        [POST_BOT_REPORT] = "bot_report", [POST_DIFF] = "diff",
        [POST_DIFF_REPLY] = "diff_reply",
    };

    return (size_t)kind < G_N_ELEMENTS(names) ? names[kind] : names[0];
}

bool post_kind_is_patch(PostKind kind)
{
    return kind == POST_PATCH || kind == POST_DIFF || kind == POST_DIFF_REPLY;
}

bool post_kind_is_part(PostKind kind)
{
    return post_kind_is_patch(kind) || kind == POST_COVER || kind == POST_PULL;
}

PostKind post_kind_decided(PostKind kind, bool takes_untagged)
{
    if (kind != POST_DIFF && kind != POST_DIFF_REPLY)
        return kind;
    if (takes_untagged)
        return POST_PATCH;
    return kind == POST_DIFF ? POST_OTHER : POST_REPLY;
}

/* Whatever may be asked for a mail; the rules are made of it. */
typedef struct Post {
    const MailMessage *message;
    const PatchSubject *subject;
    const PatchBody *body;
    PatchNotice notice;
} Post;

static bool is_given(const char *text)
{
    return text != NULL && *text != '\0';
}

/* What a person says may still be one without what shows it here: its thread
 * decides then, see sets/notices.h. */
static bool is_notice(const Post *post)
{
    if (!patch_notice_is_human(post->notice))
        return patch_notice_tells_applied(post->notice);
    return !patch_notice_is_advice(post->message, post->body, post->notice) &&
           (!post->subject->is_reply ||
            patch_notice_is_of_patch(post->message, post->subject));
}

static bool has_reply_mark(const Post *post)
{
    return post->subject->is_reply;
}

static bool has_patch_subject(const Post *post)
{
    return post->subject->is_patch ||
           patch_subject_is_series_part(post->subject) ||
           patch_subject_is_cover(post->subject);
}

static bool has_attached_patch(const MailMessage *message)
{
    return message->attached_patches != NULL &&
           message->attached_patches->len > 0;
}

/* --- what programs tell ------------------------------------------------- */

/* What stands above the diff is in the form of such a program. */
static bool has_form_of_commit(const MailMessage *message,
                               const PatchBody *body)
{
    const size_t start = MIN(body->message_start, message->text_length);

    return message->text != NULL &&
           patch_commit_is_told(
               (PatchText){ message->text + start,
                            message->text_length - start },
               message->from.address != NULL ? message->from.address : "");
}

bool patch_is_commit_mail(const MailMessage *message,
                          const PatchSubject *subject, const PatchBody *body)
{
    if (subject->is_reply)
        return false;
    if (subject->is_commit)
        return true;
    return !subject->is_patch && !subject->is_pull &&
           !patch_subject_is_series_part(subject) && !body->is_pull_request &&
           ((message->is_auto_submitted && body->has_hunk) ||
            has_form_of_commit(message, body));
}

/* --- attached patches --------------------------------------------------- */

/* Of "v12-0001-x.patch", "v12.patch"; not of "v2.6-x.patch". */
static unsigned version_of_name(const char *name)
{
    unsigned version = 0;
    size_t digits = 0;

    if (g_ascii_tolower(*name) != 'v')
        return 0;
    for (name++; g_ascii_isdigit(*name) && digits < VERSION_DIGITS_MAX;
         digits++)
        version = version * 10 + (unsigned)(*name++ - '0');
    return digits > 0 && (*name == '-' || *name == '_' ||
                          (*name == '.' && !g_ascii_isdigit(name[1])))
               ? version
               : 0;
}

unsigned patch_attached_version(const MailMessage *message)
{
    unsigned highest = 0;

    for (unsigned i = 0;
         message->attached_names != NULL && i < message->attached_names->len;
         i++)
        highest =
            MAX(highest, version_of_name(message->attached_names->pdata[i]));
    return highest;
}

/* --- the rules ---------------------------------------------------------- */

static bool is_own_parent(const MailMessage *message)
{
    return is_given(message->message_id) &&
           strcmp(message->message_id, message->in_reply_to) == 0;
}

/* Some mailers answer without a mark: nothing of a patch is in the text. */
static bool answers_without_mark(const Post *post)
{
    const PatchBody *body = post->body;

    if (!has_patch_subject(post) || !is_given(post->message->in_reply_to))
        return false;
    if (body->has_diff || body->has_diffstat ||
        has_attached_patch(post->message))
        return false;
    return post->subject->number != 0 || is_own_parent(post->message) ||
           body->starts_quoted ||
           (patch_subject_is_tracked(post->subject) &&
            !patch_body_is_letter(body));
}

/* Pipermail drops "Re:" as well, and writes "ada at finch.example". */
static bool is_from_archive(const MailMessage *message)
{
    return message->from.raw != NULL &&
           strchr(message->from.raw, '@') == NULL &&
           strstr(message->from.raw, "=?") != message->from.raw &&
           is_given(message->from.address);
}

static bool gives_tag(const PatchBody *body)
{
    for (unsigned i = 0; i < body->trailers->len; i++) {
        const PatchTrailer *trailer = body->trailers->pdata[i];

        if (patch_trailer_is_credit(trailer->kind))
            return true;
    }
    return false;
}

/* A mail that answers and does as answers do: it quotes, it gives a tag, or its
 * subject has lost the mark on the way. */
static bool answers_untagged(const Post *post)
{
    const MailMessage *message = post->message;
    const PatchBody *body = post->body;

    if (has_patch_subject(post) || post->subject->is_pull ||
        body->is_pull_request ||
        !(is_given(message->in_reply_to) ||
          (message->references != NULL && message->references->len > 0)))
        return false;
    if (body->starts_quoted)
        return true;
    return !body->has_diff && (body->has_quote || gives_tag(body) ||
                               patch_subject_is_tracked(post->subject) ||
                               is_from_archive(message));
}

/* "[PING] [PATCH] x" with nothing of a patch in it. */
static bool only_asks_for_review(const Post *post)
{
    return post->subject->is_ping && !post->body->has_diff;
}

static bool answers_with_version(const Post *post)
{
    return post->subject->is_reply && post->body->is_attached &&
           post->body->has_hunk && patch_attached_version(post->message) > 0;
}

static bool is_committed_patch(const Post *post)
{
    return post->subject->is_committed && post->body->has_hunk;
}

static bool has_untagged_diff(const Post *post)
{
    return post->body->has_hunk &&
           g_ascii_strncasecmp(post->subject->title, "FAILED:", 7) != 0;
}

/* "[PULL 3/7] x" of QEMU: one of the patches that are asked to be pulled. */
static bool is_pull_part(const Post *post)
{
    return post->subject->is_pull && post->subject->has_number &&
           post->subject->number > 0 && post->body->has_hunk &&
           !post->body->is_pull_request;
}

static bool has_pull_tag(const Post *post)
{
    return post->subject->is_pull;
}

static bool has_pull_text(const Post *post)
{
    return post->body->is_pull_request;
}

static bool is_cover(const Post *post)
{
    return patch_subject_is_cover(post->subject);
}

/* "[for-next 0/3] x": nothing but a cover has the number 0. */
static bool is_bare_cover(const Post *post)
{
    const PatchSubject *subject = post->subject;

    return subject->has_number && subject->number == 0 && subject->total > 1 &&
           !post->body->has_diff;
}

static bool has_patch_tag(const Post *post)
{
    return post->subject->is_patch;
}

static bool is_series_part(const Post *post)
{
    return patch_subject_is_series_part(post->subject);
}

/* The stable team's notice that a patch did not apply holds that patch. */
static bool is_mistagged_patch(const Post *post)
{
    return post->body->has_hunk && post->body->has_signed_off &&
           g_ascii_strncasecmp(post->subject->title, "FAILED:", 7) != 0;
}

typedef struct Rule {
    bool (*fits)(const Post *post);
    PostKind kind;
    const char *reason;
} Rule;

static bool is_digest(const Post *post)
{
    return post->message->is_digest;
}

/* The first that fits. */
static const Rule rules[] = {
    { is_digest, POST_OTHER, "a list manager's digest" },
    { is_notice, POST_NOTICE, "says that patches were applied" },
    { answers_with_version, POST_DIFF_REPLY,
      "answers with an attached patch that says its version" },
    { has_reply_mark, POST_REPLY, "reply mark in the subject" },
    { only_asks_for_review, POST_REPLY, "PING in the subject" },
    { answers_without_mark, POST_REPLY,
      "a patch's subject, but it answers and holds no patch" },
    { answers_untagged, POST_REPLY, "answers, and quotes" },
    { is_pull_part, POST_PATCH, "part of a pull request" },
    { has_pull_tag, POST_PULL, "PULL in the subject" },
    { is_cover, POST_COVER, "number 0 of a series" },
    { is_bare_cover, POST_COVER, "number 0 of a series" },
    { has_pull_text, POST_PULL, "text of git request-pull" },
    { has_patch_tag, POST_PATCH, "PATCH in the subject" },
    { is_series_part, POST_PATCH, "number of a series with version or RFC" },
    { is_committed_patch, POST_PATCH, "says that it was committed" },
    { is_mistagged_patch, POST_PATCH, "holds a diff that is signed off" },
    { has_untagged_diff, POST_DIFF, "holds a diff" },
};

PostKinds patch_kind(const MailMessage *message, const PatchSubject *subject,
                     const PatchBody *body, PatchNotice notice)
{
    const Post post = { message, subject, body, notice };
    PostKinds kinds = { POST_OTHER, POST_BOT_REPORT, "nothing of a patch" };

    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        if (!rules[i].fits(&post))
            continue;
        kinds.of_person = rules[i].kind;
        kinds.reason = rules[i].reason;
        break;
    }
    if (is_notice(&post) ||
        (!has_reply_mark(&post) && has_patch_subject(&post)))
        kinds.of_bot = kinds.of_person;
    return kinds;
}
