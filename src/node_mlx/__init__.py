"""Node MLX: the toolchain that ports Python MLX to Node.js. One package per stage, see ARCHITECTURE.md."""
