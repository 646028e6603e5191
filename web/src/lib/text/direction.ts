/** Direction of a text by its first strong letter, as `dir="auto"` does. */
export function direction(text: string): 'rtl' | 'ltr' {
  const strong = /[\p{L}]/u.exec(text)?.[0];
  return strong &&
    /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(strong)
    ? 'rtl'
    : 'ltr';
}
