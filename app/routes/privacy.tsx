/** /privacy: what is kept about people, who sees it, how long, and what they can do, in plain words. */
import type { MetaFunction } from '@remix-run/node'
import { translate } from '#i18n'
import { PageShell, Section, useT, viewerOf } from '#ui'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('personal.privacyTitle')} · ${t('site.name')}` }]
}

export default function Privacy() {
  const t = useT()
  return (
    <PageShell
      title={t('personal.privacyTitle')}
      lead={t('personal.privacyLead')}
      notContained={[t('personal.privacyContains')]}
    >
      <Section title={t('personal.privacyWhat')}>
        <Lines lines={[t('personal.privacyWhat1'), t('personal.privacyWhat2'), t('personal.privacyWhat3')]} />
      </Section>
      <Section title={t('personal.privacyWho')}>
        <Lines lines={[t('personal.privacyWho1'), t('personal.privacyWho2'), t('personal.privacyWho3')]} />
      </Section>
      <Section title={t('personal.privacyHow')}>
        <Lines lines={[t('personal.privacyHow1')]} />
      </Section>
      <Section title={t('personal.privacyRights')}>
        <Lines
          lines={[
            t('personal.privacyRights1'),
            t('personal.privacyRights2'),
            t('personal.privacyRights3'),
            t('personal.privacyRights4'),
          ]}
        />
      </Section>
      <Section title={t('personal.privacyProof')}>
        <p>{t('personal.privacyProofText')}</p>
      </Section>
    </PageShell>
  )
}

function Lines(props: { readonly lines: readonly string[] }) {
  return (
    <ul>
      {props.lines.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
