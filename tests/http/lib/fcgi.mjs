// A small FastCGI client that speaks to the program without nginx, well or badly
// (FastCGI 1.0; a record is 8 bytes of header, content, padding).
import net from 'node:net';

const type = { begin: 1, abort: 2, end: 3, params: 4, stdin: 5, stdout: 6, getValues: 9 };

export function record(kind, content = '', id = 1) {
  const body = Buffer.from(content);
  const head = Buffer.from([1, type[kind] ?? kind, 0, id, body.length >> 8, body.length & 255, 0, 0]);
  return Buffer.concat([head, body]);
}

export const begin = record('begin', [0, 1, 0, 0, 0, 0, 0, 0]); // a responder, no keep-alive

const size = (n) => (n < 128 ? Buffer.from([n]) : Buffer.from([(n >>> 24) | 128, (n >> 16) & 255, (n >> 8) & 255, n & 255]));

// Name-value pairs, in order, doubled ones too.
export const pairs = (list) =>
  Buffer.concat(list.flatMap(([name, value]) => [size(Buffer.byteLength(name)), size(Buffer.byteLength(value)), Buffer.from(name), Buffer.from(value)]));

// What nginx sends for a GET; changes replace values, undefined takes one out.
export function variables(target, changes = {}) {
  const all = {
    GATEWAY_INTERFACE: 'CGI/1.1', SERVER_PROTOCOL: 'HTTP/1.1', REQUEST_METHOD: 'GET', REQUEST_URI: target, CONTENT_LENGTH: '',
    REMOTE_ADDR: '127.0.0.1', REQUEST_SCHEME: 'http', BYLINE__REQUEST_ID: '0123456789abcdef0123456789abcdef', ...changes,
  };
  return Object.entries(all).filter(([, value]) => value !== undefined);
}

// Opens a connection. bytes: resolves with all that came once the other side has closed.
export function connect(socket) {
  const c = net.connect(socket);
  const parts = [];
  c.on('data', (part) => parts.push(part));
  c.on('error', () => {});
  c.setTimeout(20000, () => c.destroy());
  c.bytes = new Promise((done) => c.on('close', () => done(Buffer.concat(parts))));
  c.open = new Promise((done, fail) => c.once('connect', done).once('error', fail));
  return c;
}

// The bytes of an answer as {status, headers, body, isWhole}.
export function parse(bytes) {
  const out = [];
  let isWhole = false;
  for (let at = 0; at + 8 <= bytes.length;) {
    const n = bytes.readUInt16BE(at + 4);
    if (bytes[at + 1] === type.stdout) out.push(bytes.subarray(at + 8, at + 8 + n));
    isWhole ||= bytes[at + 1] === type.end;
    at += 8 + n + bytes[at + 6];
  }
  const text = Buffer.concat(out).toString('utf8');
  const cut = text.indexOf('\r\n\r\n');
  const headers = Object.fromEntries(text.slice(0, cut < 0 ? 0 : cut).split('\r\n').map((l) => [l.split(':')[0].toLowerCase(), l.slice(l.indexOf(':') + 2)]));
  const cookies = [...text.slice(0, cut < 0 ? 0 : cut).matchAll(/^set-cookie: (.*?)\r?$/gim)].map((m) => m[1]);
  return { status: Number.parseInt(headers.status, 10), headers, cookies, body: text.slice(cut + 4), isWhole };
}

// Sends pieces one after another; the answer to all of them.
export async function send(socket, ...pieces) {
  const c = connect(socket);
  for (const piece of pieces) c.write(piece);
  return parse(await c.bytes);
}

// Bytes of a body, in as few records as hold them.
const stdin = (body) => {
  const bytes = Buffer.from(body), parts = [];
  for (let at = 0; at < bytes.length; at += 65535) parts.push(record('stdin', bytes.subarray(at, at + 65535)));
  return parts;
};

// One whole request; vars as variables() makes them. In one piece, as nginx sends it: a
// program that needs no body answers before it has read the end of it, and what is written
// to it then is an error that would lose the answer.
export const ask = (socket, vars, body = '') =>
  send(socket, Buffer.concat([begin, record('params', pairs(vars)), record('params'), ...stdin(body), record('stdin')]));

// A site asked over a socket with no web server between, as Staff (staff.mjs) asks one:
// get(target, {method, headers, body}). The program waits 50 ms for a connection's first
// byte, which this process may miss on a machine that is busy: what it has not read at all
// is asked once more, as nginx does.
export const direct = (socket) => ({
  async get(target, { method = 'GET', headers = {}, body = '' } = {}) {
    const vars = variables(target, { REQUEST_METHOD: method, CONTENT_LENGTH: body ? String(Buffer.byteLength(body)) : '', CONTENT_TYPE: headers['content-type'] });
    for (const [name, value] of Object.entries(headers))
      if (name !== 'content-type') vars.push([`HTTP_${name.toUpperCase().replaceAll('-', '_')}`, value]);
    let answer = await ask(socket, vars, body);
    for (let tries = 0; tries < 3 && Number.isNaN(answer.status); tries++) answer = await ask(socket, vars, body);
    return { ...answer, headers: { ...answer.headers, 'set-cookie': answer.cookies } };
  },
});
