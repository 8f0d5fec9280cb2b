import { type PairState, pairStates } from '../exchange';
import { oneOf } from '../search';

/** The whole state of the list of pairs. */
export interface DuplicatesSearch {
  /** Open ones where missing. */
  state?: PairState;
}

export function validateDuplicatesSearch(raw: Record<string, unknown>): DuplicatesSearch {
  return { state: oneOf(raw.state, pairStates) };
}
