/** Words of a year's budget and the vote that passed it. */
export const budget = {
  byVote: '{year} 年预算经业主表决「{title}」通过，批准支出 {amount}。',
  seeVote: '查看表决结果',
  tally: '结果指纹',
  outside: '{year} 年预算在本系统之外通过：{words}（{date}，{document}）。',
  unrecorded: '{year} 年预算没有登记是经哪次表决通过的。',
  formTitle: '登记通过的年度预算',
  formLead:
    '预算要写明是哪次表决通过的：表决已经终结并且通过，支出合计和议案写的金额一致。另一方确认后生效。',
  vote: '经哪次表决通过',
  outsideChoice: '在本系统之外通过（只限这一年的第一版）',
  lines: '预算明细',
  linesHint: '一行一个科目：科目编号，空一格，全年金额。如：5103 216000.00',
  words: '在本系统之外怎么通过的',
  wordsHint: '如：2025 年 12 月业主大会书面表决通过。',
  day: '哪一天通过',
  dayHint: '如：2025-12-20',
  document: '决议叫什么、存在哪里',
  total: '支出合计 {amount}',
  line: '{account} {amount}',
} as const
