/** Refusals of VPC Lattice, whose own texts are those of IAM. */
import type { ServiceTexts } from './types.js';

export const vpcLattice: ServiceTexts = {
  whereAllowed:
    "Three policies have to allow it: one of the caller's role (vpc-lattice-svcs:Invoke), the auth policy of the service (the service-based one), and that of the service network (the network-based one). A caller that counts as anonymous was not signed, or not as Lattice wants it: for the service vpc-lattice-svcs, with the payload hash UNSIGNED-PAYLOAD.",
};
