/* SPDX-License-Identifier: MIT */
/*
 * The socket at which the MTA reaches us: its spelling, its access rights, and
 * who owns it. Hides how libmilter handles sockets.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

typedef enum EndpointError {
    ENDPOINT_ERROR_SPEC,  /* cannot be understood */
    ENDPOINT_ERROR_TAKEN, /* another process listens there, or it cannot be
                             opened */
    ENDPOINT_ERROR_RIGHT, /* may not be made there */
} EndpointError;
#define ENDPOINT_ERROR endpoint_error_quark()
GQuark endpoint_error_quark(void);

typedef struct Endpoint {
    char *spec; /* as libmilter wants it */
    char *path; /* of a UNIX socket; else NULL */
    dev_t device;
    ino_t inode; /* of our socket, once it is open */
} Endpoint;

/* spec: unix:/PATH, local:/PATH, /PATH, inet:PORT@HOST, inet6:PORT@HOST. */
bool endpoint_parse(const char *spec, Endpoint *endpoint, GError **error);
void endpoint_clear(Endpoint *endpoint);

/* Opens it for libmilter, which must know its descriptor already. Replaces a
 * socket at which nobody listens. group: a name or "". */
bool endpoint_open(Endpoint *endpoint, unsigned mode, const char *group,
                   GError **error);
/* Removes it, if it is still ours: a successor may have made a new one. */
void endpoint_remove(const Endpoint *endpoint);
/* Connects to our own socket as an MTA would; returns false if nobody answers
 * in time. */
bool endpoint_answers(const Endpoint *endpoint, int milliseconds);
