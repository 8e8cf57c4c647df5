// Plain data as JSON text and back. What JSON lacks is sent as { "$mlx": kind, "value": text }.
//
// 2n ** 60n becomes {"$mlx":"bigint","value":"1152921504606846976"}, NaN {"$mlx":"number","value":"NaN"}, and a
// typed array {"$mlx":"Float32Array","value":"<base64>"}. A BigInt that a number can hold is sent as a number.

const TAG = '$mlx';

interface Tagged {
  [TAG]: string;
  value: string;
}

type TypedArrayClass = new (buffer: ArrayBuffer) => NodeJS.TypedArray;

/** A typed array's class by its name. A runtime without Float16Array gets the bits. */
function typedArrayClass(name: string): TypedArrayClass | undefined {
  const found = (globalThis as Record<string, unknown>)[name] ?? (name === 'Float16Array' && Uint16Array);
  return name.endsWith('Array') && found ? (found as TypedArrayClass) : undefined;
}

function tagged(kind: string, value: string): Tagged {
  return { [TAG]: kind, value };
}

function encodeSpecial(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : tagged('bigint', String(value));
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return tagged('number', String(value));
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return tagged(Buffer.isBuffer(value) ? 'Uint8Array' : value.constructor.name, bytes.toString('base64'));
  }
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, TAG)) {
    throw new TypeError(`The key '${TAG}' is reserved for streams: rename it.`);
  }
  return undefined;
}

/** JSON text of plain data. */
export function encode(value: unknown): string {
  return JSON.stringify(value ?? null, function (this: Record<string, unknown>, key, converted) {
    // Before toJSON() had its say: a Buffer has one.
    return encodeSpecial(this[key]) ?? converted;
  });
}

function decodeSpecial({ [TAG]: kind, value }: Tagged): unknown {
  if (kind === 'bigint') return BigInt(value);
  if (kind === 'number') return Number(value);
  const found = typedArrayClass(kind);
  if (found === undefined) throw new TypeError(`The stream holds a value of unknown kind '${kind}'.`);
  return new found(Uint8Array.from(atob(value), (character) => character.charCodeAt(0)).buffer);
}

/** The plain data of a JSON text that `encode` made. */
export function decode(text: string): any {
  return JSON.parse(text, (_key, value) =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, TAG) ? decodeSpecial(value) : value,
  );
}
