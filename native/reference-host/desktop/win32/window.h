/* The desk as a window of Windows itself, without any toolkit: what its files share. Everything here runs on the window's own thread. */
#ifndef REFERENCE_HOST_WINDOW_H
#define REFERENCE_HOST_WINDOW_H

#include "worker.h"

enum {
  ID_STORE_ONE = 100,
  ID_STORE_ALL,
  ID_CLOSE_DAY,
  ID_INVOICES,
  ID_OTHER,        /* what a person cannot act on */
  ID_COMMAND = 200, /* and following: the icons of the toolbar */
  ID_NOTICE = 400   /* and following: the buttons of the notices */
};

typedef struct icon_button {
  HWND button;
  HBITMAP icon; /* null: none; with alpha, in the colour of the text */
  char *path;   /* of what the icon was loaded from */
} icon_button;

typedef struct notice_bar {
  HWND text;
  HWND button;
} notice_bar;

typedef struct window {
  HWND main;
  HWND tips;
  icon_button *commands; /* as many as were ever needed; those too many are hidden */
  size_t command_count;
  notice_bar *notices; /* the same */
  size_t notice_count;
  HWND practitioners;
  HWND heading;
  HWND invoices;
  HWND store_one;
  HWND store_all;
  HWND close_day;
  HWND progress_title;
  HWND progress;
  HWND state;
  HWND said;
  HWND focus; /* what had the keyboard when the window was last left */
  HFONT font;
  HFONT strong;
  UINT dpi;
  picture *shown; /* null before the first */
  worker *worker;
  bool closing;
} window;

/* controls.c: the small things the views are made of */
HWND control_make(window *self, const wchar_t *kind, DWORD style, int id);
void control_text(HWND control, const char *text);       /* changes nothing when it says so already; '_' is no sign of a key here */
void control_label(HWND control, const char *label);     /* '_' stands before the key that goes with Alt */
void control_show(window *self, HWND control, bool visible);
void control_enable(window *self, HWND control, bool enabled); /* the keyboard never stays in what is gone or off */
bool colours_are_of_the_person(void);                    /* high contrast: no colours of ours */
int scaled(const window *self, int pixels);              /* of 96 dots an inch */
SIZE text_size(const window *self, HFONT font, const char *text, int width); /* width 0: on one line */

/* fonts.c */
void fonts_load(window *self); /* those the person chose for windows, in the size of this screen */

/* icon.c */
HBITMAP icon_load(const char *path, int size, COLORREF colour); /* null when there is none a Windows program can read */

/* toolbar.c: the commands of the manifest with icon, badge, enablement */
void toolbar_show(window *self);
void toolbar_reload_icons(window *self); /* after a change of size or colours */
bool toolbar_draw(window *self, const DRAWITEMSTRUCT *asked);
SIZE toolbar_button_size(const window *self, size_t rank);

/* notices.c: what stays until its cause is gone */
enum { NOTICE_PADDING = 7 };
void notices_show(window *self);
bool notices_draw(const window *self, const DRAWITEMSTRUCT *asked);

/* invoices_view.c: the practice's invoices and what became of each */
void invoices_make(window *self);
void invoices_show(window *self);
void invoices_fit(const window *self); /* the last column takes what the others leave */
void invoices_answer(const window *self, LPARAM asked); /* LVN_GETDISPINFO */

/* layout.c */
void layout_all(window *self);
SIZE layout_smallest(const window *self);

/* browser.c */
bool browser_open(HWND owner, const wchar_t *url);

#endif
