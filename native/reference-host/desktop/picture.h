/* What the window shows at one moment, with texts of its own: made by the thread that works on the desk, read and freed by the one that draws. */
#ifndef REFERENCE_HOST_PICTURE_H
#define REFERENCE_HOST_PICTURE_H

#include "desk.h"

typedef struct shown_command {
  char *command;
  char *icon;     /* path of its picture, null: none */
  char *label;    /* under the icon */
  char *name;     /* title, what waits, why it is disabled: tooltip, and what a screen reader says */
  char *badge;    /* null: none */
  char *severity; /* normal, late, incident */
  bool enabled;
} shown_command;

typedef struct shown_notice {
  char *severity; /* info, warning, error */
  char *text;
  char *action; /* title of its button, null: none */
  char *command;
  bool of_host; /* the button does something of the host's, not of the add-in's */
} shown_notice;

typedef struct picture {
  shown_command *commands;
  size_t command_count;
  shown_notice *notices;
  size_t notice_count;
  invoice_row *rows;
  size_t row_count;
  char *state; /* of the module, and how many invoices it has not taken */
  char *said;  /* null: nothing */
  char *practitioners; /* null: no list */
  char *progress_title; /* null: none */
  int progress; /* of 100; negative: nothing is under way */
  bool invoices_wait; /* for the buttons that store */
} picture;

/* Null when memory is short. */
picture *picture_take(desk *self);
void picture_free(picture *self);

#endif
