import { withMLX } from 'mlx/next';

export default withMLX({
  cacheComponents: true,
  partialPrefetching: true,
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
});
