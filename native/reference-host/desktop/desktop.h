/* The reference host as a window: what its files share. GTK calls everything from one thread, as practice software does from its own. */
#ifndef REFERENCE_HOST_DESKTOP_H
#define REFERENCE_HOST_DESKTOP_H

#include <gtk/gtk.h>

#include "../reference_host.h"

typedef struct desktop {
  reference_host *host;
  const char *browser;
  GtkWidget *window;
  GtkWidget *toolbar;
  GtkWidget *notices;
  GtkWidget *state;
  GtkWidget *progress;
  GtkWidget *store_one;
  GtkWidget *store_all;
  GtkListStore *invoices;
  char **waiting; /* documents of --invoices not stored yet, null at the end */
  size_t next;
  bool changed; /* something of the host changed since it was last shown */
} desktop;

/* toolbar_view.c: the commands of the manifest with icon, badge, enablement */
void toolbar_show(desktop *self);

/* notice_view.c: what stays until its cause is gone */
void notices_show(desktop *self);

/* invoice_view.c: the practice's invoices and what became of each */
GtkWidget *invoices_make(desktop *self);
bool invoices_load(desktop *self, const char *path); /* NDJSON */
void invoices_store(desktop *self, bool all);        /* the dentist saves the next one, or all */
void invoices_answered(desktop *self, uint64_t number, bool acknowledged, const char *why);

/* browser.c: opens a page of the add-in without its address standing in an argument that others could read */
bool browser_open(const char *browser, const char *url);

#endif
