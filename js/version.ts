// The version of MLX that this build is made of.
import { native } from './native';

/** Version of MLX, as `mx.__version__` in Python. */
export const version: string = native.mlx_version();
