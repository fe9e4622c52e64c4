/* SPDX-License-Identifier: MIT */
/*
 * A real redis-server for one test program: a private one in a folder of its
 * own, stopped and removed at the end. Where there is none, a program that is
 * linked with this is skipped as a whole.
 */
#pragma once

#include "store/store.h"

typedef struct TestRedis {
    char *state; /* its state directory */
    Store *store;
} TestRedis;

/* For cmocka_unit_test_setup_teardown: *state is a TestRedis. */
int test_redis_start(void **state);
int test_redis_stop(void **state);
/* Runs redis-cli on it; its output, owned. */
char *test_redis_cli(const TestRedis *redis, const char *command);
