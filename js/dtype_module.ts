// The namespace mlx.dtype: dtypes, their categories, and questions about them.
import { categories, DtypeCategory } from './dtype';

export * from './dtype_constants';
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
