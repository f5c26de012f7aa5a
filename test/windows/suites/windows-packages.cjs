/** The packages here are those of this machine; what is native for Windows lies beside its Node (`windowsNode` in test/windows/support/package.ts). */
'use strict';
const Module = require('node:module');

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
  resolve.call(Module, request === 'koffi' ? `${__dirname}/../../../build/windows-node/node_modules/koffi` : request, ...rest);
