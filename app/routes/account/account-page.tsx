/** The frame of the pages about one's own account: who is signed in, the tabs, the way back to work. Decides nothing. */
import type { ReactNode } from 'react'
import { Button, PageShell, Tabs, useT } from '#ui'

export type AccountPlace = 'sessions' | 'second-factor' | 'password' | 'messages' | 'sms' | 'audit' | 'data'

export interface AccountFrame {
  readonly name: string
  readonly csrf: { readonly name: string; readonly value: string }
  /** Where the person works. */
  readonly start: string
}

/** A page of one's own account. */
export function AccountPage(props: {
  readonly frame: AccountFrame
  readonly place: AccountPlace
  readonly title: string
  readonly lead: ReactNode
  readonly children: ReactNode
}) {
  const t = useT()
  const tab = (place: AccountPlace, href: string, label: string) => ({
    href,
    label,
    current: props.place === place,
  })
  return (
    <PageShell
      kicker={t('account.kicker')}
      title={props.title}
      lead={props.lead}
      breadcrumb={[{ label: t('account.back'), href: props.frame.start }]}
      account={
        <>
          <span>{t('office.signedInAs', { name: props.frame.name })}</span>
          <form method="post" action="/sign-out">
            <CsrfInput frame={props.frame} />
            <Button tone="quiet">{t('office.signOut')}</Button>
          </form>
        </>
      }
      notContained={[t('account.contains')]}
    >
      <Tabs
        label={t('account.tabs')}
        tabs={[
          tab('sessions', '/account', t('account.sessionsTab')),
          tab('second-factor', '/account/second-factor', t('account.factorsTab')),
          tab('password', '/account/password', t('account.passwordTab')),
          tab('messages', '/account/messages', t('messages.tab')),
          tab('sms', '/account/sms', t('sms.accountTab')),
          tab('audit', '/account/audit', t('audit.ownTab')),
          tab('data', '/account/data', t('personal.tab')),
        ]}
      />
      {props.children}
    </PageShell>
  )
}

/** The hidden field that proves a form came from a page of this session. */
export function CsrfInput(props: { readonly frame: Pick<AccountFrame, 'csrf'> }) {
  return <input type="hidden" {...props.frame.csrf} />
}
