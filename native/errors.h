// Exceptions for which C++ has no standard class: they carry the name of Python's.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace node_mlx {

struct NamedError : std::runtime_error {
  NamedError(const char* name, const std::string& message) : std::runtime_error(message), name(name) {}
  const char* name;
};

struct TypeError : NamedError {
  explicit TypeError(const std::string& message) : NamedError("TypeError", message) {}
};

// Name of Python's class for the exception in flight, and its message. To be called in a catch block.
std::pair<std::string, std::string> describe_exception();

}  // namespace node_mlx
