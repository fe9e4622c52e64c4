/* SPDX-License-Identifier: MIT */
#include "patch/commit.h"

#include <glib.h>

#include "base/banned.h"

enum {
    COMMIT_DIGITS_MIN = 12,
    REACH = 16, /* lines below the first one, blank ones aside */
};

static PatchLine first_line(PatchText text)
{
    PatchLine line = patch_line_at(text, 0);

    while (line.offset < text.length && patch_line_is_blank(&line))
        line = patch_line_after(text, &line);
    return line;
}

static bool holds(const PatchLine *line, const char *what)
{
    return g_strstr_len(line->at, (gssize)line->length, what) != NULL;
}

/* A whole id of a commit somewhere in it, as in a link. */
static bool holds_id(const PatchLine *line)
{
    for (size_t i = 0; i < line->length; i++) {
        const PatchLine rest = patch_line_from(line, i);
        const size_t digits = patch_line_hex_digits(&rest);

        if (digits >= COMMIT_DIGITS_MIN)
            return true;
        i += digits;
    }
    return false;
}

/* "commit 0123...", also as "commit r15-12-g0123...". */
static bool is_commit(const PatchLine *line)
{
    PatchLine rest = *line;

    return patch_line_take(&rest, "commit ") && holds_id(&rest);
}

static bool is_link(const PatchLine *line)
{
    return (patch_line_starts(line, "http://") ||
            patch_line_starts(line, "https://") ||
            patch_line_starts(line, "URL: http")) &&
           holds_id(line);
}

/* Of the lines that come next one fits: it begins so, blanks aside. */
static bool comes_soon(PatchText text, PatchLine line, const char *start,
                       PatchLine *found)
{
    for (unsigned seen = 0; seen < REACH && line.offset < text.length;) {
        line = patch_line_after(text, &line);
        *found = patch_line_trim(&line);
        if (patch_line_starts(found, start))
            return true;
        seen += found->length > 0;
    }
    return false;
}

/* --- git ----------------------------------------------------------------- */

/* "commit 0123..." and "Author: Ada <a@b>" below it, as git log has them. */
static bool has_commit(PatchText text, PatchLine line, PatchLine *author)
{
    PatchLine commit = line;

    if (!is_commit(&line) &&
        !(comes_soon(text, line, "commit ", &commit) && is_commit(&commit)))
        return false;
    return comes_soon(text, commit, "Author:", author) ||
           comes_soon(text, commit, "from:", author);
}

/* Where a branch is named, or the commit's page: only programs do. */
static bool names_branch(const PatchLine *line)
{
    return patch_line_starts(line, "branch: ") ||
           (patch_line_starts(line, "The branch ") &&
            holds(line, " has been updated")) ||
           holds(line, ": branch refs/heads/");
}

static bool is_of_git(PatchText text, const PatchLine *first,
                      const char *sender)
{
    PatchLine author;

    if (!is_commit(first) && !is_link(first) && !names_branch(first))
        return false;
    if (!has_commit(text, *first, &author))
        return false;
    if (!is_commit(first))
        return true;
    return *sender != '\0' && patch_line_find(&author, '@') < author.length &&
           g_strstr_len(author.at, (gssize)author.length, sender) == NULL;
}

/* --- all ----------------------------------------------------------------- */

typedef struct Form {
    const char *start; /* of the first line, */
    const char *holds; /* what it holds as well, */
    const char *below; /* and how one of the next lines begins */
} Form;

static const Form forms[] = {
    /* git's post-receive-email, git-multimail, Apache's */
    { "This is an automated email from the ", "", "" },
    /* Subversion's mailer and LLVM's, which kept its form */
    { "Author: ", "", "New Revision: " },
    /* FFmpeg's */
    { "", " | branch: ", "" },
    /* Mercurial's notify */
    { "details: ", "", "changeset: " },
    { "changeset ", " in ", "details: " },
    { "changeset ", " in ", "diffstat" },
    { "CVSROOT:", "", "Module name:" },
};

static bool has_form(PatchText text, const PatchLine *first, const Form *form)
{
    PatchLine found;

    return patch_line_starts(first, form->start) && holds(first, form->holds) &&
           (*form->below == '\0' ||
            comes_soon(text, *first, form->below, &found));
}

bool patch_commit_is_told(PatchText text, const char *sender)
{
    PatchLine first = first_line(text);

    first = patch_line_trim(&first);
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
        if (has_form(text, &first, &forms[i]))
            return true;
    return is_of_git(text, &first, sender);
}
