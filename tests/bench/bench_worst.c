/* SPDX-License-Identifier: MIT */
/*
 * bench_worst [--bytes N] [--limit MILLISECONDS] [--random N] [--seed N]:
 * processor time of one mail, from its bytes to activity, over mails that
 * repeat one token through one place: bodies, parts, headers of the mail and of
 * one that is attached. Prints the slowest; ends with 1 if one takes longer
 * than the limit (300). --random: so many mails of a few tokens at random
 * places besides.
 */
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "activity/activity.h"
#include "mail/capture.h"

#include "base/banned.h"

enum { SHOWN = 15, GIVE_UP_SECONDS = 10, HEADER_LINE = 15000 };

static const char *const tokens[] = {
    "a",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\n ",
    "<",
    ">",
    "<<",
    "<>",
    "<a>",
    "<b>",
    "</b>",
    "<script>",
    "<style>",
    "<title>",
    "<!--",
    "-->",
    "<pre>",
    "</pre>",
    "<br>",
    "<div",
    "<a b=\"",
    "&",
    "&amp;",
    "&#1;",
    "&a",
    ";",
    ":",
    "::",
    "a:",
    "a:;",
    ",",
    ", ",
    ",,",
    "a,",
    "(",
    ")",
    "((",
    "()",
    "(a) ",
    "\"",
    "\"a\" ",
    "\\",
    "\\\"",
    "[",
    "]",
    "[a]",
    "[PATCH]",
    "@",
    "a@b",
    "a@b,",
    "a@b, ",
    "<a@b>,",
    "<a@b> ",
    "=",
    "=?",
    "?=",
    "=?q?",
    "=?utf-8?q?a?=",
    "=?utf-8?q?a?= ",
    "=?utf-8?b?YQ==?=",
    "=?utf-8?b?",
    "=41",
    "=\n",
    "%",
    "%41",
    "a=b; ",
    ";a*0=b",
    ";a*0*=utf-8''a",
    "; a=\"",
    ".",
    "..",
    "a.",
    "-",
    "--",
    "-- \n",
    "---\n",
    "--\n",
    "--b\n",
    "--b--\n",
    "--b\n\n",
    "--b\n\na\n",
    "> ",
    ">",
    "> a\n",
    ">>>",
    "> > ",
    "\n>",
    "+a\n",
    "-a\n",
    "+++ a\n",
    "--- a\n",
    "--- a\n+++ b\n",
    "@@ -1 +1 @@\n",
    "@@ -1,9 +1,9 @@\n+a\n",
    "diff --git a/a b/a\n",
    "diff --git ",
    "index 1..2\n",
    " a | 2 +-\n",
    " a | 1\n",
    " 1 file changed\n",
    " create mode 100644 a\n",
    "GIT binary patch\n",
    "Index: a\n",
    "rename from a\n",
    "From: a <a@b>\n",
    "From a\n",
    "Re: ",
    "Fwd: ",
    "Subject: a\n",
    "Signed-off-by: a <a@b>\n",
    "Reviewed-by: A <a@b>\n",
    "Link: http://a/\n",
    "a: b\n",
    "https://a/",
    "http://",
    "<mailto:a@b>",
    "commit 0123456789abcdef\n",
    "Applied, thanks\n",
    "[1/2] a\n",
    "On a, b wrote:\n",
    "begin 644 a\n",
    "\xc3\xa9",
    "\xff",
    "\xc3",
    "\xe2\x80",
    "\xef\xbb\xbf",
    "\x1b$B",
    "+AGE-",
    "YWFh\n",
    "YQ==",
    "\xf0\x9f\x98\x80",
    "e\xcc\x81",
    "0/1 ",
    "v1 ",
    "1/2, ",
    "PATCH ",
    "Content-Type: a/b\n",
};

static const char *const header_names[] = {
    "From",
    "To",
    "Cc",
    "Reply-To",
    "Sender",
    "Subject",
    "Message-ID",
    "References",
    "In-Reply-To",
    "Date",
    "Content-Type",
    "List-Id",
    "Received",
    "Content-Disposition",
    "Content-Transfer-Encoding",
    "X-Mailing-List",
    "X-Original-From",
    "Resent-To",
    "Bcc",
    "Mime-Version",
    "Content-Id",
};

typedef struct Case {
    char *name;
    GString *mail;
    double milliseconds;
} Case;

typedef struct Bench {
    size_t bytes;
    double limit;
    GArray *cases; /* Case, without mails, once they are measured */
} Bench;

static void repeat(GString *out, const char *token, size_t bytes)
{
    const size_t until = out->len + bytes;

    while (out->len < until)
        g_string_append(out, token);
}

static GString *begin_mail(void)
{
    return g_string_new("Message-ID: <worst@example.org>\n"
                        "List-Id: <worst.example.org>\n"
                        "Date: Tue, 11 Mar 2025 10:00:00 +0000\n");
}

static void put_usual(GString *mail)
{
    g_string_append(mail, "From: A <a@example.org>\n"
                          "Subject: [PATCH 1/2] a: b\n");
}

/* A header whose value repeats the token; what would end it is folded. */
static void put_value(GString *mail, const char *name, const char *token,
                      size_t bytes)
{
    g_string_append_printf(mail, "%s: ", name);
    const size_t until = mail->len + bytes;

    while (mail->len < until) {
        for (const char *at = token; *at != '\0'; at++) {
            g_string_append_c(mail, *at);
            if (*at == '\n')
                g_string_append_c(mail, ' ');
        }
    }
    g_string_append_c(mail, '\n');
}

/* --- places -------------------------------------------------------------- */

typedef void (*Place)(GString *mail, const char *token, size_t bytes);

static void put_typed(GString *mail, const char *type, const char *token,
                      size_t bytes)
{
    put_usual(mail);
    g_string_append_printf(mail, "MIME-Version: 1.0\n%s\n\n", type);
    repeat(mail, token, bytes);
}

static void in_text(GString *mail, const char *token, size_t bytes)
{
    put_usual(mail);
    g_string_append_c(mail, '\n');
    repeat(mail, token, bytes);
}

static void in_reply(GString *mail, const char *token, size_t bytes)
{
    g_string_append(mail, "From: A <a@example.org>\nSubject: Re: [PATCH] a\n"
                          "In-Reply-To: <b@example.org>\n\n> a\n\n");
    repeat(mail, token, bytes);
}

static void in_diff(GString *mail, const char *token, size_t bytes)
{
    put_usual(mail);
    g_string_append(mail, "\na\n\nSigned-off-by: A <a@example.org>\n---\n"
                          " a | 2 +-\n 1 file changed, 1 insertion(+)\n\n"
                          "diff --git a/a b/a\n--- a/a\n+++ b/a\n"
                          "@@ -1,9 +1,9 @@\n");
    repeat(mail, token, bytes);
}

static void in_pull(GString *mail, const char *token, size_t bytes)
{
    g_string_append(mail, "From: A <a@example.org>\nSubject: [GIT PULL] a\n\n"
                          "are available in the Git repository at:\n\n"
                          "  https://a.example/ b\n\n"
                          "A (2):\n");
    repeat(mail, token, bytes);
}

static void in_html(GString *mail, const char *token, size_t bytes)
{
    put_typed(mail, "Content-Type: text/html; charset=utf-8", token, bytes);
}

static void in_flowed(GString *mail, const char *token, size_t bytes)
{
    put_typed(mail, "Content-Type: text/plain; format=flowed; delsp=yes", token,
              bytes);
}

static void in_quoted(GString *mail, const char *token, size_t bytes)
{
    put_typed(mail,
              "Content-Type: text/plain\n"
              "Content-Transfer-Encoding: quoted-printable",
              token, bytes);
}

static void in_base64(GString *mail, const char *token, size_t bytes)
{
    g_autoptr(GString) text = g_string_new(NULL);

    repeat(text, token, bytes / 4 * 3);
    g_autofree char *packed =
        g_base64_encode((const guchar *)text->str, text->len);
    put_typed(mail,
              "Content-Type: text/html\nContent-Transfer-Encoding: base64",
              packed, strlen(packed));
}

static void in_charset(GString *mail, const char *token, size_t bytes)
{
    put_typed(mail, "Content-Type: text/plain; charset=iso-2022-jp", token,
              bytes);
}

static void in_utf7(GString *mail, const char *token, size_t bytes)
{
    put_typed(mail, "Content-Type: text/plain; charset=utf-7", token, bytes);
}

static void in_unknown(GString *mail, const char *token, size_t bytes)
{
    put_typed(mail, "Content-Type: text/plain; charset=x-none", token, bytes);
}

static void in_multipart(GString *mail, const char *token, size_t bytes)
{
    put_typed(mail, "Content-Type: multipart/mixed; boundary=b", token, bytes);
}

static void in_part(GString *mail, const char *token, size_t bytes)
{
    put_typed(mail,
              "Content-Type: multipart/alternative; boundary=b\n\n"
              "--b\nContent-Type: text/html\n",
              token, bytes);
    g_string_append(mail, "\n--b--\n");
}

static void in_attached_patch(GString *mail, const char *token, size_t bytes)
{
    put_typed(mail,
              "Content-Type: multipart/mixed; boundary=b\n\n--b\n\na\n--b\n"
              "Content-Type: text/x-patch; name=a.patch",
              token, bytes);
    g_string_append(mail, "\n--b--\n");
}

static const struct {
    const char *name;
    Place put;
} places[] = {
    { "text", in_text },
    { "reply", in_reply },
    { "diff", in_diff },
    { "pull", in_pull },
    { "html", in_html },
    { "flowed", in_flowed },
    { "quoted-printable", in_quoted },
    { "base64", in_base64 },
    { "iso-2022-jp", in_charset },
    { "utf-7", in_utf7 },
    { "unknown charset", in_unknown },
    { "multipart", in_multipart },
    { "part", in_part },
    { "attached patch", in_attached_patch },
};

/* In lines of a mail's header, as many as come to so many bytes. */
static void in_header(GString *mail, const char *name, const char *token,
                      size_t bytes, size_t line)
{
    if (strcmp(name, "From") != 0 && strcmp(name, "Subject") != 0)
        put_usual(mail);
    for (size_t put = 0; put < bytes; put += line)
        put_value(mail, name, token, MIN(line, bytes));
    g_string_append(mail, "\na\n");
}

static void in_attached(GString *mail, const char *type, const char *name,
                        const char *token, size_t bytes, size_t line)
{
    put_usual(mail);
    g_string_append_printf(mail,
                           "MIME-Version: 1.0\n"
                           "Content-Type: multipart/mixed; boundary=b\n\n"
                           "--b\n\na\n--b\n%s",
                           type);
    for (size_t put = 0; put < bytes; put += line)
        put_value(mail, name, token, MIN(line, bytes));
    g_string_append(mail, "\na\n--b--\n");
}

/* --- measuring ------------------------------------------------------------ */

static double milliseconds_of(const struct rusage *usage)
{
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1e3 +
           (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e3;
}

static void understand(const GString *mail)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    size_t length = 0;
    const ActivityOrigin origin = { .list = "worst.example.org",
                                    .prefix = "",
                                    .arrival_ms = 1741687200000 };

    mail_capture_whole(capture, mail->str, mail->len);
    const char *bytes = mail_capture_bytes(capture, &length);
    g_autoptr(MailMessage) message = mail_message_parse(bytes, length);
    g_autoptr(Activity) activity = activity_new(message, &origin, NULL);
}

/* In a process of its own, which may be slow without end. */
static double measure(const GString *mail)
{
    const pid_t child = fork();
    struct rusage before, after;
    int status = 0;

    if (child == 0) {
        const struct itimerval limit = { .it_value.tv_sec = GIVE_UP_SECONDS };
        setitimer(ITIMER_VIRTUAL, &limit, NULL);
        understand(mail);
        _exit(0);
    }
    getrusage(RUSAGE_CHILDREN, &before);
    if (waitpid(child, &status, 0) != child)
        return 0;
    getrusage(RUSAGE_CHILDREN, &after);
    return WIFSIGNALED(status)
               ? GIVE_UP_SECONDS * 1e3
               : milliseconds_of(&after) - milliseconds_of(&before);
}

static void take(Bench *bench, char *name, GString *mail)
{
    const Case taken = { .name = name, .milliseconds = measure(mail) };

    g_string_free(mail, TRUE);
    g_array_append_val(bench->cases, taken);
}

static const char *shown(const char *token)
{
    static char text[64];
    g_autofree char *escaped = g_strescape(token, NULL);

    g_strlcpy(text, escaped, sizeof text);
    return text;
}

static void try_places(Bench *bench, const char *token)
{
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        GString *mail = begin_mail();

        places[i].put(mail, token, bench->bytes);
        take(bench, g_strdup_printf("%s: %s", places[i].name, shown(token)),
             mail);
    }
}

static void try_headers(Bench *bench, const char *token)
{
    static const char *const types[] = {
        "Content-Type: message/rfc822\n\n",
        "Content-Type: text/plain\n",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(header_names); i++) {
        const char *name = header_names[i];
        GString *mail = begin_mail();

        in_header(mail, name, token, bench->bytes, HEADER_LINE);
        take(bench, g_strdup_printf("header %s: %s", name, shown(token)), mail);
        for (size_t type = 0; type < G_N_ELEMENTS(types); type++) {
            for (size_t line = bench->bytes; line > 0;
                 line = line > HEADER_LINE ? HEADER_LINE : 0) {
                mail = begin_mail();
                in_attached(mail, types[type], name, token, bench->bytes, line);
                take(bench,
                     g_strdup_printf("%s, lines of %zu, %s: %s",
                                     type == 0 ? "attached mail" : "part", line,
                                     name, shown(token)),
                     mail);
            }
        }
    }
}

static void try_random(Bench *bench, unsigned number, GRand *random)
{
    g_autoptr(GString) token = g_string_new(NULL);
    const unsigned parts = (unsigned)g_rand_int_range(random, 2, 5);

    for (unsigned i = 0; i < parts; i++)
        g_string_append(
            token,
            tokens[g_rand_int_range(random, 0, (gint32)G_N_ELEMENTS(tokens))]);
    GString *mail = begin_mail();
    const unsigned where = (unsigned)g_rand_int_range(
        random, 0,
        (gint32)(G_N_ELEMENTS(places) + 2 * G_N_ELEMENTS(header_names)));
    const unsigned header = where - (unsigned)G_N_ELEMENTS(places);
    if (where < G_N_ELEMENTS(places))
        places[where].put(mail, token->str, bench->bytes);
    else if (header < G_N_ELEMENTS(header_names))
        in_header(mail, header_names[header], token->str, bench->bytes,
                  HEADER_LINE);
    else
        in_attached(mail, "Content-Type: message/rfc822\n\n",
                    header_names[header - G_N_ELEMENTS(header_names)],
                    token->str, bench->bytes, bench->bytes);
    take(bench,
         g_strdup_printf("random %u, place %u: %s", number, where,
                         shown(token->str)),
         mail);
}

static int compare(gconstpointer left, gconstpointer right)
{
    const double a = ((const Case *)left)->milliseconds;
    const double b = ((const Case *)right)->milliseconds;

    return a > b ? -1 : a < b;
}

static int report(const Bench *bench)
{
    unsigned over = 0;

    g_array_sort(bench->cases, compare);
    for (unsigned i = 0; i < bench->cases->len; i++) {
        const Case *one = &g_array_index(bench->cases, Case, i);

        over += one->milliseconds > bench->limit;
        if (i < SHOWN || one->milliseconds > bench->limit)
            printf("%8.1f ms  %s\n", one->milliseconds, one->name);
    }
    printf("%u mails of %zu bytes, %u above %.0f ms\n", bench->cases->len,
           bench->bytes, over, bench->limit);
    return over > 0;
}

int main(int argc, char **argv)
{
    gint bytes = 250 * 1024, limit = 300, random = 0, seed = 1;
    const GOptionEntry entries[] = {
        { "bytes", 0, 0, G_OPTION_ARG_INT, &bytes, "of each mail", "N" },
        { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "of processor time", "MS" },
        { "random", 0, 0, G_OPTION_ARG_INT, &random, "mails besides", "N" },
        { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "of chance", "N" },
        { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    Bench bench = { .cases = g_array_new(FALSE, FALSE, sizeof(Case)) };

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, NULL))
        return 2;
    bench.bytes = (size_t)bytes;
    bench.limit = limit;
    mail_init();
    for (size_t i = 0; random == 0 && i < G_N_ELEMENTS(tokens); i++) {
        try_places(&bench, tokens[i]);
        try_headers(&bench, tokens[i]);
    }
    GRand *chance = g_rand_new_with_seed((guint32)seed);
    for (unsigned i = 0; i < (unsigned)random; i++)
        try_random(&bench, i, chance);
    g_rand_free(chance);
    return report(&bench);
}
