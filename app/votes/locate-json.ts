/**
 * The line at which a member of a JSON text stands, for messages about files people write by hand. Only ever used after
 * something was refused; decides nothing.
 */

type Path = readonly (string | number)[]

/** The lines (from 1) of the values at the paths, or of the nearest value around each that is there. One walk for all. */
export function linesOfPaths(text: string, paths: readonly Path[]): number[] {
  return offsetsOf(text, paths).map(offset => lineAt(text, offset))
}

/** The line at which a text that is no JSON stops being it. */
export function lineOfDefect(text: string): number {
  return lineAt(text, offsetOfDefect(text))
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) line++
  return line
}

interface Token {
  readonly offset: number
  readonly text: string
}

/** A run of what is neither space, punctuation nor a quotation mark. */
const WORD = /[^\s{}[\],:"]+/y

/** One token at a time: punctuation, a string (also one without an end), or a word. */
function* tokensOf(text: string): Generator<Token> {
  for (let at = 0; at < text.length; ) {
    const char = text[at]!
    let end = at + 1
    if (char === '"') end = endOfString(text, at)
    else if (!/[\s{}[\],:]/.test(char)) {
      WORD.lastIndex = at
      WORD.test(text)
      end = WORD.lastIndex
    }
    if (!/\s/.test(char)) yield { offset: at, text: text.slice(at, end) }
    at = end
  }
}

/** Scanned by hand: a regular expression would run out of stack on a string of millions of escapes. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

/** Walks the tokens with a stack of steps; keeps for each path the deepest part of it that it has met. */
function offsetsOf(text: string, paths: readonly Path[]): number[] {
  const stack: (string | number)[] = []
  const found = paths.map(path => ({ path, offset: 0, depth: -1 }))
  let previous = ''
  let key: string | null = null
  for (const { offset, text: token } of tokensOf(text)) {
    if (token === '}' || token === ']') stack.pop()
    else if (token === ',' && typeof stack.at(-1) === 'number') stack.push((stack.pop() as number) + 1)
    else if (token === ':' && key !== null) stack[stack.length - 1] = key
    else if (token.startsWith('"') && typeof stack.at(-1) === 'string' && previous !== ':')
      key = nameOf(token)
    else if (token !== ',' && token !== ':') {
      for (const place of found) {
        if (stack.length > place.depth && isPrefix(stack, place.path)) {
          place.offset = offset
          place.depth = stack.length
        }
      }
      if (token === '{') stack.push('')
      else if (token === '[') stack.push(0)
    }
    previous = token
  }
  return found.map(place => place.offset)
}

function isPrefix(steps: Path, path: Path): boolean {
  return steps.length <= path.length && steps.every((step, i) => step === path[i])
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
