#include <string.h>

#include "desktop.h"

static GtkMessageType type_of(const char *severity) {
  if (strcmp(severity, "error") == 0) return GTK_MESSAGE_ERROR;
  return strcmp(severity, "warning") == 0 ? GTK_MESSAGE_WARNING : GTK_MESSAGE_INFO;
}

static const char *word_of(const char *severity) {
  if (strcmp(severity, "error") == 0) return "Incident";
  return strcmp(severity, "warning") == 0 ? "À faire" : "Information";
}

/* A button of the host's own notices says what the host does; one of the add-in's names a command of the add-in. */
static void on_response(GtkInfoBar *bar, gint response, gpointer context) {
  static const char dismiss[] = "dismiss ";
  desktop *self = context;
  const char *command = g_object_get_data(G_OBJECT(bar), "command");
  const bool own = g_object_get_data(G_OBJECT(bar), "own") != NULL;
  (void)response;
  if (command == NULL) return;
  if (!own) {
    calls_invoke(self->host, command, "{}", false);
  } else if (strcmp(command, "restart-addin") == 0) {
    addin_restart(self->host);
  } else if (strncmp(command, dismiss, sizeof dismiss - 1) == 0) {
    notices_remove(&self->host->notices, NOTICE_OF_HOST, command + sizeof dismiss - 1);
  }
}

static void add_bar(desktop *self, const notice *entry) {
  GtkWidget *bar = gtk_info_bar_new();
  char *text = g_strdup_printf("%s : %s", word_of(entry->severity), entry->message);
  GtkWidget *label = gtk_label_new(text);
  gtk_info_bar_set_message_type(GTK_INFO_BAR(bar), type_of(entry->severity));
  gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
  gtk_label_set_xalign(GTK_LABEL(label), 0);
  gtk_widget_set_hexpand(label, TRUE);
  gtk_container_add(GTK_CONTAINER(gtk_info_bar_get_content_area(GTK_INFO_BAR(bar))), label);
  if (entry->action != NULL) gtk_info_bar_add_button(GTK_INFO_BAR(bar), entry->action, GTK_RESPONSE_OK);
  g_object_set_data_full(G_OBJECT(bar), "command", g_strdup(entry->command), g_free);
  g_object_set_data(G_OBJECT(bar), "own", entry->owner == NOTICE_OF_HOST ? self : NULL);
  g_signal_connect(bar, "response", G_CALLBACK(on_response), self);
  gtk_container_add(GTK_CONTAINER(self->notices), bar);
  g_free(text);
}

static void remove_child(GtkWidget *child, gpointer context) {
  (void)context;
  gtk_widget_destroy(child);
}

void notices_show(desktop *self) {
  gtk_container_foreach(GTK_CONTAINER(self->notices), remove_child, NULL);
  for (const notice *at = self->host->notices.first; at != NULL; at = at->next) add_bar(self, at);
  gtk_widget_show_all(self->notices);
}
