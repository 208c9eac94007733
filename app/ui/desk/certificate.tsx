/** The certificate below a count: issued by the chair, watched while it is made, downloaded by everybody who counts. */
import { Button, ButtonRow, LinkButton } from '../button.tsx'
import { type FieldError, Notice, RefreshNotice } from '../feedback.tsx'
import { TextField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame } from '../office/office-page.tsx'
import { Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import { type EnteredMinutes, MinutesFields } from './minutes-fields.tsx'

/** How far the certificate of a count is. */
export interface CertificateView {
  /** Null until the sealed file is there. */
  readonly href: string | null
  /** Of the newest; null when none was asked for. */
  readonly version: number | null
  readonly isMaking: boolean
  /** Why the last attempt failed, as a code; null when it did not. */
  readonly failure: string | null
  readonly mayIssue: boolean
}

/** Seconds after which a page that waits for its certificate asks again. */
export const CERTIFICATE_REFRESH_SECONDS = 2

/** The section with the certificate. */
export function Certificate(props: {
  readonly frame: OfficeFrame
  readonly view: CertificateView
  readonly errors: readonly FieldError[]
  /** As sent, when something was amiss. */
  readonly minutes: EnteredMinutes | null
}) {
  const t = useT()
  const { view, frame, errors } = props
  const isAgain = view.href !== null
  return (
    <Section title={t('officePolls.certificate')} lead={t('officePolls.certificateLead')} id="certificate">
      {view.failure !== null && (
        <Notice tone="danger" title={t('officePolls.certificateFailed', { code: view.failure })} />
      )}
      {view.isMaking && (
        <>
          <Notice title={t('officePolls.certificateMaking')} live="status" />
          <RefreshNotice seconds={CERTIFICATE_REFRESH_SECONDS} />
        </>
      )}
      {view.href !== null && view.version !== null && (
        <ButtonRow>
          <LinkButton href={view.href} icon="statement">
            {t('officePolls.certificateOpen', { version: view.version })}
          </LinkButton>
        </ButtonRow>
      )}
      {view.mayIssue && !view.isMaking && (
        <form method="post">
          <CsrfField frame={frame} />
          {isAgain && (
            <TextField
              name="reason"
              label={t('officePolls.certificateReason')}
              hint={t('officePolls.certificateReasonHint')}
              error={errorOf(errors, 'reason')}
              maxLength={200}
              required
            />
          )}
          <MinutesFields entered={props.minutes} errors={errors} />
          <ButtonRow>
            <Button
              name="intent"
              value="certify"
              icon="statement"
              {...(isAgain ? { tone: 'secondary' as const } : {})}
            >
              {t(isAgain ? 'officePolls.certificateAgain' : 'officePolls.certificateIssue')}
            </Button>
          </ButtonRow>
        </form>
      )}
    </Section>
  )
}
