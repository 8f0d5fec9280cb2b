/**
 * The readable part of the OpenStreetMap syntax: rules `Mo-Th 09:00-12:00,13:00-16:00; Fr 09:00-12:00; PH off`.
 * Anything richer stays as the provider wrote it.
 */
export interface OpeningRule {
  /** Two-letter days or `PH`, in ranges: `[['Mo', 'Th'], ['Sa']]`. */
  days: string[][];
  /** `09:00–12:00`; empty means closed. */
  times: string[];
}

const days = '(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)';
const rule = new RegExp(
  `^(${days}(?:-${days})?(?:\\s*,\\s*${days}(?:-${days})?)*)\\s+(off|closed|[0-9:,\\s–-]+)$`,
);
const time = /^\d{1,2}:\d{2}\s*[-–]\s*\d{1,2}:\d{2}$/;

/** The rules, or `null` where a part of the text is not understood. */
export function parseOpeningHours(text: string): OpeningRule[] | null {
  const rules: OpeningRule[] = [];
  for (const part of text.split(';').map((piece) => piece.trim())) {
    if (part === '') continue;
    const match = rule.exec(part);
    if (!match?.[1] || !match[2]) return null;
    const closed = match[2] === 'off' || match[2] === 'closed';
    const times = closed ? [] : match[2].split(',').map((piece) => piece.trim());
    if (!times.every((piece) => time.test(piece))) return null;
    rules.push({
      days: match[1].split(',').map((range) => range.trim().split('-')),
      times: times.map((piece) => piece.replace(/\s*[-–]\s*/, '–')),
    });
  }
  return rules.length > 0 ? rules : null;
}
