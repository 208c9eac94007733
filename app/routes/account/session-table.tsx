/** The sessions of a person, with the buttons that end them. */
import type { OwnSession } from '#people/server'
import { Button, DataTable, InstantText, StatePill, useT } from '#ui'
import { type AccountFrame, CsrfInput } from './account-page.tsx'

/** This device first in words, the others with a button. */
export function SessionTable(props: {
  readonly frame: AccountFrame
  readonly sessions: readonly OwnSession[]
}) {
  const t = useT()
  const { frame, sessions } = props
  return (
    <>
      <DataTable
        caption={t('account.sessionsTitle')}
        captionHidden
        rows={sessions}
        rowKey={session => session.sessionId}
        columns={[
          {
            key: 'device',
            label: t('account.device'),
            card: 'title',
            cell: session => t(`account.device.${session.device}`),
          },
          {
            key: 'seen',
            label: t('account.seenAt'),
            type: 'date',
            cell: session => <InstantText at={session.seenAt} />,
          },
          {
            key: 'started',
            label: t('account.startedAt'),
            type: 'date',
            cell: session => <InstantText at={session.startedAt} />,
          },
          {
            key: 'factor',
            label: t('account.factorsTab'),
            cell: session =>
              session.withSecondFactor ? t('account.withFactor') : t('account.withoutFactor'),
          },
          {
            key: 'act',
            label: t('account.end'),
            cell: session =>
              session.isThis ? (
                <StatePill tone="done" label={t('account.thisDevice')} />
              ) : (
                <form method="post">
                  <CsrfInput frame={frame} />
                  <Button tone="secondary" name="session" value={session.sessionId}>
                    {t('account.endOne')}
                  </Button>
                </form>
              ),
          },
        ]}
      />
      {sessions.length > 1 && (
        <form method="post">
          <CsrfInput frame={frame} />
          <div>
            <Button tone="danger" name="session" value="others">
              {t('account.endOthers')}
            </Button>
          </div>
        </form>
      )}
    </>
  )
}
