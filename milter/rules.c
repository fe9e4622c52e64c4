/* SPDX-License-Identifier: MIT */
#include "milter/rules.h"

#include <pthread.h>

#include "base/banned.h"

struct Rules {
    unsigned holders;
    Settings *settings;
};

struct RulesInForce {
    pthread_mutex_t mutex;
    Rules *rules;
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
    return in_force;
}

void rules_in_force_free(RulesInForce *in_force)
{
    if (in_force == NULL)
        return;
    rules_release(in_force->rules);
    pthread_mutex_destroy(&in_force->mutex);
    g_free(in_force);
}

void rules_replace(RulesInForce *in_force, Settings *settings)
{
    Rules *rules = rules_new(settings);

    pthread_mutex_lock(&in_force->mutex);
    Rules *old = in_force->rules;
    in_force->rules = rules;
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
