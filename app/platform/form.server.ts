/** Reads a submitted form into a checked value, or says field by field what is wrong. Shape only: no IO, no rule of the domain. */
import type { z } from 'zod'
import { err, ok, type Result } from '#kernel'
import type { Settings } from './env.server.ts'
import { isOwnForm } from './session.server.ts'

export interface FieldRefusal {
  readonly field: string
  /** A kebab-case code: the schema's own message, or `field-missing` or `field-malformed`. */
  readonly code: string
}

export interface FormRefusal {
  readonly code: 'form-invalid'
  readonly fields: readonly FieldRefusal[]
  /** What was entered, to show it again; never passwords, codes or files. */
  readonly entered: Readonly<Record<string, string>>
}

const FORM_TYPES = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\s*(?:;|$)/i
const SECRET_FIELD = /password|secret|code|csrf/i

/** One value, or all of a name that was given more than once; an empty file input counts as absent. */
function valuesOf(form: FormData): Record<string, unknown> {
  const names = [...new Set(form.keys())]
  return Object.fromEntries(
    names.map(name => {
      const values = form.getAll(name).filter(value => typeof value === 'string' || value.size > 0)
      return [name, values.length > 1 ? values : values[0]]
    }),
  )
}

/** What the forms of requests say about themselves, for the trace of what they do; gone with the request. */
const PRESSED = new WeakMap<Request, Pressed>()

/** The button that was pressed, the step that is taken and the reason that was typed, where a form has them. */
export interface Pressed {
  readonly intent?: string
  readonly step?: string
  /** What is done about a resident's case. */
  readonly act?: string
  readonly reason?: string
}

/** What was pressed in the form of a request that `readForm` has read; nothing before. */
export function pressedIn(request: Request): Pressed {
  return PRESSED.get(request) ?? {}
}

function pressedOf(form: FormData): Pressed {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' && value.trim() !== '' ? { [name]: value.trim().slice(0, 400) } : {}
  }
  return { ...text('intent'), ...text('step'), ...text('act'), ...text('reason') }
}

/** No keyboard types it and no text of the database can hold it: whoever sends it is no person with a form. */
function hasNul(form: FormData): boolean {
  return [...form.entries()].some(([name, value]) =>
    `${name}${typeof value === 'string' ? value : ''}`.includes('\0'),
  )
}

/** What can be shown again in the form. */
function enteredIn(form: FormData): Record<string, string> {
  const entered = [...form.entries()].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !SECRET_FIELD.test(entry[0]),
  )
  return Object.fromEntries(entered)
}

function refusalOf(issue: z.core.$ZodIssue, values: Record<string, unknown>): FieldRefusal {
  const field = String(issue.path[0] ?? '')
  if (/^[a-z]+(?:-[a-z]+)+$/.test(issue.message)) return { field, code: issue.message }
  const value = values[field]
  return { field, code: value === undefined || value === '' ? 'field-missing' : 'field-malformed' }
}

/** A refusal of the request itself, thrown as a response: the person cannot mend it in the form. */
function refused(status: 400 | 403 | 415): Response {
  return new Response(null, { status })
}

/**
 * Reads and checks a form. Throws 403 when it does not belong to the request's session, 415 or 400 when it is no form.
 * Field codes are the messages of the schema when they are kebab-case (`z.string().min(1, 'name-missing')`).
 */
export async function readForm<Schema extends z.ZodType>(
  request: Request,
  settings: Settings,
  schema: Schema,
): Promise<Result<z.output<Schema>, FormRefusal>> {
  if (!FORM_TYPES.test(request.headers.get('Content-Type') ?? '')) throw refused(415)
  const form = await request.formData().catch(() => {
    throw refused(400)
  })
  if (!isOwnForm(request, settings, form)) throw refused(403)
  if (hasNul(form)) throw refused(400)
  PRESSED.set(request, pressedOf(form))
  const values = valuesOf(form)
  const parsed = schema.safeParse(values)
  if (parsed.success) return ok(parsed.data)
  const refusals = new Map<string, FieldRefusal>()
  for (const issue of parsed.error.issues) {
    const refusal = refusalOf(issue, values)
    if (!refusals.has(refusal.field)) refusals.set(refusal.field, refusal)
  }
  return err({ code: 'form-invalid', fields: [...refusals.values()], entered: enteredIn(form) })
}
