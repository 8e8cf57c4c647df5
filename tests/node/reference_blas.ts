// Tests compare bits with Python, whose BLAS is MLX's own. Imported before mlx is.
process.env.MLX_BLAS ??= 'reference';
