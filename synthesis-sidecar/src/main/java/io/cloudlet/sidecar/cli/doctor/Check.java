package io.cloudlet.sidecar.cli.doctor;

/** One thing of the machine to look at. */
@FunctionalInterface
interface Check {
  /** Looks, without changing anything; never throws for what it finds. */
  Finding look() throws InterruptedException;
}
