#include "desktop.h"

enum { ICON_SIZE = 32 };

static void on_clicked(GtkButton *button, gpointer context) {
  desktop *self = context;
  desk_act(self->desk, ACT_COMMAND, g_object_get_data(G_OBJECT(button), "command"));
}

static GtkWidget *icon_of(const shown_command *command) {
  GdkPixbuf *loaded = command->icon == NULL ? NULL : gdk_pixbuf_new_from_file_at_size(command->icon, ICON_SIZE, ICON_SIZE, NULL);
  if (loaded == NULL) return gtk_label_new(NULL);
  GtkWidget *image = gtk_image_new_from_pixbuf(loaded);
  g_object_unref(loaded);
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

static void add_button(desktop *self, const shown_command *command) {
  GtkWidget *button = gtk_button_new();
  GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *overlay = gtk_overlay_new();
  GtkWidget *icon = icon_of(command);
  gtk_widget_set_margin_start(icon, 14);
  gtk_widget_set_margin_end(icon, 14);
  gtk_widget_set_margin_top(icon, 8);
  gtk_container_add(GTK_CONTAINER(overlay), icon);
  if (command->badge != NULL) gtk_overlay_add_overlay(GTK_OVERLAY(overlay), badge_of(command->badge, command->severity == NULL ? "normal" : command->severity));
  gtk_container_add(GTK_CONTAINER(column), overlay);
  gtk_container_add(GTK_CONTAINER(column), gtk_label_new(command->label));
  gtk_container_add(GTK_CONTAINER(button), column);
  gtk_widget_set_sensitive(button, command->enabled);
  gtk_widget_set_tooltip_text(button, command->name);
  atk_object_set_name(gtk_widget_get_accessible(button), command->name);
  g_object_set_data_full(G_OBJECT(button), "command", g_strdup(command->command), g_free);
  g_signal_connect(button, "clicked", G_CALLBACK(on_clicked), self);
  gtk_container_add(GTK_CONTAINER(self->toolbar), button);
}

static void remove_child(GtkWidget *child, gpointer context) {
  (void)context;
  gtk_widget_destroy(child);
}

void toolbar_show(desktop *self, const picture *shown) {
  gtk_container_foreach(GTK_CONTAINER(self->toolbar), remove_child, NULL);
  for (size_t i = 0; i < shown->command_count; i++) add_button(self, &shown->commands[i]);
  gtk_widget_show_all(self->toolbar);
}
