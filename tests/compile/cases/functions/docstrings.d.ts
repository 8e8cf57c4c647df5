/**
 * Area of a rectangle.
 *
 * Args:
 *     width: one side
 */
export function area(width: number, height?: number): number;
export function area(width: number, options: { height?: number }): number;
export function area(options: { width: number; height?: number }): number;
export {};
