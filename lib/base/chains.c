/* SPDX-License-Identifier: MIT */
#include "base/chains.h"

#include "base/map.h"

#include "base/banned.h"

enum { ROOM_MIN = 16 };

typedef struct Link {
    unsigned number;
    unsigned before; /* place of the next one under its key; 0: none */
} Link;

struct Chains {
    Map *last;   /* key -> place */
    Link *links; /* a place is 1 + its index */
    unsigned count, room;
};

Chains *chains_new(void)
{
    Chains *chains = g_new0(Chains, 1);

    chains->last = map_new(NULL);
    return chains;
}

static void set_room(Chains *chains, unsigned room)
{
    chains->room = room;
    chains->links = g_renew(Link, chains->links, room);
}

void chains_reserve(Chains *chains, unsigned count)
{
    map_reserve(chains->last, count);
    if (count > chains->room)
        set_room(chains, count);
}

void chains_free(Chains *chains)
{
    if (chains == NULL)
        return;
    map_free(chains->last);
    g_free(chains->links);
    g_free(chains);
}

static const Link *link_at(const Chains *chains, unsigned place)
{
    return &chains->links[place - 1];
}

void chains_add(Chains *chains, uint64_t key, unsigned number)
{
    const Link link = { number, chains_last(chains, key) };

    if (link.before != 0 && link_at(chains, link.before)->number == number)
        return;
    if (chains->count == chains->room)
        set_room(chains, MAX(2 * chains->room, (unsigned)ROOM_MIN));
    chains->links[chains->count++] = link;
    map_put(chains->last, key, GUINT_TO_POINTER(chains->count));
}

unsigned chains_last(const Chains *chains, uint64_t key)
{
    return GPOINTER_TO_UINT(map_get(chains->last, key));
}

unsigned chains_before(const Chains *chains, unsigned place)
{
    return link_at(chains, place)->before;
}

unsigned chains_number(const Chains *chains, unsigned place)
{
    return link_at(chains, place)->number;
}
