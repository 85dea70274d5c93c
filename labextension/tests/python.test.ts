import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { Python } from '../src/python.js';

type Told = (sender: unknown, args: unknown) => void;

/** What JupyterLab tells of: whoever is connected hears it. */
function signal() {
  const heard: Told[] = [];
  return { connect: (told: Told) => void heard.push(told), emit: (args?: unknown) => heard.forEach(told => told(null, args)) };
}

const kernel = (id: string, status = 'idle') => ({ id, status, info: Promise.resolve() });

/** A Python that is ready, and what the lesson is told of it from then on. */
async function watched() {
  const told: string[] = [];
  const context = {
    ready: Promise.resolve(),
    session: { kernel: kernel('first') as ReturnType<typeof kernel> | null },
    sessionManager: { refreshRunning: () => Promise.resolve() },
    startKernel: () => Promise.resolve(),
    statusChanged: signal(),
    kernelChanged: signal(),
    sessionChanged: signal(),
    connectionStatusChanged: signal()
  };
  const tell = (name: string) => () => void told.push(name);
  const python = new Python(context as unknown as ConstructorParameters<typeof Python>[0], {
    restarting: tell('restarting'),
    back: tell('back'),
    gone: tell('gone'),
    unreachable: tell('unreachable'),
    reachable: tell('reachable')
  });
  await python.ready();
  return { python, context, told };
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  Object.assign(globalThis, { window: globalThis });
});

test('a connection that is lost for some seconds is told, and that it is there again', async () => {
  const { context, told } = await watched();
  context.connectionStatusChanged.emit('connecting');
  mock.timers.tick(3000);
  assert.deepEqual(told, []);
  mock.timers.tick(2000);
  context.connectionStatusChanged.emit('connected');
  assert.deepEqual(told, ['unreachable', 'reachable']);
});

test('while another Python starts, however slowly, nobody is told that Jupyter does not answer', async () => {
  const { context, told } = await watched();
  context.session.kernel = kernel('second', 'unknown');
  context.kernelChanged.emit();
  context.connectionStatusChanged.emit('connecting');
  mock.timers.tick(60_000);
  context.connectionStatusChanged.emit('connected');
  context.statusChanged.emit('idle');
  assert.deepEqual(told, ['restarting', 'back']);
});

test('but they are told where it can not be reached at all', async () => {
  const { context, told } = await watched();
  context.statusChanged.emit('restarting');
  context.connectionStatusChanged.emit('connecting');
  context.connectionStatusChanged.emit('disconnected');
  mock.timers.tick(1);
  assert.deepEqual(told, ['restarting', 'unreachable']);
});

test('one that is gone is no lost connection', async () => {
  const { context, told } = await watched();
  context.connectionStatusChanged.emit('connecting');
  context.session.kernel = kernel('first', 'dead');
  context.statusChanged.emit('dead');
  mock.timers.tick(60_000);
  context.connectionStatusChanged.emit('disconnected');
  mock.timers.tick(60_000);
  assert.deepEqual(told, ['gone']);
});

test('that the old one is gone is told once, though JupyterLab may learn of it only while another one starts', async () => {
  const { python, context, told } = await watched();
  context.session.kernel = kernel('first', 'dead');
  context.statusChanged.emit('dead');
  context.sessionManager.refreshRunning = () => {
    context.session.kernel = null;
    context.sessionChanged.emit();
    context.statusChanged.emit('dead');
    return Promise.resolve();
  };
  context.startKernel = () => {
    assert.equal(context.session.kernel, null);
    context.session.kernel = kernel('second');
    context.kernelChanged.emit();
    return Promise.resolve();
  };
  await python.start();
  assert.deepEqual(told, ['gone', 'restarting', 'back']);
});

test('where it can not be started, that is told', async () => {
  const { python, context, told } = await watched();
  context.session.kernel = null;
  context.startKernel = () => Promise.reject(new Error('no room'));
  console.warn = () => undefined;
  await python.start();
  assert.deepEqual(told, ['gone']);
});
