/**
 * How long before its end something temporary is to be renewed: a tenth of its lifetime.
 * @param lifetime The lifetime.
 * @param longest The most, in the same unit.
 */
export const renewalLead = (lifetime: number, longest: number): number => Math.min(longest, lifetime / 10);
