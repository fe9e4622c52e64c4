/* SPDX-License-Identifier: MIT */
#include "patch/inbody.h"

#include <string.h>

#include "base/banned.h"

enum {
    VALUE_LENGTH_MAX = 4000,
    LABEL_LENGTH_MAX = 40,
    BLOCK_LINES_MAX = 6,
    WROTE_LENGTH_MAX = 40,
    COMMIT_DIGITS_MIN = 7,
};

void patch_inbody_clear(PatchInbody *inbody)
{
    g_clear_pointer(&inbody->from, g_free);
    g_clear_pointer(&inbody->subject, g_free);
    g_clear_pointer(&inbody->date, g_free);
}

/* The line may also begin with ">From", as an mbox has it. */
static bool is_format_patch_mark(const PatchLine *line)
{
    PatchLine rest = *line;

    (void)patch_line_take(&rest, ">");
    return patch_line_is_git_from(&rest);
}

/* The header's value with what continues it, each fold made one blank. */
static char *unfold(PatchText text, PatchLine *line, size_t skip)
{
    PatchLine value = patch_line_from(line, skip);
    PatchLine next = patch_line_after(text, line);
    GString *whole = g_string_new_len(value.at, (gssize)value.length);

    while (next.length > 0 && (*next.at == ' ' || *next.at == '\t') &&
           !patch_line_is_blank(&next) && whole->len < VALUE_LENGTH_MAX) {
        PatchLine trimmed = patch_line_trim(&next);

        g_string_append_c(whole, ' ');
        g_string_append_len(whole, trimmed.at, (gssize)trimmed.length);
        *line = next;
        next = patch_line_after(text, line);
    }
    while (whole->len > 0 && g_ascii_isspace(whole->str[whole->len - 1]))
        g_string_truncate(whole, whole->len - 1);
    return g_string_free(whole, FALSE);
}

/* A sender is somebody with an address: "From: what I saw ..." is prose. */
static bool take_from(PatchInbody *inbody, const char *name, PatchText text,
                      PatchLine *line)
{
    PatchLine last = *line;
    g_autofree char *from = NULL;

    if (inbody->from != NULL || !patch_line_starts_any_case(line, name))
        return false;
    from = unfold(text, &last, strlen(name));
    if (strchr(from, '@') == NULL)
        return false;
    inbody->from = g_steal_pointer(&from);
    *line = last;
    return true;
}

static bool take_header(char **value, const char *name, PatchText text,
                        PatchLine *line)
{
    if (*value != NULL || !patch_line_starts_any_case(line, name))
        return false;
    *value = unfold(text, line, strlen(name));
    return true;
}

/* A title that still has its tag, as git-am takes it. */
static bool take_tagged_title(PatchInbody *inbody, PatchText text,
                              PatchLine *line)
{
    if (inbody->subject != NULL || !patch_line_starts(line, "[PATCH] "))
        return false;
    inbody->subject = unfold(text, line, 0);
    return true;
}

/* "# User A <a@b>", "# Date 1 0", "# Node ID ..." of mercurial. */
static void take_mercurial(PatchInbody *inbody, PatchText text, PatchLine *line)
{
    PatchLine next = patch_line_after(text, line);

    while (patch_line_starts(&next, "# ")) {
        PatchLine rest = patch_line_from(&next, 2);

        *line = next;
        if (!take_from(inbody, "User", text, &rest))
            (void)take_header(&inbody->date, "Date", text, &rest);
        next = patch_line_after(text, line);
    }
    /* the first line of the message is the title */
    if (inbody->from == NULL || inbody->subject != NULL || next.length == 0 ||
        patch_line_starts(&next, "diff -"))
        return;
    inbody->subject = patch_line_dup(&next);
    *line = next;
}

/* One header, *line moved to its last line; false if there is none. */
static bool take_any(PatchInbody *inbody, PatchText text, PatchLine *line)
{
    if (line->length == 0 || strchr(">FfSsDd[#", *line->at) == NULL)
        return false;
    if (is_format_patch_mark(line))
        return true;
    if (patch_line_starts(line, "# HG changeset patch")) {
        take_mercurial(inbody, text, line);
        return true;
    }
    return take_from(inbody, "From:", text, line) ||
           take_header(&inbody->subject, "Subject:", text, line) ||
           take_header(&inbody->date, "Date:", text, line) ||
           take_tagged_title(inbody, text, line);
}

static size_t skip_blank_lines(PatchText text, size_t offset)
{
    PatchLine line = patch_line_at(text, offset);

    while (offset < text.length && patch_line_is_blank(&line)) {
        offset = patch_line_end(text, &line);
        line = patch_line_at(text, offset);
    }
    return offset;
}

void patch_inbody_init(PatchInbody *inbody, PatchText text, size_t offset,
                       bool is_posting)
{
    PatchLine line;

    *inbody = (PatchInbody){ 0 };
    offset = skip_blank_lines(text, offset);
    line = patch_line_at(text, offset);
    while (offset < text.length &&
           !patch_inbody_is_copied_mail(text, &line, is_posting) &&
           take_any(inbody, text, &line)) {
        offset = patch_line_end(text, &line);
        line = patch_line_at(text, offset);
    }
    inbody->end = skip_blank_lines(text, offset);
}

/* ----------------------------------------------------------- copied mails */

/* "From: " with "Sent: " or with "To: " close below: Outlook's and its like.
 * A commit message may cite a mail with the latter, or begin with all of the
 * headers of a patch. */
static bool is_header_block(PatchText text, PatchLine line, bool is_posting)
{
    if (!patch_line_starts(&line, "From:") &&
        !patch_line_starts(&line, "*From:*"))
        return false;
    for (unsigned i = 0; i < 4; i++) {
        line = patch_line_after(text, &line);
        if (patch_line_starts(&line, "Sent:") ||
            patch_line_starts(&line, "*Sent:*") ||
            (patch_line_starts(&line, "To:") && !is_posting))
            return true;
        if (patch_line_is_blank(&line))
            break;
    }
    return false;
}

/* --- in any language --------------------------------------------------- */

static bool has_early_colon(const PatchLine *line)
{
    const PatchLine head = { line->at,
                             MIN(line->length, (size_t)LABEL_LENGTH_MAX + 1),
                             line->offset };

    return patch_line_find(&head, ':') < head.length ||
           patch_line_find(&head, '\xef') < head.length;
}

/* "Gesendet: ", "*De :* ", full-width colons: a word or two before a colon, and
 * something behind it. Trailers have a hyphen. */
static bool is_labelled(const PatchLine *line)
{
    PatchLine rest = *line;
    size_t length = 0;

    (void)patch_line_take(&rest, "*");
    if (rest.length == 0 || g_ascii_islower(*rest.at) || *rest.at == ' ' ||
        !has_early_colon(&rest))
        return false; /* as nearly every line */
    while (length < rest.length && length < LABEL_LENGTH_MAX &&
           (g_ascii_isalpha(rest.at[length]) || rest.at[length] == ' ' ||
            ((unsigned char)rest.at[length] >= 0x80 &&
             memcmp(rest.at + length, "\xef\xbc\x9a",
                    MIN(rest.length - length, (size_t)3)) != 0)))
        length++;
    if (length == 0)
        return false;
    rest = patch_line_from(&rest, length);
    if (!patch_line_take(&rest, ":") && !patch_line_take(&rest, "\xef\xbc\x9a"))
        return false;
    return !patch_line_is_blank(&rest);
}

static bool is_digit_at(const PatchLine *line, size_t at)
{
    return at < line->length && g_ascii_isdigit(line->at[at]);
}

/* "9:00", "12:30:05" */
static bool has_time(const PatchLine *line)
{
    PatchLine rest = *line;
    size_t colon;

    while ((colon = patch_line_find(&rest, ':')) < rest.length) {
        const size_t at = colon + (size_t)(rest.at - line->at);

        if (is_digit_at(line, at + 1) && is_digit_at(line, at + 2) && at > 0 &&
            is_digit_at(line, at - 1) &&
            !(at > 2 && is_digit_at(line, at - 2) && is_digit_at(line, at - 3)))
            return true;
        rest = patch_line_from(&rest, colon + 1);
    }
    return false;
}

/* "2025", "5/6/25" */
static bool has_year(const PatchLine *line)
{
    size_t digits = 0;
    unsigned slashes = 0; /* behind numbers, up to these digits */

    for (size_t i = 0; i <= line->length; i++) {
        const char byte = i < line->length ? line->at[i] : '\0';

        if (g_ascii_isdigit(byte)) {
            digits++;
            continue;
        }
        if ((digits == 4 &&
             (line->at[i - 4] == '2' || line->at[i - 4] == '1')) ||
            (digits == 2 && slashes == 2))
            return true;
        slashes = digits > 0 && byte == '/' ? slashes + 1 : 0;
        digits = 0;
    }
    return false;
}

/* A time of day and a year: "5. Mai 2025 09:00", "5/6/25 9:00 AM". */
static bool has_moment(const PatchLine *line)
{
    return has_time(line) && has_year(line);
}

static bool has_address(const PatchLine *line)
{
    return patch_line_find(line, '@') < line->length;
}

/* "commit 0a1b2c3d", as git show begins: what is below it is no mail's. */
static bool is_below_commit(PatchText text, const PatchLine *line)
{
    static const char word[] = "commit ";
    PatchLine above = patch_line_before(text, line);

    return patch_line_take(&above, word) &&
           patch_line_hex_digits(&above) >= COMMIT_DIGITS_MIN;
}

/* From, Sent, To, Subject, whatever they are called: three such lines, of which
 * one has a moment and one an address, or four. */
static bool is_foreign_block(PatchText text, PatchLine line)
{
    unsigned labels = 0;
    bool has_when = false, has_who = false;

    if (has_moment(&line) || is_below_commit(text, &line))
        return false;
    for (; labels < BLOCK_LINES_MAX && is_labelled(&line); labels++) {
        has_when |= has_moment(&line);
        has_who |= has_address(&line);
        do
            line = patch_line_after(text, &line);
        while (line.length > 0 && *line.at == ' ' &&
               !patch_line_is_blank(&line)); /* folded */
    }
    return has_when && labels >= (has_who ? 3 : 4);
}

static bool ends_in_wrote(const PatchLine *line)
{
    static const char end[] = "wrote:";
    const size_t length = strlen(end);

    return line->length >= length &&
           memcmp(line->at + line->length - length, end, length) == 0;
}

static bool ends_in_colon(const PatchLine *line)
{
    static const char wide[] = "\xef\xbc\x9a";
    const size_t length = strlen(wide);

    return (line->length > 0 && line->at[line->length - 1] == ':') ||
           (line->length >= length &&
            memcmp(line->at + line->length - length, wide, length) == 0);
}

/* "wrote", as mailers say it where they write no address. */
static bool tells_writing(const PatchLine *line)
{
    static const char *const verbs[] = {
        " schrieb ",
        "crit",
        " escribi",
        " ha scritto",
        " escreveu",
        " schreef",
        " skrev",
        " napisa",
        " kirjoitti",
        " \xd0\xbf\xd0\xb8\xd1\x88\xd0\xb5\xd1\x82", /* Russian */
        " \xd0\xbf\xd0\xb8\xd1\x81\xd0\xb0\xd0\xbb",
        "\xe5\x86\x99\xe9\x81\x93", /* Chinese */
        "\xe5\xaf\xab\xe9\x81\x93",
        "\xe6\x9b\xb8\xe3\x81\x8d\xe3\x81\xbe\xe3\x81\x97\xe3\x81\x9f",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (g_strstr_len(line->at, (gssize)line->length, verbs[i]) != NULL)
            return true;
    return false;
}

static bool is_between(const PatchLine *line, const char *mark)
{
    const size_t length = strlen(mark);

    return patch_line_starts(line, mark) && line->length > 2 * length &&
           memcmp(line->at + line->length - length, mark, length) == 0;
}

/* Zoho's "---- On Mon, 5 May 2025 09:00:00 +0200 Ada <a@b> wrote ---" and
 * GroupWise's ">>> Ada <a@b> 5/5/2025 9:00 AM >>>". */
static bool is_ruled(const PatchLine *line)
{
    return is_between(line, "--") || is_between(line, ">>>");
}

/* The line of an attribution that ends it; false if there is none. */
static bool ends_attribution(PatchText text, PatchLine *last, bool is_whole)
{
    if (is_whole || ends_in_colon(last))
        return true;

    const PatchLine next = patch_line_after(text, last); /* "wrote:" */

    *last = patch_line_trim(&next);
    return last->length <= WROTE_LENGTH_MAX && ends_in_colon(last);
}

bool patch_inbody_is_attribution(PatchText text, const PatchLine *line)
{
    if (patch_line_find(line, ':') == line->length)
        return false; /* as most lines: they have no time */

    PatchLine last = patch_line_trim(line);
    PatchLine next;
    const bool names_writer = has_address(&last);
    const bool is_english = patch_line_starts(&last, "On ");
    bool may_end;

    if ((!names_writer && !is_english && !ends_in_colon(&last)) ||
        !has_moment(&last) ||
        (patch_line_is_quoted(line) && !is_between(&last, ">>>")))
        return false;
    may_end = names_writer || tells_writing(&last);
    if (!ends_attribution(text, &last, names_writer && is_ruled(&last)) ||
        !(may_end || (is_english && ends_in_wrote(&last))))
        return false;
    next = patch_line_after(text, &last);
    while (next.offset < text.length && patch_line_is_blank(&next))
        next = patch_line_after(text, &next);
    return next.offset < text.length && !patch_line_is_quoted(&next);
}

bool patch_inbody_is_copied_mail(PatchText text, const PatchLine *line,
                                 bool is_posting)
{
    static const char *const marks[] = {
        "Original Message",     "Original message",
        "Forwarded message",    "Forwarded Message",
        "Original Appointment", "Urspr\xc3\xbcngliche Nachricht",
    };
    PatchLine rest = *line;

    if (line->length == 0)
        return false;
    if (!is_posting && *line->at != '-' && is_labelled(line) &&
        is_foreign_block(text, *line))
        return true;
    if (*line->at != '-' && *line->at != '*' && *line->at != 'F')
        return false;
    if (*line->at != '-')
        return is_header_block(text, *line, is_posting);
    while (patch_line_take(&rest, "-"))
        continue;
    rest = patch_line_trim(&rest);
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (line->length - rest.length >= 4 &&
            patch_line_starts(&rest, marks[i]))
            return true;
    return false;
}
