// Bad input, by raw sockets to nginx and straight to the program: whatever comes, it gets a
// clear answer, changes nothing, and the service goes on.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ask, begin, connect, pairs, parse, record, send, variables } from './lib/fcgi.mjs';
import { Site, children, items, until } from './lib/site.mjs';

let site;
let first;
before(async () => {
  site = await Site.make({ sections: [['events', 'Events', 'События']], items: items(8) });
  await site.serve({ args: ['--set', 'request_timeout_s=2'] });
  await site.startNginx();
  first = site.run('export');
});
after(async () => {
  assert.equal(site.run('export'), first, 'nothing has changed');
  await site.end();
});

const get = (target, ...lines) => site.raw(Buffer.from(['GET', target, 'HTTP/1.1'].join(' ') + `\r\nHost: x\r\nConnection: close\r\n${lines.map((l) => `${l}\r\n`).join('')}\r\n`, 'latin1'));
const isPage = (a, what) => assert.match(a.body, /<link rel="stylesheet"/, what);
const works = async (after) => assert.equal((await ask(site.socket, variables('/news/events/events-1/'))).status, 200, `after ${after}`);
const logged = (pattern) => until(String(pattern), () => pattern.test(site.log()));

const paths = [
  ['/..', 400], ['/../etc/passwd', 400], ['/news/../../x', 400], ['/news/./', 400], ['/news/%2e%2e/', 400], ['/news/%2E/', 400], ['/%2e%2e%2fetc', 400], ['/news/..;/x', 301],
  ['/news/%00', 400], ['/%00', 400], ['/a%2fb/', 400], ['/a%2Fb/', 400], ['/a%5cb/', 400], ['/a%5Cb/', 400], ['/a\\b/', 400],
  ['/news/%252e/', 400], ['/%2525', 400], ['/news/%25/', 404], ['/%', 400], ['/%g1', 400], ['/%e', 400],
  ['/news/%ff/', 400], ['/%c3%28', 400], ['/%ed%a0%80', 400], ['/%f4%90%80%80', 400], ['/%c0%ae%c0%ae/', 400], ['/n\xff/', 400],
  ['/news/%0d%0aSet-Cookie:x=1/', 400], ['/%7f', 400], ['/%01', 400], ['/%1b[31m', 400], ['/\x01', 400],
  ['//', 301], ['//evil.example/', 301], ['/news//events/', 301], ['/news/events//', 301], ['/news;x/', 301], ['/news/;jsessionid=1', 301],
  [`/${'a'.repeat(9000)}`, 414], [`/${'a'.repeat(2100)}`, 414], [`/news/?x=${'a'.repeat(2100)}`, 414], ['/'.repeat(2000), 301],
];

test('paths', async () => {
  for (const [target, status] of paths) {
    const a = await get(target);
    const what = target.slice(0, 60);
    assert.equal(a.status, status, `nginx ${what}`);
    isPage(a, what);
    if (status === 301) assert.match(a.headers.location, /^http:\/\/news\.example\/[^/]*/, what);
    assert.equal(a.headers['set-cookie'], undefined);
    if (/[\x00-\x1f]/.test(target)) continue; // a variable of FastCGI may hold them; below
    const b = await ask(site.socket, variables(Buffer.from(target, 'latin1')));
    assert.equal(b.status, status, `program ${what}`);
  }
  for (const target of ['/\x01', '/news/\r\nX: y', '/\x7f', 'news/', '', '*', '?', 'a:b', '\\']) assert.equal((await ask(site.socket, variables(target || ' '))).status, 400, target);
  // One redirect leads to the address, none in a circle.
  for (const target of ['//', '//evil.example/', '/news//events/']) {
    const { location } = (await get(target)).headers;
    assert.notEqual((await get(location.slice('http://news.example'.length))).status, 301, location);
  }
});

test('absolute-form and what else may stand in a request line', async () => {
  const cases = [
    ['GET http://evil.example/news/ HTTP/1.1', 200], ['GET HTTP://x HTTP/1.1', 200], ['GET https://x/news/ HTTP/1.1', 200], ['GET ftp://x/ HTTP/1.1', 200], ['GET news/ HTTP/1.1', 400], ['GET * HTTP/1.1', 400],
    ['GET  /news/ HTTP/1.1', 200], ['GET /news/ HTTP/1.1 x', 400], ['GET /news/ HTTP/9.9', 505], ['GET /news/ HTTQ/1.1', 400], ['nonsense', 400], ['', 400], ['GET / HTTP/2.0', 505],
    ['get /news/ HTTP/1.1', 400], ['Get /news/ HTTP/1.1', 400], ['TRACE /news/ HTTP/1.1', 405], ['CONNECT x:443 HTTP/1.1', 400], ['OPTIONS /news/ HTTP/1.1', 405], ['OPTIONS * HTTP/1.1', 400],
    ['PRI * HTTP/2.0', 400], ['BREW /news/ HTTP/1.1', 405], ['PROPFIND /news/ HTTP/1.1', 405], ['DELETE /news/ HTTP/1.1', 405], ['PATCH / HTTP/1.1', 405], ['G\x00T / HTTP/1.1', 400],
    ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  ];
  for (const [line, status] of cases) {
    const a = await site.raw(Buffer.from(`${line}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`, 'latin1'));
    assert.equal(a.status, status, line);
    if (status >= 400) isPage(a, line);
    assert.doesNotMatch(JSON.stringify(a.headers) + a.body, /evil/, line);
  }
});

test('headers', async () => {
  const cases = [
    [['Host: y'], 400], [['X'.repeat(9000) + ': 1'], 400], [[`X: ${'a'.repeat(40000)}`], 400], [['Proxy: http://evil.example/'], 200], [['X-Real-IP: 1', 'X-Real-IP: 2', 'Status: 500', 'Cookie: a=b'], 200],
    [['If-None-Match: \x01'], 200], [[`If-None-Match: ${'"a",'.repeat(1500)}`], 200], [['Range: bytes=0-1'], 200], [['Accept-Encoding: \xff'], 200], [['Transfer-Encoding: gzip'], 501],
    [['Transfer-Encoding: chunked', 'Content-Length: 4'], 400],
  ];
  for (const [lines, status] of cases) {
    const a = await get('/news/', ...lines);
    assert.equal(a.status, status, lines[0].slice(0, 60));
    if (status === 200) assert.match(a.body, /<\/html>/, lines[0].slice(0, 60));
    else isPage(a, lines[0].slice(0, 60));
    assert.doesNotMatch(a.body, /evil/);
  }
  assert.equal((await site.raw('GET /news/ HTTP/1.1\r\nConnection: close\r\n\r\n')).status, 400, 'without Host');
});

test('query parameters and cursors', async () => {
  const good = (await ask(site.socket, variables('/news/'))).body.match(/before=([^"]+)"/)[1];
  assert.equal((await ask(site.socket, variables(`/news/?before=${good}`))).status, 200);
  const bad = ['before=', 'before', 'before=zzz', 'before=-1', `before=${good}0`, `before=${good.slice(1)}`, `before=-${good}`, `before=${good.toUpperCase()}!`, `before=${'7'.repeat(200)}`, 'before=%00', 'before=9223372036854775808-1', 'before=1e9',
    `before=${good}&before=${good}`, `after=${good}&after=`, `before=${good}&after=${good}`, `%62efore=x`, 'after=%d0%90', 'q=%', 'q=%ff', 'q=%00', 'q=%0a', 'x&y&%zz', Array.from({ length: 40 }, (_, i) => `p${i}=1`).join('&')];
  for (const query of bad) {
    const direct = await ask(site.socket, variables(`/news/?${query}`));
    assert.equal(direct.status, 400, query);
    assert.equal((await get(`/news/?${query}`)).status, 400, query);
  }
  for (const query of ['', '&&&', '=', 'x=1&x=2', 'BEFORE=x', 'a[]=1', 'x=%27%22%3Cscript%3E']) {
    const a = await get(`/news/?${query}`);
    assert.equal(a.status, 200, query);
    assert.doesNotMatch(a.body, /script>.*<\/main/);
  }
});

test('methods, straight to the program', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'PRI', 'get', 'Head', ' GET', 'GET ', 'G', 'GET\x00', 'X'.repeat(1000)]) {
    const a = await ask(site.socket, variables('/news/', { REQUEST_METHOD: method }));
    // libfcgi hands over C strings: what follows a NUL byte is not there.
    assert.equal(a.status, method === 'GET\x00' ? 200 : 405, method.slice(0, 20));
    if (a.status === 405) assert.equal(a.headers.allow, 'GET, HEAD');
  }
});

test('variables that are missing, empty or there twice', async () => {
  const all = variables('/news/');
  const required = ['REQUEST_METHOD', 'REQUEST_URI', 'SERVER_PROTOCOL'];
  for (const [name] of all) {
    const status = required.includes(name) ? 500 : 200;
    for (const value of [undefined, '']) assert.equal((await ask(site.socket, variables('/news/', { [name]: value }))).status, status, `${name}=${value}`);
    if (status === 500) await logged(new RegExp(`event=request_failed .*${name} is missing: the web server's set-up does not send it`));
    const known = !['GATEWAY_INTERFACE'].includes(name);
    assert.equal((await ask(site.socket, [...all, [name, 'x']])).status, known ? 400 : 200, `${name} twice`);
  }
  assert.equal((await ask(site.socket, [])).status, 500);
  for (const id of ['x', 'A'.repeat(32), '1'.repeat(33), '../..', 'a\nb']) assert.equal((await ask(site.socket, variables('/news/', { BYLINE__REQUEST_ID: id }))).status, 200, id);
  for (const address of ['10.0.0.1', 'x', '127.0.0.1.evil', '::2']) assert.equal((await ask(site.socket, variables('/healthz', { REMOTE_ADDR: address }))).status, address.startsWith('127.') ? 200 : 404, address);
});

test('bodies where none is expected', async () => {
  for (const state of ['cold', 'warm']) {
    const a = await site.raw(`GET /news/?body=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello`);
    assert.equal(a.status, 413, state);
    isPage(a);
    const b = await site.raw(`GET /news/?body=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`);
    assert.equal(b.status, 413, state);
    assert.equal((await site.get('/news/?body=1')).status, 200);
    assert.equal((await get('/news/?body=1', 'Content-Length: 0')).status, 200);
  }
  for (const length of ['-1', 'x', '1x', '99999999999999999999', '0x5', '5,5']) {
    assert.equal((await ask(site.socket, variables('/news/', { CONTENT_LENGTH: length }))).status, 400, length);
    assert.equal((await get('/news/', `Content-Length: ${length}`)).status, 400, length);
  }
  assert.equal((await site.raw(`POST /news/ HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\nConnection: close\r\n\r\n`)).status, 413);
  assert.equal((await ask(site.socket, variables('/news/', { CONTENT_LENGTH: '5' }), 'hello')).status, 413);
  assert.equal((await ask(site.socket, variables('/news/'), 'hello'.repeat(1000))).status, 200, 'a body nobody announced is not read');
  // Half a body: nginx waits for it, the program never hears of it.
  assert.equal((await site.raw('POST /news/ HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf', 500)).status, 0);
  const c = connect(site.socket);
  c.end(Buffer.concat([begin, record('params', pairs(variables('/news/', { REQUEST_METHOD: 'POST', CONTENT_LENGTH: '100' }))), record('params'), record('stdin', 'half')]));
  assert.equal(parse(await c.bytes).status, 405);
});

test('FastCGI records that are none', async () => {
  const vars = pairs(variables('/news/'));
  const long = Buffer.from([0xff, 0xff, 0xff, 0xff]);
  const gib = Buffer.from([0xc0, 0, 0, 0]);
  const names = (n) => record('getValues', pairs(Array.from({ length: n }, () => ['FCGI_MAX_CONNS', ''])), 0);
  // What is no request has no answer; what lacks its variables has one that says so.
  const cases = [
    ['nothing at all', 0],
    ['noise', 0, Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['another version', 0, Buffer.from([9, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0])],
    ['an unknown type', 0, record(99, 'x', 0)],
    ['a role that is not ours', 500, record('begin', [0, 2, 0, 0, 0, 0, 0, 0])],
    ['an abort', 500, begin, record('abort')],
    ['a length of 2 GiB', 0, begin, record('params', Buffer.concat([long, long, Buffer.from('x')])), record('params'), record('stdin')],
    ['a length of 1 GiB', 0, begin, record('params', Buffer.concat([Buffer.from([1]), gib, Buffer.from('x')])), record('params'), record('stdin')],
    ['a value asked for, then nothing', 0, names(1)],
    // libfcgi writes its answer to these past the end of a buffer: one worker dies of it.
    ['four values asked for', 0, names(4), begin],
    ['half a head', 0, begin.subarray(0, 3)],
    ['half a record', 0, begin, record('params', vars).subarray(0, 40)],
    ['parameters that never end', 200, begin, record('params', vars)],
    ['parameters of another request', 500, begin, record('params', vars, 7), record('params', '', 7), record('stdin', '', 7)],
    ['standard input first', 500, begin, record('stdin', 'x'), record('params', vars), record('params')],
  ];
  for (const [what, status, ...pieces] of cases) {
    const n = children(site.pid()).length;
    const c = connect(site.socket);
    await c.open;
    for (const piece of pieces) c.write(piece);
    c.end();
    const answer = parse(await c.bytes);
    assert.deepEqual([answer.status || 0, answer.isWhole], [status, status !== 0], what);
    await works(what);
    await until(`all workers after ${what}`, () => children(site.pid()).length === n);
  }
  await logged(/event=worker_died .*process=worker .*end=ABRT/);
});

test('many at once that say nothing', async () => {
  const silent = Array.from({ length: 40 }, () => connect(site.socket));
  await Promise.all(silent.map((c) => c.open));
  await works('forty that said nothing');
  silent.forEach((c) => c.destroy());
  for (let i = 0; i < 20; i++) await works('forty that said nothing');
  assert.equal((await site.get('/')).status, 200);
});

test('the log says what was wrong with the set-up, not what visitors did', () => {
  const lines = site.log().trim().split('\n');
  for (const line of lines) assert.match(line, /^(time=\S+ level=\w+ event=\w+ role=\w+|\S*byline: fcgiapp|\*\*\* stack smashing)/, line);
  assert.ok(!/evil|127\.0\.0\.1|etc\/passwd|jsessionid/.test(site.log()));
  const failed = lines.filter((l) => /event=request_failed/.test(l));
  assert.deepEqual(failed.filter((l) => !/is missing: the web server/.test(l)), []);
  assert.ok(!fs.readFileSync(path.join(site.dir, 'nginx/nginx-access.log'), 'utf8').includes('127.0.0.1'));
});
