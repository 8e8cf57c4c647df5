// The addon, loaded once per environment, with the types of its hand-written functions.
//
// Functions take the result's wrapper first where they make an array (its handle comes back in ints[0]);
// everything else travels through the registers.
import { loadNative } from './loader';

export interface Native {
  attach_registers(buffer: ArrayBuffer): void;
  set_error_factory(factory: (name: string, message: string) => Error): void;
  set_collector(collect: ((full: boolean) => void) | undefined): void;
  [name: string]: (...args: any[]) => any;
}

export const native = loadNative() as Native;
