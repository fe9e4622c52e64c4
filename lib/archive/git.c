/* SPDX-License-Identifier: MIT */
/*
 * A public-inbox archive of one or several epochs. A thread reads ahead, so
 * that git's objects are unpacked on one core and mails parsed on another.
 */
#include <string.h>

#include "archive/epoch.h"
#include "archive/source.h"

#include "base/banned.h"

enum {
    MILLISECONDS = 1000,
    BATCH_MAILS = 64, /* handed over at once: waking a thread has its price */
    BATCH_BYTES = 1024 * 1024,
    BATCHES_MAX = 8,
};

/* Where a range begins or ends: a commit of an epoch. */
typedef struct Place {
    unsigned epoch;
    int64_t index; /* -1: before its first commit */
} Place;

typedef struct GitMail {
    git_odb_object *object; /* what mail.bytes are lent from; or NULL */
    ArchiveMail mail;
} GitMail;

typedef struct Git {
    /* Set by open and skip, before there is a thread. */
    char *path;
    GPtrArray *epochs; /* char *, paths, oldest first */
    uint64_t *pack_bytes;
    Epoch *first; /* walked by open, taken over by the thread */
    char *id;
    bool has_range;
    Place after, until;
    uint64_t skipped; /* rows up to this one are not handed over */
    int64_t skipped_arrival_ms;

    /* The thread's own. */
    uint64_t rows;
    int64_t last_arrival_ms;
    GArray *filling; /* GitMail */
    size_t filling_bytes;

    /* Under the lock. */
    GMutex lock;
    GCond changed;
    GQueue batches; /* GArray of GitMail */
    bool has_ended, must_stop;
    GError *failure;
    uint64_t listed;       /* commits of the epochs walked so far, */
    uint64_t listed_bytes; /* and the bytes of their packs */
    uint64_t unlisted_bytes;

    /* The reader's. */
    GThread *thread;
    GArray *batch;
    guint next_in_batch;
    uint64_t done;
} Git;

static void mail_clear(void *mail)
{
    git_odb_object_free(((GitMail *)mail)->object);
}

static GArray *batch_new(void)
{
    GArray *batch = g_array_new(FALSE, FALSE, sizeof(GitMail));
    g_array_set_clear_func(batch, mail_clear);
    return batch;
}

/* Hands the filled batch over; waits while the reader is behind. False if
 * nobody wants more. */
static bool hand_over(Git *git)
{
    g_mutex_lock(&git->lock);
    while (git->batches.length == BATCHES_MAX && !git->must_stop)
        g_cond_wait(&git->changed, &git->lock);
    g_queue_push_tail(&git->batches, git->filling);
    git->filling = batch_new();
    git->filling_bytes = 0;
    g_cond_broadcast(&git->changed);
    const bool goes_on = !git->must_stop;
    g_mutex_unlock(&git->lock);
    return goes_on;
}

/* Arrivals increase strictly along the whole chain, whatever is skipped. */
static void set_arrival(Git *git, const EpochCommit *commit)
{
    git->rows++;
    git->last_arrival_ms =
        MAX(commit->time * MILLISECONDS, git->last_arrival_ms + 1);
}

static bool refuse_changed(const Git *git, GError **error)
{
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_CHANGED,
                "%s: its history is not the one that was read before",
                git->path);
    return false;
}

/* public-inbox takes a mail out of an archive by writing its history anew:
 * then other commits lie in these rows, and some of them are new. */
static bool is_as_it_was(const Git *git, GError **error)
{
    return git->rows != git->skipped || git->skipped_arrival_ms == 0 ||
           git->last_arrival_ms == git->skipped_arrival_ms ||
           refuse_changed(git, error);
}

static bool is_wanted(const Git *git, unsigned epoch, int64_t index)
{
    if (git->rows <= git->skipped)
        return false;
    if (!git->has_range)
        return true;
    const bool is_after =
        epoch > git->after.epoch ||
        (epoch == git->after.epoch && index > git->after.index);
    const bool is_until =
        epoch < git->until.epoch ||
        (epoch == git->until.epoch && index <= git->until.index);
    return is_after && is_until;
}

static bool add_mail(Git *git, Epoch *epoch, int64_t index, GError **error)
{
    const EpochCommit *commit =
        &g_array_index(epoch->commits, EpochCommit, index);
    git_odb_object *object = NULL;
    bool is_cut = false;

    if (!epoch_read(epoch, (uint64_t)index, &object, &is_cut, error))
        return false;
    if (object == NULL && !is_cut)
        return true;
    GitMail entry = {
        .object = object,
        .mail = { .bytes = object != NULL ? git_odb_object_data(object) : "",
                  .length = object != NULL ? git_odb_object_size(object) : 0,
                  .is_cut = is_cut,
                  .row = git->rows,
                  .has_mark = true,
                  .has_arrival = true,
                  .arrival_ms = git->last_arrival_ms },
    };

    memcpy(entry.mail.mark, commit->id.id, sizeof(entry.mail.mark));
    g_array_append_val(git->filling, entry);
    git->filling_bytes += entry.mail.length;
    return true;
}

/* False at a failure, or when nobody wants more. */
static bool read_epoch(Git *git, unsigned number, Epoch *epoch, GError **error)
{
    for (guint i = 0; i < epoch->commits->len; i++) {
        set_arrival(git, &g_array_index(epoch->commits, EpochCommit, i));
        if (!is_as_it_was(git, error))
            return false;
        if (!is_wanted(git, number, i))
            continue;
        if (!add_mail(git, epoch, i, error))
            return false;
        const bool is_full = git->filling->len == BATCH_MAILS ||
                             git->filling_bytes >= BATCH_BYTES;
        if (is_full && !hand_over(git))
            return false;
    }
    return true;
}

static void count_epoch(Git *git, unsigned number, const Epoch *epoch)
{
    g_mutex_lock(&git->lock);
    git->listed += epoch->commits->len;
    git->listed_bytes += git->pack_bytes[number];
    git->unlisted_bytes -= git->pack_bytes[number];
    g_mutex_unlock(&git->lock);
}

static Epoch *open_epoch(Git *git, unsigned number, GError **error)
{
    g_autoptr(Epoch) epoch =
        git->first != NULL && number == 0
            ? g_steal_pointer(&git->first)
            : epoch_open(git->epochs->pdata[number], error);

    if (epoch == NULL || !epoch_walk(epoch, error))
        return NULL;
    if (number > 0)
        count_epoch(git, number, epoch);
    return g_steal_pointer(&epoch);
}

static gpointer read_ahead(gpointer data)
{
    Git *git = data;
    GError *failure = NULL;
    const unsigned last =
        git->has_range ? git->until.epoch : git->epochs->len - 1;
    bool goes_on = true;

    for (unsigned i = 0; i <= last && goes_on; i++) {
        g_autoptr(Epoch) epoch = open_epoch(git, i, &failure);
        goes_on = epoch != NULL && read_epoch(git, i, epoch, &failure);
    }
    if (goes_on && git->rows < git->skipped && !git->has_range)
        (void)refuse_changed(git, &failure);
    (void)hand_over(git);
    g_mutex_lock(&git->lock);
    git->failure = failure;
    git->has_ended = true;
    g_cond_broadcast(&git->changed);
    g_mutex_unlock(&git->lock);
    return NULL;
}

/* The next batch that holds a mail; NULL at the end. */
static GArray *take_batch(Git *git, GError **error)
{
    g_mutex_lock(&git->lock);
    while (git->batches.length == 0 && !git->has_ended)
        g_cond_wait(&git->changed, &git->lock);
    GArray *batch = g_queue_pop_head(&git->batches);
    if (batch == NULL && git->failure != NULL)
        g_propagate_error(error, g_steal_pointer(&git->failure));
    g_cond_broadcast(&git->changed);
    g_mutex_unlock(&git->lock);
    return batch;
}

static void drop_batch(Git *git)
{
    if (git->batch != NULL)
        g_array_unref(git->batch);
    git->batch = NULL;
}

static bool git_next(void *self, ArchiveMail *mail, GError **error)
{
    Git *git = self;

    if (git->thread == NULL)
        git->thread = g_thread_new("archive", read_ahead, git);
    while (git->batch == NULL || git->next_in_batch == git->batch->len) {
        drop_batch(git);
        git->batch = take_batch(git, error);
        git->next_in_batch = 0;
        if (git->batch == NULL)
            return false;
    }
    *mail = g_array_index(git->batch, GitMail, git->next_in_batch++).mail;
    git->done = git->has_range ? git->done + 1 : mail->row;
    return true;
}

static bool git_skip(void *self, uint64_t row, int64_t last_arrival_ms,
                     GError **error)
{
    Git *git = self;

    (void)error;
    git->skipped = row;
    git->skipped_arrival_ms = last_arrival_ms;
    git->done = git->has_range ? 0 : row;
    return true;
}

/* The commits listed, and for those that are not as many as their bytes let
 * expect. */
static uint64_t estimate_total(Git *git)
{
    g_mutex_lock(&git->lock);
    const uint64_t mail_bytes =
        git->listed > 0 ? git->listed_bytes / git->listed : 0;
    const uint64_t total =
        git->listed + (mail_bytes > 0 ? git->unlisted_bytes / mail_bytes : 0);
    g_mutex_unlock(&git->lock);
    return total;
}

/* Of a range, mails handed over; its size is known within one epoch. */
static void git_progress(void *self, uint64_t *done, uint64_t *total)
{
    Git *git = self;
    const bool is_within_one = git->after.epoch == git->until.epoch;

    *done = git->done;
    if (!git->has_range)
        *total = estimate_total(git);
    else
        *total =
            is_within_one ? (uint64_t)(git->until.index - git->after.index) : 0;
}

static const char *git_id(void *self)
{
    return ((const Git *)self)->id;
}

static void git_free(void *self)
{
    Git *git = self;

    g_mutex_lock(&git->lock);
    git->must_stop = true;
    g_cond_broadcast(&git->changed);
    g_mutex_unlock(&git->lock);
    if (git->thread != NULL)
        g_thread_join(git->thread);
    g_queue_clear_full(&git->batches, (GDestroyNotify)g_array_unref);
    drop_batch(git);
    g_clear_error(&git->failure);
    g_array_unref(git->filling);
    epoch_free(git->first);
    g_ptr_array_unref(git->epochs);
    g_free(git->pack_bytes);
    g_free(git->path);
    g_free(git->id);
    g_mutex_clear(&git->lock);
    g_cond_clear(&git->changed);
    g_free(git);
}

/* --- opening ---------------------------------------------------------- */

static bool is_epoch_name(const char *name)
{
    const size_t digits = strspn(name, "0123456789");
    return digits > 0 && digits < 10 && strcmp(name + digits, ".git") == 0;
}

static int compare_epochs(const void *a, const void *b)
{
    const char *left = strrchr(*(char *const *)a, '/') + 1;
    const char *right = strrchr(*(char *const *)b, '/') + 1;
    const guint64 left_number = g_ascii_strtoull(left, NULL, 10);
    const guint64 right_number = g_ascii_strtoull(right, NULL, 10);

    return (left_number > right_number) - (left_number < right_number);
}

static void add_epochs(GPtrArray *epochs, const char *folder)
{
    g_autoptr(GDir) listing = g_dir_open(folder, 0, NULL);

    for (const char *name = listing != NULL ? g_dir_read_name(listing) : NULL;
         name != NULL; name = g_dir_read_name(listing)) {
        g_autofree char *epoch = g_build_filename(folder, name, NULL);
        if (is_epoch_name(name) && epoch_is_at(epoch))
            g_ptr_array_add(epochs, g_steal_pointer(&epoch));
    }
    g_ptr_array_sort(epochs, compare_epochs);
}

/* The repository at path, else its epochs in path/git or in path. */
static GPtrArray *find_epochs(const char *path)
{
    GPtrArray *epochs = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *inside = g_build_filename(path, "git", NULL);

    if (epoch_is_at(path))
        g_ptr_array_add(epochs, g_strdup(path));
    if (epochs->len == 0)
        add_epochs(epochs, inside);
    if (epochs->len == 0)
        add_epochs(epochs, path);
    return epochs;
}

bool git_is_at(const char *path)
{
    g_autoptr(GPtrArray) epochs = find_epochs(path);
    return epochs->len > 0;
}

/* Looks a revision up, in the newest epoch first; a place before everything
 * for "" as the start. */
static bool find_place(const Git *git, const char *revision, Place *place,
                       GError **error)
{
    for (unsigned i = git->epochs->len; i-- > 0;) {
        g_autoptr(Epoch) epoch = epoch_open(git->epochs->pdata[i], error);
        if (epoch == NULL || !epoch_walk(epoch, error))
            return false;
        *place = (Place){ i, epoch_find(epoch, revision) };
        if (place->index >= 0)
            return true;
    }
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_RANGE,
                "%s: %s names no commit of this archive", git->path, revision);
    return false;
}

static bool read_range(Git *git, const char *range, GError **error)
{
    g_auto(GStrv) ends = g_strsplit(range, "..", 2);

    if (g_strv_length(ends) != 2 || *ends[1] == '.') {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_RANGE,
                    "%s: is no range: A..B takes the mails after commit A up "
                    "to and with B",
                    range);
        return false;
    }
    git->has_range = true;
    git->after = (Place){ 0, -1 };
    if ((*ends[0] != '\0' && !find_place(git, ends[0], &git->after, error)) ||
        !find_place(git, *ends[1] != '\0' ? ends[1] : "HEAD", &git->until,
                    error))
        return false;
    if (git->after.epoch < git->until.epoch ||
        (git->after.epoch == git->until.epoch &&
         git->after.index <= git->until.index))
        return true;
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_RANGE,
                "%s: %s comes after %s: turn them round", git->path, ends[0],
                *ends[1] != '\0' ? ends[1] : "the last commit");
    return false;
}

/* The oldest epoch names the archive. */
static bool open_first(Git *git, GError **error)
{
    char digits[GIT_OID_HEXSZ + 1];

    git->first = epoch_open(git->epochs->pdata[0], error);
    if (git->first == NULL || !epoch_walk(git->first, error))
        return false;
    if (git->first->is_empty && git->epochs->len == 1) {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                    "%s: is a git repository without a commit: is the clone "
                    "complete?",
                    git->path);
        return false;
    }
    count_epoch(git, 0, git->first);
    if (git->first->is_empty || epoch_is_shallow(git->first))
        return true;
    const EpochCommit *root =
        &g_array_index(git->first->commits, EpochCommit, 0);
    git->id = g_strconcat(
        "git:", git_oid_tostr(digits, sizeof(digits), &root->id), NULL);
    return true;
}

static Git *git_new(const char *path)
{
    Git *git = g_new0(Git, 1);

    git->path = g_strdup(path);
    git->epochs = find_epochs(path);
    git->pack_bytes = g_new0(uint64_t, git->epochs->len);
    for (unsigned i = 0; i < git->epochs->len; i++) {
        git->pack_bytes[i] = epoch_pack_bytes(git->epochs->pdata[i]);
        git->unlisted_bytes += git->pack_bytes[i];
    }
    git->filling = batch_new();
    g_mutex_init(&git->lock);
    g_cond_init(&git->changed);
    return git;
}

void *git_open(const char *path, const char *range, GError **error)
{
    Git *git = git_new(path);

    if (!open_first(git, error) ||
        (range != NULL && !read_range(git, range, error))) {
        git_free(git);
        return NULL;
    }
    if (range != NULL) /* its rows mean nothing to a whole reading */
        g_clear_pointer(&git->id, g_free);
    return git;
}

const ArchiveSource archive_git = {
    .kind = "git",
    .next = git_next,
    .skip = git_skip,
    .progress = git_progress,
    .id = git_id,
    .free = git_free,
};
