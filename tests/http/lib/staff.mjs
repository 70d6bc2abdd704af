// A person at a browser without script: keeps cookies, finds the token in forms.
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';

export const SITE_URL = 'http://news.example';

export const encode = (fields) =>
  (Array.isArray(fields) ? fields : Object.entries(fields))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');

const entity = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#123': '{', '#125': '}' };
export const unescape = (html) => html.replace(/&(#?\w+);/g, (all, name) => entity[name] ?? all);

// The fields of the form with that action, as a browser would send them.
export function fieldsOf(body, action) {
  const form = body.split('<form').find((f) => f.includes(`action="${action}"`));
  if (!form) throw new Error(`no form with the action ${action}`);
  const html = form.slice(0, form.indexOf('</form>'));
  const fields = {};
  for (const [tag] of html.matchAll(/<input [^>]*>/g)) {
    const attr = (name) => unescape(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
    if (!attr('name') || (attr('type') === 'checkbox' && !/ checked/.test(tag))) continue;
    fields[attr('name')] = attr('value');
  }
  for (const [, name, text] of html.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>\n?([^<]*)<\/textarea>/g))
    fields[name] = unescape(text);
  for (const [, name, options] of html.matchAll(/<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs))
    fields[name] = unescape((/<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options))[1]);
  return fields;
}

export class Staff {
  constructor(site) {
    this.site = site;
    this.cookies = {};
  }

  cookie() {
    return Object.entries(this.cookies).map(([name, value]) => `${name}=${value}`).join('; ');
  }

  take(answer) {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      if (/Max-Age=0/.test(line)) delete this.cookies[pair.slice(0, at)];
      else this.cookies[pair.slice(0, at)] = pair.slice(at + 1);
    }
    return answer;
  }

  async get(path, headers = {}) {
    return this.take(await this.site.get(path, { headers: { cookie: this.cookie(), ...headers } }));
  }

  // Sends raw bytes as a form from the site's own address.
  async send(path, body, headers = {}) {
    const all = { cookie: this.cookie(), origin: SITE_URL, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded', ...headers };
    for (const name of Object.keys(all)) if (all[name] === null) delete all[name];
    return this.take(await this.site.get(path, { method: 'POST', headers: all, body }));
  }

  // Opens a page, changes fields of the form with that action, and sends it.
  async submit(page, fields, action = page.replace(/\?.*/, ''), headers = {}) {
    const { body } = await this.get(page);
    return this.send(action, encode({ ...fieldsOf(body, action), ...fields }), headers);
  }

  async signIn(login, password) {
    return this.submit('/admin/sign-in/', { login, password });
  }
}

// Asks a socket over FastCGI without a web server between: {status, text}.
export function ask(socket, env, input = '') {
  const out = spawnSync('cgi-fcgi', ['-bind', '-connect', socket], {
    env: { PATH: process.env.PATH, SERVER_PROTOCOL: 'HTTP/1.1', REQUEST_METHOD: 'GET', ...env }, input,
  });
  const text = out.stdout.toString('utf8');
  return { status: Number(/^Status: (\d+)/m.exec(text)?.[1]), text };
}

// The code of an authenticator (RFC 6238), `steps` of 30 seconds from now.
export function totp(secret, steps = 0) {
  const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((b) => Number.parseInt(b, 2)))).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}
