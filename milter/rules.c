/* SPDX-License-Identifier: MIT */
#include "milter/rules.h"

#include <pthread.h>

#include "base/banned.h"

enum { PLACE_MAILS_LEAST = 3 }; /* or its place is given away by a reload */

struct Rules {
    unsigned holders;
    Settings *settings;
};

struct RulesInForce {
    pthread_mutex_t mutex;
    Rules *rules;
    GHashTable *learned; /* list ids that no section names -> how many mails
                            came since they were learned, or since a reload */
};

static Rules *rules_new(Settings *settings)
{
    Rules *rules = g_new0(Rules, 1);

    rules->holders = 1;
    rules->settings = settings;
    return rules;
}

RulesInForce *rules_in_force_new(Settings *settings)
{
    RulesInForce *in_force = g_new0(RulesInForce, 1);

    pthread_mutex_init(&in_force->mutex, NULL);
    in_force->rules = rules_new(settings);
    in_force->learned =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return in_force;
}

void rules_in_force_free(RulesInForce *in_force)
{
    if (in_force == NULL)
        return;
    rules_release(in_force->rules);
    g_hash_table_unref(in_force->learned);
    pthread_mutex_destroy(&in_force->mutex);
    g_free(in_force);
}

/* Who invents List-Ids sends few mails to each. */
static gboolean gives_way(gpointer list, gpointer mails, gpointer data)
{
    (void)list;
    (void)data;
    return GPOINTER_TO_UINT(mails) < PLACE_MAILS_LEAST;
}

void rules_replace(RulesInForce *in_force, Settings *settings)
{
    Rules *rules = rules_new(settings);

    pthread_mutex_lock(&in_force->mutex);
    Rules *old = in_force->rules;
    in_force->rules = rules;
    g_hash_table_foreach_remove(in_force->learned, gives_way, NULL);
    pthread_mutex_unlock(&in_force->mutex);
    rules_release(old);
}

Rules *rules_take(RulesInForce *in_force)
{
    pthread_mutex_lock(&in_force->mutex);
    Rules *rules = in_force->rules;
    __atomic_fetch_add(&rules->holders, 1, __ATOMIC_RELAXED);
    pthread_mutex_unlock(&in_force->mutex);
    return rules;
}

void rules_release(Rules *rules)
{
    if (rules == NULL ||
        __atomic_fetch_sub(&rules->holders, 1, __ATOMIC_ACQ_REL) > 1)
        return;
    settings_free(rules->settings);
    g_free(rules);
}

const Settings *rules_settings(const Rules *rules)
{
    return rules->settings;
}

bool rules_admit(RulesInForce *in_force, const Rules *rules, const char *list)
{
    if (settings_list(rules->settings, list) != NULL)
        return true;
    pthread_mutex_lock(&in_force->mutex);
    const unsigned mails =
        GPOINTER_TO_UINT(g_hash_table_lookup(in_force->learned, list));
    const bool admitted = mails > 0 || g_hash_table_size(in_force->learned) <
                                           rules->settings->max_lists;
    if (admitted && mails < PLACE_MAILS_LEAST)
        g_hash_table_replace(in_force->learned, g_strdup(list),
                             GUINT_TO_POINTER(mails + 1));
    pthread_mutex_unlock(&in_force->mutex);
    return admitted;
}
