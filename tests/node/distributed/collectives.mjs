// A rank that makes every collective call once and prints the results, or the first sentences of errors, as one line of JSON.
//   collectives.mjs BACKEND
import { core as mx } from 'mlx';

const { distributed } = mx;
const group = distributed.init(true, process.argv[2]);
const rank = group.rank();
const size = group.size();
const results = { rank, size };

/** Computes a case: arrays as Python prints them, anything else as it is, an error as its class and message. */
function note(name, make) {
  try {
    const value = make();
    results[name] = value instanceof mx.array ? String(value).replace(/\n\s*/g, ' ') : value;
  } catch (error) {
    // Without the name of the call, which may stand in front.
    const [sentence] = error.message.replace(/^\w+\(\): /, '').split('. ');
    results[name] = `${error.name}: ${sentence}`;
  }
}

// Each rank gives another array; all values are exact in every dtype.
const given = (dtype) => mx.array([rank, 2, 3 - rank], mx.int32).astype(dtype);
for (const dtype of [mx.int32, mx.float32, mx.bfloat16, mx.float16, mx.int64, mx.uint8]) {
  for (const name of ['all_sum', 'all_max', 'all_min', 'all_gather']) {
    note(`${name} ${dtype.key}`, () => distributed[name](given(dtype), { group }));
  }
}
const complex = () => mx.array([mx.complex(rank, 1), mx.complex(2, -rank)]);
note('all_sum complex64', () => distributed.all_sum(complex()));
note('all_gather complex64', () => distributed.all_gather(complex()));
const bools = () => mx.array([rank === 0, false, true]);
note('all_sum bool', () => distributed.all_sum(bools()));
note('all_max bool', () => distributed.all_max(bools()));
note('all_gather bool', () => distributed.all_gather(bools()));

note('scalar number', () => distributed.all_sum(rank + 0.5));
note('scalar array', () => distributed.all_sum(mx.array(rank)));
note('gathered scalars', () => distributed.all_gather(mx.array(rank)));
note('gathered rows', () => distributed.all_gather(mx.array([[rank, -rank]])));
note('empty', () => distributed.all_sum(mx.zeros([0])));
note('global group', () => distributed.all_sum(1, { group: null, stream: mx.cpu }));

// More than one packet, and a length that no number of ranks divides.
const long = 1_000_003;
const ramp = mx.arange(long, { dtype: mx.int32 });
note('long sum', () =>
  mx
    .array_equal(distributed.all_sum(ramp.add(rank)), ramp.multiply(size).add((size * (size - 1)) / 2))
    .item(),
);
note('long gather', () => {
  const all = distributed.all_gather(ramp.add(rank)).reshape([size, long]);
  return mx.array_equal(all, ramp.add(mx.arange(size).reshape([size, 1]))).item();
});

// To the next rank, around the ring: the even ones send first.
const next = (rank + 1) % size;
const previous = (rank + size - 1) % size;
const send = () => mx.eval(distributed.send(mx.array([rank, 10.5]), next));
const receive = () => distributed.recv([2], mx.float32, previous, { group }).eval();
note('around', () => {
  if (rank % 2 === 1) {
    const received = receive();
    send();
    return received;
  }
  send();
  return receive();
});
note('one way', () => {
  if (rank === 0) return mx.eval(distributed.send(mx.array([[7, 8]]), 1)) ?? 'sent';
  if (rank === 1) return distributed.recv_like(mx.zeros([1, 2], mx.int32), 0);
  return 'not concerned';
});

// A gradient through a collective, and a compiled one.
note('gradient', () => mx.grad((x) => distributed.all_sum(x.square()).sum())(mx.array([1, 2.5])));
note('compiled', () => mx.compile((x) => distributed.all_sum(x.multiply(2)).add(1))(mx.array([rank, 1])));

note('send to nobody', () => distributed.send(mx.array(1), size));
note('receive from nobody', () => distributed.recv([1], mx.float32, -1));
note('negative shape', () => distributed.recv([-1], mx.float32, next));
note('endless shape', () => distributed.recv([2 ** 30, 2 ** 30, 16], mx.float32, next));
note('sum_scatter', () => distributed.sum_scatter(mx.arange(4 * size)).eval());
note('uneven sum_scatter', () => distributed.sum_scatter(mx.arange(4 * size + 1)));
note('negative color', () => group.split(-1));
note('split', () => {
  // Halves: even and odd ranks, in reverse order.
  const half = group.split(rank % 2, { key: size - rank });
  return [half.rank(), half.size(), distributed.all_sum(rank, { group: half }).item()];
});
note('split without a key', () => {
  const same = group.split(0);
  return [same.rank(), same.size(), distributed.all_gather(mx.array(rank), { group: same }).tolist()];
});
note('initialised again', () => {
  const again = [distributed.init(), distributed.init({ backend: process.argv[2] })];
  return again.map((other) => [other.rank(), other.size()]);
});
console.log(JSON.stringify(results));
