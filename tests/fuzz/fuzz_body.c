/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/fuzz.h"

#include "patch/kind.h"

#include <string.h>

static void check(const PatchBody *body, size_t size)
{
    g_assert(body->message_start <= size && body->message_end <= size);
    g_assert(body->notes_start <= size && body->classic_end <= size);
    g_assert(body->message_start <= body->message_end);
    g_assert(body->message_end <= size);
    g_assert(!body->has_hunk || body->has_diff);
    g_assert(body->patch_id == NULL || strlen(body->patch_id) == 40);
    g_assert(body->has_diff || body->has_diffstat || body->stat.files == 0);
    for (guint i = 0; i < body->trailers->len; i++) {
        const PatchTrailer *trailer = body->trailers->pdata[i];

        g_assert(trailer->key != NULL && trailer->value != NULL);
        g_assert(trailer->offset < size || trailer->offset == SIZE_MAX);
    }
}

/* Kind and notice, for the same text below a subject of its own. */
static void judge(const PatchBody *body, char *text, size_t size)
{
    static const char *const subjects[] = { "Re: [PATCH 0/2] x", "[PATCH] x",
                                            "x" };
    MailMessage message = { 0 };

    message.text = text;
    message.text_length = size;
    message.in_reply_to = text;
    for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
        g_auto(PatchSubject) subject;
        PatchNotice notice;

        patch_subject_init(&subject, subjects[i], NULL);
        notice = patch_notice(&message, &subject, body);
        (void)patch_notice_name(notice);
        g_assert(patch_kind(&message, &subject, body, notice).reason != NULL);
    }
}

/* A 0x01 byte divides the text from an attachment. */
int fuzz_target(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_malloc(size + 1);
    const uint8_t *end = size > 0 ? memchr(data, 1, size) : NULL;
    size_t length = end != NULL ? (size_t)(end - data) : size;
    g_auto(PatchBody) body;

    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    patch_body_init(&body, text, length, size % 2 != 0);
    check(&body, length);
    judge(&body, text, length);
    if (length < size) {
        patch_body_add_attachment(&body, text + length, size - length);
        check(&body, length);
    }
    return 0;
}
