/** So many digits at the end of a number are replaced, and so many tell one number from another (as in `isSameNumber`). */
const replaced = 4;
const compared = 9;

/**
 * Other numbers in place of callers' own: the same for the same number, with the same beginning, so that a rule that asks for
 * a country or an area still finds it. Numbers that the policy itself names are kept.
 */
export class Pseudonyms {
  readonly #kept: string;
  readonly #given = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** @param kept a text in which numbers stand that are to be kept: the policy, as JSON */
  constructor(kept: string) {
    this.#kept = kept.replaceAll(/[ .()-]/g, '');
  }

  of(number: string): string {
    const digits = number.replaceAll(/\D/g, '');
    if (digits.length <= replaced + 1 || this.#isKept(digits)) return number;
    const key = digits.slice(-compared);
    const end = this.#given.get(key) ?? this.#give(key);
    return `${number.replaceAll(/[^\d+]/g, '').slice(0, -replaced)}${end}`;
  }

  #isKept(digits: string): boolean {
    return this.#kept.includes(digits.slice(-compared));
  }

  #give(key: string): string {
    const beginning = key.slice(0, -replaced);
    let count = this.#counts.get(beginning) ?? 0;
    let end: string;
    do {
      end = String(count).padStart(replaced, '0').slice(-replaced);
      count += 1;
    } while (this.#isKept(`${beginning}${end}`) && count < 10 ** replaced);
    this.#counts.set(beginning, count);
    this.#given.set(key, end);
    return end;
  }
}
