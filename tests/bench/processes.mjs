// processes.mjs - what death, stop, reload and hand-over cost, through nginx under light
// load: kill -9 of a worker to the readiness of the next (by the log's times), SIGTERM to
// the end, SIGHUP to the new set, SIGUSR2 to the successor. Prints median and maximum,
// and how many requests failed; the promise is 100 ms, 1 s, none.
import fs from 'node:fs';
import { Site, children, isAlive, items, load, sleep, until } from '../http/lib/site.mjs';

const TIMES = Number(process.argv[2] ?? 20);

const site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(20), settings: '[log]\nlog_level = debug\n' });
await site.serve();
await site.startNginx();

// The log's lines of an event as objects, with time in milliseconds.
const events = (name) =>
  site.log().split('\n').filter((l) => l.includes(` event=${name} `)).map((l) => {
    const fields = Object.fromEntries([...l.matchAll(/(\w+)=(\S+)/g)].map((m) => [m[1], m[2]]));
    return { ...fields, at: Date.parse(fields.time) };
  });

async function kill() {
  const before = children(site.pid());
  const [, , victim] = before; // the oldest: one that dies young is replaced with a pause
  const from = Date.now();
  process.kill(victim, 'SIGKILL');
  const next = await until('the next worker', () => events('worker_ready').find((e) => e.at >= from && e.process === 'worker' && !before.includes(Number(e.pid))));
  await sleep(500);
  return next.at - from;
}

async function reload() {
  const n = events('reload').length;
  process.kill(site.pid(), 'SIGHUP');
  await until('the reload', () => events('reload').length > n);
  await until('the end of the old', () => children(site.pid()).length === 5);
  return Number(events('reload')[n].ms);
}

async function handover() {
  const first = site.pid();
  const n = events('handover_done').length;
  process.kill(first, 'SIGUSR2');
  await until('the successor', () => fs.existsSync(site.pidFile) && site.pid() !== first && !isAlive(first), 15000);
  return Number(events('handover_done')[n].ms);
}

async function stop() {
  const pid = site.pid();
  const from = Date.now();
  process.kill(pid, 'SIGTERM');
  await until('its end', () => !isAlive(pid));
  const took = events('stopped').at(-1).at - from;
  await site.serve();
  return took;
}

const cases = [
  ['kill -9 of a worker to the next one ready', kill, TIMES],
  ['SIGHUP to the new settings in force', reload, TIMES],
  ['SIGUSR2 to the successor serving', handover, Math.ceil(TIMES / 4)],
  ['SIGTERM to the end', stop, Math.ceil(TIMES / 4)],
];
for (const [name, once, times] of cases) {
  const running = load(site, '/news/events/events-1/');
  const took = [];
  for (let i = 0; i < times; i++) took.push(await once());
  const { n, failed } = await running.end();
  took.sort((a, b) => a - b);
  // Between a stop and the next start nobody answers.
  const lost = once === stop ? '' : `, ${failed} of ${n} requests failed`;
  console.log(`${name}: median ${took[times >> 1]} ms, maximum ${took.at(-1)} ms (${times} times)${lost}`);
}
await site.end();
