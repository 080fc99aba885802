/** Where somebody sits. */
export interface Seat {
  /** The agent's id. */
  readonly id: string;
  readonly extension: string;
}

/**
 * In which order seats are taken when not all are: so that soon each queue has somebody; where that decides nothing, as
 * they come.
 * @param teams the members of each queue, by their ids
 */
export const seatingOrder = <S extends Seat>(seats: readonly S[], teams: readonly (readonly string[])[]): S[] => {
  const taken: S[] = [];
  let left = seats;
  while (left.length > 0) {
    const alone = teams.filter((team) => !taken.some(({ id }) => team.includes(id)));
    const helps = ({ id }: S): number => alone.filter((team) => team.includes(id)).length;
    const next = left.reduce((best, seat) => (helps(seat) > helps(best) ? seat : best));
    taken.push(next);
    left = left.filter((seat) => seat !== next);
  }
  return taken;
};
