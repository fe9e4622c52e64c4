/* SPDX-License-Identifier: MIT */
/*
 * libgit2 brings TLS, SSH and Kerberos with it, which take half of the time in
 * which the program starts; only archives and mailmaps need it.
 */
#include "command/lazy.h"

#include "config.h"

#include <git2.h>
#ifdef HAVE_GIT2_SYS_ERRORS_H
#include <git2/sys/errors.h> /* git_error_clear */
#endif
#include <stdarg.h>

#include "base/banned.h"

static LazyLibrary library = { .soname = LIBGIT2_SONAME };

LAZY(void, git_branch_iterator_free, (git_branch_iterator * iter), (iter))
LAZY(int, git_branch_iterator_new,
     (git_branch_iterator * *out, git_repository *repo,
      git_branch_t list_flags),
     (out, repo, list_flags))
LAZY(int, git_branch_next,
     (git_reference * *out, git_branch_t *out_type, git_branch_iterator *iter),
     (out, out_type, iter))
LAZY(void, git_commit_free, (git_commit * commit), (commit))
LAZY(int, git_commit_lookup,
     (git_commit * *commit, git_repository *repo, const git_oid *id),
     (commit, repo, id))
LAZY(const git_oid *, git_commit_parent_id,
     (const git_commit *commit, unsigned int n), (commit, n))
LAZY(unsigned int, git_commit_parentcount, (const git_commit *commit), (commit))
LAZY(git_time_t, git_commit_time, (const git_commit *commit), (commit))
LAZY(int, git_commit_tree, (git_tree * *tree_out, const git_commit *commit),
     (tree_out, commit))
LAZY(const git_oid *, git_commit_tree_id, (const git_commit *commit), (commit))
LAZY(void, git_error_clear, (void), ())
LAZY(const git_error *, git_error_last, (void), ())
LAZY(int, git_graph_descendant_of,
     (git_repository * repo, const git_oid *commit, const git_oid *ancestor),
     (repo, commit, ancestor))
LAZY(int, git_libgit2_init, (void), ())
LAZY(int, git_libgit2_shutdown, (void), ())
LAZY(int, git_mailmap_add_entry,
     (git_mailmap * mm, const char *real_name, const char *real_email,
      const char *replace_name, const char *replace_email),
     (mm, real_name, real_email, replace_name, replace_email))
LAZY(void, git_mailmap_free, (git_mailmap * mm), (mm))
LAZY(int, git_mailmap_new, (git_mailmap * *out), (out))
LAZY(int, git_mailmap_resolve,
     (const char **real_name, const char **real_email, const git_mailmap *mm,
      const char *name, const char *email),
     (real_name, real_email, mm, name, email))
LAZY(void, git_object_free, (git_object * object), (object))
LAZY(const git_oid *, git_object_id, (const git_object *obj), (obj))
LAZY(int, git_object_peel,
     (git_object * *peeled, const git_object *object, git_object_t target_type),
     (peeled, object, target_type))
LAZY(void, git_odb_free, (git_odb * db), (db))
LAZY(const void *, git_odb_object_data, (git_odb_object * object), (object))
LAZY(void, git_odb_object_free, (git_odb_object * object), (object))
LAZY(size_t, git_odb_object_size, (git_odb_object * object), (object))
LAZY(int, git_odb_read, (git_odb_object * *out, git_odb *db, const git_oid *id),
     (out, db, id))
LAZY(int, git_odb_read_header,
     (size_t * len_out, git_object_t *type_out, git_odb *db, const git_oid *id),
     (len_out, type_out, db, id))
LAZY(int, git_oid_equal, (const git_oid *a, const git_oid *b), (a, b))
LAZY(char *, git_oid_tostr, (char *out, size_t n, const git_oid *id),
     (out, n, id))
LAZY(void, git_reference_free, (git_reference * ref), (ref))
LAZY(const char *, git_reference_name, (const git_reference *ref), (ref))
LAZY(int, git_reference_name_to_id,
     (git_oid * out, git_repository *repo, const char *name), (out, repo, name))
LAZY(const git_oid *, git_reference_target, (const git_reference *ref), (ref))
LAZY(void, git_repository_free, (git_repository * repo), (repo))
LAZY(int, git_repository_is_shallow, (git_repository * repo), (repo))
LAZY(int, git_repository_odb, (git_odb * *out, git_repository *repo),
     (out, repo))
LAZY(int, git_repository_open_ext,
     (git_repository * *out, const char *path, unsigned int flags,
      const char *ceiling_dirs),
     (out, path, flags, ceiling_dirs))
LAZY(int, git_revparse_single,
     (git_object * *out, git_repository *repo, const char *spec),
     (out, repo, spec))
LAZY(const git_tree_entry *, git_tree_entry_byname,
     (const git_tree *tree, const char *filename), (tree, filename))
LAZY(const git_oid *, git_tree_entry_id, (const git_tree_entry *entry), (entry))
LAZY(const git_tree_entry *, git_tree_entry_byindex,
     (const git_tree *tree, size_t idx), (tree, idx))
LAZY(const char *, git_tree_entry_name, (const git_tree_entry *entry), (entry))
LAZY(git_object_t, git_tree_entry_type, (const git_tree_entry *entry), (entry))
LAZY(size_t, git_tree_entrycount, (const git_tree *tree), (tree))
LAZY(void, git_tree_free, (git_tree * tree), (tree))
LAZY(int, git_tree_lookup,
     (git_tree * *out, git_repository *repo, const git_oid *id),
     (out, repo, id))

/* All options that are set here take one number. */
int git_libgit2_opts(int option, ...)
{
    __typeof__(&git_libgit2_opts) function =
        (__typeof__(function))lazy_find(&library, "git_libgit2_opts");
    va_list arguments;

    va_start(arguments, option);
    const int value = va_arg(arguments, int);
    va_end(arguments);
    return function(option, value);
}
