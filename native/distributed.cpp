// Making groups, asking them, splitting them, and leaving at the end of the process. The collectives
// themselves are generated.
#include "distributed.h"

#include <dlfcn.h>

#include <cstdlib>
#include <mutex>
#include <string_view>
#include <typeinfo>

#include "mlx/distributed/distributed_impl.h"

namespace node_mlx {

namespace {

using mx::distributed::Group;

// Upstream's table of groups has no lock of its own; workers of one process share it.
struct Groups {
  std::mutex mutex;
  std::vector<Group> kept;
};

// Never destroyed: threads of MLX may still communicate while the process exits.
Groups& groups() {
  static auto* groups = new Groups;
  return *groups;
}

// Whether a group is of the class of that name: the classes themselves are hidden in libmlx.
bool is_a(const Group& group, std::string_view name) {
  const auto& implementation = *group.raw_group();
  return std::string_view(typeid(implementation).name()).find(name) != std::string_view::npos;
}

template <class Function>
Function* mpi_function(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

// mpirun takes a process that exits without MPI_Finalize for a failed one, so it is called at the very end,
// when nothing communicates any more. A process that failed must not call it: MPI_Finalize waits for the
// other ranks, which may wait for this one. mpirun ends them instead.
void leave_mpi(int status) {
  auto* initialized = mpi_function<int(int*)>("MPI_Initialized");
  auto* finalized = mpi_function<int(int*)>("MPI_Finalized");
  auto* finalize = mpi_function<int()>("MPI_Finalize");
  if (status != 0 || !initialized || !finalized || !finalize) return;
  int begun = 0, ended = 0;
  initialized(&begun);
  finalized(&ended);
  if (begun && !ended) finalize();
}

#ifdef __GLIBC__
void leave(int status, void*) { leave_mpi(status); }

void register_leave() {
  on_exit(leave, nullptr);
  // This library must not be unloaded before, not even where only a worker had loaded it.
  Dl_info here;
  if (dladdr(reinterpret_cast<void*>(leave), &here)) dlopen(here.dli_fname, RTLD_NOW | RTLD_NODELETE);
}
#else
// Nothing tells the exit status here.
void register_leave() {
  std::atexit([] { leave_mpi(0); });
}
#endif

// The number of a group: its place, from 1 on. The lock is held.
int32_t keep(Group group) {
  auto& kept = groups().kept;
  for (size_t i = 0; i < kept.size(); ++i) {
    if (kept[i].raw_group() == group.raw_group()) return static_cast<int32_t>(i + 1);
  }
  kept.push_back(std::move(group));
  return static_cast<int32_t>(kept.size());
}

// Makes or finds the global group. The lock is held.
int32_t join(bool strict, const std::string& backend) {
  static std::once_flag once;
  std::call_once(once, register_leave);
  return keep(mx::distributed::init(strict, backend));
}

// Register 0: strict. Value 0: the backend.
void init_group(Call& call) {
  std::string backend = call.string(0);
  std::lock_guard lock(groups().mutex);
  call.registers.ints[0] = join(call.boolean(0), backend);
}

void group_rank(Call& call) { call.registers.ints[0] = group_of(call, 0).rank(); }

void group_size(Call& call) { call.registers.ints[0] = group_of(call, 0).size(); }

// Register 0: the group, 1: the color, 2: the key.
void split_group(Call& call) {
  Group whole = group_of(call, 0);
  int color = call.integer(1);
  // MPI and NCCL end the process for one.
  if (color < 0 && whole.size() > 1) throw std::invalid_argument("The color of a split cannot be negative.");
  std::lock_guard lock(groups().mutex);
  call.registers.ints[0] = keep(whole.split(color, call.integer(2)));
}

}  // namespace

Group group_of(Call& call, int k) {
  int32_t number = call.registers.ints[2 * k];
  std::lock_guard lock(groups().mutex);
  if (number == 0) number = join(false, "any");
  Group group = groups().kept.at(number - 1);
  // Where it communicates, whatever the default device is.
  call.environment.prepare(is_a(group, "NCCLGroup") ? mx::Device::gpu : mx::Device::cpu);
  return group;
}

void require_reducible(const mx::array& x, const Group& group) {
  if (x.dtype() == mx::bool_ && is_a(group, "MPIGroup")) {
    throw std::invalid_argument("[mpi] Arrays of bools cannot be reduced; use another dtype.");
  }
}

const Export distributed_exports[] = {
    {"init_group", invoke<init_group>},
    {"group_rank", invoke<group_rank>},
    {"group_size", invoke<group_size>},
    {"split_group", invoke<split_group>},
};
const size_t distributed_export_count = std::size(distributed_exports);

}  // namespace node_mlx
