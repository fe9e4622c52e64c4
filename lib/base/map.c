/* SPDX-License-Identifier: MIT */
#include "base/map.h"

#include "base/banned.h"

enum {
    FIRST_BITS = 4,
    LARGE_BITS = 14, /* up to there it grows to the fourfold */
    KEY_BITS = 64,
};

typedef struct Place {
    uint64_t key;
    gpointer value; /* NULL: the place is free */
} Place;

struct Map {
    Place *places; /* 2^bits; at most half of them are taken */
    unsigned bits, count;
    GDestroyNotify free_value;
};

Map *map_new(GDestroyNotify free_value)
{
    Map *map = g_new0(Map, 1);

    map->bits = FIRST_BITS;
    map->places = g_new0(Place, (size_t)1 << map->bits);
    map->free_value = free_value;
    return map;
}

void map_free(Map *map)
{
    if (map == NULL)
        return;
    for (size_t i = 0; map->free_value != NULL && i < (size_t)1 << map->bits;
         i++) {
        if (map->places[i].value != NULL)
            map->free_value(map->places[i].value);
    }
    g_free(map->places);
    g_free(map);
}

/* Returns the place of a key, or the free place where it belongs: the upper
 * bits of its product with 2^64 divided by the golden ratio, or the next
 * places. */
static Place *place_of(const Map *map, uint64_t key)
{
    const size_t mask = ((size_t)1 << map->bits) - 1;
    size_t at =
        (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> (KEY_BITS - map->bits));

    while (map->places[at].value != NULL && map->places[at].key != key)
        at = (at + 1) & mask;
    return &map->places[at];
}

static void resize(Map *map, unsigned bits)
{
    g_autofree Place *old = map->places;
    const size_t size = (size_t)1 << map->bits;

    map->bits = bits;
    map->places = g_new0(Place, (size_t)1 << map->bits);
    for (size_t i = 0; i < size; i++) {
        if (old[i].value != NULL)
            *place_of(map, old[i].key) = old[i];
    }
}

void map_reserve(Map *map, size_t count)
{
    unsigned bits = map->bits;

    while (count > (size_t)1 << (bits - 1))
        bits++;
    if (bits > map->bits)
        resize(map, bits);
}

gpointer map_get(const Map *map, uint64_t key)
{
    return place_of(map, key)->value;
}

void map_put(Map *map, uint64_t key, gpointer value)
{
    Place *place = place_of(map, key);

    g_assert(value != NULL);
    if (place->value != NULL) {
        if (map->free_value != NULL)
            map->free_value(place->value);
        place->value = value;
        return;
    }
    *place = (Place){ key, value };
    map->count++;
    if (map->count > (size_t)1 << (map->bits - 1))
        resize(map, map->bits + (map->bits < LARGE_BITS ? 2 : 1));
}

bool map_add(Map *map, uint64_t key)
{
    if (map_get(map, key) != NULL)
        return false;
    map_put(map, key, map);
    return true;
}
