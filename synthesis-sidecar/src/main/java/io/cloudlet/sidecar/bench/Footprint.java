package io.cloudlet.sidecar.bench;

/**
 * The most memory that a command had for itself.
 *
 * @param name which command, on what
 * @param bytes anonymous memory: heap, stacks and buffers, without mapped files
 */
public record Footprint(String name, long bytes) {}
