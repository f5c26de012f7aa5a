/**
 * Makes one file of the add-in's program, dist/program/addin.cjs: its modules, with the JSON schemas they use compiled ahead, and V8's code cache beside it. The
 * add-in starts from it (src/composition/addin-main.ts). Run by `scripts/bootstrap.mjs` after the compilation and the native build.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(ROOT, 'dist');
const OUT = join(DIST, 'program');
const require = createRequire(import.meta.url);
/** Native code, what reads files that lie beside its own, and what is needed only when a schema was replaced: loaded from node_modules when asked for. */
const EXTERNAL = ['koffi', '@photostructure/sqlite', 'pcsclite', 'pdfkit', /^node:/];
const PRECOMPILED = { ajv: '7', 'ajv/dist/2020': '2020', 'ajv-formats': 'formats' };

/** A validator is known by everything that its behaviour depends on; the bundle computes the same key. */
const KEY = `(draft, allErrors, schema) => createHash('sha256').update(JSON.stringify([draft, allErrors === true, schema])).digest('hex')`;
const keyOf = new Function('createHash', `return ${KEY}`)(createHash);

const { default: Core } = require('ajv/dist/core');
const { default: Ajv2020 } = require('ajv/dist/2020');
const { default: Ajv7 } = require('ajv');
const { default: addFormats } = require('ajv-formats');
const { default: standaloneCode } = require('ajv/dist/standalone');

/** Does what the add-in does at its start, and notes every schema that is compiled meanwhile. */
async function usedSchemas(home) {
  const used = new Map();
  const { compile } = Core.prototype;
  Core.prototype.compile = function (schema, meta) {
    const draft = this instanceof Ajv2020 ? '2020' : '7';
    const { allErrors } = this.opts;
    used.set(keyOf(draft, allErrors, schema), { draft, allErrors, schema, formats: Object.keys(this.formats).length > 0 });
    return compile.call(this, schema, meta);
  };
  const { makePracticeBox } = require(join(DIST, 'demonstration/practice-box.js'));
  makePracticeBox(home, { smtpPort: 1, pop3Port: 1 });
  const { LiveManifest } = require(join(DIST, 'host-bridge/live-manifest.js'));
  new LiveManifest(join(ROOT, 'addin'), join(ROOT, 'addin/manifest.schema.json'));
  const { openPractice } = require(join(DIST, 'composition/container.js'));
  require(join(DIST, 'composition/in-host/teletrans-addin.js'));
  const practice = await openPractice(home);
  await practice.dispose();
  Core.prototype.compile = compile;
  return used;
}

/** The validators as modules of the bundle, and what stands in the place of ajv: looks one up, or takes the real ajv for a schema it does not know. */
function precompiledModules(used) {
  const modules = new Map();
  for (const [key, { draft, allErrors, schema, formats }] of used) {
    const ajv = new (draft === '2020' ? Ajv2020 : Ajv7)({ allErrors: allErrors === true, strict: false, code: { source: true } });
    if (formats) addFormats(ajv);
    modules.set(`\0validator-${key}.cjs`, standaloneCode(ajv, ajv.compile(schema)));
  }
  const table = [...used.keys()].map((key) => `'${key}': () => require('\0validator-${key}.cjs')`).join(',\n');
  modules.set('\0validators.cjs', `module.exports = {\n${table}\n};`);
  modules.set('\0ajv-formats.mjs', 'export default function addFormats(ajv) { ajv.wantsFormats = true; return ajv; }');
  for (const [name, draft] of Object.entries(PRECOMPILED).filter(([name]) => name !== 'ajv-formats')) {
    modules.set(
      `\0ajv-${draft}.mjs`,
      `import { createHash } from 'node:crypto';
       import { createRequire } from 'node:module';
       import validators from '\0validators.cjs';
       const keyOf = ${KEY};
       export default class Ajv {
         constructor(options = {}) { this.options = options; this.wantsFormats = false; }
         compile(schema) {
           const made = validators[keyOf('${draft}', this.options.allErrors, schema)];
           if (made !== undefined) return made();
           const fromPackages = createRequire(__filename);
           const ajv = new (fromPackages('${name}').default)(this.options);
           if (this.wantsFormats) fromPackages('ajv-formats').default(ajv);
           return ajv.compile(schema);
         }
       }`,
    );
  }
  return modules;
}

/** Our own sources get the module in ajv's place; packages that use ajv keep the real one. */
function precompiled(modules) {
  const ours = join(ROOT, 'src') + sep;
  return {
    name: 'precompiled-schemas',
    resolveId(source, importer) {
      if (source.startsWith('\0')) return source;
      const place = PRECOMPILED[source];
      if (place === undefined || importer?.startsWith(ours) !== true) return null;
      return place === 'formats' ? '\0ajv-formats.mjs' : `\0ajv-${place}.mjs`;
    },
    load: (id) => modules.get(id) ?? null,
  };
}

async function bundle(modules) {
  const made = await rolldown({
    input: join(ROOT, 'src/composition/addin.ts'),
    cwd: ROOT,
    platform: 'node',
    external: EXTERNAL,
    plugins: [precompiled(modules)],
  });
  const { output } = await made.generate({
    format: 'cjs',
    codeSplitting: false,
    dynamicImportInCjs: false,
    keepNames: true,
    minify: { compress: false, mangle: false, codegen: true },
  });
  await made.close();
  mkdirSync(OUT, { recursive: true });
  // Bytes alone, so that it is read without decoding: a sign beyond ASCII stands only in texts and patterns, where its escape means the same.
  const text = output[0].code.replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  writeFileSync(join(OUT, 'addin.cjs'), text);
}

/** Starts the add-in once as the host does, so that what V8 compiled on the way can be kept. */
function fillCodeCache(home) {
  const run = spawnSync(
    join(ROOT, 'build/native/reference-host/reference-host'),
    ['--addin', join(ROOT, 'addin'), '--node', process.execPath, '--heartbeat-timeout', '120000'],
    { input: 'quit\n', env: { ...process.env, VITALE_HOME: home, VITALE_WRITE_CODE_CACHE: '1' }, encoding: 'utf8' },
  );
  if (run.status !== 0) throw new Error(`the bundled add-in does not start:\n${run.stdout}${run.stderr}`);
}

rmSync(OUT, { recursive: true, force: true });
const home = mkdtempSync(join(tmpdir(), 'vitale-bundle-'));
try {
  await bundle(precompiledModules(await usedSchemas(home)));
  fillCodeCache(home);
} finally {
  rmSync(home, { recursive: true, force: true });
}
