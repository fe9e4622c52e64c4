/* SPDX-License-Identifier: MIT */
/*
 * What is cut of the headers of parts and of attached mails: the same as of
 * the mail's own, so that GMime is given nothing that the capture would not
 * let through. Text is left alone.
 */
#pragma once

#include <glib.h>

/* An entity: its headers, an empty line, its body. In place: of a header what
 * is beyond MAIL_CAPTURE_HEADER_MAX bytes or MAIL_ADDRESS_COMMAS_MAX commas
 * goes, colons beyond MAIL_ADDRESS_COLONS_MAX become dots; headers beyond
 * MAIL_CAPTURE_HEADERS_MAX or MAIL_CAPTURE_BLOCK_MAX bytes of one block go. */
void mail_prune_headers(GByteArray *entity);
