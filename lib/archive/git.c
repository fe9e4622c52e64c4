/* SPDX-License-Identifier: MIT */
/*
 * A public-inbox archive of one or several epochs. A thread reads ahead, so
 * that git's objects are unpacked on one core and mails parsed on another.
 */
#include <string.h>

#include "archive/epoch.h"
#include "archive/source.h"
#include "base/hex.h"

#include "base/banned.h"

enum {
    MILLISECONDS = 1000,
    BATCH_MAILS = 64, /* handed over at once: waking a thread has its price */
    BATCH_BYTES = 1024 * 1024,
    BATCHES_MAX = 8,
    /* After a pause as long as this no arrival is ahead of its commit's time
     * for the number of commits before it, of up to ten million. */
    PAUSE_SECONDS = 10000,
};

/* Where a range begins or ends: a commit of an epoch. */
typedef struct Place {
    unsigned epoch;
    int64_t index; /* -1: before its first commit */
} Place;

typedef struct GitMail {
    GBytes *bytes; /* what mail.bytes are lent from; or NULL */
    char *trouble; /* what mail.trouble is lent from; or NULL */
    ArchiveMail mail;
} GitMail;

typedef struct Git {
    /* Set by open and skip, before there is a thread. */
    char *path;
    GPtrArray *epochs; /* char *, paths, oldest first */
    uint64_t *pack_bytes;
    Epoch **walked; /* by open, one an epoch or NULL; the thread takes them */
    Place start;    /* the thread reads what comes after */
    char *id;
    char *warning;
    bool has_range;
    Place after, until;
    ArchivePlace skipped; /* rows up to this one are not handed over */

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
    g_bytes_unref(((GitMail *)mail)->bytes);
    g_free(((GitMail *)mail)->trouble);
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
static bool is_as_it_was(const Git *git, const EpochCommit *commit,
                         GError **error)
{
    const ArchivePlace *place = &git->skipped;

    if (git->rows != place->row)
        return true;
    const bool is_same_commit =
        !place->has_mark ||
        memcmp(place->mark, commit->id.bytes, sizeof(place->mark)) == 0;
    const bool is_same_arrival =
        place->arrival_ms == 0 || place->arrival_ms == git->last_arrival_ms;
    return (is_same_commit && is_same_arrival) || refuse_changed(git, error);
}

static bool is_wanted(const Git *git, unsigned epoch, int64_t index)
{
    if (git->rows <= git->skipped.row)
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

static void add_trouble(Git *git, const GError *failure)
{
    GitMail entry = { .trouble = g_strdup(failure->message) };

    entry.mail.trouble = entry.trouble;
    entry.mail.row = git->rows;
    g_array_append_val(git->filling, entry);
}

/* A file d is the mail that public-inbox-learn took back, an empty m one that
 * public-inbox-purge took out of the history. */
static void add_removal(Git *git, Epoch *epoch, int64_t index, bool is_purged)
{
    GBytes *removed =
        is_purged ? NULL : epoch_read_removed(epoch, (uint64_t)index);
    GitMail entry = {
        .bytes = removed,
        .mail = { .bytes = "",
                  .is_taken_back = true,
                  .row = git->rows,
                  .has_arrival = true,
                  .arrival_ms = git->last_arrival_ms },
    };

    if (removed == NULL && !is_purged)
        return;
    if (removed != NULL)
        entry.mail.bytes = g_bytes_get_data(removed, &entry.mail.length);
    g_array_append_val(git->filling, entry);
}

static void add_mail(Git *git, Epoch *epoch, int64_t index)
{
    const EpochCommit *commit =
        &g_array_index(epoch->commits, EpochCommit, index);
    g_autoptr(GBytes) bytes = NULL;
    bool is_cut = false;
    g_autoptr(GError) failure = NULL;

    if (!epoch_read(epoch, (uint64_t)index, &bytes, &is_cut, &failure)) {
        add_trouble(git, failure);
        return;
    }
    /* public-inbox-purge leaves an empty m */
    const bool is_purged = bytes != NULL && g_bytes_get_size(bytes) == 0;
    if (is_purged)
        g_clear_pointer(&bytes, g_bytes_unref);
    if (bytes == NULL && !is_cut) {
        add_removal(git, epoch, index, is_purged);
        return;
    }
    GitMail entry = {
        .mail = { .bytes = bytes != NULL ? g_bytes_get_data(bytes, NULL) : "",
                  .length = bytes != NULL ? g_bytes_get_size(bytes) : 0,
                  .is_cut = is_cut,
                  .row = git->rows,
                  .has_mark = true,
                  .has_arrival = true,
                  .arrival_ms = git->last_arrival_ms },
    };

    entry.bytes = g_steal_pointer(&bytes);
    memcpy(entry.mail.mark, commit->id.bytes, sizeof(entry.mail.mark));
    g_array_append_val(git->filling, entry);
    git->filling_bytes += entry.mail.length;
}

/* False at a failure, or when nobody wants more. */
static bool read_epoch(Git *git, unsigned number, Epoch *epoch, GError **error)
{
    const guint first =
        number == git->start.epoch ? (guint)(git->start.index + 1) : 0;

    for (guint i = first; i < epoch->commits->len; i++) {
        const EpochCommit *commit =
            &g_array_index(epoch->commits, EpochCommit, i);

        set_arrival(git, commit);
        if (!is_as_it_was(git, commit, error))
            return false;
        if (!is_wanted(git, number, i))
            continue;
        add_mail(git, epoch, i);
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
    const bool is_walked = git->walked[number] != NULL;
    g_autoptr(Epoch) epoch =
        is_walked ? g_steal_pointer(&git->walked[number])
                  : epoch_open(git->epochs->pdata[number], error);

    if (epoch == NULL || !epoch_walk(epoch, error))
        return NULL;
    if (!is_walked)
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

    for (unsigned i = git->start.epoch; i <= last && goes_on; i++) {
        g_autoptr(Epoch) epoch = open_epoch(git, i, &failure);
        goes_on = epoch != NULL && read_epoch(git, i, epoch, &failure);
    }
    if (goes_on && git->rows < git->skipped.row && !git->has_range)
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

static bool git_skip(void *self, const ArchivePlace *place, GError **error)
{
    Git *git = self;

    (void)error;
    git->skipped = *place;
    git->done = git->has_range ? 0 : place->row;
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

static const char *git_warning(void *self)
{
    return ((const Git *)self)->warning;
}

/* Those from this number on. */
static void drop_walked(Git *git, unsigned number)
{
    for (unsigned i = number; i < git->epochs->len; i++)
        g_clear_pointer(&git->walked[i], epoch_free);
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
    drop_walked(git, 0);
    g_free(git->walked);
    g_ptr_array_unref(git->epochs);
    g_free(git->pack_bytes);
    g_free(git->path);
    g_free(git->id);
    g_free(git->warning);
    g_mutex_clear(&git->lock);
    g_cond_clear(&git->changed);
    g_free(git);
}

/* --- opening ---------------------------------------------------------- */

bool git_is_epoch_name(const char *name)
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
        if (git_is_epoch_name(name) && epoch_is_at(epoch))
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

/* --- ranges ----------------------------------------------------------- */

/* The ends of a range while its epochs are looked through, newest first. */
typedef struct RangeSearch {
    const char *after_name, *until_name; /* "" as after: from the start */
    Place after, until;
    bool has_after, has_until; /* found in this epoch or a newer one */
    /* In the epoch that is walked: */
    ObjectId after_id, until_id;
    bool wants_after, wants_until; /* it has a commit of this name */
} RangeSearch;

/* The two oldest of the commits listed so far lie so far apart that arrivals
 * can be reckoned from here on. */
static bool is_after_pause(const GArray *commits)
{
    if (commits->len < 2)
        return false;
    const EpochCommit *older =
        &g_array_index(commits, EpochCommit, commits->len - 1);
    const EpochCommit *newer =
        &g_array_index(commits, EpochCommit, commits->len - 2);
    return newer->time - older->time > PAUSE_SECONDS;
}

/* No older commit is needed once both ends were met, and then a pause. */
static bool is_range_listed(const GArray *commits, void *data)
{
    RangeSearch *search = data;
    const EpochCommit *commit =
        &g_array_index(commits, EpochCommit, commits->len - 1);

    if (search->wants_after && epoch_is_same(&commit->id, &search->after_id))
        search->has_after = true;
    if (search->wants_until && epoch_is_same(&commit->id, &search->until_id))
        search->has_until = true;
    return search->has_after && search->has_until && is_after_pause(commits);
}

/* Sets the places of the ends that lie in this epoch. */
static void take_ends(RangeSearch *search, unsigned number, const Epoch *epoch)
{
    if (search->wants_after) {
        search->after = (Place){ number, epoch_find(epoch, &search->after_id) };
        search->has_after = search->after.index >= 0;
    }
    if (search->wants_until) {
        search->until = (Place){ number, epoch_find(epoch, &search->until_id) };
        search->has_until = search->until.index >= 0;
    }
}

/* Looks for the ends in one epoch, and keeps it where it has to be read. */
static bool search_epoch(Git *git, RangeSearch *search, unsigned number,
                         GError **error)
{
    g_autoptr(Epoch) epoch = epoch_open(git->epochs->pdata[number], error);
    if (epoch == NULL)
        return false;
    search->wants_after =
        !search->has_after &&
        epoch_resolve(epoch, search->after_name, &search->after_id);
    search->wants_until =
        !search->has_until &&
        epoch_resolve(epoch, search->until_name, &search->until_id);
    if (!search->wants_after && !search->wants_until)
        return true;
    if (!epoch_walk_until(epoch, is_range_listed, search, error))
        return false;
    take_ends(search, number, epoch);
    count_epoch(git, number, epoch);
    git->walked[number] = g_steal_pointer(&epoch);
    return true;
}

static bool refuse_revision(const Git *git, const char *revision,
                            GError **error)
{
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_RANGE,
                "%s: %s names no commit of this archive", git->path, revision);
    return false;
}

static bool search_range(Git *git, RangeSearch *search, GError **error)
{
    const bool is_from_start = *search->after_name == '\0';

    for (unsigned i = git->epochs->len; i-- > 0;) {
        if (!search_epoch(git, search, i, error))
            return false;
        if (search->has_until && (search->has_after || is_from_start))
            break;
    }
    if (!search->has_after && !is_from_start)
        return refuse_revision(git, search->after_name, error);
    return search->has_until || refuse_revision(git, search->until_name, error);
}

/* Reads from the epoch where the range begins, if arrivals can be reckoned
 * there; else from the first, for the arrivals alone. */
static void set_range(Git *git, const RangeSearch *search)
{
    const Epoch *first = git->walked[search->after.epoch];

    git->has_range = true;
    git->after = search->after;
    git->until = search->until;
    if (search->has_after && first != NULL && first->is_partial)
        git->start = (Place){ search->after.epoch, -1 };
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
    RangeSearch search = {
        .after_name = ends[0],
        .until_name = *ends[1] != '\0' ? ends[1] : "HEAD",
        .after = { 0, -1 },
    };
    if (!search_range(git, &search, error))
        return false;
    set_range(git, &search);
    if (git->after.epoch < git->until.epoch ||
        (git->after.epoch == git->until.epoch &&
         git->after.index <= git->until.index))
        return true;
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_RANGE,
                "%s: %s comes after %s: turn them round", git->path, ends[0],
                search.until_name);
    return false;
}

/* --- going on from a known place -------------------------------------- */

typedef struct KnownSearch {
    const GArray *known;
    const ArchivePlace *found;
} KnownSearch;

static bool is_known(const GArray *commits, void *data)
{
    KnownSearch *search = data;
    const EpochCommit *commit =
        &g_array_index(commits, EpochCommit, commits->len - 1);

    for (guint i = 0; i < search->known->len && search->found == NULL; i++) {
        const ArchivePlace *place =
            &g_array_index(search->known, ArchivePlace, i);
        if (place->has_mark &&
            memcmp(place->mark, commit->id.bytes, sizeof(place->mark)) == 0)
            search->found = place;
    }
    return search->found != NULL;
}

/* The epochs from this one on were walked, it down to the known place. */
static void start_at(Git *git, unsigned number, const ArchivePlace *place)
{
    git->id = g_strdup(place->id);
    git->start = (Place){ number, 0 };
    git->rows = place->row;
    git->last_arrival_ms = place->arrival_ms;
    git->listed = place->row;
    git->listed_bytes = 0;
    git->unlisted_bytes = 0;
    for (unsigned i = number; i < git->epochs->len; i++)
        git->listed += git->walked[i]->commits->len;
    git->listed--; /* the known commit itself */
}

/* Walks back from the newest commit to one that is known. Returns false where
 * none is met or an epoch cannot be read: then all of it has to be read, and
 * that tells what is wrong. */
static bool find_known(Git *git, const GArray *known)
{
    KnownSearch search = { .known = known };

    if (known->len == 0)
        return false;
    for (unsigned i = git->epochs->len; i-- > 0;) {
        git->walked[i] = epoch_open(git->epochs->pdata[i], NULL);
        if (git->walked[i] == NULL ||
            !epoch_walk_until(git->walked[i], is_known, &search, NULL)) {
            drop_walked(git, 0);
            return false;
        }
        if (search.found != NULL) {
            start_at(git, i, search.found);
            return true;
        }
    }
    drop_walked(git, 1); /* the first one was walked to its root */
    return false;
}

/* --- opening ---------------------------------------------------------- */

/* The oldest epoch names the archive. */
static bool open_first(Git *git, GError **error)
{
    char digits[2 * OBJECT_ID_BYTES + 1];
    Epoch *first = git->walked[0];

    if (first == NULL)
        first = git->walked[0] = epoch_open(git->epochs->pdata[0], error);
    if (first == NULL || !epoch_walk(first, error))
        return false;
    if (first->is_empty && git->epochs->len == 1) {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                    "%s: is a git repository without a commit: is the clone "
                    "complete?",
                    git->path);
        return false;
    }
    count_epoch(git, 0, first);
    if (first->is_empty || epoch_is_shallow(first))
        return true;
    const EpochCommit *root = &g_array_index(first->commits, EpochCommit, 0);
    hex_encode(root->id.bytes, sizeof(root->id.bytes), digits);
    git->id = g_strconcat("git:", digits, NULL);
    return true;
}

static Git *git_new(const char *path)
{
    Git *git = g_new0(Git, 1);

    git->path = g_strdup(path);
    git->start = (Place){ 0, -1 };
    git->epochs = find_epochs(path);
    git->walked = g_new0(Epoch *, git->epochs->len);
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

/* Of the newest epoch, which alone grows. */
static char *warning_of(const Git *git)
{
    g_autoptr(Epoch) newest =
        epoch_open(git->epochs->pdata[git->epochs->len - 1], NULL);

    return newest != NULL ? epoch_warning(newest) : NULL;
}

char *git_complaint(const char *path)
{
    return epoch_complaint(path);
}

/* The rows of a range mean nothing to a whole reading: it has no id. */
static bool open_epochs(Git *git, const char *range, const GArray *known,
                        GError **error)
{
    if (range != NULL)
        return read_range(git, range, error);
    return (known != NULL && find_known(git, known)) || open_first(git, error);
}

void *git_open(const char *path, const char *range, const GArray *known,
               GError **error)
{
    Git *git = git_new(path);

    if (open_epochs(git, range, known, error)) {
        git->warning = warning_of(git);
        return git;
    }
    git_free(git);
    return NULL;
}

const ArchiveSource archive_git = {
    .kind = "git",
    .next = git_next,
    .skip = git_skip,
    .progress = git_progress,
    .id = git_id,
    .warning = git_warning,
    .free = git_free,
};
