/* SPDX-License-Identifier: MIT */
#include "activity/credit.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/banned.h"

enum { LEAD_MAX = 60 }; /* bytes of a line that leads to a tag */

static void credit_free(void *data)
{
    ActivityCredit *credit = data;

    mail_person_clear(&credit->person);
    g_free(credit);
}

GPtrArray *credits_new(void)
{
    return g_ptr_array_new_with_free_func(credit_free);
}

static bool is_named(const PatchTrailer *trailer, char *const *extra)
{
    for (; extra != NULL && *extra != NULL; extra++)
        if (g_ascii_strcasecmp(*extra, trailer->key) == 0)
            return true;
    return false;
}

static bool is_approval(PatchTrailerKind kind)
{
    return kind == PATCH_TRAILER_REVIEWED || kind == PATCH_TRAILER_ACKED ||
           kind == PATCH_TRAILER_APPROVED;
}

static bool gives_credit(const PatchTrailer *trailer, char *const *extra)
{
    return patch_trailer_is_credit(trailer->kind) || is_named(trailer, extra);
}

static bool is_there(const GPtrArray *credits, PatchTrailerKind kind,
                     const MailPerson *person)
{
    for (unsigned i = 0; i < credits->len; i++) {
        const ActivityCredit *credit = credits->pdata[i];

        if (credit->kind == kind &&
            strcmp(credit->person.raw, person->raw) == 0)
            return true;
    }
    return false;
}

/* The blank is the one that stands behind a header's colon: a person's From
 * and trailers are then one raw string, kept once. "# comments" go. */
static void init_named(MailPerson *person, const char *value)
{
    const char *close = strchr(value, '>');
    const int length = close == NULL ? -1 : (int)(close - value) + 1;
    g_autofree char *raw = length < 0 ? g_strconcat(" ", value, NULL)
                                      : g_strdup_printf(" %.*s", length, value);

    mail_person_init(person, raw);
}

static bool find_person(const PatchTrailer *trailer, const MailPerson *sender,
                        MailPerson *person)
{
    if (strcmp(trailer->value, PATCH_TRAILER_ME) == 0) {
        mail_person_copy(person, sender);
        return true;
    }
    init_named(person, trailer->value);
    if (strchr(person->address, '@') != NULL)
        return true;
    mail_person_clear(person);
    if (sender->name[0] == '\0' ||
        g_ascii_strcasecmp(sender->name, trailer->value) != 0)
        return false;
    mail_person_copy(person, sender);
    return true;
}

/* What the settings name approves, whatever it says. */
static PatchTrailerKind kind_of(const PatchTrailer *trailer, char *const *extra)
{
    return !is_approval(trailer->kind) && is_named(trailer, extra)
               ? PATCH_TRAILER_OTHER
               : trailer->kind;
}

static void add_credit(GPtrArray *credits, const PatchTrailer *trailer,
                       PatchTrailerKind kind, const MailPerson *sender)
{
    MailPerson person;

    if (!find_person(trailer, sender, &person))
        return;
    if (is_there(credits, kind, &person)) {
        mail_person_clear(&person);
        return;
    }
    ActivityCredit *credit = g_new(ActivityCredit, 1);

    *credit = (ActivityCredit){ .kind = kind, .person = person };
    g_ptr_array_add(credits, credit);
}

GPtrArray *credits_collect(const PatchBody *body, const MailPerson *sender,
                           char *const *extra)
{
    GPtrArray *credits = credits_new();

    for (unsigned i = 0; i < body->trailers->len; i++)
        if (credits->len < CREDITS_MAX &&
            gives_credit(body->trailers->pdata[i], extra))
            add_credit(credits, body->trailers->pdata[i],
                       kind_of(body->trailers->pdata[i], extra), sender);
    return credits;
}

/* --- words of the settings ---------------------------------------------- */

/* "dee@": how long such a name is that stands here; 0 if none does. */
static size_t name_length(const PatchLine *line)
{
    size_t length = 0;

    while (length < line->length && (g_ascii_isalnum(line->at[length]) ||
                                     strchr("._+-", line->at[length]) != NULL))
        length++;
    return length > 0 && length < line->length && line->at[length] == '@'
               ? length + 1
               : 0;
}

/* Moves over the approval's words, if they stand here. */
static bool take_approval(PatchLine *line, const char *approval)
{
    static const char name[] = "NAME@";

    while (*approval != '\0') {
        const bool is_name = strncmp(approval, name, strlen(name)) == 0;
        const size_t length = is_name ? name_length(line) : 1;

        if (length == 0 || line->length < length ||
            (!is_name &&
             g_ascii_tolower(*line->at) != g_ascii_tolower(*approval)))
            return false;
        approval += is_name ? strlen(name) : 1;
        *line = patch_line_from(line, length);
    }
    return true;
}

static bool is_approved_by(PatchLine line, const char *approval)
{
    return *approval != '\0' && take_approval(&line, approval) &&
           (line.length == 0 || strchr(" ,.;:!)", *line.at) != NULL);
}

static bool is_any_approval(const PatchLine *line, char *const *approvals)
{
    for (; *approvals != NULL; approvals++)
        if (is_approved_by(*line, *approvals))
            return true;
    return false;
}

void credits_add_approval(GPtrArray *credits, const PatchBody *body,
                          const char *text, size_t length,
                          const MailPerson *sender, char *const *approvals)
{
    const PatchText own = { text, MIN(length, body->message_end) };
    PatchLine line = patch_line_at(own, MIN(body->message_start, own.length));

    if (approvals == NULL || *approvals == NULL)
        return;
    for (; line.offset < own.length; line = patch_line_after(own, &line)) {
        const PatchLine plain = patch_line_trim(&line);

        if (plain.length == 0 || patch_line_is_quoted(&line) ||
            !is_any_approval(&plain, approvals))
            continue;

        ActivityCredit *credit = g_new(ActivityCredit, 1);

        credit->kind = PATCH_TRAILER_OTHER;
        mail_person_copy(&credit->person, sender);
        g_ptr_array_add(credits, credit);
        return;
    }
}

static size_t first_credit(const PatchBody *body, char *const *extra)
{
    for (unsigned i = 0; i < body->trailers->len; i++) {
        const PatchTrailer *trailer = body->trailers->pdata[i];

        if (gives_credit(trailer, extra))
            return trailer->offset;
    }
    return SIZE_MAX;
}

/* The last line before the offset that is not blank; empty if there is none. */
static PatchLine line_before(PatchText text, size_t offset)
{
    PatchLine before = { "", 0, 0 };

    for (PatchLine line = patch_line_at(text, 0); line.offset < offset;
         line = patch_line_after(text, &line))
        if (!patch_line_is_blank(&line))
            before = line;
    return before;
}

static bool names_whole(const PatchLine *line)
{
    static const char *const wholes[] = { "series", "set",        "all",
                                          "whole",  "everything", "entire",
                                          "both" };
    g_autofree char *text = patch_line_dup(line);

    g_strdelimit(g_strchomp(text), ",.:;()", ' ');

    g_auto(GStrv) words = g_strsplit(text, " ", -1);

    for (char **word = words; *word != NULL; word++)
        for (size_t i = 0; i < G_N_ELEMENTS(wholes); i++)
            if (g_ascii_strcasecmp(*word, wholes[i]) == 0 ||
                (g_str_has_prefix(*word, "patch") &&
                 g_str_has_suffix(*word, wholes[i])))
                return true;
    return false;
}

static PatchLine line_behind(PatchText text, size_t offset)
{
    PatchLine line = patch_line_at(text, offset);

    do
        line = patch_line_after(text, &line);
    while (line.offset < text.length && patch_line_is_blank(&line));
    return patch_line_trim(&line);
}

/* "You can add my", the trailer, "To the arm64 parts": behind it. */
static bool is_narrowed(const PatchLine *line)
{
    static const char *const parts[] = { "part", "bits", "changes", "side" };

    if ((!patch_line_starts_any_case(line, "for the ") &&
         !patch_line_starts_any_case(line, "to the ")) ||
        strchr(",:", line->at[line->length - 1]) != NULL || names_whole(line))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (g_strstr_len(line->at, (gssize)line->length, parts[i]) != NULL)
            return true;
    return false;
}

/* "1-12", "#4", "2/7". */
static bool is_number(const char *word)
{
    word += *word == '#';
    return g_ascii_isdigit(*word) &&
           word[strspn(word, "0123456789-/&")] == '\0';
}

/* A line of numbers and of what leads to them; no sentence. */
static bool is_of_numbers(const PatchLine *line)
{
    static const char *const leads[] = { "",        "for",  "on",    "patch",
                                         "patches", "and",  "&",     "to",
                                         "through", "the",  "first", "two",
                                         "three",   "four", "five",  "only" };
    g_autofree char *text = patch_line_dup(line);
    g_auto(GStrv) words = g_strsplit_set(text, " ,:;.()", -1);
    bool is_all = true;

    for (char **word = words; *word != NULL && is_all; word++) {
        bool is_one = is_number(*word);

        for (size_t i = 0; i < G_N_ELEMENTS(leads) && !is_one; i++)
            is_one = g_ascii_strcasecmp(*word, leads[i]) == 0;
        is_all = is_one;
    }
    return is_all;
}

/* "For 1-12:", "Patches 1 and 3", "For the first two patches,". */
static uint64_t parts_of_lead(PatchLine line)
{
    line = patch_line_trim(&line);
    if (line.length == 0 || line.length > LEAD_MAX || !is_of_numbers(&line))
        return PATCH_EXTENT_ANSWERED;
    if (patch_line_starts_any_case(&line, "for ") ||
        patch_line_starts_any_case(&line, "on "))
        line = patch_line_from(&line, patch_line_find(&line, ' ') + 1);
    return patch_extent_of_numbers((PatchText){ line.at, line.length });
}

uint64_t credits_parts(const PatchBody *body, const char *text, size_t length,
                       char *const *extra)
{
    const size_t offset = first_credit(body, extra);

    return offset >= length ? PATCH_EXTENT_ANSWERED
                            : parts_of_lead(line_before(
                                  (PatchText){ text, length }, offset));
}

bool credits_are_partial(const PatchBody *body, const char *text, size_t length,
                         char *const *extra)
{
    const size_t offset = first_credit(body, extra);
    PatchLine line;

    if (offset >= length)
        return false;
    line = line_behind((PatchText){ text, length }, offset);
    if (is_narrowed(&line))
        return true;
    line = line_before((PatchText){ text, length }, offset);
    line = patch_line_trim(&line);
    if (parts_of_lead(line) != PATCH_EXTENT_ANSWERED)
        return true;
    return patch_line_starts_any_case(&line, "for ") &&
           strchr(",:", line.at[line.length - 1]) != NULL &&
           !names_whole(&line);
}
