#include "desktop.h"

enum { CELL_AMOUNT = 3 };

static void add_column(GtkWidget *view, const char *title, int column, float align) {
  GtkCellRenderer *cell = gtk_cell_renderer_text_new();
  GtkTreeViewColumn *made = gtk_tree_view_column_new_with_attributes(title, cell, "text", column, NULL);
  g_object_set(cell, "xalign", align, NULL);
  gtk_tree_view_column_set_alignment(made, align);
  gtk_tree_view_column_set_resizable(made, TRUE);
  gtk_tree_view_append_column(GTK_TREE_VIEW(view), made);
}

GtkWidget *invoices_make(desktop *self, GtkWidget *heading) {
  self->invoices = gtk_list_store_new(INVOICE_CELLS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  GtkWidget *view = gtk_tree_view_new_with_model(GTK_TREE_MODEL(self->invoices));
  GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
  for (int cell = 0; cell < INVOICE_CELLS; cell++) add_column(view, INVOICE_HEADINGS[cell], cell, cell == CELL_AMOUNT ? 1 : 0);
  gtk_label_set_mnemonic_widget(GTK_LABEL(heading), view); /* its name, too */
  gtk_container_add(GTK_CONTAINER(scrolled), view);
  gtk_widget_set_vexpand(scrolled, TRUE);
  return scrolled;
}

/* Rows never go: those that are there are written over, and new ones added behind. */
void invoices_show(desktop *self, const picture *shown) {
  GtkTreeIter row;
  gboolean there = gtk_tree_model_get_iter_first(GTK_TREE_MODEL(self->invoices), &row);
  for (size_t i = 0; i < shown->row_count; i++) {
    if (!there) gtk_list_store_append(self->invoices, &row);
    for (int cell = 0; cell < INVOICE_CELLS; cell++) gtk_list_store_set(self->invoices, &row, cell, shown->rows[i].cells[cell], -1);
    if (there) there = gtk_tree_model_iter_next(GTK_TREE_MODEL(self->invoices), &row);
  }
}
