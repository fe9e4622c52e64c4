/* SPDX-License-Identifier: MIT */
/*
 * The present condition of the daemon, its journal and Redis: gathered once,
 * shown in three ways. Gathering starts nothing.
 */
#pragma once

#include "base/settings.h"
#include "journal/health.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Condition {
    int64_t now_ms;
    bool has_milter; /* its status file is there and whole */
    Health milter;
    char *milter_trouble; /* a sentence, or NULL: all is well */
    char *redis;          /* where, without its password */
    char *redis_trouble;  /* or NULL: it answers */
    char *redis_version;  /* or "" */
    uint64_t redis_bytes;
    uint64_t lists;
    GPtrArray *held; /* char *, lists that cannot be read or counted */
    GPtrArray *gaps; /* char *, times in which mail may be uncounted */
} Condition;

void condition_init(Condition *condition, const Settings *settings,
                    int64_t now_ms);
void condition_clear(Condition *condition);
bool condition_is_healthy(const Condition *condition);
uint64_t condition_rows_waiting(const Condition *condition);
int64_t condition_lag_seconds(const Condition *condition);

void condition_text(const Condition *condition, GString *out);
void condition_json(const Condition *condition, GString *out);
void condition_prometheus(const Condition *condition, GString *out);
