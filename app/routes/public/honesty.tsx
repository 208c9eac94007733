/** Why these books can be believed: on the first page and at the end of a community's home. */
import { Card, Section, useT } from '#ui'

/** Three sentences. */
export function HonestySection() {
  const t = useT()
  return (
    <Section title={t('home.howTitle')}>
      <Card>
        <p>{t('home.how1')}</p>
        <p>{t('home.how2')}</p>
        <p>{t('home.how3')}</p>
      </Card>
    </Section>
  )
}
