/** The two big buttons of the person whose turn it is, and the preparer's own: agree or send back, revise or withdraw. */
import { isRelease, type Step } from '#ledger'
import { Button, ButtonRow, LinkButton } from '../button.tsx'
import type { FieldError } from '../feedback.tsx'
import { TextAreaField } from '../form.tsx'
import { Icon } from '../icon.tsx'
import { Money } from '../money.tsx'
import { CodeField, FACTOR_FIELDS, PasskeyButton, type PasskeyScript } from '../second-factor.tsx'
import { Sentence, useT } from '../viewer.tsx'
import { errorOf } from './import-list.tsx'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'
import { type DraftView, usePayee } from './voucher-sheet.tsx'

/** A step somebody other than the preparer takes. */
export type DecidedStep = Exclude<Step, 'prepare'>

/** How the person can confirm a release. */
export interface OwnFactors {
  readonly totp: boolean
  readonly passkey: boolean
  readonly script: PasskeyScript | null
}

/** Whom, how much and what for, in large type right above the button that pays it. */
function WhatIsPaid({ draft }: { readonly draft: DraftView }) {
  const t = useT()
  const payee = usePayee(draft)
  if (payee === null) return null
  return (
    <p className="agree-panel__what">
      <strong className="payee">{t('office.payWhom', { payee })}</strong>
      <Money amount={draft.amountFen} size="lg" />
      <span>{draft.narration}</span>
    </p>
  )
}

/**
 * Agree or send back; a release is agreed to with a second factor of its own, given in the same form. `seen` is the digest of what this page shows: a draft revised meanwhile is not agreed to by
 * accident.
 */
export function DecisionPanel(props: {
  readonly frame: OfficeFrame
  readonly draft: DraftView
  readonly step: DecidedStep
  readonly factors: OwnFactors
  readonly errors: readonly FieldError[]
  readonly reason: string
}) {
  const t = useT()
  const { draft, step } = props
  const isBeforeChair = step === 'release_committee' && draft.required.includes('release_chair')
  const reasonError = errorOf(props.errors, 'reason')
  const hidden = (
    <>
      <CsrfField frame={props.frame} />
      <input type="hidden" name="step" value={step} />
      <input type="hidden" name="seen" value={draft.contentDigest} />
    </>
  )
  return (
    <section className="agree-panel" aria-labelledby="verdict-title" id="decide">
      <h2 id="verdict-title">{t(`office.decide.${step}`)}</h2>
      <p>{t(`office.decideText.${isBeforeChair ? 'beforeChair' : step}`)}</p>
      <WhatIsPaid draft={draft} />
      <form method="post" className="agree-panel__agree">
        {hidden}
        {isRelease(step) && props.factors.totp && (
          <CodeField
            hint={t('account.releaseCodeHint')}
            required={!props.factors.passkey}
            error={errorOf(props.errors, FACTOR_FIELDS.code)}
          />
        )}
        <button className="agree-panel__button" type="submit" name="intent" value="approve" data-tone="agree">
          <Icon name="done" />
          <span>
            <Sentence text={`office.agree.${step}`} values={{ amount: <Money amount={draft.amountFen} /> }} />
          </span>
        </button>
        {isRelease(step) && props.factors.passkey && (
          <PasskeyForRelease frame={props.frame} draft={draft} script={props.factors.script} />
        )}
      </form>
      <details className="agree-panel__refuse" open={reasonError !== undefined}>
        <summary className="agree-panel__button" data-tone="refuse">
          <Icon name="stopped" />
          <span>{t('office.refuse')}</span>
        </summary>
        <form method="post" className="more__body">
          {hidden}
          <TextAreaField
            name="reason"
            label={t('office.refuseReason')}
            hint={t('office.refuseReasonHint')}
            rows={3}
            maxLength={500}
            defaultValue={props.reason}
            error={reasonError}
            required
          />
          <div>
            <Button name="intent" value="refuse" tone="danger">
              {t('office.refuseSend')}
            </Button>
          </div>
        </form>
      </details>
    </section>
  )
}

/** The passkey's own button; the hidden fields say what the answer will be for. */
function PasskeyForRelease(props: {
  readonly frame: OfficeFrame
  readonly draft: DraftView
  readonly script: PasskeyScript | null
}) {
  const t = useT()
  return (
    <>
      <input type="hidden" name="community" value={props.frame.slug} />
      <input type="hidden" name="draft" value={props.draft.draftId} />
      <PasskeyButton
        asks="release"
        script={props.script}
        label={t('account.passkeyRelease')}
        intent="approve"
      />
      <noscript>{t('account.passkeyNeedsScript')}</noscript>
    </>
  )
}

/** Revise or withdraw, for the one who prepared it. */
export function PreparerPanel(props: { readonly frame: OfficeFrame; readonly draft: DraftView }) {
  const t = useT()
  const { frame, draft } = props
  return (
    <section className="preparer" aria-labelledby="preparer-title">
      <h2 id="preparer-title">{t('office.yourDraft')}</h2>
      <p>{t('office.yourDraftText')}</p>
      <ButtonRow>
        {draft.kind !== 'reversal' && (
          <LinkButton href={officePath(frame.slug, 'drafts', draft.draftId, 'edit')} icon="draft">
            {t('office.revise')}
          </LinkButton>
        )}
        <details className="more">
          <summary>{t('office.withdraw')}</summary>
          <form method="post" className="more__body">
            <CsrfField frame={frame} />
            <p>{t('office.withdrawText')}</p>
            <Button name="intent" value="withdraw" tone="danger">
              {t('office.withdrawNow')}
            </Button>
          </form>
        </details>
      </ButtonRow>
    </section>
  )
}
