"""Node computes with the BLAS that Python's MLX has, so that bits can be compared."""

import os

os.environ.setdefault("MLX_BLAS", "reference")
