// Compares the API as it was last released with the API as it is now, and names what would break a client that was written for the former.
//   node tests/api/compatible.mjs [RELEASED] [NOW]      node tests/api/compatible.mjs --self-test
// What counts as breaking stands in docs/partner/basics.md: clients ignore fields and codes they do not know, so new ones in answers are none.
import { readFileSync } from 'node:fs'

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options']
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value])

/** Everything in `now` that breaks what `was` promised, as lines to read. */
export function breaks(was, now) {
  const found = []
  for (const [path, item] of Object.entries(was.paths)) {
    for (const method of methods.filter((method) => item[method])) {
      const name = `${method.toUpperCase()} ${path}`
      const next = now.paths[path]?.[method]
      if (next) operation(name, item[method], next)
      else found.push(`${name}: is gone`)
    }
  }
  return found

  function operation(name, old, next) {
    const say = (text) => found.push(`${name}: ${text}`)
    if (old.operationId !== next.operationId) say(`operationId was ${old.operationId}, is ${next.operationId}: generated clients lose the function`)
    if (open(old) && !open(next)) say('could be called by anybody and demands a token now')
    const key = (parameter) => `${parameter.in} parameter ${parameter.name}`
    const before = new Map(list(old.parameters).map((parameter) => [key(parameter), parameter]))
    const after = new Map(list(next.parameters).map((parameter) => [key(parameter), parameter]))
    for (const [label, parameter] of before) {
      const present = after.get(label)
      if (!present) say(`${label} is gone`)
      else {
        if (present.required && !parameter.required) say(`${label} is required now`)
        schema(parameter.schema, present.schema, 'in', label, say)
      }
    }
    for (const [label, parameter] of after) if (parameter.required && !before.has(label)) say(`${label} is new and required`)
    body(old.requestBody, next.requestBody, say)
    for (const [status, answer] of Object.entries(old.responses).filter(([status]) => status < '400')) {
      const present = next.responses[status]
      if (!present) say(`no longer answers ${status}`)
      else content(answer.content, present.content, 'out', `answer ${status}`, say)
    }
  }

  function open(described) {
    return list(described.security).some((way) => Object.keys(way).length === 0)
  }

  function body(old, next, say) {
    if (!old && next?.required) say('demands a body now')
    if (old && !next) say('no longer takes a body')
    if (!old || !next) return
    if (next.required && !old.required) say('demands a body now')
    content(old.content, next.content, 'in', 'body', say)
  }

  function content(old = {}, next = {}, way, label, say) {
    for (const [type, described] of Object.entries(old)) {
      if (next[type]) schema(described.schema, next[type].schema, way, `${label} ${type}`, say)
      else say(`${label} ${type} is gone`)
    }
  }

  // `way` is "in" for what clients send (whatever was accepted has to be accepted) and "out" for what they get (whatever was promised has to come).
  function schema(old, next, way, at, say, seen = new Set()) {
    const a = plain(old, was)
    const b = plain(next, now)
    const pair = `${a.reference}>${b.reference}`
    if (a.reference && seen.has(pair)) return
    const deeper = a.reference ? new Set(seen).add(pair) : seen
    if (a.variants || b.variants) return variants(a, b, way, at, say, deeper)
    types(a, b, way, at, say)
    codes(a, b, way, at, say)
    if (way === 'in') bounds(a, b, at, say)
    if (a.items && b.items) schema(a.items, b.items, way, `${at}[]`, say, deeper)
    for (const [field, described] of Object.entries(a.properties ?? {})) {
      const present = b.properties?.[field]
      if (present) schema(described, present, way, `${at}/${field}`, say, deeper)
      else if (b.properties) say(`${at}/${field} is gone`)
    }
    const [needed, given] = way === 'in' ? [b, a] : [a, b]
    for (const field of list(needed.required)) {
      if (list(given.required).includes(field) || (way === 'out' && !b.properties?.[field])) continue
      say(way === 'in' ? `${at}/${field} is required now` : `${at}/${field} always came and may be missing now`)
    }
  }

  function variants(a, b, way, at, say, seen) {
    const [all, some] = way === 'in' ? [a, b] : [b, a]
    const choices = some.variants ?? [some]
    for (const variant of all.variants ?? [all]) {
      const fits = choices.some((choice) => {
        const problems = []
        const [x, y] = way === 'in' ? [variant, choice] : [choice, variant]
        schema(x, y, way, at, (text) => problems.push(text), seen)
        return problems.length === 0
      })
      if (!fits) say(`${at} ${way === 'in' ? 'no longer takes' : 'may now be'} ${variant.$ref?.split('/').pop() ?? variant.type ?? 'another shape'}`)
    }
  }

  function types(a, b, way, at, say) {
    const [before, after] = [list(a.type), list(b.type)]
    if (!before.length || !after.length) return
    const covers = (types, type) => types.includes(type) || (type === 'integer' && types.includes('number'))
    const missing = way === 'in' ? before.filter((type) => !covers(after, type)) : after.filter((type) => !covers(before, type))
    if (missing.length) say(`${at} was ${before.join(' or ')}, is ${after.join(' or ')}`)
  }

  function codes(a, b, way, at, say) {
    if (way === 'out' || !b.enum) return
    const gone = a.enum ? a.enum.filter((code) => !b.enum.includes(code)) : ['any other text']
    if (gone.length) say(`${at} no longer takes ${gone.join(', ')}`)
  }

  function bounds(a, b, at, say) {
    for (const [bound, tighter] of [['maximum', -1], ['maxLength', -1], ['maxItems', -1], ['minimum', 1], ['minLength', 1], ['minItems', 1]]) {
      if (b[bound] === undefined) continue
      if (a[bound] === undefined || Math.sign(b[bound] - a[bound]) === tighter) say(`${at}: ${bound} was ${a[bound] ?? 'open'}, is ${b[bound]}`)
    }
    if (b.pattern && a.pattern !== b.pattern) say(`${at}: pattern was ${a.pattern ?? 'open'}, is ${b.pattern}`)
  }

  /** A schema with its reference resolved (and named); one that may be null as its type or null, several alternatives as `variants`. */
  function plain(described, document) {
    if (!described) return {}
    const { $ref: reference, ...own } = described
    const { allOf: parts, ...rest } = reference ? { ...plain(document.components.schemas[reference.split('/').pop()], document), ...own, reference } : own
    for (const part of list(parts).map((part) => plain(part, document))) {
      rest.type ??= part.type
      rest.properties = { ...part.properties, ...rest.properties }
      rest.required = [...list(part.required), ...list(rest.required)]
    }
    const choices = rest.oneOf ?? rest.anyOf
    if (rest.variants || !choices) return rest
    const real = choices.filter((choice) => choice.type !== 'null')
    if (real.length > 1) return { variants: choices }
    const only = plain(real[0], document)
    return only.variants ? only : { ...only, type: [...list(only.type), 'null'] }
  }
}

/** Small descriptions, each with one difference, and whether it breaks anything. */
function selfTest() {
  const described = (extra = {}, fields = { name: { type: 'string' }, state: { type: 'string', enum: ['a'] } }, required = ['name']) => ({
    paths: { '/things': { post: {
      operationId: 'addThing', security: [{}], parameters: [{ in: 'query', name: 'limit', schema: { type: 'integer', maximum: 100 } }],
      requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: fields, required } } } },
      responses: { 201: { description: 'Added.', content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } } }, ...extra,
    } } },
    components: { schemas: { Thing: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, up: { oneOf: [{ $ref: '#/components/schemas/Thing' }, { type: 'null' }] } } } } },
  })
  const thing = (properties, required = ['id']) => {
    const document = described()
    document.components.schemas.Thing = { type: 'object', required, properties }
    return document
  }
  const id = { type: 'string' }
  const up = { oneOf: [{ $ref: '#/components/schemas/Thing' }, { type: 'null' }] }
  const cases = [
    ['the same', described(), 0],
    ['an operation is gone', { ...described(), paths: {} }, 1],
    ['a parameter is gone', described({ parameters: [] }), 1],
    ['a parameter is new', described({ parameters: [...described().paths['/things'].post.parameters, { in: 'query', name: 'q', schema: { type: 'string' } }] }), 0],
    ['a new parameter is required', described({ parameters: [...described().paths['/things'].post.parameters, { in: 'query', name: 'q', required: true }] }), 1],
    ['a limit is lower', described({ parameters: [{ in: 'query', name: 'limit', schema: { type: 'integer', maximum: 50 } }] }), 1],
    ['a limit is higher', described({ parameters: [{ in: 'query', name: 'limit', schema: { type: 'integer', maximum: 500 } }] }), 0],
    ['a token is demanded', described({ security: [{ token: [] }] }), 1],
    ['another function name', described({ operationId: 'createThing' }), 1],
    ['a field to send is required', described({}, undefined, ['name', 'state']), 1],
    ['a field to send is gone', described({}, { name: { type: 'string' } }), 1],
    ['a code to send is gone', described({}, { name: { type: 'string' }, state: { type: 'string', enum: ['b'] } }), 1],
    ['a code to send is new', described({}, { name: { type: 'string' }, state: { type: 'string', enum: ['a', 'b'] } }), 0],
    ['a field of an answer is new', thing({ id, up, more: { type: 'string' } }), 0],
    ['a field of an answer is gone', thing({ id }), 1],
    ['a field of an answer may be missing', thing({ id, up }, []), 1],
    ['a field of an answer has another type', thing({ id: { type: 'integer' }, up }), 1],
    ['a field of an answer may be null', thing({ id: { type: ['string', 'null'] }, up }), 1],
    ['a status is gone', described({ responses: { 200: { description: 'Fine.' } } }), 1],
  ]
  const wrong = cases.filter(([, now, expected]) => Math.min(breaks(described(), now).length, 1) !== expected)
  for (const [name, now] of wrong) console.error(`${name}: ${JSON.stringify(breaks(described(), now))}`)
  console.log(`${cases.length - wrong.length} passed, ${wrong.length} failed`)
  return wrong.length === 0
}

if (process.argv[2] === '--self-test') process.exit(selfTest() ? 0 : 1)
const root = new URL('../../openapi/', import.meta.url)
const read = (given, name) => JSON.parse(readFileSync(given ?? new URL(name, root), 'utf8'))
const found = breaks(read(process.argv[2], 'released.json'), read(process.argv[3], 'openapi.json'))
for (const line of found) console.error(line)
console.log(found.length ? `0 passed, 1 failed` : `1 passed, 0 failed`)
process.exit(found.length ? 1 : 0)
