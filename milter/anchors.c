/* SPDX-License-Identifier: MIT */
#include "milter/anchors.h"

#include "journal/journal_origin.h"
#include "journal/journal_rows.h"
#include "milter/priors.h"

#include <string.h>

#include "base/banned.h"

struct Anchors {
    GArray *priors;   /* Prior */
    GPtrArray *names; /* of their positions */
};

void anchor_loss_add(AnchorLoss *loss, const char *list, int64_t from_ms)
{
    from_ms = MAX(from_ms - JOURNAL_ORDER_MS, 0);
    if (loss->names == NULL)
        loss->names = g_string_new(NULL);
    loss->from_ms = loss->lists == 0 ? from_ms : MIN(loss->from_ms, from_ms);
    loss->lists++;
    if (loss->names->len > 0)
        g_string_append_c(loss->names, ' ');
    g_string_append(loss->names, list);
}

Anchors *anchors_new(void)
{
    Anchors *anchors = g_new0(Anchors, 1);

    anchors->priors = g_array_new(FALSE, FALSE, sizeof(Prior));
    g_array_set_clear_func(anchors->priors, (GDestroyNotify)prior_clear);
    anchors->names = g_ptr_array_new_with_free_func(g_free);
    return anchors;
}

void anchors_free(Anchors *anchors)
{
    g_array_unref(anchors->priors);
    g_ptr_array_unref(anchors->names);
    g_free(anchors);
}

bool anchors_load(Anchors *anchors, const JournalPosition *position)
{
    Prior prior;

    if (!prior_read(position, &prior))
        return false;
    g_array_append_val(anchors->priors, prior);
    g_ptr_array_add(anchors->names, g_strdup(position->list));
    return true;
}

/* How far it was is known. */
static bool look_at_list(const Prior *prior, Store *store, AnchorLoss *loss,
                         GError **error)
{
    uint64_t row = 0;
    int64_t arrival_ms = 0;

    if (!store_position(store, prior->list, prior->id, &row, &arrival_ms,
                        error))
        return false;
    if (row < (uint64_t)prior->row)
        anchor_loss_add(loss, prior->list, row != 0 ? arrival_ms : 0);
    return true;
}

static bool look_at_all(const Prior *prior, Store *store, AnchorLoss *loss,
                        GError **error)
{
    g_autoptr(GPtrArray) lists = store_lists(store, error);
    bool good = lists != NULL;

    for (unsigned i = 0; good && i < lists->len; i++) {
        uint64_t row = 0;
        int64_t arrival_ms = 0;

        good = store_position(store, lists->pdata[i], prior->id, &row,
                              &arrival_ms, error);
        if (good && row != 0)
            anchor_loss_add(loss, lists->pdata[i], arrival_ms);
    }
    return good;
}

bool anchors_look(const Anchors *anchors, Store *store, AnchorLoss *loss,
                  GError **error)
{
    bool good = true;

    for (unsigned i = 0; good && i < anchors->priors->len; i++) {
        const Prior *prior = &g_array_index(anchors->priors, Prior, i);

        good = strcmp(prior->list, PRIOR_ALL_LISTS) == 0
                   ? look_at_all(prior, store, loss, error)
                   : look_at_list(prior, store, loss, error);
    }
    return good;
}

static bool has_places(Store *store, const char *list, bool *has,
                       GError **error)
{
    GArray *places = store_places(store, list, error);

    if (places == NULL)
        return false;
    *has = places->len > 0;
    g_array_unref(places);
    return true;
}

bool anchors_lost(Store *store, Journal *journal, const char *list,
                  AnchorLoss *loss, bool *is_emptied, GError **error)
{
    g_auto(JournalOrigin) origin = { 0 };
    bool has = false;

    if (!has_places(store, list, &has, error) ||
        !journal_get_origin(journal, &origin, error))
        return false;
    *is_emptied = !has;
    if (!has || *origin.priors == '\0')
        return true; /* of an only journal nothing came before it */
    g_auto(GStrv) priors = g_strsplit(origin.priors, " ", -1);
    uint64_t row = 0;
    int64_t arrival_ms = 0;
    for (char **id = priors; *id != NULL && row == 0; id++) {
        if (!store_position(store, list, *id, &row, &arrival_ms, error))
            return false;
    }
    anchor_loss_add(loss, list, row != 0 ? arrival_ms : 0);
    return true;
}

void anchors_settle(const Anchors *anchors, GArray *positions, GPtrArray *names)
{
    for (unsigned i = 0; i < anchors->names->len; i++) {
        const JournalPosition drop = { g_strdup(anchors->names->pdata[i]), 0 };

        g_ptr_array_add(names, drop.list);
        g_array_append_val(positions, drop);
    }
}

void anchors_settled(Anchors *anchors)
{
    g_array_set_size(anchors->priors, 0);
    g_ptr_array_set_size(anchors->names, 0);
}
