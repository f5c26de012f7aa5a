/**
 * The two secrets of a card file, handled as bytes: a string of the code porteur would stay in memory until the collector passes, and be found in a heap snapshot.
 */

/** Where the value of a `"name": "digits"` member stands in the bytes of a JSON text: [start, end[, quotes excluded. */
function placeOf(json: Buffer, name: string): readonly [number, number] | null {
  const key = Buffer.from(`"${name}"`, 'latin1');
  let found: readonly [number, number] | null = null;
  for (let at = json.indexOf(key); at >= 0; at = json.indexOf(key, at + 1)) {
    let i = at + key.length;
    const skipBlanks = (): void => {
      while ([0x20, 0x09, 0x0a, 0x0d].includes(json[i] ?? 0)) i += 1;
    };
    skipBlanks();
    if (json[i] !== 0x3a) continue; // the text of a value, not a member
    i += 1;
    skipBlanks();
    if (json[i] !== 0x22) return null;
    const start = i + 1;
    let end = start;
    while ((json[end] ?? 0) >= 0x30 && (json[end] ?? 0) <= 0x39) end += 1;
    if (json[end] !== 0x22 || found !== null) return null;
    found = [start, end];
  }
  return found;
}

/**
 * Takes a secret out of the bytes of a card file and leaves zeros in its place.
 * @returns a copy of its digits, or null when there is not exactly one member of this name made of digits.
 */
export function takeSecret(json: Buffer, name: string): Buffer | null {
  const place = placeOf(json, name);
  if (place === null) return null;
  const secret = Buffer.alloc(place[1] - place[0]);
  json.copy(secret, 0, ...place);
  json.fill(0x30, ...place);
  return secret;
}

/** Puts a secret back where {@link takeSecret} took it. */
export function putSecret(json: Buffer, name: string, secret: Buffer): void {
  const place = placeOf(json, name);
  if (place?.[1] !== (place?.[0] ?? 0) + secret.length) throw new Error('the place of a secret has changed');
  secret.copy(json, place[0]);
}
