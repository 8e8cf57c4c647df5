// Devices and streams: values, defaults, and contexts in each of their forms.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import mlx, { core as mx } from 'mlx';
import { throws } from './throws';

const any = (value: unknown): any => value;

/** The default device and stream, as text. */
function defaults(): string {
  return `${mx.default_device()} ${mx.default_stream(mx.default_device())}`;
}

describe('devices', () => {
  it('are values', () => {
    const device = new mx.Device(mx.cpu, 1);
    assert.deepEqual(
      [device.type, device.index, String(device), inspect(device)],
      [mx.cpu, 1, 'Device(cpu, 1)', 'Device(cpu, 1)'],
    );
    assert.equal(new mx.Device(mx.gpu).index, 0);
    assert.deepEqual(
      [mx.cpu.name, mx.cpu.value, mx.gpu.value, String(mx.cpu), inspect(mx.gpu)],
      ['cpu', 0, 1, 'DeviceType.cpu', 'DeviceType.gpu'],
    );
    assert.throws(() => {
      any(device).index = 2;
    }, TypeError);
  });

  it('compare as in Python', () => {
    const [first, second] = [new mx.Device(mx.cpu), new mx.Device(mx.cpu, 1)];
    assert.deepEqual(
      [
        first.__eq__(new mx.Device(mx.cpu)),
        first.__eq__(second),
        first.__eq__(mx.cpu),
        second.__eq__(mx.cpu),
        first.__eq__('cpu'),
      ],
      [true, false, true, false, false],
    );
    assert.deepEqual(
      [mx.cpu.__eq__(second), mx.cpu.__eq__(mx.cpu), mx.cpu.__eq__(mx.gpu), mx.cpu.__eq__(0)],
      [true, true, false, false],
    );
  });

  it('are checked', () => {
    throws(() => new mx.Device(any('cpu')), mlx.TypeError, /Device\(\).*DeviceType/);
    throws(() => new mx.Device(mx.cpu, 1.5), mlx.TypeError, /Device\(\).*index/);
    throws(() => new mx.Device(Object.create(mx.DeviceType.prototype)), mlx.TypeError, /Device\(\)/);
    throws(() => mx.set_default_device(any('cpu')), mlx.TypeError, /set_default_device\(\)/);
    throws(() => mx.add(1, 2, { stream: any('cpu') }), mlx.TypeError, /add\(\).*stream/);
    throws(
      () => mx.add(1, 2, { stream: Object.create(mx.Device.prototype) }),
      mlx.TypeError,
      /add\(\).*stream/,
    );
    throws(() => mx.add(1, 2, { stream: new mx.Device(mx.cpu, 7) }), mlx.IndexError, /add\(\)/);
  });

  it('tell about themselves', () => {
    assert.equal(mx.is_available(mx.cpu), true);
    assert.ok(mx.device_count(mx.cpu) >= 1);
    assert.equal(typeof mx.device_info(mx.cpu).architecture, 'string');
    assert.deepEqual(mx.device_info(), mx.device_info(mx.default_device()));
    throws(() => mx.device_info(any(3)), mlx.TypeError, /device_info\(\)/);
  });
});

describe('streams', () => {
  it('are made, compared and used', () => {
    const stream = mx.new_stream(mx.cpu);
    assert.ok(stream instanceof mx.Stream);
    assert.equal(String(stream), `Stream(Device(cpu, 0), ${stream.index})`);
    assert.equal(stream.__eq__(mx.default_stream(mx.cpu)), false);
    assert.equal(stream.__eq__(stream), true);
    assert.equal(mx.default_stream(mx.cpu).__eq__(mx.default_stream(mx.cpu)), true);
    const sum = mx.add(mx.array(1), 2, { stream });
    mx.synchronize(stream);
    assert.equal(sum.item(), 3);
    assert.ok(mx.new_thread_local_stream(mx.cpu) instanceof mx.ThreadLocalStream);
    assert.equal(mx.add(1, 2, { stream: mx.new_thread_local_stream(mx.cpu) }).item(), 3);
    assert.equal(mx.add(1, 2, { stream: mx.new_thread_unsafe_stream(mx.cpu) }).item(), 3);
  });

  it('cannot be forged', () => {
    throws(() => new (any(mx.Stream))(mx.cpu, 0), mlx.TypeError, /new_stream/);
    const forged = Object.assign(Object.create(mx.Stream.prototype), {
      device: new mx.Device(mx.cpu),
      index: 1e9,
    });
    throws(() => mx.add(1, 2, { stream: forged }), mlx.TypeError, /add\(\).*stream/);
    throws(() => mx.set_default_stream(forged), mlx.TypeError, /set_default_stream\(\)/);
    throws(() => mx.synchronize(forged), mlx.TypeError, /synchronize\(\)/);
  });
});

describe('mx.stream', () => {
  const stream = mx.new_stream(mx.cpu);
  let before: string;

  beforeEach(() => {
    before = defaults();
  });
  afterEach(() => assert.equal(defaults(), before));

  it('holds while a function runs, and returns what it returns', () => {
    const result = mx.stream(stream, () => [defaults(), mx.ones([2]).sum().item()]);
    assert.deepEqual(result, [`Device(cpu, 0) ${stream}`, 2]);
  });

  it('holds until its context is disposed', () => {
    const context = mx.stream(stream);
    assert.equal(defaults(), `Device(cpu, 0) ${stream}`);
    context[Symbol.dispose]();
    context[Symbol.dispose]();
  });

  it('takes a device, and contexts nest', () => {
    mx.stream(mx.cpu, () => {
      mx.stream(stream, () => assert.equal(defaults(), `Device(cpu, 0) ${stream}`));
      assert.equal(defaults(), before);
    });
  });

  it('is left when the function throws', () => {
    assert.throws(
      () =>
        mx.stream(stream, () => {
          throw new Error('mine');
        }),
      /mine/,
    );
  });

  it('lasts as long as an asynchronous function, also one that fails', async () => {
    const inside = await mx.stream(stream, async () => {
      await new Promise(setImmediate);
      return defaults();
    });
    assert.equal(inside, `Device(cpu, 0) ${stream}`);
    await assert.rejects(
      mx.stream(stream, () => Promise.reject(new Error('mine'))),
      /mine/,
    );
  });

  it('works as Python’s context manager', () => {
    const context = new mx.StreamContext(stream);
    assert.equal(defaults(), before);
    context.__enter__();
    assert.equal(defaults(), `Device(cpu, 0) ${stream}`);
    context.__exit__();
  });

  it('is checked', () => {
    throws(() => mx.stream(any('cpu')), mlx.TypeError, /stream\(\)/);
    throws(() => mx.stream(any(null)), mlx.TypeError, /stream\(\)/);
    throws(() => mx.stream(mx.cpu, any('body')), mlx.TypeError, /stream\(\).*function/);
  });

  it('sets defaults by function, too', () => {
    const [device, original] = [mx.default_device(), mx.default_stream(mx.cpu)];
    mx.set_default_stream(stream);
    assert.equal(mx.default_stream(mx.cpu).__eq__(stream), true);
    mx.set_default_stream(original);
    mx.set_default_device(mx.cpu);
    assert.equal(mx.default_device().__eq__(mx.cpu), true);
    mx.set_default_device(device);
  });
});

if (!mx.is_available(mx.gpu)) {
  describe('a GPU that is not there', () => {
    const calls: [string, () => unknown][] = [
      ['as default device', () => mx.set_default_device(mx.gpu)],
      ['as default stream', () => mx.default_stream(mx.gpu)],
      ['for a new stream', () => mx.new_stream(mx.gpu)],
      ['for an operation', () => mx.add(1, 2, { stream: mx.gpu })],
      ['as context', () => mx.stream(mx.gpu, () => 1)],
      ['to wait for', () => mx.synchronize(mx.gpu)],
    ];
    for (const [name, call] of calls) {
      it(`is an error ${name}`, () => {
        const before = defaults();
        throws(call, mlx.ValueError, /gpu/);
        assert.equal(defaults(), before);
      });
    }
    it('counts as none', () => {
      assert.deepEqual(
        [mx.device_count(mx.gpu), mx.device_info(mx.gpu), mx.metal.is_available()],
        [0, {}, false],
      );
    });
  });
}
