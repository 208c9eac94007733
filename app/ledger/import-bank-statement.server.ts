/**
 * Takes a bank file in: upload, read (a job), preview with a verdict per row, explicit confirmation, store (a job). Lines
 * are stored once however often and however overlapping they are imported; a held file stores nothing before somebody
 * with a name has confirmed both numbers.
 */
import type { Tx } from '#db'
import {
  findBankImport,
  insertBankImport,
  insertBankImportConfirmation,
  insertBankLines,
  knownLineKeys,
  listBankImports,
  lockBankImport,
  updateBankImport,
} from '#db/ledger'
import { readCommunityById } from '#db/platform'
import {
  assert,
  type CanonicalValue,
  canonicalText,
  dateOf,
  equalBytes,
  err,
  instantOf,
  ok,
  plainFileName,
  type Result,
} from '#kernel'
import { type Actor, can } from '#people'
import { enqueueJob, type Job, type JobRun, type Portal, readNewestJob, retryFailedJob } from '#platform'
import type { Table } from '#tables'
import { appendLeaf } from '#tlog/server'
import { accountDigits, hashAccountNumber, lastFour } from './account-number.server.ts'
import {
  type BankImportReading,
  decodeReading,
  encodeReading,
  type ImportState,
  importLines,
  readingFigures,
} from './bank-import.ts'
import { type BankProblem, bankProblem, outcomeOf } from './bank-statement/bank-statement.ts'
import {
  type ColumnMapping,
  headerSignature,
  type MappingProblem,
  suggestColumnMapping,
} from './bank-statement/column-mapping.ts'
import {
  type BankStatementReading,
  readBankStatementFile,
} from './bank-statement/read-bank-statement.server.ts'
import { readByAgreedColumns } from './column-mapping-version.server.ts'
import { bankImportLeaf } from './leaf.ts'
import { type BankAccount, type LedgerCommunity, readChart } from './read-chart.server.ts'

export type ImportRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'bank-account-unknown'; readonly account: string }
  | { readonly code: 'file-empty' }
  | { readonly code: 'file-too-large'; readonly limitBytes: number }
  | { readonly code: 'import-unknown' }
  | { readonly code: 'import-not-ready'; readonly state: string }
  | { readonly code: 'confirmation-missing' }
  | { readonly code: 'reason-missing' }
  | MappingProblem

export interface BankImport {
  readonly importId: string
  readonly account: string
  readonly fileName: string
  readonly fileSha256: string
  readonly uploadedAt: Date
  readonly state: ImportState
  readonly reading: BankImportReading | null
  /** True when its lines are read by columns that a person chose, agreed to or not. */
  readonly isMapped: boolean
  /** The change that proposed its columns, or by which they were agreed before; null when none was asked for. */
  readonly mappingChange: string | null
  /** The code with which the job that reads or stores gave up; null while it works or has nothing to do. */
  readonly failure: string | null
}

/** Largest bank file taken in; a year of a busy account is a tenth of it. */
export const BANK_FILE_LIMIT_BYTES = 24 * 1024 * 1024
const HEAD_ROWS = 30

/** Takes a file in for one of the community's bank accounts and has it read. Needs `bank-statement:import`. */
export async function uploadBankStatement(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  file: { readonly account: string; readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<{ readonly importId: string }, ImportRefusal>> {
  const { communityId } = community
  if (!can(actor, 'bank-statement:import', communityId)) return err({ code: 'not-permitted' })
  if (file.bytes.length === 0) return err({ code: 'file-empty' })
  if (file.bytes.length > BANK_FILE_LIMIT_BYTES)
    return err({ code: 'file-too-large', limitBytes: BANK_FILE_LIMIT_BYTES })
  const { bankAccounts } = await readChart(portal.db, communityId)
  if (!bankAccounts.some(account => account.accountCode === file.account)) {
    return err({ code: 'bank-account-unknown', account: file.account })
  }
  const sha256 = await portal.objects.put(file.bytes)
  const importId = portal.random.id()
  await portal.db.transaction().execute(async tx => {
    await insertBankImport(tx, {
      community_id: communityId,
      import_id: importId,
      account_code: file.account,
      file_name: plainFileName(file.name),
      file_sha256: sha256,
      file_bytes: file.bytes.length,
      uploaded_by: actor.userId,
      uploaded_at: portal.clock.now(),
    })
    await enqueueReading(portal, tx, communityId, actor, importId, 'first')
  })
  return ok({ importId })
}

/** Asks for the job that reads an import, within the caller's transaction; `attempt` tells one reading from the next. */
export async function enqueueReading(
  portal: Portal,
  tx: Tx,
  communityId: number,
  actor: Actor,
  importId: string,
  attempt: string,
): Promise<void> {
  await enqueueJob(portal, tx, {
    communityId,
    kind: READ_BANK_IMPORT,
    key: `${importId}/${attempt}`,
    payload: { importId },
    requestedBy: actor.userId,
  })
}

export const READ_BANK_IMPORT = 'ledger.read-bank-import'
export const STORE_BANK_IMPORT = 'ledger.store-bank-import'

/** The job an import waits for in its state, when it has given up; null otherwise. */
async function failedJobOf(
  tx: Tx,
  communityId: number,
  row: { readonly import_id: string; readonly state: ImportState },
): Promise<Job | null> {
  if (row.state !== 'reading' && row.state !== 'storing') return null
  const job =
    row.state === 'reading'
      ? await readNewestJob(tx, communityId, READ_BANK_IMPORT, `${row.import_id}/`)
      : await readNewestJob(tx, communityId, STORE_BANK_IMPORT, row.import_id)
  return job?.state === 'failed' ? job : null
}

/** A stated account number against ours: by keyed hash, or by the last four where the file masks it. */
async function accountProblems(
  portal: Portal,
  account: BankAccount,
  reading: BankStatementReading,
): Promise<BankProblem[]> {
  const stated = reading.statement?.accountNumber ?? null
  if (stated === null || accountDigits(stated) === '') return []
  const masked = /[*xX＊]/.test(stated)
  const same = masked
    ? lastFour(stated) === account.numberLast4
    : equalBytes(await hashAccountNumber(portal, stated), account.numberHash)
  if (same) return []
  return [
    bankProblem(
      'account-mismatch',
      {},
      { stated: `*${lastFour(stated)}`, expected: `*${account.numberLast4}` },
    ),
  ]
}

function headOf(table: Table | null): string[][] {
  return (table?.rows ?? [])
    .slice(0, HEAD_ROWS)
    .map(row => row.cells.slice(0, 40).map(cell => cell.slice(0, 80)))
}

async function previewOf(
  portal: Portal,
  communityId: number,
  account: BankAccount,
  reading: BankStatementReading,
  chosen: ColumnMapping | null,
): Promise<BankImportReading> {
  const problems = [...reading.problems]
  if (reading.outcome !== 'reject') problems.push(...(await accountProblems(portal, account, reading)))
  const outcome = outcomeOf(problems)
  const lines = outcome === 'reject' ? [] : (reading.statement?.lines ?? [])
  const candidates = importLines(lines, account.accountCode, new Set())
  const known = await knownLineKeys(
    portal.db,
    communityId,
    account.accountCode,
    candidates.map(line => line.key),
  )
  // What was mapped by hand is mended by hand: wrong columns must not refuse the next files for good.
  const isUnknown =
    chosen !== null ||
    problems.some(problem => problem.code === 'layout-unknown' || problem.code === 'mapping-unfit')
  const { statement, table } = reading
  const stated = statement?.accountNumber ?? null
  return {
    outcome,
    layout: statement?.layout ?? null,
    encoding: reading.encoding,
    accountLast4: stated === null ? null : lastFour(stated),
    ...readingFigures(statement?.lines ?? []),
    openingFen: statement?.openingFen ?? null,
    closingFen: statement?.closingFen ?? null,
    chainOk: statement?.balanceChainOk ?? null,
    problems,
    lines: importLines(lines, account.accountCode, known),
    head: isUnknown ? headOf(table) : [],
    suggestion: isUnknown && table !== null ? (chosen ?? suggestColumnMapping(table)) : null,
    signature: chosen === null || table === null ? null : signatureAt(table, chosen.headerRow),
  }
}

/** The signature of the header in a row; null when the first row is already a line. */
function signatureAt(table: Table, row: number): string | null {
  return row < 0 ? null : headerSignature(table, row)
}

const STATE_OF_OUTCOME = { accept: 'ready', hold: 'held', reject: 'rejected' } as const

/** The job that reads an uploaded file and writes its preview. */
export async function readBankImportJob({
  portal,
  job,
  finish,
  progress,
}: JobRun): Promise<Result<string, string>> {
  const { importId } = job.payload as { importId: string }
  const row = await findBankImport(portal.db, job.communityId, importId)
  if (row === undefined || row.state !== 'reading') return ok('nothing-to-read')
  const bytes = await portal.objects.read(row.file_sha256)
  if (bytes === null) return err('file-missing')
  const { bankAccounts } = await readChart(portal.db, job.communityId)
  const account = bankAccounts.find(candidate => candidate.accountCode === row.account_code)!
  await progress(0, 2)
  const asOf = dateOf(row.uploaded_at)
  const chosen = row.column_mapping === null ? null : (JSON.parse(row.column_mapping) as ColumnMapping)
  const mapping = chosen === null ? {} : { mapping: chosen }
  const first = await readBankStatementFile({ name: row.file_name, bytes, asOf, ...mapping })
  const agreed = await readByAgreedColumns(portal.db, job.communityId, row.account_code, first, asOf)
  await progress(1, 2)
  const { reading } = agreed ?? { reading: first }
  const columns = chosen ?? (agreed === null ? null : reading.mapping)
  const preview = await previewOf(portal, job.communityId, account, reading, columns)
  const state = stateOf(preview, chosen !== null, agreed !== null)
  const isAgreed = agreed !== null && state !== 'unknown'
  await portal.db.transaction().execute(async tx => {
    await updateBankImport(tx, job.communityId, importId, {
      state,
      reading: encodeReading(preview),
      ...(isAgreed ? { column_mapping: agreed.text, mapping_change: agreed.changeId } : {}),
    })
    await finish(tx, state)
  })
  return ok(state)
}

/** Where a read file stands: by chosen columns it waits to be proposed, by agreed ones or a known layout it can be confirmed. */
function stateOf(preview: BankImportReading, isChosen: boolean, isAgreed: boolean): ImportState {
  const isReadable = preview.outcome !== 'reject'
  if (isChosen) return isReadable ? 'mapped' : 'unknown'
  if (isAgreed && isReadable) return STATE_OF_OUTCOME[preview.outcome]
  return preview.head.length > 0 ? 'unknown' : STATE_OF_OUTCOME[preview.outcome]
}

/**
 * Confirms a preview and has its lines stored. A held file needs the explicit tick and a reason, which are logged with both
 * numbers. Needs `bank-statement:import`.
 */
export async function confirmBankImport(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  input: { readonly importId: string; readonly confirmsDiscrepancies: boolean; readonly reason: string },
): Promise<Result<null, ImportRefusal>> {
  const { communityId } = community
  if (!can(actor, 'bank-statement:import', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const row = await lockBankImport(tx, communityId, input.importId)
    if (row === undefined) return err({ code: 'import-unknown' })
    if (row.state !== 'ready' && row.state !== 'held')
      return err({ code: 'import-not-ready', state: row.state })
    const reason = input.reason.trim()
    if (row.state === 'held' && !input.confirmsDiscrepancies) return err({ code: 'confirmation-missing' })
    if (row.state === 'held' && reason === '') return err({ code: 'reason-missing' })
    await updateBankImport(tx, communityId, input.importId, { state: 'storing' })
    await enqueueJob(portal, tx, {
      communityId,
      kind: STORE_BANK_IMPORT,
      key: input.importId,
      payload: {
        importId: input.importId,
        outcome: row.state === 'held' ? 'hold' : 'accept',
        reason: row.state === 'held' ? reason : null,
      },
      requestedBy: actor.userId,
    })
    return ok(null)
  })
}

interface StorePayload {
  readonly importId: string
  readonly outcome: 'accept' | 'hold'
  readonly reason: string | null
}

/** What a held file disagreed about, for the log: codes and figures, no names. */
function discrepanciesOf(reading: BankImportReading): CanonicalValue {
  return reading.problems
    .filter(problem => problem.severity === 'hold')
    .map(problem => ({ code: problem.code, line: problem.line, facts: problem.facts }))
}

function lineRows(
  portal: Portal,
  communityId: number,
  account: string,
  importId: string,
  reading: BankImportReading,
) {
  return reading.lines.map(line => ({
    community_id: communityId,
    bank_line_id: portal.random.id(),
    account_code: account,
    import_id: importId,
    source_line: line.sourceLine,
    booked_on: line.date,
    booked_at:
      line.time === null ? null : new Date(instantOf(line.date).getTime() + secondsOf(line.time) * 1000),
    amount_fen: line.amountFen as bigint,
    stated_fen: line.statedFen as bigint,
    direction: line.direction,
    balance_fen: line.balanceFen as bigint | null,
    is_reversal: line.isReversal,
    line_key: line.key,
    occurrence: line.occurrence,
    sequence: line.sequence,
    private: {
      counterparty: line.counterparty,
      counterparty_last4: line.counterpartyLast4,
      purpose: line.purpose,
      serial: line.serial,
    },
  }))
}

function secondsOf(time: string): number {
  const [hours, minutes, seconds] = time.split(':').map(Number)
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)
}

/** The job that stores confirmed lines, their confirmation and its leaf in one transaction. */
export async function storeBankImportJob({
  portal,
  job,
  finish,
  progress,
}: JobRun): Promise<Result<string, string>> {
  const payload = job.payload as unknown as StorePayload
  const { communityId } = job
  const row = await findBankImport(portal.db, communityId, payload.importId)
  if (row === undefined || row.state !== 'storing' || row.reading === null) return ok('nothing-to-store')
  const community = await readCommunityById(portal.db, communityId)
  assert(community !== null, `import of no community: ${communityId}`)
  const reading = decodeReading(row.reading)
  await progress(0, reading.lines.length)
  return portal.db.transaction().execute(async tx => {
    const stored = await insertBankLines(
      tx,
      lineRows(portal, communityId, row.account_code, row.import_id, reading),
    )
    const alreadyThere = reading.lines.length - stored.size
    const discrepancies = discrepanciesOf(reading)
    const now = portal.clock.now()
    const leaf = bankImportLeaf(community.log_origin, {
      importId: row.import_id,
      bankAccount: row.account_code,
      fileSha256: row.file_sha256,
      layout: reading.layout ?? '',
      mappingChange: row.column_mapping === null ? null : row.mapping_change,
      rows: reading.lines.length,
      postedNew: stored.size,
      sumInFen: reading.sumInFen,
      sumOutFen: reading.sumOutFen,
      firstOn: reading.firstOn,
      lastOn: reading.lastOn,
      outcome: payload.outcome,
      confirmation: payload.outcome === 'hold' ? { reason: payload.reason, discrepancies } : null,
      at: now,
    })
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertBankImportConfirmation(tx, {
      community_id: communityId,
      import_id: row.import_id,
      confirmed_by: job.requestedBy,
      confirmed_at: now,
      outcome: payload.outcome,
      reason: payload.reason,
      discrepancies: canonicalText(discrepancies),
      stored_new: stored.size,
      already_there: alreadyThere,
      leaf_index: BigInt(firstIndex),
    })
    await updateBankImport(tx, communityId, row.import_id, {
      state: 'stored',
      reading: encodeReading({ ...reading, lines: [], head: [] }),
    })
    await finish(tx, `${stored.size}/${alreadyThere}`)
    return ok(`${stored.size}/${alreadyThere}`)
  })
}

/** Puts an import aside; nothing of it is stored. Needs `bank-statement:import`. */
export async function discardBankImport(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  importId: string,
): Promise<Result<null, ImportRefusal>> {
  const { communityId } = community
  if (!can(actor, 'bank-statement:import', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const row = await lockBankImport(tx, communityId, importId)
    if (row === undefined) return err({ code: 'import-unknown' })
    const isUnread = row.state === 'reading' && (await failedJobOf(tx, communityId, row)) !== null
    if (!isUnread && !['ready', 'held', 'unknown', 'mapped', 'rejected'].includes(row.state)) {
      return err({ code: 'import-not-ready', state: row.state })
    }
    await updateBankImport(tx, communityId, importId, { state: 'discarded', reading: null })
    return ok(null)
  })
}

/** Lets the job that gave up on an import run once more: the file and what was confirmed are still there. Needs `bank-statement:import`. */
export async function retryBankImport(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  importId: string,
): Promise<Result<null, ImportRefusal>> {
  const { communityId } = community
  if (!can(actor, 'bank-statement:import', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const row = await lockBankImport(tx, communityId, importId)
    if (row === undefined) return err({ code: 'import-unknown' })
    const failed = await failedJobOf(tx, communityId, row)
    if (failed === null) return err({ code: 'import-not-ready', state: row.state })
    await retryFailedJob(portal, tx, communityId, failed.jobId)
    return ok(null)
  })
}

/** One import with its preview; null when there is none or the actor may not read it. */
export async function readBankImport(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  importId: string,
): Promise<BankImport | null> {
  if (!can(actor, 'community:read-full', community.communityId)) return null
  const row = await findBankImport(portal.db, community.communityId, importId)
  if (row === undefined) return null
  return {
    importId: row.import_id,
    account: row.account_code,
    fileName: row.file_name,
    fileSha256: row.file_sha256,
    uploadedAt: row.uploaded_at,
    state: row.state,
    reading: row.reading === null ? null : decodeReading(row.reading),
    isMapped: row.column_mapping !== null,
    mappingChange: row.mapping_change,
    failure: (await failedJobOf(portal.db, community.communityId, row))?.outcome ?? null,
  }
}

/** The newest imports of a community; null when the actor may not read them. */
export async function readBankImports(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  limit: number,
) {
  if (!can(actor, 'community:read-full', community.communityId)) return null
  const rows = await listBankImports(portal.db, community.communityId, limit)
  return rows.map(row => ({
    importId: row.import_id,
    account: row.account_code,
    fileName: row.file_name,
    uploadedAt: row.uploaded_at,
    state: row.state,
    storedNew: row.stored_new,
    alreadyThere: row.already_there,
  }))
}
