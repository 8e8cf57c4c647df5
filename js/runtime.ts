// What the generated glue needs, under one name: `import * as $ from '#runtime'`.
export * from './arguments';
export {
  device,
  deviceType,
  givenStream,
  maybeDevice,
  putStream,
  streamOrDevice,
  takeDevice,
  takeStream,
  takeThreadLocalStream,
} from './device';
export { group } from './distributed';
export { adopt, adoptAll, adoptOneOrAll, newArray } from './handle';
export { native } from './native';
export { doubles, ints } from './registers';
export { checkKeywords, Signature, tooMany } from './signature';
