/*
 * The reference host as a window, apart from any toolkit: what a person sees and does. gtk/ and win32/ show pictures of it and hand it actions. One thread works
 * on it; where that is not the window's own (win32/), pictures and actions are what goes between the two.
 */
#ifndef REFERENCE_HOST_DESK_H
#define REFERENCE_HOST_DESK_H

#include "../reference_host.h"

#define WINDOW_TITLE "LOGOSw – hôte de référence"
/* The key that goes with Alt stands behind the underscore. */
#define STORE_ONE_LABEL "_Enregistrer la facture suivante"
#define STORE_ALL_LABEL "Enregistrer _toutes les factures"
#define CLOSE_DAY_LABEL "_Clôturer la journée"
#define INVOICES_LABEL "_Factures enregistrées"

enum { INVOICE_CELLS = 5 };

/* The headings of the list of invoices: number, date, practitioner, fees, state. */
extern const char *const INVOICE_HEADINGS[INVOICE_CELLS];

/* One invoice the practice has stored, as it is shown. Texts are its own; null shows nothing. */
typedef struct invoice_row {
  uint64_t offer; /* the host's number for it */
  char *cells[INVOICE_CELLS];
} invoice_row;

typedef struct desk {
  reference_host *host;
  char *documents; /* of --invoices; each stored one in turn */
  char *next;      /* where the next one begins in it */
  invoice_row *rows;
  size_t row_count;
  size_t row_room;
  char *progress_title;
  int progress; /* of 100; negative: nothing is under way */
  char *said;   /* the last thing that passed by, null: nothing yet */
  bool changed; /* since the last picture */
  /* Opens a page of the add-in. False: it cannot; the person is told. */
  bool (*open_page)(void *context, const char *url);
  void *context;
} desk;

typedef enum action_kind { ACT_STORE_ONE, ACT_STORE_ALL, ACT_CLOSE_DAY, ACT_COMMAND, ACT_NOTICE_OF_HOST, ACT_NO_BROWSER } action_kind;

/* desk.c. Takes the arguments of reference-host, --invoices <file> and, where browser is not null, --browser <command>. False with *problem (static text). */
bool desk_begin(desk *self, reference_host *host, int count, char **values, const char **browser, const char **problem);
void desk_start(desk *self);                                         /* the add-in's process */
void desk_turn(desk *self, uint32_t timeout_ms);                     /* waits for the first event at most so long, then does all there are */
void desk_act(desk *self, action_kind kind, const char *command);    /* what a person asks; command: of an icon or a notice, else null */
void desk_end(desk *self);                                           /* deactivates the add-in (seconds) and frees all */

/* invoices.c: the practice's invoices and what became of each */
bool invoices_load(desk *self, const char *path); /* NDJSON */
bool invoices_wait(const desk *self);             /* one is left to store */
void invoices_store(desk *self, bool all);        /* the dentist saves the next one, or all */
void invoices_show_held(desk *self);              /* what an earlier run left in the spool */
void invoices_answered(desk *self, uint64_t number, bool acknowledged, const char *why);
void invoices_free(desk *self);

/* practitioners.c: the practice's own list (--practitioners). For free(); null when there is none. */
char *practitioner_name(const reference_host *host, const char *billing_number);
char *practitioners_line(const reference_host *host);

/* What stands before a message: its weight in a word, beside the colour. */
const char *word_of_severity(const char *severity);

/* printf into a text for free(); null when memory is short. */
char *text_of(const char *format, ...) __attribute__((format(gnu_printf, 1, 2)));

#endif
