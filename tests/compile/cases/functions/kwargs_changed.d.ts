export function target(options?: { [keyword: string]: any }): ([string, any])[];

export function wrapper(options?: { [keyword: string]: any }): ([string, any])[];
export {};
