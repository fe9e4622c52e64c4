/* SPDX-License-Identifier: MIT */
/*
 * Reads a mail's text: in-body headers, commit message, trailers, diffstat,
 * diff. Quoted lines ("> ") never count. Total: any text gives a result. The
 * rules are those of git-am, git-interpret-trailers and diffstat.
 */
#pragma once

#include "patch/diffstat.h"
#include "patch/shortlog.h"
#include "patch/sketch.h"
#include "patch/trailer.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct PatchBody {
    char *from;            /* in-body From: value, raw with its leading blank,
                              unfolded; NULL if none */
    char *subject;         /* in-body Subject: value or NULL */
    char *date;            /* in-body Date: value or NULL */
    size_t message_start;  /* offset of the text after in-body headers */
    size_t message_end;    /* ... of the first diff of any style or signature */
    size_t classic_end;    /* ... of the first line "diff --git " or "-- " */
    bool has_classic_end;  /* one of the two was found */
    size_t notes_start;    /* ... after the "---" line, or message_end */
    bool starts_quoted;    /* the first line that is not blank is quoted or an
                              attribution ("On ... wrote:") */
    bool has_quote;        /* any quoted line or copied mail in the text */
    bool has_text;         /* own text beyond trailers, diffstat, shortlog */
    bool has_diff;         /* unquoted diff header of any style */
    bool has_hunk;         /* ... with a hunk (or binary patch) */
    bool is_attached;      /* the diff came with patch_body_add_attachment */
    bool is_from_attached; /* the author is the one that an attached patch
                              names */
    bool has_diffstat;
    bool has_own_stat;    /* ... in the text, not in what is attached */
    bool has_signed_off;  /* an unquoted Signed-off-by: line */
    bool is_pull_request; /* "are available in the Git repository at:" */
    PatchDiffstat stat;
    GPtrArray *paths;      /* char *, as the diffstat or diff names them */
    char *busiest_path;    /* the one with most changed lines, the first of
                              equals; NULL if there is none */
    GPtrArray *trailers;   /* PatchTrailer *, in order */
    char *change_id;       /* change-id: or Change-Id: trailer; or NULL */
    char *base_commit;     /* or NULL */
    GPtrArray *based_on;   /* char *, message ids of Based-on: */
    GPtrArray *supersedes; /* char *, message ids of Supersedes:/Obsoletes: */
    GPtrArray *listed;     /* PatchListed *, of git shortlog's lines */
    char *pull_base;       /* the commits at which a pull request begins and
                              ends, as it writes them; or NULL */
    char *pull_tip;
    char *pull_url;      /* where its commits are, as it writes it; or NULL; may
                            be set without is_pull_request */
    char *pull_ref;      /* the tag or branch behind it; or NULL */
    char *attached_text; /* the commit message of the first attached patch that
                            has one; or NULL */
    GPtrArray *attached_titles; /* char *, of attached patches with a diff that
                                   say one, each once; or NULL */
    unsigned attached_version;  /* the highest that these say; or 0 */
    char *patch_id;     /* 40 hex of the diff without blanks and numbers, as
                           git patch-id; NULL without a diff */
    PatchSketch sketch; /* of the diff that has the patch_id */
} PatchBody;

/* text: UTF-8, LF line ends. Offsets are into it. is_posting:
 * patch_subject_is_posting; "From:" with "To:" below is then its own text. */
void patch_body_init(PatchBody *body, const char *text, size_t length,
                     bool is_posting);
/* Adds an attachment: one patch, or several as git format-patch --stdout writes
 * them, with diff, diffstat, trailers and patch id. If the text has a diff, the
 * attachment is a copy of it and adds nothing. Hunks in a text that names no
 * file are quotes from the attachment and are dropped. */
void patch_body_add_attachment(PatchBody *body, const char *text,
                               size_t length);
/* Returns true if there is a shortlog, diffstat or base commit, as git writes
 * them below a cover's text; a few words are not enough. */
bool patch_body_is_letter(const PatchBody *body);
void patch_body_clear(PatchBody *body);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PatchBody, patch_body_clear)
