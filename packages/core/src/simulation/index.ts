export { DecisionBook, type Decisions, type Difference, differences, recordedDecisions } from './compare.ts';
export { figuresOf, type QueueFigures } from './figures.ts';
export { moreCalls } from './more-calls.ts';
export { DayRecorder, PolicyMissing } from './record-day.ts';
export * from './recording.ts';
export { type SimulationOptions, simulate } from './simulate.ts';
export { type SyntheticOptions, syntheticDay } from './synthetic.ts';
export { withoutPersons } from './without-persons.ts';
