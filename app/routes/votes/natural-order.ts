/** Buildings and units in the order in which people count: 2栋 before 10栋. For display only; nothing hashed depends on it. */
const COLLATOR = new Intl.Collator('zh-CN', { numeric: true })

/** Compares two names as people would sort them. */
export function inNaturalOrder(a: string, b: string): number {
  return COLLATOR.compare(a, b)
}
