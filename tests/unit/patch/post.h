/* SPDX-License-Identifier: MIT */
/* A mail of a few words, and all that lib/patch understands of it. */
#pragma once

#include "patch/kind.h"

#include <string.h>

typedef struct Post {
    MailMessage message;
    PatchSubject subject;
    PatchBody body;
    PatchNotice notice;
    PostKinds kinds;
} Post;

/* attachment: NULL, or the text of an attached patch. */
static inline void post_init(Post *post, const char *subject,
                             const char *parent, const char *text,
                             const char *attachment)
{
    *post = (Post){ 0 };
    post->message.message_id = g_strdup("self@x.org");
    post->message.in_reply_to = g_strdup(parent);
    post->message.subject = g_strdup(subject);
    post->message.text = g_strdup(text);
    post->message.text_length = strlen(text);
    post->message.attached_patches = g_ptr_array_new_with_free_func(g_free);
    patch_subject_init(&post->subject, subject, NULL);
    patch_body_init(&post->body, post->message.text, strlen(text), false);
    if (attachment != NULL) {
        g_ptr_array_add(post->message.attached_patches, g_strdup(attachment));
        patch_body_add_attachment(&post->body, attachment, strlen(attachment));
    }
    post->notice = patch_notice(&post->message, &post->subject, &post->body);
    post->kinds =
        patch_kind(&post->message, &post->subject, &post->body, post->notice);
}

static inline void post_clear(Post *post)
{
    g_free(post->message.message_id);
    g_free(post->message.in_reply_to);
    g_free(post->message.subject);
    g_free(post->message.text);
    g_ptr_array_unref(post->message.attached_patches);
    patch_subject_clear(&post->subject);
    patch_body_clear(&post->body);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Post, post_clear)
