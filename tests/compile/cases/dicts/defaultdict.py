from collections import Counter, OrderedDict, defaultdict, deque

d = defaultdict(list)
d["a"].append(1)
d["a"].append(2)
print(dict(d), len(d["zz"]), sorted(d))
print(Counter("abca")["a"], Counter("abca").most_common(1), list(OrderedDict([("k", 1)])))
q = deque([1, 2, 3], maxlen=3)
q.append(4)
q.appendleft(0)
print(list(q), q.popleft())
