#include "file_cursor.h"

#include <filesystem>
#include <iterator>
#include <stdexcept>

namespace node_mlx {

FileCursor::FileCursor(const std::string& path) {
  // Opening a pipe would wait for its other end, and a device has no size.
  std::error_code problem;
  if (std::filesystem::is_regular_file(path, problem)) file_.open(path, std::ios::binary);
  if (!file_.is_open()) throw std::runtime_error("Failed to open " + path);
  left_ = std::filesystem::file_size(path, problem);
  if (problem) throw std::runtime_error("Failed to open " + path);
}

void FileCursor::skip(uint64_t bytes) {
  if (bytes > left_) throw std::runtime_error("it ends too early");
  file_.seekg(static_cast<std::streamoff>(bytes), std::ios::cur);
  left_ -= bytes;
}

void FileCursor::read_bytes(void* target, uint64_t bytes) {
  if (bytes > left_) throw std::runtime_error("it ends too early");
  if (!file_.read(static_cast<char*>(target), static_cast<std::streamsize>(bytes))) {
    throw std::runtime_error("it cannot be read");
  }
  left_ -= bytes;
}

bool FileCursor::read_boolean() {
  auto byte = read<uint8_t>();
  if (byte > 1) throw std::runtime_error("a boolean is " + std::to_string(byte));
  return byte == 1;
}

mx::Dtype FileCursor::read_dtype() {
  // By Dtype::Val, which numbers them from 0.
  static const mx::Dtype dtypes[] = {mx::bool_,   mx::uint8,   mx::uint16,   mx::uint32,   mx::uint64,
                                     mx::int8,    mx::int16,   mx::int32,    mx::int64,    mx::float16,
                                     mx::float32, mx::float64, mx::bfloat16, mx::complex64};
  auto code = read<uint32_t>();
  auto size = read<uint8_t>();
  if (code >= std::size(dtypes) || static_cast<uint32_t>(dtypes[code].val()) != code ||
      dtypes[code].size() != size) {
    throw std::runtime_error("there is no dtype " + std::to_string(code) + " of size " +
                             std::to_string(size));
  }
  return dtypes[code];
}

mx::fast::ScalarArg FileCursor::read_scalar() {
  switch (read<int32_t>()) {
    case 0:
      return read<int>();
    case 1:
      return read<float>();
    case 2:
      return read<bool>();
  }
  throw std::runtime_error("a scalar is of an unknown kind");
}

std::string FileCursor::read_text() {
  std::string text(read_count(1), '\0');
  read_bytes(text.data(), text.size());
  return text;
}

uint64_t FileCursor::read_count(uint64_t smallest) {
  auto count = read<uint64_t>();
  if (count > left_ / smallest) {
    throw std::runtime_error("a list has " + std::to_string(count) + " items, more than there is data for");
  }
  return count;
}

}  // namespace node_mlx
