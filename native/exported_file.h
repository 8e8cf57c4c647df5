// Exported files: checked as a whole before MLX reads them.
//
// MLX trusts such a file: a count or a shape in it that does not fit the rest makes MLX read and write
// outside of its buffers, at import or when the function runs. So every value is checked to be possible, and
// every node of the graphs to be one that MLX would make itself (primitive_rules.h). Values of arrays are not
// looked at: an index outside of its axis is as bad in an imported function as in any other.
#pragma once

#include <string>

namespace node_mlx {

struct ExportedFile {
  // Whether the functions take arrays of other shapes than those that they were exported with.
  bool shapeless = false;
};

// Throws where the file cannot be opened, is damaged, or holds a primitive that MLX cannot import.
ExportedFile check_exported_file(const std::string& path);

}  // namespace node_mlx
