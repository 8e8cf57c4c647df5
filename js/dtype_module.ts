// The namespace mlx.dtype: dtypes, their categories, and questions about them.
import { categories, DtypeCategory, dtypeByName } from './dtype';

export { can_cast, finfo, iinfo, isdtype, issubdtype, keys, result_type } from './dtype_info';
export { DtypeCategory };
export const {
  complexfloating,
  floating,
  inexact,
  signedinteger,
  unsignedinteger,
  integer,
  number,
  generic,
} = categories;
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
