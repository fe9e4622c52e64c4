/* SPDX-License-Identifier: MIT */
#include "tests/support/milter_wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PACKET_MAX = 1024 * 1024, VERSION = 6 };

void wire_init(Wire *wire)
{
    *wire = (Wire){ .socket = -1, .out = g_string_new(NULL) };
}

void wire_clear(Wire *wire)
{
    wire_drop(wire);
    g_string_free(wire->out, TRUE);
}

static int connect_unix(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    if (connection >= 0 &&
        connect(connection, (struct sockaddr *)&address, sizeof address) == 0)
        return connection;
    if (connection >= 0)
        close(connection);
    return -1;
}

static int connect_inet(const char *host, const char *port)
{
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;

    if (getaddrinfo(host, port, &hints, &found) != 0)
        return -1;
    int connection = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection >= 0 &&
        connect(connection, found->ai_addr, found->ai_addrlen) != 0) {
        close(connection);
        connection = -1;
    }
    freeaddrinfo(found);
    return connection;
}

bool wire_connect(Wire *wire, const char *address)
{
    wire_drop(wire);
    if (*address == '/') {
        wire->socket = connect_unix(address);
    } else {
        g_auto(GStrv) parts = g_strsplit(address, ":", 2);
        wire->socket = parts[0] != NULL && parts[1] != NULL
                           ? connect_inet(parts[0], parts[1])
                           : -1;
    }
    return wire->socket >= 0;
}

void wire_drop(Wire *wire)
{
    if (wire->socket >= 0)
        close(wire->socket);
    wire->socket = -1;
    g_string_truncate(wire->out, 0);
}

void wire_put_raw(Wire *wire, const void *data, size_t length)
{
    g_string_append_len(wire->out, data, (gssize)length);
}

static void put_number(Wire *wire, uint32_t number)
{
    const uint32_t big_endian = htonl(number);

    wire_put_raw(wire, &big_endian, sizeof big_endian);
}

void wire_put(Wire *wire, char command, const void *data, size_t length)
{
    put_number(wire, (uint32_t)length + 1);
    wire_put_raw(wire, &command, 1);
    wire_put_raw(wire, data, length);
}

void wire_put_pair(Wire *wire, char command, const char *first,
                   const char *second)
{
    put_number(wire, (uint32_t)(strlen(first) + strlen(second) + 3));
    wire_put_raw(wire, &command, 1);
    wire_put_raw(wire, first, strlen(first) + 1);
    wire_put_raw(wire, second, strlen(second) + 1);
}

void wire_put_macro(Wire *wire, char stage, const char *name, const char *value)
{
    put_number(wire, (uint32_t)(strlen(name) + strlen(value) + 4));
    wire_put_raw(wire, "D", 1);
    wire_put_raw(wire, &stage, 1);
    wire_put_raw(wire, name, strlen(name) + 1);
    wire_put_raw(wire, value, strlen(value) + 1);
}

bool wire_flush(Wire *wire)
{
    size_t done = 0;

    while (wire->socket >= 0 && done < wire->out->len) {
        const ssize_t written = send(wire->socket, wire->out->str + done,
                                     wire->out->len - done, MSG_NOSIGNAL);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            break;
        done += (size_t)written;
    }
    const bool all = wire->socket >= 0 && done == wire->out->len;
    g_string_truncate(wire->out, 0);
    return all;
}

/* 1: all there; 0: closed; -1: too late. */
static int read_exactly(const Wire *wire, void *to, size_t length,
                        int64_t until_us)
{
    char *at = to;

    while (length > 0) {
        struct pollfd wait = { .fd = wire->socket, .events = POLLIN };
        const int64_t left_us = until_us - g_get_monotonic_time();

        if (left_us <= 0 || poll(&wait, 1, (int)(left_us / 1000) + 1) == 0)
            return -1;
        const ssize_t got = recv(wire->socket, at, length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return 0;
        at += got;
        length -= (size_t)got;
    }
    return 1;
}

int wire_read(Wire *wire, GString *data, int limit_ms)
{
    const int64_t until_us = g_get_monotonic_time() + (int64_t)limit_ms * 1000;
    uint32_t length = 0;

    if (wire->socket < 0)
        return 0;
    const int got = read_exactly(wire, &length, sizeof length, until_us);
    if (got != 1)
        return got;
    length = ntohl(length);
    if (length == 0 || length > PACKET_MAX)
        return 0;
    g_autofree char *packet = g_malloc(length);
    const int rest = read_exactly(wire, packet, length, until_us);
    if (rest != 1)
        return rest;
    if (data != NULL) {
        g_string_truncate(data, 0);
        g_string_append_len(data, packet + 1, (gssize)length - 1);
    }
    return (unsigned char)packet[0];
}

static uint32_t number_at(const GString *data, size_t offset)
{
    uint32_t number = 0;

    memcpy(&number, data->str + offset, sizeof number);
    return ntohl(number);
}

bool wire_negotiate(Wire *wire, uint32_t actions, uint32_t steps)
{
    const uint32_t offer[] = { htonl(VERSION), htonl(actions), htonl(steps) };
    GString *data = g_string_new(NULL);

    wire_put(wire, 'O', offer, sizeof offer);
    const bool good = wire_flush(wire) &&
                      wire_read(wire, data, WIRE_WAIT_MS) == 'O' &&
                      data->len >= sizeof offer;
    if (good) {
        wire->actions = number_at(data, 4);
        wire->steps = number_at(data, 8);
    }
    g_string_free(data, TRUE);
    return good && (wire->actions & ~actions) == 0 &&
           (wire->steps & ~steps) == 0;
}
