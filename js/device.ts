// Devices and streams, and how they are given to operations.
import { inspect } from 'node:util';
import { within } from './context';
import { TypeError } from './errors';
import { bindArguments } from './keywords';
import { native } from './native';
import { ints } from './registers';
import { badArgument, Signature, tooMany } from './signature';

const EQ = new Signature('__eq__(other: object) -> bool');

/** As in Python, anything can be compared with but nothing. */
function checkOther(other: unknown): void {
  if (other === undefined || other === null)
    throw badArgument(EQ, 'other', 'something to compare with', other);
}

// An object that only has the right prototype is none of these: its fields could be anything.
let isClosed = false;
let isDeviceType: (value: object) => value is DeviceType;
let isDeviceObject: (value: object) => value is Device;
let isStreamObject: (value: object) => value is AnyStream;
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isKind = (value: unknown): value is DeviceType => isObject(value) && isDeviceType(value);
const isDevice = (value: unknown): value is Device => isObject(value) && isDeviceObject(value);
const isAnyStream = (value: unknown): value is AnyStream => isObject(value) && isStreamObject(value);

/** A kind of device. */
export class DeviceType {
  readonly #brand = true;
  static readonly cpu = new DeviceType('cpu', 0);
  static readonly gpu = new DeviceType('gpu', 1);

  private constructor(
    readonly name: 'cpu' | 'gpu',
    readonly value: 0 | 1,
  ) {
    // TypeScript's `private` does not hold at run time.
    if (isClosed) throw new TypeError('DeviceType(): the kinds of devices are mx.cpu and mx.gpu.');
    Object.freeze(this);
  }
  /** Whether a device or a kind of device is of this kind, as Python's `==`: a device's index does not count. */
  __eq__(other: unknown): boolean {
    checkOther(other);
    return this === (isDevice(other) ? other.type : other);
  }
  toString(): string {
    return `DeviceType.${this.name}`;
  }
  [inspect.custom](): string {
    return this.toString();
  }
  static {
    isClosed = true;
    isDeviceType = (value): value is DeviceType => #brand in value;
  }
}

const DEVICE = new Signature('Device(type: DeviceType, index: int = 0)');

/** A device to run operations on. */
export class Device {
  readonly #brand = true;
  readonly type: DeviceType;
  readonly index: number;

  constructor(type: DeviceType, index?: number);
  constructor(...given: unknown[]) {
    const { type, index = 0 } = bindArguments(DEVICE, given);
    if (!isKind(type)) throw badArgument(DEVICE, 'type', 'a DeviceType such as mx.cpu', type);
    if (!Number.isInteger(index) || Math.abs(index) > 2 ** 20)
      throw badArgument(DEVICE, 'index', 'a small int', index);
    this.type = type;
    this.index = index;
    Object.freeze(this);
  }
  /** Whether both are the same device, as Python's `==`; a DeviceType stands for its first device. */
  __eq__(other: unknown): boolean {
    checkOther(other);
    if (isKind(other)) return this.type === other && this.index === 0;
    return isDevice(other) && other.type === this.type && other.index === this.index;
  }
  toString(): string {
    return `Device(${this.type.name}, ${this.index})`;
  }
  [inspect.custom](): string {
    return this.toString();
  }
  static {
    isDeviceObject = (value): value is Device => #brand in value;
  }
}

/** Streams are made by `mx.new_stream` and `mx.default_stream`, never by hand. */
const MADE_HERE = Symbol('stream');

class AnyStream {
  readonly #brand = true;
  readonly device: Device;
  readonly index: number;

  constructor(token: unknown, device: Device, index: number) {
    if (token !== MADE_HERE) throw new TypeError('Streams are made by mx.new_stream(device).');
    this.device = device;
    this.index = index;
    Object.freeze(this);
  }
  /** Whether both are the same stream, as Python's `==`. */
  __eq__(other: unknown): boolean {
    checkOther(other);
    return (
      isAnyStream(other) &&
      other.constructor === this.constructor &&
      other.index === this.index &&
      other.device.__eq__(this.device)
    );
  }
  toString(): string {
    return `${this.constructor.name}(${this.device}, ${this.index})`;
  }
  [inspect.custom](): string {
    return this.toString();
  }
  static {
    isStreamObject = (value): value is AnyStream => #brand in value;
  }
}

/** A stream for running operations on a given device. */
export class Stream extends AnyStream {}
Object.defineProperty(Stream, 'name', { value: 'Stream' });

/** A stream that is another one in each thread. */
export class ThreadLocalStream extends AnyStream {}
Object.defineProperty(ThreadLocalStream, 'name', { value: 'ThreadLocalStream' });

/** What every operation takes as `stream`. */
export type StreamOrDevice = Stream | ThreadLocalStream | Device | DeviceType | null;

/** The device that the last call returned. */
export function takeDevice(): Device {
  return new Device(ints[1] === 0 ? DeviceType.cpu : DeviceType.gpu, ints[2]!);
}

/** The stream that the last call returned. */
export function takeStream(): Stream {
  return new Stream(MADE_HERE, takeDevice(), ints[0]!);
}

/** The thread-local stream that the last call returned. */
export function takeThreadLocalStream(): ThreadLocalStream {
  return new ThreadLocalStream(MADE_HERE, takeDevice(), ints[0]!);
}

/** Tags of a stream register; equal to `StreamTag` in native/registers.h. */
const NONE = 0;
const DEVICE_TAG = 1;
const STREAM_TAG = 2;
const THREAD_LOCAL_TAG = 3;

/** A stream, a device, a kind of device, or nothing. */
export function streamOrDevice(
  value: unknown,
  signature: Signature,
  name: string,
): StreamOrDevice | undefined {
  if (value === undefined || value === null) return undefined;
  if (isAnyStream(value) || isDevice(value) || isKind(value)) return value;
  throw badArgument(signature, name, 'a stream or a device', value);
}

/** A stream. */
export function givenStream(value: unknown, signature: Signature, name: string): Stream {
  if (isAnyStream(value) && value instanceof Stream) return value;
  throw badArgument(signature, name, 'a Stream', value);
}

/** A device or a kind of device. */
export function device(value: unknown, signature: Signature, name: string): Device | DeviceType {
  if (isDevice(value) || isKind(value)) return value;
  throw badArgument(signature, name, 'a device', value);
}

/** A device, or undefined for none. */
export function maybeDevice(
  value: unknown,
  signature: Signature,
  name: string,
): Device | DeviceType | undefined {
  return value === undefined || value === null ? undefined : device(value, signature, name);
}

/** A kind of device. */
export function deviceType(value: unknown, signature: Signature, name: string): DeviceType {
  if (isKind(value)) return value;
  throw badArgument(signature, name, 'a DeviceType such as mx.cpu', value);
}

/** Stores a stream or a device in register k: the tag with the device's kind, and an index. */
export function putStream(k: number, value: StreamOrDevice | undefined): void {
  if (value === undefined || value === null) {
    ints[2 * k] = NONE;
  } else if (isKind(value)) {
    ints[2 * k] = DEVICE_TAG | (value.value << 4);
    ints[2 * k + 1] = 0;
  } else if (isDevice(value)) {
    ints[2 * k] = DEVICE_TAG | (value.type.value << 4);
    ints[2 * k + 1] = value.index;
  } else {
    const tag = value instanceof Stream ? STREAM_TAG : THREAD_LOCAL_TAG;
    ints[2 * k] = tag | (value.device.type.value << 4) | (value.device.index << 5);
    ints[2 * k + 1] = value.index;
  }
}

const STREAM = new Signature('stream(s: Stream | ThreadLocalStream | Device | DeviceType) -> StreamContext');

/** Sets the default device and stream between `enter` and `exit`. */
export class StreamContext implements Disposable {
  readonly #target: StreamOrDevice;
  #previous: Stream | undefined;

  constructor(s: StreamOrDevice) {
    const target = streamOrDevice(s, STREAM, 's');
    if (target === undefined) throw badArgument(STREAM, 's', 'a stream or a device', s);
    this.#target = target;
  }

  __enter__(): void {
    native.current_stream();
    const previous = takeStream();
    putStream(0, this.#target);
    native.enter_stream();
    this.#previous ??= previous;
  }

  __exit__(): void {
    if (this.#previous === undefined) return;
    putStream(0, this.#previous);
    this.#previous = undefined;
    native.enter_stream();
  }

  [Symbol.dispose](): void {
    this.__exit__();
  }
}

/**
 * Makes a stream (or a device's default one) the default: while `body` runs, or, without one, until the returned
 * context is disposed (`using scope = mx.stream(s)`).
 */
export function stream(s: StreamOrDevice): StreamContext;
export function stream<T>(s: StreamOrDevice, body: () => T): T;
export function stream<T>(...given: unknown[]): T | StreamContext {
  // A function is no parameter of Python's: it stands for the body of the with statement.
  const body = given.length > 1 ? (given.pop() as () => T) : undefined;
  const context = new StreamContext(bindArguments(STREAM, given).s);
  if (body !== undefined && typeof body !== 'function') throw badArgument(STREAM, 'body', 'a function', body);
  if (body !== undefined) return within(context, body);
  context.__enter__();
  return context;
}

const DEVICE_INFO = new Signature(
  'device_info(d: Device | DeviceType | None = None) -> dict[str, str | int]',
);

/** Information about a device (the default one): its name, architecture, memory; keys depend on the backend. */
export function device_info(d?: Device | DeviceType | null): Record<string, string | number> {
  putStream(0, maybeDevice(d, DEVICE_INFO, 'd'));
  return native.device_info();
}

const METAL_DEVICE_INFO = new Signature('device_info() -> dict[str, str | int]');

/** As `mx.device_info` of the first GPU. Deprecated upstream. */
export function metal_device_info(...given: unknown[]): Record<string, string | number> {
  if (given.length > 0) throw tooMany(METAL_DEVICE_INFO, given);
  return device_info(DeviceType.gpu);
}

/** Destroys all streams made in this thread, and the random state. */
export function clear_streams(): void {
  native.clear_streams();
}
