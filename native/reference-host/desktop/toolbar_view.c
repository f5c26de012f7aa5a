#include <stdlib.h>
#include <string.h>

#include "desktop.h"

enum { ICON_SIZE = 32 };

static const char *const WORDS[][2] = {{"normal", ""}, {"late", "En retard"}, {"incident", "À voir"}};

/* The colour is never alone: a word stands under the icon, and the tooltip says the rest. */
static const char *word_of(const char *severity) {
  for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
    if (severity != NULL && strcmp(WORDS[i][0], severity) == 0) return WORDS[i][1];
  }
  return "";
}

static void on_clicked(GtkButton *button, gpointer context) {
  desktop *self = context;
  calls_invoke(self->host, g_object_get_data(G_OBJECT(button), "command"), "{}", false);
}

static GtkWidget *icon_of(const desktop *self, const manifest_command *command) {
  if (command->icon == NULL) return gtk_label_new(command->title);
  char *path = join_path(self->host->addin_folder, command->icon);
  GdkPixbuf *picture = path == NULL ? NULL : gdk_pixbuf_new_from_file_at_size(path, ICON_SIZE, ICON_SIZE, NULL);
  free(path);
  if (picture == NULL) return gtk_label_new(command->title);
  GtkWidget *image = gtk_image_new_from_pixbuf(picture);
  g_object_unref(picture);
  return image;
}

static GtkWidget *badge_of(const char *text, const char *severity) {
  GtkWidget *label = gtk_label_new(text);
  GtkStyleContext *style = gtk_widget_get_style_context(label);
  gtk_style_context_add_class(style, "badge");
  gtk_style_context_add_class(style, severity);
  gtk_widget_set_halign(label, GTK_ALIGN_END);
  gtk_widget_set_valign(label, GTK_ALIGN_START);
  return label;
}

static void add_button(desktop *self, const manifest_command *command) {
  json_doc doc = {.text = NULL};
  const bool has_badge = command->badge != NULL && json_parse(&doc, command->badge, strlen(command->badge));
  char *text = has_badge ? json_text(&doc, json_get(&doc, 0, "text")) : NULL;
  char *severity = has_badge ? json_text(&doc, json_get(&doc, 0, "severity")) : NULL;
  char *tooltip = has_badge ? json_text(&doc, json_get(&doc, 0, "tooltip")) : NULL;
  GtkWidget *button = gtk_button_new();
  GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *overlay = gtk_overlay_new();
  const char *word = word_of(severity);
  char *said = g_strdup_printf("%s%s%s%s%s", command->title, tooltip == NULL ? "" : " : ", tooltip == NULL ? "" : tooltip, command->reason == NULL ? "" : " — ",
                               command->reason == NULL ? "" : command->reason);
  GtkWidget *icon = icon_of(self, command);
  gtk_widget_set_margin_start(icon, 14);
  gtk_widget_set_margin_end(icon, 14);
  gtk_widget_set_margin_top(icon, 8);
  gtk_container_add(GTK_CONTAINER(overlay), icon);
  if (text != NULL) gtk_overlay_add_overlay(GTK_OVERLAY(overlay), badge_of(text, severity == NULL ? "normal" : severity));
  gtk_container_add(GTK_CONTAINER(column), overlay);
  gtk_container_add(GTK_CONTAINER(column), gtk_label_new(word[0] == '\0' ? command->title : word));
  gtk_container_add(GTK_CONTAINER(button), column);
  gtk_widget_set_sensitive(button, command->enabled);
  gtk_widget_set_tooltip_text(button, said);
  atk_object_set_name(gtk_widget_get_accessible(button), said);
  g_object_set_data_full(G_OBJECT(button), "command", g_strdup(command->id), g_free);
  g_signal_connect(button, "clicked", G_CALLBACK(on_clicked), self);
  gtk_container_add(GTK_CONTAINER(self->toolbar), button);
  g_free(said);
  free(tooltip);
  free(severity);
  free(text);
  json_free(&doc);
}

static void remove_child(GtkWidget *child, gpointer context) {
  (void)context;
  gtk_widget_destroy(child);
}

void toolbar_show(desktop *self) {
  gtk_container_foreach(GTK_CONTAINER(self->toolbar), remove_child, NULL);
  for (size_t i = 0; i < self->host->manifest.command_count; i++) {
    const manifest_command *command = &self->host->manifest.commands[i];
    if (command->in_toolbar && command->visible) add_button(self, command);
  }
  gtk_widget_show_all(self->toolbar);
}
