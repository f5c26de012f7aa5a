/** The words of Jest that the contract suites use, on Node's own runner: so the same suites run on the Windows Node, for which Jest's transformer is not here. */
'use strict';
const runner = require('node:test');
const { expect } = require('expect');

/** `%s`, `%i` … in a title take the values of a row in turn. */
const titled = (title, row) => row.reduce((text, value) => text.replace(/%[sidjop]/, String(value)), title);

function withEach(word) {
  const self = (title, body, timeout) => word(title, { timeout: timeout ?? 120_000 }, body && (body.length > 0 ? body : () => body()));
  self.each = (rows) => (title, body, timeout) => {
    for (const row of rows) {
      const values = Array.isArray(row) ? row : [row];
      self(titled(title, values), () => body(...values), timeout);
    }
  };
  self.skip = (title) => word.skip(title);
  return self;
}

Object.assign(globalThis, {
  expect,
  describe: withEach(runner.describe),
  it: withEach(runner.it),
  test: withEach(runner.it),
  beforeAll: (body) => runner.before(() => body()),
  afterAll: (body) => runner.after(() => body()),
  beforeEach: (body) => runner.beforeEach(() => body()),
  afterEach: (body) => runner.afterEach(() => body()),
  jest: { setTimeout: () => undefined },
});
