// Exceptions for which C++ has no standard class: they carry the name of Python's.
#pragma once

#include <stdexcept>
#include <string>

namespace node_mlx {

struct NamedError : std::runtime_error {
  NamedError(const char* name, const std::string& message) : std::runtime_error(message), name(name) {}
  const char* name;
};

struct TypeError : NamedError {
  explicit TypeError(const std::string& message) : NamedError("TypeError", message) {}
};

}  // namespace node_mlx
