/** What a bank file says before anything is stored: figures, problems with place and remedy, a verdict per row, the confirmation. */
import { bankProblemText } from '#i18n'
import type { BankImportReading, BankProblem, ImportLine } from '#ledger'
import { Button, ButtonRow } from '../button.tsx'
import { ConfirmPanel } from '../confirm.tsx'
import type { FieldError } from '../feedback.tsx'
import { Notice } from '../feedback.tsx'
import { KeyFigures } from '../figures.tsx'
import { TextAreaField } from '../form.tsx'
import { Money } from '../money.tsx'
import { Section } from '../page-shell.tsx'
import { DateText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { DataTable } from '../table.tsx'
import { useT, useViewer } from '../viewer.tsx'
import { errorOf } from './import-list.tsx'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

/** More rows than anybody reads on a page; all of them are stored, the counts say how many. */
export const ROWS_SHOWN = 200
const PROBLEMS_SHOWN = 500
const HOLDS_COMPARED = 20

type Verdict = 'new' | 'there' | 'held' | 'still'

function verdictOf(line: ImportLine, heldLines: ReadonlySet<number>): Verdict {
  if (line.known) return 'there'
  if (heldLines.has(line.sourceLine)) return 'held'
  return line.amountFen === 0n ? 'still' : 'new'
}

const VERDICT_TONES = { new: 'done', there: 'stopped', held: 'attention', still: 'draft' } as const

/** Rows, sums and days of the file. */
export function ImportFigures(props: { readonly reading: BankImportReading }) {
  const t = useT()
  const { reading } = props
  const known = reading.lines.filter(line => line.known).length
  return (
    <KeyFigures
      label={t('office.figures')}
      figures={[
        {
          label: t('office.rows'),
          value: reading.rows,
          note: t('office.rowsNote', {
            fresh: reading.lines.length - known,
            known,
            neutral: reading.rowsNeutral,
          }),
        },
        {
          label: t('office.moneyIn'),
          value: <Money amount={reading.sumInFen} flow="in" />,
          note: t('office.countRows', { count: reading.rowsIn }),
        },
        {
          label: t('office.moneyOut'),
          value: <Money amount={reading.sumOutFen} flow="out" />,
          note: t('office.countRows', { count: reading.rowsOut }),
        },
        {
          label: t('office.days'),
          value: reading.firstOn ? <DateText date={reading.firstOn} /> : '—',
          note: reading.lastOn ? (
            <>
              {t('office.until')} <DateText date={reading.lastOn} />
            </>
          ) : undefined,
        },
      ]}
    />
  )
}

const SEVERITIES = ['error', 'hold', 'notice'] as const
const SEVERITY_TONES = { error: 'danger', hold: 'warning', notice: 'info' } as const

/** Every problem in words, the ones that refuse the file first. */
export function ImportProblems(props: { readonly problems: readonly BankProblem[]; readonly file: string }) {
  const t = useT()
  const { lang } = useViewer()
  return (
    <>
      {SEVERITIES.map(severity => {
        const found = props.problems.filter(problem => problem.severity === severity)
        if (found.length === 0) return null
        return (
          <Notice
            key={severity}
            tone={SEVERITY_TONES[severity]}
            title={t(`office.problems.${severity}`, { count: found.length })}
          >
            <ul className="plain-list">
              {found.slice(0, PROBLEMS_SHOWN).map((problem, place) => (
                <li key={String(place)}>{bankProblemText(problem, props.file, lang)}</li>
              ))}
            </ul>
            {found.length > PROBLEMS_SHOWN && (
              <p>{t('office.problemsMore', { count: found.length - PROBLEMS_SHOWN })}</p>
            )}
          </Notice>
        )
      })}
    </>
  )
}

/** The first rows with the verdict on each. */
export function ImportRows(props: { readonly reading: BankImportReading }) {
  const t = useT()
  const { lines, problems } = props.reading
  const held = new Set(problems.filter(p => p.severity === 'hold' && p.line !== null).map(p => p.line!))
  const shown = lines.slice(0, ROWS_SHOWN)
  if (lines.length === 0) return null
  return (
    <Section
      title={t('office.rowsTitle')}
      lead={
        lines.length > ROWS_SHOWN
          ? t('office.rowsShown', { shown: ROWS_SHOWN, total: lines.length })
          : undefined
      }
    >
      <DataTable
        caption={t('office.rowsTitle')}
        captionHidden
        dense
        rows={shown}
        rowKey={line => `${line.key} ${line.occurrence}`}
        rowTone={line => (line.known ? 'muted' : held.has(line.sourceLine) ? 'attention' : undefined)}
        columns={[
          { key: 'date', label: t('office.date'), type: 'date', cell: line => <DateText date={line.date} /> },
          {
            key: 'amount',
            label: t('office.amount'),
            type: 'money',
            card: 'amount',
            cell: line => <LineMoney amountFen={line.amountFen} statedFen={line.statedFen} />,
          },
          { key: 'who', label: t('office.counterparty'), cell: line => line.counterparty },
          { key: 'purpose', label: t('office.purpose'), cell: line => line.purpose },
          { key: 'place', label: t('office.fileLine'), type: 'number', cell: line => line.sourceLine },
          {
            key: 'verdict',
            label: t('office.verdict'),
            card: 'plain',
            cell: line => {
              const verdict = verdictOf(line, held)
              return <StatePill tone={VERDICT_TONES[verdict]} label={t(`office.verdict.${verdict}`)} />
            },
          },
        ]}
      />
    </Section>
  )
}

/** The effect of a bank line; a line that moved nothing shows what it states. */
export function LineMoney(props: {
  readonly amountFen: ImportLine['amountFen']
  readonly statedFen: ImportLine['statedFen']
}) {
  const { amountFen, statedFen } = props
  if (amountFen === 0n) return <Money amount={statedFen} />
  return amountFen > 0n ? (
    <Money amount={amountFen} flow="in" />
  ) : (
    <Money amount={-amountFen as typeof amountFen} flow="out" />
  )
}

interface Decision {
  readonly frame: OfficeFrame
  readonly importId: string
  readonly reading: BankImportReading
  readonly errors: readonly FieldError[]
  readonly entered: Readonly<Record<string, string>>
}

/** The button that has the lines stored; a held file needs the tick and the reason. */
export function ImportDecision(props: Decision & { readonly held: boolean }) {
  return props.held ? <HeldDecision {...props} /> : <PlainDecision {...props} />
}

function PlainDecision(props: Decision) {
  const t = useT()
  const fresh = props.reading.lines.filter(line => !line.known).length
  return (
    <form method="post" className="decision">
      <CsrfField frame={props.frame} />
      <ButtonRow>
        <Button name="intent" value="confirm" icon="done">
          {t('office.confirmImport', { count: fresh })}
        </Button>
        <Button name="intent" value="discard" tone="secondary" formNoValidate>
          {t('office.discard')}
        </Button>
      </ButtonRow>
    </form>
  )
}

function HeldDecision(props: Decision) {
  const t = useT()
  const labelOf = useHoldLabel()
  const holds = props.reading.problems.filter(problem => problem.severity === 'hold')
  const compared = holds.filter(({ facts }) => facts.stated !== undefined).slice(0, HOLDS_COMPARED)
  return (
    <>
      <form method="post" className="decision">
        <CsrfField frame={props.frame} />
        <input type="hidden" name="intent" value="confirm" />
        <ConfirmPanel
          title={t('office.heldTitle')}
          name="confirms"
          figures={compared.map(problem => ({
            label: labelOf(problem),
            ours: problem.facts.counted ?? problem.facts.expected ?? problem.facts.derived ?? '',
            theirs: problem.facts.stated ?? '',
            difference: problem.facts.difference ?? t('office.heldUnequal'),
          }))}
          fields={
            <TextAreaField
              name="reason"
              label={t('office.heldReason')}
              hint={t('office.heldReasonHint')}
              rows={2}
              maxLength={500}
              defaultValue={props.entered.reason}
              error={errorOf(props.errors, 'reason')}
              required
            />
          }
          tick={t('office.heldTick')}
          error={errorOf(props.errors, 'confirms')}
          confirm={t('office.heldConfirm')}
          cancel={{ label: t('office.heldLater'), href: officePath(props.frame.slug, 'import') }}
        >
          <p>{t('office.heldText')}</p>
        </ConfirmPanel>
      </form>
      <DiscardForm frame={props.frame} />
    </>
  )
}

const HOLD_KEYS = [
  'total-mismatch',
  'count-mismatch',
  'balance-break',
  'opening-mismatch',
  'closing-mismatch',
  'account-mismatch',
] as const
type HoldKey = (typeof HOLD_KEYS)[number]

function holdKey(code: string): HoldKey | 'other' {
  return HOLD_KEYS.find(key => key === code) ?? 'other'
}

/** What was compared, of which side, on which line. */
function useHoldLabel(): (problem: BankProblem) => string {
  const t = useT()
  return problem => {
    const what = t(`office.hold.${holdKey(problem.code)}`)
    const side = SIDES.find(each => each === problem.facts.side)
    const named =
      side === undefined ? what : t('office.holdSide', { what, side: t(`bankImport.side.${side}`) })
    return problem.line === null ? named : t('office.holdLine', { what: named, line: problem.line })
  }
}

const SIDES = ['all', 'in', 'out', 'neutral'] as const

/** Puts the file aside. */
export function DiscardForm(props: { readonly frame: OfficeFrame }) {
  const t = useT()
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      <div>
        <Button name="intent" value="discard" tone="secondary">
          {t('office.discard')}
        </Button>
      </div>
    </form>
  )
}
