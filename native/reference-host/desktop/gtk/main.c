/*
 * reference-host-desktop: the reference host as a window, for people. It takes the arguments of reference-host, and
 *   --invoices <file>   invoices that the buttons store one after the other (NDJSON)
 *   --browser <command> opens the add-in's pages (default xdg-open)
 * What happens is printed as by reference-host. What a person sees and does is in ../desk.h; here it is only shown.
 */
#include <stdio.h>

#include "desktop.h"

enum { PUMP_MS = 20, PERCENT = 100 };

static const char STYLE[] =
    ".badge { border-radius: 10px; padding: 0 6px; font-weight: bold; color: #ffffff; }"
    ".badge.normal { background: #1d5c96; } .badge.late { background: #8a4b00; } .badge.incident { background: #a51d1d; }"
    ".module { padding: 6px; }";

static desktop shown;

static void set_line(GtkWidget *label, const char *text) {
  gtk_label_set_text(GTK_LABEL(label), text == NULL ? "" : text);
  gtk_widget_set_visible(label, text != NULL);
}

static void show_all(const picture *now) {
  set_line(shown.practitioners, now->practitioners);
  set_line(shown.state, now->state);
  set_line(shown.said, now->said);
  toolbar_show(&shown, now);
  notices_show(&shown, now);
  invoices_show(&shown, now);
  gtk_widget_set_sensitive(shown.store_one, now->invoices_wait);
  gtk_widget_set_sensitive(shown.store_all, now->invoices_wait);
  gtk_progress_bar_set_text(GTK_PROGRESS_BAR(shown.progress), now->progress_title);
  gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(shown.progress), now->progress < 0 ? 0 : (double)now->progress / PERCENT);
  gtk_widget_set_visible(shown.progress, now->progress >= 0);
}

/* Everything of the add-in comes through here, on the window's own thread: a timer that never waits. */
static gboolean pump(gpointer context) {
  (void)context;
  desk_turn(shown.desk, 0);
  picture *now = shown.desk->changed ? picture_take(shown.desk) : NULL;
  if (now != NULL) show_all(now);
  picture_free(now);
  return G_SOURCE_CONTINUE;
}

static bool open_page(void *context, const char *url) {
  return browser_open(((const desktop *)context)->browser, url);
}

static void on_store_one(GtkButton *button, gpointer context) {
  (void)button;
  desk_act(((desktop *)context)->desk, ACT_STORE_ONE, NULL);
}

static void on_store_all(GtkButton *button, gpointer context) {
  (void)button;
  desk_act(((desktop *)context)->desk, ACT_STORE_ALL, NULL);
}

static void on_close_day(GtkButton *button, gpointer context) {
  (void)button;
  desk_act(((desktop *)context)->desk, ACT_CLOSE_DAY, NULL);
}

static GtkWidget *button_of(const char *mnemonic, GCallback clicked) {
  GtkWidget *button = gtk_button_new_with_mnemonic(mnemonic);
  g_signal_connect(button, "clicked", clicked, &shown);
  return button;
}

static GtkWidget *line_of(void) {
  GtkWidget *label = gtk_label_new("");
  gtk_label_set_xalign(GTK_LABEL(label), 0);
  gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
  return label;
}

static void make_window(void) {
  GtkCssProvider *style = gtk_css_provider_new();
  GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_css_provider_load_from_data(style, STYLE, -1, NULL);
  gtk_style_context_add_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(style), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref(style);
  shown.window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
  gtk_window_set_title(GTK_WINDOW(shown.window), WINDOW_TITLE);
  gtk_window_set_default_size(GTK_WINDOW(shown.window), 820, 560);
  gtk_container_set_border_width(GTK_CONTAINER(shown.window), 8);
  shown.toolbar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
  shown.notices = gtk_box_new(GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *heading = gtk_label_new_with_mnemonic(INVOICES_LABEL);
  gtk_label_set_xalign(GTK_LABEL(heading), 0);
  shown.practitioners = line_of();
  shown.state = line_of();
  shown.said = line_of();
  shown.progress = gtk_progress_bar_new();
  gtk_progress_bar_set_show_text(GTK_PROGRESS_BAR(shown.progress), TRUE);
  shown.store_one = button_of(STORE_ONE_LABEL, G_CALLBACK(on_store_one));
  shown.store_all = button_of(STORE_ALL_LABEL, G_CALLBACK(on_store_all));
  gtk_container_add(GTK_CONTAINER(buttons), shown.store_one);
  gtk_container_add(GTK_CONTAINER(buttons), shown.store_all);
  gtk_box_pack_end(GTK_BOX(buttons), button_of(CLOSE_DAY_LABEL, G_CALLBACK(on_close_day)), FALSE, FALSE, 0);
  gtk_container_add(GTK_CONTAINER(column), shown.toolbar);
  gtk_container_add(GTK_CONTAINER(column), shown.notices);
  gtk_container_add(GTK_CONTAINER(column), shown.practitioners);
  gtk_container_add(GTK_CONTAINER(column), heading);
  gtk_container_add(GTK_CONTAINER(column), invoices_make(&shown, heading));
  gtk_container_add(GTK_CONTAINER(column), buttons);
  gtk_container_add(GTK_CONTAINER(column), shown.progress);
  gtk_container_add(GTK_CONTAINER(column), shown.state);
  gtk_container_add(GTK_CONTAINER(column), shown.said);
  gtk_container_add(GTK_CONTAINER(shown.window), column);
  g_signal_connect(shown.window, "destroy", G_CALLBACK(gtk_main_quit), NULL);
  gtk_widget_show_all(shown.window);
  gtk_widget_hide(shown.progress);
}

int main(int count, char **values) {
  static reference_host host;
  static desk model;
  const char *problem = NULL;
  if (!gtk_init_check(&count, &values)) {
    fprintf(stderr, "no display\n");
    return 2;
  }
  shown.desk = &model;
  shown.browser = "xdg-open";
  if (!desk_begin(&model, &host, count, values, &shown.browser, &problem)) {
    fprintf(stderr, "%s\n", problem);
    desk_end(&model);
    return 2;
  }
  model.open_page = open_page;
  model.context = &shown;
  make_window();
  desk_start(&model);
  g_timeout_add(PUMP_MS, pump, NULL);
  gtk_main();
  desk_end(&model);
  return 0;
}
