// BLAS errors: the reference BLAS and LAPACK that come with MLX for Linux end the whole process, with status
// 0, where a routine gets an illegal argument: a matrix without columns, or eigenvalues of a matrix that
// holds NaN.
//
// Both report through a function `xerbla` that a program may replace, which is what happens here: the addon
// comes before them where the dynamic linker looks for the name. The exception passes through the routines,
// which hold nothing, and surfaces where MLX's evaluation does.
#include <cctype>
#include <cstddef>
#include <sstream>
#include <stdexcept>
#include <string>

namespace {

[[noreturn]] void throw_illegal(std::string routine, int parameter) {
  while (!routine.empty() && std::isspace(static_cast<unsigned char>(routine.back()))) routine.pop_back();
  std::ostringstream message;
  message << "[" << routine << "] Parameter " << parameter
          << " has an illegal value: a matrix is empty, or holds NaN or infinity.";
  throw std::runtime_error(message.str());
}

}  // namespace

extern "C" {

// Fortran: the routine's name is no C string, its length comes last.
__attribute__((visibility("default"))) void xerbla_(const char* routine, const int* parameter,
                                                    size_t length) {
  throw_illegal(std::string(routine, length), *parameter);
}

__attribute__((visibility("default"))) void cblas_xerbla(int parameter, const char* routine, const char*,
                                                         ...) {
  throw_illegal(routine, parameter);
}
}
