// Default streams: one per device for the whole process, usable from every thread.
//
// MLX gives each thread a default stream of its own, and what was built on it can only be evaluated on that
// thread. Arrays here are evaluated on the JavaScript thread or on the evaluation worker, whichever is asked,
// so the default streams are MLX's "thread-unsafe" ones: evaluation is serialised by the evaluation lock
// anyway. They are made when a device is first used, never before.
#pragma once

#include <vector>

#include "mlx/device.h"
#include "mlx/stream.h"

namespace node_mlx {

namespace mx = mlx::core;

// Makes the process's stream of the device this thread's default one. Does nothing for a device that is not
// there.
void use_default_stream(const mx::Device& device);

// A stream that every thread can use. MLX never ends a stream and its thread, so those of an environment that
// has ended serve the next one.
mx::Stream take_stream(const mx::Device& device);
void give_back_streams(const std::vector<mx::Stream>& streams);

}  // namespace node_mlx
