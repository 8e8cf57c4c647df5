// Errors: the exception in flight becomes a JavaScript error of the class that Python raises for it.
//
// The table is nanobind's (out_of_range is IndexError, invalid_argument is ValueError, …); the classes live
// in js/errors.ts and are made by the factory that JavaScript registered with the environment.
#include "errors.h"

#include <cstring>
#include <new>
#include <stdexcept>
#include <typeinfo>

#include "call.h"

namespace node_mlx {

std::pair<std::string, std::string> describe_exception() {
  try {
    throw;
  } catch (const NamedError& error) {
    return {error.name, error.what()};
  } catch (const std::overflow_error& error) {
    return {"OverflowError", error.what()};
  } catch (const std::out_of_range& error) {
    return {"IndexError", error.what()};
  } catch (const std::invalid_argument& error) {
    return {"ValueError", error.what()};
  } catch (const std::domain_error& error) {
    return {"ValueError", error.what()};
  } catch (const std::length_error& error) {
    return {"ValueError", error.what()};
  } catch (const std::range_error& error) {
    return {"ValueError", error.what()};
  } catch (const std::bad_alloc&) {
    return {"MemoryError", "Out of memory."};
  } catch (const std::exception& error) {
    return {"RuntimeError", error.what()};
  } catch (...) {
    return {"RuntimeError", "An unknown native exception was thrown."};
  }
}

namespace {

// The message with the function's name in front, unless MLX has it there.
std::string named(const char* title, const std::string& message) {
  if (!title) return message;
  const char* dot = std::strrchr(title, '.');
  std::string name = dot ? dot + 1 : title;
  for (const std::string& mention : {"[" + name, name + "("}) {
    if (message.find(mention) != std::string::npos) return message;
  }
  return std::string(title) + "(): " + message;
}

}  // namespace

void throw_to_js(Environment& environment, napi_callback callback) {
  bool pending = false;
  napi_is_exception_pending(environment.env, &pending);
  if (pending) return;  // what the user's own function threw
  auto [name, message] = describe_exception();
  message = named(title_of(callback), message);
  napi_throw(environment.env, environment.make_error(name.c_str(), message.c_str()));
}

}  // namespace node_mlx
