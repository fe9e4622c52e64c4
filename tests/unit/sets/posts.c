/* SPDX-License-Identifier: MIT */
#include "tests/unit/sets/posts.h"

#include "activity/link.h"
#include "patch/subject.h"
#include "sets/build.h"

#include <stdlib.h>
#include <string.h>

static const int64_t START_MS = INT64_C(1700000000000);
enum { MS_PER_MINUTE = 60000 };

static uint32_t number_of(Posts *posts, const char *word)
{
    const gpointer known = g_hash_table_lookup(posts->numbers, word);

    if (known != NULL)
        return GPOINTER_TO_UINT(known);

    const uint32_t number = g_hash_table_size(posts->numbers) + 1;
    g_autofree char *name = g_strdup(*word == '<' ? "" : word);
    g_autofree char *address = strchr(word, '@') != NULL
                                   ? g_strdup(word + (*word == '<'))
                                   : g_strdup_printf("%s@%c.org", word, *word);

    name[0] = g_ascii_toupper(name[0]);
    name[strcspn(name, "/")] = '\0';
    g_strdelimit(name, "_", ' ');

    g_autofree char *raw = g_strdup_printf(" %s <%s>", name, address);
    const MailPerson person = { raw, name, address };

    g_hash_table_insert(posts->numbers, g_strdup(word),
                        GUINT_TO_POINTER(number));
    people_add(posts->people, number, &person);
    return number;
}

static uint64_t link_of(const char *id)
{
    return strcmp(id, "-") == 0 ? 0 : link_digest(id);
}

static PostKind kind_of(const PatchSubject *subject)
{
    if (subject->is_reply)
        return POST_REPLY;
    if (subject->is_pull)
        return POST_PULL;
    if (subject->is_patch)
        return patch_subject_is_cover(subject) ? POST_COVER : POST_PATCH;
    return POST_OTHER;
}

static PostKind kind_named(const char *name)
{
    for (unsigned kind = 0; kind < POST_KINDS; kind++) {
        if (strcmp(post_kind_name((PostKind)kind), name) == 0)
            return (PostKind)kind;
    }
    g_assert_not_reached();
}

static void set_credits(Posts *posts, PostRecord *record, const char *value)
{
    static const char letters[] = { [PATCH_TRAILER_REVIEWED] = 'R',
                                    [PATCH_TRAILER_ACKED] = 'A',
                                    [PATCH_TRAILER_TESTED] = 'T',
                                    [PATCH_TRAILER_REPORTED] = 'P',
                                    [PATCH_TRAILER_NACKED] = 'N' };
    g_auto(GStrv) credits = g_strsplit(value, ",", -1);

    record->credit_count = g_strv_length(credits);
    record->credits = g_new0(PostCredit, record->credit_count);
    for (unsigned i = 0; i < record->credit_count; i++) {
        const char *letter =
            memchr(letters, credits[i][0], G_N_ELEMENTS(letters));

        record->credits[i].kind = (uint8_t)(letter - letters);
        record->credits[i].person = number_of(posts, credits[i] + 2);
    }
}

static void set_names(PostRecord *record, const char *value)
{
    g_auto(GStrv) names = g_strsplit(value, ",", -1);

    record->extra_count = g_strv_length(names);
    record->extra_links = g_new0(uint64_t, record->extra_count);
    for (unsigned i = 0; i < record->extra_count; i++)
        record->extra_links[i] = link_of(names[i]);
}

/* Four numbers, of lines. */
static void set_lines(PostRecord *record, const char *value)
{
    g_auto(GStrv) lines = g_strsplit(value, ",", PATCH_SKETCH_LINES);

    g_assert(g_strv_length(lines) == PATCH_SKETCH_LINES);
    record->has_content = true;
    for (unsigned i = 0; i < PATCH_SKETCH_LINES; i++)
        record->content[i] = (uint32_t)strtoul(lines[i], NULL, 10);
}

static void set_stat(PostRecord *record, const char *value)
{
    g_auto(GStrv) numbers = g_strsplit(value, ",", 3);

    record->files = (unsigned)strtoul(numbers[0], NULL, 10);
    record->insertions = (unsigned)strtoul(numbers[1], NULL, 10);
    record->deletions = (unsigned)strtoul(numbers[2], NULL, 10);
}

static void set_paths(PostRecord *record, const char *value)
{
    g_auto(GStrv) paths = g_strsplit(value, ",", -1);

    record->path_count = g_strv_length(paths);
    record->paths = g_new(uint32_t, record->path_count);
    for (unsigned i = 0; i < record->path_count; i++)
        record->paths[i] = link_path(paths[i]);
}

/* "alice:a_title,bob:b_title" */
static void set_listed(PostRecord *record, const char *value)
{
    g_auto(GStrv) patches = g_strsplit(value, ",", -1);

    record->listed_count = g_strv_length(patches);
    record->listed = g_new(PostListed, record->listed_count);
    for (unsigned i = 0; i < record->listed_count; i++) {
        g_auto(GStrv) both = g_strsplit(patches[i], ":", 2);
        g_auto(PatchSubject) subject;

        both[0][0] = g_ascii_toupper(both[0][0]);
        g_strdelimit(both[1], "_", ' ');
        patch_subject_init(&subject, both[1], NULL);
        record->listed[i].author = link_author(both[0]);
        record->listed[i].title = link_title_digest(&subject);
    }
}

static void set_key(Posts *posts, PostRecord *record, const char *key,
                    const char *value)
{
    if (strcmp(key, "root") == 0)
        record->root_link = link_of(value);
    else if (strcmp(key, "author") == 0)
        record->author = number_of(posts, value);
    else if (strcmp(key, "kind") == 0)
        record->kind = record->kind_of_bot = (uint8_t)kind_named(value);
    else if (strcmp(key, "patch") == 0)
        record->patch_link = link_of(value);
    else if (strcmp(key, "change") == 0)
        record->change_link = link_of(value);
    else if (strcmp(key, "base") == 0)
        record->base_link = link_of(value);
    else if (strcmp(key, "tip") == 0)
        record->tip_link = link_of(value);
    else if (strcmp(key, "work") == 0)
        record->work_link = link_of(value);
    else if (strcmp(key, "opening") == 0)
        record->fields.opening_link = link_of(value);
    else if (strcmp(key, "lines") == 0)
        set_lines(record, value);
    else if (strcmp(key, "lists") == 0)
        set_listed(record, value);
    else if (strcmp(key, "names") == 0)
        set_names(record, value);
    else if (strcmp(key, "supersedes") == 0)
        record->supersedes_count = (unsigned)strtoul(value, NULL, 10);
    else if (strcmp(key, "credits") == 0)
        set_credits(posts, record, value);
    else if (strcmp(key, "notice") == 0) {
        record->notice = (uint8_t)strtoul(value, NULL, 10);
        record->kind = record->kind_of_bot = POST_NOTICE;
    } else if (strcmp(key, "back") == 0)
        record->notice = PATCH_NOTICE_WITHDRAWN;
    else if (strcmp(key, "parts") == 0)
        record->notice_parts = strtoull(value, NULL, 16);
    else if (strcmp(key, "stat") == 0)
        set_stat(record, value);
    else if (strcmp(key, "paths") == 0)
        set_paths(record, value);
    else if (strcmp(key, "own") == 0)
        record->flags &= ~(unsigned)POST_OWN_TEXT;
    else if (strcmp(key, "partial") == 0)
        record->flags |= POST_PARTIAL_CREDIT;
    else if (strcmp(key, "update") == 0)
        record->flags |= strcmp(value, "2") == 0
                             ? POST_MAY_UPDATE | POST_UPDATE_TITLED
                             : POST_MAY_UPDATE;
    else if (strcmp(key, "attached") == 0)
        record->fields.attached = (unsigned)atoi(value);
    else if (strcmp(key, "diff") == 0)
        record->flags |= POST_OWN_DIFF;
    else if (strcmp(key, "date") == 0)
        record->date = START_MS / 1000 + atoi(value) * 60;
    else
        g_error("unknown key %s", key);
}

static void set_keys(Posts *posts, PostRecord *record, const char *text)
{
    g_auto(GStrv) pairs = g_strsplit(text, " ", -1);

    for (char **pair = pairs; *pair != NULL; pair++) {
        g_auto(GStrv) both = g_strsplit(*pair, "=", 2);

        if (both[0] != NULL && both[1] != NULL)
            set_key(posts, record, both[0], both[1]);
    }
}

/* The mark comes of the id, so that it is the same in whatever order. */
static void set_mark(PostRecord *record)
{
    g_autofree char *digest =
        g_compute_checksum_for_string(G_CHECKSUM_SHA1, record->message_id, -1);

    for (unsigned i = 0; i < RECORD_MARK_BYTES; i++)
        record->mark[i] = (uint8_t)(g_ascii_xdigit_value(digest[2 * i]) << 4 |
                                    g_ascii_xdigit_value(digest[2 * i + 1]));
}

static void add_post(Posts *posts, const char *line, uint32_t number)
{
    g_auto(GStrv) halves = g_strsplit(line, " | ", 2);
    g_auto(GStrv) words = g_strsplit(halves[0], " ", 5);
    g_auto(PatchSubject) subject;
    PostRecord record = { .post = number, .flags = POST_OWN_TEXT };

    record.arrival_ms = START_MS + atoi(words[0]) * (int64_t)MS_PER_MINUTE;
    record.has_date = true;
    record.date = record.arrival_ms / 1000;
    record.message_id = g_strdup(words[1]);
    record.own_link = link_of(words[1]);
    record.sender = record.author = number_of(posts, words[2]);
    record.parent_link = link_of(words[3]);
    record.subject = g_strdup(words[4]);
    patch_subject_init(&subject, words[4], NULL);
    record.kind = record.kind_of_bot = (uint8_t)kind_of(&subject);
    set_mark(&record);
    if (halves[1] != NULL)
        set_keys(posts, &record, halves[1]);
    g_array_append_val(posts->records, record);
}

static int compare_records(gconstpointer one, gconstpointer other)
{
    return record_compare(one, other);
}

static void clear_record(gpointer record)
{
    record_post_clear(record);
}

static void shuffle(char **lines, unsigned seed)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);

    for (unsigned left = g_strv_length(lines); left > 1; left--) {
        const unsigned other = (unsigned)g_rand_int_range(random, 0, (int)left);
        char *line = lines[left - 1];

        lines[left - 1] = lines[other];
        lines[other] = line;
    }
}

Posts *posts_new(const char *text, unsigned seed, Identity *identity)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    Posts *posts = g_new0(Posts, 1);

    posts->records = g_array_new(FALSE, TRUE, sizeof(PostRecord));
    g_array_set_clear_func(posts->records, clear_record);
    posts->people = people_new(identity);
    posts->numbers =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (seed != 0)
        shuffle(lines, seed);
    for (unsigned i = 0; lines[i] != NULL; i++) {
        if (*lines[i] != '\0')
            add_post(posts, lines[i], i + 1);
    }
    g_array_sort(posts->records, compare_records);
    return posts;
}

void posts_free(Posts *posts)
{
    if (posts == NULL)
        return;
    g_array_unref(posts->records);
    people_free(posts->people);
    g_hash_table_unref(posts->numbers);
    g_free(posts);
}

Sets *posts_members(const Posts *posts)
{
    return sets_build_members_only(
        (const PostRecord *)(void *)posts->records->data, posts->records->len,
        posts->people, NULL);
}
