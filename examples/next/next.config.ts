import { withMLX } from 'mlx/next';
import type { NextConfig } from 'next';

const config: NextConfig = {
  output: 'standalone',
  // This site stands alone, though it lies in a larger repository.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  outputFileTracingIncludes: { '/**': ['./data/**/*'] },
  reactStrictMode: true,
};

export default withMLX(config);
