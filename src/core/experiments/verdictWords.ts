/** A probability or confidence as shown: percent, at most one decimal, rounded down, never above 99.9. */
export function asPercent(share: number): string {
  // 1e-9 keeps 0.97 · 1000 = 969.999… at 97%.
  const tenths = Math.min(999, Math.floor(1000 * share + 1e-9));
  return `${tenths / 10}%`;
}

/** A whole number without decimals, else one. */
export function asCount(value: number): string {
  return String(Math.round(10 * value) / 10);
}

/** A difference in points or percent with its sign: whole ones, tenths below 1. */
export function asPoints(difference: number): string {
  const points = roundPoints(difference);
  return `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(points)}`;
}

/** "3 to 20", with signs where they are negative. */
export function asRange(low: number, high: number): string {
  return `${asPoints(low).replace('+', '')} to ${asPoints(high).replace('+', '')}`;
}

function roundPoints(difference: number): number {
  const points = 100 * difference;
  return Math.abs(points) >= 1 ? Math.round(points) : Math.round(10 * points) / 10;
}

const smallNumbers = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** A number to begin a sentence with. */
export function numberWord(value: number): string {
  return smallNumbers[value] ?? String(value);
}

/** "1 case", "20 cases", or another word for the number. */
export const casesWord = (count: number, word = String(count)): string =>
  `${word} case${count === 1 ? '' : 's'}`;
