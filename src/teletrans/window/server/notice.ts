/** The plain page shown to a person who comes without a session. It needs no script, and its style sheet no session. */
import type { ApiError } from '../protocol';

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A whole HTML page that says the refusal in words. */
export function noticePage(refusal: ApiError): string {
  return `<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>Télétransmission</title><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/avis.css"></head>
<body><main><h1>Télétransmission</h1><p>${escape(refusal.message)}</p><p><strong>${escape(refusal.action)}</strong></p><p><small>${escape(refusal.code)}</small></p></main></body>
</html>
`;
}

/** Shown for an instant to a browser that another page led to a one-time address. */
export const OPENING_PAGE = `<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>Télétransmission</title></head>
<body><p><a href="/">Ouvrir la télétransmission</a></p></body>
</html>
`;

export const NOTICE_CSS = `:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1.125rem/1.5 system-ui, "Segoe UI", sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 34rem; padding: 2rem; border: 1px solid; border-radius: 0.75rem; }
h1 { margin-top: 0; font-size: 1.4rem; }
`;
