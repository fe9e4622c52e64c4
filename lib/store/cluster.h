/* SPDX-License-Identifier: MIT */
/*
 * Which node serves which slot of a Redis Cluster, as CLUSTER SLOTS, MOVED
 * and ASK tell it. Pure bookkeeping: router.c does the talking. The source
 * of the rules is the Redis Cluster specification.
 */
#pragma once

#include "store/reply.h"
#include "store/spec.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Cluster Cluster;

Cluster *cluster_new(const RedisSpec *spec);
void cluster_free(Cluster *cluster);

/* The slot of a key, or of what stands in its braces: CRC16 mod 16384. */
unsigned cluster_slot(const char *tag);
bool cluster_knows_slots(const Cluster *cluster);
void cluster_forget_slots(Cluster *cluster);
/* Reads CLUSTER SLOTS, asked at this place; false if it serves none. */
bool cluster_learn(Cluster *cluster, const Reply *slots, const char *place);
/* "host:port" of the slot's master; lent; NULL if none is known. */
const char *cluster_place_of(const Cluster *cluster, const char *tag);
/* All places worth asking, seeds last; owned array of owned strings. */
GPtrArray *cluster_places(const Cluster *cluster);
GPtrArray *cluster_masters(const Cluster *cluster);
/*
 * True if the answer is MOVED (learnt), ASK (*asked is the place for this
 * one command; owned), TRYAGAIN or CLUSTERDOWN: ask again.
 */
bool cluster_is_redirect(Cluster *cluster, const Reply *reply, char **asked);
RedisHost *cluster_parse_place(const char *place);
