// Distributed: groups of processes that compute together.
//
// Groups are kept until the process ends, each once, and JavaScript holds their numbers. They are not tied to
// wrappers: leaving an MPI communicator is collective, so every rank would have to do it at the same point of
// its program, and garbage collectors run when they like.
#pragma once

#include "call.h"

namespace node_mlx {

// The group in register k; the global one, made now if need be, where none was given.
mx::distributed::Group group_of(Call& call, int k);

// A guard (guards.toml says what happens without it).
void require_reducible(const mx::array& x, const mx::distributed::Group& group);

extern const Export distributed_exports[];
extern const size_t distributed_export_count;

}  // namespace node_mlx
