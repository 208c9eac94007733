/** Component page: figures, big buttons, buttons and states. */
import { fen, formatPercentFloor } from '#kernel'
import { BigActions, Button, ButtonRow, LinkButton } from '../button.tsx'
import { Notice } from '../feedback.tsx'
import { HeroFigure, KeyFigures } from '../figures.tsx'
import { BalanceEquation, LedgerAmount, Money } from '../money.tsx'
import { Card, Columns, Section } from '../page-shell.tsx'
import { StatePill } from '../state.tsx'
import { useT } from '../viewer.tsx'
import { SAMPLE_BALANCE, SAMPLE_DAY, SAMPLE_INSTANT, SAMPLE_RECONCILED } from './samples.ts'

/** What is in the fund, how it moved, money in every size and direction. */
export function FiguresSection() {
  const t = useT()
  return (
    <Section title={t('gallery.figures')} id="figures">
      <HeroFigure
        label={t('gallery.heroLabel')}
        amount={SAMPLE_BALANCE}
        asOf={{ at: SAMPLE_INSTANT, reconciledThrough: SAMPLE_RECONCILED }}
        href="/ui-components#tables"
        linkText={t('gallery.heroLink')}
      >
        <Notice title={t('gallery.noticeInfo')}>{t('gallery.noticeInfoText')}</Notice>
      </HeroFigure>
      <BalanceEquation
        opening={fen(124_000_000n)}
        received={fen(9_959_733n)}
        spent={fen(5_506_706n)}
        closing={SAMPLE_BALANCE}
      />
      <KeyFigures
        label={t('gallery.figures')}
        figures={[
          {
            label: t('gallery.monthIn'),
            value: <Money amount={fen(9_959_733n)} flow="in" size="lg" />,
            note: t('gallery.monthNote', { count: 61 }),
            href: '?month=2026-06#tables',
          },
          {
            label: t('gallery.monthOut'),
            value: <Money amount={fen(5_506_706n)} flow="out" size="lg" />,
            note: t('gallery.monthNote', { count: 1 }),
          },
          {
            label: t('gallery.collection'),
            value: formatPercentFloor(389n, 412n),
            note: t('gallery.collectionNote'),
          },
        ]}
      />
      <Columns>
        <MoneyCard />
        <Card>
          <h3>{t('gallery.digits')}</h3>
          <LedgerAmount amount={fen(1_860_000n)} />
          <LedgerAmount amount={fen(-5n)} />
        </Card>
      </Columns>
    </Section>
  )
}

function MoneyCard() {
  const t = useT()
  const amount = fen(1_234_567n)
  return (
    <Card>
      <h3>{t('gallery.moneySizes')}</h3>
      <p>
        <Money amount={amount} /> <Money amount={amount} size="md" flow="in" />
      </p>
      <p>
        <Money amount={amount} size="lg" flow="out" />
      </p>
      <p>
        <Money amount={fen(128_453_027n)} size="xl" />
      </p>
      <p>
        <Money amount={fen(-88n)} /> <Money amount={fen(-318_500n)} flow="in" />{' '}
        <Money amount={fen(0n)} bare />
      </p>
    </Card>
  )
}

/** Buttons and states. */
export function ActionsSection() {
  const t = useT()
  return (
    <Section title={t('gallery.actions')} id="actions">
      <BigActions
        label={t('gallery.actions')}
        actions={[
          {
            href: '?go=money',
            icon: 'money',
            label: t('gallery.actionMoney'),
            hint: t('gallery.actionMoneyHint'),
          },
          {
            href: '?go=vote',
            icon: 'vote',
            label: t('gallery.actionVote'),
            hint: t('gallery.actionVoteHint'),
          },
          { href: '?go=ask', icon: 'ask', label: t('gallery.actionAsk'), hint: t('gallery.actionAskHint') },
        ]}
      />
      <Card>
        <h3>{t('gallery.buttons')}</h3>
        <ButtonRow>
          <Button type="button">{t('gallery.buttonPrimary')}</Button>
          <Button type="button" tone="secondary" icon="draft">
            {t('gallery.buttonSecondary')}
          </Button>
          <Button type="button" tone="danger">
            {t('gallery.buttonDanger')}
          </Button>
          <Button type="button" disabled>
            {t('gallery.buttonDisabled')}
          </Button>
          <LinkButton href="/ui-components" tone="quiet">
            {t('gallery.buttonQuiet')}
          </LinkButton>
        </ButtonRow>
        <h3>{t('gallery.states')}</h3>
        <StatePill tone="done" label={t('gallery.stateDone')} />
        <StatePill tone="waiting" label={t('gallery.stateWaiting')} next={t('gallery.stateWaitingNext')} />
        <StatePill
          tone="attention"
          label={t('gallery.stateAttention')}
          next={t('gallery.stateAttentionNext')}
        />
        <StatePill tone="draft" label={t('gallery.stateDraft')} next={t('gallery.stateDraftNext')} />
        <StatePill tone="stopped" label={t('gallery.stateStopped')} />
      </Card>
    </Section>
  )
}

export const GALLERY_AS_OF = { at: SAMPLE_DAY, reconciledThrough: null }
