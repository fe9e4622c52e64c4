/* SPDX-License-Identifier: MIT */
/*
 * A Digest -> bytes. A renderer is a value; a new format is a new file.
 */
#pragma once

#include "report/digest.h"

typedef enum DigestSection { /* in the order in which they are printed */
                             SECTION_TOTALS = 1 << 0,
                             SECTION_DOMAINS = 1 << 1,
                             SECTION_CONTRIBUTORS = 1 << 2,
                             SECTION_ORGANISATIONS = 1 << 3,
                             SECTION_REVIEWERS = 1 << 4,
                             SECTION_PATCHES = 1 << 5,
                             SECTION_APPLIED = 1 << 6,
                             SECTION_WAITING = 1 << 7,
                             SECTION_THREADS = 1 << 8,
                             SECTION_NEWCOMERS = 1 << 9,
                             SECTION_ENTRIES = 1 << 10,
                             SECTION_ALL = (1 << 11) - 1,
} DigestSection;

typedef struct RenderOptions {
    unsigned sections;  /* DigestSection bits */
    bool with_previous; /* differences to the interval before */
    bool colour;        /* text on a terminal */
} RenderOptions;

typedef struct Renderer {
    const char *name; /* as given to --format */
    void (*render)(const Digest *digest, const RenderOptions *options,
                   GString *out);
} Renderer;

extern const Renderer render_text, render_classic, render_json, render_markdown,
    render_html;

/* By name; NULL if there is none. */
const Renderer *renderer_find(const char *name);
/* "text, classic, markdown, html, json"; lent. */
const char *renderer_names(void);
/* "a,b" -> bits; false and the unknown word's start in *bad otherwise. */
bool sections_parse(const char *text, unsigned *sections, const char **bad);
const char *sections_names(void);
