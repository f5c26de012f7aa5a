/*
 * window-check <title>: what a person can see in a window of another program, told as JSON, one line for each line read. For the tests of reference-host-desktop.exe.
 *   look    its controls with class, text, place on the screen, whether they can be used and have the keyboard; the rows of its list
 *   close   asks it to close, as the cross in its corner does
 */
#include <stdlib.h>
#include <string.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <commctrl.h>

#include "../reference-host/lines.h"
#include "../reference-host/output.h"
#include "../reference-host/system.h"
#include "../reference-host/wide.h"

enum { CELL_ROOM = 512, CELLS = 5, CLASS_ROOM = 64, SOON_MS = 1000 };

static HWND wanted_window; /* null: not there */
static HWND list;

static void out_wide(const char *key, const wchar_t *text) {
  char *utf8 = narrow(text);
  out_text(key, utf8);
  free(utf8);
}

static void out_window_text(const char *key, HWND window) {
  DWORD_PTR length = 0;
  if (SendMessageTimeoutW(window, WM_GETTEXTLENGTH, 0, 0, SMTO_ABORTIFHUNG, SOON_MS, &length) == 0) length = 0;
  wchar_t *text = calloc(length + 1, sizeof *text);
  if (text != NULL) SendMessageW(window, WM_GETTEXT, length + 1, (LPARAM)text);
  out_wide(key, text == NULL ? L"" : text);
  free(text);
}

static BOOL CALLBACK tell_control(HWND control, LPARAM focus) {
  wchar_t class_name[CLASS_ROOM] = L"";
  RECT place;
  if (GetParent(control) != wanted_window) return TRUE;
  GetClassNameW(control, class_name, CLASS_ROOM);
  GetWindowRect(control, &place);
  if (wcscmp(class_name, WC_LISTVIEWW) == 0) list = control;
  out_item();
  out_wide("class", class_name);
  out_window_text("text", control);
  out_flag("visible", IsWindowVisible(control));
  out_flag("enabled", IsWindowEnabled(control));
  out_flag("focused", (LPARAM)control == focus);
  out_number("left", place.left);
  out_number("top", place.top);
  out_number("right", place.right);
  out_number("bottom", place.bottom);
  out_item_end();
  return TRUE;
}

/* A list answers into memory of its own program. */
static void tell_rows(void) {
  const size_t size = sizeof(LVITEMW) + CELL_ROOM * sizeof(wchar_t);
  static const char *const keys[CELLS] = {"0", "1", "2", "3", "4"};
  DWORD id = 0;
  GetWindowThreadProcessId(list, &id);
  HANDLE program = OpenProcess(PROCESS_VM_OPERATION | PROCESS_VM_READ | PROCESS_VM_WRITE, FALSE, id);
  char *room = program == NULL ? NULL : VirtualAllocEx(program, NULL, size, MEM_COMMIT, PAGE_READWRITE);
  const int count = room == NULL ? 0 : (int)SendMessageW(list, LVM_GETITEMCOUNT, 0, 0);
  for (int row = 0; row < count; row++) {
    out_item();
    for (int cell = 0; cell < CELLS; cell++) {
      const LVITEMW item = {.iSubItem = cell, .pszText = (wchar_t *)(void *)(room + sizeof(LVITEMW)), .cchTextMax = CELL_ROOM};
      wchar_t text[CELL_ROOM] = L"";
      WriteProcessMemory(program, room, &item, sizeof item, NULL);
      SendMessageW(list, LVM_GETITEMTEXTW, (WPARAM)row, (LPARAM)room);
      ReadProcessMemory(program, room + sizeof(LVITEMW), text, sizeof text - sizeof *text, NULL);
      out_wide(keys[cell], text);
    }
    out_item_end();
  }
  if (room != NULL) VirtualFreeEx(program, room, 0, MEM_RELEASE);
  if (program != NULL) CloseHandle(program);
}

static void look(void) {
  GUITHREADINFO thread = {.cbSize = sizeof thread};
  DWORD_PTR answered = 0;
  list = NULL;
  GetGUIThreadInfo(GetWindowThreadProcessId(wanted_window, NULL), &thread);
  out_begin("window");
  out_flag("there", wanted_window != NULL && IsWindowVisible(wanted_window));
  out_flag("answers", wanted_window != NULL && SendMessageTimeoutW(wanted_window, WM_NULL, 0, 0, SMTO_ABORTIFHUNG, SOON_MS, &answered) != 0);
  out_list("controls");
  if (wanted_window != NULL) EnumChildWindows(wanted_window, tell_control, (LPARAM)thread.hwndFocus);
  out_list_end();
  out_list("rows");
  if (list != NULL) tell_rows();
  out_list_end();
  out_end();
}

int main(int count, char **values) {
  char *line = NULL;
  size_t room = 0;
  values = system_begin(count, values);
  wchar_t *title = count == 2 ? widen(values[1]) : NULL;
  if (title == NULL) return 2;
  while (read_line(stdin, &line, &room) && strcmp(line, "quit") != 0) {
    wanted_window = FindWindowW(NULL, title);
    if (strcmp(line, "close") == 0 && wanted_window != NULL) PostMessageW(wanted_window, WM_CLOSE, 0, 0);
    look();
  }
  free(line);
  free(title);
  return 0;
}
