/**
 * Mends the sources of the package `pcsclite` 1.0.1 before they are built (docs/decisions/0020-pcsclite-is-mended.md): a program that closed everything did not
 * always end, could wait for ever for a thread that missed its cancelling, and left each command it sent, the code porteur too, in freed memory.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ended = (object) => `    uv_mutex_lock(&${object}->m_mutex);
    ${object}->m_ended = true;
    uv_cond_signal(&${object}->m_cond);
    uv_mutex_unlock(&${object}->m_mutex);
`;

/** Each text stands exactly once in its file. */
const MENDS = [
  // Left unset, they were joined and released all the same.
  ['cardreader.h', '        int m_state;\n', '        int m_state;\n        bool m_ended;\n'],
  [
    'cardreader.cpp',
    `m_card_context(0),
                                                        m_card_handle(0),
                                                        m_name(reader_name),
                                                        m_state(0) {`,
    `m_card_context(0),
                                                        m_status_card_context(0),
                                                        m_card_handle(0),
                                                        m_name(reader_name),
                                                        m_status_thread(0),
                                                        m_state(0),
                                                        m_ended(false) {`,
  ],
  // A thread that had not begun to wait missed the five cancellings, and was then joined for ever.
  [
    'cardreader.cpp',
    `            int ret;
            int times = 0;
            obj->m_state = 1;
            do {
                result = SCardCancel(obj->m_status_card_context);
                ret = uv_cond_timedwait(&obj->m_cond, &obj->m_mutex, 10000000);
            } while ((ret != 0) && (++ times < 5));
`,
    `            obj->m_state = 1;
            while (!obj->m_ended) {
                result = SCardCancel(obj->m_status_card_context);
                uv_cond_timedwait(&obj->m_cond, &obj->m_mutex, 10000000);
            }
`,
  ],
  // A thread told to end between two waits never said so: its handle kept the program alive.
  ['cardreader.cpp', '    while (!reader->m_state) {\n', '    bool told = false;\n    while (!reader->m_state) {\n'],
  [
    'cardreader.cpp',
    '        async_baton->async_result->do_exit = (reader->m_state != 0);\n',
    '        told = (reader->m_state != 0);\n        async_baton->async_result->do_exit = told;\n',
  ],
  [
    'cardreader.cpp',
    '    // Exit flag set in keepwatching and handled in following uv_async_send\n',
    `    if (!told) {
        uv_mutex_lock(&reader->m_mutex);
        async_baton->async_result->do_exit = true;
        async_baton->async_result->result = SCARD_S_SUCCESS;
        async_baton->async_result->status = 0;
        uv_mutex_unlock(&reader->m_mutex);
        uv_async_send(&async_baton->async);
    }
${ended('reader')}`,
  ],
  [
    'cardreader.cpp',
    '    delete [] ti->in_data;\n',
    `    for (volatile unsigned char* at = ti->in_data; at < ti->in_data + ti->in_len; ++at) *at = 0;
    delete [] ti->in_data;
`,
  ],
  // The same of the thread that looks for readers; closed before it started, it started all the same.
  ['pcsclite.h', '        int m_state;\n', '        int m_state;\n        bool m_ended;\n'],
  [
    'pcsclite.cpp',
    '                      m_state(0) {',
    '                      m_pnp(false),\n                      m_state(0),\n                      m_ended(false) {',
  ],
  [
    'pcsclite.cpp',
    `                int ret;
                int times = 0;
                obj->m_state = 1;
                do {
                    result = SCardCancel(obj->m_card_context);
                    ret = uv_cond_timedwait(&obj->m_cond, &obj->m_mutex, 10000000);
                } while ((ret != 0) && (++ times < 5));
`,
    `                obj->m_state = 1;
                while (!obj->m_ended) {
                    result = SCardCancel(obj->m_card_context);
                    uv_cond_timedwait(&obj->m_cond, &obj->m_mutex, 10000000);
                }
`,
  ],
  [
    'pcsclite.cpp',
    '            uv_mutex_unlock(&obj->m_mutex);\n        }\n    } else {\n',
    '            uv_mutex_unlock(&obj->m_mutex);\n        } else {\n            obj->m_state = 1;\n        }\n    } else {\n',
  ],
  [
    'pcsclite.cpp',
    '    async_baton->async_result->do_exit = true;\n',
    `${ended('pcsclite')}    async_baton->async_result->do_exit = true;\n`,
  ],
];

/** Mends the package in this folder, once. Throws when its sources are not those of the version the mends were written for. */
export function mendPcsclite(folder) {
  const files = new Map();
  for (const [name, from, to] of MENDS) {
    const file = join(folder, 'src', name);
    const text = files.get(file) ?? readFileSync(file, 'utf8');
    if (text.includes(to)) continue;
    if (text.split(from).length !== 2) throw new Error(`${name} is not that of pcsclite 1.0.1`);
    files.set(
      file,
      text.replace(from, () => to),
    );
  }
  for (const [file, text] of files) writeFileSync(file, text);
}
