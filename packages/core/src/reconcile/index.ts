export { type ReconcilePorts, reconcile } from "./reconcile.ts";
