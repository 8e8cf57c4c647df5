// The dtypes by name: on `mlx.core`, on `mlx.dtype` and on `mlx` itself.
import { dtypeByName } from './dtype';

export const {
  bool: bool_,
  uint8,
  uint16,
  uint32,
  uint64,
  int8,
  int16,
  int32,
  int64,
  float16,
  float32,
  float64,
  bfloat16,
  complex64,
} = dtypeByName;
export { bool_ as bool };
