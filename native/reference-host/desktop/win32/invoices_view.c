#include <stdlib.h>
#include <wchar.h>

#include "../../wide.h"
#include "window.h"

#include <commctrl.h>

enum { CELL_AMOUNT = 3 };

static const int WIDTHS[INVOICE_CELLS] = {110, 90, 190, 100, 240};

/* The list keeps no text of its own: it asks for what it draws, so that many thousand invoices cost it nothing. */
void invoices_make(window *self) {
  self->invoices = control_make(self, WC_LISTVIEWW, WS_VISIBLE | WS_TABSTOP | WS_BORDER | LVS_REPORT | LVS_OWNERDATA | LVS_SINGLESEL | LVS_SHOWSELALWAYS | LVS_NOSORTHEADER, ID_INVOICES);
  SendMessageW(self->invoices, LVM_SETEXTENDEDLISTVIEWSTYLE, 0, LVS_EX_FULLROWSELECT | LVS_EX_DOUBLEBUFFER);
  for (int cell = 0; cell < INVOICE_CELLS; cell++) {
    wchar_t *title = widen(INVOICE_HEADINGS[cell]);
    LVCOLUMNW column = {.mask = LVCF_TEXT | LVCF_WIDTH | LVCF_FMT, .fmt = cell == CELL_AMOUNT ? LVCFMT_RIGHT : LVCFMT_LEFT, .cx = scaled(self, WIDTHS[cell]), .pszText = title};
    SendMessageW(self->invoices, LVM_INSERTCOLUMNW, (WPARAM)cell, (LPARAM)&column);
    free(title);
  }
}

void invoices_fit(const window *self) {
  RECT room;
  GetClientRect(self->invoices, &room);
  int left = room.right;
  for (int cell = 0; cell < INVOICE_CELLS; cell++) {
    const int wanted = scaled(self, WIDTHS[cell]);
    const int width = cell == INVOICE_CELLS - 1 && left > wanted ? left : wanted;
    SendMessageW(self->invoices, LVM_SETCOLUMNWIDTH, (WPARAM)cell, width);
    left -= width;
  }
}

void invoices_show(window *self) {
  SendMessageW(self->invoices, LVM_SETITEMCOUNT, self->shown->row_count, LVSICF_NOINVALIDATEALL | LVSICF_NOSCROLL);
  InvalidateRect(self->invoices, NULL, FALSE);
}

void invoices_answer(const window *self, LPARAM asked) {
  LVITEMW *item = &((NMLVDISPINFOW *)asked)->item;
  if ((item->mask & LVIF_TEXT) == 0 || item->cchTextMax <= 0) return;
  item->pszText[0] = L'\0';
  if (self->shown == NULL || item->iItem < 0 || (size_t)item->iItem >= self->shown->row_count || item->iSubItem >= INVOICE_CELLS) return;
  const char *text = self->shown->rows[item->iItem].cells[item->iSubItem];
  wchar_t *wide = text == NULL ? NULL : widen(text);
  if (wide == NULL) return;
  wcsncpy(item->pszText, wide, (size_t)item->cchTextMax - 1);
  item->pszText[item->cchTextMax - 1] = L'\0';
  free(wide);
}
