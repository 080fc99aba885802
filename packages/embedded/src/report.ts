/** Is told, line by line, what a long step is doing. */
export type Report = (line: string) => void;

/** Says nothing: for callers that do not follow progress. */
export const quietly: Report = () => undefined;
