#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desktop.h"

enum { COLUMN_NUMBER, COLUMN_DATE, COLUMN_PRACTITIONER, COLUMN_AMOUNT, COLUMN_STATE, COLUMN_OFFER, COLUMNS };
enum { MAX_INVOICES = 64 * 1024 * 1024 };

static const char *const HELD = "Dans LOGOSw, pas encore remise";

/* 4048 centimes: "40,48 €" with the spaces French asks for. */
static char *euros(const json_doc *doc, uint32_t node) {
  if (!json_is(doc, node, JSON_NUMBER)) return g_strdup("");
  const long centimes = strtol(doc->text + doc->nodes[node].start, NULL, 10);
  return g_strdup_printf("%ld,%02ld\u00a0€", centimes / 100, labs(centimes % 100));
}

static char *french_date(const char *iso) {
  if (iso == NULL || strlen(iso) != 10) return g_strdup("");
  return g_strdup_printf("%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
}

static void add_row(desktop *self, const char *document, uint64_t offer_number) {
  json_doc doc = {.text = NULL};
  GtkTreeIter row;
  if (!json_parse(&doc, document, strlen(document))) return;
  char *number = json_text(&doc, json_get(&doc, 0, "number"));
  char *completed = json_text(&doc, json_get(&doc, 0, "completedOn"));
  char *practitioner = json_text(&doc, json_get(&doc, json_get(&doc, 0, "practitioner"), "billingNumber"));
  char *date = french_date(completed);
  char *amount = euros(&doc, json_get(&doc, json_get(&doc, 0, "totals"), "fees"));
  gtk_list_store_append(self->invoices, &row);
  gtk_list_store_set(self->invoices, &row, COLUMN_NUMBER, number, COLUMN_DATE, date, COLUMN_PRACTITIONER, practitioner, COLUMN_AMOUNT, amount, COLUMN_STATE, HELD,
                     COLUMN_OFFER, offer_number, -1);
  g_free(amount);
  g_free(date);
  free(practitioner);
  free(completed);
  free(number);
  json_free(&doc);
}

void invoices_answered(desktop *self, uint64_t number, bool acknowledged, const char *why) {
  GtkTreeIter row;
  GtkTreeModel *model = GTK_TREE_MODEL(self->invoices);
  for (gboolean more = gtk_tree_model_get_iter_first(model, &row); more; more = gtk_tree_model_iter_next(model, &row)) {
    guint64 found = 0;
    gtk_tree_model_get(model, &row, COLUMN_OFFER, &found, -1);
    if (found != number) continue;
    char *state = acknowledged ? g_strdup("Remise au module") : g_strdup_printf("Gardée ici : %s", why == NULL ? "le module ne l’a pas prise" : why);
    gtk_list_store_set(self->invoices, &row, COLUMN_STATE, state, -1);
    g_free(state);
    return;
  }
}

static void add_column(GtkWidget *view, const char *title, int column, float align) {
  GtkCellRenderer *cell = gtk_cell_renderer_text_new();
  GtkTreeViewColumn *made = gtk_tree_view_column_new_with_attributes(title, cell, "text", column, NULL);
  g_object_set(cell, "xalign", align, NULL);
  gtk_tree_view_column_set_alignment(made, align);
  gtk_tree_view_column_set_resizable(made, TRUE);
  gtk_tree_view_append_column(GTK_TREE_VIEW(view), made);
}

GtkWidget *invoices_make(desktop *self) {
  self->invoices = gtk_list_store_new(COLUMNS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_UINT64);
  GtkWidget *view = gtk_tree_view_new_with_model(GTK_TREE_MODEL(self->invoices));
  GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
  add_column(view, "Facture", COLUMN_NUMBER, 0);
  add_column(view, "Date", COLUMN_DATE, 0);
  add_column(view, "Praticien", COLUMN_PRACTITIONER, 0);
  add_column(view, "Honoraires", COLUMN_AMOUNT, 1);
  add_column(view, "État", COLUMN_STATE, 0);
  atk_object_set_name(gtk_widget_get_accessible(view), "Factures enregistrées");
  gtk_container_add(GTK_CONTAINER(scrolled), view);
  gtk_widget_set_vexpand(scrolled, TRUE);
  for (const offer *at = self->host->spool.first; at != NULL; at = at->next) add_row(self, at->document, at->number);
  return scrolled;
}

bool invoices_load(desktop *self, const char *path) {
  size_t size = 0;
  char *text = read_file(path, MAX_INVOICES, &size);
  if (text == NULL) return false;
  self->waiting = g_strsplit(text, "\n", -1);
  free(text);
  return true;
}

void invoices_store(desktop *self, bool all) {
  reference_host *host = self->host;
  while (self->waiting != NULL && self->waiting[self->next] != NULL) {
    const char *document = self->waiting[self->next++];
    if (document[0] == '\0') continue;
    const uint64_t before = host->spool.last_number;
    offers_begin(host, false);
    offers_add_line(host, document);
    /* Shown before it is offered: the answer must find its row. */
    if (host->spool.last_number != before) add_row(self, document, host->spool.last_number);
    offers_end(host);
    if (!all) break;
  }
  self->changed = true;
}
