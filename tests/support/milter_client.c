/* SPDX-License-Identifier: MIT */
/*
 * milter-client ADDRESS drive [options]   load, and how long mails wait
 * milter-client ADDRESS script [FILE]     one step a line, see steps below
 *
 * A script ends with code 1 at the first step that does not hold, and says
 * which. Blank lines and lines with # are left out. ADDRESS: a path or
 * HOST:PORT.
 */
#include "tests/support/milter_drive.h"
#include "tests/support/milter_wire.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Script {
    const char *address;
    Wire wire;
    GString *said; /* data of the last reply */
} Script;

typedef bool (*Step)(Script *script, const char *argument);

static long number_of(const char *text)
{
    return strtol(text, NULL, 0);
}

static bool step_connect(Script *script, const char *argument)
{
    (void)argument;
    return wire_connect(&script->wire, script->address);
}

/* negotiate [ACTIONS STEPS]: what is offered, in hexadecimal. */
static bool step_negotiate(Script *script, const char *argument)
{
    uint32_t actions = WIRE_ACTIONS, steps = WIRE_STEPS;

    if (*argument != '\0' &&
        sscanf(argument, "%" SCNx32 " %" SCNx32, &actions, &steps) != 2)
        return false;
    if (!wire_negotiate(&script->wire, actions, steps))
        return false;
    printf("actions=%#" PRIx32 " steps=%#" PRIx32 "\n", script->wire.actions,
           script->wire.steps);
    return true;
}

/* no-actions: it asked for none. */
static bool step_no_actions(Script *script, const char *argument)
{
    (void)argument;
    return script->wire.actions == 0;
}

/* steps HEX: these bits were chosen, at least. */
static bool step_steps(Script *script, const char *argument)
{
    const uint32_t bits = (uint32_t)strtoul(argument, NULL, 16);

    return (script->wire.steps & bits) == bits;
}

static bool step_mail(Script *script, const char *argument)
{
    wire_put_pair(&script->wire, 'M',
                  *argument != '\0' ? argument : "<a@example.org>", "SIZE=1");
    return wire_flush(&script->wire);
}

static bool step_rcpt(Script *script, const char *argument)
{
    wire_put_pair(&script->wire, 'R', argument, "NOTIFY=NEVER");
    return wire_flush(&script->wire);
}

/* macro STAGE NAME VALUE */
static bool step_macro(Script *script, const char *argument)
{
    g_auto(GStrv) words = g_strsplit(argument, " ", 3);

    if (g_strv_length(words) != 3)
        return false;
    wire_put_macro(&script->wire, words[0][0], words[1], words[2]);
    return wire_flush(&script->wire);
}

/* header NAME:VALUE, with what follows the colon as it is; \n is a line end */
static bool step_header(Script *script, const char *argument)
{
    g_autofree char *whole = g_strcompress(argument);
    char *colon = strchr(whole, ':');

    if (colon == NULL)
        return false;
    *colon = '\0';
    wire_put_pair(&script->wire, 'L', whole, colon + 1);
    return wire_flush(&script->wire);
}

/* headers N LENGTH: so many, each so long. */
static bool step_headers(Script *script, const char *argument)
{
    int count = 0, length = 0;

    if (sscanf(argument, "%d %d", &count, &length) != 2)
        return false;
    g_autofree char *value = g_strnfill((size_t)length, 'v');
    for (int i = 0; i < count; i++) {
        wire_put_pair(&script->wire, 'L', "References", value);
        if (!wire_flush(&script->wire))
            return false;
    }
    return true;
}

/* list-mail LIST ID: MAIL and the headers of a mail of that list. */
static bool step_list_mail(Script *script, const char *argument)
{
    g_auto(GStrv) words = g_strsplit(argument, " ", 2);

    if (g_strv_length(words) != 2)
        return false;
    g_autofree char *list = g_strdup_printf(" <%s>", words[0]);
    g_autofree char *id = g_strdup_printf(" <%s@client.example>", words[1]);
    Wire *wire = &script->wire;

    wire_put_macro(wire, 'M', "i", words[1]);
    wire_put_pair(wire, 'M', "<a@example.org>", "SIZE=1");
    wire_put_pair(wire, 'L', "From", " A Person <a@example.org>");
    wire_put_pair(wire, 'L', "Subject", " [PATCH] heron: do less");
    wire_put_pair(wire, 'L', "Date", " Mon, 29 Sep 2025 10:00:00 +0000");
    wire_put_pair(wire, 'L', "Message-ID", id);
    wire_put_pair(wire, 'L', "List-Id", list);
    return wire_flush(wire);
}

static bool step_eoh(Script *script, const char *argument)
{
    (void)argument;
    wire_put(&script->wire, 'N', NULL, 0);
    return wire_flush(&script->wire);
}

static bool step_body(Script *script, const char *argument)
{
    g_autofree char *text = g_strcompress(argument);

    wire_put(&script->wire, 'B', text, strlen(text));
    return wire_flush(&script->wire);
}

/* fill BYTES: of body, in pieces as an MTA sends them. */
static bool step_fill(Script *script, const char *argument)
{
    enum { PIECE = 65535 };
    g_autofree char *piece = g_strnfill(PIECE, 'b');
    long left = number_of(argument);

    for (; left > 0; left -= PIECE) {
        wire_put(&script->wire, 'B', piece, (size_t)MIN(left, (long)PIECE));
        if (!wire_flush(&script->wire))
            return false;
    }
    return true;
}

static bool step_eom(Script *script, const char *argument)
{
    (void)argument;
    wire_put(&script->wire, 'E', NULL, 0);
    return wire_flush(&script->wire);
}

static bool step_abort(Script *script, const char *argument)
{
    (void)argument;
    wire_put(&script->wire, 'A', NULL, 0);
    return wire_flush(&script->wire);
}

static bool step_quit(Script *script, const char *argument)
{
    (void)argument;
    wire_put(&script->wire, 'Q', NULL, 0);
    return wire_flush(&script->wire);
}

/* The session ends, the connection is used again without negotiation. */
static bool step_reuse(Script *script, const char *argument)
{
    (void)argument;
    wire_put(&script->wire, 'K', NULL, 0);
    return wire_flush(&script->wire);
}

/* claim LENGTH COMMAND BYTES: a packet that says it is so long, and sends so
 * many bytes behind the command. */
static bool step_claim(Script *script, const char *argument)
{
    unsigned claimed = 0, sent = 0;
    char command = 0;

    if (sscanf(argument, "%u %c %u", &claimed, &command, &sent) != 3)
        return false;
    const uint32_t big_endian = GUINT32_TO_BE(claimed);
    g_autofree char *filler = g_strnfill(sent, 'z');
    wire_put_raw(&script->wire, &big_endian, sizeof big_endian);
    wire_put_raw(&script->wire, &command, 1);
    wire_put_raw(&script->wire, filler, sent);
    (void)wire_flush(&script->wire); /* it may hang up on us: its right */
    return true;
}

/* bytes HEX */
static bool step_bytes(Script *script, const char *argument)
{
    for (; argument[0] != '\0' && argument[1] != '\0'; argument += 2) {
        const char byte = (char)((g_ascii_xdigit_value(argument[0]) << 4) |
                                 g_ascii_xdigit_value(argument[1]));
        wire_put_raw(&script->wire, &byte, 1);
    }
    (void)wire_flush(&script->wire);
    return true;
}

/* reply C: the next packet is C, within ten seconds. */
static bool step_reply(Script *script, const char *argument)
{
    const int reply = wire_read(&script->wire, script->said, WIRE_WAIT_MS);

    if (reply == argument[0])
        return true;
    printf("# got '%c' (%d)\n", reply > ' ' ? reply : ' ', reply);
    return false;
}

/* silent MILLISECONDS: nothing comes. */
static bool step_silent(Script *script, const char *argument)
{
    return wire_read(&script->wire, NULL, (int)number_of(argument)) == -1;
}

/* closed: the milter hangs up, within ten seconds. */
static bool step_closed(Script *script, const char *argument)
{
    (void)argument;
    return wire_read(&script->wire, NULL, WIRE_WAIT_MS) == 0;
}

static bool step_drop(Script *script, const char *argument)
{
    (void)argument;
    wire_drop(&script->wire);
    return true;
}

/* knock N: connect and drop, so many times. */
static bool step_knock(Script *script, const char *argument)
{
    for (long left = number_of(argument); left > 0; left--) {
        if (!wire_connect(&script->wire, script->address))
            return false;
    }
    wire_drop(&script->wire);
    return true;
}

/* pause MILLISECONDS: a session that stalls. */
static bool step_pause(Script *script, const char *argument)
{
    (void)script;
    g_usleep((gulong)number_of(argument) * 1000);
    return true;
}

static const struct {
    const char *name;
    Step step;
} steps[] = {
    { "connect", step_connect },
    { "negotiate", step_negotiate },
    { "no-actions", step_no_actions },
    { "steps", step_steps },
    { "mail", step_mail },
    { "rcpt", step_rcpt },
    { "macro", step_macro },
    { "header", step_header },
    { "headers", step_headers },
    { "list-mail", step_list_mail },
    { "eoh", step_eoh },
    { "body", step_body },
    { "fill", step_fill },
    { "eom", step_eom },
    { "abort", step_abort },
    { "quit", step_quit },
    { "reuse", step_reuse },
    { "claim", step_claim },
    { "bytes", step_bytes },
    { "reply", step_reply },
    { "silent", step_silent },
    { "closed", step_closed },
    { "drop", step_drop },
    { "knock", step_knock },
    { "pause", step_pause },
};

static bool perform(Script *script, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, " ", 2);
    const char *argument = words[1] != NULL ? words[1] : "";

    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        if (strcmp(steps[i].name, words[0]) == 0)
            return steps[i].step(script, argument);
    }
    printf("# there is no step %s\n", words[0]);
    return false;
}

static int run_script(const char *address, FILE *in)
{
    Script script = { .address = address, .said = g_string_new(NULL) };
    char *line = NULL;
    size_t room = 0;
    int number = 0, code = 0;

    wire_init(&script.wire);
    while (code == 0 && getline(&line, &room, in) >= 0) {
        number++;
        g_strstrip(line);
        if (*line == '\0' || *line == '#' || perform(&script, line))
            continue;
        printf("# line %d does not hold: %s\n", number, line);
        code = 1;
    }
    free(line);
    g_string_free(script.said, TRUE);
    wire_clear(&script.wire);
    return code;
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[2], "drive") == 0)
        return drive_main(argv[1], argc - 2, argv + 2);
    if (argc < 3 || strcmp(argv[2], "script") != 0) {
        fputs("milter-client ADDRESS drive|script ...\n", stderr);
        return 2;
    }
    FILE *in = argc > 3 ? fopen(argv[3], "re") : stdin;
    if (in == NULL) {
        fprintf(stderr, "milter-client: %s: %s\n", argv[3], g_strerror(errno));
        return 2;
    }
    const int code = run_script(argv[1], in);
    if (in != stdin)
        fclose(in);
    return code;
}
