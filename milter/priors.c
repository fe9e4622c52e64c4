/* SPDX-License-Identifier: MIT */
#include "milter/priors.h"

#include <string.h>

#include "base/banned.h"

static const char prior_place[] = "prior ";

void prior_clear(Prior *prior)
{
    g_clear_pointer(&prior->id, g_free);
    g_clear_pointer(&prior->list, g_free);
}

bool prior_is_position(const JournalPosition *position)
{
    return g_str_has_prefix(position->list, prior_place);
}

bool prior_read(const JournalPosition *position, Prior *prior)
{
    g_auto(GStrv) words = g_strsplit(position->list, " ", 3);

    if (!prior_is_position(position) || g_strv_length(words) != 3)
        return false;
    *prior = (Prior){ g_strdup(words[1]), g_strdup(words[2]), position->row };
    return true;
}

static GArray *positions_new(void)
{
    GArray *positions = journal_positions_new();

    return positions;
}

static void add(GArray *priors, const char *id, const char *list, int64_t row)
{
    const JournalPosition prior = {
        g_strconcat(prior_place, id, " ", list, NULL), row
    };

    g_array_append_val(priors, prior);
}

/* The others have a blank in their name, which no list has. */
static bool is_list(const JournalPosition *position)
{
    return strchr(position->list, ' ') == NULL;
}

GArray *priors_after(Journal *journal)
{
    g_autoptr(GArray) positions = positions_new();
    GArray *priors = positions_new();

    if (!journal_positions(journal, positions, NULL))
        add(priors, journal_id(journal), PRIOR_ALL_LISTS, 1);
    for (unsigned i = 0; i < positions->len; i++) {
        const JournalPosition *position =
            &g_array_index(positions, JournalPosition, i);

        if (prior_is_position(position)) {
            const JournalPosition same = { g_strdup(position->list),
                                           position->row };
            g_array_append_val(priors, same);
        } else if (is_list(position) && position->row != 0) {
            add(priors, journal_id(journal), position->list, position->row);
        }
    }
    return priors;
}

GArray *priors_unknown(const char *id)
{
    GArray *priors = positions_new();

    add(priors, id, PRIOR_ALL_LISTS, 1);
    return priors;
}
