/** `A1 → A2`, or the one level that is known. */
export function levelText(level: { from?: string | null; to?: string | null }): string {
  return level.from && level.to && level.from !== level.to
    ? `${level.from} → ${level.to}`
    : (level.to ?? level.from ?? '');
}
