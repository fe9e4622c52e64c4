/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "tests/support/generated.h"

#include "tests/support/posts.h"

#include <stdlib.h>

enum { PEOPLE = 40, FILES = 25, PARTS_MAX = 7, MINUTE_MS = 60 * 1000 };

static const int64_t HOUR_MS = INT64_C(3600) * 1000;
static const int64_t DAY_MS = INT64_C(86400) * 1000;

/* A patch set as its author has it. */
typedef struct Work {
    unsigned number, author, version, parts, file;
    bool has_cover, has_change_id, was_answered;
    unsigned wording;            /* of the titles */
    char *last_cover;            /* Message-ID of the latest head */
    char *last_parts[PARTS_MAX]; /* ... of its parts */
    int64_t sent_ms;
} Work;

typedef struct Making {
    GRand *random;
    const char *list;
    GPtrArray *posts; /* Activity * */
    GPtrArray *works; /* Work * */
    unsigned mails;
    int64_t until_ms;
} Making;

static unsigned below(Making *making, unsigned count)
{
    return (unsigned)g_rand_int_range(making->random, 0, (gint32)count);
}

static bool happens(Making *making, double chance)
{
    return g_rand_double(making->random) < chance;
}

static void work_free(gpointer data)
{
    Work *work = data;

    g_free(work->last_cover);
    for (unsigned i = 0; i < PARTS_MAX; i++)
        g_free(work->last_parts[i]);
    g_free(work);
}

/* --- one mail ---------------------------------------------------------- */

static char *person_of(unsigned person)
{
    return g_strdup_printf("Person %u <p%u@site%u.example>", person, person,
                           person % 9);
}

static char *new_id(Making *making)
{
    return g_strdup_printf("m%u.%u@list.example", ++making->mails,
                           below(making, 1u << 30));
}

/* id: the mail's own. Arrival may be minutes off the Date. */
static void send_mail(Making *making, int64_t sent_ms, unsigned sender,
                      const char *id, const char *parent, const char *subject,
                      const char *body)
{
    g_autofree char *from = sender == PEOPLE
                                ? g_strdup("robot <bot@robot.example>")
                                : person_of(sender);
    g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(sent_ms / 1000);
    g_autofree char *date =
        g_date_time_format(when, "%a, %d %b %Y %H:%M:%S +0000");
    g_autofree char *above = parent == NULL
                                 ? g_strdup("")
                                 : g_strdup_printf("In-Reply-To: <%s>\n"
                                                   "References: <%s>\n",
                                                   parent, parent);
    g_autofree char *bytes = g_strdup_printf(
        "From: %s\nTo: <%s>\nList-Id: <%s>\nDate: %s\nMessage-ID: <%s>\n"
        "%sSubject: %s\n\n%s",
        from, making->list, making->list, date, id, above, subject, body);
    ArchiveMail mail = {
        .bytes = bytes,
        .length = strlen(bytes),
        .has_arrival = true,
        .arrival_ms = sent_ms + below(making, 3 * MINUTE_MS),
        .has_mark = true,
    };

    if (mail.arrival_ms >= making->until_ms)
        return;
    for (size_t i = 0; i < sizeof(mail.mark); i++)
        mail.mark[i] = (uint8_t)below(making, 256);
    g_ptr_array_add(making->posts, test_post(&mail, making->list));
    if (happens(making, 0.01)) { /* a copy that came by another way */
        mail.arrival_ms += below(making, 30 * MINUTE_MS);
        mail.mark[0] ^= 1;
        g_ptr_array_add(making->posts, test_post(&mail, making->list));
    }
}

/* --- patch sets --------------------------------------------------------- */

static char *title_of(const Work *work, unsigned part)
{
    if (work->wording % 2 == 0)
        return g_strdup_printf(
            "drv%u: make the %u. ring of unit %u survive a reset", work->file,
            part, work->number);
    return g_strdup_printf(
        "drv%u: let the %u. ring survive the reset of unit %u", work->file,
        part, work->number);
}

static char *subject_of(const Work *work, unsigned part)
{
    g_autofree char *title = title_of(work, part);
    g_autofree char *version = work->version == 1
                                   ? g_strdup("")
                                   : g_strdup_printf(" v%u", work->version);

    if (work->parts == 1 && !work->has_cover)
        return g_strdup_printf("[PATCH%s] %s", version, title);
    return g_strdup_printf("[PATCH%s %u/%u] %s", version, part, work->parts,
                           title);
}

/* Of each revision most lines are those of the one before. */
static char *diff_of(Making *making, const Work *work, unsigned part)
{
    GString *body = g_string_new("This mends a reset.\n\n");
    g_autofree char *author = person_of(work->author);

    if (work->has_change_id && part <= 1)
        g_string_append_printf(body, "Change-Id: I%040u\n", work->number);
    g_string_append_printf(body,
                           "Signed-off-by: %s\n---\n drv/f%u.c | 4 ++--\n"
                           " 1 file changed, 2 insertions(+), 2 deletions(-)\n"
                           "\ndiff --git a/drv/f%u.c b/drv/f%u.c\n"
                           "--- a/drv/f%u.c\n+++ b/drv/f%u.c\n"
                           "@@ -1,3 +1,5 @@\n context\n",
                           author, work->file, work->file, work->file,
                           work->file, work->file);
    for (unsigned i = 0; i < 4; i++)
        g_string_append_printf(body, "%cstep_%u_of_%u(unit, part_%u_r%u);\n",
                               i % 2 ? '+' : '-', i, work->number, part,
                               i == 3 ? below(making, 3) : 0);
    g_string_append(body, "-- \n2.39.5\n");
    return g_string_free(body, FALSE);
}

static void send_set(Making *making, Work *work, int64_t at_ms,
                     const char *parent)
{
    g_autofree char *cover = NULL;

    if (work->has_cover) {
        g_autofree char *subject = subject_of(work, 0);

        cover = new_id(making);
        send_mail(making, at_ms, work->author, cover, parent, subject,
                  "What this series is for.\n");
    }
    for (unsigned i = 1; i <= work->parts; i++) {
        g_autofree char *subject = subject_of(work, i);
        g_autofree char *body = diff_of(making, work, i);
        g_autofree char *id = new_id(making);
        const char *above = cover != NULL ? cover
                            : i == 1      ? parent
                                          : work->last_parts[0];

        /* A part may be lost. */
        if (i == 1 || !happens(making, 0.02))
            send_mail(making, at_ms + i * 1000, work->author, id, above,
                      subject, body);
        g_free(work->last_parts[i - 1]);
        work->last_parts[i - 1] = g_steal_pointer(&id);
    }
    g_free(work->last_cover);
    work->last_cover = g_strdup(cover != NULL ? cover : work->last_parts[0]);
    work->sent_ms = at_ms;
    work->was_answered = false;
}

static void begin_work(Making *making, int64_t at_ms)
{
    Work *work = g_new0(Work, 1);

    work->number = making->works->len + 1;
    work->author = below(making, PEOPLE);
    work->version = 1;
    work->parts = happens(making, 0.5) ? 1 : 2 + below(making, PARTS_MAX - 2);
    work->has_cover = work->parts > 1 && happens(making, 0.8);
    work->has_change_id = happens(making, 0.2);
    work->file = below(making, FILES);
    g_ptr_array_add(making->works, work);
    send_set(making, work, at_ms, NULL);
}

static void revise(Making *making, Work *work, int64_t at_ms)
{
    const bool is_answer = happens(making, 0.3);
    g_autofree char *parent = is_answer ? g_strdup(work->last_cover) : NULL;

    if (work->version >= 6)
        return;
    work->version++;
    work->wording += happens(making, 0.15);
    if (work->has_cover && work->parts < PARTS_MAX && happens(making, 0.2))
        work->parts++;
    send_set(making, work, at_ms, parent);
}

/* --- answers ------------------------------------------------------------ */

static void answer(Making *making, Work *work, int64_t at_ms)
{
    static const char *const words[] = {
        "Looks good to me.\n", "Why is the second step needed?\n",
        "Reviewed-by: ",       "Acked-by: ",
        "Applied, thanks.\n",  "I see the same here.\n",
    };
    const unsigned part = 1 + below(making, work->parts);
    const unsigned sender = below(making, PEOPLE);
    const bool is_to_cover = work->has_cover && happens(making, 0.5);
    g_autofree char *subject = subject_of(work, is_to_cover ? 0 : part);
    g_autofree char *re = g_strdup_printf("Re: %s", subject);
    g_autofree char *id = new_id(making);
    g_autofree char *who = person_of(sender);
    const char *word = words[below(making, G_N_ELEMENTS(words))];
    g_autofree char *body =
        g_strdup_printf("> This mends a reset.\n\n%s%s\n", word,
                        g_str_has_suffix(word, ": ") ? who : "");

    send_mail(making, at_ms, happens(making, 0.05) ? PEOPLE : sender, id,
              is_to_cover ? work->last_cover : work->last_parts[part - 1], re,
              body);
}

static void pull(Making *making, int64_t at_ms)
{
    g_autofree char *id = new_id(making);
    g_autoptr(GString) body = g_string_new(NULL);
    const unsigned count = MIN(making->works->len, 3u);

    g_string_append_printf(
        body,
        "The following changes since commit %040u:\n\n  base\n\n"
        "are available in the Git repository at:\n\n"
        "  https://git.example.org/tree.git tags/t%u\n\n"
        "for you to fetch changes up to %040u:\n\n  tip\n\n",
        making->mails, making->mails, making->mails + 1);
    for (unsigned i = 0; i < count; i++) {
        const Work *work = making->works->pdata[making->works->len - 1 - i];

        g_string_append_printf(body, "Person %u (%u):\n", work->author,
                               work->parts);
        for (unsigned part = 1; part <= work->parts; part++) {
            g_autofree char *title = title_of(work, part);

            g_string_append_printf(body, "      %s\n", title);
        }
        g_string_append_c(body, '\n');
    }
    send_mail(making, at_ms, below(making, PEOPLE), id, NULL,
              "[GIT PULL] drivers for this week", body->str);
    if (!happens(making, 0.7))
        return;

    g_autofree char *reply = new_id(making);

    send_mail(making, at_ms + HOUR_MS, below(making, PEOPLE), reply, id,
              "Re: [GIT PULL] drivers for this week", "Pulled, thanks.\n");
}

static void talk(Making *making, int64_t at_ms)
{
    const unsigned count = 1 + below(making, 12);
    g_autofree char *root = new_id(making);
    g_autofree char *subject =
        g_strdup_printf("How do I reset unit %u?", making->mails);
    g_autofree char *re = g_strdup_printf("Re: %s", subject);

    send_mail(making, at_ms, below(making, PEOPLE), root, NULL, subject,
              "It does not come back.\n");
    for (unsigned i = 1; i < count; i++) {
        g_autofree char *id = new_id(making);

        send_mail(making, at_ms + i * HOUR_MS, below(making, PEOPLE), id, root,
                  re, "Try it with the power off.\n");
    }
}

/* --- the list ----------------------------------------------------------- */

static Work *recent_work(Making *making)
{
    const unsigned count = making->works->len;

    return count == 0 ? NULL
                      : making->works
                            ->pdata[count - 1 - below(making, MIN(count, 12u))];
}

static void one_event(Making *making, int64_t at_ms)
{
    const double kind = g_rand_double(making->random);
    Work *work = recent_work(making);

    if (work == NULL || kind < 0.25)
        begin_work(making, at_ms);
    else if (kind < 0.40)
        revise(making, work, MAX(at_ms, work->sent_ms + HOUR_MS));
    else if (kind < 0.90)
        answer(making, work, MAX(at_ms, work->sent_ms + HOUR_MS));
    else if (kind < 0.93)
        pull(making, at_ms);
    else
        talk(making, at_ms);
}

static int by_arrival(gconstpointer one, gconstpointer other)
{
    const Activity *left = *(const Activity *const *)one;
    const Activity *right = *(const Activity *const *)other;

    if (left->arrival_ms != right->arrival_ms)
        return left->arrival_ms < right->arrival_ms ? -1 : 1;
    return memcmp(left->mark, right->mark, sizeof(left->mark));
}

GPtrArray *generated_posts(const char *list, uint32_t seed, unsigned count,
                           int64_t from_ms, int64_t until_ms)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    g_autoptr(GPtrArray) works = g_ptr_array_new_with_free_func(work_free);
    Making making = {
        .random = random,
        .list = list,
        .posts = g_ptr_array_new_with_free_func((GDestroyNotify)activity_free),
        .works = works,
        .until_ms = until_ms,
    };

    mail_init();
    while (making.posts->len < count) {
        const int64_t at_ms =
            from_ms + (until_ms - from_ms) * making.posts->len / count;

        one_event(&making, at_ms + below(&making, (unsigned)(DAY_MS / 4)));
    }
    g_ptr_array_sort(making.posts, by_arrival);
    return making.posts;
}

uint32_t generated_seed(void)
{
    const char *given = g_getenv("LISTPULSE_SEED");
    const uint32_t seed =
        given == NULL ? 1 : (uint32_t)g_ascii_strtoull(given, NULL, 10);

    print_message("# LISTPULSE_SEED=%u\n", seed);
    return seed;
}
