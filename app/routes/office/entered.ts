/** A submitted form whose fields are numbered or repeated: read by name, kept to be shown again. Checks no rule. */
import { z } from 'zod'

/** Any field, any number of values: for forms whose names depend on how many rows they have. */
export const AnyForm = z.record(z.string(), z.unknown())

export type Entered = Readonly<Record<string, unknown>>

function valuesOf(form: Entered, name: string): readonly unknown[] {
  const value = form[name]
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/** The text of a field, trimmed; empty when it is absent or a file. */
export function textOf(form: Entered, name: string): string {
  return textsOf(form, name)[0] ?? ''
}

/** All texts of a name, trimmed. */
export function textsOf(form: Entered, name: string): readonly string[] {
  return valuesOf(form, name).flatMap(value => (typeof value === 'string' ? [value.trim()] : []))
}

/** All files of a name that hold something or at least have a name. */
export function filesOf(form: Entered, name: string): readonly File[] {
  return valuesOf(form, name).filter(value => value instanceof File)
}

/** The bytes of an uploaded file. */
export async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer())
}
