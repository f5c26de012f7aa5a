/* From above: toolbar, notices, practitioners, list (all the height that is left), buttons, progress, state. The same order is the keyboard's. */
#include "window.h"

enum { MARGIN = 8, GAP = 6, BUTTON_HEIGHT = 30, BUTTON_PADDING = 14, PROGRESS_HEIGHT = 14, LIST_HEIGHT = 90, SMALLEST_WIDTH = 640, SMALLEST_HEIGHT = 400 };

typedef struct place {
  window *window;
  HWND after; /* the one before in the keyboard's order */
  int left;
  int width;
  int top;
} place;

static void put(place *at, HWND control, int left, int top, int width, int height) {
  SetWindowPos(control, at->after, left, top, width, height, SWP_NOACTIVATE);
  at->after = control;
}

static int text_height(const window *self) {
  return (int)text_size(self, self->font, "Ég", 0).cy;
}

static int button_width(const window *self, const char *label) {
  return (int)text_size(self, self->font, label, 0).cx + 2 * scaled(self, BUTTON_PADDING);
}

static void put_toolbar(place *at) {
  window *self = at->window;
  int left = at->left;
  int height = 0;
  for (size_t i = 0; i < self->command_count && i < self->shown->command_count; i++) {
    const SIZE size = toolbar_button_size(self, i);
    put(at, self->commands[i].button, left, at->top, (int)size.cx, (int)size.cy);
    left += (int)size.cx + scaled(self, GAP);
    height = (int)size.cy;
  }
  if (height > 0) at->top += height + scaled(self, GAP);
}

static void put_notices(place *at) {
  window *self = at->window;
  for (size_t i = 0; i < self->notice_count && i < self->shown->notice_count; i++) {
    const shown_notice *entry = &self->shown->notices[i];
    const int button = entry->action == NULL ? 0 : button_width(self, entry->action);
    const int width = at->width - (button == 0 ? 0 : button + scaled(self, GAP));
    const int padding = 2 * scaled(self, NOTICE_PADDING);
    const int text = (int)text_size(self, self->font, entry->text, width - padding).cy + padding;
    const int height = button != 0 && text < scaled(self, BUTTON_HEIGHT) ? scaled(self, BUTTON_HEIGHT) : text;
    put(at, self->notices[i].text, at->left, at->top, width, height);
    if (button != 0) put(at, self->notices[i].button, at->left + at->width - button, at->top, button, scaled(self, BUTTON_HEIGHT));
    at->top += height + scaled(self, GAP);
  }
}

/* A line of text as high as it needs; nothing for an empty one. */
static void put_line(place *at, HWND control, const char *text) {
  window *self = at->window;
  if (text == NULL) return;
  const int height = (int)text_size(self, self->font, text, at->width).cy;
  put(at, control, at->left, at->top, at->width, height);
  at->top += height + scaled(self, GAP);
}

static int height_of_line(const window *self, const char *text, int width) {
  return text == NULL ? 0 : (int)text_size(self, self->font, text, width).cy + scaled(self, GAP);
}

/* What stands under the list. */
static int height_below(const window *self, int width) {
  const picture *shown = self->shown;
  int height = scaled(self, BUTTON_HEIGHT) + scaled(self, GAP) + height_of_line(self, shown->state, width) + height_of_line(self, shown->said, width);
  if (shown->progress >= 0) height += text_height(self) + scaled(self, PROGRESS_HEIGHT) + 2 * scaled(self, GAP);
  return height;
}

static void put_buttons(place *at) {
  window *self = at->window;
  const int height = scaled(self, BUTTON_HEIGHT);
  const int one = button_width(self, STORE_ONE_LABEL);
  const int all = button_width(self, STORE_ALL_LABEL);
  const int close = button_width(self, CLOSE_DAY_LABEL);
  put(at, self->store_one, at->left, at->top, one, height);
  put(at, self->store_all, at->left + one + scaled(self, GAP), at->top, all, height);
  put(at, self->close_day, at->left + at->width - close, at->top, close, height);
  at->top += height + scaled(self, GAP);
}

static void put_progress(place *at) {
  window *self = at->window;
  if (self->shown->progress < 0) return;
  put(at, self->progress_title, at->left, at->top, at->width, text_height(self));
  at->top += text_height(self) + scaled(self, GAP);
  put(at, self->progress, at->left, at->top, at->width, scaled(self, PROGRESS_HEIGHT));
  at->top += scaled(self, PROGRESS_HEIGHT) + scaled(self, GAP);
}

void layout_all(window *self) {
  RECT room;
  if (self->shown == NULL || IsIconic(self->main)) return;
  GetClientRect(self->main, &room);
  const int margin = scaled(self, MARGIN);
  place at = {.window = self, .after = HWND_TOP, .left = margin, .width = room.right - 2 * margin, .top = margin};
  put_toolbar(&at);
  put_notices(&at);
  put_line(&at, self->practitioners, self->shown->practitioners);
  put(&at, self->heading, at.left, at.top, at.width, text_height(self));
  at.top += text_height(self) + scaled(self, GAP) / 2;
  const int left = room.bottom - margin - height_below(self, at.width) - at.top;
  const int list = left > scaled(self, LIST_HEIGHT) ? left : scaled(self, LIST_HEIGHT);
  put(&at, self->invoices, at.left, at.top, at.width, list);
  invoices_fit(self);
  at.top += list + scaled(self, GAP);
  put_buttons(&at);
  put_progress(&at);
  put_line(&at, self->state, self->shown->state);
  put_line(&at, self->said, self->shown->said);
  InvalidateRect(self->main, NULL, TRUE);
}

SIZE layout_smallest(const window *self) {
  return (SIZE){scaled(self, SMALLEST_WIDTH), scaled(self, SMALLEST_HEIGHT)};
}
