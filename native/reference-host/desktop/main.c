/*
 * reference-host-desktop: the reference host as a window, for people. It takes the arguments of reference-host, and
 *   --invoices <file>   invoices that the buttons store one after the other (NDJSON)
 *   --browser <command> opens the add-in's pages (default xdg-open)
 * What happens is printed as by reference-host. The host's own work is in the files it shares with that program; here is only what is shown.
 */
#include <stdio.h>
#include <string.h>

#include "../arguments.h"
#include "../output.h"
#include "desktop.h"

enum { PUMP_MS = 20, EVENTS_A_TURN = 64 };

static const char STYLE[] =
    ".badge { border-radius: 10px; padding: 0 6px; font-weight: bold; color: #ffffff; }"
    ".badge.normal { background: #1d5c96; } .badge.late { background: #8a4b00; } .badge.incident { background: #a51d1d; }"
    ".module { padding: 6px; }";

static desktop shown;

static void note_change(void) {
  shown.changed = true;
}

static const char *words_of(phase now) {
  static const char *const words[] = {[PHASE_STOPPED] = "Module arrêté", [PHASE_STARTING] = "Le module démarre…", [PHASE_READY] = "Le module s’ouvre…",
                                      [PHASE_ACTIVE] = "Module en service", [PHASE_FAILED] = "Module hors service"};
  return words[now];
}

static void show_all(void) {
  char text[160];
  snprintf(text, sizeof text, "%s · %zu facture(s) pas encore remise(s)", words_of(shown.host->phase), shown.host->spool.count);
  gtk_label_set_text(GTK_LABEL(shown.state), text);
  toolbar_show(&shown);
  notices_show(&shown);
  const bool more = shown.waiting != NULL && shown.waiting[shown.next] != NULL && shown.waiting[shown.next][0] != '\0';
  gtk_widget_set_sensitive(shown.store_one, more);
  gtk_widget_set_sensitive(shown.store_all, more);
}

/* Everything of the add-in comes through here, on the window's own thread: a timer that never waits. */
static gboolean pump(gpointer context) {
  (void)context;
  for (int i = 0; i < EVENTS_A_TURN && events_pump(shown.host, 0); i++) {
  }
  if (shown.changed) {
    shown.changed = false;
    show_all();
  }
  return G_SOURCE_CONTINUE;
}

static void on_offer(void *context, uint64_t number, bool acknowledged, const char *why) {
  invoices_answered(context, number, acknowledged, why);
}

static void on_day_closed(void *context, const char *outcome, const char *message) {
  static const char *const words[][3] = {{"sent", "info", "Journée close. La télétransmission est faite."},
                                         {"nothing", "info", "Journée close. Il n’y avait rien à transmettre."},
                                         {"needs-card", "warning", "Journée close. Des factures attendent la carte CPS."},
                                         {"incident", "error", "Journée close. La télétransmission n’est pas terminée."}};
  desktop *self = context;
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    if (strcmp(words[i][0], outcome) != 0) continue;
    char *text = g_strdup_printf("%s%s%s", words[i][2], message == NULL ? "" : " ", message == NULL ? "" : message);
    notices_put(&self->host->notices, NOTICE_OF_HOST, "day-closed", words[i][1], text, "Vu", "dismiss day-closed");
    g_free(text);
  }
}

static void on_window(void *context, const char *url) {
  desktop *self = context;
  if (browser_open(self->browser, url)) return;
  notices_put(&self->host->notices, NOTICE_OF_HOST, "browser", "error", "Le navigateur ne s’ouvre pas.", "Vu", "dismiss browser");
}

static void on_progress(void *context, const char *title, double part, bool ended) {
  desktop *self = context;
  if (title != NULL) gtk_progress_bar_set_text(GTK_PROGRESS_BAR(self->progress), title);
  gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(self->progress), part);
  gtk_widget_set_visible(self->progress, !ended);
}

static void on_store_one(GtkButton *button, gpointer context) {
  (void)button;
  invoices_store(context, false);
}

static void on_store_all(GtkButton *button, gpointer context) {
  (void)button;
  invoices_store(context, true);
}

/* The day is closed in any case; what the add-in makes of it is told when it answers. */
static void on_close_day(GtkButton *button, gpointer context) {
  desktop *self = context;
  (void)button;
  calls_close_day(self->host, NULL, false);
}

static GtkWidget *button_of(const char *mnemonic, GCallback clicked) {
  GtkWidget *button = gtk_button_new_with_mnemonic(mnemonic);
  g_signal_connect(button, "clicked", clicked, &shown);
  return button;
}

static void make_window(void) {
  GtkCssProvider *style = gtk_css_provider_new();
  GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_css_provider_load_from_data(style, STYLE, -1, NULL);
  gtk_style_context_add_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(style), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref(style);
  shown.window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
  gtk_window_set_title(GTK_WINDOW(shown.window), "LOGOSw – hôte de référence");
  gtk_window_set_default_size(GTK_WINDOW(shown.window), 820, 560);
  gtk_container_set_border_width(GTK_CONTAINER(shown.window), 8);
  shown.toolbar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
  shown.notices = gtk_box_new(GTK_ORIENTATION_VERTICAL, 4);
  shown.state = gtk_label_new("");
  gtk_label_set_xalign(GTK_LABEL(shown.state), 0);
  shown.progress = gtk_progress_bar_new();
  gtk_progress_bar_set_show_text(GTK_PROGRESS_BAR(shown.progress), TRUE);
  shown.store_one = button_of("_Enregistrer la facture suivante", G_CALLBACK(on_store_one));
  shown.store_all = button_of("Enregistrer _toutes les factures", G_CALLBACK(on_store_all));
  gtk_container_add(GTK_CONTAINER(buttons), shown.store_one);
  gtk_container_add(GTK_CONTAINER(buttons), shown.store_all);
  gtk_box_pack_end(GTK_BOX(buttons), button_of("_Clôturer la journée", G_CALLBACK(on_close_day)), FALSE, FALSE, 0);
  gtk_container_add(GTK_CONTAINER(column), shown.toolbar);
  gtk_container_add(GTK_CONTAINER(column), shown.notices);
  gtk_container_add(GTK_CONTAINER(column), invoices_make(&shown));
  gtk_container_add(GTK_CONTAINER(column), buttons);
  gtk_container_add(GTK_CONTAINER(column), shown.progress);
  gtk_container_add(GTK_CONTAINER(column), shown.state);
  gtk_container_add(GTK_CONTAINER(shown.window), column);
  g_signal_connect(shown.window, "destroy", G_CALLBACK(gtk_main_quit), NULL);
  gtk_widget_show_all(shown.window);
  gtk_widget_hide(shown.progress);
}

static bool read_own_arguments(int *count, char **values, const char **invoices) {
  int kept = 1;
  shown.browser = "xdg-open";
  for (int i = 1; i < *count; i++) {
    const bool own = strcmp(values[i], "--invoices") == 0 || strcmp(values[i], "--browser") == 0;
    if (!own) {
      values[kept++] = values[i];
      continue;
    }
    if (i + 1 >= *count) return false;
    if (values[i][2] == 'i') {
      *invoices = values[i + 1];
    } else {
      shown.browser = values[i + 1];
    }
    i++;
  }
  *count = kept;
  return true;
}

int main(int count, char **values) {
  static reference_host host;
  const char *invoices = NULL;
  const char *problem = "usage: reference-host-desktop [--invoices <file>] [--browser <command>] and the arguments of reference-host";
  if (!gtk_init_check(&count, &values)) {
    fprintf(stderr, "no display\n");
    return 2;
  }
  shown.host = &host;
  if (!read_own_arguments(&count, values, &invoices) || !host_prepare(&host, count, values, &problem) || (invoices != NULL && !invoices_load(&shown, invoices))) {
    fprintf(stderr, "%s\n", problem);
    host_release(&host);
    return 2;
  }
  host.observer = (observer){.context = &shown, .offer_answered = on_offer, .day_closed = on_day_closed, .window = on_window, .progress = on_progress};
  out_listen(note_change);
  make_window();
  show_toolbar(&host);
  addin_start(&host);
  g_timeout_add(PUMP_MS, pump, NULL);
  gtk_main();
  out_listen(NULL);
  host.quitting = true;
  addin_stop(&host, "host-closing");
  g_strfreev(shown.waiting);
  host_release(&host);
  return 0;
}
