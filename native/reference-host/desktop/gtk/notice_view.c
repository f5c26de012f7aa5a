#include <string.h>

#include "desktop.h"

static GtkMessageType type_of(const char *severity) {
  if (strcmp(severity, "error") == 0) return GTK_MESSAGE_ERROR;
  return strcmp(severity, "warning") == 0 ? GTK_MESSAGE_WARNING : GTK_MESSAGE_INFO;
}

static void on_response(GtkInfoBar *bar, gint response, gpointer context) {
  desktop *self = context;
  const char *command = g_object_get_data(G_OBJECT(bar), "command");
  const bool of_host = g_object_get_data(G_OBJECT(bar), "of-host") != NULL;
  (void)response;
  if (command != NULL) desk_act(self->desk, of_host ? ACT_NOTICE_OF_HOST : ACT_COMMAND, command);
}

static void add_bar(desktop *self, const shown_notice *entry) {
  GtkWidget *bar = gtk_info_bar_new();
  GtkWidget *label = gtk_label_new(entry->text);
  gtk_info_bar_set_message_type(GTK_INFO_BAR(bar), type_of(entry->severity));
  gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
  gtk_label_set_xalign(GTK_LABEL(label), 0);
  gtk_widget_set_hexpand(label, TRUE);
  gtk_container_add(GTK_CONTAINER(gtk_info_bar_get_content_area(GTK_INFO_BAR(bar))), label);
  if (entry->action != NULL) gtk_info_bar_add_button(GTK_INFO_BAR(bar), entry->action, GTK_RESPONSE_OK);
  g_object_set_data_full(G_OBJECT(bar), "command", g_strdup(entry->command), g_free);
  g_object_set_data(G_OBJECT(bar), "of-host", entry->of_host ? self : NULL);
  g_signal_connect(bar, "response", G_CALLBACK(on_response), self);
  gtk_container_add(GTK_CONTAINER(self->notices), bar);
}

static void remove_child(GtkWidget *child, gpointer context) {
  (void)context;
  gtk_widget_destroy(child);
}

void notices_show(desktop *self, const picture *shown) {
  gtk_container_foreach(GTK_CONTAINER(self->notices), remove_child, NULL);
  for (size_t i = 0; i < shown->notice_count; i++) add_bar(self, &shown->notices[i]);
  gtk_widget_show_all(self->notices);
}
