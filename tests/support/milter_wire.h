/* SPDX-License-Identifier: MIT */
/*
 * The milter protocol as an MTA speaks it, byte by byte: also what no MTA
 * would ever send.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WIRE_ACTIONS = 0x1ff,     /* all that an MTA can offer */
    WIRE_STEPS = 0x1fffff,    /* likewise */
    WIRE_WAIT_MS = 10 * 1000, /* for a reply, unless said otherwise */
};

typedef struct Wire {
    int socket;
    GString *out;            /* packets not yet written */
    uint32_t actions, steps; /* what the milter chose */
} Wire;

void wire_init(Wire *wire);
void wire_clear(Wire *wire);
/* A path or HOST:PORT. */
bool wire_connect(Wire *wire, const char *address);
void wire_drop(Wire *wire);

/* Puts a packet into the buffer. */
void wire_put(Wire *wire, char command, const void *data, size_t length);
/* Two strings, each with its NUL. */
void wire_put_pair(Wire *wire, char command, const char *first,
                   const char *second);
void wire_put_macro(Wire *wire, char stage, const char *name,
                    const char *value);
void wire_put_raw(Wire *wire, const void *data, size_t length);
/* Writes the buffer out; false: the other end has gone. */
bool wire_flush(Wire *wire);

/* Reads one packet: its command; data may be NULL. 0: closed, -1: nothing
 * came within the limit. */
int wire_read(Wire *wire, GString *data, int limit_ms);
/* Offers these; true if the milter answered, and only with what it may. */
bool wire_negotiate(Wire *wire, uint32_t actions, uint32_t steps);
