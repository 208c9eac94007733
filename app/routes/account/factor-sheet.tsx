/** What a person sees of their second factors: which there are, how to add one, the codes for the day the phone is lost. */
import type { Factors } from '#people/server'
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  type FieldError,
  InstantText,
  LinkButton,
  Notice,
  PasskeyButton,
  type PasskeyScript,
  QrCode,
  Section,
  TextField,
  useT,
} from '#ui'
import { type AccountFrame, CsrfInput } from './account-page.tsx'
import { messageAt } from './problems.ts'

interface SheetProps {
  readonly frame: AccountFrame
  readonly factors: Factors
  readonly mayChange: boolean
  readonly next: string
  readonly script: PasskeyScript | null
  readonly errors: readonly FieldError[]
}

/** All second factors with what can be done about them; without a fresh one, only the way to give it. */
export function FactorSheet(props: SheetProps) {
  const t = useT()
  if (!props.mayChange) {
    return (
      <>
        <Notice title={t('account.notFreshTitle')}>
          <p>{t('account.notFreshText')}</p>
          <p>
            <LinkButton tone="primary" href="/sign-in/second?next=/account/second-factor">
              {t('account.notFreshLink')}
            </LinkButton>
          </p>
        </Notice>
        <FactorList {...props} />
      </>
    )
  }
  return (
    <>
      <FactorList {...props} />
      <TotpSection {...props} />
      <PasskeySection {...props} />
      {hasAny(props.factors) && <RecoverySection {...props} />}
    </>
  )
}

function hasAny(factors: Factors): boolean {
  return factors.totpSince !== null || factors.passkeys.length > 0
}

interface FactorRow {
  readonly key: string
  readonly name: string
  readonly since: Date
  readonly usedAt: Date | null
  readonly remove: { readonly intent: string; readonly credential: string }
}

function FactorList(props: SheetProps) {
  const t = useT()
  const { factors } = props
  const totp: FactorRow[] =
    factors.totpSince === null
      ? []
      : [
          {
            key: 'totp',
            name: t('account.totpName'),
            since: factors.totpSince,
            usedAt: null,
            remove: { intent: 'remove-totp', credential: '' },
          },
        ]
  const passkeys = factors.passkeys.map(passkey => ({
    key: passkey.credentialId,
    name: passkey.name,
    since: passkey.createdAt,
    usedAt: passkey.lastUsedAt,
    remove: { intent: 'remove-passkey', credential: passkey.credentialId },
  }))
  return (
    <DataTable<FactorRow>
      caption={t('account.factorsTitle')}
      captionHidden
      rows={[...totp, ...passkeys]}
      rowKey={row => row.key}
      empty={t('account.factorsNone')}
      columns={[
        { key: 'name', label: t('account.factor'), card: 'title', cell: row => row.name },
        {
          key: 'since',
          label: t('account.since'),
          type: 'date',
          cell: row => <InstantText at={row.since} />,
        },
        {
          key: 'used',
          label: t('account.lastUsed'),
          type: 'date',
          cell: row => (row.usedAt === null ? '—' : <InstantText at={row.usedAt} />),
        },
        { key: 'act', label: t('account.remove'), cell: row => <RemoveForm {...props} row={row} /> },
      ]}
    />
  )
}

function RemoveForm(props: SheetProps & { readonly row: FactorRow }) {
  const t = useT()
  if (!props.mayChange) return null
  return (
    <form method="post">
      <CsrfInput frame={props.frame} />
      <input type="hidden" name="credential" value={props.row.remove.credential} />
      <Button tone="secondary" name="intent" value={props.row.remove.intent}>
        {t('account.remove')}
      </Button>
    </form>
  )
}

function TotpSection(props: SheetProps) {
  const t = useT()
  const has = props.factors.totpSince !== null
  return (
    <Section title={t('account.totpName')} lead={t('account.totpText')}>
      <form method="post">
        <CsrfInput frame={props.frame} />
        <div>
          <Button name="intent" value="totp" tone={has ? 'secondary' : 'primary'}>
            {t(has ? 'account.totpAgain' : 'account.totpBegin')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function PasskeySection(props: SheetProps) {
  const t = useT()
  return (
    <Section title={t('account.passkeyTitle')} lead={t('account.passkeyText')}>
      <form method="post">
        <CsrfInput frame={props.frame} />
        <TextField
          name="name"
          label={t('account.passkeyName')}
          hint={t('account.passkeyNameHint')}
          maxLength={40}
          width="half"
          error={messageAt(props.errors, 'name')}
        />
        <PasskeyButton
          asks="register"
          script={props.script}
          label={t('account.passkeyBegin')}
          intent="passkey"
        />
        <noscript>{t('account.passkeyNeedsScript')}</noscript>
      </form>
    </Section>
  )
}

function RecoverySection(props: SheetProps) {
  const t = useT()
  return (
    <Section
      title={t('account.recoveryTitle')}
      lead={t('account.recoveryLeft', { count: props.factors.recoveryCodesLeft })}
    >
      <form method="post">
        <CsrfInput frame={props.frame} />
        <div>
          <Button name="intent" value="recovery-codes" tone="secondary">
            {t('account.recoveryRenew')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

/** The codes, this once. */
export function RecoveryCodes(props: { readonly codes: readonly string[]; readonly next: string }) {
  const t = useT()
  return (
    <Card>
      <h2>{t('account.recoveryTitle')}</h2>
      <p>{t('account.recoveryOnce')}</p>
      <ul className="recovery-codes">
        {props.codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <ButtonRow>
        <LinkButton tone="primary" href={props.next} icon="next">
          {t('account.recoveryKept')}
        </LinkButton>
      </ButtonRow>
    </Card>
  )
}

/** The secret as QR code and for typing. */
export function SecretForProgram(props: { readonly typed: string; readonly address: string }) {
  const t = useT()
  return (
    <>
      <p>{t('account.totpScan')}</p>
      <QrCode text={props.address} />
      <p>{t('account.totpTyped')}</p>
      <p>
        <code className="typed-secret">{props.typed}</code>
      </p>
    </>
  )
}
