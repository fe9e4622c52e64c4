/* SPDX-License-Identifier: MIT */
#include "patch/kind.h"

#include <string.h>

#include "base/banned.h"

const char *post_kind_name(PostKind kind)
{
    static const char *const names[] = {
        [POST_OTHER] = "other",           [POST_PATCH] = "patch",
        [POST_COVER] = "cover",           [POST_PULL] = "pull",
        [POST_REPLY] = "reply",           [POST_NOTICE] = "notice",
        [POST_BOT_REPORT] = "bot_report",
    };

    return (size_t)kind < G_N_ELEMENTS(names) ? names[kind] : names[0];
}

bool post_kind_is_part(PostKind kind)
{
    return kind == POST_PATCH || kind == POST_COVER || kind == POST_PULL;
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
           body->starts_quoted;
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

/* The first that fits. */
static const Rule rules[] = {
    { is_notice, POST_NOTICE, "says that patches were applied" },
    { has_reply_mark, POST_REPLY, "reply mark in the subject" },
    { answers_without_mark, POST_REPLY,
      "a patch's subject, but it answers and holds no patch" },
    { has_pull_tag, POST_PULL, "PULL in the subject" },
    { is_cover, POST_COVER, "number 0 of a series" },
    { has_pull_text, POST_PULL, "text of git request-pull" },
    { has_patch_tag, POST_PATCH, "PATCH in the subject" },
    { is_series_part, POST_PATCH, "number of a series with version or RFC" },
    { is_mistagged_patch, POST_PATCH, "holds a diff that is signed off" },
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
