// How the program comes by its socket, and what it tells systemd.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { ask, variables } from './lib/fcgi.mjs';
import { Site, freePort, isAlive, items, until } from './lib/site.mjs';

const listen = path.resolve('tests/http/lib/listen.pl');
let site;
before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(3) });
});
afterEach(async () => {
  await site.stop();
  fs.rmSync(site.logFile);
});
after(() => site.end());

const at = (name) => path.join(site.dir, name);
const passed = (...paths) => ['perl', listen, ...paths.map(at), '--'];
const answers = async (name) => assert.equal((await ask(at(name), variables('/news/'))).status, 200, name);
const mode = (name) => fs.statSync(at(name)).mode & 0o777;

// A start that must fail: its words.
async function refusal(options) {
  await site.serve(options);
  const { code } = await site.ended;
  assert.equal(code, 1, site.log());
  return site.log();
}

test('serve makes its socket for owner and group only, and removes it', async () => {
  await site.serve();
  assert.match(site.log(), /event=socket_opened .*socket=public origin=made /);
  assert.equal(mode('s'), 0o660);
  await answers('s');
  assert.equal((await site.stop()).code, 0);
  assert.ok(!fs.existsSync(at('s')));
});

test('what is in the way of the socket stays, unless it is a dead socket', async () => {
  fs.writeFileSync(at('s'), 'dear to somebody');
  assert.match(await refusal(), /it is no socket/);
  assert.equal(fs.readFileSync(at('s'), 'utf8'), 'dear to somebody');
  fs.rmSync(at('s'));
  const perl = spawn('perl', [listen, at('s'), '--', 'sleep', '60'], { stdio: 'ignore' });
  const gone = new Promise((done) => perl.once('exit', done));
  await until('the socket', () => fs.existsSync(at('s')));
  assert.match(await refusal(), /in use by another process/);
  perl.kill('SIGKILL');
  await gone;
  assert.ok(fs.existsSync(at('s')));
  const going = spawn('perl', [listen, at('s2'), '--', 'sleep', '60'], { stdio: 'ignore' });
  await until('the socket', () => fs.existsSync(at('s2')));
  fs.renameSync(at('s2'), at('s'));
  setTimeout(() => going.kill('SIGKILL'), 400); // whose supervisor was killed is about to go
  await site.serve();
  await answers('s');
});

test('descriptor 0, as spawn-fcgi passes it, is the public socket', async () => {
  await site.serve({ through: ['spawn-fcgi', '-n', '-s', at('spawned'), '--'] });
  assert.match(site.log(), /event=socket_opened .*origin=descriptor fd=0 /);
  await answers('spawned');
  assert.ok(!fs.existsSync(at('s')));
  assert.equal((await site.stop()).code, 0);
  assert.ok(fs.existsSync(at('spawned')), 'a socket that is not ours stays');
});

test('FastCGI over TCP is refused', async () => {
  const words = await refusal({ through: ['spawn-fcgi', '-n', '-a', '127.0.0.1', '-p', String(await freePort()), '--'] });
  assert.match(words, /descriptor 0 is no Unix socket/);
});

test('LISTEN_FDS, as systemd passes it, with and without a name', async () => {
  for (const [i, name] of ['public', 'byline.socket', 'unknown', ''].entries()) {
    await site.serve({ through: passed(`d${i}`), env: { LISTEN_FDNAMES: name } });
    assert.match(site.log(), /event=socket_opened .*socket=public origin=systemd fd=3 path=\/\S+$/m, name);
    await answers(`d${i}`);
    assert.equal((await site.stop()).code, 0);
    assert.ok(fs.existsSync(at(`d${i}`)));
    fs.rmSync(site.logFile);
  }
  await site.serve({ through: passed('d9') });
  await answers('d9');
});

test('two sockets, in order or by name, are the public and the staff socket', async () => {
  const door = async (name) => (await ask(at(name), variables('/news/'))).status;
  for (const [i, names] of ['', 'staff:public'].entries()) {
    const [first, second] = [`x${i}`, `y${i}`];
    await site.serve({ through: passed(first, second), env: { LISTEN_FDNAMES: names } });
    const [reading, writing] = names === '' ? [first, second] : [second, first];
    assert.equal(await door(reading), 200, names);
    assert.equal(await door(writing), 404, names);
    assert.ok(!fs.existsSync(at('s-staff')), 'no socket of its own');
    assert.equal((await site.stop()).code, 0);
    fs.rmSync(site.logFile);
  }
  await site.serve({ through: passed('z1') });
});

test('variables meant for another process are ignored', async () => {
  await site.serve({ through: passed('other'), env: { LISTEN_PID: '1' } });
  assert.match(site.log(), /event=socket_opened .*origin=made /);
  await answers('s');
});

test('sockets that fit no door are refused with the reason', async () => {
  const cases = [
    [{ through: passed('a1', 'a2', 'a3') }, /3 sockets were passed, we have 2/],
    [{ through: passed('b1', 'b2'), env: { LISTEN_FDNAMES: 'public:public' } }, /two sockets were passed for "public"/],
    [{ through: passed('c1', 'c2'), env: { LISTEN_FDNAMES: 'public:metrics' } }, /no socket of ours is named "metrics"/],
    [{ through: passed('e1'), env: { LISTEN_FDS: 'many' } }, /LISTEN_FDS is no number of sockets/],
    [{ through: passed('f1'), env: { LISTEN_PID: 'me' } }, /LISTEN_PID is no process number/],
    [{ through: passed('g1'), env: { LISTEN_FDS: '3' } }, /3 sockets were passed/],
    [{ through: ['sh', '-c', 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@" 3</dev/null', '-'] }, /descriptor 3 is no listening socket/],
  ];
  for (const [options, words] of cases) assert.match(await refusal(options), words);
  assert.ok(!fs.existsSync(at('s')));
});

test('a successor inherits what systemd passed', async () => {
  await site.serve({ through: passed('kept') });
  const first = site.pid();
  process.kill(first, 'SIGUSR2');
  await until('the successor', () => fs.existsSync(site.pidFile) && site.pid() !== first && !isAlive(first), 10000);
  const second = site.pid();
  await answers('kept');
  assert.equal(site.log().match(/event=socket_opened .*origin=systemd/g).length, 2);
  process.kill(second, 'SIGTERM');
  await until('its end', () => !isAlive(second));
  assert.ok(fs.existsSync(at('kept')));
});

// Of a process by its number; the last field before the parent's number is the state.
const stat = (pid) => fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
const parent = (pid) => Number(stat(pid)[1]);
const state = (pid) => (!isAlive(pid) ? 'gone' : stat(pid)[0] === 'Z' ? 'dead' : 'alive');

test('systemd is told of the start, of reloads, of a successor and of the end', async () => {
  const ear = spawn('perl', [path.resolve('tests/http/lib/notify.pl'), at('n')], { stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = new Promise((done) => ear.once('exit', done));
  let heard = '';
  ear.stdout.on('data', (part) => { heard += part; });
  const hears = (what) => until(what, () => what.test(heard));
  await hears(/listening/);
  await site.serve({ env: { NOTIFY_SOCKET: at('n') } });
  await hears(new RegExp(`^READY=1 MAINPID=${site.pid()}$`, 'm'));
  heard = '';
  process.kill(site.pid(), 'SIGHUP');
  await hears(/^RELOADING=1 MONOTONIC_USEC=\d+\nREADY=1$/m);
  heard = '';
  const good = fs.readFileSync(site.conf, 'utf8');
  fs.writeFileSync(site.conf, `${good}\nnonsense = 1\n`);
  process.kill(site.pid(), 'SIGHUP');
  await hears(/^RELOADING=1 MONOTONIC_USEC=\d+\nREADY=1$/m);
  fs.writeFileSync(site.conf, good);
  assert.match(site.log(), /event=reload_failed .*nonsense/);
  heard = '';
  const first = site.pid();
  process.kill(first, 'SIGUSR2');
  await until('the hand-over', () => site.pid() !== first && state(first) === 'gone', 10000);
  const second = site.pid();
  await hears(new RegExp(`MAINPID=${second}$`, 'm'));
  assert.equal(heard, `READY=1 MAINPID=${second}\n`); // said once, by the one that systemd knows
  assert.equal(parent(second), process.pid); // a child of whoever started the first
  heard = '';
  process.kill(second, 'SIGTERM');
  await until('the end', () => state(second) !== 'alive');
  await hears(/^STOPPING=1$/m);
  ear.kill('SIGKILL');
  await gone;
});
