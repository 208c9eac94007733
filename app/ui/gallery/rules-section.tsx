/** Component page: rules for money, what a budget rests on, a standard of fees and a change of them, signals on a payment, who kept out of it, and acts of the audit. */
import { civilDate, fen, instantOf, period } from '#kernel'
import type { Controls, FeeStandard } from '#ledger'
import { AuditTable } from '../audit-table.tsx'
import { BudgetBasisWords } from '../budget-basis.tsx'
import { ChangeWords, ControlRules } from '../control-rules.tsx'
import { FeeRates } from '../fee-standard.tsx'
import { Section } from '../page-shell.tsx'
import { RecusalList, SignalList } from '../signals.tsx'
import { useT } from '../viewer.tsx'

const AT = instantOf(civilDate('2026-10-08'), 9 * 3600)
const BEFORE: Controls = {
  chairFromFen: null,
  tellFromFen: null,
  needsBudgetLine: false,
  showsSignals: true,
  pairedChanges: true,
  statementDays: 10,
  yearDays: null,
  chargingModel: 'trust',
  publishesDetail: true,
  volunteerPoints: false,
  procedure: '',
}
const AFTER: Controls = { ...BEFORE, chairFromFen: fen(5_000_000n), needsBudgetLine: true }

const FEES: FeeStandard = {
  from: period('2026-01'),
  rates: [
    { unitKind: 'residence', per: 'm2', priceFen: fen(140n) },
    { unitKind: 'parking', per: 'unit', priceFen: fen(5_000n) },
  ],
  poll: '',
  document: '',
}

/** The rules in force, a standard of fees, and the change that made them. */
export function RulesSection() {
  const t = useT()
  return (
    <Section title={t('gallery.rules')} id="rules">
      <ControlRules controls={AFTER} />
      <BudgetBasisWords fiscalYear={2026} basis={null} />
      <FeeRates standard={FEES} />
      <ChangeWords
        shown={{
          changeId: 'sample',
          change: { kind: 'controls', before: BEFORE, controls: AFTER, reason: t('gallery.rulesReason') },
          proposedBy: t('gallery.rulesProposer'),
          proposedRole: 'manager',
          proposedAt: AT,
          decision: null,
          decidedBy: null,
          decidedRole: null,
          decidedAt: null,
          version: null,
          leafIndex: null,
          review: null,
        }}
        names={{ accounts: [], funds: [] }}
      />
      <SignalList
        signals={[
          { kind: 'round-sum', others: [], answer: null },
          {
            kind: 'new-payee',
            others: [],
            answer: { text: t('gallery.signalAnswer'), by: null, role: 'bookkeeper', at: AT },
          },
        ]}
      />
      <RecusalList recusals={[{ role: 'committee_member', kind: 'declared' }]} />
      <SampleActs />
    </Section>
  )
}

/** Acts of the audit, one with what it changed. */
function SampleActs() {
  const t = useT()
  return (
    <AuditTable
      caption={t('gallery.audit')}
      names={{}}
      acts={[
        {
          id: 'sample',
          at: AT,
          by: 'console',
          act: 'use-recovery-code',
          subject: 'sample',
          change: null,
          changes: {
            rows: [
              {
                table: 'budget_line',
                op: 'insert',
                key: {},
                before: { amount_fen: '100000' },
                after: { amount_fen: '120000' },
                sealed: [],
                decides: null,
                concerns: [],
              },
            ],
            more: [],
          },
          decision: null,
          detail: '{}',
          isReading: false,
          leafIndex: 7n,
        },
      ]}
    />
  )
}
