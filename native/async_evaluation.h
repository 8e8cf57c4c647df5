// Asynchronous evaluation: arrays are computed on a thread of their own while JavaScript goes on.
//
// MLX's own async_eval blocks its caller once some ten operations are in flight, so it cannot run on the
// JavaScript thread. One worker thread per process evaluates, one request after the other, under the
// evaluation lock; each request's outcome goes back to its own promise, an error to the evaluation that
// caused it.
#pragma once

#include "call.h"

namespace node_mlx {

// Opens the environment's side of the worker; it closes with the environment.
std::shared_ptr<PendingEvaluations> open_evaluations(Environment& environment);

// Number of requests that wait or run.
int running_evaluations(const PendingEvaluations& pending);

extern const Export async_evaluation_exports[];
extern const size_t async_evaluation_export_count;

}  // namespace node_mlx
