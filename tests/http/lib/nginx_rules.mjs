// What nginx's configuration of ours must be like, in the spirit of gixy: findings() reads
// it and says what is wrong. A directive is {name, args, block (its own, or none), at}.

export function parse(text) {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#[^\n]*|[{};]|[^\s{};"'#]+/g).filter((t) => !t.startsWith('#'));
  const block = (where) => {
    const list = [];
    for (let words = []; tokens.length > 0;) {
      const token = tokens.shift();
      if (token === '}') break;
      if (token === ';' || token === '{') {
        const [name, ...args] = words.map((w) => w.replace(/^(["'])([^]*)\1$/, '$2'));
        const at = [...where, [name, ...args].join(' ')];
        list.push({ name, args, at, ...(token === '{' ? { block: block(at) } : {}) });
        words = [];
      } else words.push(token);
    }
    return list;
  };
  return block([]);
}

const flat = (list) => list.flatMap((d) => [d, ...flat(d.block ?? [])]);
const named = (list, name) => (list ?? []).filter((d) => d.name === name);
const has = (d, name) => named(d.block, name).length > 0;
// The one value of a directive in a block.
const value = (d, name) => named(d.block, name)[0]?.args[0];

// From one folder to another, in a location that no visitor comes to.
const leadsInside = (location) => has(location, 'internal') && location.args[0].endsWith('/') && value(location, 'alias').endsWith('/');
const banned = ['if', 'rewrite', 'set', 'ssi', 'sub_filter', 'perl', 'js_content', 'autoindex', 'proxy_pass', 'uwsgi_pass', 'scgi_pass', 'resolver', 'valid_referers', 'try_files', 'satisfy',
  'fastcgi_ignore_headers', 'fastcgi_pass_header', 'fastcgi_store', 'fastcgi_split_path_info', 'dav_methods', 'underscores_in_headers'];
const guards = ['X-Content-Type-Options', 'Content-Security-Policy', 'Referrer-Policy', 'Permissions-Policy', 'Cross-Origin-Opener-Policy', 'X-Frame-Options'];
const variables = ['server_protocol', 'request_method', 'request_uri', 'content_length', 'remote_addr', 'scheme', 'request_id', 'status', 'byline_allow', 'byline_retry_after', 'byline_upload_check', 'binary_remote_addr'];
const parameters = ['GATEWAY_INTERFACE', 'SERVER_PROTOCOL', 'REQUEST_METHOD', 'REQUEST_URI', 'CONTENT_LENGTH', 'REMOTE_ADDR', 'REQUEST_SCHEME', 'BYLINE__REQUEST_ID'];

const guarded = (d) => guards.every((g) => named(d.block, 'add_header').some((h) => h.args[0] === g && h.args.at(-1) === 'always'));
const LARGEST = 2; // MB that a body may have elsewhere
const megabytes = (size) => Number.parseInt(size, 10) / (size.endsWith('k') ? 1024 : 1);
const statuses = (d) => named(d.block, 'error_page').flatMap((e) => e.args.filter((a) => /^\d+$/.test(a))).sort().join();
const isQuestion = (location) => ['/photo-check', '/upload-check', '/api-upload-check'].includes(location.args.at(-1)); // answers nginx alone
// The newsroom reads these, and sets the headers of all its answers itself.
const staffParameters = { CONTENT_TYPE: '$content_type', HTTP_COOKIE: '$http_cookie', HTTP_ORIGIN: '$http_origin', HTTP_SEC_FETCH_SITE: '$http_sec_fetch_site', HTTP_ACCEPT: '$http_accept', HTTP_ACCEPT_LANGUAGE: '$http_accept_language', HTTP_USER_AGENT: '$http_user_agent' };
const isStaff = (location) => ['/admin/', '/admin/photos/new/', '/upload-check'].includes(location.args.at(-1));
// And these only where programs come with a token; no cookie is passed there.
const programParameters = { CONTENT_TYPE: '$content_type', HTTP_AUTHORIZATION: '$http_authorization', HTTP_IF_MATCH: '$http_if_match', HTTP_IDEMPOTENCY_KEY: '$http_idempotency_key' };
const isForPrograms = (location) => ['/admin/api/', '/admin/api/v1/photos/', '/api-upload-check'].includes(location.args.at(-1));
// Large bodies come to these alone, after the program was asked; who may not is led away.
const takesPhotos = (location) => ['/admin/photos/new/', '/admin/api/v1/photos/'].includes(location.args.at(-1));
const setsOwnHeaders = (location) => isStaff(location) || isForPrograms(location);
const unusual = (d) => d.args.join(' ').match(/\$\{?\w+/g)?.some((v) => !variables.includes(v.replace(/\W/g, '')));
const miscounted = (location) => {
  const sent = named(location.block, 'fastcgi_param').map((d) => d.args[0]);
  return parameters.some((p) => !sent.includes(p)) || new Set(sent).size < sent.length;
};

// Each rule: what is wrong, and the directives of which it is so.
const rules = {
  'a directive that is not for us': ({ all, locations }) => [...all.filter((d) => banned.includes(d.name)), ...locations.filter((l) => has(l, 'alias') && !leadsInside(l))],
  'a regular expression': ({ all }) => all.filter((d) => d.name.startsWith('~') || (['location', 'server_name'].includes(d.name) && d.args[0].startsWith('~'))),
  'a variable a visitor can fill': ({ all, locations }) => {
    const known = (which, those) => locations.filter(which).flatMap((l) => l.block).filter((d) => d.name === 'fastcgi_param' && those[d.args[0]] === d.args[1]);
    const passed = new Set([...known(isStaff, staffParameters), ...known(isForPrograms, programParameters)]);
    return all.filter((d) => d.name !== 'log_format' && unusual(d) && !passed.has(d));
  },
  'a variable in a redirect, header or path': ({ all }) => all.filter((d) => ['return', 'add_header', 'error_page', 'root'].includes(d.name) && /\$(?!byline_)/.test(d.args.join(' '))),
  'headers that hide those of the level above': ({ servers, locations }) => [...servers, ...locations].filter((d) => has(d, 'add_header') && !guarded(d)),
  'a location without the headers': ({ locations }) => locations.filter((l) => !has(l, 'add_header') && !isQuestion(l) && !setsOwnHeaders(l)),
  'error pages that hide those of the level above': ({ servers, locations }) => locations.filter((l) => has(l, 'error_page') && !isQuestion(l) && !isForPrograms(l) && statuses(l) !== statuses(servers[0]) && !(takesPhotos(l) && statuses(l) === [...statuses(servers[0]).split(','), '401'].sort().join())),
  'a large body taken in unasked': ({ all, locations }) => [...all.filter((d) => d.name === 'client_max_body_size' && megabytes(d.args[0]) > LARGEST && !locations.some((l) => (takesPhotos(l) || isQuestion(l)) && l.block.includes(d))), ...locations.filter((l) => takesPhotos(l) && !(has(l, 'auth_request') && has(l, 'limit_conn')))],
  'a key without method and whole address': ({ locations }) => locations.filter((l) => has(l, 'fastcgi_cache') && !/\$request_method.*\$request_uri$/.test(value(l, 'fastcgi_cache_key') ?? '')),
  'a visitor\'s headers passed on': ({ ours }) => ours.filter((l) => value(l, 'fastcgi_pass_request_headers') !== 'off'),
  'a connection kept open to the program': ({ ours }) => ours.filter((l) => value(l, 'fastcgi_keep_conn') !== 'off'),
  'a parameter missing or sent twice': ({ ours }) => ours.filter(miscounted),
  'allow without deny': ({ locations }) => locations.filter((l) => has(l, 'allow') && !named(l.block, 'deny').some((d) => d.args[0] === 'all')),
  'staff pages kept': ({ locations }) => locations.filter((l) => setsOwnHeaders(l) && has(l, 'fastcgi_cache')),
  'a door of nginx alone open to visitors': ({ locations }) => locations.filter((l) => /^\/(errors\/|(photo|upload|api-upload)-check|photo-file\/media\/)$/.test(l.args.at(-1)) && !has(l, 'internal')),
  'a version told to the world': ({ servers }) => servers.filter((d) => value(d, 'server_tokens') !== 'off'),
  'pushes held back, which costs a miss 40 ms': ({ servers }) => servers.filter((d) => value(d, 'tcp_nopush') !== 'off'),
  'the program over TCP': ({ all }) => named(all, 'upstream').flatMap((u) => named(u.block, 'server')).filter((d) => !d.args[0].startsWith('unix:/')),
};

// What is wrong, as "rule: where".
export function findings(text) {
  const all = flat(parse(text));
  const servers = named(all, 'server').filter((d) => d.block);
  const locations = named(servers.flatMap((d) => flat(d.block)), 'location');
  const ours = locations.filter((l) => has(l, 'fastcgi_pass'));
  return Object.entries(rules).flatMap(([name, rule]) => rule({ all, servers, locations, ours }).map((d) => `${name}: ${d.at.join(' > ')}`));
}
