// Host data: arrays from JavaScript numbers and buffers, and back.
//
// Conversions follow Python's binding step by step, because the steps are visible in the bits: a list of
// floats goes through float32 before float16, a list of ints through the C++ type that the requested dtype
// selects.
#include "host_data.h"

#include <complex>
#include <cstring>
#include <limits>
#include <vector>

#include "evaluation.h"
#include "memory_owner.h"
#include "mlx/backend/cuda/cuda.h"
#include "mlx/backend/metal/metal.h"
#include "mlx/dtype_utils.h"
#include "values.h"

namespace node_mlx {

namespace {

// ---- Scalars and lists ------------------------------------------------------------------------------------

// Numbers become float64 where the default device computes it, as in Python, where an operation does that.
void refuse_on_gpu(std::optional<mx::Dtype> dtype) {
  if (dtype == mx::float64 && mx::default_device() == mx::Device::gpu) {
    throw std::invalid_argument("float64 is not supported on the GPU");
  }
}

// mx.array(scalar, dtype): register 0 the scalar, 1 the dtype. An explicit dtype wraps.
void array_from_scalar(Call& call) {
  auto dtype = call.maybe_dtype(1);
  refuse_on_gpu(dtype);
  const double* d = call.registers.doubles;
  auto integer = [&](int64_t value) {
    bool fits = value >= std::numeric_limits<int32_t>::min() && value <= std::numeric_limits<int32_t>::max();
    return mx::array(value, dtype.value_or(fits ? mx::int32 : mx::int64));
  };
  switch (call.tag(0)) {
    case Tag::boolean:
      return call.result(mx::array(*d != 0, dtype.value_or(mx::bool_)));
    case Tag::integer:
      return call.result(integer(static_cast<int64_t>(*d)));
    case Tag::wide_integer:
      return call.result(integer(call.wide_integer(0)));
    case Tag::real:
      if (dtype == mx::float64) return call.result(mx::array(*d, mx::float64));
      return call.result(mx::array(static_cast<float>(*d), dtype.value_or(mx::float32)));
    case Tag::complex: {
      mx::complex64_t value(static_cast<float>(d[0]), static_cast<float>(d[1]));
      return call.result(mx::array(value, dtype.value_or(mx::complex64)));
    }
    default:
      throw std::invalid_argument("Only scalars can be converted here.");
  }
}

// The numbers of a flattened list: in the bulk area, or in a typed array of their own where they are many.
template <class T>
const T* list_numbers(Call& call, size_t count) {
  napi_valuetype type = napi_undefined;
  napi_typeof(call.env(), call.value(1), &type);
  if (type == napi_undefined) return reinterpret_cast<const T*>(call.registers.bulk);
  void* data = nullptr;
  size_t length = 0;
  napi_typedarray_type kind;
  napi_get_typedarray_info(call.env(), call.value(1), &kind, &length, &data, nullptr, nullptr);
  if (length < count) throw std::invalid_argument("The list is shorter than its shape.");
  return static_cast<const T*>(data);
}

template <class To, class From>
std::vector<To> checked(const From* numbers, size_t count) {
  std::vector<To> out(count);
  for (size_t i = 0; i < count; ++i) {
    // Python converts each int to the vector's type and fails where it does not fit.
    if constexpr (std::is_integral_v<To>) {
      if (static_cast<__int128>(numbers[i]) < static_cast<__int128>(std::numeric_limits<To>::min()) ||
          static_cast<__int128>(numbers[i]) > static_cast<__int128>(std::numeric_limits<To>::max())) {
        throw std::runtime_error("std::bad_cast: an int of the list does not fit the dtype.");
      }
    }
    out[i] = static_cast<To>(numbers[i]);
  }
  return out;
}

template <class From>
mx::array array_of_ints(const From* numbers, size_t count, const mx::Shape& shape, mx::Dtype dtype) {
  auto build = [&]<class To>(To) {
    auto values = checked<To>(numbers, count);
    return mx::array(values.begin(), shape, dtype);
  };
  if (dtype == mx::int64) return build(int64_t{});
  if (dtype == mx::uint64) return build(uint64_t{});
  if (dtype == mx::uint32) return build(uint32_t{});
  if (mx::issubdtype(dtype, mx::inexact)) return build(float{});
  return build(int{});
}

// What the elements of a list are; equal to LIST in js/host_data.ts.
enum class ListKind : int32_t { boolean = 0, integer, real, complex, wide_integer, unsigned_integer };

// mx.array(list, dtype): register 0 the shape, 1 the dtype, 2 the kind of the elements.
void array_from_list(Call& call) {
  mx::Shape shape = call.shape(0);
  auto dtype = call.maybe_dtype(1);
  size_t count = 1;
  for (auto dim : shape) count *= dim;
  if (count > 0) refuse_on_gpu(dtype);
  switch (static_cast<ListKind>(call.integer(2))) {
    case ListKind::boolean: {
      const double* numbers = list_numbers<double>(call, count);
      std::vector<bool> values(count);
      for (size_t i = 0; i < count; ++i) values[i] = numbers[i] != 0;
      return call.result(mx::array(values.begin(), shape, dtype.value_or(mx::bool_)));
    }
    case ListKind::integer:
      return call.result(
          array_of_ints(list_numbers<double>(call, count), count, shape, dtype.value_or(mx::int32)));
    case ListKind::wide_integer:
      return call.result(
          array_of_ints(list_numbers<int64_t>(call, count), count, shape, dtype.value_or(mx::int64)));
    case ListKind::unsigned_integer:
      return call.result(
          array_of_ints(list_numbers<uint64_t>(call, count), count, shape, dtype.value_or(mx::uint64)));
    case ListKind::real: {
      const double* numbers = list_numbers<double>(call, count);
      if (dtype == mx::float64) return call.result(mx::array(numbers, shape, mx::float64));
      std::vector<float> values(numbers, numbers + count);
      return call.result(mx::array(values.begin(), shape, dtype.value_or(mx::float32)));
    }
    case ListKind::complex: {
      const double* numbers = list_numbers<double>(call, 2 * count);
      std::vector<mx::complex64_t> values(count);
      for (size_t i = 0; i < count; ++i) {
        values[i] =
            mx::complex64_t(static_cast<float>(numbers[2 * i]), static_cast<float>(numbers[2 * i + 1]));
      }
      return call.result(mx::array(values.begin(), shape, dtype.value_or(mx::complex64)));
    }
  }
  throw std::invalid_argument("Unknown kind of list.");
}

// A list that holds arrays is the stack of its items: register 0.
void stack_arrays(Call& call) { call.result(mx::stack(call.arrays(0))); }

// mx.array(array, dtype): register 0 the array, 1 the dtype.
void array_from_array(Call& call) {
  const mx::array& a = call.array(0);
  call.result(mx::astype(a, call.maybe_dtype(1).value_or(a.dtype())));
}

// ---- Buffers ----------------------------------------------------------------------------------------------

// value(1): the bytes, as a Uint8Array.
Bytes host_bytes(Call& call) { return bytes_from_js(call.env(), call.value(1)); }

template <class From>
mx::array converted(const From* source, size_t count, const mx::Shape& shape, mx::Dtype dtype) {
  auto data = mx::allocator::malloc(count * mx::size_of(dtype));
  mx::dispatch_all_types(dtype, [&](auto tag) {
    using To = MLX_GET_TYPE(tag);
    auto* target = static_cast<To*>(data.buffer().raw_ptr());
    if constexpr (std::is_same_v<From, To>) {
      std::copy_n(source, count, target);  // copies memory, where the loop copies elements
    } else {
      for (size_t i = 0; i < count; ++i) target[i] = static_cast<To>(source[i]);
    }
  });
  return mx::array(std::move(data), shape, dtype);
}

// mx.array(buffer, dtype): register 0 the shape, 1 the requested dtype, 2 the dtype of the buffer's elements.
void array_from_buffer(Call& call) {
  mx::Shape shape = call.shape(0);
  mx::Dtype source_dtype = call.dtype(2);
  Bytes buffer = host_bytes(call);
  size_t count = buffer.size / source_dtype.size();
  size_t needed = 1;
  for (auto dim : shape) needed *= dim;
  if (needed != count) throw std::invalid_argument("The buffer does not fit its shape.");
  if (count > 0) refuse_on_gpu(call.maybe_dtype(1));
  // As in Python, doubles become float32 unless float64 is asked for.
  mx::Dtype dtype = call.maybe_dtype(1).value_or(source_dtype == mx::float64 ? mx::float32 : source_dtype);
  mx::dispatch_all_types(source_dtype, [&](auto tag) {
    using From = MLX_GET_TYPE(tag);
    call.result(converted(reinterpret_cast<const From*>(buffer.data), count, shape, dtype));
  });
}

// Memory of somebody else as an MLX buffer. MLX's CPU allocator keeps a buffer's size in front of its data,
// so foreign memory gets a header elsewhere and is reached through the array's offset.
struct ForeignHeader {
  size_t bytes;
};

// mx.asarray(buffer): register 0 the shape, 2 the dtype. The array shares the buffer's memory and keeps it
// alive. Returns false where the memory cannot be kept, and where the platform's allocator cannot share
// (CUDA, or Metal refusing the pointer).
void array_sharing_buffer(Call& call) {
  mx::Shape shape = call.shape(0);
  mx::Dtype dtype = call.dtype(2);
  Bytes buffer = host_bytes(call);
  size_t count = buffer.size / dtype.size();
  call.registers.ints[0] = 0;
  bool aligned = reinterpret_cast<uintptr_t>(buffer.data) % dtype.size() == 0;
  if (count == 0 || !aligned || mx::cu::is_available()) return;
  napi_ref owner = own_memory(call.env(), call.value(1));
  if (!owner) return;

  mx::allocator::Buffer foreign(nullptr);
  int64_t offset = 0;
  std::shared_ptr<ForeignHeader> header;
  if (mx::metal::is_available()) {
    foreign = mx::allocator::make_buffer(const_cast<char*>(buffer.data), buffer.size);
    if (foreign.ptr() == nullptr) {
      napi_delete_reference(call.env(), owner);
      return;
    }
  } else {
    header = std::make_shared<ForeignHeader>(ForeignHeader{buffer.size});
    foreign = mx::allocator::Buffer(header.get());
    offset = buffer.data - static_cast<const char*>(foreign.raw_ptr());
  }

  auto release = [deferred = call.environment.deferred, owner, header](mx::allocator::Buffer released) {
    if (!header) mx::allocator::release(released);
    deferred->release_later(owner);
  };
  mx::array out(shape, dtype, nullptr, {});
  mx::Strides strides = out.strides();
  out.set_data(mx::allocator::Data(foreign, std::move(release)), count, std::move(strides),
               {true, true, shape.size() <= 1}, offset);
  out.set_status(mx::array::Status::available);
  call.result(std::move(out));
}

// ---- Back to JavaScript -----------------------------------------------------------------------------------

// The array in register 0, evaluated and row-contiguous.
mx::array readable(Call& call) {
  mx::array a = call.array(0);
  call.environment.make_available(a);
  if (!a.flags().row_contiguous) {
    a = mx::contiguous(a);
    call.environment.make_available(a);
  }
  return a;
}

// a.item(): the scalar's kind in ints[0], its value in the doubles.
void item(Call& call) {
  mx::array& a = call.array(0);
  if (a.size() != 1) {
    throw std::invalid_argument("[convert] Only length-1 arrays can be converted to scalars.");
  }
  call.environment.make_available(a);
  auto finish = [&](Tag tag, double value) {
    call.registers.ints[0] = static_cast<int32_t>(tag);
    call.registers.doubles[0] = value;
  };
  auto finish_wide = [&](auto value, bool is_unsigned) {
    constexpr auto kSafe = static_cast<decltype(value)>(1) << 53;
    bool safe = value <= kSafe && (is_unsigned || value >= static_cast<decltype(value)>(0) - kSafe);
    if (safe) return finish(Tag::integer, static_cast<double>(value));
    call.registers.ints[0] = static_cast<int32_t>(Tag::wide_integer);
    call.registers.ints[1] = is_unsigned;
    std::memcpy(call.registers.doubles, &value, sizeof value);
  };
  switch (a.dtype().val()) {
    case mx::Dtype::Val::bool_:
      return finish(Tag::boolean, *a.data<bool>());
    case mx::Dtype::Val::int64:
      return finish_wide(*a.data<int64_t>(), false);
    case mx::Dtype::Val::uint64:
      return finish_wide(*a.data<uint64_t>(), true);
    case mx::Dtype::Val::complex64: {
      auto value = *a.data<mx::complex64_t>();
      finish(Tag::complex, value.real());
      call.registers.doubles[1] = value.imag();
      return;
    }
    default:
      mx::dispatch_all_types(a.dtype(), [&](auto tag) {
        using T = MLX_GET_TYPE(tag);
        if constexpr (std::is_arithmetic_v<T>) {
          finish(std::is_integral_v<T> ? Tag::integer : Tag::real, static_cast<double>(*a.data<T>()));
        } else if constexpr (!std::is_same_v<T, mx::complex64_t>) {
          finish(Tag::real, static_cast<float>(*a.data<T>()));
        }
      });
  }
}

// Copies an array's elements, row-major, to the bulk area or to the ArrayBuffer in value(0). Register 1:
// whether half precision is widened to float32.
void copy_out(Call& call) {
  bool widen = call.boolean(1);
  mx::array a = readable(call);
  void* target = call.registers.bulk;
  size_t capacity = kBulkBytes;
  bool is_buffer = false;
  napi_is_arraybuffer(call.env(), call.value(0), &is_buffer);
  if (is_buffer) napi_get_arraybuffer_info(call.env(), call.value(0), &target, &capacity);
  bool half = a.dtype() == mx::float16 || a.dtype() == mx::bfloat16;
  size_t bytes = widen && half ? a.size() * sizeof(float) : a.nbytes();
  if (bytes > capacity) throw std::invalid_argument("The target is too small.");
  if (is_buffer) call.environment.pace_bytes(bytes);
  if (a.size() == 0) return;
  if (widen && half) {
    auto* out = static_cast<float*>(target);
    auto widen_from = [&](auto* in) {
      for (size_t i = 0; i < a.size(); ++i) out[i] = static_cast<float>(in[i]);
    };
    if (a.dtype() == mx::float16) {
      widen_from(a.data<mx::float16_t>());
    } else {
      widen_from(a.data<mx::bfloat16_t>());
    }
  } else {
    std::memcpy(target, a.data<char>(), bytes);
  }
}

// An ArrayBuffer over an array's own memory, or undefined where the runtime refuses external buffers.
void share_out(Call& call) {
  mx::array a = readable(call);
  if (a.size() == 0) return;
  auto* owner = new mx::array(a);
  auto release = [](napi_env, void*, void* hint) { delete static_cast<mx::array*>(hint); };
  napi_value buffer = nullptr;
  if (napi_create_external_arraybuffer(call.env(), a.data<char>(), a.nbytes(), release, owner, &buffer) !=
      napi_ok) {
    delete owner;
    return;
  }
  call.result_value(buffer);
}

void repr(Call& call) {
  mx::array a = call.array(0);
  call.environment.make_available(a);
  std::ostringstream out;
  EvaluationLock lock;  // printing may evaluate slices, and the formatter is the process's
  out << a;
  call.result_string(out.str());
}

}  // namespace

const Export host_data_exports[] = {
    {"array_from_scalar", invoke<array_from_scalar>, "array"},
    {"array_from_list", invoke<array_from_list>, "array"},
    {"stack_arrays", invoke<stack_arrays>, "array"},
    {"array_from_array", invoke<array_from_array>, "array"},
    {"array_from_buffer", invoke<array_from_buffer>, "array"},
    {"array_sharing_buffer", invoke<array_sharing_buffer>, "asarray"},
    {"item", invoke<item>, "item"},
    {"copy_out", invoke<copy_out>},
    {"share_out", invoke<share_out>, "toTypedArray"},
    {"repr", invoke<repr>, "__repr__"},
};
const size_t host_data_export_count = std::size(host_data_exports);

}  // namespace node_mlx
