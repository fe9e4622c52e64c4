/* SPDX-License-Identifier: MIT */
/*
 * A folder to publish into, and a month of a list for it: a patch set that is
 * reviewed, its next version, and a question.
 */
#pragma once

#include "base/settings.h"
#include "publish/tree.h"
#include "tests/support/redis.h"

#include <glib.h>
#include <stdbool.h>

#define SHELF_LIST "birds.example.org"

typedef struct Shelf {
    char *folder;
    Tree *tree;
    Settings *settings;
    void *redis; /* as *state of test_redis_start() */
    Store *store;
} Shelf;

/* Fixtures: *state is a Shelf; without a store, and with one whose list has
 * the month's mail. */
int shelf_set_up(void **state);
int shelf_set_up_mail(void **state);
int shelf_tear_down(void **state);
/* Returns a file of the folder; owned; NULL if it is not there. */
char *shelf_read(const Shelf *shelf, const char *path);
/* Fails the test unless a file is there and has this text. */
void shelf_assert_has(const Shelf *shelf, const char *path, const char *text);
