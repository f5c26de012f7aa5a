#include <stdlib.h>
#include <string.h>

#include "../json.h"
#include "desk.h"

enum { CELL_NUMBER, CELL_DATE, CELL_PRACTITIONER, CELL_AMOUNT, CELL_STATE };
enum { MAX_INVOICES = 64 * 1024 * 1024 };

const char *const INVOICE_HEADINGS[INVOICE_CELLS] = {"Facture", "Date", "Praticien", "Honoraires", "État"};

static const char HELD[] = "Dans LOGOSw, pas encore remise";

/* 4048 centimes: "40,48 €" with the space French asks for. */
static char *euros(const json_doc *doc, uint32_t node) {
  if (!json_is(doc, node, JSON_NUMBER)) return NULL;
  const long long centimes = strtoll(doc->text + doc->nodes[node].start, NULL, 10);
  return text_of("%s%lld,%02lld\u00a0€", centimes < 0 ? "-" : "", llabs(centimes) / 100, llabs(centimes) % 100);
}

static char *french_date(const char *iso) {
  if (iso == NULL || strlen(iso) != 10) return NULL;
  return text_of("%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
}

static invoice_row *new_row(desk *self) {
  if (self->row_count == self->row_room) {
    const size_t room = 2 * self->row_room + 64;
    invoice_row *grown = realloc(self->rows, room * sizeof *grown);
    if (grown == NULL) return NULL;
    self->rows = grown;
    self->row_room = room;
  }
  self->rows[self->row_count] = (invoice_row){.offer = 0};
  return &self->rows[self->row_count++];
}

static void add_row(desk *self, const char *document, uint64_t number) {
  json_doc doc = {.text = NULL};
  if (!json_parse(&doc, document, strlen(document))) return;
  invoice_row *row = new_row(self);
  if (row != NULL) {
    char *completed = json_text(&doc, json_get(&doc, 0, "completedOn"));
    char *billing = json_text(&doc, json_get(&doc, json_get(&doc, 0, "practitioner"), "billingNumber"));
    char *name = practitioner_name(self->host, billing);
    row->offer = number;
    row->cells[CELL_NUMBER] = json_text(&doc, json_get(&doc, 0, "number"));
    row->cells[CELL_DATE] = french_date(completed);
    row->cells[CELL_PRACTITIONER] = name == NULL ? billing : name;
    row->cells[CELL_AMOUNT] = euros(&doc, json_get(&doc, json_get(&doc, 0, "totals"), "fees"));
    row->cells[CELL_STATE] = strdup(HELD);
    if (name != NULL) free(billing);
    free(completed);
  }
  json_free(&doc);
}

void invoices_show_held(desk *self) {
  for (const offer *at = self->host->spool.first; at != NULL; at = at->next) add_row(self, at->document, at->number);
}

void invoices_answered(desk *self, uint64_t number, bool acknowledged, const char *why) {
  /* The answer is mostly to one of the last. */
  for (size_t i = self->row_count; i-- > 0;) {
    if (self->rows[i].offer != number) continue;
    free(self->rows[i].cells[CELL_STATE]);
    self->rows[i].cells[CELL_STATE] =
        acknowledged ? strdup("Remise au module") : text_of("Gardée ici : %s", why == NULL ? "le module ne l’a pas prise" : why);
    return;
  }
}

/* Skips the ends of lines that are empty. */
static void skip_ends(desk *self) {
  while (self->next != NULL && (*self->next == '\n' || *self->next == '\r')) self->next++;
}

bool invoices_load(desk *self, const char *path) {
  size_t size = 0;
  self->documents = read_file(path, MAX_INVOICES, &size);
  self->next = self->documents;
  skip_ends(self);
  return self->documents != NULL;
}

bool invoices_wait(const desk *self) {
  return self->next != NULL && *self->next != '\0';
}

void invoices_store(desk *self, bool all) {
  reference_host *host = self->host;
  do {
    if (!invoices_wait(self)) return;
    const char *document = self->next;
    char *end = self->next + strcspn(self->next, "\r\n");
    self->next = *end == '\0' ? end : end + 1;
    *end = '\0';
    skip_ends(self);
    const uint64_t before = host->spool.last_number;
    offers_begin(host, false);
    offers_add_line(host, document);
    /* Shown before it is offered: the answer must find its row. */
    if (host->spool.last_number != before) add_row(self, document, host->spool.last_number);
    offers_end(host);
  } while (all);
}

void invoices_free(desk *self) {
  for (size_t i = 0; i < self->row_count; i++) {
    for (size_t cell = 0; cell < INVOICE_CELLS; cell++) free(self->rows[i].cells[cell]);
  }
  free(self->rows);
  free(self->documents);
}
