/* SPDX-License-Identifier: MIT */
#include "patch/notice.h"

#include "patch/lexicon.h"
#include "patch/line.h"
#include "patch/patchwork.h"
#include "patch/sentence.h"

#include <string.h>

#include "base/banned.h"

enum {
    TEXT_READ_MAX = 64 * 1024,
    HASH_MIN = 7, /* digits of a commit's short name */
};

const char *patch_notice_name(PatchNotice notice)
{
    static const char *const names[] = {
        [PATCH_NOTICE_NONE] = "none",
        [PATCH_NOTICE_PATCHWORK] = "patchwork-bot",
        [PATCH_NOTICE_B4_TY] = "b4 ty",
        [PATCH_NOTICE_PR_TRACKER] = "pr-tracker-bot",
        [PATCH_NOTICE_TIP_BOT] = "tip-bot",
        [PATCH_NOTICE_HUMAN] = "human",
        [PATCH_NOTICE_WITHDRAWN] = "withdrawn",
        [PATCH_NOTICE_HUMAN_BARE] = "human",
        [PATCH_NOTICE_COMMIT] = "commit",
        [PATCH_NOTICE_SUBJECT] = "subject",
    };

    return (size_t)notice < G_N_ELEMENTS(names) ? names[notice] : names[0];
}

/* What some mailers put above the whole mail that is answered, which they do
 * not quote. */
static bool starts_original(const PatchLine *line)
{
    static const char *const starts[] = {
        "-----Original Message",           "----- Original Message",
        "-------- Original Message",       "-------- Forwarded Message",
        "---------- Forwarded message",    "Begin forwarded message:",
        "________________________________"
    };

    if (line->length == 0 ||
        (*line->at != '-' && *line->at != 'B' && *line->at != '_'))
        return false; /* as nearly every line */
    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
        if (patch_line_starts(line, starts[i]))
            return true;
    return false;
}

/* The message's own part of a mail's text, up to a diff or signature, and what
 * its lines may hold: one walk, which spares most mail the others. */
typedef struct OwnText {
    PatchText text;
    bool has_bracket; /* a line begins with "[" */
    bool has_target;  /* a line begins with "To " */
    bool has_key;     /* the mail's own words tell what became of a patch */
} OwnText;

static void look_at(OwnText *own, const PatchLine *line)
{
    own->has_bracket |= patch_line_starts(line, "[");
    own->has_target |= patch_line_starts(line, "To ");
    if (!own->has_key && !patch_line_is_quoted(line))
        own->has_key = lexicon_has_key(line->at, line->length);
}

/* looks: whether more than the text is asked for. */
static OwnText own_text(const MailMessage *message, const PatchBody *body,
                        bool looks)
{
    const size_t start = MIN(body->message_start, message->text_length);
    const size_t end = MIN(body->message_end, message->text_length);
    OwnText own = { { "", 0 }, false, false, false };

    if (message->text == NULL || end <= start)
        return own;

    const PatchText whole = { message->text + start,
                              MIN(end - start, TEXT_READ_MAX) };
    PatchLine line = patch_line_at(whole, 0);

    for (; line.offset < whole.length && !starts_original(&line);
         line = patch_line_after(whole, &line))
        if (looks)
            look_at(&own, &line);
    own.text = (PatchText){ whole.bytes, line.offset };
    return own;
}

static PatchLine next_own_line(PatchText text, const PatchLine *line)
{
    PatchLine next = patch_line_after(text, line);

    while (next.offset < text.length && patch_line_is_blank(&next))
        next = patch_line_after(text, &next);
    return next;
}

static PatchLine first_own_line(PatchText text)
{
    PatchLine line = patch_line_at(text, 0);

    return patch_line_is_blank(&line) ? next_own_line(text, &line) : line;
}

static bool holds(const PatchLine *line, const char *what)
{
    return g_strstr_len(line->at, (gssize)line->length, what) != NULL;
}

/* ----------------------------------------------------------------- robots */

/* "Hello:" and "This series was applied to netdev/net.git (main)", or the
 * summary of several: "because they were applied to". */
static bool is_patchwork(PatchText text)
{
    static const char *const things[] = { "This series was applied to ",
                                          "This patch was applied to ",
                                          "This pull request was applied to ",
                                          "The following patches were marked" };
    PatchLine line = first_own_line(text);

    if (patch_line_starts(&line, "Hello:"))
        line = next_own_line(text, &line);
    for (size_t i = 0; i + 1 < G_N_ELEMENTS(things); i++)
        if (patch_line_starts(&line, things[i]))
            return true;
    return patch_line_starts(&line, things[3]) &&
           (holds(&line, "because they were applied") ||
            holds(&line, "\"accepted\""));
}

static bool is_patchwork_mail(PatchText text)
{
    g_autoptr(GPtrArray) accepted = patchwork_accepted(text);

    return accepted != NULL && accepted->len > 0;
}

/* "The pull request you sent on ...", a quoted link, "has been merged into". */
static bool is_pr_tracker(PatchText text)
{
    PatchLine line = first_own_line(text);

    if (!patch_line_starts(&line, "The pull request you sent on "))
        return false;
    for (unsigned i = 0; i < 8 && line.offset < text.length; i++) {
        if (patch_line_starts(&line, "has been merged into "))
            return true;
        line = next_own_line(text, &line);
    }
    return false;
}

/* "The following commit has been merged into the x86/mm branch of tip:", or
 * what the bot wrote before 2019. */
static bool is_tip_bot(PatchText text)
{
    PatchLine line = first_own_line(text);
    PatchLine next = next_own_line(text, &line);

    if (patch_line_starts(&line, "The following commit has been merged into "))
        return holds(&line, "branch of");
    return patch_line_starts(&line, "Commit-ID: ") &&
           patch_line_starts(&next, "Gitweb: ");
}

static bool is_hash_or_link(PatchLine line)
{
    line = patch_line_trim(&line);
    return patch_line_starts(&line, "commit: ") ||
           patch_line_starts(&line, "https://") ||
           patch_line_starts(&line, "http://") ||
           patch_line_starts(&line, "(no commit info)");
}

/* b4's table: "[1/2] title" and its commit, indented, on the next line. */
static bool has_commit_table(PatchText text)
{
    PatchLine line = patch_line_at(text, 0);

    for (; line.offset < text.length; line = patch_line_after(text, &line)) {
        PatchLine rest = line;
        PatchLine next;
        unsigned number;

        if (!patch_line_take(&rest, "["))
            continue;
        if (!patch_line_take_number(&rest, &number) ||
            !patch_line_take(&rest, "/") ||
            !patch_line_take_number(&rest, &number) ||
            !patch_line_take(&rest, "] "))
            continue;
        next = patch_line_after(text, &line);
        if (patch_line_starts(&next, "    ") && is_hash_or_link(next))
            return true;
        next = patch_line_after(text, &next); /* the title was wrapped */
        if (patch_line_starts(&next, "    ") && is_hash_or_link(next))
            return true;
    }
    return false;
}

/* Maintainers' scripts: whole mails of one shape, most with the patch in
 * them, so that nothing but their words tells them from one. */
static bool is_tree_note(PatchText text)
{
    PatchLine line = first_own_line(text);

    if (patch_line_starts(&line, "This is a note to let you know that "))
        return holds(&line, "just added the patch");
    if (patch_line_starts(&line, "This is an automatic generated email to let "
                                 "you know that the following patch"))
        return holds(&line, "queued");
    if (!patch_line_starts(&line, "The patch titled") &&
        !patch_line_is(&line, "The patch"))
        return false;
    for (unsigned i = 0; i < 4; i++) {
        line = next_own_line(text, &line);
        if (patch_line_starts(&line, "has been added to the ") ||
            patch_line_starts(&line, "has been applied to the "))
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------ forges */

/* "   1111111..2222222  main -> main": what git push prints of a branch that
 * goes on; a new branch is somebody's own. */
static bool is_pushed_branch(const PatchLine *line)
{
    PatchLine rest = patch_line_trim(line);

    for (unsigned i = 0; i < 2; i++) {
        const size_t hash = patch_line_hex_digits(&rest);

        if (hash < HASH_MIN)
            return false;
        rest = patch_line_from(&rest, hash);
        if (i == 0 && !patch_line_take(&rest, ".."))
            return false;
    }
    return holds(&rest, " -> ");
}

static bool is_push(PatchText text)
{
    PatchLine line = patch_line_at(text, 0);

    for (; line.offset < text.length; line = patch_line_after(text, &line)) {
        if (!patch_line_starts(&line, "To "))
            continue;
        const PatchLine next = patch_line_after(text, &line);
        if (is_pushed_branch(&next))
            return true;
    }
    return false;
}

/* ----------------------------------------------------------------- people */

/* "Merged: TITLE", whatever its text says. */
static bool names_deed(const PatchSubject *subject)
{
    static const char *const deeds[] = { "merged:",    "applied:", "pushed:",
                                         "committed:", "queued:",  "installed:",
                                         "accepted:" };

    for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++)
        if (g_ascii_strncasecmp(subject->title, deeds[i], strlen(deeds[i])) ==
            0)
            return true;
    return false;
}

static bool has_parent(const MailMessage *message)
{
    return message->in_reply_to != NULL && *message->in_reply_to != '\0';
}

static bool has_attached_patch(const MailMessage *message)
{
    return message->attached_patches != NULL &&
           message->attached_patches->len > 0;
}

/* A patch's subject without a mark, and nothing of a patch in the text. */
static bool answers_without_mark(const MailMessage *message,
                                 const PatchSubject *subject,
                                 const PatchBody *body)
{
    return (subject->is_patch || subject->is_pull) && !body->has_diff &&
           !body->has_diffstat && !has_attached_patch(message) &&
           (!(subject->has_number && subject->number == 0) ||
            (patch_subject_is_tracked(subject) && !patch_body_is_letter(body)));
}

/* People answer what they applied; who starts a thread has other news. */
static bool is_answer(const MailMessage *message, const PatchSubject *subject,
                      const PatchBody *body)
{
    if (subject->is_forward)
        return false;
    return subject->is_reply ||
           (has_parent(message) &&
            (body->starts_quoted ||
             answers_without_mark(message, subject, body)));
}

static PatchNotice notice_of_claims(PatchText text, const PatchBody *body)
{
    const PatchClaims claims = patch_sentences_claims(text);

    if (claims.by[PATCH_CLAIM_APPLIED] != NULL)
        return claims.is_bare ? PATCH_NOTICE_HUMAN_BARE : PATCH_NOTICE_HUMAN;
    return !body->has_diff && claims.by[PATCH_CLAIM_WITHDRAWN] != NULL
               ? PATCH_NOTICE_WITHDRAWN
               : PATCH_NOTICE_NONE;
}

static PatchNotice notice_of_answer(const OwnText *own, const PatchBody *body)
{
    if (own->has_bracket && has_commit_table(own->text))
        return PATCH_NOTICE_B4_TY;
    if (own->has_target && is_push(own->text))
        return PATCH_NOTICE_HUMAN;
    return own->has_key ? notice_of_claims(own->text, body) : PATCH_NOTICE_NONE;
}

PatchNotice patch_notice(const MailMessage *message,
                         const PatchSubject *subject, const PatchBody *body)
{
    const bool answers = is_answer(message, subject, body);
    const OwnText own = own_text(message, body, answers);

    if (is_tip_bot(own.text))
        return PATCH_NOTICE_TIP_BOT;
    if (is_patchwork(own.text) || is_patchwork_mail(own.text))
        return PATCH_NOTICE_PATCHWORK;
    if (is_pr_tracker(own.text))
        return PATCH_NOTICE_PR_TRACKER;
    if (names_deed(subject) && has_parent(message) && !subject->is_reply &&
        !body->has_diff)
        return PATCH_NOTICE_HUMAN;
    if (!answers)
        return is_tree_note(own.text) ? PATCH_NOTICE_HUMAN : PATCH_NOTICE_NONE;
    return notice_of_answer(&own, body);
}

/* A quoted diff, or the trailers of a commit message. */
static bool is_quoted_patch(const PatchLine *line)
{
    PatchLine rest = patch_line_trim(line);

    while (patch_line_take(&rest, ">"))
        rest = patch_line_trim(&rest);
    return patch_line_starts(&rest, "diff --git ") ||
           patch_line_starts(&rest, "@@ -") ||
           patch_line_starts(&rest, "+++ ") ||
           patch_line_starts(&rest, "Signed-off-by:");
}

bool patch_notice_is_of_patch(const MailMessage *message,
                              const PatchSubject *subject)
{
    const PatchText text = { message->text,
                             MIN(message->text_length, TEXT_READ_MAX) };
    PatchLine line = patch_line_at(text, 0);

    if (subject->is_patch || subject->is_pull || subject->has_number ||
        subject->has_version || names_deed(subject))
        return true;
    for (; line.offset < text.length; line = patch_line_after(text, &line))
        if (patch_line_is_quoted(&line) && is_quoted_patch(&line))
            return true;
    return false;
}

bool patch_notice_is_advice(const MailMessage *message, const PatchBody *body,
                            PatchNotice notice)
{
    if (notice != PATCH_NOTICE_HUMAN_BARE)
        return false;
    const PatchClaims claims =
        patch_sentences_claims(own_text(message, body, false).text);

    return patch_claims_are_advice(&claims);
}

/* It answers the cover, or patch 1, for a series, and each patch alone where
 * only some were taken: what it links to tells. */
static uint64_t extent_by_patchwork(PatchText text)
{
    const uint64_t told = patch_extent_of_summary(text);
    PatchLine line = first_own_line(text);

    if (told != PATCH_EXTENT_ANSWERED)
        return told;
    if (patch_line_starts(&line, "Hello:"))
        line = next_own_line(text, &line);
    return patch_line_starts(&line, "This series was applied to ")
               ? PATCH_EXTENT_ALL
               : PATCH_EXTENT_ANSWERED;
}

uint64_t patch_notice_extent(const MailMessage *message, const PatchBody *body,
                             PatchNotice notice)
{
    if (notice == PATCH_NOTICE_PATCHWORK)
        return extent_by_patchwork(own_text(message, body, false).text);
    if (notice == PATCH_NOTICE_B4_TY)
        return patch_extent_of_table(own_text(message, body, false).text);
    return patch_notice_is_human(notice)
               ? patch_extent_of_words(own_text(message, body, false).text)
               : PATCH_EXTENT_ANSWERED;
}
