/* SPDX-License-Identifier: MIT */
/*
 * The socket at which the MTA finds us: its spelling, its rights, and whose
 * it is. Hides libmilter's ways with sockets.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

typedef enum EndpointError {
    ENDPOINT_ERROR_SPEC,  /* cannot be understood */
    ENDPOINT_ERROR_TAKEN, /* another one listens there, or it cannot be had */
    ENDPOINT_ERROR_RIGHT, /* may not be made there */
} EndpointError;
#define ENDPOINT_ERROR endpoint_error_quark()
GQuark endpoint_error_quark(void);

typedef struct Endpoint {
    char *spec; /* as libmilter wants it */
    char *path; /* of a UNIX socket; else NULL */
    dev_t device;
    ino_t inode; /* of ours, once open */
} Endpoint;

/* spec: unix:/PATH, local:/PATH, /PATH, inet:PORT@HOST, inet6:PORT@HOST. */
bool endpoint_parse(const char *spec, Endpoint *endpoint, GError **error);
void endpoint_clear(Endpoint *endpoint);

/* Opens it for libmilter, which must know its descriptor already. A socket
 * that nobody listens at is replaced. group: a name or "". */
bool endpoint_open(Endpoint *endpoint, unsigned mode, const char *group,
                   GError **error);
/* Removes it, if it is still ours: a successor may have made a new one. */
void endpoint_remove(const Endpoint *endpoint);
/* Says hello to ourselves as an MTA would; false: nobody answers in time. */
bool endpoint_answers(const Endpoint *endpoint, int milliseconds);
