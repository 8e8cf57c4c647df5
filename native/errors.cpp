// Errors: the exception in flight becomes a JavaScript error of the class that Python raises for it.
//
// The table is nanobind's (out_of_range is IndexError, invalid_argument is ValueError, …); the classes live in
// js/errors.ts and are made by the factory that JavaScript registered with the environment.
#include <new>
#include <stdexcept>
#include <typeinfo>

#include "call.h"
#include "errors.h"

namespace node_mlx {

namespace {

void throw_named(Environment& environment, const char* name, const char* message) {
  bool pending = false;
  napi_is_exception_pending(environment.env, &pending);
  if (!pending) napi_throw(environment.env, environment.make_error(name, message));
}

}  // namespace

void throw_to_js(Environment& environment) {
  auto raise = [&](const char* name, const char* message) { throw_named(environment, name, message); };
  try {
    throw;
  } catch (const PendingException&) {
    raise("RuntimeError", "A call into JavaScript failed.");
  } catch (const NamedError& error) {
    raise(error.name, error.what());
  } catch (const std::overflow_error& error) {
    raise("OverflowError", error.what());
  } catch (const std::out_of_range& error) {
    raise("IndexError", error.what());
  } catch (const std::invalid_argument& error) {
    raise("ValueError", error.what());
  } catch (const std::domain_error& error) {
    raise("ValueError", error.what());
  } catch (const std::length_error& error) {
    raise("ValueError", error.what());
  } catch (const std::range_error& error) {
    raise("ValueError", error.what());
  } catch (const std::bad_alloc&) {
    raise("MemoryError", "Out of memory.");
  } catch (const std::exception& error) {
    raise("RuntimeError", error.what());
  } catch (...) {
    raise("RuntimeError", "An unknown native exception was thrown.");
  }
}

}  // namespace node_mlx
