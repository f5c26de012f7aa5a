#include "window.h"

#include <shellapi.h>

/* The browser of this person. On Windows only this person and administrators can read the arguments of their programs, so that the address may be one. */
bool browser_open(HWND owner, const wchar_t *url) {
  SHELLEXECUTEINFOW asked = {.cbSize = sizeof asked, .fMask = SEE_MASK_FLAG_NO_UI | SEE_MASK_ASYNCOK, .hwnd = owner, .lpVerb = L"open", .lpFile = url, .nShow = SW_SHOWNORMAL};
  return ShellExecuteExW(&asked);
}
