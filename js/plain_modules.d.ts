// Written by js/package/bundle.mjs.
declare module '*?plain' {
  const module: object;
  export default module;
}
