/* SPDX-License-Identifier: MIT */
#include "command/show_set.h"

#include "gather/gather.h"
#include "render/wording.h"
#include "sets/assembly.h"
#include "sets/build.h"
#include "sets/crowd.h"
#include "sets/outcome.h"

enum { REVISIONS_MAX = 50 };

typedef struct Sets {
    Assembly *assembly;
    GString *out;
} Sets;

static const PostRecord *record_at(const Sets *sets, unsigned record)
{
    return &sets->assembly->records[record];
}

static void show_part(const Sets *sets, const AssemblySet *set, unsigned index)
{
    const AssemblyMember *member =
        &g_array_index(set->members, AssemblyMember, index);
    const PostRecord *record = record_at(sets, member->record);
    g_autofree char *number =
        set->is_pull && record->kind == POST_PULL
            ? g_strdup("pull")
            : g_strdup_printf("%u/%u", member->number, set->total);

    show_post_line(sets->out, index == 0 ? "parts" : "", record, number);
}

static char *version_text(const AssemblySet *set)
{
    return set->minor > 0 ? g_strdup_printf("v%u.%u", set->version, set->minor)
                          : g_strdup_printf("v%u", set->version);
}

/* Why the newer one of the two is known for a revision. */
static const char *reason_text(const AssemblySet *newer)
{
    static const char *const texts[] = {
        [ASSEMBLY_REASON_NONE] = "by another",
        [ASSEMBLY_REASON_NAMED] = "it is named",
        [ASSEMBLY_REASON_CHANGE] = "same change",
        [ASSEMBLY_REASON_TITLE] = "same title",
        [ASSEMBLY_REASON_ANSWER] = "answered",
        [ASSEMBLY_REASON_PARTS] = "same parts",
        [ASSEMBLY_REASON_LINES] = "same lines",
        [ASSEMBLY_REASON_REWORDED] = "same work",
    };

    return texts[newer->reason];
}

static void show_revision(const Sets *sets, const char *what, int index,
                          const AssemblySet *newer)
{
    const AssemblySet *set = assembly_set(sets->assembly, index);
    g_autofree char *version = version_text(set);
    g_autofree char *text =
        g_strdup_printf("%s (%s)", version, reason_text(newer));

    show_post_line(sets->out, what, record_at(sets, set->head), text);
}

/* A chain may be damaged, never endless. */
static void show_revisions(const Sets *sets, const AssemblySet *set)
{
    const AssemblySet *newer = set;
    int index = set->older;

    for (unsigned i = 0; index != ASSEMBLY_NONE && i < REVISIONS_MAX; i++) {
        show_revision(sets, i == 0 ? "supersedes" : "", index, newer);
        newer = assembly_set(sets->assembly, index);
        index = newer->older;
    }
    index = set->newer;
    for (unsigned i = 0; index != ASSEMBLY_NONE && i < REVISIONS_MAX; i++) {
        show_revision(sets, i == 0 ? "superseded" : "", index,
                      assembly_set(sets->assembly, index));
        index = assembly_set(sets->assembly, index)->newer;
    }
}

static void show_delay(const Sets *sets, const char *what,
                       const AssemblySet *set, int answer)
{
    if (answer == ASSEMBLY_NONE)
        return;

    const PostRecord *record = record_at(sets, (unsigned)answer);
    g_autofree char *age =
        wording_age(outcome_delay(sets->assembly, set, answer));
    g_autofree char *after = g_strdup_printf("after %s", age);

    show_post_line(sets->out, what, record, after);
}

static void show_notices(const Sets *sets, const AssemblySet *set)
{
    for (unsigned i = 0; i < set->notices->len; i++) {
        const PostRecord *record =
            record_at(sets, g_array_index(set->notices, unsigned, i));

        show_post_line(sets->out, i == 0 ? "notices" : "", record,
                       patch_notice_name(record->notice));
    }
    if (set->pull != ASSEMBLY_NONE)
        show_post_line(sets->out, "pull request",
                       record_at(sets, (unsigned)set->pull), "lists it");
    if (set->is_repeated)
        show_line(sets->out, "repeated", "%s",
                  set->is_pull ? "a later pull request begins where it ends"
                               : "its patches came again");
    if (set->is_told_aside)
        show_post_line(sets->out, "applied",
                       record_at(sets, (unsigned)set->applied), "by this");
    else if (set->applied != ASSEMBLY_NONE)
        show_line(sets->out, "applied", "the whole set");
    else if (set->applied_parts > 0)
        show_line(sets->out, "applied", "%u of its patches",
                  set->applied_parts);
}

static void show_whole(const Sets *sets, int index)
{
    const AssemblySet *set = assembly_set(sets->assembly, index);
    g_autofree char *version = version_text(set);
    const unsigned listed = record_at(sets, set->head)->listed_count;

    if (set->is_pull && listed > 0)
        show_line(sets->out, "set", "pull request, lists %u patch%s", listed,
                  listed == 1 ? "" : "es");
    else if (set->is_pull)
        show_line(sets->out, "set", "pull request");
    else if (set->total == 1 && !set->has_cover)
        show_line(sets->out, "set", "%s, a single patch%s", version,
                  set->reviewed > 0 ? ", reviewed" : "");
    else
        show_line(sets->out, "set", "%s, %u of %u parts%s, %u reviewed",
                  version, set->seen, set->total,
                  set->is_complete ? "" : " (incomplete)", set->reviewed);
    for (unsigned i = 0; i < set->members->len; i++)
        show_part(sets, set, i);
    show_revisions(sets, set);
    show_delay(sets, "first reply", set, set->first_answer);
    show_delay(sets, "first review", set, set->first_review);
    show_notices(sets, set);
}

static int index_of(const Assembly *assembly, uint32_t post)
{
    for (unsigned i = 0; i < assembly->count; i++) {
        if (assembly->records[i].post == post)
            return (int)i;
    }
    return ASSEMBLY_NONE;
}

/* Its own set; for an answer, the set that it answers. */
static void show_of_post(const Sets *sets, uint32_t post)
{
    const Assembly *assembly = sets->assembly;
    const int self = index_of(assembly, post);

    if (self == ASSEMBLY_NONE)
        return;
    if (assembly->set_of[self] != ASSEMBLY_NONE) {
        show_whole(sets, assembly->set_of[self]);
        return;
    }

    const int answered = assembly->answers[self];
    if (answered == ASSEMBLY_NONE)
        return;
    show_post_line(sets->out, "about", record_at(sets, (unsigned)answered),
                   "patch");
    show_whole(sets, assembly->set_of[answered]);
}

bool show_set(Store *store, const char *list, const ListSettings *settings,
              const Identity *identity, const PostRecord *post, GString *out,
              GError **error)
{
    const unsigned wants = GATHER_INSIDE | GATHER_UP | GATHER_EDGE |
                           GATHER_DOWN | GATHER_KIN | GATHER_SERIES |
                           GATHER_NEAR | GATHER_TARGET | GATHER_ANSWERS |
                           GATHER_WHOLE;
    g_autoptr(Crowd) crowd = crowd_new(identity);
    g_autoptr(Gather) gather = gather_new(store, list, settings->prefix, crowd);
    gather_post(gather, post->post, wants);
    if (!gather_run(gather, error))
        return false;

    const GArray *records = gather_records(gather);
    g_autoptr(Assembly) assembly =
        sets_build((const PostRecord *)(void *)records->data, records->len,
                   crowd, gather_subjects(gather));
    const Sets sets = { .assembly = assembly, .out = out };
    show_of_post(&sets, post->post);
    return true;
}
