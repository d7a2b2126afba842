package io.cloudlet.sidecar.bench;

/**
 * How small something made the changed state, and in which time.
 *
 * @param name what did it
 * @param bytes size of the result
 * @param seconds median of the runs
 * @param ours whether it is this program's
 */
public record Compression(String name, long bytes, double seconds, boolean ours) {}
