package io.cloudlet.sidecar.bench;

/**
 * How long something took.
 *
 * @param name what
 * @param seconds median of the runs
 * @param ours whether it is this program's
 */
public record Timing(String name, double seconds, boolean ours) {}
