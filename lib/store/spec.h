/* SPDX-License-Identifier: MIT */
/*
 * Reads how the settings name a Redis: "private", unix:/path,
 * redis://[user:password@]host: port/db, sentinel://host:port,.../name,
 * cluster://host:port,...
 */
#pragma once

#include <glib.h>

typedef enum RedisKind {
    REDIS_PRIVATE,
    REDIS_UNIX,
    REDIS_TCP,
    REDIS_SENTINEL,
    REDIS_CLUSTER,
} RedisKind;

typedef struct RedisHost {
    char *host;
    int port;
} RedisHost;

typedef struct RedisSpec {
    RedisKind kind;
    char *path;       /* unix */
    GPtrArray *hosts; /* RedisHost *; tcp: one */
    char *name;       /* sentinel: of the master */
    char *user;       /* or NULL */
    char *password;   /* or NULL */
    int database;
} RedisSpec;

/* Fails with STORE_ERROR_SPEC; the message shows the forms. */
RedisSpec *redis_spec_parse(const char *text, GError **error);
void redis_spec_free(RedisSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RedisSpec, redis_spec_free)
RedisHost *redis_host_new(const char *host, int port);
void redis_host_free(RedisHost *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RedisHost, redis_host_free)
