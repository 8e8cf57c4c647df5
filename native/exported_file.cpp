#include "exported_file.h"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <unordered_map>

#include "file_cursor.h"
#include "primitive_rules.h"

namespace node_mlx {

namespace {

// More elements than any machine can hold, and far from overflow when multiplied by an item's size.
constexpr int64_t kMostElements = int64_t{1} << 48;
constexpr size_t kMostDimensions = 1000;

class FileCheck {
 public:
  explicit FileCheck(const std::string& path) : cursor_(path) {}

  ExportedFile run() {
    cursor_.read<std::string>();  // the version of MLX
    auto functions = cursor_.read<int32_t>();
    file_.shapeless = cursor_.read<bool>();
    cursor_.read<std::string>();  // the metadata
    for (int32_t i = 0; i < functions; ++i) check_function();
    return file_;
  }

 private:
  using Id = uint64_t;
  using Ids = std::vector<Id>;
  using Arrays = std::vector<mx::array>;

  void check_function() {
    arrays_.clear();
    auto keywords = cursor_.read<std::vector<std::string>>();
    auto ids = cursor_.read<Ids>();
    auto count = cursor_.read<uint64_t>();
    if (count != ids.size() || keywords.size() > ids.size()) {
      throw std::runtime_error("the inputs of a function and their names do not fit");
    }
    for (Id id : ids) define(id, read_array());
    auto outputs = cursor_.read<Ids>();
    auto nodes = cursor_.read<uint64_t>();
    for (uint64_t i = 0; i < nodes; ++i) check_node();
    for (Id id : outputs) array(id);
  }

  // Ids are unique, but a function may get one of its inputs twice.
  void define(Id id, mx::array value) { arrays_.emplace(id, std::move(value)); }

  const mx::array& array(Id id) const {
    auto found = arrays_.find(id);
    if (found == arrays_.end()) throw std::runtime_error("a graph uses an array that it does not define");
    return found->second;
  }

  mx::array read_array() {
    auto shape = cursor_.read<mx::Shape>();
    return stand_in(std::move(shape), cursor_.read<mx::Dtype>());
  }

  // An array without data, for its shape and dtype.
  static mx::array stand_in(mx::Shape shape, mx::Dtype dtype) {
    if (shape.size() > kMostDimensions) throw std::runtime_error("an array has too many dimensions");
    int64_t elements = 1;
    for (int dimension : shape) {
      // A dimension of 0 must not hide an overflow: strides are computed from the others.
      if (dimension < 0 || elements > kMostElements / std::max(dimension, 1)) {
        throw std::runtime_error("an array has an impossible shape");
      }
      elements *= std::max(dimension, 1);
    }
    return mx::array(std::move(shape), dtype, nullptr, {});
  }

  void check_node() {
    auto id = cursor_.read<Id>();
    if (cursor_.read<bool>()) {
      check_operation(id);
    } else if (cursor_.read<bool>()) {
      check_constant(id);
    } else {
      array(id);  // an input of the function
    }
  }

  // Functions of one file share constants: the first that uses one holds its data.
  void check_constant(Id id) {
    auto known = constants_.find(id);
    if (known == constants_.end()) {
      known = constants_.emplace(id, read_array()).first;
      cursor_.skip(known->second.nbytes());
    }
    define(id, known->second);
  }

  void check_operation(Id id) {
    Arrays inputs;
    for (Id input : cursor_.read<Ids>()) inputs.push_back(array(input));
    bool on_cpu = check_stream() == mx::Device::cpu;
    auto name = cursor_.read<std::string>();
    const PrimitiveRule* rule = find_rule(name);
    if (rule == nullptr) throw std::invalid_argument("Unable to deserialize primitive " + name);
    NodeCheck check = rule->read(cursor_);

    Ids ids{id};
    Arrays outputs;
    if (auto siblings = cursor_.read<uint64_t>(); siblings == 0) {
      outputs.push_back(read_array());
    } else {
      ids = cursor_.read<Ids>();
      auto shapes = cursor_.read<std::vector<mx::Shape>>();
      auto dtypes = cursor_.read<std::vector<mx::Dtype>>();
      bool holds_id = std::find(ids.begin(), ids.end(), id) != ids.end();
      if (ids.size() != siblings + 1 || shapes.size() != ids.size() || dtypes.size() != ids.size() ||
          !holds_id) {
        throw std::runtime_error("the outputs of a " + name + " do not fit each other");
      }
      for (size_t i = 0; i < ids.size(); ++i) outputs.push_back(stand_in(std::move(shapes[i]), dtypes[i]));
    }
    // The shapes in a shapeless file are examples: they need not be such that the function can run.
    check_rule(name, check, inputs, outputs, on_cpu && !file_.shapeless);
    for (size_t i = 0; i < ids.size(); ++i) define(ids[i], outputs[i]);
  }

  // MLX takes any stream of the device, or makes one.
  mx::Device::DeviceType check_stream() {
    cursor_.read<int32_t>();  // the stream's index
    auto type = cursor_.read<int32_t>();
    auto index = cursor_.read<int32_t>();
    bool is_cpu = type == static_cast<int32_t>(mx::Device::cpu);
    bool is_known = is_cpu || type == static_cast<int32_t>(mx::Device::gpu);
    if (!is_known || index < 0) throw std::runtime_error("it names an unknown device");
    auto device_type = is_cpu ? mx::Device::cpu : mx::Device::gpu;
    if (index >= mx::device_count(device_type)) {
      throw std::invalid_argument("it needs device " + std::to_string(index) + " of type " +
                                  (is_cpu ? "cpu" : "gpu") + ", which is not there");
    }
    return device_type;
  }

  FileCursor cursor_;
  ExportedFile file_;
  std::unordered_map<Id, mx::array> arrays_;
  std::unordered_map<Id, mx::array> constants_;
};

}  // namespace

ExportedFile check_exported_file(const std::string& path) {
  const std::string start = "[import_function] ";
  std::optional<FileCheck> check;
  try {
    check.emplace(path);
  } catch (const std::exception& problem) {
    throw std::runtime_error(start + problem.what());
  }
  try {
    return check->run();
  } catch (const std::invalid_argument& problem) {
    throw std::invalid_argument(start + path + ": " + problem.what());
  } catch (const std::exception& problem) {
    throw std::runtime_error(start + path + " is damaged: " + problem.what() + ".");
  }
}

}  // namespace node_mlx
