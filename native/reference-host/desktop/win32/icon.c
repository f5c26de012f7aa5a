/*
 * The manifest names an SVG, which Windows does not draw; beside it lies the same picture as .ico. A black picture takes the colour of the text, as an SVG in
 * currentColor does, so that it can be seen in every scheme of colours.
 */
#include <stdlib.h>
#include <string.h>

#include "../../wide.h"
#include "window.h"

enum { OPAQUE_ALPHA = 255 };

/* icons/telephone.svg: icons/telephone.ico. For free(). */
static wchar_t *path_of_ico(const char *path) {
  const char *dot = strrchr(path, '.');
  char *changed = dot == NULL ? NULL : text_of("%.*s.ico", (int)(dot - path), path);
  wchar_t *wide = changed == NULL ? NULL : widen(changed);
  free(changed);
  return wide;
}

static BITMAPINFO rows_from_top(int size) {
  return (BITMAPINFO){.bmiHeader = {.biSize = sizeof(BITMAPINFOHEADER), .biWidth = size, .biHeight = -size, .biPlanes = 1, .biBitCount = 32, .biCompression = BI_RGB}};
}

static bool read_pixels(HICON icon, int size, uint32_t *pixels) {
  ICONINFO parts;
  BITMAPINFO wanted = rows_from_top(size);
  if (!GetIconInfo(icon, &parts)) return false;
  HDC screen = GetDC(NULL);
  const bool good = parts.hbmColor != NULL && GetDIBits(screen, parts.hbmColor, 0, (UINT)size, pixels, &wanted, DIB_RGB_COLORS) == size;
  ReleaseDC(NULL, screen);
  if (parts.hbmColor != NULL) DeleteObject(parts.hbmColor);
  DeleteObject(parts.hbmMask);
  return good;
}

/* 0xAARRGGBB with the colours multiplied by alpha, as AlphaBlend wants them. */
static uint32_t painted(uint32_t pixel, COLORREF colour) {
  const uint32_t alpha = pixel >> 24;
  const bool black = (pixel & 0xffffff) == 0;
  const uint32_t red = black ? GetRValue(colour) : (pixel >> 16) & 0xff;
  const uint32_t green = black ? GetGValue(colour) : (pixel >> 8) & 0xff;
  const uint32_t blue = black ? GetBValue(colour) : pixel & 0xff;
  return alpha << 24 | red * alpha / OPAQUE_ALPHA << 16 | green * alpha / OPAQUE_ALPHA << 8 | blue * alpha / OPAQUE_ALPHA;
}

HBITMAP icon_load(const char *path, int size, COLORREF colour) {
  wchar_t *file = path_of_ico(path);
  HICON icon = file == NULL ? NULL : LoadImageW(NULL, file, IMAGE_ICON, size, size, LR_LOADFROMFILE);
  const BITMAPINFO wanted = rows_from_top(size);
  void *bits = NULL;
  HBITMAP made = icon == NULL ? NULL : CreateDIBSection(NULL, &wanted, DIB_RGB_COLORS, &bits, NULL, 0);
  uint32_t *pixels = bits;
  if (made != NULL && read_pixels(icon, size, pixels)) {
    for (int i = 0; i < size * size; i++) pixels[i] = painted(pixels[i], colour);
  } else if (made != NULL) {
    DeleteObject(made);
    made = NULL;
  }
  if (icon != NULL) DestroyIcon(icon);
  free(file);
  return made;
}
