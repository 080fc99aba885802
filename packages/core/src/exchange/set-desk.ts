import type { Extension } from '../ids.ts';
import { type Desk, plainDesk } from './desk.ts';
import type { Floor } from './floor.ts';
import type { Turn } from './turn.ts';

/** A phone is set anew, and whoever shows it is told. */
export const setDesk = (
  extension: Extension,
  desk: Desk,
  by: 'phone' | 'directory',
  turn: Turn,
  floor: Floor,
  was = floor.desks.get(extension) ?? plainDesk,
): void => {
  floor.desks.set(extension, desk);
  if (JSON.stringify(was) !== JSON.stringify(desk)) turn.say({ type: 'DeskChanged', at: turn.at, extension, desk, by });
};
