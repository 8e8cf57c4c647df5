export function function_(default_: any, var_?: any, new_?: any): [any, number[]];
export function function_(default_: any, var_: any, options: { new?: any }): [any, number[]];
export function function_(default_: any, options: { var?: any; new?: any }): [any, number[]];
export function function_(options: { default: any; var?: any; new?: any }): [any, number[]];
export {};
