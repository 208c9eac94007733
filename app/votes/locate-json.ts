/**
 * The line at which a member of a JSON text stands, for messages about files people write by hand. Only ever used after
 * something was refused; decides nothing.
 */

/**
 * The line (from 1) of the value at `path`, or of the nearest value around it that is there. With null as the path the
 * text is no JSON: the line at which it stops being JSON.
 */
export function locateJson(text: string, path: readonly (string | number)[] | null): number {
  const at = path === null ? offsetOfDefect(text) : offsetOf(text, path)
  let line = 1
  for (let i = text.indexOf('\n'); i !== -1 && i < at; i = text.indexOf('\n', i + 1)) line++
  return line
}

/** One token at a time: punctuation, a string, or a run of anything else. */
const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\[\s\S])*")|([^\s{}[\],:"]+))/y

interface Token {
  readonly offset: number
  readonly text: string
}

function* tokensOf(text: string): Generator<Token> {
  TOKEN.lastIndex = 0
  let at = 0
  for (;;) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (!match) return
    at = TOKEN.lastIndex
    const token = (match[1] ?? match[2] ?? match[3])!
    yield { offset: at - token.length, text: token }
  }
}

/** Walks the tokens with a stack of steps; remembers the deepest prefix of the path it has met. */
function offsetOf(text: string, path: readonly (string | number)[]): number {
  const stack: (string | number)[] = []
  let found = 0
  let foundDepth = -1
  let previous = ''
  let key: string | null = null
  for (const { offset, text: token } of tokensOf(text)) {
    if (token === ',' || token === ':' || token === '}' || token === ']') {
      if (token === '}' || token === ']') stack.pop()
      else if (token === ',' && typeof stack.at(-1) === 'number') stack.push((stack.pop() as number) + 1)
      else if (token === ':' && key !== null) stack[stack.length - 1] = key
      previous = token
      continue
    }
    const isKey = token.startsWith('"') && typeof stack.at(-1) === 'string' && previous !== ':'
    if (isKey) key = nameOf(token)
    else {
      if (
        stack.length > foundDepth &&
        stack.length <= path.length &&
        stack.every((step, i) => step === path[i])
      ) {
        found = offset
        foundDepth = stack.length
        if (foundDepth === path.length) return found
      }
      if (token === '{') stack.push('')
      else if (token === '[') stack.push(0)
    }
    previous = token
  }
  return found
}

function nameOf(token: string): string | null {
  try {
    return JSON.parse(token) as string
  } catch {
    return null
  }
}

const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/

/** What may come next: a value, a member's name, the colon after it, or what follows a value; `first` also allows the end. */
type Expectation = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'after'

/** Where a text that is no JSON stops being it: the first token out of place, or its end. Engines do not agree on this. */
function offsetOfDefect(text: string): number {
  const open: string[] = []
  let expected: Expectation = 'value'
  for (const { offset, text: token } of tokensOf(text)) {
    const next = afterToken(token, expected, open)
    if (next === null) return offset
    expected = next
  }
  return text.length
}

function afterToken(token: string, expected: Expectation, open: string[]): Expectation | null {
  if (token === '}' || token === ']') {
    const isFirst = expected === (token === '}' ? 'first-key' : 'first-value')
    if ((expected !== 'after' && !isFirst) || open.pop() !== (token === '}' ? '{' : '[')) return null
    return 'after'
  }
  if (expected === 'after') {
    if (token !== ',' || open.length === 0) return null
    return open.at(-1) === '{' ? 'key' : 'value'
  }
  if (expected === 'colon') return token === ':' ? 'value' : null
  if (expected === 'key' || expected === 'first-key') {
    return token.startsWith('"') && nameOf(token) !== null ? 'colon' : null
  }
  if (token === '{' || token === '[') {
    open.push(token)
    return token === '{' ? 'first-key' : 'first-value'
  }
  const isScalar = token.startsWith('"') ? nameOf(token) !== null : SCALAR.test(token)
  return isScalar ? 'after' : null
}
