// Files: mx.load, mx.save, mx.savez, mx.savez_compressed, mx.save_safetensors and mx.save_gguf.
//
// Files are named by a path or a file: URL. In the place of Python's file objects, loading takes bytes (a
// Buffer, any typed array, an ArrayBuffer) and open files (a descriptor, a FileHandle), saving takes open
// files, Node streams and objects with a `write`. As in Python, arrays of a named file are read when they
// are evaluated (npz: at once).
//
// Headers are checked here (formats/) before MLX gets the file, because MLX crashes on damaged ones.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import { array, arrayList, bool, maybeString } from './arguments';
import { putStream, type StreamOrDevice, streamOrDevice } from './device';
import { dtypeByName } from './dtype';
import { RuntimeError, ValueError } from './errors';
import { checkGguf } from './formats/gguf';
import { checkNpy } from './formats/npy';
import { checkSafetensors } from './formats/safetensors';
import { descriptorOf, type Write, type WriteTarget, writeFile, writeTo } from './formats/sink';
import { FileSource, MemorySource, type Source } from './formats/source';
import { findEnd, readDirectory, readMember, ZipWriter } from './formats/zip';
import { adopt, isArray, newArray, type Wrapper } from './handle';
import { bytesOf, dtypeOf, isHostData, liveHandle, scalarOf, shapeOf } from './host_data';
import { bindArguments, type Dictionary, type DictionaryRule, entriesOf, isDictionary } from './keywords';
import { native } from './native';
import { named } from './raise';
import { ints } from './registers';
import { badArgument, badCall, describe, Signature } from './signature';

/** What `load` reads: a path, a file: URL, bytes, or an open file (a descriptor or a FileHandle). */
export type FileToLoad = string | URL | ArrayBufferView | ArrayBufferLike | number | { readonly fd: number };

/** What is saved to: a path, a file: URL, an open file, a Node stream or an object with `write`. */
export type FileToSave = string | URL | number | { readonly fd: number } | WriteTarget;

/** A value of a file's metadata: safetensors hold strings, gguf arrays and lists of strings too. */
export type MetadataValue = string | readonly string[] | Wrapper;

/** Keywords of `save_safetensors` and `save_gguf`. */
export interface ArraysAndMetadata<Value> {
  arrays: Dictionary<Wrapper>;
  metadata?: Dictionary<Value> | null;
}

/** What `load` returns for all formats but npy. */
export type Arrays = Record<string, Wrapper>;

type Format = 'npy' | 'npz' | 'safetensors' | 'gguf';
type Stream = ReturnType<typeof streamOrDevice>;

const FILE = 'file: file | str | pathlib.Path';
const LOAD = new Signature(
  `load(${FILE}, /, format: str | None = None, return_metadata: bool = False, *, ` +
    'stream: StreamOrDevice = None) -> array | dict[str, array] | tuple[dict[str, array], dict[str, Any]]',
);
const SAVE = new Signature(`save(${FILE}, arr: array) -> None`);
const SAVEZ = new Signature(`savez(${FILE}, *args, **kwargs)`);
const SAVEZ_COMPRESSED = new Signature(`savez_compressed(${FILE}, *args, **kwargs)`);
const SAVE_SAFETENSORS = new Signature(
  `save_safetensors(${FILE}, arrays: dict[str, array], metadata: dict[str, str] | None = None)`,
);
const SAVE_GGUF = new Signature(
  `save_gguf(${FILE}, arrays: dict[str, array], metadata: dict[str, array | str | list[str]] | None = None)`,
);

const DICTIONARIES: DictionaryRule = { dictionaries: ['arrays', 'metadata'], required: ['file', 'arrays'] };

// ---- loading

interface Input {
  /** Given for a named file. */
  path?: string;
  /** Given for everything else. */
  bytes?: Uint8Array;
}

/** Kinds of files: whether they hold metadata, and how they are loaded. */
const FORMATS: Record<
  Format,
  { metadata: boolean; load(input: Input, stream: Stream, metadata: boolean): unknown }
> = {
  npy: { metadata: false, load: loadNpy },
  npz: { metadata: false, load: loadNpz },
  safetensors: { metadata: true, load: loadSafetensors },
  gguf: { metadata: true, load: loadGguf },
};

/** Keywords of `load`. */
export interface LoadOptions {
  /** Format of the file; without, its extension says it. */
  format?: Format | null;
  /** Whether to return the metadata of a safetensors or gguf file besides its arrays. */
  return_metadata?: boolean;
  stream?: StreamOrDevice;
}

type Named<Extension extends Format> = `${string}.${Extension}`;

/** Loads an array (npy) or a dictionary of arrays (npz, safetensors, gguf), on request with its metadata. */
export function load(file: Named<'npy'>, options?: LoadOptions): Wrapper;
export function load(file: FileToLoad, options: LoadOptions & { format: 'npy' }): Wrapper;
export function load(
  file: FileToLoad,
  options: LoadOptions & { return_metadata: true },
): [Arrays, Record<string, any>];
export function load(file: Named<'npz' | 'safetensors' | 'gguf'>, options?: LoadOptions): Arrays;
export function load(
  file: FileToLoad,
  options: LoadOptions & { format: 'npz' | 'safetensors' | 'gguf' },
): Arrays;
export function load(
  file: FileToLoad,
  format?: Format | null,
  return_metadata?: boolean,
  options?: { stream?: StreamOrDevice },
): any;
export function load(file: FileToLoad, options: LoadOptions): any;
export function load(...args: unknown[]): any {
  const given = bindArguments(LOAD, args);
  const name = maybeString(given.format, LOAD, 'format');
  const metadata =
    given.return_metadata === undefined ? false : bool(given.return_metadata, LOAD, 'return_metadata') === 1;
  const stream = streamOrDevice(given.stream, LOAD, 'stream');
  const [file] = args;
  const path = pathOf(file, LOAD);
  const format = name ?? extensionOf(path);
  if (!Object.hasOwn(FORMATS, format)) throw new ValueError(`load(): unknown file format '${format}'.`);
  const kind = FORMATS[format as Format];
  if (metadata && !kind.metadata) throw new ValueError(`load(): the format '${format}' has no metadata.`);
  try {
    return kind.load(path === undefined ? { bytes: contentsOf(file) } : { path }, stream, metadata);
  } catch (error) {
    throw named(error, 'load');
  }
}

function extensionOf(path: string | undefined): string {
  const dot = path?.lastIndexOf('.') ?? -1;
  if (dot >= 0) return path!.slice(dot + 1);
  throw new ValueError(
    "load(): the file format cannot be inferred; name it, as in mx.load(file, { format: 'npy' }).",
  );
}

/** Path of a named file, undefined for anything else. */
function pathOf(file: unknown, signature: Signature): string | undefined {
  if (file === undefined || file === null)
    throw badArgument(signature, 'file', 'a path, a URL or a file', file);
  if (file instanceof URL && file.protocol !== 'file:') {
    throw new ValueError(`${signature.name}(): only file: URLs name files, got ${file.protocol}.`);
  }
  const path = file instanceof URL ? fileURLToPath(file) : file;
  if (typeof path !== 'string') return undefined;
  if (path.includes('\0')) throw new ValueError(`${signature.name}(): the path holds a null character.`);
  return path;
}

/** Bytes of a file that is not named. */
function contentsOf(file: unknown): Uint8Array {
  if (isHostData(file)) return privateBytes(bytesOf(file, 'load'));
  const descriptor = descriptorOf(file);
  if (descriptor === undefined) {
    throw new ValueError(
      `load(): argument 'file' must be a path, a URL, bytes or an open file, got ${describe(file)}.`,
    );
  }
  return readFileSync(descriptor);
}

/** Shared memory could change between its check and its use. */
function privateBytes(bytes: Uint8Array): Uint8Array {
  return types.isSharedArrayBuffer(bytes.buffer) ? bytes.slice() : bytes;
}

/** Opens the input for `use`, and closes it. */
function withSource<T>(input: Input, format: Format, use: (source: Source) => T): T {
  if (input.path === undefined) return use(new MemorySource(input.bytes!));
  const source = openFile(input.path, format);
  try {
    return use(source);
  } finally {
    source.close();
  }
}

function openFile(path: string, format: Format): FileSource {
  try {
    return new FileSource(path);
  } catch (error) {
    const exists = error instanceof RuntimeError;
    // Python's classes: its zip reader takes whatever it cannot open for no zip archive.
    const ErrorClass = format === 'npz' || (format === 'gguf' && !exists) ? ValueError : RuntimeError;
    throw new ErrorClass(
      exists ? error.message : `load(): cannot open '${path}': ${(error as Error).message}.`,
      {
        cause: error,
      },
    );
  }
}

function loadNpy(input: Input, stream: Stream): Wrapper {
  withSource(input, 'npy', checkNpy);
  return readNpy(input, stream);
}

function readNpy(input: Input, stream: Stream): Wrapper {
  const out = newArray();
  putStream(0, stream);
  native.load_npy(out, input.path ?? input.bytes);
  return adopt(out);
}

function loadNpz(input: Input, stream: Stream): Record<string, Wrapper> {
  return withSource(input, 'npz', (source) => {
    const end = findEnd(source);
    if (end < 0) throw new ValueError(`load(): ${source.label} is not a zip archive.`);
    const arrays = new Map<string, Wrapper>();
    for (const member of readDirectory(source, end)) {
      const name =
        member.name.length > 4 && member.name.endsWith('.npy') ? member.name.slice(0, -4) : member.name;
      if (arrays.has(name)) continue;
      const bytes = readMember(source, member);
      checkNpy(new MemorySource(bytes, `member '${member.name}' of ${source.label}`));
      arrays.set(name, readNpy({ bytes }, stream));
    }
    return Object.fromEntries(arrays);
  });
}

/** What native code returns for a dictionary: handles of arrays, also among the metadata's values. */
interface Loaded {
  names: string[];
  handles: number[];
  keys: string[];
  values: (number | string | string[] | null)[];
}

function loadSafetensors(input: Input, stream: Stream, metadata: boolean): unknown {
  withSource(input, 'safetensors', checkSafetensors);
  putStream(0, stream);
  return dictionary(native.load_safetensors(undefined, input.path ?? input.bytes), metadata);
}

function loadGguf(input: Input, stream: Stream, metadata: boolean): unknown {
  if (input.path === undefined) throw new ValueError('load(): a gguf file must be named by its path or URL.');
  withSource(input, 'gguf', checkGguf);
  putStream(0, stream);
  ints[2] = metadata ? 1 : 0;
  return dictionary(native.load_gguf(undefined, input.path), metadata);
}

function dictionary({ names, handles, keys, values }: Loaded, metadata: boolean): unknown {
  const arrays = Object.fromEntries(names.map((name, i) => [name, attach(handles[i]!)]));
  const entries = keys.map((key, i) => {
    const value = values[i]!;
    return [key, typeof value === 'number' ? attach(value) : value];
  });
  return metadata ? [arrays, Object.fromEntries(entries)] : arrays;
}

/** An array for a handle that nobody owns yet. */
function attach(handle: number): Wrapper {
  const out = newArray();
  native.attach(out, handle);
  ints[0] = handle;
  return adopt(out);
}

// ---- saving

/** Saves an array in the npy format. A path gets the extension .npy where it has not got it. */
export function save(file: FileToSave, arr: Wrapper): void;
export function save(options: { file: FileToSave; arr: Wrapper }): void;
export function save(...args: unknown[]): void {
  const { file, arr } = bindArguments(SAVE, args);
  const target = pathOf(file, SAVE) ?? writerOf(file, SAVE);
  ints[0] = array(arr, SAVE, 'arr');
  native.save_npy(target);
}

/** The way to write to a file that is not named. */
function writerOf(file: unknown, signature: Signature): Write {
  const write = writeTo(file, signature.name);
  if (write !== undefined) return write;
  throw new ValueError(
    `${signature.name}(): argument 'file' must be a path, a URL, an open file or an object with write(), ` +
      `got ${describe(file)}.`,
  );
}

/** Saves arrays in an npz archive: `mx.savez('x.npz', a, b, { c })` names them arr_0, arr_1 and c. */
export function savez(file: FileToSave, ...arrays: (Wrapper | Dictionary<Wrapper>)[]): void;
export function savez(...args: unknown[]): void {
  saveArchive(SAVEZ, args, false);
}

/** Saves arrays in a compressed npz archive. */
export function savez_compressed(file: FileToSave, ...arrays: (Wrapper | Dictionary<Wrapper>)[]): void;
export function savez_compressed(...args: unknown[]): void {
  saveArchive(SAVEZ_COMPRESSED, args, true);
}

function saveArchive(signature: Signature, args: readonly unknown[], compressed: boolean): void {
  const positional = [...args];
  const named = new Map(
    isDictionary(positional.at(-1)) ? entriesOf(positional.pop() as Dictionary<unknown>) : [],
  );
  const file = positional.length > 0 ? positional.shift() : named.get('file');
  if (args.length > 0 && !isDictionary(args[0]) && named.has('file')) {
    throw badCall(signature, "argument 'file' was given twice.");
  }
  if (isDictionary(args[0])) named.delete('file');
  const path = pathOf(file, signature);
  positional.forEach((value, i) => {
    if (named.has(`arr_${i}`)) {
      throw new ValueError(`${signature.name}(): 'arr_${i}' names both an unnamed and a named array.`);
    }
    named.set(`arr_${i}`, value);
  });
  const { names, values } = namedArrays(named, signature);
  // Now, so that an evaluation that fails leaves no half-written archive behind.
  ints[0] = arrayList(values, signature, 'args');
  native.evaluate();

  const fill = (write: Write) => {
    const zip = new ZipWriter(write, compressed);
    names.forEach((name, i) => {
      zip.add(`${name}.npy`, npyPieces(values[i]!));
    });
    zip.end();
  };
  if (path === undefined) fill(writerOf(file, signature));
  else writeNamed(path.endsWith('.npz') ? path : `${path}.npz`, signature, fill);
}

function writeNamed(path: string, signature: Signature, fill: (write: Write) => void): void {
  try {
    writeFile(path, fill);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    const problem = (error as Error).message;
    throw new RuntimeError(`${signature.name}(): cannot write '${path}': ${problem}.`, { cause: error });
  }
}

/** An array's npy file, in pieces. */
function npyPieces(value: Wrapper): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  ints[0] = liveHandle(value);
  native.save_npy((piece: Uint8Array) => {
    pieces.push(piece);
  });
  return pieces;
}

/** Names and arrays of a dictionary. Other values are RuntimeErrors, as in Python. */
function namedArrays(
  arrays: Dictionary<unknown>,
  signature: Signature,
): { names: string[]; values: Wrapper[] } {
  const entries = entriesOf(arrays);
  for (const [name, value] of entries) {
    checkText(name, signature);
    if (!isArray(value)) {
      throw new RuntimeError(`${signature.name}(): '${name}' must be an array, got ${describe(value)}.`);
    }
    liveHandle(value, signature.name);
  }
  return { names: entries.map(([name]) => name), values: entries.map(([, value]) => value as Wrapper) };
}

/** Half a surrogate pair has no place in a file, which holds UTF-8. */
function checkText(text: unknown, signature: Signature): void {
  if (typeof text === 'string' && Buffer.from(text).toString() === text) return;
  throw new RuntimeError(`${signature.name}(): ${String(text)} is not a text that UTF-8 can hold.`);
}

/** Takes the dictionary of arrays, which must be one. */
function arraysOf(value: unknown, signature: Signature): Dictionary<unknown> {
  if (isDictionary(value)) return value;
  throw badArgument(signature, 'arrays', 'a dictionary of arrays', value);
}

function metadataOf(value: unknown, signature: Signature): [string, unknown][] {
  if (value === undefined || value === null) return [];
  if (isDictionary(value)) return entriesOf(value);
  throw badArgument(signature, 'metadata', 'a dictionary', value);
}

/** Saves a dictionary of arrays, and of strings as metadata. A path gets the extension .safetensors. */
export function save_safetensors(
  file: FileToSave,
  arrays: Dictionary<Wrapper>,
  metadata?: Dictionary<string> | { metadata: Dictionary<string> | null } | null,
): void;
export function save_safetensors(file: FileToSave, options: ArraysAndMetadata<string>): void;
export function save_safetensors(options: { file: FileToSave } & ArraysAndMetadata<string>): void;
export function save_safetensors(...args: unknown[]): void {
  const given = bindArguments(SAVE_SAFETENSORS, args, DICTIONARIES);
  const target = pathOf(given.file, SAVE_SAFETENSORS) ?? writerOf(given.file, SAVE_SAFETENSORS);
  const { names, values } = namedArrays(arraysOf(given.arrays, SAVE_SAFETENSORS), SAVE_SAFETENSORS);
  const metadata = metadataOf(given.metadata, SAVE_SAFETENSORS);
  for (const [key, value] of metadata) {
    if (typeof key !== 'string' || typeof value !== 'string') {
      throw new ValueError(
        'save_safetensors(): metadata must be a dictionary with strings as keys and values.',
      );
    }
    checkText(key, SAVE_SAFETENSORS);
    checkText(value, SAVE_SAFETENSORS);
  }
  if (names.includes('__metadata__')) {
    throw new ValueError("save_safetensors(): the format keeps the name '__metadata__' for itself.");
  }
  ints[0] = arrayList(values, SAVE_SAFETENSORS, 'arrays');
  native.save_safetensors(
    target,
    names,
    metadata.map(([key]) => key),
    metadata.map(([, value]) => value),
  );
}

const GGUF_DIMENSIONS = 8;
const GGUF_ALIGNMENT = 32;

/** Saves a dictionary of arrays, and of arrays, strings and lists of strings as metadata. Needs a path. */
export function save_gguf(
  file: string | URL,
  arrays: Dictionary<Wrapper>,
  metadata?: Dictionary<MetadataValue> | { metadata: Dictionary<MetadataValue> | null } | null,
): void;
export function save_gguf(file: string | URL, options: ArraysAndMetadata<MetadataValue>): void;
export function save_gguf(options: { file: string | URL } & ArraysAndMetadata<MetadataValue>): void;
export function save_gguf(...args: unknown[]): void {
  const given = bindArguments(SAVE_GGUF, args, DICTIONARIES);
  const path = pathOf(given.file, SAVE_GGUF);
  if (path === undefined) throw new ValueError('save_gguf(): a gguf file must be named by its path or URL.');
  const { names, values } = namedArrays(arraysOf(given.arrays, SAVE_GGUF), SAVE_GGUF);
  values.forEach((value, i) => {
    if (shapeOf(value).length > GGUF_DIMENSIONS) {
      throw new ValueError(`save_gguf(): '${names[i]}' has more than ${GGUF_DIMENSIONS} dimensions.`);
    }
  });
  const metadata = metadataOf(given.metadata, SAVE_GGUF);
  const metadataValues = metadata.map(([key, value]) => ggufValue(key, value));
  ints[0] = arrayList(values, SAVE_GGUF, 'arrays');
  native.save_gguf(
    path,
    names,
    metadata.map(([key]) => key),
    metadataValues,
  );
}

/** A metadata value for native code: text, a list of texts, or an array's handle. */
function ggufValue(key: unknown, value: unknown): string | string[] | number {
  checkText(key, SAVE_GGUF);
  if (isArray(value)) {
    checkAlignment(key as string, value);
    return liveHandle(value, 'save_gguf');
  }
  const texts = Array.isArray(value) ? value : [value];
  if (!texts.every((text) => typeof text === 'string')) {
    throw new RuntimeError(
      `save_gguf(): metadata '${key}' must be an array, a string or a list of strings, ` +
        `got ${describe(value)}.`,
    );
  }
  for (const text of texts) checkText(text, SAVE_GGUF);
  return value as string | string[];
}

/** MLX always aligns to 32 bytes; a file that says something else would be read from wrong places. */
function checkAlignment(key: string, value: Wrapper): void {
  if (key !== 'general.alignment' || dtypeOf(value) !== dtypeByName.uint32 || shapeOf(value).length > 0)
    return;
  if (scalarOf(value) === GGUF_ALIGNMENT) return;
  throw new ValueError(
    `save_gguf(): MLX writes gguf files with an alignment of ${GGUF_ALIGNMENT} bytes only.`,
  );
}
