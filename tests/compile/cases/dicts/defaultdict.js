import * as py from 'mlx/python';
export const d = new py.collections.defaultdict(py.list);
py.append(py.getitem(d, 'a'), 1);
py.append(py.getitem(d, 'a'), 2);
py.print(py.dict(d), py.len(py.getitem(d, 'zz')), py.sorted(d));
py.print(
  py.getitem(new py.collections.Counter('abca'), 'a'),
  new py.collections.Counter('abca').most_common(1),
  [...py.iter(new py.collections.OrderedDict([py.Tuple.of('k', 1)]))],
);
export const q = new py.collections.deque([1, 2, 3], { maxlen: 3 });
py.append(q, 4);
q.appendleft(0);
py.print([...py.iter(q)], q.popleft());
//# sourceMappingURL=defaultdict.js.map
