/** Looks at the files a reader chose before anything is verified: what is no statement at all gets its own plain answer. */
import { isReceiptFile, parseSupersedingList } from '#statements'

/** Larger than any statement: what is above is not even read. */
export const FILE_BYTES_MAX = 64 * 1024 * 1024

export type FileProblem = 'empty' | 'tooLarge' | 'notPdf' | 'badList' | 'unreadable'

export interface ChosenFiles {
  /** Sealed PDFs, and receipts of ballots. */
  readonly statements: readonly File[]
  readonly lists: readonly File[]
  readonly problems: readonly { readonly name: string; readonly problem: FileProblem }[]
}

async function kindOf(file: File): Promise<'statement' | 'list' | FileProblem> {
  if (file.size === 0) return 'empty'
  if (file.size > FILE_BYTES_MAX) return 'tooLarge'
  try {
    const start = new Uint8Array(await file.slice(0, 5).arrayBuffer())
    if (start[0] === 0x7b) {
      const bytes = new Uint8Array(await file.arrayBuffer())
      if (isReceiptFile(bytes)) return 'statement'
      const list = parseSupersedingList(bytes)
      return list.ok ? 'list' : 'badList'
    }
    return String.fromCharCode(...start) === '%PDF-' ? 'statement' : 'notPdf'
  } catch {
    return 'unreadable'
  }
}

/** Sorts files by what they hold, never by their names. */
export async function sortChosenFiles(files: readonly File[]): Promise<ChosenFiles> {
  const sorted = {
    statements: [] as File[],
    lists: [] as File[],
    problems: [] as ChosenFiles['problems'][number][],
  }
  for (const file of files) {
    const kind = await kindOf(file)
    if (kind === 'statement') sorted.statements.push(file)
    else if (kind === 'list') sorted.lists.push(file)
    else sorted.problems.push({ name: file.name, problem: kind })
  }
  return sorted
}
