/* SPDX-License-Identifier: MIT */
#include "digest/digest.h"

#include <string.h>

#include "base/banned.h"

static const struct {
    const char *name;
    DigestSection section;
} section_names[] = {
    { "totals", SECTION_TOTALS },
    { "days", SECTION_DAYS },
    { "zones", SECTION_ZONES },
    { "domains", SECTION_DOMAINS },
    { "contributors", SECTION_CONTRIBUTORS },
    { "posters", SECTION_POSTERS },
    { "organisations", SECTION_ORGANISATIONS },
    { "paths", SECTION_PATHS },
    { "reviewers", SECTION_REVIEWERS },
    { "patches", SECTION_PATCHES },
    { "superseded", SECTION_SUPERSEDED },
    { "applied", SECTION_APPLIED },
    { "waiting", SECTION_WAITING },
    { "threads", SECTION_THREADS },
    { "unanswered", SECTION_UNANSWERED },
    { "newcomers", SECTION_NEWCOMERS },
    { "entries", SECTION_ENTRIES },
};

/* Blanks around a word do no harm: they come from shells and mail. */
static unsigned section_find(const char *word, size_t length)
{
    for (size_t i = 0; i < G_N_ELEMENTS(section_names); i++) {
        if (strlen(section_names[i].name) == length &&
            strncmp(section_names[i].name, word, length) == 0)
            return section_names[i].section;
    }
    return 0;
}

bool sections_parse(const char *text, unsigned *sections, const char **bad)
{
    unsigned found = 0;

    for (;;) {
        text += strspn(text, " \t");
        const size_t length = strcspn(text, ", \t");
        const unsigned section = section_find(text, length);

        if (section == 0) {
            *bad = text;
            return false;
        }
        found |= section;
        text += length;
        text += strspn(text, " \t");
        if (*text == '\0')
            break;
        if (*text == ',')
            text++;
    }
    *sections = found;
    return true;
}

const char *section_name(DigestSection section)
{
    for (size_t i = 0; i < G_N_ELEMENTS(section_names); i++) {
        if (section_names[i].section == section)
            return section_names[i].name;
    }
    g_assert_not_reached();
}

const char *sections_names(void)
{
    return "totals, days, zones, domains, contributors, posters, "
           "organisations, paths, reviewers, patches, superseded, applied, "
           "waiting, threads, unanswered, newcomers, entries";
}
