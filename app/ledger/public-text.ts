/**
 * Keeps private persons out of public text: names, phones, identity numbers and cards are found before anything is
 * published, and a counterparty is shown only when it is an organisation. Pure; when in doubt it withholds.
 */

const ORGANISATION =
  /公司|银行|^支付宝$|^财付通$|^微信(?:支付)?$|集团|中心|商行|商店|超市|厂|学校|医院|大学|研究院|事务所|委员会|居委会|业委会|业主大会|办事处|街道|社区|管理局|税务|财政|国库|金库|供电|电力|电网|自来水|水务|燃气|铁塔|移动|联通|电信|物业|基金|合作社|协会|服务部|经营部|工作室|门市部|co\.?,? ?ltd|limited|inc\.?$|bank/i

/** True when the name is an organisation's; anything else is taken for a private person. */
export function isOrganisation(name: string): boolean {
  return ORGANISATION.test(name)
}

/** What the public sees of a counterparty: the organisation's name, or null where a private person stands. */
export function publicCounterparty(name: string): string | null {
  const trimmed = name.trim()
  return trimmed !== '' && isOrganisation(trimmed) && numberIn(trimmed) === null ? trimmed : null
}

const NUMBERS = [
  /(?<!\d)\d{17}[\dXx](?![\dA-Za-z])/,
  /(?<!\d)\d{15,19}(?!\d)/,
  /(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/,
]

/** Full-width forms folded, characters that nobody sees taken out. */
function visible(text: string): string {
  return text.normalize('NFKC').replace(/\p{Cf}/gu, '')
}

/**
 * A mobile number, an identity number or a card number in the text, or null. Looked for as written, so that a house number
 * before it does not hide it, and with the gaps inside it closed.
 */
function numberIn(text: string): string | null {
  const plain = visible(text)
  const closed = plain.replace(/(?<=\d)(?:\s{1,3}|[-–—−])(?=[\dXx])/g, '')
  for (const number of NUMBERS) {
    const found = number.exec(plain) ?? number.exec(closed)
    if (found !== null) return found[0]
  }
  return null
}

/** The first private thing found in a text: one of the names, or a number that identifies a person. Null when there is none. */
export function privateTextIn(text: string, privateNames: readonly string[]): string | null {
  const folded = (part: string) => visible(part).replace(/\s/g, '').toLowerCase()
  const plain = folded(text)
  const named = privateNames.find(name => {
    const wanted = folded(name)
    return wanted.length >= 2 && !isOrganisation(wanted) && plain.includes(wanted)
  })
  return named ?? numberIn(text)
}
