/*
 * reference-host-desktop.exe: the reference host as a window of Windows, for people. It takes the arguments of reference-host, and
 *   --invoices <file>   invoices that the buttons store one after the other (NDJSON)
 * What happens is printed as by reference-host, where its standard output goes somewhere. The add-in's pages open in the browser of the person.
 * What a person sees and does is in ../desk.h, on a thread of its own (worker.h); here it is only shown.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../../system.h"
#include "../../wide.h"
#include "window.h"

#include <commctrl.h>
#include <objbase.h>

enum { WIDTH = 840, HEIGHT = 580, COMMAND_KEYS = 9, PERCENT = 100, FAREWELL_MS = 4000 };
enum { FROM_KEY = 1 }; /* of WM_COMMAND, beside the notifications of buttons: a double click is told as a click and more */

static const wchar_t CLASS_NAME[] = L"LogoswReferenceHost";
static const char CLOSING[] = "LOGOSw se ferme : le module termine ce qu’il fait…";

static void show_progress(window *self) {
  const bool under_way = self->shown->progress >= 0;
  control_show(self, self->progress_title, under_way);
  control_show(self, self->progress, under_way);
  control_text(self->progress_title, self->shown->progress_title);
  SendMessageW(self->progress, PBM_SETPOS, (WPARAM)(under_way ? self->shown->progress : 0), 0);
}

static void show_line(window *self, HWND line, const char *text) {
  control_show(self, line, text != NULL);
  control_text(line, text);
}

static void show_all(window *self, picture *next) {
  picture *before = self->shown;
  self->shown = next;
  toolbar_show(self);
  notices_show(self);
  invoices_show(self);
  show_line(self, self->practitioners, next->practitioners);
  show_line(self, self->state, self->closing ? CLOSING : next->state);
  show_line(self, self->said, next->said);
  show_progress(self);
  control_enable(self, self->store_one, next->invoices_wait);
  control_enable(self, self->store_all, next->invoices_wait);
  layout_all(self);
  picture_free(before);
  worker_picture_read(self->worker);
}

static HWND make_button(window *self, const char *label, int id) {
  HWND made = control_make(self, L"BUTTON", WS_VISIBLE | WS_TABSTOP | BS_PUSHBUTTON, id);
  control_label(made, label);
  return made;
}

static void make_controls(window *self) {
  self->dpi = GetDpiForWindow(self->main);
  fonts_load(self);
  self->tips = CreateWindowExW(WS_EX_TOPMOST, TOOLTIPS_CLASSW, NULL, WS_POPUP | TTS_ALWAYSTIP | TTS_NOPREFIX, 0, 0, 0, 0, self->main, NULL, GetModuleHandleW(NULL), NULL);
  self->practitioners = control_make(self, L"STATIC", SS_NOPREFIX, ID_OTHER);
  self->heading = control_make(self, L"STATIC", WS_VISIBLE, ID_OTHER);
  control_label(self->heading, INVOICES_LABEL);
  invoices_make(self);
  self->store_one = make_button(self, STORE_ONE_LABEL, ID_STORE_ONE);
  self->store_all = make_button(self, STORE_ALL_LABEL, ID_STORE_ALL);
  self->close_day = make_button(self, CLOSE_DAY_LABEL, ID_CLOSE_DAY);
  self->progress_title = control_make(self, L"STATIC", SS_NOPREFIX, ID_OTHER);
  self->progress = control_make(self, PROGRESS_CLASSW, 0, ID_OTHER);
  SendMessageW(self->progress, PBM_SETRANGE32, 0, PERCENT);
  self->state = control_make(self, L"STATIC", WS_VISIBLE | SS_NOPREFIX, ID_OTHER);
  self->said = control_make(self, L"STATIC", SS_NOPREFIX, ID_OTHER);
}

static void act_on_notice(window *self, size_t rank) {
  if (self->shown == NULL || rank >= self->shown->notice_count || self->shown->notices[rank].command == NULL) return;
  const shown_notice *asked = &self->shown->notices[rank];
  worker_act(self->worker, asked->of_host ? ACT_NOTICE_OF_HOST : ACT_COMMAND, asked->command);
}

static void act_on_command(window *self, size_t rank) {
  if (self->shown == NULL || rank >= self->shown->command_count || !self->shown->commands[rank].enabled) return;
  worker_act(self->worker, ACT_COMMAND, self->shown->commands[rank].command);
}

/* A button with the keyboard, or a key: both end here. */
static void on_command(window *self, int id) {
  if (self->closing || self->worker == NULL) return;
  if (id == ID_STORE_ONE) {
    worker_act(self->worker, ACT_STORE_ONE, NULL);
  } else if (id == ID_STORE_ALL) {
    worker_act(self->worker, ACT_STORE_ALL, NULL);
  } else if (id == ID_CLOSE_DAY) {
    worker_act(self->worker, ACT_CLOSE_DAY, NULL);
  } else if (id >= ID_NOTICE) {
    act_on_notice(self, (size_t)(id - ID_NOTICE));
  } else if (id >= ID_COMMAND) {
    act_on_command(self, (size_t)(id - ID_COMMAND));
  } else if (id == IDOK && (SendMessageW(GetFocus(), WM_GETDLGCODE, 0, 0) & DLGC_BUTTON) != 0) {
    SendMessageW(GetFocus(), BM_CLICK, 0, 0); /* Enter on a button that we draw */
  }
}

static void change_size(window *self, UINT dpi, const RECT *wanted) {
  self->dpi = dpi;
  fonts_load(self);
  toolbar_reload_icons(self);
  SetWindowPos(self->main, NULL, wanted->left, wanted->top, wanted->right - wanted->left, wanted->bottom - wanted->top, SWP_NOZORDER | SWP_NOACTIVATE);
  if (self->shown != NULL) toolbar_show(self);
  layout_all(self);
}

/* The person chose other colours, another contrast or other letters. */
static void change_looks(window *self) {
  fonts_load(self);
  toolbar_reload_icons(self);
  SendMessageW(self->invoices, WM_SYSCOLORCHANGE, 0, 0);
  if (self->shown != NULL) toolbar_show(self);
  layout_all(self);
}

static void begin_closing(window *self) {
  if (self->closing) return;
  self->closing = true;
  control_text(self->state, CLOSING);
  worker_quit(self->worker);
}

static void open_page(window *self, wchar_t *url) {
  if (!browser_open(self->main, url)) worker_act(self->worker, ACT_NO_BROWSER, NULL);
  free(url);
}

/* As a dialog does: to a control, or onwards from the one that has the keyboard (back: wide is 1). The key of a label asks for both, one after the other. */
static void go_to(const window *self, WPARAM wide, LPARAM lparam) {
  HWND wanted = LOWORD(lparam) != 0 ? (HWND)wide : GetNextDlgTabItem(self->main, GetFocus(), wide != 0);
  if (wanted != NULL) SetFocus(wanted);
}

static void keep_focus(window *self) {
  HWND now = GetFocus();
  if (now != NULL && IsChild(self->main, now)) self->focus = now;
}

/* Back to where the keyboard was; at first to the telephone. */
static void give_focus(const window *self) {
  const bool usable = self->focus != NULL && IsWindowVisible(self->focus) && IsWindowEnabled(self->focus);
  SetFocus(usable ? self->focus : self->command_count > 0 && IsWindowEnabled(self->commands[0].button) ? self->commands[0].button : self->invoices);
}

static LRESULT CALLBACK on_message(HWND main, UINT message, WPARAM wide, LPARAM lparam) {
  static window self;
  switch (message) {
    case WM_CREATE:
      self.main = main;
      make_controls(&self);
      self.worker = worker_start(((const CREATESTRUCTW *)lparam)->lpCreateParams, main);
      return self.worker == NULL ? -1 : 0;
    case WM_DESK_PICTURE: {
      const bool first = self.shown == NULL;
      show_all(&self, (picture *)lparam);
      if (first && GetActiveWindow() == main) give_focus(&self);
      return 0;
    }
    case WM_DESK_PAGE: open_page(&self, (wchar_t *)lparam); return 0;
    case WM_DESK_ENDED: DestroyWindow(main); return 0;
    case WM_COMMAND:
      if (HIWORD(wide) == BN_CLICKED || HIWORD(wide) == FROM_KEY) on_command(&self, LOWORD(wide));
      return 0;
    case WM_NOTIFY:
      if (((const NMHDR *)lparam)->code == LVN_GETDISPINFOW) invoices_answer(&self, lparam);
      return 0;
    case WM_DRAWITEM: return toolbar_draw(&self, (const DRAWITEMSTRUCT *)lparam) || notices_draw(&self, (const DRAWITEMSTRUCT *)lparam);
    case WM_SIZE: layout_all(&self); return 0;
    case WM_GETMINMAXINFO: {
      const SIZE smallest = layout_smallest(&self);
      ((MINMAXINFO *)lparam)->ptMinTrackSize = (POINT){smallest.cx, smallest.cy};
      return 0;
    }
    case WM_DPICHANGED: change_size(&self, HIWORD(wide), (const RECT *)lparam); return 0;
    case WM_SETTINGCHANGE:
    case WM_SYSCOLORCHANGE:
    case WM_THEMECHANGED: change_looks(&self); return 0;
    case WM_ACTIVATE:
      if (LOWORD(wide) == WA_INACTIVE) keep_focus(&self);
      return DefWindowProcW(main, message, wide, lparam);
    case WM_NEXTDLGCTL: go_to(&self, wide, lparam); return 0;
    case WM_SETFOCUS: give_focus(&self); return 0;
    case WM_CLOSE: begin_closing(&self); return 0;
    /* The session ends: the add-in gets the time Windows gives. What it has not taken is on disk. */
    case WM_ENDSESSION:
      if (wide != 0) {
        begin_closing(&self);
        worker_wait(self.worker, FAREWELL_MS);
      }
      return 0;
    case WM_DESTROY:
      if (self.worker != NULL) worker_free(self.worker);
      self.worker = NULL;
      PostQuitMessage(0);
      return 0;
    default: return DefWindowProcW(main, message, wide, lparam);
  }
}

static HWND make_window(desk *shown) {
  const WNDCLASSEXW kind = {.cbSize = sizeof kind,
                            .lpfnWndProc = on_message,
                            .hInstance = GetModuleHandleW(NULL),
                            .hIcon = LoadIconW(NULL, IDI_APPLICATION),
                            .hCursor = LoadCursorW(NULL, IDC_ARROW),
                            .hbrBackground = (HBRUSH)(COLOR_BTNFACE + 1),
                            .lpszClassName = CLASS_NAME};
  const UINT dpi = GetDpiForSystem();
  wchar_t *title = widen(WINDOW_TITLE);
  HWND made = RegisterClassExW(&kind) == 0 || title == NULL
                  ? NULL
                  : CreateWindowExW(WS_EX_CONTROLPARENT, CLASS_NAME, title, WS_OVERLAPPEDWINDOW | WS_CLIPCHILDREN, CW_USEDEFAULT, CW_USEDEFAULT, MulDiv(WIDTH, (int)dpi, 96),
                                    MulDiv(HEIGHT, (int)dpi, 96), NULL, NULL, kind.hInstance, shown);
  free(title);
  return made;
}

/* Ctrl+1 and following: the icons of the toolbar. */
static HACCEL make_keys(void) {
  ACCEL keys[COMMAND_KEYS];
  for (int i = 0; i < COMMAND_KEYS; i++) keys[i] = (ACCEL){.fVirt = FVIRTKEY | FCONTROL, .key = (WORD)('1' + i), .cmd = (WORD)(ID_COMMAND + i)};
  return CreateAcceleratorTableW(keys, COMMAND_KEYS);
}

static void run(HWND main) {
  MSG message;
  HACCEL keys = make_keys();
  ShowWindow(main, SW_SHOWDEFAULT);
  while (GetMessageW(&message, NULL, 0, 0) > 0) {
    if (TranslateAcceleratorW(main, keys, &message) || IsDialogMessageW(main, &message)) continue;
    TranslateMessage(&message);
    DispatchMessageW(&message);
  }
  DestroyAcceleratorTable(keys);
}

/* Where nobody reads standard error, in a box. */
static int say_problem(const char *problem) {
  if (_fileno(stderr) >= 0) {
    fprintf(stderr, "%s\n", problem);
    return 2;
  }
  wchar_t *wide = widen(problem);
  wchar_t *title = widen(WINDOW_TITLE);
  if (wide != NULL && title != NULL) MessageBoxW(NULL, wide, title, MB_OK | MB_ICONERROR);
  free(title);
  free(wide);
  return 2;
}

int main(int count, char **values) {
  static reference_host host;
  static desk shown;
  const INITCOMMONCONTROLSEX controls = {.dwSize = sizeof controls, .dwICC = ICC_LISTVIEW_CLASSES | ICC_PROGRESS_CLASS | ICC_BAR_CLASSES | ICC_STANDARD_CLASSES};
  const char *problem = NULL;
  values = system_begin(count, values);
  if (!desk_begin(&shown, &host, count, values, NULL, &problem)) {
    const int code = say_problem(problem);
    desk_end(&shown);
    return code;
  }
  /* Asked for by what opens a page. */
  if (FAILED(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE)) || !InitCommonControlsEx(&controls)) return say_problem("Windows does not give a window");
  HWND main = make_window(&shown);
  if (main == NULL) return say_problem("Windows does not give a window");
  run(main);
  CoUninitialize();
  return 0;
}
