/* SPDX-License-Identifier: MIT */
#include "patch/body.h"

#include "patch/diff.h"
#include "patch/inbody.h"
#include "patch/subject.h"

#include <string.h>

#include "base/banned.h"

enum {
    NAMED_IDS_MAX = 16,
    COMMIT_DIGITS_MIN = 12,
    COMMIT_DIGITS_MAX = 64,
    ATTRIBUTION_LINES_MAX = 3,
    ATTACHED_MAX = 255,
    FOOTER_LENGTH_MIN = 40, /* mailman's line of "_" */
};

typedef enum Region {
    REGION_MESSAGE,
    REGION_SIGNATURE, /* a patch may still follow: some sign above it */
    REGION_COPIED,    /* somebody else's mail, unquoted, to the end */
} Region;

typedef struct Scanner {
    PatchBody *body;
    PatchText text;
    PatchDiff diff;
    PatchDiffstatReader stat;
    Region region;
    bool is_posting;
    bool has_ended; /* message_end is known */
    bool has_notes;
    bool is_stat_known; /* the text has one, the attachment is for it */
    bool wants_url; /* of the pull request: the next line that is no blank */
    PatchShortlog shortlog;
    unsigned own_lines; /* of the paragraph that is not yet known for text */
    bool ends_in_colon; /* its last line does: "On ... wrote:" */
} Scanner;

/* -------------------------------------------------------------- own text */

/* What looked like text is: no quote followed it. */
static void keep_own_lines(Scanner *scanner)
{
    scanner->body->has_text |= scanner->own_lines > 0;
    scanner->own_lines = 0;
}

static bool is_attribution(const Scanner *scanner)
{
    return scanner->ends_in_colon &&
           scanner->own_lines <= ATTRIBUTION_LINES_MAX;
}

static void see_quoted(Scanner *scanner)
{
    PatchBody *body = scanner->body;

    body->has_quote |= !body->is_attached;
    if (is_attribution(scanner))
        scanner->own_lines = 0;
    keep_own_lines(scanner);
    if (!body->has_text && body->trailers->len == 0 && !scanner->has_ended)
        body->starts_quoted = true;
}

static void see_blank(Scanner *scanner)
{
    patch_shortlog_end(&scanner->shortlog);
    if (!is_attribution(scanner))
        keep_own_lines(scanner);
}

static bool is_template(const PatchLine *line)
{
    return *line->at == '*' &&
           (patch_line_starts(line, "*** BLURB HERE ***") ||
            patch_line_starts(line, "*** SUBJECT HERE ***"));
}

static void see_text(Scanner *scanner, const PatchLine *line)
{
    if (patch_shortlog_take(&scanner->shortlog, line) || is_template(line))
        return;

    const PatchLine trimmed = patch_line_trim(line);

    scanner->own_lines++;
    scanner->ends_in_colon = trimmed.at[trimmed.length - 1] == ':';
}

/* ------------------------------------------------------------- references */

/* The message id in a word: "<a@b>", "a@b", a link to an archive. */
static PatchLine message_id_in(PatchLine word)
{
    size_t slash;

    while (word.length > 0 && strchr("<([\"", *word.at) != NULL)
        word = patch_line_from(&word, 1);
    while (word.length > 0 &&
           strchr(">)]\"/,;", word.at[word.length - 1]) != NULL)
        word.length--;
    slash = patch_line_find_last(&word, '/');
    if (slash < word.length && (patch_line_starts(&word, "http:") ||
                                patch_line_starts(&word, "https:")))
        word = patch_line_from(&word, slash + 1);
    if (patch_line_find(&word, '@') == word.length)
        word.length = 0;
    return word;
}

static void add_message_ids(GPtrArray *ids, PatchLine value)
{
    while (value.length > 0 && ids->len < NAMED_IDS_MAX) {
        size_t blank = patch_line_find(&value, ' ');
        PatchLine word = { value.at, blank, value.offset };
        PatchLine id = message_id_in(word);

        if (id.length > 0)
            g_ptr_array_add(ids, patch_line_dup(&id));
        value = patch_line_from(&value, blank + 1);
    }
}

static void set_change_id(PatchBody *body, const PatchLine *value)
{
    PatchLine word = *value;

    word.length = patch_line_find(&word, ' ');
    if (body->change_id == NULL && word.length > 0)
        body->change_id = patch_line_dup(&word);
}

static void set_base_commit(PatchBody *body, const PatchLine *value)
{
    const size_t digits = patch_line_hex_digits(value);

    if (body->base_commit == NULL && digits >= 7 && digits <= 64)
        body->base_commit = g_strndup(value->at, digits);
}

static void add_based_on(PatchBody *body, const PatchLine *value)
{
    add_message_ids(body->based_on, *value);
}

static void add_supersedes(PatchBody *body, const PatchLine *value)
{
    add_message_ids(body->supersedes, *value);
}

static void ignore_value(PatchBody *body, const PatchLine *value)
{
    (void)body;
    (void)value;
}

typedef struct Reference {
    const char *key;
    void (*take)(PatchBody *body, const PatchLine *value);
} Reference;

static const Reference references[] = {
    { "change-id", set_change_id },
    { "base-commit", set_base_commit },
    { "based-on", add_based_on },
    { "depends-on", add_based_on },
    { "prerequisite-message-id", add_based_on },
    { "supersedes", add_supersedes },
    { "obsoletes", add_supersedes },
    { "prerequisite-patch-id", ignore_value },
    { "prerequisite-change-id", ignore_value },
};

static bool take_reference(PatchBody *body, const PatchLine *line)
{
    PatchLine key, value;

    if (!patch_trailer_split(line, &key, &value))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(references); i++) {
        if (key.length != strlen(references[i].key) ||
            g_ascii_strncasecmp(key.at, references[i].key, key.length) != 0)
            continue;
        references[i].take(body, &value);
        return true;
    }
    return false;
}

/* ------------------------------------------------------------ line by line */

static void end_message(Scanner *scanner, size_t offset)
{
    keep_own_lines(scanner);
    if (scanner->has_ended)
        return;
    scanner->has_ended = true;
    if (!scanner->body->is_attached)
        scanner->body->message_end = offset;
}

static void see_classic_end(Scanner *scanner, const PatchLine *line)
{
    PatchBody *body = scanner->body;

    if (body->has_classic_end || line->length < 3 || body->is_attached)
        return;
    if (!patch_line_starts(line, "-- ") &&
        !patch_line_starts(line, "diff --git "))
        return;
    body->has_classic_end = true;
    body->classic_end = line->offset;
}

/* "-- ", or what a mailer left of it above git's version or below a diff;
 * or mailman's footer. */
static bool is_signature(const Scanner *scanner, const PatchLine *line)
{
    PatchLine next;

    if (patch_line_is(line, "-- "))
        return true;
    if (patch_line_is(line, "--")) {
        next = patch_line_after(scanner->text, line);
        return scanner->diff.has_hunk ||
               (next.length > 2 && g_ascii_isdigit(*next.at) &&
                patch_line_find(&next, '.') < 3);
    }
    if (line->length < FOOTER_LENGTH_MIN || *line->at != '_' ||
        line->at[FOOTER_LENGTH_MIN - 1] != '_')
        return false;
    next = patch_line_after(scanner->text, line);
    return g_strstr_len(next.at, (gssize)next.length, "mailing list") != NULL;
}

/* git's rule for "-- >8 --": mostly a perforation with scissors in it. */
static bool is_scissors(const PatchLine *line)
{
    size_t cut = 0, scissors = 0, gap = 0;
    PatchLine visible = patch_line_trim(line);
    bool in_cut = false;

    for (size_t i = 0; i < visible.length; i++) {
        PatchLine rest = patch_line_from(&visible, i);

        if (*rest.at == ' ') {
            cut += in_cut;
            gap += in_cut;
        } else if (*rest.at == '-') {
            in_cut = true;
            cut++;
        } else if (patch_line_starts(&rest, ">8") ||
                   patch_line_starts(&rest, "8<") ||
                   patch_line_starts(&rest, ">%") ||
                   patch_line_starts(&rest, "%<")) {
            in_cut = true;
            cut += 2;
            scissors += 2;
            i++;
        } else {
            in_cut = false;
        }
    }
    return scissors > 0 && visible.length >= 8 && visible.length < cut * 3 &&
           gap * 2 < cut;
}

static void take_inbody(PatchBody *body, PatchInbody *inbody)
{
    g_free(body->from);
    g_free(body->subject);
    g_free(body->date);
    body->from = g_steal_pointer(&inbody->from);
    body->subject = g_steal_pointer(&inbody->subject);
    body->date = g_steal_pointer(&inbody->date);
    body->message_start = inbody->end;
}

/* git's first line of a patch, pasted below a greeting of a mail that its
 * subject calls a patch; others cite one. */
static bool is_pasted_patch(const Scanner *scanner, const PatchLine *line)
{
    PatchLine rest = *line;

    (void)patch_line_take(&rest, ">");
    return scanner->is_posting && patch_line_is_git_from(&rest);
}

/* Below scissors with headers of their own the patch begins; without these
 * they only cut something out. hg email --diffstat puts its table above the
 * patch's header. 0: it does not begin here. */
static size_t begin_again(Scanner *scanner, const PatchLine *line)
{
    PatchBody *body = scanner->body;
    g_auto(PatchInbody) inbody = { 0 };

    const bool is_mercurial = patch_line_is(line, "# HG changeset patch");

    if ((*line->at != '-' && *line->at != 'F' && *line->at != '>' &&
         !is_mercurial) ||
        scanner->has_ended || body->is_attached ||
        !(is_mercurial || is_scissors(line) || is_pasted_patch(scanner, line)))
        return 0;
    patch_inbody_init(&inbody, scanner->text,
                      is_mercurial ? line->offset
                                   : patch_line_end(scanner->text, line),
                      scanner->is_posting);
    if (inbody.from == NULL && inbody.subject == NULL)
        return 0;
    take_inbody(body, &inbody);
    g_ptr_array_set_size(body->trailers, 0);
    body->has_text = body->has_signed_off = scanner->has_notes = false;
    scanner->own_lines = 0;
    return body->message_start;
}

/* "---" alone: what follows is not for the commit. */
static bool take_separator(Scanner *scanner, const PatchLine *line)
{
    PatchLine rest = *line;

    if (!patch_line_take(&rest, "---") || !patch_line_is_blank(&rest))
        return false;
    keep_own_lines(scanner);
    if (!scanner->has_notes && !scanner->has_ended &&
        !scanner->body->is_attached) {
        scanner->has_notes = true;
        scanner->body->notes_start = patch_line_end(scanner->text, line);
    }
    return true;
}

static bool take_trailer(Scanner *scanner, const PatchLine *line, size_t *end)
{
    PatchBody *body = scanner->body;
    guint count = body->trailers->len;

    *end = patch_trailer_read(scanner->text, line, body->trailers);
    if (*end == line->offset)
        return false;

    const PatchLine trimmed = patch_line_trim(line);

    keep_own_lines(scanner);
    body->has_signed_off |=
        patch_line_starts_any_case(&trimmed, "Signed-off-by");
    for (guint i = count; body->is_attached && i < body->trailers->len; i++)
        ((PatchTrailer *)body->trailers->pdata[i])->offset = SIZE_MAX;
    return true;
}

static bool take_commit(PatchLine line, const char *before, char **commit)
{
    size_t digits;

    if (*commit != NULL || !patch_line_take(&line, before))
        return false;
    digits = patch_line_hex_digits(&line);
    if (digits < COMMIT_DIGITS_MIN || digits > COMMIT_DIGITS_MAX)
        return false;
    *commit = g_ascii_strdown(line.at, (gssize)digits);
    return true;
}

static bool is_url(const PatchLine *word)
{
    return word->length > 0 &&
           (patch_line_find(word, ':') < word->length || *word->at == '/');
}

/* "  https://git.example/linux.git tags/for-6.2", as request-pull writes it;
 * some break the line before the tag with a backslash. */
static void take_pull_url(Scanner *scanner, const PatchLine *line)
{
    PatchBody *body = scanner->body;
    const PatchLine all = patch_line_trim(line);
    PatchLine url = all, ref;

    scanner->wants_url = false;
    url.length = patch_line_find(&all, ' ');
    if (body->pull_url != NULL || !is_url(&url))
        return;
    ref = patch_line_from(&all, url.length);
    ref = patch_line_trim(&ref);
    if (patch_line_is(&ref, "\\")) {
        ref = patch_line_after(scanner->text, line);
        ref = patch_line_trim(&ref);
    }
    ref.length = patch_line_find(&ref, ' ');
    body->pull_url = patch_line_dup(&url);
    if (ref.length > 0)
        body->pull_ref = patch_line_dup(&ref);
}

/* "  https://git.example/linux.git tags/for-6.2": some keep of request-pull's
 * text only that line and what is below it. */
static bool is_pull_url(const PatchLine *line)
{
    if (!patch_line_starts(line, "  "))
        return false;

    const PatchLine words = patch_line_trim(line);
    const size_t blank = patch_line_find(&words, ' ');
    const PatchLine url = { words.at, blank, words.offset };
    const PatchLine ref = patch_line_from(&words, blank + 1);

    return ref.length > 0 && patch_line_find(&ref, ' ') == ref.length &&
           g_strstr_len(url.at, (gssize)url.length, "://") != NULL &&
           (patch_line_starts(&url, "git:") ||
            patch_line_starts(&ref, "tags/") ||
            (blank > 4 && memcmp(url.at + blank - 4, ".git", 4) == 0));
}

static void see_pull_request(Scanner *scanner, const PatchLine *line)
{
    PatchBody *body = scanner->body;
    const PatchLine trimmed = patch_line_trim(line);

    if (take_commit(trimmed, "The following changes since commit ",
                    &body->pull_base) ||
        take_commit(trimmed, "for you to fetch changes up to ",
                    &body->pull_tip))
        return;

    if (patch_line_starts_any_case(&trimmed,
                                   "are available in the git repository at:"))
        body->is_pull_request = scanner->wants_url = true;
    else if (is_pull_url(line))
        take_pull_url(scanner, line);
}

/* What is answered follows unquoted where the answer stands above it: nobody
 * answers in the middle of it then. */
static bool is_below_answer(const Scanner *scanner, const PatchLine *line)
{
    const PatchBody *body = scanner->body;

    return !scanner->is_posting && !body->is_attached && line->length > 0 &&
           (body->has_text || body->trailers->len > 0 ||
            scanner->own_lines > 0) &&
           patch_inbody_is_attribution(scanner->text, line);
}

/* A line of the message's own. The offset of what comes after it. */
static size_t scan_own_line(Scanner *scanner, const PatchLine *line)
{
    size_t end = begin_again(scanner, line);

    if (end != 0)
        return end;
    if (scanner->wants_url)
        take_pull_url(scanner, line);
    if (scanner->shortlog.is_open && patch_line_starts(line, "  ")) {
        see_text(scanner, line);
        return patch_line_end(scanner->text, line);
    }
    if (patch_inbody_is_copied_mail(scanner->text, line, scanner->is_posting) ||
        is_below_answer(scanner, line)) {
        see_quoted(scanner);
        end_message(scanner, line->offset);
        scanner->region = REGION_COPIED;
    } else if (is_signature(scanner, line)) {
        end_message(scanner, line->offset);
        scanner->region = REGION_SIGNATURE;
    } else if (!take_separator(scanner, line) &&
               !patch_diffstat_reader_take(&scanner->stat, line) &&
               !take_reference(scanner->body, line)) {
        if (take_trailer(scanner, line, &end))
            return end;
        see_pull_request(scanner, line);
        see_text(scanner, line);
    }
    return patch_line_end(scanner->text, line);
}

/* "---" below a signature and no diff so far: somebody has pasted one above
 * the table that git or b4 puts there. */
static bool goes_on(Scanner *scanner, const PatchLine *line)
{
    PatchLine rest = *line;

    if (!scanner->is_posting || scanner->diff.has_header ||
        scanner->body->is_attached || scanner->stat.has_total ||
        !patch_line_take(&rest, "---") || !patch_line_is_blank(&rest))
        return false;
    scanner->has_ended = false;
    scanner->body->message_end = scanner->text.length;
    return true;
}

static size_t scan_line(Scanner *scanner, const PatchLine *line)
{
    size_t end = patch_line_end(scanner->text, line);

    see_classic_end(scanner, line);
    if (scanner->region == REGION_COPIED)
        return end;
    if (patch_diff_take(&scanner->diff, scanner->text, line)) {
        end_message(scanner, line->offset);
        return end;
    }
    if (scanner->region == REGION_SIGNATURE && goes_on(scanner, line))
        scanner->region = REGION_MESSAGE;
    if (scanner->region == REGION_SIGNATURE) {
        (void)take_reference(scanner->body, line);
        return end;
    }
    if (line->length == 0 || patch_line_is_blank(line)) {
        see_blank(scanner);
        return end;
    }
    if (patch_line_is_quoted(line)) {
        see_quoted(scanner);
        if (is_below_answer(scanner, line)) {
            end_message(scanner, line->offset);
            scanner->region = REGION_COPIED;
        }
        return end;
    }
    return scan_own_line(scanner, line);
}

static void scan(Scanner *scanner, size_t offset)
{
    while (offset < scanner->text.length) {
        PatchLine line = patch_line_at(scanner->text, offset);

        offset = scan_line(scanner, &line);
    }
    keep_own_lines(scanner);
}

/* ---------------------------------------------------------------- results */

static void append_paths(GPtrArray *to, GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(to, g_steal_pointer(&from->pdata[i]));
}

/* The diff names every file whole; a diffstat may shorten names, but a cover
 * has nothing else. */
static void take_paths(PatchBody *body, Scanner *scanner)
{
    const bool is_whole = scanner->diff.paths->len >= scanner->stat.paths->len;
    GPtrArray *paths = is_whole ? scanner->diff.paths : scanner->stat.paths;
    const unsigned busiest =
        is_whole ? scanner->diff.busiest : scanner->stat.busiest;

    if (body->busiest_path == NULL && busiest < paths->len)
        body->busiest_path = g_strdup(paths->pdata[busiest]);
    append_paths(body->paths, paths);
}

static void take_stat(PatchBody *body, const Scanner *scanner)
{
    const PatchDiff *diff = &scanner->diff;
    PatchDiffstat stat = scanner->stat.stat;

    if (!scanner->stat.has_total) {
        if (!diff->has_header)
            return;
        stat.files = MAX(diff->paths->len, 1);
        stat.insertions = diff->insertions;
        stat.deletions = diff->deletions;
        stat.is_counted = true;
    }
    body->stat.files += stat.files;
    body->stat.insertions += stat.insertions;
    body->stat.deletions += stat.deletions;
    body->stat.is_counted |= stat.is_counted;
}

static void take_results(PatchBody *body, Scanner *scanner)
{
    body->has_diff |= scanner->diff.has_header;
    body->has_hunk |= scanner->diff.has_hunk;
    body->has_diffstat |= scanner->stat.has_total;
    if (!scanner->is_stat_known) {
        take_stat(body, scanner);
        take_paths(body, scanner);
    }
    if (body->patch_id != NULL)
        return;
    body->patch_id = patch_diff_id(&scanner->diff);
    body->sketch = scanner->diff.sketch;
}

static void scanner_init(Scanner *scanner, PatchBody *body, const char *text,
                         size_t length)
{
    *scanner = (Scanner){ .body = body,
                          .text = { text, length },
                          .shortlog.listed = body->listed };
    patch_diff_init(&scanner->diff);
    patch_diffstat_reader_init(&scanner->stat);
}

static void scanner_finish(Scanner *scanner)
{
    take_results(scanner->body, scanner);
    patch_diff_clear(&scanner->diff);
    patch_diffstat_reader_clear(&scanner->stat);
}

static void make_arrays(PatchBody *body)
{
    body->paths = g_ptr_array_new_with_free_func(g_free);
    body->trailers =
        g_ptr_array_new_with_free_func((GDestroyNotify)patch_trailer_free);
    body->based_on = g_ptr_array_new_with_free_func(g_free);
    body->supersedes = g_ptr_array_new_with_free_func(g_free);
    body->listed = patch_listed_new();
}

void patch_body_init(PatchBody *body, const char *text, size_t length,
                     bool is_posting)
{
    Scanner scanner;
    g_auto(PatchInbody) inbody = { 0 };

    *body = (PatchBody){ .message_end = length, .classic_end = length };
    make_arrays(body);
    scanner_init(&scanner, body, text, length);
    scanner.is_posting = is_posting;
    patch_inbody_init(&inbody, scanner.text, 0, is_posting);
    take_inbody(body, &inbody);
    scan(&scanner, body->message_start);
    if (!scanner.has_notes)
        body->notes_start = body->message_end;
    scanner_finish(&scanner);
    body->has_own_stat = body->has_diffstat;
}

/* What is attached says who wrote it, if all patches say the same; else the
 * post is the sender's. */
static void take_attached_from(PatchBody *body, PatchInbody *inbody)
{
    if (body->is_from_attached) {
        if (g_strcmp0(body->from, inbody->from) != 0)
            g_clear_pointer(&body->from, g_free);
    } else if (body->from == NULL) {
        body->from = g_steal_pointer(&inbody->from);
        body->is_from_attached = body->from != NULL;
    }
}

/* One patch may be attached for several branches: it has one title. */
static void add_title(PatchBody *body, const char *subject)
{
    g_auto(PatchSubject) read = { 0 };

    if (subject == NULL)
        return;
    patch_subject_init(&read, subject, NULL);
    if (body->attached_titles == NULL)
        body->attached_titles = g_ptr_array_new_with_free_func(g_free);
    if (body->attached_titles->len < ATTACHED_MAX &&
        !g_ptr_array_find_with_equal_func(body->attached_titles, read.title,
                                          g_str_equal, NULL))
        g_ptr_array_add(body->attached_titles, g_strdup(read.title));
    if (read.has_version)
        body->attached_version = MAX(body->attached_version, read.version);
}

/* Behind the headers of a whole mail, as git format-patch makes it, or of a
 * changeset of hg's, which says who wrote it. */
static size_t attachment_start(PatchBody *body, PatchText text,
                               PatchInbody *inbody)
{
    PatchLine line = patch_line_at(text, 0);

    patch_inbody_init(inbody, text, 0, true);
    take_attached_from(body, inbody);
    if (patch_line_starts(&line, "# HG changeset patch"))
        return inbody->end;
    if (!patch_line_starts(&line, "From ") &&
        !patch_line_starts(&line, "From:") &&
        !patch_line_starts(&line, "Subject:"))
        return 0;
    while (line.offset < text.length && line.length > 0)
        line = patch_line_after(text, &line);
    return line.offset;
}

/* The commit message of the first attachment that has one. */
static void keep_message(PatchBody *body, PatchText text, size_t start)
{
    PatchLine line = patch_line_at(text, start);

    if (body->attached_text != NULL)
        return;
    while (line.offset < text.length && !patch_line_starts(&line, "diff -") &&
           !patch_line_starts(&line, "Index: ") &&
           !patch_line_starts(&line, "--- a/") && !patch_line_is(&line, "-- "))
        line = patch_line_after(text, &line);
    g_autofree char *message =
        g_strndup(text.bytes + start, line.offset - MIN(start, line.offset));

    if (*g_strstrip(message) != '\0')
        body->attached_text = g_steal_pointer(&message);
}

/* Hunks in a text that names no file are cited from the patch that comes with
 * it. */
static bool is_citation(const PatchBody *body, PatchText text)
{
    return body->paths->len == 0 && !body->has_diffstat &&
           (g_strstr_len(text.bytes, (gssize)text.length, "diff --git ") !=
                NULL ||
            g_strstr_len(text.bytes, (gssize)text.length, "\n+++ ") != NULL);
}

static void forget_diff(PatchBody *body)
{
    body->stat = (PatchDiffstat){ 0 };
    body->has_diff = body->has_hunk = false;
    g_clear_pointer(&body->patch_id, g_free);
}

static void add_patch(PatchBody *body, PatchText text)
{
    Scanner scanner;
    g_auto(PatchInbody) inbody = { 0 };
    bool had_text = body->has_text, was_quoted = body->starts_quoted;

    scanner_init(&scanner, body, text.bytes, text.length);
    scanner.is_stat_known = body->has_own_stat;
    body->is_attached = true;
    const size_t start = attachment_start(body, scanner.text, &inbody);

    keep_message(body, scanner.text, start);
    scan(&scanner, start);
    if (scanner.diff.has_header)
        add_title(body, inbody.subject);
    body->has_text = had_text;
    body->starts_quoted = was_quoted;
    scanner_finish(&scanner);
    body->is_attached = body->has_diff;
}

/* Returns where the patch that starts at offset ends: several may be in one
 * file. No line of a hunk looks like git's first line. */
static size_t end_of_patch(PatchText text, size_t offset)
{
    PatchLine line = patch_line_at(text, offset);

    line = patch_line_after(text, &line);
    while (line.offset < text.length && !patch_line_is_git_from(&line))
        line = patch_line_after(text, &line);
    return MIN(line.offset, text.length);
}

/* Patches of a series change some files again and again. */
static void count_files_once(PatchBody *body)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    guint kept = 0;

    if (body->has_own_stat || body->paths->len != body->stat.files)
        return;
    for (guint i = 0; i < body->paths->len; i++) {
        char *path = g_steal_pointer(&body->paths->pdata[i]);

        /* g_hash_table_add() would keep the second of two equal paths. */
        if (g_hash_table_contains(seen, path)) {
            g_free(path);
            continue;
        }
        g_hash_table_add(seen, path);
        body->paths->pdata[kept++] = path;
    }
    g_ptr_array_set_size(body->paths, (gint)kept);
    body->stat.files = kept;
}

void patch_body_add_attachment(PatchBody *body, const char *text, size_t length)
{
    const PatchText whole = { text, length };
    size_t offset = 0;

    if (body->has_diff && !body->is_attached) {
        if (!is_citation(body, whole))
            return;
        forget_diff(body);
    }
    do {
        const size_t end = end_of_patch(whole, offset);

        add_patch(body, (PatchText){ text + offset, end - offset });
        offset = end;
    } while (offset < length);
    count_files_once(body);
}

bool patch_body_is_letter(const PatchBody *body)
{
    return body->listed->len > 0 || body->has_diffstat ||
           body->base_commit != NULL;
}

void patch_body_clear(PatchBody *body)
{
    g_clear_pointer(&body->from, g_free);
    g_clear_pointer(&body->subject, g_free);
    g_clear_pointer(&body->date, g_free);
    g_clear_pointer(&body->paths, g_ptr_array_unref);
    g_clear_pointer(&body->busiest_path, g_free);
    g_clear_pointer(&body->trailers, g_ptr_array_unref);
    g_clear_pointer(&body->change_id, g_free);
    g_clear_pointer(&body->base_commit, g_free);
    g_clear_pointer(&body->based_on, g_ptr_array_unref);
    g_clear_pointer(&body->supersedes, g_ptr_array_unref);
    g_clear_pointer(&body->listed, g_ptr_array_unref);
    g_clear_pointer(&body->pull_base, g_free);
    g_clear_pointer(&body->pull_tip, g_free);
    g_clear_pointer(&body->pull_url, g_free);
    g_clear_pointer(&body->pull_ref, g_free);
    g_clear_pointer(&body->patch_id, g_free);
    g_clear_pointer(&body->attached_text, g_free);
    g_clear_pointer(&body->attached_titles, g_ptr_array_unref);
}
