export const Showcase = () => null;
