/** The signals by which a person, a terminal or a supervisor ends us. */
export const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
