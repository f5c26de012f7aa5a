/* The desk as a GTK window: what its files share. GTK calls everything from one thread, as practice software does from its own. */
#ifndef REFERENCE_HOST_DESKTOP_H
#define REFERENCE_HOST_DESKTOP_H

#include <gtk/gtk.h>

#include "../picture.h"

typedef struct desktop {
  desk *desk;
  const char *browser;
  GtkWidget *window;
  GtkWidget *toolbar;
  GtkWidget *notices;
  GtkWidget *practitioners;
  GtkWidget *state;
  GtkWidget *said;
  GtkWidget *progress;
  GtkWidget *store_one;
  GtkWidget *store_all;
  GtkListStore *invoices;
} desktop;

void toolbar_show(desktop *self, const picture *shown); /* toolbar_view.c: the commands of the manifest with icon, badge, enablement */
void notices_show(desktop *self, const picture *shown); /* notice_view.c: what stays until its cause is gone */
GtkWidget *invoices_make(desktop *self, GtkWidget *heading); /* invoice_view.c: the practice's invoices and what became of each */
void invoices_show(desktop *self, const picture *shown);

/* browser.c: opens a page of the add-in without its address standing in an argument that others could read */
bool browser_open(const char *browser, const char *url);

#endif
