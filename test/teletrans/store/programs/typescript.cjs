/** Lets a child process of a test run the sources as they are: `node --require typescript.cjs program.ts`. */
const { readFileSync } = require('node:fs');

/** The fast translator is built for the machine that installed the packages; a Windows Node that runs here takes the compiler itself. */
function translator() {
  if (process.platform === 'win32') {
    require('../../../windows/suites/windows-packages.cjs');
    const { transpileModule, ModuleKind, ScriptTarget } = require('typescript');
    const compilerOptions = {
      module: ModuleKind.CommonJS,
      target: ScriptTarget.ES2023,
      experimentalDecorators: true,
      esModuleInterop: true,
    };
    return (file) => transpileModule(readFileSync(file, 'utf8'), { fileName: file, compilerOptions }).outputText;
  }
  const { transformFileSync } = require('@swc/core');
  return (file) =>
    transformFileSync(file, {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true },
        target: 'es2023',
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
      swcrc: false,
    }).code;
}

const translate = translator();
require.extensions['.ts'] = (module, file) => module._compile(translate(file), file);
