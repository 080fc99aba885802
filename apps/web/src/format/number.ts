/** `71 %` or `71%`, as the language writes it. @param share 0 to 1; rounded down, so that 100 % is never said too early. */
export const percent = (share: number, language: string): string =>
  new Intl.NumberFormat(language, { style: 'percent' }).format(Math.floor(share * 100 + 1e-9) / 100);

/** A phone number as its people write it; one that is not understood is left alone. */
export const phoneNumber = (number: string): string => {
  const french = /^\+33([1-9])(\d{8})$/.exec(number);
  if (french !== null) return unbroken(`+33 ${french[1]} ${inPairs(french[2] ?? '')}`);
  const european = /^\+(32|34|41|44|49|39|35\d)(\d{1,3})(\d{6,})$/.exec(number);
  return european === null ? number : unbroken(`+${european[1]} ${european[2]} ${inPairs(european[3] ?? '')}`);
};

/** A number does not end on another line than it begins. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');

const inPairs = (digits: string): string => digits.replace(/(\d{2})(?=\d)/g, '$1 ');
