/* SPDX-License-Identifier: MIT */
/*
 * Prints a digest. A renderer is a value, named here and in renderer.c; a new
 * format is a new file: rfc1153.c is one that prints the digest itself, and
 * page.h is for those that print sections as tables.
 */
#pragma once

#include "digest/digest.h"

typedef struct RenderOptions {
    unsigned sections;  /* DigestSection bits */
    bool with_previous; /* differences to the previous interval */
    bool colour;        /* text on a terminal */
    unsigned width;     /* columns of text; 0: 80 */
    bool is_mailed;     /* html for mail readers: no CSS variables */
    /* For html and atom: the site that the page belongs to (site.h); NULL:
     * none. */
    const struct RenderSite *site;
    /* The rows of each table that are shown, html only; most_rows 0: all. */
    unsigned first_row, most_rows;
    const char *sets_heading; /* instead of "Patch list in this ..."; or NULL */
} RenderOptions;

typedef struct Renderer {
    const char *name; /* as given to --format */
    void (*render)(const Digest *digest, const RenderOptions *options,
                   GString *out);
} Renderer;

extern const Renderer render_text, render_classic, render_json, render_markdown,
    render_html, render_csv, render_atom, render_rfc1153, render_mime_digest;

/* The last one prints the text before the mails of RFC 1153's MIME form. The
 * sender of the mail encloses those: the heads of the sets that are entries. */

/* Returns the renderer of that name; NULL if there is none. */
const Renderer *renderer_find(const char *name);
/* Returns "text, classic, markdown, ..."; lent. */
const char *renderer_names(void);
