/* SPDX-License-Identifier: MIT */
/*
 * grow ARCHIVE MAILS YEARS: an mbox of so many mails on standard output, made
 * of copies of an archive that lie in the YEARS before its end. A copy has
 * its own Message-IDs, references, dates, titles, change-ids, diffs and names
 * of files, so that it counts, threads and links like mail of its own. The
 * first copy is the archive itself.
 */
#include <stdio.h>

#include "base/hex.h"
#include "tests/bench/mails.h"

#include "base/banned.h"

static const int64_t MS_PER_YEAR = INT64_C(31556952000);

typedef struct Grown {
    int64_t arrival_ms;
    unsigned mail, copy;
} Grown;

typedef struct Copy {
    unsigned number;
    int64_t arrival_ms;
    const char *header; /* of the line at hand: its name, for folded ones */
    bool is_base64;
    bool is_in_hunk;     /* lines with "+" or "-" are to be changed */
    bool is_in_shortlog; /* ... as are indented ones */
} Copy;

static int by_arrival(const void *one, const void *other)
{
    const Grown *a = one, *b = other;

    if (a->arrival_ms != b->arrival_ms)
        return a->arrival_ms < b->arrival_ms ? -1 : 1;
    return (a->mail > b->mail) - (a->mail < b->mail);
}

static GArray *grow(const GArray *mails, unsigned count, int64_t years)
{
    const unsigned copies = (count + mails->len - 1) / mails->len;
    const int64_t first = g_array_index(mails, BenchMail, 0).arrival_ms;
    const int64_t last =
        g_array_index(mails, BenchMail, mails->len - 1).arrival_ms;
    const int64_t room = MAX(0, years * MS_PER_YEAR - (last - first));
    const int64_t spacing = copies < 2 ? 0 : room / (copies - 1);
    GArray *grown = g_array_sized_new(FALSE, FALSE, sizeof(Grown), count);

    for (unsigned i = 0; i < count; i++) {
        Grown one = { .mail = i % mails->len, .copy = i / mails->len };

        one.arrival_ms = g_array_index(mails, BenchMail, one.mail).arrival_ms -
                         one.copy * spacing;
        g_array_append_val(grown, one);
    }
    g_array_sort(grown, by_arrival);
    return grown;
}

static void put_date(const char *before, int64_t ms)
{
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(ms / 1000);
    g_autofree char *text =
        g_date_time_format(date, "%a, %d %b %Y %H:%M:%S +0000");

    printf("%s%s\n", before, text);
}

static bool starts(const char *line, size_t length, const char *name)
{
    return length >= strlen(name) &&
           g_ascii_strncasecmp(line, name, strlen(name)) == 0;
}

static const char *header_of(const char *line, size_t length)
{
    static const char *const changed[] = {
        "Message-ID:", "In-Reply-To:", "References:", "Date:", "Subject:",
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(changed); i++)
        if (starts(line, length, changed[i]))
            return changed[i];
    return "";
}

static void put_ids(const char *line, size_t length, unsigned copy)
{
    for (size_t i = 0; i < length; i++) {
        if (line[i] == '@')
            printf(".r%u", copy);
        putchar(line[i]);
    }
    putchar('\n');
}

static void put(const char *line, size_t length)
{
    fwrite(line, 1, length, stdout);
    putchar('\n');
}

static void put_header(Copy *copy, const char *line, size_t length,
                       bool is_last_of_field)
{
    if (line[0] != ' ' && line[0] != '\t')
        copy->header = header_of(line, length);
    if (g_strstr_len(line, (gssize)length, "base64") != NULL)
        copy->is_base64 = true;
    if (copy->number == 0 || copy->header[0] == '\0') {
        put(line, length);
    } else if (copy->header[0] == 'D') {
        if (line[0] != ' ' && line[0] != '\t')
            put_date("Date: ", copy->arrival_ms);
    } else if (copy->header[0] != 'S') {
        put_ids(line, length, copy->number);
    } else if (is_last_of_field) {
        printf("%.*s r%u\n", (int)length, line, copy->number);
    } else {
        put(line, length);
    }
}

/* As mboxrd quotes them. */
static bool is_from_line(const char *line, size_t length)
{
    while (length > 0 && *line == '>') {
        line++;
        length--;
    }
    return length >= 5 && memcmp(line, "From ", 5) == 0;
}

/* Lines that name another mail or revision. */
static bool names_mail(const char *line, size_t length)
{
    return g_strstr_len(line, (gssize)length, "://") != NULL ||
           starts(line, length, "Supersedes:") ||
           starts(line, length, "Obsoletes:") ||
           starts(line, length, "Based-on:");
}

/* The end of a file's name in the head of a diff or a line of a diffstat. */
static const char *end_of_name(const char *line, size_t length)
{
    const char *bar = memchr(line, '|', length);

    if (starts(line, length, "--- a/") || starts(line, length, "+++ b/"))
        return line + length;
    if (line[0] != ' ' || bar == NULL || bar - line < 3 || bar[1] != ' ')
        return NULL;
    while (bar > line && bar[-1] == ' ')
        bar--;
    return bar;
}

static void put_name(const char *line, size_t length, const char *end,
                     unsigned copy)
{
    printf("%.*s.r%u%.*s\n", (int)(end - line), line, copy,
           (int)(length - (size_t)(end - line)), end);
}

/* "diff --git a/x b/x" holds a name twice. */
static bool put_diff_head(const char *line, size_t length, unsigned copy)
{
    const char *second = starts(line, length, "diff --git a/")
                             ? g_strstr_len(line, (gssize)length, " b/")
                             : NULL;

    if (second == NULL)
        return false;
    printf("%.*s.r%u%.*s.r%u\n", (int)(second - line), line, copy,
           (int)(length - (size_t)(second - line)), second, copy);
    return true;
}

/* Up to what is none of its lines, as a signature is. */
static bool goes_on(const char *line, size_t length)
{
    return length > 0 && strchr("+- \\", *line) != NULL &&
           !(length == strlen("-- ") && starts(line, length, "-- "));
}

/* The commits between which a pull request lies. */
static bool put_commit(const char *line, size_t length, unsigned copy)
{
    static const char *const befores[] = {
        "The following changes since commit ",
        "for you to fetch changes up to ",
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(befores); i++) {
        const size_t skip = strlen(befores[i]);

        if (!starts(line, length, befores[i]) || length < skip + 40)
            continue;
        printf("%s%06x%.*s\n", befores[i], (unsigned)(copy * 2654435761u) >> 8,
               (int)(length - skip - 6), line + skip + 6);
        return true;
    }
    return false;
}

/* "A U Thor (3):", and the titles below it. */
static bool is_listed(Copy *copy, const char *line, size_t length)
{
    if (length > 2 && line[length - 2] == ')' && line[length - 1] == ':')
        copy->is_in_shortlog = true;
    else if (length == 0)
        copy->is_in_shortlog = false;
    return copy->is_in_shortlog && *line == ' ';
}

static void put_body(Copy *copy, const char *line, size_t length)
{
    const bool is_hunk = copy->is_in_hunk && goes_on(line, length);
    const bool is_change = is_hunk && (*line == '+' || *line == '-');
    const bool is_title = is_listed(copy, line, length);

    if (is_from_line(line, length))
        putchar('>');
    const char *name =
        is_hunk || length == 0 ? NULL : end_of_name(line, length);
    if (copy->number == 0 || copy->is_base64) {
        put(line, length);
    } else if (name != NULL) {
        put_name(line, length, name, copy->number);
    } else if (put_diff_head(line, length, copy->number)) {
        /* its hunks come after */
    } else if (is_title) {
        printf("%.*s r%u\n", (int)length, line, copy->number);
    } else if (put_commit(line, length, copy->number)) {
        /* whose digits make it another one */
    } else if (is_change || starts(line, length, "change-id:")) {
        printf("%.*s-r%u\n", (int)length, line, copy->number);
    } else if (names_mail(line, length)) {
        put_ids(line, length, copy->number);
    } else {
        put(line, length);
    }
    copy->is_in_hunk = is_hunk || starts(line, length, "@@ ");
}

static void put_mail(Copy *copy, const char *bytes, size_t size)
{
    const char *end = bytes + size;
    bool is_body = false;

    while (bytes < end) {
        const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
        const size_t length = (size_t)((stop == NULL ? end : stop) - bytes);
        const char *next = stop == NULL ? end : stop + 1;

        if (length == 0)
            is_body = true;
        if (is_body)
            put_body(copy, bytes, length);
        else
            put_header(copy, bytes, length,
                       next == end || (*next != ' ' && *next != '\t'));
        bytes = next;
    }
    putchar('\n');
}

static void put_grown(const BenchMail *mail, const Grown *grown)
{
    Copy copy = { .number = grown->copy,
                  .arrival_ms = grown->arrival_ms,
                  .header = "" };
    uint8_t mark[20];
    char digits[41];
    size_t length = 0;
    const char *bytes = g_bytes_get_data(mail->bytes, &length);

    memcpy(mark, mail->mark, sizeof(mark));
    for (unsigned i = 0; i < 4; i++)
        mark[i] ^= (uint8_t)(grown->copy * 2654435761u >> 8 * i);
    hex_encode(mark, sizeof(mark), digits);
    printf("From %s Mon Sep 17 00:00:00 2001\n", digits);
    put_date("Received: by bench.example.org; ", grown->arrival_ms);
    put_mail(&copy, bytes, length);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    g_autoptr(GArray) mails = bench_mails(argv[1], UINT_MAX);
    g_autoptr(GArray) grown =
        grow(mails, (unsigned)g_ascii_strtoull(argv[2], NULL, 10),
             (int64_t)g_ascii_strtoull(argv[3], NULL, 10));

    for (unsigned i = 0; i < grown->len; i++) {
        const Grown *one = &g_array_index(grown, Grown, i);

        put_grown(&g_array_index(mails, BenchMail, one->mail), one);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
