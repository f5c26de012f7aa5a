/** The tables of `abi.ts` turned into callable functions by koffi. No name is registered globally, so that several copies can be loaded side by side. */
import { createRequire } from 'node:module';
import type * as Koffi from 'koffi' with { 'resolution-mode': 'import' };
import { CONSTANTS, FUNCTIONS, STRUCTS, type ConstantName, type FunctionName, type StructName } from './abi';
import { BridgeError } from './bridge-error';

/* koffi offers a CommonJS entry, but declares its types for ES modules only. */
const koffi = createRequire(__filename)('koffi') as typeof Koffi;

type TypeObject = ReturnType<typeof koffi.struct>;
type TypeSpec = TypeObject | string | ReturnType<typeof koffi.out>;

/** A function of the library: called directly, or on a thread of its own with a callback. */
export interface NativeFunction {
  (...values: unknown[]): unknown;
  async(...values: unknown[]): void;
}

/** A loaded library: its functions by name and the struct sizes as koffi lays them out. */
export interface NativeBinding {
  readonly functions: Readonly<Record<FunctionName, NativeFunction>>;
  readonly sizes: Readonly<Record<StructName, number>>;
}

const SCALARS: Readonly<Record<string, string>> = {
  void: 'void',
  int32_t: 'int32_t',
  uint32_t: 'uint32_t',
  uint64_t: 'uint64_t',
  'const char *': 'str',
  'void *': 'void *',
};

/** How a pointer is passed: the direction is what the header's text says of it. */
function pointerTypes(structs: Readonly<Record<StructName, TypeObject>>): Record<string, TypeSpec> {
  const host = koffi.pointer(koffi.opaque());
  const addin = koffi.pointer(koffi.opaque());
  const bytes = koffi.pointer('uint8_t');
  return {
    'logosw_host *': host,
    'logosw_host **': koffi.out(koffi.pointer(host)),
    'logosw_addin *': addin,
    'logosw_addin **': koffi.out(koffi.pointer(addin)),
    'uint8_t *': bytes,
    'const uint8_t *': bytes,
    'uint64_t *': koffi.out(koffi.pointer('uint64_t')),
    'const logosw_host_config *': koffi.pointer(structs.logosw_host_config),
    'const logosw_addin_config *': koffi.pointer(structs.logosw_addin_config),
    'logosw_head *': koffi.inout(koffi.pointer(structs.logosw_head)),
    'logosw_message *': koffi.inout(koffi.pointer(structs.logosw_message)),
    'logosw_host_status *': koffi.inout(koffi.pointer(structs.logosw_host_status)),
  };
}

/** In a struct, text that the library hands over is a plain pointer: its size stands beside it. */
function fieldType(struct: StructName, type: string): TypeSpec {
  if (type === 'const char *const *') return koffi.pointer('str');
  if (struct === 'logosw_message' && type === 'const char *') return 'void *';
  return SCALARS[type] ?? 'void *';
}

function buildStructs(): Record<StructName, TypeObject> {
  const build = (name: StructName): TypeObject =>
    koffi.struct(Object.fromEntries(STRUCTS[name].fields.map(([type, field]) => [field, fieldType(name, type)])) as Record<string, string>);
  return {
    logosw_host_config: build('logosw_host_config'),
    logosw_host_status: build('logosw_host_status'),
    logosw_message: build('logosw_message'),
    logosw_addin_config: build('logosw_addin_config'),
    logosw_head: build('logosw_head'),
  };
}

/**
 * Loads the library and declares every function of the table.
 * @throws BridgeError `library` when the file is missing, is no library or lacks a function.
 */
export function bindLibrary(path: string): NativeBinding {
  const structs = buildStructs();
  const pointers = pointerTypes(structs);
  const typeOf = (type: string): TypeSpec => {
    const found = SCALARS[type] ?? pointers[type];
    if (found === undefined) throw new BridgeError('library', `The table of the ABI uses an unknown type: ${type}`);
    return found;
  };
  try {
    const library = koffi.load(path);
    const entries = Object.entries(FUNCTIONS).map(([name, layout]) => {
      const parameters = layout.parameters.map(([type]) => typeOf(type));
      return [name, library.func(name, typeOf(layout.returns), parameters)] as const;
    });
    const sizes = Object.fromEntries(Object.entries(structs).map(([name, type]) => [name, koffi.sizeof(type)]));
    return {
      functions: Object.fromEntries(entries) as unknown as Record<FunctionName, NativeFunction>,
      sizes: sizes as Record<StructName, number>,
    };
  } catch (error) {
    if (error instanceof BridgeError) throw error;
    throw new BridgeError('library', 'The bridge library cannot be loaded', {}, { cause: error });
  }
}

/**
 * Compares version and struct sizes of the table with the library's own.
 * @throws BridgeError `library` naming the first difference.
 */
export function checkBinding(binding: NativeBinding): void {
  const version = binding.functions.logosw_abi_version();
  if (version !== CONSTANTS.LOGOSW_ADDIN_ABI_VERSION) {
    throw new BridgeError('library', `The library has ABI version ${String(version)}, this program ${CONSTANTS.LOGOSW_ADDIN_ABI_VERSION}`);
  }
  for (const [name, layout] of Object.entries(STRUCTS)) {
    const number: ConstantName = layout.number;
    const theirs = binding.functions.logosw_struct_size(CONSTANTS[number]);
    const ours = binding.sizes[name as StructName];
    if (theirs !== ours)
      throw new BridgeError('library', `The struct ${name} has ${String(theirs)} bytes in the library, ${ours} in this program`);
  }
}
