/* SPDX-License-Identifier: MIT */
/*
 * Writes text from strangers as HTML. Whatever a mail holds, a browser shows it
 * as text: it never becomes an element, an attribute or an address that runs
 * something. All functions append to out.
 */
#pragma once

#include "digest/digest.h"

#include <glib.h>

/* Escapes the characters that mean something in HTML. text is valid UTF-8. */
void html_escape(GString *out, const char *text);
/* The same for text from mail: control characters become visible. NULL adds
 * nothing. */
void html_mail(GString *out, const char *text);
/* The same for a line that a narrow screen may wrap: words of 18 bytes and more
 * may break after punctuation, those of 30 anywhere. */
void html_broken(GString *out, const char *text);
/* Appends a person's name and, dimmed, the address. */
void html_person(GString *out, const DigestPerson *person);
/* Appends a line of text that links to url, if that is an http(s) address. */
void html_linked(GString *out, const char *text, const char *url);
/* Appends text of several lines unchanged, without the blank lines around it.
 */
void html_pre(GString *out, const char *text);
