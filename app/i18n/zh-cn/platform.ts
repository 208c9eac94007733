/** Words for requests that were refused before any page saw them. */
export const platform = {
  refusedKicker: '请求未受理',
  refusedContains: '没有任何内容被保存或更改。',
  'refused.foreign-form': '这份表单不是从本站页面发出的',
  'refusedText.foreign-form': '为防止别的网站冒用您的身份，没有受理。请从本站打开页面，再填一次。',
  'refused.body-too-large': '提交的内容太大',
  'refusedText.body-too-large': '上传的文件合计不能超过 30 MB，其他表单不能超过 1 MB。请分几次提交。',
  'refused.method': '不支持这种请求',
  'refusedText.method': '本站只受理打开页面和提交表单。',
} as const
