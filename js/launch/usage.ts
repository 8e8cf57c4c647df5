// Wrong use of the command: reported without a stack, with exit status 2.
export class UsageError extends Error {}
