/* SPDX-License-Identifier: MIT */
/*
 * Knows which node serves which slot of a Redis Cluster, from CLUSTER SLOTS,
 * MOVED and ASK. Pure bookkeeping: router.c sends and receives. The rules are
 * those of the Redis Cluster specification.
 */
#pragma once

#include "store/reply.h"
#include "store/spec.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Cluster Cluster;

Cluster *cluster_new(const RedisSpec *spec);
void cluster_free(Cluster *cluster);

/* Returns the slot of a key, or of the part in its braces: CRC16 mod 16384. */
unsigned cluster_slot(const char *tag);
bool cluster_knows_slots(const Cluster *cluster);
void cluster_forget_slots(Cluster *cluster);
/* Reads the answer of this place to CLUSTER SLOTS; returns false if it has no
 * slots. */
bool cluster_learn(Cluster *cluster, const Reply *slots, const char *place);
/* Returns "host:port" of the slot's master; lent; NULL if none is known. */
const char *cluster_place_of(const Cluster *cluster, const char *tag);
/* Return all places worth asking, seeds last, and all masters; owned arrays of
 * owned strings. */
GPtrArray *cluster_places(const Cluster *cluster);
GPtrArray *cluster_masters(const Cluster *cluster);
/*
 * Returns true if the command has to be sent again: the answer is MOVED (which
 * is noted), ASK (*asked is then the place for this one command; owned),
 * TRYAGAIN or CLUSTERDOWN.
 */
bool cluster_is_redirect(Cluster *cluster, const Reply *reply, char **asked);
RedisHost *cluster_parse_place(const char *place);
