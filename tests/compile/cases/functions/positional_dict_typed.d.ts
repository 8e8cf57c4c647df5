export function flatten(tree: any, prefix?: string, into?: Record<string, any> | ([string, any])[] | null): Record<string, any> | ([string, any])[] | null;
export function flatten(tree: any, prefix: string | undefined, options: { into?: Record<string, any> | ([string, any])[] | null }): Record<string, any> | ([string, any])[] | null;
export function flatten(tree: any, options: { prefix?: string; into?: Record<string, any> | ([string, any])[] | null }): Record<string, any> | ([string, any])[] | null;
export function flatten(options: { tree: any; prefix?: string; into?: Record<string, any> | ([string, any])[] | null }): Record<string, any> | ([string, any])[] | null;
export {};
