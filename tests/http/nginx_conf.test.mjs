// The configuration that `byline nginx-conf` prints: nginx takes it, and it keeps our rules.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { findings, parse } from './lib/nginx_rules.mjs';
import { BYLINE, NGINX, Site } from './lib/site.mjs';

let site;
let text;
before(async () => {
  site = await Site.make({ sections: [] });
  text = site.run('nginx-conf');
});
after(() => site.end());

test('it keeps the rules, with one language and with two', () => {
  assert.deepEqual(findings(text), []);
  assert.deepEqual(findings(site.run('nginx-conf', '--dir', path.join(site.dir, 'n'))), []);
  for (const languages of ['en', 'ru', 'ru en']) {
    const conf = path.join(site.dir, 'other.conf');
    fs.writeFileSync(conf, fs.readFileSync(site.conf, 'utf8').replace(/site_name\.ru.*\n/, `languages = ${languages}\n`));
    const other = execFileSync(BYLINE, ['nginx-conf', '--config', conf], { encoding: 'utf8' });
    assert.deepEqual(findings(other), [], languages);
    assert.equal(other.match(/# Pages in the language/g).length, languages.split(' ').length);
  }
});

test('each rule finds what breaks it', () => {
  const bad = [
    ['a directive that is not for us', 'gzip_static on;', 'alias /srv/static/;'],
    ['a directive that is not for us', 'gzip_static on;', 'if ($request_method = POST) { return 405; }'],
    ['a directive that is not for us', 'gzip_static on;', 'rewrite ^/(.*) /$1 last;'],
    ['a directive that is not for us', '/media/;', '/media;'],
    ['a directive that is not for us', 'internal;\n        alias', 'alias'],
    ['a door of nginx alone open to visitors', 'internal;\n        alias', 'alias'],
    ['a regular expression', 'location /static/ {', 'location ~ ^/static/ {'],
    ['a regular expression', '405 "GET, HEAD";', '~^4 "GET";'],
    ['a variable a visitor can fill', '$request_id;', '$http_x_request_id;'],
    ['a variable in a redirect, header or path', 'gzip_static on;', 'return 301 https://$host$request_uri;'],
    ['a variable a visitor can fill', 'gzip_static on;', 'return 301 https://$http_host/;'],
    ['headers that hide those of the level above', 'add_header X-Frame-Options DENY always;', ''],
    ['headers that hide those of the level above', 'nosniff always;', 'nosniff;'],
    ['headers that hide those of the level above', 'server_tokens off;', 'server_tokens off; add_header X-A b;'],
    ['a location without the headers', 'location = /favicon.ico {', 'location = /x { root /srv; }\nlocation = /favicon.ico {'],
    ['error pages that hide those of the level above', 'auth_request /photo-check;', 'auth_request /photo-check; error_page 403 =404 /errors/404.html;'],
    ['a key without method and whole address', 'fastcgi_cache_key $request_method', 'fastcgi_cache_key '],
    ['a key without method and whole address', '$request_uri;\n        fastcgi_cache_use', '$uri;\n        fastcgi_cache_use'],
    ['a visitor\'s headers passed on', 'fastcgi_pass_request_headers off;', ''],
    ['a connection kept open to the program', 'fastcgi_keep_conn off;', ''],
    ['a parameter missing or sent twice', 'fastcgi_param REQUEST_SCHEME $scheme;', ''],
    ['a parameter missing or sent twice', 'fastcgi_param REQUEST_METHOD GET;', 'fastcgi_param REQUEST_METHOD GET; fastcgi_param REQUEST_METHOD GET;'],
    ['allow without deny', 'deny all;', ''],
    ['a variable a visitor can fill', 'HTTP_AUTHORIZATION $http_authorization;', 'HTTP_COOKIE $http_cookie;'],
    ['a variable a visitor can fill', 'location /admin/ {', 'location /admin/ { fastcgi_param HTTP_AUTHORIZATION $http_authorization;'],
    ['a large body taken in unasked', 'auth_request /upload-check;', ''],
    ['a large body taken in unasked', 'auth_request /api-upload-check;', ''],
    ['a large body taken in unasked', 'limit_conn byline_uploads 8;', ''],
    ['a large body taken in unasked', 'client_max_body_size 2m;', 'client_max_body_size 200m;'],
    ['error pages that hide those of the level above', 'error_page 401 403 = @upload_denied;', ''],
    ['staff pages kept', 'location /admin/api/ {', 'location /admin/api/ { fastcgi_cache byline;'],
    ['staff pages kept', 'location /admin/ {', 'location /admin/ { fastcgi_cache byline;'],
    ['a door of nginx alone open to visitors', 'internal;', ''],
    ['a version told to the world', 'server_tokens off;', ''],
    ['the program over TCP', /server unix:\S+/, 'server 127.0.0.1:9000'],
    ['pushes held back, which costs a miss 40 ms', 'tcp_nopush off;', ''],
  ];
  for (const [rule, from, to] of bad) {
    const broken = text.replace(from, to);
    assert.notEqual(broken, text, String(from));
    assert.ok(findings(broken).some((f) => f.startsWith(`${rule}: `)), `${rule}: ${from} -> ${to}`);
  }
});

test('every page it names is there, in every language', () => {
  const dir = path.join(site.dir, 'pages');
  site.run('nginx-conf', '--error-pages', dir);
  const walk = (list) => list.flatMap((d) => [d, ...walk(d.block ?? [])]);
  const pages = walk(parse(text)).filter((d) => d.name === 'error_page').map((d) => d.args.at(-1)).filter((p) => !p.startsWith('@'));
  assert.ok(pages.includes('/errors/ru/404.html') && pages.includes('/errors/502.html'));
  for (const page of pages) assert.match(fs.readFileSync(path.join(dir, page.replace('/errors/', '')), 'utf8'), /^<!DOCTYPE html>[^]*<\/html>\n$/, page);
});

// Runs a command as a plain user too; root can be one.
const users = process.getuid() === 0 ? [['root', []], ['nobody', ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups']]] : [['the caller', []]];
const run = (through, ...command) => spawnSync([...through, ...command][0], [...through, ...command].slice(1), { encoding: 'utf8' });

for (const [user, through] of users) {
  test(`nginx -t takes it: whole, and inside Debian's own, as ${user}`, () => {
    const dir = fs.mkdtempSync(path.join(site.dir, 'n'));
    fs.chmodSync(site.dir, 0o755);
    if (user === 'nobody') execFileSync('chown', ['nobody', dir]);
    const r = run(through, BYLINE, 'nginx-conf', '--dir', dir, '--config', site.conf, '--set', `cache_dir=${dir}/cache`);
    assert.equal(r.status, 0, r.stderr);
    assert.equal(/^user root;/m.test(r.stdout), user === 'root', 'only root says who nginx shall be');
    fs.writeFileSync(path.join(dir, 'nginx.conf'), r.stdout);
    const whole = run(through, NGINX, '-t', '-q', '-c', path.join(dir, 'nginx.conf'));
    assert.equal(whole.status, 0, whole.stderr);
    assert.doesNotMatch(whole.stderr.replace(/.*could not open error log file.*\n/, ''), /warn|emerg/);
    const part = site.run('nginx-conf', '--set', `cache_dir=${dir}/cache`).replace('/var/log/nginx/byline.log', `${dir}/access.log`);
    fs.writeFileSync(path.join(dir, 'byline.conf'), part);
    const paths = ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi'].map((name) => `${name}_temp_path ${dir}/t-${name};`).join('\n');
    fs.writeFileSync(path.join(dir, 'debian.conf'), `pid ${dir}/p;\nerror_log ${dir}/e;\nevents {}\nhttp {\nsendfile on;\ntcp_nopush on;\ngzip on;\ninclude /etc/nginx/mime.types;\n${paths}\ninclude ${dir}/byline.conf;\n}\n`);
    const inside = run(through, NGINX, '-t', '-q', '-c', path.join(dir, 'debian.conf'));
    assert.equal(inside.status, 0, inside.stderr);
  });
}

test('a path that would end a word or a statement is refused', () => {
  for (const [name, value] of [['cache_dir', '/srv/a b'], ['cache_dir', '/srv/x;y'], ['share_dir', '/srv/{x}'], ['share_dir', '/srv/$host'], ['public_socket', '/run/a\'b'], ['media_dir', '/srv/@DIR@/media'], ['media_dir', '/srv/photos']]) {
    const r = site.try('nginx-conf', '--set', `${name}=${value}`);
    assert.equal(r.status, 1, value);
    assert.match(r.stderr, new RegExp(name), value);
  }
  for (const listen of ['80; include /etc/passwd', '127.0.0.1', 'x:y', '[::1', '99999']) assert.equal(site.try('nginx-conf', '--set', `nginx_listen=${listen}`).status, 1, listen);
});
